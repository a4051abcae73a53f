//! The lexicon → the words that tell what a capitalised name is.

use crate::language::{Language, Sentence};
use crate::mention::known::fold;
use crate::rule::lexicon::Lexicon;
use crate::rule::vocabulary::{TypeId, Vocabulary};
use std::collections::{BTreeMap, HashSet};

/// Word lists that tell what a capitalised name is.
#[derive(Debug, Clone)]
pub(super) struct NameWords {
    /// Types of countries and places.
    pub(super) regions: HashSet<TypeId>,
    pub(super) person: TypeId,
    pub(super) organisation: TypeId,
    pub(super) place: TypeId,
    pub(super) first_names: HashSet<String>,
    pub(super) organisation_words: HashSet<String>,
    pub(super) place_words: HashSet<String>,
    pub(super) particles: HashSet<String>,
    pub(super) not_names: HashSet<String>,
    pub(super) stops: HashSet<String>,
    pub(super) adjectives: HashSet<String>,
    pub(super) things: HashSet<String>,
    pub(super) compounds: HashSet<String>,
    pub(super) portfolio_posts: HashSet<String>,
    pub(super) surnames: HashSet<String>,
    pub(super) locatives: HashSet<String>,
    /// Titles as lemmas, by their first word, longest first.
    titles: BTreeMap<String, Vec<Vec<String>>>,
}

impl NameWords {
    pub(super) fn new(lexicon: &Lexicon, vocabulary: &Vocabulary, language: &Language) -> Self {
        let kind = |name| vocabulary.type_id(name).unwrap_or(TypeId(0));
        let set = |lists: &[&str]| -> HashSet<String> {
            lists.iter().flat_map(|list| lexicon.words(list)).map(|word| fold(word)).collect()
        };
        let mut titles: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for list in ["top_post", "post", "spokesperson", "honorific", "occupation", "former", "interim"] {
            for entry in lexicon.words(list) {
                let lemmas: Vec<String> =
                    language.tokens(entry).into_iter().map(|token| token.lemma).collect();
                let Some(first) = lemmas.first() else { continue };
                titles.entry(first.clone()).or_default().push(lemmas);
            }
        }
        titles.values_mut().for_each(|entries| entries.sort_by_key(|entry| std::cmp::Reverse(entry.len())));
        let regions = (0..vocabulary.types.len()).filter_map(|at| u16::try_from(at).ok()).map(TypeId);
        let regions =
            regions.filter(|id| vocabulary.is_a(*id, kind("Country")) || vocabulary.is_a(*id, kind("Place")));
        Self {
            regions: regions.collect(),
            person: kind("Person"),
            organisation: kind("Organisation"),
            place: kind("Place"),
            first_names: set(&["female_first_name", "male_first_name", "neutral_first_name"]),
            organisation_words: set(&["organisation_word"]),
            place_words: set(&["place_word"]),
            particles: set(&["name_particle"]),
            not_names: set(&["not_a_name"]),
            stops: set(&["sentence_opener", "weekday", "month"]),
            adjectives: set(&["name_adjective"]),
            things: set(&["thing_word"]),
            compounds: set(&["compound_word"]),
            portfolio_posts: set(&["portfolio_post"]),
            surnames: set(&["surname_place_word"]),
            locatives: set(&["locative"]),
            titles,
        }
    }

    /// The number of tokens of the title that starts at `at`, 0 where none does.
    pub(super) fn title_at(&self, sentence: &Sentence, at: usize) -> usize {
        let Some(entries) = sentence.tokens.get(at).and_then(|token| self.titles.get(&token.lemma)) else {
            return 0;
        };
        let fits = |entry: &&Vec<String>| {
            let tokens = sentence.tokens.get(at..at + entry.len()).unwrap_or_default();
            tokens.len() == entry.len()
                && tokens.iter().zip(*entry).all(|(token, lemma)| token.lemma == *lemma)
        };
        entries.iter().find(fits).map_or(0, Vec::len)
    }
}
