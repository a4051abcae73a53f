//! Written rules → checked rules: does every name that a rule uses exist, and can its patterns match?

use crate::diagnostic::{Diagnostic, nearest};
use crate::rule::doubt;
use crate::rule::file::Written;
use crate::rule::lexicon::Lexicon;
use crate::rule::pattern::{Element, Filler, Pattern, Slot, Test, Word};
use crate::rule::table::{Located, Report};
use crate::rule::vocabulary::{TypeId, Vocabulary};
use crate::rule::{Lists, Rule, RulePattern};
use crate::span::Span;

/// Options double the ways to read a pattern; 2⁶ of them are enough for any phrase.
const MOST_OPTIONS: usize = 6;

/// What a rule may name.
pub(crate) struct Names<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) lists: &'a Lists,
    pub(crate) relations: &'a [String],
}

/// Checks one rule; what is wrong with it is reported, what is right of it is kept.
pub(crate) fn rule(written: &Written, rule: &mut Rule, names: &Names, report: &mut Report) {
    for (text, span) in [&written.iri].into_iter().flatten().map(|iri| (&iri.text, iri.span)) {
        check_iri(text, span, names, report);
    }
    if let Some(parent) = &written.parent
        && !names.relations.contains(&parent.text)
    {
        let help = suggestion(&parent.text, names.relations.iter().map(String::as_str));
        report.error(
            "unknown-relation",
            parent.span,
            format!("there is no relation `{}`", parent.text),
            help,
        );
    }
    names.vocabulary.crosswalk.check(written, report);
    check_examples(written, report);
    doubt::relation(written, report);
    rule.patterns = checked(&written.patterns, 1, Part::Phrase, names, report);
    let first = written.patterns.len() + 1;
    rule.surface = checked(&written.surface, first, Part::Sequence, names, report);
    let first = first + written.surface.len();
    rule.inside = checked(&written.inside, first, Part::Inside, names, report);
    rule.home = checked(&written.home, first + written.inside.len(), Part::Home, names, report);
    rule.not = checked(&written.not, 1, Part::Phrase, names, report);
}

/// The types that `Person|Country` names.
pub(crate) fn types(text: Option<&Located>, names: &Names, report: &mut Report) -> Vec<TypeId> {
    let Some(text) = text else { return Vec::new() };
    let parts = text.text.split('|').map(str::trim);
    parts.filter_map(|name| type_id(name, text.span, names, report)).collect()
}

fn type_id(name: &str, span: Span, names: &Names, report: &mut Report) -> Option<TypeId> {
    let id = names.vocabulary.type_id(name);
    if id.is_none() {
        let help = suggestion(name, names.vocabulary.type_names());
        report.error("unknown-type", span, format!("`{name}` is no type of the vocabulary"), help);
    }
    id
}

fn check_iri(iri: &str, span: Span, names: &Names, report: &mut Report) {
    let known = iri.contains("://") || names.vocabulary.expand(iri) != iri;
    if !known {
        let help = suggestion(iri, names.vocabulary.prefixes.keys().map(String::as_str));
        report.error("unknown-prefix", span, format!("`{iri}` has no prefix of the vocabulary"), help);
    }
}

fn check_examples(written: &Written, report: &mut Report) {
    let giving = written.examples.iter().filter(|example| !example.gives.is_empty()).count();
    let silent = written.examples.len() - giving;
    // Of a file that could not be read to its end nobody knows what it holds.
    let cut = |told: &Diagnostic| told.code == "toml" && told.file.as_deref() == Some(report.file);
    if (giving < 2 || silent < 1) && !report.diagnostics.iter().any(cut) {
        let message =
            format!("`{}` has too few examples: {giving} with a triple, {silent} without", written.name.text);
        let help = format!(
            "two that give and one that does not keep a rule honest: add `[[{}.example]]` tables",
            written.name.text
        );
        report.warning("few-examples", written.name.span, message, help);
    }
}

fn checked(
    patterns: &[(Located, Pattern)],
    first: usize,
    part: Part,
    names: &Names,
    report: &mut Report,
) -> Vec<RulePattern> {
    let mut kept = Vec::new();
    for (at, (text, pattern)) in patterns.iter().enumerate() {
        let before = report.diagnostics.len();
        check_pattern(text, pattern, part, names, report);
        if report.diagnostics[before..].iter().all(|found| !found.is_error()) {
            let number = u16::try_from(first + at).unwrap_or(u16::MAX);
            kept.push(RulePattern {
                number,
                text: text.text.clone(),
                pattern: pattern.clone(),
                span: text.span,
            });
        }
    }
    kept
}

/// What patterns are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A sentence's syntax, in which both ends stand.
    Phrase,
    /// A sentence's words, in which both ends stand.
    Sequence,
    /// A name, in which `Y` stands.
    Inside,
    /// `X` and the post before or behind it.
    Home,
}

impl Part {
    /// The slots of the ends that a pattern must have.
    fn wanted(self) -> &'static [&'static str] {
        match self {
            Self::Phrase | Self::Sequence => &["X", "Y"],
            Self::Inside => &["Y"],
            Self::Home => &["X"],
        }
    }

    fn takes(self, slot: &str) -> bool {
        match self {
            Self::Phrase | Self::Sequence => true,
            Self::Inside => slot == "Y",
            Self::Home => slot != "Y",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Phrase => "patterns",
            Self::Sequence => "surface",
            Self::Inside => "inside",
            Self::Home => "home",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Phrase | Self::Sequence => "a pattern needs `X` for the subject and `Y` for the object",
            Self::Inside => {
                "`X` is the whole name, and `Y` a country or organisation named in it: \"Y (*) parliament\""
            }
            Self::Home => "`X` is who holds the post, and `Y` goes without saying: \"ROLE:$state_head X\"",
        }
    }
}

fn check_pattern(text: &Located, pattern: &Pattern, part: Part, names: &Names, report: &mut Report) {
    let slots = pattern.slots();
    if let Some(other) = slots.iter().find(|slot| !part.takes(&slot.name)) {
        let message = format!("`{}` cannot stand in a pattern of `{}`", other.name, part.key());
        report.error("slot", report.inside(text, other.span), message, part.help());
    }
    for name in part.wanted() {
        match slots.iter().filter(|slot| slot.name == *name).count() {
            1 => {}
            0 => {
                let small = name.to_lowercase();
                let is_small = |word: &Word| matches!(&word.test, Test::Lemma(text) | Test::Form(text) if *text == small);
                let mut written_small = false;
                words(&pattern.elements, &mut |word| written_small |= is_small(word));
                let help = match written_small {
                    true => format!("write `{name}` in place of `{small}`: a slot is a capital letter"),
                    false => part.help().to_owned(),
                };
                report.error("slot", text.span, format!("this pattern has no `{name}`"), help);
            }
            _ => {
                let help = "each slot may stand once in a pattern";
                report.error("slot", text.span, format!("this pattern has `{name}` more than once"), help);
            }
        }
    }
    for (at, slot) in slots.iter().enumerate() {
        check_slot(text, slot, names, report);
        if slot.bare && part != Part::Sequence {
            let message = format!("`{}!` cannot stand in a pattern of `{}`", slot.name, part.key());
            let help = "a bare name is told word by word: write the pattern under `surface`";
            report.error("bare", report.inside(text, slot.span), message, help);
        }
        let qualifier = !matches!(slot.name.as_str(), "X" | "Y");
        if qualifier && slots[..at].iter().any(|before| before.name == slot.name) {
            let message = format!("this pattern has the qualifier `{}` more than once", slot.name);
            report.error(
                "slot",
                report.inside(text, slot.span),
                message,
                "each slot may stand once in a pattern",
            );
        }
    }
    if !pattern.elements.iter().any(is_bound_by_word) && !is_narrow(pattern) {
        let help = "add a word that has to be there (words in `(…)` do not count), or narrow both slots: `Y:Party X:Person`";
        report.error("no-word", text.span, "this pattern has no word".to_owned(), help);
    }
    if let Some((word, span)) = split_phrase(&pattern.elements) {
        let message = format!(
            "`{word}` stands on both sides of a space: `|` joins single words, and these are two places"
        );
        let help = "put what has several words into a word list, or what may be left out into brackets: `(special) envoy|adviser`";
        report.warning("split-phrase", report.inside(text, span), message, help);
    }
    if options(&pattern.elements) > MOST_OPTIONS {
        let message = format!("this pattern has more than {MOST_OPTIONS} options");
        report.error("options", text.span, message, "write two patterns instead");
    }
    words(&pattern.elements, &mut |word| check_word(text, word, names, report));
}

/// "envoy|special envoy|adviser" is read as "envoy|special" and "envoy|adviser": a word that is an alternative of two
/// places side by side.
fn split_phrase(elements: &[Element]) -> Option<(&str, Span)> {
    let lemma = |word: &Word| matches!(&word.test, Test::Lemma(_) | Test::Form(_));
    elements.windows(2).find_map(|two| match two {
        [Element::Any(first), Element::Any(second)] if first.len() > 1 && second.len() > 1 => {
            let twice = second
                .iter()
                .find(|word| lemma(word) && first.iter().any(|other| other.test == word.test))?;
            match &twice.test {
                Test::Lemma(text) | Test::Form(text) => Some((text.as_str(), twice.span)),
                Test::List(_) | Test::Regex(_) => None,
            }
        }
        _ => None,
    })
}

fn check_slot(text: &Located, slot: &Slot, names: &Names, report: &mut Report) {
    let span = report.inside(text, slot.span);
    match &slot.filler {
        Some(Filler::Type(name)) => {
            type_id(name, span, names, report);
        }
        Some(Filler::List(name)) => {
            check_list(name, span, names, report);
            if matches!(slot.name.as_str(), "X" | "Y") {
                let help = "a word list can only fill a qualifier, such as `ROLE:$post`";
                report.error("slot", span, format!("`{}` is filled by a word list", slot.name), help);
            }
        }
        None if !matches!(slot.name.as_str(), "X" | "Y" | "PLACE" | "DATE") => {
            let help = "say what fills it: `ROLE:$post` (a word list) or `HOST:Country` (a type); write `'ROLE'` for the word itself";
            report.error("slot", span, format!("nothing says what the qualifier `{}` is", slot.name), help);
        }
        None => {}
    }
}

fn check_word(text: &Located, word: &Word, names: &Names, report: &mut Report) {
    let span = report.inside(text, word.span);
    match &word.test {
        Test::List(name) => check_list(name, span, names, report),
        Test::Regex(regex) => {
            if let Err(error) = regex::Regex::new(regex) {
                let reason = error.to_string();
                let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ");
                report.error(
                    "regex",
                    span,
                    format!("not a regular expression: {reason}"),
                    "see https://docs.rs/regex#syntax",
                );
            }
        }
        Test::Lemma(_) | Test::Form(_) => {}
    }
}

fn check_list(name: &str, span: Span, names: &Names, report: &mut Report) {
    if !names.lists.contains_key(name) && !names.lexicon.lists().contains_key(name) {
        let known = names.lists.keys().chain(names.lexicon.lists().keys());
        let help = match nearest(name, known.map(String::as_str)) {
            Some(known) => format!("did you mean `${known}`?"),
            None => format!("add `{name} = [\"…\"]` under `[words]` in this file"),
        };
        report.error("unknown-list", span, format!("there is no word list `{name}`"), help);
    }
}

fn words(elements: &[Element], visit: &mut impl FnMut(&Word)) {
    for element in elements {
        match element {
            Element::Any(words) => words.iter().for_each(&mut *visit),
            Element::Optional(inner) => self::words(inner, visit),
            Element::Slot(_) | Element::Gap => {}
        }
    }
}

fn is_bound_by_word(element: &Element) -> bool {
    match element {
        Element::Any(_) => true,
        Element::Slot(slot) => matches!(slot.filler, Some(Filler::List(_))),
        Element::Gap | Element::Optional(_) => false,
    }
}

/// Two names side by side say something only where their types do: "Republican Ada Byron".
fn is_narrow(pattern: &Pattern) -> bool {
    let narrow =
        |element: &Element| matches!(element, Element::Slot(Slot { filler: Some(Filler::Type(_)), .. }));
    pattern.elements.len() == 2 && pattern.elements.iter().all(narrow)
}

fn options(elements: &[Element]) -> usize {
    let inner = |element: &Element| match element {
        Element::Optional(inner) => 1 + options(inner),
        _ => 0,
    };
    elements.iter().map(inner).sum()
}

fn suggestion<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are: {}", known.join(", ")),
    }
}
