//! What a rule file may hold, and a person hardly meant: it does nothing, or undoes something else.
//!
//! All of it is a warning. The rule works without it, but not as its writer thinks.

use crate::rule::file::Written;
use crate::rule::pattern::{Element, Filler, Pattern, Test, Word};
use crate::rule::table::{Located, Report};
use std::collections::BTreeSet;

/// Warns of everything in a relation that does nothing.
pub(crate) fn relation(written: &Written, report: &mut Report) {
    for (text, pattern) in &written.patterns {
        phrase(text, pattern, report);
    }
    for (text, pattern) in &written.surface {
        gap_at_end(text, pattern, report);
    }
    for (text, pattern) in written.said().chain(&written.not) {
        twice(text, &pattern.elements, report);
    }
    for (text, pattern) in &written.not {
        let shown = pattern.to_string();
        let all = written.patterns.iter().chain(&written.surface);
        if let Some((denied, _)) = all.into_iter().find(|(_, other)| other.to_string() == shown) {
            let message = format!("this takes back everything that the pattern `{}` finds", denied.text);
            report.warning("denied", text.span, message, "take one of the two away");
        }
    }
    symmetric(written, report);
}

/// Warns of word lists that no pattern uses, and of those without a word.
pub(crate) fn lists(lists: &[(Located, usize)], relations: &[Written], report: &mut Report) {
    let mut used = BTreeSet::new();
    for written in relations {
        for (_, pattern) in written.said().chain(&written.not) {
            named(&pattern.elements, &mut used);
        }
    }
    // A pattern that could not be read may be the one that uses a list.
    let sure = relations.iter().all(|written| !written.unread);
    for (name, words) in lists {
        if *words == 0 {
            let message = format!("the word list `{}` is empty: nothing fits `${}`", name.text, name.text);
            report.warning("empty-list", name.span, message, "write its words, or take it away");
        } else if sure && !used.contains(name.text.as_str()) {
            let message = format!("no pattern uses the word list `{}`", name.text);
            let help = format!("write `${}` where one of its words may stand, or take it away", name.text);
            report.warning("unused-list", name.span, message, help);
        }
    }
}

/// What a phrase has no use for, though a `surface` pattern may.
fn phrase(text: &Located, pattern: &Pattern, report: &mut Report) {
    // "asked Y to *" wants a verb, "denied Y's *" a noun; a name wants nothing.
    let useless =
        matches!(pattern.elements.as_slice(), [Element::Gap, ..] | [.., Element::Slot(_), Element::Gap]);
    if useless {
        let message = "`*` at the start or end of a phrase asks for one more word there".to_owned();
        let help = "leave it out: what stands round a phrase never matters";
        report.warning("gap", text.span, message, help);
    }
    for slot in pattern.slots().into_iter().filter(|slot| slot.name == "DATE" && slot.filler.is_none()) {
        let message = "`DATE` does nothing in a phrase: the day is looked for in the whole sentence";
        let help = "leave it out, with its preposition, or write the pattern under `surface`";
        report.warning("date", report.inside(text, slot.span), message.to_owned(), help);
    }
}

fn gap_at_end(text: &Located, pattern: &Pattern, report: &mut Report) {
    let gap = |element: Option<&Element>| matches!(element, Some(Element::Gap));
    if gap(pattern.elements.first()) || gap(pattern.elements.last()) {
        let message = "`*` at the start or end of a pattern does nothing".to_owned();
        let help = "leave it out: a pattern may match anywhere in a sentence";
        report.warning("gap", text.span, message, help);
    }
}

/// "spoke|talked|spoke".
fn twice(text: &Located, elements: &[Element], report: &mut Report) {
    for element in elements {
        match element {
            Element::Optional(inner) => twice(text, inner, report),
            Element::Any(words) => {
                for (at, word) in words.iter().enumerate() {
                    if words[..at].iter().any(|before| before.test == word.test) {
                        let message = "this alternative stands here twice".to_owned();
                        let span = report.inside(text, word.span);
                        report.warning("twice", span, message, "take one of the two away");
                    }
                }
            }
            Element::Slot(_) | Element::Gap => {}
        }
    }
}

fn symmetric(written: &Written, report: &mut Report) {
    let (Some(subject), Some(object)) = (&written.subject, &written.object) else { return };
    let types = |text: &str| text.split('|').map(|name| name.trim().to_owned()).collect::<BTreeSet<_>>();
    if written.symmetric && types(&subject.text) != types(&object.text) {
        let message = format!(
            "`{}` holds both ways, but `X` takes {} and `Y` takes {}",
            written.name.text, subject.text, object.text
        );
        report.warning(
            "symmetric",
            object.span,
            message,
            "give both the same types, or take `symmetric` away",
        );
    }
}

/// The word lists that a pattern names.
fn named<'p>(elements: &'p [Element], lists: &mut BTreeSet<&'p str>) {
    for element in elements {
        match element {
            Element::Optional(inner) => named(inner, lists),
            Element::Slot(slot) => {
                if let Some(Filler::List(name)) = &slot.filler {
                    lists.insert(name);
                }
            }
            Element::Any(words) => {
                for word in words {
                    if let Word { test: Test::List(name), .. } = word {
                        lists.insert(name);
                    }
                }
            }
            Element::Gap => {}
        }
    }
}
