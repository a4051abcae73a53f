//! Files → [`Article`]: what does the text say, apart from what was scraped with it?
//!
//! Reads every kind of file that articles come in, converts it to UTF-8, finds title, date and
//! publisher, and divides the text into typed [`Block`]s. The text itself is never changed.

mod clean;
mod copies;
mod date;
mod encoding;
mod files;
mod html;
mod join;
mod json;
mod label;
mod late;
mod line;
mod markdown;
mod phrases;
mod plain;

pub use clean::Cleaner;
pub use copies::{Copies, Fingerprint, NoSignature, Signature, copies};
pub use json::parse_line;

use crate::diagnostic::Diagnostic;
use crate::span::Span;
use files::{Found, Kind};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::PathBuf;

/// Reads all articles in `paths`, files and folders, in the order of their paths.
///
/// What cannot be read is told and passed over. The order and number of the arguments makes no
/// difference: a file that is named twice, or by itself and with its folder, is read once.
pub fn read(paths: &[PathBuf], cleaner: &Cleaner) -> (Vec<Article>, Vec<Diagnostic>) {
    let (found, mut diagnostics) = files::find(paths);
    let read: Vec<_> = found.par_iter().map(|file| read_file(file, cleaner)).collect();
    let mut articles = Vec::new();
    for (of_file, wrong) in read {
        articles.extend(of_file);
        diagnostics.extend(wrong);
    }
    let articles = distinct(articles, &mut diagnostics);
    diagnostics.extend(late::late(&articles));
    (articles, diagnostics)
}

/// An article and the line of its file where it begins, for files that hold several.
#[derive(Debug)]
struct Placed {
    article: Article,
    line: Option<usize>,
}

fn read_file(file: &Found, cleaner: &Cleaner) -> (Vec<Placed>, Vec<Diagnostic>) {
    let name = file.path.display().to_string();
    let mut wrong = Vec::new();
    let mut placed = match load(file) {
        Err(diagnostic) => {
            wrong.push(diagnostic);
            Vec::new()
        }
        Ok((text, diagnostic)) => {
            wrong.extend(diagnostic);
            parse(file.kind, &file.stem, text, cleaner, &mut wrong)
        }
    };
    for Placed { article, .. } in &mut placed {
        article.source.clone_from(&name);
        article.date = article.date.or_else(|| date::of_stem(&file.stem));
    }
    (placed, wrong.into_iter().map(|diagnostic| diagnostic.file(&name)).collect())
}

/// The text of a file, and what was wrong with its encoding.
fn load(file: &Found) -> Result<(String, Option<Diagnostic>), Diagnostic> {
    const LARGEST: u64 = 1 << 30;
    let unreadable = |error: std::io::Error| {
        let help = match error.kind() {
            ErrorKind::PermissionDenied => "give yourself the right to read it",
            _ => "check that the file is still there and whole",
        };
        Diagnostic::error("unreadable", format!("this file cannot be read: {error}")).help(help)
    };
    if std::fs::metadata(&file.path).map_err(unreadable)?.len() > LARGEST {
        return Err(Diagnostic::error("too-large", "this file is larger than 1 GiB")
            .help("split it; a .jsonl file can be cut at any line end"));
    }
    let bytes = std::fs::read(&file.path).map_err(unreadable)?;
    let (text, wrong) = encoding::decode(bytes)?;
    if text.trim().is_empty() {
        return Err(Diagnostic::error("empty", "this file is empty")
            .help("put the article's text into it, or leave it out"));
    }
    Ok((text, wrong))
}

fn parse(
    kind: Kind,
    stem: &str,
    text: String,
    cleaner: &Cleaner,
    wrong: &mut Vec<Diagnostic>,
) -> Vec<Placed> {
    let article = match kind {
        Kind::Json => return json::file(stem, &text, cleaner, wrong),
        Kind::JsonLines => return json::lines(stem, &text, cleaner, wrong),
        Kind::Plain => plain::read(text, cleaner),
        Kind::Markdown => markdown::read(text, cleaner, wrong),
        Kind::Html => match html::read(&text, cleaner, wrong) {
            Some(article) => article,
            None => return Vec::new(),
        },
    };
    vec![Placed { article: Article { id: stem.to_owned(), ..article }, line: None }]
}

/// Gives articles whose id is taken another one, so that nothing is lost, and says so.
fn distinct(placed: Vec<Placed>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Article> {
    let mut taken: HashMap<String, (String, Option<usize>)> = HashMap::with_capacity(placed.len());
    // The ids that files ask for come first: an invented "talks-2" must not take the place of a real one.
    for Placed { article, line } in &placed {
        taken.entry(article.id.clone()).or_insert_with(|| (article.source.clone(), *line));
    }
    let mut next: HashMap<String, usize> = HashMap::new();
    let place = |source: &str, line: Option<usize>| match line {
        Some(line) => format!("{source}, line {line}"),
        None => source.to_owned(),
    };
    let mut articles = Vec::with_capacity(placed.len());
    for Placed { mut article, line } in placed {
        let first = taken.get(&article.id).cloned().unwrap_or_default();
        if first != (article.source.clone(), line) {
            let count = next.entry(article.id.clone()).or_insert(2);
            let mut id = format!("{}-{count}", article.id);
            while taken.contains_key(&id) {
                *count += 1;
                id = format!("{}-{count}", article.id);
            }
            let message = format!(
                "the id `{}` of {} is also that of {}",
                article.id,
                place(&article.source, line),
                place(&first.0, first.1)
            );
            diagnostics.push(
                Diagnostic::error("duplicate-id", message).file(&article.source).help(format!(
                    "this one is called `{id}` now; rename one of them, or leave out the copy"
                )),
            );
            taken.insert(id.clone(), (article.source.clone(), line));
            article.id = id;
        }
        articles.push(article);
    }
    articles
}

/// One article as it was read.
#[derive(Debug, Clone, Default)]
pub struct Article {
    /// The file's stem, or the `id` of a JSON article; unique within one build.
    pub id: String,
    /// The file it came from, as the person named it.
    pub source: String,
    /// Headline, where the file gives it apart from the text.
    pub title: Option<String>,
    /// Day of publication, where it is known.
    pub date: Option<Date>,
    /// Who published it, where the file says so.
    pub publisher: Option<String>,
    /// Where it was published, where the file says so.
    pub url: Option<String>,
    /// The text as read: decoded to UTF-8, byte-order mark removed, nothing else changed.
    pub text: String,
    /// The parts of the text in their order; what lies between them is white space.
    pub blocks: Vec<Block>,
}

/// A stretch of an article's text of one kind, such as a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is, in bytes of [`Article::text`].
    pub span: Span,
    /// Stretches inside `span` that are no language (markup, credits, an advertisement in the
    /// middle of a sentence), in their order; a reader passes over them as over a space.
    pub hidden: Vec<Span>,
}

/// What a [`Block`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A headline, a summary line under it, or a heading inside the article.
    Headline,
    /// Running text.
    Paragraph,
    /// The text under a picture or a video.
    Caption,
    /// A quotation that stands as a block of its own.
    Quote,
    /// Links, advertisements, prompts, footers: gives no sentences and so no triples.
    Noise,
}
