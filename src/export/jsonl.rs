//! [`KnowledgeGraph`] → JSON Lines: one triple or one entity a line, the contract with scripts outside.
//!
//! The fields of the structs here are the keys of the contract, in its order. Keys may be added,
//! none may be renamed.

use crate::entity::Entity;
use crate::graph::KnowledgeGraph;
use crate::rule::RuleSet;
use crate::rule::vocabulary::{TypeId, Vocabulary};
use crate::span::{CodePoints, Span};
use crate::triple::{Evidence, Fact, Triple};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes `triples.jsonl`.
pub(super) fn triples(graph: &KnowledgeGraph, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    let view = View::new(graph, rules);
    graph.triples().try_for_each(|triple| line(&view.triple(triple), out))
}

/// Writes `entities.jsonl`.
pub(super) fn entities(graph: &KnowledgeGraph, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    let articles = graph.articles();
    graph.entities().try_for_each(|entity| {
        let row = EntityLine {
            named: named(entity, &rules.vocabulary),
            aliases: &entity.aliases,
            mentions: entity.mentions,
            articles: entity.articles.iter().map(|at| articles[*at as usize].id.as_str()).collect(),
        };
        line(&row, out)
    })
}

fn line(row: &impl Serialize, mut out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut out, row)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct TripleLine<'a> {
    id: String,
    subject: Named<'a>,
    relation: &'a str,
    object: Named<'a>,
    fact: Fact,
    when: Option<&'a str>,
    qualifiers: &'a BTreeMap<String, String>,
    confidence: f64,
    sources: usize,
    evidence: Vec<EvidenceLine<'a>>,
}

#[derive(Serialize)]
struct EvidenceLine<'a> {
    article: &'a str,
    sentence: u32,
    start: u32,
    end: u32,
    quote: &'a str,
    rule: &'a str,
    subject: Mentioned<'a>,
    object: Mentioned<'a>,
    #[serde(rename = "attributedTo")]
    attributed_to: Option<Named<'a>>,
}

#[derive(Serialize)]
struct Mentioned<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct EntityLine<'a> {
    #[serde(flatten)]
    named: Named<'a>,
    aliases: &'a [String],
    mentions: u32,
    articles: Vec<&'a str>,
}

/// An entity as it is named wherever it occurs.
#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    /// Only where the entity's own type is finer, so that `type` has few values, and the same ones
    /// after someone adds a finer type.
    #[serde(skip_serializing_if = "Option::is_none")]
    subtype: Option<&'a str>,
}

fn named<'a>(entity: &'a Entity, vocabulary: &'a Vocabulary) -> Named<'a> {
    let name = |kind: TypeId| vocabulary.entity_type(kind).name.as_str();
    let base = vocabulary.base(entity.kind);
    let subtype = (base != entity.kind).then(|| name(entity.kind));
    Named { id: &entity.id, name: &entity.name, kind: name(base), subtype }
}

/// Everything that a line is looked up in. The code points of each article are counted once, not
/// once an evidence: an article has many.
struct View<'a> {
    graph: &'a KnowledgeGraph,
    rules: &'a RuleSet,
    points: Vec<CodePoints<'a>>,
}

impl<'a> View<'a> {
    fn new(graph: &'a KnowledgeGraph, rules: &'a RuleSet) -> Self {
        let points = graph.articles().iter().map(|article| CodePoints::new(&article.text)).collect();
        Self { graph, rules, points }
    }

    fn triple(&self, triple: &'a Triple) -> TripleLine<'a> {
        let statement = triple.statement();
        let vocabulary = &self.rules.vocabulary;
        let subject = named(self.graph.entity(statement.subject), vocabulary);
        let object = named(self.graph.entity(statement.object), vocabulary);
        let relation = self.rules.relation(statement.relation).name.as_str();
        TripleLine {
            id: triple.id(subject.id, relation, object.id),
            subject,
            relation,
            object,
            fact: statement.fact,
            when: statement.when.as_deref(),
            qualifiers: triple.qualifiers(),
            // A quotient of hundredths is written with at most two decimals: the shortest decimal
            // that reads back as the same number.
            confidence: f64::from(triple.confidence()) / 100.0,
            sources: triple.sources(),
            evidence: triple.evidence().iter().map(|evidence| self.evidence(evidence)).collect(),
        }
    }

    fn evidence(&self, evidence: &'a Evidence) -> EvidenceLine<'a> {
        let article = &self.graph.articles()[evidence.article as usize];
        let points = &self.points[evidence.article as usize];
        let mentioned = |span: Span| Mentioned {
            start: points.at(span.start),
            end: points.at(span.end),
            text: span.of(&article.text),
        };
        let Mentioned { start, end, text: quote } = mentioned(evidence.span);
        EvidenceLine {
            article: &article.id,
            sentence: evidence.sentence,
            start,
            end,
            quote,
            rule: &evidence.rule,
            subject: mentioned(evidence.subject),
            object: mentioned(evidence.object),
            attributed_to: evidence
                .attributed_to
                .map(|speaker| named(self.graph.entity(speaker), &self.rules.vocabulary)),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn hundredths_are_written_with_at_most_two_decimals() {
        for hundredths in 0..=99_u8 {
            let written = serde_json::to_string(&(f64::from(hundredths) / 100.0)).unwrap();
            assert!(written.len() <= 4, "{written}");
            let digits = format!("{written:0<4}");
            assert_eq!(digits[2..].parse(), Ok(hundredths));
        }
    }
}
