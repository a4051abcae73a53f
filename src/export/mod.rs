//! [`Dataset`] → bytes: how does the graph leave for other programs?
//!
//! One file a format. Every format is written entity by entity and triple by triple in the order of
//! the dataset, so that the same graph gives the same bytes and two builds can be compared with `diff`.

mod folder;

pub use folder::{SaveError, prepare, save, save_formats, save_text};

mod compact;
mod dot;
mod html;
mod label;
mod legend;

use crate::dataset::{ArticleRow, Dataset, EntityRow, TripleRow};
use crate::rdf::{self, Syntax, Version, iri};
use serde::Serialize;
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
}

impl Format {
    /// All formats, in the order in which help texts list them.
    pub const ALL: [Format; 12] = [
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
        }
    }

    /// The file that a build writes.
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
        }
    }

    /// The media type, for programs that ask over HTTP.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Triples | Format::Entities | Format::Articles => "application/jsonl",
            Format::Dot => "text/vnd.graphviz",
            Format::JsonLd => "application/ld+json",
            Format::Html => "text/html",
            Format::Turtle | Format::Vocabulary | Format::Shapes => "text/turtle",
            Format::TriG => "application/trig",
            Format::NTriples => "application/n-triples",
            Format::NQuads => "application/n-quads",
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
    }
    out.flush()
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
            "`DOT` is no format; the formats are triples, entities, articles, dot, jsonld, html"
            "`DOT` is no format; the formats are triples, entities, articles, dot, jsonld, turtle, trig, ntriples, \
             nquads, vocabulary, shapes"
        );
    }
}
