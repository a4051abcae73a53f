//! [`Description`] → Turtle and TriG: RDF that people read.

use super::Names;
use super::describe::{Description, Part};
use super::node::{Datatype, Node, Object};
use super::quads::quoted;
use std::io::{self, Write};

/// So many values of a property stand on its line; of more, each on its own.
const A_LINE: usize = 7;

/// Writes `graph.ttl`.
pub(super) fn turtle(description: &Description, out: &mut dyn Write) -> io::Result<()> {
    let writer = Turtle::new(description.names, "");
    writer.head(out)?;
    description.nodes(Part::All, &mut |node| writer.node(node, out))
}

/// Writes `graph.trig`. Without the keyword `GRAPH`, which some stores do not read.
pub(super) fn trig(description: &Description, out: &mut dyn Write) -> io::Result<()> {
    let writer = Turtle::new(description.names, "");
    writer.head(out)?;
    description.nodes(Part::Common, &mut |node| writer.node(node, out))?;
    let inner = Turtle::new(description.names, "  ");
    for article in description.articles() {
        writeln!(out, "\n{} {{", writer.iri(&description.names.assertions(article)))?;
        description.nodes(Part::Assertions(article), &mut |node| inner.node(node, out))?;
        writeln!(out, "}}")?;
    }
    Ok(())
}

/// Writes nodes, each as its IRI and a property a line.
pub(super) struct Turtle<'a> {
    names: &'a Names,
    indent: &'static str,
    /// What own IRIs are written relative to; none where the base does not end a path, so that a reader would
    /// resolve them to something else (RFC 3986, section 5.2).
    base: Option<&'a str>,
    rdf_type: String,
}

impl<'a> Turtle<'a> {
    pub(super) fn new(names: &'a Names, indent: &'static str) -> Self {
        let base = names.base();
        let path = base.split_once("://").is_some_and(|(scheme, rest)| {
            let plain = !rest.starts_with('/') && !rest.contains(['?', '#']);
            let dots = rest.split('/').any(|step| step == "." || step == "..");
            scheme.starts_with("http") && rest.ends_with('/') && plain && !dots
        });
        Self { names, indent, base: Some(base).filter(|_| path), rdf_type: names.full("rdf:type") }
    }

    /// Writes the base and the prefixes.
    pub(super) fn head(&self, out: &mut dyn Write) -> io::Result<()> {
        if let Some(base) = self.base {
            writeln!(out, "@base <{base}> .")?;
        }
        self.names
            .prefixes()
            .try_for_each(|(prefix, namespace)| writeln!(out, "@prefix {prefix}: <{namespace}> ."))
    }

    /// Writes a node, and after it the nodes in it.
    pub(super) fn node(&self, node: &Node, out: &mut dyn Write) -> io::Result<()> {
        if !node.edges.is_empty() {
            write!(out, "\n{}{}", self.indent, self.iri(&node.iri))?;
        }
        for (at, (property, objects)) in node.edges.iter().enumerate() {
            let verb = if *property == self.rdf_type { "a".to_owned() } else { self.iri(property) };
            match at {
                0 => write!(out, " {verb} ")?,
                _ => write!(out, " ;\n{}    {verb} ", self.indent)?,
            }
            for (at, object) in objects.iter().enumerate() {
                match at {
                    0 => {}
                    _ if objects.len() > A_LINE => write!(out, ",\n{}        ", self.indent)?,
                    _ => out.write_all(b", ")?,
                }
                self.object(object, out)?;
            }
        }
        if !node.edges.is_empty() {
            out.write_all(b" .\n")?;
        }
        node.inner().try_for_each(|inner| self.node(inner, out))
    }

    fn object(&self, object: &Object, out: &mut dyn Write) -> io::Result<()> {
        match object {
            Object::Iri(iri) => write!(out, "{}", self.iri(iri)),
            Object::Node(node) => write!(out, "{}", self.iri(&node.iri)),
            // These two may stand bare, and a reader keeps their digits as they are.
            Object::Literal(text, Datatype::Integer | Datatype::Decimal) => write!(out, "{text}"),
            Object::Literal(text, Datatype::Text) => quoted(text, out),
            Object::Literal(text, datatype) => {
                quoted(text, out)?;
                write!(out, "^^{}", self.iri(&datatype.iri()))
            }
            Object::Triple(triple) => {
                let [subject, property, object] = triple.as_ref();
                let [subject, property, object] = [subject, property, object].map(|iri| self.iri(iri));
                write!(out, "<<( {subject} {property} {object} )>>")
            }
        }
    }

    /// An IRI with a prefix, or relative to the base, or in full.
    pub(super) fn iri(&self, iri: &str) -> String {
        if let Some((prefix, local)) = self.names.split(iri) {
            let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
            let begins = local.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
            if begins && local.chars().all(word) {
                return format!("{prefix}:{local}");
            }
        }
        // A step with a colon at the beginning would be read as a scheme; own IRIs begin with `id/` or the like.
        let relative = self.base.and_then(|base| iri.strip_prefix(base));
        let relative = relative.filter(|rest| {
            rest.starts_with(|c: char| c.is_ascii_alphanumeric())
                && !rest.split('/').next().unwrap_or_default().contains(':')
        });
        format!("<{}>", relative.unwrap_or(iri))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Terms;

    fn names(base: &str) -> Names {
        let prefixes = [("relata".to_owned(), base.to_owned())];
        Names::new(&Terms { prefixes: prefixes.into(), ..Terms::default() })
    }

    #[test]
    fn iris_are_as_short_as_readers_allow() {
        for (base, iri, expected) in [
            ("https://k.example/", "https://k.example/metWith", "relata:metWith"),
            ("https://k.example/", "https://k.example/id/person/ada", "<id/person/ada>"),
            ("https://k.example/", "https://k.example/a:b/c", "<https://k.example/a:b/c>"),
            ("https://k.example/", "https://k.example//b", "<https://k.example//b>"),
            ("https://k.example/", "https://schema.org/name", "schema:name"),
            ("https://k.example/", "https://other.example/x", "<https://other.example/x>"),
            ("https://k.example/x#", "https://k.example/x#id/a", "<https://k.example/x#id/a>"),
            ("https://k.example/a/../", "https://k.example/a/../id/a", "<https://k.example/a/../id/a>"),
            ("urn:k:", "urn:k:id/a", "<urn:k:id/a>"),
        ] {
            assert_eq!(Turtle::new(&names(base), "").iri(iri), expected);
        }
    }
}
