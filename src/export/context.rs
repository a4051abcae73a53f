//! The vocabulary's prefixes → a JSON-LD `@context`, and names → IRIs under those prefixes.

use super::iri;
use crate::dataset::Terms;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Namespaces that every file needs, where the terms does not set another.
const PREFIXES: [(&str, &str); 7] = [
    ("dc", "http://purl.org/dc/terms/"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("relata", "https://w3id.org/relata/"),
    ("schema", "https://schema.org/"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Key in the file, the property that it stands for, and the type of its values: `@id` where they
/// are IRIs.
///
/// An article's address is a literal: scraped addresses are often no valid IRIs, and one of them
/// would make a strict reader refuse the whole file.
const TERMS: [(&str, &str, Option<&str>); 23] = [
    ("alternateName", "schema:alternateName", None),
    ("article", "oa:hasSource", Some("@id")),
    ("attributedTo", "prov:wasAttributedTo", Some("@id")),
    ("confidence", "relata:confidence", Some("xsd:decimal")),
    ("datePublished", "schema:datePublished", Some("xsd:date")),
    ("end", "oa:end", Some("xsd:nonNegativeInteger")),
    ("evidence", "prov:wasDerivedFrom", Some("@id")),
    ("exact", "oa:exact", None),
    ("fact", "relata:fact", None),
    ("headline", "schema:headline", None),
    ("identifier", "dc:identifier", None),
    ("name", "schema:name", None),
    ("object", "rdf:object", Some("@id")),
    ("plover", "relata:plover", Some("@id")),
    ("predicate", "rdf:predicate", Some("@id")),
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
    terms: &'a Terms,
    prefixes: BTreeMap<&'a str, &'a str>,
}

impl<'a> Context<'a> {
    /// A prefix that is called like one of the terms cannot be declared beside it; names with such a
    /// prefix are written out.
    pub(super) fn new(terms: &'a Terms) -> Self {
        let own = terms.prefixes.iter().map(|(prefix, namespace)| (prefix.as_str(), namespace.as_str()));
        let free = own.filter(|(prefix, _)| TERMS.iter().all(|(term, ..)| term != prefix));
        Self { terms, prefixes: PREFIXES.into_iter().chain(free).collect() }
    }

    /// The value of `@context`.
    pub(super) fn to_json(&self) -> Value {
        let mut context = Map::new();
        for (prefix, namespace) in &self.prefixes {
            // Only a namespace that ends in one of these is a prefix without saying so (JSON-LD 1.1,
            // "compact IRIs").
            let obvious = namespace.ends_with([':', '/', '?', '#', '[', ']', '@']);
            let value = if obvious { json!(namespace) } else { json!({"@id": namespace, "@prefix": true}) };
            context.insert((*prefix).to_owned(), value);
        }
        for (term, property, kind) in TERMS {
            let value = match kind {
                Some(kind) => json!({"@id": property, "@type": kind}),
                None => json!(property),
            };
            context.insert(term.to_owned(), value);
        }
        Value::Object(context)
    }

    /// The IRI that a rule or type gives, or else the project's own term of that `name`.
    pub(super) fn term(&self, written: Option<&str>, name: &str) -> String {
        match written.and_then(|iri| Some((iri, iri.split_once(':')?.0))) {
            Some((iri, prefix)) if self.prefixes.contains_key(prefix) => iri::cleaned(iri),
            Some((iri, _)) => iri::cleaned(&self.terms.expand(iri)),
            None => format!("relata:{}", iri::part(name)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_what_was_written_or_the_projects_own() {
        let prefixes = [("org", "http://www.w3.org/ns/org#"), ("name", "https://names.example/")];
        let prefixes = prefixes.map(|(prefix, namespace)| (prefix.to_owned(), namespace.to_owned()));
        let terms = Terms { prefixes: prefixes.into(), ..Terms::default() };
        let context = Context::new(&terms);
        for (written, expected) in [
            (Some("org:memberOf"), "org:memberOf"),
            (Some("https://x.example/a b"), "https://x.example/a%20b"),
            (Some("name:x"), "https://names.example/x"),
            (Some("memberOf"), "relata:my%20relation"),
            (None, "relata:my%20relation"),
        ] {
            assert_eq!(context.term(written, "my relation"), expected);
        }
        assert_eq!(context.to_json()["name"], "schema:name");
    }

    #[test]
    fn a_namespace_without_a_separator_is_declared_as_a_prefix() {
        let prefixes = [("x".to_owned(), "https://x.example/ns_".to_owned())];
        let terms = Terms { prefixes: prefixes.into(), ..Terms::default() };
        let json = Context::new(&terms).to_json();
        assert_eq!(json["x"]["@prefix"], true);
        assert_eq!(json["oa"], "http://www.w3.org/ns/oa#");
    }
}
