//! The baseline: every pronoun means the nearest name before it that is of its kind.

use super::gum::Form;
use super::response::Said;
use relata::matcher::Bound;
use relata::pipeline::Reading;
use relata::rule::RuleSet;
use relata::rule::vocabulary::TypeId;
use std::collections::{BTreeMap, BTreeSet};

/// The names of `said`, and every pronoun of the third person linked to the nearest that fits by type and by
/// the gender of first names.
pub(crate) fn nearest(rules: &RuleSet, text: &str, reading: &Reading, said: &[Said]) -> Vec<Said> {
    let kinds: BTreeMap<usize, TypeId> = reading
        .mentions
        .names
        .iter()
        .enumerate()
        .filter_map(|(at, name)| {
            Some((reading.names.of(&Bound { mention: at, stands_for: None })?, name.kind))
        })
        .collect();
    let list = |name: &str| -> BTreeSet<String> {
        rules.lexicon.words(name).iter().map(|word| word.to_lowercase()).collect()
    };
    let (he, she, it) = (list("masculine_pronoun"), list("feminine_pronoun"), list("neuter_pronoun"));
    let they: BTreeSet<String> = ["they", "them", "their", "theirs", "themselves"].map(str::to_owned).into();
    let (male, female) = (list("male_first_name"), list("female_first_name"));
    let mut genders: BTreeMap<usize, bool> = BTreeMap::new();
    for name in said {
        for word in text[name.bytes.clone()].to_lowercase().split(' ') {
            if male.contains(word) != female.contains(word) {
                genders.entry(name.entity).or_insert(female.contains(word));
            }
        }
    }
    let is = |kind: TypeId, names: &[&str]| {
        names
            .iter()
            .any(|name| rules.vocabulary.type_id(name).is_some_and(|id| rules.vocabulary.is_a(kind, id)))
    };
    let mut all: Vec<Said> = said.iter().filter(|own| own.form == Form::Name).cloned().collect();
    let names = all.len();
    let tokens = reading.sentences.iter().flat_map(|sentence| &sentence.tokens);
    for bytes in tokens.map(|token| token.span.range()) {
        let word = text[bytes.clone()].to_lowercase();
        let fits = |own: &&Said| {
            let gender = genders.get(&own.entity);
            match kinds.get(&own.entity) {
                _ if own.bytes.end > bytes.start => false,
                Some(kind) if he.contains(&word) => is(*kind, &["Person"]) && gender != Some(&true),
                Some(kind) if she.contains(&word) => is(*kind, &["Person"]) && gender != Some(&false),
                Some(kind) if it.contains(&word) => is(*kind, &["Organisation", "Country", "Place"]),
                Some(kind) if they.contains(&word) => is(*kind, &["Organisation", "Country"]),
                _ => false,
            }
        };
        let nearest = (0..names).filter(|at| fits(&&all[*at])).max_by_key(|at| all[*at].bytes.end);
        if let Some(meant) = nearest {
            let entity = all[meant].entity;
            all.push(Said { bytes, form: Form::Pronoun, entity, meant: Some(meant) });
        }
    }
    all
}
