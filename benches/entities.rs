//! Does the work of telling who is who grow with the number of articles, or with its square?
//! `cargo bench --bench entities`
//!
//! The articles of `seeds/`, or those that `RELATA_ARTICLES` names, are read once, ten times and a hundred
//! times, each time with other names: every word that is in no lexicon and has a capital gets another ending
//! in each copy. Told are the times of the entity stage across articles and of finding copies, by themselves.

#![allow(clippy::unwrap_used, reason = "in a benchmark, a panic is the report")]
#![allow(clippy::print_stdout, reason = "its output is the report")]
#![allow(clippy::disallowed_methods, reason = "a benchmark looks at the clock")]

use rayon::prelude::*;
use relata::article::{self, Article, Block, BlockKind, Cleaner};
use relata::entity::{LocalNames, Resolver};
use relata::pipeline::Pipeline;
use relata::rule::RuleSet;
use relata::span::Span;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The best of so many runs counts.
const RUNS: usize = 3;

fn main() {
    let rules = RuleSet::built_in();
    let cleaner = Cleaner::new(rules.lexicon.cleaning()).0;
    let seeds = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds"));
    let given = std::env::var_os("RELATA_ARTICLES").map_or(seeds, PathBuf::from);
    let (articles, _) = article::read(&[given], &cleaner);
    let (pipeline, _) = Pipeline::new(rules);
    let resolver = Resolver::new(&pipeline.rules, pipeline.language());
    let start = Instant::now();
    let names: Vec<LocalNames> = articles.par_iter().map(|article| pipeline.read(article).names).collect();
    println!("{} articles; reading them takes {:.2?}; best of {RUNS} runs", articles.len(), start.elapsed());
    drop(names);
    println!(
        "{:>6} {:>9} {:>9} {:>10} {:>9} {:>12}",
        "times", "articles", "entities", "merging", "copies", "an article"
    );
    let mut rows: BTreeMap<usize, Duration> = BTreeMap::new();
    for times in [1, 10, 100] {
        let copies: Vec<Article> =
            (0..times).flat_map(|copy| articles.iter().map(move |article| renamed(article, copy))).collect();
        let names: Vec<LocalNames> = copies.par_iter().map(|article| pipeline.read(article).names).collect();
        let all: Vec<(&str, &LocalNames)> =
            copies.iter().map(|article| article.id.as_str()).zip(&names).collect();
        let (merging, entities) = best(|| resolver.merge(&pipeline.rules, &all).entities.len());
        let (copying, _) = best(|| article::copies(&copies).groups().len());
        println!(
            "{times:>6} {:>9} {entities:>9} {merging:>10.2?} {copying:>9.2?} {:>12.2?}",
            copies.len(),
            merging / u32::try_from(copies.len()).unwrap()
        );
        rows.insert(times, merging);
    }
    let ratio = rows[&100].as_secs_f64() / rows[&10].as_secs_f64();
    println!("merging 100 times as many articles takes {ratio:.1} times as long as 10 times as many");
}

/// An article with other names: in copy 1 "Byron" is "Byronka".
fn renamed(article: &Article, copy: usize) -> Article {
    const SYLLABLES: [&str; 10] = ["ka", "lo", "mi", "ru", "te", "va", "no", "si", "du", "pe"];
    let ending = || format!("{}{}", SYLLABLES[copy / 10 % 10], SYLLABLES[copy % 10]);
    let mut text = String::with_capacity(article.text.len() * 2);
    for part in article.text.split_inclusive(|letter: char| !letter.is_alphanumeric()) {
        let word = part.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        text.push_str(word);
        if copy > 0
            && word.len() > 3
            && word.starts_with(char::is_uppercase)
            && !word.ends_with(char::is_uppercase)
        {
            text.push_str(&ending());
        }
        text.push_str(&part[word.len()..]);
    }
    // One paragraph a line: where the blocks of the old text ended is not where those of the new one do.
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.trim_end().len());
        blocks.extend((!span.is_empty()).then(|| Block {
            kind: BlockKind::Paragraph,
            span,
            hidden: Vec::new(),
        }));
        start += line.len();
    }
    Article { id: format!("{}-{copy}", article.id), text, blocks, ..article.clone() }
}

fn best<T>(run: impl Fn() -> T) -> (Duration, T) {
    let mut fastest = None;
    for _ in 0..RUNS {
        let start = Instant::now();
        let result = run();
        let time = start.elapsed();
        if fastest.as_ref().is_none_or(|(best, _)| time < *best) {
            fastest = Some((time, result));
        }
    }
    fastest.unwrap()
}
