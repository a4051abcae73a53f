//! Articles → their triples with every mention of both ends, for data sets that count spans.
//!
//! ```sh
//! cargo run --release --example mentions < articles.jsonl > found.jsonl
//! python3 tests/spans/convert.py dwie < found.jsonl > predictions.jsonl
//! ```
//!
//! In: one article a line, as `relata extract` reads it. Out: one line for each, `{"id", "text", "triples": […]}`. Each end of
//! a triple has `text`, `start` and `end` (code points) of the evidence, its `type`, and `mentions`: all words of the article that
//! mean the same, each with its `sentence` and `usage` (a name, a people's name, a pronoun …).

use anyhow::{Context, bail};
use relata::article::{Cleaner, parse_line};
use relata::matcher::{Bound, Fact};
use relata::pipeline::{Pipeline, Reading};
use relata::rule::RuleSet;
use relata::span::Span;
use relata::triple::Evidence;
use serde_json::{Value, json};
use std::io::{BufRead, Write};
use std::path::PathBuf;

fn main() -> anyhow::Result<()> {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let (rules, _) =
        if folders.is_empty() { (RuleSet::built_in(), Vec::new()) } else { RuleSet::load(&folders) };
    let (cleaner, _) = Cleaner::new(rules.lexicon.cleaning());
    let (pipeline, _) = Pipeline::new(rules);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let Ok(article) = parse_line(&line.context("standard input")?, &cleaner) else {
            bail!("no article in a line")
        };
        let (id, text) = (article.id.clone(), article.text.clone());
        let reading = pipeline.read(&article);
        let built = pipeline.build(vec![article], || ());
        let triples = built.graph.triples().filter(|triple| triple.statement().fact == Fact::Actual);
        let triples: Vec<Value> = triples
            .flat_map(|triple| triple.evidence().iter().map(move |evidence| (triple, evidence)))
            .map(|(triple, evidence)| {
                let relation = pipeline.rules.relation(triple.statement().relation);
                let end = |entity, span| {
                    let entity = built.graph.entity(entity);
                    let vocabulary = &pipeline.rules.vocabulary;
                    let mut end = end(&reading, &text, evidence, &entity.name, span);
                    end["type"] = json!(vocabulary.entity_type(vocabulary.base(entity.kind)).name);
                    end
                };
                json!({
                    "relation": relation.name, "symmetric": relation.symmetric, "qualifiers": triple.qualifiers(),
                    "rule": evidence.rule, "quote": evidence.span.of(&text), "sentence": evidence.sentence,
                    "subject": end(triple.statement().subject, evidence.subject),
                    "object": end(triple.statement().object, evidence.object),
                })
            })
            .collect();
        writeln!(out, "{}", json!({"id": id, "text": text, "triples": triples}))?;
    }
    Ok(out.flush()?)
}

/// One end of a triple, with all that means the same in the article.
fn end(reading: &Reading, text: &str, evidence: &Evidence, name: &str, own: Span) -> Value {
    let all = &reading.mentions;
    let count = all.names.len() + all.inner.len();
    let of = |mention| reading.names.of(&Bound { mention, stands_for: None });
    let here =
        |at: &usize| all.mention(*at).sentence == evidence.sentence as usize && span(reading, *at) == own;
    let bound: Vec<usize> = (0..count).filter(here).collect();
    // "they" has as many mentions as it stands for names.
    let called =
        bound.iter().copied().find(|at| of(*at).is_some_and(|entity| reading.names.name(entity) == name));
    let entity = called.or(bound.first().copied()).and_then(of);
    let same = (0..count).filter(|at| entity.is_some() && of(*at) == entity);
    let mentions: Vec<Value> = same
        .map(|at| {
            let mut mention = place(text, span(reading, at));
            mention["sentence"] = json!(all.mention(at).sentence);
            mention["usage"] = json!(format!("{:?}", all.mention(at).usage).to_lowercase());
            mention
        })
        .collect();
    let mut end = place(text, own);
    end["mentions"] = json!(mentions);
    end
}

/// The bytes of a mention's words.
fn span(reading: &Reading, mention: usize) -> Span {
    let mention = reading.mentions.mention(mention);
    let tokens = &reading.sentences[mention.sentence].tokens[mention.tokens.clone()];
    let empty = Span::default();
    let (first, last) =
        (tokens.first().map_or(empty, |token| token.span), tokens.last().map_or(empty, |token| token.span));
    Span { start: first.start, end: last.end }
}

/// Text and code points of a span.
fn place(text: &str, span: Span) -> Value {
    let points = |byte: u32| text.get(..byte as usize).map_or(0, |before| before.chars().count());
    json!({"text": span.of(text), "start": points(span.start), "end": points(span.end)})
}
