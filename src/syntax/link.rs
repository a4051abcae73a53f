//! The links between words: few, and named as a person would name them.

use std::fmt;

/// How one word belongs to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// Who does it: "Ada" of *meet*, also in "Bob was met by Ada".
    Subject,
    /// To whom it is done: "Bob" of *meet*, also in "Bob was met by Ada".
    Object,
    /// What a noun says of a name: *president* is "Ada" in "Ada, the president", "President Ada".
    Is,
    /// Whose: "Ada" of *visit* in "Ada's visit".
    Possessor,
    /// A word that says more: "phone" of *call*, "Chilean" of *president*, "later" of *meet*.
    Modifier,
    /// What is said, wanted, begun: "meet" of *agree*.
    Complement,
    /// The small word of a phrasal verb: "out" of *carry*.
    Particle,
    /// With a preposition: "with", "of", "between".
    Preposition(String),
}

impl Label {
    /// With this preposition.
    pub fn preposition(word: &str) -> Self {
        Self::Preposition(word.to_owned())
    }

    /// "of".
    pub fn of() -> Self {
        Self::preposition("of")
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Label::Subject => "subject",
            Label::Object => "object",
            Label::Is => "is",
            Label::Possessor => "whose",
            Label::Modifier => "which",
            Label::Complement => "what",
            Label::Particle => "with the small word",
            Label::Preposition(word) => word,
        })
    }
}

/// A labelled arrow from a word to one that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The token that it starts at.
    pub from: usize,
    /// What it means.
    pub label: Label,
    /// The token that it ends at.
    pub to: usize,
    /// Whether it follows from what the tree has, rather than stands in it.
    pub derived: bool,
}
