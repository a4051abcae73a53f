//! JSON in, articles out: one object, an array of them, or one object a line.

use super::clean::Cleaner;
use super::{Article, Placed, date, plain};
use crate::diagnostic::{Diagnostic, Place};
use crate::span::Span;
use rayon::prelude::*;
use serde_json::Value;

/// Reads one line of a stream of articles: `{"id": …, "title": …, "date": …, "text": …}`.
///
/// The article's `id` is empty where the line gives none. A date that is none is passed over: a
/// stream has nobody who reads warnings.
pub fn parse_line(line: &str, cleaner: &Cleaner) -> Result<Article, Diagnostic> {
    object(line, cleaner).map(|(article, _)| article)
}

/// Reads a `.json` file: an article, or an array of articles.
pub(super) fn file(stem: &str, text: &str, cleaner: &Cleaner, wrong: &mut Vec<Diagnostic>) -> Vec<Placed> {
    let values = match serde_json::from_str(text) {
        Ok(Value::Array(values)) => values,
        Ok(value) => {
            let article = article(value, cleaner).map(|(article, warning)| {
                wrong.extend(warning);
                named(article, stem)
            });
            return article
                .map_err(|error| wrong.push(error))
                .into_iter()
                .map(|article| Placed { article, line: None })
                .collect();
        }
        Err(error) => {
            wrong.push(bad_json(text, &error));
            return Vec::new();
        }
    };
    let is_single = values.len() == 1;
    let mut placed = Vec::with_capacity(values.len());
    for (at, value) in values.into_iter().enumerate() {
        let number = at + 1;
        let of_article = |diagnostic: Diagnostic| Diagnostic {
            message: format!("article {number} of the array: {}", diagnostic.message),
            ..diagnostic
        };
        match article(value, cleaner) {
            Err(error) => wrong.push(of_article(error)),
            Ok((article, warning)) => {
                wrong.extend(warning.map(of_article));
                let name = if is_single { stem.to_owned() } else { format!("{stem}-{number}") };
                placed.push(Placed { article: named(article, &name), line: None });
            }
        }
    }
    placed
}

/// Reads a `.jsonl` file; a broken line is told and the others are kept.
pub(super) fn lines(stem: &str, text: &str, cleaner: &Cleaner, wrong: &mut Vec<Diagnostic>) -> Vec<Placed> {
    let lines: Vec<(usize, &str)> =
        text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
    let read: Vec<_> = lines.par_iter().map(|(at, line)| (at + 1, object(line, cleaner))).collect();
    let mut placed = Vec::with_capacity(read.len());
    for (line, object) in read {
        let on_line = |diagnostic: Diagnostic| Diagnostic {
            place: diagnostic.place.map(|place| Place { line, end_line: line, ..place }),
            ..diagnostic
        };
        match object {
            Err(error) => wrong.push(on_line(error)),
            Ok((article, warning)) => {
                wrong.extend(warning.map(on_line));
                let article = named(article, &format!("{stem}-{line}"));
                placed.push(Placed { article, line: Some(line) });
            }
        }
    }
    placed
}

fn named(article: Article, name: &str) -> Article {
    if article.id.is_empty() { Article { id: name.to_owned(), ..article } } else { article }
}

/// One article on a line of its own; a diagnostic points at that line.
fn object(line: &str, cleaner: &Cleaner) -> Result<(Article, Option<Diagnostic>), Diagnostic> {
    let value = serde_json::from_str(line).map_err(|error| bad_json(line, &error))?;
    let at_line = |key: &str, diagnostic: Diagnostic| {
        let key = format!("\"{key}\"");
        let start = line.find(&key).unwrap_or(line.len() - line.trim_start().len());
        let end = if line[start..].starts_with(&key) { start + key.len() } else { start + 1 };
        diagnostic.at(line, Span::new(start, end))
    };
    article(value, cleaner)
        .map(|(article, warning)| (article, warning.map(|warning| at_line("date", warning))))
        .map_err(|error| at_line("text", error))
}

fn bad_json(text: &str, error: &serde_json::Error) -> Diagnostic {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let start: usize = lines.map(str::len).sum();
    let at = (start + error.column().saturating_sub(1)).min(text.len());
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    Diagnostic::error("bad-json", format!("this is not JSON: {reason}"))
        .at(text, Span::new(at, (at + 1).min(text.len())))
        .help("an article is an object such as {\"id\": \"a1\", \"date\": \"2019-01-04\", \"text\": \"…\"}")
}

/// An article, and a warning where its date is none.
fn article(value: Value, cleaner: &Cleaner) -> Result<(Article, Option<Diagnostic>), Diagnostic> {
    let Value::Object(mut object) = value else {
        return Err(missing_text("this is no JSON object"));
    };
    let text = match object.remove("text") {
        Some(Value::String(text)) if text.trim().is_empty() => {
            return Err(Diagnostic::error("empty", "the `text` of this article is empty")
                .help("put the article's text into it, or leave it out"));
        }
        Some(Value::String(text)) => text,
        Some(_) => return Err(missing_text("the `text` of this article is no string")),
        None => return Err(missing_text("this article has no `text`")),
    };
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    let id = match object.remove("id") {
        Some(Value::String(id)) => id.trim().to_owned(),
        Some(Value::Number(id)) => id.to_string(),
        _ => String::new(),
    };
    let (day, warning) = day(object.remove("date"));
    let mut string = |key: &str| match object.remove(key) {
        Some(Value::String(value)) if !value.trim().is_empty() => Some(value.trim().to_owned()),
        _ => None,
    };
    let (title, mut url, mut publisher) = (string("title"), string("url"), string("publisher"));
    // `source` is the address in some collections and the newspaper's name in others.
    if let Some(source) = string("source") {
        let is_address = source.contains("://") || source.starts_with("www.");
        let kept = if is_address { &mut url } else { &mut publisher };
        kept.get_or_insert(source);
    }
    let read = plain::read(text, cleaner);
    Ok((Article { id, title, date: day.or(read.date), publisher, url, ..read }, warning))
}

fn day(value: Option<Value>) -> (Option<jiff::civil::Date>, Option<Diagnostic>) {
    let written = match value {
        None | Some(Value::Null) => return (None, None),
        Some(Value::String(written)) if written.trim().is_empty() => return (None, None),
        Some(Value::String(written)) => written,
        Some(other) => other.to_string(),
    };
    match date::parse(&written) {
        Some(day) => (Some(day), None),
        None => (None, Some(bad_date(&written))),
    }
}

/// The warning about a date in an article's metadata that is none.
pub(super) fn bad_date(written: &str) -> Diagnostic {
    let shown: String = written.chars().take(40).collect();
    Diagnostic::warning("bad-date", format!("`{shown}` is no date, so the article has none from here"))
        .help("write it as year-month-day: 2019-01-04")
}

fn missing_text(message: &str) -> Diagnostic {
    Diagnostic::error("missing-text", message)
        .help("an article needs a `text` that is a string: {\"text\": \"…\"}")
}
