//! Files → [`Article`]: what does the text say, apart from what was scraped with it?
//!
//! Reads every kind of file that articles come in, converts it to UTF-8, finds title, date and
//! publisher, and divides the text into typed [`Block`]s. The text itself is never changed.

use crate::span::Span;
use jiff::civil::Date;

/// One article as it was read.
#[derive(Debug, Clone, Default)]
pub struct Article {
    /// The file's stem, or the `id` of a JSON article; unique within one build.
    pub id: String,
    /// The file it came from, as the person named it.
    pub source: String,
    /// Headline, where the file gives it apart from the text.
    pub title: Option<String>,
    /// Day of publication, where it is known.
    pub date: Option<Date>,
    /// Who published it, where the file says so.
    pub publisher: Option<String>,
    /// Where it was published, where the file says so.
    pub url: Option<String>,
    /// The text as read: decoded to UTF-8, byte-order mark removed, nothing else changed.
    pub text: String,
    /// The parts of the text in their order; what lies between them is white space.
    pub blocks: Vec<Block>,
}

/// A stretch of an article's text of one kind, such as a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is, in bytes of [`Article::text`].
    pub span: Span,
    /// Stretches inside `span` that are no language (markup, credits, an advertisement in the
    /// middle of a sentence), in their order; a reader passes over them as over a space.
    pub hidden: Vec<Span>,
}

/// What a [`Block`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A headline, a summary line under it, or a heading inside the article.
    Headline,
    /// Running text.
    Paragraph,
    /// The text under a picture or a video.
    Caption,
    /// A quotation that stands as a block of its own.
    Quote,
    /// Links, advertisements, prompts, footers: gives no sentences and so no triples.
    Noise,
}
