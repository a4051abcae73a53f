//! The names of all articles → [`Entities`]: one node for each.

use crate::entity::alias::LocalNames;
use crate::entity::{Entity, EntityId};
use crate::mention::fold;
use crate::rule::vocabulary::Vocabulary;
use std::collections::{BTreeMap, BTreeSet};

/// All entities, and which of them each name of each article means.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    /// Sorted by id.
    pub entities: Vec<Entity>,
    links: Vec<Vec<EntityId>>,
}

impl Entities {
    /// The entity of an article's local name.
    pub fn of(&self, article: usize, local: usize) -> Option<EntityId> {
        self.links.get(article)?.get(local).copied()
    }
}

/// What is gathered for one entity.
#[derive(Default)]
struct Gathered {
    /// Name → how often an article calls it so; the kinds seen beside it.
    names: BTreeMap<String, u32>,
    kinds: BTreeMap<crate::rule::vocabulary::TypeId, u32>,
    forms: BTreeSet<String>,
    mentions: u32,
    articles: Vec<u32>,
}

/// Joins names of the same type and slug. O(n log n) in the number of names.
pub fn merge(articles: &[&LocalNames], vocabulary: &Vocabulary) -> Entities {
    let mut gathered: BTreeMap<String, Gathered> = BTreeMap::new();
    let mut ids: Vec<Vec<String>> = Vec::with_capacity(articles.len());
    for (article, local) in articles.iter().enumerate() {
        let mut of_article = Vec::with_capacity(local.names.len());
        for name in &local.names {
            let base = &vocabulary.entity_type(vocabulary.base(name.kind)).name;
            let id = format!("{}/{}", base.to_lowercase(), slug(&name.name));
            let entity = gathered.entry(id.clone()).or_default();
            *entity.names.entry(name.name.clone()).or_default() += name.mentions.max(1);
            *entity.kinds.entry(name.kind).or_default() += name.mentions.max(1);
            entity.forms.extend(name.forms.iter().cloned());
            entity.mentions += name.mentions;
            entity.articles.extend(u32::try_from(article).ok());
            of_article.push(id);
        }
        ids.push(of_article);
    }
    let numbers: BTreeMap<&String, u32> = gathered.keys().zip(0..).collect();
    let links =
        ids.iter().map(|of_article| of_article.iter().map(|id| EntityId(numbers[id])).collect()).collect();
    drop(numbers);
    Entities { entities: gathered.into_iter().map(entity).collect(), links }
}

fn entity((id, mut gathered): (String, Gathered)) -> Entity {
    let most = |counts: &BTreeMap<String, u32>| {
        let best = counts.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse((*name).clone())));
        best.map(|(name, _)| name.clone()).unwrap_or_default()
    };
    let name = most(&gathered.names);
    let kind = gathered.kinds.iter().max_by_key(|(kind, count)| (**count, **kind)).map(|(kind, _)| *kind);
    gathered.forms.remove(&name);
    gathered.articles.dedup();
    Entity {
        id,
        name,
        kind: kind.unwrap_or(crate::rule::vocabulary::TypeId(0)),
        aliases: gathered.forms.into_iter().collect(),
        mentions: gathered.mentions,
        articles: gathered.articles,
    }
}

/// A name as part of an id: small ASCII letters and digits, words joined by hyphens. A name without any
/// such letter is spelt by its hash.
fn slug(name: &str) -> String {
    let plain = fold(name).replace('\'', "");
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-");
    if slug.is_empty() { format!("{:016x}", xxhash_rust::xxh3::xxh3_64(name.as_bytes())) } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_and_never_empty() {
        assert_eq!(slug("Jarosław Kaczyński"), "jaroslaw-kaczynski");
        assert_eq!(slug("People's Bank of China"), "peoples-bank-of-china");
        assert_eq!(slug("AT&T Inc."), "at-t-inc");
        assert_eq!(slug("???").len(), 16);
    }
}
