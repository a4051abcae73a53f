//! What a build writes: the same bytes every time, and what the contract promises of every line.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod common;

use common::{Desk, FILES, json_lines, seeds};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Texts in which bytes, UTF-16 units and code points all count differently.
const HOSTILE: [(&str, &str); 4] = [
    ("emoji.txt", "🙂🙂 “Ada Byron” 𝒳.\r\n\r\nAda Byron met Bob Poe in Oslo on Monday.\r\n"),
    ("mark.txt", "\u{feff}Ada Byron met Bob Poe in Łódź. Cafe\u{301} owner Paul Novak met Bob Poe.\n"),
    ("tabs.md", "# Ada Byron met Bob Poe\n\nAda\u{a0}Byron did not meet <b>Bob</b> *Poe*.\t\n"),
    (
        "hostile.jsonl",
        "{\"id\":\"é/1\",\"text\":\"\\ud83d\\ude42 Ada Byron met Bob Poe. \\\"Ada\\\" will meet Paul Novak.\"}\n",
    ),
];

/// The sample articles and the hostile ones.
fn desk() -> Desk {
    let desk = Desk::new();
    for (name, text) in HOSTILE {
        desk.write(&format!("all/{name}"), text);
    }
    for entry in fs::read_dir(seeds()).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), desk.path("all").join(entry.file_name())).unwrap();
    }
    desk
}

#[test]
fn the_same_articles_give_the_same_bytes() {
    let desk = desk();
    let once = desk.build(&["all"]);
    assert!(once.iter().all(|bytes| !bytes.is_empty()));
    let mut files: Vec<String> = desk
        .names("all")
        .into_iter()
        .filter(|name| name != "LICENSE")
        .map(|name| format!("all/{name}"))
        .collect();
    let sorted = files.clone();
    files.reverse();
    let middle = files.len() / 2;
    files.swap(0, middle);
    fn names(files: &[String]) -> Vec<&str> {
        files.iter().map(String::as_str).collect()
    }
    let folder_and_file = ["all", sorted[0].as_str(), "all"];
    let again: [(&str, Vec<&str>); 7] = [
        ("a second time", vec!["all"]),
        ("on one thread", vec!["all", "--threads", "1"]),
        ("on two threads", vec!["all", "--threads", "2"]),
        ("on many threads", vec!["all", "--threads", "16"]),
        ("file by file", names(&sorted)),
        ("in another order", names(&files)),
        ("named twice", folder_and_file.to_vec()),
    ];
    for (how, arguments) in again {
        let built = desk.build(&arguments);
        for (at, name) in FILES.iter().enumerate() {
            assert!(built[at] == once[at], "{name} differs {how}");
        }
    }
}

/// An article's text as read, where the test can tell by itself: not that of a web page.
fn texts(desk: &Desk) -> BTreeMap<String, Vec<char>> {
    let mut texts = BTreeMap::new();
    for name in desk.names("all") {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
        let text = desk.read(&format!("all/{name}"));
        let mut add = |id: &str, text: &str| {
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            assert!(texts.insert(id.to_owned(), text.chars().collect()).is_none(), "{id}");
        };
        let mut add_json =
            |article: &Value| add(article["id"].as_str().unwrap(), article["text"].as_str().unwrap());
        match extension {
            "jsonl" => json_lines(&text).iter().for_each(add_json),
            "json" => add_json(&serde_json::from_str(&text).unwrap()),
            "txt" | "md" => add(stem, &text),
            _ => {}
        }
    }
    texts
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Checks that `value` has these keys; more may come.
fn has(value: &Value, wanted: &[&str]) {
    let missing: Vec<&&str> = wanted.iter().filter(|key| !keys(value).contains(**key)).collect();
    assert!(missing.is_empty(), "{missing:?} in {value}");
}

fn stretch(text: &[char], place: &Value) -> String {
    let at = |key: &str| usize::try_from(place[key].as_u64().unwrap()).unwrap();
    assert!(at("start") < at("end"), "{place}");
    text[at("start")..at("end")].iter().collect()
}

#[test]
fn every_line_keeps_the_contract() {
    let desk = desk();
    desk.run(&["build", "all"]).succeeds();
    let triples = json_lines(&desk.read("output/triples.jsonl"));
    let entities = json_lines(&desk.read("output/entities.jsonl"));
    let texts = texts(&desk);

    let mut named = BTreeMap::new();
    for entity in &entities {
        has(entity, &["id", "name", "type", "aliases", "mentions", "articles"]);
        let id = entity["id"].as_str().unwrap();
        assert!(named.insert(id, entity).is_none(), "{id} twice");
        let (kind, slug) = id.split_once('/').unwrap();
        assert_eq!(kind, entity["type"].as_str().unwrap().to_lowercase());
        assert!(!slug.is_empty() && !id.contains(char::is_whitespace), "{id}");
        let articles = entity["articles"].as_array().unwrap();
        assert!(
            !articles.is_empty() && entity["mentions"].as_u64().unwrap() >= articles.len() as u64,
            "{entity}"
        );
    }

    let mut ids = BTreeSet::new();
    let (mut checked, mut pages) = (0, 0);
    for triple in &triples {
        let wanted = "id subject relation object fact when qualifiers confidence sources evidence";
        has(triple, &wanted.split(' ').collect::<Vec<_>>());
        assert!(ids.insert(triple["id"].as_str().unwrap()), "{triple}");
        for end in ["subject", "object"] {
            has(&triple[end], &["id", "name", "type"]);
            let entity = named.get(triple[end]["id"].as_str().unwrap()).unwrap();
            assert_eq!((&triple[end]["name"], &triple[end]["type"]), (&entity["name"], &entity["type"]));
        }
        assert_ne!(triple["subject"]["id"], triple["object"]["id"]);
        assert!(matches!(triple["fact"].as_str(), Some("actual" | "negated" | "possible")), "{triple}");
        let date = triple["when"]
            .as_str()
            .map(|date| date.bytes().map(|byte| byte.is_ascii_digit()).collect::<Vec<_>>());
        assert!(
            date.is_none_or(|date| matches!(date.len(), 4 | 7 | 10) && date[..4] == [true; 4]),
            "{triple}"
        );
        assert!((0.0..1.0).contains(&triple["confidence"].as_f64().unwrap()), "{triple}");

        let evidence = triple["evidence"].as_array().unwrap();
        assert!(!evidence.is_empty(), "{triple}");
        let articles: BTreeSet<&str> =
            evidence.iter().map(|found| found["article"].as_str().unwrap()).collect();
        assert_eq!(triple["sources"].as_u64().unwrap(), articles.len() as u64, "{triple}");
        for found in evidence {
            has(
                found,
                &"article sentence start end quote rule subject object attributedTo"
                    .split(' ')
                    .collect::<Vec<_>>(),
            );
            let rule = found["rule"].as_str().unwrap();
            assert!(rule.starts_with(&format!("{}#", triple["relation"].as_str().unwrap())), "{found}");
            let Some(text) = texts.get(found["article"].as_str().unwrap()) else {
                pages += 1;
                continue;
            };
            assert_eq!(stretch(text, found), found["quote"].as_str().unwrap());
            for end in ["subject", "object"] {
                let mention = &found[end];
                assert_eq!(stretch(text, mention), mention["text"].as_str().unwrap());
                let inside = found["start"].as_u64() <= mention["start"].as_u64()
                    && mention["end"].as_u64() <= found["end"].as_u64();
                assert!(inside, "{end} outside of its sentence: {found}");
            }
            checked += 1;
        }
    }
    assert!(checked > 50 && pages > 0, "{checked} places checked, {pages} in web pages");
    for id in ["emoji", "mark", "tabs", "é/1"] {
        assert!(
            desk.read("output/triples.jsonl").contains(&format!("\"article\":\"{id}\"")),
            "{id} gives nothing"
        );
    }
}
