//! `relata build` as a user gets it wrong: what is told, with which exit code, and what is written?

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod common;

use common::{Desk, FILES, MEETING, json_lines};
use std::time::{Duration, Instant};

#[test]
fn a_build_writes_its_four_files_and_a_summary() {
    let desk = Desk::with(&[("news/a.txt", MEETING)]);
    let run = desk.run(&["build", "news"]).succeeds();
    for part in ["articles   1", "sentences  1", "metWith  1", "output/graph.jsonld"] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    desk.holds_a_build("output");
    let quiet = desk.run(&["build", "news", "--quiet", "--format", "dot,jsonld"]).succeeds();
    assert_eq!(quiet.stdout, "");
    desk.holds_a_build("output");
}

#[test]
fn a_path_that_does_not_exist_is_told_and_nothing_written() {
    let desk = Desk::new();
    desk.run(&["build", "nowhere", "--out", "out/deep"])
        .ends(1, &["error[no-such-path]", "--> nowhere", "error[no-articles]", "nothing was written"]);
    assert!(!desk.exists("out"));
}

#[test]
fn a_folder_without_articles_is_told_and_nothing_written() {
    let desk = Desk::with(&[("news/notes.rtf", "x")]);
    desk.run(&["build", "news"]).ends(1, &["error[no-articles]", "--> news", ".jsonl"]);
    assert!(!desk.exists("output"));
}

/// Every way in which one article can be bad, with the good one of the same folder.
#[test]
fn a_bad_article_is_told_and_the_good_ones_are_built() {
    let long = "A sentence with caf\u{e9} and na\u{ef}ve in it.\n".repeat(3);
    let invalid = [long.as_bytes(), b"Here \xff is a stray byte.\n"].concat();
    let cases: [(&str, &[u8], &[&str]); 6] = [
        ("empty.txt", b"", &["error[empty]", "--> news/empty.txt"]),
        ("blank.md", b" \n\n\t\n", &["error[empty]", "--> news/blank.md"]),
        ("binary.txt", b"MZ\0\0\x01\x02\x03", &["error[binary]", "--> news/binary.txt"]),
        ("stray.txt", &invalid, &["error[invalid-utf8]", "--> news/stray.txt:4:6"]),
        ("list.json", b"{\"id\": \"a\",\n \"text\": }", &["error[bad-json]", "--> news/list.json:2:10"]),
        ("none.json", b"{\"id\": \"a\"}", &["error[missing-text]", "--> news/none.json"]),
    ];
    for (name, bytes, parts) in cases {
        let desk = Desk::with(&[("news/good.txt", MEETING)]);
        desk.write(&format!("news/{name}"), bytes);
        let run = desk.run(&["build", "news"]).ends(1, parts);
        assert!(run.stdout.contains("at fault   1"), "{name}: {}", run.stdout);
        desk.holds_a_build("output");
        assert!(desk.read("output/triples.jsonl").contains("\"article\":\"good\""), "{name}");
    }
}

#[test]
fn a_broken_line_of_a_feed_is_told_by_its_number() {
    let feed = "{\"id\":\"one\",\"text\":\"Ada Byron met Bob Poe.\"}\n{\"id\":\"two\",\n\n\
                {\"id\":\"four\",\"text\":\"Paul Novak met Bob Poe.\"}\n{\"id\":\"five\"}\n";
    let desk = Desk::with(&[("feed.jsonl", feed)]);
    desk.run(&["build", "feed.jsonl"])
        .ends(1, &["error[bad-json]", "feed.jsonl:2:", "error[missing-text]", "feed.jsonl:5:"]);
    let triples = desk.read("output/triples.jsonl");
    assert!(triples.contains("\"article\":\"one\"") && triples.contains("\"article\":\"four\""), "{triples}");
}

#[test]
fn articles_of_one_id_are_told_and_both_kept() {
    let feed = "{\"id\":\"a\",\"text\":\"Ada Byron met Bob Poe.\"}\n\
                {\"id\":\"a\",\"text\":\"Paul Novak met Bob Poe.\"}\n";
    let desk = Desk::with(&[("feed.jsonl", feed), ("x/b.txt", MEETING), ("y/b.txt", MEETING)]);
    desk.run(&["build", "."])
        .ends(1, &["error[duplicate-id]", "feed.jsonl, line 2", "line 1", "`a-2`", "y/b.txt", "`b-2`"]);
    let entities = json_lines(&desk.read("output/entities.jsonl"));
    let bob = entities.iter().find(|entity| entity["id"] == "person/bob-poe").unwrap();
    assert_eq!(bob["articles"].as_array().unwrap().len(), 4);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_told() {
    let desk = Desk::with(&[("news/good.txt", MEETING)]);
    std::os::unix::fs::symlink(desk.path("gone"), desk.path("news/link.txt")).unwrap();
    desk.folder("news/folder.txt");
    desk.run(&["build", "news"]).ends(1, &["error[unreadable]", "--> news/link.txt"]);
    desk.holds_a_build("output");
    desk.run(&["build", "news/link.txt", "--out", "none"]).ends(1, &["news/link.txt"]);
    assert!(!desk.exists("none"));
}

#[test]
fn no_readable_article_leaves_an_existing_folder_alone() {
    let desk = Desk::with(&[("a.txt", ""), ("output/graph.dot", "old")]);
    desk.run(&["build", "a.txt"]).ends(1, &["error[empty]", "nothing was written"]);
    assert_eq!(desk.names("output"), ["graph.dot"]);
    assert_eq!(desk.read("output/graph.dot"), "old");
}

#[test]
fn other_files_of_the_output_folder_stay() {
    let desk = Desk::with(&[("a.txt", MEETING), ("out/notes.txt", "mine"), ("out/graph.dot", "old")]);
    desk.run(&["build", "a.txt", "--out", "out"]).succeeds();
    assert_eq!(desk.names("out").len(), FILES.len() + 1);
    assert_eq!(desk.read("out/notes.txt"), "mine");
    assert!(desk.read("out/graph.dot").starts_with("digraph"));
}

/// The path of the output is looked at before any article is: nothing is said of the bad one.
#[test]
fn an_output_path_that_is_taken_stops_before_articles_are_read() {
    let desk = Desk::with(&[("a.txt", ""), ("file", "kept")]);
    desk.folder("out/graph.jsonld");
    for (out, named) in [("file", "`file`"), ("file/deep", "`file`"), ("out", "graph.jsonld`")] {
        let run = desk.run(&["build", "a.txt", "--out", out]).ends(1, &["error[output]", named, "--out"]);
        assert!(!run.stderr.contains("a.txt"), "{}", run.stderr);
    }
    assert_eq!(desk.read("file"), "kept");
    assert_eq!(desk.names("out"), ["graph.jsonld"]);
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_folder_that_cannot_be_made_is_the_machines_fault() {
    let desk = Desk::with(&[("a.txt", MEETING)]);
    let run =
        desk.run(&["build", "a.txt", "--out", "/proc/relata"]).ends(2, &["error[output]", "/proc/relata"]);
    assert_eq!(run.stdout, "");
}

#[test]
fn bad_arguments_are_told_with_the_good_ones() {
    let desk = Desk::with(&[("a.txt", MEETING)]);
    let cases: [(&[&str], &[&str]); 8] = [
        (&[], &["Usage: relata"]),
        (&["bild"], &["bild", "build"]),
        (&["build"], &["<ARTICLES>"]),
        (&["build", "a.txt", "--treads", "2"], &["--treads", "--threads"]),
        (&["build", "a.txt", "--threads", "0"], &["1..=1024"]),
        (
            &["build", "a.txt", "--format", "dot,svg"],
            &["`svg` is no format", "triples, entities, articles, dot, jsonld"],
        ),
        (&["explain", "Ada.", "--date", "2024-13-01"], &["2024-13-01"]),
        (&["extract", "a.txt"], &["a.txt"]),
    ];
    for (arguments, parts) in cases {
        let run = desk.run(arguments).ends(1, parts);
        assert_eq!(run.stdout, "");
    }
    assert!(!desk.exists("output"));
}

#[test]
fn every_command_helps_with_examples() {
    let desk = Desk::new();
    for command in ["build", "extract", "check", "explain", "init"] {
        let help = desk.run(&[command, "--help"]).succeeds().stdout;
        assert!(help.contains("Examples:\n") && help.contains(&format!("  relata {command}")), "{help}");
        assert!(desk.run(&["--help"]).succeeds().stdout.contains(&format!("\n  {command} ")));
    }
    assert!(desk.run(&["--version"]).succeeds().stdout.starts_with("relata "));
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_name_need_not_be_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let desk = Desk::new();
    desk.folder("news");
    std::fs::write(desk.path("news").join(std::ffi::OsStr::from_bytes(b"\xff\xfe.txt")), MEETING).unwrap();
    desk.run(&["build", "news"]).succeeds();
    assert_eq!(json_lines(&desk.read("output/triples.jsonl")).len(), 1);
}

/// Generous: a debug build on a busy machine. What it guards against is time that grows with the
/// square of the length, which would be hours.
#[allow(clippy::disallowed_methods, reason = "this test measures time")]
#[test]
fn endless_lines_are_built_in_time() {
    let brackets = "(".repeat(1_000_000);
    let word = "a".repeat(5_000_000);
    let prose = "the rain fell on the old town and ".repeat(30_000);
    for (name, text) in [("brackets", brackets), ("word", word), ("prose", prose)] {
        let desk = Desk::with(&[("line.txt", &text)]);
        let start = Instant::now();
        desk.run(&["build", "line.txt"]).succeeds();
        let took = start.elapsed();
        assert!(took < Duration::from_secs(180), "{name}: {took:?}");
        desk.holds_a_build("output");
    }
}

#[test]
fn a_folder_can_be_built_twice_with_its_output_inside() {
    let desk = Desk::with(&[("good.txt", MEETING)]);
    for _ in 0..2 {
        desk.run(&["build", "."]).ends(0, &[]);
    }
    desk.holds_a_build("output");
}
