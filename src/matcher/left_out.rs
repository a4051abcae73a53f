//! Parts of a pattern that the model cannot read as a phrase → what a person is told of them.

use crate::diagnostic::Diagnostic;
use crate::rule::pattern::{Element, Pattern, Test};
use crate::rule::{RulePattern, RuleSet};
use crate::span::Span;

/// Why a pattern cannot be matched by syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoPhrase {
    /// It holds a regular expression, here in its text.
    Regex(Span),
    /// The model sees no link between the parts that are named.
    Apart(String, String),
    /// Nothing is left of it but slots.
    NoWord,
}

/// A part of a pattern that cannot be matched: an alternative, or a way to read its options.
#[derive(Debug)]
pub(super) struct LeftOut {
    pub(super) problem: NoPhrase,
    /// The pattern with this part.
    pub(super) text: String,
    /// The part, in bytes of the pattern's text.
    pub(super) span: Span,
}

/// What is left out of a pattern; an error where that is all of it.
pub(super) fn told(
    left_out: &[LeftOut],
    all: bool,
    file: usize,
    pattern: &RulePattern,
    rules: &RuleSet,
) -> Vec<Diagnostic> {
    let (name, source) = &rules.files[file];
    if all {
        let problem = left_out.first().map_or(&NoPhrase::NoWord, |part| &part.problem);
        let message = problem.message(&pattern.text);
        let span = match problem {
            NoPhrase::Regex(span) => pattern.inside(source, *span),
            NoPhrase::Apart(..) | NoPhrase::NoWord => pattern.span,
        };
        return vec![
            Diagnostic::error("no-phrase", message).file(name).at(source, span).help(problem.help()),
        ];
    }
    let mut told: Vec<Diagnostic> = Vec::new();
    for part in left_out {
        let message = format!("{}; the rest of the pattern counts", part.problem.message(&part.text));
        let span = pattern.inside(source, part.span);
        let one = Diagnostic::warning("no-phrase", message).file(name).at(source, span);
        if told.iter().all(|other| other.place != one.place) {
            told.push(one.help(part.problem.help()));
        }
    }
    told
}

impl NoPhrase {
    fn message(&self, text: &str) -> String {
        match self {
            NoPhrase::Regex(_) => "a regular expression is no part of a phrase".to_owned(),
            NoPhrase::Apart(one, other) => {
                format!("`{text}` cannot be read as a phrase: nothing links `{one}` with `{other}`")
            }
            NoPhrase::NoWord => format!("`{text}` says nothing once it is read as a phrase"),
        }
    }

    fn help(&self) -> &'static str {
        match self {
            NoPhrase::Regex(_) => "write the pattern under `surface`",
            NoPhrase::Apart(..) => {
                "write it as a newspaper would (`X spoke with Y`), or as a `surface` pattern"
            }
            NoPhrase::NoWord => "add the word that makes the relation, or write it as a `surface` pattern",
        }
    }
}

/// Where a regular expression stands in an element.
pub(super) fn regex(element: &Element) -> Option<Span> {
    let Element::Any(words) = element else { return None };
    words.iter().find(|word| matches!(word.test, Test::Regex(_))).map(|word| word.span)
}

/// A reading as a person would write it, with one alternative each.
pub(super) fn shown(elements: &[&Element], chosen: Option<(usize, usize)>) -> String {
    let element = |(at, element): (usize, &&Element)| match element {
        Element::Any(words) => {
            let choice = chosen.filter(|(of, _)| *of == at).map_or(0, |(_, choice)| choice);
            Element::Any(words.get(choice).into_iter().cloned().collect())
        }
        other => (*other).clone(),
    };
    Pattern { elements: elements.iter().enumerate().map(element).collect() }.to_string()
}

/// The options of a pattern that a reading leaves out; all of them where it leaves out none.
pub(super) fn options(all: &[Element], reading: &[&Element]) -> Span {
    let options: Vec<&Element> =
        all.iter().filter(|element| matches!(element, Element::Optional(_))).collect();
    let left_out = options.iter().filter(|option| match option {
        Element::Optional(inner) => {
            !inner.iter().any(|part| reading.iter().any(|other| std::ptr::eq(*other, part)))
        }
        _ => false,
    });
    let left_out: Vec<Span> = left_out.filter_map(|option| span(option)).collect();
    let all = options.iter().filter_map(|option| span(option));
    let cover = |spans: Vec<Span>| spans.into_iter().reduce(Span::cover);
    cover(left_out).or_else(|| cover(all.collect())).unwrap_or_default()
}

/// Where an element stands in its pattern's text; nothing for `*`.
fn span(element: &Element) -> Option<Span> {
    match element {
        Element::Slot(slot) => Some(slot.span),
        Element::Any(words) => words.iter().map(|word| word.span).reduce(Span::cover),
        Element::Optional(inner) => inner.iter().filter_map(span).reduce(Span::cover),
        Element::Gap => None,
    }
}
