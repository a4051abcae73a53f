//! The words between and before what a pattern bound → [`Fact`]: is it so?

use super::signature::{Frame, Signature, Signatures};
use crate::language::{Language, Sentence};
use crate::lookup::{HashMap, HashSet};
use crate::rule::lexicon::Lexicon;
use serde::{Deserialize, Serialize};

/// Whether the text asserts the relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    signatures: Signatures,
    sets: HashMap<&'static str, HashSet<String>>,
}

/// Lists of words that by themselves tell something of the fact, or nothing.
const LISTS: [&str; 18] = [
    "negation",
    "not_yet",
    "until",
    "between",
    "modal",
    "condition",
    "modifier_open",
    "modifier_minus",
    "adverb_open",
    "adverb_minus",
    "auxiliary",
    "adverb",
    "not_adverb",
    "not_only",
    "rank",
    "moment",
    "complement_mark",
    "complement_preposition",
];

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
        Self {
            signatures: Signatures::new(lexicon, language),
            sets: LISTS.into_iter().map(|list| (list, set(list))).collect(),
        }
    }

    /// Whether a list has a word.
    fn has(&self, list: &str, word: &str) -> bool {
        self.sets.get(list).is_some_and(|words| words.contains(word))
    }

    /// What a word, or several joined by spaces, say of the event under them.
    pub(super) fn signature(&self, frame: Frame, words: &str) -> Option<Signature> {
        self.signatures.of(frame, words)
    }

    /// Whether a word may stand between an actor and its verb: "has", "also", "plans", "to".
    pub(super) fn may_stand_between(&self, lemma: &str) -> bool {
        let small = ["auxiliary", "adverb", "negation", "modal", "between"];
        small.iter().any(|list| self.has(list, lemma)) || self.is_adverb(lemma)
    }

    /// Whether a word says how, by its ending: "quickly", but not "family".
    pub(super) fn is_adverb(&self, lemma: &str) -> bool {
        lemma.len() > 4 && lemma.ends_with("ly") && !self.has("not_adverb", lemma)
    }

    /// Whether a word can only be an auxiliary verb.
    pub(super) fn is_auxiliary(&self, lemma: &str) -> bool {
        self.has("modal", lemma) || (self.has("auxiliary", lemma) && lemma != "to")
    }

    /// Whether a word makes what it belongs to not so.
    pub(super) fn denies(&self, lemma: &str) -> bool {
        self.has("negation", lemma)
    }

    /// Whether a word before "to" makes it not so until now: "has yet to meet".
    pub(super) fn is_not_yet(&self, lemma: &str) -> bool {
        self.has("not_yet", lemma)
    }

    /// Whether a word after "not" tells when it came to be so: "did not visit Chile until May".
    pub(super) fn is_until(&self, lemma: &str) -> bool {
        self.has("until", lemma)
    }

    /// Whether a word after "not" takes its meaning away.
    pub(super) fn softens(&self, lemma: &str) -> bool {
        self.has("not_only", lemma)
    }

    /// Whether an auxiliary makes what it belongs to possible only.
    pub(super) fn opens(&self, lemma: &str, form: &str) -> bool {
        self.has("modal", lemma) || self.has("modal", form)
    }

    /// Whether a word makes a clause a condition.
    pub(super) fn is_condition(&self, lemma: &str) -> bool {
        self.has("condition", lemma)
    }

    /// What a word before the noun of an event makes of it: "planned", "averted".
    pub(super) fn modifier(&self, lemma: &str, form: &str) -> Fact {
        let has = |list| self.has(list, lemma) || self.has(list, form);
        match () {
            () if has("modifier_minus") => Fact::Negated,
            () if has("modifier_open") => Fact::Possible,
            () => Fact::Actual,
        }
    }

    /// What an adverb makes of its verb: "allegedly", "nearly".
    pub(super) fn adverb(&self, lemma: &str) -> Fact {
        match () {
            () if self.has("adverb_minus", lemma) => Fact::Negated,
            () if self.has("adverb_open", lemma) => Fact::Possible,
            () => Fact::Actual,
        }
    }

    /// Whether "to" after it tells what was done: "the first to visit Chile".
    pub(super) fn ranks(&self, lemma: &str) -> bool {
        self.has("rank", lemma)
    }

    /// Whether a word says when, before a clause: "once Ada joins".
    pub(super) fn is_moment(&self, lemma: &str) -> bool {
        self.has("moment", lemma)
    }

    /// Whether a gerund behind it belongs to the word before: "accused **of** attacking".
    pub(super) fn marks_complement(&self, mark: &str) -> bool {
        self.has("complement_mark", mark)
    }

    /// Whether a noun behind it may belong to the word before: "plans **for** talks".
    pub(super) fn governs_complement(&self, preposition: &str) -> bool {
        self.has("complement_preposition", preposition)
    }

    /// Whether what stands under a word is this, where the word itself is so.
    fn makes(&self, frame: Frame, lemma: &str, fact: Fact) -> bool {
        self.signature(frame, lemma).is_some_and(|signature| signature.plain() == fact)
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
        let plans = |at: usize| self.makes(Frame::Event, lemma(at), Fact::Possible);
        let opens = |at: usize| self.has("modal", lemma(at)) || plans(at);
        let denies = |at: usize| {
            let not = self.denies(lemma(at)) && !self.softens(lemma(at + 1));
            // "wants to stop supporting" leaves it open.
            let open = passed.iter().any(|before| *before < at && opens(*before));
            not || (self.makes(Frame::Event, lemma(at), Fact::Negated) && !open)
        };
        let frame = before.and_then(|start| self.frame(sentence, start));
        let refused = |at: usize| self.makes(Frame::Event, lemma(at), Fact::Negated);
        let cancelled = nominal && before.is_some() && (end..end + AFTER).any(refused);
        let near = reach(REACH).any(|at| denies(at) && self.denies(lemma(at)));
        if passed.iter().copied().any(denies) || near || cancelled || frame == Some(Fact::Negated) {
            return Fact::Negated;
        }
        let infinitive = passed.iter().any(|at| lemma(*at) == "to");
        let made_so = passed.iter().any(|at| self.makes(Frame::Event, lemma(*at), Fact::Actual));
        let asked = before.is_some() && lemma(sentence.tokens.len().saturating_sub(1)) == "?";
        let conditional = reach(CLAUSE).any(|at| self.is_condition(lemma(at)));
        let planned =
            nominal && reach(REACH).any(|at| plans(at) || self.modifier(lemma(at), "") == Fact::Possible);
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
        let makes = |fact| before.iter().any(|token| self.makes(Frame::Clause, &token.lemma, fact));
        [Fact::Negated, Fact::Possible].into_iter().find(|fact| makes(*fact))
    }
}
