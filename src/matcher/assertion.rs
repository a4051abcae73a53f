//! The syntax round a match → [`Fact`]: is it said to be so?

use super::status::{Fact, StatusWords};
use crate::language::{Relation, Upos};
use crate::syntax::Tree;

/// How far up a sentence what is said of one clause bears on a clause inside it.
const FRAMES: usize = 6;

/// Decides for what the word at `at` says, by its own negation and auxiliaries and by the words that it
/// is said, planned or denied under.
///
/// A denial outweighs a plan ("will not meet" is negated). A state (`standing`) that a noun names
/// ("Ada, president of Chile") is so, whatever the verb of the sentence.
pub(super) fn fact(words: &StatusWords, tree: &Tree, at: usize, standing: bool) -> Fact {
    let noun = !tree.is_verb(at) && tree.words[at].upos != Some(Upos::Adj);
    let predicate = tree.has_subject(at);
    let mut fact = own(words, tree, at);
    if standing && noun && !predicate {
        return fact;
    }
    let question = tree
        .words
        .iter()
        .rev()
        .find(|word| word.upos == Some(Upos::Punct))
        .is_some_and(|word| word.form == "?");
    let mut below = at;
    for _ in 0..FRAMES {
        let Some(above) = tree.words[below].head else { break };
        let Some(frame) = frame(words, tree, below, above) else { break };
        fact = stronger(fact, frame);
        below = above;
    }
    let main = tree.words[below].head.is_none();
    if question && main { stronger(fact, Fact::Possible) } else { fact }
}

/// Not so outweighs perhaps, perhaps outweighs so.
fn stronger(left: Fact, right: Fact) -> Fact {
    match (left, right) {
        (Fact::Negated, _) | (_, Fact::Negated) => Fact::Negated,
        (Fact::Possible, _) | (_, Fact::Possible) => Fact::Possible,
        _ => Fact::Actual,
    }
}

/// What a word's own small words make of it: "did not meet", "will meet", "if they meet", "no talks",
/// "planned talks".
fn own(words: &StatusWords, tree: &Tree, at: usize) -> Fact {
    let mut fact = Fact::Actual;
    for child in tree.children(at).iter().copied() {
        let word = &tree.words[child];
        let small = matches!(
            word.relation.universal(),
            Relation::Aux
                | Relation::Advmod
                | Relation::Det
                | Relation::Mark
                | Relation::Cc
                | Relation::Amod
                | Relation::Cop
                | Relation::Case
        );
        if !small {
            continue;
        }
        let lower = tree.children(child).iter().any(|at| words.denies(&tree.words[*at].lemma));
        let only = tree.words.get(child + 1).is_some_and(|next| words.softens(&next.lemma));
        if (words.denies(&word.lemma) || lower) && !only {
            fact = stronger(fact, Fact::Negated);
        } else if (word.relation.universal() == Relation::Aux && words.opens(&word.lemma, &word.form))
            || (word.relation.universal() == Relation::Mark && words.is_condition(&word.lemma))
            || (word.relation.universal() == Relation::Amod && words.is_plan(&word.lemma))
            || words.is_doubt(&word.lemma)
        {
            fact = stronger(fact, Fact::Possible);
        } else if word.lemma == "without" {
            fact = stronger(fact, Fact::Negated);
        }
    }
    fact
}

/// What a clause or noun above makes of what stands in it; `None` where it has no say.
fn frame(words: &StatusWords, tree: &Tree, below: usize, above: usize) -> Option<Fact> {
    let lemma = &tree.words[above].lemma;
    let relation = tree.words[below].relation;
    let noun = !tree.is_verb(below);
    match relation {
        Relation::Conj => {
            // "will meet and talk": the auxiliaries of the first verb are the second's, too.
            let shared = !tree.has_subject(below) && tree.is_verb(below) == tree.is_verb(above);
            shared.then(|| own(words, tree, above))
        }
        // "the first woman to lead Chile"
        Relation::Acl
            if tree.is_infinitive(below)
                && tree.with(above, Relation::Amod).any(|at| words.ranks(&tree.words[at].lemma)) =>
        {
            None
        }
        Relation::Xcomp | Relation::Advcl | Relation::Acl | Relation::Csubj if tree.is_infinitive(below) => {
            let own = own(words, tree, above);
            Some(match () {
                () if words.refuses(lemma) => Fact::Negated,
                () if words.implies(lemma) => own,
                () => stronger(own, Fact::Possible),
            })
        }
        Relation::Xcomp | Relation::Ccomp | Relation::Advcl | Relation::Acl => {
            let inner = if relation == Relation::Xcomp { own(words, tree, above) } else { Fact::Actual };
            let gerund =
                relation == Relation::Xcomp || tree.mark(below).is_some() || relation == Relation::Ccomp;
            match () {
                () if words.refuses(lemma) => Some(Fact::Negated),
                () if words.is_doubt(lemma) => Some(Fact::Possible),
                () if gerund && relation != Relation::Ccomp && words.is_plan(lemma) => Some(Fact::Possible),
                () if relation == Relation::Xcomp => Some(inner),
                () => None,
            }
        }
        // "asked about the talks" leaves them as they are.
        _ if noun
            && tree.preposition(below).is_some_and(|word| !matches!(word.as_str(), "for" | "to" | "on")) =>
        {
            None
        }
        // "cancelled talks", "will hold talks", "called for talks", "talks will begin"
        _ if noun && (tree.is_verb(above) || words.is_plan(lemma) || words.refuses(lemma)) => {
            let own = own(words, tree, above);
            let subject = relation.universal() == Relation::Nsubj;
            Some(match () {
                () if words.refuses(lemma) => Fact::Negated,
                () if words.is_plan(lemma) => stronger(own, Fact::Possible),
                () if subject && own == Fact::Negated => Fact::Actual,
                () => own,
            })
        }
        _ => None,
    }
}
