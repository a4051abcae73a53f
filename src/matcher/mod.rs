//! [`RuleSet`] × [`Sentence`]s → [`Match`]es: which sentences say a relation, and is it so?
//!
//! Rules are compiled once. A pattern that is a phrase is analysed like the articles (`wording`,
//! `understand`) and becomes a small tree of words, links and slots (`tree`); a surface pattern becomes a
//! sequence of tokens (`program`). A sentence is only looked at by patterns of which it holds every
//! necessary word (`prefilter`), and is only analysed where one of them is a tree. Trees are found in its
//! links (`embed`, `gather`), sequences in its tokens (`surface`, on a `view` of them). Whether it is so is
//! decided by the syntax round a tree (`assertion`) or the words round a sequence (`status`), by what words say of
//! the events under them (`signature`); when it was by `when`, and who says so by `attribution`.

mod assertion;
mod attribution;
mod cause;
mod contradict;
mod covered;
mod embed;
mod gather;
mod inside;
mod left_out;
mod line;
mod miss;
mod near;
mod path;
mod phrase;
mod plain;
mod prefilter;
mod program;
mod resolve;
mod review;
mod signature;
mod sketch;
mod slot;
mod status;
mod surface;
mod tree;
mod understand;
mod unlikely;
mod view;
mod when;
mod wording;
mod words;

use crate::diagnostic::Diagnostic;
use crate::language::{Analyser, Analyses, Language, Predicted, Sentence};
use crate::mention::{Mention, Mentions};
use crate::rule::RuleSet;
use crate::rule::lexicon::{KnownId, Usage};
pub use cause::Why;
pub use line::Lines;
pub use miss::{Miss, wanted_words};
pub use path::Path;
pub use plain::link as link_in_words;
pub use resolve::{Judged, Lost};
use slot::reading;
pub use status::Fact;

use crate::lookup::HashSet;
use crate::syntax::{ClauseWords, NamePhrase, Syntax};
use attribution::ReportingWords;
use embed::Scene;
use inside::Inside;
use phrase::Phrase;
use prefilter::{Prefilter, SlotTypes};
use program::Program;
use status::StatusWords;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use tree::TreePattern;
use view::{LinkWords, View};
use words::Wordbook;

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
    /// ISO date, month or year, where an expression of time that is bound or hangs on it fixes it.
    pub when: Option<String>,
    /// Whether it is so.
    pub fact: Fact,
    /// Who says so, where the sentence or a quotation names somebody.
    pub source: Option<Bound>,
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
    inside: Vec<Inside>,
    phrases: Vec<Phrase>,
    /// Over `programs`, and then `phrases`.
    prefilter: Prefilter,
    slot_types: SlotTypes,
    status: StatusWords,
    reporting: ReportingWords,
    words: LinkWords,
    clause_words: ClauseWords,
    analyser: Option<Analyser>,
    book: Wordbook,
}

impl Matcher {
    /// Compiles the rules; phrases are analysed when a sentence comes that has their words.
    /// O(total length of the patterns and of the word lists that they use).
    pub fn new(rules: &RuleSet, language: Arc<Language>) -> Self {
        let book = Wordbook::new(Arc::clone(&language));
        let programs = program::compile(rules, &book);
        let inside = inside::compile(rules, &book);
        let phrases = phrase::all(rules);
        let mut prefilter = Prefilter::new(&rules.lexicon);
        for program in &programs {
            prefilter.add(program.words().filter_map(words::Words::first_lemmas));
        }
        for phrase in &phrases {
            prefilter.add(phrase.required(rules, &book).into_iter());
        }
        let status = StatusWords::new(&rules.lexicon, &language);
        let reporting = ReportingWords::new(&rules.lexicon, &language);
        let words = LinkWords::new(&rules.lexicon, &language);
        let analyser = Analyser::built_in().ok().map(|analyser| analyser.with_inflection(&language));
        let clause_words = ClauseWords::new(&rules.lexicon);
        let slot_types = SlotTypes::new(phrases.iter().map(|phrase| phrase.slot_types(rules)));
        Self {
            programs,
            inside,
            phrases,
            prefilter,
            slot_types,
            status,
            reporting,
            words,
            clause_words,
            analyser,
            book,
        }
    }

    /// Analyses every phrase now, and says which could not be understood.
    pub fn understand(&self, rules: &RuleSet) -> Vec<Diagnostic> {
        let Some(analyser) = &self.analyser else { return Vec::new() };
        phrase::understand_all(&self.phrases, rules, &self.book, analyser);
        self.phrases.iter().flat_map(Phrase::problems).cloned().collect()
    }

    /// All matches in an article, by sentence and then by rule.
    pub fn find(
        &self,
        rules: &RuleSet,
        text: &str,
        sentences: &[Sentence],
        analyses: &Analyses,
        mentions: &Mentions,
    ) -> Vec<Match> {
        self.find_by(rules, text, sentences, mentions, |view| {
            Some(Cow::Owned(self.linked(view, &analyses.get(view.number)?.words)))
        })
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
            if view.names() > 1 {
                matches.append(&mut self.found_with_sources(&view, mentions, rules, &links));
            }
            matches.append(&mut inside::find(&self.inside, &view));
        }
        matches
    }

    /// What stays of all that is found in a sentence, and who says so.
    fn found_with_sources<'l>(
        &self,
        view: &View,
        mentions: &Mentions,
        rules: &RuleSet,
        links: impl Fn(&View) -> Option<Cow<'l, Syntax>>,
    ) -> Vec<Match> {
        let (found, syntax) = self.found_in(view, &links);
        let mut kept = resolve::resolve(found, rules);
        if !kept.is_empty() {
            let syntax = syntax.or_else(|| links(view));
            for found in &mut kept {
                found.source = attribution::source(&self.reporting, view, syntax.as_deref(), mentions, found);
            }
        }
        kept
    }

    /// Everything that a pattern finds in a sentence, before one is held against another, and its links where a
    /// pattern needed them.
    fn found_in<'l>(
        &self,
        view: &View,
        links: impl Fn(&View) -> Option<Cow<'l, Syntax>>,
    ) -> (Vec<Found>, Option<Cow<'l, Syntax>>) {
        let mut found = Vec::new();
        let (sequences, phrases) = self.candidates(view);
        let syntax = (!phrases.is_empty()).then(|| links(view)).flatten();
        if let Some(syntax) = &syntax {
            let scene = Scene::new(view, syntax);
            let lemmas: HashSet<&str> = view.lemmas.iter().copied().collect();
            for (phrase, analyser) in
                phrases.iter().flat_map(|at| Some((&self.phrases[*at], self.analyser()?)))
            {
                let (understood, absent) = phrase.trees_for(&lemmas, view.rules, &self.book, analyser);
                let has = |tree: &&TreePattern| tree.choice.is_none_or(|choice| !absent.contains(&choice));
                for tree in understood.trees.iter().filter(has) {
                    let (bindings, _) = embed::find(tree, &scene);
                    found.extend(gather::matches(tree, &bindings, &scene, &self.status));
                }
            }
        }
        for at in sequences {
            surface::find(&self.programs[at], view, syntax.as_deref(), &mut found);
        }
        if let Some(syntax) = &syntax {
            contradict::settle(&mut found, syntax, view, &self.clause_words);
        }
        (found, syntax)
    }

    /// The sequences and the phrases that a sentence with these words and names may hold.
    fn candidates(&self, view: &View) -> (Vec<usize>, Vec<usize>) {
        let mut sequences = self.prefilter.candidates(&view.lemmas);
        let phrases = sequences.split_off(sequences.partition_point(|at| *at < self.programs.len()));
        let mut phrases: Vec<usize> = phrases.into_iter().map(|at| at - self.programs.len()).collect();
        let names: Vec<&Mention> = view.mentions_here().map(|(_, mention)| mention).collect();
        self.slot_types.retain(&mut phrases, &names, view.rules);
        (sequences, phrases)
    }

    /// Whether sentence number `number` has to be analysed: some phrase may match it.
    pub fn wants_links(
        &self,
        rules: &RuleSet,
        text: &str,
        sentences: &[Sentence],
        mentions: &Mentions,
        number: usize,
    ) -> bool {
        let view = self.view(rules, text, sentences, mentions, number);
        view.is_some_and(|view| view.names() > 1 && !self.candidates(&view).1.is_empty())
    }

    /// Everything that a pattern finds in an article, with what took the place of what does not stay.
    pub fn judged(
        &self,
        rules: &RuleSet,
        text: &str,
        sentences: &[Sentence],
        mentions: &Mentions,
    ) -> Vec<Judged> {
        let view = |(number, sentence)| {
            View::new(number, sentence, mentions, text, rules, &self.words, &self.status)
        };
        let views = sentences.iter().enumerate().map(view).filter(|view| view.names() > 1);
        let links = |view: &View| self.syntax(view).map(Cow::Owned);
        views.flat_map(|view| resolve::judge(self.found_in(&view, links).0, rules)).collect()
    }

    /// What sentences are analysed with; nothing where the program was built without a model.
    pub fn analyser(&self) -> Option<&Analyser> {
        self.analyser.as_ref()
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
        self.syntax(&self.view(rules, text, sentences, mentions, number)?)
    }

    fn view<'v>(
        &'v self,
        rules: &'v RuleSet,
        text: &'v str,
        sentences: &'v [Sentence],
        mentions: &'v Mentions,
        number: usize,
    ) -> Option<View<'v>> {
        let sentence = sentences.get(number)?;
        Some(View::new(number, sentence, mentions, text, rules, &self.words, &self.status))
    }

    /// How a pattern of a rule is understood, in words, each way to read it by itself.
    pub fn understood(&self, rules: &RuleSet, rule: usize, pattern: u16) -> Vec<String> {
        let own = self.trees_of(rules, rule).filter(|tree| tree.pattern == pattern);
        let trees: Vec<String> = own.map(TreePattern::describe).collect();
        if !trees.is_empty() {
            return trees;
        }
        let pattern = rules.rules[rule].pattern(pattern);
        pattern.map(|pattern| plain::sequence(&pattern.pattern)).into_iter().collect()
    }

    /// The trees of the phrases of a rule that say its relation.
    fn trees_of<'m>(&'m self, rules: &'m RuleSet, rule: usize) -> impl Iterator<Item = &'m TreePattern> {
        let own = self.phrases.iter().filter(move |phrase| phrase.rule == rule && !phrase.veto);
        own.flat_map(move |phrase| self.trees(rules, phrase))
    }

    fn trees<'m>(&'m self, rules: &RuleSet, phrase: &'m Phrase) -> &'m [TreePattern] {
        match &self.analyser {
            Some(analyser) => phrase.trees(rules, &self.book, analyser),
            None => &[],
        }
    }

    /// The links of a sentence; nothing where the program was built without a model.
    fn syntax(&self, view: &View) -> Option<Syntax> {
        let (predicted, _) = self.analyser()?.predict(&view.forms);
        Some(self.linked(view, &predicted))
    }

    fn linked(&self, view: &View, predicted: &[Predicted]) -> Syntax {
        let vocabulary = &view.rules.vocabulary;
        let person = vocabulary.type_id("Person");
        let places = ["Place", "Country"].map(|name| vocabulary.type_id(name));
        let name = |mention: &Mention| NamePhrase {
            tokens: mention.tokens.clone(),
            phrase: mention.phrase.clone(),
            person: person.is_some_and(|person| vocabulary.is_a(mention.kind, person)),
            place: places.iter().flatten().any(|place| vocabulary.is_a(mention.kind, *place))
                && mention.usage != Usage::Demonym,
        };
        let mut names: Vec<NamePhrase> = view.mentions_here().map(|(_, mention)| name(mention)).collect();
        names.dedup_by(|one, other| one.tokens == other.tokens);
        Syntax::read(&view.forms, predicted, &names, view.sentence.block, &self.clause_words)
    }
}
