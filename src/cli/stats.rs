//! `relata stats`: what a build found, and where it found nothing.

use crate::cli::lines::clean;
use crate::cli::{Outcome, no_build, tell};
use anyhow::Context;
use clap::Args;
use relata::dataset::{SilentRecord, shortened};
use relata::diagnostic::Diagnostic;
use relata::stats::{self, Count, Unfired, Unrecorded};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Show what a build found: relations, patterns and entities, and where rules may be missing
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Stats {
    /// Folder that `relata build` wrote
    #[arg(value_name = "OUT")]
    out: PathBuf,
    /// How many lines to show of each list
    #[arg(long, value_name = "N", default_value_t = 20, conflicts_with = "json")]
    top: usize,
    /// Write everything as one JSON object
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  relata stats output
  relata stats output --top 100
  relata stats output --json | jq -r '.unfired.patterns[] | [.rule, .text] | @tsv'
  relata stats output --json | jq -r '.silent.first[].quote'

What a sentence without a triple needs, `relata explain` tells; patterns for many, `relata suggest`.";

/// Where quotations are cut.
const WIDTH: usize = 160;
/// Where patterns are cut.
const PATTERN: usize = 80;

impl Stats {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let (stats, unrecorded) = match stats::Stats::read(&self.out) {
            Ok(read) => read,
            Err(error) if error.is_users_fault() => {
                tell(&no_build(&error));
                return Ok(Outcome::InputAtFault);
            }
            Err(error) => return Err(error.into()),
        };
        if let Some(why) = unrecorded {
            tell(&without_record(why, &self.out));
        }
        let mut out = io::BufWriter::new(io::stdout().lock());
        let written = if self.json {
            serde_json::to_writer_pretty(&mut out, &stats)
                .map_err(io::Error::from)
                .and_then(|()| writeln!(out))
        } else {
            print(&mut out, &stats, self.top)
        };
        written.and_then(|()| out.flush()).context("cannot write the report")?;
        Ok(Outcome::Done)
    }
}

fn without_record(why: Unrecorded, folder: &Path) -> Diagnostic {
    let folder = folder.display();
    let lost = "what never fired, and which sentences gave no triple, is unknown";
    let (code, message) = match why {
        Unrecorded::Missing => ("no-record", format!("`{folder}` has no `build.json`: {lost}")),
        Unrecorded::Stale => {
            ("stale-record", format!("`build.json` in `{folder}` is of another build: {lost}"))
        }
    };
    Diagnostic::warning(code, message).help("build it again with this version of relata")
}

fn print(out: &mut impl Write, stats: &stats::Stats, top: usize) -> io::Result<()> {
    size(out, stats)?;
    relations(out, stats, top)?;
    patterns(out, stats, top)?;
    if let Some(unfired) = &stats.unfired {
        in_vain(out, unfired, top)?;
    }
    entities(out, stats, top)?;
    match (&stats.silent, &stats.read) {
        (Some(silent), Some(read)) => sentences(out, silent, read.sentences, top),
        _ => Ok(()),
    }
}

fn size(out: &mut impl Write, stats: &stats::Stats) -> io::Result<()> {
    if let Some(read) = &stats.read {
        writeln!(out, "articles   {}", read.articles)?;
        writeln!(out, "sentences  {} of {} tokens", read.sentences, read.tokens)?;
    }
    writeln!(out, "entities   {}", stats.entities)?;
    let Count { triples, actual, negated, possible, evidence } = stats.triples;
    writeln!(out, "triples    {triples}: {actual} actual, {negated} negated, {possible} possible")?;
    writeln!(out, "evidence   {evidence}")
}

fn relations(out: &mut impl Write, stats: &stats::Stats, top: usize) -> io::Result<()> {
    title(out, "Relations", stats.relations.len(), "how many of their patterns fired is in the last column")?;
    let rows = stats.relations.iter().take(top).map(|relation| {
        let patterns = relation.patterns.map_or_else(
            || relation.fired.to_string(),
            |patterns| format!("{} of {patterns}", relation.fired),
        );
        let count = counts(&relation.count);
        [vec![relation.relation.clone()], count, vec![patterns]].concat()
    });
    let head = ["relation", "triples", "actual", "negated", "possible", "evidence", "patterns"];
    table(out, &head, "lrrrrrr", rows.collect(), stats.relations.len())
}

fn patterns(out: &mut impl Write, stats: &stats::Stats, top: usize) -> io::Result<()> {
    let explained = "a triple counts for each pattern that found a sentence of it";
    title(out, "Patterns", stats.patterns.len(), explained)?;
    let rows = stats.patterns.iter().take(top).map(|pattern| {
        let text = shortened(pattern.text.as_deref().unwrap_or_default(), PATTERN);
        [vec![pattern.rule.clone()], counts(&pattern.count), vec![text]].concat()
    });
    let head = ["rule", "triples", "actual", "negated", "possible", "evidence", "pattern"];
    table(out, &head, "lrrrrrl", rows.collect(), stats.patterns.len())
}

fn in_vain(out: &mut impl Write, unfired: &Unfired, top: usize) -> io::Result<()> {
    let explained = "nothing in these articles, or patterns are missing";
    title(out, "Relations that never fired", unfired.relations.len(), explained)?;
    let rows = unfired.relations.iter().take(top);
    let rows = rows.map(|relation| {
        vec![relation.relation.clone(), relation.patterns.len().to_string(), relation.file.clone()]
    });
    table(out, &["relation", "patterns", "file"], "lrl", rows.collect(), unfired.relations.len())?;
    let explained = "of the relations that did; no evidence names them";
    title(out, "Patterns that never fired", unfired.patterns.len(), explained)?;
    let rows = unfired.patterns.iter().take(top);
    let rows = rows.map(|pattern| vec![pattern.rule.clone(), shortened(&pattern.text, PATTERN)]);
    table(out, &["rule", "pattern"], "ll", rows.collect(), unfired.patterns.len())
}

fn entities(out: &mut impl Write, stats: &stats::Stats, top: usize) -> io::Result<()> {
    let alone = stats.entities.saturating_sub(stats.linked.len());
    let explained = format!("by number of triples at whose ends they stand; without any: {alone}");
    title(out, "Entities with links", stats.linked.len(), &explained)?;
    let rows = stats.linked.iter().take(top).map(|entity| {
        let numbers = [entity.links, entity.subject, entity.object, entity.mentions].map(|n| n.to_string());
        [numbers.to_vec(), vec![entity.kind.clone(), entity.name.clone()]].concat()
    });
    let head = ["links", "subject", "object", "mentions", "type", "name"];
    table(out, &head, "rrrrll", rows.collect(), stats.linked.len())
}

fn sentences(out: &mut impl Write, silent: &SilentRecord, all: usize, top: usize) -> io::Result<()> {
    let explained = format!("of {all} sentences; here rules may be missing");
    title(out, "Sentences with two actors and no triple", silent.total, &explained)?;
    for line in silent.first.iter().take(top) {
        writeln!(out, "  {} #{}: {}", clean(&line.article), line.sentence, clean(&line.actors.join(" | ")))?;
        writeln!(out, "    {}", clean(&shortened(&line.quote, WIDTH)))?;
    }
    rest(out, top.min(silent.first.len()), silent.total)
}

fn title(out: &mut impl Write, title: &str, number: usize, explained: &str) -> io::Result<()> {
    writeln!(out, "\n{title}: {number}\n  {explained}")
}

fn counts(count: &Count) -> Vec<String> {
    let Count { triples, actual, negated, possible, evidence } = *count;
    [triples, actual, negated, possible, evidence].map(|number| number.to_string()).to_vec()
}

/// Writes rows under a head, each column as wide as its widest cell, and how many of `all` are left out.
/// `sides` has a letter a column: `l` for words, `r` for numbers.
fn table(
    out: &mut impl Write,
    head: &[&str],
    sides: &str,
    rows: Vec<Vec<String>>,
    all: usize,
) -> io::Result<()> {
    let shown = rows.len();
    let head: Vec<String> = head.iter().map(|name| (*name).to_owned()).collect();
    let rows: Vec<Vec<String>> = if shown == 0 { Vec::new() } else { [vec![head], rows].concat() };
    let rows: Vec<Vec<String>> =
        rows.into_iter().map(|row| row.iter().map(|cell| clean(cell)).collect()).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..sides.len()).map(width).collect();
    for row in &rows {
        let mut line = String::new();
        for ((cell, width), side) in row.iter().zip(&widths).zip(sides.chars()) {
            line.push_str("  ");
            let cell = if side == 'r' { format!("{cell:>width$}") } else { format!("{cell:width$}") };
            line.push_str(&cell);
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    rest(out, shown, all)
}

fn rest(out: &mut impl Write, shown: usize, all: usize) -> io::Result<()> {
    if shown < all { writeln!(out, "  … and {} more", all - shown) } else { Ok(()) }
}
