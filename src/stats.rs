//! The files of a build → [`Stats`]: what did it find, and where did it find nothing?

use crate::dataset::read::{self, ReadError};
use crate::dataset::{EntityRow, PatternRecord, Record, RelationRecord, SilentRecord, TripleRow};
use crate::triple::Fact;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What a build found. Its fields are the keys of the JSON that `relata stats --json` writes: keys may be
/// added, none may be renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// How much was read; `None` where the build left no record.
    pub read: Option<Amount>,
    /// All triples.
    pub triples: Count,
    /// The relations that fired, those with most triples first.
    pub relations: Vec<RelationStats>,
    /// The patterns that fired, those with most triples first.
    pub patterns: Vec<PatternStats>,
    /// What was looked for in vain; `None` where the build left no record.
    pub unfired: Option<Unfired>,
    /// Number of entities.
    pub entities: usize,
    /// The entities with a link, those with most first.
    pub linked: Vec<EntityStats>,
    /// The sentences that name two actors and give no triple; `None` where the build left no record.
    pub silent: Option<SilentRecord>,
}

/// How much was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// Number of articles.
    pub articles: usize,
    /// Number of sentences.
    pub sentences: usize,
    /// Number of tokens.
    pub tokens: usize,
}

/// How many triples, by what their sentences say of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// All of them.
    pub triples: usize,
    /// What is so.
    pub actual: usize,
    /// What is not so.
    pub negated: usize,
    /// What may be so.
    pub possible: usize,
    /// The sentences that say so.
    pub evidence: usize,
}

/// What was found of a relation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelationStats {
    /// Its name.
    pub relation: String,
    /// Its triples.
    #[serde(flatten)]
    pub count: Count,
    /// How many of its patterns fired.
    pub fired: usize,
    /// How many patterns it has; `None` where the build left no record.
    pub patterns: Option<usize>,
}

/// What a pattern found. A triple counts for every pattern that found a sentence of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PatternStats {
    /// As evidence calls it: `metWith#2`.
    pub rule: String,
    /// As written; `None` where the build left no record.
    pub text: Option<String>,
    /// Its triples, and the sentences that it found.
    #[serde(flatten)]
    pub count: Count,
}

/// What was looked for in vain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Unfired {
    /// Relations without a triple, by name.
    pub relations: Vec<RelationRecord>,
    /// Patterns that no evidence names, of relations that have a triple.
    pub patterns: Vec<PatternRecord>,
}

/// How an entity hangs in the graph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntityStats {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The triples that it is an end of.
    pub links: usize,
    /// Those of which it is the subject.
    pub subject: usize,
    /// Those of which it is the object.
    pub object: usize,
    /// How often articles name it.
    pub mentions: usize,
}

/// Why a record says nothing of the triples beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unrecorded {
    /// There is none: an older version built it.
    Missing,
    /// It counts other triples or entities: the files are of different builds.
    Stale,
}

impl Count {
    fn add(&mut self, fact: Fact, evidence: usize) {
        self.triples += 1;
        self.evidence += evidence;
        *match fact {
            Fact::Actual => &mut self.actual,
            Fact::Negated => &mut self.negated,
            Fact::Possible => &mut self.possible,
        } += 1;
    }
}

impl Stats {
    /// Counts what the build in `folder` found; where it left no record of what it looked for, why.
    /// Errors where the folder holds no build, or files that no build wrote. O(n log n) for the lines of its
    /// files; memory grows with the entities and patterns, not with the triples.
    pub fn read(folder: &Path) -> Result<(Self, Option<Unrecorded>), ReadError> {
        let mut tally = Tally::default();
        read::triples(folder)?.try_for_each(|row| row.map(|row| tally.triple(row)))?;
        let mut entities = 0;
        let mut linked = Vec::new();
        for row in read::entities(folder)? {
            entities += 1;
            linked.extend(tally.linked(row?));
        }
        linked.sort_by(|a, b| (Reverse(a.links), &a.id).cmp(&(Reverse(b.links), &b.id)));
        let (record, unrecorded) = match read::record(folder)? {
            None => (None, Some(Unrecorded::Missing)),
            Some(record) if (record.triples, record.entities) != (tally.all.triples, entities) => {
                (None, Some(Unrecorded::Stale))
            }
            Some(record) => (Some(record), None),
        };
        Ok((tally.stats(record, entities, linked), unrecorded))
    }
}

/// The counts while the triples are read.
#[derive(Debug, Default)]
struct Tally {
    all: Count,
    relations: BTreeMap<String, Count>,
    patterns: BTreeMap<String, Count>,
    /// As subject and as object.
    links: BTreeMap<String, (usize, usize)>,
}

impl Tally {
    fn triple(&mut self, row: TripleRow) {
        let mut by_rule: BTreeMap<String, usize> = BTreeMap::new();
        let evidence = row.evidence.len();
        for found in row.evidence {
            *by_rule.entry(found.rule).or_default() += 1;
        }
        self.all.add(row.fact, evidence);
        self.relations.entry(row.relation).or_default().add(row.fact, evidence);
        for (rule, evidence) in by_rule {
            self.patterns.entry(rule).or_default().add(row.fact, evidence);
        }
        self.links.entry(row.subject.id).or_default().0 += 1;
        self.links.entry(row.object.id).or_default().1 += 1;
    }

    /// `None` where no triple has it for an end.
    fn linked(&self, entity: EntityRow) -> Option<EntityStats> {
        let (subject, object) = *self.links.get(&entity.id)?;
        let EntityRow { id, name, kind, mentions, .. } = entity;
        Some(EntityStats {
            id,
            name,
            kind,
            links: subject + object,
            subject,
            object,
            mentions: mentions as usize,
        })
    }

    fn stats(self, record: Option<Record>, entities: usize, linked: Vec<EntityStats>) -> Stats {
        let known = record.as_ref().map(|record| record.relations.as_slice());
        let stats = Stats {
            read: record.as_ref().map(|record| Amount {
                articles: record.articles,
                sentences: record.sentences,
                tokens: record.tokens,
            }),
            triples: self.all,
            relations: self.relations(known),
            patterns: self.patterns(known),
            unfired: known.map(|known| self.unfired(known)),
            entities,
            linked,
            silent: None,
        };
        Stats { silent: record.map(|record| record.silent), ..stats }
    }

    fn relations(&self, known: Option<&[RelationRecord]>) -> Vec<RelationStats> {
        let mut fired: BTreeMap<&str, usize> = BTreeMap::new();
        for rule in self.patterns.keys() {
            *fired.entry(relation_of(rule)).or_default() += 1;
        }
        let patterns = |name: &str| {
            let relation = known?.iter().find(|known| known.relation == name)?;
            Some(relation.patterns.len())
        };
        let relations = self.relations.iter().map(|(name, count)| RelationStats {
            relation: name.clone(),
            count: *count,
            fired: fired.get(name.as_str()).copied().unwrap_or(0),
            patterns: patterns(name),
        });
        let mut relations: Vec<RelationStats> = relations.collect();
        // They come by name, and a stable sort keeps that among equals.
        relations.sort_by_key(|relation| Reverse(relation.count.triples));
        relations
    }

    fn patterns(&self, known: Option<&[RelationRecord]>) -> Vec<PatternStats> {
        let known = known.unwrap_or_default().iter().flat_map(|relation| &relation.patterns);
        let texts: BTreeMap<&str, &str> =
            known.map(|pattern| (pattern.rule.as_str(), pattern.text.as_str())).collect();
        let patterns = self.patterns.iter().map(|(rule, count)| PatternStats {
            rule: rule.clone(),
            text: texts.get(rule.as_str()).map(|text| (*text).to_owned()),
            count: *count,
        });
        let mut patterns: Vec<PatternStats> = patterns.collect();
        patterns.sort_by_key(|pattern| Reverse((pattern.count.triples, pattern.count.evidence)));
        patterns
    }

    fn unfired(&self, known: &[RelationRecord]) -> Unfired {
        let fired: BTreeSet<&str> = self.patterns.keys().map(String::as_str).collect();
        let mut unfired = Unfired::default();
        for relation in known {
            if self.relations.contains_key(&relation.relation) {
                let silent =
                    relation.patterns.iter().filter(|pattern| !fired.contains(pattern.rule.as_str()));
                unfired.patterns.extend(silent.cloned());
            } else {
                unfired.relations.push(relation.clone());
            }
        }
        unfired
    }
}

/// `metWith` of `metWith#2`.
fn relation_of(rule: &str) -> &str {
    rule.split_once('#').map_or(rule, |(relation, _)| relation)
}
