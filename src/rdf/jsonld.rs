//! [`Description`] → JSON-LD 1.1 with its context in the file: RDF for programs that read JSON.
//!
//! One node a line, streamed; evidence stands inside its statement.

use super::context::Context;
use super::describe::{Description, Part};
use super::node::{Datatype, Node, Object};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::json;
use std::io::{self, Write};

/// Writes `graph.jsonld`.
pub(super) fn write(description: &Description, mut out: &mut dyn Write) -> io::Result<()> {
    let context = Context::new(description.names);
    let rdf_type = description.names.full("rdf:type");
    out.write_all(b"{\"@context\":")?;
    serde_json::to_writer_pretty(&mut out, &context.to_json())?;
    out.write_all(b",\n\"@graph\":[")?;
    let mut first = true;
    description.nodes(Part::All, &mut |node| {
        out.write_all(if std::mem::take(&mut first) { b"\n" } else { b",\n" })?;
        let compact = Compact { node, context: &context, rdf_type: &rdf_type };
        serde_json::to_writer(&mut out, &compact).map_err(io::Error::from)
    })?;
    out.write_all(b"\n]}\n")
}

/// A node under a context.
struct Compact<'a> {
    node: &'a Node<'a>,
    context: &'a Context<'a>,
    rdf_type: &'a str,
}

impl Serialize for Compact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("@id", &self.context.short(&self.node.iri))?;
        for (property, objects) in &self.node.edges {
            if property == self.rdf_type {
                let types: Vec<String> = objects.iter().filter_map(|object| self.class(object)).collect();
                map.serialize_entry("@type", &types)?;
                continue;
            }
            let (key, kind) = self.context.key(property);
            let value = |object| Value { object, kind, node: self };
            match objects.as_slice() {
                [only] if key != "evidence" => map.serialize_entry(&key, &value(only))?,
                several => map.serialize_entry(&key, &several.iter().map(value).collect::<Vec<_>>())?,
            }
        }
        map.end()
    }
}

impl Compact<'_> {
    fn class(&self, object: &Object) -> Option<String> {
        match object {
            Object::Iri(iri) => Some(self.context.short(iri)),
            _ => None,
        }
    }
}

/// A value of a property whose values are of type `kind` without saying so.
struct Value<'a> {
    object: &'a Object<'a>,
    kind: Option<&'static str>,
    node: &'a Compact<'a>,
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Compact { context, rdf_type, .. } = *self.node;
        match self.object {
            Object::Node(node) => Compact { node, context, rdf_type }.serialize(serializer),
            Object::Iri(iri) => {
                let iri = context.short(iri);
                if self.kind == Some("@id") {
                    serializer.serialize_str(&iri)
                } else {
                    json!({"@id": iri}).serialize(serializer)
                }
            }
            Object::Literal(text, datatype) => self.literal(text, *datatype, serializer),
            Object::Triple(_) => Err(serde::ser::Error::custom("JSON-LD has no triple terms")),
        }
    }
}

impl Value<'_> {
    /// Whole numbers are JSON numbers. Decimals are strings: readers make `9.4E-1` of a JSON number, which is no
    /// xsd:decimal.
    fn literal<S: Serializer>(&self, text: &str, datatype: Datatype, out: S) -> Result<S::Ok, S::Error> {
        let whole = text.parse::<u64>().ok().filter(|number| number.to_string() == text);
        let kind = format!("xsd:{}", datatype.name());
        match (datatype, self.kind, whole) {
            (Datatype::Integer, None, Some(number)) => out.serialize_u64(number),
            (Datatype::NonNegativeInteger, Some(coerced), Some(number)) if coerced == kind => {
                out.serialize_u64(number)
            }
            (Datatype::Text, None, _) => out.serialize_str(text),
            (Datatype::Text, Some(_), _) => json!({"@value": text}).serialize(out),
            (_, Some(coerced), _) if coerced == kind => out.serialize_str(text),
            _ => {
                let kind = self.node.context.short(&datatype.iri());
                json!({"@value": text, "@type": kind}).serialize(out)
            }
        }
    }
}
