//! A person's identities → joins and bars; and at the end, clusters → entities with ids.

use crate::diagnostic::Diagnostic;
use crate::entity::doubt::Doubt;
use crate::entity::form::slug;
use crate::entity::identities::{Entry, Group, Handle};
use crate::entity::merge::{Entities, Item, Merger};
use crate::entity::{Entity, EntityId};
use crate::rule::lexicon::KnownId;
use crate::rule::vocabulary::TypeId;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What a person's identities come to among these names.
#[derive(Default)]
pub(super) struct Told {
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The name or id that comes first in a list of `same`, with an item of its cluster.
    first: Vec<(usize, Handle, String)>,
}

/// The items that an entry means, and how closely it names them.
struct Meant {
    items: Vec<usize>,
    closeness: u8,
}

impl Merger<'_, '_> {
    /// Joins what `same` makes one, and bars what `not-same` keeps apart from ever being joined.
    pub(super) fn obey(&mut self) -> Told {
        let identities = &self.resolver.identities;
        let mut told = Told::default();
        if identities.is_empty() {
            return told;
        }
        let by_slug = self.by_slug();
        for group in &identities.same {
            let items: Vec<usize> =
                group.entries.iter().flat_map(|entry| self.meant(entry, &by_slug, &mut told).items).collect();
            if let (Some(at), Some(first)) = (items.first(), group.entries.first()) {
                let name = Handle::name(&first.text).to_owned();
                told.first.push((*at, first.handle.clone(), name));
            }
            self.join_all(items);
        }
        for (list, group) in identities.not_same.iter().enumerate() {
            self.keep_apart(list, group, &by_slug, &mut told);
        }
        told
    }

    fn keep_apart(
        &mut self,
        list: usize,
        group: &Group,
        by_slug: &BTreeMap<String, Vec<usize>>,
        told: &mut Told,
    ) {
        let mut meant: Vec<(usize, Meant)> = Vec::new();
        for (number, entry) in group.entries.iter().enumerate() {
            meant.push((number, self.meant(entry, by_slug, told)));
        }
        // "John Roe @ article-7" is somebody else than "John Roe", who is all the others.
        meant.sort_by_key(|(number, meant)| (Reverse(meant.closeness), *number));
        let mut labelled = BTreeSet::new();
        let mut owner: BTreeMap<usize, usize> = BTreeMap::new();
        for (number, Meant { items, .. }) in meant {
            let mut contradicted = None;
            for at in items {
                if !labelled.insert(at) {
                    continue;
                }
                let root = self.clusters.root(at);
                if !self.clusters.label(at, list, number) {
                    contradicted = owner.get(&root).copied();
                }
                owner.entry(root).or_insert(number);
            }
            if let Some(other) = contradicted {
                told.diagnostics.push(group.entries[number].contradicted(&group.entries[other]));
            }
        }
    }

    fn by_slug(&self) -> BTreeMap<String, Vec<usize>> {
        let mut by_slug: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (block, range) in self.items.blocks.iter().enumerate() {
            by_slug.entry(self.items.items[range.start].slug.clone()).or_default().push(block);
        }
        by_slug
    }

    /// Who is called so: by the whole name; by an id with what tells bearers of one name apart; by a short
    /// name, where it is one entity's only.
    fn meant(&self, entry: &Entry, by_slug: &BTreeMap<String, Vec<usize>>, told: &mut Told) -> Meant {
        let handle = &entry.handle;
        let in_article = |item: &Item| match &handle.article {
            Some(article) => self.ids[item.article].0 == article,
            None => true,
        };
        let of_slug = |slug: &str, suffix: Option<&str>| -> Vec<usize> {
            let blocks = by_slug.get(slug).into_iter().flatten();
            let items = blocks.flat_map(|block| self.items.blocks[*block].clone());
            let fits = |at: &usize| {
                let item = &self.items.items[*at];
                let base = handle.base.as_ref().is_none_or(|base| *base == item.base.to_lowercase());
                base && in_article(item)
                    && suffix.is_none_or(|suffix| self.suffixes(*at).iter().any(|(_, own)| own == suffix))
            };
            items.filter(fits).collect()
        };
        let closeness = if handle.article.is_some() { 3 } else { 0 };
        let items = of_slug(&handle.slug, None);
        if !items.is_empty() {
            return Meant { items, closeness };
        }
        let hyphens = handle.slug.match_indices('-').map(|(at, _)| at).filter(|_| handle.base.is_some());
        for at in hyphens.collect::<Vec<_>>().into_iter().rev() {
            let items = of_slug(&handle.slug[..at], Some(&handle.slug[at + 1..]));
            if !items.is_empty() {
                return Meant { items, closeness: closeness + 1 };
            }
        }
        let called = |item: &Item| {
            handle.base.is_none()
                && in_article(item)
                && item.name.forms.iter().any(|form| slug(form) == handle.slug)
        };
        let items = &self.items.items;
        let short: Vec<usize> = (0..items.len()).filter(|at| called(&items[*at])).collect();
        let names: BTreeSet<(&str, &str)> =
            short.iter().map(|at| (items[*at].base.as_str(), items[*at].slug.as_str())).collect();
        match names.len() {
            0 => {
                let known = items.iter().map(|item| item.name.name.as_str());
                told.diagnostics.push(entry.unknown(known));
                Meant { items: Vec::new(), closeness }
            }
            1 => Meant { items: short, closeness },
            _ => {
                told.diagnostics.push(entry.ambiguous(names.len()));
                Meant { items: Vec::new(), closeness }
            }
        }
    }

    /// What may stand after the name in the id of an item, the most telling first.
    fn suffixes(&self, at: usize) -> Vec<(usize, String)> {
        let item = &self.items.items[at];
        let country = |country: KnownId| slug(&self.rules.lexicon.known[country.0 as usize].name);
        let countries =
            self.countries(at, item.base == "Organisation").into_iter().map(|known| (0, country(known)));
        let posts = item.name.context.posts.iter().map(|post| (1, slug(post)));
        countries.chain(posts).chain([(2, slug(self.ids[item.article].0))]).collect()
    }

    /// Makes an entity of each cluster.
    pub(super) fn entities(&mut self, told: &Told) -> Entities {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.items.items.len() {
            members.entry(self.clusters.root(at)).or_default().push(at);
        }
        let mut chosen: BTreeMap<usize, (&Handle, &str)> = BTreeMap::new();
        for (at, handle, name) in &told.first {
            chosen.entry(self.clusters.root(*at)).or_insert((handle, name));
        }
        let mut named: BTreeMap<String, Vec<(usize, Entity)>> = BTreeMap::new();
        for (root, items) in &members {
            let entity = self.entity(items, chosen.get(root).copied());
            named.entry(entity.id.clone()).or_default().push((*root, entity));
        }
        let mut entities: Vec<(usize, Entity)> = Vec::with_capacity(members.len());
        let mut ids: BTreeSet<String> = named.keys().cloned().collect();
        for (_, bearers) in named {
            entities.extend(self.told_apart(bearers, &members, &mut ids));
        }
        entities.sort_by(|(_, left), (_, right)| left.id.cmp(&right.id));
        let numbers: BTreeMap<usize, u32> = entities.iter().map(|(root, _)| *root).zip(0..).collect();
        let mut links: Vec<Vec<EntityId>> =
            self.ids.iter().map(|(_, names)| vec![EntityId(0); names.names.len()]).collect();
        for (root, items) in &members {
            for at in items {
                let item = &self.items.items[*at];
                links[item.article][item.local] = EntityId(numbers[root]);
            }
        }
        let entities: Vec<Entity> = entities.into_iter().map(|(_, entity)| entity).collect();
        let doubts = self.told_doubts(&numbers, &entities);
        Entities { entities, doubts, links, diagnostics: Vec::new() }
    }

    fn entity(&self, items: &[usize], chosen: Option<(&Handle, &str)>) -> Entity {
        let mut names: BTreeMap<&str, (bool, bool, bool, u32)> = BTreeMap::new();
        let mut kinds: BTreeMap<TypeId, u32> = BTreeMap::new();
        let (mut forms, mut articles) = (BTreeSet::new(), BTreeMap::<u32, u32>::new());
        for at in items {
            let item = &self.items.items[*at];
            // The lexicon's name before others, a full name before a word, an office with its country before
            // one without, the usual before the rare.
            let known = item.name.known.is_some();
            let office = self.items.organisation(*at).filter(|name| name.office);
            let lead = office.is_some_and(|name| name.country.is_some());
            let count = names.entry(&item.name.name).or_insert((known, item.is_full(), lead, 0));
            count.3 += item.name.mentions.max(1);
            *kinds.entry(item.name.kind).or_default() +=
                item.name.mentions.max(1) * if known { 1000 } else { 1 };
            forms.extend(item.name.forms.iter().cloned());
            let article = u32::try_from(item.article).unwrap_or(u32::MAX);
            *articles.entry(article).or_default() += item.name.mentions;
        }
        let best = names.iter().max_by_key(|(name, count)| (**count, Reverse(**name)));
        let best = best.map(|(name, _)| (*name).to_owned()).unwrap_or_default();
        let name =
            chosen.filter(|(handle, _)| handle.base.is_none()).map_or(best, |(_, name)| name.to_owned());
        let kind =
            kinds.iter().max_by_key(|(kind, count)| (**count, **kind)).map_or(TypeId(0), |(kind, _)| *kind);
        let vocabulary = &self.rules.vocabulary;
        let base = vocabulary.entity_type(vocabulary.base(kind)).name.to_lowercase();
        let id = match chosen {
            Some((Handle { base: Some(base), slug, .. }, _)) => format!("{base}/{slug}"),
            _ => format!("{base}/{}", slug(&name)),
        };
        forms.remove(&name);
        Entity {
            id,
            name,
            kind,
            aliases: forms.into_iter().collect(),
            articles: articles.into_iter().collect(),
        }
    }

    /// Gives entities of one name different ids: the one of most articles keeps the plain one, the others
    /// are called after a country, a post or an article of theirs. Of equals nobody is plain, so that no id
    /// passes from one person to another by chance.
    fn told_apart(
        &self,
        mut bearers: Vec<(usize, Entity)>,
        members: &BTreeMap<usize, Vec<usize>>,
        ids: &mut BTreeSet<String>,
    ) -> Vec<(usize, Entity)> {
        if bearers.len() < 2 {
            return bearers;
        }
        bearers.sort_by_key(|(root, entity)| (Reverse(entity.articles.len()), *root));
        let first = usize::from(bearers[0].1.articles.len() > bearers[1].1.articles.len());
        for (root, entity) in bearers.iter_mut().skip(first) {
            let suffixes = self.suffixes_of(&members[root]);
            let last = suffixes.last().cloned().unwrap_or_default();
            let counted = (2..).map(|number| format!("{last}-{number}"));
            let mut possible =
                suffixes.into_iter().chain(counted).map(|suffix| format!("{}-{suffix}", entity.id));
            entity.id = possible.find(|id| ids.insert(id.clone())).unwrap_or_default();
        }
        bearers
    }

    /// What tells a cluster from others of its name: first what most of its items have.
    fn suffixes_of(&self, items: &[usize]) -> Vec<String> {
        let mut counts: BTreeMap<(usize, String), usize> = BTreeMap::new();
        for at in items {
            for (rank, suffix) in self.suffixes(*at) {
                *counts.entry((rank, suffix)).or_default() += 1;
            }
        }
        let mut counts: Vec<((usize, String), usize)> = counts.into_iter().collect();
        counts.sort_by_key(|((rank, suffix), count)| (*rank, Reverse(*count), suffix.clone()));
        counts.into_iter().map(|((_, suffix), _)| suffix).collect()
    }

    /// The doubts that are left when all is joined, as pairs of ids or, for one entity, of names in articles.
    fn told_doubts(&mut self, numbers: &BTreeMap<usize, u32>, entities: &[Entity]) -> Vec<Doubt> {
        let pairs = std::mem::take(&mut self.doubts.pairs);
        let mut doubts = BTreeSet::new();
        for ((left, right), (joined, reason)) in pairs {
            let [one, other] = [left, right].map(|at| self.clusters.root(at));
            if joined != (one == other) {
                continue;
            }
            let handle = |at: usize, root: usize| {
                let item = &self.items.items[at];
                if joined {
                    format!("{} @ {}", item.name.name, self.ids[item.article].0)
                } else {
                    entities[numbers[&root] as usize].id.clone()
                }
            };
            doubts.insert(Doubt { joined, reason, left: handle(left, one), right: handle(right, other) });
        }
        let mut doubts: Vec<Doubt> = doubts.into_iter().collect();
        doubts.sort_by(|left, right| {
            (left.joined, left.reason, left).cmp(&(right.joined, right.reason, right))
        });
        doubts
    }
}
