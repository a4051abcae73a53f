//! Posts whose country goes without saying: "Prime Minister Jacinda Ardern" in a report from New Zealand.
//!
//! A newspaper leaves out the country where its readers know it. It is told by the lexicon's `leaders` of the countries
//! that the article names, and for other people by the country that the article is about. A governor's region and a
//! mayor's town is the one that the article is about.

use super::salience::Key;
use super::{Inner, Mention, fold};
use crate::language::{Analyses, Analysis, Language, Phrases, Sentence, Token, Upos};
use crate::lookup::HashSet;
use crate::rule::RuleSet;
use crate::rule::lexicon::{KnownId, Usage};
use crate::rule::vocabulary::TypeId;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The article is about a country or region if so many of every ten names of countries or regions are of this one.
const OF_TEN: usize = 6;

/// The words for posts of a state, and who has led which.
#[derive(Debug, Clone)]
pub(super) struct Homes {
    posts: Phrases,
    /// Posts of regions and towns, and the type of what they are of: "governor", "mayor".
    local: BTreeMap<String, TypeId>,
    /// Posts that other bodies have, too: "president".
    common: HashSet<String>,
    /// May stand before a post: "former".
    before: HashSet<String>,
    /// The countries of leaders, by their folded names.
    leaders: BTreeMap<String, Vec<KnownId>>,
    /// The countries and organisations of posts that only they have: "treasury secretary", "pope".
    own_posts: BTreeMap<String, Vec<KnownId>>,
    person: Option<TypeId>,
    country: Option<TypeId>,
}

/// An article in which posts are looked for.
pub(super) struct Scene<'s> {
    pub(super) names: &'s [Mention],
    /// The same for all names of one entity.
    pub(super) keys: &'s [Key],
    /// Who is said to hold a post of what.
    pub(super) told: &'s BTreeSet<Key>,
    pub(super) sentences: &'s [Sentence],
    pub(super) analyses: &'s Analyses<'s>,
}

impl Homes {
    pub(super) fn new(rules: &RuleSet, language: &Language) -> Self {
        let lexicon = &rules.lexicon;
        let mut leaders: BTreeMap<String, Vec<KnownId>> = BTreeMap::new();
        let mut own_posts: BTreeMap<String, Vec<KnownId>> = BTreeMap::new();
        for (id, name) in lexicon.leaders() {
            let name = fold(name);
            // Newspapers call some by the last word of their names, some by the first: "Trump", "Xi".
            for part in name.split(' ').filter(|part| part.len() < name.len()) {
                leaders.entry(part.to_owned()).or_default().push(id);
            }
            leaders.entry(name).or_default().push(id);
        }
        for (id, known) in (0..).map(KnownId).zip(&lexicon.known) {
            for post in &known.posts {
                own_posts.entry(post.clone()).or_default().push(id);
            }
        }
        let kind = |name| rules.vocabulary.type_id(name);
        let local = [("region_head", "Region"), ("region_post", "Region"), ("town_head", "City")];
        let local = local.into_iter().filter_map(|(list, of)| Some((lexicon.words(list), kind(of)?)));
        let local: BTreeMap<_, _> =
            local.flat_map(|(posts, of)| posts.iter().map(move |post| (post.clone(), of))).collect();
        let posts = ["state_head", "state_post"].into_iter().flat_map(|list| lexicon.words(list));
        let posts = posts.chain(local.keys()).chain(own_posts.keys());
        let before = ["determiner", "former", "interim"].into_iter().flat_map(|list| lexicon.words(list));
        Self {
            posts: Phrases::new(posts, language),
            common: lexicon.words("common_state_post").iter().cloned().collect(),
            before: before.cloned().collect(),
            leaders,
            own_posts,
            local,
            person: kind("Person"),
            country: kind("Country"),
        }
    }

    /// For each post that stands alone before or behind its holder what it is of, as a mention of the words of the
    /// post. O(names · posts that stand alone).
    pub(super) fn find(&self, scene: &Scene) -> Vec<Inner> {
        let mut found = Vec::new();
        for (outer, name) in scene.names.iter().enumerate() {
            let holder = Some(name.kind) == self.person && name.refers_to.is_none();
            let post = holder.then(|| self.post(name, scene).or_else(|| self.post_behind(name, scene)));
            let Some(post) = post.flatten() else { continue };
            let words = words(scene, name, &post);
            let Some(country) = self.home(scene, outer, &words) else { continue };
            let Some(meant) = scene.names.iter().position(|other| other.known == Some(country)) else {
                continue;
            };
            let here = |other: &usize| {
                scene.names[*other].known == Some(country) && scene.names[*other].sentence == name.sentence
            };
            let near = |other: &usize| scene.names[*other].tokens.start.abs_diff(name.tokens.start);
            found.push(Inner {
                outer,
                named: (0..scene.names.len()).filter(here).min_by_key(near),
                mention: Mention {
                    sentence: name.sentence,
                    phrase: post.clone(),
                    tokens: post,
                    kind: scene.names[meant].kind,
                    known: Some(country),
                    usage: Usage::Description,
                    located: false,
                    refers_to: Some(meant),
                },
            });
        }
        found
    }

    /// The post right before a name, if nothing before it says of what.
    fn post(&self, name: &Mention, scene: &Scene) -> Option<Range<usize>> {
        let tokens = &scene.sentences[name.sentence].tokens;
        let end = name.tokens.start;
        let post = end - self.posts.before(tokens, end)..end;
        let own = |range: &Range<usize>| {
            scene.names.iter().any(|other| {
                other.sentence == name.sentence
                    && range.contains(&other.tokens.start)
                    && other.tokens != name.tokens
            })
        };
        let of = tokens.get(name.tokens.end).is_some_and(|next| next.lemma == "of");
        if post.is_empty() || own(&post) || of {
            return None;
        }
        let word = |at: &usize| self.before.contains(&tokens[*at].lemma);
        let start = (0..post.start).rev().take_while(word).last().unwrap_or(post.start);
        let bare = start == 0 || !names_something(tokens, start - 1, scene.analyses.get(name.sentence));
        bare.then_some(post)
    }

    /// "Ada Byron, the caretaker **prime minister**,": the post right behind a name, if nothing says of what.
    fn post_behind(&self, name: &Mention, scene: &Scene) -> Option<Range<usize>> {
        let tokens = &scene.sentences[name.sentence].tokens;
        let lemma = |at: usize| tokens.get(at).map_or("", |token| token.lemma.as_str());
        let mut start = name.tokens.end + 1;
        while self.before.contains(lemma(start)) && self.posts.at(tokens, start) == 0 {
            start += 1;
        }
        let post = start..start + self.posts.at(tokens, start);
        let closed = matches!(lemma(post.end), "," | "." | ";" | "");
        let apposed = lemma(name.tokens.end) == "," && closed && !post.is_empty();
        apposed.then_some(post)
    }

    /// What a post is of: a country for whoever led it, whatever has such a post, and otherwise what the article is about.
    fn home(&self, scene: &Scene, holder: usize, post: &str) -> Option<KnownId> {
        let Key::Name(name) = &scene.keys[holder] else { return None };
        if let Some(its) = self.leaders.get(name).or_else(|| self.own_posts.get(post)) {
            let named = |id: &KnownId| scene.names.iter().filter(|name| name.known == Some(*id)).count();
            let here = its.iter().map(|id| (named(id), *id)).filter(|(times, _)| *times > 0);
            return here.max().map(|(_, id)| id);
        }
        if scene.told.contains(&scene.keys[holder]) {
            return None;
        }
        match self.local.get(post) {
            Some(kind) => mostly(&times(scene.names, *kind)),
            None if self.common.contains(post) => None,
            None => mostly(&times(scene.names, self.country?)),
        }
    }
}

/// A post as the lists have it, in small letters.
fn words(scene: &Scene, holder: &Mention, post: &Range<usize>) -> String {
    let tokens = &scene.sentences[holder.sentence].tokens[post.clone()];
    tokens.iter().map(|token| token.lemma.as_str()).collect::<Vec<_>>().join(" ")
}

/// How often each known name of a type stands in an article.
fn times(names: &[Mention], kind: TypeId) -> BTreeMap<KnownId, usize> {
    let mut times = BTreeMap::new();
    for known in names.iter().filter(|name| name.kind == kind).filter_map(|name| name.known) {
        *times.entry(known).or_default() += 1;
    }
    times
}

/// What the article is about.
fn mostly(times: &BTreeMap<KnownId, usize>) -> Option<KnownId> {
    let all: usize = times.values().sum();
    let (id, most) = times.iter().max_by_key(|(_, times)| **times)?;
    (*most > 1 && most * 10 >= all * OF_TEN).then_some(*id)
}

/// Whether the word before a post may say of what it is: "EBRD president", "the country's president".
fn names_something(tokens: &[Token], at: usize, analysis: Option<&Analysis>) -> bool {
    let upos = analysis.and_then(|analysis| analysis.words.get(at)?.upos);
    tokens[at].lemma == "'s" || matches!(upos, Some(Upos::Noun | Upos::Propn | Upos::Adj))
}
