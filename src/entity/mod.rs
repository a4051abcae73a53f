//! Mentions → [`Entity`]s: which names mean the same person, organisation, country or place?
//!
//! First inside an article (`alias`: "Pelosi" is "Nancy Pelosi"), where names are short and context
//! is near; then across articles (`merge`), where only full names count.

mod alias;
mod merge;

pub use alias::{LocalNames, names};
pub use merge::{Entities, merge};

use crate::rule::vocabulary::TypeId;

/// An entity of the graph, as an index into [`KnowledgeGraph`](crate::graph::KnowledgeGraph)'s entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// A person, organisation, country or place of the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Stable and readable: type and slug of the name, `person/xi-jinping`.
    pub id: String,
    /// The fullest name that the articles use, or the lexicon's.
    pub name: String,
    /// Its type.
    pub kind: TypeId,
    /// All other strings that the articles use for it, sorted.
    pub aliases: Vec<String>,
    /// How often the articles mention it.
    pub mentions: u32,
    /// The articles that mention it, as indices into the graph's list, ascending.
    pub articles: Vec<u32>,
}
