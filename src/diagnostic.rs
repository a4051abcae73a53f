//! What a person did wrong, where, and how to mend it.
//!
//! A mistake in a rule file or an article is never an `Err`: a stage returns what it could make of
//! its input together with a list of [`Diagnostic`]s, so that everything wrong is told at once and
//! nothing else is lost. A `Diagnostic` keeps the one line it points at and stands for itself after
//! the file is closed.

use crate::span::{LineIndex, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was not done: the program ends with exit code 1.
    Error,
    /// Everything was done, but probably not as meant.
    Warning,
    /// Nothing is wrong; it is good to know.
    Note,
}

/// The line of a file that a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in code points, counted from 1.
    pub column: usize,
    /// Line of the end, counted from 1.
    pub end_line: usize,
    /// Column of the end in code points, counted from 1: that of the first letter after it.
    pub end_column: usize,
    /// That line, or the stretch of it round the column where it is long.
    pub text: String,
    /// The bytes of `text` to underline.
    pub caret: Span,
}

/// One mistake of a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Diagnostic {
    /// The file, as the person named it.
    pub file: Option<String>,
    /// The place in that file.
    pub place: Option<Place>,
    /// How bad it is.
    pub severity: Severity,
    /// A short stable name such as `unknown-key`, for scripts.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error without a place yet.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { file: None, place: None, severity: Severity::Error, code, message, help: None }
    }

    /// A warning without a place yet.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// A note without a place yet.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, message) }
    }

    /// Names the file.
    #[must_use]
    pub fn file(self, file: impl Into<String>) -> Self {
        Self { file: Some(file.into()), ..self }
    }

    /// Points at `span` of `source`, the text of the file.
    #[must_use]
    pub fn at(self, source: &str, span: Span) -> Self {
        Self { place: Some(Place::new(source, span)), ..self }
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Whether this is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The message as a person reads it in a terminal, with the line and a caret under the fault. A note
    /// takes one line: it must not push what is wrong off the screen.
    pub fn render(&self, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => return self.line(),
        };
        let mut group = Group::with_title(level.primary_title(self.message.as_str()).id(self.code));
        if let Some(place) = &self.place {
            let snippet = Snippet::source(place.text.as_str())
                .line_start(place.line)
                .path(self.file.as_deref())
                .annotation(AnnotationKind::Primary.span(place.caret.range()));
            group = group.element(snippet);
        } else if let Some(file) = &self.file {
            group = group.element(Origin::path(file.as_str()));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let rendered = renderer.render(&[group]);
        match (&self.file, &self.place) {
            (Some(file), Some(Place { line, column, text, caret, .. })) => {
                // The renderer counts columns in what it is given, which of a long line is a stretch.
                let counted = text[..caret.start as usize].chars().count() + 1;
                let (wrong, right) = (format!("{file}:{line}:{counted}"), format!("{file}:{line}:{column}"));
                rendered.replacen(&wrong, &right, 1)
            }
            _ => rendered,
        }
    }
}

impl Diagnostic {
    /// The message on one line.
    fn line(&self) -> String {
        let place = match (&self.file, &self.place) {
            (Some(file), Some(place)) => format!("{file}:{}:{}: ", place.line, place.column),
            (Some(file), None) => format!("{file}: "),
            _ => String::new(),
        };
        let help = self.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
        format!("note[{}]: {place}{}{help}", self.code, self.message)
    }

    /// The message as one line of JSON, for editors and scripts.
    pub fn json(&self) -> String {
        let place = |number: fn(&Place) -> usize| self.place.as_ref().map(number);
        let row = Row {
            file: self.file.as_deref(),
            line: place(|place| place.line),
            column: place(|place| place.column),
            end_line: place(|place| place.end_line),
            end_column: place(|place| place.end_column),
            code: self.code,
            severity: self.severity,
            message: &self.message,
            help: self.help.as_deref(),
        };
        serde_json::to_string(&row).unwrap_or_default()
    }
}

/// A diagnostic as scripts read it; keys may be added, none renamed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'d> {
    file: Option<&'d str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    code: &'d str,
    severity: Severity,
    message: &'d str,
    help: Option<&'d str>,
}

impl Place {
    /// Bytes of a long line that are shown on each side of the fault.
    const MARGIN: usize = 60;

    /// Finds line and column of `span` in `source`.
    pub fn new(source: &str, span: Span) -> Self {
        let lines = LineIndex::new(source);
        let (line, column) = lines.position(source, span.start as usize);
        let (end_line, end_column) = lines.position(source, span.end.max(span.start) as usize);
        let at = floor(source, span.start as usize);
        let line_start = source[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = source[at..].find('\n').map_or(source.len(), |newline| at + newline);
        let end = floor(source, (span.end as usize).clamp(at, line_end));
        let from = floor(source, line_start.max(at.saturating_sub(Self::MARGIN)));
        let to = floor(source, line_end.min(end.min(at + Self::MARGIN) + Self::MARGIN));
        let text = source[from..to].trim_end().to_owned();
        let caret = Span::new((at - from).min(text.len()), (end.min(to) - from).min(text.len()));
        Self { line, column, end_line, end_column, text, caret }
    }
}

/// The nearest character boundary at or before `byte`.
fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// The candidate that a person most likely meant by `word`, for "did you mean" remedies.
///
/// Takes the candidate at the smallest Damerau-Levenshtein distance (optimal string alignment),
/// if that is at most a third of the word. O(candidates × length²).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.to_lowercase().chars().collect();
    let right: Vec<char> = right.to_lowercase().chars().collect();
    let mut rows = vec![vec![0; right.len() + 1]; left.len() + 1];
    for i in 0..=left.len() {
        for j in 0..=right.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let same = usize::from(left[i - 1] != right[j - 1]);
                let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + same);
                if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    rows[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_keeps_the_line_and_the_caret() {
        let source = "one\ntwo é three\nfour";
        let start = source.find("three").unwrap();
        let place = Place::new(source, Span::new(start, start + 5));
        assert_eq!((place.line, place.column), (2, 7));
        assert_eq!(place.caret.of(&place.text), "three");
    }

    #[test]
    fn a_long_line_is_shown_in_part() {
        let source = "é".repeat(100_000);
        let place = Place::new(&source, Span::new(100_000, 100_002));
        assert!(place.text.len() < 300);
        assert_eq!(place.caret.of(&place.text), "é");
        let shown =
            Diagnostic::error("x", "y").file("f").at(&source, Span::new(100_000, 100_002)).render(false);
        assert!(shown.contains("f:1:50001"), "{shown}");
    }

    #[test]
    fn a_rendered_message_names_file_line_and_remedy() {
        let source = "a = 1\nbad = 2\n";
        let shown = Diagnostic::error("unknown-key", "`bad` is no key of a rule")
            .file("rules/x.toml")
            .at(source, Span::new(6, 9))
            .help("did you mean `about`?")
            .render(false);
        for part in ["rules/x.toml:2:1", "`bad` is no key", "^^^", "did you mean `about`?"] {
            assert!(shown.contains(part), "{part} is missing in\n{shown}");
        }
    }

    #[test]
    fn the_nearest_word_is_one_that_a_person_may_have_meant() {
        assert_eq!(nearest("symetric", ["symmetric", "surface"]), Some("symmetric"));
        assert_eq!(nearest("paterns", ["patterns", "parent"]), Some("patterns"));
        assert_eq!(nearest("zzz", ["patterns", "parent"]), None);
    }
}
