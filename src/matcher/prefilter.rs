//! Compiled patterns → the patterns of which a sentence holds a necessary word.

use crate::language::Sentence;
use crate::matcher::program::{Program, Step, Words};
use crate::rule::lexicon::Lexicon;
use std::collections::{HashMap, HashSet};

/// Finds candidate patterns by one word that each must have.
#[derive(Debug)]
pub(super) struct Prefilter {
    by_lemma: HashMap<String, Vec<usize>>,
    /// Patterns whose words are regular expressions only.
    always: Vec<usize>,
}

/// What a frequent word costs beside a rare one, when a pattern's rarest word is chosen.
const FREQUENT: usize = 1000;

impl Prefilter {
    /// Takes of each pattern the word, or the alternatives, that the fewest sentences have.
    pub(super) fn new(programs: &[Program], lexicon: &Lexicon) -> Self {
        let frequent: HashSet<&str> = lexicon.words("frequent").iter().map(String::as_str).collect();
        let cost = |lemmas: &Vec<String>| -> usize {
            lemmas.iter().map(|lemma| if frequent.contains(lemma.as_str()) { FREQUENT } else { 1 }).sum()
        };
        let mut by_lemma: HashMap<String, Vec<usize>> = HashMap::new();
        let mut always = Vec::new();
        for (at, program) in programs.iter().enumerate() {
            match words(program).filter_map(Words::first_lemmas).min_by_key(cost) {
                Some(lemmas) => {
                    for lemma in lemmas {
                        by_lemma.entry(lemma).or_default().push(at);
                    }
                }
                None => always.push(at),
            }
        }
        Self { by_lemma, always }
    }

    /// The patterns that may match, ascending: those of which every word is there.
    /// O(tokens + candidates · words · tokens).
    pub(super) fn candidates(&self, programs: &[Program], sentence: &Sentence) -> Vec<usize> {
        let by_word = sentence.tokens.iter().filter_map(|token| self.by_lemma.get(&token.lemma)).flatten();
        let mut candidates: Vec<usize> = by_word.chain(&self.always).copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let there = |words: &Words| sentence.tokens.iter().any(|token| words.may_begin(&token.lemma));
        candidates.retain(|at| words(&programs[*at]).all(there));
        candidates
    }
}

/// The words of a pattern, those in its slots included.
fn words(program: &Program) -> impl Iterator<Item = &Words> {
    program.steps.iter().filter_map(|step| match step {
        Step::Any(words) => Some(words),
        Step::Slot(slot) => slot.words(),
        Step::Gap => None,
    })
}
