//! `relata export`, `show`, `path` and `rank` as a person types them.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod common;

use common::{Desk, FILES, json_lines};
use relata::export::Format;
use std::fs;

/// A build of four articles: Ada and Eve are two steps from each other.
fn desk() -> Desk {
    let desk = Desk::with(&[
        (
            "news/a.txt",
            "2024-05-07\n\nAda Byron met Bob Poe in Oslo on Monday. Ada Byron did not meet Mary Roe.",
        ),
        ("news/b.txt", "2024-06-08\n\nAda Byron met Bob Poe on May 6, 2024. Bob Poe criticised Anna Stone."),
        (
            "news/c.txt",
            "2023-01-02\n\nMary Roe will meet Anna Stone. Mary Roe, the president of Norway, visited Sweden.",
        ),
        ("news/d.txt", "John Doe sued Jane Hill."),
    ]);
    desk.run(&["build", "news", "--quiet"]).succeeds();
    desk
}

fn triples(desk: &Desk, options: &[&str]) -> Vec<String> {
    let run = desk.run(&[&["export", "output", "--format", "triples"], options].concat()).ends(0, &[]);
    let end = |value: &serde_json::Value| value["name"].as_str().unwrap().to_owned();
    let lines = json_lines(&run.stdout).into_iter();
    lines
        .map(|line| {
            format!(
                "{} {} {}",
                end(&line["subject"]),
                line["relation"].as_str().unwrap(),
                end(&line["object"])
            )
        })
        .collect()
}

#[test]
fn a_format_made_later_has_the_bytes_of_one_made_with_the_build() {
    let desk = desk();
    desk.run(&[
        "export",
        "output",
        "--format",
        "triples,entities,articles,dot,jsonld,html",
        "--out",
        "again",
    ])
    .succeeds();
    for name in FILES.iter().filter(|name| **name != "build.json") {
        assert_eq!(desk.read(&format!("again/{name}")), desk.read(&format!("output/{name}")), "{name}");
    }
    assert!(!desk.exists("again/build.json"), "a part of a graph is no build");
    let run = desk.run(&["export", "output", "--format", "dot"]).succeeds();
    assert_eq!(run.stdout, desk.read("output/graph.dot"));
}

#[test]
fn the_part_that_is_asked_for_is_what_comes_out() {
    let desk = desk();
    let all = triples(&desk, &[]);
    assert_eq!(all.len(), 7, "{all:?}");
    assert_eq!(triples(&desk, &["--min-sources", "2"]), ["Ada Byron metWith Bob Poe"]);
    assert_eq!(
        triples(&desk, &["--relations", "conflict", "--focus", "bob"]),
        ["Bob Poe criticised Anna Stone"]
    );
    assert_eq!(triples(&desk, &["--focus", "Jane Hill"]), ["John Doe sued Jane Hill"]);
    assert_eq!(
        triples(&desk, &["--focus", "anna stone", "--facts", "actual"]),
        ["Bob Poe criticised Anna Stone"]
    );
    assert_eq!(triples(&desk, &["--focus", "anna stone", "--hops", "2", "--facts", "actual"]).len(), 2);
    assert_eq!(triples(&desk, &["--types", "Country"]), [] as [&str; 0]);
    assert_eq!(
        triples(&desk, &["--types", "Person", "--facts", "possible"]),
        ["Anna Stone metWith Mary Roe"]
    );
    // What has no date of its own has that of its articles; what has none at all is of no time.
    assert_eq!(triples(&desk, &["--since", "2024-06"]), ["Bob Poe criticised Anna Stone"]);
    assert_eq!(
        triples(&desk, &["--since", "2024-05-06", "--until", "2024-05-06"]),
        ["Ada Byron metWith Bob Poe"]
    );
    assert_eq!(triples(&desk, &["--until", "2023"]).len(), 3);
    assert_eq!(triples(&desk, &["--top", "2"]).len(), 1);
}

#[test]
fn unknown_names_are_told_and_nothing_is_written() {
    let desk = desk();
    let export = |options: &[&str]| desk.run(&[&["export", "output", "--format", "dot"], options].concat());
    for (options, told) in [
        (["--focus", "Nobody"], "no entity is called `Nobody`"),
        (["--focus", "ob"], "`person/bob-poe` (Bob Poe)"),
        (["--relations", "metwith"], "`metwith` is no relation or family"),
        (["--types", "Persons"], "`Persons` is no type"),
        (["--facts", "true"], "the facts are actual, negated, possible"),
        (["--since", "yesterday"], "write 2021-08-25, 2021-08 or 2021"),
        (["--format", "svg"], "the formats are triples"),
    ] {
        assert_eq!(export(&options).ends(1, &[told]).stdout, "");
    }
    desk.run(&["export", "output", "--format", "dot,jsonld"]).ends(1, &["name one with `--out DIR`"]);
    desk.run(&["export", "nowhere", "--format", "dot"]).ends(1, &["there is no folder `nowhere`"]);
    desk.run(&["export", "output", "--format", "dot", "--types", "Country"]).ends(0, &["the graph is empty"]);
}

#[test]
fn a_folder_of_mixed_files_is_refused() {
    let desk = desk();
    fs::remove_file(desk.path("output/articles.jsonl")).unwrap();
    desk.run(&["show", "output", "Bob"]).ends(1, &["it has no `articles.jsonl`"]);
    desk.write("output/articles.jsonl", "{}");
    desk.run(&["show", "output", "Bob"]).ends(1, &["line 1 of", "missing field"]);
    desk.run(&["build", "news", "--quiet"]).succeeds();
    let lines = desk.read("output/entities.jsonl");
    let other = lines.replace("person/bob-poe", "person/rob-poe");
    desk.write("output/entities.jsonl", other);
    desk.run(&["rank", "output"]).ends(1, &["a triple has an end that `entities.jsonl` lacks"]);
}

#[test]
fn rows_may_come_in_any_order() {
    let desk = desk();
    let asked = |desk: &Desk| {
        let ask = |words: &[&str]| desk.run(words).succeeds().stdout;
        [
            ask(&["show", "output", "ada"]),
            ask(&["rank", "output"]),
            ask(&["export", "output", "--format", "html"]),
        ]
    };
    let before = asked(&desk);
    for name in ["triples", "entities", "articles"] {
        let rows = desk.read(&format!("output/{name}.jsonl"));
        let turned: Vec<&str> = rows.lines().rev().collect();
        desk.write(&format!("output/{name}.jsonl"), format!("{}\n", turned.join("\n")));
    }
    assert_eq!(asked(&desk), before);
}

#[test]
fn help_lists_the_formats() {
    let desk = Desk::new();
    for command in ["build", "export", "merge"] {
        let help = desk.run(&[command, "--help"]).succeeds().stdout;
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        for format in Format::ALL {
            assert!(help.contains(&format!(" {format}")), "{command} does not list {format}:\n{help}");
        }
    }
}

#[test]
fn a_profile_has_the_sentences() {
    let desk = desk();
    let profile = desk.run(&["show", "output", "ada"]).succeeds().stdout;
    for part in [
        "Ada Byron\n  Person, person/ada-byron\n",
        "metWith  Two actors meet",
        "  — Bob Poe  ×2  2024-05-06\n      “Ada Byron met Bob Poe in Oslo on Monday.”\n        a, 2024-05-07 (metWith#",
        "and 1 more sentence",
        "not metWith — Mary Roe",
    ] {
        assert!(profile.contains(part), "`{part}` is missing in:\n{profile}");
    }
    assert!(!profile.contains("Anna Stone"), "{profile}");
    let json = desk.run(&["show", "output", "ada", "--json", "--facts", "negated"]).succeeds().stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["entity"]["id"], "person/ada-byron");
    assert_eq!(json["triples"].as_array().unwrap().len(), 1);
    let alone =
        desk.run(&["show", "output", "ada", "--relations", "sued"]).ends(0, &["no triple is left"]).stdout;
    assert!(alone.contains("0 triples with 0 others"), "{alone}");
}

#[test]
fn a_chain_leads_from_one_to_the_other() {
    let desk = desk();
    let chain = desk.run(&["path", "output", "ada", "anna stone", "--facts", "actual"]).succeeds().stdout;
    assert!(
        chain.starts_with("Ada Byron — Bob Poe — Anna Stone\n  Ada Byron metWith Bob Poe  ×2  2024-05-06\n"),
        "{chain}"
    );
    assert!(chain.contains("“Bob Poe criticised Anna Stone.”"), "{chain}");
    let both = desk.run(&["path", "output", "ada", "anna stone", "--json"]).succeeds().stdout;
    assert_eq!(json_lines(&both).len(), 2, "the other leads through what is not or may be");
    let around = desk.run(&["path", "output", "ada", "anna stone", "--without", "bob"]).succeeds().stdout;
    assert!(
        around.starts_with("Ada Byron — Mary Roe — Anna Stone\n  Ada Byron not metWith Mary Roe\n"),
        "{around}"
    );
    desk.run(&["path", "output", "ada", "john doe"]).ends(0, &["no chain of triples leads from"]);
}

#[test]
fn ranks_name_the_middle_first() {
    let desk = desk();
    let table = desk.run(&["rank", "output", "--facts", "actual", "--by", "betweenness"]).succeeds().stdout;
    let first = table.lines().nth(3).unwrap();
    assert!(first.ends_with("Bob Poe (Person)") || first.ends_with("Mary Roe (Person)"), "{table}");
    let lines = json_lines(&desk.run(&["rank", "output", "--json"]).succeeds().stdout);
    let whole: f64 = lines.iter().map(|line| line["pagerank"].as_f64().unwrap()).sum();
    assert!((whole - 1.0).abs() < 1e-6);
}
