//! A rule's own examples → what is missing and what is noisy.

use crate::article::{Article, Block, BlockKind};
use crate::diagnostic::Diagnostic;
use crate::pipeline::Pipeline;
use crate::rule::file::{Example, Given};
use crate::rule::{Rule, RulePattern, RuleSet};
use crate::span::Span;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// How the examples of all rules came out.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many gave what they should.
    pub passed: usize,
    /// How many did not, as their rule says is known.
    pub todo: usize,
    /// How many did not.
    pub failed: usize,
    /// What is wrong, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The patterns that some example of their own rule is found by: index of the rule, and number.
    pub exercised: BTreeSet<(usize, u16)>,
}

/// Runs every example of every rule.
pub fn run(pipeline: &Pipeline) -> Outcome {
    let rules = &pipeline.rules;
    let examples: Vec<(&Rule, &Example)> = rules
        .rules
        .iter()
        .filter(|rule| !rule.broken)
        .flat_map(|rule| rule.examples.iter().map(move |example| (rule, example)))
        .collect();
    let compared: Vec<_> =
        examples.par_iter().map(|(rule, example)| compare(pipeline, rule, example)).collect();
    let mut outcome = Outcome::default();
    for ((rule, example), Compared { missing, noisy, exercised }) in examples.iter().zip(compared) {
        outcome.exercised.extend(exercised);
        let (file, source) = &rules.files[rule.file];
        let right = missing.is_empty() && noisy.is_empty();
        match (right, example.todo) {
            (true, false) => outcome.passed += 1,
            (false, true) => outcome.todo += 1,
            (true, true) => {
                outcome.passed += 1;
                let diagnostic = Diagnostic::warning(
                    "todo-passes",
                    "this example is marked `todo` and gives what it should",
                );
                outcome
                    .diagnostics
                    .push(diagnostic.file(file).at(source, example.span).help("take the mark away"));
            }
            (false, false) => {
                outcome.failed += 1;
                let name = &rules.relation(rule.relation).name;
                let diagnostic = Diagnostic::error("example", message(name, &missing, &noisy)).file(file);
                let help = format!("see why with `relata explain --rule {name} \"{}\"`", example.text);
                outcome.diagnostics.push(diagnostic.at(source, example.span).help(help));
            }
        }
    }
    outcome
}

/// An article of one paragraph, read as it stands.
pub fn article(text: &str) -> Article {
    let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), hidden: Vec::new() };
    Article { id: "example".to_owned(), text: text.to_owned(), blocks: vec![block], ..Article::default() }
}

/// The patterns that no example of their rule exercises, a note a relation. A rule without an example is
/// told elsewhere.
pub fn unexercised(rules: &RuleSet, outcome: &Outcome) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for (number, rule) in rules.rules.iter().enumerate() {
        let idle = |pattern: &&RulePattern| !outcome.exercised.contains(&(number, pattern.number));
        let idle: Vec<&RulePattern> = rule.all_patterns().filter(idle).collect();
        let gives = rule.examples.iter().any(|example| !example.gives.is_empty());
        let (Some(first), true, false) = (idle.first(), gives, rule.broken) else { continue };
        let (file, source) = &rules.files[rule.file];
        let name = &rules.relation(rule.relation).name;
        let shown: Vec<String> =
            idle.iter().map(|pattern| format!("{} `{}`", pattern.number, pattern.text)).collect();
        let more = match idle.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more, see `--verbose`"),
        };
        let which = match (idle.len(), rule.all_patterns().count()) {
            (_, 1) => "its pattern".to_owned(),
            (some, all) if some == all => format!("any of its {all} patterns"),
            (some, all) => format!("{some} of its {all} patterns"),
        };
        let listed = shown[..idle.len().min(SHOWN)].join(", ");
        let message = format!("no example of `{name}` tries {which}: {listed}{more}");
        notes.push(Diagnostic::note("unexercised", message).file(file).at(source, first.span));
    }
    notes
}

/// More patterns than these on one line nobody reads.
const SHOWN: usize = 3;

/// How an example came out.
struct Compared {
    /// What the example's rule should give and does not.
    missing: Vec<Given>,
    /// What it gives and should not.
    noisy: Vec<Given>,
    /// The patterns of the rule that found something, whether or not it stayed.
    exercised: Vec<(usize, u16)>,
}

fn compare(pipeline: &Pipeline, rule: &Rule, example: &Example) -> Compared {
    let symmetric = pipeline.rules.relation(rule.relation).symmetric;
    let ordered = |mut given: Given| {
        if symmetric && given.object < given.subject {
            std::mem::swap(&mut given.subject, &mut given.object);
        }
        given
    };
    let wanted: BTreeSet<Given> = example.gives.iter().cloned().map(ordered).collect();
    let article = article(&example.text);
    let reading = pipeline.read(&article);
    let own = |number: usize| pipeline.rules.rules[number].relation == rule.relation;
    let judged = pipeline.judged(&article, &reading);
    let exercised = judged.iter().filter(|judged| !judged.veto && own(judged.found.rule));
    let mut given = BTreeSet::new();
    for found in reading.matches.iter().filter(|found| own(found.rule)) {
        for (subject, object) in &found.pairs {
            let (Some(subject), Some(object)) = (reading.names.of(subject), reading.names.of(object)) else {
                continue;
            };
            let name = |at| reading.names.name(at).to_owned();
            let fact = found.fact.name().to_owned();
            if subject != object {
                given.insert(ordered(Given { subject: name(subject), object: name(object), fact }));
            }
        }
    }
    Compared {
        missing: wanted.difference(&given).cloned().collect(),
        noisy: given.difference(&wanted).cloned().collect(),
        exercised: exercised.map(|judged| (judged.found.rule, judged.found.pattern)).collect(),
    }
}

fn message(name: &str, missing: &[Given], noisy: &[Given]) -> String {
    let list = |given: &[Given]| -> Vec<String> {
        let one = |given: &Given| match given.fact.as_str() {
            "actual" => format!("{} | {}", given.subject, given.object),
            fact => format!("{} | {} | {fact}", given.subject, given.object),
        };
        given.iter().map(one).collect()
    };
    match (missing.is_empty(), noisy.is_empty()) {
        (false, true) => format!("`{name}` does not give {}", list(missing).join(", ")),
        (true, _) => format!("`{name}` gives {}, which it should not", list(noisy).join(", ")),
        (false, false) => {
            format!("`{name}` gives {} in place of {}", list(noisy).join(", "), list(missing).join(", "))
        }
    }
}
