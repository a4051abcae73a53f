//! `relata explain`: what is seen in a sentence, and why.

use crate::cli::explanation::{Asked, Explained, Explanation, Matched, Seen, Word};
use crate::cli::{Outcome, tell, tell_all};
use clap::Args;
use relata::article::Article;
use relata::diagnostic::{Diagnostic, nearest};
use relata::example;
use relata::pipeline::Pipeline;
use relata::rule::RuleSet;
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
    /// Write everything as one JSON object
    #[arg(long)]
    json: bool,
}

/// Deeper words are no further to the right.
const MOST_INDENT: usize = 60;
/// More words than these tell nobody what a rule looks for.
const MOST_WORDS: usize = 12;

const EXAMPLES: &str = "\
Examples:
  relata explain \"Ada Byron did not meet Bob Poe on Monday.\" --date 2024-03-07
  relata explain \"Ada Byron spoke for Bob Poe.\" --rule spokeWith
  relata explain \"Ada Byron met Bob Poe.\" --json | jq .matches";

impl Explain {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let (rules, mut diagnostics) = RuleSet::load(&self.rules);
        let (pipeline, of_patterns) = Pipeline::new(rules);
        diagnostics.extend(of_patterns);
        // What is doubtful of other rules says nothing of this sentence; `relata check` tells it.
        diagnostics.retain(Diagnostic::is_error);
        if tell_all(diagnostics) {
            return Ok(Outcome::InputAtFault);
        }
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
        let all = Explained { article: &article, reading: &reading, pipeline: &pipeline }.all(rule);
        let mut out = io::BufWriter::new(io::stdout().lock());
        if self.json {
            writeln!(out, "{}", serde_json::to_string(&all)?)?;
        } else {
            print(&mut out, &all)?;
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}

fn print(out: &mut impl Write, all: &Explanation) -> io::Result<()> {
    for (number, sentence) in all.sentences.iter().enumerate() {
        writeln!(out, "sentence {}", number + 1)?;
        let word = |word: &Word| match word.text == word.lemma {
            true => word.text.clone(),
            false => format!("{}[{}]", word.text, word.lemma),
        };
        let words: Vec<String> = sentence.tokens.iter().map(word).collect();
        writeln!(out, "  {}", words.join(" "))?;
    }
    if all.sentences.iter().any(|sentence| sentence.tokens.iter().any(|word| word.relation.is_some())) {
        writeln!(out, "tree")?;
        all.sentences.iter().try_for_each(|sentence| print_tree(out, sentence))?;
        writeln!(out, "links (~ follows from the others)")?;
        for link in all.sentences.iter().flat_map(|sentence| &sentence.links) {
            writeln!(out, "  {}{}", link.words, if link.derived { " ~" } else { "" })?;
        }
    }
    print_names(out, all)?;
    writeln!(out, "triples")?;
    let (lost, kept): (Vec<_>, Vec<_>) = all.matches.iter().partition(|found| found.lost.is_some());
    if kept.is_empty() {
        writeln!(out, "  none")?;
    }
    kept.iter().try_for_each(|found| print_match(out, found))?;
    if !lost.is_empty() {
        writeln!(out, "found and left out")?;
        lost.iter().try_for_each(|found| print_match(out, found))?;
    }
    all.rule.iter().try_for_each(|asked| print_asked(out, asked))
}

/// The syntax of a sentence: a word stands under the word that it hangs on.
fn print_tree(out: &mut impl Write, sentence: &Seen) -> io::Result<()> {
    let words = &sentence.tokens;
    let below = |head: Option<usize>| -> Vec<usize> {
        (0..words.len()).filter(|at| words[*at].head == head && words[*at].relation.is_some()).collect()
    };
    // Heads may be nested as deep as the sentence is long: a stack of our own, not the program's.
    let mut open: Vec<(usize, String, &str)> =
        below(None).into_iter().map(|at| (at, "  ".to_owned(), "")).collect();
    while let Some((at, indent, branch)) = open.pop() {
        let word = &words[at];
        let relation = word.relation.unwrap_or_default();
        writeln!(out, "{indent}{branch}{}  {relation} {}", word.text, word.upos.unwrap_or("_"))?;
        let deeper = match branch {
            "" => "",
            "├─ " => "│  ",
            _ => "   ",
        };
        let mut indent = indent;
        if indent.chars().count() < MOST_INDENT {
            indent.push_str(deeper);
        }
        let children = below(Some(at));
        for (number, child) in children.iter().enumerate().rev() {
            let branch = if number + 1 == children.len() { "└─ " } else { "├─ " };
            open.push((*child, indent.clone(), branch));
        }
    }
    Ok(())
}

fn print_names(out: &mut impl Write, all: &Explanation) -> io::Result<()> {
    writeln!(out, "mentions")?;
    for named in &all.mentions {
        let usage = match named.usage {
            "people" => ", as adjective or people",
            "seat" => ", by its seat",
            "pronoun" | "description" => ", referred to",
            _ => "",
        };
        let place = if named.place { ", as a place" } else { "" };
        let (text, kind, name, phrase) = (&named.text, &named.kind, &named.name, &named.phrase);
        writeln!(out, "  {text:24} {kind}: {name}{usage}{place}; phrase “{phrase}”")?;
    }
    for time in &all.times {
        writeln!(out, "  {:24} time: {}", time.text, time.value.as_deref().unwrap_or("not fixed"))?;
    }
    Ok(())
}

fn print_match(out: &mut impl Write, found: &Matched) -> io::Result<()> {
    let mut parts = vec![found.fact.to_owned()];
    if !found.because.is_empty() {
        let because: Vec<String> = found.because.iter().map(|word| format!("“{word}”")).collect();
        parts[0].push_str(&format!(" because of {}", because.join(", ")));
    }
    parts.extend(found.when.clone());
    parts.extend(found.attributed_to.iter().map(|source| format!("says {source}")));
    parts.extend(found.qualifiers.iter().map(|(name, value)| format!("{name}: {value}")));
    let (subject, relation, object) = (&found.subject, &found.relation, &found.object);
    writeln!(out, "  {subject} — {relation} → {object}  ({})", parts.join(", "))?;
    let pattern = &found.pattern;
    writeln!(
        out,
        "    by {relation}#{}: {}; its words: {}",
        pattern.number,
        pattern.text,
        found.words.join(" ")
    )?;
    if !pattern.understood.is_empty() {
        writeln!(out, "    understood as {}", pattern.understood)?;
    }
    if subject == object {
        writeln!(out, "    no triple: both are {subject}")?;
    }
    let Some(winner) = &found.lost else { return Ok(()) };
    match winner.denied {
        true => writeln!(out, "    the `not` pattern {} denies it: {}", winner.number, winner.text),
        false => writeln!(
            out,
            "    {}#{} says more of the same names: {}",
            winner.relation, winner.number, winner.text
        ),
    }
}

fn print_asked(out: &mut impl Write, asked: &Asked) -> io::Result<()> {
    let name = &asked.name;
    let words = || {
        let mut words: Vec<&str> = asked.words.iter().map(String::as_str).take(MOST_WORDS).collect();
        words.extend((asked.words.len() > MOST_WORDS).then_some("…"));
        words.join(", ")
    };
    match (asked.outcome, &asked.pattern, &asked.miss) {
        ("matched", ..) => writeln!(out, "`{name}` matched, see above"),
        ("lost", ..) => writeln!(out, "`{name}` gives nothing: what it found was left out, see above"),
        ("names", ..) => writeln!(
            out,
            "`{name}` is far from matching: a relation needs two names in one sentence, see `mentions`"
        ),
        (_, Some(pattern), Some(miss)) => {
            writeln!(out, "`{name}` did not match; nearest is pattern {}: {}", miss.pattern, pattern.text)?;
            if !pattern.understood.is_empty() {
                writeln!(out, "  understood as {}", pattern.understood)?;
            }
            writeln!(out, "  held:   {}", miss.held.join("; "))?;
            if miss.wanted.is_empty() {
                return writeln!(out, "  all of it holds, but a name that follows belongs to it");
            }
            writeln!(out, "  wanted: {}", miss.wanted)?;
            writeln!(out, "  found:  {}", miss.found)?;
            miss.remedy.iter().try_for_each(|remedy| writeln!(out, "  {remedy}"))?;
            asked.denied.iter().try_for_each(|not| {
                writeln!(out, "  but its `not` pattern {} says that this is none: {}", not.number, not.text)
            })
        }
        _ => writeln!(out, "`{name}` is far from matching: it looks for {}", words()),
    }
}
