//! The syntax round a match → [`Fact`]: is it said to be so?

use super::status::{Fact, StatusWords};
use crate::language::{Relation, Upos, Xpos};
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
    // "was not elected president" denies the post, "did not meet the president" does not.
    let elected = tree.is(at, Relation::Xcomp);
    if standing && noun && !predicate && !elected {
        return fact;
    }
    let question = tree
        .words
        .iter()
        .rev()
        .find(|word| word.upos == Some(Upos::Punct))
        .is_some_and(|word| word.form == "?");
    if inverted(tree, at) && !question {
        fact = stronger(fact, Fact::Possible);
    }
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
    let mut fact = if has_neither(words, tree, at) { Fact::Negated } else { Fact::Actual };
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
            || (matches!(word.relation.universal(), Relation::Amod | Relation::Mark)
                && words.is_plan(&word.lemma))
            || (tree.words[at].head.is_none() && word.xpos == Some(Xpos::To) && tree.is_verb(at))
            || words.is_doubt(&word.lemma)
        {
            fact = stronger(fact, Fact::Possible);
        } else if word.lemma == "without" {
            fact = stronger(fact, Fact::Negated);
        }
    }
    fact
}

/// "**Neither** Ada nor Bob met Cy", "Ada met **neither** Bob nor Cy".
fn has_neither(words: &StatusWords, tree: &Tree, at: usize) -> bool {
    let parts = tree.children(at).iter().filter(|part| tree.is_noun(**part));
    let mut signs = parts.flat_map(|part| tree.with(*part, Relation::Cc));
    tree.is_verb(at) && signs.any(|sign| words.denies(&tree.words[sign].lemma))
}

/// "**Had** Ada met Bob, …", "**Should** Ada meet Bob, …": a condition without an "if".
fn inverted(tree: &Tree, at: usize) -> bool {
    let subject = tree.with(at, Relation::Nsubj).next();
    let first = tree.with(at, Relation::Aux).next();
    let comma = tree.words[at..].iter().any(|word| word.form == ",");
    let quoted = first.and_then(|first| first.checked_sub(1)).is_some_and(|before| !tree.words[before].name);
    matches!((first, subject), (Some(first), Some(subject)) if first < subject) && comma && !quoted
}

/// A verb with its small word: "call off", "go on"; the verb alone where the lists do not know the two.
fn phrasal(tree: &Tree, at: usize, known: impl Fn(&str) -> bool) -> bool {
    let lemma = &tree.words[at].lemma;
    let small = |child: &&usize| {
        let word = &tree.words[**child];
        let near = **child > at && **child <= at + 2;
        near && (word.relation == Relation::CompoundPrt || word.relation == Relation::Advmod)
    };
    let mut small = tree.children(at).iter().filter(small);
    known(lemma) || small.any(|child| known(&format!("{lemma} {}", tree.words[*child].lemma)))
}

/// "will leave **once Ada joins**": after a conjunction of time, the present tense under a future one is no
/// present.
fn is_to_come(words: &StatusWords, tree: &Tree, below: usize, above: usize) -> bool {
    let present = matches!(tree.words[below].xpos, Some(Xpos::Vbz | Xpos::Vbp));
    let future = tree.with(above, Relation::Aux).any(|aux| tree.words[aux].xpos == Some(Xpos::Md));
    present && future && tree.mark(below).is_some_and(|mark| words.is_moment(mark))
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
        // "it was not Ada who met Bob"
        Relation::AclRelcl if tree.with(above, Relation::Cop).next().is_some() => {
            Some(own(words, tree, above)).filter(|own| *own == Fact::Negated)
        }
        Relation::Advcl if is_to_come(words, tree, below, above) => Some(Fact::Possible),
        Relation::Xcomp | Relation::Advcl | Relation::Acl | Relation::Csubj if tree.is_infinitive(below) => {
            let own = own(words, tree, above);
            Some(match () {
                () if words.refuses(lemma) => Fact::Negated,
                () if phrasal(tree, above, |verb| words.implies(verb)) => own,
                () => stronger(own, Fact::Possible),
            })
        }
        Relation::Xcomp | Relation::Ccomp | Relation::Advcl | Relation::Acl => {
            let inner = if relation == Relation::Xcomp { own(words, tree, above) } else { Fact::Actual };
            // "is mulling joining": right behind the verb it is what is mulled, whatever the parser says.
            let behind = tree.words[below].xpos == Some(Xpos::Vbg) && above + 1 == below;
            let gerund = relation == Relation::Xcomp
                || tree.mark(below).is_some()
                || relation == Relation::Ccomp
                || behind;
            match () {
                () if words.refuses(lemma) && gerund => Some(Fact::Negated),
                () if relation == Relation::Ccomp
                    && tree.mark(below) == Some("that")
                    && words.is_condition(&tree.words[above].form) =>
                {
                    Some(Fact::Possible)
                }
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
                // "talks are planned", "talks were cancelled", but "talks failed", "talks aim at peace"
                () if subject && tree.is_verb(above) && relation != Relation::NsubjPass => match own {
                    Fact::Negated => Fact::Actual,
                    own => own,
                },
                () if phrasal(tree, above, |verb| words.refuses(verb)) => Fact::Negated,
                () if words.is_plan(lemma) => stronger(own, Fact::Possible),
                // "did not convince Ada to postpone the talks" says nothing of the talks
                () if !subject && tree.is_verb(above) && !words.holds(lemma) => return None,
                () if subject && own == Fact::Negated => Fact::Actual,
                () => own,
            })
        }
        _ => None,
    }
}
