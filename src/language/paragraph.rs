//! A plain text → its paragraphs, with nothing left out.

use crate::article::{Article, Block, BlockKind};
use crate::span::Span;

/// No program wraps lines wider than this; a wider line is a paragraph of its own.
const WIDEST: usize = 120;

/// An article whose blocks are the paragraphs of `text`, for when every word is to be read.
///
/// Paragraphs end at blank lines. A single line end is a break unless the lines are wrapped: that is,
/// all are narrow and the first word of the next line would not have fitted on this one.
pub fn article(text: String) -> Article {
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines: Vec<Span> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        let end = at + line.trim_end().len();
        at += line.len();
        if start < end {
            lines.push(Span::new(start, end));
        } else {
            paragraphs(&text, &mut lines, &mut blocks);
        }
    }
    paragraphs(&text, &mut lines, &mut blocks);
    Article { text, blocks, ..Article::default() }
}

/// Makes blocks of lines that no blank line divides.
fn paragraphs(text: &str, lines: &mut Vec<Span>, blocks: &mut Vec<Block>) {
    let widest = lines.iter().map(|line| line.len()).max().unwrap_or(0);
    let mut open = false;
    for line in lines.drain(..) {
        match blocks.last_mut().filter(|_| open) {
            Some(block) => block.span = block.span.cover(line),
            None => blocks.push(Block { kind: BlockKind::Paragraph, span: line, hidden: Vec::new() }),
        }
        let next = text[line.range().end..].split_whitespace().next().unwrap_or_default();
        open = widest <= WIDEST && line.len() + 1 + next.len() > widest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_are_one_paragraph_and_others_are_not() {
        let text = "Title\n\nA line that was wrapped at forty letters\nby some program, and goes on on the next\none.\nA new one.\n\n\n";
        let article = article(text.to_owned());
        let blocks: Vec<&str> = article.blocks.iter().map(|block| block.span.of(text)).collect();
        assert_eq!(blocks.len(), 3, "{blocks:?}");
        assert_eq!((blocks[0], blocks[2]), ("Title", "A new one."));
    }
}
