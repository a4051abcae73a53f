//! A run of capitalised words → what it most probably names, if anybody.

use crate::mention::Mention;
use crate::mention::name::Reader;
use crate::mention::word;
use crate::rule::lexicon::Usage;
use crate::rule::vocabulary::TypeId;
use std::ops::Range;

/// No title of a book or film is longer on one side of a name.
const TITLE_WORDS: usize = 8;

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
        let head = self.run.head(name);
        let leader = name.len() == 1 && words.leaders.contains(&self.run.lower(name.start));
        if called || leader || titled && first_name && !loose && !self.run.is_organisation(name.clone()) {
            (words.person, true)
        } else if self.has_ampersand(name) {
            (words.organisation, true)
        } else if name.len() > 1
            && self.run.has_word(&words.place_words, head.clone())
            && !self.run.is_organisation(head.clone())
            && (name.len() == 2 || head.end < name.end || self.run.is_organisation(name.clone()))
        {
            // "Union City", "Church Street", "Zarbo International Airport"
            (words.place, true)
        } else if self.run.is_organisation(name.clone()) {
            (self.organisation(name.clone()), true)
        } else if !first_name && words.type_beside(self.run.sentence, name) == Some(words.organisation) {
            (words.organisation, true)
        } else if name.len() > 1 && self.run.has_word(&words.place_words, name.end - 1..name.end)
            || !titled && !first_name && (self.is_headed_by_land(name) || self.is_in_country(name))
        {
            (words.place, true)
        } else if titled && !loose
            || first_name
            || name.len() > 1 && self.run.has_particle(name)
            || self.is_aged(name)
        {
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
            // "Infectious Diseases"
            || self.run.is_field(name.end - 1..name.end)
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

    /// "Byron, 24, was held": only people have an age.
    fn is_aged(&self, name: &Range<usize>) -> bool {
        let age = self.run.lower(name.end + 1).parse::<u8>().is_ok_and(|age| (10..110).contains(&age));
        name.len() < 5
            && age
            && match self.run.lower(name.end).as_str() {
                "," => matches!(self.run.lower(name.end + 2).as_str(), "," | "." | ";"),
                "(" => self.run.lower(name.end + 2) == ")",
                _ => false,
            }
    }

    /// "County Clare", "Lake Zarbo".
    fn is_headed_by_land(&self, name: &Range<usize>) -> bool {
        name.len() == 2 && self.run.is_landform(name.start)
    }

    /// "Zarbo del Sur, Philippines"
    fn is_in_country(&self, name: &Range<usize>) -> bool {
        let listed = name.start > 0 && matches!(self.run.lower(name.start - 1).as_str(), "," | "and");
        let after = |known: &&crate::mention::known::KnownName| {
            known.tokens.start == name.end + 1 && self.run.is_region(known)
        };
        let country = self.run.known.iter().find(after);
        self.run.has_particle(name)
            && !listed
            && self.run.lower(name.end) == ","
            && country.is_some_and(|country| self.run.lower(country.tokens.end) != "'s")
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
        let bare = |at: usize| self.run.words.bare_bodies.contains(&self.run.lower(at));
        // "Group D", "Hall 9"
        let numbered = self.run.lower(name.end).starts_with(|sign: char| sign.is_ascii_digit());
        let lettered = name.len() == 2 && self.is_initial(&(name.end - 1..name.end));
        let bare = (name.len() == 1 || lettered) && bare(name.start);
        let place = name.len() == 1 && self.run.has_word(&self.run.words.place_words, name.clone());
        post || bare || place && numbered || name.len() > 1 && name.clone().all(generic)
    }

    /// A law, a prize, a storm: the words of its name say so, the head of it most of all.
    pub(super) fn is_thing(&self, name: Range<usize>) -> bool {
        let things = &self.run.words.things;
        // "Bill Poe"
        let called = usize::from(self.run.is_called(name.start));
        // "Jeremy Hunt"
        let surname = name.len() > 1
            && self.run.is_first_name(name.start)
            && self.run.words.odd_surnames.contains(&self.run.lower(name.end - 1));
        let rest = name.start + called..name.end - usize::from(surname);
        let head = self.run.head(&name);
        self.run.has_word(things, rest) && !self.run.is_organisation(name.clone())
            || !surname && head.len() < name.len() && self.run.has_word(things, head)
    }

    /// "Harry Potter" in "Harry Potter and the Chamber of Secrets": a part of a title, which holds other words, too.
    pub(super) fn is_in_title(&self, name: &Range<usize>) -> bool {
        let quote = |at: &usize| self.run.lower(*at) == "\"";
        let opening = (name.start.saturating_sub(TITLE_WORDS)..name.start).rev().find(quote);
        let closing = (name.end..name.end + TITLE_WORDS).find(quote);
        let (Some(opening), Some(closing)) = (opening, closing) else { return false };
        let word = |at: &usize| self.run.lower(*at).contains(char::is_alphabetic);
        // "I met Juan Paz in Oslo" has a verb, and so is no title.
        let small =
            |at: usize| self.run.words.title_small.contains(&self.run.lower(at)) || self.run.is_small(at);
        let quoted = (0..opening).filter(quote).count() % 2 == 0;
        let words: Vec<usize> = (opening + 1..closing).filter(word).collect();
        let capitals = words.iter().filter(|at| self.run.is_capital(**at)).count();
        let ends = words.first().is_some_and(|at| self.run.is_capital(*at))
            && words.last().is_some_and(|at| self.run.is_capital(*at));
        quoted
            && ends
            && capitals > name.len()
            && words.len() > name.len()
            && words.iter().all(|at| self.run.is_capital(*at) || small(*at))
    }

    /// "Poe & Roe"
    fn has_ampersand(&self, name: &Range<usize>) -> bool {
        name.clone().any(|at| self.run.lower(at) == "&")
    }

    /// The title of a book or film, or a word that is talked about: it fills its quotation marks.
    pub(super) fn is_quoted(&self, name: &Range<usize>) -> bool {
        let quote = |at: usize| matches!(self.run.lower(at).as_str(), "\"" | "'");
        let article = usize::from(name.start > 1 && self.run.lower(name.start - 1) == "the");
        let Some(before) = name.start.checked_sub(1 + article) else { return false };
        let comma = usize::from(self.run.lower(name.end) == ",");
        quote(before)
            && self.run.touches(name.start - article)
            && quote(name.end + comma)
            && self.run.touches(name.end + comma)
            && comma == 0
            && !self.run.words.group_before(self.run.sentence, before)
    }

    /// "S." is nobody.
    pub(super) fn is_initial(&self, name: &Range<usize>) -> bool {
        name.len() == 1 && self.run.lower(name.start).trim_end_matches('.').chars().count() == 1
    }

    /// Where the name begins in "(Director of) National Intelligence Ada Byron".
    pub(super) fn person_after_field(&self, name: &Range<usize>) -> Option<usize> {
        let the = usize::from(name.start > 1 && self.run.lower(name.start - 1) == "the");
        let of = name.start > the && matches!(self.run.lower(name.start - 1 - the).as_str(), "of" | "for");
        let person = (name.start + 1..name.end.saturating_sub(1)).find(|at| self.run.is_first_name(*at))?;
        (of && self.run.is_field(name.start..person)).then_some(person)
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
