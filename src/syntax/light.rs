//! Verbs that say little and leave the rest to their noun: whose is the visit?

use super::clause::Subjects;
use super::{Label, Link, Links};
use crate::language::Relation;

/// "**Ada** made a visit to Oslo", "Ada called off a visit to Oslo", "on a visit to Oslo Ada said": the visit is
/// Ada's, as in "Ada's visit".
pub(super) fn link(links: &mut Links, subjects: &Subjects) {
    let tree = links.tree;
    for verb in (0..tree.words.len()).filter(|at| tree.is_verb(*at) && !tree.words[*at].inside) {
        let ends = |links: &Links, label: Label| {
            let of = links.from[verb].iter().filter(|link| link.label == label);
            of.map(|link| link.to).collect::<Vec<usize>>()
        };
        if carries(links, verb) {
            let (doers, done) = (ends(links, Label::Subject), ends(links, Label::Object));
            done.into_iter().for_each(|noun| give(links, noun, &doers));
        }
        let occasions: Vec<usize> =
            links.from[verb].iter().filter(|link| is_occasion(links, link)).map(|link| link.to).collect();
        let doers: Vec<usize> = subjects[verb].iter().copied().filter(|at| tree.words[*at].name).collect();
        occasions.into_iter().for_each(|noun| give(links, noun, &doers));
    }
}

/// Whether a verb carries its noun, as it stands or with its small word.
fn carries(links: &Links, verb: usize) -> bool {
    let lemma = &links.tree.words[verb].lemma;
    let mut small = links.tree.with(verb, Relation::CompoundPrt);
    match small.next() {
        Some(small) => links.lexicon.carries(&format!("{lemma} {}", links.tree.words[small].lemma)),
        None => links.lexicon.carries(lemma),
    }
}

/// "during a call", "in a letter", "after talks".
fn is_occasion(links: &Links, link: &Link) -> bool {
    let Label::Preposition(preposition) = &link.label else { return false };
    links.lexicon.opens_occasion(preposition) && links.lexicon.is_occasion(&links.tree.words[link.to].lemma)
}

/// Makes a noun theirs, unless it says itself whose it is.
fn give(links: &mut Links, noun: usize, owners: &[usize]) {
    let tree = links.tree;
    let by = |link: &Link| {
        link.label == Label::Possessor || (link.label == Label::preposition("by") && tree.words[link.to].name)
    };
    // "postponed the withdrawal of the troops": the troops'; but of "a review of Acme" Acme is no owner.
    let of_them = links.from[noun].iter().filter(|link| link.label == Label::of()).any(|link| {
        let lemma = &tree.words[link.to].lemma;
        links.lexicon.stands_for_owner(lemma) || links.lexicon.stands_for_group(lemma)
    });
    if tree.words[noun].name || !tree.is_noun(noun) || of_them || links.from[noun].iter().any(by) {
        return;
    }
    for owner in owners.iter().filter(|owner| **owner != noun) {
        links.derive(noun, Label::Possessor, *owner);
    }
}
