//! Rule files → [`RuleSet`]: which relations are looked for, and how do sentences say them?

pub mod vocabulary;

use vocabulary::{TypeId, Vocabulary};

/// A relation, as an index into [`RuleSet::relations`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationId(pub u16);

/// What a rule file says of a relation, apart from its patterns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Its name, such as `spokeWith`.
    pub name: String,
    /// The stem of the file that declares it, such as `meetings`.
    pub family: String,
    /// What it means, in one sentence.
    pub about: String,
    /// Type of its subject.
    pub subject: TypeId,
    /// Type of its object.
    pub object: TypeId,
    /// Whether it holds both ways.
    pub symmetric: bool,
    /// Term of a standard vocabulary, written with a prefix (`schema:memberOf`).
    pub iri: Option<String>,
    /// PLOVER event category, such as `CONSULT`.
    pub plover: Option<String>,
    /// The wider relation.
    pub parent: Option<RelationId>,
}

/// All rules of a run, checked and ready to match.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    /// Types, families and namespaces.
    pub vocabulary: Vocabulary,
    /// All relations, sorted by name.
    pub relations: Vec<Relation>,
}

impl RuleSet {
    /// The relation behind an id.
    pub fn relation(&self, id: RelationId) -> &Relation {
        &self.relations[usize::from(id.0)]
    }
}
