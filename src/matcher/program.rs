//! Checked patterns → [`Program`]s: flat sequences of steps that a sentence is held against.
//!
//! Options are written out, so that matching never has to think of them: `X met (with) Y` becomes two
//! programs.

use super::slot::role;
use super::wording::Stand;
use super::words::{Wordbook, Words};
use crate::rule::pattern::{Element, Test};
use crate::rule::vocabulary::TypeId;
use crate::rule::{RulePattern, RuleSet};

/// One way to read one pattern.
#[derive(Debug)]
pub(super) struct Program {
    /// Index into [`RuleSet::rules`].
    pub(super) rule: usize,
    /// Number of the pattern.
    pub(super) pattern: u16,
    /// From the rule's `not` list.
    pub(super) veto: bool,
    /// "X and Y spoke", of a symmetric relation: the members of one list speak with each other.
    pub(super) reciprocal: bool,
    /// The relation is a state and no event.
    pub(super) standing: bool,
    pub(super) steps: Vec<Step>,
}

#[derive(Debug)]
pub(super) enum Step {
    Slot(SlotStep),
    Any(Box<Words>),
    /// Any words, at least so many.
    Gap(usize),
}

#[derive(Debug)]
pub(super) struct SlotStep {
    pub(super) role: Role,
    pub(super) accepts: Accepts,
    /// Only the name itself, with nothing before it and in no list.
    pub(super) bare: bool,
}

/// What a slot is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    Subject,
    Object,
    /// Its name in small letters.
    Qualifier(String),
    /// A name that has no part in the triple.
    Other,
}

/// What may stand in a slot.
#[derive(Debug)]
pub(super) enum Accepts {
    Types(Vec<TypeId>),
    Words(Box<Words>),
    Time,
}

impl Program {
    /// The words of the pattern, those in its slots included.
    pub(super) fn words(&self) -> impl Iterator<Item = &Words> {
        self.steps.iter().filter_map(|step| match step {
            Step::Any(words) => Some(words.as_ref()),
            Step::Slot(slot) => slot.words(),
            Step::Gap(_) => None,
        })
    }

    /// Whether a name right after the match would belong to it: the pattern ends with a word that the
    /// name would be the object of, or with a post that it would hold.
    pub(super) fn is_open_ended(&self) -> bool {
        let post = matches!(self.steps.last(), Some(Step::Slot(SlotStep { accepts: Accepts::Words(_), .. })));
        post || self.reciprocal
    }
}

/// Compiles every pattern of every rule. A phrase is one, too: even a good parser slips, and where its words
/// stand side by side in the pattern's order, no parser is needed.
pub(super) fn compile(rules: &RuleSet, book: &Wordbook) -> Vec<Program> {
    let mut programs = Vec::new();
    for (at, rule) in rules.rules.iter().enumerate() {
        let stand = Stand::new(rules, rule, book);
        for pattern in rule.all_patterns() {
            programs.extend(self::programs(&stand, at, pattern, false));
        }
        for pattern in &rule.not {
            programs.extend(self::programs(&stand, at, pattern, true));
        }
    }
    programs
}

fn programs(stand: &Stand, rule: usize, pattern: &RulePattern, veto: bool) -> Vec<Program> {
    let program = |elements: Vec<&Element>| Program {
        rule,
        pattern: pattern.number,
        veto,
        reciprocal: stand.relation.symmetric && is_reciprocal(&elements),
        standing: stand.relation.standing,
        steps: elements.into_iter().map(|element| step(stand, element)).collect(),
    };
    readings(&pattern.pattern.elements).into_iter().map(program).collect()
}

pub(super) fn step(stand: &Stand, element: &Element) -> Step {
    match element {
        Element::Slot(slot) => {
            Step::Slot(SlotStep { role: role(slot), accepts: stand.accepts(slot), bare: slot.bare })
        }
        // "signed something with Y" is not "signed with Y".
        Element::Any(words) if stand.is_anything(words) => Step::Gap(1),
        Element::Any(words) => Step::Any(Box::new(stand.alternatives(words))),
        Element::Gap | Element::Optional(_) => Step::Gap(0),
    }
}

impl Step {
    /// What it wants, for a person.
    pub(super) fn describe(&self, rules: &RuleSet) -> String {
        match self {
            Step::Gap(_) => "anything".to_owned(),
            Step::Any(words) => words.describe(),
            Step::Slot(slot) => match &slot.accepts {
                Accepts::Time => "a day or month".to_owned(),
                Accepts::Words(words) => words.describe(),
                Accepts::Types(types) => {
                    let names: Vec<&str> =
                        types.iter().map(|id| rules.vocabulary.entity_type(*id).name.as_str()).collect();
                    format!("a name of type {}", names.join(" or "))
                }
            },
        }
    }
}

impl SlotStep {
    /// The words that fill it, where words do.
    pub(super) fn words(&self) -> Option<&Words> {
        match &self.accepts {
            Accepts::Words(words) => Some(words),
            Accepts::Types(_) | Accepts::Time => None,
        }
    }
}

/// All ways to read elements with their options written out, the fullest first.
pub(super) fn readings(elements: &[Element]) -> Vec<Vec<&Element>> {
    let mut readings: Vec<Vec<&Element>> = vec![Vec::new()];
    for element in elements {
        let choices = match element {
            Element::Optional(inner) => {
                let mut choices = self::readings(inner);
                choices.push(Vec::new());
                choices
            }
            other => vec![vec![other]],
        };
        readings = readings
            .iter()
            .flat_map(|start| choices.iter().map(|choice| start.iter().chain(choice).copied().collect()))
            .collect();
    }
    readings
}

/// Whether the pattern joins its two slots by "and".
fn is_reciprocal(elements: &[&Element]) -> bool {
    elements.windows(3).any(|three| match three {
        [Element::Slot(_), Element::Any(words), Element::Slot(_)] => {
            words.iter().any(|word| matches!(&word.test, Test::Lemma(text) if text == "and"))
        }
        _ => false,
    })
}
