//! A phrase → is it understood as its writer means it?
//!
//! Nobody asks the writer, so a pattern is doubted where its parts disagree: a name that hangs on a word as
//! names seldom do, an alternative or an option that makes another tree of the rest, or a tree that is
//! another as soon as other names stand in it.

use super::plain;
use super::program::readings;
use super::sketch::Sketch;
use super::tree::Edge;
use super::wording::Stand;
use crate::language::Analyser;
use crate::rule::RulePattern;
use crate::rule::pattern::{Element, Filler, Slot, Test};
use crate::rule::vocabulary::TypeId;
use crate::span::Span;
use crate::syntax::Label;
use std::collections::BTreeSet;

/// Why a pattern is doubted.
pub(super) struct Doubt {
    pub(super) message: String,
    pub(super) help: String,
    /// The part in doubt, in bytes of the pattern's text; nothing where it is all of it.
    pub(super) span: Option<Span>,
}

/// The first reason to doubt a pattern. What cannot be read at all is told elsewhere.
pub(super) fn pattern(stand: &Stand, analyser: &Analyser, pattern: &RulePattern) -> Option<Doubt> {
    let readings = readings(&pattern.pattern.elements);
    let sketch = |elements: &[&Element], chosen| Sketch::new(stand, analyser, elements, chosen).ok();
    let full: Option<(&Vec<&Element>, Sketch)> =
        readings.iter().find_map(|elements| Some((elements, sketch(elements, None)?)));
    let (elements, base) = full?;
    if let Some(edge) = base.edges.iter().find(|edge| is_odd(&base, edge, elements, stand)) {
        return Some(Doubt {
            message: format!("it is unlikely that this is meant: {}", part(&base, edge, elements)),
            help: format!("it is understood as {}; {REMEDY}", whole(&base, elements)),
            span: None,
        });
    }
    let small = base.small(elements);
    for (at, element) in elements.iter().enumerate().filter(|(at, _)| !small.contains(at)) {
        let Element::Any(words) = element else { continue };
        for (choice, word) in words.iter().enumerate().skip(1) {
            let Some(other) = sketch(elements, Some((at, choice))) else { continue };
            if !agree(&base, elements, &other, elements) {
                return Some(Doubt {
                    message: format!(
                        "with this word the pattern is understood in another way: {}",
                        whole(&other, elements)
                    ),
                    help: format!("with the first it is {}; {SPLIT}", whole(&base, elements)),
                    span: Some(word.span),
                });
            }
        }
    }
    for shorter in readings.iter().filter(|reading| reading.len() < elements.len()) {
        let Some(other) = sketch(shorter, None) else { continue };
        let moved = moved(&base, elements, shorter);
        let moved: Vec<&str> = moved.iter().map(String::as_str).collect();
        if !agree_but(&moved, &base, elements, &other, shorter) {
            return Some(Doubt {
                message: format!(
                    "without what is in brackets the pattern is understood in another way: {}",
                    whole(&other, shorter)
                ),
                help: format!("with it, it is {}; {SPLIT}", whole(&base, elements)),
                span: None,
            });
        }
    }
    // A parser may slip over one set of names. Where two others agree against it, it slipped over the first.
    let turned = |by: usize| Sketch::new(&stand.turned(by), analyser, elements, None).ok();
    let (second, third) = (turned(1)?, turned(2)?);
    let alone = !agree(&base, elements, &second, elements) && !agree(&base, elements, &third, elements);
    (alone && agree(&second, elements, &third, elements)).then(|| Doubt {
        message: format!(
            "with other names the pattern is understood in another way: {}",
            whole(&second, elements)
        ),
        help: format!("as it is, it is understood as {}; {REMEDY}", whole(&base, elements)),
        span: None,
    })
}

const REMEDY: &str =
    "a verb in the past is clearer (`X attacked Y`), `surface` takes the words as they stand";
const SPLIT: &str = "if one of the two is not meant, write two patterns, or one under `surface`";

/// Whether a name hangs on a word, or a word on a name, as it seldom does.
fn is_odd(sketch: &Sketch, edge: &Edge, elements: &[&Element], stand: &Stand) -> bool {
    let slot = |node: usize| match elements.get(sketch.nodes[node].1.0) {
        Some(Element::Slot(slot)) if !matches!(slot.filler, Some(Filler::List(_))) => Some(slot),
        _ => None,
    };
    let only = |labels: &[Label]| edge.labels.iter().all(|label| labels.contains(label));
    if let Some(slot) = slot(edge.to) {
        let owned = elements.get(sketch.nodes[edge.to].1.0 + 1).is_some_and(|next| is_possessive(next));
        let loose = only(&[Label::Modifier, Label::Particle, Label::Complement]);
        let verb = sketch.verbs.contains(&sketch.nodes[edge.from].0);
        return (owned && !edge.labels.contains(&Label::Possessor))
            || (loose && (verb || is_person(slot, stand)));
    }
    let word = slot(edge.from).is_some();
    word && (only(&[Label::Subject, Label::Object, Label::Complement, Label::Particle])
        || (sketch.verbs.contains(&sketch.nodes[edge.to].0) && only(&[Label::Modifier])))
}

fn is_possessive(element: &Element) -> bool {
    let sign = |test: &Test| matches!(test, Test::Form(text) if text == "'s");
    matches!(element, Element::Any(words) if words.iter().any(|word| sign(&word.test)))
}

/// "Chile president" says whose; "Ada president" says nothing.
fn is_person(slot: &Slot, stand: &Stand) -> bool {
    let vocabulary = stand.vocabulary;
    let kinds: Vec<TypeId> = match (&slot.filler, slot.name.as_str()) {
        (Some(Filler::Type(name)), _) => vocabulary.type_id(name).into_iter().collect(),
        (_, "X") => stand.relation.subject.clone(),
        (_, "Y") => stand.relation.object.clone(),
        _ => return false,
    };
    let person = vocabulary.type_id("Person");
    kinds.iter().all(|kind| {
        person.is_some_and(|person| vocabulary.is_a(*kind, person) || vocabulary.is_a(person, *kind))
    })
}

/// Whether the slots hang alike in two readings of one pattern. On which word a preposition hangs does not
/// count: "held talks with Y" is searched for both ways.
fn agree(left: &Sketch, of_left: &[&Element], right: &Sketch, of_right: &[&Element]) -> bool {
    agree_but(&[], left, of_left, right, of_right)
}

/// The same, apart from these slots.
fn agree_but(
    but: &[&str],
    left: &Sketch,
    of_left: &[&Element],
    right: &Sketch,
    of_right: &[&Element],
) -> bool {
    let (mut left, mut right) = (slots(left, of_left), slots(right, of_right));
    for slots in [&mut left, &mut right] {
        slots.retain(|hung| !but.contains(&hung.slot));
    }
    let alike = |one: &Hung, other: &Hung| {
        let common: Vec<&Label> = one.labels.intersection(other.labels).collect();
        let preposition = common.iter().any(|label| matches!(label, Label::Preposition(_)));
        one.slot == other.slot && !common.is_empty() && (preposition || one.on == other.on)
    };
    let within =
        |some: &[Hung], all: &[Hung]| some.iter().all(|one| all.iter().any(|other| alike(one, other)));
    within(&left, &right) && within(&right, &left)
}

/// The slots that hang by a preposition which a shorter reading leaves out: "X met (with) Y".
fn moved(full: &Sketch, elements: &[&Element], shorter: &[&Element]) -> Vec<String> {
    let left_out = |at: usize| !shorter.iter().any(|other| std::ptr::eq(*other, elements[at]));
    let small: Vec<usize> = full.small(elements).into_iter().filter(|at| left_out(*at)).collect();
    let names = |label: &Label| {
        let Label::Preposition(name) = label else { return false };
        small.iter().any(|at| match elements[*at] {
            Element::Any(words) => words
                .iter()
                .any(|word| matches!(&word.test, Test::Lemma(text) | Test::Form(text) if text == name)),
            _ => false,
        })
    };
    let slots = slots(full, elements);
    slots.iter().filter(|hung| hung.labels.iter().any(names)).map(|hung| hung.slot.to_owned()).collect()
}

/// How a slot hangs.
struct Hung<'s> {
    slot: &'s str,
    labels: &'s BTreeSet<Label>,
    /// The element that it hangs on, told by where it is kept: two readings borrow from one pattern.
    on: usize,
}

fn slots<'s>(sketch: &'s Sketch, elements: &[&'s Element]) -> Vec<Hung<'s>> {
    let element = |node: usize| elements.get(sketch.nodes[node].1.0).copied();
    let hung = |edge: &'s Edge| {
        let Some(Element::Slot(slot)) = element(edge.to) else { return None };
        let on = element(edge.from).map_or(0, |element| std::ptr::from_ref(element).addr());
        Some(Hung { slot: &slot.name, labels: &edge.labels, on })
    };
    sketch.edges.iter().filter_map(hung).collect()
}

/// A link in words.
fn part(sketch: &Sketch, edge: &Edge, elements: &[&Element]) -> String {
    let text = |node: usize| {
        let (word, (element, _)) = sketch.nodes[node];
        match elements.get(element) {
            Some(Element::Slot(slot)) => slot.name.clone(),
            _ => sketch.wording.words[word].clone(),
        }
    };
    plain::labels(&edge.labels, &text(edge.from), &text(edge.to))
}

/// All links in words.
fn whole(sketch: &Sketch, elements: &[&Element]) -> String {
    sketch.edges.iter().map(|edge| part(sketch, edge, elements)).collect::<Vec<_>>().join("; ")
}
