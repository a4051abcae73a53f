//! Phrases of a word list → where they stand in a sentence: "prime minister" in "Prime Ministers met".

use crate::language::{Language, Token};
use crate::lookup::HashMap;
use std::cmp::Reverse;

/// Phrases of one or more words, compared by lemma; of several at one place the longest counts.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    by_first: HashMap<String, Vec<Vec<String>>>,
    by_last: HashMap<String, Vec<Vec<String>>>,
}

impl Phrases {
    /// Divides and reduces every entry. O(total length · log).
    pub fn new<'e>(entries: impl IntoIterator<Item = &'e String>, language: &Language) -> Self {
        let mut phrases = Self::default();
        for entry in entries {
            // Of an abbreviation the period is a part: "mr." is one word, as "Mr." is in an article.
            let lemmas_of = |word: &str| match word.ends_with('.') {
                true => vec![word.to_lowercase()],
                false => language.tokens(word).into_iter().map(|token| token.lemma).collect(),
            };
            let lemmas: Vec<String> = entry.split_whitespace().flat_map(lemmas_of).collect();
            if let (Some(first), Some(last)) = (lemmas.first().cloned(), lemmas.last().cloned()) {
                phrases.by_first.entry(first).or_default().push(lemmas.clone());
                phrases.by_last.entry(last).or_default().push(lemmas);
            }
        }
        let both = phrases.by_first.values_mut().chain(phrases.by_last.values_mut());
        both.for_each(|entries| entries.sort_by_key(|entry| Reverse(entry.len())));
        phrases
    }

    /// The number of tokens of the longest phrase that starts at `at`; 0 where none does.
    pub fn at(&self, tokens: &[Token], at: usize) -> usize {
        let entries = tokens.get(at).and_then(|token| self.by_first.get(&token.lemma));
        let fits = |entry: &&Vec<String>| {
            tokens.get(at..at + entry.len()).is_some_and(|tokens| is_same(tokens, entry))
        };
        entries.into_iter().flatten().find(fits).map_or(0, Vec::len)
    }

    /// The number of tokens of the longest phrase that ends right before `at`; 0 where none does.
    pub fn before(&self, tokens: &[Token], at: usize) -> usize {
        let last = at.checked_sub(1).and_then(|last| tokens.get(last));
        let entries = last.and_then(|token| self.by_last.get(&token.lemma));
        let fits = |entry: &&Vec<String>| {
            let start = at.checked_sub(entry.len());
            start.and_then(|start| tokens.get(start..at)).is_some_and(|tokens| is_same(tokens, entry))
        };
        entries.into_iter().flatten().find(fits).map_or(0, Vec::len)
    }
}

fn is_same(tokens: &[Token], lemmas: &[String]) -> bool {
    tokens.iter().zip(lemmas).all(|(token, lemma)| token.lemma == *lemma)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleSet;

    #[test]
    fn the_longest_phrase_counts_from_both_sides() {
        let language = Language::new(&RuleSet::built_in().lexicon);
        let entries = ["minister", "prime minister", "secretary of state"].map(str::to_owned);
        let phrases = Phrases::new(&entries, &language);
        let titles = Phrases::new(&["mr.".to_owned()], &language);
        assert_eq!(titles.before(&language.tokens("Mr. Poe"), 1), 1);
        let tokens = language.tokens("the Prime Ministers and a Secretary of State");
        assert_eq!((phrases.at(&tokens, 1), phrases.at(&tokens, 2), phrases.at(&tokens, 3)), (2, 1, 0));
        assert_eq!(
            (phrases.before(&tokens, 3), phrases.before(&tokens, 8), phrases.before(&tokens, 0)),
            (2, 3, 0)
        );
    }
}
