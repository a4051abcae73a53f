//! Words that stand for names, and names that are no people → the triples that say so.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

use relata::example;
use relata::pipeline::Pipeline;
use relata::rule::RuleSet;

/// A text and its triples.
type Row = (&'static str, &'static [&'static str]);

/// Without posts.
const QUOTED: [Row; 14] = [
    ("\"I met Juan Paz in Oslo,\" said Chilean President Rosa Luz.", &["Juan Paz metWith Rosa Luz"]),
    ("Rosa Luz, president of Chile, said: \"I met Juan Paz in Oslo.\"", &["Juan Paz metWith Rosa Luz"]),
    ("Rosa Luz said: \"Juan Paz spoke with me and with my brother.\"", &["Juan Paz spokeWith Rosa Luz"]),
    ("The wife of Juan Paz said: \"I visited Peru.\"", &[]),
    ("Rosa Luz and Juan Paz said: \"I visited Peru.\"", &[]),
    ("Somebody said to Juan Paz: \"I visited Peru.\"", &[]),
    ("Rosa Luz was there. \"I visited Peru.\"", &[]),
    ("Rosa Luz said: \"It was a lie that 'I met Carl Roe in Peru' was on the wall.\"", &[]),
    ("\"I met Rosa Luz and Juan Paz,\" Rosa Luz said.", &[]),
    ("\"We invaded Peru,\" said Norway.", &["Norway attacked Peru"]),
    ("\"We invaded Peru,\" said Chilean Foreign Minister Rosa Luz.", &["Chile attacked Peru"]),
    ("\"We invaded Peru,\" said Rosa Luz.", &[]),
    ("\"We invaded Peru,\" said Chilean journalist Rosa Luz.", &[]),
    ("\"We invaded Peru,\" said Chilean presidential candidate Rosa Luz.", &[]),
];

const NAMED: [Row; 3] = [
    ("The members of the House of Representatives, which include 40 Democrats, voted.", &[]),
    ("NATO reconvened after their Midsummer Break, which began on March 13.", &[]),
    (
        "Mary Poe wrote on the institute's official Buzzer account that she had met Carl Roe.",
        &["Carl Roe metWith Mary Poe"],
    ),
];

#[test]
fn who_speaks_is_meant_by_i_and_for_whom_by_we() {
    compare(&QUOTED, &["headOf", "officialOf", "citizenOf"]);
}

#[test]
fn what_only_looks_like_a_person_or_a_party_is_neither() {
    compare(&NAMED, &[]);
}

fn compare(rows: &[Row], but: &[&str]) {
    let (pipeline, _) = Pipeline::new(RuleSet::built_in());
    let mut wrong = Vec::new();
    for (text, wanted) in rows {
        let graph = pipeline.build(vec![example::article(text)], || ()).graph;
        let mut given = Vec::new();
        for triple in graph.triples() {
            let said = triple.statement();
            let name = |entity| graph.entity(entity).name.as_str();
            let relation = pipeline.rules.relation(said.relation).name.as_str();
            if !but.contains(&relation) {
                given.push(format!("{} {relation} {}", name(said.subject), name(said.object)));
            }
        }
        if given != *wanted {
            wrong.push(format!("{text}\n  {given:?}, not {wanted:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
