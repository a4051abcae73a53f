//! A text in, its lines out, trimmed; the lines of a hard-wrapped text know that they go on.

use crate::span::Span;

/// A line that is not empty, without the white space at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) span: Span,
    /// Whether an empty line stands before it.
    pub(super) after_blank: bool,
}

/// Divides a text at every line end. O(length of the text), and nothing is kept for empty lines.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_blank = false;
    let mut start = 0;
    for part in text.split_inclusive(['\n', '\r']) {
        let bare = part.trim();
        let from = start + (part.len() - part.trim_start().len());
        start += part.len();
        if !bare.is_empty() {
            lines.push(Line { span: Span::new(from, from + bare.len()), after_blank });
            after_blank = false;
        } else if part != "\n" || !text[..start - 1].ends_with('\r') {
            // The second half of "\r\n" is no empty line.
            after_blank = true;
        }
    }
    lines
}

/// The width that a text was wrapped at, or `None` if each of its lines is a paragraph.
///
/// Decided for the whole file: lines of about the same length that break off in mid-sentence are
/// a typewriter's; a scraped page has long lines too.
pub(super) fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    const LONGEST: usize = 110;
    const SHORTEST: usize = 40;
    let lengths: Vec<usize> = lines.iter().map(|line| line.span.of(text).chars().count()).collect();
    if lengths.iter().filter(|length| **length > LONGEST).count() * 100 > lengths.len() {
        return None;
    }
    let width = *lengths.iter().filter(|length| **length <= LONGEST).max()?;
    let adjacent = || (1..lines.len()).filter(|at| !lines[*at].after_blank).map(|at| at - 1);
    let breaks_off = |at: &usize| !ends_sentence(lines[*at].span.of(text)) && lengths[*at] * 10 >= width * 7;
    let all = adjacent().count();
    let broken = adjacent().filter(breaks_off).count();
    (width >= SHORTEST && broken >= 2 && broken * 2 > all).then_some(width)
}

/// Whether a wrapped line has no room for the next word: it goes on because it had to break.
pub(super) fn is_full(line: &str, next: &str, width: usize) -> bool {
    let word = next.split_whitespace().next().unwrap_or_default();
    (line.chars().count() + 1 + word.chars().count()) * 10 >= width * 9
}

/// Whether a text ends as a sentence does: with a final mark, quotes and brackets after it or not.
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(|mark: char| mark.is_whitespace() || is_closing(mark));
    bare.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '।'])
}

/// Whether a full stop stands inside a text, after a plain word: there are two sentences, or one and
/// who said it. The stops of "U.S.", "Mr. Poe" and "Jan. 4" do not count.
pub(super) fn has_sentence(text: &str) -> bool {
    const SHORTEST: usize = 4;
    text.split_whitespace().rev().skip(1).any(|word| {
        let bare = word.trim_end_matches(is_closing);
        bare.strip_suffix('.')
            .is_some_and(|word| word.chars().count() >= SHORTEST && word.chars().all(char::is_lowercase))
    })
}

/// Quotes and brackets that may stand after a final mark.
pub(super) fn is_closing(mark: char) -> bool {
    matches!(mark, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_')
}

/// Quotes and brackets that may stand before a word.
pub(super) fn is_opening(mark: char) -> bool {
    matches!(mark, '"' | '\'' | '“' | '‘' | '«' | '„' | '(' | '[')
}

/// Words of a text, not counting those behind `limit`: the question is always "few or many?".
pub(super) fn words(text: &str, limit: usize) -> usize {
    let is_word = |word: &&str| word.contains(char::is_alphanumeric);
    text.split_whitespace().filter(is_word).take(limit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, bool)> {
        lines(text).into_iter().map(|line| (line.span.of(text), line.after_blank)).collect()
    }

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        assert_eq!(
            read(" one \r\ntwo\r\n\r\nthree\n\n\nfour\rfive"),
            [("one", false), ("two", false), ("three", true), ("four", true), ("five", false),]
        );
        assert!(lines(&"\n".repeat(10_000)).is_empty());
    }

    #[test]
    fn wrapped_lines_are_told_from_lines_that_are_paragraphs() {
        let wrapped = "The ministers of both countries met on Monday in the old\ntown hall and agreed that the border would be opened for\nlorries in the spring, their offices said.\n\nNo date was given.";
        assert_eq!(wrap_width(wrapped, &lines(wrapped)), Some(56));
        let single = "The ministers of both countries met on Monday.\nThey agreed that the border would be opened.\nNo date was given.\n";
        assert_eq!(wrap_width(single, &lines(single)), None);
    }

    #[test]
    fn a_sentence_ends_inside_its_quotes_too() {
        assert!(ends_sentence("“It is done.”") && !ends_sentence("[it is]\""));
        assert!(!ends_sentence("the people’s"));
        assert!(
            has_sentence("“It is done.” — Ada Byron, minister")
                && !has_sentence("Mr. Poe of the U.S. said in Jan. it was done.")
        );
    }
}
