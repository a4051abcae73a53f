//! Mentions → [`Entity`]s: which names mean the same person, organisation, country or place?
//!
//! First inside an article (`alias`: "Pelosi" is "Nancy Pelosi"), where names are short and context
//! is near (`context`); then across articles (`merge`), where full names count (`person`, `organisation`) and
//! what stands beside them. A person's word on it (`identities`) comes before both, and what stays doubtful
//! is kept for a person to decide (`doubt`).

mod acronym;
mod alias;
mod assign;
mod cluster;
mod company;
mod context;
mod doubt;
mod form;
mod homonym;
mod identities;
mod merge;
mod organisation;
mod person;

pub use alias::{Certainty, LocalNames};
pub use doubt::{Doubt, review};
pub use identities::Identities;
pub use merge::Entities;

use crate::language::Language;
use crate::rule::RuleSet;
use crate::rule::vocabulary::TypeId;
use context::ContextWords;
use form::Forms;

/// An entity of the graph, as an index into [`KnowledgeGraph`](crate::graph::KnowledgeGraph)'s entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// A person, organisation, country or place of the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Stable and readable: type and slug of the name, `person/xi-jinping`; where several bear the name and
    /// this is not the one of most articles, followed by what tells it apart, `person/john-roe-chile`.
    pub id: String,
    /// The fullest name that the articles use, or the lexicon's.
    pub name: String,
    /// Its type.
    pub kind: TypeId,
    /// All other strings that the articles use for it, sorted.
    pub aliases: Vec<String>,
    /// The articles that mention it, as indices into the graph's list, ascending; and how often each does.
    pub articles: Vec<(u32, u32)>,
}

impl Entity {
    /// How often the articles mention it. O(articles).
    pub fn mentions(&self) -> u32 {
        self.articles.iter().map(|(_, mentions)| mentions).sum()
    }
}

/// Decides who is who, in an article and across articles; built once from the lexicon.
#[derive(Debug, Clone)]
pub struct Resolver {
    identities: Identities,
    context: ContextWords,
    forms: Forms,
}

impl Resolver {
    /// Prepares the lexicon's word lists.
    pub fn new(rules: &RuleSet, language: &Language) -> Self {
        Self {
            identities: Identities::default(),
            context: ContextWords::new(rules, language),
            forms: Forms::new(rules),
        }
    }

    /// Obeys a person's identities from now on.
    pub fn obey(&mut self, identities: Identities) {
        self.identities = identities;
    }
}
