//! The elements of a pattern → a sentence that can be analysed: names in the slots, one of the
//! alternatives for each word.

use super::words::Wordbook;
use crate::rule::lexicon::Lexicon;
use crate::rule::pattern::{Element, Filler, Slot, Test, Word};
use crate::rule::vocabulary::{TypeId, Vocabulary};
use crate::rule::{Lists, Relation, Rule, RuleSet};

/// A pattern put into words.
#[derive(Debug, Clone)]
pub(super) struct Wording {
    /// The words.
    pub(super) words: Vec<String>,
    /// For each word the index of its element, and its place among the words of that element.
    pub(super) origin: Vec<(usize, usize)>,
}

/// What stands in for slots and lists.
pub(super) struct Stand<'s> {
    pub(super) vocabulary: &'s Vocabulary,
    pub(super) lexicon: &'s Lexicon,
    pub(super) lists: &'s Lists,
    pub(super) relation: &'s Relation,
    pub(super) book: &'s Wordbook,
    /// How many names of a list of stand-ins are passed over.
    pub(super) turn: usize,
}

impl<'s> Stand<'s> {
    /// What stands in for the slots and lists of a rule.
    pub(super) fn new(rules: &'s RuleSet, rule: &'s Rule, book: &'s Wordbook) -> Self {
        Self {
            vocabulary: &rules.vocabulary,
            lexicon: &rules.lexicon,
            lists: &rule.lists,
            relation: rules.relation(rule.relation),
            book,
            turn: 0,
        }
    }

    /// The same with other names.
    pub(super) fn turned(&self, by: usize) -> Self {
        Self { turn: self.turn + by, ..*self }
    }

    /// Puts a pattern into words; `chosen` says which alternative of which element is taken, the first of
    /// all others is; with `third` words of a list get the ending of "urges". The period at the end makes a parser see a whole sentence.
    pub(super) fn wording(
        &self,
        elements: &[&Element],
        chosen: Option<(usize, usize)>,
        third: bool,
    ) -> Wording {
        let mut wording = Wording { words: Vec::new(), origin: Vec::new() };
        for (at, element) in elements.iter().enumerate() {
            let words = match element {
                Element::Slot(slot) => vec![self.name(slot)],
                Element::Any(words) => {
                    let alternative =
                        chosen.filter(|(element, _)| *element == at).map_or(0, |(_, choice)| choice);
                    words.get(alternative).map(|word| self.words(word, third)).unwrap_or_default()
                }
                // "asked Y to *" wants a verb.
                Element::Gap if wording.words.last().is_some_and(|word| word == "to") => {
                    vec!["act".to_owned()]
                }
                Element::Gap => vec!["something".to_owned()],
                Element::Optional(_) => Vec::new(),
            };
            wording.origin.extend((0..words.len()).map(|place| (at, place)));
            wording.words.extend(words);
        }
        wording.words.push(".".to_owned());
        wording.origin.push((elements.len(), 0));
        wording
    }

    /// A name of the kind that the slot takes: a parser reads "France's president" and "Ann's president"
    /// with more or less ease.
    fn name(&self, slot: &Slot) -> String {
        let (kinds, place): (Vec<TypeId>, usize) = match slot.name.as_str() {
            "X" => (self.relation.subject.clone(), 0),
            "Y" => (self.relation.object.clone(), 1),
            _ => (self.vocabulary.type_id("Place").into_iter().collect(), 2),
        };
        let kinds = match &slot.filler {
            Some(Filler::Type(name)) => self.vocabulary.type_id(name).into_iter().collect(),
            Some(Filler::List(name)) => return self.entry(name).unwrap_or_default(),
            None => kinds,
        };
        let base =
            |kind: &TypeId| self.vocabulary.entity_type(self.vocabulary.base(*kind)).name.to_lowercase();
        let names = kinds.iter().map(base).find_map(|base| {
            let names = self.lexicon.words(&format!("stand_in_{base}"));
            (!names.is_empty()).then_some(names)
        });
        let names = names.unwrap_or_else(|| self.lexicon.words("stand_in_person"));
        names.get((place + self.turn) % names.len().max(1)).cloned().unwrap_or_else(|| slot.name.clone())
    }

    fn words(&self, word: &Word, third: bool) -> Vec<String> {
        match &word.test {
            Test::Lemma(text) | Test::Form(text) => self.divide(text),
            Test::List(name) => {
                let ending = if third { "s" } else { "" };
                self.entry(name).map(|entry| entry + ending).into_iter().collect()
            }
            Test::Regex(_) => vec!["something".to_owned()],
        }
    }

    /// The tokens of a text; `'s` is one only behind a word.
    pub(super) fn divide(&self, text: &str) -> Vec<String> {
        if text.starts_with(['\'', '’']) {
            return vec!["'s".to_owned()];
        }
        self.book.tokens(text).iter().map(|token| token.span.of(text).to_owned()).collect()
    }

    /// The first entry of a list that is one word, which stands for all of them.
    fn entry(&self, list: &str) -> Option<String> {
        let entries = self.lists.get(list).map_or_else(|| self.lexicon.words(list), Vec::as_slice);
        let single = entries.iter().find(|entry| !entry.contains([' ', '-']));
        single.or(entries.first()).cloned()
    }
}
