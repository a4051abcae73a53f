//! A person's file of identities → [`Identities`]: which names are one, and which are not.
//!
//! ```toml
//! same     = [["Vladimir Putin", "Putin", "person/vladimir-v-putin"]]
//! not-same = [["person/john-roe-chile", "person/john-roe-norway"], ["John Roe @ article-7", "John Roe"]]
//! ```
//!
//! An entry is a name, an id, or either in one article. What it says comes before everything that the
//! program would find by itself.

use crate::diagnostic::{Diagnostic, nearest};
use crate::entity::cluster::Clusters;
use crate::entity::form::slug;
use crate::rule::table::{Located, Report, read_file};
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Whom a person's file calls one, and whom not.
#[derive(Debug, Clone, Default)]
pub struct Identities {
    pub(super) same: Vec<Group>,
    pub(super) not_same: Vec<Group>,
}

/// Names that are one, or that are all different.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) entries: Vec<Entry>,
}

/// A name or id, as somebody wrote it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) text: String,
    pub(super) handle: Handle,
    /// What is told where nobody is called so.
    unknown: Diagnostic,
}

/// What an entry means: a type where it is an id, the slug of a name, and an article where it names one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Handle {
    pub(super) base: Option<String>,
    pub(super) slug: String,
    pub(super) article: Option<String>,
}

impl Handle {
    /// `name`, `type/slug`, and either with ` @ article`.
    pub(super) fn new(text: &str) -> Self {
        let (name, article) = match text.rsplit_once(" @ ") {
            Some((name, article)) => (name, Some(article.trim().to_owned())),
            None => (text, None),
        };
        let id = name.split_once('/').filter(|(base, slug)| {
            let plain = |text: &str| {
                text.chars()
                    .all(|letter| letter.is_ascii_lowercase() || letter == '-' || letter.is_ascii_digit())
            };
            !base.is_empty() && plain(base) && plain(slug)
        });
        match id {
            Some((base, slug)) => Self { base: Some(base.to_owned()), slug: slug.to_owned(), article },
            None => Self { base: None, slug: slug(name), article },
        }
    }

    /// The name or id without the article.
    pub(super) fn name(text: &str) -> &str {
        text.rsplit_once(" @ ").map_or(text, |(name, _)| name)
    }
}

impl Entry {
    /// Tells that no article names anybody so; `names` are those that somebody may have meant.
    pub(super) fn unknown<'n>(&self, names: impl Iterator<Item = &'n str>) -> Diagnostic {
        match nearest(&self.text, names) {
            Some(name) => self.unknown.clone().help(format!("did you mean `{name}`?")),
            None => self.unknown.clone(),
        }
    }

    /// Tells that several are called so.
    pub(super) fn ambiguous(&self, bearers: usize) -> Diagnostic {
        let message = format!("`{}` is short for {bearers} names, and none of them is meant", self.text);
        Diagnostic { code: "ambiguous-name", message, ..self.unknown.clone() }
            .help("write the full name, or the id from entities.jsonl")
    }

    /// Tells that the articles make one of what this entry keeps apart.
    pub(super) fn contradicted(&self, other: &Entry) -> Diagnostic {
        let message =
            format!("`{}` and `{}` must not be the same, but `same` makes them one", other.text, self.text);
        Diagnostic { code: "contradiction", message, ..self.unknown.clone() }
            .help("take one of them away, from `same` or from here")
    }
}

impl Identities {
    /// Reads files; every mistake of all of them becomes a diagnostic.
    pub fn read(paths: &[impl AsRef<Path>]) -> (Self, Vec<Diagnostic>) {
        let mut all = Self::default();
        let mut diagnostics = Vec::new();
        let mut sources = Vec::new();
        for path in paths.iter().map(AsRef::as_ref) {
            let file = path.display().to_string();
            match std::fs::read_to_string(path) {
                Ok(source) => sources.push((file, source)),
                Err(error) => diagnostics.push(
                    Diagnostic::error("unreadable", format!("this file cannot be read: {error}"))
                        .file(file)
                        .help("give a file such as `relata build --review` writes"),
                ),
            }
        }
        let mut apart = Vec::new();
        for (file, source) in &sources {
            let mut report = Report { file, source, diagnostics: &mut diagnostics };
            read_file(&mut report, "a file of identities", |mut top, report| {
                for (texts, span) in top.groups("same", report) {
                    all.same.extend(group("same", texts, span, report));
                }
                for (texts, span) in top.groups("not-same", report) {
                    apart.extend(
                        group("not-same", texts.clone(), span, report)
                            .map(|group| (group, texts, file, source)),
                    );
                }
                top.finish(report);
            });
        }
        let groups: Vec<&Group> = apart.iter().map(|(group, ..)| group).collect();
        let mut one = Joined::new(&all.same, &groups);
        for (group, texts, file, source) in apart {
            let mut report = Report { file, source, diagnostics: &mut diagnostics };
            one.check(&group, &texts, &mut report);
            all.not_same.push(group);
        }
        (all, diagnostics)
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.same.is_empty() && self.not_same.is_empty()
    }

    /// Whether two names must not be one, by their slugs.
    pub(super) fn forbid(&self, left: &str, right: &str) -> bool {
        self.not_same.iter().any(|group| {
            let at = |slug: &str| {
                group
                    .entries
                    .iter()
                    .position(|entry| entry.handle.slug == slug && entry.handle.article.is_none())
            };
            at(left).zip(at(right)).is_some_and(|(left, right)| left != right)
        })
    }
}

fn group(key: &str, texts: Vec<Located>, span: Span, report: &mut Report) -> Option<Group> {
    let mut kept = Vec::new();
    for text in texts {
        if Handle::name(&text.text).trim().is_empty() {
            report.error("empty-name", text.span, "this name is empty".to_owned(), "write a name or an id");
        } else {
            let message = format!("no article names `{}`", text.text);
            let unknown = Diagnostic::warning("unknown-entity", message)
                .file(report.file)
                .at(report.source, text.span)
                .help("entities.jsonl lists names and ids");
            kept.push(Entry { handle: Handle::new(&text.text), text: text.text, unknown });
        }
    }
    if kept.len() < 2 {
        let message = format!(
            "a list of `{key}` with {} says nothing",
            if kept.is_empty() { "no name" } else { "one name" }
        );
        report.error("short-list", span, message, format!("name two or more: {key} = [[\"…\", \"…\"]]"));
        return None;
    }
    Some(Group { entries: kept })
}

/// The entries that `same` makes one, through any number of lists. An id and the name that it is made of
/// are one, too, where the file has no other id of that name.
struct Joined {
    of: BTreeMap<Handle, usize>,
    sets: Clusters,
    typed: BTreeMap<String, BTreeSet<String>>,
}

impl Joined {
    fn new(same: &[Group], apart: &[&Group]) -> Self {
        let mut typed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let entries: Vec<&Entry> =
            same.iter().chain(apart.iter().copied()).flat_map(|group| &group.entries).collect();
        for entry in &entries {
            typed.entry(entry.handle.slug.clone()).or_default().extend(entry.handle.base.clone());
        }
        let mut joined = Self { of: BTreeMap::new(), sets: Clusters::new(entries.len()), typed };
        for group in same {
            let numbers: Vec<usize> =
                group.entries.iter().map(|entry| joined.number(&entry.handle)).collect();
            for pair in numbers.windows(2) {
                joined.sets.join(pair[0], pair[1]);
            }
        }
        joined
    }

    fn number(&mut self, handle: &Handle) -> usize {
        let mut handle = handle.clone();
        if handle.base.is_none() {
            let bases = self.typed.get(&handle.slug).filter(|bases| bases.len() == 1);
            handle.base = bases.and_then(|bases| bases.first().cloned());
        }
        let next = self.of.len();
        *self.of.entry(handle).or_insert(next)
    }

    fn check(&mut self, group: &Group, texts: &[Located], report: &mut Report) {
        let mut seen: BTreeMap<usize, &str> = BTreeMap::new();
        for entry in &group.entries {
            let number = self.number(&entry.handle);
            let Some(other) = seen.insert(self.sets.root(number), &entry.text) else { continue };
            let place = texts.iter().rfind(|text| text.text == entry.text);
            let span = place.map_or_else(Span::default, |text| text.span);
            let message =
                format!("`{other}` and `{}` cannot be different here and the same elsewhere", entry.text);
            let help = "take one of the two away, here or from `same`";
            report.error("contradiction", span, message, help);
        }
    }
}
