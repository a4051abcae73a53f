//! A tree that holds but for one part → what holds, what does not, and what would mend it, in words.

use super::embed::{Blind, Scene};
use super::miss::{Miss, Nearness, what_is};
use super::plain;
use super::program::Accepts;
use super::tree::{NodeTest, TreePattern};
use crate::rule::RuleSet;
use crate::rule::pattern::Filler;
use crate::rule::vocabulary::TypeId;
use crate::syntax::Label;
use std::collections::BTreeSet;

/// A tree that holds in part.
pub(super) struct Near<'n> {
    pub(super) tree: &'n TreePattern,
    pub(super) scene: &'n Scene<'n>,
    pub(super) rules: &'n RuleSet,
    /// The token of each node, where there is one.
    pub(super) tokens: Vec<Option<usize>>,
    /// What does not hold.
    pub(super) blind: Blind,
}

impl Near<'_> {
    pub(super) fn nearness(&self) -> Nearness {
        let is_word = |node: &usize| matches!(self.tree.nodes[*node].test, NodeTest::Word(_));
        let nodes: Vec<usize> = (0..self.tokens.len()).filter(|node| self.holds(*node)).collect();
        let edges: Vec<usize> = (0..self.tree.edges.len()).filter(|edge| self.leads(*edge)).collect();
        let named = |edge: &&usize| {
            self.tree.edges[**edge].labels.iter().any(|label| matches!(label, Label::Preposition(_)))
        };
        let words = nodes.iter().filter(|node| is_word(node)).count() + edges.iter().filter(named).count();
        let little = match self.blind {
            Blind::Node(node) if self.name(node).is_some() => 4,
            Blind::Label(_) => 3,
            Blind::Node(node) if !is_word(&node) => 2,
            Blind::Node(_) | Blind::Nowhere => 1,
            Blind::Edge(_) => 0,
        };
        (words, nodes.len() + edges.len(), little)
    }

    /// Whether what stands at a node is what should.
    fn holds(&self, node: usize) -> bool {
        self.tokens[node].is_some() && self.blind != Blind::Node(node)
    }

    /// Whether a link is there, wherever it leads.
    fn leads(&self, edge: usize) -> bool {
        let ends = [self.tree.edges[edge].from, self.tree.edges[edge].to];
        let blind = self.blind == Blind::Label(edge) || self.blind == Blind::Edge(edge);
        !blind && ends.iter().all(|node| self.tokens[*node].is_some())
    }

    /// Whether a link is there, to what should be linked.
    fn links(&self, edge: usize) -> bool {
        self.leads(edge) && self.holds(self.tree.edges[edge].to)
    }

    pub(super) fn miss(&self) -> Miss {
        let (wanted, found, remedy) = match self.blind {
            Blind::Node(node) => self.wrong_node(node),
            Blind::Label(edge) | Blind::Edge(edge) => self.wrong_link(edge),
            Blind::Nowhere => Default::default(),
        };
        let nodes = (0..self.tokens.len()).filter(|node| self.holds(*node));
        Miss {
            pattern: self.tree.pattern,
            sentence: self.scene.view.number,
            tokens: nodes.filter_map(|node| self.tokens[node]).collect(),
            understood: self.tree.describe(),
            held: self.held(),
            wanted,
            found,
            remedy,
        }
    }

    /// The words that are there, and then the links.
    fn held(&self) -> Vec<String> {
        let edges: Vec<usize> = (0..self.tree.edges.len()).filter(|edge| self.links(*edge)).collect();
        let linked = |node: &usize| edges.iter().any(|edge| self.tree.edges[*edge].to == *node);
        let nodes = (0..self.tokens.len()).filter(|node| self.holds(*node) && !linked(node));
        let alone = nodes.map(|node| self.bound(node));
        let linked = edges.iter().map(|edge| {
            let to = self.tree.edges[*edge].to;
            format!("{}: {}", self.place(*edge), self.bound(to))
        });
        alone.chain(linked).collect()
    }

    /// "X = Ada Byron", "`spoke`".
    fn bound(&self, node: usize) -> String {
        match &self.tree.nodes[node].test {
            NodeTest::Slot(..) => format!("{} = {}", self.tree.nodes[node].text, self.shown(node)),
            _ => format!("`{}`", self.shown(node)),
        }
    }

    /// "subject of `spoke`", by the link that is there where one is.
    fn place(&self, edge: usize) -> String {
        let wanted = &self.tree.edges[edge];
        let mut labels = wanted.labels.clone();
        if let (Some(from), Some(to)) = (self.tokens[wanted.from], self.tokens[wanted.to]) {
            let mut links = self.scene.syntax.from(from).iter().filter(|link| link.to == to);
            if let Some(link) = links.find(|link| labels.contains(&link.label)) {
                labels = BTreeSet::from([link.label.clone()]);
            }
        }
        plain::place(&labels, &self.shown(wanted.from))
    }

    /// What stands at a node, or what should.
    fn shown(&self, node: usize) -> String {
        let view = self.scene.view;
        match (self.tokens[node], &self.tree.nodes[node].test) {
            (None, _) => self.tree.nodes[node].text.clone(),
            (Some(at), NodeTest::Slot(..)) => self.name_at(at),
            (Some(at), _) => view.forms[at].to_owned(),
        }
    }

    /// The name that a token stands for, or the token.
    fn name_at(&self, at: usize) -> String {
        let view = self.scene.view;
        let mention = self.scene.mentions(at).first().map(|mention| view.mention(*mention));
        mention.map_or(view.forms[at].to_owned(), |mention| {
            view.sentence.text_of(mention.tokens.clone(), view.text)
        })
    }

    /// The types that a slot takes, where a name of another type stands in it.
    fn name(&self, node: usize) -> Option<&[TypeId]> {
        let at = self.tokens[node]?;
        match &self.tree.nodes[node].test {
            NodeTest::Slot(_, Accepts::Types(types)) => {
                (!self.scene.mentions(at).is_empty()).then_some(types)
            }
            _ => None,
        }
    }

    /// What is wanted at a node, what stands there, and how to mend it.
    fn wrong_node(&self, node: usize) -> (String, String, Option<String>) {
        let slot = &self.tree.nodes[node];
        let at = self.tokens[node].unwrap_or_default();
        let into = (0..self.tree.edges.len()).find(|edge| self.tree.edges[*edge].to == node);
        let place = into.map_or(String::new(), |edge| format!("{}: ", self.place(edge)));
        let name = self.name_at(at);
        let NodeTest::Slot(_, Accepts::Types(types)) = &slot.test else {
            let list = slot.text.rsplit('|').find(|word| word.starts_with('$'));
            let remedy = match list {
                None => format!("to find this, too, add `|{name}` to `{}`", plain::short(&slot.text)),
                Some(list) => format!("to find this, too, add `{name}` to the word list `{list}`"),
            };
            return (
                format!("{place}`{}`", plain::short(&slot.text)),
                format!("{place}`{name}`"),
                Some(remedy),
            );
        };
        let wanted = format!("{place}{}, {}", slot.text, plain::types(types, self.rules));
        if self.name(node).is_some() {
            let kind = what_is(self.scene.view, at, Some(self.scene), self.rules).unwrap_or_default();
            return (wanted, format!("{place}{name}, which is {kind}"), self.other_type(node, at));
        }
        let remedy = format!("with a name in place of `{name}` it would match");
        (wanted, format!("{place}`{name}`, which is no name"), Some(remedy))
    }

    /// How to let a slot take a name of another type.
    fn other_type(&self, node: usize, at: usize) -> Option<String> {
        let vocabulary = &self.rules.vocabulary;
        let mention = self.scene.view.mention(*self.scene.mentions(at).first()?);
        let kind = &vocabulary.entity_type(vocabulary.base(mention.kind)).name;
        let slot = &self.tree.nodes[node].text;
        let rule = &self.rules.rules[self.tree.rule];
        let pattern = rule.pattern(self.tree.pattern)?;
        let written = pattern.pattern.slots().into_iter().find(|written| written.name == *slot)?;
        let key = match slot.as_str() {
            "X" => "subject",
            "Y" => "object",
            _ => return None,
        };
        let relation = self.rules.relation(rule.relation);
        let types = if key == "subject" { &relation.subject } else { &relation.object };
        let mut names: Vec<&str> = types.iter().map(|id| vocabulary.entity_type(*id).name.as_str()).collect();
        if let Some(Filler::Type(narrow)) = &written.filler {
            return Some(format!("to find this, too, write `{slot}` in place of `{slot}:{narrow}`"));
        }
        names.push(kind);
        Some(format!("to find this, too, let `{slot}` be a {kind}: `{key} = \"{}\"`", names.join("|")))
    }

    /// Words in the order of the pattern, and then the others.
    fn as_written<'w>(&self, mut words: Vec<&'w str>) -> Vec<&'w str> {
        let pattern = self.rules.rules[self.tree.rule].pattern(self.tree.pattern);
        let text = pattern.map(|pattern| pattern.text.to_lowercase()).unwrap_or_default();
        let written = text.split(|letter: char| !letter.is_alphanumeric());
        words.sort_by_key(|word| written.clone().position(|other| other == *word).unwrap_or(usize::MAX));
        words
    }

    /// What link is wanted, what links there are, and how to mend it.
    fn wrong_link(&self, edge: usize) -> (String, String, Option<String>) {
        let wanted = &self.tree.edges[edge];
        let (from, to) = (self.shown(wanted.from), self.shown(wanted.to));
        let sentence = plain::labels(&wanted.labels, &from, &self.tree.nodes[wanted.to].text);
        let syntax = self.scene.syntax;
        let (Some(here), Some(there)) = (self.tokens[wanted.from], self.tokens[wanted.to]) else {
            let bound = self.tokens[wanted.from].or(self.tokens[wanted.to]).unwrap_or_default();
            let ties = plain::ties(syntax, bound, |at| self.name_at(at));
            let found = match ties.is_empty() {
                true => format!("nothing is linked with `{}`", self.name_at(bound)),
                false => ties.join("; "),
            };
            return (sentence, found, None);
        };
        let alone = |label: &Label| BTreeSet::from([label.clone()]);
        if let Some(link) = syntax.from(here).iter().find(|link| link.to == there) {
            let labels = wanted.labels.iter().chain([&link.label]);
            let prepositions: Vec<&str> = labels.filter_map(preposition).collect();
            let prepositions = self.as_written(prepositions);
            let remedy = match preposition(&link.label) {
                Some(_) if prepositions.len() > 1 => format!("write `{}`", prepositions.join("|")),
                _ => "add a pattern that is worded so".to_owned(),
            };
            let found = plain::labels(&alone(&link.label), &from, &to);
            return (sentence, found, Some(format!("to find this, too, {remedy}")));
        }
        if let Some(link) = syntax.from(there).iter().find(|link| link.to == here) {
            return (sentence, plain::labels(&alone(&link.label), &to, &from), None);
        }
        let ties = plain::ties(syntax, there, |at| self.name_at(at));
        let nothing = format!("nothing links `{from}` with `{to}`");
        let found =
            if ties.is_empty() { nothing } else { format!("{nothing}; there is {}", ties.join("; ")) };
        (sentence, found, None)
    }
}

/// The preposition of a link that has one.
fn preposition(label: &Label) -> Option<&str> {
    match label {
        Label::Preposition(word) => Some(word),
        _ => None,
    }
}
