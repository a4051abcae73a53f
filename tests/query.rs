//! `relata query`: a small build, asked in SPARQL.

#![cfg(feature = "sparql")]
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod common;

use common::{Desk, seeds};
use relata::dataset::Dataset;
use relata::query::{Answer, Questions};

const ARTICLES: [(&str, &str); 2] = [
    ("one.txt", "Ada Byron met Mary Poe in Oslo. Carl Roe will meet Ada Byron.\n"),
    ("two.txt", "Ada Byron met Mary Poe on Tuesday. Mary Poe did not meet Carl Roe.\n"),
];

fn desk() -> Desk {
    let desk = Desk::with(&ARTICLES);
    desk.run(&["build", "one.txt", "two.txt", "--quiet", "--out", "o"]).succeeds();
    desk
}

const MET: &str =
    "SELECT ?who ?whom WHERE { ?a relata:metWith ?b . ?a schema:name ?who . ?b schema:name ?whom }";

#[test]
fn a_table_for_people_and_results_for_programs() {
    let desk = desk();
    let table = desk.run(&["query", "o", MET]).succeeds().stdout;
    assert_eq!(
        table,
        "who        whom\n─────────  ─────────\nAda Byron  Mary Poe\nMary Poe   Ada Byron\n2 rows\n"
    );
    let csv = desk.run(&["query", "o", MET, "--format", "csv"]).succeeds().stdout;
    assert_eq!(csv, "who,whom\r\nAda Byron,Mary Poe\r\nMary Poe,Ada Byron\r\n");
    let tsv = desk.run(&["query", "o", MET, "--format", "tsv"]).succeeds().stdout;
    assert_eq!(tsv, "?who\t?whom\n\"Ada Byron\"\t\"Mary Poe\"\n\"Mary Poe\"\t\"Ada Byron\"\n");
    let json = desk.run(&["query", "o", MET, "--format", "json"]).succeeds().stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["results"]["bindings"][0]["whom"]["value"], "Mary Poe");
}

#[test]
fn yes_or_no_and_graphs() {
    let desk = desk();
    let ask = |question: &str| desk.run(&["query", "o", question]).succeeds().stdout;
    assert_eq!(ask("ASK { ?a relata:metWith ?b }"), "true\n");
    assert_eq!(ask("ASK { ?a relata:attacked ?b }"), "false\n");
    let graph = ask("CONSTRUCT { ?a foaf:knows ?b } WHERE { ?a relata:metWith ?b }");
    assert!(graph.contains("@prefix foaf: <http://xmlns.com/foaf/0.1/>"), "{graph}");
    assert!(graph.contains("<id/person/ada-byron> foaf:knows <id/person/mary-poe>"), "{graph}");
    desk.write("q.rq", "# who is it\nDESCRIBE <https://w3id.org/relata/id/person/ada-byron>");
    let described = desk.run(&["query", "o", "--file", "q.rq"]).succeeds().stdout;
    assert!(described.contains("schema:name \"Ada Byron\""), "{described}");
}

#[test]
fn what_is_no_fact_is_found_by_its_statement() {
    let desk = desk();
    let question = "SELECT ?fact (COUNT(?s) AS ?n) WHERE { ?s rdf:predicate relata:metWith ; relata:fact ?fact } \
                    GROUP BY ?fact ORDER BY ?fact";
    let csv = desk.run(&["query", "o", question, "--format", "csv"]).succeeds().stdout;
    assert_eq!(csv, "fact,n\r\nactual,1\r\nnegated,1\r\npossible,1\r\n");
    // The graph of one article holds what that article says.
    let question = "SELECT ?fact WHERE { GRAPH <https://w3id.org/relata/article/two#assertions> \
                    { ?s rdf:predicate relata:metWith ; relata:fact ?fact } }";
    let csv = desk.run(&["query", "o", question, "--format", "csv"]).succeeds().stdout;
    assert_eq!(csv, "fact\r\nactual\r\nnegated\r\n");
}

#[test]
fn a_mistake_is_told_with_its_place() {
    let desk = desk();
    let wrong = |question: &str, parts: &[&str]| {
        let run = desk.run(&["query", "o", question]).ends(1, parts);
        assert_eq!(run.stdout, "");
    };
    wrong("SELECT ?who WHERE {\n  ?who relata:metWith }", &["question:2:23", "^", "relata query --help"]);
    wrong("SELECT ?who WHERE { ?who kg:metWith ?x }", &["question:1:", "^"]);
    wrong("", &["no SPARQL query"]);
    wrong("INSERT DATA { <a:b> <a:b> <a:b> }", &["question:1:1"]);
    wrong("SELECT ?a { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }", &["SERVICE", "relata load"]);
    desk.run(&["query", "nowhere", MET]).ends(1, &["there is no folder `nowhere`"]);
    desk.run(&["query", "o", "--file", "none.rq"]).ends(1, &["none.rq"]);
    desk.run(&["query", "o"]).ends(1, &["SPARQL"]);
}

/// The questions of the help text and of the manual, to the letter.
#[test]
fn the_examples_of_the_help_and_of_the_manual_are_answered() {
    let desk = Desk::new();
    let articles = seeds();
    desk.run(&["build", articles.to_str().unwrap(), "--quiet", "--out", "output"]).succeeds();
    let dataset = Dataset::read(&desk.path("output")).unwrap();
    let questions = Questions::new(&dataset).unwrap();
    assert!(!questions.is_empty().unwrap() && questions.len().unwrap() > dataset.triples.len() * 20);
    let help = desk.run(&["query", "--help"]).succeeds().stdout;
    let manual = include_str!("../README.md");
    let quoted = |text| -> Vec<&str> {
        let examples = str::split(text, "relata query output '").skip(1);
        examples.map(|example| example.split('\'').next().unwrap()).collect()
    };
    let blocks = manual.split("```sparql\n").skip(1).map(|block| block.split("```").next().unwrap());
    let examples: Vec<&str> = quoted(&help).into_iter().chain(quoted(manual)).chain(blocks).collect();
    assert_eq!(examples.len(), 6 + 1 + 1, "{help}");
    for question in examples {
        match questions.ask(question).unwrap() {
            Answer::Truth(truth) => assert!(truth, "{question}"),
            Answer::Rows { rows, .. } => assert!(!rows.is_empty(), "{question}"),
            Answer::Graph(triples) => assert!(!triples.is_empty(), "{question}"),
        }
    }
}
