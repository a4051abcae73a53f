//! Which posts an article gives to people: knowledge by which "the Chilean president" finds her name.

use super::Mention;
use super::salience::Key;
use crate::language::{Language, Phrases, Sentence, Token};
use crate::rule::RuleSet;
use crate::rule::lexicon::Usage;
use crate::rule::vocabulary::TypeId;
use std::collections::HashSet;
use std::ops::Range;

/// The words for posts.
#[derive(Debug, Clone)]
pub(super) struct PostWords {
    all: Phrases,
    top: Phrases,
    /// Words for whoever is at the top: "leader".
    leads: HashSet<String>,
    /// The first of the top posts in one word.
    first: Option<String>,
    person: Option<TypeId>,
}

/// A post that the article says somebody holds: "Chilean President Ada Byron", "Ada Byron, president of Chile".
#[derive(Debug, Clone)]
pub(super) struct Post {
    pub(super) mention: usize,
    pub(super) key: Key,
    /// The lemmas of the post.
    pub(super) title: Vec<String>,
    pub(super) top: bool,
    /// As the article has it.
    pub(super) shown: String,
    /// The names that say of what: Chile.
    pub(super) of: Vec<Key>,
}

impl PostWords {
    pub(super) fn new(rules: &RuleSet, language: &Language) -> Self {
        let all = ["top_post", "post", "spokesperson", "describes_head"];
        Self {
            all: Phrases::new(all.into_iter().flat_map(|list| rules.lexicon.words(list)), language),
            top: Phrases::new(rules.lexicon.words("top_post"), language),
            leads: rules.lexicon.words("describes_head").iter().cloned().collect(),
            first: rules.lexicon.words("top_post").iter().find(|post| !post.contains(' ')).cloned(),
            person: rules.vocabulary.type_id("Person"),
        }
    }

    /// The number of tokens of the post that begins at `at`; 0 where none does.
    pub(super) fn at(&self, tokens: &[Token], at: usize) -> usize {
        self.all.at(tokens, at)
    }

    /// Whether a word is one for whoever is at the top.
    pub(super) fn leads(&self, word: &str) -> bool {
        self.leads.contains(word)
    }

    /// A post in one word that rules take for one of the same rank.
    pub(super) fn in_one(&self, post: &Post) -> Option<String> {
        if post.top { self.first.clone() } else { post.title.last().cloned() }
    }

    /// The posts that the article gives to people.
    pub(super) fn held(
        &self,
        names: &[Mention],
        keys: &[Key],
        sentences: &[Sentence],
        text: &str,
    ) -> Vec<Post> {
        let mut posts = Vec::new();
        for (mention, name) in names.iter().enumerate().filter(|(_, name)| Some(name.kind) == self.person) {
            let tokens = &sentences[name.sentence].tokens;
            let first = names.partition_point(|other| other.sentence < name.sentence);
            let own = names[first..].iter().zip(&keys[first..]);
            let own: Vec<(&Mention, &Key)> =
                own.take_while(|(other, _)| other.sentence == name.sentence).collect();
            let post = self.before(name, tokens, &own).or_else(|| self.after(name, tokens, &own));
            posts.extend(post.map(|(range, of)| {
                let title = lemmas(&tokens[range.clone()]);
                Post {
                    mention,
                    shown: sentences[name.sentence].text_of(range, text),
                    key: keys[mention].clone(),
                    top: self.leads(&title[0]) || self.is_top(&title, tokens),
                    title,
                    of,
                }
            }));
        }
        posts
    }

    fn is_top(&self, title: &[String], tokens: &[Token]) -> bool {
        let start =
            tokens.windows(title.len()).position(|window| window.iter().map(|token| &token.lemma).eq(title));
        start.is_some_and(|start| self.top.at(tokens, start) == title.len())
    }

    /// "**Chilean President** Ada Byron", "**Chile's president**, Ada Byron".
    fn before(
        &self,
        name: &Mention,
        tokens: &[Token],
        own: &[(&Mention, &Key)],
    ) -> Option<(Range<usize>, Vec<Key>)> {
        let comma = name.tokens.start > 0 && tokens[name.tokens.start - 1].lemma == ",";
        let end = name.tokens.start - usize::from(comma);
        let length = self.all.before(tokens, end);
        let start = end - length;
        // "the president, Ada Byron": only right after what she is president of, or "the".
        let said = start > 0 && matches!(tokens[start - 1].lemma.as_str(), "'s" | "the");
        if length == 0 || (comma && !said) {
            return None;
        }
        let inside = own.iter().filter(|(other, _)| {
            let close = other.tokens.end == start || other.tokens.end + 1 == start;
            other.tokens.end <= start && (other.tokens.start >= name.phrase.start || comma && close)
        });
        let of = inside.filter(|(other, _)| other.known.is_some()).map(|(_, key)| (*key).clone()).collect();
        Some((start..end, of))
    }

    /// "Ada Byron, **the Chilean president**", "Ada Byron is **president of Chile**".
    fn after(
        &self,
        name: &Mention,
        tokens: &[Token],
        own: &[(&Mention, &Key)],
    ) -> Option<(Range<usize>, Vec<Key>)> {
        let lemma = |at: usize| tokens.get(at).map_or("", |token| token.lemma.as_str());
        if !matches!(lemma(name.tokens.end), "," | "be") {
            return None;
        }
        let mut start = name.tokens.end + 1;
        start += usize::from(matches!(lemma(start), "the" | "a"));
        let named = |at: usize| own.iter().find(|(other, _)| other.tokens.start == at);
        let mut of = Vec::new();
        if let Some((country, key)) =
            named(start).filter(|(other, _)| other.usage == Usage::Demonym || lemma(other.tokens.end) == "'s")
        {
            of.push((*key).clone());
            start = country.tokens.end + usize::from(lemma(country.tokens.end) == "'s");
        }
        let length = self.all.at(tokens, start);
        let end = start + length;
        if lemma(end) == "of" {
            let at = end + 1 + usize::from(lemma(end + 1) == "the");
            of.extend(named(at).map(|(_, key)| (*key).clone()));
        }
        (length > 0 && !of.is_empty()).then_some((start..end, of))
    }
}

fn lemmas(tokens: &[Token]) -> Vec<String> {
    tokens.iter().map(|token| token.lemma.clone()).collect()
}
