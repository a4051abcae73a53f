//! What a build knows and its graph does not hold → `build.json`, and back.
//!
//! The graph holds what was found. What was looked for in vain, and in how much text, is written beside it.
//! Nothing of the machine or the day is in it: the same input gives the same bytes. Keys may be added,
//! none may be renamed.

use crate::dataset::{Dataset, Terms};
use crate::graph::KnowledgeGraph;
use crate::rule::{RelationId, RuleSet};
use crate::silent::SilentSentence;
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use std::path::Path;

/// The record of one build.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Number of articles read.
    pub articles: usize,
    /// Number of sentences read.
    pub sentences: usize,
    /// Number of tokens read.
    pub tokens: usize,
    /// Number of entities found.
    pub entities: usize,
    /// Number of triples found.
    pub triples: usize,
    /// Every relation that was looked for, sorted by name.
    pub relations: Vec<RelationRecord>,
    /// The sentences that name two actors and give no triple.
    pub silent: SilentRecord,
    /// The words that the rows use; empty where an older version built it.
    #[serde(default)]
    pub vocabulary: Terms,
}

/// A relation that was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationRecord {
    /// Its name.
    pub relation: String,
    /// The file that declares it, without its folder.
    pub file: String,
    /// Its patterns, in the order of their numbers.
    pub patterns: Vec<PatternRecord>,
}

/// A pattern that was looked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PatternRecord {
    /// As evidence calls it: `metWith#2`.
    pub rule: String,
    /// As written.
    pub text: String,
}

/// The sentences that name two actors and give no triple.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SilentRecord {
    /// How many there are.
    pub total: usize,
    /// The first of them, at most [`Silent::KEPT`](crate::silent::Silent::KEPT).
    pub first: Vec<SilentLine>,
}

/// A sentence that names two actors and gives no triple.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SilentLine {
    /// The article's id.
    pub article: String,
    /// Number of the sentence in its article, counted from 0.
    pub sentence: usize,
    /// The sentence on one line, at most [`Record::QUOTE`] characters of it.
    pub quote: String,
    /// Whom it names.
    pub actors: Vec<String>,
}

impl Record {
    /// The file that a build writes.
    pub const FILE_NAME: &'static str = "build.json";
    /// Longer quotations are cut, in Unicode code points.
    pub const QUOTE: usize = 300;

    /// The record of the build that a dataset comes from.
    pub fn new(dataset: &Dataset) -> Self {
        Self {
            articles: dataset.articles.len(),
            sentences: dataset.articles.iter().map(|article| article.sentences).sum(),
            tokens: dataset.articles.iter().map(|article| article.tokens).sum(),
            entities: dataset.entities.len(),
            triples: dataset.triples.len(),
            relations: dataset.patterns.clone(),
            silent: SilentRecord {
                total: dataset.articles.iter().map(|article| article.silent).sum(),
                first: dataset.silent.clone(),
            },
            vocabulary: dataset.terms.clone(),
        }
    }

    /// Writes it as one JSON object, a key a line. Errors where `out` does.
    pub fn write(&self, mut out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut out, self)?;
        out.write_all(b"\n")
    }
}

impl RelationRecord {
    /// What was looked for with rule number `at`.
    pub(super) fn new(rules: &RuleSet, at: usize) -> Self {
        let rule = &rules.rules[at];
        let relation: RelationId = rule.relation;
        let name = &rules.relation(relation).name;
        let path = rules.files.get(rule.file).map_or("", |(path, _)| path.as_str());
        let file = Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let patterns = rule.all_patterns().chain(&rule.inside).map(|pattern| PatternRecord {
            rule: format!("{name}#{}", pattern.number),
            text: pattern.text.clone(),
        });
        Self { relation: name.clone(), file, patterns: patterns.collect() }
    }
}

impl SilentLine {
    /// A sentence of the graph's articles.
    pub(super) fn new(silent: &SilentSentence, graph: &KnowledgeGraph) -> Self {
        let article = &graph.articles()[silent.article];
        Self {
            article: article.id.clone(),
            sentence: silent.sentence,
            quote: shortened(silent.span.of(&article.text), Record::QUOTE),
            actors: silent.actors.clone(),
        }
    }
}

/// A text on one line of at most `most` characters; where it was cut, the last is `…`.
pub fn shortened(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    if line.chars().count() <= most {
        return line;
    }
    line.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_one_line_and_no_longer_than_told() {
        assert_eq!(shortened("Ada\n  met Bob.", 12), "Ada met Bob.");
        assert_eq!(shortened("Ada met Bob.", 11), "Ada met Bo…");
        assert_eq!(shortened("ÄÖÜ ÄÖÜ", 5), "ÄÖÜ …");
    }
}
