//! A [`TreePattern`] × a sentence's links → what it binds.

use super::program::{Accepts, Role};
use super::tree::{Edge, Node, NodeTest, Step, TreePattern, phrase_round};
use super::view::View;
use super::{Bound, reading};
use crate::language::{Relation, Upos};
use crate::rule::lexicon::Usage;
use crate::rule::vocabulary::TypeId;
use crate::syntax::{Label, Link, Syntax};
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
    /// The token of each node, where it was bound.
    pub(super) tokens: Vec<Option<usize>>,
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

    /// The mentions that the token at `at` stands for.
    pub(super) fn mentions(&self, at: usize) -> &[usize] {
        self.mentions.get(at).map_or(&[], Vec::as_slice)
    }

    /// Where `at` stands for a mention that fits, the mention.
    fn mention(&self, at: usize, types: &[TypeId], named: bool) -> Option<Bound> {
        self.mentions.get(at)?.iter().find_map(|index| {
            let rules = self.view.rules;
            let mention = self.view.mention(*index);
            let stands_for = reading(mention, types, &rules.vocabulary, &rules.lexicon.known, named)?;
            Some(Bound { mention: *index, stands_for })
        })
    }
}

/// What a search overlooks, to see whether it is all that is in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blind {
    /// Nothing.
    Nowhere,
    /// What stands at this node.
    Node(usize),
    /// The name of this link.
    Label(usize),
    /// Whether there is this link at all.
    Edge(usize),
}

/// Every way in which a pattern is contained in a sentence, and the nearest to one.
pub(super) fn find(pattern: &TreePattern, scene: &Scene) -> (Vec<Binding>, Nearest) {
    let mut search = Search::new(pattern, scene, Blind::Nowhere);
    search.run();
    (search.found, search.nearest)
}

/// The tokens of each node, where all of a pattern holds but what the search overlooks.
pub(super) fn find_but(pattern: &TreePattern, scene: &Scene, blind: Blind) -> Vec<Vec<usize>> {
    let mut search = Search::new(pattern, scene, blind);
    search.run();
    search.whole
}

impl<'s> Search<'s> {
    fn new(pattern: &'s TreePattern, scene: &'s Scene<'s>, blind: Blind) -> Self {
        Self {
            pattern,
            scene,
            blind,
            tokens: vec![usize::MAX; pattern.nodes.len()],
            found: Vec::new(),
            whole: Vec::new(),
            nearest: Nearest::default(),
        }
    }

    fn run(&mut self) {
        let scene = self.scene;
        for (at, word) in scene.syntax.tree.words.iter().enumerate() {
            if word.inside || !self.fits(self.pattern.anchor, at) {
                continue;
            }
            self.tokens.fill(usize::MAX);
            self.tokens[self.pattern.anchor] = at;
            self.go(0);
        }
    }
}

/// More ways than these are a list of lists, and tell nothing.
const MOST: usize = 256;

struct Search<'s> {
    pattern: &'s TreePattern,
    scene: &'s Scene<'s>,
    blind: Blind,
    tokens: Vec<usize>,
    found: Vec<Binding>,
    /// Where the search is blind: the tokens of each node.
    whole: Vec<Vec<usize>>,
    nearest: Nearest,
}

impl Search<'_> {
    fn go(&mut self, step: usize) {
        let held = self.tokens.iter().filter(|at| **at != usize::MAX).count();
        if held > self.nearest.held {
            let tokens = self.tokens.iter().map(|at| (*at != usize::MAX).then_some(*at)).collect();
            self.nearest =
                Nearest { held, tokens, failed: (step < self.pattern.steps.len()).then_some(step) };
        }
        let Some(next) = self.pattern.steps.get(step) else { return self.finish() };
        if self.found.len() + self.whole.len() >= MOST {
            return;
        }
        let syntax = self.scene.syntax;
        let number = next.edge();
        let edge = &self.pattern.edges[number];
        if self.blind == Blind::Edge(number) {
            return self.anywhere(step, edge);
        }
        let fits = |link: &Link| {
            self.blind == Blind::Label(number)
                || (edge.labels.contains(&link.label) && !self.only_names(edge, link))
        };
        let (node, candidates): (usize, Vec<usize>) = match next {
            Step::Check(_) => {
                let links = syntax.from(self.tokens[edge.from]).iter();
                if links.filter(|link| fits(link)).any(|link| link.to == self.tokens[edge.to]) {
                    self.go(step + 1);
                }
                return;
            }
            Step::Down(_) => {
                let links = syntax.from(self.tokens[edge.from]).iter().filter(|link| fits(link));
                (edge.to, links.map(|link| link.to).collect())
            }
            Step::Up(_) => {
                let links = syntax.to(self.tokens[edge.to]).iter().filter(|link| fits(link));
                (edge.from, links.map(|link| link.from).collect())
            }
        };
        let mut tried: Vec<usize> = Vec::new();
        for at in candidates {
            if self.is_free(node, at) && !tried.contains(&at) && self.fits(node, at) {
                tried.push(at);
                self.tokens[node] = at;
                self.go(step + 1);
                self.tokens[node] = usize::MAX;
            }
        }
    }

    /// Whether a node may take the token at `at`, which another may have: "they met" is a meeting of those
    /// for whom "they" stands, so it takes the place of both X and Y in "X and Y met".
    fn is_free(&self, node: usize, at: usize) -> bool {
        let slot = |node: usize| matches!(self.pattern.nodes[node].test, NodeTest::Slot(..));
        let mut holders = (0..self.tokens.len()).filter(|other| self.tokens[*other] == at);
        let plural = self.scene.mentions(at).iter().any(|index| self.scene.view.together(*index).len() > 1);
        match (holders.next(), holders.next()) {
            (None, _) => true,
            (Some(other), None) => self.pattern.alike && plural && slot(node) && slot(other),
            _ => false,
        }
    }

    /// Whether a name only says what kind of thing stands for `something`: "X backed Y's something" is found in
    /// "Ada backed a Chilean plan", but not in "Ada backed an America First policy".
    fn only_names(&self, edge: &Edge, link: &Link) -> bool {
        let anything = matches!(self.pattern.nodes[edge.from].test, NodeTest::Anything);
        let demonym = |index: &usize| self.scene.view.mention(*index).usage == Usage::Demonym;
        anything && link.label == Label::Modifier && !self.scene.mentions(link.to).iter().any(demonym)
    }

    /// Goes on without a link: what it leads to may stand anywhere.
    fn anywhere(&mut self, step: usize, edge: &Edge) {
        let open = [edge.from, edge.to].into_iter().find(|node| self.tokens[*node] == usize::MAX);
        let Some(node) = open else { return self.go(step + 1) };
        for at in 0..self.scene.syntax.tree.words.len() {
            let inside = self.scene.syntax.tree.words[at].inside;
            if !inside && !self.tokens.contains(&at) && self.fits(node, at) {
                self.tokens[node] = at;
                self.go(step + 1);
                self.tokens[node] = usize::MAX;
            }
        }
    }

    /// Whether the token at `at` may stand at a node.
    fn fits(&self, node: usize, at: usize) -> bool {
        if self.blind == Blind::Node(node) {
            return true;
        }
        let view = self.scene.view;
        match &self.pattern.nodes[node].test {
            NodeTest::Anything => true,
            NodeTest::Word(words) => words.bind(at, self.scene.syntax, &view.lemmas, &view.forms).is_some(),
            NodeTest::Slot(_, Accepts::Types(types)) => self.mention(node, at, types).is_some(),
            NodeTest::Slot(_, Accepts::Words(words)) => {
                phrase_round(words, at, self.scene.syntax, &view.lemmas, &view.forms).is_some()
            }
            NodeTest::Slot(_, Accepts::Time) => true,
        }
    }

    /// Where the token at `at` stands for a mention that fits a node, the mention.
    fn mention(&self, node: usize, at: usize, types: &[TypeId]) -> Option<Bound> {
        let aimed = self.scene.view.rules.lexicon.words("aimed_preposition");
        let before = self.scene.syntax.tree.preposition(at);
        let named = before.filter(|word| aimed.contains(word)).is_some_and(|word| {
            let mut edges = self.pattern.edges.iter().filter(|edge| edge.to == node);
            edges.any(|edge| edge.labels.contains(&Label::preposition(&word)))
        });
        self.scene.mention(at, types, named)
    }

    /// The mention that fits a node at `at` and, where that is a plural, all for whom it stands.
    fn bounds(&self, node: usize, at: usize, types: &[TypeId]) -> Vec<Bound> {
        let Some(first) = self.mention(node, at, types) else { return Vec::new() };
        let same = |mention: usize| Bound { mention, ..first };
        self.scene.view.together(first.mention).map(same).collect()
    }

    fn finish(&mut self) {
        if self.blind != Blind::Nowhere {
            return self.whole.push(self.tokens.clone());
        }
        let (mut subjects, mut objects) = (Vec::new(), Vec::new());
        let (mut words, mut qualifiers) = (Vec::new(), Vec::new());
        let view = self.scene.view;
        for (node, (Node { test, .. }, at)) in self.pattern.nodes.iter().zip(&self.tokens).enumerate() {
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
                    subjects = self.bounds(node, *at, types);
                }
                NodeTest::Slot(Role::Object, Accepts::Types(types)) => {
                    objects = self.bounds(node, *at, types);
                }
                NodeTest::Slot(Role::Qualifier(name), Accepts::Words(list)) => {
                    if let Some(range) = phrase_round(list, *at, self.scene.syntax, &view.lemmas, &view.forms)
                    {
                        words.extend(range.clone());
                        qualifiers.push((name.clone(), range));
                    }
                }
                NodeTest::Slot(Role::Qualifier(name), Accepts::Types(types)) => {
                    if let Some(bound) = self.mention(node, *at, types) {
                        qualifiers.push((name.clone(), view.mention(bound.mention).tokens.clone()));
                    }
                }
                NodeTest::Slot(..) | NodeTest::Anything => {}
            }
        }
        words.extend(self.prepositions());
        words.sort_unstable();
        words.dedup();
        for subject in subjects {
            for object in objects.iter().copied().filter(|object| object.mention != subject.mention) {
                if !self.pattern.alike || self.is_pair(subject, object) {
                    let (tokens, words) = (self.tokens.clone(), words.clone());
                    self.found.push(Binding {
                        tokens,
                        words,
                        subject,
                        object,
                        qualifiers: qualifiers.clone(),
                    });
                }
            }
        }
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
        let tree = &self.scene.syntax.tree;
        let other = self.scene.syntax.from(anchor).iter().any(|link| {
            let with =
                matches!(&link.label, Label::Preposition(word) if matches!(word.as_str(), "with" | "to"));
            // "spoke to reporters", but "spoke with each other"
            let somebody = tree.words[link.to].upos != Some(Upos::Pron) && tree.is_noun(link.to);
            let object = link.label == Label::Object && !self.tokens.contains(&link.to);
            (with && somebody) || (object && !self.scene.mentions[link.to].is_empty())
        });
        subject.mention < object.mention && !(verb && other)
    }
}
