//! Sentences without tags → the same with parts of speech, lemmas, heads, relations and names.

use super::conllu::Parsed;
use super::label::{Relation, Upos, Xpos};
use super::lemma::Lemmas;
use super::{Language, LemmaError, LemmaTable, Model, ModelError, Name, Sentence};
use std::borrow::Cow;

/// A model and the lemmas that go with it.
#[derive(Debug)]
pub struct Analyser {
    model: Model,
    lemmas: LemmaTable,
    /// Inflection of the lexicon, for verbs that no treebank showed.
    inflection: Option<Lemmas>,
}

/// Why there is no analyser.
#[derive(Debug, thiserror::Error)]
pub enum AnalyserError {
    /// The model cannot be used.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The lemmas cannot be used.
    #[error(transparent)]
    Lemmas(#[from] LemmaError),
    /// This program was built before there was a model.
    #[error("no model is built into this program")]
    NoModel,
}

/// A tree over more words than this costs more than it tells: longer sentences are read in stretches.
pub const LONGEST_STRETCH: usize = 400;

/// What a model says of one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predicted {
    /// Universal part of speech.
    pub upos: Option<Upos>,
    /// English part of speech.
    pub xpos: Option<Xpos>,
    /// Base form; names keep their capitals.
    pub lemma: String,
    /// Number of the head, counted from 1; 0 for the root.
    pub head: usize,
    /// Relation to the head.
    pub relation: Relation,
}

/// The model that is built in, where there is one.
#[cfg(embedded_model)]
static EMBEDDED: &[u8] = include_bytes!("../../models/en.model");
static LEMMAS: &str = include_str!("../../models/en.lemma");

impl Analyser {
    /// With the built-in model.
    #[cfg(embedded_model)]
    pub fn built_in() -> Result<Self, AnalyserError> {
        Self::new(EMBEDDED)
    }

    /// With the built-in model.
    #[cfg(not(embedded_model))]
    pub fn built_in() -> Result<Self, AnalyserError> {
        Err(AnalyserError::NoModel)
    }

    /// With another model, the bytes of its file.
    pub fn new(model: impl Into<Cow<'static, [u8]>>) -> Result<Self, AnalyserError> {
        Ok(Self { model: Model::new(model)?, lemmas: LemmaTable::new(LEMMAS)?, inflection: None })
    }

    /// Takes the lexicon's lists of irregular verbs and of verbs in -e for verbs that the treebanks did
    /// not show: "scheduled" is *schedule*.
    #[must_use]
    pub fn with_inflection(self, language: &Language) -> Self {
        Self { inflection: Some(language.lemmas.clone()), ..self }
    }

    /// The model alone, for tags, tree or names by themselves.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Everything about the words of one sentence, and the names in it.
    ///
    /// A sentence of more than 400 words is read in stretches; the roots of later stretches hang on the
    /// first root as `parataxis`.
    pub fn predict(&self, words: &[&str]) -> (Vec<Predicted>, Vec<Name>) {
        let mut predicted = Vec::with_capacity(words.len());
        let mut names = Vec::new();
        let mut root = 0;
        for (number, stretch) in words.chunks(LONGEST_STRETCH).enumerate() {
            let start = number * LONGEST_STRETCH;
            let encoded = self.model.encode(stretch.iter().copied());
            let arcs = self.model.tree(&encoded);
            let tags = self.model.tags(&encoded);
            for (at, ((arc, (upos, xpos)), word)) in arcs.iter().zip(tags).zip(stretch).enumerate() {
                let (head, relation) = match arc.head {
                    0 if number == 0 => {
                        root = at + 1;
                        (0, Relation::Root)
                    }
                    0 => (root, Relation::Parataxis),
                    head => (start + head, arc.relation),
                };
                let lemma = self.lemma(word, xpos);
                predicted.push(Predicted { upos, xpos, lemma, head, relation });
            }
            names.extend(
                self.model
                    .names(&encoded)
                    .into_iter()
                    .map(|name| Name { tokens: name.tokens.start + start..name.tokens.end + start, ..name }),
            );
        }
        (predicted, names)
    }

    /// Fills in what a sentence of the article with this text lacks.
    pub fn read(&self, sentence: &mut Sentence, text: &str) {
        let words: Vec<&str> = sentence.tokens.iter().map(|token| token.span.of(text)).collect();
        let (predicted, names) = self.predict(&words);
        for (token, predicted) in sentence.tokens.iter_mut().zip(predicted) {
            (token.upos, token.xpos, token.lemma) = (predicted.upos, predicted.xpos, predicted.lemma);
            token.head = predicted.head.checked_sub(1).and_then(|head| u16::try_from(head).ok());
            token.deprel = Some(predicted.relation);
        }
        sentence.names = names;
    }

    /// The same for a sentence of a CoNLL-U file, which keeps its words, comments and last columns.
    ///
    /// `labels` is room for the new last columns and lemmas.
    pub fn read_again<'s>(&self, sentence: &Parsed<'s>, room: &'s mut Vec<(String, String)>) -> Parsed<'s> {
        let words: Vec<&str> = sentence.words.iter().map(|word| word.form).collect();
        let (predicted, names) = self.predict(&words);
        let mut labels = vec![None; words.len()];
        for name in &names {
            for at in name.tokens.clone() {
                labels[at] = Some((if at == name.tokens.start { 'B' } else { 'I' }, name.kind));
            }
        }
        let kept = |misc: &str| {
            let kept: Vec<&str> =
                misc.split('|').filter(|entry| *entry != "_" && !entry.starts_with("NER=")).collect();
            kept.join("|")
        };
        for ((word, predicted), label) in sentence.words.iter().zip(&predicted).zip(labels) {
            let misc = match (kept(word.misc), label) {
                (kept, None) if kept.is_empty() => "_".to_owned(),
                (kept, None) => kept,
                (kept, Some((place, kind))) => {
                    let bar = if kept.is_empty() { "" } else { "|" };
                    format!("{kept}{bar}NER={place}-{}", kind.name())
                }
            };
            room.push((predicted.lemma.clone(), misc));
        }
        let mut again = sentence.clone();
        for ((word, predicted), (lemma, misc)) in again.words.iter_mut().zip(&predicted).zip(room.iter()) {
            word.upos = predicted.upos.map_or("_", Upos::name);
            word.xpos = predicted.xpos.map_or("_", Xpos::name);
            (word.lemma, word.misc, word.feats) = (lemma, misc, "_");
            (word.head, word.deprel) = (Some(predicted.head), predicted.relation.name());
        }
        again
    }

    fn lemma(&self, word: &str, xpos: Option<Xpos>) -> String {
        let Some(xpos) = xpos else { return word.to_lowercase() };
        let verb = matches!(xpos, Xpos::Vbd | Xpos::Vbn | Xpos::Vbg);
        let listed = self.inflection.as_ref().filter(|_| verb).and_then(|inflection| inflection.listed(word));
        let known = self.lemmas.known(word, xpos).or(listed);
        known.unwrap_or_else(|| self.lemmas.lemma(word, xpos))
    }
}
