//! TOML text → tables whose every key is looked at: the one way in which rule files, word lists and
//! the vocabulary are read.
//!
//! serde would stop at the first mistake; a person who edits rules wants all of them at once. So a
//! file is parsed into spanned values, each known key is taken out with the type that it must have,
//! and what is left over is an unknown key.

use crate::diagnostic::{Diagnostic, nearest};
use crate::span::Span;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A text together with where it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Located {
    /// The text.
    pub(crate) text: String,
    /// Its place in the file, quotes included.
    pub(crate) span: Span,
}

/// Where mistakes of one file are collected.
pub(crate) struct Report<'a> {
    pub(crate) file: &'a str,
    pub(crate) source: &'a str,
    pub(crate) diagnostics: &'a mut Vec<Diagnostic>,
}

impl Report<'_> {
    /// Notes an error at `span`.
    pub(crate) fn error(&mut self, code: &'static str, span: Span, message: String, help: impl Into<String>) {
        let diagnostic = Diagnostic::error(code, message).file(self.file).at(self.source, span);
        self.diagnostics.push(diagnostic.help(help));
    }

    /// Notes a warning at `span`.
    pub(crate) fn warning(
        &mut self,
        code: &'static str,
        span: Span,
        message: String,
        help: impl Into<String>,
    ) {
        let diagnostic = Diagnostic::warning(code, message).file(self.file).at(self.source, span);
        self.diagnostics.push(diagnostic.help(help));
    }

    /// The span inside the file of bytes `inner` of a string value that stands at `value`; the whole
    /// value where escapes make the two differ.
    pub(crate) fn inside(&self, value: &Located, inner: Span) -> Span {
        inside(self.source, value.span, &value.text, inner)
    }
}

/// The place in `source` of bytes `inner` of the string value `text` that stands at `value`.
pub(crate) fn inside(source: &str, value: Span, text: &str, inner: Span) -> Span {
    let start = value.start as usize + 1;
    match source.get(start..).is_some_and(|rest| rest.starts_with(text)) {
        true => Span::new(start + inner.start as usize, start + inner.end as usize),
        false => value,
    }
}

/// One table of a file, from which keys are taken.
pub(crate) struct Table<'t> {
    /// What a person calls this table, such as "the rule `spokeWith`".
    what: String,
    fields: Vec<Field<'t>>,
    known: Vec<&'static str>,
}

struct Field<'t> {
    key: &'t str,
    span: Span,
    value: &'t Spanned<DeValue<'t>>,
    taken: bool,
}

/// Parses a file and hands its top table to `read`; syntax errors are reported and what could be
/// read in spite of them is read, so that one slip does not hide the mistakes after it.
pub(crate) fn read_file<T>(report: &mut Report, what: &str, read: impl FnOnce(Table, &mut Report) -> T) -> T {
    let (mut document, mut errors) = DeTable::parse_recoverable(report.source);
    let place = |error: &toml::de::Error| error.span().unwrap_or_default();
    errors.sort_by_key(|error| place(error).start);
    // A bracket that is never closed takes what follows for its own: what seems wrong from there on is
    // no mistake of the person's, and what is read there not their word.
    let runs_on =
        |error: &toml::de::Error| ["unclosed", "recurse"].map(|word| error.message().contains(word));
    let mut help = "see https://toml.io";
    if errors.iter().any(|error| runs_on(error).contains(&true)) {
        let mut end = place(&errors[0]).start;
        if errors[0].message().contains("unclosed table") {
            end = report.source[..end].rfind('\n').map_or(0, |newline| newline + 1);
        }
        document = DeTable::parse_recoverable(&report.source[..end]).0;
        errors.truncate(1);
        help = "see https://toml.io; the file was read up to here";
    }
    for error in errors {
        let span = Span::new(place(&error).start, place(&error).end);
        report.error("toml", span, format!("not valid TOML: {}", error.message()), help);
    }
    read(Table::new(document.get_ref(), what.to_owned()), report)
}

impl<'t> Table<'t> {
    fn new(table: &'t DeTable<'t>, what: String) -> Self {
        let field = |(key, value): (&'t Spanned<_>, _)| {
            let key: &'t Spanned<std::borrow::Cow<'t, str>> = key;
            Field { key: key.get_ref(), span: span_of(key), value, taken: false }
        };
        let mut fields: Vec<Field> = table.iter().map(field).collect();
        fields.sort_by_key(|field| field.span);
        Self { what, fields, known: Vec::new() }
    }

    fn take(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.known.push(key);
        let field = self.fields.iter_mut().find(|field| field.key == key)?;
        field.taken = true;
        Some(field.value)
    }

    /// Whether this key stands in it and no other.
    pub(crate) fn has_only(&self, key: &str) -> bool {
        self.fields.len() == 1 && self.fields[0].key == key
    }

    /// A string.
    pub(crate) fn text(&mut self, key: &'static str, report: &mut Report) -> Option<Located> {
        let value = self.take(key)?;
        self.string(key, value, report)
    }

    /// A string that must be there; `span` is where the table is named.
    pub(crate) fn required(&mut self, key: &'static str, span: Span, report: &mut Report) -> Option<Located> {
        if !self.fields.iter().any(|field| field.key == key) {
            let message = format!("{} has no `{key}`", self.what);
            report.error("missing-key", span, message, format!("add `{key} = \"…\"`"));
        }
        self.text(key, report)
    }

    /// A list of strings; empty where the key is missing.
    pub(crate) fn texts(&mut self, key: &'static str, report: &mut Report) -> Vec<Located> {
        let Some(value) = self.take(key) else { return Vec::new() };
        self.strings(key, value, report)
    }

    /// A list of lists of strings, each with its place; empty where the key is missing.
    pub(crate) fn groups(&mut self, key: &'static str, report: &mut Report) -> Vec<(Vec<Located>, Span)> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(key, value, "a list of lists, written `[[\"…\", \"…\"], …]`", report);
            return Vec::new();
        };
        let mut groups = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_array() {
                Some(_) => groups.push((self.strings(key, item, report), span_of(item))),
                None => self.wrong(key, item, "a list of lists, written `[[\"…\", \"…\"], …]`", report),
            }
        }
        groups
    }

    /// `true` or `false`; false where the key is missing.
    pub(crate) fn flag(&mut self, key: &'static str, report: &mut Report) -> bool {
        let Some(value) = self.take(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong(key, value, "true or false", report);
            false
        })
    }

    /// A number between 0 and 1, in hundredths.
    pub(crate) fn hundredths(&mut self, key: &'static str, report: &mut Report) -> Option<u8> {
        let value = self.take(key)?;
        let number = match value.get_ref() {
            DeValue::Float(float) => float.as_str().parse::<f64>().ok(),
            DeValue::Integer(integer) => integer.as_str().parse::<f64>().ok(),
            _ => None,
        };
        match number.filter(|number| (0.0..=1.0).contains(number)) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Some(number) => Some((number * 100.0).round() as u8),
            None => {
                self.wrong(key, value, "a number from 0 to 1", report);
                None
            }
        }
    }

    /// The tables of an array of tables (`[[key]]`); empty where the key is missing.
    pub(crate) fn tables(&mut self, key: &'static str, report: &mut Report) -> Vec<(Table<'t>, Span)> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(key, value, &format!("an array of tables, written `[[{key}]]`"), report);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_table() {
                Some(table) => tables.push((Table::new(table, format!("this `[[{key}]]`")), span_of(item))),
                None => self.wrong(key, item, "a table", report),
            }
        }
        tables
    }

    /// A table inside this one.
    pub(crate) fn table(&mut self, key: &'static str, report: &mut Report) -> Option<Table<'t>> {
        let value = self.take(key)?;
        match value.get_ref().as_table() {
            Some(table) => Some(Table::new(table, format!("`[{key}]`"))),
            None => {
                self.wrong(key, value, &format!("a table, written `[{key}]`"), report);
                None
            }
        }
    }

    /// Everything not taken yet, as tables by name: for tables whose keys a person chooses.
    pub(crate) fn named_tables(&mut self, what: &str, report: &mut Report) -> Vec<(Located, Table<'t>)> {
        let mut tables = Vec::new();
        for (name, value) in self.rest() {
            match value.get_ref().as_table() {
                Some(table) => {
                    let table = Table::new(table, format!("the {what} `{}`", name.text));
                    tables.push((name, table));
                }
                None => {
                    let expected = format!("the table of a {what}, written `[{}]`", name.text);
                    let mut known = std::mem::take(&mut self.known);
                    known.sort_unstable();
                    let help = match nearest(&name.text, known.iter().copied()) {
                        Some(key) => format!("did you mean `{key}`?"),
                        None => format!("this must be {expected}"),
                    };
                    self.known = known;
                    report.error("unknown-key", name.span, format!("`{}` is no {what}", name.text), help);
                }
            }
        }
        tables
    }

    /// Everything not taken yet, as lists of strings by name.
    pub(crate) fn named_texts(&mut self, report: &mut Report) -> Vec<(Located, Vec<Located>)> {
        let rest = self.rest();
        rest.into_iter()
            .map(|(name, value)| {
                let texts = self.strings(&name.text, value, report);
                (name, texts)
            })
            .collect()
    }

    /// Everything not taken yet, as strings by name.
    pub(crate) fn named_text(&mut self, report: &mut Report) -> Vec<(Located, Located)> {
        let rest = self.rest();
        rest.into_iter()
            .filter_map(|(name, value)| {
                let text = self.string(&name.text, value, report)?;
                Some((name, text))
            })
            .collect()
    }

    /// Reports every key that was not asked for.
    pub(crate) fn finish(mut self, report: &mut Report) {
        self.known.sort_unstable();
        for field in self.fields.iter().filter(|field| !field.taken) {
            let help = match nearest(field.key, self.known.iter().copied()) {
                Some(key) => format!("did you mean `{key}`?"),
                None => format!("known keys: {}", self.known.join(", ")),
            };
            let message = format!("`{}` is no key of {}", field.key, self.what);
            report.error("unknown-key", field.span, message, help);
        }
    }

    fn rest(&mut self) -> Vec<(Located, &'t Spanned<DeValue<'t>>)> {
        let rest = self.fields.iter_mut().filter(|field| !field.taken);
        rest.map(|field| {
            field.taken = true;
            (Located { text: field.key.to_owned(), span: field.span }, field.value)
        })
        .collect()
    }

    fn string(&self, key: &str, value: &Spanned<DeValue>, report: &mut Report) -> Option<Located> {
        match value.get_ref().as_str() {
            Some(text) => Some(Located { text: text.to_owned(), span: span_of(value) }),
            None => {
                self.wrong(key, value, "a string in quotes", report);
                None
            }
        }
    }

    fn strings(&self, key: &str, value: &Spanned<DeValue>, report: &mut Report) -> Vec<Located> {
        match value.get_ref().as_array() {
            Some(array) => array.iter().filter_map(|item| self.string(key, item, report)).collect(),
            None => {
                self.wrong(key, value, "a list of strings, written `[\"…\", \"…\"]`", report);
                Vec::new()
            }
        }
    }

    fn wrong(&self, key: &str, value: &Spanned<DeValue>, expected: &str, report: &mut Report) {
        let found = match value.get_ref() {
            DeValue::Integer(_) | DeValue::Array(_) => format!("an {}", value.get_ref().type_str()),
            DeValue::Float(number) => format!("the number {}", number.as_str()),
            _ => format!("a {}", value.get_ref().type_str()),
        };
        let message = format!("`{key}` of {} is {found}", self.what);
        report.error("wrong-type", span_of(value), message, format!("it must be {expected}"));
    }
}

fn span_of<T>(value: &Spanned<T>) -> Span {
    let range = value.span();
    Span::new(range.start, range.end)
}
