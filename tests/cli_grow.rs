//! `relata suggest` and `relata new`: rules that grow out of articles.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod common;

use common::{Desk, json_lines};
use serde_json::Value;

/// One thing said in four ways of four pairs, one that a built-in rule finds, and one that is only said once.
const NEWS: &str = "Ada Byron unveiled Nordic Bank on Monday.\n\nActive Corp was unveiled by Mary Poe in March.\n\n\
    Carl Roe, who had unveiled Polar Airlines, left early.\n\nEva Lund promised to unveil Lunar Bank.\n\n\
    Ada Byron met Carl Roe. Mary Poe met Eva Lund.\n\nAda Byron teased Eva Lund.\n\n\
    Ada Byron said that Mary Poe is here. Carl Roe told Ada Byron.\n";

fn desk() -> Desk {
    Desk::with(&[("news.txt", NEWS)])
}

/// The suggestions of a run, one JSON object each.
fn suggestions(desk: &Desk, more: &[&str]) -> Vec<Value> {
    // Too few examples are worth a warning.
    let run = desk.run(&[&["suggest", "news.txt", "--json"], more].concat()).ends(0, &[]);
    json_lines(&run.stdout)
}

#[test]
fn one_thing_said_in_many_ways_is_one_suggestion() {
    let desk = desk();
    let all = suggestions(&desk, &[]);
    let first = &all[0];
    assert_eq!(first["pattern"], "X unveiled Y");
    assert_eq!((first["count"].as_u64(), first["pairs"].as_u64()), (Some(4), Some(4)));
    assert_eq!(
        (&first["subject"], &first["object"]),
        (&Value::from(["Person"].to_vec()), &Value::from(["Organisation"].to_vec()))
    );
    assert_eq!(first["examples"].as_array().unwrap().len(), 2);
    assert_eq!(first["examples"][0]["quote"], "Ada Byron unveiled Nordic Bank on Monday.");
    let patterns: Vec<&str> = all.iter().map(|one| one["pattern"].as_str().unwrap()).collect();
    for covered in ["X met Y", "X teased Y", "X told Y", "X said Y"] {
        assert!(!patterns.contains(&covered), "{patterns:?}");
    }
}

#[test]
fn a_suggestion_becomes_a_rule_and_is_suggested_no_more() {
    let desk = desk();
    desk.run(&["new", "unveiled", "X unveiled Y", "--subject", "Person", "--object", "Organisation"])
        .succeeds();
    let built = ["build", "news.txt", "--rules", "unveiled.toml"];
    desk.run(&built).ends(0, &[]);
    assert_eq!(json_lines(&desk.read("output/triples.jsonl")).len(), 4);
    let left = suggestions(&desk, &["--rules", "unveiled.toml"]);
    assert!(left.iter().all(|one| one["pattern"] != "X unveiled Y"), "{left:?}");
}

#[test]
fn suggestions_are_for_people_too_and_always_the_same() {
    let desk = desk();
    let run = desk.run(&["suggest", "news.txt", "--top", "1"]).succeeds();
    assert!(run.stdout.starts_with("  1. \"X unveiled Y\""), "{}", run.stdout);
    assert!(run.stdout.contains("Ada Byron | Nordic Bank: Ada Byron unveiled Nordic Bank on Monday."));
    assert!(
        run.stdout
            .contains("relata new NAME \"X unveiled Y\" --subject \"Person\" --object \"Organisation\"")
    );
    assert_eq!(run.stdout, desk.run(&["suggest", "news.txt", "--top", "1"]).succeeds().stdout);
    desk.write("empty.txt", "Nobody is named here.");
    let none = desk.run(&["suggest", "empty.txt"]).succeeds();
    assert!(none.stdout.starts_with("Nothing is said"));
    desk.run(&["suggest", "missing.txt"]).ends(1, &["missing.txt"]);
}

#[test]
fn new_adds_to_a_file_and_leaves_the_rest_as_it_is() {
    let desk = Desk::new();
    let before = "# Mine.   # kept\n\n";
    desk.write("mine.toml", before);
    let run = desk.run(&[
        "new",
        "praised",
        "X praised Y",
        "X's praise for Y",
        "--file",
        "mine.toml",
        "--example",
        "Chile was praised by Ada Byron.",
        "--example",
        "Ada Byron refused to praise \"Chile\".",
        "--example",
        "Ada Byron praised the food.",
    ]);
    let told = run.succeeds().stdout;
    assert!(told.contains("subject of `praised`: X; object of `praised`: Y"), "{told}");
    assert!(told.contains("Ada Byron | Chile | negated"), "{told}");
    let after = desk.read("mine.toml");
    assert!(after.starts_with(before), "{after}");
    assert!(after.contains("text  = \"Ada Byron refused to praise \\\"Chile\\\".\"\ngives = [\"Ada Byron | Chile | negated\"]"), "{after}");
    let checked = desk.run(&["check", "mine.toml"]);
    assert!(checked.stdout.contains("3 passed, 0 failed"), "{}", checked.stdout);
    assert!(
        checked.stderr.contains("no example of `praised` tries 1 of its 2 patterns"),
        "{}",
        checked.stderr
    );
}

#[test]
fn new_refuses_what_would_harm() {
    let desk = Desk::with(&[("mine.toml", "")]);
    desk.run(&["new", "thanked", "X thanked Y", "--file", "mine.toml"]).succeeds();
    let before = desk.read("mine.toml");
    for (arguments, wrong) in [
        (["new", "thanked", "X thanked Y"], "there is a relation `thanked` in `mine.toml` already"),
        (["new", "metWith", "X met Y"], "there is a built-in relation `metWith`"),
        (["new", "Blamed", "X blamed Y"], "`Blamed` cannot be the name of a relation"),
        (["new", "words", "X blamed Y"], "`words` cannot be the name of a relation"),
        (["new", "blamed", "X blamed"], "this pattern has no `Y`"),
        (["new", "blamed", "X (blamed Y"], "this bracket is never closed"),
        (["new", "blamed", "X and then Y or blamed"], "cannot be read as a phrase"),
    ] {
        desk.run(&[&arguments[..], &["--file", "mine.toml"]].concat()).ends(1, &[wrong]);
        assert_eq!(desk.read("mine.toml"), before);
    }
    desk.run(&["new", "blamed", "X blamed Y", "--subject", "Persn", "--file", "mine.toml"])
        .ends(1, &["`Persn` is no type"]);
    desk.run(&["new", "blamed", "X blamed Y", "--rules", "nowhere"]).ends(1, &["relata init nowhere"]);
    assert_eq!(desk.names("."), ["mine.toml"]);
}
