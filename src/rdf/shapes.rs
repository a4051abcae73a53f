//! [`Terms`] → `shapes.ttl`: what holds of every file of RDF that relata writes, as SHACL.

use super::Names;
use super::turtle::Turtle;
use crate::dataset::Terms;
use std::io::{self, Write};

/// The shapes under prefixes; the prefixes are those of the vocabulary.
const SHAPES: &str = include_str!("shapes.ttl");

/// Writes `shapes.ttl`: [SHACL](https://www.w3.org/TR/shacl/) shapes for files of RDF 1.1.
///
/// # Errors
/// What `out` answers.
pub fn shapes(terms: &Terms, out: &mut dyn Write) -> io::Result<()> {
    let names = Names::new(terms);
    Turtle::new(&names, "").head(out)?;
    out.write_all(SHAPES.as_bytes())
}
