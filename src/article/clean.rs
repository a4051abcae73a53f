//! A text in, its typed blocks and its date out: divides what was written from what was scraped with it.

use super::phrases::Phrases;
use super::{Block, BlockKind, date, join, label, line};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Divides texts into blocks by the word lists of `rules/lexicon/cleaning.toml`.
///
/// Built once a run. Without any list (`Cleaner::default()`) it still tells lines, paragraphs and
/// headlines apart.
#[derive(Debug, Clone, Default)]
pub struct Cleaner {
    phrases: Phrases,
}

/// What cleaning finds in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cleaned {
    pub(super) blocks: Vec<Block>,
    pub(super) date: Option<Date>,
}

/// An article says its date in its first lines or not at all; later dates are those of events.
pub(super) const HEAD: usize = 12;

impl Cleaner {
    /// Compiles the word lists, by their names; says which entries are no regular expressions and
    /// which lists cleaning has no use for.
    pub fn new(words: &BTreeMap<String, Vec<String>>) -> (Self, Vec<Diagnostic>) {
        let (phrases, wrong) = Phrases::new(words);
        (Self { phrases }, wrong)
    }

    /// Divides a text of lines. Linear in the length of the text.
    pub(super) fn clean(&self, text: &str) -> Cleaned {
        let lines = line::lines(text);
        let width = line::wrap_width(text, &lines);
        let mut pieces = label::pieces(text, &lines, width, &self.phrases);
        let date = self.dates(text, &mut pieces);
        label::neighbours(text, &mut pieces, &self.phrases);
        Cleaned { blocks: join::blocks(text, pieces, &self.phrases), date }
    }

    /// Types a block whose extent is known, as the paragraphs of a Markdown file: `visible` is its
    /// text with the markup blanked out, so that positions are the same.
    pub(super) fn refine(&self, visible: &str, block: &mut Block) -> Option<Date> {
        let from = visible.len() - visible.trim_start().len();
        let span = Span::new(from, from + visible.trim().len());
        let line = line::Line { span, after_blank: true };
        let mut pieces = label::pieces(visible, &[line], None, &self.phrases);
        let date = self.dates(visible, &mut pieces);
        for piece in pieces {
            block.kind = match piece.label {
                label::Label::Text | label::Label::Bullet => block.kind,
                label::Label::Caption => BlockKind::Caption,
                _ => BlockKind::Noise,
            };
            let start = block.span.start;
            let moved = piece
                .hidden
                .into_iter()
                .map(|span| Span { start: span.start + start, end: span.end + start });
            block.hidden.extend(moved);
        }
        block.hidden = join::tidy(std::mem::take(&mut block.hidden));
        date
    }

    /// The date in the first lines; hides date labels and datelines at the start of paragraphs.
    fn dates(&self, text: &str, pieces: &mut [label::Piece]) -> Option<Date> {
        let mut found = None;
        for piece in pieces.iter_mut().take(HEAD) {
            let written = piece.span.of(text);
            let start = piece.span.start as usize;
            let mut from = 0;
            if let Some((date, end)) = label::stamp(written, &self.phrases) {
                found = found.or(Some(date));
                // A date without a label may be the sentence's own: "4 January 2019 was a Friday."
                if piece.label == label::Label::Text && self.phrases.date_label.is(written) {
                    from = end + (written[end..].len() - written[end..].trim_start().len());
                    piece.hidden.push(Span::new(start, start + end));
                }
            }
            if piece.label == label::Label::Text
                && let Some(end) = self.dateline(&written[from..])
            {
                found = found.or_else(|| date::find(&written[from..from + end]));
                let bare = written[from..from + end].trim_end().len();
                piece.hidden.push(Span::new(start + from, start + from + bare));
            }
        }
        found
    }

    /// Where the dateline at the start of a paragraph ends: a sentence begins after it.
    fn dateline(&self, paragraph: &str) -> Option<usize> {
        const REACH: usize = 160;
        let reach = (0..=REACH.min(paragraph.len())).rev().find_map(|end| paragraph.get(..end))?;
        let end = self.phrases.dateline.find(reach)?.end;
        let next = paragraph[end..].chars().next()?;
        (next.is_uppercase() || next.is_numeric() || line::is_opening(next)).then_some(end)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The cleaner with the lists that everyone has.
    pub(in super::super) fn built_in() -> Cleaner {
        #[derive(serde::Deserialize)]
        struct File {
            words: BTreeMap<String, Vec<String>>,
        }
        let file: File = toml::from_str(include_str!("../../rules/lexicon/cleaning.toml")).unwrap();
        let (cleaner, wrong) = Cleaner::new(&file.words);
        assert_eq!(wrong, []);
        cleaner
    }

    #[test]
    #[ignore = "prints how the files named in BLOCKS are divided"]
    fn print_blocks() {
        let cleaner = built_in();
        let mut shown = String::new();
        for path in std::env::var("BLOCKS").unwrap().split(':') {
            let text = std::fs::read_to_string(path).unwrap();
            let cleaned = cleaner.clean(&text);
            shown += &format!("=== {path} {:?}\n", cleaned.date);
            for block in cleaned.blocks {
                let hidden: Vec<&str> = block.hidden.iter().map(|span| span.of(&text)).collect();
                shown += &format!("{:?} {:?} {hidden:?}\n", block.kind, block.span.of(&text));
            }
        }
        panic!("{shown}");
    }
}
