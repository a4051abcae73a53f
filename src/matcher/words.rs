//! Alternatives for one place of a pattern → the tokens of a sentence that they accept.

use crate::language::Language;
use crate::rule::Lists;
use crate::rule::lexicon::Lexicon;
use regex::Regex;

use std::collections::{BTreeSet, HashMap, HashSet};

/// Alternatives for one place: single words and phrases of several.
#[derive(Debug, Default)]
pub(super) struct Words {
    lemmas: HashSet<String>,
    forms: HashSet<String>,
    /// Forms of several tokens: "co-founded".
    form_phrases: Vec<Vec<String>>,
    /// The first lemmas of all forms.
    form_lemmas: HashSet<String>,
    pub(super) regexes: Vec<Regex>,
    phrases: HashMap<String, Vec<Vec<String>>>,
}

impl Words {
    pub(super) fn add_list(&mut self, name: &str, lists: &Lists, lexicon: &Lexicon, language: &Language) {
        let entries = lists.get(name).map_or_else(|| lexicon.words(name), Vec::as_slice);
        entries.iter().for_each(|entry| self.add_phrase(entry, language));
    }

    /// A word or phrase in any form of its lemmas: "prime minister", "US-backed".
    pub(super) fn add_phrase(&mut self, phrase: &str, language: &Language) {
        let lemmas: Vec<String> = language.tokens(phrase).into_iter().map(|token| token.lemma).collect();
        match lemmas.as_slice() {
            [] => {}
            [lemma] => self.lemmas.extend(spellings(lemma, language)),
            [first, rest @ ..] => {
                for first in spellings(first, language) {
                    let phrases = self.phrases.entry(first.clone()).or_default();
                    phrases.push(std::iter::once(first).chain(rest.iter().cloned()).collect());
                    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
                }
            }
        }
    }

    /// This form only, whatever the letter case; of one token or several.
    pub(super) fn add_form(&mut self, form: &str, language: &Language) {
        // `'s` is a token only behind a word.
        if form.starts_with(['\'', '’']) {
            self.forms.insert(folded(form));
            self.form_lemmas.insert(language.lemma(form));
            return;
        }
        let tokens = language.tokens(form);
        let forms: Vec<String> = tokens.iter().map(|token| folded(token.span.of(form))).collect();
        self.form_lemmas.extend(tokens.into_iter().next().map(|token| token.lemma));
        match forms.as_slice() {
            [] => {}
            [only] => drop(self.forms.insert(only.clone())),
            _ => self.form_phrases.push(forms),
        }
    }

    /// How many tokens each fitting alternative takes at `at`, longest first.
    pub(super) fn lengths(&self, lemmas: &[&str], forms: &[&str]) -> Vec<usize> {
        let (Some(lemma), Some(form)) = (lemmas.first(), forms.first()) else { return Vec::new() };
        let phrases = self.phrases.get(*lemma).into_iter().flatten();
        let fits = |phrase: &&Vec<String>| {
            lemmas.len() >= phrase.len() && phrase.iter().zip(lemmas).all(|(wanted, lemma)| wanted == lemma)
        };
        let mut lengths: Vec<usize> = phrases.filter(fits).map(Vec::len).collect();
        let same = |phrase: &&Vec<String>| {
            forms.len() >= phrase.len()
                && phrase.iter().zip(forms).all(|(wanted, form)| *wanted == folded(form))
        };
        lengths.extend(self.form_phrases.iter().filter(same).map(Vec::len));
        let single = self.lemmas.contains(*lemma)
            || (!self.forms.is_empty() && self.forms.contains(&folded(form)))
            || self.regexes.iter().any(|regex| regex.is_match(form));
        if single {
            lengths.push(1);
        }
        lengths
    }

    /// Whether a single word of this lemma is among the alternatives.
    pub(super) fn accepts(&self, lemma: &str) -> bool {
        self.lemmas.contains(lemma)
    }

    /// Whether only signs are wanted: a comma belongs right after what it divides.
    pub(super) fn is_sign(&self) -> bool {
        let sign = |form: &String| !form.contains(char::is_alphanumeric);
        self.lemmas.is_empty()
            && self.phrases.is_empty()
            && !self.forms.is_empty()
            && self.forms.iter().all(sign)
    }

    /// Whether this single form is among the alternatives.
    pub(super) fn accepts_form(&self, form: &str) -> bool {
        self.forms.contains(form)
    }

    /// The lemmas with which a fitting stretch can begin; `None` where any word might.
    pub(super) fn first_lemmas(&self) -> Option<Vec<String>> {
        if !self.regexes.is_empty() {
            return None;
        }
        let mut lemmas: Vec<String> =
            self.lemmas.iter().chain(&self.form_lemmas).chain(self.phrases.keys()).cloned().collect();
        lemmas.sort_unstable();
        lemmas.dedup();
        Some(lemmas)
    }
}

impl Words {
    pub(super) fn describe(&self) -> String {
        const SHOWN: usize = 8;
        let regexes = self.regexes.iter().map(|regex| format!("/{regex}/"));
        let phrases = self.phrases.values().flatten().map(|phrase| phrase.join(" "));
        let mut words: Vec<String> =
            self.lemmas.iter().chain(&self.forms).cloned().chain(phrases).chain(regexes).collect();
        words.sort_unstable();
        let more = if words.len() > SHOWN { ", …" } else { "" };
        words.truncate(SHOWN);
        format!("{}{more}", words.join(", "))
    }
}

/// A form as forms are compared.
fn folded(form: &str) -> String {
    form.to_lowercase().replace('’', "'")
}
/// A base form, and what the rules of inflection make of its forms where they do not know the verb: "implored"
/// may go back to *implore* or to "implor", "defeated" to *defeat* or to "defeate", and both are to be found.
fn spellings(lemma: &str, language: &Language) -> BTreeSet<String> {
    let stem = lemma.strip_suffix('e').unwrap_or(lemma);
    let forms = [format!("{stem}ed"), format!("{stem}ing")];
    let mut spellings: BTreeSet<String> = forms.iter().map(|form| language.lemma(form)).collect();
    // Of a word that is no verb, nothing near it comes out.
    spellings.retain(|spelling| {
        let near = spelling.len().abs_diff(lemma.len()) <= 1;
        near && (lemma.starts_with(spelling.as_str()) || spelling.starts_with(lemma))
    });
    spellings.insert(lemma.to_owned());
    spellings
}
