//! `relata path`: how two entities hang together, with the sentences.

use crate::cli::lines::{clean, particulars, relation, sentences};
use crate::cli::selected::{Focus, Selected};
use crate::cli::{Outcome, entity, open, tell};
use clap::Args;
use relata::dataset::{Dataset, TripleRow};
use relata::diagnostic::Diagnostic;
use relata::network::{Chain, Network};
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;

/// Show the shortest chains of triples from one entity to another, with the sentences
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Path {
    /// Folder that `relata build` wrote
    #[arg(value_name = "OUT")]
    build: PathBuf,
    /// A name, an alias or an id
    #[arg(value_name = "FROM")]
    from: String,
    /// A name, an alias or an id
    #[arg(value_name = "TO")]
    to: String,
    /// How many chains to show at most
    #[arg(long, value_name = "N", default_value_t = 3)]
    most: usize,
    /// Only chains that do not lead through this entity; may be given several times
    #[arg(long, value_name = "NAME")]
    without: Vec<String>,
    /// Write the chains as JSON, one a line: an array of steps, each with its triples
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    selected: Selected,
}

const EXAMPLES: &str = "\
Examples:
  relata path output \"Xi Jinping\" \"Joe Biden\"
  relata path output Putin Macron --without Russia --without France
  relata path output taliban nato --facts actual --min-sources 2 --json

Chains are the shortest that there are. Of equally long ones, those come first whose weakest step has most sources, then
those through entities with few links.";

#[derive(Serialize)]
struct Line<'a> {
    from: &'a str,
    to: &'a str,
    triples: &'a [&'a TripleRow],
}

impl Path {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let Some(dataset) = open(&self.build)? else { return Ok(Outcome::InputAtFault) };
        let id = |name: &String| entity(&dataset, name).map(|entity| entity.id.clone());
        let without: Option<Vec<String>> = self.without.iter().map(id).collect();
        let (Some(from), Some(to), Some(without)) = (id(&self.from), id(&self.to), without) else {
            return Ok(Outcome::InputAtFault);
        };
        let Some(mut dataset) = self.selected.of(dataset, Focus::default()) else {
            return Ok(Outcome::InputAtFault);
        };
        dataset.triples.retain(|triple| {
            let ends = [&triple.subject.id, &triple.object.id];
            !without.iter().any(|without| ends.contains(&without) && ![&from, &to].contains(&without))
        });
        let network = Network::new(&dataset);
        let chains = network.chains(&from, &to, self.most);
        if chains.is_empty() {
            let message = format!("no chain of triples leads from `{from}` to `{to}`");
            tell(&Diagnostic::note("no-path", message));
        }
        let mut out = io::BufWriter::new(io::stdout().lock());
        for (number, chain) in chains.iter().enumerate() {
            if self.json { line(&mut out, chain)? } else { print(&mut out, &dataset, number, chain)? }
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}

fn line(mut out: &mut dyn Write, chain: &Chain) -> io::Result<()> {
    let before = std::iter::once(chain.start).chain(chain.steps.iter().map(|step| step.to));
    let steps = before.zip(&chain.steps);
    let steps = steps.map(|(from, step)| Line { from: &from.id, to: &step.to.id, triples: &step.triples });
    serde_json::to_writer(&mut out, &steps.collect::<Vec<Line>>())?;
    writeln!(out)
}

fn print(out: &mut dyn Write, dataset: &Dataset, number: usize, chain: &Chain) -> io::Result<()> {
    if number > 0 {
        writeln!(out)?;
    }
    let names = chain.steps.iter().map(|step| step.to.name.as_str());
    let names: Vec<&str> = std::iter::once(chain.start.name.as_str()).chain(names).collect();
    writeln!(out, "{}", clean(&names.join(" — ")))?;
    for step in &chain.steps {
        for (at, triple) in step.triples.iter().enumerate() {
            let (subject, object) = (clean(&triple.subject.name), clean(&triple.object.name));
            writeln!(out, "  {subject} {} {object}{}", relation(triple), particulars(triple))?;
            // The best triple with its sentence; the others are named.
            if at == 0 {
                sentences(out, dataset, triple, 1, "      ")?;
            }
        }
    }
    Ok(())
}
