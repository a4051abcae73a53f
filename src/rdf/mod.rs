//! [`Dataset`] → RDF: how does the graph read to a program that knows nothing of relata?
//!
//! One description of the dataset (`describe`) is written in every syntax, so that all of them say the same
//! triples. Each relation is the direct triple, where it is a fact, and a statement with an IRI of its own that
//! carries fact, date, confidence and evidence. Nothing is a blank node: files can be compared line by line, and
//! loading one twice changes nothing.
//!
//! - Every type and relation can be asked for by its own name (`relata:metWith`) and by its standard term, where
//!   the vocabulary gives one. Wider types and relations, and both directions of a symmetric relation, are
//!   spelt out, since a plain reader infers nothing.
//! - In TriG and N-Quads each article is a named graph, `<article>#assertions`: what it says, with its evidence
//!   only. A statement of several articles stands in the graph of each. Articles, and names and types of entities,
//!   are in the default graph.

mod context;
mod describe;
pub mod iri;
mod jsonld;
pub mod names;
pub mod node;
mod quads;
mod shapes;
mod statement;
mod turtle;
mod vocabulary;

pub use describe::{Description, Part};
pub use names::Names;
pub use shapes::shapes;
pub use vocabulary::vocabulary;

use crate::dataset::Dataset;
use std::io::{self, Write};

/// A syntax of RDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Syntax {
    /// [JSON-LD 1.1](https://www.w3.org/TR/json-ld11/), compact, with its context in the file.
    JsonLd,
    /// [Turtle](https://www.w3.org/TR/turtle/): for people.
    Turtle,
    /// [TriG](https://www.w3.org/TR/trig/): Turtle with a named graph an article.
    TriG,
    /// [N-Triples](https://www.w3.org/TR/n-triples/): a triple a line.
    NTriples,
    /// [N-Quads](https://www.w3.org/TR/n-quads/): N-Triples with a named graph an article.
    NQuads,
}

/// A version of RDF.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// Statements are described with `rdf:subject`, `rdf:predicate` and `rdf:object`: every store reads that.
    #[default]
    V11,
    /// Statements name their triple with `rdf:reifies`: few stores read that, and some keep half a file of it.
    V12,
}

impl Syntax {
    /// Whether the syntax can write that version: JSON-LD has no triple terms yet.
    pub fn can_write(self, version: Version) -> bool {
        version == Version::V11 || self != Syntax::JsonLd
    }
}

/// Writes the dataset. The order is that of its rows, so that the same dataset gives the same bytes. Writes small
/// pieces: `out` should be buffered. O(rows), memory for the links between entities.
///
/// # Errors
/// What `out` answers, and [`io::ErrorKind::Unsupported`] where the syntax cannot write the version.
pub fn write(dataset: &Dataset, syntax: Syntax, version: Version, out: &mut dyn Write) -> io::Result<()> {
    if !syntax.can_write(version) {
        let message = "JSON-LD has no RDF 1.2 yet; write Turtle, TriG, N-Triples or N-Quads, or RDF 1.1";
        return Err(io::Error::new(io::ErrorKind::Unsupported, message));
    }
    let names = Names::new(&dataset.terms);
    let description = Description::new(dataset, &names, version);
    match syntax {
        Syntax::JsonLd => jsonld::write(&description, out),
        Syntax::Turtle => turtle::turtle(&description, out),
        Syntax::TriG => turtle::trig(&description, out),
        Syntax::NTriples => quads::n_triples(&description, out),
        Syntax::NQuads => quads::n_quads(&description, out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_ld_refuses_what_it_cannot_say() {
        let mut out = Vec::new();
        let error = write(&Dataset::default(), Syntax::JsonLd, Version::V12, &mut out).unwrap_err();
        assert!(error.to_string().contains("JSON-LD has no RDF 1.2 yet"), "{error}");
        assert!(out.is_empty());
    }
}
