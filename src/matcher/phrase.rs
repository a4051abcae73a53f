//! Patterns that are phrases, each analysed when the first sentence comes that has its words.
//!
//! Analysing some hundred patterns takes longer than reading a short article, and most articles have the
//! words of few of them.

use super::tree::TreePattern;
use super::understand::{self, Understood};
use super::wording::Stand;
use crate::language::{Analyser, Language};
use crate::rule::pattern::{Element, Filler, Slot, Test, Word};
use crate::rule::vocabulary::TypeId;
use crate::rule::{RulePattern, RuleSet};
use rayon::prelude::*;
use std::sync::OnceLock;

/// A phrase of a rule, and what it was understood as.
#[derive(Debug)]
pub(super) struct Phrase {
    /// Index into [`RuleSet::rules`].
    pub(super) rule: usize,
    /// From the rule's `not` list.
    pub(super) veto: bool,
    /// Index into the rule's list.
    at: usize,
    understood: OnceLock<Understood>,
}

/// All phrases of all rules; `not` patterns only of rules that have phrases.
pub(super) fn all(rules: &RuleSet) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for (rule, of) in rules.rules.iter().enumerate() {
        let phrase = |veto: bool| move |at: usize| Phrase { rule, veto, at, understood: OnceLock::new() };
        phrases.extend((0..of.patterns.len()).map(phrase(false)));
        if !of.patterns.is_empty() {
            phrases.extend((0..of.not.len()).map(phrase(true)));
        }
    }
    phrases
}

/// Understands all phrases of these, in parallel.
pub(super) fn understand_all(phrases: &[Phrase], rules: &RuleSet, language: &Language, analyser: &Analyser) {
    phrases.par_iter().for_each(|phrase| {
        phrase.understood(rules, language, analyser);
    });
}

impl Phrase {
    /// As written.
    pub(super) fn pattern<'r>(&self, rules: &'r RuleSet) -> &'r RulePattern {
        let rule = &rules.rules[self.rule];
        if self.veto { &rule.not[self.at] } else { &rule.patterns[self.at] }
    }

    /// Its trees and what is wrong with it; worked out once.
    pub(super) fn understood(
        &self,
        rules: &RuleSet,
        language: &Language,
        analyser: &Analyser,
    ) -> &Understood {
        self.understood.get_or_init(|| {
            understand::phrase(rules, self.rule, self.pattern(rules), self.veto, language, analyser)
        })
    }

    /// Its trees.
    pub(super) fn trees(&self, rules: &RuleSet, language: &Language, analyser: &Analyser) -> &[TreePattern] {
        &self.understood(rules, language, analyser).trees
    }

    /// What is wrong with it, once it has been understood.
    pub(super) fn problems(&self) -> &[crate::diagnostic::Diagnostic] {
        self.understood.get().map_or(&[], |understood| &understood.diagnostics)
    }

    /// The types of its subject and its object.
    pub(super) fn slot_types(&self, rules: &RuleSet) -> (Vec<TypeId>, Vec<TypeId>) {
        let relation = rules.relation(rules.rules[self.rule].relation);
        let slots = self.pattern(rules).pattern.slots();
        let types = |name: &str, all: &[TypeId]| {
            let own = slots.iter().find(|slot| slot.name == name).and_then(|slot| slot.filler.as_ref());
            match own {
                Some(Filler::Type(name)) => rules.vocabulary.type_id(name).into_iter().collect(),
                _ => all.to_vec(),
            }
        };
        (types("X", &relation.subject), types("Y", &relation.object))
    }

    /// For each word that a sentence must have the lemmas that will do. Small words ("by", "was") may be
    /// put otherwise, and so are not asked for.
    pub(super) fn required(&self, rules: &RuleSet, language: &Language) -> Vec<Vec<String>> {
        let small = rules.lexicon.words("frequent");
        let anything = rules.lexicon.words("anything");
        let plain = |word: &Word| {
            matches!(&word.test, Test::Lemma(text) | Test::Form(text)
            if small.contains(&text.to_lowercase()) || small.contains(&language.lemma(text)) || anything.contains(text))
        };
        let stand = Stand::new(rules, &rules.rules[self.rule], language);
        let lemmas = |element: &Element| match element {
            Element::Any(words) if words.iter().any(plain) => None,
            Element::Any(words) => stand.alternatives(words).first_lemmas(),
            Element::Slot(Slot { filler: Some(Filler::List(name)), .. }) => stand.list(name).first_lemmas(),
            Element::Slot(_) | Element::Gap | Element::Optional(_) => None,
        };
        let grown = |mut lemmas: Vec<String>| {
            // "to found" is *find* before it is analysed.
            let again: Vec<String> = lemmas.iter().map(|lemma| language.lemma(lemma)).collect();
            lemmas.extend(again);
            lemmas
        };
        self.pattern(rules)
            .pattern
            .elements
            .iter()
            .filter_map(lemmas)
            .filter(|lemmas| !lemmas.is_empty())
            .map(grown)
            .collect()
    }
}
