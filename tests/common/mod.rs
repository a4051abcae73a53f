//! A folder of one's own and the finished program in it: what every test of the command line needs.

#![allow(dead_code, reason = "every test file uses its own part of this")]
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// The files of every build.
pub(crate) const FILES: [&str; 7] = [
    "triples.jsonl",
    "entities.jsonl",
    "articles.jsonl",
    "graph.dot",
    "graph.jsonld",
    "graph.html",
    "build.json",
];

/// One article that gives one triple.
pub(crate) const MEETING: &str = "Ada Byron met Bob Poe in Oslo on Monday.\n";

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Run {
    /// The exit code; -1 where a signal ended it.
    pub(crate) code: i32,
    /// What it wrote to standard output.
    pub(crate) stdout: String,
    /// What it wrote to standard error.
    pub(crate) stderr: String,
}

impl Run {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let run = Self {
            code: output.status.code().unwrap_or(-1),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        };
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        run
    }

    /// Checks the exit code, and that standard error has each of `parts`.
    pub(crate) fn ends(self, code: i32, parts: &[&str]) -> Self {
        assert_eq!(self.code, code, "stderr:\n{}\nstdout:\n{}", self.stderr, self.stdout);
        for part in parts {
            assert!(self.stderr.contains(part), "`{part}` is missing in:\n{}", self.stderr);
        }
        self
    }

    /// Checks that it ended well and had nothing to complain of.
    pub(crate) fn succeeds(self) -> Self {
        let run = self.ends(0, &[]);
        assert_eq!(run.stderr, "");
        run
    }
}

/// A folder that a test may fill; it is gone when the test is.
pub(crate) struct Desk(TempDir);

impl Desk {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A desk with these files on it.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let desk = Self::new();
        for (name, text) in files {
            desk.write(name, text);
        }
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn exists(&self, name: &str) -> bool {
        self.path(name).symlink_metadata().is_ok()
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn folder(&self, name: &str) {
        fs::create_dir_all(self.path(name)).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names in a folder, sorted.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Checks that `folder` holds the files of a build and nothing else.
    pub(crate) fn holds_a_build(&self, folder: &str) {
        let mut files = FILES;
        files.sort_unstable();
        assert_eq!(self.names(folder), files);
    }

    /// The program, about to run in this folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relata"));
        command.args(arguments).current_dir(self.0.path()).stdin(Stdio::null());
        command
    }

    /// Runs the program in this folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().unwrap())
    }

    /// Runs the program in this folder and sends it `input`.
    pub(crate) fn pipe(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
        let mut command = self.command(arguments);
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.as_ref().to_vec();
        // Beside the reading: a full pipe in one direction must not stop the other. That the program
        // ends before it has read everything is its right.
        let writer = std::thread::spawn(move || stdin.write_all(&input).ok());
        let run = Run::of(child.wait_with_output().unwrap());
        writer.join().unwrap();
        run
    }

    /// Runs a quiet build that must go well, and gives the bytes of its files.
    pub(crate) fn build(&self, arguments: &[&str]) -> [Vec<u8>; FILES.len()] {
        let all: Vec<&str> =
            ["build", "--quiet", "--out", "built"].iter().chain(arguments).copied().collect();
        self.run(&all).succeeds();
        let bytes = FILES.map(|name| fs::read(self.path("built").join(name)).unwrap());
        fs::remove_dir_all(self.path("built")).unwrap();
        bytes
    }
}

/// The sample articles of this repository.
pub(crate) fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// The lines of a JSON Lines text.
pub(crate) fn json_lines(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
