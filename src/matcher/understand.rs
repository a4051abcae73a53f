//! Patterns as written → [`TreePattern`]s: each is analysed by the model that reads the articles.
//!
//! Options are written out first. Of what remains the first alternatives make a sentence; then each other
//! alternative takes its turn. Those that leave the same words are alternatives in one tree pattern; one that
//! gives another tree ("X met|spoke with Y") gets a tree pattern of its own, too, with all alternatives of the
//! other words: "X held|made talks|a visit with Y" finds *made talks*, wherever the parser hangs "with Y".

use super::left_out::{LeftOut, NoPhrase, options, regex, shown, told};
use super::program::{Accepts, readings};
use super::sketch::Sketch;
use super::slot::role;
use super::tree::{Node, NodeTest, TreePattern, TreeWords};
use super::wording::Stand;
use super::words::Wordbook;
use crate::diagnostic::Diagnostic;
use crate::language::Analyser;
use crate::rule::pattern::{Element, Test, Word};
use crate::rule::{RulePattern, RuleSet};
use crate::syntax::Label;
use std::collections::BTreeSet;

/// The tree patterns of a phrase, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Understood {
    pub(super) trees: Vec<TreePattern>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Understands one phrase of a rule, without the later alternatives that are `absent`: by where they begin in the
/// pattern. A `not` that is no phrase is matched as a sequence only.
pub(super) fn phrase(
    rules: &RuleSet,
    number: usize,
    (pattern, veto): (&RulePattern, bool),
    absent: &BTreeSet<usize>,
    book: &Wordbook,
    analyser: &Analyser,
) -> Understood {
    let rule = &rules.rules[number];
    let stand = Stand::new(rules, rule, book);
    let understanding = Understanding { rules, rule: number, stand, analyser, absent };
    let (trees, left_out) = understanding.patterns(pattern, veto);
    let diagnostics = match veto {
        true => Vec::new(),
        false => told(&left_out, trees.is_empty(), rule.file, pattern, rules),
    };
    Understood { trees, diagnostics }
}

/// Makes tree patterns of one rule.
pub(super) struct Understanding<'u> {
    pub(super) rules: &'u RuleSet,
    pub(super) rule: usize,
    pub(super) stand: Stand<'u>,
    pub(super) analyser: &'u Analyser,
    /// Alternatives that are left out, by where they begin in the pattern: what a sentence does not have cannot
    /// match, and to analyse it is what costs.
    pub(super) absent: &'u BTreeSet<usize>,
}

impl Understanding<'_> {
    /// All ways to understand a pattern, the fullest first; and the parts that cannot be understood.
    pub(super) fn patterns(&self, pattern: &RulePattern, veto: bool) -> (Vec<TreePattern>, Vec<LeftOut>) {
        let (mut trees, mut left_out) = (Vec::<TreePattern>::new(), Vec::new());
        for elements in readings(&pattern.pattern.elements) {
            match self.reading(&elements, pattern, veto, &mut left_out) {
                Ok(found) => {
                    for tree in found {
                        if !trees.iter().any(|other| is_same(other, &tree)) {
                            trees.push(tree);
                        }
                    }
                }
                Err(problem) => {
                    let span = options(&pattern.pattern.elements, &elements);
                    left_out.push(LeftOut { problem, text: shown(&elements, None), span });
                }
            }
        }
        (trees, left_out)
    }

    fn reading(
        &self,
        elements: &[&Element],
        pattern: &RulePattern,
        veto: bool,
        left_out: &mut Vec<LeftOut>,
    ) -> Result<Vec<TreePattern>, NoPhrase> {
        if let Some(span) = elements.iter().find_map(|element| regex(element)) {
            return Err(NoPhrase::Regex(span));
        }
        let base = match Sketch::new(&self.stand, self.analyser, elements, None) {
            Ok(base) => base,
            Err(problem) => return self.without_first(elements, pattern, veto, left_out).ok_or(problem),
        };
        let small = base.small(elements);
        let mut others: Vec<(usize, usize, Sketch)> = Vec::new();
        for (at, element) in elements.iter().enumerate() {
            let Element::Any(words) = element else { continue };
            // Another preposition changes the label of a link, not the tree.
            let wanted = |choice: &usize| {
                !small.contains(&at) && !self.absent.contains(&words[*choice].span.range().start)
            };
            for choice in (1..words.len()).filter(wanted) {
                match Sketch::new(&self.stand, self.analyser, elements, Some((at, choice))) {
                    Ok(sketch) => others.push((at, choice, sketch)),
                    Err(problem) => left_out.push(LeftOut {
                        problem,
                        text: shown(elements, Some((at, choice))),
                        span: words[choice].span,
                    }),
                }
            }
        }
        let mut trees = vec![self.tree(elements, &base, &others, None, pattern, veto)?];
        for (at, choice, sketch) in &others {
            if !sketch.is_like(&base) {
                match self.tree(elements, sketch, &others, Some((*at, *choice)), pattern, veto) {
                    Ok(tree) => trees.push(tree),
                    Err(problem) => {
                        let Element::Any(words) = elements[*at] else { continue };
                        let text = shown(elements, Some((*at, *choice)));
                        left_out.push(LeftOut { problem, text, span: words[*choice].span });
                    }
                }
            }
        }
        Ok(trees)
    }

    /// The first alternatives make no phrase; perhaps it is one of them that does not fit.
    fn without_first(
        &self,
        elements: &[&Element],
        pattern: &RulePattern,
        veto: bool,
        left_out: &mut Vec<LeftOut>,
    ) -> Option<Vec<TreePattern>> {
        for (at, element) in elements.iter().enumerate() {
            let Element::Any(words) = element else { continue };
            for choice in 1..words.len() {
                let Err(problem) = Sketch::new(&self.stand, self.analyser, elements, Some((at, 0))) else {
                    break;
                };
                let rest = Element::Any(words[choice..].to_vec());
                let mut elements = elements.to_vec();
                elements[at] = &rest;
                if Sketch::new(&self.stand, self.analyser, &elements, None).is_err() {
                    continue;
                }
                elements[at] = element;
                for (skipped, word) in words[..choice].iter().enumerate() {
                    let text = shown(&elements, Some((at, skipped)));
                    left_out.push(LeftOut { problem: problem.clone(), text, span: word.span });
                }
                elements[at] = &rest;
                return self.reading(&elements, pattern, veto, left_out).ok();
            }
        }
        None
    }

    /// A sketch with the alternatives of all elements that would give the same.
    fn tree(
        &self,
        elements: &[&Element],
        sketch: &Sketch,
        others: &[(usize, usize, Sketch)],
        only: Option<(usize, usize)>,
        pattern: &RulePattern,
        veto: bool,
    ) -> Result<TreePattern, NoPhrase> {
        let mut nodes = Vec::new();
        for (at, (element, place)) in &sketch.nodes {
            let text = sketch.wording.words[*at].as_str();
            nodes.push(match elements[*element] {
                Element::Slot(slot) => Node {
                    test: NodeTest::Slot(role(slot), self.stand.accepts(slot)),
                    text: slot.name.clone(),
                },
                Element::Gap | Element::Optional(_) => {
                    Node { test: NodeTest::Anything, text: "something".to_owned() }
                }
                Element::Any(words) if self.stand.is_anything(words) => {
                    Node { test: NodeTest::Anything, text: "something".to_owned() }
                }
                Element::Any(words) => {
                    let fixed =
                        only.filter(|(element_of, _)| element_of == element).map(|(_, choice)| choice);
                    let mut tests = TreeWords::default();
                    self.add_word(&mut tests, &words[fixed.unwrap_or(0)], text, &sketch.lemmas[*at]);
                    for (_, choice, other) in
                        others.iter().filter(|(of, ..)| of == element && fixed.is_none())
                    {
                        if !other.keeps_what(sketch) {
                            continue;
                        }
                        let same = other.nodes.iter().find(|(_, origin)| *origin == (*element, *place));
                        if let Some((at, _)) = same {
                            self.add_word(
                                &mut tests,
                                &words[*choice],
                                &other.wording.words[*at],
                                &other.lemmas[*at],
                            );
                        }
                    }
                    Node { text: tests.shown.join("|"), test: NodeTest::Word(tests) }
                }
            });
        }
        let words = nodes
            .iter()
            .any(|node| matches!(node.test, NodeTest::Word(_) | NodeTest::Slot(_, Accepts::Words(_))));
        if !words
            && !sketch.edges.iter().any(|edge| {
                edge.labels.iter().any(|label| matches!(label, Label::Preposition(_) | Label::Possessor))
            })
        {
            return Err(NoPhrase::NoWord);
        }
        let ends = ["X", "Y"].map(|name| nodes.iter().position(|node| node.text == name));
        let into = |node: Option<usize>| {
            sketch
                .edges
                .iter()
                .filter(move |edge| Some(edge.to) == node)
                .map(|edge| (edge.from, &edge.labels))
                .collect::<Vec<_>>()
        };
        let (anchor, steps) = TreePattern::plan(&nodes, &sketch.edges).ok_or(NoPhrase::NoWord)?;
        Ok(TreePattern {
            rule: self.rule,
            pattern: pattern.number,
            choice: only.and_then(|(at, choice)| match elements[at] {
                Element::Any(words) => Some(words[choice].span.range().start),
                _ => None,
            }),
            veto,
            standing: self.rules.relation(self.rules.rules[self.rule].relation).standing,
            alike: !into(ends[0]).is_empty() && into(ends[0]) == into(ends[1]),
            nodes,
            edges: sketch.edges.clone(),
            steps,
            anchor,
        })
    }

    fn add_word(&self, tests: &mut TreeWords, word: &Word, text: &str, lemma: &str) {
        let shown = match &word.test {
            Test::List(name) => format!("${name}"),
            _ => text.to_owned(),
        };
        if !tests.shown.contains(&shown) {
            tests.shown.push(shown);
        }
        match &word.test {
            Test::List(name) => return tests.lists.push(self.stand.list(name)),
            Test::Form(_) | Test::Regex(_) => {}
            Test::Lemma(_) => drop(tests.lemmas.insert(lemma.to_owned())),
        }
        tests.forms.insert(text.to_lowercase());
    }
}

/// Whether two tree patterns look for the same.
fn is_same(left: &TreePattern, right: &TreePattern) -> bool {
    let nodes = |tree: &TreePattern| tree.nodes.iter().map(|node| node.text.clone()).collect::<Vec<_>>();
    nodes(left) == nodes(right) && left.edges == right.edges && left.choice == right.choice
}
