//! The mentions of one article → its [`LocalNames`]: who is who inside one text.

use crate::language::Sentence;
use crate::matcher::{Bound, Match};
use crate::mention::{Mention, Mentions, fold};
use crate::rule::RuleSet;
use crate::rule::lexicon::KnownId;
use crate::rule::vocabulary::TypeId;
use std::collections::{BTreeMap, BTreeSet};

/// The entities of one article, before other articles are known.
#[derive(Debug, Clone, Default)]
pub struct LocalNames {
    /// Each entity once.
    pub(super) names: Vec<LocalName>,
    /// For each mention the index of its entity.
    of_mention: Vec<usize>,
    /// Countries that some capital stands for.
    of_country: BTreeMap<KnownId, usize>,
}

/// One entity of one article.
#[derive(Debug, Clone)]
pub(super) struct LocalName {
    pub(super) kind: TypeId,
    /// Its fullest name.
    pub(super) name: String,
    /// Every string that mentions it.
    pub(super) forms: BTreeSet<String>,
    pub(super) mentions: u32,
}

impl LocalNames {
    /// The entity that a bound mention means, as an index that [`Entities`](super::Entities) understands.
    pub fn of(&self, bound: &Bound) -> Option<usize> {
        match bound.stands_for {
            Some(country) => self.of_country.get(&country).copied(),
            None => self.of_mention.get(bound.mention).copied(),
        }
    }

    /// The name of an entity.
    pub fn name(&self, index: usize) -> &str {
        self.names.get(index).map_or("", |name| &name.name)
    }
}

/// Sorts the mentions of an article by whom they mean. O(mentions · names that share a word).
///
/// `matches` tell for which countries capitals stand in this article.
pub fn names(
    rules: &RuleSet,
    text: &str,
    sentences: &[Sentence],
    mentions: &Mentions,
    matches: &[Match],
) -> LocalNames {
    let mut sorter = Sorter::new(rules);
    let shown: Vec<String> = mentions
        .names
        .iter()
        .map(|mention| sentences[mention.sentence].text_of(mention.tokens.clone(), text))
        .collect();
    let acronyms = bracketed(&mentions.names, sentences);
    // Full names first, so that a surname finds its owner wherever it stands.
    let mut order: Vec<usize> = (0..shown.len()).collect();
    order.sort_by_key(|at| {
        (acronyms.contains_key(at), std::cmp::Reverse(mentions.names[*at].tokens.len()), *at)
    });
    let mut of_mention = vec![0; shown.len()];
    for at in order.iter().copied().filter(|at| mentions.names[*at].refers_to.is_none()) {
        let mention = &mentions.names[at];
        let entity = match acronyms.get(&at) {
            Some(full) => sorter.alias(of_mention[*full], &shown[at]),
            None => sorter.entity(mention, &shown[at], at),
        };
        of_mention[at] = entity;
        let name = &mut sorter.local.names[entity];
        name.mentions += 1;
        name.forms.insert(shown[at].clone());
    }
    for (at, mention) in mentions.names.iter().enumerate() {
        if let Some(meant) = mention.refers_to {
            of_mention[at] = of_mention[meant];
            sorter.local.names[of_mention[at]].mentions += 1;
        }
    }
    let bound = matches.iter().flat_map(|found| &found.pairs).flat_map(|(subject, object)| [subject, object]);
    let bound = bound.chain(matches.iter().flat_map(|found| &found.source));
    let standing: BTreeSet<(usize, KnownId)> =
        bound.filter_map(|bound| Some((bound.mention, bound.stands_for?))).collect();
    for (mention, country) in standing {
        sorter.add_country(country, &shown[mention]);
    }
    // A country inside a name is mentioned where something was read in the name.
    of_mention.resize(mentions.names.len() + mentions.inner.len(), usize::MAX);
    let inner = |number: &usize| *number >= mentions.names.len();
    let bound = matches.iter().flat_map(|found| &found.pairs).flat_map(|(subject, object)| [subject, object]);
    let read: BTreeSet<usize> = bound.map(|bound| bound.mention).filter(inner).collect();
    for number in read {
        let Some(country) = mentions.mention(number).known else { continue };
        let entity = sorter.known_entity(country);
        of_mention[number] = entity;
        sorter.local.names[entity].mentions += 1;
    }
    sorter.local.of_mention = of_mention;
    sorter.local
}

struct Sorter<'s> {
    rules: &'s RuleSet,
    local: LocalNames,
    known: BTreeMap<KnownId, usize>,
    unknown: BTreeMap<String, usize>,
    /// For each entity, the words of its name in small letters.
    words: Vec<Vec<String>>,
    /// For each entity, the mentions that give its full name.
    full: Vec<BTreeSet<usize>>,
    /// Entities by the first word, the last word and the initials of their names.
    by_word: BTreeMap<String, Vec<usize>>,
    legal_forms: BTreeSet<String>,
}

impl<'s> Sorter<'s> {
    fn new(rules: &'s RuleSet) -> Self {
        Self {
            rules,
            local: LocalNames::default(),
            known: BTreeMap::new(),
            unknown: BTreeMap::new(),
            words: Vec::new(),
            full: Vec::new(),
            by_word: BTreeMap::new(),
            legal_forms: rules.lexicon.words("legal_form").iter().map(|form| folded(form)).collect(),
        }
    }

    fn entity(&mut self, mention: &Mention, shown: &str, at: usize) -> usize {
        let folded = folded(shown);
        if let Some(entity) = self.unknown.get(&folded) {
            self.full[*entity].insert(at);
            return *entity;
        }
        if let Some(known) = mention.known {
            return self.known_entity(known);
        }
        let words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
        let mut same = self.candidates(&words);
        same.retain(|entity| self.is_short_for(&words, mention.kind, *entity));
        // "Wang" after "Wang Yi … Wang Yu" is the one named last before it.
        // A first word only counts where it is nobody's last: newspapers call people by their family name,
        // which stands first in China and Korea ("Xi", "Kim").
        let last = |entity: usize| self.words[entity].last() != words.last();
        let nearest = same.into_iter().min_by_key(|entity| (last(*entity), self.distance(*entity, at)));
        nearest.unwrap_or_else(|| {
            let entity = self.add(mention.kind, shown.to_owned());
            self.full[entity].insert(at);
            self.unknown.insert(folded, entity);
            entity
        })
    }

    /// The entities whose name begins or ends with one of these words, or has them for its initials.
    fn candidates(&self, words: &[String]) -> Vec<usize> {
        let ends = words.first().into_iter().chain(words.last());
        let mut candidates: Vec<usize> =
            ends.filter_map(|word| self.by_word.get(word)).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }

    /// How far back the entity's full name stands before mention `at`; names after it come last.
    fn distance(&self, entity: usize, at: usize) -> (bool, usize) {
        let full = &self.full[entity];
        let before = full.range(..at).next_back().map(|full| (false, at - full));
        before.or_else(|| full.range(at..).next().map(|full| (true, full - at))).unwrap_or((true, usize::MAX))
    }

    fn known_entity(&mut self, known: KnownId) -> usize {
        if let Some(entity) = self.known.get(&known) {
            return *entity;
        }
        let entry = &self.rules.lexicon.known[known.0 as usize];
        let entity = self.add(entry.kind, entry.name.clone());
        self.known.insert(known, entity);
        entity
    }

    fn add(&mut self, kind: TypeId, name: String) -> usize {
        let entity = self.local.names.len();
        let words: Vec<String> = folded(&name).split(' ').map(str::to_owned).collect();
        for word in words.first().into_iter().chain(words.last()).cloned().chain([initials(&name)]) {
            self.by_word.entry(word).or_default().push(entity);
        }
        self.full.push(BTreeSet::new());
        self.words.push(words);
        self.local.names.push(LocalName { kind, name, forms: BTreeSet::new(), mentions: 0 });
        entity
    }

    fn alias(&mut self, entity: usize, shown: &str) -> usize {
        self.unknown.insert(folded(shown), entity);
        entity
    }

    /// The government behind a capital is mentioned where the capital stands for it.
    fn add_country(&mut self, country: KnownId, shown: &str) {
        let entity = self.known_entity(country);
        self.local.of_country.insert(country, entity);
        let name = &mut self.local.names[entity];
        name.mentions += 1;
        name.forms.insert(shown.to_owned());
    }

    /// Whether `words` is a short form of the entity's name: a surname, a name without its middle, the
    /// initials of an organisation, a company without its legal form.
    fn is_short_for(&self, words: &[String], kind: TypeId, entity: usize) -> bool {
        let full = &self.words[entity];
        let vocabulary = &self.rules.vocabulary;
        let base = |kind| vocabulary.entity_type(vocabulary.base(kind)).name.as_str();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
        match (base(kind), base(self.local.names[entity].kind)) {
            ("Person", "Person") if words.len() == 1 => {
                full.len() > 1 && (full.last() == Some(last) || full.first() == Some(last))
            }
            ("Person", "Person") => {
                full.ends_with(words) || (full.first() == Some(first) && full.last() == Some(last))
            }
            ("Organisation", "Organisation") if words.len() == 1 && full.len() > 2 => {
                *first == initials(&self.local.names[entity].name)
            }
            ("Organisation", "Organisation") => {
                full.starts_with(words)
                    && full[words.len()..].iter().all(|word| self.legal_forms.contains(word))
            }
            _ => false,
        }
    }
}

/// Letters without case and marks, words apart by one space.
fn folded(name: &str) -> String {
    let name = fold(name);
    let words = name.split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '&');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn initials(name: &str) -> String {
    let capitals = name.split([' ', '-']).filter_map(|word| word.chars().next());
    capitals.filter(|letter| letter.is_uppercase()).flat_map(char::to_lowercase).collect()
}

/// Acronyms in brackets right after a name, "the Shanghai Cooperation Organisation (SCO)": index of the
/// acronym's mention → index of the name's.
fn bracketed(names: &[Mention], sentences: &[Sentence]) -> BTreeMap<usize, usize> {
    let mut acronyms = BTreeMap::new();
    for (at, pair) in names.windows(2).enumerate() {
        let [name, acronym] = pair else { continue };
        let tokens = &sentences[name.sentence].tokens;
        let between = tokens.get(name.tokens.end).is_some_and(|token| token.lemma == "(");
        let after = tokens.get(acronym.tokens.end).is_some_and(|token| token.lemma == ")");
        let touching = name.sentence == acronym.sentence && acronym.tokens.start == name.tokens.end + 1;
        if between && after && touching && acronym.tokens.len() == 1 && name.tokens.len() > 1 {
            acronyms.insert(at + 1, at);
        }
    }
    acronyms
}
