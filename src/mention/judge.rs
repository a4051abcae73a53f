//! Names whose words do not tell what they name → what the model takes them for.
//!
//! The lexicon and the words round a name are asked first: they are quick, and right where they say
//! anything. Of the rest the model judges, in every sentence where another name stands beside (elsewhere
//! nothing can be said of the name), and an article's sentences decide together.

use super::Mention;
use super::words::NameWords;
use crate::language::{Analyses, NameKind, Xpos};
use crate::rule::vocabulary::TypeId;
use std::collections::{BTreeMap, HashSet};

/// How many looks of the model "in Zarbo" outweighs.
const PLACED: usize = 2;

/// What one sentence says of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Vote {
    Is(TypeId),
    /// No name at all: a word that has its capital from the start of the sentence.
    NoName,
    Unknown,
}

/// Indices of the names that the model is asked about.
#[derive(Debug, Default)]
pub(super) struct Unsure {
    /// Those of which nothing tells the type.
    pub(super) kind: HashSet<usize>,
    /// Those that may be no names at all, which owe their capital to the start of a sentence: the model has to find
    /// one there.
    pub(super) name: HashSet<usize>,
    /// Those that words before them put on the map.
    pub(super) placed: HashSet<usize>,
    /// Texts of names that elsewhere in the article are a ship's or a pipeline's.
    pub(super) things: HashSet<String>,
}

/// Sets the type of names that are not sure, and takes out what is no name. `texts` holds the text of every
/// name.
pub(super) fn judge(
    words: &NameWords,
    names: Vec<Mention>,
    unsure: &Unsure,
    texts: &[String],
    analyses: &Analyses,
) -> Vec<Mention> {
    let mut votes: BTreeMap<&str, BTreeMap<Vote, usize>> = BTreeMap::new();
    for (at, name) in names.iter().enumerate().filter(|(at, _)| unsure.kind.contains(at)) {
        let near = |other: Option<&Mention>| other.is_some_and(|other| other.sentence == name.sentence);
        let called = unsure.name.contains(&at) && name.kind == words.person;
        if called || near(at.checked_sub(1).and_then(|at| names.get(at))) || near(names.get(at + 1)) {
            let vote = vote(words, name, analyses);
            *votes.entry(texts[at].as_str()).or_default().entry(vote).or_default() += 1;
        }
        if unsure.placed.contains(&at) {
            let place = Vote::Is(words.place);
            *votes.entry(texts[at].as_str()).or_default().entry(place).or_default() += PLACED;
        }
    }
    let verdict = |text: &str| {
        let votes = votes.get(text)?.iter().filter(|(vote, _)| **vote != Vote::Unknown);
        votes.max_by_key(|(vote, count)| (**count, std::cmp::Reverse(**vote))).map(|(vote, _)| *vote)
    };
    let often = |text: &str| votes.get(text).is_some_and(|votes| votes.values().sum::<usize>() > 1);
    let judged = names.into_iter().enumerate().filter_map(|(at, name)| {
        let verdict = verdict(&texts[at]).filter(|_| unsure.kind.contains(&at));
        match verdict {
            _ if unsure.kind.contains(&at) && unsure.things.contains(&texts[at]) => None,
            // "DJane": nobody writes a word so that is none.
            Some(Vote::NoName) if has_inner_capital(&texts[at]) => Some(name),
            Some(Vote::NoName) => None,
            // "Analysts said": only a first name is one without the model's word.
            Some(Vote::Unknown) | None if unsure.name.contains(&at) && name.kind != words.person => None,
            // "The presidents of China, Xi Jinping, and Russia": one look is not enough to make two words that
            // could be a person's name a place.
            Some(Vote::Is(kind))
                if kind == words.place && name.kind == words.person && !often(&texts[at]) =>
            {
                Some(name)
            }
            // "SDI said": nobody is called by capitals alone.
            Some(Vote::Is(kind)) if kind == words.person && is_acronym(&texts[at]) => Some(name),
            Some(Vote::Is(kind)) => Some(Mention { kind, ..name }),
            Some(Vote::Unknown) | None => Some(name),
        }
    });
    judged.collect()
}

fn has_inner_capital(text: &str) -> bool {
    text.contains(char::is_lowercase)
        && text.chars().skip(1).any(char::is_uppercase)
        && !text.contains([' ', '-'])
}

fn is_acronym(text: &str) -> bool {
    text.chars().count() > 2 && text.chars().all(char::is_uppercase)
}

fn vote(words: &NameWords, name: &Mention, analyses: &Analyses) -> Vote {
    let Some(analysis) = analyses.get(name.sentence) else { return Vote::Unknown };
    let overlaps =
        |tokens: &std::ops::Range<usize>| tokens.start < name.tokens.end && name.tokens.start < tokens.end;
    if let Some(found) = analysis.names.iter().find(|found| overlaps(&found.tokens)) {
        return Vote::Is(match found.kind {
            NameKind::Person => words.person,
            NameKind::Organisation => words.organisation,
            NameKind::Place => words.place,
        });
    }
    let proper = name.tokens.clone().any(|at| {
        matches!(analysis.words.get(at).and_then(|word| word.xpos), Some(Xpos::Nnp | Xpos::Nnps) | None)
    });
    if proper { Vote::Unknown } else { Vote::NoName }
}
