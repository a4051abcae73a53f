//! Tokens of a text → which of them make up each sentence.

use super::token::Cut;
use super::writing::{self, is_sign};
use super::{LONGEST_SENTENCE, Language};
use std::ops::Range;

/// The sentences of `text`, as ranges of its tokens, each with whether it was cut because it is too
/// long and goes on in the next range. O(tokens).
pub(super) fn sentences(text: &str, cuts: &[Cut], language: &Language) -> Vec<(Range<usize>, bool)> {
    let splitter = Splitter { text, cuts, language };
    let mut sentences = Vec::new();
    let mut start = 0;
    for at in 0..cuts.len() {
        let ends = at + 1 == cuts.len() || splitter.ends_after(start, at);
        if ends || at + 1 - start >= LONGEST_SENTENCE {
            sentences.push((start..at + 1, !ends));
            start = at + 1;
        }
    }
    sentences
}

struct Splitter<'s> {
    text: &'s str,
    cuts: &'s [Cut],
    language: &'s Language,
}

/// What a sentence may end with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// A period, or a row of signs with one.
    Period,
    /// "!", "?" and rows of them.
    Call,
    /// "..."
    Dots,
    /// "U.S.", "Inc."
    Abbreviation,
}

impl Splitter<'_> {
    fn word(&self, at: usize) -> &str {
        self.cuts.get(at).map_or("", |cut| &self.text[cut.start..cut.end])
    }

    /// Whether white space stands before token `at`.
    fn spaced(&self, at: usize) -> bool {
        at == 0 || at >= self.cuts.len() || self.cuts[at - 1].end < self.cuts[at].start
    }

    /// Whether the sentence that begins with token `start` ends after token `at`, which has a next one.
    fn ends_after(&self, start: usize, at: usize) -> bool {
        if self.trails(at + 1) {
            return false;
        }
        // Quotation marks, brackets, smiles and notes that close after the sign belong to the sentence.
        let mut sign = at;
        while sign > start {
            match self.word(sign) {
                word if is_closing(word) && !self.spaced(sign) => {
                    sign -= if word == "]" && sign >= start + 3 && self.is_note(sign - 2) { 3 } else { 1 };
                }
                word if self.language.writing.is_emoticon(word) => sign -= 1,
                _ => break,
            }
        }
        let Some(end) = self.end(sign) else { return self.ends_without_sign(start, at) };
        let next = self.word(at + 1);
        if !self.spaced(at + 1) {
            let glued = end != End::Abbreviation && sign > start && next.starts_with(char::is_uppercase);
            return glued && sign == at;
        }
        if sign == start || self.is_enumeration(start, sign) {
            return false;
        }
        let mut first = at + 1;
        while first < self.cuts.len() && first < at + 4 && is_opening(self.word(first)) {
            first += 1;
        }
        let first = self.word(first);
        let small = first.starts_with(char::is_lowercase);
        let quoted = sign < at && self.word(at).starts_with(['"', '”', '’', '\'']);
        match end {
            End::Period => !small || !quoted,
            End::Call => !small || !quoted && sign == at,
            End::Dots => !small && first.starts_with(char::is_alphanumeric),
            End::Abbreviation => {
                let word = self.word(sign);
                let opens =
                    self.language.lemmas.is_opener(first) || first.starts_with(is_sign) && next == first;
                self.language.ending_abbreviations.contains(word) && !small && opens
            }
        }
    }

    fn end(&self, at: usize) -> Option<End> {
        let word = self.word(at);
        if word.chars().all(|sign| matches!(sign, '.' | '!' | '?' | '…')) {
            let dots = word == "…" || word.len() > 1 && word.bytes().all(|byte| byte == b'.');
            let call = word.contains(['!', '?']);
            return Some(if dots {
                End::Dots
            } else if call {
                End::Call
            } else {
                End::Period
            });
        }
        (word.len() > 1 && word.ends_with('.')).then_some(End::Abbreviation)
    }

    /// Whether a smile or the number of a note stands at `at`: both come after the sign that ends a sentence.
    fn trails(&self, at: usize) -> bool {
        self.language.writing.is_emoticon(self.word(at)) || self.is_note(at)
    }

    /// "[7]"
    fn is_note(&self, at: usize) -> bool {
        let number = self.word(at + 1);
        self.word(at) == "[" && self.word(at + 2) == "]" && number.bytes().all(|digit| digit.is_ascii_digit())
    }

    /// Where mail ends a line that has lost its end: after an address, the time in a header, a smile.
    fn ends_without_sign(&self, start: usize, at: usize) -> bool {
        if at == start || !self.spaced(at + 1) || !self.word(at + 1).starts_with(char::is_uppercase) {
            return false;
        }
        let word = self.word(at);
        let writing = &self.language.writing;
        let time = matches!(word, "AM" | "PM")
            && self.word(at - 1).contains(':')
            && at >= start + 2
            && self.word(at - 2).contains('/');
        time || writing.is_emoticon(word)
            || writing::is_address(word)
            || word == ","
                && at <= start + 2
                && writing.closes_letter(self.text[self.cuts[start].start..self.cuts[at].start].trim())
    }

    /// "1." and "b." at the start of a line of a list.
    fn is_enumeration(&self, start: usize, sign: usize) -> bool {
        let word = self.word(start);
        sign == start + 1
            && word.len() <= 3
            && (word.bytes().all(|byte| byte.is_ascii_digit()) || word.len() == 1)
    }
}

fn is_closing(word: &str) -> bool {
    matches!(word, "\"" | "”" | "’" | "'" | ")" | "]" | "''" | "»")
}

fn is_opening(word: &str) -> bool {
    matches!(word, "\"" | "“" | "‘" | "'" | "(" | "[" | "``" | "«" | "-" | "--" | "—" | "–")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::token;
    use crate::rule::RuleSet;

    fn split(text: &str) -> Vec<&str> {
        let language = Language::new(&RuleSet::built_in().lexicon);
        let cuts = token::cuts(text, &language);
        let ranges = sentences(text, &cuts, &language);
        ranges.into_iter().map(|(range, _)| &text[cuts[range.start].start..cuts[range.end - 1].end]).collect()
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_a_sentence() {
        let one = "Mr. J. Smith of Acme Inc. met U.S. Secretary of State Antony Blinken on Jan. 5.";
        assert_eq!(split(one), [one]);
        let two = ["He lives in the U.S.", "The senator does not."];
        assert_eq!(split(&two.join(" ")), two);
    }

    #[test]
    fn quotations_stay_whole() {
        assert_eq!(split("“Why?” he asked. “Go.” They went."), ["“Why?” he asked.", "“Go.”", "They went."]);
    }

    #[test]
    fn a_long_text_without_a_period_is_divided_all_the_same() {
        assert_eq!(split(&"é ".repeat(LONGEST_SENTENCE * 10)).len(), 10);
        assert_eq!(split(&"é".repeat(1_000_000)).len(), 1);
    }

    #[test]
    fn only_what_goes_on_was_cut() {
        let language = Language::new(&RuleSet::built_in().lexicon);
        let cut = |text: &str| -> Vec<bool> {
            let cuts = token::cuts(text, &language);
            sentences(text, &cuts, &language).into_iter().map(|(_, cut)| cut).collect()
        };
        let full = "a ".repeat(LONGEST_SENTENCE - 1) + ". ";
        assert_eq!(cut(&full), [false]);
        assert_eq!(cut(&(full + "She left.")), [false, false]);
        assert_eq!(cut(&"a ".repeat(LONGEST_SENTENCE * 2)), [true, false]);
        assert_eq!(cut(&("a ".repeat(LONGEST_SENTENCE) + "goes on. She left.")), [true, false, false]);
    }
}
