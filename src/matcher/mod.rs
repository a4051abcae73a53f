//! [`RuleSet`] × [`Sentence`]s → [`Match`]es: which sentences say a relation, and is it so?
//!
//! Rules are compiled once. A pattern that is a phrase is analysed like the articles (`wording`,
//! `understand`) and becomes a small tree of words, links and slots (`tree`); a surface pattern becomes a
//! sequence of tokens (`program`). A sentence is only looked at by patterns of which it holds every
//! necessary word (`prefilter`), and is only analysed where one of them is a tree. Trees are found in its
//! links (`embed`, `gather`), sequences in its tokens (`surface`, on a `view` of them). Whether it is so is
//! decided by the syntax round a tree (`assertion`) or the words round a sequence (`status`).

mod assertion;
mod embed;
mod gather;
mod line;
mod path;
mod prefilter;
mod program;
mod resolve;
mod sketch;
mod status;
mod surface;
mod tree;
mod understand;
mod view;
mod wording;
mod words;

use crate::diagnostic::Diagnostic;
use crate::language::{Analyser, Language, Sentence};
use crate::mention::{Mention, Mentions};
use crate::rule::RuleSet;
use crate::rule::lexicon::{Known, KnownId};
use crate::rule::vocabulary::{TypeId, Vocabulary};
pub use line::Lines;
pub use path::Path;
pub use status::Fact;

use crate::syntax::{NamePhrase, Syntax};
use embed::Scene;
use prefilter::{Prefilter, SlotTypes};
use program::Program;
use status::StatusWords;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use tree::TreePattern;
use understand::Understood;
use view::{LinkWords, View};

/// A place in an article where a rule holds.
///
/// `X spoke with Y` on "Ada, who flew in, later spoke with Bob and Cy" binds the subject to the mention
/// of Ada, the objects to those of Bob and Cy, and the words `spoke`, `with`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Index into [`RuleSet::rules`].
    pub rule: usize,
    /// Number of the pattern in its list, counted from 1.
    pub pattern: u16,
    /// Index of the sentence in its article.
    pub sentence: usize,
    /// All tokens from the first bound one to the last.
    pub tokens: Range<usize>,
    /// Subject and object of each triple that the match gives.
    pub pairs: Vec<(Bound, Bound)>,
    /// The text of each qualifier slot, by its name in small letters.
    pub qualifiers: BTreeMap<String, String>,
    /// ISO date or month, where a bound or neighbouring expression of time fixes it.
    pub when: Option<String>,
    /// Whether it is so.
    pub fact: Fact,
    /// The tokens that the pattern's words bound.
    pub words: Vec<usize>,
}

/// A mention in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bound {
    /// Index into [`Mentions::names`].
    pub mention: usize,
    /// The country that the mention stands for here ("Beijing said"), where it does.
    pub stands_for: Option<KnownId>,
}

/// How near a rule came to a sentence that it did not match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Number of the pattern that came nearest.
    pub pattern: u16,
    /// Index of the sentence.
    pub sentence: usize,
    /// The tokens that held.
    pub tokens: Range<usize>,
    /// What the pattern wanted next.
    pub wanted: String,
}

/// A match before it is held against the others of its sentence.
#[derive(Debug, Clone)]
struct Found {
    /// Made by a `not` pattern.
    veto: bool,
    /// Made by a tree, which sees more of a sentence than a sequence does.
    syntax: bool,
    found: Match,
}

/// All rules, compiled; built once.
#[derive(Debug)]
pub struct Matcher {
    programs: Vec<Program>,
    trees: Vec<TreePattern>,
    /// Over `programs`, and then `trees`.
    prefilter: Prefilter,
    slot_types: SlotTypes,
    status: StatusWords,
    words: LinkWords,
    analyser: Option<Analyser>,
}

impl Matcher {
    /// Compiles the rules, and says which patterns could not be understood.
    /// O(total length of the patterns and of the word lists that they use).
    pub fn new(rules: &RuleSet, language: &Language) -> (Self, Vec<Diagnostic>) {
        let programs = program::compile(rules, language);
        let analyser = Analyser::built_in().ok().map(|analyser| analyser.with_inflection(language));
        let Understood { trees, diagnostics } = match &analyser {
            Some(analyser) => understand::compile(rules, language, analyser),
            None => Understood::default(),
        };
        let mut prefilter = Prefilter::new(&rules.lexicon);
        for program in &programs {
            prefilter.add(program.words().filter_map(words::Words::first_lemmas));
        }
        for tree in &trees {
            prefilter.add(tree.required());
        }
        let status = StatusWords::new(&rules.lexicon, language);
        let words = LinkWords::new(&rules.lexicon, language);
        let slot_types = SlotTypes::new(&trees);
        (Self { programs, trees, prefilter, slot_types, status, words, analyser }, diagnostics)
    }

    /// All matches in an article, by sentence and then by rule.
    pub fn find(
        &self,
        rules: &RuleSet,
        text: &str,
        sentences: &[Sentence],
        mentions: &Mentions,
    ) -> Vec<Match> {
        self.find_by(rules, text, sentences, mentions, |view| self.syntax(view).map(Cow::Owned))
    }

    /// The same, where the links of each sentence are known: `None` for a sentence that has none.
    pub fn find_linked(
        &self,
        rules: &RuleSet,
        text: &str,
        sentences: &[Sentence],
        mentions: &Mentions,
        links: &[Option<Syntax>],
    ) -> Vec<Match> {
        let known = |view: &View| links.get(view.number)?.as_ref().map(Cow::Borrowed);
        self.find_by(rules, text, sentences, mentions, known)
    }

    fn find_by<'l>(
        &self,
        rules: &RuleSet,
        text: &str,
        sentences: &[Sentence],
        mentions: &Mentions,
        links: impl Fn(&View) -> Option<Cow<'l, Syntax>>,
    ) -> Vec<Match> {
        let mut matches = Vec::new();
        for (number, sentence) in sentences.iter().enumerate() {
            let view = View::new(number, sentence, mentions, text, rules, &self.words, &self.status);
            if view.names() < 2 {
                continue;
            }
            let mut found = Vec::new();
            let names: Vec<&Mention> = view.mentions_here().map(|(_, mention)| mention).collect();
            let (sequences, trees) = self.candidates(rules, sentence, &names);
            if let Some(syntax) = (!trees.is_empty()).then(|| links(&view)).flatten() {
                let scene = Scene::new(&view, &syntax);
                for at in trees {
                    let tree = &self.trees[at];
                    let (bindings, _) = embed::find(tree, &scene);
                    found.extend(gather::matches(tree, &bindings, &scene, &self.status));
                }
            }
            for at in sequences {
                surface::find(&self.programs[at], &view, &mut found);
            }
            matches.append(&mut resolve::resolve(found, rules));
        }
        matches
    }

    /// Whether sentence number `number` has to be analysed: some pattern that is a phrase may match it.
    pub fn analyses(
        &self,
        rules: &RuleSet,
        sentences: &[Sentence],
        mentions: &Mentions,
        number: usize,
    ) -> bool {
        let Some(sentence) = sentences.get(number) else { return false };
        let names: Vec<&Mention> = mentions.names.iter().filter(|name| name.sentence == number).collect();
        names.len() > 1 && !self.candidates(rules, sentence, &names).1.is_empty()
    }

    /// The sequences and the trees that a sentence with these names may hold.
    fn candidates(
        &self,
        rules: &RuleSet,
        sentence: &Sentence,
        names: &[&Mention],
    ) -> (Vec<usize>, Vec<usize>) {
        let mut sequences = self.prefilter.candidates(sentence);
        let trees = sequences.split_off(sequences.partition_point(|at| *at < self.programs.len()));
        let mut trees: Vec<usize> = trees.into_iter().map(|at| at - self.programs.len()).collect();
        self.slot_types.retain(&mut trees, names, rules);
        (sequences, trees)
    }

    /// The links of sentence number `number`, as rules see them.
    pub fn links(
        &self,
        rules: &RuleSet,
        text: &str,
        sentences: &[Sentence],
        mentions: &Mentions,
        number: usize,
    ) -> Option<Syntax> {
        let sentence = sentences.get(number)?;
        self.syntax(&View::new(number, sentence, mentions, text, rules, &self.words, &self.status))
    }

    /// How a pattern of a rule was understood, in words; nothing for a surface pattern.
    pub fn understood(&self, rule: usize, pattern: u16) -> Vec<String> {
        let same = |tree: &&TreePattern| tree.rule == rule && tree.pattern == pattern && !tree.veto;
        self.trees.iter().filter(same).map(TreePattern::describe).collect()
    }

    /// The links of a sentence; nothing where the program was built without a model.
    fn syntax(&self, view: &View) -> Option<Syntax> {
        let (predicted, _) = self.analyser.as_ref()?.predict(&view.forms);
        let name =
            |mention: &Mention| NamePhrase { tokens: mention.tokens.clone(), phrase: mention.phrase.clone() };
        let names: Vec<NamePhrase> = view.mentions_here().map(|(_, mention)| name(mention)).collect();
        Some(Syntax::new(&view.forms, &predicted, &names, view.sentence.block))
    }
}

impl Matcher {
    /// The pattern of a rule of which most held in some sentence, though not all; `None` where no
    /// pattern of the rule even began to hold.
    pub fn nearest_miss(
        &self,
        rules: &RuleSet,
        rule: usize,
        text: &str,
        sentences: &[Sentence],
        mentions: &Mentions,
    ) -> Option<Miss> {
        let mut nearest: Option<(usize, Miss)> = None;
        for (number, sentence) in sentences.iter().enumerate() {
            let view = View::new(number, sentence, mentions, text, rules, &self.words, &self.status);
            for program in self.programs.iter().filter(|program| program.rule == rule && !program.veto) {
                let Some((steps, tokens)) = surface::farthest(program, &view) else {
                    continue;
                };
                if nearest.as_ref().is_none_or(|(most, _)| steps > *most) {
                    let wanted =
                        program.steps.get(steps).map(|step| step.describe(rules)).unwrap_or_default();
                    nearest =
                        Some((steps, Miss { pattern: program.pattern, sentence: number, tokens, wanted }));
                }
            }
        }
        nearest.map(|(_, miss)| miss)
    }
}

/// How a mention can fill a slot of one of these types: as what it names or, for a capital that is not
/// put on the map, as the country whose government sits there. Only a slot for several kinds of actor is
/// filled so: "Tehran" is Iran where it speaks, but no `Country` beside another on the map.
fn reading(
    mention: &Mention,
    types: &[TypeId],
    vocabulary: &Vocabulary,
    known: &[Known],
) -> Option<Option<KnownId>> {
    let fits = |kind: TypeId| types.iter().any(|wanted| vocabulary.is_a(kind, *wanted));
    if fits(mention.kind) {
        return Some(None);
    }
    let entry = known.get(mention.known?.0 as usize)?;
    let acting = types.len() > 1 || types.iter().any(|wanted| vocabulary.entity_type(*wanted).grouping);
    let country = entry.stands_for.filter(|_| acting && !mention.located)?;
    fits(known.get(country.0 as usize)?.kind).then_some(Some(country))
}
