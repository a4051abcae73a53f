//! `relata merge`: several builds in, the build of all their articles out.

use crate::cli::{Outcome, formats, open, tell};
use clap::Args;
use relata::dataset::Dataset;
use relata::diagnostic::Diagnostic;
use relata::export::{self, Format};
use std::io::{self, Write};
use std::path::PathBuf;

/// Make one build of several, in any order
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Merge {
    /// Folders that `relata build` wrote
    #[arg(value_name = "OUT", required = true)]
    builds: Vec<PathBuf>,
    /// Folder to write into
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[arg(long, value_name = "LIST", value_delimiter = ',', help = formats("Formats to write besides the default ones, separated by commas"))]
    format: Vec<Format>,
    /// Print no summary
    #[arg(long, short)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  relata build monday/ --out mon && relata build tuesday/ --out tue
  relata merge mon tue --out week
  relata merge week wed --out week            the builds are read before anything is written

Entities with one id are one. Articles may be in several builds; copies of one article count as one source, whichever
build they are in. Names that only a build over all articles could tell to be one stay two.";

impl Merge {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let formats = Format::with_default(&self.format);
        export::prepare(&self.out, &formats)?;
        let mut datasets = Vec::new();
        for folder in &self.builds {
            datasets.extend(open(folder)?);
        }
        if datasets.len() < self.builds.len() {
            return Ok(Outcome::InputAtFault);
        }
        let merged = match Dataset::merge(datasets) {
            Ok(merged) => merged,
            Err(error) => {
                let help = "give one of the articles another id, and build it again";
                tell(&Diagnostic::error("merge", error.to_string()).help(help));
                return Ok(Outcome::InputAtFault);
            }
        };
        export::save(&self.out, &merged, &formats)?;
        if !self.quiet {
            let Dataset { articles, entities, triples, .. } = &merged;
            let mut out = io::stdout().lock();
            writeln!(out, "articles   {}", articles.len())?;
            writeln!(out, "entities   {}", entities.len())?;
            writeln!(out, "triples    {}", triples.len())?;
            writeln!(out, "written    {}", self.out.display())?;
        }
        Ok(Outcome::Done)
    }
}
