//! Words that stand for several names at once: "they" after "Ada and Bob", "both countries", "the two leaders".

use super::post::{Post, PostWords};
use super::salience::{Candidate, Key, Role, Scene};
use super::subject::subject;
use crate::language::{Analyses, Relation, Xpos};
use crate::rule::RuleSet;
use std::collections::HashSet;
use std::ops::Range;

/// The words for several.
#[derive(Debug, Clone)]
pub(super) struct Plurals {
    pronouns: HashSet<String>,
    /// The nouns, by the types of what they stand for.
    nouns: Vec<(&'static [&'static str], HashSet<String>)>,
    /// From "two" upwards.
    numbers: Vec<String>,
    /// "the pair"
    pairs: HashSet<String>,
    adjectives: HashSet<String>,
}

/// Each list of nouns with the types that they can be for.
const NOUNS: [(&str, &[&str]); 4] = [
    ("several_countries", &["Country"]),
    ("several_people", &["Person"]),
    ("several_organisations", &["Organisation"]),
    ("several_actors", &["Country", "Organisation", "Person"]),
];
/// A single body of people takes "they" in English news no farther back than this, in sentences.
const NEAR: usize = 1;

impl Plurals {
    pub(super) fn new(rules: &RuleSet) -> Self {
        let set = |list: &str| -> HashSet<String> { rules.lexicon.words(list).iter().cloned().collect() };
        Self {
            pronouns: set("plural_pronoun"),
            nouns: NOUNS.iter().map(|(list, kinds)| (*kinds, set(list))).collect(),
            numbers: rules.lexicon.words("small_number").to_vec(),
            pairs: set("pair_noun"),
            adjectives: set("several_adjective"),
        }
    }

    /// Whom the words from `at` on stand for, where that is sure.
    pub(super) fn find(
        &self,
        scene: &Scene,
        at: usize,
        posts: &[Post],
        words: &PostWords,
        analyses: &Analyses,
    ) -> Option<(Range<usize>, Vec<Candidate>)> {
        if scene.is_quoted(at) {
            return None;
        }
        if self.pronouns.contains(scene.word(at)) {
            let meant = self.they(scene, at, analyses)?;
            return Some((at..at + 1, meant));
        }
        let (noun, number) = self.quantity(scene, at)?;
        self.described(scene, at, noun, number, posts, words, analyses)
    }

    /// "both", "the two", "these three", "the pair": where the noun may stand, and how many there are.
    fn quantity(&self, scene: &Scene, at: usize) -> Option<(usize, usize)> {
        let number = |at: usize| self.numbers.iter().position(|word| word == scene.word(at)).map(|at| at + 2);
        match scene.word(at) {
            "both" => Some((at + 1, 2)),
            "the" | "these" | "those" if self.pairs.contains(scene.word(at + 1)) => Some((at + 1, 2)),
            "the" | "these" | "those" => Some((at + 2, number(at + 1)?)),
            _ => None,
        }
    }

    /// "both countries", "the two foreign ministers", "the two".
    #[allow(clippy::too_many_arguments, reason = "all that is known of one place")]
    fn described(
        &self,
        scene: &Scene,
        at: usize,
        first: usize,
        number: usize,
        posts: &[Post],
        words: &PostWords,
        analyses: &Analyses,
    ) -> Option<(Range<usize>, Vec<Candidate>)> {
        let tokens = &scene.sentence.tokens;
        let noun = (first..first + 2).find(|at| !self.adjectives.contains(scene.word(*at)))?;
        let start = if words.at(tokens, noun) > 0 || noun == first { noun } else { first };
        let title = words.at(tokens, start);
        let pair = self.pairs.contains(scene.word(noun));
        let of_list = self.nouns.iter().find(|(_, nouns)| nouns.contains(scene.lemma(noun)));
        let plural = |at: usize| scene.lemma(at) != scene.word(at);
        let (end, kinds): (usize, &[&str]) = match of_list {
            _ if pair => (noun + 1, &["Person", "Organisation", "Country"]),
            Some((kinds, _)) if plural(noun) => (noun + 1, kinds),
            _ if title > 0 && plural(start + title - 1) => (start + title, &["Person"]),
            _ if first == at + 2 && self.stands_alone(scene, at + 1, analyses) => {
                (first, &["Person", "Organisation", "Country"])
            }
            _ => return None,
        };
        let called = scene.word(end) == "," && scene.ahead.iter().any(|name| name.start == end + 1);
        let named = scene.ahead.iter().any(|name| name.start <= end);
        if called || named || matches!(scene.word(end), "of" | "that" | "who" | "which" | "-" | ":") {
            return None;
        }
        let title: Vec<&str> = tokens[start..end].iter().map(|token| token.lemma.as_str()).collect();
        let holds = |name: &Candidate| {
            let titled = |post: &&Post| {
                post.key == name.key && post.title.iter().map(String::as_str).eq(title.iter().copied())
            };
            posts.iter().any(|post| titled(&post))
        };
        let leads = |name: &Candidate| posts.iter().any(|post| post.key == name.key && post.top);
        let is_title = of_list.is_none() && !pair && !title.is_empty() && words.at(tokens, start) > 0;
        let is_leader = end > start && words.leads(scene.lemma(end - 1));
        // Of sides there may be others that have no name.
        let apart = kinds.len() == 1;
        kinds.iter().find_map(|kind| {
            let fits = |name: &Candidate, is_leader: bool| {
                let acts = if *kind == "Country" { !name.located } else { !name.aside };
                acts && scene.is(name.kind, kind) && (!is_title || holds(name)) && (!is_leader || leads(name))
            };
            let found = several(scene, number, apart, |name| fits(name, is_leader));
            // Leaders whose posts the article does not name: only where they stand in one list.
            let meant = found.or_else(|| several(scene, number, false, |name| fits(name, false)))?;
            Some((at..end, meant))
        })
    }

    /// "the two met", but not "the two men".
    fn stands_alone(&self, scene: &Scene, at: usize, analyses: &Analyses) -> bool {
        if scene.here.is_empty() && scene.past.is_empty() {
            return false;
        }
        let word = analyses.get(scene.number).and_then(|analysis| analysis.words.get(at));
        word.is_some_and(|word| {
            matches!(
                word.relation.universal(),
                Relation::Nsubj | Relation::Obj | Relation::Obl | Relation::Nmod
            )
        })
    }

    /// "Ada and Bob … they": a list of names that is a subject, or a body of people: "the Taliban … they".
    fn they(&self, scene: &Scene, at: usize, analyses: &Analyses) -> Option<Vec<Candidate>> {
        let sentences = std::iter::once(scene.here).chain(std::iter::once(scene.before()));
        let near =
            sentences.filter(|names| names.first().is_some_and(|name| scene.number - name.sentence <= NEAR));
        let Some(names) = near.clone().find(|names| list(scene, names).is_some()) else {
            // What is done to "them" was hardly done by them.
            let body = |name: &Candidate| {
                !name.aside && scene.word(at) != "them" && scene.is(name.kind, "Organisation")
            };
            near.flatten().find(|name| body(name))?;
            return subject(scene, at, analyses).filter(|name| body(name)).map(|name| vec![name.clone()]);
        };
        let meant = list(scene, names)?;
        let end = meant.iter().map(|name| name.end).max()?;
        let sentence = meant[0].sentence;
        // The subject goes on as the subject, whatever other plurals the first sentence holds.
        let parallel = at == 0 && sentence + 1 == scene.number && scene.word(0) == "they";
        let others = !parallel && others_between(scene, (sentence, end), at, analyses);
        (!others).then_some(meant)
    }
}

/// The last list of so many that fit or, where `apart`, those of the nearest sentences, if they are so many and no
/// more: "Ada met Bob … the two".
fn several(
    scene: &Scene,
    number: usize,
    apart: bool,
    fits: impl Fn(&Candidate) -> bool,
) -> Option<Vec<Candidate>> {
    let mut all: Vec<Candidate> = Vec::new();
    for names in std::iter::once(scene.here).chain(scene.past.iter().map(Vec::as_slice)) {
        let listed = runs(names).map(|run| distinct(run.iter().filter(|name| fits(name))));
        if let Some(found) = listed.filter(|found| found.len() == number).last() {
            return Some(found);
        }
        all = distinct(all.iter().chain(names.iter().filter(|name| fits(name))));
        if all.len() >= number {
            break;
        }
    }
    (apart && all.len() == number).then_some(all)
}

fn distinct<'c>(names: impl Iterator<Item = &'c Candidate>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for name in names {
        let known = found.iter().any(|other| other.key == name.key);
        if !known && !matches!(name.key, Key::Stranger(..)) {
            found.push(name.clone());
        }
    }
    found
}

/// The names of a sentence, divided into lists.
fn runs(names: &[Candidate]) -> impl Iterator<Item = &[Candidate]> {
    names.chunk_by(|_, next| next.joined)
}

/// The last list of people, or of countries and organisations, that is a subject.
fn list(scene: &Scene, names: &[Candidate]) -> Option<Vec<Candidate>> {
    let names = without_owners(names);
    let subjects = runs(&names).filter(|run| run[0].role == Role::Subject);
    let found = subjects.filter_map(|run| {
        [&["Person"][..], &["Country", "Organisation"]].into_iter().find_map(|kinds| {
            let fits =
                |name: &&Candidate| kinds.iter().any(|kind| scene.is(name.kind, kind)) && !name.adjective;
            let found = distinct(run.iter().filter(fits));
            (found.len() > 1).then_some(found)
        })
    });
    found.last()
}

/// "Ada and **her** husband Bob": what only says whose relative the next of a list is, is none of the list.
fn without_owners(names: &[Candidate]) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::new();
    for name in names.iter().filter(|name| !matches!(name.key, Key::Stranger(..))) {
        if let [.., owner, again] = kept.as_slice()
            && name.joined
            && !again.joined
            && owner.key == again.key
        {
            kept.pop();
        }
        kept.push(name.clone());
    }
    kept
}

/// Whether a noun in the plural stands between the names meant and the word at `at`: "officials".
fn others_between(scene: &Scene, from: (usize, usize), at: usize, analyses: &Analyses) -> bool {
    (from.0..=scene.number).any(|number| {
        let Some(analysis) = analyses.get(number) else { return true };
        let start = if number == from.0 { from.1 } else { 0 };
        let end = if number == scene.number { at } else { analysis.words.len() };
        let inside = |at: usize| {
            scene.earlier().any(|name| name.sentence == number && (name.start..name.end).contains(&at))
        };
        (start..end).any(|at| matches!(analysis.words[at].xpos, Some(Xpos::Nns | Xpos::Nnps)) && !inside(at))
    })
}
