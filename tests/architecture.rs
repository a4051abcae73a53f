//! The house rules that a compiler does not keep: who may import whom, and how large a file may be.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

use std::fs;
use std::path::{Path, PathBuf};

/// The stages in the order of the flow; each may import those before it.
const ORDER: [&str; 24] = [
    "lookup",
    "span",
    "diagnostic",
    "rule",
    "article",
    "language",
    "mention",
    "syntax",
    "matcher",
    "entity",
    "triple",
    "silent",
    "graph",
    "dataset",
    "network",
    "layout",
    "rdf",
    "query",
    "export",
    "load",
    "stats",
    "pipeline",
    "example",
    "suggest",
];

/// Files that stand outside the flow.
const OUTSIDE: [&str; 3] = ["cli", "main", "lib"];

/// Every Rust file of the crate by its path inside `src`, and its text.
fn files() -> Vec<(PathBuf, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut files, mut folders) = (Vec::new(), vec![source.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path.strip_prefix(&source).unwrap().to_owned(), text));
            }
        }
    }
    files.sort();
    assert!(files.len() > 20);
    files
}

/// The module at the top of the crate that a file belongs to: `matcher` for `matcher/status.rs`.
fn stage(path: &Path) -> String {
    let first = path.components().next().unwrap().as_os_str();
    Path::new(first).file_stem().unwrap().to_string_lossy().into_owned()
}

/// The code of a file with the number of each line: comments and the tests at its end left out.
fn code(text: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let mut in_tests = false;
    let mut previous = "";
    for (at, line) in text.lines().enumerate() {
        if previous == "#[cfg(test)]" && line.starts_with("mod ") && line.ends_with('{') {
            in_tests = true;
        }
        if !in_tests && !line.trim_start().starts_with("//") {
            lines.push((at + 1, line));
        }
        in_tests &= line != "}";
        previous = line;
    }
    lines
}

/// The modules that a file takes from, each with the number of its line: `crate::x`, `crate::{x, y::z}`.
fn imports(text: &str) -> Vec<(usize, String)> {
    let lines = code(text);
    let joined: String = lines.iter().flat_map(|(_, line)| [line, "\n"]).collect();
    let line_of = |byte: usize| lines[joined[..byte].matches('\n').count()].0;
    let name = |text: &str| -> String {
        text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
    };
    let mut found = Vec::new();
    for (at, part) in joined.match_indices("crate::") {
        let rest = &joined[at + part.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.push((line_of(at), name(rest)));
            continue;
        };
        let (mut depth, mut start) = (0_usize, true);
        for (inside, letter) in group.char_indices() {
            match letter {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => start = true,
                letter if start && !letter.is_whitespace() => {
                    found.push((line_of(at), name(&group[inside..])));
                    start = false;
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn imports_are_found_wherever_they_stand() {
    let text = "use crate::a::B;\n// use crate::no;\n/// [`crate::no`]\nuse crate::{b, c::{D, E}, f};\n\
                fn x() { crate::g::h() }\n#[cfg(test)]\nmod tests {\n    use crate::no;\n}\nuse crate::i;\n";
    let found = imports(text);
    let found: Vec<(usize, &str)> = found.iter().map(|(line, name)| (*line, name.as_str())).collect();
    assert_eq!(found, [(1, "a"), (4, "b"), (4, "c"), (4, "f"), (5, "g"), (10, "i")]);
}

#[test]
fn no_stage_imports_a_later_one() {
    let rank = |stage: &str| ORDER.iter().position(|known| *known == stage);
    let mut wrong = Vec::new();
    for (path, text) in files() {
        let stage = stage(&path);
        if OUTSIDE.contains(&stage.as_str()) {
            continue;
        }
        let Some(own) = rank(&stage) else {
            wrong.push(format!("src/{}: `{stage}` has no place in the order of the stages", path.display()));
            continue;
        };
        for (line, import) in imports(&text) {
            if rank(&import).is_none_or(|other| other > own) {
                wrong.push(format!("src/{}:{line}: `{stage}` imports `crate::{import}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "a stage may import earlier ones only\n{}", wrong.join("\n"));
}

#[test]
fn files_are_short_flat_well_named_and_say_what_they_are_for() {
    let mut wrong = Vec::new();
    for (path, text) in files() {
        let mut tell = |what: String| wrong.push(format!("src/{}: {what}", path.display()));
        let lines = text.lines().count();
        if lines >= 400 {
            tell(format!("{lines} lines; 399 are the most"));
        }
        if path.components().count() > 2 {
            tell("folders lie at most two deep".to_owned());
        }
        let name = path.to_string_lossy().to_lowercase();
        if let Some(word) = ["util", "helper", "manager"].into_iter().find(|word| name.contains(word)) {
            tell(format!("`{word}` says nothing; name the one idea of the file"));
        }
        let opens = text.starts_with("//!") || text.starts_with("#![doc = include_str!(");
        if !opens {
            tell("opens without `//!`".to_owned());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
