//! Several builds → one: the same in any order and grouping, and what one build over all articles gives.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod common;

use common::Desk;
use proptest::prelude::*;
use relata::dataset::{
    ArticleRow, Dataset, EndRow, EntityRow, EvidenceRow, MentionRow, MergeError, TripleRow,
};
use relata::triple::Fact;
use std::collections::BTreeMap;
use std::fs;

const FILES: [&str; 7] = [
    "triples.jsonl",
    "entities.jsonl",
    "articles.jsonl",
    "build.json",
    "graph.dot",
    "graph.html",
    "graph.jsonld",
];

fn end(number: usize, name: usize) -> EndRow {
    let name = ["Ada Byron", "ADA BYRON", "Áda Byron"][name];
    EndRow { id: format!("person/{number}"), name: name.to_owned(), kind: "Person".to_owned(), subtype: None }
}

fn evidence(article: usize, sentence: u32, hundredths: u8, role: usize) -> EvidenceRow {
    let mention = MentionRow { start: 0, end: 3, text: "Ada".to_owned() };
    let roles = [None, Some("mayor"), Some("judge")];
    let qualifiers = roles[role].map(|role| ("role".to_owned(), role.to_owned()));
    EvidenceRow {
        article: format!("article-{article}"),
        sentence,
        start: 0,
        end: 9,
        quote: "Ada left.".to_owned(),
        rule: format!("metWith#{role}"),
        subject: mention.clone(),
        object: mention,
        attributed_to: (role == 1).then(|| end(0, 0)),
        confidence: f64::from(hundredths) / 100.0,
        qualifiers: qualifiers.into_iter().collect(),
    }
}

/// Any dataset of a small world: the same articles, entities and statements come again and again.
fn datasets() -> impl Strategy<Value = Dataset> {
    let article = (0_usize..5, prop::collection::btree_map(0_usize..3, 0_u32..4, 0..3), 0_usize..3);
    let entity = (0_usize..3, 0_usize..3);
    let row = (0_usize..5, 0_u32..2, 0_u8..=100, 0_usize..3);
    let triple = (0_usize..3, 0_usize..3, prop::collection::vec(row, 1..4));
    let rows = (
        prop::collection::vec(article, 0..4),
        prop::collection::vec(entity, 0..4),
        prop::collection::vec(triple, 0..4),
    );
    rows.prop_map(|(articles, entities, triples)| {
        let articles = articles.into_iter().map(|(number, mentions, size)| {
            let id = format!("article-{number}");
            let mentions = mentions.into_iter().map(|(entity, count)| (format!("person/{entity}"), count));
            let title = ["", "One", "Two"][size];
            let title = (size > 0).then(|| title.to_owned());
            // Two of the texts are the same.
            let signature = format!("{:04x}", number.min(3)).repeat(96);
            ArticleRow {
                id,
                mentions: mentions.collect(),
                title,
                sentences: size,
                signature,
                ..ArticleRow::default()
            }
        });
        let entities = entities.into_iter().map(|(number, name)| {
            let EndRow { id, name, kind, subtype } = end(number, name);
            EntityRow { id, name, kind, subtype, aliases: Vec::new(), mentions: 0, articles: Vec::new() }
        });
        let triples = triples.into_iter().map(|(subject, object, rows)| TripleRow {
            id: format!("{subject}{object}"),
            subject: end(subject, 0),
            relation: "metWith".to_owned(),
            object: end(object, 1),
            fact: Fact::Actual,
            when: None,
            qualifiers: BTreeMap::new(),
            confidence: 0.0,
            sources: 0,
            evidence: rows
                .into_iter()
                .map(|(article, at, sure, role)| evidence(article, at, sure, role))
                .collect(),
        });
        let (articles, entities, triples) = (articles.collect(), entities.collect(), triples.collect());
        Dataset { articles, entities, triples, ..Dataset::default() }
    })
}

fn merged(datasets: &[&Dataset]) -> Dataset {
    Dataset::merge(datasets.iter().map(|dataset| (*dataset).clone()).collect()).unwrap()
}

proptest! {
    #[test]
    fn the_order_and_the_grouping_make_no_difference(a in datasets(), b in datasets(), c in datasets()) {
        let all = merged(&[&a, &b, &c]);
        prop_assert_eq!(&merged(&[&c, &b, &a]), &all);
        prop_assert_eq!(&merged(&[&merged(&[&a, &b]), &c]), &all);
        prop_assert_eq!(&merged(&[&a, &merged(&[&b, &c])]), &all);
        prop_assert_eq!(&merged(&[&all, &a, &all]), &all);
    }
}

#[test]
fn one_id_for_two_texts_is_refused() {
    let row =
        |hash: &str| ArticleRow { id: "news".to_owned(), hash: hash.to_owned(), ..ArticleRow::default() };
    let dataset = |hash: &str| Dataset { articles: vec![row(hash)], ..Dataset::default() };
    let error = Dataset::merge(vec![dataset("a"), dataset("b")]).unwrap_err();
    assert_eq!(error, MergeError::DifferentTexts { id: "news".to_owned() });
}

/// An original and its copy come into different builds, an article into both; people and dates overlap.
#[test]
fn two_builds_give_what_one_gives() {
    let desk = Desk::new();
    let report = "Ada Byron, the mayor of Oslo, met Bob Poe of Acme Corporation in Bergen on Monday. \
                  The two signed an agreement with the city of Bergen after they had talked for three hours. \
                  Mary Roe, the president of Norway, praised Ada Byron for the agreement on Tuesday.";
    desk.write("all/a.txt", format!("2024-05-07\n\n{report}\n"));
    desk.write("all/b.txt", "2024-05-08\n\nMary Roe met Bob Poe in Oslo. Ada Byron criticised Mary Roe.\n");
    desk.write("all/c.txt", format!("2024-05-09\n\n{report}\n"));
    for name in ["a", "b"] {
        desk.write(&format!("one/{name}.txt"), desk.read(&format!("all/{name}.txt")));
    }
    for name in ["b", "c"] {
        desk.write(&format!("two/{name}.txt"), desk.read(&format!("all/{name}.txt")));
    }
    for folder in ["all", "one", "two"] {
        desk.run(&["build", folder, "--quiet", "--out", &format!("out-{folder}")]).ends(0, &[]);
    }
    desk.run(&["merge", "out-one", "out-two", "--out", "out"]).succeeds();
    desk.run(&["merge", "out-two", "out-one", "out-two", "--out", "again", "--quiet"]).succeeds();
    for name in FILES {
        let whole = desk.read(&format!("out-all/{name}"));
        assert!(whole.len() > 100);
        assert_eq!(desk.read(&format!("out/{name}")), whole, "{name}");
        assert_eq!(fs::read_to_string(desk.path(&format!("again/{name}"))).unwrap(), whole, "{name}");
    }
    assert!(desk.read("out/articles.jsonl").contains("\"copyOf\":\"a\""));
}

#[test]
fn what_is_no_build_stops_a_merge_before_anything_is_written() {
    let desk = Desk::new();
    desk.write("a.txt", "Ada Byron met Bob Poe.");
    desk.run(&["build", "a.txt", "--quiet", "--out", "a"]).succeeds();
    desk.write("a.txt", "Ada Byron met Bob Poe again.");
    desk.run(&["build", "a.txt", "--quiet", "--out", "b"]).succeeds();
    desk.run(&["merge", "a", "nowhere", "--out", "c"]).ends(1, &["there is no folder `nowhere`"]);
    desk.run(&["merge", "a", "b", "--out", "c"]).ends(1, &["different texts under the article id `a`"]);
    desk.write("a/triples.jsonl", "");
    desk.run(&["merge", "a", "--out", "c"]).ends(1, &["`build.json` counts other rows"]);
    assert!(!desk.path("c").exists());
}
