//! Names of organisations → those that differ in spelling, legal form or country word only, acronyms, and
//! offices that many countries have.

use crate::entity::form::slug;
use crate::entity::merge::Merger;
use std::collections::BTreeMap;

impl Merger<'_, '_> {
    /// Offices are one where a country beside them, or the one that their article is about, is one.
    pub(super) fn join_offices(&mut self) {
        let mut offices: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (block, _) in self.items.unknown("Organisation") {
            let range = self.items.blocks[block].clone();
            if let Some(name) = self.items.organisation(range.start).filter(|name| name.office) {
                offices.entry(name.rest.clone()).or_default().extend(range);
            }
        }
        for items in offices.into_values() {
            self.join_shown(&items, true);
        }
    }

    /// *Labour Congress of Acme Ltd* is *Labor Congress of Acme*; *U.S. Salt Survey* is *United States Salt Survey*.
    pub(super) fn join_spellings(&mut self) {
        let mut spelt = BTreeMap::new();
        for (block, _) in self.items.unknown("Organisation") {
            let start = self.items.blocks[block].start;
            if let Some(name) = self.items.organisation(start).filter(|name| !name.office) {
                let key = (name.country, name.rest.as_str());
                spelt.entry(key).or_insert_with(Vec::new).push(start);
            }
        }
        let spelt: Vec<Vec<usize>> = spelt.into_values().filter(|starts| starts.len() > 1).collect();
        for starts in spelt {
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
        let mut rests: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
        for at in items {
            let rest = self.items.organisation(*at).map(|name| name.rest.clone());
            rests.entry(rest).or_default().push(*at);
        }
        rests.remove(&None);
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
            let lead = self.items.organisation(at).and_then(|name| name.country);
            lead.or_else(|| self.items.items[at].name.context.countries.first().copied())
        };
        country(left).zip(country(right)).is_some_and(|(left, right)| left != right)
    }
}
