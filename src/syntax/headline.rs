//! Headlines leave out what the reader can fill in.

use super::Tree;
use crate::language::{Relation, Upos, Xpos};

/// "Trump, Kim to meet in Hanoi": a comma is an "and", and "to meet" is what they will do.
pub(super) fn read(tree: &mut Tree) {
    comma_is_and(tree);
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
