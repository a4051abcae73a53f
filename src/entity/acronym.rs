//! Brackets beside a name → the acronyms that an article introduces.

use crate::entity::alias::Sorter;
use crate::entity::form::folded;
use crate::language::Sentence;
use crate::mention::{Mention, in_brackets, spells};
use std::collections::BTreeMap;

impl Sorter<'_> {
    /// Acronyms in brackets right after a name, "the Shanghai Cooperation Organisation (SCO)", or the name
    /// after them: index of the acronym's mention → index of the name's.
    ///
    /// "Mary Poe (Chile)" gives none: what the lexicon knows as another stays that, and a person has no
    /// acronym.
    pub(super) fn bracketed(
        &mut self,
        names: &[Mention],
        shown: &[String],
        sentences: &[Sentence],
    ) -> BTreeMap<usize, usize> {
        let mut acronyms = BTreeMap::new();
        for (at, pair) in names.windows(2).enumerate() {
            let [first, second] = pair else { continue };
            if !in_brackets(first, second, sentences) {
                continue;
            }
            let (name, acronym) = if first.tokens.len() == 1 { (at + 1, at) } else { (at, at + 1) };
            if self.is_acronym(&names[acronym], &shown[acronym], &names[name], &shown[name]) {
                acronyms.insert(acronym, name);
            }
        }
        acronyms
    }

    fn is_acronym(&mut self, acronym: &Mention, short: &str, name: &Mention, long: &str) -> bool {
        let words = acronym.tokens.len() == 1 && name.tokens.len() > 1;
        // What an article says of its own acronyms comes before the lexicon.
        let spelt = spells(short, long);
        if !words || self.base(name.kind) == "Country" || (self.base(name.kind) == "Person" && !spelt) {
            return false;
        }
        if name.known.is_none()
            && let Some(known) = self.resolver.forms.known_acronym(short, long)
        {
            let entity = self.known_entity(known);
            self.unknown.insert(folded(long), entity);
            return true;
        }
        let capitals = short.chars().filter(|letter| letter.is_uppercase()).count() > 1;
        let begins = long.chars().next() == short.chars().next();
        let other = acronym.known.is_some() && acronym.known != name.known;
        spelt || (!other && (capitals || begins))
    }
}
