//! [`KnowledgeGraph`] → bytes: how does it leave for other programs?
//!
//! One file a format. Every format is written entity by entity and triple by triple in the order of
//! the graph, so that the same graph gives the same bytes and two builds can be compared with `diff`.

mod folder;
pub mod read;
mod record;

pub use folder::{SaveError, prepare, save, save_text};
pub use record::{PatternRecord, Record, RelationRecord, SilentLine, SilentRecord, shortened};

mod context;
mod csv;
pub(crate) mod cypher;
mod days;
mod dot;
mod events;
mod ftm;
mod gexf;
mod graphml;
mod iri;
mod jsonl;
mod jsonld;
mod kuzu;
mod label;
mod legend;
mod neo4j;
pub(crate) mod property;
mod xml;

use crate::graph::KnowledgeGraph;
use crate::rule::RuleSet;
use std::fmt;
use std::io::{self, BufWriter, Write};
use std::str::FromStr;

/// A file that a graph is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// One triple a line with everything that says so: for scripts and pipelines.
    Triples,
    /// One entity a line: for scripts and pipelines.
    Entities,
    /// Graphviz: the diagram for a report.
    Dot,
    /// RDF as JSON-LD 1.1: for graph databases.
    JsonLd,
}

impl Format {
    /// All formats, in the order in which help texts list them.
    pub const ALL: [Format; 4] = [Format::Triples, Format::Entities, Format::Dot, Format::JsonLd];

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
            Format::Dot => "dot",
            Format::JsonLd => "jsonld",
        }
    }

    /// The file that a build writes.
    pub fn file_name(self) -> &'static str {
        match self {
            Format::Triples => "triples.jsonl",
            Format::Entities => "entities.jsonl",
            Format::Dot => "graph.dot",
            Format::JsonLd => "graph.jsonld",
        }
    }

    /// The media type, for programs that ask over HTTP.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Triples | Format::Entities => "application/jsonl",
            Format::Dot => "text/vnd.graphviz",
            Format::JsonLd => "application/ld+json",
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

/// Writes the whole graph in one format. `rules` must be those that the triples were found with.
/// Buffers by itself; `out` has received everything when this returns `Ok`.
pub fn write(format: Format, graph: &KnowledgeGraph, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    match format {
        Format::Triples => jsonl::triples(graph, rules, &mut out)?,
        Format::Entities => jsonl::entities(graph, rules, &mut out)?,
        Format::Dot => dot::write(graph, rules, &mut out)?,
        Format::JsonLd => jsonld::write(graph, rules, &mut out)?,
    }
    out.flush()
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
        assert_eq!(error.to_string(), "`DOT` is no format; the formats are triples, entities, dot, jsonld");
    }
}
