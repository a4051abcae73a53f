//! Quotation marks → [`Quote`]s: what is said in somebody's own words, and who says it?
//!
//! The rules look at the words only, since most quotations hold nothing for which a sentence has to be analysed. A
//! speaker is who stands right at a verb of saying beside the quotation: "…," **Ada** said; **Ada** said: "…". What
//! goes on in quotation marks without a word between is said by who spoke before.

use super::{Mention, word};
use crate::article::BlockKind;
use crate::language::{Language, Sentence};
use crate::rule::lexicon::Lexicon;
use crate::span::Span;
use std::collections::HashSet;

/// Words in quotation marks, over one sentence or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Sentence and token of the mark that opens it.
    pub start: (usize, usize),
    /// Sentence and token of the mark that closes it.
    pub end: (usize, usize),
    /// Index of the mention that says it, where it is a name or stands for one.
    pub speaker: Option<usize>,
}

impl Quote {
    /// Whether a token stands between the marks.
    pub fn holds(&self, sentence: usize, token: usize) -> bool {
        self.start < (sentence, token) && (sentence, token) < self.end
    }
}

/// Verbs of saying, and marks.
#[derive(Debug, Clone)]
pub(super) struct SpeechWords {
    verbs: HashSet<String>,
    open: HashSet<String>,
    close: HashSet<String>,
}

/// How far from its quotation a verb of saying may stand, in tokens.
const REACH: usize = 14;

impl SpeechWords {
    pub(super) fn new(lexicon: &Lexicon, language: &Language) -> Self {
        let set = |list: &str| lexicon.words(list).iter().cloned().collect();
        let verbs = lexicon.words("reporting_verb").iter().map(|verb| language.lemma(verb)).collect();
        Self { verbs, open: set("quote_open"), close: set("quote_close") }
    }

    /// All quotations of an article, with their speakers. `names` are its mentions in the order of the text: with
    /// pronouns, a pronoun can be the speaker. O(tokens + quotations · names of a sentence).
    pub(super) fn quotes(&self, sentences: &[Sentence], text: &str, names: &[Mention]) -> Vec<Quote> {
        let mut quotes: Vec<Quote> = Vec::new();
        for (start, end) in self.marks(sentences, text) {
            let said =
                self.behind(sentences, text, names, end).or_else(|| self.before(sentences, names, start));
            let speaker = said.or_else(|| {
                let last = quotes.last()?;
                let next = start.0 <= last.end.0 + 1 && start.1 == 0;
                last.speaker.filter(|_| next && self.is_alone(sentences, text, start, end))
            });
            quotes.push(Quote { start, end, speaker });
        }
        quotes
    }

    /// Where each quotation opens and closes; one that a paragraph leaves open goes on in the next if that opens it
    /// again.
    fn marks(&self, sentences: &[Sentence], text: &str) -> Vec<((usize, usize), (usize, usize))> {
        let mut marks = Vec::new();
        let mut open: Option<(usize, usize)> = None;
        let mut before: Option<u32> = None;
        for (number, sentence) in sentences.iter().enumerate() {
            if sentence.block == BlockKind::Headline {
                continue;
            }
            let gap =
                before.map(|end| Span { start: end, end: sentence.span.start }.of(text)).unwrap_or_default();
            let again = !sentence.tokens.is_empty() && self.open.contains(word(sentence, 0, text));
            if gap.contains('\n') && !again {
                open = None;
            }
            before = Some(sentence.span.end);
            for at in 0..sentence.tokens.len() {
                let sign = word(sentence, at, text);
                match open {
                    Some(_) if at == 0 && gap.contains('\n') && self.open.contains(sign) => {}
                    Some(start) if self.close.contains(sign) => {
                        marks.push((start, (number, at)));
                        open = None;
                    }
                    None if self.open.contains(sign) => open = Some((number, at)),
                    _ => {}
                }
            }
        }
        marks
    }

    /// "…," **Ada** said; "…," said **Ada**.
    fn behind(
        &self,
        sentences: &[Sentence],
        text: &str,
        names: &[Mention],
        end: (usize, usize),
    ) -> Option<usize> {
        let sentence = sentences.get(end.0)?;
        let from = end.1 + 1;
        let last = sentence.tokens.len().min(from + REACH);
        let next = (from..last).find(|at| self.open.contains(word(sentence, *at, text))).unwrap_or(last);
        let verb = (from..next).find(|at| self.verbs.contains(&sentence.tokens[*at].lemma))?;
        let inside = |name: &Mention| from <= name.phrase.start && name.tokens.end <= verb;
        let before = here(names, end.0).filter(|(_, name)| inside(name)).last();
        let behind = || {
            let after = here(names, end.0).filter(|(_, name)| name.tokens.start > verb);
            // "said Chilean President Ada": she says it, and not Chile.
            after.take_while(|(_, name)| name.phrase.start <= verb + 1).last()
        };
        before.or_else(behind).map(|(at, _)| at)
    }

    /// **Ada** said: "…"; **Ada** told Bob, "…".
    fn before(&self, sentences: &[Sentence], names: &[Mention], start: (usize, usize)) -> Option<usize> {
        let colon = |number: &usize| {
            let tokens =
                sentences.get(*number).map(|sentence| sentence.tokens.as_slice()).unwrap_or_default();
            tokens.last().is_some_and(|token| token.lemma == ":")
        };
        let (number, to) = match start {
            (number, 0) => {
                let before = number.checked_sub(1).filter(colon)?;
                (before, sentences.get(before)?.tokens.len())
            }
            start => start,
        };
        let sentence = sentences.get(number)?;
        // "Ada: …"
        let sign = to.checked_sub(1).filter(|at| sentence.tokens[*at].lemma == ":");
        let named = sign.and_then(|at| here(names, number).find(|(_, name)| name.tokens.end == at));
        if let Some((at, _)) = named {
            return Some(at);
        }
        let says = |at: &usize| self.verbs.contains(&sentence.tokens[*at].lemma);
        let verb = (to.saturating_sub(REACH)..to).rev().find(says)?;
        here(names, number).filter(|(_, name)| name.tokens.end <= verb).last().map(|(at, _)| at)
    }

    /// Whether nothing but the quotation stands in the sentences of a quotation.
    fn is_alone(
        &self,
        sentences: &[Sentence],
        text: &str,
        start: (usize, usize),
        end: (usize, usize),
    ) -> bool {
        let Some(sentence) = sentences.get(end.0) else { return false };
        let words = (end.1 + 1..sentence.tokens.len()).map(|at| word(sentence, at, text));
        start.1 == 0 && words.filter(|word| word.chars().any(char::is_alphanumeric)).count() == 0
    }
}

/// The mentions of a sentence with their indices.
fn here(names: &[Mention], sentence: usize) -> impl Iterator<Item = (usize, &Mention)> {
    let first = names.partition_point(|name| name.sentence < sentence);
    names[first..]
        .iter()
        .take_while(move |name| name.sentence == sentence)
        .enumerate()
        .map(move |(at, name)| (first + at, name))
}
