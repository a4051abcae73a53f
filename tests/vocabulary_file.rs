//! `rules/vocabulary.toml` → what diagrams and RDF need of it: readable colours and known prefixes.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

use relata::rule::RuleSet;
use toml::{Table, Value};

fn file() -> Table {
    toml::from_str(include_str!("../rules/vocabulary.toml")).unwrap()
}

fn sections<'a>(file: &'a Table, of: &str) -> Vec<(&'a String, &'a Table)> {
    file[of].as_table().unwrap().iter().map(|(name, section)| (name, section.as_table().unwrap())).collect()
}

/// Contrast of a colour with white or black, as WCAG 2 defines it.
fn contrast(colour: &str, white: bool) -> f64 {
    let weights = [(1, 0.2126), (3, 0.7152), (5, 0.0722)];
    let luminance: f64 = weights
        .map(|(at, weight)| {
            let part = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            weight * if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
        .iter()
        .sum();
    if white { 1.05 / (luminance + 0.05) } else { (luminance + 0.05) / 0.05 }
}

#[test]
fn dark_text_is_readable_on_every_fill_and_every_edge_on_white() {
    let file = file();
    for (name, kind) in sections(&file, "types") {
        assert!(contrast(kind["colour"].as_str().unwrap(), false) >= 7.0, "{name}");
    }
    for (name, family) in sections(&file, "families") {
        assert!(contrast(family["colour"].as_str().unwrap(), true) >= 4.5, "{name}");
    }
}

#[test]
fn parents_and_prefixes_are_known() {
    let file = file();
    for (name, kind) in sections(&file, "types") {
        if let Some(parent) = kind.get("parent").and_then(Value::as_str) {
            assert!(file["types"].get(parent).is_some(), "{name}: no type {parent}");
        }
        if let Some(iri) = kind.get("iri").and_then(Value::as_str) {
            let prefix = iri.split_once(':').unwrap().0;
            assert!(file["prefixes"].get(prefix).is_some(), "{name}: no prefix {prefix}");
        }
    }
    for (prefix, namespace) in file["prefixes"].as_table().unwrap() {
        let namespace = namespace.as_str().unwrap();
        assert!(namespace.starts_with("http") && namespace.ends_with(['/', '#']), "{prefix}");
    }
}

#[test]
fn a_namespace_that_is_no_iri_is_told() {
    let built_in = include_str!("../rules/vocabulary.toml");
    let folder = tempfile::tempdir().unwrap();
    let told = |namespace: &str| -> Vec<String> {
        let own = built_in.replace("https://w3id.org/relata/", namespace);
        std::fs::write(folder.path().join("vocabulary.toml"), own).unwrap();
        let (_, diagnostics) = RuleSet::load(&[folder.path().to_owned()]);
        diagnostics.into_iter().filter(|told| told.code == "no-iri").map(|told| told.message).collect()
    };
    for namespace in ["https://kg.example/my/", "urn:x:", "http://localhost:8000/#"] {
        assert_eq!(told(namespace), Vec::<String>::new());
    }
    for namespace in ["kg.example", "my base/", "https://kg.example/a b/", "<https://kg.example/>"] {
        assert_eq!(told(namespace), ["the namespace of the prefix `relata` is no IRI"], "{namespace}");
    }
}
