//! The text of a block → byte ranges of its sentences.

use crate::language::Language;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// UAX #29 looks ahead from every period as far as it needs to; dividing very long texts first keeps
/// that linear.
const LONGEST_STRETCH: usize = 16_384;

/// The sentences of `text`, trimmed; joins what Unicode's rules divide after an abbreviation, after an
/// initial, and before a small letter ("“Why?” he asked").
pub(super) fn sentences(text: &str, language: &Language) -> Vec<Range<usize>> {
    let mut sentences: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = stretch(text, start);
        for (at, piece) in text[start..end].split_sentence_bound_indices() {
            let range = trimmed(text, start + at..start + at + piece.len());
            match sentences.last_mut() {
                _ if range.is_empty() => {}
                Some(last) if goes_on(&text[last.clone()], &text[range.clone()], language) => {
                    last.end = range.end
                }
                _ => sentences.push(range),
            }
        }
        start = end;
    }
    sentences
}

/// The end of a stretch that starts at `start`: the last space before the limit.
fn stretch(text: &str, start: usize) -> usize {
    if text.len() - start <= LONGEST_STRETCH {
        return text.len();
    }
    let mut limit = start + LONGEST_STRETCH;
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    match text[start..limit].rfind(' ') {
        Some(space) if space > 0 => start + space,
        _ => limit,
    }
}

/// Whether `next` belongs to the sentence that `before` begins.
fn goes_on(before: &str, next: &str, language: &Language) -> bool {
    let last = before.rsplit(' ').next().unwrap_or_default();
    let last = last.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let first = next.split(' ').next().unwrap_or_default();
    if next.starts_with(char::is_lowercase) {
        return true;
    }
    if language.ending_abbreviations.contains(last) {
        return first.starts_with(char::is_alphanumeric) && !language.lemmas.is_opener(first);
    }
    language.abbreviations.contains(last) || is_initial(last)
}

/// "J." of "J. Smith"; "I." ends sentences too often to count.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    matches!((letters.next(), letters.next(), letters.next()), (Some(letter), Some('.'), None) if letter.is_uppercase() && letter != 'I')
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let start = range.start + piece.len() - piece.trim_start().len();
    start..start + piece.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleSet;

    fn split(text: &str) -> Vec<&str> {
        let language = Language::new(&RuleSet::built_in().lexicon);
        sentences(text, &language).into_iter().map(|range| &text[range]).collect()
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
    fn a_long_text_without_a_space_is_divided_all_the_same() {
        let text = "é".repeat(100_000);
        assert_eq!(split(&text).iter().map(|piece| piece.len()).sum::<usize>(), text.len());
    }
}
