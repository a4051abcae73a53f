//! What a name says by itself, or with its title: the Iraqi Security Forces are Iraq's, the Bank of Chile is in Chile,
//! Prime Minister Jacinda Ardern leads the country that the article is about.
//!
//! An `inside` pattern is held against the words of a name, from its first to its last. `Y` is a country or an
//! organisation named in it, and `X` the whole name. A `home` pattern is held against a name with the post before or
//! behind it. `X` is the name, and `Y`, the country of the post, is not written.

use super::program::{Accepts, Role, SlotStep, Step};
use super::view::View;
use super::wording::Stand;
use super::words::{Wordbook, Words};
use super::{Bound, Fact, Match, program};
use crate::mention::{Inner, Mention};
use crate::rule::RuleSet;
use crate::rule::vocabulary::TypeId;
use std::collections::BTreeMap;
use std::ops::Range;

/// One way to read one `inside` or `home` pattern.
#[derive(Debug)]
pub(super) struct Inside {
    home: bool,
    rule: usize,
    pattern: u16,
    subject: Vec<TypeId>,
    steps: Vec<Step>,
}

/// Compiles the `inside` and `home` patterns of all rules.
pub(super) fn compile(rules: &RuleSet, book: &Wordbook) -> Vec<Inside> {
    let mut compiled = Vec::new();
    for (at, rule) in rules.rules.iter().enumerate() {
        let stand = Stand::new(rules, rule, book);
        let (inside, home) = (rule.inside.iter(), rule.home.iter());
        for (home, pattern) in
            inside.map(|pattern| (false, pattern)).chain(home.map(|pattern| (true, pattern)))
        {
            let readings = program::readings(&pattern.pattern.elements);
            compiled.extend(readings.into_iter().map(|elements| Inside {
                home,
                rule: at,
                pattern: pattern.number,
                subject: stand.relation.subject.clone(),
                steps: elements.into_iter().map(|element| program::step(&stand, element)).collect(),
            }));
        }
    }
    compiled
}

/// What the names of a sentence say by themselves and with the posts before them; of each name and relation the first
/// pattern that holds. O(names with another inside or before them · patterns).
pub(super) fn find(patterns: &[Inside], view: &View) -> Vec<Match> {
    let mut matches: Vec<Match> = Vec::new();
    for (number, Inner { outer, mention: inner, named }) in view.inner_here() {
        let name = view.mention(*outer);
        let home = inner.tokens.end <= name.tokens.start || name.tokens.end <= inner.tokens.start;
        let tokens = name.tokens.start.min(inner.tokens.start)..name.tokens.end.max(inner.tokens.end);
        for pattern in patterns.iter().filter(|pattern| pattern.home == home) {
            let is_a = |kind: &TypeId| view.rules.vocabulary.is_a(name.kind, *kind);
            let known = |found: &Match| found.rule == pattern.rule && found.tokens == tokens;
            if !pattern.subject.iter().any(is_a) || matches.iter().any(known) {
                continue;
            }
            let search = Search { view, end: tokens.end, slot: if home { name } else { inner } };
            let Some(qualifiers) = search.holds(&pattern.steps, tokens.start) else { continue };
            let bound = |mention| Bound { mention, stands_for: None };
            let mut qualifiers: BTreeMap<String, String> =
                qualifiers.into_iter().map(|(name, range)| (name, view.text_of(&range))).collect();
            if home && view.is_former(&tokens) {
                qualifiers.insert("status".to_owned(), "former".to_owned());
            }
            matches.push(Match {
                rule: pattern.rule,
                pattern: pattern.pattern,
                sentence: view.number,
                tokens: tokens.clone(),
                pairs: vec![(bound(*outer), bound(named.unwrap_or(number)))],
                qualifiers,
                when: None,
                fact: Fact::Actual,
                source: None,
                words: tokens.clone().filter(|at| !search.slot.tokens.contains(at)).collect(),
            });
        }
    }
    matches
}

struct Search<'s> {
    view: &'s View<'s>,
    /// The end of the last word.
    end: usize,
    /// What `Y`, or of a `home` pattern `X`, is.
    slot: &'s Mention,
}

impl Search<'_> {
    /// Whether the steps take all words from `at` on, and then what stands in the slots of qualifiers.
    fn holds(&self, steps: &[Step], at: usize) -> Option<Vec<(String, Range<usize>)>> {
        let Some((step, rest)) = steps.split_first() else { return (at == self.end).then(Vec::new) };
        match step {
            Step::Gap(least) => (at + least..=self.end).find_map(|next| self.holds(rest, next)),
            Step::Any(words) => {
                self.lengths(words, at).into_iter().find_map(|length| self.holds(rest, at + length))
            }
            Step::Slot(SlotStep { accepts: Accepts::Types(types), .. }) => {
                let fits = types.iter().any(|kind| self.view.rules.vocabulary.is_a(self.slot.kind, *kind));
                let here = fits && self.slot.tokens.start == at;
                if here { self.holds(rest, self.slot.tokens.end) } else { None }
            }
            Step::Slot(SlotStep { accepts: Accepts::Words(words), role, .. }) => {
                self.lengths(words, at).into_iter().find_map(|length| {
                    let mut qualifiers = self.holds(rest, at + length)?;
                    if let Role::Qualifier(name) = role {
                        qualifiers.push((name.clone(), at..at + length));
                    }
                    Some(qualifiers)
                })
            }
            Step::Slot(_) => None,
        }
    }

    fn lengths(&self, words: &Words, at: usize) -> Vec<usize> {
        words.lengths(&self.view.lemmas[at..self.end], &self.view.forms[at..self.end])
    }
}
