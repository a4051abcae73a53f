//! [`Dataset`] → [`Node`]s: everything that is said of articles, entities and statements, in a fixed order.

use super::node::{Datatype, Node, Object};
use super::statement::{self, Relation};
use super::{Names, Version, iri};
use crate::dataset::{ArticleRow, Dataset, EntityRow, TripleRow};
use crate::triple::Fact;
use std::collections::{BTreeMap, BTreeSet};

/// A dataset as RDF.
#[derive(Debug)]
pub struct Description<'a> {
    pub(super) names: &'a Names,
    pub(super) version: Version,
    dataset: &'a Dataset,
    relations: BTreeMap<&'a str, Relation>,
    by_article: BTreeMap<&'a str, Vec<&'a TripleRow>>,
}

/// Which part of a dataset is described.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'p> {
    /// All of it.
    All,
    /// What is in the default graph of a file with named graphs: articles, and names and types of entities.
    Common,
    /// What is in the named graph of the article of that id.
    Assertions(&'p str),
}

/// What entities are linked to by facts: entity → property → entities, all by IRI. Kept as sets: what two
/// articles or two dates say is one triple of RDF.
type Links = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

impl<'a> Description<'a> {
    /// A dataset about to be written. O(triples + evidence).
    pub fn new(dataset: &'a Dataset, names: &'a Names, version: Version) -> Self {
        let mut by_article: BTreeMap<&str, Vec<&TripleRow>> = BTreeMap::new();
        let mut relations = BTreeMap::new();
        for triple in &dataset.triples {
            let name = triple.relation.as_str();
            relations.entry(name).or_insert_with(|| Relation::new(name, &dataset.terms, names));
            let articles: BTreeSet<&str> =
                triple.evidence.iter().map(|evidence| evidence.article.as_str()).collect();
            for article in articles {
                by_article.entry(article).or_default().push(triple);
            }
        }
        Self { names, version, dataset, relations, by_article }
    }

    /// The ids of the articles with a named graph: those that say something. Sorted.
    pub fn articles(&self) -> impl Iterator<Item = &'a str> {
        self.by_article.keys().copied()
    }

    /// Gives the nodes of a part one after the other: articles, entities, statements. What is linked to each
    /// other in one part stands at one node. O(size of the part).
    ///
    /// # Errors
    /// The first that `each` answers.
    pub fn nodes<E>(&self, part: Part, each: &mut impl FnMut(&Node<'a>) -> Result<(), E>) -> Result<(), E> {
        let (triples, only): (Vec<&TripleRow>, _) = match part {
            Part::All => (self.dataset.triples.iter().collect(), None),
            Part::Common => (Vec::new(), None),
            Part::Assertions(article) => {
                (self.by_article.get(article).cloned().unwrap_or_default(), Some(article))
            }
        };
        let mut links = self.links(&triples);
        if only.is_none() {
            for article in &self.dataset.articles {
                self.article(article).iter().try_for_each(&mut *each)?;
            }
            for entity in &self.dataset.entities {
                let node = self.entity(entity);
                let linked = links.remove(&node.iri).unwrap_or_default();
                each(&with_links(node, linked))?;
            }
        }
        for (iri, linked) in links {
            each(&with_links(Node::new(iri), linked))?;
        }
        triples.into_iter().try_for_each(|triple| each(&self.statement(triple, only)))
    }

    fn links(&self, triples: &[&TripleRow]) -> Links {
        let mut links = Links::new();
        for triple in triples.iter().filter(|triple| triple.fact == Fact::Actual) {
            let Some(relation) = self.relations.get(triple.relation.as_str()) else { continue };
            let [subject, object] = [&triple.subject, &triple.object].map(|end| self.names.entity(&end.id));
            let mut link = |from: &String, to: &String| {
                for property in &relation.properties {
                    let objects = links.entry(from.clone()).or_default().entry(property.clone()).or_default();
                    objects.insert(to.clone());
                }
            };
            link(&subject, &object);
            if relation.symmetric {
                link(&object, &subject);
            }
        }
        links
    }

    /// An article, and the named graph of what it says.
    fn article(&self, row: &'a ArticleRow) -> Vec<Node<'a>> {
        let names = self.names;
        let text = |text: &'a Option<String>| text.as_deref().map(Object::text);
        let iri = names.article(&row.id);
        let date = row.date.as_deref().map(|date| Object::Literal(date.into(), iri::date_type(date)));
        let url = row.url.as_deref().map(|url| Object::Literal(url.into(), Datatype::AnyUri));
        let node = Node::new(iri.clone())
            .with(names.full("rdf:type"), self.classes(&["schema:NewsArticle", "prov:Entity"]))
            .with(names.full("dc:identifier"), [Object::text(&row.id)])
            .with(names.full("schema:headline"), text(&row.title))
            .with(names.full("schema:datePublished"), date)
            .with(names.full("schema:publisher"), text(&row.publisher))
            .with(names.full("schema:url"), url)
            .with(names.own("copyOf"), row.copy_of.as_deref().map(|id| Object::Iri(names.article(id))))
            .with(names.full("schema:mentions"), row.mentions.keys().map(|id| Object::Iri(names.entity(id))));
        if !self.by_article.contains_key(row.id.as_str()) {
            return vec![node];
        }
        let graph = Node::new(names.assertions(&row.id))
            .with(names.full("rdf:type"), self.classes(&["prov:Bundle"]))
            .with(names.full("prov:hadPrimarySource"), [Object::Iri(iri)]);
        vec![node, graph]
    }

    fn entity(&self, row: &'a EntityRow) -> Node<'a> {
        let names = self.names;
        Node::new(names.entity(&row.id))
            .with(names.full("rdf:type"), self.types(row.own_type()))
            .with(names.full("schema:name"), [Object::text(&row.name)])
            .with(names.full("schema:alternateName"), row.aliases.iter().map(Object::text))
            .with(
                names.own("mentions"),
                [Object::Literal(row.mentions.to_string().into(), Datatype::Integer)],
            )
    }

    /// A type and all wider ones, each by its own name and by its standard term.
    fn types(&self, name: &str) -> Vec<Object<'a>> {
        let mut types = vec![self.names.own(name)];
        for kind in self.dataset.terms.kinds(name) {
            let own = self.names.own(&kind.name);
            for term in [Some(own), self.names.standard(kind.iri.as_deref())].into_iter().flatten() {
                if !types.contains(&term) {
                    types.push(term);
                }
            }
        }
        types.into_iter().map(Object::Iri).collect()
    }

    pub(super) fn classes(&self, names: &[&str]) -> Vec<Object<'a>> {
        names.iter().map(|name| Object::Iri(self.names.full(name))).collect()
    }

    /// A statement with the evidence of all articles, or of one.
    fn statement(&self, triple: &'a TripleRow, only: Option<&str>) -> Node<'a> {
        let relation = self.relations.get(triple.relation.as_str());
        let node = statement::node(self, triple, relation, &self.dataset.terms);
        let mut before: BTreeMap<&str, usize> = BTreeMap::new();
        let mut evidence = Vec::new();
        for row in &triple.evidence {
            // Counted by article, so that another article in a later build renames nothing.
            let number = before.entry(&row.article).or_default();
            *number += 1;
            if only.is_none_or(|only| row.article == only) {
                evidence.push(Object::Node(statement::evidence(self.names, &node.iri, row, *number)));
            }
        }
        node.with(self.names.full("prov:wasDerivedFrom"), evidence)
    }
}

fn with_links<'a>(node: Node<'a>, links: BTreeMap<String, BTreeSet<String>>) -> Node<'a> {
    links
        .into_iter()
        .fold(node, |node, (property, objects)| node.with(property, objects.into_iter().map(Object::Iri)))
}
