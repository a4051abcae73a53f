//! What stands right beside a name, where the parser slips in a way that the name gives away.

use super::Tree;
use crate::language::{Relation, Upos, Xpos};

/// Mends the surroundings of names.
pub(super) fn mend(tree: &mut Tree) {
    verb_before_verb(tree);
    person_behind_place(tree);
    name_before_clause(tree);
    name_behind_noun(tree);
    preposition_before_title(tree);
    such_as(tree);
}

/// "Ada **owns** and runs Acme": a plural noun behind a name, joined with a verb, is a verb.
fn verb_before_verb(tree: &mut Tree) {
    for at in 1..tree.words.len() {
        let present = |at: usize| matches!(tree.words[at].xpos, Some(Xpos::Vbz | Xpos::Vbp));
        let noun = tree.words[at].xpos == Some(Xpos::Nns) && tree.words[at].head.is_none();
        let joined = tree.with(at, Relation::Conj).any(present);
        let Some(name) = tree.words[at - 1].stands.filter(|name| tree.words[*name].head == Some(at)) else {
            continue;
        };
        if noun && joined && tree.is(name, Relation::Compound) {
            (tree.words[at].upos, tree.words[at].xpos) = (Some(Upos::Verb), Some(Xpos::Vbz));
            tree.words[name].relation = Relation::Nsubj;
        }
    }
}

/// "the president of Chile, **Ada**": a person is no other word for a country, but for the president.
fn person_behind_place(tree: &mut Tree) {
    for at in 0..tree.words.len() {
        let word = &tree.words[at];
        let Some(head) = word.head.filter(|_| word.person && word.relation == Relation::Appos) else {
            continue;
        };
        if !tree.words[head].name || tree.words[head].person {
            continue;
        }
        // "the wife of the president of Chile, Ada" is the wife.
        let above = std::iter::successors(tree.words[head].head, |at| tree.words[*at].head).take(4);
        let noun = above.take_while(|at| !tree.words[*at].name && tree.is_noun(*at)).last();
        // "the presidents of Chile, Ada, and Peru, Bob": who is whose, the links could not tell.
        let noun = noun.filter(|noun| !matches!(tree.words[*noun].xpos, Some(Xpos::Nns | Xpos::Nnps)));
        if let Some(noun) = noun.filter(|noun| *noun < head) {
            tree.words[at].head = Some(noun);
            tree.hang();
        }
    }
}

/// "the company **Ada** founded": a name right between a noun and its clause is who does it.
fn name_before_clause(tree: &mut Tree) {
    for verb in 1..tree.words.len() {
        let word = &tree.words[verb];
        let clause = matches!(word.relation, Relation::Acl | Relation::AclRelcl);
        let past = matches!(word.xpos, Some(Xpos::Vbn | Xpos::Vbd | Xpos::Vbz | Xpos::Vbp));
        let (Some(noun), true) = (word.head, clause && past && !tree.has_subject(verb)) else { continue };
        let Some(name) = tree.words[verb - 1].stands.filter(|name| tree.words[*name].head == Some(noun))
        else {
            continue;
        };
        let described = matches!(
            tree.words[name].relation.universal(),
            Relation::Appos | Relation::Flat | Relation::Nmod
        );
        let bare = tree.preposition(name).is_none();
        let by = tree.with(verb, Relation::Obl).any(|actor| tree.preposition(actor).as_deref() == Some("by"));
        let beside = (noun + 1..verb).all(|at| tree.words[at].stands == Some(name));
        if described && bare && beside && !by && !tree.words[noun].name {
            (tree.words[name].head, tree.words[name].relation) = (Some(verb), Relation::Nsubj);
            tree.words[verb].relation = Relation::AclRelcl;
            if tree.words[verb].xpos == Some(Xpos::Vbn) {
                tree.words[verb].xpos = Some(Xpos::Vbd);
            }
            tree.hang();
        }
    }
}

/// "was toppled by his cousin **General Bob**": a person right behind a noun that has an owner or an article, with the
/// same part in the clause, is who the noun means.
fn name_behind_noun(tree: &mut Tree) {
    for name in 1..tree.words.len() {
        let word = &tree.words[name];
        let (true, Some(head)) = (word.person && tree.preposition(name).is_none(), word.head) else {
            continue;
        };
        let Some(noun) = tree.start(name).checked_sub(1) else { continue };
        let beside = &tree.words[noun];
        let same = beside.head == Some(head) && beside.relation == word.relation;
        let part = matches!(
            word.relation.universal(),
            Relation::Nsubj | Relation::Obj | Relation::Iobj | Relation::Obl
        );
        let singular = beside.xpos == Some(Xpos::Nn) && !beside.name;
        let opened = [Relation::NmodPoss, Relation::Det]
            .into_iter()
            .any(|role| tree.with(noun, role).next().is_some());
        if same && part && singular && opened {
            tree.attach(name, noun, Relation::Appos);
        }
    }
}

/// "the president of Acme and **founder** of Orion": a noun with an "of" of its own goes with the noun before the
/// first "of", not with the name behind it.
pub(super) fn second_post(tree: &mut Tree) {
    for at in 0..tree.words.len() {
        let word = &tree.words[at];
        let Some(name) = word.head.filter(|_| word.relation == Relation::Conj) else { continue };
        let Some(noun) = tree.words[name].head else { continue };
        let of = |at: usize| tree.with(at, Relation::Nmod).any(|child| tree.preposition(child).is_some());
        let plain = tree.is_noun(at) && !word.name && !matches!(word.xpos, Some(Xpos::Nns | Xpos::Nnps));
        let behind = tree.words[name].name && tree.words[name].relation == Relation::Nmod && noun < name;
        let said = tree.with(noun, Relation::Cop).next().is_some() || tree.is(noun, Relation::Appos);
        let bare = tree.with(at, Relation::Det).next().is_none();
        if plain && behind && tree.is_noun(noun) && !tree.words[noun].name && of(at) && (said || bare) {
            tree.attach(at, noun, Relation::Conj);
        }
    }
}

/// "such guests **as** fashion designer Ada": what stands before a title stands before its name.
fn preposition_before_title(tree: &mut Tree) {
    for case in 0..tree.words.len() {
        let Some(title) = tree.words[case].head.filter(|_| tree.words[case].relation == Relation::Case)
        else {
            continue;
        };
        let name = tree.words[title].head.filter(|name| tree.words[*name].name && title < *name);
        if let Some(name) = name.filter(|_| tree.is(title, Relation::NmodDesc) && case < title) {
            tree.attach(case, name, Relation::Case);
        }
    }
}

/// "Ada's sons and such **guests** as Bob": the examples are of the noun with "such".
fn such_as(tree: &mut Tree) {
    for name in 0..tree.words.len() {
        let example = tree.words[name].name && tree.preposition(name).as_deref() == Some("as");
        let Some(head) = tree.words[name].head.filter(|head| example && *head < name) else { continue };
        let such = (head + 1..name).rev().find(|at| tree.is_such(*at) && tree.is_noun(*at));
        if let Some(noun) = such {
            tree.attach(name, noun, Relation::Nmod);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::sample::said;

    #[test]
    fn examples_are_of_the_noun_with_such() {
        let said = said(
            "*Poe/NNP:2:nmod:poss sons/NNS:0:root and/CC:5:cc such/JJ:5:amod artists/NNS:2:conj as/IN:7:case \
             painter/NN:8:nmod:desc *Ada/NNP:2:nmod",
        );
        assert!(!said.contains("is ada; artists"), "{said}");
        assert!(said.contains("artists: which such, as ada"), "{said}");
    }
}
