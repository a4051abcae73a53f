//! Every mistake that a rule file can hold, and what a person is told of it, word for word.
//!
//! `tests/mistakes/NAME.toml` is a rule file with one mistake, `NAME.txt` what `relata check` says. Where a
//! message is to change, `RELATA_REWRITE=1 cargo test --test mistakes` writes the texts anew, for a person
//! to read in the difference.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod common;

use common::{Desk, json_lines};
use relata::diagnostic::Diagnostic;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The rule files, by name.
fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    files.sort();
    assert!(files.len() > 40, "only {} rule files with mistakes", files.len());
    files
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

#[test]
fn each_mistake_is_told_with_its_place_and_its_remedy() {
    let rewrite = std::env::var_os("RELATA_REWRITE").is_some();
    let mut wrong = Vec::new();
    for path in files() {
        let desk = Desk::new();
        desk.write(&name(&path), fs::read(&path).unwrap());
        let run = desk.run(&["check", &name(&path)]);
        let told = format!("{}{}exit code {}\n", run.stderr, run.stdout, run.code);
        let expected = path.with_extension("txt");
        if rewrite {
            fs::write(&expected, &told).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n") != told {
            wrong.push(format!("{} now gives\n{told}", name(&path)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_mistake_is_the_same_as_json() {
    // Every third is enough: the text of each is looked at above.
    for path in files().into_iter().step_by(3) {
        let desk = Desk::new();
        desk.write(&name(&path), fs::read(&path).unwrap());
        let plain = desk.run(&["check", &name(&path)]);
        let run = desk.run(&["check", &name(&path), "--json"]);
        assert_eq!((run.code, run.stderr.as_str()), (plain.code, ""), "{}", name(&path));
        let lines = json_lines(&run.stdout);
        let (summary, told) = lines.split_last().unwrap();
        assert!(!told.is_empty(), "{}", name(&path));
        let mut counted = [0; 3];
        for one in told {
            let kinds = ["error", "warning", "note"];
            let severity = kinds.iter().position(|kind| one["severity"] == *kind).unwrap();
            counted[severity] += 1;
            let head = format!("{}[{}]: ", kinds[severity], one["code"].as_str().unwrap());
            let message = one["message"].as_str().unwrap();
            assert!(plain.stderr.contains(&head) && plain.stderr.contains(message), "{one}");
            assert_eq!(one["file"], name(&path).as_str());
            let [line, column, end_line, end_column] =
                ["line", "column", "endLine", "endColumn"].map(|key| one[key].as_u64().unwrap());
            assert!((line, column) <= (end_line, end_column), "{one}");
            assert!(plain.stderr.contains(&format!("{}:{line}:{column}", name(&path))), "{one}");
        }
        let counts = ["errors", "warnings", "notes"].map(|key| summary["summary"][key].as_u64().unwrap());
        assert_eq!(counts, counted, "{summary}");
    }
}

/// Editors and scripts rely on these keys, and on what a message without a place has in them.
#[test]
fn the_keys_of_a_message_are_stable() {
    let told = Diagnostic::error("code", "what").file("file").help("how").json();
    assert_eq!(
        told,
        r#"{"file":"file","line":null,"column":null,"endLine":null,"endColumn":null,"code":"code","severity":"error","message":"what","help":"how"}"#
    );
    let desk = Desk::with(&[("m.toml", include_str!("mistakes/twice.toml"))]);
    let run = desk.run(&["check", "m.toml", "--json", "--verbose"]).succeeds();
    let lines: Vec<Value> = json_lines(&run.stdout);
    let expected = serde_json::json!([
        {
            "file": "m.toml", "line": 5, "column": 28, "endLine": 5, "endColumn": 33, "code": "twice",
            "severity": "warning", "message": "this alternative stands here twice",
            "help": "take one of the two away",
        },
        { "pattern": {
            "relation": "likes", "number": 1, "text": "X liked|loved|liked Y", "tried": true,
            "understood": ["subject of `liked|loved`: X; object of `liked|loved`: Y"],
        }},
        { "summary": {
            "relations": 1, "patterns": 1, "examples": { "passed": 3, "failed": 0, "todo": 0 },
            "errors": 0, "warnings": 1, "notes": 0,
        }},
    ]);
    assert_eq!(Value::Array(lines), expected);
}

#[test]
fn verbose_shows_how_each_pattern_is_understood() {
    let text = include_str!("mistakes/unexercised.toml");
    let text = text.replace("\"X praised Y\"]", "\"X's (old) love for Y\"]\nsurface = [\"X '(' Y ')'\"]\n");
    let run = Desk::with(&[("m.toml", &text)]).run(&["check", "m.toml", "--verbose"]);
    let expected = "\
likes
   1 X liked Y
       subject of `liked`: X; object of `liked`: Y
   2 X admired Y   (no example tries it)
       subject of `admired`: X; object of `admired`: Y
   3 X's (old) love for Y   (no example tries it)
       whose `love`: X; more about `love`: old; `love` for: Y
       whose `love`: X; `love` for: Y
   4 X '(' Y ')'   (no example tries it)
       word by word: X; `(`; Y; `)`
1 relation, 4 patterns; examples: 3 passed, 0 failed, 0 todo
";
    assert_eq!(run.stdout, expected);
}
