//! The mentions of one article → its [`LocalNames`]: who is who inside one text.

use crate::entity::Resolver;
use crate::entity::context::Context;
use crate::entity::form::{folded, slug};
use crate::language::Sentence;
use crate::matcher::{Bound, Match};
use crate::mention::{Mention, Mentions, initials};
use crate::rule::RuleSet;
use crate::rule::lexicon::{KnownId, Usage};
use crate::rule::vocabulary::TypeId;
use std::collections::{BTreeMap, BTreeSet};

/// The entities of one article, before other articles are known.
#[derive(Debug, Clone, Default)]
pub struct LocalNames {
    /// Each entity once.
    pub(super) names: Vec<LocalName>,
    /// For each mention the index of its entity, and how sure that is.
    of_mention: Vec<(usize, Certainty)>,
    /// Countries that some capital stands for.
    of_country: BTreeMap<KnownId, usize>,
}

/// One entity of one article.
#[derive(Debug, Clone)]
pub(super) struct LocalName {
    pub(super) kind: TypeId,
    /// The lexicon's entry, where it has one.
    pub(super) known: Option<KnownId>,
    /// Its fullest name.
    pub(super) name: String,
    /// Every string that mentions it.
    pub(super) forms: BTreeSet<String>,
    /// Acronyms that the article puts in brackets after its name.
    pub(super) acronyms: BTreeSet<String>,
    pub(super) context: Context,
    pub(super) mentions: u32,
}

/// How sure it is that a mention means its entity, the surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// A pronoun or description stands for it.
    Reference,
    /// A capital, a building or the name of a people stands for it.
    Metonym,
    /// A part of its name: a surname, initials.
    Short,
    /// Its full name, or a name that the lexicon knows.
    Full,
}

impl LocalNames {
    /// The entity that a bound mention means, as an index that [`Entities`](super::Entities) understands.
    pub fn of(&self, bound: &Bound) -> Option<usize> {
        match bound.stands_for {
            Some(country) => self.of_country.get(&country).copied(),
            None => Some(self.of_mention.get(bound.mention)?.0),
        }
    }

    /// How sure it is that a bound mention means its entity.
    pub fn certainty(&self, bound: &Bound) -> Certainty {
        let sure = self.of_mention.get(bound.mention).map_or(Certainty::Reference, |(_, sure)| *sure);
        if bound.stands_for.is_some() { sure.min(Certainty::Metonym) } else { sure }
    }

    /// The name of an entity.
    pub fn name(&self, index: usize) -> &str {
        self.names.get(index).map_or("", |name| &name.name)
    }
}

impl Resolver {
    /// Sorts the mentions of an article by whom they mean. O(mentions · names that share a word).
    ///
    /// `matches` tell for which countries capitals stand in this article.
    pub fn names(
        &self,
        rules: &RuleSet,
        text: &str,
        sentences: &[Sentence],
        mentions: &Mentions,
        matches: &[Match],
    ) -> LocalNames {
        let mut sorter = Sorter::new(self, rules);
        let names = &mentions.names;
        sorter.apart = apart(rules, names, matches);
        let shown: Vec<String> = names
            .iter()
            .map(|mention| sentences[mention.sentence].text_of(mention.tokens.clone(), text))
            .collect();
        let acronyms = sorter.bracketed(names, &shown, sentences);
        // Full names first, so that a surname finds its owner wherever it stands.
        let mut order: Vec<usize> = (0..shown.len()).filter(|at| names[*at].refers_to.is_none()).collect();
        order.sort_by_key(|at| (acronyms.contains_key(at), std::cmp::Reverse(names[*at].tokens.len()), *at));
        let mut of_mention = vec![(0, Certainty::Reference); shown.len()];
        for at in order {
            let context = self.context.of(at, names, sentences);
            let entity = match acronyms.get(&at) {
                Some(full) => sorter.acronym(of_mention[*full].0, &shown[at]),
                None => sorter.entity(&names[at], &shown[at], at, &context),
            };
            of_mention[at] = (entity, sorter.certainty(&names[at], &shown[at], entity));
            let name = &mut sorter.local.names[entity];
            name.mentions += 1;
            name.context.add(&context);
            name.forms.insert(shown[at].clone());
        }
        for (at, mention) in names.iter().enumerate() {
            if let Some(meant) = mention.refers_to {
                of_mention[at].0 = of_mention[meant].0;
                sorter.local.names[of_mention[at].0].mentions += 1;
            }
        }
        let pairs = matches.iter().flat_map(|found| &found.pairs);
        let bound = pairs.flat_map(|(subject, object)| [subject, object]);
        let bound = bound.chain(matches.iter().flat_map(|found| &found.source));
        let standing: BTreeSet<(usize, KnownId)> =
            bound.filter_map(|bound| Some((bound.mention, bound.stands_for?))).collect();
        for (mention, country) in standing {
            sorter.add_country(country, &shown[mention]);
        }
        // A country inside a name is mentioned where something was read in the name.
        of_mention.resize(names.len() + mentions.inner.len(), (usize::MAX, Certainty::Reference));
        let pairs = matches.iter().flat_map(|found| &found.pairs);
        let bound = pairs.flat_map(|(subject, object)| [subject.mention, object.mention]);
        for number in bound.filter(|number| *number >= names.len()).collect::<BTreeSet<usize>>() {
            let Some(country) = mentions.mention(number).known else { continue };
            let entity = sorter.known_entity(country);
            of_mention[number] = (entity, Certainty::Metonym);
            sorter.local.names[entity].mentions += 1;
        }
        sorter.local.of_mention = of_mention;
        sorter.local
    }
}

pub(super) struct Sorter<'s> {
    pub(super) resolver: &'s Resolver,
    rules: &'s RuleSet,
    local: LocalNames,
    known: BTreeMap<KnownId, usize>,
    pub(super) unknown: BTreeMap<String, usize>,
    /// Surnames that cannot be any bearer's because of the post before them: "Ambassador Wang".
    titled: BTreeMap<(String, Vec<String>), usize>,
    /// For each entity, the words of its name in small letters.
    words: Vec<Vec<String>>,
    /// For each entity, the mentions that give its full name.
    full: Vec<BTreeSet<usize>>,
    /// Entities by the first word, the last word and the initials of their names.
    by_word: BTreeMap<String, Vec<usize>>,
    /// Mentions that cannot mean the same person, either way round.
    apart: BTreeSet<(usize, usize)>,
}

/// Nobody is his own father: where the article says of two mentions that they are relatives, or that one succeeded
/// the other, they are two people, though one is called as the other is in short.
fn apart(rules: &RuleSet, names: &[Mention], matches: &[Match]) -> BTreeSet<(usize, usize)> {
    let person = rules.vocabulary.type_id("Person");
    let between_people = |found: &&Match| {
        let relation = rules.relation(rules.rules[found.rule].relation);
        person.is_some_and(|person| relation.subject == [person] && relation.object == [person])
    };
    let meant =
        |bound: &Bound| names.get(bound.mention).and_then(|name| name.refers_to).unwrap_or(bound.mention);
    let pairs = matches.iter().filter(between_people).flat_map(|found| &found.pairs);
    let pairs = pairs.map(|(subject, object)| (meant(subject), meant(object)));
    pairs.flat_map(|(one, other)| [(one, other), (other, one)]).collect()
}

impl<'s> Sorter<'s> {
    fn new(resolver: &'s Resolver, rules: &'s RuleSet) -> Self {
        Self {
            resolver,
            rules,
            local: LocalNames::default(),
            known: BTreeMap::new(),
            unknown: BTreeMap::new(),
            titled: BTreeMap::new(),
            words: Vec::new(),
            full: Vec::new(),
            by_word: BTreeMap::new(),
            apart: BTreeSet::new(),
        }
    }

    fn entity(&mut self, mention: &Mention, shown: &str, at: usize, context: &Context) -> usize {
        let folded = folded(shown);
        let words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
        let surname = words.len() == 1 && self.base(mention.kind) == "Person";
        if let Some(entity) = self.unknown.get(&folded).copied()
            && !(surname && self.is_other(entity, context))
        {
            self.full[entity].insert(at);
            return entity;
        }
        if let Some(known) = mention.known {
            return self.known_entity(known);
        }
        if let Some(known) = self.known_company(mention.kind, &folded) {
            return self.known_entity(known);
        }
        let mut same = self.candidates(&words);
        same.retain(|entity| self.is_short_for(&words, mention.kind, *entity));
        let forbidden = |name: &str| self.resolver.identities.forbid(&slug(shown), &slug(name));
        same.retain(|entity| !forbidden(&self.local.names[*entity].name));
        // "Poe is married to Mary Poe"
        same.retain(|entity| !self.full[*entity].iter().any(|full| self.apart.contains(&(*full, at))));
        let bearers = same.len();
        if surname {
            self.keep_fitting(&mut same, context);
        } else if self.resolver.forms.is_common(&words) && bearers > 1 {
            same.clear();
        }
        // "Wang" after "Wang Yi … Wang Yu" is the one named last before it.
        // A first word only counts where it is nobody's last: newspapers call people by their family name,
        // which stands first in China and Korea ("Xi", "Kim").
        let last = |entity: usize| self.words[entity].last() != words.last();
        let nearest = same.into_iter().min_by_key(|entity| (last(*entity), self.distance(*entity, at)));
        if let Some(entity) = nearest {
            return entity;
        }
        let titled = (folded.clone(), context.posts.iter().cloned().collect::<Vec<_>>());
        let other = surname && (bearers > 0 || self.unknown.contains_key(&folded));
        if other && let Some(entity) = self.titled.get(&titled) {
            return *entity;
        }
        let entity = self.add(mention.kind, None, shown.to_owned());
        self.full[entity].insert(at);
        if other {
            self.titled.insert(titled, entity);
        } else {
            self.unknown.insert(folded, entity);
        }
        entity
    }

    /// Whether a surname that was found alone before is another person's here.
    fn is_other(&self, entity: usize, context: &Context) -> bool {
        context.contradicts(&self.local.names[entity].context)
    }

    /// Of the bearers of a surname, those that the words beside it can mean: where one has the post that it
    /// is named with, those who have it; where all have others, and they are several, nobody.
    fn keep_fitting(&self, bearers: &mut Vec<usize>, context: &Context) {
        let of = |entity: &usize| &self.local.names[*entity].context;
        let several = bearers.len() > 1;
        bearers.retain(|entity| !context.contradicts(of(entity)));
        if bearers.iter().any(|entity| context.shares_post(of(entity))) {
            bearers.retain(|entity| context.shares_post(of(entity)));
        } else if several && !context.posts.is_empty() {
            bearers.retain(|entity| of(entity).posts.is_empty());
        }
    }

    fn known_company(&self, kind: TypeId, folded: &str) -> Option<KnownId> {
        let organisation = self.base(kind) == "Organisation";
        organisation.then(|| self.resolver.forms.known_organisation(folded)).flatten()
    }

    pub(super) fn base(&self, kind: TypeId) -> &'s str {
        let vocabulary = &self.rules.vocabulary;
        &vocabulary.entity_type(vocabulary.base(kind)).name
    }

    fn certainty(&self, mention: &Mention, shown: &str, entity: usize) -> Certainty {
        match mention.usage {
            Usage::Pronoun | Usage::Description => Certainty::Reference,
            Usage::Seat | Usage::Demonym => Certainty::Metonym,
            _ if mention.known.is_some() => Certainty::Full,
            _ if folded(shown).split(' ').count() < self.words[entity].len() => Certainty::Short,
            _ => Certainty::Full,
        }
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

    pub(super) fn known_entity(&mut self, known: KnownId) -> usize {
        if let Some(entity) = self.known.get(&known) {
            return *entity;
        }
        let entry = &self.rules.lexicon.known[known.0 as usize];
        let entity = self.add(entry.kind, Some(known), entry.name.clone());
        self.known.insert(known, entity);
        entity
    }

    fn add(&mut self, kind: TypeId, known: Option<KnownId>, name: String) -> usize {
        let entity = self.local.names.len();
        let words: Vec<String> = folded(&name).split(' ').map(str::to_owned).collect();
        for word in words.first().into_iter().chain(words.last()).cloned().chain([initials(&name)]) {
            let entities = self.by_word.entry(word).or_default();
            if entities.last() != Some(&entity) {
                entities.push(entity);
            }
        }
        let context = match words.first().filter(|_| words.len() > 1 && self.base(kind) == "Person") {
            Some(first) => self.resolver.context.of_first_name(first),
            None => Context::default(),
        };
        self.full.push(BTreeSet::new());
        self.words.push(words);
        let (forms, acronyms) = (BTreeSet::new(), BTreeSet::new());
        self.local.names.push(LocalName { kind, known, name, forms, acronyms, context, mentions: 0 });
        entity
    }

    /// The acronym in brackets after a name is the name's from here on.
    fn acronym(&mut self, entity: usize, shown: &str) -> usize {
        self.unknown.insert(folded(shown), entity);
        self.local.names[entity].acronyms.insert(shown.to_owned());
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
    /// initials of an organisation, a company without its legal form, an office without its country, a river
    /// without the word.
    fn is_short_for(&self, words: &[String], kind: TypeId, entity: usize) -> bool {
        let full = &self.words[entity];
        let forms = &self.resolver.forms;
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
        let unknown = self.local.names[entity].known.is_none();
        match (self.base(kind), self.base(self.local.names[entity].kind)) {
            ("Person", "Person") if words.len() == 1 => {
                let several = self.local.names[entity].name.contains(' ');
                several && (full.last() == Some(last) || full.first() == Some(last))
            }
            ("Person", "Person") => {
                full.ends_with(words) || (full.first() == Some(first) && full.last() == Some(last))
            }
            ("Organisation", "Organisation") if words.len() == 1 && full.len() > 2 => {
                *first == initials(&self.local.names[entity].name)
            }
            ("Organisation", "Organisation") if full.starts_with(words) => {
                full[words.len()..].iter().all(|word| forms.is_legal_form(word))
            }
            ("Organisation", "Organisation") => {
                let lead = forms.lead(full).map_or(0, |(_, length)| length);
                lead > 0 && full[lead..] == *words && forms.is_common(words)
            }
            ("Place", "Place") => {
                unknown
                    && full.len() == words.len() + 1
                    && full.starts_with(words)
                    && full.last().is_some_and(|word| forms.is_water(word))
            }
            _ => false,
        }
    }
}
