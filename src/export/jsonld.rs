//! [`Dataset`] → JSON-LD 1.1 with its context in the file: RDF that every reader takes.
//!
//! One node a line, streamed. Each triple is a statement node with an IRI of its own that carries
//! fact, date, confidence and evidence; one that is `actual` is also the plain RDF triple, so that a
//! simple query needs no statement. Nothing is a blank node: files can be compared line by line, and
//! loading one twice changes nothing.

use super::context::Context;
use super::iri;
use crate::dataset::{ArticleRow, Dataset, EntityRow, EvidenceRow, TripleRow};
use crate::triple::Fact;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Writes `graph.jsonld`.
pub(super) fn write(dataset: &Dataset, mut out: &mut dyn Write) -> io::Result<()> {
    let view = View { dataset, context: Context::new(&dataset.terms) };
    out.write_all(b"{\"@context\":")?;
    serde_json::to_writer_pretty(&mut out, &view.context.to_json())?;
    out.write_all(b",\n\"@graph\":[")?;
    let mut nodes = Nodes { out, first: true };
    dataset.articles.iter().try_for_each(|article| nodes.write(&ArticleNode::new(article)))?;
    let mut links = view.links();
    for entity in &dataset.entities {
        nodes.write(&view.entity(entity, links.remove(entity.id.as_str()).unwrap_or_default()))?;
    }
    dataset.triples.iter().try_for_each(|triple| nodes.write(&view.statement(triple)))?;
    out.write_all(b"\n]}\n")
}

/// Writes nodes one a line with commas between them.
struct Nodes<'a> {
    out: &'a mut dyn Write,
    first: bool,
}

impl Nodes<'_> {
    fn write(&mut self, node: &impl Serialize) -> io::Result<()> {
        self.out.write_all(if std::mem::take(&mut self.first) { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut self.out, node)?;
        Ok(())
    }
}

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Reference {
    #[serde(rename = "@id")]
    id: String,
}

#[derive(Serialize)]
struct ArticleNode<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    identifier: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    #[serde(rename = "datePublished", skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

impl<'a> ArticleNode<'a> {
    fn new(article: &'a ArticleRow) -> Self {
        Self {
            id: article_id(&article.id),
            kind: "schema:NewsArticle",
            identifier: &article.id,
            headline: article.title.as_deref(),
            date: article.date.as_deref(),
            publisher: article.publisher.as_deref(),
            url: article.url.as_deref(),
        }
    }
}

fn article_id(id: &str) -> String {
    format!("relata:article/{}", iri::part(id))
}

/// What an entity is linked to by actual triples: property → entities.
type Links = BTreeMap<String, BTreeSet<Reference>>;

#[derive(Serialize)]
struct EntityNode<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kinds: Vec<String>,
    name: &'a str,
    #[serde(rename = "alternateName", skip_serializing_if = "<[String]>::is_empty")]
    aliases: &'a [String],
    #[serde(flatten)]
    links: Links,
}

#[derive(Serialize)]
struct StatementNode<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kinds: Vec<String>,
    subject: String,
    predicate: String,
    object: String,
    fact: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<When<'a>>,
    /// A string: readers make `9.4E-1` of a JSON number, which is no xsd:decimal.
    confidence: String,
    sources: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    plover: Option<String>,
    #[serde(flatten)]
    qualifiers: BTreeMap<String, &'a str>,
    evidence: Vec<EvidenceNode<'a>>,
}

#[derive(Serialize)]
struct When<'a> {
    #[serde(rename = "@value")]
    date: &'a str,
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
}

#[derive(Serialize)]
struct EvidenceNode<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    article: String,
    selector: (PositionNode, QuoteNode<'a>),
    rule: &'a str,
    #[serde(rename = "attributedTo", skip_serializing_if = "Option::is_none")]
    attributed_to: Option<String>,
}

#[derive(Serialize)]
struct PositionNode {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct QuoteNode<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    exact: &'a str,
}

/// Everything that a node is looked up in.
struct View<'a> {
    dataset: &'a Dataset,
    context: Context<'a>,
}

impl<'a> View<'a> {
    /// A relation's property. Vocabularies describe many relations as a class of events instead
    /// (`schema:CommunicateAction`): no property, so the relation's own name is one.
    fn property(&self, name: &str) -> String {
        let relation = self.dataset.terms.relation(name);
        let property = relation.and_then(|relation| relation.iri.as_deref());
        self.context.term(property.filter(|iri| !iri::is_class(iri)), name)
    }

    /// The direct triples, by subject. Kept as sets: what two articles or two dates say is one triple
    /// of RDF, and writing it twice would make readers count differently.
    fn links(&self) -> BTreeMap<&'a str, Links> {
        let mut links: BTreeMap<&str, Links> = BTreeMap::new();
        for triple in self.dataset.triples.iter().filter(|triple| triple.fact == Fact::Actual) {
            let property = self.property(&triple.relation);
            let objects = links.entry(&triple.subject.id).or_default().entry(property).or_default();
            objects.insert(Reference { id: entity_id(&triple.object.id) });
        }
        links
    }

    /// An entity is of its type and of all wider ones, spelt out, since a plain reader infers nothing.
    fn entity(&self, entity: &'a EntityRow, links: Links) -> EntityNode<'a> {
        let mut kinds: Vec<String> = Vec::new();
        for kind in self.dataset.terms.kinds(entity.own_type()) {
            let term = self.context.term(kind.iri.as_deref(), &kind.name);
            if !kinds.contains(&term) {
                kinds.push(term);
            }
        }
        EntityNode { id: entity_id(&entity.id), kinds, name: &entity.name, aliases: &entity.aliases, links }
    }

    fn statement(&self, triple: &'a TripleRow) -> StatementNode<'a> {
        let relation = self.dataset.terms.relation(&triple.relation);
        let id = format!("relata:statement/{}", triple.id);
        let class = relation.and_then(|relation| relation.iri.as_deref()).filter(|iri| iri::is_class(iri));
        let class = class.map(|iri| self.context.term(Some(iri), &triple.relation));
        let plover = relation.and_then(|relation| relation.plover.as_deref());
        let evidence = triple.evidence.iter().enumerate();
        StatementNode {
            kinds: std::iter::once("rdf:Statement".to_owned()).chain(class).collect(),
            subject: entity_id(&triple.subject.id),
            predicate: self.property(&triple.relation),
            object: entity_id(&triple.object.id),
            fact: triple.fact.name(),
            when: triple.when.as_deref().map(|date| When { date, kind: iri::date_type(date) }),
            confidence: format!("{:.2}", triple.confidence),
            sources: triple.sources,
            plover: plover.map(|code| format!("relata:plover/{}", iri::part(code))),
            qualifiers: triple
                .qualifiers
                .iter()
                .map(|(name, value)| (self.context.term(None, name), value.as_str()))
                .collect(),
            evidence: evidence.map(|(at, evidence)| Self::evidence(&id, at + 1, evidence)).collect(),
            id,
        }
    }

    fn evidence(statement: &str, number: usize, evidence: &'a EvidenceRow) -> EvidenceNode<'a> {
        let id = format!("{statement}/evidence/{number}");
        EvidenceNode {
            kind: "oa:SpecificResource",
            article: article_id(&evidence.article),
            selector: (
                PositionNode {
                    id: format!("{id}/position"),
                    kind: "oa:TextPositionSelector",
                    start: evidence.start,
                    end: evidence.end,
                },
                QuoteNode { id: format!("{id}/quote"), kind: "oa:TextQuoteSelector", exact: &evidence.quote },
            ),
            rule: &evidence.rule,
            attributed_to: evidence.attributed_to.as_ref().map(|speaker| entity_id(&speaker.id)),
            id,
        }
    }
}

fn entity_id(id: &str) -> String {
    format!("relata:id/{}", iri::part(id))
}
