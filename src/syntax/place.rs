//! Places within places: "in Oakland, California" puts what happens in both on the map.

use super::{Label, Link, Links, Tree};
use crate::language::{Relation, Upos};

/// "Oakland, **California**": a place behind the comma after a place that a preposition puts on the map says where
/// that is, whatever the parser hangs it on; in "Oslo, Paris and Rome" it is one of a list.
pub(super) fn mend(tree: &mut Tree) {
    for comma in 1..tree.words.len().saturating_sub(1) {
        let (inner, outer) = (tree.words[comma - 1].stands, tree.words[comma + 1].stands);
        let (Some(inner), Some(outer)) = (inner, outer) else { continue };
        let places = tree.words[inner].place && tree.words[outer].place;
        if !places || tree.words[comma].form != "," || inner == outer {
            continue;
        }
        let list = tree.is(outer, Relation::Conj) || tree.with(outer, Relation::Conj).next().is_some();
        // "Last week in Cairo, Canada held talks": the second place acts.
        let acts = matches!(tree.words[outer].relation.universal(), Relation::Nsubj)
            || tree.words.get(tree.end(outer)).is_some_and(|next| next.upos == Some(Upos::Verb));
        if is_on_map(tree, inner) && !list && !acts && !tree.below(inner, outer) {
            tree.attach(outer, inner, Relation::NmodUnmarked);
        }
    }
}

/// Whether a preposition stands before the place, or it is itself the wider place of one.
fn is_on_map(tree: &Tree, place: usize) -> bool {
    let wider = tree.words[place].head.is_some_and(|head| tree.words[head].place);
    tree.preposition(place).is_some() || (wider && tree.is(place, Relation::NmodUnmarked))
}

/// What is in Oakland is in California: *based* –in→ Oakland gives *based* –in→ California.
pub(super) fn widen(links: &mut Links) {
    let within = |link: &&Link| matches!(&link.label, Label::Preposition(word) if matches!(word.as_str(), "in" | "at" | "near" | "on"));
    // Three places deep: "in Bangsar, Kuala Lumpur, Malaysia".
    for _ in 0..2 {
        let all: Vec<Link> = links.from.iter().flatten().filter(within).cloned().collect();
        for link in all.iter().filter(|link| links.tree.words[link.to].place) {
            let tree = links.tree;
            let wider: Vec<usize> =
                tree.with(link.to, Relation::NmodUnmarked).filter(|at| tree.words[*at].place).collect();
            wider.into_iter().for_each(|wider| links.derive(link.from, link.label.clone(), wider));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::sample::said;

    #[test]
    fn what_is_in_a_town_is_in_the_state() {
        let said = said(
            "*Acme/NNP:3:nsubj is/VBZ:3:aux based/VBN:0:root in/IN:5:case *+Waco/NNP:3:obl ,/,:7:punct \
             *+Texas/NNP:3:parataxis",
        );
        assert!(said.contains("in waco") && said.contains("in texas"), "{said}");
    }

    #[test]
    fn the_members_of_a_list_are_not_within_each_other() {
        let said = said(
            "*Acme/NNP:3:nsubj is/VBZ:3:aux based/VBN:0:root in/IN:5:case *+Oslo/NNP:3:obl ,/,:7:punct \
             *+Paris/NNP:5:conj and/CC:9:cc *+Rome/NNP:5:conj",
        );
        assert!(!said.contains("oslo: which"), "{said}");
    }
}
