//! The classes of `status.toml` → [`Signatures`]: what does a word say of the event that stands under it?
//!
//! The idea is that of implicative signatures: Karttunen, "Implicative Verbs" (1971) and "Simple and Phrasal
//! Implicatives" (2012); Nairn, Condoravdi and Karttunen, "Computing relative polarity for textual inference"
//! (2006). *Fail* has the signature −/+: what she failed to do she did not do, what she did not fail to do she did.

use super::assertion::stronger;
use super::status::Fact;
use crate::language::Language;
use crate::rule::lexicon::Lexicon;
use std::collections::HashMap;

/// What an event is where the word above it is so, and where that is not so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signature {
    plain: Fact,
    denied: Fact,
}

impl Signature {
    /// ?/−: "plans to visit", "has no plans to visit"; what "to" says behind a word that nobody listed.
    pub(super) const PLAN: Self = Self { plain: Fact::Possible, denied: Fact::Negated };
    /// +/+: "asked why she visited".
    pub(super) const TAKEN_FOR_GRANTED: Self = Self { plain: Fact::Actual, denied: Fact::Actual };
    /// +/−: "will hold talks", "did not hold talks".
    pub(super) const SAME: Self = Self { plain: Fact::Actual, denied: Fact::Negated };
    /// ?/?: "wherever she may …".
    pub(super) const OPEN: Self = Self { plain: Fact::Possible, denied: Fact::Possible };

    /// What the event is, by what the word above it is.
    pub(super) fn of(self, above: Fact) -> Fact {
        match above {
            Fact::Actual => self.plain,
            Fact::Negated => self.denied,
            // "may regret that she visited": only what holds either way holds then.
            Fact::Possible if self.plain == self.denied => self.plain,
            Fact::Possible => Fact::Possible,
        }
    }

    /// The same of what nobody is named for: only what is taken for granted is so.
    pub(super) fn unvouched(self) -> Self {
        match self.denied {
            Fact::Actual => self,
            _ => Self { plain: stronger(self.plain, Fact::Possible), denied: self.denied },
        }
    }

    /// What the event is where the word above it is so.
    pub(super) fn plain(self) -> Fact {
        self.plain
    }
}

/// What an event is put as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// Something to do: "managed **to visit**", "prevented her **from visiting**".
    Event,
    /// A clause of its own: "knows that she **visited**".
    Clause,
    /// A noun: "held **talks**", "the threat of **an attack**".
    Object,
    /// The subject of what happens: "**the attack** took place".
    Happening,
}

impl Frame {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Event, "event"),
        (Self::Clause, "clause"),
        (Self::Object, "object"),
        (Self::Happening, "happening"),
    ];
}

/// The lists' names for what an event is.
const WORTHS: [(&str, Fact); 3] =
    [("plus", Fact::Actual), ("minus", Fact::Negated), ("open", Fact::Possible)];

/// The signature of every word in every frame.
#[derive(Debug)]
pub(super) struct Signatures {
    frames: Vec<HashMap<String, Signature>>,
}

impl Signatures {
    /// Takes the lists `event_plus_minus` and so on. A word that stands in two lists of a frame keeps the first.
    pub(super) fn new(lexicon: &Lexicon, language: &Language) -> Self {
        let frame = |name: &str| {
            let mut words = HashMap::new();
            for (plus, plain) in WORTHS {
                for (minus, denied) in WORTHS {
                    for word in lexicon.words(&format!("{name}_{plus}_{minus}")) {
                        // As a sentence has it before and after it is analysed.
                        for form in [word.to_lowercase(), language.lemma(word)] {
                            words.entry(form).or_insert(Signature { plain, denied });
                        }
                    }
                }
            }
            words
        };
        Self { frames: Frame::ALL.iter().map(|(_, name)| frame(name)).collect() }
    }

    /// The signature of a word, or of several joined by spaces.
    pub(super) fn of(&self, frame: Frame, words: &str) -> Option<Signature> {
        let at = Frame::ALL.iter().position(|(known, _)| *known == frame)?;
        self.frames.get(at)?.get(words).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleSet;

    #[test]
    fn words_pass_on_what_they_are() {
        let rules = RuleSet::built_in();
        let signatures = Signatures::new(&rules.lexicon, &Language::new(&rules.lexicon));
        let of = |frame, word, above| signatures.of(frame, word).map(|signature| signature.of(above));
        use Fact::{Actual, Negated, Possible};
        let cases = [
            (Frame::Event, "manage", [Actual, Negated, Possible]),
            (Frame::Event, "force", [Actual, Possible, Possible]),
            (Frame::Event, "fail", [Negated, Actual, Possible]),
            (Frame::Event, "refuse", [Negated, Possible, Possible]),
            (Frame::Event, "hesitate", [Possible, Actual, Possible]),
            (Frame::Event, "plan", [Possible, Negated, Possible]),
            (Frame::Event, "urge", [Possible, Possible, Possible]),
            (Frame::Clause, "know", [Actual, Actual, Actual]),
            (Frame::Clause, "say", [Actual, Possible, Possible]),
            (Frame::Clause, "deny", [Negated, Possible, Possible]),
            (Frame::Object, "hold", [Actual, Negated, Possible]),
        ];
        for (frame, word, facts) in cases {
            for (above, fact) in [Actual, Negated, Possible].into_iter().zip(facts) {
                assert_eq!(of(frame, word, above), Some(fact), "{word} {above:?}");
            }
        }
    }

    #[test]
    fn no_word_stands_in_two_classes_of_a_frame() {
        let rules = RuleSet::built_in();
        for (_, frame) in Frame::ALL {
            let mut seen = std::collections::BTreeMap::new();
            for (list, words) in rules.lexicon.lists() {
                for word in words.iter().filter(|_| list.starts_with(&format!("{frame}_"))) {
                    assert_eq!(seen.insert(word, list), None, "`{word}` in {list}");
                }
            }
        }
    }
}
