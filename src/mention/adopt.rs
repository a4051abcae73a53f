//! A short name takes the type of the full one that stands elsewhere in its article: "Pelosi", "Zarbo" of Zarbo Inc.

use crate::language::{Analyses, NameKind, Sentence};
use crate::mention::judge::Unsure;
use crate::mention::words::NameWords;
use crate::mention::{Mention, fold, word};
use crate::rule::lexicon::Usage;
use std::collections::{BTreeMap, HashSet};

/// What is asked to find the full names of short ones; `texts` holds the text of every name.
pub(super) struct Short<'s> {
    pub(super) words: &'s NameWords,
    pub(super) sentences: &'s [Sentence],
    pub(super) texts: &'s [String],
    pub(super) text: &'s str,
}

impl Short<'_> {
    /// Gives names that are not sure the type of a full name that is, and takes them off the lists of those that the
    /// model has to judge.
    pub(super) fn adopt_sure(&self, names: &mut [Mention], unsure: &mut Unsure) {
        let mut surnames = HashSet::new();
        let mut companies = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            let full = name.tokens.len() > 1 && name.known.is_none() && !unsure.kind.contains(&at);
            if full && name.kind == self.words.person {
                // "Aatish" of Aatish Poe
                surnames.insert(word(&self.sentences[name.sentence], name.tokens.start, self.text));
                surnames.insert(word(&self.sentences[name.sentence], name.tokens.end - 1, self.text));
            } else if full && self.words.owners.contains(&name.kind) {
                companies.extend(self.short_forms(name).map(|short| (short, name.kind)));
            }
        }
        for (at, name) in names.iter_mut().enumerate().filter(|(_, name)| name.known.is_none()) {
            let short = self.texts[at].as_str();
            let kind = if surnames.contains(short) {
                Some(self.words.person)
            } else {
                companies.get(short).copied()
            };
            if let Some(kind) = kind.filter(|_| unsure.kind.remove(&at)) {
                name.kind = kind;
                unsure.name.remove(&at);
            }
        }
    }

    /// "Zarbo" and "Zarbo Energy" of Zarbo Energy Inc.: what stands before the legal form, and no person's name.
    fn short_forms(&self, name: &Mention) -> impl Iterator<Item = String> + use<'_> {
        let sentence = &self.sentences[name.sentence];
        let lower = |at: usize| crate::mention::fold(word(sentence, at, self.text));
        let first_name = self.words.first_names.contains(&lower(name.tokens.start));
        let legal =
            (name.tokens.start + 1..name.tokens.end).find(|at| self.words.legal_forms.contains(&lower(*at)));
        let end = legal.filter(|_| !first_name).unwrap_or(name.tokens.start);
        let ordinary = |end: usize| (name.tokens.start..end).all(|at| self.words.is_ordinary(&lower(at)));
        let ends: Vec<usize> = (name.tokens.start + 1..=end).filter(|end| !ordinary(*end)).collect();
        let start = name.tokens.start;
        ends.into_iter().map(move |end| sentence.text_of(start..end, self.text))
    }
}

/// A single word that is the last word of a person's full name, or the first (Chinese and Korean family
/// names), is that person's; where it is a town's as well ("Bolton") only as the last, and not where a word puts it on
/// the map.
pub(super) fn adopt_persons(words: &NameWords, names: &mut [Mention], sentences: &[Sentence], text: &str) {
    let mut surnames = HashSet::new();
    let mut family_names = HashSet::new();
    let full = names
        .iter()
        .filter(|name| name.kind == words.person && name.known.is_none() && name.tokens.len() > 1);
    for name in full {
        let sentence = &sentences[name.sentence];
        surnames.insert(word(sentence, name.tokens.end - 1, text));
        family_names.insert(word(sentence, name.tokens.start, text));
    }
    for name in names.iter_mut().filter(|name| name.tokens.len() == 1) {
        let sentence = &sentences[name.sentence];
        let own = word(sentence, name.tokens.start, text);
        let town = || {
            let before = name.tokens.start.checked_sub(1).map_or("", |at| sentence.tokens[at].lemma.as_str());
            words.regions.contains(&name.kind)
                && name.kind != words.country
                && name.usage == Usage::Name
                && !words.locatives.contains(before)
        };
        let is_person = match name.known {
            None => surnames.contains(own) || family_names.contains(own),
            Some(_) => surnames.contains(own) && town(),
        };
        if is_person {
            name.kind = words.person;
            name.known = None;
        }
    }
}

/// "Durham Hall" is a person where the model takes both words for one, though the lexicon knows one of them as a
/// town. Only words that nothing puts on the map.
pub(super) fn join_people(
    words: &NameWords,
    names: Vec<Mention>,
    sentences: &[Sentence],
    text: &str,
    analyses: &Analyses,
) -> Vec<Mention> {
    let town = |name: &Mention| {
        name.known.is_some()
            && name.tokens.len() == 1
            && name.usage == Usage::Name
            && name.kind != words.country
            && words.regions.contains(&name.kind)
    };
    let before = |name: &Mention| {
        name.tokens.start.checked_sub(1).map_or("", |at| sentences[name.sentence].tokens[at].lemma.as_str())
    };
    let person = |left: &Mention, right: &Mention| {
        let found =
            analyses.get(left.sentence)?.names.iter().find(|found| {
                found.tokens.start <= left.tokens.start && right.tokens.end <= found.tokens.end
            })?;
        (found.kind == NameKind::Person).then_some(())
    };
    let mut joined: Vec<Mention> = Vec::with_capacity(names.len());
    for name in names {
        let last = joined.last_mut().filter(|last| {
            let beside = last.sentence == name.sentence && last.tokens.end == name.tokens.start;
            let one = town(last) && name.known.is_none()
                || town(&name) && last.known.is_none() && last.kind == words.person;
            let capital =
                word(&sentences[name.sentence], name.tokens.start, text).starts_with(char::is_uppercase);
            let placed =
                words.locatives.contains(before(last)) || matches!(before(last), "of" | "from" | "to");
            beside && one && capital && !placed && person(last, &name).is_some()
        });
        match last {
            Some(last) => {
                last.tokens.end = name.tokens.end;
                last.phrase = last.tokens.clone();
                last.kind = words.person;
                last.known = None;
                last.usage = Usage::Name;
            }
            None => joined.push(name),
        }
    }
    joined
}

/// "May said so": a surname that elsewhere is a month or a common word, in an article that has somebody's full name.
pub(super) fn add_odd_surnames(
    words: &NameWords,
    names: &mut Vec<Mention>,
    sentences: &[Sentence],
    text: &str,
) {
    let full = |name: &&Mention| name.kind == words.person && name.known.is_none() && name.tokens.len() > 1;
    let surname = |name: &Mention| word(&sentences[name.sentence], name.tokens.end - 1, text);
    let odd = |surname: &&str| words.odd_surnames.contains(&fold(surname));
    let surnames: HashSet<&str> = names.iter().filter(full).map(surname).filter(odd).collect();
    if surnames.is_empty() {
        return;
    }
    for (number, sentence) in sentences.iter().enumerate() {
        for at in 0..sentence.tokens.len() {
            let taken = |name: &Mention| name.sentence == number && name.tokens.contains(&at);
            if !surnames.contains(word(sentence, at, text))
                || !stands_for_person(words, sentence, at, text)
                || names.iter().any(taken)
            {
                continue;
            }
            let place = names.partition_point(|name| (name.sentence, name.tokens.start) < (number, at));
            let tokens = at..at + 1;
            names.insert(
                place,
                Mention {
                    sentence: number,
                    phrase: tokens.clone(),
                    tokens,
                    kind: words.person,
                    known: None,
                    usage: Usage::Name,
                    located: false,
                    refers_to: None,
                },
            );
        }
    }
}

/// Not "the West", "in May", "May 5", "West Germany".
fn stands_for_person(words: &NameWords, sentence: &Sentence, at: usize, text: &str) -> bool {
    let shown = |at: usize| sentence.tokens.get(at).map(|token| token.span.of(text)).unwrap_or_default();
    let (before, after) = (at.checked_sub(1).map(shown).unwrap_or_default(), shown(at + 1));
    let (behind, ahead) = (fold(before), fold(after));
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let month = words.stops.contains(&fold(shown(at)));
    // "Foreign Secretary Hunt", but "But May said".
    let named = capital(before) && before.len() > 3;
    let dated = month && !behind.is_empty() && !words.before_month_surname.contains(&behind);
    let called =
        words.before_no_surname.contains(&behind) || words.locatives.contains(&behind) || named || dated;
    let small = after.starts_with(char::is_alphabetic) && !capital(after);
    let ends = ahead == "'s" || !month && matches!(after, "," | ".");
    !called && !words.after_no_surname.contains(&ahead) && (small || ends)
}
