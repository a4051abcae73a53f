//! What an article says of its own acronyms comes before the lexicon: in a report on the Philippines *NTC* is no council
//! of Libya, once "National Telecommunications Commission (NTC)" stands there.

use super::Mention;
use super::known::fold;
use crate::language::Sentence;
use crate::rule::lexicon::KnownId;
use crate::rule::vocabulary::TypeId;
use std::collections::BTreeMap;

/// Takes from each acronym that the article introduces what the lexicon says of it. O(names · log introductions).
pub(super) fn introduce(names: &mut [Mention], sentences: &[Sentence], text: &str, country: TypeId) {
    let shown = |name: &Mention| sentences[name.sentence].text_of(name.tokens.clone(), text);
    let mut introduced: BTreeMap<String, (Option<KnownId>, TypeId)> = BTreeMap::new();
    for pair in names.windows(2) {
        let [first, second] = pair else { continue };
        let (full, short) = if first.tokens.len() == 1 { (second, first) } else { (first, second) };
        let another = short.known.is_some() && short.known != full.known;
        if another && in_brackets(first, second, sentences) && full.tokens.len() > 1 && short.kind != country
        {
            let acronym = shown(short);
            if spells(&acronym, &shown(full)) {
                introduced.insert(acronym, (full.known, full.kind));
            }
        }
    }
    for name in names.iter_mut().filter(|name| !introduced.is_empty() && name.tokens.len() == 1) {
        if let Some((known, kind)) = introduced.get(&shown(name)) {
            (name.known, name.kind) = (*known, *kind);
        }
    }
}

/// Whether the second of two names stands in brackets right behind the first: "Shanghai Cooperation Organisation (SCO)".
pub(crate) fn in_brackets(first: &Mention, second: &Mention, sentences: &[Sentence]) -> bool {
    let is = |at: usize, sign: &str| {
        sentences[first.sentence].tokens.get(at).is_some_and(|token| token.lemma == sign)
    };
    first.sentence == second.sentence
        && second.tokens.start == first.tokens.end + 1
        && is(first.tokens.end, "(")
        && is(second.tokens.end, ")")
}

/// Whether the letters of an acronym are the first letters of a name's words.
pub(crate) fn spells(acronym: &str, name: &str) -> bool {
    let letters = initials(name);
    letters.len() > 1 && fold(acronym).ends_with(&letters)
}

/// The first letters of the words that have a capital, in small letters.
pub(crate) fn initials(name: &str) -> String {
    let capitals = name.split([' ', '-']).filter_map(|word| word.chars().next());
    capitals.filter(|letter| letter.is_uppercase()).flat_map(char::to_lowercase).collect()
}
