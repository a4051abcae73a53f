//! A graph, the rules it was found with, and what was read → [`Dataset`].

use super::{
    ArticleRow, Dataset, EndRow, EntityRow, EvidenceRow, FamilyRow, LinkRow, MentionRow, RelationRecord,
    RelationRow, SilentLine, Terms, TripleRow, TypeRow, shortened,
};
use crate::article::{Article, BlockKind, Copies};
use crate::entity::Entity;
use crate::graph::KnowledgeGraph;
use crate::rule::crosswalk::Link;
use crate::rule::vocabulary::{TypeId, Vocabulary};
use crate::rule::{Relation, RuleSet};
use crate::silent::Silent;
use crate::span::{CodePoints, Span};
use crate::triple::{Evidence, Triple};
use std::collections::BTreeMap;

/// Headlines longer than so many code points are paragraphs that look like one.
const TITLE: usize = 200;

/// How much was read in one article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amount {
    /// Number of sentences.
    pub sentences: usize,
    /// Number of tokens.
    pub tokens: usize,
    /// Number of sentences that name two actors and give no triple.
    pub silent: usize,
}

impl Dataset {
    /// The rows of a graph. `rules` must be those that its triples were found with; `amounts` and `copies` have an
    /// entry for each of its articles, and what they lack counts as nothing read and no copy.
    /// O(articles' text + triples × log triples).
    pub fn new(
        graph: &KnowledgeGraph,
        rules: &RuleSet,
        amounts: &[Amount],
        copies: &Copies,
        silent: &Silent,
    ) -> Self {
        let view = View::new(graph, rules);
        let mut dataset = Self {
            terms: Terms::new(rules),
            articles: view.articles(amounts, copies),
            entities: graph.entities().map(|entity| view.entity(entity)).collect(),
            triples: graph.triples().map(|triple| view.triple(triple)).collect(),
            patterns: (0..rules.rules.len()).map(|at| RelationRecord::new(rules, at)).collect(),
            silent: silent.first.iter().map(|silent| SilentLine::new(silent, graph)).collect(),
        };
        dataset.sort();
        dataset
    }

    /// Puts all rows in their order.
    pub(super) fn sort(&mut self) {
        self.terms.relations.sort_by(|one, other| one.name.cmp(&other.name));
        self.articles.sort_by(|one, other| one.id.cmp(&other.id));
        self.entities.sort_by(|one, other| one.id.cmp(&other.id));
        self.entities.iter_mut().for_each(|entity| entity.articles.sort());
        self.triples.sort_by(|one, other| one.place().cmp(&other.place()));
        for triple in &mut self.triples {
            triple.evidence.sort_by(|one, other| one.place().cmp(&other.place()));
        }
        self.patterns.sort_by(|one, other| one.relation.cmp(&other.relation));
        self.silent.sort_by(|one, other| (&one.article, one.sentence).cmp(&(&other.article, other.sentence)));
    }
}

/// Everything that a row is looked up in. The code points of each article are counted once, not once an
/// evidence: an article has many.
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

    fn articles(&self, amounts: &[Amount], copies: &Copies) -> Vec<ArticleRow> {
        let articles = self.graph.articles();
        let mut mentions: Vec<BTreeMap<String, u32>> = vec![BTreeMap::new(); articles.len()];
        for entity in self.graph.entities() {
            for (article, count) in &entity.articles {
                mentions[*article as usize].insert(entity.id.clone(), *count);
            }
        }
        let rows = articles.iter().zip(mentions).enumerate().map(|(at, (article, mentions))| {
            let Amount { sentences, tokens, silent } = amounts.get(at).copied().unwrap_or_default();
            let Article { id, publisher, url, .. } = article;
            let (id, publisher, url) = (id.clone(), publisher.clone(), url.clone());
            let date = article.date.map(|date| date.to_string());
            let original = copies.original(at);
            let copy_of = (original != at).then(|| articles[original].id.clone());
            let hash = format!("{:016x}", xxhash_rust::xxh3::xxh3_64(article.text.as_bytes()));
            let signature = copies.signature(at).to_string();
            ArticleRow {
                id,
                title: headline(article),
                date,
                publisher,
                url,
                copy_of,
                sentences,
                tokens,
                silent,
                mentions,
                hash,
                signature,
            }
        });
        rows.collect()
    }

    fn entity(&self, entity: &Entity) -> EntityRow {
        let EndRow { id, name, kind, subtype } = self.end(entity);
        let articles = entity.articles.iter();
        EntityRow {
            id,
            name,
            kind,
            subtype,
            aliases: entity.aliases.clone(),
            mentions: entity.mentions(),
            articles: articles.map(|(at, _)| self.graph.articles()[*at as usize].id.clone()).collect(),
        }
    }

    fn end(&self, entity: &Entity) -> EndRow {
        let vocabulary = &self.rules.vocabulary;
        let name = |kind: TypeId| vocabulary.entity_type(kind).name.clone();
        let base = vocabulary.base(entity.kind);
        let subtype = (base != entity.kind).then(|| name(entity.kind));
        EndRow { id: entity.id.clone(), name: entity.name.clone(), kind: name(base), subtype }
    }

    fn triple(&self, triple: &Triple) -> TripleRow {
        let statement = triple.statement();
        let [subject, object] =
            [statement.subject, statement.object].map(|end| self.end(self.graph.entity(end)));
        let relation = self.rules.relation(statement.relation).name.clone();
        TripleRow {
            id: triple.id(&subject.id, &relation, &object.id),
            subject,
            relation,
            object,
            fact: statement.fact,
            when: statement.when.clone(),
            qualifiers: triple.qualifiers(),
            confidence: hundredths(triple.confidence()),
            sources: triple.sources(),
            evidence: triple.evidence().iter().map(|evidence| self.evidence(evidence)).collect(),
        }
    }

    fn evidence(&self, evidence: &Evidence) -> EvidenceRow {
        let article = &self.graph.articles()[evidence.article as usize];
        let points = &self.points[evidence.article as usize];
        let mentioned = |span: Span| MentionRow {
            start: points.at(span.start),
            end: points.at(span.end),
            text: span.of(&article.text).to_owned(),
        };
        let MentionRow { start, end, text: quote } = mentioned(evidence.span);
        EvidenceRow {
            article: article.id.clone(),
            sentence: evidence.sentence,
            start,
            end,
            quote,
            rule: evidence.rule.clone(),
            subject: mentioned(evidence.subject),
            object: mentioned(evidence.object),
            attributed_to: evidence.attributed_to.map(|speaker| self.end(self.graph.entity(speaker))),
            confidence: hundredths(evidence.confidence),
            qualifiers: evidence.qualifiers.clone(),
        }
    }
}

/// The title that the file gives, or else the headline that its text begins with.
fn headline(article: &Article) -> Option<String> {
    let first = article.blocks.iter().find(|block| block.kind != BlockKind::Noise);
    let first = first.filter(|block| block.kind == BlockKind::Headline);
    article.title.clone().or_else(|| Some(shortened(first?.span.of(&article.text), TITLE)))
}

/// A quotient of hundredths is written with at most two decimals: the shortest decimal that reads back as the
/// same number.
fn hundredths(number: u8) -> f64 {
    f64::from(number) / 100.0
}

impl Terms {
    /// The vocabulary and the relations of a set of rules.
    pub fn new(rules: &RuleSet) -> Self {
        let Vocabulary { types, families, prefixes, crosswalk } = &rules.vocabulary;
        let name = |kind: TypeId| rules.vocabulary.entity_type(kind).name.clone();
        let types = types.iter().map(|kind| TypeRow {
            name: kind.name.clone(),
            parent: kind.parent.map(name),
            grouping: kind.grouping,
            iri: kind.iri.clone(),
            ftm: kind.ftm.clone(),
            shape: kind.shape.clone(),
            colour: kind.colour.clone(),
        });
        let families = families.iter();
        let families =
            families.map(|family| FamilyRow { name: family.name.clone(), colour: family.colour.clone() });
        let relations = rules.relations.iter().map(|relation| {
            let Relation { name: own, family, about, symmetric, standing, iri, plover, mode, ftm, .. } =
                relation.clone();
            RelationRow {
                name: own,
                about,
                family,
                subject: relation.subject.iter().map(|kind| name(*kind)).collect(),
                object: relation.object.iter().map(|kind| name(*kind)).collect(),
                symmetric,
                standing,
                iri,
                plover,
                mode,
                ftm,
                parent: relation.parent.map(|parent| rules.relation(parent).name.clone()),
            }
        });
        let links = crosswalk.ftm.iter().map(|(name, link)| {
            let Link { subject, object, subjects, objects } = link.clone();
            LinkRow { name: name.clone(), subject, object, subjects, objects }
        });
        Self {
            types: types.collect(),
            families: families.collect(),
            relations: relations.collect(),
            links: links.collect(),
            prefixes: prefixes.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_are_written_with_at_most_two_decimals() {
        for number in 0..=99_u8 {
            let written = serde_json::to_string(&hundredths(number)).unwrap();
            assert!(written.len() <= 4, "{written}");
            let digits = format!("{written:0<4}");
            assert_eq!(digits[2..].parse(), Ok(number));
        }
    }
}
