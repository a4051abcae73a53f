//! Known names that are somebody else's here: the *Senate* of an article about Brazil is not that of the United States.
//!
//! Bodies of state and parties of many countries share names of ordinary words. The lexicon gives such a name to the
//! country that the news mean most often; here it is taken away again where the article says otherwise.

use super::known::{KnownName, fold};
use super::word;
use crate::language::Sentence;
use crate::lookup::{HashMap, HashSet};
use crate::rule::lexicon::{KnownId, Lexicon, Usage};
use crate::rule::vocabulary::{TypeId, Vocabulary};
use std::ops::Range;

/// Which names other countries have, too.
#[derive(Debug, Clone)]
pub(super) struct Namesakes {
    /// Names of ordinary words, folded, and the country that the lexicon gives them to.
    shared: HashMap<String, KnownId>,
    /// In which country a known entity is.
    within: HashMap<KnownId, KnownId>,
    country: Option<TypeId>,
    region: Option<TypeId>,
}

impl Namesakes {
    pub(super) fn new(lexicon: &Lexicon, vocabulary: &Vocabulary) -> Self {
        let lists =
            ["organisation_word", "common_office_word", "office_field", "name_adjective", "name_small_word"];
        let ordinary: HashSet<String> =
            lists.iter().flat_map(|list| lexicon.words(list)).map(|word| fold(word)).collect();
        let ids = || (0..).map(KnownId).zip(&lexicon.known);
        let country = vocabulary.type_id("Country");
        let by_name: HashMap<&str, KnownId> = ids()
            .filter(|(_, known)| Some(known.kind) == country)
            .map(|(id, known)| (&*known.name, id))
            .collect();
        let mut within = HashMap::default();
        let mut shared = HashMap::default();
        let bodies = ["Government", "Party"].map(|kind| vocabulary.type_id(kind));
        for (id, known) in ids() {
            let named = known.country.as_deref().and_then(|name| by_name.get(name).copied());
            let Some(home) = known.stands_for.or(named) else { continue };
            within.insert(id, home);
            let forms = known.forms.iter().filter(|(_, usage)| *usage == Usage::Name);
            let forms = forms.map(|(form, _)| fold(form));
            let plain = forms.filter(|form| form.split(' ').all(|word| ordinary.contains(word)));
            if bodies.contains(&Some(known.kind)) {
                shared.extend(plain.map(|form| (form, home)));
            }
        }
        Self { shared, within, country, region: vocabulary.type_id("Region") }
    }

    /// Takes away the known names of an article that are somebody else's. O(known names).
    pub(super) fn take_away(&self, known: &mut [Vec<KnownName>], sentences: &[Sentence], text: &str) {
        let (mut seen, mut foreign, mut own) = (HashSet::default(), HashSet::default(), HashSet::default());
        for (names, sentence) in known.iter().zip(sentences) {
            for name in names {
                let form = form(name, sentence, text);
                match self.shared.get(&form) {
                    Some(home) if self.is_anothers(name, *home, names, sentence) => {
                        foreign.insert(form);
                    }
                    Some(_) => {}
                    None => {
                        own.insert(name.known);
                        seen.extend(self.country_of(name));
                    }
                }
            }
        }
        for (names, sentence) in known.iter_mut().zip(sentences) {
            let all = names.clone();
            names.retain(|name| {
                let form = form(name, sentence, text);
                let Some(home) = self.shared.get(&form) else { return true };
                let elsewhere = !seen.contains(home) && !seen.is_empty();
                let meant = own.contains(&name.known) || !foreign.contains(&form) && !elsewhere;
                meant && !self.is_anothers(name, *home, &all, sentence)
            });
        }
    }

    /// The country that a name speaks of, be it by a town in it; not by a name that others share.
    fn country_of(&self, name: &KnownName) -> Option<KnownId> {
        if Some(name.kind) == self.country { Some(name.known) } else { self.within.get(&name.known).copied() }
    }

    /// "**Brazilian** Senate", "**Nevada** Senate", "**Kenya's** Senate", "Senate of the **Philippines**".
    fn is_anothers(&self, name: &KnownName, home: KnownId, names: &[KnownName], sentence: &Sentence) -> bool {
        let lemma = |at: usize| sentence.tokens.get(at).map_or("", |token| token.lemma.as_str());
        let owner = |other: &&KnownName| {
            let state =
                Some(other.kind) == self.region || Some(other.kind) == self.country && other.known != home;
            let before = other.tokens.end == name.tokens.start
                || other.tokens.end + 1 == name.tokens.start && lemma(other.tokens.end) == "'s";
            let the = usize::from(lemma(name.tokens.end + 1) == "the");
            let after = lemma(name.tokens.end) == "of" && other.tokens.start == name.tokens.end + 1 + the;
            state && (before || after)
        };
        names.iter().any(|other| owner(&other))
    }
}

/// The words of a name, folded.
fn form(name: &KnownName, sentence: &Sentence, text: &str) -> String {
    let words = |tokens: Range<usize>| tokens.map(|at| fold(word(sentence, at, text)));
    words(name.tokens.clone()).collect::<Vec<_>>().join(" ")
}
