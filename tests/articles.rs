//! Bad input in, one clear diagnostic a fault out, and every other article read all the same.

#![allow(clippy::unwrap_used, reason = "a test that cannot write its files has failed")]

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use relata::article::{Article, BlockKind, Cleaner, parse_line, read};
use relata::diagnostic::Diagnostic;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

static CLEANER: LazyLock<Cleaner> = LazyLock::new(|| {
    let file: BTreeMap<String, BTreeMap<String, Vec<String>>> =
        toml::from_str(include_str!("../rules/lexicon/cleaning.toml")).unwrap();
    let (cleaner, wrong) = Cleaner::new(&file["cleaning"]);
    assert_eq!(wrong, []);
    cleaner
});

/// A folder with one good article and these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files.iter().chain(&[("good.txt", &b"Talks open in Oslo\n\nAda met Bob.\n"[..])]) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn read_all(paths: &[&Path]) -> (Vec<Article>, Vec<Diagnostic>) {
    read(&paths.iter().map(PathBuf::from).collect::<Vec<_>>(), &CLEANER)
}

/// Code and line of each diagnostic, after a check that the good article came through.
fn told(files: &[(&str, &[u8])]) -> Vec<(&'static str, Option<usize>)> {
    let folder = folder(files);
    let (articles, wrong) = read_all(&[folder.path()]);
    assert!(articles.iter().any(|article| article.id == "good"), "the good article is lost");
    for wrong in &wrong {
        assert!(wrong.file.is_some() && wrong.help.is_some(), "{wrong:?}");
    }
    wrong.iter().map(|wrong| (wrong.code, wrong.place.as_ref().map(|place| place.line))).collect()
}

fn ids(articles: &[Article]) -> Vec<&str> {
    articles.iter().map(|article| article.id.as_str()).collect()
}

#[test]
fn each_fault_of_a_file_is_told_by_itself() {
    assert_eq!(told(&[]), []);
    assert_eq!(told(&[("a.txt", b"")]), [("empty", None)]);
    assert_eq!(told(&[("a.md", b" \r\n\t\n")]), [("empty", None)]);
    assert_eq!(told(&[("a.txt", b"\x7fELF\0\0\x01")]), [("binary", None)]);
    assert_eq!(
        told(&[("a.txt", b"caf\xc3\xa9 and\nna\xc3\xafve \xff men met.\n")]),
        [("invalid-utf8", Some(2))]
    );
    assert_eq!(told(&[("a.txt", b"Ada met\nJos\xe9 in M\xe1laga.\n")]), [("encoding", Some(2))]);
    assert_eq!(told(&[("a.json", b"{\"text\":\n \"Ada met Bob.\",}\n")]), [("bad-json", Some(2))]);
    assert_eq!(told(&[("a.json", b"{\"title\": \"Talks\"}")]), [("missing-text", None)]);
    assert_eq!(
        told(&[("a.json", b"{\"date\": \"soon\", \"text\": \"Ada met Bob.\"}")]),
        [("bad-date", None)]
    );
    assert_eq!(told(&[("a.html", b"<html><body></body></html>")]), [("no-main-text", None)]);
    assert_eq!(told(&[("a.pdf", b"%PDF"), (".hidden.txt", b""), (".git/a.txt", b"")]), []);
}

#[test]
fn a_broken_line_loses_no_other_line() {
    let lines = b"{\"id\": 7, \"text\": \"Ada met Bob.\"}\r\n\r\n{\"id\": \n{\"text\": 3}\n{\"text\": \"Eve met Dan.\", \"date\": \"x\"}\n";
    assert_eq!(
        told(&[("a.jsonl", lines)]),
        [("bad-json", Some(3)), ("missing-text", Some(4)), ("bad-date", Some(5))]
    );
    let folder = folder(&[("a.jsonl", lines)]);
    assert_eq!(ids(&read_all(&[folder.path()]).0), ["7", "a-5", "good"]);
}

#[test]
fn paths_that_hold_no_article_are_told() {
    let folder = folder(&[("empty/x.csv", b"a,b"), ("notes.docx", b"x")]);
    let path = |name: &str| folder.path().join(name);
    let (articles, wrong) =
        read_all(&[&path("missing"), &path("empty"), &path("notes.docx"), &path("good.txt"), folder.path()]);
    assert_eq!(ids(&articles), ["good"]);
    let codes: Vec<&str> = wrong.iter().map(|wrong| wrong.code).collect();
    assert_eq!(codes, ["no-articles", "no-such-path", "unknown-extension"]);
    assert!(wrong[2].help.as_ref().unwrap().contains(".jsonl"));
}

#[test]
fn a_file_that_is_too_large_is_not_loaded() {
    let folder = folder(&[]);
    let file = std::fs::File::create(folder.path().join("large.txt")).unwrap();
    file.set_len((1 << 30) + 1).unwrap();
    let (articles, wrong) = read_all(&[folder.path()]);
    assert_eq!((ids(&articles), wrong[0].code), (vec!["good"], "too-large"));
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_unreadable_and_a_circle_ends() {
    let folder = folder(&[("inner/b.txt", b"Eve met Dan.")]);
    std::os::unix::fs::symlink("nowhere", folder.path().join("a.txt")).unwrap();
    std::os::unix::fs::symlink("..", folder.path().join("inner/circle")).unwrap();
    let (articles, wrong) = read_all(&[folder.path()]);
    assert_eq!((ids(&articles), wrong[0].code, wrong.len()), (vec!["good", "b"], "unreadable", 1));
}

#[test]
fn an_id_that_is_taken_gets_a_number_and_both_places_are_named() {
    let folder = folder(&[
        ("a/talks.txt", b"Ada met Bob."),
        ("b/talks.txt", b"Eve met Dan."),
        ("c.jsonl", b"{\"id\":\"x\",\"text\":\"Ada met Bob.\"}\n{\"id\":\"x\",\"text\":\"Eve met Dan.\"}\n{\"id\":\"talks-2\",\"text\":\"Fay met Guy.\"}"),
    ]);
    let (articles, wrong) = read_all(&[folder.path()]);
    assert_eq!(ids(&articles), ["talks", "talks-3", "x", "x-2", "talks-2", "good"]);
    assert_eq!(wrong.iter().map(|wrong| wrong.code).collect::<Vec<_>>(), ["duplicate-id"; 2]);
    assert!(wrong[0].message.contains("a/talks.txt") && wrong[0].message.contains("b/talks.txt"));
    assert!(wrong[1].message.contains("line 1") && wrong[1].message.contains("line 2"));
}

#[test]
fn the_order_and_number_of_arguments_makes_no_difference() {
    let folder = folder(&[
        ("b.txt", b"Ada met Bob."),
        ("inner/a.json", b"[{\"id\":\"j\",\"text\":\"Eve met Dan.\"}]"),
    ]);
    let path = |name: &str| folder.path().join(name);
    let all = read_all(&[folder.path()]);
    let again = read_all(&[
        &path("inner"),
        &path("good.txt"),
        folder.path(),
        &path("inner/../b.txt"),
        &path("b.txt"),
    ]);
    let (shown, shown_again) = (format!("{all:?}"), format!("{again:?}"));
    assert_eq!(ids(&all.0), ["b", "good", "j"]);
    assert_eq!(shown, shown_again);
}

#[test]
fn metadata_of_json_is_kept() {
    let line = r#"{"id":"n1","title":"Talks","date":"2019-01-04T10:00:00Z","source":"https://example.org/1","publisher":"The Daily Example","more":1,"text":"Ada met Bob."}"#;
    let article = parse_line(line, &CLEANER).unwrap();
    assert_eq!((article.id.as_str(), article.title.as_deref()), ("n1", Some("Talks")));
    assert_eq!(article.date.map(|date| date.to_string()).as_deref(), Some("2019-01-04"));
    assert_eq!(article.url.as_deref(), Some("https://example.org/1"));
    assert_eq!(article.publisher.as_deref(), Some("The Daily Example"));
    assert_eq!(parse_line("{\"text\":\"Ada met Bob.\"}", &CLEANER).unwrap().id, "");
    assert_eq!(parse_line("{", &CLEANER).unwrap_err().code, "bad-json");
}

#[test]
fn a_file_name_dates_an_article_that_does_not_date_itself() {
    let folder = folder(&[
        ("talks-2019-01-04.txt", b"Ada met Bob."),
        ("x_20190105.txt", b"January 6, 2019\n\nAda met Bob."),
    ]);
    let (articles, _) = read_all(&[folder.path()]);
    let dates: Vec<_> = articles.iter().map(|article| article.date.map(|date| date.to_string())).collect();
    assert_eq!(dates, [None, Some("2019-01-04".into()), Some("2019-01-06".into())]);
}

/// What every reader of an article may rely on.
fn check(article: &Article) {
    let text = &article.text;
    let mut at = 0;
    for block in &article.blocks {
        let range = block.span.range();
        assert!(range.start < range.end && text.get(range.clone()).is_some(), "{block:?} in {text:?}");
        assert_eq!(text.get(at..range.start).map(str::trim), Some(""), "lost before {block:?} in {text:?}");
        assert_eq!(block.span.of(text).trim(), block.span.of(text));
        let mut inner = range.start;
        for hidden in &block.hidden {
            let range = hidden.range();
            assert!(inner <= range.start && range.start < range.end, "{block:?} in {text:?}");
            assert!(text.get(range.clone()).is_some(), "{block:?} in {text:?}");
            inner = range.end;
        }
        assert!(inner <= range.end, "{block:?} in {text:?}");
        at = range.end;
    }
    assert_eq!(text[at..].trim(), "", "lost at the end of {text:?}");
}

/// Scraps that the rules of cleaning look for.
const SCRAPS: &str = "(?s)(Ada met Bob\\.|Talks open|the|, and|by|02:10|Advertisement|Photo: AFP|OSLO — |date 2019-01-04 |Context: x|• |\\(FILES\\)|Back to top|# |> |- |\\*|`|!\\[a\\]\\(b\\)|<p>|--- |Read more|\\(\\(pl\\)\\)Polish language: ‍Ala ma|“Yes,” |é|\n|\n\n|\r\n| |\u{2003}|.){0,40}";

proptest! {
    #[test]
    fn every_letter_belongs_to_one_block(text in SCRAPS) {
        let line = serde_json::json!({ "text": text }).to_string();
        if let Ok(article) = parse_line(&line, &CLEANER) {
            check(&article);
        }
    }
}

#[test]
fn markdown_keeps_the_same_promises() {
    let runner = &mut proptest::test_runner::TestRunner::deterministic();
    let folder = TempDir::new().unwrap();
    let scraps = proptest::string::string_regex(SCRAPS).unwrap();
    for number in 0..300 {
        let text = scraps.new_tree(runner).unwrap().current();
        std::fs::write(folder.path().join(format!("{number}.md")), text).unwrap();
    }
    let (articles, _) = read(&[folder.path().to_owned()], &CLEANER);
    assert!(articles.len() > 200);
    articles.iter().for_each(check);
}

#[test]
fn odd_sizes_are_read_in_a_line_s_time() {
    let sizes = if cfg!(debug_assertions) { 1 } else { 50 };
    let long = "Ada Byron met Mary Poe in Oslo, according to the ".repeat(20_000 * sizes);
    let brackets = "[(".repeat(500_000);
    let empty = "\n".repeat(100_000 * sizes);
    let folder = TempDir::new().unwrap();
    for (name, text) in [("long", &long), ("brackets", &brackets), ("empty", &(empty + "Ada met Bob."))] {
        for extension in ["txt", "md"] {
            std::fs::write(folder.path().join(format!("{name}-{extension}.{extension}")), text).unwrap();
        }
    }
    let (articles, wrong) = read(&[folder.path().to_owned()], &CLEANER);
    assert_eq!((articles.len(), wrong.len()), (6, 0));
    articles.iter().for_each(check);
    assert!(
        articles.iter().flat_map(|article| &article.blocks).any(|block| block.kind == BlockKind::Paragraph)
    );
}
