//! Words inside a run of capitals that belong to one name, though a small word or another name stands between.

use crate::mention::known::KnownName;
use crate::mention::run::Run;
use crate::rule::lexicon::Usage;
use std::ops::Range;

impl Run<'_> {
    /// "Competition **and** Markets Authority": two fields of one office. Behind "the", for elsewhere two bodies
    /// may be named.
    pub(super) fn joins_fields(&self, start: &Range<usize>, at: usize) -> bool {
        let field = |at: usize| self.is_capital(at) && self.words.fields.contains(&self.lower(at));
        let end = self.capitals_end(at + 1);
        let known = self.known.iter().any(|known| known.tokens.start < end && start.start < known.tokens.end);
        self.lower(at) == "and"
            && self.is_determined(start.start)
            && (start.start..at).all(field)
            && (at + 2..at + 5).contains(&end)
            && (at + 1..end - 1).all(field)
            && self.is_organisation(end - 1..end)
            && !self.is_organisation(at - 1..at)
            && !known
    }

    /// "Jean - Claude Poe", "Al - Momani": what was written in one is apart in some texts.
    pub(super) fn joins_given_names(&self, start: &Range<usize>, at: usize) -> bool {
        let first = at == start.start + 1;
        let given = || {
            self.is_first_name(at - 1)
                && self.is_first_name(at + 1)
                && self.is_capital(at + 2)
                && !self.stops_name(at + 2)
        };
        let particle = || matches!(self.lower(at - 1).as_str(), "al" | "el");
        let known = self.known.iter().any(|known| known.tokens.start == at + 1);
        self.lower(at) == "-" && first && self.is_capital(at + 1) && !known && (given() || particle())
    }

    /// "Farmers**'** Union", "People**'s** Party", "St. Mary**'s** College".
    pub(super) fn joins_owner(&self, at: usize) -> bool {
        if !matches!(self.lower(at).as_str(), "'s" | "'") || !self.is_capital(at + 1) {
            return false;
        }
        let end = self.capitals_end(at + 1).min(at + 5);
        let body = self.is_organisation(at + 1..end);
        let saint = at > 1
            && matches!(self.lower(at - 2).as_str(), "st" | "st." | "saint" | "christ" | "king" | "queen");
        body && (self.words.owners_of_bodies.contains(&self.lower(at - 1)) || saint)
    }

    /// A known name that is made of words that offices have: "Labour", "Foreign Affairs".
    pub(super) fn is_office(&self, known: &KnownName) -> bool {
        !self.words.regions.contains(&known.kind)
            && known.tokens.clone().all(|at| self.words.offices.contains(&self.lower(at)))
    }

    /// "British" before a further word of the name: "Confederation of British Industry".
    pub(super) fn is_adjective(&self, known: &KnownName) -> bool {
        let next = known.tokens.end;
        known.usage == Usage::Demonym
            && self.is_capital(next)
            && !self.stops_name(next)
            && self.words.title_at(self.sentence, next) == 0
    }

    /// "Social" before "Democratic Party", which the lexicon knows as another's.
    pub(super) fn is_party_of_others(&self, before: &Range<usize>, known: &KnownName) -> bool {
        let adjective = |at: usize| self.words.party_adjectives.contains(&self.lower(at));
        let plural = || self.lower(known.tokens.end - 1).ends_with('s');
        (known.usage == Usage::Name || known.usage == Usage::Demonym && plural())
            && !self.words.regions.contains(&known.kind)
            && before.clone().all(adjective)
            && adjective(known.tokens.start)
            && self.is_organisation(known.tokens.clone())
    }

    /// "Zarbo Bank Uganda": a country right behind a company is where its branch is.
    pub(super) fn is_branch(&self, at: usize, known: &KnownName) -> bool {
        self.is_region(known)
            && self.is_organisation(at - 1..at)
            && !self.is_capital(known.tokens.end)
            && self.lower(known.tokens.end) != "'s"
    }

    /// "Virginia Poe": a town or state that is a first name, before what can only be a surname.
    pub(super) fn is_named_like_place(&self, known: &KnownName, rest: &Range<usize>) -> bool {
        let lists =
            [&self.words.organisation_words, &self.words.place_words, &self.words.things, &self.words.stops];
        let surname = |at: usize| {
            let word = self.lower(at);
            !lists.iter().any(|list| list.contains(&word))
                && !self.is_not_name(at)
                && self.sentence.tokens[at].lemma == word
        };
        self.words.place_first_names.contains(&self.lower(known.tokens.start)) && rest.clone().all(surname)
    }

    /// Whether only a surname can follow at `at`: "Stephen L. | Mansfield".
    pub(super) fn wants_surname(&self, start: &Range<usize>, at: usize) -> bool {
        let initial = |at: usize| self.lower(at).trim_end_matches('.').chars().count() == 1;
        self.is_first_name(start.start) && (start.start + 1..at).all(initial)
    }

    /// Whether a known name is that of an association that may have chapters: "ACLU of Montana".
    pub(super) fn has_chapters(&self, start: &Range<usize>) -> bool {
        let known = self.known.iter().find(|known| known.tokens == *start);
        known.is_some_and(|known| known.kind == self.words.organisation && known.usage == Usage::Acronym)
    }

    /// "St. Mary's College", "St. Zarbo Parish": a saint inside a name, and no title.
    pub(super) fn is_saint(&self, at: usize) -> bool {
        let whole = |end: usize| {
            self.is_organisation(at + 1..end) || self.has_word(&self.words.place_words, at + 1..end)
        };
        matches!(self.lower(at).as_str(), "st" | "st." | "saint")
            && self.is_capital(at + 1)
            && whole(self.run_end(at..at + 1))
    }

    /// "Marine Biological Laboratory": an adjective that elsewhere is a title.
    pub(super) fn is_loose(&self, at: usize) -> bool {
        self.words.loose_titles.contains(&self.lower(at))
            && self.words.title_at(self.sentence, at) == 1
            && self.is_capital(at + 1)
            && !self.words.organisation_words.contains(&self.lower(at + 1))
            && self.words.title_at(self.sentence, at + 1) == 0
            && self.is_organisation(at + 1..self.capitals_end(at + 1))
    }

    pub(super) fn is_compass(&self, at: usize) -> bool {
        self.is_capital(at) && self.words.compass.contains(&self.lower(at))
    }

    pub(super) fn is_landform(&self, at: usize) -> bool {
        self.is_capital(at) && self.words.landforms.contains(&self.lower(at))
    }

    /// "the", "Chile's", "Chilean" before `at`: what follows is the name of one body.
    pub(super) fn is_determined(&self, at: usize) -> bool {
        let before = at.checked_sub(1);
        before.is_some_and(|before| matches!(self.lower(before).as_str(), "the" | "'s" | "'"))
            || self.known.iter().any(|known| known.tokens.end == at && known.usage == Usage::Demonym)
    }

    /// "the Bread **and** Roses Party".
    pub(super) fn joins_party(&self, start: &Range<usize>, at: usize) -> bool {
        let end = self.capitals_end(at + 1);
        let known = self.known.iter().any(|known| known.tokens.start < end && start.start < known.tokens.end);
        self.lower(at) == "and"
            && at == start.start + 1
            && self.is_determined(start.start)
            && !self.is_organisation(start.start..at)
            && (at + 3..at + 5).contains(&end)
            && self.words.is_party(&self.lower(end - 1))
            && !known
    }

    /// The end of the name in "Ministry of Health**, Labour and Welfare**": what a body is for may be three things and
    /// more.
    pub(super) fn series_end(&self, at: usize) -> Option<usize> {
        let item = |from: usize| {
            let field = |at: usize| self.is_capital(at) && self.words.fields.contains(&self.lower(at));
            let end = (from..).find(|at| !field(*at)).unwrap_or(from);
            // "Ministry of Health, Police and Army" names three bodies.
            let body = end == from + 1
                && self.words.organisation_words.contains(&self.lower(from))
                && !self.words.portfolios.contains(&self.lower(from));
            (end > from && end < from + 5 && !self.is_capital(end) && !body).then_some(end)
        };
        let mut end = at;
        while self.lower(end) == "," {
            match item(end + 1) {
                Some(next) => end = next,
                None => break,
            }
        }
        let comma = usize::from(self.lower(end) == ",");
        if end == at || self.lower(end + comma) != "and" {
            return None;
        }
        item(end + comma + 1)
    }

    /// "New" of the Zarbo New Times: a capital inside a name, and nobody who is new.
    pub(super) fn is_new(&self, at: usize) -> bool {
        self.words.loose_titles.contains(&self.lower(at))
            && self.words.title_at(self.sentence, at) == 1
            && self.is_organisation(at + 1..at + 2)
            && self.words.title_at(self.sentence, at + 1) == 0
    }

    /// "May" of Theresa May, where the word elsewhere ends a name.
    pub(super) fn is_odd_surname(&self, start: &Range<usize>, at: usize) -> bool {
        let number = self.lower(at + 1).starts_with(|sign: char| sign.is_ascii_digit());
        at == start.start + 1
            && self.words.odd_surnames.contains(&self.lower(at))
            && self.is_first_name(start.start)
            && !number
    }

    /// What a post is for: "Technical", "National Intelligence".
    pub(super) fn is_field(&self, mut tokens: Range<usize>) -> bool {
        tokens.all(|at| {
            let word = self.lower(at);
            self.words.fields.contains(&word) || self.words.adjectives.contains(&word)
        })
    }

    /// "Western District" before "of": a part of what follows.
    pub(super) fn is_part_of_land(&self, at: usize) -> bool {
        at > 1 && self.is_compass(at - 2) && self.has_word(&self.words.place_words, at - 1..at)
    }

    /// Where the words end that tell what a name is: "Institute" of the Institute for Peace.
    pub(super) fn head(&self, name: &Range<usize>) -> Range<usize> {
        let small = |at: &usize| {
            matches!(self.lower(*at).as_str(), "of" | "for" | "on" | "at" | "in" | "and" | "," | "(")
        };
        let end = (name.start + 1..name.end).find(small).unwrap_or(name.end);
        end - 1..end
    }
}
