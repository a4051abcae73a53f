//! GUM's entity marks → the mentions of a document, and which of them mean the same.
//!
//! The marks stand in the last column, `Entity=(2-person-new-…` where a mention opens and `2)` where it
//! closes (<https://wiki.gucorpling.org/gum/coreference>).

use relata::language::conllu::{self, Parsed, Word};
use relata::language::evaluate::raw_text;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How a mention is worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    Name,
    /// Of the third person.
    Pronoun,
    Other,
}

/// A stretch that GUM marks as a mention.
#[derive(Debug, Clone)]
pub(crate) struct Gold {
    pub(crate) bytes: Range<usize>,
    /// The word that the others hang on.
    pub(crate) head: Range<usize>,
    pub(crate) entity: usize,
    pub(crate) kind: String,
    pub(crate) form: Form,
    pub(crate) adjective: bool,
}

/// A document as its text and its mentions, outer before inner.
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) mentions: Vec<Gold>,
    /// The words, with the part of speech of each.
    pub(crate) words: Vec<(Range<usize>, String)>,
}

impl Document {
    /// `news` of `GUM_news_iodine`.
    pub(crate) fn genre(&self) -> &str {
        self.name.split('_').nth(1).unwrap_or_default()
    }

    /// The entities that have a name: a person, an organisation or a place of which some mention is one.
    pub(crate) fn named(&self) -> BTreeSet<usize> {
        let named = self.mentions.iter().filter(|mention| {
            mention.form == Form::Name && matches!(mention.kind.as_str(), "person" | "organization" | "place")
        });
        named.map(|mention| mention.entity).collect()
    }
}

/// All documents of a file.
pub(crate) fn documents(text: &str) -> Vec<Document> {
    let (sentences, wrong) = conllu::read(text);
    assert_eq!(wrong, []);
    let opens = |sentence: &Parsed| sentence.comments.iter().any(|line| line.starts_with("newdoc"));
    let mut starts: Vec<usize> = (0..sentences.len()).filter(|at| opens(&sentences[*at])).collect();
    starts.push(sentences.len());
    starts.windows(2).map(|range| document(&sentences[range[0]..range[1]])).collect()
}

fn document(sentences: &[Parsed]) -> Document {
    let text = raw_text(sentences);
    let name = sentences[0].comment("newdoc id").unwrap_or_default().to_owned();
    let mut document = Document { name, text, mentions: Vec::new(), words: Vec::new() };
    let mut at = 0;
    let mut open: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    for sentence in sentences {
        let spans = spans(sentence, &document.text, &mut at);
        for (number, word) in sentence.words.iter().enumerate() {
            let marks = conllu::entry(word.misc, "Entity").unwrap_or_default();
            for mark in marks.split_inclusive(')').flat_map(opened) {
                let id = mark.trim_matches(['(', ')']).split(['-', '[']).next().unwrap_or_default();
                if mark.starts_with('(') {
                    let kind = mark.split('-').nth(1).unwrap_or_default().to_owned();
                    open.entry(id.to_owned()).or_default().push((number, kind));
                }
                if mark.ends_with(')') {
                    let Some((start, kind)) = open.get_mut(id).and_then(Vec::pop) else { continue };
                    let next = ids.len();
                    let entity = *ids.entry(id.to_owned()).or_insert(next);
                    let words = start..number + 1;
                    document.mentions.push(mention(&sentence.words, words, &spans, entity, kind));
                }
            }
        }
        open.clear();
        let tags = sentence.words.iter().map(|word| word.upos.to_owned());
        document.words.extend(spans.into_iter().zip(tags));
    }
    document.mentions.sort_by_key(|mention| (mention.bytes.start, std::cmp::Reverse(mention.bytes.end)));
    document
}

/// `(1-a(2-b)` is two marks: `(1-a` and `(2-b)`.
fn opened(marks: &str) -> Vec<&str> {
    let starts: Vec<usize> = marks.match_indices('(').map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([marks.len()]);
    if starts.is_empty() {
        vec![marks]
    } else {
        starts.iter().zip(ends).map(|(start, end)| &marks[*start..end]).collect()
    }
}

fn mention(words: &[Word], range: Range<usize>, spans: &[Range<usize>], entity: usize, kind: String) -> Gold {
    let outside = |at: &usize| {
        words[*at].head.and_then(|head| head.checked_sub(1)).is_none_or(|head| !range.contains(&head))
    };
    let head = range.clone().find(outside).unwrap_or(range.start);
    let word = &words[head];
    let third = word.feats.contains("Person=3") && !word.feats.contains("PronType=Int");
    let form = match word.upos {
        "PROPN" => Form::Name,
        "PRON" if third && range.len() == 1 => Form::Pronoun,
        _ => Form::Other,
    };
    Gold {
        bytes: spans[range.start].start..spans[range.end - 1].end,
        head: spans[head].clone(),
        entity,
        kind,
        form,
        adjective: word.upos == "ADJ",
    }
}

/// Where each word stands in the text.
fn spans(sentence: &Parsed, text: &str, at: &mut usize) -> Vec<Range<usize>> {
    let mut spans = Vec::with_capacity(sentence.words.len());
    for (form, _, words) in sentence.surface() {
        *at += text[*at..].len() - text[*at..].trim_start().len();
        let whole = *at..*at + form.len();
        assert_eq!(&text[whole.clone()], form);
        let parts: Vec<&str> = sentence.words[words.clone()].iter().map(|word| word.form).collect();
        let divided = parts.concat() == form;
        for part in parts {
            let end = if divided { *at + part.len() } else { whole.end };
            spans.push(if divided { *at..end } else { whole.clone() });
            *at = end;
        }
        *at = whole.end;
    }
    spans
}
