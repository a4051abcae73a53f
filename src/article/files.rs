//! The paths that a person names in, the files with articles out, each once and in order.

use crate::diagnostic::Diagnostic;
use std::collections::{BTreeMap, HashSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Markdown,
    Html,
    Json,
    JsonLines,
}

/// A file with articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) kind: Kind,
    pub(super) stem: String,
}

const EXTENSIONS: &[(&str, Kind)] = &[
    ("txt", Kind::Plain),
    ("text", Kind::Plain),
    ("md", Kind::Markdown),
    ("markdown", Kind::Markdown),
    ("html", Kind::Html),
    ("htm", Kind::Html),
    ("json", Kind::Json),
    ("jsonl", Kind::JsonLines),
    ("ndjson", Kind::JsonLines),
];

/// All files in `paths`, by the path that a person would call them, in its order.
pub(super) fn find(paths: &[PathBuf]) -> (Vec<Found>, Vec<Diagnostic>) {
    let mut search = Search::default();
    let mut paths = paths.to_vec();
    paths.sort();
    paths.dedup();
    for path in &paths {
        search.argument(path);
    }
    let mut found: Vec<Found> = search.found.into_values().collect();
    found.sort_by(|left, right| left.path.cmp(&right.path));
    (found, search.wrong)
}

/// Files found so far, by their canonical path, so that each is found once however it is named.
#[derive(Default)]
struct Search {
    found: BTreeMap<PathBuf, Found>,
    wrong: Vec<Diagnostic>,
}

impl Search {
    fn argument(&mut self, path: &Path) {
        let name = path.display().to_string();
        match std::fs::metadata(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => self.wrong.push(
                Diagnostic::error("no-such-path", "there is no such file or folder")
                    .file(name)
                    .help("check the spelling, and the folder that you are in"),
            ),
            Err(error) => self.wrong.push(unreadable(path, &error)),
            Ok(data) if data.is_dir() => {
                if !self.folder(path) {
                    self.wrong.push(
                        Diagnostic::error("no-articles", "there is no article in this folder")
                            .file(name)
                            .help(format!("articles are files that end in {}", known())),
                    );
                }
            }
            Ok(_) if kind(path).is_none() => self.wrong.push(
                Diagnostic::error(
                    "unknown-extension",
                    "the end of this file's name does not say what kind of file it is",
                )
                .file(name)
                .help(format!("articles are files that end in {}; rename it", known())),
            ),
            Ok(_) => self.file(path),
        }
    }

    /// Adds all files in a folder; whether there was any. Folders still to be read are kept in a list
    /// and not on the stack, and each is read once, so that neither depth nor a link that goes round
    /// in a circle does harm.
    fn folder(&mut self, folder: &Path) -> bool {
        let mut any = false;
        let mut seen = HashSet::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            if std::fs::canonicalize(&folder).is_ok_and(|canonical| !seen.insert(canonical)) {
                continue;
            }
            match entries(&folder) {
                Err(error) => {
                    self.wrong.push(unreadable(&folder, &error));
                    any = true;
                }
                // What an earlier build wrote is no article: `relata build .` can be said twice.
                Ok(paths) if is_output(&paths) => {}
                Ok(paths) => {
                    for path in paths.into_iter().filter(|path| !is_hidden(path)) {
                        if path.is_dir() {
                            folders.push(path);
                        } else if kind(&path).is_some() {
                            any = true;
                            self.file(&path);
                        }
                    }
                }
            }
        }
        any
    }

    /// A file with two names is called by the first of them, in whatever order they came.
    fn file(&mut self, path: &Path) {
        let Some(kind) = kind(path) else { return };
        // A pipe would be waited for for ever.
        if std::fs::metadata(path).is_ok_and(|data| !data.is_file()) {
            self.wrong.push(
                Diagnostic::error("unreadable", "this is no regular file").file(path.display().to_string()),
            );
            return;
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let file = Found { path: path.to_owned(), kind, stem };
        let canonical = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let known = self.found.entry(canonical).or_insert_with(|| file.clone());
        if file.path < known.path {
            *known = file;
        }
    }
}

fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries: Result<Vec<_>, _> = std::fs::read_dir(folder)?.collect();
    let mut paths: Vec<PathBuf> = entries?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

/// Whether a folder holds the output of a build.
fn is_output(paths: &[PathBuf]) -> bool {
    let holds = |name: &str| paths.iter().any(|path| path.file_name().is_some_and(|found| found == name));
    holds("triples.jsonl") && holds("entities.jsonl")
}

fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("unreadable", format!("this cannot be read: {error}"))
        .file(path.display().to_string())
        .help("give yourself the right to read it")
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

fn kind(path: &Path) -> Option<Kind> {
    let extension = path.extension().and_then(OsStr::to_str)?.to_lowercase();
    EXTENSIONS.iter().find(|(known, _)| *known == extension).map(|(_, kind)| *kind)
}

fn known() -> String {
    let extensions: Vec<String> = EXTENSIONS.iter().map(|(extension, _)| format!(".{extension}")).collect();
    extensions.join(" ")
}
