//! `relata check`: finds every mistake in rule files and runs their examples.

use crate::cli::{Outcome, tell_all};
use clap::Args;
use relata::article::Cleaner;
use relata::example;
use relata::pipeline::Pipeline;
use relata::rule::RuleSet;
use std::io::{self, Write};
use std::path::PathBuf;

/// Test rules: every mistake in the files, and every example
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  relata check\n  relata check my-rules")]
pub(crate) struct Check {
    /// Folder of rules, or a rule file; the built-in rules where none is given
    #[arg(value_name = "DIR")]
    rules: Option<PathBuf>,
}

impl Check {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let folders: Vec<PathBuf> = self.rules.into_iter().collect();
        let (rules, mut diagnostics) = RuleSet::load(&folders);
        diagnostics.extend(Cleaner::new(rules.lexicon.cleaning()).1);
        let (pipeline, _) = Pipeline::new(rules);
        diagnostics.extend(pipeline.understand());
        let outcome = example::run(&pipeline);
        diagnostics.extend(outcome.diagnostics);
        let faulty = tell_all(diagnostics);
        let patterns: usize =
            pipeline.rules.rules.iter().map(|rule| rule.all_patterns().count() + rule.not.len()).sum();
        let relations = pipeline.rules.relations.len();
        let (passed, failed, todo) = (outcome.passed, outcome.failed, outcome.todo);
        let mut out = io::stdout().lock();
        writeln!(
            out,
            "{relations} relations, {patterns} patterns; examples: {passed} passed, {failed} failed, {todo} todo"
        )?;
        Ok(Outcome::of(faulty))
    }
}
