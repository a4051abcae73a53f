//! "His Russian **counterpart** Vladimir Putin" after "Chinese President Xi Jinping": a president, too.

use super::post::{Post, PostWords};
use super::salience::Key;
use super::{Mention, Title};
use crate::language::Sentence;
use crate::rule::lexicon::Lexicon;
use std::collections::HashSet;

/// The words for somebody of the same post.
#[derive(Debug, Clone)]
pub(super) struct Counterparts {
    words: HashSet<String>,
}

impl Counterparts {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        Self { words: lexicon.words("same_post").iter().cloned().collect() }
    }

    /// The titles that the article gives to counterparts: the post of whoever's counterpart it is, by the
    /// pronoun before it or, where there is none, of the last before it in the sentence who has one.
    /// `found` are the words that were linked, in the order of the text. O(tokens + names · posts).
    pub(super) fn titles(
        &self,
        names: &[Mention],
        keys: &[Key],
        found: &[Mention],
        posts: &[Post],
        words: &PostWords,
        sentences: &[Sentence],
    ) -> Vec<Title> {
        let mut titles = Vec::new();
        for (number, sentence) in sentences.iter().enumerate() {
            let tokens = sentence.tokens.iter().enumerate();
            for (at, _) in tokens.filter(|(_, token)| self.words.contains(&token.lemma)) {
                // Without "Russian" nothing tells of what; the word stays itself for rules that look for it.
                let first = names.partition_point(|name| name.sentence < number);
                let mut own = names[first..].iter().take_while(|name| name.sentence == number);
                if !own.any(|name| name.tokens.end == at) {
                    continue;
                }
                let near = found[found.partition_point(|name| name.sentence < number)..].iter();
                let pronoun = near
                    .take_while(|name| name.sentence == number && name.tokens.start < at)
                    .filter(|name| name.tokens.len() == 1 && name.tokens.end + 2 >= at)
                    .last();
                let post = match pronoun.and_then(|name| name.refers_to) {
                    Some(meant) => posts.iter().find(|post| post.key == keys[meant]),
                    None => {
                        let own = (first..names.len()).take_while(|name| {
                            names[*name].sentence == number && names[*name].tokens.end < at
                        });
                        own.filter_map(|name| posts.iter().find(|post| post.key == keys[name])).last()
                    }
                };
                let lemma = post.and_then(|post| words.in_one(post));
                if let (Some(post), Some(lemma)) = (post, lemma) {
                    titles.push(Title { sentence: number, token: at, lemma, text: post.shown.clone() });
                }
            }
        }
        titles
    }
}
