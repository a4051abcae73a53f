//! The built-in `rules/` and the folders given with `--rules` → the text of every rule file, word list
//! and vocabulary that counts.
//!
//! Rules given replace the built-in rules; word lists and the vocabulary are overlaid file by file,
//! so that a folder with a single rule file still knows all countries.

use crate::diagnostic::Diagnostic;
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The name under which `--rules` accepts the built-in rules, to add one's own to them.
pub const BUILT_IN_NAME: &str = "built-in";

/// The text of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RuleText {
    /// The file as a person names it; built-in ones as `rules/relations/meetings.toml`.
    pub(crate) file: String,
    /// Its stem.
    pub(crate) stem: String,
    /// Its content.
    pub(crate) text: String,
    /// Whether it is compiled in: a rule of the same name in a folder takes its place.
    pub(crate) built_in: bool,
}

impl RuleText {
    /// What its stem says before the first dot: a large topic is split into `conflict.toml`,
    /// `conflict.force.toml` and so on, and its relations still compete with each other.
    pub(crate) fn family(&self) -> &str {
        self.stem.split('.').next().unwrap_or_default()
    }
}

/// Every file that counts, by what it is.
#[derive(Debug, Default)]
pub(crate) struct RuleTexts {
    pub(crate) relations: Vec<RuleText>,
    pub(crate) lexicon: Vec<RuleText>,
    pub(crate) vocabulary: Option<RuleText>,
}

/// The files of the built-in `rules/` folder that a person may edit or read, by their path inside it, in order.
///
/// What outputs mean as RDF (`vocabulary.ttl`, `shapes.ttl`) is not among them: it is written from the rules, and a
/// copy would be stale after the first edit. `relata export --format vocabulary` writes that of a build.
pub fn built_in_files() -> Vec<(&'static Path, &'static [u8])> {
    fn collect(folder: &'static Dir<'static>, files: &mut Vec<(&'static Path, &'static [u8])>) {
        let written = |path: &Path| path.extension().is_some_and(|extension| extension == "ttl");
        let files_here = folder.files().filter(|file| !written(file.path()));
        files.extend(files_here.map(|file| (file.path(), file.contents())));
        folder.dirs().for_each(|inner| collect(inner, files));
    }
    let mut files = Vec::new();
    collect(&BUILT_IN, &mut files);
    files.sort();
    files
}

/// Reads all folders (or single `.toml` files) given; none given means the built-in rules.
pub(crate) fn read(folders: &[PathBuf], diagnostics: &mut Vec<Diagnostic>) -> RuleTexts {
    let mut lexicon = BTreeMap::new();
    let mut relations = BTreeMap::new();
    let mut vocabulary = None;
    let built_in_wanted =
        folders.is_empty() || folders.iter().any(|folder| folder.as_os_str() == BUILT_IN_NAME);
    for (path, bytes) in built_in_files() {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let text = RuleText { built_in: true, ..rule_text(&Path::new("rules").join(path), text.to_owned()) };
        match kind_of(path) {
            Some(Kind::Vocabulary) => vocabulary = Some(text),
            Some(Kind::Lexicon) => drop(lexicon.insert(text.stem.clone(), text)),
            Some(Kind::Relations) if built_in_wanted => drop(relations.insert(text.file.clone(), text)),
            _ => {}
        }
    }
    for folder in folders.iter().filter(|folder| folder.as_os_str() != BUILT_IN_NAME) {
        for (path, inner) in toml_files(folder, diagnostics) {
            let Some(text) = read_text(&path, diagnostics) else { continue };
            match kind_of(&inner) {
                Some(Kind::Vocabulary) => vocabulary = Some(text),
                Some(Kind::Lexicon) => drop(lexicon.insert(text.stem.clone(), text)),
                _ => drop(relations.insert(text.file.clone(), text)),
            }
        }
    }
    let relations = relations.into_values().collect();
    RuleTexts { relations, lexicon: lexicon.into_values().collect(), vocabulary }
}

enum Kind {
    Vocabulary,
    Lexicon,
    Relations,
}

/// What a file is, by its path inside a rules folder.
fn kind_of(inner: &Path) -> Option<Kind> {
    if inner.extension()? != "toml" {
        return None;
    }
    let folder = inner.parent().and_then(Path::file_name);
    match (folder.and_then(|name| name.to_str()), inner.file_name()?.to_str()) {
        (None, Some("vocabulary.toml")) => Some(Kind::Vocabulary),
        (Some("lexicon"), _) => Some(Kind::Lexicon),
        _ => Some(Kind::Relations),
    }
}

/// All `.toml` files of a folder two levels deep, sorted, each with its path inside the folder.
fn toml_files(folder: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<(PathBuf, PathBuf)> {
    if folder.is_file() {
        let name = folder.file_name().map(PathBuf::from).unwrap_or_default();
        return vec![(folder.to_owned(), name)];
    }
    let mut files = Vec::new();
    let mut folders = vec![(folder.to_owned(), PathBuf::new())];
    while let Some((path, inner)) = folders.pop() {
        let entries = match std::fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) => {
                let message = format!("cannot read the rules in `{}`: {error}", path.display());
                let help = "give a folder made by `relata init`, a rule file, or `built-in`";
                diagnostics.push(Diagnostic::error("rules-folder", message).help(help));
                continue;
            }
        };
        for entry in entries.flatten() {
            let (path, inner) = (entry.path(), inner.join(entry.file_name()));
            if path.is_dir() {
                folders.push((path, inner));
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                files.push((path, inner));
            }
        }
    }
    files.sort();
    if files.is_empty() && folder.is_dir() {
        let message = format!("no rule file in `{}`", folder.display());
        diagnostics.push(Diagnostic::error("rules-folder", message).help("rule files end in `.toml`"));
    }
    files
}

fn read_text(path: &Path, diagnostics: &mut Vec<Diagnostic>) -> Option<RuleText> {
    match std::fs::read_to_string(path) {
        Ok(text) => Some(rule_text(path, text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))),
        Err(error) => {
            let message = format!("cannot read the rule file: {error}");
            let help = "rule files are UTF-8 text";
            diagnostics
                .push(Diagnostic::error("rule-file", message).file(path.display().to_string()).help(help));
            None
        }
    }
}

pub(crate) fn rule_text(path: &Path, text: String) -> RuleText {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    RuleText { file: path.display().to_string(), stem, text, built_in: false }
}
