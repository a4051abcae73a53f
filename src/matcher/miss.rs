//! A rule that does not match → [`Miss`]: how near did it come, and what was in the way?
//!
//! A tree that holds but for one part is searched for with an eye shut: first to what stands at one of
//! its nodes, then to the name of one of its links, then to the link itself. Only where no tree comes that
//! near, what held of the best search is told.

use super::embed::{self, Blind, Scene};
use super::near::Near;
use super::program::{Accepts, Program, Step};
use super::tree::TreePattern;
use super::view::View;
use super::{Matcher, surface};
use crate::language::Sentence;
use crate::mention::{Mention, Mentions};
use crate::rule::RuleSet;
use crate::rule::pattern::{Element, Test};
use serde::Serialize;

/// How near a rule came to a sentence that it did not match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Miss {
    /// Number of the pattern that came nearest.
    pub pattern: u16,
    /// Index of the sentence.
    pub sentence: usize,
    /// How the pattern is understood there, in words.
    pub understood: String,
    /// The tokens that held.
    pub tokens: Vec<usize>,
    /// The parts that held, in words.
    pub held: Vec<String>,
    /// The first part that did not, in words.
    pub wanted: String,
    /// What stands in its place, in words.
    pub found: String,
    /// What would make it match, in words, where something plain would.
    pub remedy: Option<String>,
}

/// How near: words that held; parts that held; how little the rest is off.
pub(super) type Nearness = (usize, usize, usize);

impl Matcher {
    /// The pattern of a rule that came nearest to some sentence; `None` where no pattern of the rule even
    /// began to hold.
    pub fn nearest_miss(
        &self,
        rules: &RuleSet,
        rule: usize,
        text: &str,
        sentences: &[Sentence],
        mentions: &Mentions,
    ) -> Option<Miss> {
        let mut best = Best { rules, nearness: (0, 1, 0), miss: None };
        for (number, sentence) in sentences.iter().enumerate() {
            let view = View::new(number, sentence, mentions, text, rules, &self.words, &self.status);
            if let Some(syntax) = self.syntax(&view) {
                let scene = Scene::new(&view, &syntax);
                self.trees_of(rules, rule).for_each(|tree| best.tree(tree, &scene));
            }
            let surface = |number: u16| {
                self.analyser.is_none() || rules.rules[rule].surface.iter().any(|own| own.number == number)
            };
            let programs = self.programs.iter().filter(|program| program.rule == rule && !program.veto);
            programs
                .filter(|program| surface(program.pattern))
                .for_each(|program| best.sequence(program, &view));
        }
        best.miss
    }
}

/// The words that the patterns of a rule look for, as written, without those that nearly every sentence has.
pub fn wanted_words(rules: &RuleSet, rule: usize) -> Vec<String> {
    fn collect(elements: &[Element], words: &mut Vec<String>) {
        for element in elements {
            match element {
                Element::Optional(inner) => collect(inner, words),
                Element::Any(alternatives) => {
                    words.extend(alternatives.iter().filter_map(|word| match &word.test {
                        Test::Lemma(text) | Test::Form(text) => Some(text.clone()),
                        Test::List(name) => Some(format!("${name}")),
                        Test::Regex(_) => None,
                    }))
                }
                Element::Slot(_) | Element::Gap => {}
            }
        }
    }
    let mut words = Vec::new();
    rules.rules[rule].all_patterns().for_each(|pattern| collect(&pattern.pattern.elements, &mut words));
    let frequent = rules.lexicon.words("frequent");
    let mut seen: Vec<String> = Vec::new();
    for word in words {
        if word.starts_with(|sign: char| sign == '$' || sign.is_alphanumeric())
            && !frequent.contains(&word)
            && !seen.contains(&word)
        {
            seen.push(word);
        }
    }
    seen
}

struct Best<'b> {
    rules: &'b RuleSet,
    nearness: Nearness,
    miss: Option<Miss>,
}

impl Best<'_> {
    fn offer(&mut self, nearness: Nearness, miss: impl FnOnce() -> Miss) {
        if nearness > self.nearness {
            self.nearness = nearness;
            self.miss = Some(miss());
        }
    }

    fn tree(&mut self, tree: &TreePattern, scene: &Scene) {
        let (found, nearest) = embed::find(tree, scene);
        if !found.is_empty() {
            return;
        }
        let nodes = (0..tree.nodes.len()).map(Blind::Node);
        let edges = (0..tree.edges.len()).flat_map(|edge| [Blind::Label(edge), Blind::Edge(edge)]);
        for blind in nodes.chain(edges) {
            for tokens in embed::find_but(tree, scene, blind) {
                let tokens: Vec<Option<usize>> = tokens.into_iter().map(Some).collect();
                let near = Near { tree, scene, rules: self.rules, tokens, blind };
                self.offer(near.nearness(), || near.miss());
            }
        }
        let failed = nearest.failed.map(|step| tree.steps[step].edge());
        if nearest.held > 0
            && let Some(edge) = failed
        {
            let blind = Blind::Edge(edge);
            let near = Near { tree, scene, rules: self.rules, tokens: nearest.tokens, blind };
            self.offer(near.nearness(), || near.miss());
        }
    }

    fn sequence(&mut self, program: &Program, view: &View) {
        let Some((steps, tokens)) = surface::farthest(program, view) else { return };
        let words = program.steps[..steps].iter().filter(|step| matches!(step, Step::Any(_))).count();
        let rules = self.rules;
        let form = |at: usize| view.forms.get(at).copied();
        self.offer((words, steps, 0), || {
            let next = program.steps.get(steps);
            let shown =
                form(tokens.end).map_or("the end of the sentence".to_owned(), |form| format!("`{form}`"));
            let kind = match next {
                Some(Step::Slot(slot)) => match &slot.accepts {
                    Accepts::Types(_) => what_is(view, tokens.end, None, rules),
                    Accepts::Words(_) | Accepts::Time => None,
                },
                _ => None,
            };
            Miss {
                pattern: program.pattern,
                sentence: view.number,
                understood: String::new(),
                held: vec![view.sentence.text_of(tokens.clone(), view.text)],
                wanted: next.map(|step| step.describe(rules)).unwrap_or_default(),
                found: kind.map_or(shown.clone(), |kind| format!("{shown}, which is {kind}")),
                remedy: None,
                tokens: tokens.collect(),
            }
        });
    }
}

/// "a Place": what the name at a token is.
pub(super) fn what_is(view: &View, at: usize, scene: Option<&Scene>, rules: &RuleSet) -> Option<String> {
    let here = |(_, mention): &(usize, &Mention)| mention.phrase.contains(&at);
    let mention = match scene {
        Some(scene) => view.mention(*scene.mentions(at).first()?),
        None => view.mentions_here().find(here)?.1,
    };
    let kind = &rules.vocabulary.entity_type(mention.kind).name;
    let article = if kind.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
    let place = if mention.located { " (by the word before it)" } else { "" };
    Some(format!("{article} {kind}{place}"))
}
