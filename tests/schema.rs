//! `rules/rule.schema.json`: what editors know of rule files is what the program reads.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod common;

use common::Desk;
use relata::rule::{RuleSet, schema};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// `RELATA_BLESS=1 cargo test --test schema` writes the schema anew.
#[test]
fn the_committed_schema_is_what_the_code_gives() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/rule.schema.json");
    let new = schema::schema(&RuleSet::built_in().vocabulary);
    if std::env::var_os("RELATA_BLESS").is_some() {
        fs::write(&path, new).unwrap();
        return;
    }
    let old = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        old == new,
        "{} is stale; write it anew with `RELATA_BLESS=1 cargo test --test schema`",
        path.display()
    );
}

/// The program names all keys that it knows when it meets one that it does not.
#[test]
fn the_schema_has_the_keys_that_are_read() {
    let file = "[met]\nabout = \"\"\nsubject = \"Actor\"\nobject = \"Actor\"\npatterns = [\"X met Y\"]\nqqqqqq = 1\n\
                [[met.example]]\ntext = \"a\"\nqqqqqq = 1\n";
    let desk = Desk::with(&[("rules.toml", file)]);
    let (_, diagnostics) = RuleSet::load(&[desk.path("rules.toml")]);
    let helps =
        diagnostics.iter().filter(|told| told.code == "unknown-key").map(|told| told.help.clone().unwrap());
    let mut known: Vec<Vec<String>> = helps
        .map(|help| help.strip_prefix("known keys: ").unwrap().split(", ").map(str::to_owned).collect())
        .collect();
    known.sort_by_key(Vec::len);
    let schema: Value = serde_json::from_str(&schema::schema(&RuleSet::built_in().vocabulary)).unwrap();
    let keys = |table: &str| -> Vec<String> {
        let properties = schema["definitions"][table]["properties"].as_object().unwrap();
        let mut keys: Vec<String> = properties.keys().cloned().collect();
        keys.sort();
        keys
    };
    assert_eq!(known, [keys("example"), keys("relation")]);
}

/// The first line of the files that `relata init` and `relata new` write leads to the schema beside them.
#[test]
fn editors_find_the_schema() {
    let desk = Desk::new();
    desk.run(&["init", "mine"]).succeeds();
    desk.run(&["new", "thanked", "X thanked Y", "--rules", "mine"]).succeeds();
    assert!(desk.exists("mine/rule.schema.json"));
    for name in desk.names("mine/relations") {
        let text = desk.read(&format!("mine/relations/{name}"));
        assert_eq!(text.lines().next(), Some("#:schema ../rule.schema.json"), "{name}");
    }
}
