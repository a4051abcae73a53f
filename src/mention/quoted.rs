//! A [`Quote`] with its speaker → whom "I" and "we" inside it stand for.
//!
//! Between quotation marks "I" is who speaks. "We" may be anybody with the speaker, so it is linked only where an
//! organisation or country speaks, or a person whose post is to speak for exactly one: its head, a minister, a
//! spokeswoman, but no candidate.

use super::post::Post;
use super::salience::Key;
use super::{Mention, Quote, fold, word};
use crate::language::{Analyses, Relation, Sentence};
use crate::rule::RuleSet;
use crate::rule::lexicon::{Lexicon, Usage};
use std::collections::HashSet;
use std::ops::Range;

/// The pronouns of the first person.
#[derive(Debug, Clone)]
pub(super) struct FirstPerson {
    one: HashSet<String>,
    several: HashSet<String>,
    /// Open a quotation inside a quotation.
    inner: HashSet<String>,
    /// Posts by whose last words their holders speak for a body: "minister".
    speaks_for: HashSet<String>,
    organisation_words: HashSet<String>,
}

/// An article while its quotations are read.
pub(super) struct Speech<'r> {
    pub(super) names: &'r [Mention],
    pub(super) keys: &'r [Key],
    pub(super) posts: &'r [Post],
    pub(super) sentences: &'r [Sentence],
    pub(super) text: &'r str,
    pub(super) rules: &'r RuleSet,
    pub(super) analyses: &'r Analyses<'r>,
}

impl FirstPerson {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let set = |list: &str| lexicon.words(list).iter().map(|word| fold(word)).collect();
        Self {
            one: set("first_person"),
            several: set("first_person_plural"),
            inner: set("inner_quote_open"),
            speaks_for: set("speaks_for"),
            organisation_words: set("organisation_word"),
        }
    }

    /// What stands for the speakers of quotations. O(tokens between the marks + quotations · names).
    pub(super) fn find(&self, speech: &Speech, quotes: &[Quote]) -> Vec<Mention> {
        let mut found = Vec::new();
        for quote in quotes {
            let words = self.words(speech, quote);
            let Some(speaker) = quote.speaker.filter(|_| !words.is_empty()) else { continue };
            let Some(speaker) = speech.speaker(speaker) else { continue };
            let (one, several) = self.meant(speech, speaker);
            // Who is named in a quotation is spoken of, and does not speak.
            let named = |at: &usize| speech.names_again(quote, *at);
            if one.as_ref().is_some_and(named) {
                continue;
            }
            let meant = words.into_iter().filter_map(|(sentence, at, alone)| {
                Some(speech.reference(sentence, at..at + 1, if alone { one } else { several }?))
            });
            found.extend(meant);
        }
        found
    }

    /// The pronouns of a quotation by sentence and token, and whether each is for one; none where somebody else is
    /// quoted inside it.
    fn words(&self, speech: &Speech, quote: &Quote) -> Vec<(usize, usize, bool)> {
        let mut words = Vec::new();
        for number in quote.start.0..=quote.end.0 {
            let sentence = &speech.sentences[number];
            for at in (0..sentence.tokens.len()).filter(|at| quote.holds(number, *at)) {
                let form = word(sentence, at, speech.text);
                if self.inner.contains(form) {
                    return Vec::new();
                }
                // "US" is no pronoun.
                let shouted = form.len() > 1 && form.chars().all(char::is_uppercase);
                let lower = fold(form);
                let (one, several) = (self.one.contains(&lower), self.several.contains(&lower));
                if !shouted && (one || several) && !speech.is_named(number, at) {
                    words.push((number, at, one));
                }
            }
        }
        words
    }

    /// Whom "I" and whom "we" stand for, where the name at `speaker` speaks.
    fn meant(&self, speech: &Speech, speaker: usize) -> (Option<usize>, Option<usize>) {
        if speech.is(speaker, "Person") {
            return (Some(speaker), self.body(speech, speaker));
        }
        // What a name without a word for it is may be a mistake.
        let name = &speech.names[speaker];
        let told = |at: usize| {
            let word = word(&speech.sentences[name.sentence], at, speech.text);
            self.organisation_words.contains(&fold(word))
        };
        let sure = name.known.is_some() || name.tokens.clone().any(told);
        (None, Some(speaker).filter(|_| sure && speech.is_body(speaker)))
    }

    /// What a person speaks for by all posts that the article gives to that person, where that is one.
    fn body(&self, speech: &Speech, speaker: usize) -> Option<usize> {
        let speaks =
            |post: &&Post| post.top || post.title.last().is_some_and(|word| self.speaks_for.contains(word));
        let posts = speech.posts.iter().filter(|post| post.key == speech.keys[speaker]);
        let mut of = posts.filter(speaks).flat_map(|post| &post.of);
        let first = of.next()?;
        if of.any(|other| other != first) {
            return None;
        }
        let named = |at: &usize| speech.keys[*at] == *first && speech.names[*at].refers_to.is_none();
        (0..speech.names.len()).filter(named).find(|at| speech.is_body(*at))
    }
}

impl Speech<'_> {
    /// The name that speaks, where it is one name alone and the subject of its clause: not "the wife of **Bob**
    /// said", nor "Ada and **Bob** said". Before a colon no clause is needed: "**Ada**: …".
    fn speaker(&self, at: usize) -> Option<usize> {
        let mention = &self.names[at];
        let next = self.sentences[mention.sentence].tokens.get(mention.tokens.end);
        let label = mention.phrase.start == 0 && next.is_some_and(|token| token.lemma == ":");
        let at = if label { at } else { self.subject(at)? };
        let mention = &self.names[at];
        let same = |other: &&Mention| other.sentence == mention.sentence && other.tokens == mention.tokens;
        let alone = self.here(mention.sentence).filter(|(_, other)| same(other)).count() == 1;
        alone.then(|| mention.refers_to.unwrap_or(at))
    }

    /// Of a name that is a subject or inside one, the name that the subject is: in "Ada, head of **Acme**, said" Ada.
    fn subject(&self, at: usize) -> Option<usize> {
        let mention = &self.names[at];
        let words = &self.analyses.get(mention.sentence)?.words;
        let head = |at: usize| words.get(at)?.head.checked_sub(1);
        let top = |name: &Mention| {
            let outside = |at: &usize| head(*at).is_none_or(|head| !name.tokens.contains(&head));
            name.tokens.clone().find(outside)
        };
        let relation = |at: usize| words[at].relation.universal();
        let mut above = std::iter::successors(top(mention), |at| head(*at)).take(words.len());
        let subject = above.find(|at| relation(*at) == Relation::Nsubj)?;
        if words.iter().any(|word| word.head == subject + 1 && word.relation.universal() == Relation::Conj) {
            return None;
        }
        let named = self.here(mention.sentence).find(|(_, name)| top(name) == Some(subject));
        // "the president, Ada, said"
        let again = || {
            let mut path =
                std::iter::successors(top(mention), |at| head(*at)).take_while(|at| *at != subject);
            path.all(|at| matches!(relation(at), Relation::Appos | Relation::Flat)).then_some(at)
        };
        named.map(|(at, _)| at).or_else(again)
    }

    /// Whether a name inside a quotation is that of the one at `speaker`.
    fn names_again(&self, quote: &Quote, speaker: usize) -> bool {
        let inside =
            |name: &Mention| name.refers_to.is_none() && quote.holds(name.sentence, name.tokens.start);
        let part =
            |short: &str, long: &str| short.split(' ').all(|word| long.split(' ').any(|own| own == word));
        let alike = |key: &Key| match (key, &self.keys[speaker]) {
            (Key::Name(one), Key::Name(other)) => part(one, other) || part(other, one),
            (one, other) => one == other,
        };
        let same = |(name, key): (&Mention, &Key)| inside(name) && alike(key);
        let first = self.names.partition_point(|name| name.sentence < quote.start.0);
        let near = self.names[first..].iter().zip(&self.keys[first..]);
        near.take_while(|(name, _)| name.sentence <= quote.end.0).any(same)
    }

    fn is(&self, name: usize, kind: &str) -> bool {
        let wanted = self.rules.vocabulary.type_id(kind);
        wanted.is_some_and(|wanted| self.rules.vocabulary.is_a(self.names[name].kind, wanted))
    }

    fn is_body(&self, name: usize) -> bool {
        self.is(name, "Organisation") || self.is(name, "Country")
    }

    fn is_named(&self, sentence: usize, at: usize) -> bool {
        self.here(sentence).any(|(_, name)| name.tokens.contains(&at))
    }

    /// The mentions of a sentence with their numbers.
    fn here(&self, sentence: usize) -> impl Iterator<Item = (usize, &Mention)> {
        let first = self.names.partition_point(|name| name.sentence < sentence);
        let here = self.names[first..].iter().take_while(move |name| name.sentence == sentence);
        here.enumerate().map(move |(at, name)| (first + at, name))
    }

    fn reference(&self, sentence: usize, tokens: Range<usize>, meant: usize) -> Mention {
        Mention {
            sentence,
            phrase: tokens.clone(),
            tokens,
            usage: Usage::Pronoun,
            located: false,
            refers_to: Some(meant),
            ..self.names[meant].clone()
        }
    }
}
