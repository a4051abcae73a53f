//! Patterns that are phrases, each analysed when the first sentence comes that has its words.
//!
//! Analysing some hundred patterns takes longer than reading a short article, and most articles have the
//! words of few of them.

use super::tree::TreePattern;
use super::understand::{self, Understood};
use super::wording::Stand;
use super::words::Wordbook;
use crate::language::Analyser;
use crate::lookup::HashSet;
use crate::rule::pattern::{Element, Filler, Slot, Test, Word};
use crate::rule::vocabulary::TypeId;
use crate::rule::{RulePattern, RuleSet};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// From so many sets of words on a phrase is understood as a whole: the sets of a large corpus are many.
const SETS: usize = 96;

/// A phrase of a rule, and what it was understood as.
#[derive(Debug)]
pub(super) struct Phrase {
    /// Index into [`RuleSet::rules`].
    pub(super) rule: usize,
    /// From the rule's `not` list.
    pub(super) veto: bool,
    /// Index into the rule's list.
    at: usize,
    /// Of all its words.
    understood: OnceLock<Arc<Understood>>,
    /// Without some of its words, by those that are left out.
    narrow: RwLock<BTreeMap<BTreeSet<usize>, Arc<Understood>>>,
    /// Its alternatives that may be left out, and the lemmas with which a sentence has them.
    alternatives: OnceLock<Vec<(usize, Vec<String>)>>,
}

/// All phrases of all rules; `not` patterns only of rules that have phrases.
pub(super) fn all(rules: &RuleSet) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for (rule, of) in rules.rules.iter().enumerate() {
        let phrase = |veto: bool| {
            move |at: usize| Phrase {
                rule,
                veto,
                at,
                understood: OnceLock::new(),
                narrow: RwLock::default(),
                alternatives: OnceLock::new(),
            }
        };
        phrases.extend((0..of.patterns.len()).map(phrase(false)));
        if !of.patterns.is_empty() {
            phrases.extend((0..of.not.len()).map(phrase(true)));
        }
    }
    phrases
}

/// Understands all phrases of these, in parallel.
pub(super) fn understand_all(phrases: &[Phrase], rules: &RuleSet, book: &Wordbook, analyser: &Analyser) {
    phrases.par_iter().for_each(|phrase| {
        phrase.understood(rules, book, analyser);
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
        book: &Wordbook,
        analyser: &Analyser,
    ) -> &Arc<Understood> {
        let pattern = (self.pattern(rules), self.veto);
        self.understood.get_or_init(|| {
            Arc::new(understand::phrase(rules, self.rule, pattern, &BTreeSet::new(), book, analyser))
        })
    }

    pub(super) fn trees(&self, rules: &RuleSet, book: &Wordbook, analyser: &Analyser) -> &[TreePattern] {
        &self.understood(rules, book, analyser).trees
    }

    /// The trees of the alternatives that a sentence with these lemmas has, and which those are that it does not have; only
    /// the former are analysed, and of many such sets the whole phrase.
    pub(super) fn trees_for(
        &self,
        lemmas: &HashSet<&str>,
        rules: &RuleSet,
        book: &Wordbook,
        analyser: &Analyser,
    ) -> (Arc<Understood>, BTreeSet<usize>) {
        let has = |of: &Vec<String>| of.iter().any(|lemma| lemmas.contains(lemma.as_str()));
        let alternatives = self.alternatives.get_or_init(|| self.alternatives(rules, book));
        let absent: BTreeSet<usize> =
            alternatives.iter().filter(|(_, of)| !has(of)).map(|(at, _)| *at).collect();
        let understood =
            self.understood.get().cloned().unwrap_or_else(|| self.narrowed(&absent, rules, book, analyser));
        (understood, absent)
    }

    fn narrowed(
        &self,
        absent: &BTreeSet<usize>,
        rules: &RuleSet,
        book: &Wordbook,
        analyser: &Analyser,
    ) -> Arc<Understood> {
        let known = self.narrow.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(understood) = known.get(absent) {
            return Arc::clone(understood);
        }
        let many = known.len() >= SETS;
        drop(known);
        if absent.is_empty() || many {
            return Arc::clone(self.understood(rules, book, analyser));
        }
        let pattern = (self.pattern(rules), self.veto);
        let understood = understand::phrase(rules, self.rule, pattern, absent, book, analyser);
        let mut known = self.narrow.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(absent.clone()).or_insert_with(|| Arc::new(understood)))
    }

    /// Alternatives of one or more words, but the first of each place, by where they begin in the pattern.
    fn alternatives(&self, rules: &RuleSet, book: &Wordbook) -> Vec<(usize, Vec<String>)> {
        fn add(
            elements: &[Element],
            lemmas: &impl Fn(&Word) -> Option<Vec<String>>,
            all: &mut Vec<(usize, Vec<String>)>,
        ) {
            for element in elements {
                match element {
                    Element::Any(words) => {
                        let later = words.iter().skip(1);
                        all.extend(later.filter_map(|word| Some((word.span.range().start, lemmas(word)?))));
                    }
                    Element::Optional(inner) => add(inner, lemmas, all),
                    Element::Slot(_) | Element::Gap => {}
                }
            }
        }
        let small = rules.lexicon.words("frequent");
        let stand = Stand::new(rules, &rules.rules[self.rule], book);
        let lemmas = |word: &Word| {
            let lemmas = stand.alternatives(std::slice::from_ref(word)).first_lemmas()?;
            (!lemmas.iter().any(|lemma| small.contains(lemma))).then(|| grown(lemmas, book))
        };
        let mut all = Vec::new();
        add(&self.pattern(rules).pattern.elements, &lemmas, &mut all);
        all
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
    pub(super) fn required(&self, rules: &RuleSet, book: &Wordbook) -> Vec<Vec<String>> {
        let small = rules.lexicon.words("frequent");
        let anything = rules.lexicon.words("anything");
        let plain = |word: &Word| {
            matches!(&word.test, Test::Lemma(text) | Test::Form(text)
            if small.contains(&text.to_lowercase()) || small.contains(&book.lemma(text)) || anything.contains(text))
        };
        let stand = Stand::new(rules, &rules.rules[self.rule], book);
        let lemmas = |element: &Element| match element {
            Element::Any(words) if words.iter().any(plain) => None,
            Element::Any(words) => stand.alternatives(words).first_lemmas(),
            Element::Slot(Slot { filler: Some(Filler::List(name)), .. }) => stand.list(name).first_lemmas(),
            Element::Slot(_) | Element::Gap | Element::Optional(_) => None,
        };
        self.pattern(rules)
            .pattern
            .elements
            .iter()
            .filter_map(lemmas)
            .filter(|lemmas| !lemmas.is_empty())
            .map(|lemmas| grown(lemmas, book))
            .collect()
    }
}

/// With what a lemma is before it is analysed: "to found" is *find*.
fn grown(mut lemmas: Vec<String>, book: &Wordbook) -> Vec<String> {
    let again: Vec<String> = lemmas.iter().map(|lemma| book.lemma(lemma)).collect();
    lemmas.extend(again);
    lemmas
}
