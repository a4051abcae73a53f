//! [`Sentence`]s → [`Mention`]s: which words name somebody, something, some place or some day?
//!
//! Three finders, each with a file: names that the lexicon knows (`known`), other capitalised names
//! (`name`), and days, months and years (`time`). Then the phrase round each name is measured
//! (`phrase`): "former Chinese President Hu Jintao" mentions Hu Jintao. At last words that stand for names
//! are linked to them (`reference`): pronouns (`pronoun`), descriptions (`description`) and plurals (`plural`); and
//! `speaker` tells who speaks between quotation marks, and whom "I" and "we" mean there (`quoted`).

mod acronym;
mod adopt;
mod calendar;
mod counterpart;
mod description;
mod home;
mod join;
mod judge;
mod kind;
mod known;
mod meaning;
mod name;
mod namesake;
mod phrase;
mod plural;
mod post;
mod pronoun;
mod quoted;
mod reference;
mod role;
mod run;
mod salience;
mod speaker;
mod stranger;
mod subject;
mod time;
mod town;
mod words;

use crate::article::Article;
use crate::language::{Analyses, Language, Sentence};
use crate::rule::RuleSet;
use crate::rule::lexicon::{KnownId, Usage};
use crate::rule::vocabulary::TypeId;
pub(crate) use acronym::{in_brackets, initials, spells};
use known::KnownNames;
pub(crate) use known::fold;
use namesake::Namesakes;
use phrase::PhraseWords;
use reference::References;
pub use speaker::Quote;
use speaker::SpeechWords;
use std::ops::Range;
use time::TimeWords;
use words::NameWords;

/// A stretch of a sentence that names an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Index of its sentence in the article.
    pub sentence: usize,
    /// The tokens of the name: "Xi Jinping".
    pub tokens: Range<usize>,
    /// The tokens of the noun phrase that it heads: "the Chinese President Xi Jinping", "Chinese troops".
    pub phrase: Range<usize>,
    /// Its type.
    pub kind: TypeId,
    /// The lexicon's entry, where it has one.
    pub known: Option<KnownId>,
    /// How the name stands for the entity.
    pub usage: Usage,
    /// Whether the words before it put it on the map ("in Beijing"), so that it does not act.
    pub located: bool,
    /// For a pronoun or description the mention of the name that it stands for. A plural is as many mentions of
    /// the same tokens as it stands for names.
    pub refers_to: Option<usize>,
}

/// A country or organisation that stands in or by another name and is no name of its own there: "Iraqi" of the Iraqi
/// Security Forces; "President" before Donald Trump, which says of what without saying it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inner {
    /// Index of the other name, into [`Mentions::names`].
    pub outer: usize,
    /// What stands in it, or the post right before it.
    pub mention: Mention,
    /// Of a post, the name of its country that stands in the same sentence.
    pub named: Option<usize>,
}

/// A stretch of a sentence that names a day, a month, a year or a time that is none of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// Index of its sentence in the article.
    pub sentence: usize,
    /// Its tokens, the preposition before them included: "on Wednesday".
    pub tokens: Range<usize>,
    /// ISO date, month or year of something that has happened, where the article's date fixes it.
    pub value: Option<String>,
    /// The same of something that is still to come: "on Friday" of a plan is another day.
    pub ahead: Option<String>,
}

impl Time {
    /// The value for something that has happened or, where `planned`, is still to come.
    pub fn value_for(&self, planned: bool) -> Option<String> {
        if planned { self.ahead.clone() } else { self.value.clone() }
    }
}

/// A word that stands for a title: "his Russian counterpart" is a president, where he is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Index of its sentence in the article.
    pub sentence: usize,
    /// The token.
    pub token: usize,
    /// A title in one word, by which rules know it.
    pub lemma: String,
    /// The title as the article has it.
    pub text: String,
}

/// Everything found in one article, in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Names.
    pub names: Vec<Mention>,
    /// Countries and organisations named inside the names of organisations, and countries of posts that stand alone,
    /// by sentence.
    pub inner: Vec<Inner>,
    /// Days, months and years.
    pub times: Vec<Time>,
    /// Words for somebody of the same post as another.
    pub titles: Vec<Title>,
    /// What stands in quotation marks.
    pub quotes: Vec<Quote>,
}

impl Mentions {
    /// The mention with this number: the names are counted first, and then what stands in or by them.
    pub fn mention(&self, number: usize) -> &Mention {
        match number.checked_sub(self.names.len()) {
            Some(inner) => &self.inner[inner].mention,
            None => &self.names[number],
        }
    }
}

/// Finds mentions; built once from the lexicon.
#[derive(Debug, Clone)]
pub struct MentionFinder {
    known: KnownNames,
    name: NameWords,
    namesakes: Namesakes,
    phrase: PhraseWords,
    time: TimeWords,
    reference: References,
    speech: SpeechWords,
}

impl MentionFinder {
    /// Prepares the lexicon's names and word lists for looking up.
    pub fn new(rules: &RuleSet, language: &Language) -> Self {
        Self {
            known: KnownNames::new(&rules.lexicon, language),
            name: NameWords::new(&rules.lexicon, &rules.vocabulary, language),
            namesakes: Namesakes::new(&rules.lexicon, &rules.vocabulary),
            phrase: PhraseWords::new(&rules.lexicon, &rules.vocabulary, language),
            time: TimeWords::new(&rules.lexicon),
            reference: References::new(rules, language),
            speech: SpeechWords::new(&rules.lexicon, language),
        }
    }

    /// All mentions of an article. O(number of tokens).
    pub fn find(
        &self,
        rules: &RuleSet,
        article: &Article,
        sentences: &[Sentence],
        analyses: &Analyses,
    ) -> Mentions {
        let text = article.text.as_str();
        let sport = self.name.is_sport(sentences);
        let mut known: Vec<_> =
            sentences.iter().map(|sentence| self.known.find(sentence, text, sport)).collect();
        self.namesakes.take_away(&mut known, sentences, text);
        let mut names = name::find(&self.name, sentences, &known, text, analyses);
        for mention in &mut names {
            mention.located = self.phrase.is_located(mention, &sentences[mention.sentence]);
        }
        self.phrase.measure(&mut names, sentences, text);
        let times = sentences.iter().enumerate();
        let times =
            times.flat_map(|(at, sentence)| self.time.find(at, sentence, text, article.date)).collect();
        let mut mentions =
            Mentions { names, inner: Vec::new(), times, titles: Vec::new(), quotes: Vec::new() };
        self.reference.add(&mut mentions, sentences, text, rules, analyses);
        mentions.quotes = self.speech.quotes(sentences, text, &mentions.names);
        self.reference.add_quoted(&mut mentions, sentences, text, rules, analyses);
        mentions.inner = self.inner(rules, &mentions.names, sentences, text);
        mentions.inner.extend(self.reference.homes(&mentions.names, sentences, text, analyses));
        mentions.inner.sort_by_key(|inner| inner.mention.sentence);
        mentions
    }
}

impl MentionFinder {
    /// The countries, regions and organisations named inside the names of organisations.
    fn inner(&self, rules: &RuleSet, names: &[Mention], sentences: &[Sentence], text: &str) -> Vec<Inner> {
        let kind = |name| rules.vocabulary.type_id(name);
        let (Some(organisation), Some(country)) = (kind("Organisation"), kind("Country")) else {
            return Vec::new();
        };
        let region = kind("Region");
        let named = |name: &Mention| {
            name.refers_to.is_none()
                && name.tokens.len() > 1
                && rules.vocabulary.is_a(name.kind, organisation)
        };
        let names = names.iter().enumerate().filter(|(_, name)| named(name));
        let inner = names.flat_map(|(outer, name)| {
            let owner = |kind| {
                rules.vocabulary.is_a(kind, country)
                    || rules.vocabulary.is_a(kind, organisation)
                    || Some(kind) == region
            };
            let found = self.known.inside(&sentences[name.sentence], &name.tokens, text, owner);
            let sentence = &sentences[name.sentence];
            // "Foreign Affairs" of a Ministry of Foreign Affairs is no magazine.
            let field = |tokens: &Range<usize>| {
                tokens.start > name.tokens.start
                    && tokens.clone().all(|at| self.name.offices.contains(&fold(word(sentence, at, text))))
            };
            let found: Vec<_> = found.into_iter().filter(|known| !field(&known.tokens)).collect();
            found.into_iter().map(move |known| Inner {
                outer,
                mention: Mention {
                    tokens: known.tokens.clone(),
                    phrase: known.tokens,
                    kind: known.kind,
                    known: Some(known.known),
                    usage: known.usage,
                    located: false,
                    ..name.clone()
                },
                named: None,
            })
        });
        inner.collect()
    }
}

/// The text of token `at`.
fn word<'t>(sentence: &Sentence, at: usize, text: &'t str) -> &'t str {
    sentence.tokens[at].span.of(text)
}
