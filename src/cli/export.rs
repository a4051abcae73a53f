//! `relata export`: a build in another format, the whole or a part of it.

use crate::cli::selected::{Focus, Selected};
use crate::cli::{Outcome, formats, open, tell};
use clap::{Args, ValueEnum};
use relata::diagnostic::Diagnostic;
use relata::export::{self, Format, Options};
use relata::rdf::Version;
use std::io;
use std::path::PathBuf;

/// Write a build in other formats, or a part of it
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Export {
    /// Folder that `relata build` wrote
    #[arg(value_name = "OUT")]
    build: PathBuf,
    #[arg(long, value_name = "LIST", value_delimiter = ',', help = formats("Formats to write, separated by commas"), required = true)]
    format: Vec<Format>,
    /// Folder to write into; a single format goes to standard output where it is not given
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Version of RDF; few stores read 1.2 yet
    #[arg(long, value_enum, value_name = "VERSION", default_value_t = Rdf::V11)]
    rdf: Rdf,
    #[command(flatten)]
    focus: Focus,
    #[command(flatten)]
    selected: Selected,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Rdf {
    #[value(name = "1.1")]
    V11,
    #[value(name = "1.2")]
    V12,
}

const EXAMPLES: &str = "\
Examples:
  relata export output --format dot --focus \"Xi Jinping\" | dot -Tsvg -o xi.svg
  relata export output --format dot --focus china --hops 2 --min-sources 2 --top 40 | dot -Tsvg -o china.svg
  relata export output --format dot --relations conflict --since 2021-08 --until 2021-09 | dot -Tsvg -o august.svg
  relata export output --format dot,jsonld --types Person,Party --out people
  relata export output --format turtle,nquads,vocabulary --out rdf
  relata export output --format turtle --rdf 1.2 > graph.ttl";

impl Export {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let mut formats = self.format;
        formats.sort();
        formats.dedup();
        let alone = match formats[..] {
            [one] if self.out.is_none() && one.is_folder() => {
                let message = format!("`{one}` is a folder of files, which standard output cannot hold");
                tell(&Diagnostic::error("no-folder", message).help("name where to put it with `--out DIR`"));
                return Ok(Outcome::InputAtFault);
            }
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
        let options = Options::rdf(match self.rdf {
            Rdf::V11 => Version::V11,
            Rdf::V12 => Version::V12,
        });
        if self.rdf == Rdf::V12 && formats.contains(&Format::JsonLd) {
            let message = "JSON-LD cannot say RDF 1.2: it has no triple terms yet";
            let help = "write `turtle`, `trig`, `ntriples` or `nquads`, or leave `--rdf 1.2` out";
            tell(&Diagnostic::error("rdf-version", message).help(help));
            return Ok(Outcome::InputAtFault);
        }
        let Some(dataset) = open(&self.build)? else { return Ok(Outcome::InputAtFault) };
        let Some(dataset) = self.selected.of(dataset, self.focus) else { return Ok(Outcome::InputAtFault) };
        match (alone, &self.out) {
            (Some(format), _) => export::write_with(format, &dataset, options, &mut io::stdout().lock())?,
            (None, Some(folder)) => export::save_formats(folder, &dataset, &formats, options)?,
            (None, None) => {}
        }
        Ok(Outcome::Done)
    }
}
