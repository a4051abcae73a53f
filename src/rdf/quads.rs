//! [`Description`] → N-Triples and N-Quads: a triple a line, for stores and for line tools.

use super::describe::{Description, Part};
use super::node::{Datatype, Object};
use std::io::{self, Write};

/// Writes `graph.nt`.
pub(super) fn n_triples(description: &Description, out: &mut dyn Write) -> io::Result<()> {
    lines(description, Part::All, None, out)
}

/// Writes `graph.nq`.
pub(super) fn n_quads(description: &Description, out: &mut dyn Write) -> io::Result<()> {
    lines(description, Part::Common, None, out)?;
    for article in description.articles() {
        let graph = description.names.assertions(article);
        lines(description, Part::Assertions(article), Some(&graph), out)?;
    }
    Ok(())
}

fn lines(description: &Description, part: Part, graph: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    description.nodes(part, &mut |node| {
        node.triples(&mut |subject, property, object| {
            write!(out, "<{subject}> <{property}> ")?;
            match object {
                Object::Iri(iri) => write!(out, "<{iri}>")?,
                Object::Node(node) => write!(out, "<{}>", node.iri)?,
                Object::Literal(text, Datatype::Text) => quoted(text, out)?,
                Object::Literal(text, datatype) => {
                    quoted(text, out)?;
                    write!(out, "^^<{}>", datatype.iri())?;
                }
                Object::Triple(triple) => {
                    let [subject, property, object] = triple.as_ref();
                    write!(out, "<<( <{subject}> <{property}> <{object}> )>>")?;
                }
            }
            match graph {
                Some(graph) => writeln!(out, " <{graph}> ."),
                None => writeln!(out, " ."),
            }
        })
    })
}

/// Text between quotation marks, as N-Triples and Turtle both read it. What a terminal or an editor would act
/// on, and what is no character, is written as its number.
pub(super) fn quoted(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"\"")?;
    let special = |c: char| matches!(c, '"' | '\\' | '\u{fffe}' | '\u{ffff}') || c.is_control();
    let mut rest = text;
    while let Some(at) = rest.find(special) {
        out.write_all(&rest.as_bytes()[..at])?;
        let mut after = rest[at..].chars();
        match after.next() {
            Some('\n') => out.write_all(b"\\n")?,
            Some('\r') => out.write_all(b"\\r")?,
            Some('\t') => out.write_all(b"\\t")?,
            Some(c @ ('"' | '\\')) => write!(out, "\\{c}")?,
            Some(c) => write!(out, "\\u{:04X}", u32::from(c))?,
            None => {}
        }
        rest = after.as_str();
    }
    out.write_all(rest.as_bytes())?;
    out.write_all(b"\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_where_it_must_be() {
        let mut out = Vec::new();
        quoted("a\"b\\c\nd\re\tf\0g\u{7f}h\u{85}i\u{ffff}é🙂\u{202e}", &mut out).unwrap();
        let expected = "\"a\\\"b\\\\c\\nd\\re\\tf\\u0000g\\u007Fh\\u0085i\\uFFFFé🙂\u{202e}\"";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
