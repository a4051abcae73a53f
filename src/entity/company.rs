//! All articles → the company that names keep in each: what tells two bearers of one name apart, or makes
//! two names one, where the words beside them do not.

use crate::entity::merge::Items;
use crate::rule::lexicon::KnownId;
use std::collections::{BTreeMap, BTreeSet};

/// What stands in each article beside a name.
#[derive(Debug, Default)]
pub(super) struct Company {
    /// For each article the rare names in it, as blocks, sorted.
    of_article: Vec<Vec<usize>>,
    /// For each article the country that it names most, where one is named more often than every other.
    main_country: Vec<Option<KnownId>>,
}

impl Company {
    /// A name in more articles than this says nothing of who stands beside it.
    const RARE: usize = 20;
    /// So many names of an article are enough; a list of 5,000 names is no company.
    const MOST: usize = 64;

    /// Counts names. O(n log n).
    pub(super) fn new(items: &Items, articles: usize) -> Self {
        let mut of_article: Vec<Vec<(usize, usize)>> = vec![Vec::new(); articles];
        let mut countries: Vec<BTreeMap<KnownId, u32>> = vec![BTreeMap::new(); articles];
        for (at, item) in items.items.iter().enumerate() {
            let block = items.block_of[at];
            let often = items.blocks[block].len();
            let telling = match item.base.as_str() {
                "Person" => item.is_full(),
                "Organisation" => item.name.known.is_some() || item.is_full(),
                _ => false,
            };
            if telling && (2..=Self::RARE).contains(&often) {
                of_article[item.article].push((often, block));
            }
            if let Some(country) = item.name.known.filter(|_| item.base == "Country") {
                *countries[item.article].entry(country).or_default() += item.name.mentions;
            }
        }
        let rarest = |mut names: Vec<(usize, usize)>| {
            names.sort_unstable();
            names.truncate(Self::MOST);
            let mut blocks: Vec<usize> = names.into_iter().map(|(_, block)| block).collect();
            blocks.sort_unstable();
            blocks.dedup();
            blocks
        };
        Self {
            of_article: of_article.into_iter().map(rarest).collect(),
            main_country: countries.iter().map(main).collect(),
        }
    }

    /// The rare names of an article, as blocks.
    pub(super) fn of(&self, article: usize) -> &[usize] {
        &self.of_article[article]
    }

    /// The country that an article names most.
    pub(super) fn main_country(&self, article: usize) -> Option<KnownId> {
        self.main_country[article]
    }

    /// All rare names of several articles.
    pub(super) fn all(&self, articles: impl Iterator<Item = usize>) -> BTreeSet<usize> {
        articles.flat_map(|article| self.of(article)).copied().collect()
    }
}

fn main(countries: &BTreeMap<KnownId, u32>) -> Option<KnownId> {
    let most = countries.values().max()?;
    let mut with = countries.iter().filter(|(_, count)| *count == most);
    let (country, _) = with.next()?;
    with.next().is_none().then_some(*country)
}
