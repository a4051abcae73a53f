//! How near is one analysis to another? The measures of the CoNLL 2018 shared task, arguments of verbs,
//! and names.
//!
//! Both analyses cover the same characters but may divide them otherwise, so words are aligned by the
//! characters they cover (white space left out); the parts of a multi-word token, which cover the same
//! ones, by the longest common subsequence of their forms.

use crate::language::argument::{Role, arguments};
use crate::language::conllu::{Parsed, Word, entry};
use crate::language::label::Relation;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

/// How many were right, of how many in either analysis.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// In both analyses.
    pub correct: usize,
    /// In the analysis that counts as true.
    pub gold: usize,
    /// In the analysis that is measured.
    pub system: usize,
}

impl Score {
    /// Harmonic mean of precision and recall, in percent.
    pub fn f1(self) -> f64 {
        match self.gold + self.system {
            0 => 100.0,
            both => 200.0 * self.correct as f64 / both as f64,
        }
    }
}

/// All measures of one analysis.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scores {
    /// What stands between spaces or is cut off as a sign.
    pub tokens: Score,
    /// Sentences, by their first and last character.
    pub sentences: Score,
    /// Syntactic words.
    pub words: Score,
    /// Words with the right universal part of speech.
    pub upos: Score,
    /// Words with the right part of speech of the treebank.
    pub xpos: Score,
    /// Words with the right base form.
    pub lemmas: Score,
    /// Words with the right head.
    pub uas: Score,
    /// Words with the right head and relation, subtypes left out.
    pub las: Score,
    /// Arcs from a verb to its subject, its object or, by their preposition, its other arguments.
    pub arguments: Score,
    /// Names with the right first word, last word and kind.
    pub names: Score,
}

impl fmt::Display for Scores {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, score) in [
            ("tokens", self.tokens),
            ("sentences", self.sentences),
            ("words", self.words),
            ("UPOS", self.upos),
            ("XPOS", self.xpos),
            ("lemmas", self.lemmas),
            ("UAS", self.uas),
            ("LAS", self.las),
            ("arguments", self.arguments),
            ("names", self.names),
        ] {
            writeln!(
                out,
                "{name:10} {:6.2}  ({} of {}, {} found)",
                score.f1(),
                score.correct,
                score.gold,
                score.system
            )?;
        }
        Ok(())
    }
}

/// An analysis without its sentences: everything is counted in characters and words of the whole text.
#[derive(Default)]
struct Flat<'a, 't> {
    characters: Vec<char>,
    tokens: BTreeSet<(usize, usize)>,
    sentences: BTreeSet<(usize, usize)>,
    words: Vec<Placed<'a, 't>>,
    arguments: Vec<(usize, usize, Role)>,
    names: BTreeSet<(usize, usize, &'t str)>,
}

struct Placed<'a, 't> {
    span: (usize, usize),
    divided: bool,
    word: &'a Word<'t>,
    /// Index of the head among the words of the text.
    head: Option<usize>,
}

impl<'a, 't> Flat<'a, 't> {
    fn new(sentences: &'a [Parsed<'t>]) -> Self {
        let mut flat = Self::default();
        for sentence in sentences {
            let (start, first) = (flat.characters.len(), flat.words.len());
            for (form, _, words) in sentence.surface() {
                let from = flat.characters.len();
                flat.characters.extend(form.chars().filter(|letter| !letter.is_whitespace()));
                let span = (from, flat.characters.len());
                flat.tokens.insert(span);
                for at in words.clone() {
                    let word = &sentence.words[at];
                    let head = word.head.and_then(|head| head.checked_sub(1)).map(|head| first + head);
                    flat.words.push(Placed { span, divided: words.len() > 1, word, head });
                }
            }
            flat.sentences.insert((start, flat.characters.len()));
            let arcs = arguments(&sentence.words).into_iter();
            flat.arguments.extend(arcs.map(|(verb, noun, role)| (first + verb, first + noun, role)));
            for (words, kind) in names(&sentence.words) {
                let start = flat.words[first + words.start].span.0;
                flat.names.insert((start, flat.words[first + words.end - 1].span.1, kind));
            }
        }
        flat
    }
}

/// The names of `NER=B-PER`, `NER=I-PER` in the last column; an `I-` that follows nothing begins a name.
pub fn names<'t>(words: &[Word<'t>]) -> Vec<(Range<usize>, &'t str)> {
    let mut names: Vec<(Range<usize>, &str)> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some((place, kind)) = entry(word.misc, "NER").and_then(|label| label.split_once('-')) else {
            continue;
        };
        match names.last_mut() {
            Some(last) if place == "I" && last.0.end == at && last.1 == kind => last.0.end = at + 1,
            _ => names.push((at..at + 1, kind)),
        }
    }
    names
}

/// The text that these sentences were taken from, as their `# newpar` and `# text` lines tell it: a blank
/// line before each paragraph, a space between the sentences of one.
pub fn raw_text(sentences: &[Parsed]) -> String {
    let mut text = String::new();
    let mut space = false;
    for sentence in sentences {
        match text.is_empty() {
            false if sentence.begins_paragraph() => text.push_str("\n\n"),
            false if space => text.push(' '),
            _ => {}
        }
        text.push_str(sentence.comment("text").unwrap_or_default());
        space = sentence.surface().last().is_none_or(|(_, space, _)| *space);
    }
    text
}

/// Measures `system` by `gold`; nothing where they are not of the same text. O(words), apart from
/// multi-word tokens.
pub fn evaluate(gold: &[Parsed], system: &[Parsed]) -> Option<Scores> {
    let (gold, system) = (Flat::new(gold), Flat::new(system));
    if gold.characters != system.characters {
        return None;
    }
    fn common<T: Ord>(gold: &BTreeSet<T>, system: &BTreeSet<T>) -> Score {
        Score { correct: gold.intersection(system).count(), gold: gold.len(), system: system.len() }
    }
    let pairs = align(&gold.words, &system.words);
    let of_system: BTreeMap<usize, usize> = pairs.iter().copied().collect();
    let count = |right: &dyn Fn(&Placed, &Placed) -> bool| Score {
        correct: pairs
            .iter()
            .filter(|(left, other)| right(&gold.words[*left], &system.words[*other]))
            .count(),
        gold: gold.words.len(),
        system: system.words.len(),
    };
    let head = |left: &Placed, other: &Placed| {
        left.word.head.is_some()
            && other.word.head.is_some()
            && left.head.map(|head| of_system.get(&head).copied()) == other.head.map(Some)
    };
    let relation = |word: &Word| Relation::nearest(word.deprel).universal();
    Some(Scores {
        tokens: common(&gold.tokens, &system.tokens),
        sentences: common(&gold.sentences, &system.sentences),
        words: count(&|_, _| true),
        upos: count(&|left, other| left.word.upos == other.word.upos),
        xpos: count(&|left, other| left.word.xpos == other.word.xpos),
        // A gold `_` says that the base form does not matter.
        lemmas: count(&|left, other| left.word.lemma == "_" || left.word.lemma == other.word.lemma),
        uas: count(&head),
        las: count(&|left, other| head(left, other) && relation(left.word) == relation(other.word)),
        arguments: common_arguments(&gold, &system, &of_system),
        names: common(&gold.names, &system.names),
    })
}

/// Arcs whose two words are aligned and which say the same.
fn common_arguments(gold: &Flat, system: &Flat, of_system: &BTreeMap<usize, usize>) -> Score {
    // A word has one head, so it is the argument of one verb.
    let found: BTreeMap<usize, (usize, &Role)> =
        system.arguments.iter().map(|(verb, noun, role)| (*noun, (*verb, role))).collect();
    let right = |(verb, noun, role): &&(usize, usize, Role)| {
        let (Some(verb), Some(noun)) = (of_system.get(verb), of_system.get(noun)) else { return false };
        found.get(noun) == Some(&(*verb, role))
    };
    Score {
        correct: gold.arguments.iter().filter(right).count(),
        gold: gold.arguments.len(),
        system: system.arguments.len(),
    }
}

/// Pairs of words, gold and system, that are the same.
fn align(gold: &[Placed], system: &[Placed]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::with_capacity(gold.len());
    let (mut left, mut other) = (0, 0);
    while left < gold.len() && other < system.len() {
        let (mine, theirs) = (&gold[left], &system[other]);
        if mine.divided || theirs.divided {
            // The stretch of characters that both sides divide somewhere else in the end.
            let start = (left, other);
            let from = match (mine.divided, theirs.divided) {
                (true, false) => mine.span,
                (false, true) => theirs.span,
                _ => (mine.span.0.min(theirs.span.0), mine.span.1.min(theirs.span.1)),
            };
            let mut end = from.1;
            loop {
                let before = (left, other, end);
                while left < gold.len() && gold[left].span.0 < end {
                    end = if gold[left].divided { end.max(gold[left].span.1) } else { end };
                    left += 1;
                }
                while other < system.len() && system[other].span.0 < end {
                    end = if system[other].divided { end.max(system[other].span.1) } else { end };
                    other += 1;
                }
                if before == (left, other, end) {
                    break;
                }
            }
            let form = |placed: &Placed| placed.word.form.to_lowercase();
            let forms: Vec<String> = gold[start.0..left].iter().map(form).collect();
            let theirs: Vec<String> = system[start.1..other].iter().map(form).collect();
            pairs.extend(
                common_subsequence(&forms, &theirs).into_iter().map(|(a, b)| (start.0 + a, start.1 + b)),
            );
        } else {
            if mine.span == theirs.span {
                pairs.push((left, other));
            }
            let (mine, theirs) = (mine.span, theirs.span);
            left += usize::from(mine.0 <= theirs.0);
            other += usize::from(theirs.0 <= mine.0);
        }
    }
    pairs
}

/// Longest common subsequence, as pairs of indices.
fn common_subsequence(left: &[String], right: &[String]) -> Vec<(usize, usize)> {
    let mut best = vec![vec![0_usize; right.len() + 1]; left.len() + 1];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            best[i][j] =
                if left[i] == right[j] { best[i + 1][j + 1] + 1 } else { best[i + 1][j].max(best[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < left.len() && j < right.len() {
        if left[i] == right[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::conllu;

    /// `form/tag/head/relation/misc` a word, `|` between sentences.
    fn text(short: &str) -> String {
        let sentence = |words: &str| -> String {
            let words = words.split_whitespace();
            let words = words.enumerate().map(|(at, word)| {
                let parts: Vec<&str> = word.split('/').collect();
                let part = |at: usize| parts.get(at).copied().unwrap_or("_");
                let (form, tag, head, relation, misc) = (part(0), part(1), part(2), part(3), part(4));
                match parts.len() {
                    2 if form.contains('-') => format!("{form}\t{tag}\t_\t_\t_\t_\t_\t_\t_\t_\n"),
                    _ => format!(
                        "{}\t{form}\t{form}\t{tag}\t{tag}\t_\t{head}\t{relation}\t_\t{misc}\n",
                        at + 1
                    ),
                }
            });
            words.collect()
        };
        short.split('|').map(|words| sentence(words) + "\n").collect()
    }

    fn scores(gold: &str, system: &str) -> Scores {
        let read = |text: &str| conllu::read(text).1;
        assert_eq!((read(gold), read(system)), (vec![], vec![]));
        evaluate(&conllu::read(gold).0, &conllu::read(system).0).unwrap()
    }

    fn of(score: Score) -> (usize, usize, usize) {
        (score.correct, score.gold, score.system)
    }

    #[test]
    fn what_is_the_same_is_right() {
        let gold = text(
            "Ada/PROPN/2/nsubj/NER=B-PER met/VERB/0/root Bob/PROPN/2/obj/NER=B-PER | He/PRON/2/nsubj left/VERB/0/root",
        );
        let scores = scores(&gold, &gold);
        assert_eq!((scores.las.f1(), scores.names.f1(), scores.sentences.f1()), (100.0, 100.0, 100.0));
        assert_eq!((of(scores.words), of(scores.names)), ((5, 5, 5), (2, 2, 2)));
    }

    #[test]
    fn each_measure_counts_its_own_faults() {
        let gold = text("a/X/2/nsubj:pass/NER=B-PER b/Y/0/root/NER=I-PER | c-d/Z/0/root");
        let system = text("a/X/2/nsubj/NER=B-PER b/X/0/root c/Z/5/dep -/Z/5/dep d/Z/2/dep");
        let scores = scores(&gold, &system);
        assert_eq!(of(scores.tokens), (2, 3, 5));
        assert_eq!(of(scores.sentences), (0, 2, 1));
        assert_eq!(of(scores.upos), (1, 3, 5));
        assert_eq!((of(scores.uas), of(scores.las)), ((2, 3, 5), (2, 3, 5)));
        assert_eq!(of(scores.names), (0, 1, 1));
    }

    #[test]
    fn arguments_are_compared_by_verb_noun_and_preposition() {
        let gold = text(
            "Ada/PROPN/2/nsubj met/VERB/0/root Bob/PROPN/2/obj in/ADP/5/case Oslo/PROPN/2/obl | He/PRON/2/nsubj left/VERB/0/root",
        );
        let system = text(
            "Ada/PROPN/2/nsubj met/VERB/0/root Bob/PROPN/2/nsubj in/ADP/5/mark Oslo/PROPN/2/obl | He/PRON/2/nsubj left/NOUN/0/root",
        );
        assert_eq!(of(scores(&gold, &gold).arguments), (4, 4, 4));
        assert_eq!(of(scores(&gold, &system).arguments), (1, 4, 2));
        let other = text(
            "Ada/PROPN/2/nsubj met/VERB/0/root Bob/PROPN/2/obj in/ADP/5/case Oslo/PROPN/2/obl He/PRON/7/obj left/VERB/2/conj",
        );
        // Sentences divided otherwise change nothing but the relation that is another.
        assert_eq!(of(scores(&gold, &other).arguments), (3, 4, 4));
    }

    #[test]
    fn the_parts_of_a_word_are_aligned_by_their_forms() {
        let word =
            |id: usize, form: &str, head: usize| format!("{id}\t{form}\t_\t_\t_\t_\t{head}\tdep\t_\t_\n");
        let gold = format!(
            "1-2\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n{}{}{}\n",
            word(1, "ca", 3),
            word(2, "n't", 3),
            word(3, "go", 0)
        );
        let system = format!("{}{}{}\n", word(1, "ca", 3), word(2, "n't", 1), word(3, "go", 0));
        let scores = scores(&gold, &system);
        assert_eq!((of(scores.tokens), of(scores.words)), ((1, 2, 3), (3, 3, 3)));
        assert_eq!(of(scores.uas), (2, 3, 3));
    }

    #[test]
    fn another_text_is_not_measured() {
        let (gold, system) = (text("a/X/0/root"), text("b/X/0/root"));
        assert_eq!(evaluate(&conllu::read(&gold).0, &conllu::read(&system).0), None);
    }
}
