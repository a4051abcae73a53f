//! Do a thousand rules cost more than ten? `cargo bench --bench rules`
//!
//! Rules are made of every verb that the lexicon lists, with types and patterns as real rules have them; the
//! articles are those of `seeds/`, several times over. Told are the start-up, the whole way from articles to
//! graph, and what of it goes into analysing sentences and into matching rules. The bar: matching a thousand
//! rules costs at most twice what matching ten costs. `RELATA_ARTICLES` names other articles.

#![allow(clippy::unwrap_used, reason = "in a benchmark, a panic is the report")]
#![allow(clippy::print_stdout, reason = "its output is the report")]
#![allow(clippy::disallowed_methods, reason = "a benchmark looks at the clock")]

use relata::article::{self, Article, Cleaner};
use relata::language::{Analyses, Language, Sentence};
use relata::matcher::Matcher;
use relata::mention::{MentionFinder, Mentions};
use relata::pipeline::Pipeline;
use relata::rule::RuleSet;
use relata::rule::lexicon::Lexicon;
use relata::syntax::Syntax;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the articles are read.
const TIMES: usize = 20;
/// The best of so many runs counts: everything else is the machine's.
const RUNS: usize = 5;

fn main() {
    let built_in = RuleSet::built_in();
    let cleaner = Cleaner::new(built_in.lexicon.cleaning()).0;
    let seeds = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds"));
    let given = std::env::var_os("RELATA_ARTICLES").map(PathBuf::from);
    let times = if given.is_some() { 1 } else { TIMES };
    let (seeds, _) = article::read(&[given.unwrap_or(seeds)], &cleaner);
    let articles: Vec<Article> = (0..times).flat_map(|_| seeds.clone()).collect();
    let words: usize = articles.iter().map(|article| article.text.split_whitespace().count()).sum();
    println!(
        "{} articles, {words} words; best of {RUNS} runs; analysis and matching on one thread",
        articles.len()
    );
    println!(
        "{:>6} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}  sentences analysed",
        "rules", "patterns", "start-up", "whole", "analysis", "matching", "triples"
    );
    let verbs = verbs(&built_in.lexicon, &Language::new(&built_in.lexicon), &seeds);
    let rows: Vec<Row> =
        [10, 100, 1000].into_iter().map(|count| Row::measure(count, &verbs, &articles)).collect();
    let ratio = |time: fn(&Row) -> Duration| time(&rows[2]).as_secs_f64() / time(&rows[0]).as_secs_f64();
    let (whole, matching) = (ratio(|row| row.whole), ratio(|row| row.matching));
    println!("1000 rules take {whole:.2} times as long as 10, matching alone {matching:.2} times");
}

struct Row {
    whole: Duration,
    matching: Duration,
}

impl Row {
    fn measure(count: usize, verbs: &[String], articles: &[Article]) -> Self {
        let text = rules(count, verbs);
        let (rules, faults) = RuleSet::load_with(&[], Path::new("bench.toml"), &text);
        assert!(faults.iter().all(|fault| !fault.is_error()), "{}", faults[0].render(false));
        let patterns: usize = rules.rules.iter().map(|rule| rule.all_patterns().count()).sum();
        let language = Arc::new(Language::new(&rules.lexicon));
        let finder = MentionFinder::new(&rules, &language);
        let start = Instant::now();
        let matcher = Matcher::new(&rules, Arc::clone(&language));
        matcher.understand(&rules);
        let start_up = start.elapsed();
        let read: Vec<(&Article, Vec<Sentence>, Mentions)> = articles
            .iter()
            .map(|article| {
                let sentences = language.sentences(article);
                let analyses = Analyses::new(matcher.analyser(), &sentences, &article.text);
                let mentions = finder.find(&rules, article, &sentences, &analyses);
                drop(analyses);
                (article, sentences, mentions)
            })
            .collect();
        // Links take far longer to find than to match, so they are found beforehand, and once.
        let mut linked: Vec<Vec<Option<Syntax>>> = Vec::new();
        let start = Instant::now();
        for (article, sentences, mentions) in &read {
            let links = |at| {
                let wanted = matcher.wants_links(&rules, &article.text, sentences, mentions, at);
                wanted.then(|| matcher.links(&rules, &article.text, sentences, mentions, at)).flatten()
            };
            linked.push((0..sentences.len()).map(links).collect());
        }
        let analysis = start.elapsed();
        let analysed = linked.iter().flatten().flatten().count();
        let matching = best(|| {
            for ((article, sentences, mentions), links) in read.iter().zip(&linked) {
                matcher.find_linked(&rules, &article.text, sentences, mentions, links);
            }
        });
        let all: usize = read.iter().map(|(_, sentences, _)| sentences.len()).sum();
        let (pipeline, _) = Pipeline::new(rules);
        let mut triples = 0;
        let whole = best(|| triples = pipeline.build(articles.to_vec(), || ()).graph.triples().count());
        let [start_up, whole_shown, analysis, shown] =
            [start_up, whole, analysis, matching].map(|time| format!("{:.1} ms", time.as_secs_f64() * 1e3));
        let share = 100 * analysed / all;
        println!(
            "{count:>6} {patterns:>9} {start_up:>9} {whole_shown:>9} {analysis:>9} {shown:>9} {triples:>9}  {analysed} of {all} ({share} %)"
        );
        Self { whole, matching }
    }
}

fn best(mut work: impl FnMut()) -> Duration {
    let mut run = || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..RUNS).map(|_| run()).min().unwrap_or_default()
}

/// The past forms of the verbs that the lexicon lists, first those that the articles use most: a person who
/// writes ten rules writes those.
fn verbs(lexicon: &Lexicon, language: &Language, articles: &[Article]) -> Vec<String> {
    let listed = ["e_final", "double"].into_iter().flat_map(|list| lexicon.words(list));
    let irregular =
        lexicon.irregular.iter().filter(|(_, forms)| !forms.iter().any(|form| form.ends_with('s')));
    let mut verbs: Vec<&String> = listed.chain(irregular.map(|(base, _)| base)).collect();
    verbs.sort();
    verbs.dedup();
    let small = |verb: &String| ["auxiliary", "modal"].iter().any(|list| lexicon.words(list).contains(verb));
    verbs.retain(|verb| verb.chars().all(|letter| letter.is_ascii_lowercase()) && !small(verb));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for sentence in articles.iter().flat_map(|article| language.sentences(article)) {
        for token in sentence.tokens {
            *counts.entry(token.lemma).or_default() += 1;
        }
    }
    verbs.sort_by_key(|verb| Reverse(counts.get(*verb).copied().unwrap_or(0)));
    verbs.into_iter().map(|verb| language.past(verb, lexicon)).collect()
}

/// So many rules, as a person would write them.
fn rules(count: usize, verbs: &[String]) -> String {
    const TYPES: [(&str, &str); 6] = [
        ("Person", "Person"),
        ("Actor", "Organisation"),
        ("Actor", "Actor"),
        ("Person|Organisation", "Place|Country"),
        ("Country", "Country"),
        ("Organisation", "Company|Party"),
    ];
    let mut text = String::new();
    for at in 0..count {
        let verb = &verbs[at];
        let (subject, object) = TYPES[at % TYPES.len()];
        let _ = writeln!(
            text,
            "[r{at}]\nabout = \"\"\nsubject = \"{subject}\"\nobject = \"{object}\"\n\
             patterns = [\"X {verb} Y\", \"X {verb} Y's plan|decision|offer\", \"X {verb} (*) with|against|over Y\"]"
        );
    }
    text
}
