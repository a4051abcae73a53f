//! Treebanks that are not part of this project → how good is the analysis?
//!
//! Set `RELATA_DATA` to a folder that holds `ud/ewt.test.conllu` and others; without it, the tests say
//! that they were skipped. `cargo test --release --test treebank -- --nocapture` prints all measures.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test tells what it measured, or panics")]

use relata::language::conllu::{self, Parsed};
use relata::language::evaluate::{Scores, evaluate, raw_text};
use relata::language::{Analyser, Language, output, paragraph};
use relata::rule::RuleSet;

/// The text of a file below `RELATA_DATA`.
fn data(path: &str) -> Option<String> {
    let Some(folder) = std::env::var_os("RELATA_DATA") else {
        eprintln!("skipped: RELATA_DATA does not name a folder with {path}");
        return None;
    };
    Some(std::fs::read_to_string(std::path::Path::new(&folder).join(path)).unwrap())
}

fn raw(gold: &[Parsed], dump: &str) -> Scores {
    let language = Language::new(&RuleSet::built_in().lexicon);
    let article = paragraph::article(raw_text(gold));
    let mut out = Vec::new();
    for sentence in language.sentences(&article) {
        output::write(&sentence, &article.text, &[], &mut out).unwrap();
    }
    let out = String::from_utf8(out).unwrap();
    if let Some(folder) = std::env::var_os("RELATA_DUMP") {
        std::fs::write(std::path::Path::new(&folder).join(dump), &out).unwrap();
    }
    let (system, wrong) = conllu::read(&out);
    assert_eq!(wrong, []);
    evaluate(gold, &system).unwrap()
}

#[test]
fn raw_text_is_divided_as_in_the_treebank() {
    for name in ["ewt.test", "gum.test"] {
        let Some(text) = data(&format!("ud/{name}.conllu")) else { return };
        let (gold, wrong) = conllu::read(&text);
        assert_eq!(wrong, [], "{name}");
        let scores = raw(&gold, name);
        eprintln!("{name}, raw text\n{scores}");
        if name == "ewt.test" {
            assert!(scores.tokens.f1() >= 98.5 && scores.sentences.f1() >= 82.0, "{scores}");
        }
    }
}

/// The model named by `RELATA_MODEL`, or the built-in one.
fn analyser() -> Option<Analyser> {
    let analyser = match std::env::var_os("RELATA_MODEL") {
        Some(path) => Some(Analyser::new(std::fs::read(path).unwrap()).unwrap()),
        None => Analyser::built_in().map_err(|error| eprintln!("skipped: {error}")).ok(),
    };
    let language = Language::new(&RuleSet::built_in().lexicon);
    analyser.map(|analyser| analyser.with_inflection(&language))
}

/// Gold sentences and words, all else predicted.
fn again(analyser: &Analyser, gold: &[Parsed]) -> Scores {
    let mut out = Vec::new();
    for sentence in gold {
        let mut room = Vec::new();
        conllu::write(&analyser.read_again(sentence, &mut room), &mut out).unwrap();
    }
    let out = String::from_utf8(out).unwrap();
    let (system, wrong) = conllu::read(&out);
    assert_eq!(wrong, []);
    evaluate(gold, &system).unwrap()
}

/// Least UPOS, LAS, arguments and lemmas of each file: below them, the model is not good enough to ship.
const FLOORS: [(&str, [f64; 4]); 2] =
    [("ewt.test", [95.6, 84.5, 87.5, 97.5]), ("gum.test", [96.4, 84.5, 86.5, 97.5])];

#[test]
fn words_are_analysed_as_in_the_treebank() {
    let Some(analyser) = analyser() else { return };
    for (name, floors) in FLOORS {
        let Some(text) = data(&format!("ud/{name}.conllu")) else { return };
        let scores = again(&analyser, &conllu::read(&text).0);
        eprintln!("{name}, gold words\n{scores}");
        let measured = [scores.upos, scores.las, scores.arguments, scores.lemmas];
        for (score, floor) in measured.into_iter().zip(floors) {
            assert!(score.f1() >= floor, "{name}: {:.2} is below {floor}\n{scores}", score.f1());
        }
    }
}

/// The sentences of a file with a word and its BIO label a line, as CoNLL-U.
fn with_names(table: &str) -> String {
    let mut number = 0;
    let mut line = |line: &str| match line.split_once('\t') {
        Some((form, label)) => {
            number += 1;
            format!("{number}\t{form}\t_\t_\t_\t_\t_\t_\t_\tNER={label}\n")
        }
        None => {
            number = 0;
            "\n".to_owned()
        }
    };
    table.lines().map(&mut line).collect()
}

#[test]
fn names_are_found_as_in_the_data_set() {
    let Some(analyser) = analyser() else { return };
    let Some(table) = data("ner/uner_ewt_test.tsv") else { return };
    let text = with_names(&table);
    let (gold, wrong) = conllu::read(&text);
    assert_eq!(wrong, []);
    let scores = again(&analyser, &gold);
    eprintln!("uner_ewt_test, gold words\n{:.2} {:?}", scores.names.f1(), scores.names);
    assert!(scores.names.f1() >= 66.0, "{scores}");
}
