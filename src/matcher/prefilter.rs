//! Compiled patterns → the patterns of which a sentence holds a necessary word.

use crate::language::Sentence;
use crate::matcher::program::{Program, Step};
use std::collections::HashMap;

/// Finds candidate patterns by one word that each must have.
#[derive(Debug)]
pub(super) struct Prefilter {
    by_lemma: HashMap<String, Vec<usize>>,
    /// Patterns whose words are regular expressions only.
    always: Vec<usize>,
}

impl Prefilter {
    /// Takes of each pattern the word with the fewest ways to be there.
    pub(super) fn new(programs: &[Program]) -> Self {
        let mut by_lemma: HashMap<String, Vec<usize>> = HashMap::new();
        let mut always = Vec::new();
        for (at, program) in programs.iter().enumerate() {
            let words = program.steps.iter().filter_map(|step| match step {
                Step::Any(words) => words.first_lemmas(),
                Step::Slot(slot) => slot.first_lemmas(),
                Step::Gap => None,
            });
            match words.min_by_key(Vec::len) {
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

    /// The patterns that may match, ascending. O(tokens + candidates · log candidates).
    pub(super) fn candidates(&self, sentence: &Sentence) -> Vec<usize> {
        let by_word = sentence.tokens.iter().filter_map(|token| self.by_lemma.get(&token.lemma)).flatten();
        let mut candidates: Vec<usize> = by_word.chain(&self.always).copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }
}
