//! Descriptions with "the" → the names that they stand for: "the company", "the Chilean president".

use super::Mention;
use super::post::{Post, PostWords};
use super::salience::{Candidate, Key, Role, Scene, only};
use crate::rule::RuleSet;
use crate::rule::vocabulary::TypeId;
use std::collections::HashSet;
use std::ops::Range;

/// The nouns that describe, by the type of what they describe.
#[derive(Debug, Clone)]
pub(super) struct Descriptions {
    /// Finer types first.
    nouns: Vec<(TypeId, HashSet<String>)>,
    /// Nouns that are part of the names that they describe: "the commission".
    part_of_name: HashSet<String>,
    /// The words of known names, in small letters.
    known: Vec<String>,
}

impl Descriptions {
    pub(super) fn new(rules: &RuleSet) -> Self {
        let kinds = (0..rules.vocabulary.types.len()).filter_map(|at| u16::try_from(at).ok()).map(TypeId);
        let nouns = kinds.filter_map(|kind| {
            let list = format!("describes_{}", rules.vocabulary.entity_type(kind).name.to_lowercase());
            let words: HashSet<String> = rules.lexicon.words(&list).iter().cloned().collect();
            (!words.is_empty()).then_some((kind, words))
        });
        Self {
            nouns: nouns.collect(),
            part_of_name: rules.lexicon.words("part_of_name").iter().cloned().collect(),
            known: rules.lexicon.known.iter().map(|known| known.name.to_lowercase()).collect(),
        }
    }

    /// What the words at `at` describe, and which they are, where one name fits: a post begins there, or
    /// "the" before a noun.
    pub(super) fn find(
        &self,
        scene: &Scene,
        at: usize,
        posts: &[Post],
        words: &PostWords,
        names: &[Mention],
    ) -> Option<(Range<usize>, Candidate)> {
        if matches!(scene.word(at), "the" | "this") {
            self.thing(scene, at, names)
        } else {
            person(scene, at, posts, words, names)
        }
    }

    /// "the company", "the Islamist group".
    fn thing(&self, scene: &Scene, at: usize, names: &[Mention]) -> Option<(Range<usize>, Candidate)> {
        let describes = |noun: &usize| self.nouns.iter().any(|(_, words)| words.contains(scene.word(*noun)));
        let noun = (at + 1..at + 3).find(describes)?;
        let inside = |at: usize| scene.ahead.iter().any(|name| names[name.mention].tokens.contains(&at));
        let plain = (at + 1..=noun).all(|at| scene.words[at].starts_with(char::is_alphabetic) && !inside(at));
        // "is the company Ada founded", "Acme, the company that": what the name is, no other word for it.
        let tokens = &scene.sentence.tokens;
        // Whose something else is, it is: ", the company's founder".
        let owns = tokens.get(noun + 1).is_some_and(|token| token.lemma == "'s");
        let predicate = at > 0 && matches!(tokens[at - 1].lemma.as_str(), "be" | "become" | ",") && !owns;
        let called = scene.ahead.iter().any(|name| name.start == noun + 1);
        let goes_on = matches!(scene.word(noun + 1), "of" | "in" | "that" | "which" | "-");
        if !plain || goes_on || called || predicate {
            return None;
        }
        let kinds: Vec<TypeId> = self
            .nouns
            .iter()
            .filter(|(_, words)| words.contains(scene.word(noun)))
            .map(|(kind, _)| *kind)
            .collect();
        let own = self.part_of_name.contains(scene.word(noun));
        let called = |name: &&Candidate| {
            let words = match &name.key {
                Key::Known(known) => self.known.get(known.0 as usize),
                Key::Name(name) => Some(name),
                Key::Stranger(..) => None,
            };
            scene.is(name.kind, "Organisation")
                && words.is_some_and(|words| words.split(' ').any(|word| word == scene.word(noun)))
        };
        if own && scene.earlier().any(|name| called(&name)) {
            return Some((at..noun + 1, only(scene.earlier().filter(called))?.clone()));
        }
        let fits = |name: &&Candidate| {
            let finer = kinds.iter().any(|kind| scene.vocabulary.is_a(name.kind, *kind));
            // Of a name that the lexicon does not know only the widest type is sure.
            let wider = !own && kinds.iter().any(|kind| scene.vocabulary.base(*kind) == name.kind);
            (finer || wider) && !name.aside
        };
        let here: Vec<&Candidate> = scene.here.iter().filter(fits).collect();
        let near: Vec<&Candidate> =
            if here.is_empty() { scene.before().iter().filter(fits).collect() } else { here };
        // Where two would do, or none is near, it is whom the same noun meant before.
        let again = || {
            let key = scene.described.get(scene.word(noun))?;
            let meant = |name: &&Candidate| name.key == *key;
            if near.is_empty() { scene.earlier().find(meant) } else { near.iter().copied().find(meant) }
        };
        Some((at..noun + 1, only(near.iter().copied()).or_else(again)?.clone()))
    }
}

/// "the Chilean **president**", "Chile's **leader**", "the **president**": who is called so with a name
/// somewhere in the article.
fn person(
    scene: &Scene,
    at: usize,
    posts: &[Post],
    words: &PostWords,
    names: &[Mention],
) -> Option<(Range<usize>, Candidate)> {
    let tokens = &scene.sentence.tokens;
    let length = words.at(tokens, at);
    let end = at + length;
    let singular = end > at && tokens[end - 1].lemma == scene.word(end - 1);
    let named = scene.ahead.iter().any(|name| names[name.mention].phrase.start <= at);
    // "the Chilean leader, Rosa Luz," is called by her name.
    let called = scene.word(end) == "," && scene.ahead.iter().any(|name| name.start == end + 1);
    let goes_on = matches!(scene.word(end), "of" | "-" | "and" | "for" | "in" | "(");
    if !singular || named || called || goes_on {
        return None;
    }
    let before = |back: usize| at.checked_sub(back).map_or("", |at| scene.word(at));
    let last = |end: usize| {
        scene.here.iter().rfind(|name| names.get(name.mention).is_some_and(|name| name.tokens.end == end))
    };
    let country = match before(1) {
        "the" => None,
        "'s" | "’s" => Some(last(at - 1)?),
        _ => Some(last(at).filter(|name| {
            scene.word(name.start.saturating_sub(1)) == "the" || scene.word(name.start) == "the"
        })?),
    };
    let leads = words.leads(scene.word(at));
    let title = tokens[at..end].iter().map(|token| token.lemma.as_str());
    let same = |post: &&Post| {
        let titled = post.title.iter().map(String::as_str).eq(title.clone());
        match country {
            Some(country) => post.of.contains(&country.key) && (titled || (leads && post.top)),
            None => titled && !leads,
        }
    };
    let mut fitting = posts.iter().filter(same);
    let first = fitting.next()?;
    if fitting.any(|post| post.key != first.key) {
        return None;
    }
    let meant = Candidate {
        mention: first.mention,
        sentence: scene.number,
        start: at,
        end,
        key: first.key.clone(),
        kind: names[first.mention].kind,
        aside: false,
        located: false,
        joined: false,
        adjective: false,
        role: Role::Object,
    };
    Some((at..end, meant))
}
