//! A sentence's tree → [`Syntax`]: who does what to whom, however the sentence puts it.
//!
//! A tree of Universal Dependencies mirrors the wording: "Bob was met by Ada", "Ada, who met Bob" and "Ada
//! agreed to meet Bob" are three different trees. Here they become the same links, *meet* –subject→ Ada
//! and *meet* –object→ Bob, so that one pattern finds them all. The idea is that of enhanced
//! dependencies (Schuster & Manning 2016) and of their extension to events in pyBART (Tiktinsky et al.
//! 2020). It is done once a sentence, before any rule is looked at.
//!
//! Names count as one word (`tree`); what the parser got wrong and the words round it give away is mended
//! (`mend`, `relative`); a headline is read as the clause that it stands for (`headline`);
//! clauses get their subjects (`clause`), nouns theirs (`noun`), lists are dealt out (`noun`), and phrases
//! that may hang higher or lower hang in both places (`attach`).

mod attach;
mod beside;
mod clause;
mod headline;
mod light;
mod link;
mod mend;
mod noun;
mod place;
mod relative;
#[cfg(test)]
mod sample;
mod tree;
mod words;

use crate::article::BlockKind;
use crate::language::Predicted;
pub use link::{Label, Link};
pub use tree::{NamePhrase, Tree, Word};
pub use words::ClauseWords;

/// The links of one sentence.
#[derive(Debug, Clone)]
pub struct Syntax {
    /// The tree that they were made from.
    pub tree: Tree,
    from: Vec<Vec<Link>>,
    to: Vec<Vec<Link>>,
}

impl Syntax {
    /// Normalises one sentence without the lexicon's help, as is enough for the phrase of a pattern.
    pub fn new(words: &[&str], predicted: &[Predicted], names: &[NamePhrase], block: BlockKind) -> Self {
        Self::read(words, predicted, names, block, &ClauseWords::default())
    }

    /// Normalises one sentence. `words` are its tokens, `names` the names in it.
    /// O(tokens · members of the longest list).
    pub fn read(
        words: &[&str],
        predicted: &[Predicted],
        names: &[NamePhrase],
        block: BlockKind,
        lexicon: &ClauseWords,
    ) -> Self {
        let mut tree = Tree::new(words, predicted, names);
        mend::mend(&mut tree);
        if block == BlockKind::Headline {
            headline::read(&mut tree);
        }
        noun::follow(&mut tree);
        let mut links = Links::new(&tree, lexicon);
        let subjects = clause::subjects(&tree, lexicon);
        noun::link(&mut links);
        clause::link(&mut links, &subjects);
        attach::lift(&mut links);
        attach::lower(&mut links);
        light::link(&mut links, &subjects);
        place::widen(&mut links);
        let Links { from, .. } = links;
        let mut to = vec![Vec::new(); from.len()];
        for link in from.iter().flatten() {
            to[link.to].push(link.clone());
        }
        Self { tree, from, to }
    }

    /// The links that start at a token.
    pub fn from(&self, at: usize) -> &[Link] {
        self.from.get(at).map_or(&[], Vec::as_slice)
    }

    /// The links that end at a token.
    pub fn to(&self, at: usize) -> &[Link] {
        self.to.get(at).map_or(&[], Vec::as_slice)
    }
}

/// Links while they are being made.
struct Links<'t> {
    tree: &'t Tree,
    lexicon: &'t ClauseWords,
    from: Vec<Vec<Link>>,
}

impl<'t> Links<'t> {
    fn new(tree: &'t Tree, lexicon: &'t ClauseWords) -> Self {
        Self { tree, lexicon, from: vec![Vec::new(); tree.words.len()] }
    }

    /// Links two tokens as the tree has it; the members of a list all get the link.
    fn add(&mut self, from: usize, label: Label, to: usize) {
        for to in noun::members(self.tree, self.lexicon, to) {
            self.push(Link { from, label: label.clone(), to, derived: false });
        }
    }

    /// Links two tokens as the sentence means it though the tree does not have it.
    fn derive(&mut self, from: usize, label: Label, to: usize) {
        for to in noun::members(self.tree, self.lexicon, to) {
            self.push(Link { from, label: label.clone(), to, derived: true });
        }
    }

    fn push(&mut self, link: Link) {
        let known = |other: &Link| other.to == link.to && other.label == link.label;
        if link.from != link.to && !self.from[link.from].iter().any(known) {
            self.from[link.from].push(link);
        }
    }
}
