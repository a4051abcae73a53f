//! Prefixes of the vocabulary → IRIs, and IRIs → the short names that files write for them.

use super::iri;
use crate::dataset::Terms;
use std::collections::BTreeMap;

/// Namespaces that every file needs, where the vocabulary does not set another.
const NEEDED: [(&str, &str); 11] = [
    ("dc", "http://purl.org/dc/terms/"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("relata", "https://w3id.org/relata/"),
    ("schema", "https://schema.org/"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Prefixes that mean the same everywhere: syntaxes build on them.
const FIXED: [&str; 2] = ["rdf", "xsd"];

/// The IRIs of one dataset. All that are its own are under one base, the namespace of the prefix `relata`.
#[derive(Debug, Clone)]
pub struct Names {
    prefixes: BTreeMap<String, String>,
}

impl Names {
    /// The names that these terms give. A namespace that is no IRI counts as not given.
    pub fn new(terms: &Terms) -> Self {
        let needed = NEEDED.iter().map(|(prefix, namespace)| ((*prefix).to_owned(), (*namespace).to_owned()));
        let free = terms.prefixes.iter().filter(|(prefix, _)| !FIXED.contains(&prefix.as_str()));
        let given = free.filter_map(|(prefix, namespace)| Some((prefix.clone(), iri::cleaned(namespace)?)));
        Self { prefixes: needed.chain(given).collect() }
    }

    /// Prefix → namespace, for those whose prefix every syntax takes.
    pub fn prefixes(&self) -> impl Iterator<Item = (&str, &str)> {
        let plain = |prefix: &str| {
            prefix.starts_with(|c: char| c.is_ascii_alphabetic())
                && prefix.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        let all = self.prefixes.iter().map(|(prefix, namespace)| (prefix.as_str(), namespace.as_str()));
        all.filter(move |(prefix, _)| plain(prefix))
    }

    /// The base of all own IRIs.
    pub fn base(&self) -> &str {
        self.prefixes.get("relata").map_or("", String::as_str)
    }

    /// `schema:name` written out; for names whose prefix is among those that every file needs.
    pub(super) fn full(&self, name: &str) -> String {
        let (prefix, local) = name.split_once(':').unwrap_or(("relata", name));
        format!("{}{local}", self.prefixes.get(prefix).map_or("", String::as_str))
    }

    /// The project's own term of that name, or thing of that path.
    pub fn own(&self, name: &str) -> String {
        format!("{}{}", self.base(), iri::part(name))
    }

    /// The standard term that a rule or a type names, with a known prefix or in full; none where it names none.
    pub fn standard(&self, written: Option<&str>) -> Option<String> {
        let written = written?;
        let (prefix, local) = written.split_once(':')?;
        match self.prefixes.get(prefix) {
            Some(namespace) => iri::cleaned(&format!("{namespace}{local}")),
            None => iri::cleaned(written),
        }
    }

    /// The IRI of an entity.
    pub fn entity(&self, id: &str) -> String {
        format!("{}id/{}", self.base(), iri::part(id))
    }

    /// The IRI of an article.
    pub fn article(&self, id: &str) -> String {
        format!("{}article/{}", self.base(), iri::part(id))
    }

    /// The IRI of the named graph of what an article says.
    pub fn assertions(&self, article: &str) -> String {
        inside(&self.article(article), "assertions")
    }

    /// The IRI of a statement.
    pub fn statement(&self, id: &str) -> String {
        format!("{}statement/{}", self.base(), iri::part(id))
    }

    /// The prefix and the rest of an IRI, by the longest namespace that it begins with. O(prefixes).
    pub fn split<'a>(&'a self, iri: &'a str) -> Option<(&'a str, &'a str)> {
        let fits = self.prefixes().filter_map(|(prefix, namespace)| {
            let local = iri.strip_prefix(namespace).filter(|_| !namespace.is_empty())?;
            Some((prefix, local))
        });
        fits.min_by_key(|(prefix, local)| (local.len(), *prefix))
    }
}

/// The IRI of a part of something: a fragment, or a step where the base has its own fragment already.
pub(super) fn inside(iri: &str, part: &str) -> String {
    let mark = if iri.contains('#') { '/' } else { '#' };
    format!("{iri}{mark}{part}")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::rdf) fn names(prefixes: &[(&str, &str)]) -> Names {
        let prefixes = prefixes.iter().map(|(prefix, iri)| ((*prefix).to_owned(), (*iri).to_owned()));
        Names::new(&Terms { prefixes: prefixes.collect(), ..Terms::default() })
    }

    #[test]
    fn a_standard_term_is_what_was_written() {
        let names = names(&[("org", "http://www.w3.org/ns/org#"), ("my own", "https://names.example/")]);
        for (written, expected) in [
            (Some("org:memberOf"), Some("http://www.w3.org/ns/org#memberOf")),
            (Some("https://x.example/a b"), Some("https://x.example/a%20b")),
            (Some("my own:x"), Some("https://names.example/x")),
            (Some("memberOf"), None),
            (Some("no prefix:memberOf"), None),
            (None, None),
        ] {
            assert_eq!(names.standard(written).as_deref(), expected, "{written:?}");
        }
        assert_eq!(names.own("my relation"), "https://w3id.org/relata/my%20relation");
    }

    #[test]
    fn all_own_names_are_under_one_base() {
        let names = names(&[("relata", "https://kg.example/x#"), ("schema", "no iri")]);
        assert_eq!(names.entity("person/ada"), "https://kg.example/x#id/person/ada");
        assert_eq!(names.own("metWith"), "https://kg.example/x#metWith");
        assert_eq!(names.full("schema:name"), "https://schema.org/name");
    }

    #[test]
    fn the_longest_namespace_shortens() {
        let names = names(&[("a", "https://x.example/"), ("b", "https://x.example/b/"), ("c d", "urn:c:")]);
        assert_eq!(names.split("https://x.example/b/c"), Some(("b", "c")));
        assert_eq!(names.split("https://x.example/c"), Some(("a", "c")));
        assert_eq!(names.split("urn:c:d"), None);
    }
}
