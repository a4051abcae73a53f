//! `relata load`: a build into a running database.

#![cfg_attr(
    not(feature = "load"),
    allow(dead_code, unused_imports, reason = "the arguments are the same in every build of the program")
)]

use crate::cli::selected::{Focus, Selected};
use crate::cli::{Outcome, open, tell};
use clap::Args;
use relata::diagnostic::Diagnostic;
use relata::load::{self, BoltError, Credentials, Loaded};
use std::env;
use std::io::{self, Write};
use std::path::PathBuf;

/// Load a build into a running database
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Load {
    /// Folder that `relata build` wrote
    #[arg(value_name = "OUT")]
    build: PathBuf,
    /// Address of the database: the Graph Store of an RDF store (http://…), or a property graph (bolt://…)
    #[arg(long, value_name = "URL")]
    to: String,
    /// Named graph to load into; the default graph where none is given
    #[arg(long, value_name = "IRI", conflicts_with = "articles")]
    graph: Option<String>,
    /// A named graph an article, as in N-Quads; for stores that take these
    #[arg(long)]
    articles: bool,
    /// Replace what the graph holds, rather than add to it
    #[arg(long, conflicts_with = "articles")]
    replace: bool,
    /// Seconds that one try may take
    #[arg(long, value_name = "S", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
    /// How often to try again where the store fails or does not answer
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(..=20))]
    retries: u32,
    #[command(flatten)]
    focus: Focus,
    #[command(flatten)]
    selected: Selected,
}

const EXAMPLES: &str = "\
Examples:
  relata load output --to http://127.0.0.1:7878/store                       Oxigraph
  relata load output --to http://127.0.0.1:3030/DATASET/data                Apache Jena Fuseki
  relata load output --to http://127.0.0.1:7200/repositories/NAME/rdf-graphs/service   GraphDB, RDF4J
  relata load output --to http://127.0.0.1:7878/store --graph https://example.org/news --replace
  RELATA_USER=neo4j RELATA_PASSWORD=… relata load output --to bolt://127.0.0.1:7687    Neo4j and its kin

Loading adds to what is there, and twice is the same as once. The graph goes in one request (SPARQL 1.1 Graph
Store Protocol), which most stores take whole or not at all. The environment says who loads: RELATA_USER and
RELATA_PASSWORD, or RELATA_TOKEN.";

impl Load {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let scheme = self.to.split_once("://").map(|(scheme, _)| scheme);
        match scheme {
            Some("http" | "https") => self.over_http(),
            Some("bolt" | "bolt+s" | "neo4j" | "neo4j+s") => self.over_bolt(),
            _ => {
                let message = "the address of a database begins with `http://` or `bolt://`";
                let help = "`relata load --help` has addresses to start from";
                tell(&Diagnostic::error("address", message).help(help));
                Ok(Outcome::InputAtFault)
            }
        }
    }

    fn over_bolt(self) -> anyhow::Result<Outcome> {
        if self.graph.is_some() || self.articles || self.replace {
            let message = "`--graph`, `--articles` and `--replace` are for stores of RDF";
            tell(
                &Diagnostic::error("no-graphs", message)
                    .help("leave them out: a property graph has no named graphs"),
            );
            return Ok(Outcome::InputAtFault);
        }
        let dataset = open(&self.build)?.and_then(|dataset| self.selected.of(dataset, self.focus));
        let Some(dataset) = dataset else { return Ok(Outcome::InputAtFault) };
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

    #[cfg(not(feature = "load"))]
    fn over_http(self) -> anyhow::Result<Outcome> {
        let message = "this program was built without the loading over HTTP";
        tell(&Diagnostic::error("feature", message).help("build it with `--features load`"));
        Ok(Outcome::InputAtFault)
    }

    #[cfg(feature = "load")]
    fn over_http(self) -> anyhow::Result<Outcome> {
        use relata::load::http::{Graph, Store};

        let dataset = open(&self.build)?.and_then(|dataset| self.selected.of(dataset, self.focus));
        let Some(dataset) = dataset else { return Ok(Outcome::InputAtFault) };
        let graph = match self.graph {
            _ if self.articles => Graph::Articles,
            Some(name) => Graph::Named(name),
            None => Graph::Default,
        };
        let store = Store {
            address: self.to,
            graph,
            replace: self.replace,
            credentials: credentials(),
            timeout: std::time::Duration::from_secs(self.timeout),
            retries: self.retries,
        };
        if store.is_overheard() {
            let message = "the password goes over the network unencrypted";
            tell(&Diagnostic::warning("unencrypted", message).help("use an address with `https`"));
        }
        let note = |text: &str| tell(&Diagnostic::note("retry", text));
        match store.load(&dataset, note) {
            Ok(report) => {
                let counted =
                    format!("{} triples and {} entities", dataset.triples.len(), dataset.entities.len());
                let sent = format!("{} kB, answer {}", report.bytes.div_ceil(1000), report.status);
                writeln!(io::stdout().lock(), "loaded {counted} into {} ({sent})", store.address)?;
                Ok(Outcome::Done)
            }
            Err(error) => told(error),
        }
    }
}

/// Who loads, as the environment says.
fn credentials() -> Credentials {
    let [user, password, token] =
        ["RELATA_USER", "RELATA_PASSWORD", "RELATA_TOKEN"].map(|name| env::var(name).ok());
    Credentials::new(user, password, token)
}

/// What went wrong, and what to do.
#[cfg(feature = "load")]
fn told(error: relata::load::http::LoadError) -> anyhow::Result<Outcome> {
    use relata::load::http::LoadError;

    let message = error.to_string();
    match error {
        LoadError::Address { help, .. } => {
            tell(&Diagnostic::error("address", message).help(help));
            Ok(Outcome::InputAtFault)
        }
        LoadError::Refused { status, .. } => {
            let help = match status.as_u16() {
                401 | 403 => "set RELATA_USER and RELATA_PASSWORD, or RELATA_TOKEN",
                415 => "this address does not take Turtle or N-Quads; `relata load --help` has others",
                _ => "`relata load --help` has the addresses of common stores",
            };
            tell(&Diagnostic::error("refused", message).help(help));
            Ok(Outcome::InputAtFault)
        }
        LoadError::Failed { .. } => Err(anyhow::anyhow!(
            "{message}\nWhat got in is unknown: a store that takes a request as one transaction holds all of it or \
             nothing. Load again when it runs; twice is the same as once"
        )),
        _ => Err(error.into()),
    }
}
