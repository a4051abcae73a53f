//! Patterns of one rule → those that find nothing new, because another finds all of it.
//!
//! Each pattern is put into words, in all its readings and with all its alternatives, with a name of every
//! type in its slots; a pattern that finds the same two names in all of them covers it. Phrases are held
//! against phrases, sequences against sequences: a sequence is what finds a name where the parser slips.

use super::embed::{self, Scene};
use super::program::readings;
use super::review;
use super::surface;
use super::view::View;
use super::wording::{Stand, Wording};
use super::{Match, Matcher};
use crate::article::BlockKind;
use crate::language::{Sentence, Token};
use crate::mention::{Mention, Mentions};
use crate::rule::lexicon::Usage;
use crate::rule::pattern::{Element, Filler, Slot, Test};
use crate::rule::vocabulary::TypeId;
use crate::rule::{RulePattern, RuleSet};
use crate::span::Span;
use std::collections::BTreeSet;

/// Readings times alternatives: a pattern of more is written so on purpose.
const MOST: usize = 256;

/// The patterns of a rule that another covers, with that one.
pub(super) fn patterns<'r>(
    matcher: &Matcher,
    rules: &'r RuleSet,
    rule: usize,
    stand: &Stand,
) -> Vec<(&'r RulePattern, &'r RulePattern)> {
    let all: Vec<(&RulePattern, bool)> = review::patterns(&rules.rules[rule]).collect();
    let mut covering: Vec<Vec<usize>> = Vec::new();
    for (at, (pattern, phrase)) in all.iter().enumerate() {
        let parts = Parts::of(&pattern.pattern.elements);
        let others = (0..all.len()).filter(|other| *other != at && all[*other].1 == *phrase);
        let others = others.filter(|other| parts.may_lie_in(&Parts::of(&all[*other].0.pattern.elements)));
        let mut others: Vec<usize> = others.collect();
        if !parts.loose && !others.is_empty() {
            let cover = Cover { matcher, rules, rule, stand, phrase: *phrase };
            cover.narrow(&pattern.pattern.elements, &all, &mut others);
        } else {
            others.clear();
        }
        covering.push(others);
    }
    let mut covered = Vec::new();
    for (at, others) in covering.iter().enumerate() {
        // Of two that cover each other the first stays.
        let other = others.iter().find(|other| **other < at || !covering[**other].contains(&at));
        covered.extend(other.map(|other| (all[at].0, all[*other].0)));
    }
    covered
}

/// What decides without a search that one pattern cannot cover another.
#[derive(Default)]
struct Parts {
    lists: BTreeSet<String>,
    forms: BTreeSet<String>,
    qualifiers: BTreeSet<String>,
    /// It holds a gap or a regular expression, which no wording stands for.
    loose: bool,
}

impl Parts {
    fn of(elements: &[Element]) -> Self {
        let mut parts = Self::default();
        parts.add(elements);
        parts
    }

    fn add(&mut self, elements: &[Element]) {
        for element in elements {
            match element {
                Element::Gap => self.loose = true,
                Element::Optional(inner) => self.add(inner),
                Element::Slot(slot) => {
                    if !matches!(slot.name.as_str(), "X" | "Y") {
                        self.qualifiers.insert(slot.name.clone());
                    }
                    if let Some(Filler::List(list)) = &slot.filler {
                        self.lists.insert(list.clone());
                    }
                }
                Element::Any(words) => {
                    for word in words {
                        match &word.test {
                            Test::List(list) => drop(self.lists.insert(list.clone())),
                            Test::Regex(_) => self.loose = true,
                            Test::Form(form) if form.starts_with(char::is_alphanumeric) => {
                                self.forms.insert(form.to_lowercase());
                            }
                            Test::Form(_) | Test::Lemma(_) => {}
                        }
                    }
                }
            }
        }
    }

    /// One entry stands for a list, and one form for a word: where another pattern wants less of them, to
    /// find the wording says little.
    fn may_lie_in(&self, other: &Self) -> bool {
        self.lists.is_subset(&other.lists)
            && self.qualifiers.is_subset(&other.qualifiers)
            && other.forms.is_subset(&self.forms)
    }
}

struct Cover<'c> {
    matcher: &'c Matcher,
    rules: &'c RuleSet,
    rule: usize,
    stand: &'c Stand<'c>,
    /// The pattern is a phrase: what finds it word by word misses its other wordings. What finds a sequence
    /// by syntax misses it where the parser slips.
    phrase: bool,
}

impl Cover<'_> {
    /// Leaves of `others` those that find a pattern in all its wordings.
    fn narrow(&self, elements: &[Element], all: &[(&RulePattern, bool)], others: &mut Vec<usize>) {
        let mut wordings = Vec::new();
        for reading in readings(elements) {
            let alternatives = reading.iter().enumerate().flat_map(|(at, element)| match element {
                Element::Any(words) => (1..words.len()).map(|choice| Some((at, choice))).collect(),
                _ => Vec::new(),
            });
            let chosen: Vec<Option<(usize, usize)>> = std::iter::once(None).chain(alternatives).collect();
            wordings.extend(chosen.into_iter().map(|chosen| (reading.clone(), chosen)));
        }
        if wordings.len() > MOST {
            return others.clear();
        }
        for (reading, chosen) in wordings {
            let wording = self.stand.wording(&reading, chosen, false);
            let kinds = |name: &str| reading.iter().find_map(|element| self.kinds(element, name));
            for subject in kinds("X").unwrap_or_default() {
                for object in kinds("Y").unwrap_or_default() {
                    let said = self.said(&wording, &reading, subject, object);
                    let found = self.find(&said, others, all);
                    others.retain(|other| found.contains(&all[*other].0.number));
                    if others.is_empty() {
                        return;
                    }
                }
            }
        }
    }

    /// The types that the slot of that name takes, if this is it.
    fn kinds(&self, element: &Element, name: &str) -> Option<Vec<TypeId>> {
        let Element::Slot(slot) = element else { return None };
        let own = match &slot.filler {
            Some(Filler::Type(kind)) => self.rules.vocabulary.type_id(kind).into_iter().collect(),
            _ if name == "X" => self.stand.relation.subject.clone(),
            _ => self.stand.relation.object.clone(),
        };
        (slot.name == name).then_some(own)
    }

    /// A wording as if it stood in an article.
    fn said(&self, wording: &Wording, reading: &[&Element], subject: TypeId, object: TypeId) -> Said {
        let mut said = Said::default();
        for (at, word) in wording.words.iter().enumerate() {
            let start = said.text.len();
            said.text.push_str(word);
            let span = Span::new(start, said.text.len());
            said.tokens.push(Token::new(span, self.stand.book.lemma(word)));
            said.text.push(' ');
            let Some(Element::Slot(Slot { name, filler, .. })) = reading.get(wording.origin[at].0) else {
                continue;
            };
            let kind = match (name.as_str(), filler) {
                (_, Some(Filler::List(_))) => continue,
                ("X", _) => Some(subject),
                ("Y", _) => Some(object),
                (_, Some(Filler::Type(kind))) => self.rules.vocabulary.type_id(kind),
                _ => self.rules.vocabulary.type_id("Place"),
            };
            let Some(kind) = kind else { continue };
            match name.as_str() {
                "X" => said.subject = said.mentions.names.len(),
                "Y" => said.object = said.mentions.names.len(),
                _ => {}
            }
            said.mentions.names.push(Mention {
                sentence: 0,
                tokens: at..at + 1,
                phrase: at..at + 1,
                kind,
                known: None,
                usage: Usage::Name,
                located: false,
                refers_to: None,
            });
        }
        said
    }

    /// The numbers of those patterns that find subject and object.
    fn find(&self, said: &Said, others: &[usize], all: &[(&RulePattern, bool)]) -> BTreeSet<u16> {
        let Matcher { words, status, .. } = self.matcher;
        let span = Span::new(0, said.text.len());
        let sentence = Sentence {
            span,
            block: BlockKind::Paragraph,
            tokens: said.tokens.clone(),
            cut: false,
            names: Vec::new(),
        };
        let view = View::new(0, &sentence, &said.mentions, &said.text, self.rules, words, status);
        let symmetric = self.stand.relation.symmetric;
        let is_pair = |subject: usize, object: usize| {
            (subject, object) == (said.subject, said.object)
                || (symmetric && (object, subject) == (said.subject, said.object))
        };
        let wanted = |number: u16| others.iter().any(|other| all[*other].0.number == number);
        let mut numbers = BTreeSet::new();
        let syntax = if self.phrase { self.matcher.syntax(&view) } else { None };
        if let Some(syntax) = syntax {
            let scene = Scene::new(&view, &syntax);
            let trees = self.matcher.trees_of(self.rules, self.rule);
            for tree in trees.filter(|tree| wanted(tree.pattern)) {
                let (bindings, _) = embed::find(tree, &scene);
                if bindings.iter().any(|found| is_pair(found.subject.mention, found.object.mention)) {
                    numbers.insert(tree.pattern);
                }
            }
        }
        for program in
            self.matcher.programs.iter().filter(|program| program.rule == self.rule && !program.veto)
        {
            let mut found = Vec::new();
            if !self.phrase && wanted(program.pattern) {
                surface::find(program, &view, None, &mut found);
            }
            let pairs = |found: &Match| found.pairs.iter().any(|(x, y)| is_pair(x.mention, y.mention));
            if found.iter().any(|found| pairs(&found.found)) {
                numbers.insert(program.pattern);
            }
        }
        numbers
    }
}

/// A wording as if it stood in an article.
#[derive(Default)]
struct Said {
    text: String,
    tokens: Vec<Token>,
    mentions: Mentions,
    /// Index of the mention in `X`.
    subject: usize,
    /// Index of the mention in `Y`.
    object: usize,
}
