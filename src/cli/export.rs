//! `relata export`: a build in another format, the whole or a part of it.

use crate::cli::selected::{Focus, Selected};
use crate::cli::{Outcome, open, tell};
use clap::Args;
use relata::diagnostic::Diagnostic;
use relata::export::{self, Format};
use std::io;
use std::path::PathBuf;

/// Write a build in other formats, or a part of it
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Export {
    /// Folder that `relata build` wrote
    #[arg(value_name = "OUT")]
    build: PathBuf,
    /// Formats to write, separated by commas
    #[arg(long, value_name = "LIST", value_delimiter = ',', required = true)]
    format: Vec<Format>,
    /// Folder to write into; a single format goes to standard output where it is not given
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    focus: Focus,
    #[command(flatten)]
    selected: Selected,
}

const EXAMPLES: &str = "\
Examples:
  relata export output --format dot --focus \"Xi Jinping\" | dot -Tsvg -o xi.svg
  relata export output --format dot --focus china --hops 2 --min-sources 2 --top 40 | dot -Tsvg -o china.svg
  relata export output --format dot --relations conflict --since 2021-08 --until 2021-09 | dot -Tsvg -o august.svg
  relata export output --format dot,jsonld --types Person,Party --out people";

impl Export {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let mut formats = self.format;
        formats.sort();
        formats.dedup();
        let alone = match formats[..] {
            [one] if self.out.is_none() => Some(one),
            _ if self.out.is_none() => {
                let message = "several formats need a folder to be written into";
                tell(
                    &Diagnostic::error("no-folder", message)
                        .help("name one with `--out DIR`, or a single format"),
                );
                return Ok(Outcome::InputAtFault);
            }
            _ => None,
        };
        let Some(dataset) = open(&self.build)? else { return Ok(Outcome::InputAtFault) };
        let Some(dataset) = self.selected.of(dataset, self.focus) else { return Ok(Outcome::InputAtFault) };
        match (alone, &self.out) {
            (Some(format), _) => export::write(format, &dataset, &mut io::stdout().lock())?,
            (None, Some(folder)) => export::save_formats(folder, &dataset, &formats)?,
            (None, None) => {}
        }
        Ok(Outcome::Done)
    }
}
