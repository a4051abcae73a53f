//! A [`TreePattern`] × a sentence's links → what it binds.

use super::program::{Accepts, Role};
use super::tree::{Edge, Node, NodeTest, Step, TreePattern, phrase_round};
use super::view::View;
use super::{Bound, reading};
use crate::language::Relation;
use crate::syntax::{Label, Syntax};
use std::ops::Range;

/// A sentence with its links and the mentions that its words stand for.
pub(super) struct Scene<'s> {
    pub(super) view: &'s View<'s>,
    pub(super) syntax: &'s Syntax,
    /// For each token the mentions (of the article) that it stands for.
    mentions: Vec<Vec<usize>>,
}

/// What each node of a pattern is bound to.
#[derive(Debug, Clone)]
pub(super) struct Binding {
    /// The token of each node.
    pub(super) tokens: Vec<usize>,
    /// All tokens that the pattern's words take.
    pub(super) words: Vec<usize>,
    pub(super) subject: Bound,
    pub(super) object: Bound,
    pub(super) qualifiers: Vec<(String, Range<usize>)>,
}

/// The most that held of a pattern, where it did not match.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Nearest {
    /// The number of nodes that were bound.
    pub(super) held: usize,
    /// Their tokens.
    pub(super) tokens: Vec<usize>,
    /// The step that failed.
    pub(super) failed: Option<usize>,
}

impl<'s> Scene<'s> {
    pub(super) fn new(view: &'s View<'s>, syntax: &'s Syntax) -> Self {
        let mut mentions = vec![Vec::new(); syntax.tree.words.len()];
        for (index, mention) in view.mentions_here() {
            // "Russian troops": the noun that the phrase ends with stands for the name, too.
            // "Chinese Ambassador Wang" is Wang, not China.
            let other = |at: usize| {
                view.mentions_here()
                    .any(|(_, other)| other.phrase.contains(&at) && other.tokens.start > mention.tokens.start)
            };
            for at in mention.tokens.start..mention.phrase.end.min(mentions.len()) {
                if !mention.tokens.contains(&at) && other(at) {
                    continue;
                }
                let own = mention.tokens.contains(&at);
                let head = syntax.tree.words[at].head;
                let top = head.is_none_or(|head| !(mention.tokens.start..mention.phrase.end).contains(&head));
                if (own && !syntax.tree.words[at].inside) || (!own && top) {
                    mentions[at].push(index);
                }
            }
        }
        Self { view, syntax, mentions }
    }

    /// The mentions (of the article) that a token stands for.
    pub(super) fn stand_for(&self, at: usize) -> &[usize] {
        self.mentions.get(at).map_or(&[], Vec::as_slice)
    }

    /// Where `at` stands for a mention that fits, the mention.
    fn mention(&self, at: usize, types: &[crate::rule::vocabulary::TypeId]) -> Option<Bound> {
        self.mentions.get(at)?.iter().find_map(|index| {
            let rules = self.view.rules;
            let mention = self.view.mention(*index);
            let stands_for = reading(mention, types, &rules.vocabulary, &rules.lexicon.known)?;
            Some(Bound { mention: *index, stands_for })
        })
    }
}

/// Every way in which a pattern is contained in a sentence, and the nearest to one.
pub(super) fn find(pattern: &TreePattern, scene: &Scene) -> (Vec<Binding>, Nearest) {
    let mut search = Search {
        pattern,
        scene,
        tokens: vec![usize::MAX; pattern.nodes.len()],
        found: Vec::new(),
        nearest: Nearest::default(),
    };
    for at in 0..scene.syntax.tree.words.len() {
        if scene.syntax.tree.words[at].inside || !search.fits(pattern.anchor, at) {
            continue;
        }
        search.tokens.fill(usize::MAX);
        search.tokens[pattern.anchor] = at;
        search.go(0);
    }
    (search.found, search.nearest)
}

/// More ways than these are a list of lists, and tell nothing.
const MOST: usize = 256;

struct Search<'s> {
    pattern: &'s TreePattern,
    scene: &'s Scene<'s>,
    tokens: Vec<usize>,
    found: Vec<Binding>,
    nearest: Nearest,
}

impl Search<'_> {
    fn go(&mut self, step: usize) {
        let held = self.tokens.iter().filter(|at| **at != usize::MAX).count();
        if held > self.nearest.held {
            let tokens = self.tokens.iter().copied().filter(|at| *at != usize::MAX).collect();
            self.nearest =
                Nearest { held, tokens, failed: (step < self.pattern.steps.len()).then_some(step) };
        }
        let Some(next) = self.pattern.steps.get(step) else { return self.finish() };
        if self.found.len() >= MOST {
            return;
        }
        let syntax = self.scene.syntax;
        let edge = &self.pattern.edges[match next {
            Step::Down(edge) | Step::Up(edge) | Step::Check(edge) => *edge,
        }];
        let fits = |label: &Label| edge.labels.contains(label);
        let (node, candidates): (usize, Vec<usize>) = match next {
            Step::Check(_) => {
                let links = syntax.from(self.tokens[edge.from]).iter();
                if links.filter(|link| fits(&link.label)).any(|link| link.to == self.tokens[edge.to]) {
                    self.go(step + 1);
                }
                return;
            }
            Step::Down(_) => {
                let links = syntax.from(self.tokens[edge.from]).iter().filter(|link| fits(&link.label));
                (edge.to, links.map(|link| link.to).collect())
            }
            Step::Up(_) => {
                let links = syntax.to(self.tokens[edge.to]).iter().filter(|link| fits(&link.label));
                (edge.from, links.map(|link| link.from).collect())
            }
        };
        let mut tried: Vec<usize> = Vec::new();
        for at in candidates {
            if !self.tokens.contains(&at) && !tried.contains(&at) && self.fits(node, at) {
                tried.push(at);
                self.tokens[node] = at;
                self.go(step + 1);
                self.tokens[node] = usize::MAX;
            }
        }
    }

    fn fits(&self, node: usize, at: usize) -> bool {
        let view = self.scene.view;
        match &self.pattern.nodes[node].test {
            NodeTest::Anything => true,
            NodeTest::Word(words) => words.bind(at, self.scene.syntax, &view.lemmas, &view.forms).is_some(),
            NodeTest::Slot(_, Accepts::Types(types)) => self.scene.mention(at, types).is_some(),
            NodeTest::Slot(_, Accepts::Words(words)) => {
                phrase_round(words, at, self.scene.syntax, &view.lemmas, &view.forms).is_some()
            }
            NodeTest::Slot(_, Accepts::Time) => true,
        }
    }

    fn finish(&mut self) {
        let (mut subject, mut object) = (None, None);
        let (mut words, mut qualifiers) = (Vec::new(), Vec::new());
        let view = self.scene.view;
        for (Node { test, .. }, at) in self.pattern.nodes.iter().zip(&self.tokens) {
            match test {
                NodeTest::Word(tree_words) => {
                    words.extend(
                        tree_words
                            .bind(*at, self.scene.syntax, &view.lemmas, &view.forms)
                            .into_iter()
                            .flatten(),
                    );
                }
                NodeTest::Slot(Role::Subject, Accepts::Types(types)) => {
                    subject = self.scene.mention(*at, types)
                }
                NodeTest::Slot(Role::Object, Accepts::Types(types)) => {
                    object = self.scene.mention(*at, types)
                }
                NodeTest::Slot(Role::Qualifier(name), Accepts::Words(list)) => {
                    if let Some(range) = phrase_round(list, *at, self.scene.syntax, &view.lemmas, &view.forms)
                    {
                        words.extend(range.clone());
                        qualifiers.push((name.clone(), range));
                    }
                }
                NodeTest::Slot(Role::Qualifier(name), Accepts::Types(types)) => {
                    if let Some(bound) = self.scene.mention(*at, types) {
                        qualifiers.push((name.clone(), view.mention(bound.mention).tokens.clone()));
                    }
                }
                NodeTest::Slot(..) | NodeTest::Anything => {}
            }
        }
        let (Some(subject), Some(object)) = (subject, object) else { return };
        if subject.mention == object.mention || (self.pattern.alike && !self.is_pair(subject, object)) {
            return;
        }
        words.extend(self.prepositions());
        words.sort_unstable();
        words.dedup();
        self.found.push(Binding { tokens: self.tokens.clone(), words, subject, object, qualifiers });
    }

    /// The prepositions that the pattern names, where they stand before what was bound.
    fn prepositions(&self) -> Vec<usize> {
        let tree = &self.scene.syntax.tree;
        let named =
            |edge: &Edge, case: usize| edge.labels.contains(&Label::preposition(&tree.words[case].lemma));
        let edges = self.pattern.edges.iter();
        let cases = edges.flat_map(|edge| {
            tree.with(self.tokens[edge.to], Relation::Case).filter(|case| named(edge, *case))
        });
        cases.collect()
    }

    /// "X and Y spoke": each pair once, in the order of the text, and not where somebody else is spoken
    /// with or met: "X and Y met Z".
    fn is_pair(&self, subject: Bound, object: Bound) -> bool {
        let anchor = self.tokens[self.pattern.anchor];
        let verb = self.scene.syntax.tree.is_verb(anchor);
        let other = self.scene.syntax.from(anchor).iter().any(|link| {
            let with =
                matches!(&link.label, Label::Preposition(word) if matches!(word.as_str(), "with" | "to"));
            let object = link.label == Label::Object && !self.tokens.contains(&link.to);
            (with || object) && !self.scene.mentions[link.to].is_empty()
        });
        subject.mention < object.mention && !(verb && other)
    }
}
