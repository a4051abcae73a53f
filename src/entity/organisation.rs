//! Names of organisations → those that differ in spelling, legal form or country word only, acronyms, and
//! offices that many countries have.

use crate::entity::form::slug;
use crate::entity::merge::Merger;
use std::collections::BTreeMap;

impl Merger<'_, '_> {
    /// Whether an item is an office such as *Supreme Court*: one name, another in every country.
    pub(super) fn is_office(&self, at: usize) -> bool {
        let item = &self.items.items[at];
        let rest = || self.resolver.forms.organisation(&item.name.name).1;
        let common = |name: String| {
            let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
            self.resolver.forms.is_common(&words)
        };
        item.base == "Organisation" && item.name.known.is_none() && common(rest())
    }

    /// Offices are one where a country beside them, or the one that their article is about, is one.
    pub(super) fn join_offices(&mut self) {
        let mut offices: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (block, item) in self.items.unknown("Organisation") {
            if self.is_office(self.items.blocks[block].start) {
                let (_, name) = self.resolver.forms.organisation(&item.name.name);
                offices.entry(name).or_default().extend(self.items.blocks[block].clone());
            }
        }
        for items in offices.into_values() {
            self.join_shown(&items, true);
        }
    }

    /// *Labour Congress of Acme Ltd* is *Labor Congress of Acme*; *U.S. Salt Survey* is *United States Salt Survey*.
    pub(super) fn join_spellings(&mut self) {
        let mut spelt = BTreeMap::new();
        for (block, item) in self.items.unknown("Organisation") {
            let start = self.items.blocks[block].start;
            if !self.is_office(start) {
                let key = self.resolver.forms.organisation(&item.name.name);
                spelt.entry(key).or_insert_with(Vec::new).push(start);
            }
        }
        for starts in spelt.into_values().filter(|starts| starts.len() > 1) {
            self.join_all(starts);
        }
    }

    /// An acronym is the organisation that some article introduces with it, if no other is introduced so.
    pub(super) fn join_acronyms(&mut self) {
        let mut introduced: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, item) in self.items.items.iter().enumerate().filter(|(_, item)| item.base == "Organisation")
        {
            for acronym in &item.name.acronyms {
                introduced.entry(slug(acronym)).or_default().push(at);
            }
        }
        for items in introduced.values() {
            self.join_same_acronym(items);
        }
        let alone: Vec<usize> = self.items.unknown("Organisation").map(|(block, _)| block).collect();
        for block in alone {
            let range = self.items.blocks[block].clone();
            let first = &self.items.items[range.start];
            let capitals = first.name.name.chars().filter(|letter| letter.is_uppercase()).count();
            let Some(items) = introduced.get(&first.slug).filter(|_| capitals > 1) else { continue };
            let bearers = self.distinct(items.clone().into_iter());
            for at in range {
                match bearers.as_slice() {
                    [one] if !self.is_foreign(at, *one) => drop(self.clusters.join(*one, at)),
                    several => {
                        let reason =
                            "several names are introduced with this acronym, or one of another country";
                        several.iter().take(5).for_each(|one| self.doubts.kept_apart((*one, at), reason));
                    }
                }
            }
        }
    }

    /// Of names with one acronym those are one that differ in the country before them only.
    fn join_same_acronym(&mut self, items: &[usize]) {
        let mut rests: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for at in items {
            let (_, rest) = self.resolver.forms.organisation(&self.items.items[*at].name.name);
            rests.entry(rest).or_default().push(*at);
        }
        for items in rests.into_values() {
            let first = items[0];
            for at in &items[1..] {
                if !self.is_foreign(first, *at) {
                    self.clusters.join(first, *at);
                }
            }
        }
    }

    fn is_foreign(&self, left: usize, right: usize) -> bool {
        let country = |at: usize| {
            let item = &self.items.items[at];
            let lead = self.resolver.forms.organisation(&item.name.name).0;
            lead.or_else(|| item.name.context.countries.first().copied())
        };
        country(left).zip(country(right)).is_some_and(|(left, right)| left != right)
    }
}
