//! The sentences of an article, each analysed once, when somebody asks for it.

use super::{Analyser, Name, Predicted, Sentence};
use std::cell::OnceCell;

/// What the model says of one sentence.
#[derive(Debug, Clone, Default)]
pub struct Analysis {
    /// Tags, lemma, head and relation of each token.
    pub words: Vec<Predicted>,
    /// The names in it.
    pub names: Vec<Name>,
}

/// The analyses of an article's sentences. Most sentences hold nothing that rules look for, and are never
/// analysed.
pub struct Analyses<'a> {
    analyser: Option<&'a Analyser>,
    sentences: &'a [Sentence],
    text: &'a str,
    made: Vec<OnceCell<Analysis>>,
}

impl<'a> Analyses<'a> {
    /// None is made yet. Without an analyser there will be none.
    pub fn new(analyser: Option<&'a Analyser>, sentences: &'a [Sentence], text: &'a str) -> Self {
        Self { analyser, sentences, text, made: vec![OnceCell::new(); sentences.len()] }
    }

    /// The analysis of sentence number `number`. O(tokens²) the first time.
    pub fn get(&self, number: usize) -> Option<&Analysis> {
        let analyser = self.analyser?;
        let sentence = self.sentences.get(number)?;
        Some(self.made.get(number)?.get_or_init(|| {
            let words: Vec<&str> = sentence.tokens.iter().map(|token| token.span.of(self.text)).collect();
            let (words, names) = analyser.predict(&words);
            Analysis { words, names }
        }))
    }

    /// How many sentences have been analysed.
    pub fn made(&self) -> usize {
        self.made.iter().filter(|made| made.get().is_some()).count()
    }
}
