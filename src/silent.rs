//! Sentences and claims → [`Silent`]: which sentences name two actors and give no triple?
//!
//! Where an analyst would expect an edge and the graph has none, a rule may be missing. The sentences are
//! counted while articles are read, and only the first are kept, so that memory does not grow with the rest.

use crate::entity::LocalNames;
use crate::language::Sentence;
use crate::matcher::Bound;
use crate::mention::{Mention, Mentions};
use crate::rule::RuleSet;
use crate::rule::vocabulary::TypeId;
use crate::span::Span;
use crate::triple::Claim;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// A sentence that names two actors or more and gives no triple.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilentSentence {
    /// Index of the article in the build.
    pub article: usize,
    /// Number of the sentence in its article, counted from 0.
    pub sentence: usize,
    /// The sentence, in bytes of the article's text.
    pub span: Span,
    /// Whom it names, each once, in the order of the sentence; the names are the fullest of the article.
    pub actors: Vec<String>,
}

/// All sentences that name two actors and give no triple: how many, and the first of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Silent {
    /// How many there are.
    pub total: usize,
    /// The first [`Silent::KEPT`] in the order of the articles.
    pub first: Vec<SilentSentence>,
}

impl Silent {
    /// So many are kept: more than a person reads, and still a small file.
    pub const KEPT: usize = 500;
}

/// Gathers silent sentences from articles that are read in any order, on any number of threads.
#[derive(Debug, Default)]
pub struct Gatherer(Mutex<Gathered>);

#[derive(Debug, Default)]
struct Gathered {
    total: usize,
    /// By article and sentence: what stands last goes first when there are too many.
    first: BTreeMap<(usize, usize), SilentSentence>,
}

impl Gatherer {
    /// Takes the silent sentences of one article. Only [`Silent::KEPT`] of all articles so far stay in memory.
    /// O(number of names).
    pub fn add(&self, silent: Vec<SilentSentence>) {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        gathered.total += silent.len();
        for sentence in silent {
            gathered.first.insert((sentence.article, sentence.sentence), sentence);
            if gathered.first.len() > Silent::KEPT {
                gathered.first.pop_last();
            }
        }
    }

    /// What was gathered; the same for every order of the articles.
    pub fn finish(self) -> Silent {
        let gathered = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        Silent { total: gathered.total, first: gathered.first.into_values().collect() }
    }
}

/// The silent sentences of article number `article`. Whoever is only where something happens ("in China")
/// does not act, and a pronoun counts as whom it stands for. O(number of names).
pub fn silent(
    rules: &RuleSet,
    article: usize,
    sentences: &[Sentence],
    mentions: &Mentions,
    names: &LocalNames,
    claims: &[Claim],
) -> Vec<SilentSentence> {
    let Some(actor) = rules.vocabulary.type_id("Actor") else { return Vec::new() };
    let speaking: BTreeSet<usize> = claims.iter().map(Claim::sentence).collect();
    let mut actors: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, mention) in mentions.names.iter().enumerate() {
        if !acts(rules, mention, actor) || speaking.contains(&mention.sentence) {
            continue;
        }
        let Some(entity) = names.of(&Bound { mention: at, stands_for: None }) else { continue };
        let named = actors.entry(mention.sentence).or_default();
        if !named.contains(&entity) {
            named.push(entity);
        }
    }
    let silent = actors.into_iter().filter(|(_, named)| named.len() > 1);
    let silent = silent.map(|(sentence, named)| SilentSentence {
        article,
        sentence,
        span: sentences[sentence].span,
        actors: named.into_iter().map(|entity| names.name(entity).to_owned()).collect(),
    });
    silent.collect()
}

fn acts(rules: &RuleSet, mention: &Mention, actor: TypeId) -> bool {
    !mention.located && rules.vocabulary.is_a(mention.kind, actor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(article: usize, sentence: usize) -> SilentSentence {
        SilentSentence { article, sentence, span: Span::new(0, 1), actors: Vec::new() }
    }

    #[test]
    fn the_first_are_kept_whatever_the_order_of_the_articles() {
        let articles = |order: &mut dyn Iterator<Item = usize>| {
            let gatherer = Gatherer::default();
            order.for_each(|article| gatherer.add(vec![sentence(article, 0), sentence(article, 3)]));
            gatherer.finish()
        };
        let forwards = articles(&mut (0..400));
        assert_eq!(forwards, articles(&mut (0..400).rev()));
        assert_eq!((forwards.total, forwards.first.len()), (800, Silent::KEPT));
        assert_eq!(forwards.first.last(), Some(&sentence(249, 3)));
    }
}
