//! A triple row → the node of its statement, and the nodes of its evidence.

use super::describe::Description;
use super::names::inside;
use super::node::{Datatype, Node, Object};
use super::{Names, Version, iri};
use crate::dataset::{EndRow, EvidenceRow, Terms, TripleRow};
use crate::triple::Fact;

/// What a relation is in RDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    /// The relation's own property, which statements name.
    own: String,
    /// All properties of the direct triple: its own, its standard term, and those of wider relations.
    pub(super) properties: Vec<String>,
    /// Whether the direct triple holds both ways.
    pub(super) symmetric: bool,
    /// Class of events, where its standard term is one (`schema:CommunicateAction`): no property then.
    class: Option<String>,
    /// Whether it is an event and no state.
    event: bool,
    plover: Option<String>,
}

impl Relation {
    /// The relation of that name; one that the terms do not know is a state under its own name.
    pub(super) fn new(name: &str, terms: &Terms, names: &Names) -> Self {
        let mut relation = Self {
            own: names.own(name),
            properties: vec![names.own(name)],
            symmetric: false,
            class: None,
            event: false,
            plover: None,
        };
        let Some(row) = terms.relation(name) else { return relation };
        relation.symmetric = row.symmetric;
        relation.event = !row.standing;
        relation.plover = row.plover.as_deref().map(|code| names.own(&format!("plover/{code}")));
        relation.class = names.standard(row.iri.as_deref()).filter(|iri| iri::is_class(iri));
        let (mut at, mut passed) = (Some(row), Vec::new());
        while let Some(wider) = at.filter(|wider| !passed.contains(&wider.name.as_str())) {
            passed.push(&wider.name);
            let standard = names.standard(wider.iri.as_deref()).filter(|iri| !iri::is_class(iri));
            for property in [Some(names.own(&wider.name)), standard].into_iter().flatten() {
                if !relation.properties.contains(&property) {
                    relation.properties.push(property);
                }
            }
            at = wider.parent.as_deref().and_then(|parent| terms.relation(parent));
        }
        relation
    }
}

/// The statement, without its evidence. That something happened (its class, who took part) is said of facts
/// only, because a plain reader does not ask whether it is one.
pub(super) fn node<'a>(
    description: &Description<'a>,
    triple: &'a TripleRow,
    relation: Option<&Relation>,
    terms: &Terms,
) -> Node<'a> {
    let names = description.names;
    let fact = triple.fact == Fact::Actual;
    let event = relation.is_some_and(|relation| relation.event) && fact;
    let property = relation.map_or_else(|| names.own(&triple.relation), |relation| relation.own.clone());
    let [subject, object] = [&triple.subject, &triple.object].map(|end| names.entity(&end.id));

    let mut types = match description.version {
        Version::V11 => description.classes(&["rdf:Statement"]),
        Version::V12 => Vec::new(),
    };
    types.extend(relation.and_then(|relation| relation.class.clone()).filter(|_| fact).map(Object::Iri));
    if event {
        types.extend(description.classes(&["schema:Event", "sem:Event"]));
    }
    let node = Node::new(names.statement(&triple.id)).with(names.full("rdf:type"), types);
    let mut node = match description.version {
        Version::V11 => node
            .with(names.full("rdf:subject"), [Object::Iri(subject)])
            .with(names.full("rdf:predicate"), [Object::Iri(property)])
            .with(names.full("rdf:object"), [Object::Iri(object)]),
        Version::V12 => {
            node.with(names.full("rdf:reifies"), [Object::Triple(Box::new([subject, property, object]))])
        }
    };
    if event {
        for (property, group) in [("sem:hasActor", "Actor"), ("sem:hasPlace", "Place")] {
            let ends = [&triple.subject, &triple.object].into_iter().filter(|end| is(end, group, terms));
            node = node.with(names.full(property), ends.map(|end| Object::Iri(names.entity(&end.id))));
        }
    }
    let date = triple.when.as_deref().map(|date| Object::Literal(date.into(), iri::date_type(date)));
    let plover = relation.and_then(|relation| relation.plover.clone()).map(Object::Iri);
    node = node
        .with(names.own("fact"), [Object::text(triple.fact.name())])
        .with(names.full("schema:startDate"), date)
        .with(names.own("confidence"), [decimal(triple.confidence)])
        .with(names.own("sources"), [Object::Literal(triple.sources.to_string().into(), Datatype::Integer)])
        .with(names.own("plover"), plover);
    for (name, value) in &triple.qualifiers {
        node = node.with(names.own(name), [Object::text(value)]);
    }
    node
}

/// Whether an end is of a type: `Person` is an `Actor`.
fn is(end: &EndRow, wanted: &str, terms: &Terms) -> bool {
    terms.kinds(end.own_type()).iter().any(|kind| kind.name == wanted)
}

/// A piece of evidence with its selectors; `number` counts those of one statement and article from 1.
pub(super) fn evidence<'a>(names: &Names, statement: &str, row: &'a EvidenceRow, number: usize) -> Node<'a> {
    let iri = format!("{statement}/evidence/{}/{number}", iri::part(&row.article));
    let class = |name: &str| [Object::Iri(names.full(name))];
    let count = |number: u32| [Object::Literal(number.to_string().into(), Datatype::NonNegativeInteger)];
    let position = Node::new(inside(&iri, "position"))
        .with(names.full("rdf:type"), class("oa:TextPositionSelector"))
        .with(names.full("oa:start"), count(row.start))
        .with(names.full("oa:end"), count(row.end));
    let quote = Node::new(inside(&iri, "quote"))
        .with(names.full("rdf:type"), class("oa:TextQuoteSelector"))
        .with(names.full("oa:exact"), [Object::text(&row.quote)]);
    let speaker = row.attributed_to.as_ref().map(|speaker| Object::Iri(names.entity(&speaker.id)));
    Node::new(iri)
        .with(names.full("rdf:type"), class("oa:SpecificResource"))
        .with(names.full("oa:hasSource"), [Object::Iri(names.article(&row.article))])
        .with(names.full("oa:hasSelector"), [Object::Node(position), Object::Node(quote)])
        .with(names.own("rule"), [Object::text(&row.rule)])
        .with(names.own("confidence"), [decimal(row.confidence)])
        .with(names.full("prov:wasAttributedTo"), speaker)
}

/// Hundredths, with the two digits that they have: `0.80`.
fn decimal<'a>(share: f64) -> Object<'a> {
    Object::Literal(format!("{share:.2}").into(), Datatype::Decimal)
}
