//! Sequences that the syntax of their sentence contradicts.
//!
//! A phrase is also matched word by word, for where the parser slips. But in "A delegation welcomed by Ada met
//! Bob" nothing slips: the tree has another subject for *met*, and Ada only happens to stand before it.

use super::view::View;
use super::{Bound, Found};
use crate::language::{Relation, Upos};
use crate::rule::pattern::{Element, Pattern, Test};
use crate::syntax::{ClauseWords, Label, Syntax};
use std::ops::Range;

/// Takes out the pairs of phrases found as sequences whose verb has another subject, or goes on with somebody
/// else.
pub(super) fn settle(found: &mut Vec<Found>, syntax: &Syntax, view: &View, nouns: &ClauseWords) {
    let rules = view.rules;
    let phrase = |found: &Found| {
        let patterns = rules.rules[found.found.rule].patterns.len();
        !found.syntax && !found.veto && usize::from(found.found.pattern) <= patterns
    };
    for found in found.iter_mut().filter(|found| phrase(found)) {
        let words = found.found.words.clone();
        let verbs: Vec<usize> = words.iter().copied().filter(|word| syntax.tree.is_verb(*word)).collect();
        found.found.pairs.retain(|(subject, object)| {
            let other = |verb: &usize| {
                has_other_subject(syntax, view, nouns, *verb, *subject, *object)
                    || goes_on(syntax, view, *verb, *subject, *object, &words)
            };
            !verbs.iter().any(other)
        });
        // "White House **Press** Secretary Ada": what the phrase has for a verb is a noun before a name.
        if let ([only], Some(pattern)) =
            (words.as_slice(), rules.rules[found.found.rule].pattern(found.found.pattern))
            && opens_with_verb(&pattern.pattern)
            && is_compound(syntax, *only)
        {
            found.found.pairs.clear();
        }
    }
    let standing = |found: &Found| rules.relation(rules.rules[found.found.rule].relation).standing;
    for found in found.iter_mut().filter(|found| !found.syntax && !found.veto && standing(found)) {
        let words = found.found.words.clone();
        found.found.pairs.retain(|(subject, object)| {
            !words.iter().any(|at| is_anothers(syntax, view, *at, [*subject, *object]))
        });
    }
    found.retain(|found| !found.found.pairs.is_empty());
}

/// "Ada and **Bob**, his Russian counterpart": the post is that of the name that the tree gives it to. In "Ada of the
/// **network** Acme" the noun is the object's.
fn is_anothers(syntax: &Syntax, view: &View, noun: usize, ends: [Bound; 2]) -> bool {
    if syntax.tree.words[noun].upos != Some(Upos::Noun)
        || view.mention(ends[0].mention).phrase.contains(&noun)
    {
        return false;
    }
    let mut holders = syntax
        .from(noun)
        .iter()
        .filter(|link| link.label == Label::Is && syntax.tree.words[link.to].name)
        .peekable();
    holders.peek().is_some() && holders.all(|link| !ends.iter().any(|end| is_of(view, *end, link.to)))
}

/// "X urged …": a slot, and then a word.
fn opens_with_verb(pattern: &Pattern) -> bool {
    match pattern.elements.as_slice() {
        [Element::Slot(_), Element::Any(words), ..] => !words
            .iter()
            .any(|word| matches!(&word.test, Test::Lemma(text) | Test::Form(text) if text == "'s")),
        _ => false,
    }
}

/// Whether a word is part of what stands before a name: "talk show **host** Ada".
fn is_compound(syntax: &Syntax, at: usize) -> bool {
    let word = &syntax.tree.words[at];
    let noun = matches!(word.upos, Some(Upos::Noun | Upos::Propn));
    noun && matches!(word.relation.universal(), Relation::Compound | Relation::Nmod | Relation::Flat)
}

/// Whether a word belongs to a mention or to the phrase round it.
fn is_of(view: &View, bound: Bound, at: usize) -> bool {
    let mention = view.mention(bound.mention);
    mention.phrase.contains(&at) || mention.tokens.contains(&at)
}

/// "A delegation welcomed by **Ada** met Bob": a noun is its subject, and the two of the pair have no part in it
/// that both could have.
fn has_other_subject(
    syntax: &Syntax,
    view: &View,
    nouns: &ClauseWords,
    verb: usize,
    subject: Bound,
    object: Bound,
) -> bool {
    let before = view.mention(subject.mention).tokens.start < verb;
    let links = syntax.from(verb);
    let mut subjects = links.iter().filter(|link| link.label == Label::Subject).peekable();
    // "Bob left, and Ada, the mayor, met Cy": that the second verb has the first one's subject is a guess.
    let guessed = syntax.tree.words[verb].relation == Relation::Conj
        && subjects.peek().is_some_and(|link| syntax.tree.words[link.to].head != Some(verb));
    let exists = subjects.peek().is_some() && !guessed;
    let noun = |at: usize| syntax.tree.is_noun(at) && syntax.tree.words[at].upos != Some(Upos::Pron);
    let apart =
        subjects.all(|link| noun(link.to) && !is_of(view, subject, link.to) && !is_of(view, object, link.to));
    let linked = links.iter().any(|link| is_of(view, subject, link.to));
    let described = links
        .iter()
        .filter(|link| link.label == Label::Subject)
        .any(|link| describes(syntax, nouns, link.to, view.mention(subject.mention).tokens.clone()));
    before && exists && apart && !linked && !described
}

/// Whether a name hangs on a noun as another word for the same: "the player, **Ada**".
fn describes(syntax: &Syntax, words: &ClauseWords, noun: usize, name: Range<usize>) -> bool {
    let tree = &syntax.tree;
    let same = |at: &usize| {
        let joined = matches!(
            tree.words[*at].relation.universal(),
            Relation::Appos | Relation::Flat | Relation::Nmod | Relation::Conj | Relation::List
        );
        // "the soldiers of **Chile**" are Chile's, "the fall of **Kabul**" is not Kabul.
        let stands = |of: String| {
            let head = tree.words[*at].head.map(|head| tree.words[head].lemma.as_str());
            of == "of" && head.is_some_and(|noun| words.stands_for(noun))
        };
        joined && tree.preposition(*at).is_none_or(stands)
    };
    let up = |at: &usize| Some(*at).filter(same).and_then(|at| tree.words[at].head);
    let mut tokens = name.filter(|at| !tree.words[*at].inside);
    tokens.any(|at| std::iter::successors(Some(at), up).take(tree.words.len()).any(|above| above == noun))
}

/// "**Ada and Bob** spoke to reporters": both are its subject, so it is with others that they spoke.
fn goes_on(
    syntax: &Syntax,
    view: &View,
    verb: usize,
    subject: Bound,
    object: Bound,
    words: &[usize],
) -> bool {
    let links = syntax.from(verb);
    let acts =
        |bound: Bound| links.iter().any(|link| link.label == Label::Subject && is_of(view, bound, link.to));
    let with =
        |label: &Label| matches!(label, Label::Preposition(word) if matches!(word.as_str(), "with" | "to"));
    let others = links.iter().any(|link| {
        let somebody = syntax.tree.is_noun(link.to) && syntax.tree.words[link.to].upos != Some(Upos::Pron);
        with(&link.label) && somebody && !words.contains(&link.to) && !link.derived
    });
    acts(subject) && acts(object) && others
}
