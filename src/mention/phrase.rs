//! A name → the noun phrase that it heads, by the words before and after it.

use crate::language::{Language, Phrases, Sentence};
use crate::lookup::HashSet;
use crate::mention::Mention;
use crate::mention::words::TITLES;
use crate::rule::lexicon::{Lexicon, Usage};
use crate::rule::vocabulary::{TypeId, Vocabulary};

/// The words that may stand before a name inside its phrase, and those that put it on the map.
#[derive(Debug, Clone)]
pub(super) struct PhraseWords {
    person: Option<TypeId>,
    country: Option<TypeId>,
    /// Posts, titles and occupations.
    titles: Phrases,
    /// Nouns before the name of an organisation: "the company Acme", but not "the company Ada founded".
    groups: Phrases,
    modifiers: HashSet<String>,
    counterparts: HashSet<String>,
    locatives: HashSet<String>,
    /// Nouns that after a demonym stand for the country: "Russian troops".
    forces: Phrases,
}

impl PhraseWords {
    pub(super) fn new(lexicon: &Lexicon, vocabulary: &Vocabulary, language: &Language) -> Self {
        let titles = TITLES.iter().chain(&["role_noun"]).flat_map(|list| lexicon.words(list));
        let modifiers = ["determiner", "former", "interim"].into_iter().flat_map(|list| lexicon.words(list));
        Self {
            person: vocabulary.type_id("Person"),
            country: vocabulary.type_id("Country"),
            titles: Phrases::new(titles, language),
            groups: Phrases::new(lexicon.words("group_word"), language),
            modifiers: modifiers.map(|word| word.to_lowercase()).collect(),
            counterparts: lexicon.words("counterpart").iter().cloned().collect(),
            locatives: lexicon.words("locative").iter().cloned().collect(),
            forces: Phrases::new(lexicon.words("force"), language),
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
            let group = if Some(mention.kind) == self.person || Some(mention.kind) == self.country {
                0
            } else {
                self.groups.before(&sentence.tokens, at)
            };
            let title = self.titles.before(&sentence.tokens, at).max(group);
            if title > 0 {
                at -= title;
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
        if acts { end + self.forces.at(&sentence.tokens, end) } else { end }
    }

    /// Whether `other`, right before `at`, belongs to the phrase: "Chinese", "European Commission", and
    /// "China 's" with its sign. A person only does as its possessor.
    fn modifies(&self, other: &Mention, at: usize, sentence: &Sentence) -> bool {
        let possessive = sentence.tokens.get(other.tokens.end).is_some_and(|token| token.lemma == "'s");
        let adjacent = other.tokens.end == at && Some(other.kind) != self.person;
        adjacent || (possessive && other.tokens.end + 1 == at)
    }
}
