//! What may stand in a slot or for a word of a pattern: the same for phrases and for sequences.

use super::program::{Accepts, Role};
use super::wording::Stand;
use super::words::Words;
use crate::mention::Mention;
use crate::rule::lexicon::{Known, KnownId};
use crate::rule::pattern::{Filler, Slot, Test, Word};
use crate::rule::vocabulary::{TypeId, Vocabulary};
use regex::Regex;

/// What a slot is for.
pub(super) fn role(slot: &Slot) -> Role {
    match slot.name.as_str() {
        "X" => Role::Subject,
        "Y" => Role::Object,
        "OTHER" | "ANOTHER" => Role::Other,
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
            (None, Role::Qualifier(_) | Role::Other) => {
                let place = ["Place", "Country"].into_iter().filter_map(|name| self.vocabulary.type_id(name));
                Accepts::Types(place.collect())
            }
        }
    }

    /// The entries of a word list, of the rule's file or of the lexicon.
    pub(super) fn list(&self, name: &str) -> Words {
        let mut words = Words::default();
        words.add_list(name, self.lists, self.lexicon, self.book);
        words
    }

    /// Alternatives for one place.
    pub(super) fn alternatives(&self, alternatives: &[Word]) -> Words {
        let mut words = Words::default();
        for word in alternatives {
            match &word.test {
                Test::Lemma(text) => words.add_phrase(text, self.book),
                Test::Form(text) => words.add_form(text, self.book),
                Test::List(name) => words.add_list(name, self.lists, self.lexicon, self.book),
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

/// How a mention can fill a slot of one of these types: as what it names or, for a capital that is not
/// put on the map, as the country whose government sits there. Only a slot for several kinds of actor is
/// filled so: "Tehran" is Iran where it speaks, but no `Country` beside another on the map. Where the pattern
/// itself names a preposition that aims at somebody (`named`), that puts nothing on the map: "Beijing lashed out at Canberra".
pub(super) fn reading(
    mention: &Mention,
    types: &[TypeId],
    vocabulary: &Vocabulary,
    known: &[Known],
    named: bool,
) -> Option<Option<KnownId>> {
    let fits = |kind: TypeId| types.iter().any(|wanted| vocabulary.is_a(kind, *wanted));
    let known_of = |id: KnownId| known.get(id.0 as usize);
    if fits(mention.kind) {
        return Some(None);
    }
    // Of a name that nobody knows "place" is a guess, and a pattern that wants somebody there knows better.
    let guessed = mention.known.is_none() && vocabulary.type_id("Place") == Some(mention.kind);
    if guessed && (!mention.located || named) && vocabulary.type_id("Organisation").is_some_and(fits) {
        return Some(None);
    }
    let acting = types.len() > 1 || types.iter().any(|wanted| vocabulary.entity_type(*wanted).grouping);
    if !acting || (mention.located && !named) {
        return None;
    }
    let entry = mention.known.and_then(known_of);
    match entry.and_then(|entry| entry.stands_for) {
        Some(country) => fits(known_of(country)?.kind).then_some(Some(country)),
        // A state, a region or a city that acts is its government.
        None => {
            let organisation = vocabulary.type_id("Organisation");
            (vocabulary.entity_type(mention.kind).acts && organisation.is_some_and(fits)).then_some(None)
        }
    }
}
