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
    auxiliary: HashSet<String>,
    not_adverbs: HashSet<String>,
    not_only: HashSet<String>,
    doubt: HashSet<String>,
    holding: HashSet<String>,
    rank: HashSet<String>,
    moment: HashSet<String>,
}

/// A "no" this many tokens before a match belongs to it: "no talks between X and Y".
const REACH: usize = 2;
/// A "was cancelled" this many tokens after a nominal match belongs to it.
const AFTER: usize = 4;
/// An "if" this many tokens before a match opens its clause.
const CLAUSE: usize = 6;

impl StatusWords {
    pub(super) fn new(lexicon: &Lexicon, language: &Language) -> Self {
        // Both as a sentence has it before and after it is analysed: "might" is *may* to the word lists.
        let set = |name| -> HashSet<String> {
            let words = lexicon.words(name).iter();
            words.flat_map(|word| [language.lemma(word), word.to_lowercase()]).collect()
        };
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
            auxiliary: set("auxiliary"),
            not_adverbs: set("not_adverb"),
            not_only: set("not_only"),
            doubt: set("doubt"),
            holding: set("holding"),
            rank: set("rank"),
            moment: set("moment"),
        }
    }

    /// Whether a word may stand between an actor and its verb: "has", "also", "plans", "to".
    pub(super) fn may_stand_between(&self, lemma: &str) -> bool {
        let sets =
            [&self.neutral, &self.negation, &self.modal, &self.intent, &self.refusal, &self.implicative];
        sets.iter().any(|set| set.contains(lemma)) || self.is_adverb(lemma)
    }

    /// Whether a word says how, by its ending: "quickly", but not "family".
    pub(super) fn is_adverb(&self, lemma: &str) -> bool {
        lemma.len() > 4 && lemma.ends_with("ly") && !self.not_adverbs.contains(lemma)
    }

    /// Whether a word can only be an auxiliary verb.
    pub(super) fn is_auxiliary(&self, lemma: &str) -> bool {
        self.modal.contains(lemma) || (self.auxiliary.contains(lemma) && lemma != "to")
    }

    /// Whether a word makes what it belongs to not so.
    pub(super) fn denies(&self, lemma: &str) -> bool {
        self.negation.contains(lemma)
    }

    /// Whether a word after "not" takes its meaning away.
    pub(super) fn softens(&self, lemma: &str) -> bool {
        self.not_only.contains(lemma)
    }

    /// Whether an auxiliary makes what it belongs to possible only.
    pub(super) fn opens(&self, lemma: &str, form: &str) -> bool {
        self.modal.contains(lemma) || self.modal.contains(form)
    }

    /// Whether a word makes a clause a condition.
    pub(super) fn is_condition(&self, lemma: &str) -> bool {
        self.condition.contains(lemma)
    }

    /// Whether what follows a word is a plan, a wish or a demand.
    pub(super) fn is_plan(&self, lemma: &str) -> bool {
        self.intent.contains(lemma)
    }

    /// Whether what follows a word is not so.
    pub(super) fn refuses(&self, lemma: &str) -> bool {
        self.refusal.contains(lemma)
    }

    /// Whether "to" after a word changes nothing.
    pub(super) fn implies(&self, lemma: &str) -> bool {
        self.implicative.contains(lemma)
    }

    /// Whether "to" after it tells what was done: "the first to visit Chile".
    pub(super) fn ranks(&self, lemma: &str) -> bool {
        self.rank.contains(lemma)
    }

    /// Whether a word says when, before a clause: "once Ada joins".
    pub(super) fn is_moment(&self, lemma: &str) -> bool {
        self.moment.contains(lemma)
    }

    /// Whether what a verb is done to takes place with it: "hold talks".
    pub(super) fn holds(&self, lemma: &str) -> bool {
        self.holding.contains(lemma)
    }

    /// Whether a word leaves open whether it is so.
    pub(super) fn is_doubt(&self, lemma: &str) -> bool {
        self.doubt.contains(lemma)
    }

    /// Decides by the tokens that were passed over inside a match and, for an event (`before` is its first
    /// token), by those round it; `nominal` is a match that begins with a word of its pattern ("talks
    /// between X and Y"), which ends at `end`.
    ///
    /// A denial outweighs a plan ("will not meet" is negated); "to" without a word that makes it so is
    /// a plan or a demand ("urged X to meet Y").
    pub(super) fn fact(
        &self,
        sentence: &Sentence,
        passed: &[usize],
        before: Option<usize>,
        end: usize,
        nominal: bool,
    ) -> Fact {
        let lemma = |at: usize| sentence.tokens.get(at).map_or("", |token| token.lemma.as_str());
        let reach = |length: usize| before.map_or(0..0, |start| start.saturating_sub(length)..start);
        let denies = |at: usize| {
            let not = self.negation.contains(lemma(at)) && !self.not_only.contains(lemma(at + 1));
            not || self.refusal.contains(lemma(at))
        };
        let frame = before.and_then(|start| self.frame(sentence, start));
        let cancelled =
            nominal && before.is_some() && (end..end + AFTER).any(|at| self.refusal.contains(lemma(at)));
        let near = reach(REACH).any(|at| denies(at) && self.negation.contains(lemma(at)));
        if passed.iter().copied().any(denies) || near || cancelled || frame == Some(Fact::Negated) {
            return Fact::Negated;
        }
        let infinitive = passed.iter().any(|at| lemma(*at) == "to");
        let made_so = passed.iter().any(|at| self.implicative.contains(lemma(*at)));
        let opens = |at: usize| self.modal.contains(lemma(at)) || self.intent.contains(lemma(at));
        let asked = before.is_some() && lemma(sentence.tokens.len().saturating_sub(1)) == "?";
        let conditional = reach(CLAUSE).any(|at| self.condition.contains(lemma(at)));
        let planned = nominal && reach(REACH).any(|at| self.intent.contains(lemma(at)));
        let doubted = frame == Some(Fact::Possible);
        if asked
            || conditional
            || planned
            || doubted
            || (infinitive && !made_so)
            || passed.iter().copied().any(opens)
        {
            return Fact::Possible;
        }
        Fact::Actual
    }

    /// What the words before "that" make of the clause that begins with it: "denied that …".
    fn frame(&self, sentence: &Sentence, start: usize) -> Option<Fact> {
        let that = (start.saturating_sub(2)..start).find(|at| sentence.tokens[*at].lemma == "that")?;
        let before = &sentence.tokens[that.saturating_sub(2)..that];
        let holds = |set: &HashSet<String>| before.iter().any(|token| set.contains(&token.lemma));
        match () {
            () if holds(&self.refusal) => Some(Fact::Negated),
            () if holds(&self.doubt) => Some(Fact::Possible),
            () => None,
        }
    }
}
