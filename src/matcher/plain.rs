//! Links and patterns in plain words, for a person who knows no grammar.

use super::tree::{Edge, TreePattern};
use crate::rule::RuleSet;
use crate::rule::pattern::{Element, Filler, Pattern, Test, Word};
use crate::rule::vocabulary::TypeId;
use crate::syntax::{Label, Syntax};
use std::collections::BTreeSet;

/// "subject of `spoke`: Ada".
pub fn link(label: &Label, from: &str, to: &str) -> String {
    labels(&BTreeSet::from([label.clone()]), from, to)
}

/// The same, where any of several labels will do.
pub(super) fn labels(labels: &BTreeSet<Label>, from: &str, to: &str) -> String {
    format!("{}: {}", place(labels, from), short(to))
}

/// "spoke|talked|wrote|…": enough to know which word is meant.
pub(super) fn short(words: &str) -> String {
    const SHOWN: usize = 3;
    let mut shown: Vec<&str> = words.split('|').take(SHOWN).collect();
    shown.extend((words.split('|').count() > SHOWN).then_some("…"));
    shown.join("|")
}

/// "subject of `spoke`".
pub(super) fn place(labels: &BTreeSet<Label>, from: &str) -> String {
    let from = short(from);
    let prepositions: Vec<&str> = labels
        .iter()
        .filter_map(|label| match label {
            Label::Preposition(word) => Some(word.as_str()),
            _ => None,
        })
        .collect();
    match labels {
        _ if labels.contains(&Label::Subject) => format!("subject of `{from}`"),
        _ if labels.contains(&Label::Object) => format!("object of `{from}`"),
        _ if labels.contains(&Label::Possessor) => format!("whose `{from}`"),
        _ if !prepositions.is_empty() => format!("`{from}` {}", prepositions.join("|")),
        _ if labels.contains(&Label::Is) => format!("who is `{from}`"),
        _ if labels.contains(&Label::Complement) => format!("what follows from `{from}`"),
        _ if labels.contains(&Label::Particle) => format!("small word of `{from}`"),
        _ => format!("more about `{from}`"),
    }
}

impl TreePattern {
    /// How the pattern was understood: "subject of `spoke`: X; `spoke` with: Y".
    pub(super) fn describe(&self) -> String {
        let part = |edge: &Edge| {
            let text = |node: usize| self.nodes[node].text.as_str();
            labels(&edge.labels, text(edge.from), text(edge.to))
        };
        if self.edges.is_empty() {
            return self.nodes.iter().map(|node| node.text.as_str()).collect::<Vec<_>>().join(", ");
        }
        self.edges.iter().map(part).collect::<Vec<_>>().join("; ")
    }
}

/// What a pattern looks for where there is no syntax: "word by word: X; `met`; perhaps `with`; Y".
pub(super) fn sequence(pattern: &Pattern) -> String {
    let parts: Vec<String> = pattern.elements.iter().map(element).collect();
    format!("word by word: {}", parts.join("; "))
}

fn element(element: &Element) -> String {
    match element {
        Element::Slot(slot) => match &slot.filler {
            Some(Filler::Type(kind)) => format!("{}, a {kind}", slot.name),
            Some(Filler::List(list)) => format!("{}, one of `${list}`", slot.name),
            None => slot.name.clone(),
        },
        Element::Gap => "up to four words".to_owned(),
        Element::Optional(inner) => {
            let inner: Vec<String> = inner.iter().map(self::element).collect();
            format!("perhaps {}", inner.join(" and "))
        }
        Element::Any(words) => {
            let shown: Vec<String> = words.iter().map(word).collect();
            shown.join(" or ")
        }
    }
}

fn word(word: &Word) -> String {
    match &word.test {
        Test::Lemma(text) | Test::Form(text) => format!("`{text}`"),
        Test::List(name) => format!("`${name}`"),
        Test::Regex(regex) => format!("`/{regex}/`"),
    }
}

/// "a name of type Actor".
pub(super) fn types(types: &[TypeId], rules: &RuleSet) -> String {
    let names: Vec<&str> = types.iter().map(|id| rules.vocabulary.entity_type(*id).name.as_str()).collect();
    format!("a name of type {}", names.join(" or "))
}

/// What links a token has: "subject of `said`".
pub(super) fn ties(syntax: &Syntax, at: usize, shown: impl Fn(usize) -> String) -> Vec<String> {
    let alone = |label: &Label| BTreeSet::from([label.clone()]);
    let into = syntax.to(at).iter().map(|link| place(&alone(&link.label), &shown(link.from)));
    let from = syntax.from(at).iter().map(|link| self::link(&link.label, &shown(link.from), &shown(link.to)));
    into.chain(from).collect()
}
