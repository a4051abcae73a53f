//! Names → words that stand for them: pronouns ("he", "its", "they") and descriptions ("the company", "the
//! Chilean president", "both countries"), each linked to the name that it means, or to the names.
//!
//! Precision comes first: where two names would do and nothing decides, there is no link. Who stands out
//! is judged by the words (`role`, `salience`); a sentence is only analysed where a plural is to be linked, so that
//! those without any name need not be.

use super::counterpart::Counterparts;
use super::description::Descriptions;
use super::home::{Homes, Scene as HomeScene};
use super::plural::Plurals;
use super::post::{Post, PostWords};
use super::pronoun::{Gender, Pronouns, office};
use super::quoted::{FirstPerson, Speech};
use super::role::RoleWords;
use super::salience::{Candidate, Key, Scene, after_sign};
use super::stranger::Strangers;
use super::{Inner, Mention, Mentions, fold, word};
use crate::article::BlockKind;
use crate::language::{Analyses, Language, Sentence};
use crate::rule::RuleSet;
use crate::rule::lexicon::Usage;
use crate::rule::vocabulary::TypeId;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

/// Finds words that stand for names; built once from the lexicon.
#[derive(Debug, Clone)]
pub(super) struct References {
    pronouns: Pronouns,
    first_person: FirstPerson,
    plurals: Plurals,
    descriptions: Descriptions,
    strangers: Strangers,
    posts: PostWords,
    roles: RoleWords,
    counterparts: Counterparts,
    homes: Homes,
    /// "wife", "son"
    kin: HashSet<String>,
    person: Option<TypeId>,
    place: Option<TypeId>,
}

/// How many sentences back a word may point. Hobbs (1978) found 98 % of all antecedents of pronouns in the same
/// sentence or the one before.
const WINDOW: usize = 3;

/// An article while its words are linked.
struct Reader<'r> {
    references: &'r References,
    names: &'r [Mention],
    keys: &'r [Key],
    posts: Vec<Post>,
    genders: BTreeMap<Key, Gender>,
    /// Whom nouns such as "network" have described so far.
    described: BTreeMap<String, Key>,
    analyses: &'r Analyses<'r>,
    text: &'r str,
    rules: &'r RuleSet,
    /// Sentences before that name somebody, the nearest first.
    past: Vec<Vec<Candidate>>,
    quoted: bool,
    found: Vec<Mention>,
}

impl References {
    pub(super) fn new(rules: &RuleSet, language: &Language) -> Self {
        Self {
            pronouns: Pronouns::new(&rules.lexicon),
            first_person: FirstPerson::new(&rules.lexicon),
            plurals: Plurals::new(rules),
            descriptions: Descriptions::new(rules),
            strangers: Strangers::new(rules, language),
            posts: PostWords::new(rules, language),
            roles: RoleWords::new(&rules.lexicon),
            counterparts: Counterparts::new(&rules.lexicon),
            homes: Homes::new(rules, language),
            kin: rules.lexicon.words("kin").iter().cloned().collect(),
            person: rules.vocabulary.type_id("Person"),
            place: rules.vocabulary.type_id("Place"),
        }
    }

    /// Adds what stands for names to the mentions, which stay in the order of the text.
    /// O(tokens · names in a few sentences).
    pub(super) fn add(
        &self,
        mentions: &mut Mentions,
        sentences: &[Sentence],
        text: &str,
        rules: &RuleSet,
        analyses: &Analyses,
    ) {
        let names = &mentions.names;
        let keys = self.keys(names, sentences, text);
        let mut reader = Reader {
            references: self,
            names,
            keys: &keys,
            posts: self.posts.held(names, &keys, sentences, text),
            genders: self.pronouns.genders(names, &keys, sentences, text),
            described: BTreeMap::new(),
            analyses,
            text,
            rules,
            past: Vec::new(),
            quoted: false,
            found: Vec::new(),
        };
        let mut first = 0;
        for (number, sentence) in sentences.iter().enumerate() {
            let own = names[first..].iter().take_while(|name| name.sentence == number).count();
            let gap = number.checked_sub(1).map_or("", |before| {
                text.get(sentences[before].span.range().end..sentence.span.range().start).unwrap_or_default()
            });
            // A quotation that is not closed in its paragraph was no quotation.
            reader.quoted &= !gap.contains('\n');
            if sentence.block != BlockKind::Headline {
                reader.read(number, sentence, first..first + own);
            }
            first += own;
        }
        let Reader { found, posts, .. } = reader;
        let titles = self.counterparts.titles(names, &keys, &found, &posts, &self.posts, sentences);
        mentions.titles = titles;
        mentions.insert(found);
    }

    /// Adds what stands for the speakers of the quotations that were found.
    pub(super) fn add_quoted(
        &self,
        mentions: &mut Mentions,
        sentences: &[Sentence],
        text: &str,
        rules: &RuleSet,
        analyses: &Analyses,
    ) {
        let names = &mentions.names;
        let keys = &self.keys(names, sentences, text);
        let posts = &self.posts.held(names, keys, sentences, text);
        let speech = Speech { names, keys, posts, sentences, text, rules, analyses };
        let found = self.first_person.find(&speech, &mentions.quotes);
        mentions.insert(found);
    }

    /// The countries of posts that stand alone. O(names).
    pub(super) fn homes(
        &self,
        names: &[Mention],
        sentences: &[Sentence],
        text: &str,
        analyses: &Analyses,
    ) -> Vec<Inner> {
        let keys = &self.keys(names, sentences, text);
        let posts = self.posts.held(names, keys, sentences, text);
        let told = &posts.into_iter().filter(|post| !post.of.is_empty()).map(|post| post.key).collect();
        self.homes.find(&HomeScene { names, keys, told, sentences, analyses })
    }

    /// The same key for all names of one entity, as far as the names alone tell: "Xi" is Xi Jinping, where he is
    /// the only one called so.
    fn keys(&self, names: &[Mention], sentences: &[Sentence], text: &str) -> Vec<Key> {
        let folded = |name: &Mention| fold(&sentences[name.sentence].text_of(name.tokens.clone(), text));
        let shown: Vec<String> = names.iter().map(folded).collect();
        let people = |name: &Mention| Some(name.kind) == self.person && name.known.is_none();
        let mut full: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (_, name) in names.iter().zip(&shown).filter(|(name, _)| people(name)) {
            for part in name.split(' ').filter(|_| name.contains(' ')) {
                full.entry(part).or_default().insert(name);
            }
        }
        let key = |(name, shown): (&Mention, &String)| match (name.known, full.get(shown.as_str())) {
            (Some(known), _) => Key::Known(known),
            (None, Some(owners)) if people(name) && owners.len() == 1 => {
                Key::Name(owners.iter().next().map_or_else(String::new, |owner| (*owner).to_owned()))
            }
            _ => Key::Name(shown.clone()),
        };
        names.iter().zip(&shown).map(key).collect()
    }
}

impl Reader<'_> {
    /// Links the words of one sentence, whose names are those of `range`.
    fn read(&mut self, number: usize, sentence: &Sentence, range: Range<usize>) {
        self.past.retain(|past| past[0].sentence + WINDOW >= number);
        let words: Vec<String> =
            (0..sentence.tokens.len()).map(|at| word(sentence, at, self.text).to_lowercase()).collect();
        let all = self.candidates(range, sentence, &words);
        let mut here: Vec<Candidate> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            here.extend(all.iter().filter(|name| self.names[name.mention].tokens.end == at).cloned());
            let ahead = all.partition_point(|name| self.names[name.mention].tokens.start <= at);
            let scene = Scene {
                number,
                sentence,
                words: &words,
                vocabulary: &self.rules.vocabulary,
                here: &here,
                ahead: &all[ahead..],
                past: &self.past,
                genders: &self.genders,
                described: &self.described,
                quoted: self.quoted,
            };
            let inside = all.iter().any(|name| self.names[name.mention].tokens.contains(&at));
            let link = if inside { None } else { self.link(&scene, at) };
            let stranger = match &link {
                None if !inside && !all.iter().any(|name| (name.start..name.end).contains(&at)) => {
                    self.references.strangers.at(&scene, at)
                }
                _ => None,
            };
            if let Some((tokens, meant, usage)) = link {
                let role = self.references.roles.role(&tokens, &words, sentence);
                if let (Some(gender), [name]) = (self.references.pronouns.told(&words[at]), meant.as_slice())
                {
                    self.genders.entry(name.key.clone()).or_insert(gender);
                }
                if let (Usage::Description, [name]) = (usage, meant.as_slice()) {
                    self.described.insert(words[tokens.end - 1].clone(), name.key.clone());
                }
                for (place, name) in meant.iter().enumerate() {
                    let (start, end) = (tokens.start, tokens.end);
                    let own =
                        Candidate { sentence: number, start, end, role, joined: place > 0, ..name.clone() };
                    here.push(own);
                    self.found.push(reference(number, tokens.clone(), name, usage, self.names));
                }
                at = tokens.end;
                continue;
            }
            if let Some(stranger) = stranger {
                if let Some(gender) =
                    self.references.pronouns.gender(words[stranger.start..stranger.end].iter())
                {
                    self.genders.insert(stranger.key.clone(), gender);
                }
                here.push(stranger);
            }
            at += 1;
        }
        here.extend(all.into_iter().filter(|name| self.names[name.mention].tokens.end == words.len()));
        self.quoted = words.iter().fold(self.quoted, |open, word| after_sign(open, word));
        if !here.is_empty() {
            self.past.insert(0, here);
        }
    }

    /// Whom the words from `at` on stand for.
    fn link(&self, scene: &Scene, at: usize) -> Option<(Range<usize>, Vec<Candidate>, Usage)> {
        let own = self.references;
        let one = own.pronouns.find(scene, at, self.analyses);
        if let Some(name) = one.or_else(|| office(scene, at, &own.posts)) {
            return Some((at..at + 1, vec![name], Usage::Pronoun));
        }
        if let Some((tokens, meant)) = own.plurals.find(scene, at, &self.posts, &own.posts, self.analyses) {
            let usage = if tokens.len() == 1 { Usage::Pronoun } else { Usage::Description };
            return Some((tokens, meant, usage));
        }
        let (tokens, name) = own.descriptions.find(scene, at, &self.posts, &own.posts, self.names)?;
        Some((tokens, vec![name], Usage::Description))
    }

    fn candidates(&self, range: Range<usize>, sentence: &Sentence, words: &[String]) -> Vec<Candidate> {
        let mut all: Vec<Candidate> = Vec::new();
        for at in range {
            let name = &self.names[at];
            let place = self.references.place;
            let place = place.is_some_and(|place| self.rules.vocabulary.is_a(name.kind, place));
            let adjective = name.usage == Usage::Demonym && name.phrase.end == name.tokens.end;
            let sign = |at: usize| matches!(words[at].as_str(), "," | "and" | "&");
            let own = |at: usize| {
                let pronoun = self.references.pronouns.told(&words[at]).is_some();
                self.references.kin.contains(&words[at]) || (pronoun && words[at - 1] == "and")
            };
            let joined = all.last().is_some_and(|before| {
                let between = before.end..name.phrase.start.max(before.end);
                // "Chinese President Xi Jinping" is one member of a list, with two names.
                // "Ada and her husband, Bob" is a list of two.
                between.is_empty() || between.clone().all(|at| sign(at) || own(at))
            });
            let role = match all.last() {
                Some(before) if joined => before.role,
                _ => self.references.roles.role(&name.phrase, words, sentence),
            };
            all.push(Candidate {
                mention: at,
                sentence: name.sentence,
                start: name.phrase.start,
                end: name.phrase.end,
                key: self.keys[at].clone(),
                kind: name.kind,
                aside: name.located || place || adjective,
                located: name.located || place,
                joined,
                adjective,
                role,
            });
        }
        all
    }
}

fn reference(
    sentence: usize,
    tokens: Range<usize>,
    name: &Candidate,
    usage: Usage,
    names: &[Mention],
) -> Mention {
    let meant = &names[name.mention];
    Mention {
        sentence,
        phrase: tokens.clone(),
        tokens,
        kind: meant.kind,
        known: meant.known,
        usage,
        located: false,
        refers_to: Some(name.mention),
    }
}

impl Mentions {
    /// Adds mentions in their places; those that they refer to are numbered anew.
    fn insert(&mut self, found: Vec<Mention>) {
        let old = std::mem::take(&mut self.names);
        let mut all: Vec<(Option<usize>, Mention)> =
            old.into_iter().enumerate().map(|(at, name)| (Some(at), name)).collect();
        all.extend(found.into_iter().map(|name| (None, name)));
        all.sort_by_key(|(_, name)| (name.sentence, name.tokens.start, name.tokens.end));
        let mut places = vec![0; all.len()];
        for (place, (old, _)) in all.iter().enumerate() {
            if let Some(old) = old {
                places[*old] = place;
            }
        }
        self.names = all
            .into_iter()
            .map(|(_, name)| Mention { refers_to: name.refers_to.map(|meant| places[meant]), ..name })
            .collect();
        for quote in &mut self.quotes {
            quote.speaker = quote.speaker.map(|speaker| places[speaker]);
        }
    }
}
