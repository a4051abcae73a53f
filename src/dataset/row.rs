//! The lines of `triples.jsonl`, `entities.jsonl` and `articles.jsonl`: the contract with scripts outside.
//!
//! The fields of the structs here are the keys of the contract, in its order. Keys may be added, none may be
//! renamed. Positions count Unicode code points of the article's text as read, ends exclusive.

use crate::triple::Fact;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One line of `triples.jsonl`: a relation between two entities, with everything that says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TripleRow {
    /// 16 hexadecimal digits that name the statement: the same in every build.
    pub id: String,
    /// Who.
    pub subject: EndRow,
    /// Does what.
    pub relation: String,
    /// To whom.
    pub object: EndRow,
    /// And is it so.
    pub fact: Fact,
    /// ISO date, month or year of it, where the articles fix it.
    pub when: Option<String>,
    /// Further particulars by name: `role`, `status`, `place`, `kin`.
    pub qualifiers: BTreeMap<String, String>,
    /// How sure it is, 0 to 0.99 in hundredths.
    pub confidence: f64,
    /// Number of independent articles that say so; copies of one count once.
    pub sources: usize,
    /// The sentences that say so, in the order of the articles' ids; never empty.
    pub evidence: Vec<EvidenceRow>,
}

/// An entity as it is named wherever it occurs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EndRow {
    /// Its id: `person/xi-jinping`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its widest type that is no mere grouping: `Organisation`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its own type where that is finer, so that `type` has few values, and the same ones after someone adds a
    /// finer type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtype: Option<String>,
}

impl EndRow {
    /// The entity's own type: the finer one where it has one.
    pub fn own_type(&self) -> &str {
        self.subtype.as_deref().unwrap_or(&self.kind)
    }
}

/// A sentence that says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EvidenceRow {
    /// The article's id.
    pub article: String,
    /// Number of the sentence in its article, counted from 0.
    pub sentence: u32,
    /// Where the sentence begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The sentence.
    pub quote: String,
    /// The pattern that found it: `metWith#2`.
    pub rule: String,
    /// The words that name the subject.
    pub subject: MentionRow,
    /// The words that name the object.
    pub object: MentionRow,
    /// Who says so, where the sentence or a quotation attributes it to somebody named.
    #[serde(rename = "attributedTo")]
    pub attributed_to: Option<EndRow>,
    /// How sure it is by this sentence alone, 0 to 1 in hundredths.
    #[serde(default)]
    pub confidence: f64,
    /// The particulars that this sentence gives.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub qualifiers: BTreeMap<String, String>,
}

impl EvidenceRow {
    /// What orders evidence, and tells it apart: the same names in the same sentence.
    pub(super) fn place(&self) -> (&str, u32, u32, (u32, u32), (u32, u32)) {
        let Self { article, sentence, start, subject, object, .. } = self;
        (article, *sentence, *start, (subject.start, subject.end), (object.start, object.end))
    }
}

/// Words in an article that name an entity. A pronoun may stand outside the sentence of its evidence's quote.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MentionRow {
    /// Where they begin.
    pub start: u32,
    /// Where they end.
    pub end: u32,
    /// The words.
    pub text: String,
}

impl TripleRow {
    /// The surest sentence; of equally sure ones the first. O(evidence).
    pub fn surest(&self) -> Option<&EvidenceRow> {
        // `max_by` takes the last of equals: reversed, that is the first.
        self.evidence.iter().rev().max_by(|one, other| one.confidence.total_cmp(&other.confidence))
    }

    /// The file that a build writes.
    pub const FILE_NAME: &'static str = "triples.jsonl";

    /// What orders triples, and tells them apart.
    pub(super) fn place(&self) -> (&str, &str, &str, Fact, Option<&str>) {
        (&self.subject.id, &self.relation, &self.object.id, self.fact, self.when.as_deref())
    }
}

/// One line of `entities.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityRow {
    /// Its id: `person/xi-jinping`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its widest type that is no mere grouping.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its own type where that is finer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtype: Option<String>,
    /// All other strings that the articles use for it, sorted.
    pub aliases: Vec<String>,
    /// How often the articles mention it.
    pub mentions: u32,
    /// The ids of the articles that mention it, sorted.
    pub articles: Vec<String>,
}

impl EntityRow {
    /// The file that a build writes.
    pub const FILE_NAME: &'static str = "entities.jsonl";

    /// The entity's own type: the finer one where it has one.
    pub fn own_type(&self) -> &str {
        self.subtype.as_deref().unwrap_or(&self.kind)
    }
}

/// One line of `articles.jsonl`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRow {
    /// The file's stem, or the `id` of a JSON article.
    pub id: String,
    /// The headline that the file gives apart from the text, or that the text begins with.
    pub title: Option<String>,
    /// Day of publication (ISO), where it is known.
    pub date: Option<String>,
    /// Who published it, where the file says so.
    pub publisher: Option<String>,
    /// Where it was published, where the file says so.
    pub url: Option<String>,
    /// The article that this one is nearly a copy of: both are one source.
    #[serde(rename = "copyOf")]
    pub copy_of: Option<String>,
    /// Number of sentences read in it.
    pub sentences: usize,
    /// Number of tokens read in it.
    pub tokens: usize,
    /// Number of its sentences that name two actors and give no triple.
    pub silent: usize,
    /// How often it mentions each entity, by the entity's id.
    pub mentions: BTreeMap<String, u32>,
    /// 16 hexadecimal digits, XXH3 of its text: the same text has the same.
    pub hash: String,
    /// Its MinHash signature, in hexadecimal digits: copies are told by it when builds are merged.
    pub signature: String,
}

impl ArticleRow {
    /// The file that a build writes.
    pub const FILE_NAME: &'static str = "articles.jsonl";
}

/// A share as it was written, in hundredths.
pub(crate) fn hundredths(share: f64) -> u8 {
    // Rows may be written by hand: what is no share counts as the nearest one.
    (share * 100.0).round().clamp(0.0, 100.0) as u8
}
