//! Phrases with a preposition that the parser may hang too low or too high.
//!
//! "signed a deal **with Bob**" can say with whom one signed or with whom the deal is; parsers differ, and
//! so do sentences. Both links are made; "of" alone belongs to the noun before it.

use super::clause::is_passive;
use super::{Label, Link, Links, Tree};
use crate::language::{Relation, Upos};

/// Hangs a phrase on the word above, too: *deal* –with→ Bob gives *sign* –with→ Bob.
pub(super) fn lift(links: &mut Links) {
    // Two steps: "held talks in Oslo with Bob" may hang "with Bob" on Oslo.
    for _ in 0..2 {
        let all: Vec<Link> = links.from.iter().flatten().cloned().collect();
        let mut lifted = Vec::new();
        for inner in all.iter().filter(|link| moves(links.tree, link) && !links.tree.is_verb(link.from)) {
            let above = all.iter().filter(|outer| outer.to == inner.from && outer.to < inner.to);
            for outer in above.filter(|outer| passes(links, outer)) {
                if parts(links.tree, inner, outer) {
                    continue;
                }
                let label = by_whom(links.tree, outer.from, inner);
                lifted.push(Link { from: outer.from, label, derived: true, ..inner.clone() });
            }
        }
        lifted.into_iter().for_each(|link| links.push(link));
    }
}

/// Whether a phrase may hang above the word that a link leads to: "sent forty of its doctors **to Peru**".
fn passes(links: &Links, outer: &Link) -> bool {
    let (tree, whole) = (links.tree, &links.tree.words[outer.from]);
    // "forty of its doctors", "a battle group of 1,200 troops"
    let counted = whole.upos == Some(Upos::Num) || links.lexicon.is_group(&whole.lemma);
    let of = outer.label == Label::of() && counted;
    outer.label == Label::Object || of || moves(tree, outer)
}

/// "talks on its border **with Chile**", "talks on the border **between** them": the phrase says more of a noun
/// that wants it, and nothing of the talks.
fn parts(tree: &Tree, inner: &Link, outer: &Link) -> bool {
    // Of a place nothing is said with "between": "the meeting in Oslo between them".
    let place = tree.words[inner.from].name;
    let between = matches!(&inner.label, Label::Preposition(word) if word == "between") && !place;
    let owned = tree.with(inner.from, Relation::NmodPoss).next().is_some();
    outer.label != Label::Object && outer.label != Label::of() && (between || owned)
}

/// "grain sent to Peru **by Chile**": of what is done the one who does it, wherever the parser hangs the phrase.
fn by_whom(tree: &Tree, verb: usize, link: &Link) -> Label {
    let by = matches!(&link.label, Label::Preposition(word) if word == "by");
    let actor = tree.words[link.to].name && tree.is_verb(verb) && is_passive(tree, verb);
    if by && actor { Label::Subject } else { link.label.clone() }
}

/// Hangs a phrase on the noun before it, too: *hold* –with→ Bob gives *talks* –with→ Bob.
pub(super) fn lower(links: &mut Links) {
    let all: Vec<Link> = links.from.iter().flatten().cloned().collect();
    let mut lowered = Vec::new();
    for outer in all.iter().filter(|link| moves(links.tree, link)) {
        // "Peru, to which Chile sent doctors": what the clause says more of stands before all of it.
        let relative = outer.to < outer.from && links.tree.words[outer.to].head != Some(outer.from);
        let siblings = all.iter().filter(|noun| noun.from == outer.from && (noun.to < outer.to || relative));
        for noun in siblings.filter(|noun| noun.label == Label::Object && !links.tree.words[noun.to].name) {
            lowered.push(Link { from: noun.to, derived: true, ..outer.clone() });
        }
    }
    lowered.into_iter().for_each(|link| links.push(link));
}

/// Whether a phrase may hang elsewhere: not after a comma ("Chile will host it, with Peru as a guest").
fn moves(tree: &Tree, link: &Link) -> bool {
    let Label::Preposition(word) = &link.label else { return false };
    let case = tree.with(link.to, Relation::Case).next();
    let comma =
        case.and_then(|case| case.checked_sub(1)).is_some_and(|before| tree.words[before].form == ",");
    word != "of" && !comma
}
