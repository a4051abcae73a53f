//! `relata suggest`: what articles say that no rule looks for.

use crate::cli::{Outcome, load, tell, tell_all};
use anyhow::Context;
use clap::Args;
use relata::article::{self, Article};
use relata::diagnostic::Diagnostic;
use relata::suggest::{self, Suggestion};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::PathBuf;

/// Show what articles say of two names that no rule looks for, as patterns to paste
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Suggest {
    /// Files or folders: .txt .md .html .json .jsonl
    #[arg(required = true, value_name = "ARTICLES")]
    articles: Vec<PathBuf>,
    /// Folder of rules, or a rule file, instead of the built-in rules; `built-in` adds those
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
    /// How many patterns to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// Write one JSON object a pattern
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  relata suggest articles/
  relata suggest articles/ --rules my-rules --top 50
  relata suggest feed.jsonl --json | jq -r .pattern";

/// Where long sentences are cut.
const WIDTH: usize = 160;

impl Suggest {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let Some((pipeline, cleaner)) = load(&self.rules) else { return Ok(Outcome::InputAtFault) };
        let (articles, diagnostics) = article::read(&self.articles, &cleaner);
        let faulty = tell_all(diagnostics);
        if articles.is_empty() {
            let help = "give files or folders with .txt .md .html .json .jsonl";
            tell(&Diagnostic::error("no-articles", "there is no article to read").help(help));
            return Ok(Outcome::InputAtFault);
        }
        let progress = super::progress("looking for what no rule finds", Some(2 * articles.len() as u64));
        let suggestions = suggest::suggest(&pipeline, &articles, self.top, || progress.inc(1));
        progress.finish_and_clear();
        let mut out = io::BufWriter::new(io::stdout().lock());
        for (at, suggestion) in suggestions.iter().enumerate() {
            if self.json {
                writeln!(out, "{}", as_json(suggestion, &articles))?;
            } else {
                print(&mut out, at + 1, suggestion, &articles)?;
            }
        }
        if !self.json {
            close(&mut out, &suggestions)?;
        }
        out.flush().context("cannot write the suggestions")?;
        Ok(Outcome::of(faulty))
    }
}

fn print(
    out: &mut impl Write,
    number: usize,
    suggestion: &Suggestion,
    articles: &[Article],
) -> io::Result<()> {
    let Suggestion { pattern, count, pairs, subject, object, near, examples } = suggestion;
    let (times, subject, object) =
        (if *count == 1 { "time" } else { "times" }, subject.join("|"), object.join("|"));
    let quoted = format!("\"{pattern}\"");
    writeln!(out, "{number:3}. {quoted:40} {count} {times}, {pairs} pairs; {subject} to {object}")?;
    if let Some(near) = near {
        writeln!(out, "     where a rule matches, it is `{near}`")?;
    }
    for example in examples {
        let quote = quote(articles, example.article, example.sentence, Some(WIDTH));
        writeln!(out, "     {} | {}: {quote}", example.subject, example.object)?;
    }
    writeln!(out)
}

fn close(out: &mut impl Write, suggestions: &[Suggestion]) -> io::Result<()> {
    let Some(first) = suggestions.first() else {
        return writeln!(out, "Nothing is said of two pairs of names or more that no rule finds.");
    };
    writeln!(out, "Paste a line into the `patterns` of a relation, or begin a relation with it:")?;
    let (subject, object) = (first.subject.join("|"), first.object.join("|"));
    writeln!(out, "  relata new NAME \"{}\" --subject \"{subject}\" --object \"{object}\"", first.pattern)
}

fn as_json(suggestion: &Suggestion, articles: &[Article]) -> Value {
    let examples = suggestion.examples.iter().map(|example| {
        let article = articles.get(example.article).map_or("", |article| article.id.as_str());
        json!({
            "article": article,
            "subject": example.subject,
            "object": example.object,
            "quote": quote(articles, example.article, example.sentence, None),
        })
    });
    json!({
        "pattern": suggestion.pattern,
        "count": suggestion.count,
        "pairs": suggestion.pairs,
        "subject": suggestion.subject,
        "object": suggestion.object,
        "near": suggestion.near,
        "examples": examples.collect::<Vec<_>>(),
    })
}

/// A sentence on one line, cut where it is too long for it.
fn quote(articles: &[Article], article: usize, span: relata::span::Span, width: Option<usize>) -> String {
    let text = articles.get(article).map_or("", |article| span.of(&article.text));
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    match width.filter(|width| line.chars().count() > *width) {
        Some(width) => line.chars().take(width).chain(['…']).collect(),
        None => line,
    }
}
