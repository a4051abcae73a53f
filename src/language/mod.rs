//! [`Article`] → [`Sentence`]s of [`Token`]s: where does a sentence end, and what are its words?
//!
//! Words are divided as in Universal Dependencies ("won't" is `wo` `n't`), and sentences by their signs
//! and by what the word lists know of abbreviations. Tags and syntax stand beside the lemma in
//! [`Token`] once a model has predicted them.

mod analyse;
mod analyses;
mod arborescence;
mod argument;
pub mod conllu;
mod dot;
pub mod evaluate;
mod feature;
mod inflect;
mod label;
mod lemma;
mod model;
mod network;
pub mod output;
pub mod paragraph;
mod parse;
mod phrases;
mod split;
mod table;
mod token;
mod writing;

pub use analyse::{Analyser, AnalyserError, LONGEST_STRETCH, Predicted};
pub use analyses::{Analyses, Analysis};
pub use label::{NameKind, Relation, Upos, Xpos};
pub use model::{About, Model, ModelError};
pub use network::Encoded;
pub use parse::Arc;
pub use phrases::Phrases;
pub use table::{LemmaError, LemmaTable, learn as learn_lemmas};

use crate::article::{Article, Block, BlockKind};
use crate::rule::lexicon::Lexicon;
use crate::span::Span;
use lemma::Lemmas;
use std::collections::HashSet;
use std::ops::Range;
use token::Cut;
use writing::Writing;

/// One sentence of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it is, in bytes of [`Article::text`].
    pub span: Span,
    /// The kind of block that it stands in.
    pub block: BlockKind,
    /// Its words and signs in their order.
    pub tokens: Vec<Token>,
    /// Whether it goes on in the next sentence and was cut here only because it is too long.
    pub cut: bool,
    /// The names in it, in their order; empty until a model has read it.
    pub names: Vec<Name>,
}

/// A name that a model found in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: NameKind,
}

/// A word or a sign; tags and syntax are there once a model has read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it is, in bytes of [`Article::text`].
    pub span: Span,
    /// Its base form in small letters: `speak` for "Spoke", `'s` for "’s".
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Option<Upos>,
    /// English part of speech.
    pub xpos: Option<Xpos>,
    /// Index of its head in the sentence; nothing for the root, and where `deprel` is nothing.
    pub head: Option<u16>,
    /// Its relation to the head; `root` for the root.
    pub deprel: Option<Relation>,
    /// Whether it is written as one word with the token before it: the `n't` of "don't".
    pub joined: bool,
}

impl Token {
    /// A token that no model has read yet.
    pub fn new(span: Span, lemma: String) -> Self {
        Self { span, lemma, upos: None, xpos: None, head: None, deprel: None, joined: false }
    }
}

impl Sentence {
    /// The words of these tokens on one line, without what is hidden between them.
    pub fn text_of(&self, tokens: std::ops::Range<usize>, text: &str) -> String {
        let mut words = String::new();
        let mut end = None;
        for token in self.tokens.get(tokens).unwrap_or_default() {
            if end.is_some_and(|end| end != token.span.start) {
                words.push(' ');
            }
            words.push_str(token.span.of(text));
            end = Some(token.span.end);
        }
        words
    }

    /// The bytes of the article's text that these tokens cover.
    pub fn span_of(&self, tokens: Range<usize>) -> Span {
        match self.tokens.get(tokens) {
            Some([first, .., last]) => first.span.cover(last.span),
            Some([only]) => only.span,
            _ => Span::default(),
        }
    }
}

/// Divides English text; built once, used for all articles and rules.
#[derive(Debug, Clone)]
pub struct Language {
    writing: Writing,
    ending_abbreviations: HashSet<String>,
    lemmas: Lemmas,
}

/// No sentence is longer; what is (a table, a text without a period) is divided, so that matching
/// stays linear in the length of the text.
pub const LONGEST_SENTENCE: usize = 300;

impl Language {
    /// Takes abbreviations and inflection from the lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let set = |name| lexicon.words(name).iter().cloned().collect();
        Self {
            writing: Writing::new(lexicon),
            ending_abbreviations: set("month_or_sentence_end"),
            lemmas: Lemmas::new(lexicon),
        }
    }

    /// The sentences of all blocks but noise. O(length of the text).
    pub fn sentences(&self, article: &Article) -> Vec<Sentence> {
        let blocks = article.blocks.iter().filter(|block| block.kind != BlockKind::Noise);
        blocks.flat_map(|block| self.sentences_of(block, &article.text)).collect()
    }

    /// The tokens of a phrase that stands alone, such as a name of the lexicon.
    pub fn tokens(&self, phrase: &str) -> Vec<Token> {
        self.sentence(phrase, 0, &token::cuts(phrase, self))
    }

    /// Base form of a word, in small letters.
    pub fn lemma(&self, word: &str) -> String {
        self.lemmas.of(word)
    }

    /// The sentences of one block of an article with this text.
    pub fn sentences_of(&self, block: &Block, text: &str) -> Vec<Sentence> {
        let view = readable(block, text);
        let offset = block.span.start as usize;
        let mut sentences = Vec::new();
        let cuts = token::cuts(&view, self);
        for (range, cut) in split::sentences(&view, &cuts, self) {
            let tokens = self.sentence(&view, offset, &cuts[range]);
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
            let span = first.span.cover(last.span);
            sentences.push(Sentence { span, block: block.kind, tokens, cut, names: Vec::new() });
        }
        sentences
    }

    /// The tokens of one sentence of a text that starts at byte `offset` of its article.
    fn sentence(&self, text: &str, offset: usize, cuts: &[Cut]) -> Vec<Token> {
        let token = |start, end, joined| {
            let span = Span::new(offset + start, offset + end);
            Token { joined, ..Token::new(span, self.lemma(&text[start..end])) }
        };
        let mut tokens: Vec<Token> = Vec::with_capacity(cuts.len() + 1);
        for (at, cut) in cuts.iter().enumerate() {
            let word = &text[cut.start..cut.end];
            // The period of "Acme Corp." at the end of a sentence is the sentence's; that of "U.S." stays.
            let ends = at + 1 == cuts.len() && word.ends_with('.') && word.starts_with(char::is_alphabetic);
            if ends && word.len() > 3 && !word[..word.len() - 1].contains('.') {
                tokens.push(token(cut.start, cut.end - 1, cut.joined && at > 0));
                tokens.push(token(cut.end - 1, cut.end, false));
            } else {
                tokens.push(token(cut.start, cut.end, cut.joined && at > 0));
            }
        }
        tokens
    }
}

/// The block's text with hidden stretches and line ends blanked out, byte for byte as long as it is,
/// so that every position in it is a position in the article.
fn readable(block: &Block, text: &str) -> String {
    let mut bytes = block.span.of(text).as_bytes().to_vec();
    for hidden in &block.hidden {
        let start = (hidden.start.saturating_sub(block.span.start)) as usize;
        let end = (hidden.end.saturating_sub(block.span.start) as usize).min(bytes.len());
        bytes.get_mut(start..end).unwrap_or_default().fill(b' ');
    }
    for byte in &mut bytes {
        if byte.is_ascii_whitespace() {
            *byte = b' ';
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleSet;

    #[test]
    fn hidden_stretches_and_line_ends_read_as_spaces() {
        let text = "Ada met [link] Bob\r\nin Oslo. She left.";
        let block = Block {
            kind: BlockKind::Paragraph,
            span: Span::new(0, text.len()),
            hidden: vec![Span::new(8, 14)],
        };
        let article = Article { text: text.to_owned(), blocks: vec![block], ..Article::default() };
        let language = Language::new(&RuleSet::built_in().lexicon);
        let sentences = language.sentences(&article);
        let words = |sentence: &Sentence| -> Vec<String> {
            sentence.tokens.iter().map(|token| token.span.of(text).to_owned()).collect()
        };
        assert_eq!(sentences.len(), 2);
        assert_eq!(words(&sentences[0]), ["Ada", "met", "Bob", "in", "Oslo", "."]);
        assert_eq!(words(&sentences[1]), ["She", "left", "."]);
    }
}
