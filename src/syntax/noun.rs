//! Nouns: lists, appositions, titles, possessors and what hangs on a noun with a preposition.

use super::{Label, Links, Tree};
use crate::language::{Relation, Upos, Xpos};

/// A longer list is a table, and costs more than it tells.
const MEMBERS: usize = 32;

/// The words that fill a place together: the members of a list ("Ada, Bob and Cy"), the name behind its
/// description ("the president, Ada"), and the word that "who" stands for.
pub(super) fn members(tree: &Tree, at: usize) -> Vec<usize> {
    let mut members = Vec::new();
    let mut open = vec![antecedent(tree, at).unwrap_or(at)];
    while let Some(at) = open.pop() {
        if members.len() >= MEMBERS || members.contains(&at) {
            continue;
        }
        members.push(at);
        open.extend(tree.with(at, Relation::Conj).filter(|member| !tree.has_subject(*member)));
        open.extend(described(tree, at));
    }
    members
}

/// "the president, **Ada**"; "the company **Acme**".
fn described(tree: &Tree, at: usize) -> impl Iterator<Item = usize> + '_ {
    let names = tree.children(at).iter().copied().filter(move |child| {
        let after = *child > at && tree.words[*child].name;
        let joined = matches!(tree.words[*child].relation.universal(), Relation::Appos | Relation::Flat);
        after && joined && tree.preposition(*child).is_none()
    });
    names.filter(move |_| !tree.words[at].name)
}

/// The noun that a relative pronoun stands for: "the man **who** met Bob".
fn antecedent(tree: &Tree, at: usize) -> Option<usize> {
    let word = &tree.words[at];
    if !matches!(word.xpos, Some(Xpos::Wp | Xpos::Wdt | Xpos::WpS)) {
        return None;
    }
    let mut above = std::iter::successors(word.head, |at| tree.words[*at].head).take(4);
    let clause = above.find(|at| tree.words[*at].relation == Relation::AclRelcl)?;
    tree.words[clause].head
}

/// A description follows what it describes: in "told Bob to see Cy, Ada's son" the son is Cy, even if the
/// parser thinks of Bob.
pub(super) fn follow(tree: &mut Tree) {
    for at in 0..tree.words.len() {
        let word = &tree.words[at];
        let (Some(head), false) = (word.head, word.name || word.inside) else { continue };
        if word.relation != Relation::Appos || !tree.words[head].name || head > at {
            continue;
        }
        let start = first(tree, at);
        let comma = start.checked_sub(1).filter(|before| tree.words[*before].form == ",");
        let Some(before) = comma.and_then(|comma| comma.checked_sub(1)) else { continue };
        let Some(name) = tree.words[before].stands.filter(|name| *name != head) else { continue };
        let mut above = std::iter::successors(Some(name), |at| tree.words[*at].head).take(tree.words.len());
        if !above.any(|at| at == head) {
            tree.words[at].head = Some(name);
            tree.hang();
        }
    }
}

/// The first token of all that hangs on a word.
fn first(tree: &Tree, at: usize) -> usize {
    let mut first = at;
    let mut open = vec![at];
    while let Some(at) = open.pop() {
        first = first.min(at);
        open.extend(tree.children(at).iter().filter(|child| **child < at));
    }
    first
}

/// All links that start at nouns.
pub(super) fn link(links: &mut Links) {
    let tree = links.tree;
    for at in 0..tree.words.len() {
        let (Some(head), false) = (tree.words[at].head, tree.words[at].inside) else { continue };
        match tree.words[at].relation {
            Relation::NmodPoss => possessor(links, head, at),
            Relation::Appos => apposition(links, head, at),
            Relation::Nmod
            | Relation::NmodDesc
            | Relation::NmodUnmarked
            | Relation::Compound
            | Relation::Flat
            | Relation::Amod => modifier(links, head, at),
            Relation::Det if tree.words[at].name => links.add(head, Label::Modifier, at),
            _ => {}
        }
    }
    shared(links);
}

/// "Ada's visit", "whose visit".
fn possessor(links: &mut Links, head: usize, at: usize) {
    links.add(head, Label::Possessor, at);
}

/// "Ada, the president of Norway" and "the president of Norway, Ada": the noun says what the name is.
fn apposition(links: &mut Links, head: usize, at: usize) {
    let tree = links.tree;
    let (noun, name) = if tree.words[head].name { (at, head) } else { (head, at) };
    if tree.words[noun].name {
        return;
    }
    if let Some(preposition) = tree.preposition(at) {
        return links.add(head, Label::Preposition(preposition), at);
    }
    let nouns =
        std::iter::once(noun).chain(tree.with(noun, Relation::Conj).filter(|at| !tree.words[*at].name));
    for noun in nouns.collect::<Vec<_>>() {
        is(links, noun, name);
    }
}

/// A noun says what a name is; of a list only a noun in the plural says it of all members.
fn is(links: &mut Links, noun: usize, name: usize) {
    if matches!(links.tree.words[noun].xpos, Some(Xpos::Nns | Xpos::Nnps)) {
        links.add(noun, Label::Is, name);
    } else {
        links.push(super::Link { from: noun, label: Label::Is, to: name, derived: false });
    }
}

/// "talks with Bob", "Chilean president", "President Ada".
fn modifier(links: &mut Links, head: usize, at: usize) {
    let tree = links.tree;
    // "invested $2bn in Acme": what hangs on a number belongs to what is counted.
    let number = tree.is(head, Relation::Nummod) && tree.preposition(at).is_some();
    let head = if number { tree.words[head].head.unwrap_or(head) } else { head };
    if let Some(preposition) = tree.preposition(at) {
        return links.add(head, Label::Preposition(preposition), at);
    }
    let title = tree.words[head].name && !tree.words[at].name && tree.is_noun(at) && at < head;
    if title {
        is(links, at, head);
        for other in tree.with(at, Relation::Conj).filter(|other| *other < head).collect::<Vec<_>>() {
            is(links, other, head);
        }
        // "Chilean" may hang on the name in "Chilean President Ada", and says more of the president.
        let before = tree.children(head).iter().copied().filter(|child| *child < at);
        for child in before.collect::<Vec<_>>() {
            match tree.words[child].relation {
                Relation::NmodPoss => links.derive(at, Label::Possessor, child),
                Relation::Amod | Relation::Compound | Relation::Nmod | Relation::NmodUnmarked
                    if tree.preposition(child).is_none() =>
                {
                    links.derive(at, Label::Modifier, child);
                }
                _ => {}
            }
        }
        return;
    }
    let described = !tree.words[head].name && tree.words[at].name && at > head;
    if described && matches!(tree.words[at].relation, Relation::Flat | Relation::NmodDesc) {
        return is(links, head, at);
    }
    links.add(head, Label::Modifier, at);
}

/// "president and founder of Acme", "Chile's president and army chief": what stands before the first noun
/// or after the last one belongs to both.
fn shared(links: &mut Links) {
    let tree = links.tree;
    for second in 0..tree.words.len() {
        let word = &tree.words[second];
        let Some(first) = word.head.filter(|_| word.relation == Relation::Conj && !word.inside) else {
            continue;
        };
        let common = |at: usize| tree.words[at].upos == Some(Upos::Noun) && !tree.words[at].name;
        if !common(first) || !common(second) {
            continue;
        }
        // "a deal and a ban on Peru" are two phrases, "ministers and envoys of Peru" is one.
        let apart = |child: &usize| {
            matches!(tree.words[*child].relation, Relation::Det | Relation::NmodPoss | Relation::Case)
        };
        if tree.children(second).iter().any(apart) {
            continue;
        }
        let own = links.from[second].clone();
        let had = links.from[first].clone();
        for link in had.iter().filter(|link| link.to < first) {
            if matches!(link.label, Label::Possessor | Label::Modifier) && tree.words[link.to].name {
                links.derive(second, link.label.clone(), link.to);
            }
        }
        let bare = had.iter().all(|link| !matches!(link.label, Label::Preposition(_)));
        for link in own.iter().filter(|link| bare && link.to > second) {
            if matches!(link.label, Label::Preposition(_)) {
                links.derive(first, link.label.clone(), link.to);
            }
        }
    }
}
