//! A name → the noun phrase that it heads, by the words before and after it.

use crate::language::{Language, Sentence};
use crate::mention::Mention;
use crate::rule::lexicon::{Lexicon, Usage};
use crate::rule::vocabulary::{TypeId, Vocabulary};
use std::collections::{BTreeMap, HashSet};

/// The words that may stand before a name inside its phrase, and those that put it on the map.
#[derive(Debug, Clone)]
pub(super) struct PhraseWords {
    person: Option<TypeId>,
    country: Option<TypeId>,
    /// Posts, titles and occupations of one or more words, as lemmas, by their last word.
    titles: BTreeMap<String, Vec<Vec<String>>>,
    modifiers: HashSet<String>,
    counterparts: HashSet<String>,
    locatives: HashSet<String>,
    /// Nouns that after a demonym stand for the country: "Russian troops".
    forces: BTreeMap<String, Vec<Vec<String>>>,
}

impl PhraseWords {
    pub(super) fn new(lexicon: &Lexicon, vocabulary: &Vocabulary, language: &Language) -> Self {
        let lemmas = |entry: &String| -> Vec<String> {
            language.tokens(entry).into_iter().map(|token| token.lemma).collect()
        };
        let mut titles: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for list in ["top_post", "post", "spokesperson", "honorific", "occupation", "role_noun", "group_word"]
        {
            for entry in lexicon.words(list).iter().map(lemmas) {
                let Some(last) = entry.last() else { continue };
                titles.entry(last.clone()).or_default().push(entry);
            }
        }
        let mut forces: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for entry in lexicon.words("force").iter().map(lemmas) {
            let Some(first) = entry.first() else { continue };
            forces.entry(first.clone()).or_default().push(entry);
        }
        for entries in titles.values_mut().chain(forces.values_mut()) {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.len()));
        }
        let modifiers = ["determiner", "former", "interim"].into_iter().flat_map(|list| lexicon.words(list));
        Self {
            person: vocabulary.type_id("Person"),
            country: vocabulary.type_id("Country"),
            titles,
            modifiers: modifiers.map(|word| word.to_lowercase()).collect(),
            counterparts: lexicon.words("counterpart").iter().cloned().collect(),
            locatives: lexicon.words("locative").iter().cloned().collect(),
            forces,
        }
    }

    /// Sets the phrase of every mention; `names` are in the order of the text.
    pub(super) fn measure(&self, names: &mut [Mention], sentences: &[Sentence], text: &str) {
        for at in 0..names.len() {
            let sentence = &sentences[names[at].sentence];
            let (before, rest) = names.split_at_mut(at);
            let Some(mention) = rest.first_mut() else { continue };
            let before = before.iter().rev().take_while(|other| other.sentence == mention.sentence);
            let before: Vec<&Mention> = before.collect();
            mention.phrase = self.start(mention, &before, sentence, text)..self.end(mention, sentence);
        }
    }

    /// Whether a word of place stands before the name: "in Beijing", "near the city of Mosul".
    pub(super) fn is_located(&self, mention: &Mention, sentence: &Sentence) -> bool {
        let mut at = mention.tokens.start;
        while at > 0 && self.modifiers.contains(&sentence.tokens[at - 1].lemma) {
            at -= 1;
        }
        at > 0 && self.locatives.contains(&sentence.tokens[at - 1].lemma)
    }

    /// Goes left over titles, demonyms ("Chinese"), possessors ("China's") and determiners.
    fn start(&self, mention: &Mention, before: &[&Mention], sentence: &Sentence, text: &str) -> usize {
        let mut at = mention.tokens.start;
        let mut titled = false;
        // "his British counterpart, Dominic Raab"
        if at > 1
            && sentence.tokens[at - 1].lemma == ","
            && self.counterparts.contains(&sentence.tokens[at - 2].lemma)
        {
            at -= 1;
        }
        let mut before = before.iter();
        let mut next = before.next();
        while at > 0 {
            if let Some(length) = self.title_before(sentence, at) {
                at -= length;
                titled = true;
                continue;
            }
            while next.is_some_and(|other| other.tokens.start >= at) {
                next = before.next();
            }
            if let Some(other) = next.filter(|other| titled && self.modifies(other, at, sentence)) {
                at = other.tokens.start;
            } else if self.modifiers.contains(&sentence.tokens[at - 1].span.of(text).to_lowercase()) {
                at -= 1;
            } else {
                break;
            }
        }
        at
    }

    /// Goes right over the noun that makes a demonym an actor.
    fn end(&self, mention: &Mention, sentence: &Sentence) -> usize {
        let end = mention.tokens.end;
        let acts = Some(mention.kind) == self.country && mention.usage != Usage::Seat;
        let entries = sentence.tokens.get(end).and_then(|token| self.forces.get(&token.lemma));
        let Some(entries) = entries.filter(|_| acts) else { return end };
        let fits = |entry: &&Vec<String>| {
            let tokens = sentence.tokens.get(end..end + entry.len()).unwrap_or_default();
            tokens.len() == entry.len()
                && tokens.iter().zip(*entry).all(|(token, lemma)| token.lemma == *lemma)
        };
        entries.iter().find(fits).map_or(end, |entry| end + entry.len())
    }

    /// The number of tokens of the title that ends before `at`.
    fn title_before(&self, sentence: &Sentence, at: usize) -> Option<usize> {
        let entries = self.titles.get(&sentence.tokens[at - 1].lemma)?;
        let fits = |entry: &&Vec<String>| {
            let start = at.checked_sub(entry.len());
            let tokens = start.map(|start| &sentence.tokens[start..at]).unwrap_or_default();
            tokens.len() == entry.len()
                && tokens.iter().zip(*entry).all(|(token, lemma)| token.lemma == *lemma)
        };
        entries.iter().find(fits).map(Vec::len)
    }

    /// Whether `other`, right before `at`, belongs to the phrase: "Chinese", "European Commission", and
    /// "China 's" with its sign. A person only does as its possessor.
    fn modifies(&self, other: &Mention, at: usize, sentence: &Sentence) -> bool {
        let possessive = sentence.tokens.get(other.tokens.end).is_some_and(|token| token.lemma == "'s");
        let adjacent = other.tokens.end == at && Some(other.kind) != self.person;
        adjacent || (possessive && other.tokens.end + 1 == at)
    }
}
