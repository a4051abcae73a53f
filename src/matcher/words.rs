//! Alternatives for one place of a pattern → the tokens of a sentence that they accept.

use crate::language::{Analyser, Language, Predicted};
use crate::lookup::{HashMap, HashSet};
use crate::rule::Lists;
use crate::rule::lexicon::Lexicon;
use regex::Regex;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Alternatives for one place: single words, phrases of several, and word lists.
#[derive(Debug, Default)]
pub(super) struct Words {
    own: Entries,
    lists: Vec<Arc<Entries>>,
    pub(super) regexes: Vec<Regex>,
}

/// Words and phrases, ready to be looked up.
#[derive(Debug, Default)]
struct Entries {
    lemmas: HashSet<String>,
    forms: HashSet<String>,
    /// Forms of several tokens: "co-founded".
    form_phrases: Vec<Vec<String>>,
    /// The first lemmas of all forms.
    form_lemmas: HashSet<String>,
    phrases: HashMap<String, Vec<Vec<String>>>,
}

/// The language, and the word lists that patterns have named so far: hundreds of patterns name the same ones, and to
/// find the forms of their words takes longer than to read a short article.
#[derive(Debug)]
pub(super) struct Wordbook {
    language: Arc<Language>,
    /// By name; files may have lists of one name with other words.
    lists: Mutex<HashMap<String, Vec<KnownList>>>,
    /// What the model made of wordings of patterns.
    analysed: RwLock<HashMap<Vec<String>, Arc<Vec<Predicted>>>>,
}

/// The words of a list, and what they are looked up in.
type KnownList = (Vec<String>, Arc<Entries>);

impl Wordbook {
    pub(super) fn new(language: Arc<Language>) -> Self {
        Self { language, lists: Mutex::default(), analysed: RwLock::default() }
    }

    /// What the model makes of a wording of a pattern, worked out once. O(words²) the first time.
    pub(super) fn predict(&self, analyser: &Analyser, words: &[&str]) -> Arc<Vec<Predicted>> {
        let key: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        if let Some(known) = self.analysed.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(known);
        }
        let predicted = Arc::new(analyser.predict(words).0);
        let mut analysed = self.analysed.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(analysed.entry(key).or_insert(predicted))
    }

    fn list(&self, name: &str, entries: &[String]) -> Arc<Entries> {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lists.entry(name.to_owned()).or_default();
        if let Some((_, found)) = known.iter().find(|(of, _)| of == entries) {
            return Arc::clone(found);
        }
        let mut found = Entries::default();
        entries.iter().for_each(|entry| found.add_phrase(entry, &self.language));
        let found = Arc::new(found);
        known.push((entries.to_vec(), Arc::clone(&found)));
        found
    }
}

impl Deref for Wordbook {
    type Target = Language;

    fn deref(&self) -> &Language {
        &self.language
    }
}

impl Words {
    pub(super) fn add_list(&mut self, name: &str, lists: &Lists, lexicon: &Lexicon, book: &Wordbook) {
        let entries = lists.get(name).map_or_else(|| lexicon.words(name), Vec::as_slice);
        self.lists.push(book.list(name, entries));
    }

    /// A word or phrase in any form of its lemmas: "prime minister", "US-backed".
    pub(super) fn add_phrase(&mut self, phrase: &str, language: &Language) {
        self.own.add_phrase(phrase, language);
    }

    /// This form only, whatever the letter case; of one token or several.
    pub(super) fn add_form(&mut self, form: &str, language: &Language) {
        self.own.add_form(form, language);
    }

    fn all(&self) -> impl Iterator<Item = &Entries> {
        std::iter::once(&self.own).chain(self.lists.iter().map(Arc::as_ref))
    }

    /// How many tokens each fitting alternative takes at the beginning of these, longest first.
    pub(super) fn lengths(&self, lemmas: &[&str], forms: &[&str]) -> Vec<usize> {
        let (Some(lemma), Some(form)) = (lemmas.first(), forms.first()) else { return Vec::new() };
        let mut lengths = Vec::new();
        let mut single = self.regexes.iter().any(|regex| regex.is_match(form));
        for entries in self.all() {
            entries.phrase_lengths(lemmas, forms, &mut lengths);
            single |= entries.has(lemma, form);
        }
        lengths.sort_unstable_by_key(|length| Reverse(*length));
        lengths.dedup();
        if single {
            lengths.push(1);
        }
        lengths
    }

    /// Whether a single word of this lemma is among the alternatives.
    pub(super) fn accepts(&self, lemma: &str) -> bool {
        self.all().any(|entries| entries.lemmas.contains(lemma))
    }

    /// Whether only signs are wanted: a comma belongs right after what it divides.
    pub(super) fn is_sign(&self) -> bool {
        let sign = |form: &String| !form.contains(char::is_alphanumeric);
        let bare = self.all().all(|entries| entries.lemmas.is_empty() && entries.phrases.is_empty());
        bare && !self.own.forms.is_empty() && self.own.forms.iter().all(sign)
    }

    /// Whether this single form is among the alternatives.
    pub(super) fn accepts_form(&self, form: &str) -> bool {
        self.own.forms.contains(form)
    }

    /// The lemmas with which a fitting stretch can begin; `None` where any word might.
    pub(super) fn first_lemmas(&self) -> Option<Vec<String>> {
        if !self.regexes.is_empty() {
            return None;
        }
        let first = |entries: &'_ Entries| -> Vec<String> {
            entries.lemmas.iter().chain(&entries.form_lemmas).chain(entries.phrases.keys()).cloned().collect()
        };
        let mut lemmas: Vec<String> = self.all().flat_map(first).collect();
        lemmas.sort_unstable();
        lemmas.dedup();
        Some(lemmas)
    }

    pub(super) fn describe(&self) -> String {
        const SHOWN: usize = 8;
        let regexes = self.regexes.iter().map(|regex| format!("/{regex}/"));
        let mut words: Vec<String> = self.all().flat_map(Entries::shown).chain(regexes).collect();
        words.sort_unstable();
        words.dedup();
        let more = if words.len() > SHOWN { ", …" } else { "" };
        words.truncate(SHOWN);
        format!("{}{more}", words.join(", "))
    }
}

impl Entries {
    fn add_phrase(&mut self, phrase: &str, language: &Language) {
        let lemmas: Vec<String> = language.tokens(phrase).into_iter().map(|token| token.lemma).collect();
        match lemmas.as_slice() {
            [] => {}
            [lemma] => self.lemmas.extend(spellings(lemma, language)),
            [first, rest @ ..] => {
                for first in spellings(first, language) {
                    let phrases = self.phrases.entry(first.clone()).or_default();
                    phrases.push(std::iter::once(first).chain(rest.iter().cloned()).collect());
                }
            }
        }
    }

    fn add_form(&mut self, form: &str, language: &Language) {
        // `'s` is a token only behind a word, and after an *s* it is written without its own: "Hamas' leader".
        if form.starts_with(['\'', '’']) {
            self.lemmas.insert(folded(form));
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

    fn has(&self, lemma: &str, form: &str) -> bool {
        self.lemmas.contains(lemma) || (!self.forms.is_empty() && self.forms.contains(&folded(form)))
    }

    fn phrase_lengths(&self, lemmas: &[&str], forms: &[&str], lengths: &mut Vec<usize>) {
        let phrases = lemmas.first().and_then(|lemma| self.phrases.get(*lemma)).into_iter().flatten();
        let fits = |phrase: &&Vec<String>| {
            lemmas.len() >= phrase.len() && phrase.iter().zip(lemmas).all(|(wanted, lemma)| wanted == lemma)
        };
        lengths.extend(phrases.filter(fits).map(Vec::len));
        let same = |phrase: &&Vec<String>| {
            forms.len() >= phrase.len()
                && phrase.iter().zip(forms).all(|(wanted, form)| *wanted == folded(form))
        };
        lengths.extend(self.form_phrases.iter().filter(same).map(Vec::len));
    }

    fn shown(&self) -> impl Iterator<Item = String> {
        let phrases = self.phrases.values().flatten().map(|phrase| phrase.join(" "));
        self.lemmas.iter().chain(&self.forms).cloned().chain(phrases)
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
