//! `relata check`: finds every mistake in rule files, runs their examples, and doubts their patterns.

use crate::cli::{Outcome, tell};
use clap::Args;
use relata::article::Cleaner;
use relata::diagnostic::{Diagnostic, Severity};
use relata::example;
use relata::pipeline::Pipeline;
use relata::rule::RuleSet;
use std::io::{self, Write};
use std::path::PathBuf;

/// Test rules: every mistake in the files, every example, every pattern
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Check {
    /// Folder of rules, or a rule file; the built-in rules where none is given
    #[arg(value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Show how each pattern is understood, in words
    #[arg(long)]
    verbose: bool,
    /// Write JSON, one object a line: every message, and at last a summary
    #[arg(long)]
    json: bool,
}

/// More notes than these push what is wrong off the screen.
const MOST_NOTES: usize = 8;
/// More ways to read one pattern, with and without what is in brackets, tell nothing new.
const MOST_READINGS: usize = 4;

const AFTER: &str = "\
Errors and warnings name file, line and remedy. A note is nothing to mend: `unexercised` lists
the patterns that no example tries.

With --json each message is {file, line, column, endLine, endColumn, code, severity, message, help};
lines and columns count from 1, columns in code points, and what a message has not is null. The last
line is {summary: {relations, patterns, examples: {passed, failed, todo}, errors, warnings, notes}}.
With --verbose, too, each pattern is {pattern: {relation, number, text, understood, tried}}.

Examples:
  relata check
  relata check my-rules --verbose
  relata check my-rules --json";

impl Check {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let folders: Vec<PathBuf> = self.rules.clone().into_iter().collect();
        let (rules, mut diagnostics) = RuleSet::load(&folders);
        diagnostics.extend(Cleaner::new(rules.lexicon.cleaning()).1);
        let (pipeline, _) = Pipeline::new(rules);
        diagnostics.extend(pipeline.understand());
        let mut outcome = example::run(&pipeline);
        diagnostics.append(&mut outcome.diagnostics);
        diagnostics.extend(pipeline.review());
        diagnostics.extend(example::unexercised(&pipeline.rules, &outcome));
        // Notes come last: what is to be mended must not be looked for between them.
        diagnostics.sort();
        diagnostics.sort_by_key(|told| told.severity == Severity::Note);
        let faulty = diagnostics.iter().any(Diagnostic::is_error);
        let mut out = io::BufWriter::new(io::stdout().lock());
        if self.json {
            diagnostics.iter().try_for_each(|told| writeln!(out, "{}", told.json()))?;
        }
        if self.verbose {
            self.patterns(&pipeline, &outcome, &mut out)?;
        }
        if self.json {
            writeln!(out, "{}", json_summary(&pipeline.rules, &outcome, &diagnostics))?;
        } else {
            self.tell(&diagnostics);
            writeln!(out, "{}", summary(&pipeline.rules, &outcome))?;
        }
        out.flush()?;
        Ok(Outcome::of(faulty))
    }

    /// Tells everything; many notes are told in one, unless a person wants to know more.
    fn tell(&self, diagnostics: &[Diagnostic]) {
        let (notes, wrong): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
            diagnostics.iter().partition(|told| told.severity == Severity::Note);
        wrong.into_iter().for_each(tell);
        if self.verbose || notes.len() <= MOST_NOTES {
            return notes.into_iter().for_each(tell);
        }
        let message = format!("{} relations have patterns that no example tries", notes.len());
        tell(&Diagnostic::note("unexercised", message).help("see which with `--verbose`"));
    }

    /// How each pattern of each relation is understood.
    fn patterns(
        &self,
        pipeline: &Pipeline,
        tried: &example::Outcome,
        out: &mut impl Write,
    ) -> io::Result<()> {
        for (number, rule) in pipeline.rules.rules.iter().enumerate() {
            let name = &pipeline.rules.relation(rule.relation).name;
            if !self.json {
                writeln!(out, "{name}")?;
            }
            for pattern in rule.all_patterns() {
                let understood = pipeline.understood(number, pattern.number);
                let tried = tried.exercised.contains(&(number, pattern.number));
                if self.json {
                    let object = serde_json::json!({ "pattern": {
                        "relation": name, "number": pattern.number, "text": pattern.text,
                        "understood": understood, "tried": tried,
                    }});
                    writeln!(out, "{object}")?;
                    continue;
                }
                let tried = if tried { "" } else { "   (no example tries it)" };
                writeln!(out, "{:4} {}{tried}", pattern.number, pattern.text)?;
                for way in understood.iter().take(MOST_READINGS) {
                    writeln!(out, "       {way}")?;
                }
                if understood.len() > MOST_READINGS {
                    let more = understood.len() - MOST_READINGS;
                    writeln!(
                        out,
                        "       and {more} more ways, with other words or without those in brackets"
                    )?;
                }
            }
        }
        Ok(())
    }
}

/// How many patterns there are, those under `not` among them.
fn patterns(rules: &RuleSet) -> usize {
    rules.rules.iter().map(|rule| rule.all_patterns().count() + rule.not.len()).sum()
}

fn summary(rules: &RuleSet, outcome: &example::Outcome) -> String {
    let count = |number: usize, what: &str| match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    };
    format!(
        "{}, {}; examples: {} passed, {} failed, {} todo",
        count(rules.relations.len(), "relation"),
        count(patterns(rules), "pattern"),
        outcome.passed,
        outcome.failed,
        outcome.todo
    )
}

fn json_summary(rules: &RuleSet, outcome: &example::Outcome, told: &[Diagnostic]) -> serde_json::Value {
    let count = |severity: Severity| told.iter().filter(|told| told.severity == severity).count();
    serde_json::json!({ "summary": {
        "relations": rules.relations.len(),
        "patterns": patterns(rules),
        "examples": { "passed": outcome.passed, "failed": outcome.failed, "todo": outcome.todo },
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
        "notes": count(Severity::Note),
    }})
}
