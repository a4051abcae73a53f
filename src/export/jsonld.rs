//! [`KnowledgeGraph`] → JSON-LD 1.1 with its context in the file: RDF that every reader takes.
//!
//! One node a line, streamed. Each triple is a statement node with an IRI of its own that carries
//! fact, date, confidence and evidence; one that is `actual` is also the plain RDF triple, so that a
//! simple query needs no statement. Nothing is a blank node: files can be compared line by line, and
//! loading one twice changes nothing.

use super::context::Context;
use super::iri;
use crate::article::Article;
use crate::entity::Entity;
use crate::graph::KnowledgeGraph;
use crate::rule::{Relation, RuleSet};
use crate::span::CodePoints;
use crate::triple::{EntityId, Evidence, Fact, Triple};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Writes `graph.jsonld`.
pub(super) fn write(graph: &KnowledgeGraph, rules: &RuleSet, mut out: &mut dyn Write) -> io::Result<()> {
    let view = View {
        graph,
        rules,
        context: Context::new(&rules.vocabulary),
        points: graph.articles().iter().map(|article| CodePoints::new(&article.text)).collect(),
    };
    out.write_all(b"{\"@context\":")?;
    serde_json::to_writer_pretty(&mut out, &view.context.to_json())?;
    out.write_all(b",\n\"@graph\":[")?;
    let mut nodes = Nodes { out, first: true };
    graph.articles().iter().try_for_each(|article| nodes.write(&ArticleNode::new(article)))?;
    let mut links = view.links();
    for (at, entity) in graph.entities().enumerate() {
        let id = EntityId(u32::try_from(at).unwrap_or(u32::MAX));
        nodes.write(&view.entity(entity, links.remove(&id).unwrap_or_default()))?;
    }
    graph.triples().try_for_each(|triple| nodes.write(&view.statement(triple)))?;
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
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

impl<'a> ArticleNode<'a> {
    fn new(article: &'a Article) -> Self {
        Self {
            id: article_id(article),
            kind: "schema:NewsArticle",
            identifier: &article.id,
            headline: article.title.as_deref(),
            date: article.date.map(|date| date.to_string()),
            publisher: article.publisher.as_deref(),
            url: article.url.as_deref(),
        }
    }
}

fn article_id(article: &Article) -> String {
    format!("relata:article/{}", iri::part(&article.id))
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
    graph: &'a KnowledgeGraph,
    rules: &'a RuleSet,
    context: Context<'a>,
    points: Vec<CodePoints<'a>>,
}

impl<'a> View<'a> {
    fn entity_id(&self, id: EntityId) -> String {
        entity_id(self.graph.entity(id))
    }

    /// A relation's property. Vocabularies describe many relations as a class of events instead
    /// (`schema:CommunicateAction`): no property, so the relation's own name is one.
    fn property(&self, relation: &Relation) -> String {
        let property = relation.iri.as_deref().filter(|iri| !iri::is_class(iri));
        self.context.term(property, &relation.name)
    }

    /// The direct triples, by subject. Kept as sets: what two articles or two dates say is one triple
    /// of RDF, and writing it twice would make readers count differently.
    fn links(&self) -> BTreeMap<EntityId, Links> {
        let mut links: BTreeMap<EntityId, Links> = BTreeMap::new();
        for statement in self.graph.triples().map(Triple::statement).filter(|s| s.fact == Fact::Actual) {
            let property = self.property(self.rules.relation(statement.relation));
            let objects = links.entry(statement.subject).or_default().entry(property).or_default();
            objects.insert(Reference { id: self.entity_id(statement.object) });
        }
        links
    }

    /// An entity is of its type and of all wider ones, spelt out, since a plain reader infers nothing.
    fn entity(&self, entity: &'a Entity, links: Links) -> EntityNode<'a> {
        let mut kinds: Vec<String> = Vec::new();
        let mut at = Some(entity.kind);
        while let Some(id) = at {
            let kind = self.rules.vocabulary.entity_type(id);
            let term = self.context.term(kind.iri.as_deref(), &kind.name);
            if !kinds.contains(&term) {
                kinds.push(term);
            }
            at = kind.parent;
        }
        EntityNode { id: entity_id(entity), kinds, name: &entity.name, aliases: &entity.aliases, links }
    }

    fn statement(&self, triple: &'a Triple) -> StatementNode<'a> {
        let statement = triple.statement();
        let relation = self.rules.relation(statement.relation);
        let [subject, object] = [statement.subject, statement.object].map(|end| self.graph.entity(end));
        let id = format!("relata:statement/{}", triple.id(&subject.id, &relation.name, &object.id));
        let class = relation.iri.as_deref().filter(|iri| iri::is_class(iri));
        let class = class.map(|iri| self.context.term(Some(iri), &relation.name));
        let evidence = triple.evidence().iter().enumerate();
        let hundredths = triple.confidence();
        StatementNode {
            kinds: std::iter::once("rdf:Statement".to_owned()).chain(class).collect(),
            subject: entity_id(subject),
            predicate: self.property(relation),
            object: entity_id(object),
            fact: statement.fact.name(),
            when: statement.when.as_deref().map(|date| When { date, kind: iri::date_type(date) }),
            confidence: format!("{}.{:02}", hundredths / 100, hundredths % 100),
            sources: triple.sources(),
            plover: relation.plover.as_deref().map(|code| format!("relata:plover/{}", iri::part(code))),
            qualifiers: triple
                .qualifiers()
                .iter()
                .map(|(name, value)| (self.context.term(None, name), value.as_str()))
                .collect(),
            evidence: evidence.map(|(at, evidence)| self.evidence(&id, at + 1, evidence)).collect(),
            id,
        }
    }

    fn evidence(&self, statement: &str, number: usize, evidence: &'a Evidence) -> EvidenceNode<'a> {
        let article = &self.graph.articles()[evidence.article as usize];
        let points = &self.points[evidence.article as usize];
        let id = format!("{statement}/evidence/{number}");
        EvidenceNode {
            kind: "oa:SpecificResource",
            article: article_id(article),
            selector: (
                PositionNode {
                    id: format!("{id}/position"),
                    kind: "oa:TextPositionSelector",
                    start: points.at(evidence.span.start),
                    end: points.at(evidence.span.end),
                },
                QuoteNode {
                    id: format!("{id}/quote"),
                    kind: "oa:TextQuoteSelector",
                    exact: evidence.span.of(&article.text),
                },
            ),
            rule: &evidence.rule,
            attributed_to: evidence.attributed_to.map(|speaker| self.entity_id(speaker)),
            id,
        }
    }
}

fn entity_id(entity: &Entity) -> String {
    format!("relata:id/{}", iri::part(&entity.id))
}
