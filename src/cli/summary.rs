//! What a build did, in a few lines.

use relata::article::BlockKind;
use relata::pipeline::Built;
use relata::rule::RuleSet;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

/// Prints articles, sentences, entities and triples by relation, what was skipped, and what was written.
pub(crate) fn print(built: &Built, rules: &RuleSet, skipped: &[&str], files: &[PathBuf]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let graph = &built.graph;
    let noise = graph
        .articles()
        .iter()
        .flat_map(|article| &article.blocks)
        .filter(|block| block.kind == BlockKind::Noise);
    writeln!(out, "articles   {}", graph.articles().len())?;
    writeln!(
        out,
        "sentences  {} of {} tokens; {} blocks of noise left out",
        built.amounts.iter().map(|amount| amount.sentences).sum::<usize>(),
        built.amounts.iter().map(|amount| amount.tokens).sum::<usize>(),
        noise.count()
    )?;
    writeln!(out, "entities   {}", graph.entities().len())?;
    let mut facts = BTreeMap::<&str, usize>::new();
    let mut relations = BTreeMap::<&str, usize>::new();
    for triple in graph.triples() {
        *facts.entry(triple.statement().fact.name()).or_default() += 1;
        *relations.entry(&rules.relation(triple.statement().relation).name).or_default() += 1;
    }
    let facts: Vec<String> = facts.iter().map(|(fact, count)| format!("{count} {fact}")).collect();
    writeln!(out, "triples    {}: {}", graph.triples().len(), facts.join(", "))?;
    let width = relations.keys().map(|name| name.len()).max().unwrap_or(0);
    let mut relations: Vec<(&str, usize)> = relations.into_iter().collect();
    relations.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    for (name, count) in relations {
        writeln!(out, "           {name:width$}  {count}")?;
    }
    if !skipped.is_empty() {
        let mut reasons = BTreeMap::<&str, usize>::new();
        skipped.iter().for_each(|code| *reasons.entry(code).or_default() += 1);
        let reasons: Vec<String> = reasons.iter().map(|(code, count)| format!("{count} {code}")).collect();
        writeln!(out, "at fault   {} (told above)", reasons.join(", "))?;
    }
    for (at, file) in files.iter().enumerate() {
        writeln!(out, "{}{}", if at == 0 { "written    " } else { "           " }, file.display())?;
    }
    out.flush()
}
