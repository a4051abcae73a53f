//! The words between and before what a pattern bound → [`Fact`]: is it so?

use crate::language::{Language, Sentence};
use crate::rule::lexicon::Lexicon;
use serde::Serialize;
use std::collections::HashSet;

/// Whether the text asserts the relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fact {
    /// The text says that it is so: "Ada met Bob".
    Actual,
    /// The text says that it is not so: "Ada refused to meet Bob".
    Negated,
    /// A plan, a wish, a demand, an ability, a condition: "Ada will meet Bob".
    Possible,
}

impl Fact {
    /// The word that outputs write.
    pub fn name(self) -> &'static str {
        match self {
            Fact::Actual => "actual",
            Fact::Negated => "negated",
            Fact::Possible => "possible",
        }
    }
}

/// The word lists of `status.toml`, as lemmas.
#[derive(Debug)]
pub(super) struct StatusWords {
    negation: HashSet<String>,
    refusal: HashSet<String>,
    modal: HashSet<String>,
    intent: HashSet<String>,
    implicative: HashSet<String>,
    condition: HashSet<String>,
    neutral: HashSet<String>,
}

/// A "no" this many tokens before a match belongs to it: "no talks between X and Y".
const REACH: usize = 2;
/// An "if" this many tokens before a match opens its clause.
const CLAUSE: usize = 6;

impl StatusWords {
    pub(super) fn new(lexicon: &Lexicon, language: &Language) -> Self {
        let set = |name| lexicon.words(name).iter().map(|word| language.lemma(word)).collect();
        let mut neutral: HashSet<String> = set("auxiliary");
        neutral.extend(lexicon.words("adverb").iter().map(|word| language.lemma(word)));
        Self {
            negation: set("negation"),
            refusal: set("refusal"),
            modal: set("modal"),
            intent: set("intent"),
            implicative: set("implicative"),
            condition: set("condition"),
            neutral,
        }
    }

    /// Whether a word may stand between an actor and its verb: "has", "also", "plans", "to".
    pub(super) fn may_stand_between(&self, lemma: &str) -> bool {
        [&self.neutral, &self.negation, &self.modal, &self.intent, &self.refusal, &self.implicative]
            .iter()
            .any(|set| set.contains(lemma))
            || (lemma.len() > 4 && lemma.ends_with("ly"))
    }

    /// Decides by the tokens that were passed over inside a match and, for an event, by those before it;
    /// `nominal` is a match that begins with a word of its pattern ("talks between X and Y").
    ///
    /// A denial outweighs a plan ("will not meet" is negated); "to" without a word that makes it so is
    /// a plan or a demand ("urged X to meet Y").
    pub(super) fn fact(
        &self,
        sentence: &Sentence,
        passed: &[usize],
        before: Option<usize>,
        nominal: bool,
    ) -> Fact {
        let lemma = |at: &usize| sentence.tokens[*at].lemma.as_str();
        let reach = |length: usize| before.map_or(0..0, |start| start.saturating_sub(length)..start);
        let near: Vec<usize> = reach(REACH).collect();
        let denies = |at: &usize| self.negation.contains(lemma(at)) || self.refusal.contains(lemma(at));
        if passed.iter().any(denies) || near.iter().any(|at| self.negation.contains(lemma(at))) {
            return Fact::Negated;
        }
        let infinitive = passed.iter().any(|at| lemma(at) == "to");
        let made_so = passed.iter().any(|at| self.implicative.contains(lemma(at)));
        let opens = |at: &usize| self.modal.contains(lemma(at)) || self.intent.contains(lemma(at));
        let asked = before.is_some() && sentence.tokens.last().is_some_and(|last| last.lemma == "?");
        let conditional = reach(CLAUSE).any(|at| self.condition.contains(lemma(&at)));
        let planned = nominal && near.iter().any(|at| self.intent.contains(lemma(at)));
        if asked || conditional || planned || (infinitive && !made_so) || passed.iter().any(opens) {
            return Fact::Possible;
        }
        Fact::Actual
    }
}
