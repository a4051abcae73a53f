//! The names of all articles → [`Entities`]: one node for each.
//!
//! Names are sorted into blocks of one type and spelling, so that no two names are ever compared that have
//! nothing in common (blocking; Christen, *Data Matching*, 2012, ch. 4). Each step then looks into blocks, or
//! into those that one key brings together: bearers of one full name (`homonym`), other forms of a person's
//! name and surnames (`person`), names and acronyms of organisations (`organisation`).

use crate::diagnostic::Diagnostic;
use crate::entity::alias::{LocalName, LocalNames};
use crate::entity::cluster::Clusters;
use crate::entity::company::Company;
use crate::entity::doubt::{Doubt, Doubts};
use crate::entity::form::{Forms, slug};
use crate::entity::{Entity, EntityId, Resolver};
use crate::rule::RuleSet;
use crate::rule::lexicon::KnownId;
use crate::rule::vocabulary::TypeId;
use std::collections::BTreeMap;
use std::ops::Range;

/// All entities, and which of them each name of each article means.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    /// Sorted by id.
    pub entities: Vec<Entity>,
    /// What a person should look at.
    pub doubts: Vec<Doubt>,
    /// What is wrong with the identities that were given.
    pub diagnostics: Vec<Diagnostic>,
    pub(super) links: Vec<Vec<EntityId>>,
}

impl Entities {
    /// The entity of an article's local name.
    pub fn of(&self, article: usize, local: usize) -> Option<EntityId> {
        self.links.get(article)?.get(local).copied()
    }
}

/// One entity of one article, among those of all.
#[derive(Debug)]
pub(super) struct Item<'n> {
    pub(super) article: usize,
    pub(super) local: usize,
    pub(super) name: &'n LocalName,
    /// The name of its widest type below actor: "Person".
    pub(super) base: String,
    pub(super) slug: String,
}

impl Item<'_> {
    /// Whether a name has several words; "Byron-Poe" is one.
    pub(super) fn is_full(&self) -> bool {
        self.name.name.contains(' ')
    }
}

/// The entities of all articles, in an order that does not depend on that of the articles: by type,
/// spelling and the article's id.
#[derive(Debug)]
pub(super) struct Items<'n> {
    pub(super) items: Vec<Item<'n>>,
    /// Stretches of one type and spelling.
    pub(super) blocks: Vec<Range<usize>>,
    /// For each item its block.
    pub(super) block_of: Vec<usize>,
    /// For each block of organisations that the lexicon does not know what their name is made of.
    organisations: Vec<Option<OrganisationName>>,
}

/// The name of an organisation in its parts.
#[derive(Debug)]
pub(super) struct OrganisationName {
    /// The country that it begins with.
    pub(super) country: Option<KnownId>,
    /// What follows, in its usual spelling and without legal form.
    pub(super) rest: String,
    /// Whether that is the name of an office that many countries have.
    pub(super) office: bool,
}

impl<'n> Items<'n> {
    fn new(articles: &[(&str, &'n LocalNames)], rules: &RuleSet, forms: &Forms) -> Self {
        let vocabulary = &rules.vocabulary;
        let base = |kind: TypeId| vocabulary.entity_type(vocabulary.base(kind)).name.clone();
        let mut items = Vec::new();
        for (article, (_, names)) in articles.iter().enumerate() {
            items.extend(names.names.iter().enumerate().map(|(local, name)| Item {
                article,
                local,
                name,
                base: base(name.kind),
                slug: slug(&name.name),
            }));
        }
        items.sort_by(|left, right| {
            let key = |item: &Item<'n>| (articles[item.article].0, item.local);
            (&left.base, &left.slug).cmp(&(&right.base, &right.slug)).then_with(|| key(left).cmp(&key(right)))
        });
        let mut blocks: Vec<Range<usize>> = Vec::new();
        let mut block_of = Vec::with_capacity(items.len());
        for at in 0..items.len() {
            let same = |other: &Item| other.base == items[at].base && other.slug == items[at].slug;
            match blocks.last_mut().filter(|block| same(&items[block.start])) {
                Some(block) => block.end = at + 1,
                None => blocks.push(at..at + 1),
            }
            block_of.push(blocks.len() - 1);
        }
        let organisation = |block: &Range<usize>| {
            let first = &items[block.start];
            (first.base == "Organisation" && first.name.known.is_none()).then(|| {
                let (country, rest) = forms.organisation(&first.name.name);
                let words: Vec<String> = rest.split(' ').map(str::to_owned).collect();
                OrganisationName { country, office: forms.is_common(&words), rest }
            })
        };
        let organisations = blocks.iter().map(organisation).collect();
        Self { items, blocks, block_of, organisations }
    }

    /// What the name of an item is made of, where it is an organisation that the lexicon does not know.
    pub(super) fn organisation(&self, at: usize) -> Option<&OrganisationName> {
        self.organisations[self.block_of[at]].as_ref()
    }

    /// Whether an item is an office such as *Supreme Court*: one name, another in every country.
    pub(super) fn is_office(&self, at: usize) -> bool {
        self.organisation(at).is_some_and(|name| name.office)
    }

    /// The blocks whose names are of one type and unknown to the lexicon, each with its spelling.
    pub(super) fn unknown<'i>(&'i self, base: &'i str) -> impl Iterator<Item = (usize, &'i Item<'n>)> {
        let first = self.blocks.iter().enumerate().map(|(block, range)| (block, &self.items[range.start]));
        first.filter(move |(_, item)| item.base == base && item.name.known.is_none())
    }
}

/// Everything that the steps look at, and what they have found.
pub(super) struct Merger<'m, 'n> {
    pub(super) resolver: &'m Resolver,
    pub(super) rules: &'m RuleSet,
    /// The articles' ids.
    pub(super) ids: &'m [(&'m str, &'n LocalNames)],
    pub(super) items: Items<'n>,
    pub(super) company: Company,
    pub(super) clusters: Clusters,
    pub(super) doubts: Doubts,
}

impl Resolver {
    /// Finds which names of all articles, each with its id, are one. O(n log n) in the number of names.
    ///
    /// The result does not depend on the order of the articles, but for the numbers in it.
    pub fn merge(&self, rules: &RuleSet, articles: &[(&str, &LocalNames)]) -> Entities {
        let items = Items::new(articles, rules, &self.forms);
        let company = Company::new(&items, articles.len());
        let clusters = Clusters::new(items.items.len());
        let doubts = Doubts::default();
        let mut merger = Merger { resolver: self, rules, ids: articles, items, company, clusters, doubts };
        let told = merger.obey();
        merger.join_known();
        merger.join_offices();
        merger.join_blocks();
        merger.join_types();
        merger.join_spellings();
        merger.join_acronyms();
        merger.join_full_names();
        merger.join_surnames();
        let mut entities = merger.entities(&told);
        entities.diagnostics = told.diagnostics;
        entities
    }
}

impl Merger<'_, '_> {
    /// What the lexicon knows as one is one, whatever it is called.
    fn join_known(&mut self) {
        let mut first = BTreeMap::new();
        for at in 0..self.items.items.len() {
            if let Some(known) = self.items.items[at].name.known {
                let first = *first.entry(known).or_insert(at);
                self.clusters.join(first, at);
            }
        }
    }

    /// Names of one type and spelling. Surnames and offices are left to their own steps.
    fn join_blocks(&mut self) {
        for block in 0..self.items.blocks.len() {
            let range = self.items.blocks[block].clone();
            let first = &self.items.items[range.start];
            match first.base.as_str() {
                "Person" if first.is_full() => self.join_bearers(range),
                "Person" => {}
                _ if self.items.is_office(range.start) => {}
                _ => self.join_all(range),
            }
        }
    }

    /// One name of several words that articles take for several types is one entity: where nothing tells what
    /// a name names, sentences give different answers.
    fn join_types(&mut self) {
        let mut spelt: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for base in ["Person", "Organisation", "Place"] {
            for (block, item) in self.items.unknown(base).filter(|(_, item)| item.slug.contains('-')) {
                spelt.entry(&item.slug).or_default().push(block);
            }
        }
        let several: Vec<Vec<usize>> = spelt.into_values().filter(|blocks| blocks.len() > 1).collect();
        for blocks in several {
            let items: Vec<usize> =
                blocks.into_iter().flat_map(|block| self.items.blocks[block].clone()).collect();
            self.join_all(items);
        }
    }

    /// Makes items one; where a person forbids it, as few as that allows.
    pub(super) fn join_all(&mut self, items: impl IntoIterator<Item = usize>) {
        let mut heads: Vec<usize> = Vec::new();
        for at in items {
            if !heads.iter().any(|head| self.clusters.join(*head, at)) {
                heads.push(at);
            }
        }
    }
}
