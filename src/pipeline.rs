//! The whole flow: articles and rules in, a knowledge graph out.

use crate::article::{self, Article, Copies};
use crate::dataset::{Amount, Dataset};
use crate::diagnostic::Diagnostic;
use crate::entity::{Doubt, Identities, LocalNames, Resolver};
use crate::graph::KnowledgeGraph;
use crate::language::{Analyses, Language, Sentence};
use crate::matcher::{Judged, Lines, Match, Matcher, Miss, Path, Why};
use crate::mention::{MentionFinder, Mentions};
use crate::rule::RuleSet;
use crate::silent::{self, Gatherer, Silent, SilentSentence};
use crate::syntax::Syntax;
use crate::triple::{self, Claim};
use rayon::prelude::*;
use std::sync::Arc;

/// All stages, ready to be used on any number of articles.
#[derive(Debug)]
pub struct Pipeline {
    /// The rules that it looks for.
    pub rules: RuleSet,
    language: Arc<Language>,
    mentions: MentionFinder,
    matcher: Matcher,
    resolver: Resolver,
}

/// What was read in one article.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// The names and times in them.
    pub mentions: Mentions,
    /// Where rules hold.
    pub matches: Vec<Match>,
    /// Who is who in it.
    pub names: LocalNames,
}

/// A graph and the size of what it was made from.
#[derive(Debug)]
pub struct Built {
    /// The graph.
    pub graph: KnowledgeGraph,
    /// How much was read in each of its articles.
    pub amounts: Vec<Amount>,
    /// The sentences that name two actors and give no triple.
    pub silent: Silent,
    /// Which articles were taken for copies of which.
    pub copies: Copies,
    /// Names of which it is not sure whether they are one.
    pub doubts: Vec<Doubt>,
    /// What is wrong with the identities that were given.
    pub diagnostics: Vec<Diagnostic>,
}

impl Pipeline {
    /// Compiles the rules. A person's phrases are analysed now, and what could not be understood is said
    /// and left out; the built-in ones, which are tested, when a sentence comes that has their words.
    pub fn new(rules: RuleSet) -> (Self, Vec<Diagnostic>) {
        let built_in = rules.is_built_in();
        let language = Arc::new(Language::new(&rules.lexicon));
        let mentions = MentionFinder::new(&rules, &language);
        let matcher = Matcher::new(&rules, Arc::clone(&language));
        let resolver = Resolver::new(&rules, &language);
        let pipeline = Self { rules, language, mentions, matcher, resolver };
        let diagnostics = if built_in { Vec::new() } else { pipeline.understand() };
        (pipeline, diagnostics)
    }

    /// Obeys a person's word on who is who from now on.
    pub fn obey(&mut self, identities: Identities) {
        self.resolver.obey(identities);
    }

    /// Analyses every phrase of the rules now, and says which could not be understood.
    pub fn understand(&self) -> Vec<Diagnostic> {
        self.matcher.understand(&self.rules)
    }

    /// Builds the graph of all articles. Up to the matcher every article is read by itself, in
    /// parallel; the result depends neither on the number of threads nor on the order of the articles.
    /// `done` is called once an article.
    pub fn build(&self, mut articles: Vec<Article>, done: impl Fn() + Sync) -> Built {
        articles.sort_by(|one, other| one.id.cmp(&other.id));
        let gatherer = Gatherer::default();
        let read: Vec<(LocalNames, Vec<Claim>, Amount)> = articles
            .par_iter()
            .enumerate()
            .map(|(number, article)| {
                let reading = self.read(article);
                let claims = reading.claims(&self.rules, number);
                let silent = reading.silent(&self.rules, number, &claims);
                let amount = reading.amount(&silent);
                gatherer.add(silent);
                done();
                (reading.names, claims, amount)
            })
            .collect();
        let amounts = read.iter().map(|(.., amount)| *amount).collect();
        let ids = articles.iter().map(|article| article.id.as_str());
        let names: Vec<(&str, &LocalNames)> = ids.zip(read.iter().map(|(names, ..)| names)).collect();
        let entities = self.resolver.merge(&self.rules, &names);
        let copies = article::copies(&articles);
        let claims = read.into_iter().map(|(_, claims, ..)| claims).collect();
        let triples = triple::collect(&self.rules, claims, &entities, &copies);
        let graph = KnowledgeGraph::new(articles, entities.entities, triples);
        let (doubts, diagnostics) = (entities.doubts, entities.diagnostics);
        Built { graph, amounts, silent: gatherer.finish(), copies, doubts, diagnostics }
    }

    /// Reads one article: sentences, mentions, matches, and who is who.
    pub fn read(&self, article: &Article) -> Reading {
        let sentences = self.language.sentences(article);
        let analyses = Analyses::new(self.matcher.analyser(), &sentences, &article.text);
        let mentions = self.mentions.find(&self.rules, article, &sentences, &analyses);
        let matches = self.matcher.find(&self.rules, &article.text, &sentences, &analyses, &mentions);
        let names = self.resolver.names(&self.rules, &article.text, &sentences, &mentions, &matches);
        drop(analyses);
        Reading { sentences, mentions, matches, names }
    }
}

impl Pipeline {
    /// What the sentences are divided with.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The links of a sentence of an article, as rules see them; nothing where there is no model.
    pub fn links(&self, article: &Article, reading: &Reading, sentence: usize) -> Option<Syntax> {
        self.matcher.links(&self.rules, &article.text, &reading.sentences, &reading.mentions, sentence)
    }

    /// What the links of a sentence say of each two names in it.
    pub fn paths(&self, lines: &Lines, article: &Article, reading: &Reading, sentence: usize) -> Vec<Path> {
        let (sentences, mentions) = (&reading.sentences, &reading.mentions);
        self.matcher.paths(lines, &self.rules, &article.text, sentences, mentions, sentence)
    }

    /// How a pattern of a rule is understood, in words, each way to read it by itself.
    pub fn understood(&self, rule: usize, pattern: u16) -> Vec<String> {
        self.matcher.understood(&self.rules, rule, pattern)
    }

    /// Everything that a pattern finds in an article, with what took the place of what does not stay.
    pub fn judged(&self, article: &Article, reading: &Reading) -> Vec<Judged> {
        self.matcher.judged(&self.rules, &article.text, &reading.sentences, &reading.mentions)
    }

    /// What is doubtful of the patterns: what another one covers, what is understood in an unlikely way.
    pub fn review(&self) -> Vec<Diagnostic> {
        self.matcher.review(&self.rules)
    }

    /// Why a match in an article is what it is.
    pub fn why(&self, article: &Article, reading: &Reading, found: &Match) -> Why {
        self.matcher.why(&self.rules, &article.text, &reading.sentences, &reading.mentions, found)
    }

    /// How near rule number `rule` came to an article that it did not match.
    pub fn nearest_miss(&self, article: &Article, reading: &Reading, rule: usize) -> Option<Miss> {
        self.matcher.nearest_miss(&self.rules, rule, &article.text, &reading.sentences, &reading.mentions)
    }
}

impl Built {
    /// Everything that is written of it; `rules` must be those that it was built with.
    pub fn dataset(&self, rules: &RuleSet) -> Dataset {
        Dataset::new(&self.graph, rules, &self.amounts, &self.copies, &self.silent)
    }
}

impl Reading {
    fn amount(&self, silent: &[SilentSentence]) -> Amount {
        let tokens = self.sentences.iter().map(|sentence| sentence.tokens.len()).sum();
        Amount { sentences: self.sentences.len(), tokens, silent: silent.len() }
    }

    /// The triples that this article claims, as its number in the build.
    pub fn claims(&self, rules: &RuleSet, article: usize) -> Vec<Claim> {
        triple::claims(rules, article, &self.sentences, &self.mentions, &self.matches, &self.names)
    }

    /// The sentences of this article, as its number in the build, that name two actors and are in no claim.
    pub fn silent(&self, rules: &RuleSet, article: usize, claims: &[Claim]) -> Vec<SilentSentence> {
        silent::silent(rules, article, &self.sentences, &self.mentions, &self.names, claims)
    }
}
