//! What one tree pattern bound in a sentence → [`Match`]es: one for each set of words, with all its pairs.

use super::assertion;
use super::embed::{Binding, Scene};
use super::program::Role;
use super::status::StatusWords;
use super::tree::{NodeTest, TreePattern};
use super::when;
use super::{Bound, Fact, Found, Match};
use std::collections::BTreeMap;

/// What the bindings of one match share: words, fact and qualifiers.
type Said = (Vec<usize>, usize, Fact, BTreeMap<String, String>);

/// Joins bindings of the same words and decides whether what they say is so.
pub(super) fn matches(
    pattern: &TreePattern,
    bindings: &[Binding],
    scene: &Scene,
    status: &StatusWords,
) -> Vec<Found> {
    let mut by_words: BTreeMap<Said, Vec<(Bound, Bound)>> = BTreeMap::new();
    for binding in bindings {
        let qualifiers = qualifiers(binding, scene);
        let tree = &scene.syntax.tree;
        let top = top(pattern, binding, scene);
        let fact = assertion::fact(status, tree, top, pattern.standing);
        let names = pattern.nodes.iter().zip(&binding.tokens).filter(|(node, _)| is_end(&node.test));
        let fact = names.map(|(_, at)| assertion::of_name(status, tree, *at)).fold(fact, assertion::stronger);
        let pairs = by_words.entry((binding.words.clone(), top, fact, qualifiers)).or_default();
        let pair = (binding.subject, binding.object);
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    let found = by_words.into_iter().map(|((words, top, fact, mut qualifiers), pairs)| {
        let view = scene.view;
        let bound = pairs
            .iter()
            .flat_map(|(subject, object)| [subject, object])
            .flat_map(|bound| view.mention(bound.mention).tokens.clone());
        let all: Vec<usize> = bound.chain(words.iter().copied()).collect();
        let tokens = all.iter().min().copied().unwrap_or(0)..all.iter().max().map_or(0, |last| last + 1);
        if pattern.standing && words.iter().any(|word| view.is_former(&(*word..*word + 1))) {
            qualifiers.insert("status".to_owned(), "former".to_owned());
        }
        // A post is not held on the day on which the sentence happens.
        let when = if pattern.standing { None } else { when::when(view, &scene.syntax.tree, top, fact) };
        let found = Match {
            rule: pattern.rule,
            pattern: pattern.pattern,
            sentence: view.number,
            tokens,
            pairs,
            qualifiers,
            when,
            fact,
            source: None,
            words,
        };
        Found { veto: pattern.veto, syntax: true, found }
    });
    found.collect()
}

/// Whether a node is the subject or the object.
fn is_end(test: &NodeTest) -> bool {
    matches!(test, NodeTest::Slot(Role::Subject | Role::Object, _))
}

/// The word that says it: of those that the pattern's words bound the highest in the tree.
fn top(pattern: &TreePattern, binding: &Binding, scene: &Scene) -> usize {
    let word = |test: &NodeTest| {
        matches!(
            test,
            NodeTest::Word(_) | NodeTest::Slot(Role::Qualifier(_), super::program::Accepts::Words(_))
        )
    };
    let words = pattern.nodes.iter().zip(&binding.tokens).filter(|(node, _)| word(&node.test));
    let top = words.map(|(_, at)| *at).min_by_key(|at| (scene.syntax.tree.depth(*at), *at));
    top.unwrap_or(binding.tokens[pattern.anchor])
}

fn qualifiers(binding: &Binding, scene: &Scene) -> BTreeMap<String, String> {
    let view = scene.view;
    let text = |(name, tokens): &(String, std::ops::Range<usize>)| (name.clone(), view.text_of(tokens));
    binding.qualifiers.iter().map(text).collect()
}
