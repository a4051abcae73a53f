//! The lexicon → the words that tell what a capitalised name is.

use crate::language::{Language, Phrases, Sentence};
use crate::mention::known::fold;
use crate::rule::lexicon::Lexicon;
use crate::rule::vocabulary::{TypeId, Vocabulary};
use std::collections::HashSet;

/// The word lists whose entries stand before a person's name.
pub(super) const TITLES: [&str; 7] =
    ["top_post", "post", "spokesperson", "honorific", "occupation", "former", "interim"];

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
    pub(super) possessives: HashSet<String>,
    pub(super) numbers: HashSet<String>,
    /// Titles that as often are adjectives: "an official website", "the new Volkswagen".
    pub(super) loose_titles: HashSet<String>,
    titles: Phrases,
}

impl NameWords {
    pub(super) fn new(lexicon: &Lexicon, vocabulary: &Vocabulary, language: &Language) -> Self {
        let kind = |name| vocabulary.type_id(name).unwrap_or(TypeId(0));
        let set = |lists: &[&str]| -> HashSet<String> {
            lists.iter().flat_map(|list| lexicon.words(list)).map(|word| fold(word)).collect()
        };
        let titles = TITLES.iter().flat_map(|list| lexicon.words(list));
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
            possessives: set(&["possessive"]),
            numbers: set(&["number_word"]),
            loose_titles: set(&["adjective_title", "former", "interim"]),
            titles: Phrases::new(titles, language),
        }
    }

    /// The number of tokens of the title that starts at `at`, 0 where none does.
    pub(super) fn title_at(&self, sentence: &Sentence, at: usize) -> usize {
        self.titles.at(&sentence.tokens, at)
    }

    /// Whether a title ends right before `at`.
    pub(super) fn title_before(&self, sentence: &Sentence, at: usize) -> bool {
        self.titles.before(&sentence.tokens, at) > 0
    }
}
