//! Articles × the rules at hand → [`Suggestion`]s: what do the articles say that no rule looks for yet?
//!
//! The links between two names of a sentence of which no rule made a triple are put into words as a pattern;
//! those of one wording are a group. A pattern is only suggested once it was tried: read back by the
//! compiler of rules, it has to find the very pairs that it was made from, and not many others.

mod trial;

use crate::article::Article;
use crate::matcher::{Bound, Lines, Path};
use crate::pipeline::{Pipeline, Reading};
use crate::rule::pattern::Pattern;
use crate::rule::vocabulary::{TypeId, Vocabulary};
use crate::rule::{RelationId, RuleSet};
use crate::span::Span;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use trial::Trial;

/// A pattern that articles ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The line to paste: `X unveiled Y`.
    pub pattern: String,
    /// How often it stands in the articles where no rule made a triple.
    pub count: usize,
    /// Between how many different pairs.
    pub pairs: usize,
    /// Types of `X`, as a rule would name them.
    pub subject: Vec<String>,
    /// Types of `Y`.
    pub object: Vec<String>,
    /// The relation that rules find most often where sentences say this and a rule does match.
    pub near: Option<String>,
    /// Where it stands, of different pairs where there are several.
    pub examples: Vec<Occurrence>,
}

/// A sentence that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// Index of the article.
    pub article: usize,
    /// The sentence, in bytes of the article's text.
    pub sentence: Span,
    /// The name of `X`.
    pub subject: String,
    /// The name of `Y`.
    pub object: String,
}

/// One path between two names.
#[derive(Debug, Clone)]
struct Seen {
    article: usize,
    path: Path,
    sentence: Span,
    names: (String, String),
    kinds: (TypeId, TypeId),
    /// The relation of a triple between the two.
    relation: Option<RelationId>,
}

/// All that says the same.
#[derive(Debug, Default)]
struct Group {
    open: Vec<Seen>,
    /// Where a rule made a triple of it.
    known: Vec<Seen>,
}

/// Sentences shown with a suggestion.
const SHOWN: usize = 2;
/// For each suggestion wanted so many are tried.
const TRIED: usize = 3;
/// So many different objects are any object.
const VARIED: usize = 3;
/// A type counts where this share of the names has it, in hundredths.
const SHARE: usize = 25;

/// The `top` patterns that the articles ask for most. `done` is called twice an article.
/// The order depends on the articles alone.
pub fn suggest(
    pipeline: &Pipeline,
    articles: &[Article],
    top: usize,
    done: impl Fn() + Sync,
) -> Vec<Suggestion> {
    let lines = Lines::new(&pipeline.rules, pipeline.language());
    let seen: Vec<Vec<Seen>> = articles
        .par_iter()
        .enumerate()
        .map(|(number, article)| {
            let seen = look(pipeline, &lines, number, article);
            done();
            seen
        })
        .collect();
    let mut seen: Vec<Seen> = seen.into_iter().flatten().collect();
    generalise(&mut seen);
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let mut heads: BTreeMap<String, usize> = BTreeMap::new();
    let mut known = BTreeSet::new();
    for seen in seen {
        *heads.entry(seen.path.head.clone()).or_default() += 1;
        if seen.relation.is_some() {
            known.extend(seen.places());
        }
        let group = groups.entry(seen.path.key.clone()).or_default();
        if seen.relation.is_some() { &mut group.known } else { &mut group.open }.push(seen);
    }
    let circumstance: BTreeSet<&String> = pipeline.rules.lexicon.words("circumstance").iter().collect();
    let mut ranked: Vec<(usize, &Group)> =
        groups.values().map(|group| (score(group, &heads, &circumstance), group)).collect();
    // Groups come in the order of their keys, and a stable sort keeps it among equals.
    ranked.sort_by_key(|(score, _)| Reverse(*score));
    let candidates = ranked
        .iter()
        .filter(|(score, _)| *score > 0)
        .filter_map(|(_, group)| candidate(group, &pipeline.rules.vocabulary))
        .take(top * TRIED);
    let (groups, trials): (Vec<&Group>, Vec<Trial>) = candidates.unzip();
    let wanted = groups.iter().flat_map(|group| &group.open).map(|seen| seen.article).collect();
    let found = trial::run(pipeline, &trials, articles, &wanted, done);
    let tried = groups.iter().zip(&trials).enumerate();
    let kept = tried.filter_map(|(at, (group, trial))| {
        suggestion(group, trial, found.get(&at)?, &known, &pipeline.rules)
    });
    kept.take(top).collect()
}

/// Puts `(*)` in place of an object that is now this and now that: "X discussed (*) with Y" in place of "X discussed
/// plans with Y", but "X held talks with Y".
fn generalise(seen: &mut [Seen]) {
    let mut nouns: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for path in seen.iter().map(|seen| &seen.path) {
        if let Some((key, _)) = &path.general {
            *nouns.entry(key).or_default().entry(&path.key).or_default() += 1;
        }
    }
    let varied = |keys: &BTreeMap<&str, usize>| {
        let most = keys.values().max().copied().unwrap_or(0);
        keys.len() >= VARIED && most * 2 < keys.values().sum()
    };
    let varied: BTreeSet<String> =
        nouns.iter().filter(|(_, keys)| varied(keys)).map(|(key, _)| (*key).to_owned()).collect();
    for path in seen.iter_mut().map(|seen| &mut seen.path) {
        if let Some((key, pattern)) = path.general.take_if(|(key, _)| varied.contains(key)) {
            (path.key, path.pattern) = (key, pattern);
        }
    }
}

/// The paths of one article between names of different entities.
fn look(pipeline: &Pipeline, lines: &Lines, number: usize, article: &Article) -> Vec<Seen> {
    let reading = pipeline.read(article);
    let linked = linked(&reading);
    let vocabulary = &pipeline.rules.vocabulary;
    let mut seen = Vec::new();
    for (at, sentence) in reading.sentences.iter().enumerate() {
        for path in pipeline.paths(lines, article, &reading, at) {
            let entity = |mention| reading.names.of(&Bound { mention, stands_for: None });
            let (Some(subject), Some(object)) = (entity(path.subject), entity(path.object)) else { continue };
            if subject == object {
                continue;
            }
            let kind = |mention: usize| vocabulary.base(reading.mentions.mention(mention).kind);
            let kinds = (kind(path.subject), kind(path.object));
            // "X of Y" says where somebody belongs, or nothing.
            let person = vocabulary.type_id("Person");
            if path.head.is_empty() && (kinds.0 == kinds.1 || Some(kinds.1) == person) {
                continue;
            }
            let pair = (subject.min(object), subject.max(object));
            let relation = linked.get(&(at, pair)).map(|rule| pipeline.rules.rules[*rule].relation);
            seen.push(Seen {
                article: number,
                sentence: sentence.span,
                names: (reading.names.name(subject).to_owned(), reading.names.name(object).to_owned()),
                kinds,
                relation,
                path,
            });
        }
    }
    seen
}

/// For each sentence and pair of entities the first rule that links them there.
fn linked(reading: &Reading) -> BTreeMap<(usize, (usize, usize)), usize> {
    let mut linked = BTreeMap::new();
    for found in &reading.matches {
        for (subject, object) in &found.pairs {
            // A capital that stands for its country is the capital here.
            let entity = |bound: &Bound| reading.names.of(&Bound { stands_for: None, ..*bound });
            if let (Some(subject), Some(object)) = (entity(subject), entity(object)) {
                linked
                    .entry((found.sentence, (subject.min(object), subject.max(object))))
                    .or_insert(found.rule);
            }
        }
    }
    linked
}

/// How much a group tells, in hundredths of a pair: pairs count more than repetitions, those of one sentence
/// (a list) hardly more than one, and a circumstance ("X died in Y") counts as far as the verb asks for it.
fn score(group: &Group, heads: &BTreeMap<String, usize>, circumstance: &BTreeSet<&String>) -> usize {
    let Some(first) = group.open.first() else { return 0 };
    let pairs: BTreeSet<&(String, String)> = group.open.iter().map(|seen| &seen.names).collect();
    let articles: BTreeSet<usize> = group.open.iter().map(|seen| seen.article).collect();
    let sentences = sentences(&group.open);
    if sentences < 2 || pairs.len() < 2 {
        return 0;
    }
    let score = 100 * pairs.len().min(sentences) + 10 * group.open.len() + 50 * articles.len();
    if first.path.preposition.as_ref().is_some_and(|word| circumstance.contains(word)) {
        let all = heads.get(&first.path.head).copied().unwrap_or(1).max(1);
        return score * group.open.len() / all / 2;
    }
    if first.path.indirect { score / 2 } else { score }
}

/// In how many sentences something was seen.
fn sentences(seen: &[Seen]) -> usize {
    seen.iter().map(|seen| (seen.article, seen.path.sentence)).collect::<BTreeSet<_>>().len()
}

/// The wording and the types that most occurrences of a group have.
fn candidate<'g>(group: &'g Group, vocabulary: &Vocabulary) -> Option<(&'g Group, Trial)> {
    let mut wordings: BTreeMap<&str, usize> = BTreeMap::new();
    group.open.iter().for_each(|seen| *wordings.entry(&seen.path.pattern).or_default() += 1);
    let (pattern, _) = wordings.into_iter().max_by_key(|(text, count)| (*count, Reverse(*text)))?;
    let trial = Trial {
        text: pattern.to_owned(),
        pattern: Pattern::parse(pattern).ok()?,
        subject: types(group.open.iter().map(|seen| seen.kinds.0), vocabulary),
        object: types(group.open.iter().map(|seen| seen.kinds.1), vocabulary),
    };
    Some((group, trial))
}

/// The types that names of a slot have, as a rule would name them: several kinds of actor are `Actor`.
fn types(kinds: impl Iterator<Item = TypeId>, vocabulary: &Vocabulary) -> Vec<TypeId> {
    let mut counts: BTreeMap<TypeId, usize> = BTreeMap::new();
    kinds.for_each(|kind| *counts.entry(kind).or_default() += 1);
    let all: usize = counts.values().sum();
    let usual: Vec<TypeId> =
        counts.into_iter().filter(|(_, count)| count * 100 >= all * SHARE).map(|(kind, _)| kind).collect();
    let Some(actor) = vocabulary.type_id("Actor") else { return usual };
    let (actors, mut others): (Vec<TypeId>, Vec<TypeId>) =
        usual.into_iter().partition(|kind| vocabulary.is_a(*kind, actor));
    let mut types = if actors.len() > 1 { vec![actor] } else { actors };
    types.append(&mut others);
    types
}

/// An article and two of its mentions.
type Place = (usize, usize, usize);

impl Seen {
    /// Where it is, either way round.
    fn places(&self) -> [Place; 2] {
        let (x, y) = (self.path.subject, self.path.object);
        [(self.article, x, y), (self.article, y, x)]
    }
}

/// What is told of a candidate that found what it was made from; `None` for one that did not.
fn suggestion(
    group: &Group,
    trial: &Trial,
    found: &BTreeSet<Place>,
    known: &BTreeSet<Place>,
    rules: &RuleSet,
) -> Option<Suggestion> {
    let open = &group.open;
    let is_found = |seen: &&Seen| seen.places().iter().any(|place| found.contains(place));
    let own: Vec<&Seen> = open.iter().filter(is_found).collect();
    let others = found.difference(known).count().saturating_sub(own.len());
    let pairs: BTreeSet<&(String, String)> = own.iter().map(|seen| &seen.names).collect();
    if own.len() * 2 < open.len() || pairs.len() < 2 || others > own.len() {
        return None;
    }
    let names = |types: &[TypeId]| -> Vec<String> {
        types.iter().map(|id| rules.vocabulary.entity_type(*id).name.clone()).collect()
    };
    let mut near: BTreeMap<RelationId, usize> = BTreeMap::new();
    group.known.iter().filter_map(|seen| seen.relation).for_each(|id| *near.entry(id).or_default() += 1);
    let near = near.into_iter().max_by_key(|(id, count)| (*count, Reverse(*id)));
    let mut shown: Vec<&Seen> = Vec::new();
    for seen in &own {
        let new = shown.iter().all(|other| other.names != seen.names && other.sentence != seen.sentence);
        if shown.len() < SHOWN && new {
            shown.push(seen);
        }
    }
    Some(Suggestion {
        pattern: trial.text.clone(),
        count: own.len(),
        pairs: pairs.len(),
        subject: names(&trial.subject),
        object: names(&trial.object),
        near: near.map(|(id, _)| rules.relation(id).name.clone()),
        examples: shown
            .into_iter()
            .map(|seen| Occurrence {
                article: seen.article,
                sentence: seen.sentence,
                subject: seen.names.0.clone(),
                object: seen.names.1.clone(),
            })
            .collect(),
    })
}
