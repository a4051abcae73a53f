//! `relata rank`: who stands in the middle, and who belongs together.

use crate::cli::lines::clean;
use crate::cli::selected::{Focus, Selected};
use crate::cli::{Outcome, open};
use clap::{Args, ValueEnum};
use relata::network::{Measure, Network, Rank};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

/// Order the entities of a build by how they are linked, and tell communities
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Ranks {
    /// Folder that `relata build` wrote
    #[arg(value_name = "OUT")]
    build: PathBuf,
    /// What to order by
    #[arg(long, value_name = "MEASURE", value_enum, default_value_t = By::Pagerank)]
    by: By,
    /// How many entities and communities to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// Write all entities as JSON, one a line
    #[arg(long, conflicts_with = "top")]
    json: bool,
    #[command(flatten)]
    selected: Selected,
}

const EXAMPLES: &str = "\
Examples:
  relata rank output
  relata rank output --by betweenness --types Person
  relata rank output --facts actual --json | jq -r '[.id, .pagerank] | @tsv'

degree       number of entities that it has a triple with
triples      number of its triples
pagerank     where a reader would be who follows links at random, each by the number of its sources (Brin and Page
             1998); shares of 1 over all entities
betweenness  share of the shortest chains between two others that lead through it (Brandes 2001); above 512 entities
             estimated from 512 of them (Brandes and Pich 2007)
community    those who have more links with each other than with others (Louvain method, Blondel and others 2008)
Time grows with entities and links, never with the square of either: 100,000 entities with 300,000 links took 18 s of one
core.";

#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    Degree,
    Triples,
    Pagerank,
    Betweenness,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    degree: usize,
    triples: usize,
    pagerank: f64,
    betweenness: f64,
    community: usize,
}

impl Ranks {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let Some(dataset) = open(&self.build)? else { return Ok(Outcome::InputAtFault) };
        let Some(dataset) = self.selected.of(dataset, Focus::default()) else {
            return Ok(Outcome::InputAtFault);
        };
        let network = Network::new(&dataset);
        let ranks = network.ranks(match self.by {
            By::Degree => Measure::Degree,
            By::Triples => Measure::Triples,
            By::Pagerank => Measure::PageRank,
            By::Betweenness => Measure::Betweenness,
        });
        let mut out = io::BufWriter::new(io::stdout().lock());
        if self.json {
            ranks.iter().try_for_each(|rank| line(&mut out, rank))?;
        } else {
            writeln!(
                out,
                "{} entities, {} pairs of them with a triple",
                network.entities(),
                network.pairs()
            )?;
            table(&mut out, &ranks, self.top)?;
            communities(&mut out, &ranks, self.top)?;
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}

fn line(mut out: &mut dyn Write, rank: &Rank) -> io::Result<()> {
    let Rank { entity, degree, triples, pagerank, betweenness, community } = *rank;
    let (id, name, kind) = (&entity.id, &entity.name, entity.own_type());
    serde_json::to_writer(
        &mut out,
        &Line { id, name, kind, degree, triples, pagerank, betweenness, community },
    )?;
    writeln!(out)
}

fn table(out: &mut dyn Write, ranks: &[Rank], top: usize) -> io::Result<()> {
    writeln!(out, "\n  degree  triples  pagerank  betweenness  community  name")?;
    for rank in ranks.iter().take(top) {
        let Rank { entity, degree, triples, pagerank, betweenness, community } = rank;
        let name = clean(&entity.name);
        writeln!(
            out,
            "  {degree:6}  {triples:7}  {pagerank:8.4}  {betweenness:11.4}  {community:9}  {name} ({})",
            entity.own_type()
        )?;
    }
    more(out, ranks.len(), top)
}

/// The communities of more than two, each with its first members in the order asked for.
fn communities(out: &mut dyn Write, ranks: &[Rank], top: usize) -> io::Result<()> {
    const NAMED: usize = 6;
    let mut members: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for rank in ranks {
        members.entry(rank.community).or_default().push(&rank.entity.name);
    }
    members.retain(|_, members| members.len() > 2);
    writeln!(out, "\n  community  entities  the first of them")?;
    for (number, members) in members.iter().take(top) {
        let first = clean(&members[..members.len().min(NAMED)].join(", "));
        writeln!(out, "  {number:9}  {:8}  {first}", members.len())?;
    }
    more(out, members.len(), top)
}

fn more(out: &mut dyn Write, all: usize, shown: usize) -> io::Result<()> {
    if all > shown { writeln!(out, "  … and {} more", all - shown) } else { Ok(()) }
}
