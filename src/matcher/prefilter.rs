//! What each pattern must find in a sentence → the patterns that a sentence may match at all.

use super::reading;
use crate::lookup::{HashMap, HashSet};
use crate::mention::Mention;
use crate::rule::RuleSet;
use crate::rule::lexicon::Lexicon;
use crate::rule::vocabulary::TypeId;

/// Finds candidate patterns by the words that each must have.
#[derive(Debug, Default)]
pub(super) struct Prefilter {
    /// Every lemma that some pattern needs, with its number.
    lemmas: HashMap<String, u32>,
    /// Words that nearly every sentence has.
    frequent: HashSet<String>,
    /// For each lemma the patterns that are looked up by it.
    by_lemma: Vec<Vec<usize>>,
    /// The ascending numbers of the lemmas that will do for a word, and the number of that word: many patterns have
    /// the same ones.
    words: HashMap<Vec<u32>, u32>,
    /// For each lemma the words that it will do for.
    words_of: Vec<Vec<u32>>,
    /// For each pattern its words.
    needs: Vec<Vec<u32>>,
    /// Patterns of which any word may be anything.
    always: Vec<usize>,
}

/// What a frequent word costs beside a rare one, when a pattern's rarest word is chosen.
const FREQUENT: usize = 1000;

impl Prefilter {
    /// An index with no pattern in it.
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        Self { frequent: lexicon.words("frequent").iter().cloned().collect(), ..Self::default() }
    }

    /// Adds the next pattern, by the lemmas that will do for each of its words. It is looked up by the
    /// word, or the alternatives, that the fewest sentences have. Words that may be anything are left out.
    pub(super) fn add(&mut self, words: impl Iterator<Item = Vec<String>>) {
        let number = self.needs.len();
        let cost = |lemmas: &Vec<String>| -> usize {
            lemmas.iter().map(|lemma| if self.frequent.contains(lemma) { FREQUENT } else { 1 }).sum()
        };
        let words: Vec<Vec<String>> = words.collect();
        let rarest = words.iter().enumerate().min_by_key(|(_, lemmas)| cost(lemmas)).map(|(at, _)| at);
        let words: Vec<Vec<u32>> = words.into_iter().map(|lemmas| self.numbers(lemmas)).collect();
        match rarest {
            Some(rarest) => {
                for lemma in &words[rarest] {
                    self.by_lemma[*lemma as usize].push(number);
                }
            }
            None => self.always.push(number),
        }
        let needs = words.into_iter().map(|lemmas| self.word(lemmas)).collect();
        self.needs.push(needs);
    }

    /// The number of a word for which these lemmas will do.
    fn word(&mut self, lemmas: Vec<u32>) -> u32 {
        let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words_of.resize(self.by_lemma.len(), Vec::new());
        let words_of = &mut self.words_of;
        *self.words.entry(lemmas).or_insert_with_key(|lemmas| {
            lemmas.iter().for_each(|lemma| words_of[*lemma as usize].push(next));
            next
        })
    }

    fn numbers(&mut self, lemmas: Vec<String>) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(lemmas.len());
        for lemma in lemmas {
            let next = u32::try_from(self.by_lemma.len()).unwrap_or(u32::MAX);
            let number = *self.lemmas.entry(lemma).or_insert(next);
            if number == next {
                self.by_lemma.push(Vec::new());
            }
            numbers.push(number);
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The patterns that may match, ascending: those of which every word is there.
    /// O(different words of patterns + tokens · words that one may be + candidates · words).
    pub(super) fn candidates(&self, lemmas: &[&str]) -> Vec<usize> {
        let mut there: Vec<u32> =
            lemmas.iter().filter_map(|lemma| self.lemmas.get(*lemma).copied()).collect();
        there.sort_unstable();
        there.dedup();
        let mut has = vec![false; self.words.len()];
        for lemma in &there {
            self.words_of[*lemma as usize].iter().for_each(|word| has[*word as usize] = true);
        }
        let by_word = there.iter().flat_map(|lemma| &self.by_lemma[*lemma as usize]).chain(&self.always);
        let all = |at: &&usize| self.needs[**at].iter().all(|word| has[*word as usize]);
        let mut candidates: Vec<usize> = by_word.filter(all).copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }
}

/// The types that the slots of patterns take: few different ones, whatever the number of patterns.
#[derive(Debug, Default)]
pub(super) struct SlotTypes {
    /// Types of subject and object, each pair once.
    pairs: Vec<Pair>,
    /// For each phrase the index of its pair.
    of_phrase: Vec<usize>,
}

/// The types of subject and object.
type Pair = (Vec<TypeId>, Vec<TypeId>);

impl SlotTypes {
    /// The types of the slots of all phrases, in their order.
    pub(super) fn new(phrases: impl Iterator<Item = Pair>) -> Self {
        let mut types = Self::default();
        for pair in phrases {
            let known = types.pairs.iter().position(|other| *other == pair);
            types.of_phrase.push(known.unwrap_or(types.pairs.len()));
            if known.is_none() {
                types.pairs.push(pair);
            }
        }
        types
    }

    /// Keeps the phrases of which two different names of a sentence can fill the slots.
    /// O(phrases + pairs of types · names).
    pub(super) fn retain(&self, phrases: &mut Vec<usize>, names: &[&Mention], rules: &RuleSet) {
        let mut filled: Vec<Option<bool>> = vec![None; self.pairs.len()];
        let fits = |types: &[TypeId]| -> Vec<bool> {
            let reads = |name: &&Mention| {
                reading(name, types, &rules.vocabulary, &rules.lexicon.known, true).is_some()
            };
            names.iter().map(reads).collect()
        };
        let can = |(subject, object): &(Vec<TypeId>, Vec<TypeId>)| {
            let (subjects, objects) = (fits(subject), fits(object));
            let count = |fits: &[bool]| fits.iter().filter(|fits| **fits).count();
            // One and the same name fills no two slots.
            let same = count(&subjects) == 1 && count(&objects) == 1 && subjects == objects;
            count(&subjects) > 0 && count(&objects) > 0 && !same
        };
        phrases.retain(|phrase| {
            let pair = self.of_phrase[*phrase];
            *filled[pair].get_or_insert_with(|| can(&self.pairs[pair]))
        });
    }
}
