//! A run of capitalised words → what it most probably names, if anybody.

use crate::mention::Mention;
use crate::mention::name::Reader;
use crate::mention::word;
use crate::rule::lexicon::Usage;
use crate::rule::vocabulary::TypeId;
use std::ops::Range;

impl Reader<'_> {
    /// What a run of capitalised words that nobody knows most probably names, and
    /// whether some word tells so.
    pub(super) fn kind(&self, name: &Range<usize>) -> (TypeId, bool) {
        let words = self.run.words;
        let titled = words.title_before(self.run.sentence, name.start);
        let before = name.start.checked_sub(1).map(|at| self.run.lower(at)).unwrap_or_default();
        let letters = word(self.run.sentence, name.start, self.run.text);
        let acronym = name.len() == 1 && letters.chars().count() > 1 && !letters.contains(char::is_lowercase);
        let surname = words.surnames.contains(&self.run.lower(name.end - 1));
        let called = name.len() == 2 && surname && self.run.is_first_name(name.start);
        // "its official Buzzer account": an adjective, and no official of that name.
        let loose = name.len() == 1 && words.loose_titles.contains(&before);
        let group = words.group_before(self.run.sentence, name.start) && !titled;
        let first_name = name.len() > 1 && self.run.is_first_name(name.start);
        if called {
            (words.person, true)
        } else if self.has_ampersand(name) {
            (words.organisation, true)
        } else if name.len() == 2 && self.run.has_word(&words.place_words, name.start + 1..name.end) {
            // "Union City", "Church Street"
            (words.place, true)
        } else if self.run.is_organisation(name.clone()) {
            (self.organisation(name.clone()), true)
        } else if !first_name && words.type_beside(self.run.sentence, name) == Some(words.organisation) {
            (words.organisation, true)
        } else if name.len() > 1 && self.run.has_word(&words.place_words, name.end - 1..name.end) {
            (words.place, true)
        } else if titled && !loose || first_name || name.len() > 1 && self.run.has_particle(name) {
            (words.person, true)
        } else if group {
            (words.organisation, true)
        } else if let Some(kind) = words.type_beside(self.run.sentence, name) {
            (kind, true)
        } else if self.continues_place(name.start) {
            (words.place, true)
        } else if name.len() == 1 && self.run.is_first_name(name.start) {
            (words.person, false)
        } else if words.locatives.contains(&before) {
            (words.place, false)
        // "their Lenten Break": what somebody has is seldom a person.
        } else if acronym
            || before == "the"
            || words.possessives.contains(&before)
            || name.len() == 1
            || name.len() > 4
        {
            (words.organisation, false)
        } else {
            (words.person, false)
        }
    }

    /// "Kiel, Schleswig-Holstein": what follows a place that the sentence has put on the map is the wider place.
    fn continues_place(&self, at: usize) -> bool {
        let words = self.run.words;
        let last = self.names.last().filter(|last| last.sentence == self.number && last.tokens.end + 1 == at);
        let on_map = |last: &Mention| {
            let before = last.tokens.start.checked_sub(1).map(|at| self.run.lower(at)).unwrap_or_default();
            words.locatives.contains(&before)
        };
        at > 0
            && self.run.lower(at - 1) == ","
            && last.is_some_and(|last| {
                words.regions.contains(&last.kind) && last.kind != words.country && on_map(last)
            })
            && matches!(
                self.run.lower(self.run.untitled(at..self.run.run_end(at..at + 1))).as_str(),
                "," | "." | ")" | ";" | "" | "in" | "on" | "where" | "to" | "and" | "as"
            )
    }

    pub(super) fn organisation(&self, name: Range<usize>) -> TypeId {
        let words: Vec<String> = name.map(|at| self.run.lower(at)).collect();
        self.run.words.organisation_of(&words)
    }

    /// "the Board of Directors", "Group President": such a body every company has.
    pub(super) fn is_generic(&self, name: Range<usize>) -> bool {
        let generic = |at: usize| self.run.words.generic_bodies.contains(&self.run.lower(at));
        let post = name.len() == 1
            && self.run.is_organisation(name.clone())
            && self.run.words.title_at(self.run.sentence, name.end) > 0;
        post || name.len() > 1 && name.clone().all(generic)
    }

    pub(super) fn is_thing(&self, name: Range<usize>) -> bool {
        // "Bill Poe"
        let called = usize::from(self.run.is_called(name.start));
        self.run.has_word(&self.run.words.things, name.start + called..name.end)
    }

    /// "Poe & Roe"
    fn has_ampersand(&self, name: &Range<usize>) -> bool {
        name.clone().any(|at| self.run.lower(at) == "&")
    }

    /// The title of a book or film, or a word that is talked about: it fills its quotation marks.
    pub(super) fn is_quoted(&self, name: &Range<usize>) -> bool {
        let quote = |at: usize| matches!(self.run.lower(at).as_str(), "\"" | "'");
        let Some(before) = name.start.checked_sub(1) else { return false };
        let comma = usize::from(self.run.lower(name.end) == ",");
        quote(before)
            && self.run.touches(name.start)
            && quote(name.end + comma)
            && self.run.touches(name.end + comma)
            && comma == 0
            && !self.run.words.group_before(self.run.sentence, before)
    }

    /// "S." is nobody.
    pub(super) fn is_initial(&self, name: &Range<usize>) -> bool {
        name.len() == 1 && self.run.lower(name.start).trim_end_matches('.').chars().count() == 1
    }

    /// What a post is for: "Technical", "National Intelligence".
    pub(super) fn is_field(&self, mut tokens: Range<usize>) -> bool {
        tokens.all(|at| {
            let word = self.run.lower(at);
            self.run.words.fields.contains(&word) || self.run.words.adjectives.contains(&word)
        })
    }

    /// Where the name begins in "(Director of) National Intelligence Ada Byron".
    pub(super) fn person_after_field(&self, name: &Range<usize>) -> Option<usize> {
        let of = name.start > 0 && matches!(self.run.lower(name.start - 1).as_str(), "of" | "for");
        let person = (name.start + 1..name.end.saturating_sub(1)).find(|at| self.run.is_first_name(*at))?;
        (of && self.is_field(name.start..person)).then_some(person)
    }

    /// "the City of Zarbo": what follows names the place.
    pub(super) fn is_head_of_place(&self, name: &Range<usize>) -> bool {
        name.len() == 1
            && self.run.has_word(&self.run.words.place_words, name.clone())
            && self.run.lower(name.end) == "of"
            && self.run.is_capital(name.end + 1)
    }

    /// Where "Southern California" that begins at `at` ends: a part of a region is no region of the lexicon.
    pub(super) fn part_of_region(&self, at: usize) -> Option<usize> {
        let known = self.run.known.iter().find(|known| known.tokens.start == at + 1)?;
        let region = known.usage == Usage::Name
            && self.run.words.regions.contains(&known.kind)
            && known.kind != self.run.words.country;
        let whole = self.run.is_compass(at) && !self.run.is_capital(known.tokens.end);
        (region && whole).then_some(known.tokens.end)
    }
}
