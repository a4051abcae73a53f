//! Who is spoken of at a place in an article, and how much each stands out.
//!
//! Weights after Lappin & Leass (1994, *An algorithm for pronominal anaphora resolution*): a subject stands
//! out more than an object, an object more than what hangs on a preposition or on another noun, and
//! everything half as much with every sentence that goes by. Their sums over an entity's mentions are compared.

use super::pronoun::Gender;
use crate::language::Sentence;
use crate::rule::lexicon::KnownId;
use crate::rule::vocabulary::{TypeId, Vocabulary};
use std::collections::BTreeMap;

/// Tells entities apart before it is known who is who.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Known(KnownId),
    Name(String),
    /// Somebody without a name, "a teacher", by sentence and token: pronouns for such stand for no name.
    Stranger(usize, usize),
}

/// What a mention is to its clause, judged by the words round it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Subject,
    Object,
    Oblique,
    /// Only says whose or which something is: "Chile's army", "the army of Chile".
    Inside,
}

impl Role {
    /// Lappin & Leass's sums for a mention of the current sentence: 100 for being in it, 80, 50 or 40 for
    /// the part it plays, 80 for not being inside another phrase and 50 for not being in an adverbial one.
    fn weight(self) -> u32 {
        match self {
            Self::Subject => 310,
            Self::Object => 280,
            Self::Oblique => 220,
            Self::Inside => 190,
        }
    }
}

/// Something that a later word may stand for.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Index of its mention, or of the one that it stands for; of no meaning for a stranger.
    pub(super) mention: usize,
    pub(super) sentence: usize,
    /// Where its phrase begins in its sentence.
    pub(super) start: usize,
    /// Where its words end.
    pub(super) end: usize,
    /// The same for all names of one entity.
    pub(super) key: Key,
    pub(super) kind: TypeId,
    /// Whether it is only a place, or only says of which country something is.
    pub(super) aside: bool,
    /// Whether the words before it put it on the map.
    pub(super) located: bool,
    /// Whether it stands in one list with the name before it.
    pub(super) joined: bool,
    /// Whether it only says of which country something is.
    pub(super) adjective: bool,
    pub(super) role: Role,
}

/// What is known when a word is looked at.
pub(super) struct Scene<'s> {
    pub(super) number: usize,
    pub(super) sentence: &'s Sentence,
    /// Its words in small letters.
    pub(super) words: &'s [String],
    pub(super) vocabulary: &'s Vocabulary,
    /// Whom the words before the word name in its sentence, words that stand for names included.
    pub(super) here: &'s [Candidate],
    /// The names of the sentence after the word.
    pub(super) ahead: &'s [Candidate],
    /// The same for the sentences before that name somebody, the nearest first.
    pub(super) past: &'s [Vec<Candidate>],
    pub(super) genders: &'s BTreeMap<Key, Gender>,
    /// Whom nouns such as "network" have described so far.
    pub(super) described: &'s BTreeMap<String, Key>,
    /// Whether the sentence begins inside a quotation.
    pub(super) quoted: bool,
}

impl<'s> Scene<'s> {
    /// Whether a type is this one or finer.
    pub(super) fn is(&self, kind: TypeId, name: &str) -> bool {
        self.vocabulary.type_id(name).is_some_and(|wanted| self.vocabulary.is_a(kind, wanted))
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }

    pub(super) fn lemma(&self, at: usize) -> &str {
        self.sentence.tokens.get(at).map_or("", |token| token.lemma.as_str())
    }

    /// The names of the nearest sentence before that has any.
    pub(super) fn before(&self) -> &'s [Candidate] {
        self.past.first().map_or(&[], Vec::as_slice)
    }

    /// Everybody spoken of before the word, the nearest sentence first, each sentence in its order.
    pub(super) fn earlier(&self) -> impl Iterator<Item = &'s Candidate> {
        self.here.iter().chain(self.past.iter().flatten())
    }

    /// Whether a word stands in a quotation, where "he" is whom the speaker means.
    pub(super) fn is_quoted(&self, at: usize) -> bool {
        self.words[..at].iter().fold(self.quoted, |open, word| after_sign(open, word))
    }

    /// The weight of each entity that fits, the greatest first.
    pub(super) fn weigh(&self, fits: impl Fn(&Candidate) -> bool) -> Vec<(u32, &'s Candidate)> {
        let mut weights: Vec<(u32, &Candidate)> = Vec::new();
        for (own, sentence) in
            std::iter::once((true, self.here)).chain(self.past.iter().map(|past| (false, past.as_slice())))
        {
            let mut best: BTreeMap<&Key, (u32, &Candidate)> = BTreeMap::new();
            for candidate in sentence.iter().filter(|candidate| fits(candidate)) {
                let distance = u32::try_from(self.number - candidate.sentence).unwrap_or(31).min(31);
                // The later of two in other clauses of the same sentence is the nearer one.
                let near = if own && candidate.role == Role::Subject {
                    u32::try_from(candidate.start).unwrap_or(0).min(40)
                } else {
                    0
                };
                let weight = (candidate.role.weight() >> distance) + near;
                let known = best.entry(&candidate.key).or_insert((0, candidate));
                if weight > known.0 {
                    *known = (weight, candidate);
                }
            }
            for (key, (weight, candidate)) in best {
                match weights.iter_mut().find(|(_, known)| known.key == *key) {
                    Some(known) => known.0 += weight,
                    None => weights.push((weight, candidate)),
                }
            }
        }
        weights.sort_by_key(|(weight, candidate)| {
            (std::cmp::Reverse(*weight), std::cmp::Reverse(candidate.sentence), candidate.start)
        });
        weights
    }
}

/// Whether a quotation is open after a word.
pub(super) fn after_sign(open: bool, word: &str) -> bool {
    match word {
        "“" | "``" => true,
        "”" | "''" => false,
        "\"" => !open,
        _ => open,
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
