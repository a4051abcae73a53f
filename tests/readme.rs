//! The manuals → do their commands exist, do their rules load, and does the first one work to the letter?

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

use relata::diagnostic::Diagnostic;
use relata::example;
use relata::pipeline::Pipeline;
use relata::rule::RuleSet;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const README: &str = include_str!("../README.md");
const RULES: &str = include_str!("../rules/README.md");

/// The text between two lines of three backticks, and the word after the first.
struct Block {
    language: String,
    text: String,
}

fn blocks(manual: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in manual.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, Some(language)) => {
                open = Some(Block { language: language.to_owned(), text: String::new() });
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is never closed");
    blocks
}

/// The words of a command line; quotation marks hold several together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut open = None;
    for letter in line.chars() {
        match letter {
            '"' | '\'' if open.is_none() => open = Some(letter),
            letter if open == Some(letter) => open = None,
            ' ' if open.is_none() => words.push(String::new()),
            _ => words.last_mut().unwrap().push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The calls of relata in a manual's `sh` blocks: the words after the program's name.
fn calls(manual: &str) -> Vec<Vec<String>> {
    let scripts = blocks(manual).into_iter().filter(|block| block.language == "sh");
    let lines: Vec<String> =
        scripts.flat_map(|block| block.text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    let mut calls = Vec::new();
    for line in lines {
        let words = words(line.split(" #").next().unwrap_or_default());
        for call in words.split(|word| matches!(word.as_str(), "|" | "&&" | ";")) {
            let cargo = ["cargo", "run", "--release", "--"];
            match call {
                [program, rest @ ..] if program == "relata" => calls.push(rest.to_vec()),
                [first, second, third, fourth, rest @ ..]
                    if [first, second, third, fourth] == cargo.each_ref() =>
                {
                    calls.push(rest.to_vec());
                }
                _ => {}
            }
        }
    }
    calls
}

fn relata(folder: &Path, arguments: &[String]) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_relata")).args(arguments).current_dir(folder).output().unwrap();
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The options that `relata SUBCOMMAND --help` lists.
fn options(subcommand: &str) -> Vec<String> {
    let help = Command::new(env!("CARGO_BIN_EXE_relata")).args([subcommand, "--help"]).output().unwrap();
    assert!(help.status.success(), "there is no `relata {subcommand}`");
    let help = String::from_utf8(help.stdout).unwrap();
    let lines = help.lines().map(str::trim).filter(|line| line.starts_with('-'));
    let options = lines.flat_map(|line| line.split([' ', ',', '[']).filter(|word| word.starts_with('-')));
    options.map(str::to_owned).collect()
}

#[test]
fn every_command_and_option_of_the_manuals_exists() {
    let mut known = BTreeMap::new();
    for (manual, text) in [("README.md", README), ("rules/README.md", RULES)] {
        let calls = calls(text);
        assert!(!calls.is_empty(), "{manual} shows no command");
        for call in calls {
            let subcommand = call.first().unwrap();
            let options = known.entry(subcommand.clone()).or_insert_with(|| options(subcommand));
            for word in call.iter().filter(|word| word.starts_with('-')) {
                let option = word.split('=').next().unwrap_or(word);
                assert!(
                    options.iter().any(|known| known == option),
                    "{manual}: `relata {subcommand}` has no `{option}`"
                );
            }
        }
    }
}

#[test]
fn every_rule_and_word_list_of_the_manuals_loads_and_keeps_its_word() {
    let shown = blocks(README).into_iter().chain(blocks(RULES));
    let shown: Vec<Block> = shown.filter(|block| block.language == "toml").collect();
    assert!(shown.iter().any(|block| block.text.contains("patterns")), "the manual shows no rule");
    for Block { text, .. } in shown {
        let folder = tempfile::tempdir().unwrap();
        let is_rule = text.contains("surface") || text.contains("patterns");
        let (path, content) = match text.lines().next() {
            _ if is_rule => ("relations/shown.toml", text.clone()),
            Some("# lexicon/mine.toml") => ("lexicon/mine.toml", text.clone()),
            Some("# vocabulary.toml") => {
                ("vocabulary.toml", format!("{}{text}", include_str!("../rules/vocabulary.toml")))
            }
            _ => panic!("is this a rule, or the content of which file?\n{text}"),
        };
        write(&folder.path().join(path), &content);
        let mut folders = vec![folder.path().to_owned()];
        folders.extend((!is_rule).then(|| PathBuf::from("built-in")));
        let (rules, diagnostics) = RuleSet::load(&folders);
        assert_eq!(told(&diagnostics), "", "{text}");
        if is_rule {
            let outcome = example::run(&Pipeline::new(rules).0);
            assert_eq!(told(&outcome.diagnostics), "", "{text}");
            assert!(outcome.passed > 0 && outcome.failed == 0, "{text}");
        }
    }
}

/// The first page shows a rule, a quotation, a table of triples and one of them in full.
#[test]
fn the_rule_of_the_first_page_gives_the_triples_shown() {
    let block =
        |language: &str| blocks(README).into_iter().find(|block| block.language == language).unwrap().text;
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("meetings.toml"), &block("toml"));
    let quoted = README.lines().find_map(|line| line.strip_prefix("> ")).unwrap();
    let articles = serde_json::json!({"id": "a1", "date": "2024-03-07", "text": quoted}).to_string();
    let mut extract = Command::new(env!("CARGO_BIN_EXE_relata"));
    extract.args(["extract", "--rules", "meetings.toml"]).current_dir(folder.path());
    let mut running = extract.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    running.stdin.take().unwrap().write_all(articles.as_bytes()).unwrap();
    let output = String::from_utf8(running.wait_with_output().unwrap().stdout).unwrap();
    let triples: Vec<Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();

    let row = |triple: &Value| {
        let cells = ["/subject/name", "/relation", "/object/name", "/fact", "/when"];
        let cells = cells.map(|cell| triple.pointer(cell).unwrap().as_str().unwrap_or_default().to_owned());
        format!("| {} |", cells.join(" | ")).replace("|  |", "| |")
    };
    let rows: Vec<String> = triples.iter().map(row).collect();
    assert!(README.contains(&rows.join("\n")), "the table should be\n{}", rows.join("\n"));
    let shown: Value = serde_json::from_str(&block("json")).unwrap();
    assert_eq!(triples[1], shown);
}

/// Does what "Write a rule in five minutes" says: writes its files, changes the lines that it changes,
/// runs its commands; and looks for every line that it shows in what they print.
#[test]
fn the_five_minutes_work_to_the_letter() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    fs::create_dir(here.join("seeds")).unwrap();
    for seed in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")).unwrap() {
        let seed = seed.unwrap();
        fs::copy(seed.path(), here.join("seeds").join(seed.file_name())).unwrap();
    }
    let (tutorial, _) = RULES.split_once("\n# Reference").unwrap();
    let mut file = PathBuf::new();
    let mut output = String::new();
    for Block { language, text } in blocks(tutorial) {
        match language.as_str() {
            "toml" => {
                file = here.join(text.lines().next().unwrap().trim_start_matches("# "));
                write(&file, &text);
            }
            "diff" => {
                let side = |gone: char| -> String {
                    let lines = text.lines().filter(|line| !line.starts_with(gone));
                    lines.map(|line| format!("{}\n", &line[1..])).collect()
                };
                let (old, new) = (side('+'), side('-'));
                let content = fs::read_to_string(&file).unwrap();
                assert_eq!(content.matches(&old).count(), 1, "which line is this?\n{old}");
                fs::write(&file, content.replace(&old, &new)).unwrap();
            }
            "sh" => {
                output.clear();
                for line in text.lines() {
                    let words = words(line);
                    assert_eq!(words[0], "relata", "{line}");
                    output.push_str(&relata(here, &words[1..]));
                }
            }
            "text" => {
                for line in text.lines().map(str::trim) {
                    assert!(output.contains(line), "no `{line}` in\n{output}");
                }
            }
            other => panic!("what is to be done with a block of `{other}`?"),
        }
    }
}

fn write(path: &Path, content: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// The errors, as a person reads them.
fn told(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    errors.map(|error| error.render(false)).collect::<Vec<_>>().join("\n\n")
}
