//! `relata explain`: what is seen in a sentence, and why.

use crate::cli::{Outcome, load, tell};
use clap::Args;
use relata::article::Article;
use relata::diagnostic::{Diagnostic, nearest};
use relata::example;
use relata::language::{Analyser, Predicted, Upos};
use relata::matcher::Match;
use relata::pipeline::{Pipeline, Reading};
use relata::rule::lexicon::Usage;
use std::io::{self, Write};
use std::path::PathBuf;

/// Show what is seen in a sentence: tokens, mentions, matches; and why a rule did not match
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Explain {
    /// The sentence
    #[arg(value_name = "TEXT")]
    text: String,
    /// Say how near this rule came, too
    #[arg(long, value_name = "NAME")]
    rule: Option<String>,
    /// Date of the article, as 2024-03-07, to resolve "on Monday"
    #[arg(long, value_name = "DATE")]
    date: Option<jiff::civil::Date>,
    /// Folder of rules, or a rule file, instead of the built-in rules; `built-in` adds those
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
}

/// Deeper words are no further to the right.
const MOST_INDENT: usize = 20;

const EXAMPLES: &str = "\
Examples:
  relata explain \"Ada Byron did not meet Bob Poe on Monday.\" --date 2024-03-07
  relata explain \"Ada Byron spoke for Bob Poe.\" --rule spokeWith";

impl Explain {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let Some((pipeline, _)) = load(&self.rules) else { return Ok(Outcome::InputAtFault) };
        let rule = self.rule.as_deref();
        if let Some(name) = rule.filter(|name| pipeline.rules.relation_id(name).is_none()) {
            let names = pipeline.rules.relations.iter().map(|relation| relation.name.as_str());
            let help = nearest(name, names).map(|near| format!("did you mean `{near}`?"));
            let help = help.unwrap_or_else(|| "`relata check` lists mistakes in rule files".to_owned());
            tell(&Diagnostic::error("unknown-rule", format!("there is no rule `{name}`")).help(help));
            return Ok(Outcome::InputAtFault);
        }
        let article = Article { date: self.date, ..example::article(&self.text) };
        let reading = pipeline.read(&article);
        let mut out = io::stdout().lock();
        print_tokens(&mut out, &article, &reading)?;
        if let Ok(analyser) = Analyser::built_in() {
            print_trees(&mut out, &article, &reading, &analyser.with_inflection(pipeline.language()))?;
        }
        print_links(&mut out, &article, &reading, &pipeline)?;
        print_mentions(&mut out, &article, &reading, &pipeline)?;
        print_matches(&mut out, &article, &reading, &pipeline)?;
        if let Some(name) = rule {
            print_nearest_miss(&mut out, &article, &reading, &pipeline, name)?;
        }
        Ok(Outcome::Done)
    }
}

fn print_tokens(out: &mut impl Write, article: &Article, reading: &Reading) -> io::Result<()> {
    for (number, sentence) in reading.sentences.iter().enumerate() {
        writeln!(out, "sentence {}", number + 1)?;
        let word = |token: &relata::language::Token| {
            let form = token.span.of(&article.text);
            if form == token.lemma { form.to_owned() } else { format!("{form}[{}]", token.lemma) }
        };
        let words: Vec<String> = sentence.tokens.iter().map(word).collect();
        writeln!(out, "  {}", words.join(" "))?;
    }
    Ok(())
}

/// The syntax of each sentence: a word stands under its head, with its relation to it.
fn print_trees(
    out: &mut impl Write,
    article: &Article,
    reading: &Reading,
    analyser: &Analyser,
) -> io::Result<()> {
    writeln!(out, "syntax")?;
    for sentence in &reading.sentences {
        let words: Vec<&str> = sentence.tokens.iter().map(|token| token.span.of(&article.text)).collect();
        let (predicted, _) = analyser.predict(&words);
        // Heads may be nested as deep as the sentence is long: a stack of our own, not the program's.
        let mut open: Vec<(usize, usize)> = children(&predicted, 0).map(|at| (at, 1)).collect();
        while let Some((at, depth)) = open.pop() {
            let word = &predicted[at];
            let tag = word.upos.map_or("_", Upos::name);
            let indent = "  ".repeat(depth.min(MOST_INDENT));
            writeln!(out, "{indent}{} {} {tag}", word.relation.name(), words[at])?;
            let below: Vec<(usize, usize)> =
                children(&predicted, at + 1).map(|child| (child, depth + 1)).collect();
            open.extend(below.into_iter().rev());
        }
    }
    Ok(())
}

/// What the rules see: who does what to whom, however the sentence puts it.
fn print_links(
    out: &mut impl Write,
    article: &Article,
    reading: &Reading,
    pipeline: &Pipeline,
) -> io::Result<()> {
    writeln!(out, "links")?;
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let Some(syntax) = pipeline.links(article, reading, number) else { continue };
        let form = |at: usize| sentence.tokens[at].span.of(&article.text);
        for at in 0..sentence.tokens.len() {
            let links = syntax.from(at).iter();
            let links: Vec<String> = links
                .map(|link| {
                    format!("{} {}{}", link.label, form(link.to), if link.derived { "*" } else { "" })
                })
                .collect();
            if !links.is_empty() {
                writeln!(out, "  {}: {}", form(at), links.join(", "))?;
            }
        }
    }
    Ok(())
}

/// The words whose head is number `head`, counted from 1; 0 for the root.
fn children(predicted: &[Predicted], head: usize) -> impl Iterator<Item = usize> + '_ {
    predicted.iter().enumerate().filter(move |(_, word)| word.head == head).map(|(at, _)| at)
}

fn print_mentions(
    out: &mut impl Write,
    article: &Article,
    reading: &Reading,
    pipeline: &Pipeline,
) -> io::Result<()> {
    writeln!(out, "mentions")?;
    let text = |sentence: usize, tokens: &std::ops::Range<usize>| {
        reading.sentences[sentence].span_of(tokens.clone()).of(&article.text).to_owned()
    };
    for (at, mention) in reading.mentions.names.iter().enumerate() {
        let kind = &pipeline.rules.vocabulary.entity_type(mention.kind).name;
        let entity = reading.names.of(&relata::matcher::Bound { mention: at, stands_for: None });
        let name = entity.map_or("", |entity| reading.names.name(entity));
        let usage = match mention.usage {
            Usage::Demonym => ", as adjective or people",
            Usage::Seat => ", by its seat",
            Usage::Pronoun | Usage::Description => ", referred to",
            Usage::Name | Usage::Acronym => "",
        };
        let located = if mention.located { ", as a place" } else { "" };
        let phrase = text(mention.sentence, &mention.phrase);
        writeln!(
            out,
            "  {:24} {kind}: {name}{usage}{located}; phrase “{phrase}”",
            text(mention.sentence, &mention.tokens)
        )?;
    }
    for time in &reading.mentions.times {
        let value = time.value.as_deref().unwrap_or("not fixed");
        writeln!(out, "  {:24} time: {value}", text(time.sentence, &time.tokens))?;
    }
    Ok(())
}

fn print_matches(
    out: &mut impl Write,
    article: &Article,
    reading: &Reading,
    pipeline: &Pipeline,
) -> io::Result<()> {
    writeln!(out, "triples")?;
    if reading.matches.is_empty() {
        writeln!(out, "  none")?;
    }
    for found in &reading.matches {
        let rule = &pipeline.rules.rules[found.rule];
        let name = &pipeline.rules.relation(rule.relation).name;
        let pattern = rule.pattern(found.pattern);
        for (subject, object) in &found.pairs {
            let shown = |bound| reading.names.of(bound).map_or("", |entity| reading.names.name(entity));
            writeln!(out, "  {} — {name} → {}  ({})", shown(subject), shown(object), particulars(found))?;
        }
        let words: Vec<&str> = found
            .words
            .iter()
            .map(|at| reading.sentences[found.sentence].tokens[*at].span.of(&article.text))
            .collect();
        let pattern = pattern.map_or("", |pattern| &pattern.text);
        for understood in pipeline.understood(found.rule, found.pattern) {
            writeln!(out, "    [{understood}]")?;
        }
        writeln!(out, "    by {name}#{}: {pattern}; its words: {}", found.pattern, words.join(" "))?;
    }
    Ok(())
}

fn particulars(found: &Match) -> String {
    let mut parts = vec![found.fact.name().to_owned()];
    parts.extend(found.when.clone());
    parts.extend(found.qualifiers.iter().map(|(name, value)| format!("{name}: {value}")));
    parts.join(", ")
}

fn print_nearest_miss(
    out: &mut impl Write,
    article: &Article,
    reading: &Reading,
    pipeline: &Pipeline,
    name: &str,
) -> io::Result<()> {
    let Some(relation) = pipeline.rules.relation_id(name) else { return Ok(()) };
    let matched = reading.matches.iter().any(|found| pipeline.rules.rules[found.rule].relation == relation);
    if matched {
        return writeln!(out, "`{name}` matched, see above");
    }
    let Some(miss) = pipeline.nearest_miss(article, reading, usize::from(relation.0)) else {
        return writeln!(out, "`{name}` is far from matching: no pattern finds its first word or name here");
    };
    let rule = &pipeline.rules.rules[usize::from(relation.0)];
    let pattern = rule.pattern(miss.pattern).map_or("", |pattern| &pattern.text);
    let tokens = &reading.sentences[miss.sentence].tokens;
    let held: Vec<&str> =
        tokens[miss.tokens.clone()].iter().map(|token| token.span.of(&article.text)).collect();
    let next =
        tokens.get(miss.tokens.end).map_or("the end of the sentence", |token| token.span.of(&article.text));
    writeln!(out, "`{name}` did not match; nearest is pattern {}: {pattern}", miss.pattern)?;
    writeln!(out, "  held:   {}", held.join(" "))?;
    if miss.wanted.is_empty() {
        let why = "a `not` pattern denies it, a pattern that says more took its place, or a name that follows belongs to it";
        return writeln!(out, "  all of it holds, but {why}");
    }
    writeln!(out, "  wanted: {}", miss.wanted)?;
    writeln!(out, "  found:  {next}")
}
