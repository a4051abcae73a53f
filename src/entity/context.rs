//! The words round a name → what they say of its bearer: which posts, of which countries, man or woman.
//!
//! Two people may share a name; what newspapers put beside it to tell them apart ("Chinese Ambassador
//! Wang", "Mr. Wang") tells them apart here, too.

use crate::language::{Language, Phrases, Sentence, Token};
use crate::mention::Mention;
use crate::rule::RuleSet;
use crate::rule::lexicon::KnownId;
use crate::rule::vocabulary::TypeId;
use std::collections::{BTreeSet, HashSet};

/// What articles say of the bearer of a name beside the name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Context {
    /// Posts and occupations, as lemmas: `foreign minister`.
    pub(super) posts: BTreeSet<String>,
    /// Countries, and for an office the country that it is of.
    pub(super) countries: BTreeSet<KnownId>,
    /// Whether a post is that of one who speaks for others, which nobody holds beside another.
    speaks: bool,
    /// Whether a post heads something.
    heads: bool,
    gender: Option<Gender>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gender {
    Female,
    Male,
}

impl Context {
    /// Adds what another mention of the same bearer says.
    pub(super) fn add(&mut self, other: &Context) {
        self.posts.extend(other.posts.iter().cloned());
        self.countries.extend(other.countries.iter().copied());
        self.speaks |= other.speaks;
        self.heads |= other.heads;
        self.gender = self.gender.or(other.gender);
    }

    /// Whether both name one post.
    pub(super) fn shares_post(&self, other: &Context) -> bool {
        self.posts.intersection(&other.posts).next().is_some()
    }

    /// Whether both name one country.
    pub(super) fn shares_country(&self, other: &Context) -> bool {
        self.countries.intersection(&other.countries).next().is_some()
    }

    /// Whether both name countries, and none the other's.
    pub(super) fn foreign(&self, other: &Context) -> bool {
        !self.countries.is_empty() && !other.countries.is_empty() && !self.shares_country(other)
    }

    /// Whether a short name with this context can hardly be the bearer of a full one with that: a man and a
    /// woman, a spokesman and a minister, people of two countries in other posts.
    pub(super) fn contradicts(&self, bearer: &Context) -> bool {
        let genders = self.gender.zip(bearer.gender).is_some_and(|(left, right)| left != right);
        let posts = !self.posts.is_empty() && !bearer.posts.is_empty() && !self.shares_post(bearer);
        genders || posts && (self.speaks != bearer.speaks || self.foreign(bearer))
    }

    /// Whether two people of one full name can hardly be one: other countries, and other posts or the
    /// highest of both.
    pub(super) fn apart(&self, other: &Context) -> bool {
        let posts = !self.posts.is_empty() && !other.posts.is_empty();
        posts && self.foreign(other) && (!self.shares_post(other) || (self.heads && other.heads))
    }
}

/// The word lists that tell; built once.
#[derive(Debug, Clone)]
pub(super) struct ContextWords {
    posts: Phrases,
    speakers: Phrases,
    heads: Phrases,
    honorifics: Phrases,
    determiners: HashSet<String>,
    female_titles: HashSet<String>,
    male_titles: HashSet<String>,
    female_names: HashSet<String>,
    male_names: HashSet<String>,
    neutral_names: HashSet<String>,
    person: Option<TypeId>,
    country: Option<TypeId>,
}

impl ContextWords {
    pub(super) fn new(rules: &RuleSet, language: &Language) -> Self {
        let phrases =
            |lists: &[&str]| Phrases::new(lists.iter().flat_map(|list| rules.lexicon.words(list)), language);
        let set = |lists: &[&str]| -> HashSet<String> {
            let words = lists.iter().flat_map(|list| rules.lexicon.words(list));
            words.map(|word| crate::mention::fold(word)).collect()
        };
        Self {
            posts: phrases(&["top_post", "post", "spokesperson", "occupation"]),
            speakers: phrases(&["spokesperson"]),
            heads: phrases(&["top_post"]),
            honorifics: phrases(&["honorific", "former", "interim"]),
            determiners: set(&["determiner", "former", "interim"]),
            female_titles: set(&["female_title"]),
            male_titles: set(&["male_title"]),
            female_names: set(&["female_first_name"]),
            male_names: set(&["male_first_name"]),
            neutral_names: set(&["neutral_first_name"]),
            person: rules.vocabulary.type_id("Person"),
            country: rules.vocabulary.type_id("Country"),
        }
    }

    /// What stands beside mention `at`. O(length of its phrase).
    pub(super) fn of(&self, at: usize, names: &[Mention], sentences: &[Sentence]) -> Context {
        let name = &names[at];
        let tokens = &sentences[name.sentence].tokens;
        let mut context = Context::default();
        let mut start = name.tokens.start;
        if Some(name.kind) == self.person {
            start = self.titles(tokens, start, &mut context);
            self.apposition(at, names, tokens, &mut context);
        }
        let before = names[..at].iter().rev().take_while(|other| other.sentence == name.sentence);
        for other in before.take_while(|other| other.tokens.end + 1 >= name.phrase.start.min(start)) {
            let inside = other.tokens.start >= name.phrase.start && other.tokens.end <= name.tokens.start;
            let possessor = other.tokens.end + 1 == start && tokens[start - 1].lemma == "'s";
            if inside || possessor || other.tokens.end == start {
                context.countries.extend(self.country_of(other));
            }
        }
        context
    }

    /// Reads the titles that end at `end`, the nearest first, and says where they begin.
    fn titles(&self, tokens: &[Token], end: usize, context: &mut Context) -> usize {
        let mut start = end;
        loop {
            let post = self.posts.before(tokens, start);
            let title = post.max(self.honorifics.before(tokens, start));
            if title == 0 {
                return start;
            }
            let words = &tokens[start - title..start];
            for word in words {
                context.gender = context.gender.or_else(|| {
                    let female = self.female_titles.contains(&word.lemma).then_some(Gender::Female);
                    female.or_else(|| self.male_titles.contains(&word.lemma).then_some(Gender::Male))
                });
            }
            if post == title {
                self.add_post(tokens, start - title, title, context);
            }
            start -= title;
        }
    }

    fn add_post(&self, tokens: &[Token], at: usize, length: usize, context: &mut Context) {
        let lemmas: Vec<&str> = tokens[at..at + length].iter().map(|token| token.lemma.as_str()).collect();
        context.posts.insert(lemmas.join(" "));
        context.speaks |= self.speakers.at(tokens, at) == length;
        context.heads |= self.heads.at(tokens, at) == length;
    }

    /// "Wang Yi, China's foreign minister", "Wang Yi, the foreign minister of China".
    fn apposition(&self, at: usize, names: &[Mention], tokens: &[Token], context: &mut Context) {
        let name = &names[at];
        let mut next = name.tokens.end;
        let lemma = |at: usize| tokens.get(at).map_or("", |token: &Token| token.lemma.as_str());
        if lemma(next) != "," {
            return;
        }
        next += 1;
        let starting = |place: usize| {
            let near = names[at + 1..].iter().take_while(|other| other.sentence == name.sentence);
            near.take(4).find(|other| other.tokens.start == place)
        };
        while self.determiners.contains(lemma(next)) {
            next += 1;
        }
        let country = starting(next).filter(|other| self.country_of(other).is_some());
        if let Some(country) = country {
            next = country.tokens.end + usize::from(lemma(country.tokens.end) == "'s");
        }
        let length = self.posts.at(tokens, next);
        let end = next + length;
        if length == 0 || starting(end).is_some() {
            return;
        }
        self.add_post(tokens, next, length, context);
        let of = (lemma(end) == "of").then(|| starting(end + 1).or_else(|| starting(end + 2))).flatten();
        context.countries.extend(country.or(of).and_then(|other| self.country_of(other)));
    }

    fn country_of(&self, mention: &Mention) -> Option<KnownId> {
        mention.known.filter(|_| Some(mention.kind) == self.country && mention.refers_to.is_none())
    }

    /// What the first of a full name's words, in small letters, says of its bearer.
    pub(super) fn of_first_name(&self, word: &str) -> Context {
        let gender = match (self.female_names.contains(word), self.male_names.contains(word)) {
            (true, false) => Some(Gender::Female),
            (false, true) => Some(Gender::Male),
            _ => None,
        };
        Context { gender, ..Context::default() }
    }

    /// Whether the lexicon has this word, in small letters, for a first name.
    pub(super) fn is_first_name(&self, word: &str) -> bool {
        [&self.female_names, &self.male_names, &self.neutral_names].iter().any(|names| names.contains(word))
    }
}
