//! The words round a mention → the part that it plays in its clause.
//!
//! Most sentences with pronouns hold nothing that a rule looks for; to analyse them all for this would cost
//! half as much again as everything else does. English has its subject before the verb and says the rest with prepositions, so
//! the neighbours of a name tell enough.

use super::salience::Role;
use crate::language::Sentence;
use crate::rule::lexicon::Lexicon;
use std::collections::HashSet;
use std::ops::Range;

/// The words that tell.
#[derive(Debug, Clone)]
pub(super) struct RoleWords {
    prepositions: HashSet<String>,
    /// Before a subject: "that", "after".
    openers: HashSet<String>,
    /// Cannot be a verb or noun.
    small: HashSet<String>,
    auxiliaries: HashSet<String>,
}

impl RoleWords {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let set = |list: &str| lexicon.words(list).iter().cloned().collect();
        Self {
            prepositions: set("preposition"),
            openers: set("before_subject"),
            small: set("no_noun"),
            auxiliaries: set("finite_auxiliary"),
        }
    }

    pub(super) fn role(&self, phrase: &Range<usize>, words: &[String], sentence: &Sentence) -> Role {
        let word = |at: usize| words.get(at).map_or("", String::as_str);
        let before = phrase.start.checked_sub(1).map_or("", word);
        if matches!(word(phrase.end), "'s" | "’s" | "’" | "'") || before == "of" {
            return Role::Inside;
        }
        // "((Ada Byron)) Do they …": who speaks or is spoken to has no part in the sentence.
        if before == "(" || self.prepositions.contains(before) && !self.openers.contains(before) {
            return Role::Oblique;
        }
        let opens =
            before.is_empty() || self.openers.contains(before) || !before.starts_with(char::is_alphanumeric);
        if opens || self.is_verb(phrase.end, words, sentence) { Role::Subject } else { Role::Object }
    }

    /// Whether the word after a name can only be its verb, adverbs in between aside.
    fn is_verb(&self, at: usize, words: &[String], sentence: &Sentence) -> bool {
        let at = at + usize::from(words.get(at).is_some_and(|word| word.ends_with("ly") || word == "also"));
        let (Some(word), Some(token)) = (words.get(at), sentence.tokens.get(at)) else { return false };
        let changed = token.lemma != *word && !self.small.contains(word);
        self.auxiliaries.contains(&token.lemma) || changed && word.starts_with(char::is_alphabetic)
    }
}
