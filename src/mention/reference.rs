//! Names → words that stand for them: pronouns ("he", "its") and descriptions ("the company", "the Chilean
//! president"), each linked to the name that it means.
//!
//! Precision comes first: where two names would do and nothing decides, there is no link. The rules look at
//! the words only, so that sentences without any name need not be analysed. They follow what is known of
//! salience since Lappin & Leass (1994): the same sentence before the one before it, subjects before others.

use super::description::Descriptions;
use super::pronoun::Pronouns;
use super::{Mention, Mentions, word};
use crate::article::BlockKind;
use crate::language::{Language, Sentence};
use crate::rule::RuleSet;
use crate::rule::lexicon::{KnownId, Usage};
use crate::rule::vocabulary::{TypeId, Vocabulary};
use std::ops::Range;

/// Finds words that stand for names; built once from the lexicon.
#[derive(Debug, Clone)]
pub(super) struct References {
    pronouns: Pronouns,
    descriptions: Descriptions,
}

/// A name that a later word may stand for.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Index of its mention, or of the one that it stands for.
    pub(super) mention: usize,
    /// Where its phrase begins in its sentence.
    pub(super) start: usize,
    /// The same for all names of one entity: a surname, an entry of the lexicon.
    pub(super) key: Key,
    pub(super) kind: TypeId,
    /// Whether it is only a place, or only says of which country something is.
    pub(super) aside: bool,
}

/// Tells entities apart before it is known who is who.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Known(KnownId),
    Name(String),
}

/// What is known when a word is looked at.
pub(super) struct Scene<'s> {
    pub(super) sentence: &'s Sentence,
    /// Its words in small letters.
    pub(super) words: &'s [String],
    pub(super) vocabulary: &'s Vocabulary,
    /// The names before the word in its sentence, those linked included.
    pub(super) here: &'s [Candidate],
    /// The names of the sentence after the word.
    pub(super) ahead: &'s [Candidate],
    /// The names of the sentence before.
    pub(super) before: &'s [Candidate],
}

impl Scene<'_> {
    /// Whether a type is this one or finer.
    pub(super) fn is(&self, kind: TypeId, name: &str) -> bool {
        self.vocabulary.type_id(name).is_some_and(|wanted| self.vocabulary.is_a(kind, wanted))
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }
}

/// Of candidates that all fit: the only entity among them, or nothing.
pub(super) fn only<'c>(candidates: impl Iterator<Item = &'c Candidate>) -> Option<&'c Candidate> {
    let mut last: Option<&Candidate> = None;
    for candidate in candidates {
        if last.is_some_and(|last| last.key != candidate.key) {
            return None;
        }
        last = Some(candidate);
    }
    last
}

impl References {
    pub(super) fn new(rules: &RuleSet, language: &Language) -> Self {
        Self { pronouns: Pronouns::new(&rules.lexicon), descriptions: Descriptions::new(rules, language) }
    }

    /// Adds what stands for names to the mentions, which stay in the order of the text.
    /// O(tokens · names in two sentences).
    pub(super) fn add(&self, mentions: &mut Mentions, sentences: &[Sentence], text: &str, rules: &RuleSet) {
        let names = &mentions.names;
        let genders = self.pronouns.genders(names, sentences, text);
        let posts = self.descriptions.posts(names, sentences);
        let mut found: Vec<Mention> = Vec::new();
        let mut before: Vec<Candidate> = Vec::new();
        let mut first = 0;
        for (number, sentence) in sentences.iter().enumerate() {
            let own = names[first..].iter().take_while(|name| name.sentence == number).count();
            let range = first..first + own;
            first += own;
            if sentence.block == BlockKind::Headline {
                continue;
            }
            let words: Vec<String> =
                (0..sentence.tokens.len()).map(|at| word(sentence, at, text).to_lowercase()).collect();
            let mut here: Vec<Candidate> = Vec::new();
            let all: Vec<Candidate> =
                range.clone().map(|at| candidate(at, names, sentences, text, rules)).collect();
            for at in 0..sentence.tokens.len() {
                let passed = all.iter().filter(|name| names[name.mention].tokens.end == at);
                here.extend(passed.cloned());
                if names[range.clone()].iter().any(|name| name.tokens.contains(&at)) {
                    continue;
                }
                let ahead = all.partition_point(|name| names[name.mention].tokens.start <= at);
                let scene = Scene {
                    sentence,
                    words: &words,
                    vocabulary: &rules.vocabulary,
                    here: &here,
                    ahead: &all[ahead..],
                    before: &before,
                };
                let pronoun =
                    self.pronouns.find(&scene, at, &genders).map(|name| (at..at + 1, name, Usage::Pronoun));
                let link = pronoun.or_else(|| {
                    let (tokens, name) = self.descriptions.find(&scene, at, &posts, names)?;
                    Some((tokens, name, Usage::Description))
                });
                if let Some((tokens, name, usage)) = link {
                    here.push(Candidate { start: tokens.start, ..name.clone() });
                    found.push(reference(number, tokens, &name, usage, names));
                }
            }
            if !here.is_empty() || !all.is_empty() {
                before = here;
                before.extend(
                    all.into_iter().filter(|name| names[name.mention].tokens.end == sentence.tokens.len()),
                );
            }
        }
        mentions.insert(found);
    }
}

fn candidate(at: usize, names: &[Mention], sentences: &[Sentence], text: &str, rules: &RuleSet) -> Candidate {
    let name = &names[at];
    let key = match name.known {
        Some(known) => Key::Known(known),
        None => Key::Name(super::fold(word(&sentences[name.sentence], name.tokens.end - 1, text))),
    };
    let place =
        rules.vocabulary.type_id("Place").is_some_and(|place| rules.vocabulary.is_a(name.kind, place));
    let adjective = name.usage == Usage::Demonym && name.phrase.end == name.tokens.end;
    Candidate {
        mention: at,
        start: name.phrase.start,
        key,
        kind: name.kind,
        aside: name.located || place || adjective,
    }
}

fn reference(
    sentence: usize,
    tokens: Range<usize>,
    name: &Candidate,
    usage: Usage,
    names: &[Mention],
) -> Mention {
    let meant = &names[name.mention];
    Mention {
        sentence,
        phrase: tokens.clone(),
        tokens,
        kind: meant.kind,
        known: meant.known,
        usage,
        located: false,
        refers_to: Some(name.mention),
    }
}

impl Mentions {
    /// Adds mentions in their places; those that they refer to are numbered anew.
    fn insert(&mut self, found: Vec<Mention>) {
        let old = std::mem::take(&mut self.names);
        let mut all: Vec<(Option<usize>, Mention)> =
            old.into_iter().enumerate().map(|(at, name)| (Some(at), name)).collect();
        all.extend(found.into_iter().map(|name| (None, name)));
        all.sort_by_key(|(_, name)| (name.sentence, name.tokens.start));
        let mut places = vec![0; all.len()];
        for (place, (old, _)) in all.iter().enumerate() {
            if let Some(old) = old {
                places[*old] = place;
            }
        }
        self.names = all
            .into_iter()
            .map(|(_, name)| Mention { refers_to: name.refers_to.map(|meant| places[meant]), ..name })
            .collect();
    }
}
