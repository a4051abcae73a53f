//! One wording of a pattern → [`Sketch`]: what is left of it once it is analysed, and how that hangs together.

use super::left_out::NoPhrase;
use super::tree::Edge;
use super::wording::{Stand, Wording};
use crate::article::BlockKind;
use crate::language::{Analyser, Relation, Upos};
use crate::rule::pattern::{Element, Filler, Slot, Test};
use crate::syntax::{Label, Link, NamePhrase, Syntax};
use std::collections::{BTreeMap, BTreeSet};

/// One wording, analysed: what is left of it and how that hangs together.
#[derive(Debug)]
pub(super) struct Sketch {
    /// For each node the word of the wording and its origin.
    pub(super) nodes: Vec<(usize, (usize, usize))>,
    /// The links between them.
    pub(super) edges: Vec<Edge>,
    /// The base form of each word of the wording.
    pub(super) lemmas: Vec<String>,
    /// The words that are verbs.
    pub(super) verbs: BTreeSet<usize>,
    /// The wording.
    pub(super) wording: Wording,
}

impl Sketch {
    /// Analyses a pattern with the first alternative of each element but, perhaps, one.
    ///
    /// A list of verbs has base forms, and parsers stumble over "Anna urge Peter": "urges" is tried first.
    pub(super) fn new(
        stand: &Stand,
        analyser: &Analyser,
        elements: &[&Element],
        chosen: Option<(usize, usize)>,
    ) -> Result<Self, NoPhrase> {
        let (third, plain) = (stand.wording(elements, chosen, true), stand.wording(elements, chosen, false));
        // Without a list both are the same, and analysing is what costs.
        if third.words != plain.words {
            let verbs = Self::of(stand, analyser, elements, third);
            if let Some(verbs) = verbs.ok().filter(|verbs| verbs.has_verb(elements)) {
                return Ok(verbs);
            }
        }
        Self::of(stand, analyser, elements, plain)
    }

    /// Whether a word of a list is its verb.
    fn has_verb(&self, elements: &[&Element]) -> bool {
        let list = |element: &Element| matches!(element, Element::Any(words) if words.iter().any(|word| matches!(word.test, Test::List(_))));
        self.nodes.iter().any(|(at, (element, _))| self.verbs.contains(at) && list(elements[*element]))
    }

    fn of(
        stand: &Stand,
        analyser: &Analyser,
        elements: &[&Element],
        wording: Wording,
    ) -> Result<Self, NoPhrase> {
        let words: Vec<&str> = wording.words.iter().map(String::as_str).collect();
        let element = |at: usize| elements.get(wording.origin[at].0).copied();
        let people = stand.lexicon.words("stand_in_person");
        let name = |at: usize| NamePhrase {
            tokens: at..at + 1,
            phrase: at..at + 1,
            person: people.contains(&wording.words[at]),
            place: false,
        };
        let names: Vec<NamePhrase> = (0..words.len()).filter(|at| is_name(element(*at))).map(name).collect();
        let predicted = stand.book.predict(analyser, &words);
        let syntax = Syntax::new(&words, &predicted, &names, BlockKind::Paragraph);
        let kept: Vec<usize> = (0..words.len()).filter(|at| keeps(&syntax, *at, element(*at))).collect();
        let edges = connect(&kept, &syntax);
        if let Some(apart) = first_apart(kept.len(), &edges) {
            let shown = |at: usize| match element(kept[at]) {
                Some(Element::Slot(slot)) => slot.name.clone(),
                _ => words[kept[at]].to_owned(),
            };
            return Err(NoPhrase::Apart(shown(0), shown(apart)));
        }
        let edge = |(from, link, to): &(usize, Link, usize)| Edge {
            from: *from,
            labels: labels(&link.label, &wording, elements, &syntax),
            to: *to,
        };
        let mut edges: Vec<Edge> = edges.iter().map(edge).collect();
        let slot = |node: usize| is_name(element(kept[node]));
        widen(&mut edges, |node| syntax.tree.is_verb(kept[node]) || slot(node), slot);
        edges.sort_by_key(|edge| (edge.from, edge.to));
        Ok(Self {
            nodes: kept.iter().map(|at| (*at, wording.origin[*at])).collect(),
            edges,
            lemmas: syntax.tree.words.iter().map(|word| word.lemma.clone()).collect(),
            verbs: (0..words.len()).filter(|at| syntax.tree.is_verb(*at)).collect(),
            wording,
        })
    }

    /// Whether another wording of the same elements hangs together in the same way.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.keeps_what(other) && self.edges == other.edges
    }

    /// Whether the same elements are left of another wording.
    pub(super) fn keeps_what(&self, other: &Self) -> bool {
        let origins = |sketch: &Self| sketch.nodes.iter().map(|(_, origin)| *origin).collect::<Vec<_>>();
        origins(self) == origins(other)
    }

    /// The elements of which no word is left in the tree: prepositions, auxiliaries, articles.
    pub(super) fn small(&self, elements: &[&Element]) -> BTreeSet<usize> {
        let kept: BTreeSet<usize> = self.nodes.iter().map(|(_, (element, _))| *element).collect();
        let preposition = |element: &usize| {
            self.edges.iter().flat_map(|edge| &edge.labels).any(|label| match (label, elements[*element]) {
                (Label::Preposition(name), Element::Any(words)) => words
                    .iter()
                    .any(|word| matches!(&word.test, Test::Lemma(text) | Test::Form(text) if text == name)),
                _ => false,
            })
        };
        (0..elements.len()).filter(|at| !kept.contains(at)).filter(preposition).collect()
    }
}

/// Whether a name stands in for the element: a slot, unless words fill it.
fn is_name(element: Option<&Element>) -> bool {
    matches!(element, Some(Element::Slot(Slot { filler, .. })) if !matches!(filler, Some(Filler::List(_))))
}

/// Whether a word is part of what a pattern looks for: articles, auxiliaries, signs and what became the
/// label of a link are not.
fn keeps(syntax: &Syntax, at: usize, element: Option<&Element>) -> bool {
    let Some(element) = element else { return false };
    if matches!(element, Element::Slot(slot) if slot.name == "DATE" && slot.filler.is_none()) {
        return false;
    }
    if matches!(element, Element::Slot(_) | Element::Gap) {
        return true;
    }
    let word = &syntax.tree.words[at];
    let small = matches!(
        word.relation.universal(),
        Relation::Det
            | Relation::Aux
            | Relation::Cop
            | Relation::Punct
            | Relation::Cc
            | Relation::Case
            | Relation::Mark
            | Relation::Fixed
            | Relation::Expl
    );
    let sign = matches!(word.upos, Some(Upos::Punct | Upos::Det | Upos::Cconj));
    !small && !sign
}

/// The links between the kept words: those of the tree, and where these leave something apart, derived ones.
fn connect(kept: &[usize], syntax: &Syntax) -> Vec<(usize, Link, usize)> {
    let number: BTreeMap<usize, usize> = kept.iter().enumerate().map(|(number, at)| (*at, number)).collect();
    let all = kept
        .iter()
        .flat_map(|at| syntax.from(*at))
        .filter_map(|link| Some((*number.get(&link.from)?, link.clone(), *number.get(&link.to)?)));
    let (derived, mut edges): (Vec<_>, Vec<_>) = all.partition(|(_, link, _)| link.derived);
    for (from, link, to) in derived {
        let plain: Vec<(usize, usize)> = edges.iter().map(|(from, _, to)| (*from, *to)).collect();
        if !reaches(from, to, &plain) {
            edges.push((from, link, to));
        }
    }
    edges
}

/// Whether two nodes hang together.
fn reaches(from: usize, to: usize, edges: &[(usize, usize)]) -> bool {
    let (mut seen, mut open) = (BTreeSet::from([from]), vec![from]);
    while let Some(at) = open.pop() {
        for (one, other) in edges {
            let next = if *one == at {
                *other
            } else if *other == at {
                *one
            } else {
                continue;
            };
            if seen.insert(next) {
                open.push(next);
            }
        }
    }
    seen.contains(&to)
}

/// The first node that does not hang together with the one before all others.
fn first_apart(nodes: usize, edges: &[(usize, Link, usize)]) -> Option<usize> {
    let plain: Vec<(usize, usize)> = edges.iter().map(|(from, _, to)| (*from, *to)).collect();
    (1..nodes).find(|at| !reaches(0, *at, &plain))
}

/// The labels that will do: of a preposition all alternatives that the pattern names with it.
fn labels(label: &Label, wording: &Wording, elements: &[&Element], syntax: &Syntax) -> BTreeSet<Label> {
    let mut labels = BTreeSet::from([label.clone()]);
    let Label::Preposition(name) = label else { return labels };
    let case = |at: &usize| {
        let word = &syntax.tree.words[*at];
        matches!(word.relation, Relation::Case | Relation::Mark) && word.lemma == *name
    };
    let origin = (0..wording.words.len()).find(case).map(|at| wording.origin[at].0);
    if let Some(Element::Any(words)) = origin.and_then(|at| elements.get(at)) {
        for word in words {
            if let Test::Lemma(text) | Test::Form(text) = &word.test {
                labels.insert(Label::preposition(&text.to_lowercase()));
            }
        }
    }
    labels
}

/// Other ways to put the same: "Chile's president", "president of Chile", "Chilean president", and of small
/// words after a verb it is not for sure whether they belong to it. Of names ("Acme's Ada Byron") nothing
/// of the kind is so.
fn widen(edges: &mut [Edge], is_apart: impl Fn(usize) -> bool, is_slot: impl Fn(usize) -> bool) {
    let whose = |edge: &Edge| {
        let of = edge.labels.contains(&Label::of()) || edge.labels.contains(&Label::Possessor);
        of || (edge.labels.contains(&Label::Modifier) && is_slot(edge.to))
    };
    let count =
        |from: usize, edges: &[Edge]| edges.iter().filter(|edge| edge.from == from && whose(edge)).count();
    for at in 0..edges.len() {
        let edge = &edges[at];
        let genitive = edge.labels.contains(&Label::of()) || edge.labels.contains(&Label::Possessor);
        if !is_apart(edge.from) && genitive && count(edge.from, edges) == 1 {
            if edges[at].labels.contains(&Label::Possessor) {
                edges[at].labels.insert(Label::preposition("by"));
            }
            edges[at].labels.extend([Label::of(), Label::Possessor, Label::Modifier]);
        } else if !is_apart(edge.from) && edge.labels.contains(&Label::Possessor) {
            // "Russia's invasion of Chile", "the Russian invasion of Chile", "the invasion of Chile by Russia"
            edges[at].labels.extend([Label::preposition("by"), Label::Modifier]);
        } else if edge.labels.contains(&Label::Particle)
            || (is_apart(edge.from) && edge.labels.contains(&Label::Modifier))
        {
            edges[at].labels.extend([Label::Particle, Label::Modifier]);
        }
    }
}
