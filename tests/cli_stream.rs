//! `relata extract` in a pipe, and every command in one that is closed early.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod common;

use common::{Desk, MEETING, json_lines};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

const ADA: &str = "{\"id\":\"a\",\"title\":\"News\",\"date\":\"2024-03-06\",\"text\":\"Ada Byron met Bob Poe on Monday.\"}\n";
const EVE: &str = "{\"id\":\"e\",\"text\":\"Paul Novak met Mary Poe.\"}\n";

/// The articles of the triples in an answer, in its order.
fn articles(answer: &str) -> Vec<String> {
    let article = |triple: &serde_json::Value| triple["evidence"][0]["article"].as_str().unwrap().to_owned();
    json_lines(answer).iter().map(article).collect()
}

#[test]
fn an_article_gives_the_triples_that_a_build_gives() {
    let desk = Desk::with(&[("feed.jsonl", ADA)]);
    let run = desk.pipe(&["extract"], ADA).succeeds();
    let triples = json_lines(&run.stdout);
    assert_eq!(triples.len(), 1);
    assert_eq!(triples[0]["when"], "2024-03-04");
    desk.run(&["build", "feed.jsonl"]).succeeds();
    assert_eq!(desk.read("output/triples.jsonl"), run.stdout);
}

#[test]
fn the_order_is_kept_and_a_broken_line_is_told_and_passed_over() {
    let input =
        [ADA, "{\"id\": \"b\",\n", EVE, "[1]\n\n", "{\"id\":\"n\",\"text\":3}\n", ADA.trim_end()].concat();
    let run = Desk::new().pipe(&["extract"], &input).ends(
        1,
        &[
            "error[bad-json]",
            "<standard input>:2:",
            "error[missing-text]",
            "<standard input>:4:",
            "<standard input>:6:",
        ],
    );
    assert_eq!(articles(&run.stdout), ["a", "e", "a"]);
    let bytes = [b"{\"text\":\"caf\xe9\"}\n", EVE.as_bytes()].concat();
    let run = Desk::new().pipe(&["extract"], bytes).ends(1, &["error[invalid-utf8]", "line 1"]);
    assert_eq!(articles(&run.stdout), ["e"]);
}

#[test]
fn nothing_in_gives_nothing_out() {
    for input in ["", "\n", "\r\n \n", "{\"text\":\"It rained.\"}"] {
        assert_eq!(Desk::new().pipe(&["extract"], input).succeeds().stdout, "", "{input:?}");
    }
}

#[test]
fn a_mark_at_the_start_and_carriage_returns_are_no_part_of_a_line() {
    let input = format!("\u{feff}{}", [ADA, EVE].concat().replace('\n', "\r\n"));
    assert_eq!(articles(&Desk::new().pipe(&["extract"], input).succeeds().stdout), ["a", "e"]);
}

#[test]
fn an_article_without_an_id_is_called_by_its_line() {
    let input = format!("{ADA}\n{}", EVE.replace("\"id\":\"e\",", ""));
    assert_eq!(articles(&Desk::new().pipe(&["extract"], input).succeeds().stdout), ["a", "line-3"]);
}

/// A conversation with `relata extract`: a line in, a line out, and never a wait without end.
struct Talk {
    child: Child,
    input: Option<ChildStdin>,
    answers: Receiver<String>,
}

impl Talk {
    fn new(desk: &Desk) -> Self {
        let mut command = desk.command(&["extract"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take(), child.stdout.take().unwrap());
        let (sender, answers) = mpsc::channel();
        std::thread::spawn(move || {
            BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Self { child, input, answers }
    }

    fn ask(&mut self, line: &str) -> String {
        self.input.as_ref().unwrap().write_all(line.as_bytes()).unwrap();
        self.answers.recv_timeout(Duration::from_secs(60)).unwrap()
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        self.input.take();
        self.child.wait().ok();
    }
}

#[test]
fn each_answer_is_there_before_the_next_question() {
    let desk = Desk::new();
    let mut talk = Talk::new(&desk);
    for _ in 0..3 {
        for (line, article) in [(ADA, "a"), (EVE, "e")] {
            assert_eq!(articles(&talk.ask(line)), [article]);
        }
    }
}

/// The most memory that process `id` ever held, in kilobytes.
#[cfg(target_os = "linux")]
fn peak(id: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_number_of_lines() {
    let desk = Desk::new();
    let mut talk = Talk::new(&desk);
    let mut send = |lines: std::ops::Range<usize>| {
        for number in lines {
            // A new name in every line, so that whatever is kept by name would grow.
            let part = ["a", "e", "i", "o", "u", "y", "ar", "en", "il", "os"];
            let name: String =
                number.to_string().bytes().map(|digit| part[usize::from(digit - b'0')]).collect();
            let line = format!("{{\"id\":\"{number}\",\"text\":\"Ada Byron met Bob K{name}.\"}}\n");
            let answer = talk.ask(&line);
            assert!(answer.contains(&format!("Bob K{name}")), "{answer}");
        }
        peak(talk.child.id())
    };
    let before = send(0..500);
    let grown = send(500..8000) - before;
    assert!(grown < 4096, "{grown} kB more after 7500 lines");
}

/// What `| head` does: it stops reading, and the program must not take that for a failure.
#[test]
fn a_pipe_that_is_closed_early_is_no_failure() {
    let desk = Desk::with(&[("a.txt", MEETING)]);
    let commands: [&[&str]; 6] = [
        &["--help"],
        &["build", "--help"],
        &["build", "a.txt"],
        &["explain", "Ada Byron met Bob Poe."],
        &["init", "mine"],
        &["extract"],
    ];
    for arguments in commands {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = desk.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(ADA.as_bytes()).ok();
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && told.is_empty(), "{arguments:?}: {} {told}", output.status);
    }
    desk.holds_a_build("output");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_the_machines_fault() {
    let desk = Desk::new();
    for arguments in [&["--help"][..], &["explain", "Ada Byron met Bob Poe."], &["extract"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = desk.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(full).stderr(Stdio::null()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(ADA.as_bytes()).ok();
        assert_eq!(child.wait().unwrap().code(), Some(2), "{arguments:?}");
    }
}
