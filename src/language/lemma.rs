//! A word → its base form: a table of irregular forms, then suffix rules.
//!
//! The part of speech is not known here, so "meeting" is always *meet* and "left" always *leave*. Rules
//! and articles are reduced in the same way, so that they still find each other.

use crate::rule::lexicon::Lexicon;
use std::collections::{HashMap, HashSet};

/// What is known of inflection.
#[derive(Debug, Clone)]
pub(super) struct Lemmas {
    irregular: HashMap<String, String>,
    same: HashSet<String>,
    e_final: HashSet<String>,
    double: HashSet<String>,
    openers: HashSet<String>,
}

impl Lemmas {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let set = |name| lexicon.words(name).iter().cloned().collect();
        let mut irregular = HashMap::new();
        for (base, forms) in &lexicon.irregular {
            for form in forms {
                irregular.entry(form.clone()).or_insert_with(|| base.clone());
            }
        }
        let same: HashSet<String> = set("same");
        let openers = lexicon.words("sentence_opener").iter().map(|word| word.to_lowercase()).collect();
        Self { irregular, same, e_final: set("e_final"), double: set("double"), openers }
    }

    /// Whether a capitalised word is an ordinary word that begins sentences ("The", "However").
    pub(super) fn is_opener(&self, word: &str) -> bool {
        let word = word.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        self.openers.contains(&word.to_lowercase())
    }

    /// The base form of a verb's form, where the lists know the verb.
    pub(super) fn listed(&self, word: &str) -> Option<String> {
        let word = word.to_lowercase();
        let base = self.of(&word);
        let listed =
            self.irregular.contains_key(&word) || self.e_final.contains(&base) || self.double.contains(&base);
        listed.then_some(base)
    }

    /// The base form in small letters.
    pub(super) fn of(&self, word: &str) -> String {
        let word = word.to_lowercase().replace('’', "'");
        if let Some(base) = self.irregular.get(&word) {
            return base.clone();
        }
        if word.len() < 4 || self.same.contains(&word) || !word.is_ascii() {
            return word;
        }
        self.regular(&word).filter(|base| base.len() > 1).unwrap_or(word)
    }

    fn regular(&self, word: &str) -> Option<String> {
        if let Some(stem) = word.strip_suffix("ies") {
            return Some(format!("{stem}{}", if stem.len() > 1 { "y" } else { "ie" }));
        }
        if let Some(stem) = word.strip_suffix("es") {
            let sibilant = ["ss", "sh", "ch", "x", "zz", "o"].iter().any(|end| stem.ends_with(end));
            return Some(if sibilant { stem.to_owned() } else { format!("{stem}e") });
        }
        if let Some(stem) = word.strip_suffix('s') {
            return (!stem.ends_with(['s', 'u', 'i', '\''])).then(|| stem.to_owned());
        }
        if let Some(stem) = word.strip_suffix("ied") {
            return Some(format!("{stem}{}", if stem.len() > 1 { "y" } else { "ie" }));
        }
        if word.ends_with("eed") {
            return word.strip_suffix('d').map(str::to_owned);
        }
        let stem = word.strip_suffix("ed").or_else(|| word.strip_suffix("ing"))?;
        stem.contains(['a', 'e', 'i', 'o', 'u', 'y']).then(|| self.verb(stem))
    }

    /// The verb whose "-ed" or "-ing" form leaves `stem`: "hop", "hope", "plann".
    fn verb(&self, stem: &str) -> String {
        let with_e = format!("{stem}e");
        if self.e_final.contains(&with_e) {
            return with_e;
        }
        let letters: Vec<char> = stem.chars().rev().take(3).collect();
        let doubled = letters.len() > 1 && letters[0] == letters[1];
        let undoubled = &stem[..stem.len() - 1];
        if doubled
            && (self.double.contains(undoubled) || !matches!(letters[0], 'l' | 's' | 'f' | 'z' | 'e' | 'o'))
        {
            return undoubled.to_owned();
        }
        if !doubled && ends_in_silent_e(&letters) { with_e } else { stem.to_owned() }
    }
}

/// Stems that English does not leave without an e: "believ", "danc", "argu", "settl", "judg".
fn ends_in_silent_e(reversed: &[char]) -> bool {
    let vowel = |letter: &char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
    match reversed {
        ['v' | 'c' | 'u', ..] => true,
        ['z' | 's', before, ..] => vowel(before),
        ['g', 'd' | 'r' | 'l' | 'a', ..] => true,
        ['l', before, ..] => matches!(before, 'b' | 'c' | 'd' | 'g' | 'p' | 't' | 'z'),
        ['t', 'a', ..] | ['r', 'i' | 'u', ..] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::language::Language;
    use crate::rule::RuleSet;

    #[test]
    fn common_verbs_and_nouns_are_reduced() {
        let language = Language::new(&RuleSet::built_in().lexicon);
        for (base, forms) in [
            ("speak", "speaks speaking spoke spoken"),
            ("agree", "agreed agreeing agrees"),
            ("visit", "visited visiting visits"),
            ("accuse", "accused accusing accuses"),
            ("plan", "planned planning plans"),
            ("kill", "killed killing kills"),
            ("country", "countries country"),
            ("attack", "attacks attacked attacking"),
            ("argue", "argued arguing argues"),
            ("settle", "settled settling"),
            ("class", "classes class"),
            ("spokesman", "spokesmen"),
            ("need", "needed need"),
        ] {
            for form in forms.split(' ') {
                assert_eq!(language.lemma(form), base, "of {form}");
            }
        }
        assert_eq!(language.lemma("’s"), "'s");
        assert_eq!(language.lemma("crisis"), "crisis");
    }
}
