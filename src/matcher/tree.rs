//! Patterns that are phrases → [`TreePattern`]s: words and slots with the links between them.

use super::program::{Accepts, Role};
use super::words::Words;
use crate::syntax::{Label, Syntax};
use std::collections::BTreeSet;

/// One way to understand one pattern: `X met Y` is *meet* –subject→ X, *meet* –object→ Y.
#[derive(Debug)]
pub(super) struct TreePattern {
    /// Index into [`RuleSet::rules`](crate::rule::RuleSet::rules).
    pub(super) rule: usize,
    /// Number of the pattern.
    pub(super) pattern: u16,
    /// The alternative that alone gives this tree, by where it begins in the pattern: a sentence without it is
    /// no such sentence, even where the tree has no word left of it.
    pub(super) choice: Option<usize>,
    /// From the rule's `not` list.
    pub(super) veto: bool,
    /// The relation is a state and no event.
    pub(super) standing: bool,
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    /// The order in which the edges are looked for; the first starts at `anchor`.
    pub(super) steps: Vec<Step>,
    /// The node that a search begins with.
    pub(super) anchor: usize,
    /// Subject and object hang alike on one word ("X and Y spoke"), so only their order tells them apart.
    pub(super) alike: bool,
}

/// A word or slot of a pattern.
#[derive(Debug)]
pub(super) struct Node {
    /// What may stand here.
    pub(super) test: NodeTest,
    /// As the pattern writes it, for a person.
    pub(super) text: String,
}

#[derive(Debug)]
pub(super) enum NodeTest {
    /// A mention, or words for a qualifier.
    Slot(Role, Accepts),
    Word(TreeWords),
    Anything,
}

/// Alternatives for one word of a tree.
#[derive(Debug, Default)]
pub(super) struct TreeWords {
    /// Base forms as the model gives them in the pattern.
    pub(super) lemmas: BTreeSet<String>,
    /// Forms in small letters.
    pub(super) forms: BTreeSet<String>,
    /// Word lists, whose entries may have several words.
    pub(super) lists: Vec<Words>,
    /// As the pattern writes them, for a person.
    pub(super) shown: Vec<String>,
}

/// A link that a pattern wants; any of its labels will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) labels: BTreeSet<Label>,
    pub(super) to: usize,
}

/// How a search goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// From the edge's start to its end.
    Down(usize),
    /// From the edge's end to its start.
    Up(usize),
    /// Both ends are bound: is the link there?
    Check(usize),
}

impl Step {
    /// The edge that it looks for.
    pub(super) fn edge(self) -> usize {
        match self {
            Step::Down(edge) | Step::Up(edge) | Step::Check(edge) => edge,
        }
    }
}

impl TreePattern {
    /// Plans the search: from the anchor outwards. `None` where some node cannot be reached.
    pub(super) fn plan(nodes: &[Node], edges: &[Edge]) -> Option<(usize, Vec<Step>)> {
        let words = |node: &Node| matches!(&node.test, NodeTest::Word(_));
        let degree = |at: usize| edges.iter().filter(|edge| edge.from == at || edge.to == at).count();
        let anchor = (0..nodes.len())
            .filter(|at| words(&nodes[*at]))
            .max_by_key(|at| (degree(*at), std::cmp::Reverse(*at)))
            .or_else(|| {
                (0..nodes.len()).find(|at| matches!(&nodes[*at].test, NodeTest::Slot(_, Accepts::Words(_))))
            })
            .or_else(|| (!nodes.is_empty()).then_some(0))?;
        let mut bound = BTreeSet::from([anchor]);
        let mut open: Vec<usize> = (0..edges.len()).collect();
        let mut steps = Vec::new();
        while !open.is_empty() {
            let both = |edge: &Edge| bound.contains(&edge.from) && bound.contains(&edge.to);
            let either = |edge: &Edge| bound.contains(&edge.from) || bound.contains(&edge.to);
            let next = open.iter().position(|at| both(&edges[*at]));
            let next = next.or_else(|| open.iter().position(|at| either(&edges[*at])))?;
            let at = open.remove(next);
            let edge = &edges[at];
            steps.push(match (bound.contains(&edge.from), bound.contains(&edge.to)) {
                (true, true) => Step::Check(at),
                (true, false) => Step::Down(at),
                _ => Step::Up(at),
            });
            bound.extend([edge.from, edge.to]);
        }
        (bound.len() == nodes.len()).then_some((anchor, steps))
    }
}

impl TreeWords {
    /// The tokens of the word at `at`, where it is one of these: several for a phrase of a list.
    pub(super) fn bind(
        &self,
        at: usize,
        syntax: &Syntax,
        lemmas: &[&str],
        forms: &[&str],
    ) -> Option<std::ops::Range<usize>> {
        let word = &syntax.tree.words[at];
        if self.lemmas.contains(&word.lemma) || self.forms.contains(&word.form) {
            return Some(at..at + 1);
        }
        self.lists.iter().find_map(|list| phrase_round(list, at, syntax, lemmas, forms))
    }
}

/// The longest phrase of a list of which `at` is the head.
pub(super) fn phrase_round(
    list: &Words,
    at: usize,
    syntax: &Syntax,
    lemmas: &[&str],
    forms: &[&str],
) -> Option<std::ops::Range<usize>> {
    const LONGEST: usize = 6;
    let starts = at.saturating_sub(LONGEST - 1)..=at;
    let phrases = starts.flat_map(|start| {
        let lengths = list.lengths(&lemmas[start..], &forms[start..]);
        lengths.into_iter().map(move |length| start..start + length)
    });
    let heads = |phrase: &std::ops::Range<usize>| {
        let above = syntax.tree.words[at].head;
        phrase.contains(&at) && above.is_none_or(|head| !phrase.contains(&head))
    };
    phrases.filter(heads).max_by_key(std::ops::Range::len)
}
