//! Patterns as written → [`TreePattern`]s: each is analysed by the model that reads the articles.
//!
//! Options are written out first. Of what remains the first alternatives make a sentence; then each other
//! alternative takes its turn. Those that give the same tree are alternatives in one tree pattern; one that
//! gives another ("X met|spoke with Y") gets a tree pattern of its own.

use super::program::{Accepts, Role, readings};
use super::sketch::Sketch;
use super::tree::{Node, NodeTest, TreePattern, TreeWords};
use super::wording::{Stand, role};
use super::words::Words;
use crate::diagnostic::Diagnostic;
use crate::language::{Analyser, Language};
use crate::rule::pattern::{Element, Filler, Slot, Test, Word};
use crate::rule::{RulePattern, RuleSet};
use crate::syntax::Label;

/// Why a pattern cannot be matched by syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoPhrase {
    /// It holds a regular expression.
    Regex,
    /// The model sees no link between the parts that are named.
    Apart(String, String),
    /// Nothing is left of it but slots.
    NoWord,
}

/// The tree patterns of a phrase, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Understood {
    pub(super) trees: Vec<TreePattern>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Understands one phrase of a rule. A `not` that is no phrase is matched as a sequence only.
pub(super) fn phrase(
    rules: &RuleSet,
    number: usize,
    pattern: &RulePattern,
    veto: bool,
    language: &Language,
    analyser: &Analyser,
) -> Understood {
    let rule = &rules.rules[number];
    let relation = rules.relation(rule.relation);
    let stand = Stand {
        vocabulary: &rules.vocabulary,
        lexicon: &rules.lexicon,
        lists: &rule.lists,
        relation,
        language,
    };
    let understanding = Understanding { rules, rule: number, stand, analyser };
    match understanding.patterns(pattern, veto) {
        Ok(trees) => Understood { trees, diagnostics: Vec::new() },
        Err(_) if veto => Understood::default(),
        Err(problem) => {
            Understood { trees: Vec::new(), diagnostics: vec![told(&problem, rule.file, pattern, rules)] }
        }
    }
}

fn told(problem: &NoPhrase, file: usize, pattern: &RulePattern, rules: &RuleSet) -> Diagnostic {
    let (message, help) = match problem {
        NoPhrase::Regex => {
            ("a regular expression is no part of a phrase".to_owned(), "write it as a `surface` pattern")
        }
        NoPhrase::Apart(one, other) => (
            format!("`{}` cannot be read as a phrase: nothing links `{one}` with `{other}`", pattern.text),
            "write it as a newspaper would (`X spoke with Y`), or as a `surface` pattern",
        ),
        NoPhrase::NoWord => (
            format!("`{}` says nothing once it is read as a phrase", pattern.text),
            "add the word that makes the relation, or write it as a `surface` pattern",
        ),
    };
    let (name, source) = &rules.files[file];
    Diagnostic::error("no-phrase", message).file(name).at(source, pattern.span).help(help)
}

/// Makes tree patterns of one rule.
pub(super) struct Understanding<'u> {
    pub(super) rules: &'u RuleSet,
    pub(super) rule: usize,
    pub(super) stand: Stand<'u>,
    pub(super) analyser: &'u Analyser,
}

impl Understanding<'_> {
    /// All ways to understand a pattern; the fullest first.
    pub(super) fn patterns(&self, pattern: &RulePattern, veto: bool) -> Result<Vec<TreePattern>, NoPhrase> {
        let mut trees: Vec<TreePattern> = Vec::new();
        for elements in readings(&pattern.pattern.elements) {
            for tree in self.reading(&elements, pattern, veto)? {
                if !trees.iter().any(|other| is_same(other, &tree)) {
                    trees.push(tree);
                }
            }
        }
        Ok(trees)
    }

    fn reading(
        &self,
        elements: &[&Element],
        pattern: &RulePattern,
        veto: bool,
    ) -> Result<Vec<TreePattern>, NoPhrase> {
        let regex = |word: &Word| matches!(word.test, Test::Regex(_));
        if elements.iter().any(|element| matches!(element, Element::Any(words) if words.iter().any(regex))) {
            return Err(NoPhrase::Regex);
        }
        let base = Sketch::new(&self.stand, self.analyser, elements, None)?;
        let small = base.small(elements);
        let mut others: Vec<(usize, usize, Sketch)> = Vec::new();
        for (at, element) in elements.iter().enumerate() {
            let Element::Any(words) = element else { continue };
            for choice in 1..words.len() {
                // Another preposition changes the label of a link, not the tree.
                if !small.contains(&at) {
                    others.push((
                        at,
                        choice,
                        Sketch::new(&self.stand, self.analyser, elements, Some((at, choice)))?,
                    ));
                }
            }
        }
        let mut trees = vec![self.tree(elements, &base, &others, None, pattern, veto)?];
        for (at, choice, sketch) in &others {
            if !sketch.is_like(&base) {
                trees.push(self.tree(elements, sketch, &others, Some((*at, *choice)), pattern, veto)?);
            }
        }
        Ok(trees)
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
                Element::Slot(slot) => self.slot(slot),
                Element::Gap | Element::Optional(_) => {
                    Node { test: NodeTest::Anything, text: "something".to_owned() }
                }
                Element::Any(words) if self.is_anything(words) => {
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
                        if !other.is_like(sketch) {
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
                    Node { text: tests.shown(), test: NodeTest::Word(tests) }
                }
            });
        }
        let words = nodes
            .iter()
            .any(|node| matches!(node.test, NodeTest::Word(_) | NodeTest::Slot(_, Accepts::Words(_))));
        if !words
            && !sketch
                .edges
                .iter()
                .any(|edge| edge.labels.iter().any(|label| matches!(label, Label::Preposition(_))))
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
            veto,
            standing: self.rules.relation(self.rules.rules[self.rule].relation).standing,
            alike: !into(ends[0]).is_empty() && into(ends[0]) == into(ends[1]),
            nodes,
            edges: sketch.edges.clone(),
            steps,
            anchor,
        })
    }

    /// "X invested something in Y" does not look for the word "something".
    fn is_anything(&self, words: &[Word]) -> bool {
        let anything = self.stand.lexicon.words("anything");
        matches!(words, [Word { test: Test::Lemma(text), .. }] if anything.contains(text))
    }

    fn slot(&self, slot: &Slot) -> Node {
        let vocabulary = &self.rules.vocabulary;
        let accepts = match (&slot.filler, slot.name.as_str()) {
            (Some(Filler::Type(name)), _) => Accepts::Types(vocabulary.type_id(name).into_iter().collect()),
            (Some(Filler::List(name)), _) => Accepts::Words(Box::new(self.list(name))),
            (None, "X") => Accepts::Types(self.stand.relation.subject.clone()),
            (None, "Y") => Accepts::Types(self.stand.relation.object.clone()),
            (None, "DATE") => Accepts::Time,
            (None, _) => {
                let place = ["Place", "Country"].into_iter().filter_map(|name| vocabulary.type_id(name));
                Accepts::Types(place.collect())
            }
        };
        let role: Role = role(slot);
        Node { test: NodeTest::Slot(role, accepts), text: slot.name.clone() }
    }

    fn list(&self, name: &str) -> Words {
        let mut words = Words::default();
        words.add_list(name, self.stand.lists, self.stand.lexicon, self.stand.language);
        words
    }

    fn add_word(&self, tests: &mut TreeWords, word: &Word, text: &str, lemma: &str) {
        match &word.test {
            Test::List(name) => return tests.lists.push(self.list(name)),
            Test::Form(_) | Test::Regex(_) => {}
            Test::Lemma(_) => drop(tests.lemmas.insert(lemma.to_owned())),
        }
        tests.forms.insert(text.to_lowercase());
    }
}

impl TreeWords {
    fn shown(&self) -> String {
        let lists = if self.lists.is_empty() { None } else { Some("a word of the list".to_owned()) };
        let words: Vec<String> = self.forms.iter().cloned().chain(lists).collect();
        words.join("|")
    }
}

/// Whether two tree patterns look for the same.
fn is_same(left: &TreePattern, right: &TreePattern) -> bool {
    let nodes = |tree: &TreePattern| tree.nodes.iter().map(|node| node.text.clone()).collect::<Vec<_>>();
    nodes(left) == nodes(right) && left.edges == right.edges
}
