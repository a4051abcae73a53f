//! Patterns → what is doubtful of them, for `relata check`.
//!
//! None of it is an error: a pattern that another covers finds nothing new, one that is understood in an
//! unlikely way may still be meant so. It takes a few analyses a pattern, which no other command pays for.

use super::wording::Stand;
use super::{Matcher, covered, unlikely};
use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::rule::pattern::{Element, Test, Word};
use crate::rule::{Rule, RulePattern, RuleSet};
use rayon::prelude::*;

impl Matcher {
    /// What is doubtful of the patterns of all rules.
    pub fn review(&self, rules: &RuleSet) -> Vec<Diagnostic> {
        let numbers: Vec<usize> = (0..rules.rules.len()).collect();
        let all: Vec<Vec<Diagnostic>> =
            numbers.par_iter().map(|number| self.review_rule(rules, *number)).collect();
        all.into_iter().flatten().collect()
    }

    fn review_rule(&self, rules: &RuleSet, number: usize) -> Vec<Diagnostic> {
        let rule: &Rule = &rules.rules[number];
        let (file, source) = &rules.files[rule.file];
        let stand = Stand::new(rules, rule, &self.book);
        let mut told = Vec::new();
        for pattern in rule.all_patterns() {
            same_words(&pattern.pattern.elements, &self.book, &mut |word, other| {
                let message = format!("`{}` is a form of `{}`, which stands here already", word.1, other);
                let help = "take one away: a word stands for all its forms, unless it is quoted";
                let span = pattern.inside(source, word.0.span);
                told.push(Diagnostic::warning("same-word", message).file(file).at(source, span).help(help));
            });
        }
        for (pattern, other) in covered::patterns(self, rules, number, &stand) {
            let message = match pattern.text == other.text {
                // A phrase is looked for word by word, too.
                true => format!("`{}` stands here already", pattern.text),
                false => format!("`{}` finds nothing that `{}` does not find, too", pattern.text, other.text),
            };
            let help = format!("take it away: pattern {} covers it", other.number);
            told.push(Diagnostic::warning("covered", message).file(file).at(source, pattern.span).help(help));
        }
        let Some(analyser) = &self.analyser else { return told };
        // What is not understood at all is an error already.
        let is_read =
            |pattern: &&RulePattern| self.trees_of(rules, number).any(|tree| tree.pattern == pattern.number);
        for pattern in rule.patterns.iter().filter(is_read) {
            if let Some(doubt) = unlikely::pattern(&stand, analyser, pattern) {
                let place = doubt.span.map_or(pattern.span, |span| pattern.inside(source, span));
                let warning = Diagnostic::warning("unlikely", doubt.message).file(file).at(source, place);
                told.push(warning.help(doubt.help));
            }
        }
        told
    }
}

/// Calls `tell` for every alternative that is another form of one before it, with both words.
fn same_words<'p>(
    elements: &'p [Element],
    language: &Language,
    tell: &mut impl FnMut((&'p Word, &'p str), &'p str),
) {
    for element in elements {
        match element {
            Element::Optional(inner) => same_words(inner, language, tell),
            Element::Any(words) => {
                let single = |word: &'p Word| match &word.test {
                    Test::Lemma(text) => Some(text.as_str()).filter(|text| !text.contains(['-', '\''])),
                    _ => None,
                };
                for (at, word) in words.iter().enumerate() {
                    let Some(text) = single(word) else { continue };
                    if words[..at].iter().any(|before| before.test == word.test) {
                        continue;
                    }
                    let same =
                        |other: &&'p str| *other != text && language.lemma(other) == language.lemma(text);
                    if let Some(other) = words[..at].iter().filter_map(single).find(|other| same(other)) {
                        tell((word, text), other);
                    }
                }
            }
            Element::Slot(_) | Element::Gap => {}
        }
    }
}

/// The patterns of a rule with whether each is a phrase.
pub(super) fn patterns(rule: &Rule) -> impl Iterator<Item = (&RulePattern, bool)> {
    let surface = rule.surface.iter().map(|pattern| (pattern, false));
    rule.patterns.iter().map(|pattern| (pattern, true)).chain(surface)
}
