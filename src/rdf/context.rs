//! [`Names`] → a JSON-LD `@context`, and IRIs → the keys and short names under it.

use super::Names;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Key in the file, the property that it stands for, and the type of its values: `@id` where they
/// are IRIs.
///
/// An article's address is a literal: scraped addresses are often no valid IRIs, and one of them
/// would make a strict reader refuse the whole file.
const TERMS: [(&str, &str, Option<&str>); 28] = [
    ("actor", "sem:hasActor", Some("@id")),
    ("alternateName", "schema:alternateName", None),
    ("article", "oa:hasSource", Some("@id")),
    ("attributedTo", "prov:wasAttributedTo", Some("@id")),
    ("confidence", "relata:confidence", Some("xsd:decimal")),
    ("copyOf", "relata:copyOf", Some("@id")),
    ("datePublished", "schema:datePublished", Some("xsd:date")),
    ("end", "oa:end", Some("xsd:nonNegativeInteger")),
    ("evidence", "prov:wasDerivedFrom", Some("@id")),
    ("exact", "oa:exact", None),
    ("fact", "relata:fact", None),
    ("headline", "schema:headline", None),
    ("identifier", "dc:identifier", None),
    ("mentioned", "schema:mentions", Some("@id")),
    ("mentions", "relata:mentions", None),
    ("name", "schema:name", None),
    ("object", "rdf:object", Some("@id")),
    ("plover", "relata:plover", Some("@id")),
    ("predicate", "rdf:predicate", Some("@id")),
    ("primarySource", "prov:hadPrimarySource", Some("@id")),
    ("publisher", "schema:publisher", None),
    ("rule", "relata:rule", None),
    ("selector", "oa:hasSelector", Some("@id")),
    ("sources", "relata:sources", None),
    ("start", "oa:start", Some("xsd:nonNegativeInteger")),
    ("subject", "rdf:subject", Some("@id")),
    ("url", "schema:url", Some("xsd:anyURI")),
    ("when", "schema:startDate", None),
];

/// The prefixes and terms of one file.
pub(super) struct Context<'a> {
    names: &'a Names,
    /// Property → key and type of its values.
    keys: BTreeMap<String, (&'static str, Option<&'static str>)>,
}

impl<'a> Context<'a> {
    pub(super) fn new(names: &'a Names) -> Self {
        let keys = TERMS.iter().map(|(key, property, kind)| (names.full(property), (*key, *kind)));
        Self { names, keys: keys.collect() }
    }

    /// The value of `@context`.
    pub(super) fn to_json(&self) -> Value {
        let mut context = Map::new();
        for (prefix, namespace) in self.names.prefixes().filter(|(prefix, _)| is_free(prefix)) {
            // Only a namespace that ends in one of these is a prefix without saying so (JSON-LD 1.1,
            // "compact IRIs").
            let obvious = namespace.ends_with([':', '/', '?', '#', '[', ']', '@']);
            let value = if obvious { json!(namespace) } else { json!({"@id": namespace, "@prefix": true}) };
            context.insert(prefix.to_owned(), value);
        }
        for (key, property, kind) in TERMS {
            let property = self.short(&self.names.full(property));
            let value = match (key, kind) {
                ("evidence", Some(kind)) => json!({"@id": property, "@type": kind, "@container": "@set"}),
                (_, Some(kind)) => json!({"@id": property, "@type": kind}),
                (_, None) => json!(property),
            };
            context.insert(key.to_owned(), value);
        }
        Value::Object(context)
    }

    /// The key of a property, and the type that its values have without saying so.
    pub(super) fn key(&self, property: &str) -> (String, Option<&'static str>) {
        match self.keys.get(property) {
            Some((key, kind)) => ((*key).to_owned(), *kind),
            None => (self.short(property), None),
        }
    }

    /// An IRI with a prefix of the context, or in full.
    pub(super) fn short(&self, iri: &str) -> String {
        match self.names.split(iri) {
            // What begins with two slashes is read as the rest of an address.
            Some((prefix, local)) if is_free(prefix) && !local.starts_with("//") => {
                format!("{prefix}:{local}")
            }
            _ => iri.to_owned(),
        }
    }
}

/// A prefix that is called like one of the terms cannot be declared beside it; names with such a prefix are
/// written out.
fn is_free(prefix: &str) -> bool {
    TERMS.iter().all(|(term, ..)| *term != prefix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::names::tests::names;

    #[test]
    fn a_name_is_short_where_its_prefix_can_be_declared() {
        let names = names(&[("org", "http://www.w3.org/ns/org#"), ("name", "https://names.example/")]);
        let context = Context::new(&names);
        assert_eq!(context.short("http://www.w3.org/ns/org#memberOf"), "org:memberOf");
        assert_eq!(context.short("https://names.example/x"), "https://names.example/x");
        assert_eq!(context.short("https://schema.org///x"), "https://schema.org///x");
        assert_eq!(context.key("https://schema.org/name"), ("name".to_owned(), None));
        assert_eq!(context.to_json()["name"], "schema:name");
    }

    #[test]
    fn a_namespace_without_a_separator_is_declared_as_a_prefix() {
        let names = names(&[("x", "https://x.example/ns_")]);
        let json = Context::new(&names).to_json();
        assert_eq!(json["x"]["@prefix"], true);
        assert_eq!(json["oa"], "http://www.w3.org/ns/oa#");
    }
}
