//! What relata read in a document → its mentions, each with the entity that it means.

use super::gum::Form;
use relata::matcher::Bound;
use relata::pipeline::Reading;
use relata::rule::RuleSet;
use relata::rule::lexicon::Usage;
use std::ops::Range;

/// A mention that a program found.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) bytes: Range<usize>,
    pub(crate) form: Form,
    pub(crate) entity: usize,
    /// For a pronoun or description, the index of the name that it stands for.
    pub(crate) meant: Option<usize>,
}

/// All mentions of a reading. What is only an adjective ("Chilean wine") and what stands for several is left
/// out: GUM does not mark the one, and gives the other an entity of its own.
pub(crate) fn said(rules: &RuleSet, text: &str, reading: &Reading) -> Vec<Said> {
    let names = &reading.mentions.names;
    let mut place = vec![None; names.len()];
    let mut said = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let sentence = &reading.sentences[name.sentence];
        let bytes = sentence.span_of(name.tokens.clone()).range();
        let adjective = name.usage == Usage::Demonym && !text[bytes.clone()].ends_with('s');
        let same = |other: usize| {
            names
                .get(other)
                .is_some_and(|other| other.sentence == name.sentence && other.tokens == name.tokens)
        };
        if adjective || same(at + 1) || at > 0 && same(at - 1) {
            continue;
        }
        let form = match name.usage {
            Usage::Pronoun => Form::Pronoun,
            Usage::Description => Form::Other,
            _ => Form::Name,
        };
        let entity = reading.names.of(&Bound { mention: at, stands_for: None }).unwrap();
        let _ = rules;
        place[at] = Some(said.len());
        said.push(Said { bytes, form, entity, meant: name.refers_to });
    }
    for own in &mut said {
        own.meant = own.meant.and_then(|meant| place[meant]);
    }
    said
}
