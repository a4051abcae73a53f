//! `relata stats`: what a build found, counted from its files.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod common;

use common::Desk;
use serde_json::{Value, json};
use std::fs;

const RULES: &str = "\
[metWith]
about     = \"Two people meet.\"
subject   = \"Person\"
object    = \"Person\"
symmetric = true
patterns  = [\"X met Y\", \"X bumped into Y\"]
[[metWith.example]]
text  = \"Ada Byron met Mary Poe.\"
gives = [\"Ada Byron | Mary Poe\"]
[[metWith.example]]
text  = \"Ada Byron bumped into Mary Poe.\"
gives = [\"Ada Byron | Mary Poe\"]
[[metWith.example]]
text  = \"Ada Byron left, Mary Poe said.\"
gives = []

[accompanied]
about    = \"A person comes along with another.\"
subject  = \"Person\"
object   = \"Person\"
patterns = [\"X accompanied Y\"]
[[accompanied.example]]
text  = \"Ada Byron accompanied Mary Poe.\"
gives = [\"Ada Byron | Mary Poe\"]
[[accompanied.example]]
text  = \"Mary Poe was accompanied by Ada Byron.\"
gives = [\"Ada Byron | Mary Poe\"]
[[accompanied.example]]
text  = \"Ada Byron left, Mary Poe said.\"
gives = []
";

/// A triple of two sentences, a negated one, two actors of whom no rule speaks, and a country where something happens.
const NEWS: &str = "Ada Byron met Mary Poe. Mary Poe met Ada Byron again.\n\nAda Byron refused to meet Carl Roe.\n\n\
    Carl Roe envied  Mary Poe.\n\nCarl Roe slept in Chile.\n";

/// A desk with a build of `news` in `output`.
fn built(news: &str) -> Desk {
    let desk = Desk::with(&[("news.txt", news), ("mine/meetings.toml", RULES)]);
    let rules = desk.path("mine/meetings.toml");
    desk.run(&["build", "news.txt", "--rules", rules.to_str().unwrap(), "--quiet"]).succeeds();
    desk
}

fn stats(desk: &Desk) -> Value {
    serde_json::from_str(&desk.run(&["stats", "output", "--json"]).succeeds().stdout).unwrap()
}

#[test]
fn every_list_counts_what_the_files_hold() {
    let stats = stats(&built(NEWS));
    let read = &stats["read"];
    assert_eq!((&read["articles"], &read["sentences"]), (&json!(1), &json!(5)));
    let all = json!({"triples": 2, "actual": 1, "negated": 1, "possible": 0, "evidence": 3});
    assert_eq!(stats["triples"], all);
    assert_eq!(
        stats["relations"],
        json!([{"relation": "metWith", "triples": 2, "actual": 1, "negated": 1, "possible": 0,
                "evidence": 3, "fired": 1, "patterns": 2}])
    );
    assert_eq!(
        stats["patterns"],
        json!([{"rule": "metWith#1", "text": "X met Y", "triples": 2, "actual": 1, "negated": 1,
                "possible": 0, "evidence": 3}])
    );
    assert_eq!(
        stats["unfired"],
        json!({
            "relations": [{"relation": "accompanied", "file": "meetings.toml",
                           "patterns": [{"rule": "accompanied#1", "text": "X accompanied Y"}]}],
            "patterns": [{"rule": "metWith#2", "text": "X bumped into Y"}],
        })
    );
    let links: Vec<(&str, u64, u64)> = stats["linked"].as_array().unwrap().iter().map(link).collect();
    assert_eq!(links, [("Ada Byron", 2, 3), ("Carl Roe", 1, 3), ("Mary Poe", 1, 3)]);
    assert_eq!(stats["entities"], 4, "Chile has no link");
}

fn link(entity: &Value) -> (&str, u64, u64) {
    let number = |key: &str| entity[key].as_u64().unwrap();
    assert_eq!(number("links"), number("subject") + number("object"));
    (entity["name"].as_str().unwrap(), number("links"), number("mentions"))
}

#[test]
fn a_sentence_with_two_actors_and_no_triple_is_silent() {
    let expected = json!({"total": 1, "first": [
        {"article": "news", "sentence": 3, "quote": "Carl Roe envied Mary Poe.", "actors": ["Carl Roe", "Mary Poe"]},
    ]});
    assert_eq!(stats(&built(NEWS))["silent"], expected);
}

#[test]
fn of_many_silent_sentences_the_first_are_kept_and_long_ones_are_cut() {
    let long = format!("Carl Roe envied Mary Poe {}.\n\n", "and slept again ".repeat(30));
    let news = [long, "Carl Roe envied Mary Poe.\n\n".repeat(520)].concat();
    let stats = stats(&built(&news));
    let first = stats["silent"]["first"].as_array().unwrap();
    assert_eq!((stats["silent"]["total"].as_u64(), first.len()), (Some(521), 500));
    let sentences: Vec<u64> = first.iter().map(|line| line["sentence"].as_u64().unwrap()).collect();
    assert!(sentences.iter().copied().eq(0..500), "{sentences:?}");
    let quote = first[0]["quote"].as_str().unwrap();
    assert_eq!((quote.chars().count(), quote.ends_with('…')), (300, true));
}

#[test]
fn a_record_holds_nothing_of_the_machine() {
    let desk = built(NEWS);
    let folder = desk.path("mine").display().to_string();
    let record = desk.read("output/build.json");
    // Namespaces of the vocabulary are the only addresses in it.
    let lines = record.lines().filter(|line| !line.contains("http://") && !line.contains("https://"));
    assert!(!record.contains(&folder) && lines.clone().all(|line| !line.contains('/')), "{record}");
    let before = fs::read(desk.path("output/build.json")).unwrap();
    desk.run(&["build", "news.txt", "--rules", "mine", "--quiet", "--threads", "1"]).succeeds();
    assert_eq!(fs::read(desk.path("output/build.json")).unwrap(), before);
}

#[test]
fn people_read_aligned_columns_and_as_many_as_they_want() {
    let desk = built(NEWS);
    let report = desk.run(&["stats", "output"]).succeeds().stdout;
    for part in [
        "sentences  5 of ",
        "triples    2: 1 actual, 1 negated, 0 possible\nevidence   3\n",
        "  relation  triples  actual  negated  possible  evidence  patterns\n  \
           metWith         2       1        1         0         3    1 of 2\n",
        "  relation     patterns  file\n  accompanied         1  meetings.toml\n",
        "  metWith#2  X bumped into Y\n",
        "Entities with links: 3\n",
        "  news #3: Carl Roe | Mary Poe\n    Carl Roe envied Mary Poe.\n",
    ] {
        assert!(report.contains(part), "`{part}` is missing in:\n{report}");
    }
    let report = desk.run(&["stats", "output", "--top", "1"]).succeeds().stdout;
    assert!(report.contains("Ada Byron\n  … and 2 more\n"), "{report}");
    desk.run(&["stats", "output", "--top", "1", "--json"]).ends(1, &["--top"]);
}

#[test]
fn a_build_without_its_record_is_counted_as_far_as_its_files_go() {
    let desk = built(NEWS);
    let record = desk.read("output/build.json");
    fs::remove_file(desk.path("output/build.json")).unwrap();
    let run = desk.run(&["stats", "output", "--json"]).ends(0, &["no-record", "build it again"]);
    let stats: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(stats["triples"]["triples"], 2);
    assert_eq!(stats["patterns"][0]["rule"], "metWith#1");
    for unknown in [&stats["read"], &stats["unfired"], &stats["silent"], &stats["patterns"][0]["text"]] {
        assert!(unknown.is_null(), "{stats}");
    }
    let run = desk.run(&["stats", "output"]).ends(0, &["no-record"]);
    assert!(run.stdout.contains("metWith") && !run.stdout.contains("never fired"), "{}", run.stdout);

    desk.write("output/build.json", record.replace("\"triples\": 2", "\"triples\": 3"));
    desk.run(&["stats", "output"]).ends(0, &["stale-record", "of another build"]);
}

#[test]
fn what_is_no_build_is_told_with_a_remedy() {
    let desk = built(NEWS);
    desk.folder("empty");
    let remedy = "relata build ARTICLES --out";
    for (folder, message) in [
        ("empty", "`empty` is no folder of a build: it has no `triples.jsonl`"),
        ("nowhere", "there is no folder `nowhere`"),
        ("news.txt", "`news.txt` is a file"),
    ] {
        let run = desk.run(&["stats", folder]).ends(1, &[message, remedy]);
        assert_eq!(run.stdout, "");
    }
    let lines = desk.read("output/triples.jsonl");
    desk.write("output/triples.jsonl", format!("{lines}{{\"id\":\n"));
    desk.run(&["stats", "output"]).ends(1, &["line 3 of `output/triples.jsonl`", remedy]);
    desk.write("output/triples.jsonl", [lines.as_bytes(), b"\xff\n"].concat());
    desk.run(&["stats", "output"]).ends(1, &["line 3 of `output/triples.jsonl`"]);
    desk.write("output/triples.jsonl", &lines);
    desk.write("output/build.json", "{}");
    desk.run(&["stats", "output"]).ends(1, &["`output/build.json`"]);
    fs::remove_file(desk.path("output/entities.jsonl")).unwrap();
    desk.run(&["stats", "output"]).ends(1, &["it has no `entities.jsonl`"]);
}

#[test]
fn a_folder_in_the_place_of_the_record_stops_a_build_before_it_reads() {
    let desk = Desk::with(&[("news.txt", NEWS)]);
    desk.folder("output/build.json");
    desk.run(&["build", "news.txt"]).ends(1, &["build.json` is a folder"]);
    assert_eq!(desk.names("output"), ["build.json"]);
}

#[test]
fn names_cannot_steer_the_terminal() {
    let desk = built(NEWS);
    let entities = desk.read("output/entities.jsonl").replace("Carl Roe", "Carl\\u001b[2JRoe");
    desk.write("output/entities.jsonl", entities);
    let report = desk.run(&["stats", "output"]).succeeds().stdout;
    assert!(report.contains("Carl [2JRoe") && !report.contains('\u{1b}'), "{report}");
}
