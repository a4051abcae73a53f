//! What a name says by itself: the Iraqi Security Forces are Iraq's, the Bank of Chile is in Chile.
//!
//! An `inside` pattern is held against the words of a name, from its first to its last. `Y` is a country or an
//! organisation named in it, and `X` the whole name.

use super::program::{Accepts, Step};
use super::view::View;
use super::wording::Stand;
use super::{Bound, Fact, Match, program};
use crate::language::Language;
use crate::mention::{Inner, Mention};
use crate::rule::RuleSet;
use crate::rule::vocabulary::TypeId;
use std::collections::BTreeMap;
use std::ops::Range;

/// One way to read one `inside` pattern.
#[derive(Debug)]
pub(super) struct Inside {
    rule: usize,
    pattern: u16,
    subject: Vec<TypeId>,
    steps: Vec<Step>,
}

/// Compiles the `inside` patterns of all rules.
pub(super) fn compile(rules: &RuleSet, language: &Language) -> Vec<Inside> {
    let mut compiled = Vec::new();
    for (at, rule) in rules.rules.iter().enumerate() {
        let stand = Stand::new(rules, rule, language);
        for pattern in &rule.inside {
            let readings = program::readings(&pattern.pattern.elements);
            compiled.extend(readings.into_iter().map(|elements| Inside {
                rule: at,
                pattern: pattern.number,
                subject: stand.relation.subject.clone(),
                steps: elements.into_iter().map(|element| program::step(&stand, element)).collect(),
            }));
        }
    }
    compiled
}

/// What the names of a sentence say by themselves; of each name and relation the first pattern that holds.
/// O(names with another inside them · patterns).
pub(super) fn find(patterns: &[Inside], view: &View) -> Vec<Match> {
    let mut matches: Vec<Match> = Vec::new();
    for (number, Inner { outer, mention: inner }) in view.inner_here() {
        let outer = *outer;
        let name = view.mention(outer);
        for pattern in patterns {
            let is_a = |kind: &TypeId| view.rules.vocabulary.is_a(name.kind, *kind);
            let known = |found: &Match| found.rule == pattern.rule && found.tokens == name.tokens;
            if !pattern.subject.iter().any(is_a) || matches.iter().any(known) {
                continue;
            }
            let search = Search { view, name: name.tokens.clone(), inner };
            if search.holds(&pattern.steps, name.tokens.start) {
                let bound = |mention| Bound { mention, stands_for: None };
                matches.push(Match {
                    rule: pattern.rule,
                    pattern: pattern.pattern,
                    sentence: view.number,
                    tokens: name.tokens.clone(),
                    pairs: vec![(bound(outer), bound(number))],
                    qualifiers: BTreeMap::new(),
                    when: None,
                    fact: Fact::Actual,
                    source: None,
                    words: Vec::new(),
                });
            }
        }
    }
    matches
}

struct Search<'s> {
    view: &'s View<'s>,
    name: Range<usize>,
    inner: &'s Mention,
}

impl Search<'_> {
    /// Whether the steps take all words of the name from `at` on.
    fn holds(&self, steps: &[Step], at: usize) -> bool {
        let Some((step, rest)) = steps.split_first() else { return at == self.name.end };
        match step {
            Step::Gap => (at..=self.name.end).any(|next| self.holds(rest, next)),
            Step::Any(words) if at < self.name.end => {
                let lengths =
                    words.lengths(&self.view.lemmas[at..self.name.end], &self.view.forms[at..self.name.end]);
                lengths.into_iter().any(|length| self.holds(rest, at + length))
            }
            Step::Slot(slot) => {
                let fits = match &slot.accepts {
                    Accepts::Types(types) => {
                        types.iter().any(|kind| self.view.rules.vocabulary.is_a(self.inner.kind, *kind))
                    }
                    Accepts::Words(_) | Accepts::Time => false,
                };
                fits && self.inner.tokens.start == at && self.holds(rest, self.inner.tokens.end)
            }
            Step::Any(_) => false,
        }
    }
}
