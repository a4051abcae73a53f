//! Of a phrase only the alternatives are analysed that a sentence has: nothing may be lost by it.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "in a test, a panic is the report")]

use relata::article::{Article, Cleaner, parse_line};
use relata::example;
use relata::pipeline::Pipeline;
use relata::rule::RuleSet;

/// The sentences of all built-in examples, which try most of the patterns, and with `RELATA_ARTICLES` those of its articles.
fn articles(rules: &RuleSet) -> Vec<Article> {
    let examples = rules.rules.iter().flat_map(|rule| &rule.examples);
    let mut articles: Vec<Article> = examples.map(|example| example::article(&example.text)).collect();
    match std::env::var_os("RELATA_ARTICLES") {
        Some(path) => {
            let (cleaner, _) = Cleaner::new(rules.lexicon.cleaning());
            let text = std::fs::read_to_string(path).unwrap();
            articles.extend(text.lines().filter_map(|line| parse_line(line, &cleaner).ok()));
        }
        None => println!("without RELATA_ARTICLES only the examples of the rules are compared"),
    }
    articles
}

#[test]
fn part_of_a_phrase_finds_what_all_of_it_finds() {
    let (part, _) = Pipeline::new(RuleSet::built_in());
    let (whole, _) = Pipeline::new(RuleSet::built_in());
    let problems = whole.understand();
    assert!(problems.is_empty(), "{problems:?}");
    let articles = articles(&part.rules);
    assert!(articles.len() > 300, "only {} examples", articles.len());
    let mut found = 0;
    for article in &articles {
        let (few, all) = (part.read(article), whole.read(article));
        assert_eq!(few.matches, all.matches, "{}", article.text);
        found += few.matches.len();
    }
    assert!(found > articles.len() / 2, "only {found} matches");
}
