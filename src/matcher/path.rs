//! A sentence's links → [`Path`]s: how do they lead from one name to another?
//!
//! What lies between two names, by the shortest way and through at most two words, is what the sentence
//! says of them: a phrase for a rule that is still to be written. `line` puts it into words.

use super::Matcher;
use super::embed::Scene;
use super::line::Lines;
use super::view::View;
use crate::language::{Sentence, Upos};
use crate::mention::Mentions;
use crate::rule::RuleSet;
use crate::syntax::{Label, Syntax};

/// What a sentence says of two names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Index of the sentence in its article.
    pub sentence: usize,
    /// The mention that is `X`.
    pub subject: usize,
    /// The mention that is `Y`.
    pub object: usize,
    /// The same for all sentences that say it, however they put it.
    pub key: String,
    /// As a pattern: "X visited Y".
    pub pattern: String,
    /// Key and pattern with `(*)` for the object, where there is one beside the names: "X discussed (*) with Y".
    pub general: Option<(String, String)>,
    /// Base form of the word that everything hangs on; empty where only a preposition links the names.
    pub head: String,
    /// The last preposition on the way.
    pub preposition: Option<String>,
    /// Whether a noun stands for a name that it belongs to: "X's lawyer sued Y".
    pub indirect: bool,
}

/// A step on the way: the link, and whether it is gone from its start to its end.
#[derive(Debug, Clone)]
pub(super) struct Hop {
    pub(super) label: Label,
    pub(super) down: bool,
    pub(super) derived: bool,
    pub(super) to: usize,
}

/// A way from one name to another; the words in between are where all hops but the last lead to.
#[derive(Debug, Clone)]
pub(super) struct Walk {
    pub(super) from: usize,
    pub(super) hops: Vec<Hop>,
}

/// More words between two names than these tell of two things, not of one.
const WORDS: usize = 2;
/// More names in a sentence than these are a list or a table.
const NAMES: usize = 24;

impl Matcher {
    /// The paths between all names of a sentence, by the order of the names.
    pub fn paths(
        &self,
        lines: &Lines,
        rules: &RuleSet,
        text: &str,
        sentences: &[Sentence],
        mentions: &Mentions,
        number: usize,
    ) -> Vec<Path> {
        let Some(sentence) = sentences.get(number) else { return Vec::new() };
        let view = View::new(number, sentence, mentions, text, rules, &self.words, &self.status);
        if !(2..=NAMES).contains(&view.names()) {
            return Vec::new();
        }
        let Some(syntax) = self.syntax(&view) else { return Vec::new() };
        let scene = Scene::new(&view, &syntax);
        let here: Vec<usize> = view.mentions_here().map(|(index, _)| index).collect();
        let mut paths = Vec::new();
        for (at, one) in here.iter().enumerate() {
            let walks = walks(&scene, *one);
            for other in &here[at + 1..] {
                let mut ways: Vec<&Walk> =
                    walks.iter().filter(|walk| scene.mentions(walk.to()).contains(other)).collect();
                ways.sort_by_key(|walk| walk.cost());
                let path = ways.iter().find_map(|walk| lines.line(&scene, walk));
                paths.extend(path.map(|line| Path {
                    sentence: number,
                    subject: if line.turned { *other } else { *one },
                    object: if line.turned { *one } else { *other },
                    key: line.key,
                    pattern: line.pattern,
                    general: line.general,
                    head: line.head,
                    preposition: line.preposition,
                    indirect: line.indirect,
                }));
            }
        }
        paths
    }
}

impl Walk {
    pub(super) fn to(&self) -> usize {
        self.hops.last().map_or(self.from, |hop| hop.to)
    }

    /// Short ways first, and of these what the tree itself has.
    fn cost(&self) -> (usize, usize, Vec<usize>) {
        let derived = self.hops.iter().filter(|hop| hop.derived).count();
        (self.hops.len(), derived, self.hops.iter().map(|hop| hop.to).collect())
    }
}

/// All ways from the words that stand for a name to those that stand for another.
fn walks(scene: &Scene, mention: usize) -> Vec<Walk> {
    let tokens = 0..scene.syntax.tree.words.len();
    let starts = tokens.filter(|at| scene.mentions(*at).contains(&mention));
    let mut open: Vec<Walk> = starts.map(|from| Walk { from, hops: Vec::new() }).collect();
    let mut found = Vec::new();
    while let Some(walk) = open.pop() {
        let at = walk.to();
        if !walk.hops.is_empty() && !scene.mentions(at).is_empty() {
            found.push(walk);
            continue;
        }
        if walk.hops.len() > WORDS || (!walk.hops.is_empty() && !is_content(scene.syntax, at)) {
            continue;
        }
        let down = scene.syntax.from(at).iter().map(|link| (link, true, link.to));
        let up = scene.syntax.to(at).iter().map(|link| (link, false, link.from));
        for (link, down, to) in down.chain(up) {
            let known = to == walk.from || walk.hops.iter().any(|hop| hop.to == to);
            if known
                || !leads_on(&walk, &link.label, down)
                || !is_one_clause(scene.syntax, link.from, link.to)
            {
                continue;
            }
            let mut next = walk.clone();
            next.hops.push(Hop { label: link.label.clone(), down, derived: link.derived, to });
            open.push(next);
        }
    }
    found
}

/// Whether a hop goes on with what was gone so far: up to one word that everything hangs on, and down
/// again; and not into what is only said, wanted or begun.
fn leads_on(walk: &Walk, label: &Label, down: bool) -> bool {
    *label != Label::Complement && (down || walk.hops.iter().all(|hop| !hop.down))
}

/// Whether a word says something: a verb, an adjective or a noun, in capitals too ("the Speaker").
fn is_content(syntax: &Syntax, at: usize) -> bool {
    let word = &syntax.tree.words[at];
    let letters =
        word.lemma.len() > 1 && word.lemma.chars().all(|letter| letter.is_alphabetic() || letter == '-');
    let kind = matches!(word.upos, Some(Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj));
    letters && kind && !word.inside && word.stands.is_none()
}

/// A verb that hangs on another word is a clause of its own.
fn is_one_clause(syntax: &Syntax, from: usize, to: usize) -> bool {
    !(syntax.tree.is_verb(to) && syntax.tree.words[from].upos != Some(Upos::Adj))
}
