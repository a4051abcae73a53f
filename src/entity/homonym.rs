//! Several bearers of one name → who of them are one, by what stands beside the name in each article.

use crate::entity::cluster::Clusters;
use crate::entity::context::Context;
use crate::entity::merge::Merger;
use crate::rule::lexicon::KnownId;
use std::collections::BTreeMap;
use std::ops::Range;

/// What two articles may have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Country(KnownId),
    /// A rare name, as a block.
    Company(usize),
}

impl Merger<'_, '_> {
    /// The bearers of one full name are one person, unless what is said of them hardly fits one: posts in
    /// different countries, and no common company. O(n log n) and the square of the countries named.
    pub(super) fn join_bearers(&mut self, bearers: Range<usize>) {
        let items: Vec<usize> = bearers.collect();
        if !self.may_differ(&items) {
            self.join_all(items);
            return;
        }
        let parts = self.parts(&items, false);
        for part in &parts {
            self.join_all(part.iter().copied());
        }
        let contexts: Vec<Context> = parts.iter().map(|part| self.context(part)).collect();
        let told = |at: &usize| !contexts[*at].posts.is_empty() && !contexts[*at].countries.is_empty();
        let (sure, loose): (Vec<usize>, Vec<usize>) = (0..parts.len()).partition(told);
        for (at, left) in sure.iter().enumerate() {
            for right in &sure[at + 1..] {
                let pair = (parts[*left][0], parts[*right][0]);
                if contexts[*left].apart(&contexts[*right]) {
                    self.doubts.kept_apart(pair, "one name, but posts in different countries");
                } else if self.clusters.join(pair.0, pair.1) {
                    self.doubts.joined(pair, "one name and one post, but different countries");
                }
            }
        }
        let bearers = self.distinct(sure.iter().map(|at| parts[*at][0]));
        let mut left_over = Vec::new();
        for at in loose {
            let part = parts[at][0];
            let fitting = sure.iter().filter(|other| contexts[at].shares_post(&contexts[**other]));
            let fitting = self.distinct(fitting.map(|other| parts[*other][0]));
            match if fitting.is_empty() { bearers.as_slice() } else { fitting.as_slice() } {
                [one] => drop(self.clusters.join(*one, part)),
                several => {
                    let reason = "one name, but nothing tells which of its bearers this is";
                    several.iter().take(3).for_each(|one| self.doubts.kept_apart((*one, part), reason));
                    left_over.push(part);
                }
            }
        }
        self.join_all(left_over);
    }

    /// Names that say little by themselves, surnames and offices, are one only where something shows it.
    pub(super) fn join_shown(&mut self, items: &[usize], office: bool) {
        for part in self.parts(items, office) {
            self.join_all(part);
        }
    }

    /// Whether two of the items name posts in different countries.
    fn may_differ(&self, items: &[usize]) -> bool {
        let contexts = items.iter().map(|at| &self.items.items[*at].name.context);
        let mut told = contexts.filter(|context| !context.posts.is_empty() && !context.countries.is_empty());
        let Some(first) = told.next() else { return false };
        let mut common = first.countries.clone();
        told.any(|context| {
            common.retain(|country| context.countries.contains(country));
            common.is_empty()
        })
    }

    /// Divides items by what their articles have in common: a country beside the name and rare names, but for
    /// an office only the country beside it or that its article is about.
    fn parts(&self, items: &[usize], office: bool) -> Vec<Vec<usize>> {
        let mut parts = Clusters::new(items.len());
        let mut first: BTreeMap<Sign, usize> = BTreeMap::new();
        for (number, at) in items.iter().enumerate() {
            let item = &self.items.items[*at];
            let own = self.items.block_of[*at];
            let countries = self.countries(*at, office);
            // The same newspapers write of the same people and of two countries' parliaments.
            let company = if office { &[] } else { self.company.of(item.article) };
            let company = company.iter().filter(|block| **block != own);
            let signs = countries.into_iter().map(Sign::Country).chain(company.copied().map(Sign::Company));
            for sign in signs {
                let other = *first.entry(sign).or_insert(number);
                parts.join(other, number);
            }
        }
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (number, at) in items.iter().enumerate() {
            members.entry(parts.root(number)).or_default().push(*at);
        }
        members.into_values().collect()
    }

    /// The countries that tell whose an item is.
    pub(super) fn countries(&self, at: usize, office: bool) -> Vec<KnownId> {
        let item = &self.items.items[at];
        if !office {
            return item.name.context.countries.iter().copied().collect();
        }
        let lead = self.items.organisation(at).and_then(|name| name.country);
        let beside = || item.name.context.countries.first().copied();
        lead.or_else(beside).or_else(|| self.company.main_country(item.article)).into_iter().collect()
    }

    /// What is said beside any of the items.
    pub(super) fn context(&self, items: &[usize]) -> Context {
        let mut context = Context::default();
        items.iter().for_each(|at| context.add(&self.items.items[*at].name.context));
        context
    }

    /// One item of each cluster.
    pub(super) fn distinct(&mut self, items: impl Iterator<Item = usize>) -> Vec<usize> {
        let mut roots: Vec<usize> = items.map(|at| self.clusters.root(at)).collect();
        roots.sort_unstable();
        roots.dedup();
        roots
    }
}
