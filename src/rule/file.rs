//! A rule file → relations as a person wrote them, with the place of every part.

use crate::diagnostic::{Diagnostic, nearest};
use crate::rule::doubt;
use crate::rule::folder::RuleText;
use crate::rule::pattern::Pattern;
use crate::rule::table::{Located, Report, Table, read_file};
use crate::span::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How sure a rule is that does not say so itself.
const CONFIDENCE: u8 = 80;

/// One `[relation]` table of a rule file, before it is checked against the others.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) name: Located,
    pub(crate) about: Option<Located>,
    pub(crate) subject: Option<Located>,
    pub(crate) object: Option<Located>,
    pub(crate) symmetric: bool,
    pub(crate) standing: bool,
    pub(crate) iri: Option<Located>,
    pub(crate) plover: Option<Located>,
    pub(crate) mode: Option<Located>,
    pub(crate) ftm: Option<Located>,
    pub(crate) parent: Option<Located>,
    pub(crate) confidence: u8,
    pub(crate) patterns: Vec<(Located, Pattern)>,
    pub(crate) surface: Vec<(Located, Pattern)>,
    pub(crate) inside: Vec<(Located, Pattern)>,
    pub(crate) home: Vec<(Located, Pattern)>,
    pub(crate) not: Vec<(Located, Pattern)>,
    pub(crate) examples: Vec<Example>,
    /// Whether some part of it could not be read.
    pub(crate) unread: bool,
}

impl Written {
    /// All patterns that say the relation.
    pub(crate) fn said(&self) -> impl Iterator<Item = &(Located, Pattern)> {
        self.patterns.iter().chain(&self.surface).chain(&self.inside).chain(&self.home)
    }
}

/// A sentence in a rule file that shows what the rule gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// The triples of this relation that it gives.
    pub gives: Vec<Given>,
    /// A known gap: told, but not held against the rule.
    pub todo: bool,
    /// Where it stands in its file, in bytes.
    pub span: Span,
}

/// A triple that an example gives: `"Ada Byron | Mary Poe"`, `"Ada Byron | Mary Poe | negated"`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given {
    /// Name of the subject.
    pub subject: String,
    /// Name of the object.
    pub object: String,
    /// `actual`, `negated` or `possible`.
    pub fact: String,
}

/// Reads one rule file: its relations and the word lists that it keeps for itself.
pub(crate) fn read(
    file: &RuleText,
    report: &mut Report,
) -> (Vec<Written>, Arc<BTreeMap<String, Vec<String>>>) {
    debug_assert_eq!(file.file, report.file);
    read_file(report, "this rule file", |mut top, report| {
        let mut lists = BTreeMap::new();
        let mut sizes = Vec::new();
        if let Some(mut table) = top.table("words", report) {
            for (name, words) in table.named_texts(report) {
                sizes.push((name.clone(), words.len()));
                lists.insert(name.text, words.into_iter().map(|word| word.text).collect());
            }
        }
        let tables = top.named_tables("relation", report);
        let (strays, tables): (Vec<_>, Vec<_>) =
            tables.into_iter().partition(|(_, table)| table.has_only("example"));
        let names: Vec<String> = tables.iter().map(|(name, _)| name.text.clone()).collect();
        for (name, _) in strays {
            stray(&name, &names, report);
        }
        let relations: Vec<Written> =
            tables.into_iter().map(|(name, table)| relation(name, table, report)).collect();
        doubt::lists(&sizes, &relations, report);
        (relations, Arc::new(lists))
    })
}

/// "[[lkes.example]]" in the file of `likes`: the example of a relation that is not there.
fn stray(name: &Located, relations: &[String], report: &mut Report) {
    let help = match nearest(&name.text, relations.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `[[{near}.example]]`?"),
        None => format!("add the table `[{}]` with its patterns", name.text),
    };
    let message = format!("this is an example of `{}`, but this file has no such relation", name.text);
    report.error("unknown-relation", name.span, message, help);
}

fn relation(name: Located, mut table: Table, report: &mut Report) -> Written {
    let before = report.diagnostics.len();
    let (sentences, surface) = (table.texts("patterns", report), table.texts("surface", report));
    let (inside, home) = (table.texts("inside", report), table.texts("home", report));
    let all = [&sentences, &surface, &inside, &home];
    if all.iter().all(|patterns| patterns.is_empty()) && report.diagnostics.len() == before {
        let message = format!("the relation `{}` has no pattern", name.text);
        report.error("no-pattern", name.span, message, "add `patterns = [\"X … Y\"]`");
    }
    let mut written = Written {
        unread: false,
        about: table.required("about", name.span, report),
        subject: table.required("subject", name.span, report),
        object: table.required("object", name.span, report),
        symmetric: table.flag("symmetric", report),
        standing: table.flag("standing", report),
        iri: table.text("iri", report),
        plover: table.text("plover", report),
        mode: table.text("mode", report),
        ftm: table.text("ftm", report),
        parent: table.text("parent", report),
        confidence: table.hundredths("confidence", report).unwrap_or(CONFIDENCE),
        patterns: patterns(sentences, report),
        surface: patterns(surface, report),
        inside: patterns(inside, report),
        home: patterns(home, report),
        not: patterns(table.texts("not", report), report),
        examples: table.tables("example", report).into_iter().map(|found| example(found, report)).collect(),
        name,
    };
    table.finish(report);
    written.unread = report.diagnostics[before..].iter().any(Diagnostic::is_error);
    written
}

fn patterns(texts: Vec<Located>, report: &mut Report) -> Vec<(Located, Pattern)> {
    let mut patterns = Vec::new();
    for text in texts {
        match Pattern::parse(&text.text) {
            Ok(pattern) => patterns.push((text, pattern)),
            Err(error) => {
                report.error("pattern", report.inside(&text, error.span), error.message, error.help)
            }
        }
    }
    patterns
}

fn example((mut table, span): (Table, Span), report: &mut Report) -> Example {
    let text = table.required("text", span, report);
    let gives = table.texts("gives", report);
    let todo = table.flag("todo", report);
    table.finish(report);
    let span = text.as_ref().map_or(span, |text| text.span);
    let gives = gives.into_iter().filter_map(|given| parse_given(&given, report)).collect();
    Example { text: text.map(|text| text.text).unwrap_or_default(), gives, todo, span }
}

fn parse_given(given: &Located, report: &mut Report) -> Option<Given> {
    let parts: Vec<&str> = given.text.split('|').map(str::trim).collect();
    let (subject, object, fact) = match parts.as_slice() {
        [subject, object] => (subject, object, "actual"),
        [subject, object, fact @ ("actual" | "negated" | "possible")] => (subject, object, *fact),
        _ => {
            let help =
                "write `\"SUBJECT | OBJECT\"`, with `| negated` or `| possible` after it where it is no fact";
            report.error("example", given.span, format!("`{}` names no triple", given.text), help);
            return None;
        }
    };
    Some(Given { subject: (*subject).to_owned(), object: (*object).to_owned(), fact: fact.to_owned() })
}
