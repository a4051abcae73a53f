//! People's names → other forms of the same name, and surnames that stand alone in their article.

use crate::entity::context::Context;
use crate::entity::form::{PersonName, slug};
use crate::entity::merge::Merger;
use std::collections::{BTreeMap, BTreeSet};

/// The full form of a first name with the last name, and "Jr.".
type FirstAndLast = (String, Option<String>);

/// A surname of more people than this is joined with nobody.
const MOST_BEARERS: usize = 100;

/// What a surname may mean.
struct Bearer {
    /// An item of its cluster.
    item: usize,
    context: Context,
    /// The names round it, in all its articles.
    company: BTreeSet<usize>,
    articles: BTreeSet<usize>,
    /// Whether the surname is the last word of the name.
    last: bool,
}

impl Merger<'_, '_> {
    /// Joins full names that differ in spelling, middle names and, where something else speaks for it, in a
    /// short first name. Only names of one last name are compared.
    pub(super) fn join_full_names(&mut self) {
        let forms = &self.resolver.forms;
        let mut names: BTreeMap<FirstAndLast, Vec<(PersonName, usize)>> = BTreeMap::new();
        for (block, item) in self.items.unknown("Person") {
            let Some(name) = forms.person(&item.name.name) else { continue };
            let full = forms.full_first_name(&name.first);
            let key = (format!("{full} {}", name.last), name.generation.clone());
            names.entry(key).or_default().push((name, block));
        }
        for names in names.into_values().filter(|names| names.len() > 1) {
            let mut spelt: BTreeMap<String, Vec<(Vec<String>, usize)>> = BTreeMap::new();
            for (name, block) in names {
                spelt.entry(name.first).or_default().push((name.middle, block));
            }
            let heads: Vec<usize> = spelt.into_values().map(|names| self.join_middles(&names)).collect();
            for other in &heads[1..] {
                self.join_short_first_name(heads[0], *other);
            }
        }
    }

    /// Joins names of one first and last name: all, if no two of them have middle names that differ; else
    /// those of one middle name, and the name without any stays alone. Returns an item of the first.
    fn join_middles(&mut self, names: &[(Vec<String>, usize)]) -> usize {
        let mut middles: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut written: BTreeSet<&[String]> = BTreeSet::new();
        for (middle, block) in names {
            let initials: String = middle.iter().filter_map(|word| word.chars().next()).collect();
            middles.entry(initials).or_default().push(*block);
            if middle.iter().any(|word| word.chars().count() > 1) {
                written.insert(middle);
            }
        }
        let plain = middles.remove("").unwrap_or_default();
        let one = middles.len() < 2 && written.len() < 2;
        if !one {
            for (left, right) in
                plain.iter().flat_map(|left| middles.values().map(move |right| (left, right[0])))
            {
                let pair = (self.items.blocks[*left].start, self.items.blocks[right].start);
                self.doubts
                    .kept_apart(pair, "one name but for a middle name that others of the name do not have");
            }
        }
        let groups = if one {
            vec![plain.into_iter().chain(middles.into_values().flatten()).collect()]
        } else {
            let mut groups: Vec<Vec<usize>> = middles.into_values().collect();
            groups.insert(0, plain);
            if written.len() > 1 {
                groups.into_iter().flatten().map(|block| vec![block]).collect()
            } else {
                groups
            }
        };
        for group in groups {
            self.join_variants(&group);
        }
        self.items.blocks[names[0].1].start
    }

    /// Joins blocks each of which is one person by now; of one that is several nobody knows which is meant.
    fn join_variants(&mut self, blocks: &[usize]) {
        let mut whole = Vec::new();
        for block in blocks {
            let range = self.items.blocks[*block].clone();
            if self.distinct(range.clone()).len() == 1 {
                whole.push(range.start);
            }
        }
        for pair in whole.windows(2) {
            let left = self.bearer(pair[0]);
            let right = self.bearer(pair[1]);
            if left.context.apart(&right.context) && left.company.is_disjoint(&right.company) {
                self.doubts.kept_apart(
                    (pair[0], pair[1]),
                    "two spellings of one name, but posts in different countries",
                );
            } else {
                self.clusters.join(pair[0], pair[1]);
            }
        }
    }

    fn join_short_first_name(&mut self, left: usize, right: usize) {
        if self.clusters.root(left) == self.clusters.root(right) {
            return;
        }
        let (one, other) = (self.bearer(left), self.bearer(right));
        if supports(&one, &other) && one.articles.is_disjoint(&other.articles) {
            self.clusters.join(left, right);
        } else if one.articles.is_disjoint(&other.articles) {
            let reason = "the one first name is short for the other, but nothing else speaks for one person";
            self.doubts.kept_apart((left, right), reason);
        }
    }

    /// Joins a person whom an article only calls by one name with the one bearer of it whom the words
    /// beside it, or the company it is in, can mean. O(n log n).
    pub(super) fn join_surnames(&mut self) {
        let mut bearers: BTreeMap<String, Vec<(usize, bool)>> = BTreeMap::new();
        for (block, item) in self.items.unknown("Person") {
            let words: Vec<String> = item.name.name.split(' ').map(slug).collect();
            if let [first, .., last] = words.as_slice() {
                let start = self.items.blocks[block].start;
                bearers.entry(last.clone()).or_default().push((start, true));
                // Family names stand first in China and Korea, and no first name is one.
                if !self.resolver.context.is_first_name(first) {
                    bearers.entry(first.clone()).or_default().push((start, false));
                }
            }
        }
        let alone = self.items.unknown("Person").filter(|(_, item)| !item.is_full());
        let alone: Vec<usize> = alone.map(|(block, _)| block).collect();
        for block in alone {
            let range = self.items.blocks[block].clone();
            let slug = &self.items.items[range.start].slug;
            match bearers.get(slug) {
                None => self.join_bearers(range),
                Some(starts) => {
                    let starts = starts.clone();
                    self.join_surname(range.collect(), &starts);
                }
            }
        }
    }

    /// Items of one surname, and the blocks of full names that end in it, by their first items.
    fn join_surname(&mut self, items: Vec<usize>, starts: &[(usize, bool)]) {
        let mut members: BTreeMap<usize, (Vec<usize>, bool)> = BTreeMap::new();
        for (start, last) in starts {
            for at in self.items.blocks[self.items.block_of[*start]].clone() {
                let (items, lasts) = members.entry(self.clusters.root(at)).or_default();
                items.push(at);
                *lasts |= last;
            }
        }
        let bearers = members.into_values().map(|(items, last)| Bearer { last, ..self.bearer_of(&items) });
        let mut bearers: Vec<Bearer> = bearers.collect();
        // Of Smith or Kim nothing is known by the name, and everybody would be held against everybody.
        let too_many = bearers.len() > MOST_BEARERS;
        bearers.truncate(MOST_BEARERS);
        let mut left_over = Vec::new();
        for at in items {
            let own = self.bearer_of(&[at]);
            let article = self.items.items[at].article;
            let possible = bearers.iter().filter(|bearer| {
                !bearer.articles.contains(&article)
                    && !own.context.contradicts(&bearer.context)
                    && (bearer.last || is_said(&own, bearer))
            });
            let possible: Vec<&Bearer> = possible.collect();
            let posts: Vec<&Bearer> =
                possible.iter().filter(|bearer| own.context.shares_post(&bearer.context)).copied().collect();
            let fitting: Vec<&Bearer> = match posts.len() {
                0 => possible.iter().filter(|bearer| supports(&own, bearer)).copied().collect(),
                _ => posts,
            };
            if let [bearer] = fitting.as_slice()
                && !too_many
                && self.clusters.join(bearer.item, at)
            {
                continue;
            }
            left_over.push(at);
            let reason = match possible.len() {
                1 => "only one bearer of this surname is named elsewhere, but nothing speaks for this one",
                _ => "several bearers of this surname are named elsewhere",
            };
            possible.iter().take(5).for_each(|bearer| self.doubts.kept_apart((bearer.item, at), reason));
        }
        self.join_shown(&left_over, false);
    }

    fn bearer(&mut self, item: usize) -> Bearer {
        let block = self.items.blocks[self.items.block_of[item]].clone();
        let items: Vec<usize> = block.collect();
        self.bearer_of(&items)
    }

    fn bearer_of(&self, items: &[usize]) -> Bearer {
        let articles: BTreeSet<usize> = items.iter().map(|at| self.items.items[*at].article).collect();
        let mut company = self.company.all(articles.iter().copied());
        for at in items {
            company.remove(&self.items.block_of[*at]);
        }
        Bearer { item: items[0], context: self.context(items), company, articles, last: true }
    }
}

/// Whether something speaks for one person: a post, a country, a rare name near both.
fn supports(left: &Bearer, right: &Bearer) -> bool {
    let posts = !left.context.posts.is_empty() && !right.context.posts.is_empty();
    let other_post = posts && !left.context.shares_post(&right.context);
    let company = !other_post && !left.company.is_disjoint(&right.company);
    !left.context.contradicts(&right.context) && (is_said(left, right) || company)
}

/// Whether what stands beside the name speaks for one person: a post, or a country where no other post does
/// against it.
fn is_said(left: &Bearer, right: &Bearer) -> bool {
    let one_silent = left.context.posts.is_empty() || right.context.posts.is_empty();
    left.context.shares_post(&right.context) || (one_silent && left.context.shares_country(&right.context))
}
