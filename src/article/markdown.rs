//! The text of a `.md` file in, its article out: the raw file with its markup hidden.

use super::clean::Cleaner;
use super::{Article, Block, BlockKind, clean, date, join, json, line};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Reads a Markdown file. Its text stays as it is, so that a span points at what a person sees in an
/// editor; marks of markup, addresses of links and front matter are hidden or noise.
pub(super) fn read(text: String, cleaner: &Cleaner, wrong: &mut Vec<Diagnostic>) -> Article {
    let mut article = Article::default();
    let body = front_matter(&text, &mut article, wrong);
    let mut leaves = leaves(&text, body);
    let mut written = None;
    for (at, leaf) in leaves.iter_mut().filter(|leaf| leaf.block.kind != BlockKind::Noise).enumerate() {
        let visible = leaf.blank(&text);
        let found = cleaner.refine(&visible, &mut leaf.block);
        written = written.or(found.filter(|_| at < clean::HEAD));
    }
    article.date = article.date.or(written);
    article.blocks = fill(&text, leaves);
    article.text = text;
    article
}

/// A block of the file, and the parts of it that are words.
#[derive(Debug)]
struct Leaf {
    block: Block,
    words: Vec<Range<usize>>,
}

impl Leaf {
    fn new(kind: BlockKind, range: Range<usize>) -> Self {
        Self {
            block: Block { kind, span: Span::new(range.start, range.end), hidden: Vec::new() },
            words: Vec::new(),
        }
    }

    /// The block's text with everything but its words made spaces, byte for byte.
    fn blank(&self, text: &str) -> String {
        let mut visible = String::with_capacity(self.block.span.len());
        let mut at = self.block.span.start as usize;
        for hidden in &self.block.hidden {
            visible.push_str(&text[at..hidden.start as usize]);
            visible.extend(std::iter::repeat_n(' ', hidden.len()));
            at = hidden.end as usize;
        }
        visible.push_str(&text[at..self.block.span.end as usize]);
        visible
    }

    /// Trims white space and hides what is no word.
    fn close(&mut self, text: &str) {
        let whole = self.block.span.of(text);
        let start = self.block.span.start as usize + (whole.len() - whole.trim_start().len());
        let end = start + whole.trim().len();
        let mut at = start;
        for words in self.words.drain(..).chain(std::iter::once(end..end)) {
            if words.start > at && words.start <= end && !text[at..words.start].trim().is_empty() {
                self.block.hidden.push(Span::new(at, words.start));
            }
            at = at.max(words.end);
        }
        self.block.span = Span::new(start, end);
        let hidden: usize = self.block.hidden.iter().map(|span| span.of(text).trim().len()).sum();
        if hidden == self.block.span.of(text).trim().len() {
            self.block.kind = BlockKind::Noise;
            self.block.hidden.clear();
        }
    }
}

/// The paragraphs, headings and other smallest blocks from byte `body` on, in their order.
fn leaves(text: &str, body: usize) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    let mut open: Option<Leaf> = None;
    let (mut quotes, mut images) = (0_usize, 0_usize);
    let parser = Parser::new_ext(&text[body..], Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    for (event, range) in parser.into_offset_iter() {
        let range = range.start + body..range.end + body;
        let kind = if quotes > 0 { BlockKind::Quote } else { BlockKind::Paragraph };
        match event {
            Event::Start(Tag::BlockQuote(_)) => quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => quotes = quotes.saturating_sub(1),
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images = images.saturating_sub(1),
            Event::Start(Tag::Paragraph) => open = Some(Leaf::new(kind, range)),
            Event::Start(Tag::Heading { .. }) => open = Some(Leaf::new(BlockKind::Headline, range)),
            Event::Start(Tag::CodeBlock(_) | Tag::Table(_) | Tag::HtmlBlock) | Event::Rule => {
                leaves.extend(close(&mut open, text));
                leaves.extend(close(&mut Some(Leaf::new(BlockKind::Noise, range)), text));
            }
            // A list item holds its text itself, or paragraphs and other lists.
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item)
            | Event::Start(Tag::List(_) | Tag::Item) => {
                leaves.extend(close(&mut open, text));
            }
            Event::Text(_) | Event::Code(_)
                if images == 0
                    && leaves.last().is_none_or(|leaf| leaf.block.span.end as usize <= range.start) =>
            {
                let leaf = open.get_or_insert_with(|| Leaf::new(kind, range.clone()));
                leaf.block.span = leaf.block.span.cover(Span::new(range.start, range.end));
                let marks = text[range.clone()].len() - text[range.clone()].trim_matches('`').len();
                let inner = if matches!(event, Event::Code(_)) { marks / 2 } else { 0 };
                leaf.words.push(range.start + inner..range.end - inner);
            }
            _ => {}
        }
    }
    leaves.extend(close(&mut open, text));
    leaves
}

fn close(open: &mut Option<Leaf>, text: &str) -> Option<Leaf> {
    let mut leaf = open.take()?;
    leaf.close(text);
    (!leaf.block.span.is_empty()).then_some(leaf)
}

/// Gives every stretch between the leaves that is not white space to a block: marks on a leaf's own
/// line ("> ", "3. ") to that leaf, hidden; the rest is noise.
fn fill(text: &str, leaves: Vec<Leaf>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(leaves.len());
    let mut at = 0;
    for Leaf { mut block, .. } in leaves {
        let start = block.span.start as usize;
        let gap = &text[at..start];
        let line = at + gap.rfind('\n').map_or(0, |newline| newline + 1);
        noise(text, at..line, &mut blocks);
        let mark = line + (text[line..start].len() - text[line..start].trim_start().len());
        if mark < start {
            block.hidden.insert(0, Span::new(mark, start));
            block.span.start = Span::new(mark, start).start;
            block.hidden = join::tidy(block.hidden);
        }
        at = block.span.end as usize;
        blocks.push(block);
    }
    noise(text, at..text.len(), &mut blocks);
    blocks
}

fn noise(text: &str, range: Range<usize>, blocks: &mut Vec<Block>) {
    let bare = text[range.clone()].trim();
    if !bare.is_empty() {
        let start = range.start + (text[range.clone()].len() - text[range].trim_start().len());
        blocks.push(Block {
            kind: BlockKind::Noise,
            span: Span::new(start, start + bare.len()),
            hidden: Vec::new(),
        });
    }
}

/// Reads the front matter, `key: value` lines between two lines of dashes; where the body begins.
fn front_matter(text: &str, article: &mut Article, wrong: &mut Vec<Diagnostic>) -> usize {
    const LINES: usize = 100;
    let mut at = 0;
    let mut fields = Vec::new();
    for (number, line) in text.split_inclusive('\n').take(LINES).enumerate() {
        let is_fence = line.trim_end() == "---";
        if number == 0 && !is_fence {
            return 0;
        }
        at += line.len();
        if number > 0 && is_fence {
            fields.into_iter().for_each(|(key, value, start)| field(text, key, value, start, article, wrong));
            return at;
        }
        if let Some((key, value)) = line.split_once(':') {
            fields.push((
                key.trim(),
                value.trim().trim_matches(|quote| line::is_opening(quote) || line::is_closing(quote)),
                at - line.len(),
            ));
        }
    }
    0
}

fn field(
    text: &str,
    key: &str,
    value: &str,
    start: usize,
    article: &mut Article,
    wrong: &mut Vec<Diagnostic>,
) {
    let kept = Some(value.to_owned()).filter(|value| !value.is_empty());
    match key.to_lowercase().as_str() {
        "title" => article.title = kept,
        "publisher" => article.publisher = kept,
        "url" => article.url = kept,
        "source" if value.contains("://") => article.url = article.url.take().or(kept),
        "source" => article.publisher = article.publisher.take().or(kept),
        "date" if kept.is_some() => {
            article.date = date::parse(value);
            if article.date.is_none() {
                wrong.push(json::bad_date(value).at(text, Span::new(start, start + key.len())));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::clean::tests::built_in;
    use jiff::civil::date;

    fn blocks(article: &Article) -> Vec<(BlockKind, String)> {
        let visible = |block: &Block| {
            let leaf = Leaf { block: block.clone(), words: Vec::new() };
            leaf.blank(&article.text).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        article.blocks.iter().map(|block| (block.kind, visible(block))).collect()
    }

    #[test]
    fn markup_is_hidden_and_the_text_stays_as_it_is() {
        use BlockKind::{Headline, Noise, Paragraph, Quote};
        let text = "# Talks *open*\n\n**OSLO** — [Ada Byron](https://example.org/a_b) met `Mary` Poe\nin the town.\n\n> “It is\n> done,” she said.\n\n- One item.\n- Another\n  - Inner item.\n\n1. Counted.\n\n![picture](p.png)\n\n```\nlet code = 1;\n```\n\nAdvertisement\n\nMinor heading\n---\n\nThe *end* is near.\n";
        let article = read(text.to_owned(), &built_in(), &mut Vec::new());
        assert_eq!(article.text, text);
        let found = blocks(&article);
        let found: Vec<(BlockKind, &str)> = found.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
        assert_eq!(
            found,
            [
                (Headline, "Talks open"),
                (Paragraph, "Ada Byron met Mary Poe in the town."),
                (Quote, "“It is done,” she said."),
                (Paragraph, "One item."),
                (Paragraph, "Another"),
                (Paragraph, "Inner item."),
                (Paragraph, "Counted."),
                (Noise, "![picture](p.png)"),
                (Noise, "``` let code = 1; ```"),
                (Noise, "Advertisement"),
                (Headline, "Minor heading"),
                (Paragraph, "The end is near."),
            ]
        );
    }

    #[test]
    fn front_matter_is_read_and_is_no_text() {
        let text = "---\r\ntitle: \"Talks open: a report\"\r\ndate: 4 January 2019\r\nsource: https://example.org/1\r\npublisher: The Daily Example\r\n---\r\nAda met Bob.\r\n";
        let mut wrong = Vec::new();
        let article = read(text.to_owned(), &built_in(), &mut wrong);
        assert_eq!(article.title.as_deref(), Some("Talks open: a report"));
        assert_eq!(article.date, Some(date(2019, 1, 4)));
        assert_eq!(article.url.as_deref(), Some("https://example.org/1"));
        assert_eq!(article.publisher.as_deref(), Some("The Daily Example"));
        assert_eq!(blocks(&article)[1..], [(BlockKind::Paragraph, "Ada met Bob.".to_owned())]);
        assert_eq!(wrong, []);
        read("---\ndate: soon\n---\nAda met Bob.".to_owned(), &built_in(), &mut wrong);
        assert_eq!((wrong[0].code, wrong[0].place.as_ref().unwrap().line), ("bad-date", 2));
    }
}
