//! `relata show`: everything that a build knows of somebody.

use crate::cli::lines::{clean, particulars, relation, sentences};
use crate::cli::selected::{Focus, Selected};
use crate::cli::{Outcome, entity, open};
use clap::Args;
use relata::dataset::{Dataset, EntityRow, TripleRow};
use relata::triple::Fact;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;

/// Show what a build says of an entity, with the sentences
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Show {
    /// Folder that `relata build` wrote
    #[arg(value_name = "OUT")]
    build: PathBuf,
    /// A name, an alias or an id
    #[arg(value_name = "NAME")]
    name: String,
    /// How many sentences to show of each triple
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with = "json")]
    quotes: usize,
    /// Write everything as one JSON object: `entity`, and `triples` as in triples.jsonl
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    selected: Selected,
}

const EXAMPLES: &str = "\
Examples:
  relata show output \"Xi Jinping\"
  relata show output china --relations conflict --since 2021 --quotes 3
  relata show output person/xi-jinping --json | jq -r '.triples[].evidence[].quote'";

#[derive(Serialize)]
struct Profile<'a> {
    entity: &'a EntityRow,
    triples: Vec<&'a TripleRow>,
}

impl Show {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let Some(dataset) = open(&self.build)? else { return Ok(Outcome::InputAtFault) };
        let Some(of) = entity(&dataset, &self.name).map(|entity| entity.id.clone()) else {
            return Ok(Outcome::InputAtFault);
        };
        let Some(dataset) = self.selected.of(dataset, Focus::on(&of)) else {
            return Ok(Outcome::InputAtFault);
        };
        let Some(entity) = dataset.entity(&of) else { return Ok(Outcome::InputAtFault) };
        let is_end = |triple: &&TripleRow| triple.subject.id == of || triple.object.id == of;
        let profile = Profile { entity, triples: dataset.triples.iter().filter(is_end).collect() };
        let mut out = io::BufWriter::new(io::stdout().lock());
        if self.json {
            serde_json::to_writer_pretty(&mut out, &profile)?;
            writeln!(out)?;
        } else {
            profile.print(&mut out, &dataset, self.quotes)?;
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}

impl Profile<'_> {
    fn print(&self, out: &mut dyn Write, dataset: &Dataset, quotes: usize) -> io::Result<()> {
        let Self { entity, triples } = self;
        writeln!(out, "{}", clean(&entity.name))?;
        writeln!(out, "  {}, {}", clean(entity.own_type()), clean(&entity.id))?;
        if !entity.aliases.is_empty() {
            writeln!(out, "  also called {}", clean(&entity.aliases.join(", ")))?;
        }
        let others: BTreeSet<&str> = triples.iter().map(|triple| self.other(triple).0).collect();
        let (mentions, articles) =
            (count(entity.mentions as usize, "mention"), count(entity.articles.len(), "article"));
        writeln!(out, "  {mentions} in {articles}")?;
        let others = match others.len() {
            1 => "1 other".to_owned(),
            number => format!("{number} others"),
        };
        writeln!(out, "  {} with {others}", count(triples.len(), "triple"))?;
        for (relation, triples) in self.by_relation() {
            let about = dataset.terms.relation(relation).map_or("", |relation| &relation.about);
            writeln!(out, "\n{}  {}", clean(relation), clean(about))?;
            for triple in triples {
                self.line(out, dataset, triple)?;
                sentences(out, dataset, triple, quotes, "      ")?;
            }
        }
        Ok(())
    }

    /// The id and the name of the other end.
    fn other<'t>(&self, triple: &'t TripleRow) -> (&'t str, &'t str) {
        let other = if triple.subject.id == self.entity.id { &triple.object } else { &triple.subject };
        (&other.id, &other.name)
    }

    fn line(&self, out: &mut dyn Write, dataset: &Dataset, triple: &TripleRow) -> io::Result<()> {
        let symmetric = dataset.terms.relation(&triple.relation).is_some_and(|relation| relation.symmetric);
        let arrow = match (symmetric, triple.subject.id == self.entity.id) {
            (true, _) => "—",
            (false, true) => "→",
            (false, false) => "←",
        };
        let fact = if triple.fact == Fact::Actual { String::new() } else { format!("{} ", relation(triple)) };
        writeln!(out, "  {fact}{arrow} {}{}", clean(self.other(triple).1), particulars(triple))
    }

    /// The relations in the order of the number of their triples; their triples, what is so first, those of most
    /// sources first.
    fn by_relation(&self) -> Vec<(&str, Vec<&TripleRow>)> {
        let mut by_relation: BTreeMap<&str, Vec<&TripleRow>> = BTreeMap::new();
        for triple in &self.triples {
            by_relation.entry(&triple.relation).or_default().push(triple);
        }
        by_relation.values_mut().for_each(|triples| triples.sort_by_key(|t| (t.fact, Reverse(t.sources))));
        let mut by_relation: Vec<_> = by_relation.into_iter().collect();
        by_relation.sort_by_key(|(_, triples)| Reverse(triples.len()));
        by_relation
    }
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
