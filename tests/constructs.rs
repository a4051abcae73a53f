//! Constructs of English × relations: what the engine finds through which of them, with the real model.
//!
//! `tests/constructs/table.toml` says what each sentence gives and how to add one. The test prints the table as a
//! matrix (`cargo test --test constructs -- --nocapture`), so that a person sees where the engine stands.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "in a test, a panic is the report")]

use relata::article::{Article, Block, BlockKind};
use relata::pipeline::Pipeline;
use relata::rule::RuleSet;
use relata::span::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// The share of all lines that has to pass.
const SHARE: f64 = 0.95;
/// The shape of the table that is asked for: so many constructs with so many relations each.
const SHAPE: (usize, usize) = (25, 6);
/// The column of sentences that look like the construct and say something else.
const NOT: &str = "not";
/// The column of other wordings.
const MORE: &str = "more";
/// What stands below every headline.
const HEADLINE_BODY: &str = "\nNorda Bank is rich. The Lotus Movement is old. The Polaris Foundation is small. \
                             Lena Holt is away. Omar Diaz is away. Hugo Brandt is away.\n";
/// Why a line may fail.
const CAUSES: [&str; 4] = ["parser", "normalisation", "mention", "rule"];

/// A line of the table: one or, under `not`, several sentences.
struct Line {
    construct: String,
    column: String,
    headline: bool,
    sentences: Vec<Vec<String>>,
    todo: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/constructs")
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn lines(columns: &[String]) -> Vec<Line> {
    let table: Table = std::fs::read_to_string(folder().join("table.toml")).unwrap().parse().unwrap();
    let mut lines = Vec::new();
    for construct in table["construct"].as_array().unwrap() {
        let construct = construct.as_table().unwrap();
        let name = construct["name"].as_str().unwrap();
        let todo = construct.get("todo").map(|todo| todo.as_table().unwrap().clone()).unwrap_or_default();
        let known = |key: &str| {
            ["name", "todo", "headline"].contains(&key) || columns.iter().any(|column| column == key)
        };
        let unknown: Vec<&String> = construct.keys().filter(|key| !known(key)).collect();
        assert!(unknown.is_empty(), "{name}: no relation is called {unknown:?}");
        assert!(construct.contains_key(NOT), "{name}: which sentences only look like it?");
        for column in columns.iter().filter(|column| construct.contains_key(*column)) {
            let value = &construct[column];
            let sentences = if [MORE, NOT].contains(&column.as_str()) {
                value.as_array().unwrap().iter().map(texts).collect()
            } else {
                vec![texts(value)]
            };
            lines.push(Line {
                construct: name.to_owned(),
                column: column.clone(),
                headline: construct.contains_key("headline"),
                sentences,
                todo: todo.get(column).map(|cause| cause.as_str().unwrap().to_owned()),
            });
        }
        let idle: Vec<&String> = todo.keys().filter(|key| !construct.contains_key(*key)).collect();
        assert!(idle.is_empty(), "{name}: `todo` names lines that are not there: {idle:?}");
    }
    lines
}

/// "RELATION: SUBJECT | OBJECT | FACT", of two equal sides the one first that is first in the alphabet.
fn shown(pipeline: &Pipeline, relation: &str, subject: &str, object: &str, fact: &str) -> String {
    let id =
        pipeline.rules.relation_id(relation).unwrap_or_else(|| panic!("no relation is called {relation}"));
    let swap = pipeline.rules.relation(id).symmetric && object < subject;
    let (subject, object) = if swap { (object, subject) } else { (subject, object) };
    format!("{relation}: {subject} | {object} | {fact}")
}

/// What a line of the table says that its sentence gives.
fn wanted(pipeline: &Pipeline, column: &str, written: &[String]) -> BTreeSet<String> {
    let wanted = written.iter().map(|written| {
        let (relation, rest) = written.split_once(':').unwrap_or((column, written));
        let parts: Vec<&str> = rest.split('|').map(str::trim).collect();
        shown(pipeline, relation, parts[0], parts[1], parts.get(2).unwrap_or(&"actual"))
    });
    wanted.collect()
}

/// What a sentence gives.
fn given(pipeline: &Pipeline, text: &str, headline: bool) -> BTreeSet<String> {
    let block = |kind, start, end| Block { kind, span: Span::new(start, end), hidden: Vec::new() };
    let kind = if headline { BlockKind::Headline } else { BlockKind::Paragraph };
    let mut blocks = vec![block(kind, 0, text.len())];
    let mut whole = text.to_owned();
    if headline {
        // A headline in capitals does not tell names from other words; the article below it does.
        whole.push_str(HEADLINE_BODY);
        blocks.push(block(BlockKind::Paragraph, text.len(), whole.len()));
    }
    let article = Article { id: "table".to_owned(), text: whole, blocks, ..Article::default() };
    let reading = pipeline.read(&article);
    let mut given = BTreeSet::new();
    for found in &reading.matches {
        let relation = pipeline.rules.relation(pipeline.rules.rules[found.rule].relation);
        for (subject, object) in &found.pairs {
            if let (Some(subject), Some(object)) = (reading.names.of(subject), reading.names.of(object)) {
                let (subject, object) = (reading.names.name(subject), reading.names.name(object));
                given.insert(shown(pipeline, &relation.name, subject, object, found.fact.name()));
            }
        }
    }
    given
}

/// What is missing and what is too much in the sentences of a line.
fn compare(pipeline: &Pipeline, line: &Line) -> Vec<String> {
    let mut wrong = Vec::new();
    for sentence in &line.sentences {
        let wanted = wanted(pipeline, &line.column, &sentence[1..]);
        let given = given(pipeline, &sentence[0], line.headline);
        let mut problem = |word: &str, triples: Vec<&String>| {
            for triple in triples {
                wrong.push(format!("{word} {triple}\n          in “{}”", sentence[0]));
            }
        };
        problem("lacks", wanted.difference(&given).collect());
        problem("gives", given.difference(&wanted).collect());
    }
    wrong
}

#[test]
fn every_construct_is_understood_or_known_not_to_be() {
    let (rules, diagnostics) = RuleSet::load(&[folder().join("rules.toml")]);
    let wrong: Vec<String> =
        diagnostics.iter().filter(|told| told.is_error()).map(|told| told.render(false)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let (pipeline, diagnostics) = Pipeline::new(rules);
    let wrong: Vec<String> = diagnostics.iter().map(|told| told.render(false)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    let mut columns: Vec<String> = Vec::new();
    for rule in &pipeline.rules.rules {
        let name = &pipeline.rules.relation(rule.relation).name;
        if !columns.contains(name) {
            columns.push(name.clone());
        }
    }
    columns.extend([MORE.to_owned(), NOT.to_owned()]);
    let lines = lines(&columns);
    let mut matrix: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    let (mut details, mut failed, mut idle, mut passed) = (String::new(), 0, 0, 0);
    for line in &lines {
        let wrong = compare(&pipeline, line);
        let cell = match (wrong.is_empty(), &line.todo) {
            (true, None) => "ok",
            (true, Some(_)) => "PASSES",
            (false, Some(_)) => "todo",
            (false, None) => "FAIL",
        };
        matrix.insert((&line.construct, &line.column), cell);
        passed += usize::from(wrong.is_empty());
        failed += usize::from(cell == "FAIL");
        idle += usize::from(cell == "PASSES");
        let cause = line.todo.as_deref().unwrap_or("");
        let known = CAUSES.iter().any(|known| cause.starts_with(known));
        assert!(cause.is_empty() || known, "{}: `{cause}` begins with none of {CAUSES:?}", line.construct);
        if cell != "ok" {
            writeln!(details, "{cell}: {} × {} {cause}", line.construct, line.column).unwrap();
            wrong.iter().for_each(|wrong| writeln!(details, "    {wrong}").unwrap());
        }
    }
    print(&lines, &columns, &matrix);
    let share = passed as f64 / lines.len() as f64;
    println!("\n{details}\n{passed} of {} lines pass ({:.1} %)", lines.len(), 100.0 * share);

    let mut full: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines.iter().filter(|line| ![MORE, NOT].contains(&line.column.as_str())) {
        *full.entry(&line.construct).or_default() += 1;
    }
    let full = full.values().filter(|relations| **relations >= SHAPE.1).count();
    assert!(full >= SHAPE.0, "only {full} constructs have a line for {} relations", SHAPE.1);
    assert_eq!(failed, 0, "fail and are not marked `todo` with their cause:\n{details}");
    assert_eq!(idle, 0, "pass now: take their `todo` out:\n{details}");
    assert!(share >= SHARE, "only {:.1} % pass", 100.0 * share);
}

fn print(lines: &[Line], columns: &[String], matrix: &BTreeMap<(&str, &str), &str>) {
    print!("{:44}", "");
    columns.iter().for_each(|column| print!("{column:>10}"));
    println!();
    let mut seen = BTreeSet::new();
    for line in lines.iter().filter(|line| seen.insert(&line.construct)) {
        print!("{:44}", line.construct);
        for column in columns {
            print!("{:>10}", matrix.get(&(line.construct.as_str(), column.as_str())).unwrap_or(&"·"));
        }
        println!();
    }
}
