//! [`Dataset`] → bytes: how does the graph leave for other programs?
//!
//! One file a format. Every format is written entity by entity and triple by triple in the order of
//! the dataset, so that the same graph gives the same bytes and two builds can be compared with `diff`.

mod folder;

pub use folder::{SaveError, prepare, save, save_formats, save_text};

mod compact;
mod csv;
pub(crate) mod cypher;
mod days;
mod dot;
mod events;
mod ftm;
mod gexf;
mod graphml;
mod html;
mod kuzu;
mod label;
mod legend;
mod neo4j;
pub(crate) mod property;
mod xml;

use crate::dataset::{ArticleRow, Dataset, EntityRow, TripleRow};
use crate::rdf::{self, Syntax, Version, iri};
use property::PropertyGraph;
use serde::Serialize;
use std::fmt;
use std::io::{self, BufWriter, Write};
use std::rc::Rc;
use std::str::FromStr;

/// A file that a graph is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// One triple a line with everything that says so: for scripts and pipelines.
    Triples,
    /// One entity a line: for scripts and pipelines.
    Entities,
    /// One article a line, with what was read in it: for scripts and pipelines.
    Articles,
    /// Graphviz: the diagram for a report.
    Dot,
    /// RDF as JSON-LD 1.1: for graph databases.
    JsonLd,
    /// A page that shows the graph and the sentence behind every edge: for people.
    Html,
    /// RDF as Turtle: for graph databases and people.
    Turtle,
    /// RDF as TriG, with a named graph an article: for graph databases.
    TriG,
    /// RDF as N-Triples: for graph databases.
    NTriples,
    /// RDF as N-Quads, with a named graph an article: for graph databases.
    NQuads,
    /// What the project's own terms of RDF mean, as Turtle.
    Vocabulary,
    /// What holds of every file of RDF, as SHACL in Turtle.
    Shapes,
    /// GraphML: for networkx, igraph, yEd, Cytoscape.
    GraphMl,
    /// GEXF 1.3: for Gephi, with its timeline.
    Gexf,
    /// One entity a line, as CSV: for spreadsheets and R.
    Nodes,
    /// One triple a line, as CSV: for spreadsheets and R.
    Edges,
    /// A script that adds the graph to a store of property graphs.
    Cypher,
    /// A folder of CSV files for Neo4j's bulk import.
    Neo4j,
    /// A folder of tables with their schema for Kùzu and Ladybug.
    Kuzu,
    /// One event a line in the categories of PLOVER: for political scientists.
    Events,
    /// One entity of FollowTheMoney a line: for investigators' tools.
    Ftm,
}

impl Format {
    /// All formats, in the order in which help texts list them.
    pub const ALL: [Format; 21] = [
        Format::Triples,
        Format::Entities,
        Format::Articles,
        Format::Dot,
        Format::JsonLd,
        Format::Html,
        Format::Turtle,
        Format::TriG,
        Format::NTriples,
        Format::NQuads,
        Format::Vocabulary,
        Format::Shapes,
        Format::GraphMl,
        Format::Gexf,
        Format::Nodes,
        Format::Edges,
        Format::Cypher,
        Format::Neo4j,
        Format::Kuzu,
        Format::Events,
        Format::Ftm,
    ];

    /// What every build writes.
    pub const DEFAULT: [Format; 6] =
        [Format::Triples, Format::Entities, Format::Articles, Format::Dot, Format::JsonLd, Format::Html];

    /// What every build writes and `others`, each once, in the order of [`Format::ALL`].
    pub fn with_default(others: &[Format]) -> Vec<Format> {
        let formats = Format::ALL.into_iter();
        formats.filter(|format| Format::DEFAULT.contains(format) || others.contains(format)).collect()
    }

    /// The name that a person types.
    ///
    /// ```
    /// use relata::export::Format;
    /// assert_eq!("dot".parse(), Ok(Format::Dot));
    /// assert_eq!(Format::Dot.name(), "dot");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Format::Triples => "triples",
            Format::Entities => "entities",
            Format::Articles => "articles",
            Format::Dot => "dot",
            Format::JsonLd => "jsonld",
            Format::Html => "html",
            Format::Turtle => "turtle",
            Format::TriG => "trig",
            Format::NTriples => "ntriples",
            Format::NQuads => "nquads",
            Format::Vocabulary => "vocabulary",
            Format::Shapes => "shapes",
            Format::GraphMl => "graphml",
            Format::Gexf => "gexf",
            Format::Nodes => "nodes",
            Format::Edges => "edges",
            Format::Cypher => "cypher",
            Format::Neo4j => "neo4j",
            Format::Kuzu => "kuzu",
            Format::Events => "events",
            Format::Ftm => "ftm",
        }
    }

    /// The file that a build writes, or the folder: see [`Format::is_folder`].
    pub fn file_name(self) -> &'static str {
        match self {
            Format::Triples => TripleRow::FILE_NAME,
            Format::Entities => EntityRow::FILE_NAME,
            Format::Articles => ArticleRow::FILE_NAME,
            Format::Dot => "graph.dot",
            Format::JsonLd => "graph.jsonld",
            Format::Html => "graph.html",
            Format::Turtle => "graph.ttl",
            Format::TriG => "graph.trig",
            Format::NTriples => "graph.nt",
            Format::NQuads => "graph.nq",
            Format::Vocabulary => "vocabulary.ttl",
            Format::Shapes => "shapes.ttl",
            Format::GraphMl => "graph.graphml",
            Format::Gexf => "graph.gexf",
            Format::Nodes => "nodes.csv",
            Format::Edges => "edges.csv",
            Format::Cypher => "graph.cypher",
            Format::Neo4j => "graph-neo4j",
            Format::Kuzu => "graph-kuzu",
            Format::Events => "events.jsonl",
            Format::Ftm => "entities.ftm.json",
        }
    }

    /// Whether it is several files in a folder of their own. [`save`] and [`save_formats`] write them, [`write`]
    /// cannot.
    pub fn is_folder(self) -> bool {
        matches!(self, Format::Neo4j | Format::Kuzu)
    }

    /// The media type (of a folder that of its tables), for programs that ask over HTTP.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Triples | Format::Entities | Format::Articles | Format::Events | Format::Ftm => {
                "application/jsonl"
            }
            Format::Dot => "text/vnd.graphviz",
            Format::JsonLd => "application/ld+json",
            Format::Html => "text/html",
            Format::Turtle | Format::Vocabulary | Format::Shapes => "text/turtle",
            Format::TriG => "application/trig",
            Format::NTriples => "application/n-triples",
            Format::NQuads => "application/n-quads",
            Format::GraphMl => "application/graphml+xml",
            Format::Gexf => "application/gexf+xml",
            Format::Nodes | Format::Edges | Format::Neo4j | Format::Kuzu => "text/csv",
            Format::Cypher => "application/x-cypher-query",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no format's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is no format; the formats are {}", Format::ALL.map(Format::name).join(", "))]
pub struct UnknownFormat {
    /// The name as it was written.
    pub name: String,
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let found = Format::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| UnknownFormat { name: name.to_owned() })
    }
}

/// Writes the whole graph in one format. Buffers by itself; `out` has received everything when this returns `Ok`.
/// Of a format that is a folder nothing is written, and the error is [`io::ErrorKind::Unsupported`].
pub fn write(format: Format, dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    write_with(format, dataset, Options::default(), out)
}

/// How formats are written that can be written in several ways.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The version of RDF.
    pub rdf: Version,
}

impl Options {
    /// RDF in that version, all else as it is by default.
    pub fn rdf(rdf: Version) -> Self {
        Self { rdf }
    }
}

/// Writes the whole graph in one format, as told.
///
/// # Errors
/// What `out` answers, and [`io::ErrorKind::Unsupported`] where the format cannot be written so.
pub fn write_with(
    format: Format,
    dataset: &Dataset,
    options: Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    match format {
        Format::Triples => lines(&dataset.triples, &mut out)?,
        Format::Entities => lines(&dataset.entities, &mut out)?,
        Format::Articles => lines(&dataset.articles, &mut out)?,
        Format::Dot => dot::write(dataset, &mut out)?,
        Format::Html => html::write(dataset, &mut out)?,
        Format::JsonLd => rdf::write(dataset, Syntax::JsonLd, options.rdf, &mut out)?,
        Format::Turtle => rdf::write(dataset, Syntax::Turtle, options.rdf, &mut out)?,
        Format::TriG => rdf::write(dataset, Syntax::TriG, options.rdf, &mut out)?,
        Format::NTriples => rdf::write(dataset, Syntax::NTriples, options.rdf, &mut out)?,
        Format::NQuads => rdf::write(dataset, Syntax::NQuads, options.rdf, &mut out)?,
        Format::Vocabulary => rdf::vocabulary(&dataset.terms, &mut out)?,
        Format::Shapes => rdf::shapes(&dataset.terms, &mut out)?,
        Format::GraphMl => graphml::write(dataset, &mut out)?,
        Format::Gexf => gexf::write(dataset, &mut out)?,
        Format::Nodes => csv::nodes(dataset, &mut out)?,
        Format::Edges => csv::edges(dataset, &mut out)?,
        Format::Cypher => cypher::write(dataset, &mut out)?,
        Format::Events => events::write(dataset, &mut out)?,
        Format::Ftm => ftm::write(dataset, &mut out)?,
        Format::Neo4j | Format::Kuzu => return Err(io::ErrorKind::Unsupported.into()),
    }
    out.flush()
}

type Writer<'a> = dyn Fn(&mut dyn Write) -> io::Result<()> + 'a;

/// A file that is to be written.
struct Part<'a> {
    /// Its path inside the folder of the build, with `/`.
    name: String,
    /// Writes it; may be called once or more.
    write: Box<Writer<'a>>,
}

/// The files of a format.
fn parts(format: Format, dataset: &Dataset, options: Options) -> Vec<Part<'_>> {
    let folder = format.file_name();
    let graph = || Rc::new(PropertyGraph::of(dataset));
    match format {
        Format::Neo4j => {
            let graph = graph();
            let part = |name: &'static str| {
                let graph = Rc::clone(&graph);
                Part {
                    name: format!("{folder}/{name}"),
                    write: Box::new(move |out| neo4j::write(name, &graph, &mut BufWriter::new(out))),
                }
            };
            neo4j::FILES.map(part).into()
        }
        Format::Kuzu => {
            let graph = graph();
            let part = |name: String| {
                let graph = Rc::clone(&graph);
                Part {
                    name: format!("{folder}/{name}"),
                    write: Box::new(move |out| {
                        kuzu::Tables::of(&graph).write(&name, &mut BufWriter::new(out))
                    }),
                }
            };
            kuzu::Tables::of(&graph).files().into_iter().map(part).collect()
        }
        _ => {
            let write = Box::new(move |out: &mut dyn Write| write_with(format, dataset, options, out));
            vec![Part { name: folder.to_owned(), write }]
        }
    }
}

/// JSON Lines: a row a line.
fn lines(rows: &[impl Serialize], mut out: &mut dyn Write) -> io::Result<()> {
    rows.iter().try_for_each(|row| {
        serde_json::to_writer(&mut out, row)?;
        out.write_all(b"\n")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name_and_has_a_file_of_its_own() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
            let namesakes = Format::ALL.iter().filter(|other| other.file_name() == format.file_name());
            assert_eq!(namesakes.count(), 1);
        }
    }

    #[test]
    fn an_unknown_format_is_answered_with_the_known_ones() {
        let error = "DOT".parse::<Format>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`DOT` is no format; the formats are triples, entities, articles, dot, jsonld, html, turtle, trig, ntriples, \
             nquads, vocabulary, shapes, graphml, gexf, nodes, edges, cypher, neo4j, kuzu, events, ftm"
        );
    }
}
