//! What sentences make of an event, by class of words: so, not so, left open.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "in a test, a panic is the report, and a table is printed"
)]

use relata::example;
use relata::pipeline::Pipeline;
use relata::rule::RuleSet;
use std::fmt::Write;
use std::path::Path;

/// The share of the lines that must pass.
const SHARE: f64 = 0.99;

/// A sentence and the triples that it should give.
struct Line {
    text: String,
    wanted: Vec<String>,
    todo: Option<String>,
}

fn classes() -> Vec<(String, Vec<Line>)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/status/table.toml");
    let table: toml::Table = std::fs::read_to_string(file).unwrap().parse().unwrap();
    let line = |value: &toml::Value, todo: Option<&str>| {
        let mut texts = value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned());
        Line { text: texts.next().unwrap(), wanted: texts.collect(), todo: todo.map(str::to_owned) }
    };
    let class = |class: &toml::Value| {
        let name = class["name"].as_str().unwrap().to_owned();
        let mut lines: Vec<Line> =
            class["lines"].as_array().unwrap().iter().map(|value| line(value, None)).collect();
        let todo = class.get("todo").and_then(toml::Value::as_table);
        for (cause, known) in todo.into_iter().flatten() {
            lines.extend(known.as_array().unwrap().iter().map(|value| line(value, Some(cause))));
        }
        (name, lines)
    };
    table["class"].as_array().unwrap().iter().map(class).collect()
}

/// All triples of a sentence as the table writes them.
fn given(pipeline: &Pipeline, text: &str) -> Vec<String> {
    let graph = pipeline.build(vec![example::article(text)], || ()).graph;
    let triple = |triple: &relata::triple::Triple| {
        let said = triple.statement();
        let relation = &pipeline.rules.relation(said.relation).name;
        let (subject, object) = (&graph.entity(said.subject).name, &graph.entity(said.object).name);
        format!("{subject} | {relation} | {object} | {}", said.fact.name())
    };
    graph.triples().map(triple).collect()
}

#[test]
fn what_is_said_of_an_event_decides_whether_it_is_so() {
    let (pipeline, _) = Pipeline::new(RuleSet::built_in());
    let (mut all, mut passed, mut details, mut idle) = (0, 0, String::new(), Vec::new());
    for (name, lines) in classes() {
        let (mut own, count) = (0, lines.len());
        for line in lines {
            let given = given(&pipeline, &line.text);
            let missing: Vec<&String> = line.wanted.iter().filter(|wanted| !given.contains(wanted)).collect();
            // The same two and relation with another fact is as wrong as none.
            let pair = |triple: &str| triple.rsplit_once(" | ").unwrap().0.to_owned();
            let other: Vec<&String> = given
                .iter()
                .filter(|given| !line.wanted.contains(given))
                .filter(|given| line.wanted.iter().any(|wanted| pair(wanted) == pair(given)))
                .collect();
            let right = missing.is_empty() && other.is_empty();
            own += usize::from(right);
            if right && line.todo.is_some() {
                idle.push(line.text.clone());
            }
            if !right {
                let cause = line.todo.as_deref().unwrap_or("FAILS");
                writeln!(
                    details,
                    "{name}: {cause}: {}\n    lacks {missing:?}\n    gives {given:?}",
                    line.text
                )
                .unwrap();
            }
        }
        println!("{name:40} {own} of {count}");
        (all, passed) = (all + count, passed + own);
    }
    let share = passed as f64 / all as f64;
    println!("\n{details}\n{passed} of {all} ({:.1} %)", 100.0 * share);
    assert!(all >= 150, "only {all} sentences");
    assert!(idle.is_empty(), "pass now, take them out of `todo`: {idle:#?}");
    assert!(!details.contains("FAILS"), "{details}");
    assert!(share >= SHARE, "only {:.1} % pass", 100.0 * share);
}
