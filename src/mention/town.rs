//! A known country, region or town → what has its name from it: a body, an event, another place, a club.

use crate::mention::known::KnownName;
use crate::mention::run::Run;
use crate::rule::lexicon::Usage;
use crate::rule::vocabulary::TypeId;
use std::ops::Range;

impl Run<'_> {
    /// The number of tokens of what has its name from a known one: "Chinese **foreign ministry**", "London **police**",
    /// but not "London police chief" or "Paris Police Prefecture".
    pub(super) fn own_body(&self, known: &KnownName) -> usize {
        let words = self.words;
        let at = known.tokens.end;
        let own = if words.owners.contains(&known.kind) { words.body_at(self.sentence, at) } else { 0 };
        let town = if words.town.contains(&known.kind) { words.town_body_at(self.sentence, at) } else { 0 };
        let post = words.title_at(self.sentence, at) > town || words.title_at(self.sentence, at + town) > 0;
        let longer = own == 0 && (post || self.is_capital(at + town));
        if longer { 0 } else { own.max(town) }
    }

    /// "**Iraq** War"
    pub(super) fn is_event_of(&self, known: &KnownName) -> bool {
        let at = known.tokens.end;
        self.words.regions.contains(&known.kind)
            && self.is_capital(at)
            && self.words.event_words.contains(&self.lower(at))
            && !self.is_capital(at + 1)
    }

    /// "Windsor Locks", "the Houston Outlaws": a town and one more word that names nobody by itself.
    pub(super) fn town_and_word(&self, known: &KnownName, rest: &Range<usize>) -> Option<TypeId> {
        let words = self.words;
        let lower = self.lower(rest.start);
        let alone = rest.len() == 1
            && known.usage == Usage::Name
            && words.town.contains(&known.kind)
            && !self.known.iter().any(|other| other.tokens.start == rest.start)
            && words.title_at(self.sentence, rest.start) == 0
            && !words.leaders.contains(&lower)
            && !words.things.contains(&lower)
            && !self.is_first_name(rest.start)
            && !self.is_not_name(rest.start)
            && !self.is_capital(rest.end);
        let the = self.is_determined(known.tokens.start);
        let place =
            known.tokens.start.checked_sub(1).is_some_and(|at| words.locatives.contains(&self.lower(at)));
        let kind = if place { words.place } else { words.organisation };
        (alone && (the || place || matches!(self.lower(rest.end).as_str(), "," | "'s" | "'"))).then_some(kind)
    }
}
