//! Who is named as the source of a statement: reporting clauses, nouns and quotations.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

use relata::example;
use relata::pipeline::Pipeline;
use relata::rule::RuleSet;

/// A text and, for each triple of the relation `attacked` or `visited` in it, subject, object, fact and source.
const TEXTS: [(&str, &[&str]); 25] = [
    ("Rosa Lund said that Kenya had attacked Somalia.", &["Kenya > Somalia actual: Rosa Lund"]),
    (
        "Rosa Lund said that Kenya attacked Somalia and that Lena Holt visited Peru.",
        &["Kenya > Somalia actual: Rosa Lund", "Lena Holt > Peru actual: Rosa Lund"],
    ),
    ("Kenya attacked Somalia, Rosa Lund said.", &["Kenya > Somalia actual: Rosa Lund"]),
    ("According to Norda Bank, Kenya attacked Somalia.", &["Kenya > Somalia actual: Norda Bank"]),
    ("Kenya attacked Somalia, according to Rosa Lund.", &["Kenya > Somalia actual: Rosa Lund"]),
    ("Rosa Lund accused Kenya of attacking Somalia.", &["Kenya > Somalia actual: Rosa Lund"]),
    ("Kenya was accused by Rosa Lund of attacking Somalia.", &["Kenya > Somalia actual: Rosa Lund"]),
    ("Rosa Lund denied that Kenya had attacked Somalia.", &["Kenya > Somalia negated: Rosa Lund"]),
    (
        "Rosa Lund said Omar Diaz believed that Kenya attacked Somalia.",
        &["Kenya > Somalia possible: Omar Diaz"],
    ),
    ("Rosa Lund's claim that Kenya attacked Somalia was heard.", &["Kenya > Somalia actual: Rosa Lund"]),
    (
        "Rosa Lund visited Peru and said Kenya had attacked Somalia.",
        &["Rosa Lund > Peru actual: -", "Kenya > Somalia actual: Rosa Lund"],
    ),
    (
        "Rosa Lund came on Monday. She said Kenya had attacked Somalia.",
        &["Kenya > Somalia actual: Rosa Lund"],
    ),
    ("Beijing said that Kenya had attacked Somalia.", &["Kenya > Somalia actual: China"]),
    ("Officials said that Kenya had attacked Somalia.", &["Kenya > Somalia actual: -"]),
    ("Russian officials said that Kenya had attacked Somalia.", &["Kenya > Somalia actual: -"]),
    ("Kenya attacked Somalia.", &["Kenya > Somalia actual: -"]),
    ("Rosa Lund was in Oslo when Kenya attacked Somalia.", &["Kenya > Somalia actual: -"]),
    ("Rosa Lund said that Omar Diaz, who had visited Peru, was ill.", &["Omar Diaz > Peru actual: -"]),
    ("Rosa Lund told Omar Diaz that Kenya had attacked Somalia.", &["Kenya > Somalia actual: Rosa Lund"]),
    ("\"Kenya attacked Somalia,\" said Rosa Lund.", &["Kenya > Somalia actual: Rosa Lund"]),
    ("“Kenya attacked Somalia,” Rosa Lund told reporters in Oslo.", &["Kenya > Somalia actual: Rosa Lund"]),
    (
        "\"We were there,\" Rosa Lund said. \"Kenya attacked Somalia. It was night.\"",
        &["Kenya > Somalia actual: Rosa Lund"],
    ),
    (
        "Rosa Lund was calm: \"We are sad. Kenya attacked Somalia. It was night.\"",
        &["Kenya > Somalia actual: -"],
    ),
    (
        "Rosa Lund: \"We are sad. Kenya attacked Somalia. It was night.\"",
        &["Kenya > Somalia actual: Rosa Lund"],
    ),
    ("\"We are sad,\" Rosa Lund said. Kenya attacked Somalia a year ago.", &["Kenya > Somalia actual: -"]),
];

#[test]
fn who_says_so_is_named() {
    let (pipeline, _) = Pipeline::new(RuleSet::built_in());
    let mut wrong = Vec::new();
    for (text, wanted) in TEXTS {
        let graph = pipeline.build(vec![example::article(text)], || ()).graph;
        let mut given = Vec::new();
        for triple in graph.triples() {
            let said = triple.statement();
            let name = |entity| graph.entity(entity).name.as_str();
            if ["attacked", "visited"].contains(&pipeline.rules.relation(said.relation).name.as_str()) {
                let source = triple.evidence()[0].attributed_to.map_or("-", name);
                let (subject, object) = (name(said.subject), name(said.object));
                given.push(format!("{subject} > {object} {}: {source}", said.fact.name()));
            }
        }
        let mut wanted: Vec<String> = wanted.iter().map(ToString::to_string).collect();
        given.sort();
        wanted.sort();
        if given != wanted {
            wrong.push(format!("{text}\n    wanted {wanted:?}\n    given  {given:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn several_articles_may_have_different_sources() {
    let (pipeline, _) = Pipeline::new(RuleSet::built_in());
    let texts = [
        "Rosa Lund said Kenya attacked Somalia.",
        "Omar Diaz said Kenya attacked Somalia.",
        "Kenya attacked Somalia.",
    ];
    let graph = pipeline.build(texts.map(example::article).into(), || ()).graph;
    let triple = graph.triples().find(|triple| triple.evidence().len() == 3).unwrap();
    let sources: Vec<Option<&str>> = triple
        .evidence()
        .iter()
        .map(|evidence| evidence.attributed_to.map(|it| graph.entity(it).name.as_str()))
        .collect();
    assert_eq!(sources, [Some("Rosa Lund"), Some("Omar Diaz"), None]);
}
