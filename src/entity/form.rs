//! A name → the forms in which two spellings of it are equal.

use crate::mention::fold;
use crate::rule::RuleSet;
use crate::rule::lexicon::{KnownId, Usage};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The lists by which spellings are held against each other; built once.
#[derive(Debug, Clone)]
pub(super) struct Forms {
    legal_forms: HashSet<String>,
    particles: HashSet<String>,
    generations: HashSet<String>,
    waters: HashSet<String>,
    offices: HashSet<String>,
    /// Spelling → the usual one, of words in names of organisations and of first names.
    spellings: HashMap<String, String>,
    first_names: HashMap<String, String>,
    /// Short forms of first names → the full one.
    nicknames: HashMap<String, String>,
    /// The words that a name may begin with to say of which country it is.
    countries: BTreeMap<String, KnownId>,
    /// Organisations of the lexicon by their names, legal forms left out, and by their acronyms.
    organisations: HashMap<String, KnownId>,
    acronyms: HashMap<String, KnownId>,
    /// All words of all names of an organisation of the lexicon.
    words: HashMap<KnownId, BTreeSet<String>>,
}

/// A person's full name in its parts, each in small letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PersonName {
    /// The first name as usually spelt.
    pub(super) first: String,
    /// What stands between, particles left out.
    pub(super) middle: Vec<String>,
    pub(super) last: String,
    /// "Jr."
    pub(super) generation: Option<String>,
}

impl Forms {
    pub(super) fn new(rules: &RuleSet) -> Self {
        let set = |list: &str| -> HashSet<String> {
            rules.lexicon.words(list).iter().map(|word| folded(word)).collect()
        };
        let groups = |list: &str| -> HashMap<String, String> {
            let groups = rules.lexicon.words(list).iter();
            groups
                .flat_map(|group| {
                    let words: Vec<String> = group.split_whitespace().map(fold).collect();
                    let usual = words.first().cloned().unwrap_or_default();
                    words.into_iter().map(move |word| (word, usual.clone()))
                })
                .collect()
        };
        let first_names = |list: &str| -> HashMap<String, String> {
            let usual = |(name, usual): (String, String)| (transliterated(&name), transliterated(&usual));
            groups(list).into_iter().map(usual).collect()
        };
        let mut forms = Self {
            legal_forms: set("legal_form"),
            particles: set("name_particle").into_iter().flat_map(|particle| words(&particle)).collect(),
            generations: set("generation"),
            waters: set("water_word"),
            offices: set("common_office_word"),
            spellings: groups("spelling_variant"),
            first_names: first_names("first_name_spelling"),
            nicknames: first_names("nickname"),
            countries: BTreeMap::new(),
            organisations: HashMap::new(),
            acronyms: HashMap::new(),
            words: HashMap::new(),
        };
        forms.offices.extend(["of", "the", "for", "and", "on", "in", "s"].map(str::to_owned));
        forms.read_known(rules);
        forms
    }

    fn read_known(&mut self, rules: &RuleSet) {
        let vocabulary = &rules.vocabulary;
        for (at, known) in rules.lexicon.known.iter().enumerate() {
            let Ok(id) = u32::try_from(at).map(KnownId) else { break };
            let base = &vocabulary.entity_type(vocabulary.base(known.kind)).name;
            for (form, usage) in &known.forms {
                let form = folded(form);
                match base.as_str() {
                    "Country" if *usage != Usage::Seat => drop(self.countries.insert(form, id)),
                    "Organisation" if *usage == Usage::Acronym => drop(self.acronyms.insert(form, id)),
                    "Organisation" if *usage == Usage::Name => {
                        let words = self.spelt(&form);
                        self.words.entry(id).or_default().extend(words);
                        self.organisations.insert(self.without_legal_form(&form), id);
                        self.organisations.insert(form, id);
                    }
                    _ => {}
                }
            }
        }
    }

    /// The organisation of the lexicon whose name this is, but for a legal form.
    pub(super) fn known_organisation(&self, folded: &str) -> Option<KnownId> {
        let short = self.without_legal_form(folded);
        (short != folded).then(|| self.organisations.get(&short).copied()).flatten()
    }

    /// The organisation of the lexicon that has this acronym, if all words of the name are words of its own:
    /// "Islamic Movement of Turkestan (ETIM)".
    pub(super) fn known_acronym(&self, acronym: &str, name: &str) -> Option<KnownId> {
        let known = self.acronyms.get(&folded(acronym)).copied()?;
        let words = self.spelt(&folded(name));
        let own = self.words.get(&known)?;
        (words.len() > 1 && words.iter().all(|word| own.contains(word))).then_some(known)
    }

    /// A company's name without its legal form: `acme corp` is `acme`.
    pub(super) fn without_legal_form(&self, folded: &str) -> String {
        let mut words = words(folded);
        while words.len() > 1 && words.last().is_some_and(|last| self.legal_forms.contains(last)) {
            words.pop();
        }
        words.join(" ")
    }

    pub(super) fn is_legal_form(&self, word: &str) -> bool {
        self.legal_forms.contains(word)
    }

    pub(super) fn is_water(&self, word: &str) -> bool {
        self.waters.contains(word)
    }

    /// Whether a name is that of an office that many countries have: `supreme court`.
    pub(super) fn is_common(&self, words: &[String]) -> bool {
        words.iter().all(|word| self.offices.contains(word))
    }

    /// The country that a name begins with, and how many of its words that takes; never all of them.
    pub(super) fn lead(&self, words: &[String]) -> Option<(KnownId, usize)> {
        (1..words.len().min(5)).rev().find_map(|length| {
            let country = self.countries.get(&words[..length].join(" "))?;
            Some((*country, length))
        })
    }

    /// The name of an organisation in its usual spelling, the country before it and legal form apart.
    pub(super) fn organisation(&self, name: &str) -> (Option<KnownId>, String) {
        let words = words(&self.without_legal_form(&folded(name)));
        let lead = self.lead(&words);
        let rest = &words[lead.map_or(0, |(_, length)| length)..];
        let spelt: Vec<String> = rest.iter().map(|word| self.spelling(word)).collect();
        (lead.map(|(country, _)| country), spelt.join(" "))
    }

    fn spelt(&self, folded: &str) -> Vec<String> {
        let words = words(folded).into_iter().map(|word| self.spelling(&word));
        words.filter(|word| !matches!(word.as_str(), "of" | "the" | "for" | "and")).collect()
    }

    fn spelling(&self, word: &str) -> String {
        self.spellings.get(word).cloned().unwrap_or_else(|| word.to_owned())
    }

    /// A person's name in its parts; `None` for a single word.
    pub(super) fn person(&self, name: &str) -> Option<PersonName> {
        let mut words = words(&folded(name));
        let generation = words.pop_if(|last| self.generations.contains(last));
        let last = words.pop()?;
        let first = (!words.is_empty()).then(|| words.remove(0))?;
        words.retain(|word| !self.particles.contains(word));
        let first = transliterated(&first);
        let first = self.first_names.get(&first).cloned().unwrap_or(first);
        Some(PersonName { first, middle: words, last: transliterated(&last), generation })
    }

    /// The full form of a first name; the name itself where the lexicon has none.
    pub(super) fn full_first_name<'n>(&'n self, first: &'n str) -> &'n str {
        let full = self.nicknames.get(first).map_or(first, String::as_str);
        self.first_names.get(full).map_or(full, String::as_str)
    }
}

/// Letters without case and marks, words apart by one space.
pub(super) fn folded(name: &str) -> String {
    let name = fold(name);
    let words = name.split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '&');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn words(folded: &str) -> Vec<String> {
    folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A word as one of several ways to write it in Latin letters. Only what differs between the usual
/// romanisations of one alphabet is levelled (`Zelenskyy`, `Zelenskiy`, `Zelensky`; `Qaddafi`, `Kaddafi`), and
/// no vowel that tells names apart: *Mario* is not *Maria*. Words of under five letters stay as they are,
/// because in Chinese and Korean names every letter counts.
pub(super) fn transliterated(word: &str) -> String {
    if word.chars().count() < 5 {
        return word.to_owned();
    }
    let mut plain = word.replace("kh", "k").replace('q', "k").replace("ou", "u").replace("ph", "f");
    plain = plain.replace("iy", "y").replace("ij", "y").replace("ey", "y").replace("ei", "y");
    let mut letters = String::with_capacity(plain.len());
    for letter in plain.chars() {
        let letter = if letter == 'j' || letter == 'i' { 'y' } else { letter };
        if !letters.ends_with(letter) {
            letters.push(letter);
        }
    }
    letters
}

/// A name as part of an id: small ASCII letters and digits, words joined by hyphens. A name without any
/// such letter is spelt by its hash.
pub(super) fn slug(name: &str) -> String {
    let plain = fold(name).replace('\'', "");
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-");
    if slug.is_empty() { format!("{:016x}", xxhash_rust::xxh3::xxh3_64(name.as_bytes())) } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_and_never_empty() {
        assert_eq!(slug("Jarosław Kaczyński"), "jaroslaw-kaczynski");
        assert_eq!(slug("People's Bank of China"), "peoples-bank-of-china");
        assert_eq!(slug("AT&T Inc."), "at-t-inc");
        assert_eq!(slug("???").len(), 16);
    }

    #[test]
    fn ways_to_write_one_name_are_equal_and_other_names_are_not() {
        let forms = Forms::new(&RuleSet::built_in());
        let same = |left: &str, right: &str| forms.person(left) == forms.person(right);
        for (left, right) in [
            ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
            ("Muammar Gaddafi", "Moammar Gadafi"),
            ("Bashar al-Assad", "Bashar Assad"),
            ("Sergei Lavrov", "Sergey Lavrov"),
        ] {
            assert!(same(left, right), "{left}, {right}");
        }
        for (left, right) in [
            ("Carla Silva", "Carlo Silva"),
            ("Ivana Petrova", "Ivan Petrov"),
            ("Wang Yu", "Wang Yi"),
            ("John Roe", "John Roe Jr."),
        ] {
            assert!(!same(left, right), "{left}, {right}");
        }
    }

    #[test]
    fn organisations_are_spelt_one_way() {
        let forms = Forms::new(&RuleSet::built_in());
        assert_eq!(forms.organisation("Acme Labour Corp."), forms.organisation("ACME Labor"));
        assert_eq!(forms.organisation("U.S. Salt Survey"), forms.organisation("United States Salt Survey"));
        assert!(forms.is_common(&words("ministry of foreign affairs")));
        assert!(!forms.is_common(&words("acme bank")));
    }
}
