//! What may stand in a slot or for a word of a pattern: the same for phrases and for sequences.

use super::program::{Accepts, Role};
use super::wording::Stand;
use super::words::Words;
use crate::rule::pattern::{Filler, Slot, Test, Word};
use regex::Regex;

/// What a slot is for.
pub(super) fn role(slot: &Slot) -> Role {
    match slot.name.as_str() {
        "X" => Role::Subject,
        "Y" => Role::Object,
        name => Role::Qualifier(name.to_lowercase()),
    }
}

impl Stand<'_> {
    /// What may stand in a slot: what the pattern narrows it to, or what the relation takes.
    pub(super) fn accepts(&self, slot: &Slot) -> Accepts {
        match (&slot.filler, role(slot)) {
            (Some(Filler::Type(name)), _) => {
                Accepts::Types(self.vocabulary.type_id(name).into_iter().collect())
            }
            (Some(Filler::List(name)), _) => Accepts::Words(Box::new(self.list(name))),
            (None, Role::Subject) => Accepts::Types(self.relation.subject.clone()),
            (None, Role::Object) => Accepts::Types(self.relation.object.clone()),
            (None, Role::Qualifier(name)) if name == "date" => Accepts::Time,
            (None, Role::Qualifier(_)) => {
                let place = ["Place", "Country"].into_iter().filter_map(|name| self.vocabulary.type_id(name));
                Accepts::Types(place.collect())
            }
        }
    }

    /// The entries of a word list, of the rule's file or of the lexicon.
    pub(super) fn list(&self, name: &str) -> Words {
        let mut words = Words::default();
        words.add_list(name, self.lists, self.lexicon, self.language);
        words
    }

    /// Alternatives for one place.
    pub(super) fn alternatives(&self, alternatives: &[Word]) -> Words {
        let mut words = Words::default();
        for word in alternatives {
            match &word.test {
                Test::Lemma(text) => words.add_phrase(text, self.language),
                Test::Form(text) => words.add_form(text, self.language),
                Test::List(name) => words.add_list(name, self.lists, self.lexicon, self.language),
                Test::Regex(regex) => words.regexes.extend(Regex::new(&format!("^(?:{regex})$"))),
            }
        }
        words
    }

    /// "X invested something in Y" does not look for the word "something".
    pub(super) fn is_anything(&self, words: &[Word]) -> bool {
        let anything = self.lexicon.words("anything");
        matches!(words, [Word { test: Test::Lemma(text), .. }] if anything.contains(text))
    }
}
