//! A sentence → the stretches that the lexicon names.

use crate::language::{Language, Sentence};
use crate::lookup::{HashMap, HashSet};
use crate::mention::word;
use crate::rule::lexicon::{KnownId, Lexicon, Usage};
use crate::rule::vocabulary::TypeId;
use std::cmp::Reverse;
use std::ops::Range;

/// A stretch of a sentence that is a form of a known entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KnownName {
    pub(super) tokens: Range<usize>,
    pub(super) known: KnownId,
    pub(super) kind: TypeId,
    pub(super) usage: Usage,
}

/// All forms of the lexicon by their first word.
#[derive(Debug, Clone)]
pub(super) struct KnownNames {
    forms: HashMap<String, Vec<Form>>,
    locatives: HashSet<String>,
}

#[derive(Debug, Clone)]
struct Form {
    /// The words as written, and folded for comparing.
    words: Vec<(String, String)>,
    exact: bool,
    known: KnownId,
    kind: TypeId,
    usage: Usage,
    only: Option<Only>,
}

/// Where alone a form counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Only {
    /// Behind a name and a comma: "Austin, TX".
    Code,
    /// Where the talk is of sport, and no word puts the name on the map: "Stuttgart lost to Bremen".
    Team,
}

impl KnownNames {
    pub(super) fn new(lexicon: &Lexicon, language: &Language) -> Self {
        let mut forms: HashMap<String, Vec<Form>> = HashMap::default();
        for (at, known) in lexicon.known.iter().enumerate() {
            let Ok(at) = u32::try_from(at) else { break };
            let forms_of = known.forms.iter().map(|(form, usage)| (form, *usage, None));
            let codes = known.codes.iter().map(|code| (code, Usage::Acronym, Some(Only::Code)));
            let teams = known.team.iter().map(|team| (team, Usage::Name, Some(Only::Team)));
            for (form, usage, only) in forms_of.chain(codes).chain(teams) {
                let tokens = language.tokens(form);
                let words: Vec<_> = tokens.iter().map(|token| token.span.of(form)).collect();
                let words: Vec<_> = words.into_iter().map(|word| (word.to_owned(), fold(word))).collect();
                let Some(first) = words.first().map(|(_, folded)| folded.clone()) else { continue };
                let exact = usage == Usage::Acronym || is_acronym(form);
                let usage = if exact && usage == Usage::Name { Usage::Acronym } else { usage };
                forms.entry(first).or_default().push(Form {
                    words,
                    exact,
                    known: KnownId(at),
                    kind: known.kind,
                    usage,
                    only,
                });
            }
        }
        forms.values_mut().for_each(|forms| {
            let rank = |form: &Form| (Reverse(form.words.len()), form.only.is_none(), form.known, form.usage);
            forms.sort_by_key(rank);
        });
        let words = |list| lexicon.words(list).iter().map(|word| word.to_lowercase()).collect();
        Self { forms, locatives: words("locative") }
    }

    /// The longest known names of a sentence, from left to right, none inside another; `sport` tells whether its
    /// article is about sport.
    pub(super) fn find(&self, sentence: &Sentence, text: &str, sport: bool) -> Vec<KnownName> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < sentence.tokens.len() {
            match self.at(sentence, at, text, sport) {
                Some(name) => {
                    at = name.tokens.end;
                    found.push(name);
                }
                None => at += 1,
            }
        }
        found
    }

    /// The known names of some types that are a part of a name: "Iraqi" of the Iraqi Security Forces.
    pub(super) fn inside(
        &self,
        sentence: &Sentence,
        name: &Range<usize>,
        text: &str,
        fits: impl Fn(TypeId) -> bool,
    ) -> Vec<KnownName> {
        let mut found = Vec::new();
        let mut at = name.start;
        while at < name.end {
            let forms = self.forms.get(&fold(word(sentence, at, text))).into_iter().flatten();
            let mut fitting = forms.filter(|form| {
                let end = at + form.words.len();
                form.only.is_none()
                    && fits(form.kind)
                    && end <= name.end
                    && (at..end) != *name
                    && form.is_at(sentence, at, text)
            });
            match fitting.next() {
                Some(form) => {
                    let tokens = at..at + form.words.len();
                    at = tokens.end;
                    found.push(KnownName { tokens, known: form.known, kind: form.kind, usage: form.usage });
                }
                None => at += 1,
            }
        }
        found
    }

    fn at(&self, sentence: &Sentence, at: usize, text: &str, sport: bool) -> Option<KnownName> {
        let first = word(sentence, at, text);
        let forms = self.forms.get(&fold(first))?;
        let counts = |form: &&Form| match form.only {
            None => true,
            Some(Only::Code) => is_behind_comma(sentence, at, text),
            Some(Only::Team) => {
                sport
                    && at
                        .checked_sub(1)
                        .is_none_or(|before| !self.locatives.contains(&sentence.tokens[before].lemma))
            }
        };
        let form = forms.iter().find(|form| counts(form) && form.is_at(sentence, at, text))?;
        let tokens = at..at + form.words.len();
        Some(KnownName { tokens, known: form.known, kind: form.kind, usage: form.usage })
    }
}

impl Form {
    /// Small letters where the form has a capital make another word ("turkey"), capitals throughout do
    /// not ("TURKEY", in a headline).
    fn is_at(&self, sentence: &Sentence, at: usize, text: &str) -> bool {
        let Some(tokens) = sentence.tokens.get(at..at + self.words.len()) else { return false };
        tokens.iter().zip(&self.words).all(|(token, (written, folded))| {
            let word = token.span.of(text);
            let capital = |word: &str| word.starts_with(char::is_uppercase);
            if self.exact {
                word == written
            } else {
                (capital(word) || !capital(written)) && fold(word) == *folded
            }
        })
    }
}

/// Letters without case and marks: "São" and "SAO" are the same word.
pub(crate) fn fold(word: &str) -> String {
    let word = if word.is_ascii() { word.to_owned() } else { deunicode::deunicode(word) };
    word.to_lowercase()
}

/// "Austin, TX": a name, a comma and nothing that goes on with the code.
fn is_behind_comma(sentence: &Sentence, at: usize, text: &str) -> bool {
    at > 1
        && word(sentence, at - 1, text) == ","
        && word(sentence, at - 2, text).starts_with(char::is_uppercase)
        && word(sentence, at - 2, text).contains(char::is_lowercase)
        && sentence.tokens.get(at + 1).is_none_or(|next| !next.span.of(text).starts_with(char::is_uppercase))
}

fn is_acronym(form: &str) -> bool {
    let capitals = form.chars().filter(char::is_ascii_uppercase).count();
    capitals > 1 && !form.contains(char::is_lowercase) && !form.contains(' ')
}
