//! People without a name: "a teacher", "the victim". A pronoun after one may mean that one, and then stands
//! for no name.

use super::salience::{Candidate, Key, Role};
use crate::language::{Language, Phrases};
use crate::mention::salience::Scene;
use crate::rule::RuleSet;
use crate::rule::vocabulary::TypeId;

/// The nouns for people.
#[derive(Debug, Clone)]
pub(super) struct Strangers {
    nouns: Phrases,
    person: Option<TypeId>,
}

/// Words between a determiner and its noun: "a senior government official".
const BETWEEN: usize = 3;

impl Strangers {
    pub(super) fn new(rules: &RuleSet, language: &Language) -> Self {
        let lists = ["person_noun", "top_post", "post", "spokesperson", "occupation", "kin"];
        let nouns = lists.into_iter().flat_map(|list| rules.lexicon.words(list));
        Self { nouns: Phrases::new(nouns, language), person: rules.vocabulary.type_id("Person") }
    }

    /// Whoever is called by the noun that begins at `at`, where it is no other word for a name: "is a
    /// teacher", "Ada, a teacher".
    pub(super) fn at(&self, scene: &Scene, at: usize) -> Option<Candidate> {
        let length = self.nouns.at(&scene.sentence.tokens, at);
        let end = at + length;
        // In the plural, "teachers", it is nobody whom "he" could mean.
        let singular = length > 0 && scene.lemma(end - 1) == scene.word(end - 1);
        let start = (at.saturating_sub(BETWEEN)..at)
            .rev()
            .find(|at| matches!(scene.word(*at), "a" | "an" | "the" | "another" | "his" | "her" | "one"))?;
        let between = (start + 1..at).all(|at| scene.word(at).starts_with(char::is_alphabetic));
        let before = start.checked_sub(1).map_or("", |at| scene.lemma(at));
        let says_what = matches!(before, "be" | "become" | "as" | "," | "name" | "elect" | "appoint");
        let goes_on = matches!(scene.word(end), "-" | "'s");
        if !singular || !between || says_what || goes_on {
            return None;
        }
        let subject = start == 0 || !scene.word(start - 1).starts_with(char::is_alphabetic);
        Some(Candidate {
            mention: usize::MAX,
            sentence: scene.number,
            start,
            end,
            key: Key::Stranger(scene.number, at),
            kind: self.person?,
            aside: false,
            located: false,
            joined: false,
            adjective: false,
            role: if subject { Role::Subject } else { Role::Object },
        })
    }
}
