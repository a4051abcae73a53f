//! `relata load`: a build into a running store.

use crate::cli::{Outcome, open, tell};
use clap::Args;
use relata::diagnostic::Diagnostic;
use relata::load::{self, BoltError, Loaded};
use std::env;
use std::io::{self, Write};
use std::path::PathBuf;

/// Put a build into a running database
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Load {
    /// Folder that `relata build` wrote
    #[arg(value_name = "OUT")]
    build: PathBuf,
    /// Address of the store: bolt://HOST:PORT or bolt://HOST:PORT/DATABASE
    #[arg(long, value_name = "ADDRESS")]
    to: String,
}

const EXAMPLES: &str = "\
User and password are taken from RELATA_USER and RELATA_PASSWORD.

Examples:
  relata load output --to bolt://127.0.0.1:7687
  relata load output --to neo4j+s://example.org/news";

impl Load {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let Some(dataset) = open(&self.build)? else { return Ok(Outcome::InputAtFault) };
        let [user, password] =
            ["RELATA_USER", "RELATA_PASSWORD"].map(|name| env::var(name).unwrap_or_default());
        match load::bolt(&dataset, &self.to, &user, &password) {
            Ok(Loaded { nodes, edges }) => {
                writeln!(io::stdout().lock(), "{nodes} nodes and {edges} edges are in the store")?;
                Ok(Outcome::Done)
            }
            Err(error @ (BoltError::NotBuiltIn | BoltError::Address { .. })) => {
                tell(&Diagnostic::error("no-store", error.to_string()));
                Ok(Outcome::InputAtFault)
            }
            Err(error) => Err(error.into()),
        }
    }
}
