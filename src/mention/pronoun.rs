//! Pronouns → the names that they stand for.

use super::reference::{Candidate, Key, Scene, only};
use super::{Mention, word};
use crate::language::Sentence;
use crate::rule::lexicon::Lexicon;
use std::collections::{BTreeMap, HashSet};

/// The pronouns, and what tells a woman's name from a man's.
#[derive(Debug, Clone)]
pub(super) struct Pronouns {
    he: HashSet<String>,
    she: HashSet<String>,
    it: HashSet<String>,
    female: HashSet<String>,
    male: HashSet<String>,
    /// After "it" these make it stand for nothing: "it is unlikely that".
    expletive: HashSet<String>,
    /// Cannot be the noun that "her" says more of.
    no_noun: HashSet<String>,
    /// Before a subject: "that", "after".
    openers: HashSet<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Female,
    Male,
}

/// How far into a sentence its opening phrase may go: "In his first speech, Ada …".
const OPENING: usize = 10;

impl Pronouns {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let set = |lists: &[&str]| -> HashSet<String> {
            lists.iter().flat_map(|list| lexicon.words(list)).map(|word| super::fold(word)).collect()
        };
        Self {
            he: set(&["masculine_pronoun"]),
            she: set(&["feminine_pronoun"]),
            it: set(&["neuter_pronoun"]),
            female: set(&["female_first_name", "female_title"]),
            male: set(&["male_first_name", "male_title"]),
            expletive: set(&["expletive_verb"]),
            no_noun: set(&["no_noun"]),
            openers: set(&["before_subject"]),
        }
    }

    /// The gender of each person whose first name or title tells it, wherever in the article.
    pub(super) fn genders(
        &self,
        names: &[Mention],
        sentences: &[Sentence],
        text: &str,
    ) -> BTreeMap<Key, Gender> {
        let mut genders = BTreeMap::new();
        for name in names.iter().filter(|name| name.known.is_none()) {
            let sentence = &sentences[name.sentence];
            let at = |at: usize| super::fold(word(sentence, at, text));
            let words: Vec<String> = (name.phrase.start..name.tokens.end.saturating_sub(1)).map(at).collect();
            let female = words.iter().any(|word| self.female.contains(word));
            let male = words.iter().any(|word| self.male.contains(word));
            let gender = match (female, male) {
                (true, false) => Gender::Female,
                (false, true) => Gender::Male,
                _ => continue,
            };
            genders.entry(Key::Name(at(name.tokens.end - 1))).or_insert(gender);
        }
        genders
    }

    /// Whom or what the word at `at` stands for, where it is a pronoun and one name fits.
    pub(super) fn find(
        &self,
        scene: &Scene,
        at: usize,
        genders: &BTreeMap<Key, Gender>,
    ) -> Option<Candidate> {
        let word = scene.word(at);
        let gender = match () {
            () if self.he.contains(word) => Gender::Male,
            () if self.she.contains(word) => Gender::Female,
            () if self.it.contains(word) => return self.thing(scene, at),
            () => return None,
        };
        if is_quoted(scene, at) {
            return None;
        }
        let fits = |name: &&Candidate| {
            scene.is(name.kind, "Person") && genders.get(&name.key).is_none_or(|other| *other == gender)
        };
        let object = matches!(word, "him") || (word == "her" && self.ends_phrase(scene, at));
        let here: Vec<&Candidate> = scene.here.iter().filter(fits).collect();
        if here.is_empty()
            && let Some(name) = opening(scene, at).filter(|name| fits(name))
        {
            return Some(name.clone());
        }
        let near = if here.is_empty() { scene.before.iter().filter(fits).collect() } else { here };
        let subject = near.first().filter(|_| !object);
        only(near.iter().copied()).or(subject.copied()).cloned()
    }

    /// "told her.", but not "told her husband".
    fn ends_phrase(&self, scene: &Scene, at: usize) -> bool {
        let next = scene.word(at + 1);
        !next.starts_with(char::is_alphabetic) || self.no_noun.contains(next)
    }

    /// "its", and "it" where it can be somebody: a company that says, a country that plans.
    fn thing(&self, scene: &Scene, at: usize) -> Option<Candidate> {
        let fits = |name: &&Candidate| {
            !name.aside && (scene.is(name.kind, "Organisation") || scene.is(name.kind, "Country"))
        };
        let possessive = scene.word(at) == "its";
        // "denied it" may mean what was said before, "said it denied" hardly.
        let opens = at == 0 || self.openers.contains(scene.word(at - 1));
        let subject = opens && !self.expletive.contains(scene.word(at + 1));
        if is_quoted(scene, at) || !(possessive || subject) {
            return None;
        }
        let here: Vec<&Candidate> = scene.here.iter().filter(fits).collect();
        if !here.is_empty() {
            let subject = here.first().filter(|name| name.start == 0).copied();
            return only(here.iter().copied()).or(subject).cloned();
        }
        let before: Vec<&Candidate> = scene.before.iter().filter(fits).collect();
        let subject = before.first().filter(|name| name.start == 0).copied();
        if at == 0 || possessive { only(before.iter().copied()).and(subject).cloned() } else { None }
    }
}

/// "During **his** visit, Ada …": the name right after the opening phrase.
fn opening<'s>(scene: &Scene<'s>, at: usize) -> Option<&'s Candidate> {
    let comma = (at..OPENING.min(scene.words.len())).find(|at| scene.word(*at) == ",")?;
    scene.ahead.iter().find(|name| name.start == comma + 1)
}

/// Whether a word stands in a quotation, where "he" is whom the speaker means.
fn is_quoted(scene: &Scene, at: usize) -> bool {
    let mut open = false;
    for word in &scene.words[..at] {
        match word.as_str() {
            "“" | "``" => open = true,
            "”" | "''" => open = false,
            "\"" => open = !open,
            _ => {}
        }
    }
    open
}
