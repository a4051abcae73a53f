//! A sentence → how far a run of capitalised words goes that is one name.

use crate::language::Sentence;
use crate::lookup::HashSet;
use crate::mention::known::{KnownName, fold};
use crate::mention::word;
use crate::mention::words::NameWords;
use crate::rule::lexicon::Usage;
use std::ops::Range;

/// The words of a sentence, as one looks at them to see where a name ends.
pub(super) struct Run<'r> {
    pub(super) words: &'r NameWords,
    pub(super) sentence: &'r Sentence,
    pub(super) known: &'r [KnownName],
    pub(super) text: &'r str,
}

impl Run<'_> {
    /// Where the run of capitalised words that begins with `start` ends.
    pub(super) fn run_end(&self, start: Range<usize>) -> usize {
        let mut end = start.end;
        let mut organisation = self.is_organisation(start.clone()) || self.has_chapters(&start);
        let mut joined = false;
        // The end before a small word that only joins what comes after it.
        let mut whole = end;
        loop {
            let known = self.known.iter().find(|known| known.tokens.start == end);
            let surname = self.wants_surname(&start, end);
            let known_inside = match known {
                // "Bank of China": the small word has been passed, so the country belongs to the name, and so does
                // "Labour" to a ministry.
                Some(known) if end > whole && (self.is_region(known) || self.is_office(known)) => {
                    end = known.tokens.end;
                    whole = end;
                    continue;
                }
                // "Institute for Contemporary German Studies"
                Some(known) if joined && self.is_adjective(known) => true,
                // "University of North Texas"
                Some(known) if joined && self.is_region(known) && self.is_compass(end - 1) => {
                    end = known.tokens.end;
                    whole = end;
                    continue;
                }
                // "Social Democratic Party"
                Some(known) if self.is_party_of_others(&(start.start..end), known) => true,
                // "Zarbo Bank Uganda"
                Some(known) if self.is_branch(end, known) => return known.tokens.end,
                Some(known) if surname && known.usage == Usage::Name => true,
                // "Native American Rights Fund": the country only qualifies what comes after it.
                Some(known)
                    if known.usage == Usage::Demonym || organisation || self.lower(end - 1) == "-" =>
                {
                    self.has_word(
                        &self.words.organisation_words,
                        known.tokens.end..self.capitals_end(known.tokens.end),
                    )
                }
                // "Vodafone India Ltd"
                Some(known) if self.is_region(known) && !self.is_first_name(start.start) => {
                    self.has_word(&self.words.organisation_words, known.tokens.end..known.tokens.end + 1)
                }
                Some(_) => false,
                None => true,
            };
            if !known_inside {
                return whole;
            }
            if let Some(end) = self.suffix_end(end) {
                return end;
            }
            let nickname = self.nickname(&start, end);
            let step = if self.is_capital(end) && (!self.stops_name(end) || self.is_odd_surname(&start, end))
            {
                whole = end + 1;
                1
            } else if nickname > 0 {
                nickname
            } else if self.joins(end, organisation, joined)
                || self.joins_fields(&start, end)
                || self.joins_party(&start, end)
            {
                joined = true;
                1
            } else if joined
                && organisation
                && let Some(end) = self.series_end(end)
            {
                return end;
            } else if self.joins_given_names(&start, end) || self.joins_owner(end) {
                1
            } else if self.joins_two(end, organisation) {
                joined = true;
                2
            } else {
                return whole;
            };
            end += step;
            if self.is_capital(end - 1) || self.lower(end - 2) == "-" {
                whole = end;
            }
            organisation |= self.has_word(&self.words.organisation_words, end - 1..end);
        }
    }

    /// Whether token `at` joins the name before it to a capitalised word after it.
    fn joins(&self, at: usize, organisation: bool, joined: bool) -> bool {
        let known = self.known.iter().find(|known| known.tokens.start == at + 1);
        // "Europe-Uzbekistan Association"
        if self.lower(at) == "-" && self.touches(at) && self.touches(at + 1) && known.is_some() {
            return self.has_word(&self.words.organisation_words, at + 1..self.capitals_end(at + 1));
        }
        if !self.is_capital(at + 1) || self.stops_name(at + 1) || (known.is_some() && !organisation) {
            return false;
        }
        match self.lower(at).as_str() {
            "-" => self.touches(at) && self.touches(at + 1),
            "&" => known.is_none_or(|known| self.is_region(known)),
            small @ ("of" | "for" | "on") => {
                let adjective = |known| small != "on" && self.is_adjective(known);
                let fits = |known| self.is_region(known) || self.is_office(known) || adjective(known);
                let land = self.is_landform(at - 1) || self.is_part_of_land(at);
                (organisation || land) && known.is_none_or(fits)
            }
            // "University of Texas at Austin"
            "at" => {
                let of = joined || (at.saturating_sub(4)..at).any(|before| self.lower(before) == "of");
                of && self.school_before(at) && known.is_none_or(|known| self.is_region(known))
            }
            "and" => {
                organisation
                    && joined
                    && known.is_none()
                    && !self.is_known_before(at)
                    && !self.begins_body(at + 1)
            }
            particle => self.words.particles.contains(particle) && !self.is_capital(at),
        }
    }

    /// "and **Center for** Zarbo Safety": another body.
    fn begins_body(&self, at: usize) -> bool {
        self.is_organisation(at..at + 1) && matches!(self.lower(at + 1).as_str(), "of" | "for")
    }

    /// The end of ", Jr." or ", Inc." at `at`.
    fn suffix_end(&self, at: usize) -> Option<usize> {
        (self.lower(at) == ","
            && self.is_capital(at + 1)
            && self.words.suffixes.contains(&self.lower(at + 1)))
        .then_some(at + 2)
    }

    /// The length of the name by which friends call somebody, inside the full one: William "Billy" Roe,
    /// Ada (Poe) Byron.
    fn nickname(&self, start: &Range<usize>, at: usize) -> usize {
        let closing = match self.lower(at).as_str() {
            "\"" => "\"",
            "'" => "'",
            "(" => ")",
            _ => return 0,
        };
        let close = (at + 2..at + 4).find(|close| self.lower(*close) == closing);
        // Where nothing tells a first name only quotation marks do, round one word.
        let marked =
            |close: usize| closing == "\"" && close == at + 2 && self.touches(at + 1) && self.touches(close);
        let close = close.filter(|close| self.is_first_name(start.start) || marked(*close));
        let Some(close) = close else { return 0 };
        let called = (at + 1..close).chain([close + 1]).all(|inside| {
            self.is_capital(inside)
                && !self.stops_name(inside)
                && self.words.title_at(self.sentence, inside) == 0
        });
        let known = self.known.iter().any(|known| known.tokens.start > at && known.tokens.start <= close + 1);
        if called && !known { close + 1 - at } else { 0 }
    }

    /// "University of Texas" before "at Austin".
    fn school_before(&self, at: usize) -> bool {
        self.has_word(&self.words.school_words, at.saturating_sub(4)..at)
    }

    /// "for the Defence", "Hizb-i-Islami".
    fn joins_two(&self, at: usize, organisation: bool) -> bool {
        let second = self.lower(at + 1);
        let hyphen = self.lower(at) == "-" && self.touches(at) && self.touches(at + 1);
        // "Organisation for Economic Co-operation", but not "Organisation-led".
        if hyphen && organisation && self.is_capital(at - 1) && self.lower(at - 1).len() < 4 {
            return true;
        }
        // "Yoon Suk-yeol", but not "Acme Corp-run".
        let given = second.len() < 5
            && !self.words.compounds.contains(&second)
            && second.chars().all(char::is_alphabetic);
        if hyphen && !organisation && given && at > 1 && self.is_capital(at - 2) && !self.is_capital(at + 1) {
            return true;
        }
        self.is_capital(at + 2)
            && match self.lower(at).as_str() {
                "of" | "for" => {
                    let known = self.known.iter().find(|known| known.tokens.start == at + 2);
                    organisation && second == "the" && known.is_none_or(|known| self.is_region(known))
                }
                "-" => hyphen && self.words.particles.contains(&second),
                particle => {
                    self.words.particles.contains(particle)
                        && (second == "-" || self.words.particles.contains(&second))
                }
            }
    }

    /// The end of the part of `run` before a title inside it: "European Commission | President Ursula …".
    pub(super) fn untitled(&self, run: Range<usize>) -> usize {
        let titled = |at: usize| {
            self.words.title_at(self.sentence, at) > 0
                && !self.is_called(at)
                && !self.is_saint(at)
                && !self.is_new(at)
        };
        // "Ada M. Byron": no Monsieur.
        let initial = |at: usize| at > run.start && self.lower(at).trim_end_matches('.').len() == 1;
        let inside =
            run.clone().find(|at| titled(*at) && !initial(*at) && !self.is_part_of_organisation(*at, &run));
        let end = match inside {
            // "Martin Luther King": nothing follows, so it is a surname.
            Some(at)
                if at + 1 == run.end
                    && at > run.start
                    && (self.is_first_name(run.start)
                        || self.words.odd_surnames.contains(&self.lower(at))
                        // "Staff Attorney"
                        || !self.is_not_name(at) && !self.is_field(run.start..at))
                    && self.lower(run.end) != ":"
                    && !self.has_word(&self.words.organisation_words, run.start..at) =>
            {
                run.end
            }
            Some(at) => at,
            None => run.end,
        };
        // "Institute of Science and | Professor"
        (run.start + 1..=end).rev().find(|end| !self.is_small(*end - 1)).unwrap_or(end)
    }

    /// A word that only joins what comes after it.
    pub(super) fn is_small(&self, at: usize) -> bool {
        matches!(self.lower(at).as_str(), "and" | "of" | "for" | "on" | "at" | "the" | "&" | "'s" | "'")
    }

    /// Whether a capitalised word ends the name before it: a day, a month, a small word in a headline.
    pub(super) fn stops_name(&self, at: usize) -> bool {
        self.words.stops.contains(&without_period(self.lower(at)))
    }

    /// "Coast Guard": a title that is an organisation's word is none inside a name.
    fn is_part_of_organisation(&self, at: usize, run: &Range<usize>) -> bool {
        // "Council of Economic Advisers", "Association of Corporate Directors"
        let plural = self.sentence.tokens[at].lemma != self.lower(at);
        let of = (run.start + 1..at).any(|of| {
            (of + 1 == at || plural) && self.lower(of) == "of" && self.is_organisation(run.start..of)
        });
        of || at > run.start && self.words.organisation_words.contains(&self.lower(at))
    }

    /// The end of the capitalised words from `at` on.
    pub(super) fn capitals_end(&self, at: usize) -> usize {
        (at..).find(|at| !self.is_capital(*at) || self.stops_name(*at)).unwrap_or(at)
    }

    /// A country or place may be part of a name ("Bank of China"); "Council of the African Union" names two.
    pub(super) fn is_region(&self, known: &KnownName) -> bool {
        known.usage == Usage::Name && self.words.regions.contains(&known.kind)
    }

    /// A place that could be somebody's surname: "Mark Fullerton".
    fn is_town(&self, known: &KnownName) -> bool {
        self.is_region(known) && known.kind != self.words.country && known.tokens.len() == 1
    }

    fn is_known_before(&self, at: usize) -> bool {
        self.known.iter().any(|known| known.tokens.end == at && !self.is_office(known))
    }

    pub(super) fn is_organisation(&self, name: Range<usize>) -> bool {
        self.has_word(&self.words.organisation_words, name)
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        at < self.sentence.tokens.len() && word(self.sentence, at, self.text).starts_with(char::is_uppercase)
    }

    pub(super) fn is_not_name(&self, at: usize) -> bool {
        let word = self.lower(at);
        self.words.not_names.contains(&word) || self.words.not_names.contains(&without_period(word))
    }

    /// A word that is a first name where a surname follows: "Mark Poe", "Dean Roe".
    pub(super) fn is_called(&self, at: usize) -> bool {
        let next = self.lower(at + 1);
        let own = self.lower(at);
        // "Marine Le Poe", but "Marine Bulletin".
        let loose = self.words.loose_titles.contains(&own) && !self.words.particles.contains(&next);
        self.words.double_first_names.contains(&own)
            && !loose
            && self.is_capital(at + 1)
            && !self.stops_name(at + 1)
            && !self.is_not_name(at + 1)
            && !self.words.organisation_words.contains(&next)
            && !self.words.place_words.contains(&next)
            && !self.words.things.contains(&next)
            && !self.known.iter().any(|known| known.tokens.start == at + 1 && !self.is_town(known))
            && self.words.title_at(self.sentence, at + 1) == 0
    }

    pub(super) fn is_first_name(&self, at: usize) -> bool {
        self.words.first_names.contains(&self.lower(at)) || self.is_called(at)
    }

    pub(super) fn has_word(&self, list: &HashSet<String>, tokens: Range<usize>) -> bool {
        let tokens = tokens.start..tokens.end.min(self.sentence.tokens.len());
        let holds =
            |at: usize| list.contains(&self.lower(at)) || list.contains(&self.sentence.tokens[at].lemma);
        tokens.into_iter().any(|at| self.is_capital(at) && holds(at))
    }

    /// "Ursula von der Leyen", "Zine El Abidine Ben Ali".
    pub(super) fn has_particle(&self, name: &Range<usize>) -> bool {
        (name.start + 1..name.end).any(|at| self.words.particles.contains(&self.lower(at)))
    }

    /// Whether no space stands between token `at` and the one before it.
    pub(super) fn touches(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        at > 0 && at < tokens.len() && tokens[at - 1].span.end == tokens[at].span.start
    }

    pub(super) fn lower(&self, at: usize) -> String {
        self.sentence.tokens.get(at).map(|token| fold(token.span.of(self.text))).unwrap_or_default()
    }
}

/// "sept" of "Sept."; the initial "A." is no article.
fn without_period(word: String) -> String {
    match word.strip_suffix('.') {
        Some(short) if short.len() > 1 => short.to_owned(),
        _ => word,
    }
}
