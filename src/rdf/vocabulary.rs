//! [`Terms`] → `vocabulary.ttl`: what the project's own terms mean, as RDF.

use super::node::{Node, Object};
use super::turtle::Turtle;
use super::{Names, iri};
use crate::dataset::{RelationRow, Terms, TypeRow};
use crate::triple::Fact;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Name, what it means, classes of its subject, class or datatype of its value.
type Property = (&'static str, &'static str, &'static [&'static str], &'static str);

/// The properties that outputs use beside the relations.
const PROPERTIES: [Property; 11] = [
    ("fact", "Whether the articles say that it is so.", &["rdf:Statement"], "relata:Fact"),
    (
        "confidence",
        "How sure it is that the articles say so, from 0 to 1; of a piece of evidence, by that alone.",
        &["rdf:Statement", "oa:SpecificResource"],
        "xsd:decimal",
    ),
    (
        "sources",
        "Number of independent articles that say so; near-copies of one text count once.",
        &["rdf:Statement"],
        "xsd:integer",
    ),
    ("rule", "The pattern that found it: the relation and a number.", &["oa:SpecificResource"], "xsd:string"),
    ("plover", "The PLOVER event category.", &["rdf:Statement", "rdf:Property"], "skos:Concept"),
    ("mentions", "How often the articles mention it.", &["relata:Entity"], "xsd:integer"),
    (
        "copyOf",
        "The article that this one is nearly a copy of: both are one source.",
        &["schema:NewsArticle"],
        "schema:NewsArticle",
    ),
    ("role", "The post or part in which the subject stands to the object.", &["rdf:Statement"], "xsd:string"),
    ("status", "\"former\" where it was so and is no more.", &["rdf:Statement"], "xsd:string"),
    ("place", "Where it was, as the articles call it.", &["rdf:Statement"], "xsd:string"),
    ("kin", "What relative the subject is of the object.", &["rdf:Statement"], "xsd:string"),
];

/// What the values of `relata:fact` mean.
fn meaning(fact: Fact) -> &'static str {
    match fact {
        Fact::Actual => "The articles say that it is or was so.",
        Fact::Possible => "The articles say that it is planned, expected or possible.",
        Fact::Negated => "The articles say that it is not so.",
    }
}

/// Writes `vocabulary.ttl`: every type as a class, every relation as a property, the properties of statements,
/// and the values of `relata:fact` and `relata:plover` as concepts. O(terms²).
///
/// # Errors
/// What `out` answers.
pub fn vocabulary(terms: &Terms, out: &mut dyn Write) -> io::Result<()> {
    let names = &Names::new(terms);
    let turtle = Turtle::new(names, "");
    writeln!(
        out,
        "# What the terms under <{}> mean. Written by relata from its vocabulary and",
        names.base()
    )?;
    writeln!(out, "# relations; do not edit it by hand.")?;
    turtle.head(out)?;
    let ontology = node(names.base().to_owned(), "owl:Ontology", "relata", names)
        .with(names.full("rdfs:comment"), [Object::text("Who did what to whom, as news articles say.")]);
    turtle.node(&ontology, out)?;
    terms.types.iter().try_for_each(|row| turtle.node(&class(row, names), out))?;
    terms.relations.iter().try_for_each(|row| turtle.node(&relation(row, names), out))?;
    PROPERTIES.iter().try_for_each(|property| turtle.node(&own_property(property, names), out))?;
    concepts(terms, names).iter().try_for_each(|concept| turtle.node(concept, out))
}

fn node<'a>(iri: String, class: &str, label: &str, names: &Names) -> Node<'a> {
    Node::new(iri)
        .with(names.full("rdf:type"), [Object::Iri(names.full(class))])
        .with(names.full("rdfs:label"), [Object::text(label.to_owned())])
}

/// `metWith` in words: `met with`.
fn words(name: &str) -> String {
    let mut words = String::new();
    let mut before = ' ';
    for c in name.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            words.push(' ');
        }
        let inside = before.is_lowercase() || before == ' ';
        if inside {
            words.extend(c.to_lowercase())
        } else {
            words.push(c)
        }
        before = c;
    }
    words
}

fn class<'a>(row: &'a TypeRow, names: &Names) -> Node<'a> {
    let wider = row.parent.as_deref().map(|parent| names.own(parent));
    let wider = wider.into_iter().chain(names.standard(row.iri.as_deref()));
    node(names.own(&row.name), "rdfs:Class", &words(&row.name), names)
        .with(names.full("rdfs:subClassOf"), wider.map(Object::Iri))
}

fn relation<'a>(row: &'a RelationRow, names: &Names) -> Node<'a> {
    let standard = names.standard(row.iri.as_deref());
    let (event, property): (Vec<String>, Vec<String>) =
        standard.into_iter().partition(|iri| iri::is_class(iri));
    let wider = row.parent.as_deref().map(|parent| names.own(parent));
    let symmetric = row.symmetric.then(|| Object::Iri(names.full("owl:SymmetricProperty")));
    let plover = row.plover.as_deref().map(|code| names.own(&format!("plover/{code}")));
    let types = |written: &[String]| written.iter().map(|name| names.own(name)).collect();
    let mut node = node(names.own(&row.name), "rdf:Property", &words(&row.name), names)
        .with(names.full("rdf:type"), symmetric)
        .with(names.full("rdfs:comment"), [Object::text(&row.about)])
        .with(names.full("rdfs:subPropertyOf"), wider.into_iter().chain(property).map(Object::Iri))
        .with(names.full("rdfs:seeAlso"), event.into_iter().map(Object::Iri));
    node = ends(node, types(&row.subject), types(&row.object), names);
    node.with(names.own("plover"), plover.map(Object::Iri))
}

/// Says what stands at the two ends. Several classes of `rdfs:domain` would mean: all of these at once.
fn ends<'a>(node: Node<'a>, subject: Vec<String>, object: Vec<String>, names: &Names) -> Node<'a> {
    let name = |single, several, iris: &[String]| names.full(if iris.len() == 1 { single } else { several });
    let domain = name("rdfs:domain", "schema:domainIncludes", &subject);
    let range = name("rdfs:range", "schema:rangeIncludes", &object);
    node.with(domain, subject.into_iter().map(Object::Iri)).with(range, object.into_iter().map(Object::Iri))
}

fn own_property<'a>((name, comment, subject, object): &Property, names: &Names) -> Node<'a> {
    let node = node(names.own(name), "rdf:Property", &words(name), names)
        .with(names.full("rdfs:comment"), [Object::text(*comment)]);
    let subject = subject.iter().map(|class| names.full(class)).collect();
    ends(node, subject, vec![names.full(object)], names)
}

/// The values of `relata:fact` and of `relata:plover`.
fn concepts<'a>(terms: &Terms, names: &Names) -> Vec<Node<'a>> {
    let scheme =
        |name: &str, label| node(names.own(&format!("scheme/{name}")), "skos:ConceptScheme", label, names);
    let concept = |scheme: &str, name: &str| {
        node(names.own(&format!("{scheme}/{name}")), "skos:Concept", name, names)
            .with(names.full("skos:notation"), [Object::text(name.to_owned())])
            .with(names.full("skos:inScheme"), [Object::Iri(names.own(&format!("scheme/{scheme}")))])
    };
    let datatype = node(names.own("Fact"), "rdfs:Datatype", "Fact", names)
        .with(names.full("rdfs:seeAlso"), [Object::Iri(names.own("scheme/fact"))]);
    let facts = [Fact::Actual, Fact::Possible, Fact::Negated].map(|fact| {
        concept("fact", fact.name()).with(names.full("skos:definition"), [Object::text(meaning(fact))])
    });
    let codes: BTreeSet<&str> =
        terms.relations.iter().filter_map(|relation| relation.plover.as_deref()).collect();
    let codes = codes.into_iter().map(|code| concept("plover", code));
    let heads = [datatype, scheme("fact", "values of fact")];
    heads.into_iter().chain(facts).chain([scheme("plover", "PLOVER event categories")]).chain(codes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_put_into_words() {
        for (name, expected) in [("metWith", "met with"), ("Person", "person"), ("ArmedGroup", "armed group")]
        {
            assert_eq!(words(name), expected);
        }
    }
}
