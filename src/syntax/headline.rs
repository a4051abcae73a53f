//! Headlines leave out what the reader can fill in.

use super::Tree;
use crate::language::{Relation, Upos, Xpos};

/// "Trump, Kim to meet in Hanoi": a comma is an "and", and "to meet" is what they will do.
pub(super) fn read(tree: &mut Tree) {
    comma_is_and(tree);
    both_are_subjects(tree);
    infinitive_is_clause(tree);
}

/// "Trump, Kim meet": two names beside each other are a list, no description of one by the other.
fn comma_is_and(tree: &mut Tree) {
    for at in 0..tree.words.len() {
        let word = &tree.words[at];
        let both = word.name && word.head.is_some_and(|head| tree.words[head].name);
        if both && word.relation == Relation::Appos {
            tree.words[at].relation = Relation::Conj;
        }
    }
}

/// "Trump, Kim meet": parsers have one of them spoken to, or give the verb two subjects.
fn both_are_subjects(tree: &mut Tree) {
    let subject = |at: &usize| tree.words[*at].name && tree.is(*at, Relation::Nsubj);
    let Some(second) = (0..tree.words.len()).find(|at| subject(at) && before_comma(tree, *at).is_some())
    else {
        return;
    };
    let Some(first) = before_comma(tree, second) else { return };
    if tree.words[first].head == tree.words[second].head {
        tree.words[first].relation = Relation::Nsubj;
        tree.words[second].head = Some(first);
        tree.words[second].relation = Relation::Conj;
        tree.hang();
    }
}

/// The name that a comma alone parts from a name.
fn before_comma(tree: &Tree, name: usize) -> Option<usize> {
    let of = |at: usize| tree.words[at].stands;
    let start = (0..name).rev().take_while(|at| of(*at) == Some(name)).last().unwrap_or(name);
    let comma = start.checked_sub(1).filter(|at| tree.words[*at].form == ",")?;
    comma.checked_sub(1).and_then(of)
}

/// "Trump to visit Oslo": a plan of Trump's, not a Trump who is to be visited.
fn infinitive_is_clause(tree: &mut Tree) {
    let clause = |at: &usize| {
        let word = &tree.words[*at];
        let verb = word.upos == Some(Upos::Verb) && word.xpos == Some(Xpos::Vb) && tree.is_infinitive(*at);
        verb && word.relation == Relation::Acl
    };
    let Some(verb) = (0..tree.words.len()).find(clause) else { return };
    // The name may be a member of the list that the verb hangs on.
    let mut above = std::iter::successors(tree.words[verb].head, |at| tree.words[*at].head);
    let Some(name) = above.find(|at| tree.words[*at].relation != Relation::Conj) else { return };
    if tree.words[name].name && tree.words[name].head.is_none() {
        tree.words[verb].head = None;
        tree.words[verb].relation = Relation::Root;
        tree.words[name].head = Some(verb);
        tree.words[name].relation = Relation::Nsubj;
        tree.hang();
    }
}
