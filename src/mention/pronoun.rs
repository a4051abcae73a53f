//! Pronouns for one → the names that they stand for.

use super::post::PostWords;
use super::salience::{Candidate, Key, Role, Scene};
use super::subject::subject;
use super::{Mention, word};
use crate::language::{Analyses, Sentence};
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

/// What a pronoun is to its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Subject,
    Object,
    Possessive,
    Reflexive,
}

/// How far into a sentence its opening phrase may go: "In his first speech, Ada …".
const OPENING: usize = 10;
/// How many tenths of the second's weight the first must have. An object goes on with a subject or an object of
/// the sentence before, so its being the subject decides less.
const AHEAD: u32 = 10;
const AHEAD_OF_OBJECT: u32 = 13;

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
        keys: &[Key],
        sentences: &[Sentence],
        text: &str,
    ) -> BTreeMap<Key, Gender> {
        let mut genders = BTreeMap::new();
        for (name, key) in names.iter().zip(keys).filter(|(name, _)| name.known.is_none()) {
            let sentence = &sentences[name.sentence];
            let words = name.phrase.start..name.tokens.end.saturating_sub(1);
            let words: Vec<String> = words.map(|at| super::fold(word(sentence, at, text))).collect();
            if let Some(gender) = self.gender(words.iter()) {
                genders.entry(key.clone()).or_insert(gender);
            }
        }
        genders
    }

    /// The gender that words before a name, or for a person without one, tell.
    pub(super) fn gender<'w>(&self, mut words: impl Iterator<Item = &'w String> + Clone) -> Option<Gender> {
        let female = words.clone().any(|word| self.female.contains(word));
        let male = words.any(|word| self.male.contains(word));
        match (female, male) {
            (true, false) => Some(Gender::Female),
            (false, true) => Some(Gender::Male),
            _ => None,
        }
    }

    /// What a pronoun tells of whom it stands for.
    pub(super) fn told(&self, word: &str) -> Option<Gender> {
        match () {
            () if self.he.contains(word) => Some(Gender::Male),
            () if self.she.contains(word) => Some(Gender::Female),
            () => None,
        }
    }

    /// Whom or what the word at `at` stands for, where it is a pronoun and one name fits.
    pub(super) fn find(&self, scene: &Scene, at: usize, analyses: &Analyses) -> Option<Candidate> {
        let word = scene.word(at);
        if scene.is_quoted(at) {
            return None;
        }
        match self.told(word) {
            Some(gender) => self.person(scene, at, gender),
            None if self.it.contains(word) => self.thing(scene, at, analyses),
            None => None,
        }
    }

    fn person(&self, scene: &Scene, at: usize, gender: Gender) -> Option<Candidate> {
        let form = self.form(scene, at);
        let barred = (form == Form::Object).then(|| self.clause_subject(scene, at)).flatten();
        let fits = |name: &Candidate| {
            scene.is(name.kind, "Person")
                && scene.genders.get(&name.key).is_none_or(|other| *other == gender)
                && barred.is_none_or(|barred| barred.key != name.key)
        };
        if form == Form::Reflexive {
            let own = scene.here.iter().rev().filter(|name| fits(name));
            let mut own = own.filter(|name| name.role == Role::Subject);
            return own.next().filter(|name| !is_stranger(name)).cloned();
        }
        let here = scene.here.iter().any(fits);
        // "the son of Ada and **her** husband": whoever stands right before "and" is the owner.
        let beside =
            scene.here.last().filter(|name| at > 0 && name.end + 1 == at && scene.word(at - 1) == "and");
        if let Some(name) = beside.filter(|name| form == Form::Possessive && fits(name) && !is_stranger(name))
        {
            return Some((*name).clone());
        }
        if let Some(name) = opening(scene, at).filter(|name| !here && fits(name)) {
            return Some(name.clone());
        }
        decided(&scene.weigh(fits), if form == Form::Object { AHEAD_OF_OBJECT } else { AHEAD })
    }

    fn form(&self, scene: &Scene, at: usize) -> Form {
        match scene.word(at) {
            "him" => Form::Object,
            "his" | "hers" | "its" => Form::Possessive,
            "her" if self.ends_phrase(scene, at) => Form::Object,
            "her" => Form::Possessive,
            word if word.ends_with("self") => Form::Reflexive,
            _ => Form::Subject,
        }
    }

    /// The subject of the clause that the word at `at` stands in: it cannot be what its own object means
    /// (principle B of binding).
    fn clause_subject<'s>(&self, scene: &Scene<'s>, at: usize) -> Option<&'s Candidate> {
        let subject = scene.here.iter().rfind(|name| name.role == Role::Subject)?;
        let parted =
            (subject.end..at).any(|at| self.openers.contains(scene.word(at)) || scene.word(at) == ";");
        (!parted).then_some(subject)
    }

    /// "told her.", but not "told her husband".
    fn ends_phrase(&self, scene: &Scene, at: usize) -> bool {
        let next = scene.word(at + 1);
        !next.starts_with(char::is_alphabetic) || self.no_noun.contains(next)
    }

    /// "its", and "it" where it can be somebody: a company that says, a country that plans.
    fn thing(&self, scene: &Scene, at: usize, analyses: &Analyses) -> Option<Candidate> {
        let fits = |name: &Candidate| {
            !name.aside && (scene.is(name.kind, "Organisation") || scene.is(name.kind, "Country"))
        };
        let possessive = scene.word(at) == "its";
        // "denied it" may mean what was said before, "said it denied" hardly.
        let opens = at == 0 || self.openers.contains(scene.word(at - 1));
        let acts = opens && !self.expletive.contains(scene.word(at + 1));
        if !(possessive || acts || scene.word(at) == "itself") {
            return None;
        }
        if !scene.here.iter().chain(scene.before()).any(fits) {
            return None;
        }
        subject(scene, at, analyses).filter(|name| fits(name)).cloned()
    }
}

/// "Ada joined Acme and became **its** chief": whose post it is that a person takes, where the sentence has named one
/// organisation so far, and nothing new since.
pub(super) fn office(scene: &Scene, at: usize, posts: &PostWords) -> Option<Candidate> {
    let post = (at + 1..at + 3).any(|at| posts.at(&scene.sentence.tokens, at) > 0);
    if scene.word(at) != "its" || !post || scene.is_quoted(at) {
        return None;
    }
    let acts = |name: &&Candidate| {
        !name.adjective && (scene.is(name.kind, "Organisation") || scene.is(name.kind, "Country"))
    };
    let mut bodies = scene.here.iter().filter(acts);
    let body = bodies.next().filter(|body| scene.is(body.kind, "Organisation"))?;
    let alone = bodies.all(|other| other.key == body.key);
    let new = (body.end..at).any(|at| matches!(scene.word(at), "a" | "an" | "another"));
    (alone && !new).then(|| body.clone())
}

fn is_stranger(candidate: &Candidate) -> bool {
    matches!(candidate.key, Key::Stranger(..))
}

/// The first of some weighed candidates, where it is a name and so many tenths ahead of the second.
pub(super) fn decided(weights: &[(u32, &Candidate)], ahead: u32) -> Option<Candidate> {
    let (first, name) = weights.first()?;
    let clear = weights.get(1).is_none_or(|(second, _)| first * 10 > second * ahead);
    (clear && !is_stranger(name)).then(|| (*name).clone())
}

/// "During **his** visit, Ada …": the name right after the opening phrase, and after the name of that phrase's noun:
/// "According to **his** wife, Mary, Carl …".
fn opening<'s>(scene: &Scene<'s>, at: usize) -> Option<&'s Candidate> {
    let comma = (at..OPENING.min(scene.words.len())).find(|at| scene.word(*at) == ",")?;
    let behind = |comma: usize| scene.ahead.iter().find(|name| name.start == comma + 1);
    let name = behind(comma)?;
    if scene.word(name.end) == "," { behind(name.end) } else { Some(name) }
}
