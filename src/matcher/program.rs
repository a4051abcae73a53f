//! Checked patterns → [`Program`]s: flat sequences of steps that a sentence is held against.
//!
//! Options are written out, so that matching never has to think of them: `X met (with) Y` becomes two
//! programs.

use super::words::Words;
use crate::language::Language;
use crate::rule::pattern::{Element, Filler, Slot, Test, Word};
use crate::rule::vocabulary::TypeId;
use crate::rule::{Relation, Rule, RulePattern, RuleSet};
use regex::Regex;

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
    Any(Words),
    Gap,
}

#[derive(Debug)]
pub(super) struct SlotStep {
    pub(super) role: Role,
    pub(super) accepts: Accepts,
}

/// What a slot is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    Subject,
    Object,
    /// Its name in small letters.
    Qualifier(String),
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
            Step::Any(words) => Some(words),
            Step::Slot(slot) => slot.words(),
            Step::Gap => None,
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
pub(super) fn compile(rules: &RuleSet, language: &Language) -> Vec<Program> {
    let mut programs = Vec::new();
    for (at, rule) in rules.rules.iter().enumerate() {
        let compiler = Compiler { rules, rule, relation: rules.relation(rule.relation), language };
        for pattern in rule.all_patterns() {
            programs.extend(compiler.programs(at, pattern, false));
        }
        for pattern in &rule.not {
            programs.extend(compiler.programs(at, pattern, true));
        }
    }
    programs
}

struct Compiler<'c> {
    rules: &'c RuleSet,
    rule: &'c Rule,
    relation: &'c Relation,
    language: &'c Language,
}

impl Compiler<'_> {
    fn programs(&self, rule: usize, pattern: &RulePattern, veto: bool) -> Vec<Program> {
        let program = |elements: Vec<&Element>| Program {
            rule,
            pattern: pattern.number,
            veto,
            reciprocal: self.relation.symmetric && is_reciprocal(&elements),
            standing: self.relation.standing,
            steps: elements.into_iter().map(|element| self.step(element)).collect(),
        };
        readings(&pattern.pattern.elements).into_iter().map(program).collect()
    }

    fn step(&self, element: &Element) -> Step {
        match element {
            Element::Slot(slot) => Step::Slot(self.slot(slot)),
            Element::Any(words) if self.is_anything(words) => Step::Gap,
            Element::Any(words) => Step::Any(self.words(words)),
            Element::Gap | Element::Optional(_) => Step::Gap,
        }
    }

    /// "X invested something in Y" does not look for the word "something".
    fn is_anything(&self, words: &[Word]) -> bool {
        let anything = self.rules.lexicon.words("anything");
        matches!(words, [Word { test: Test::Lemma(text), .. }] if anything.contains(text))
    }

    fn slot(&self, slot: &Slot) -> SlotStep {
        let vocabulary = &self.rules.vocabulary;
        let role = match slot.name.as_str() {
            "X" => Role::Subject,
            "Y" => Role::Object,
            name => Role::Qualifier(name.to_lowercase()),
        };
        let accepts = match (&slot.filler, &role) {
            (Some(Filler::Type(name)), _) => Accepts::Types(vocabulary.type_id(name).into_iter().collect()),
            (Some(Filler::List(name)), _) => Accepts::Words(Box::new(self.list(name))),
            (None, Role::Subject) => Accepts::Types(self.relation.subject.clone()),
            (None, Role::Object) => Accepts::Types(self.relation.object.clone()),
            (None, Role::Qualifier(name)) if name == "date" => Accepts::Time,
            (None, Role::Qualifier(_)) => {
                let place = ["Place", "Country"].into_iter().filter_map(|name| vocabulary.type_id(name));
                Accepts::Types(place.collect())
            }
        };
        SlotStep { role, accepts }
    }

    fn words(&self, alternatives: &[Word]) -> Words {
        let mut words = Words::default();
        for word in alternatives {
            match &word.test {
                Test::Lemma(text) => words.add_phrase(text, self.language),
                Test::Form(text) => words.add_form(text, self.language),
                Test::List(name) => {
                    words.add_list(name, &self.rule.lists, &self.rules.lexicon, self.language)
                }
                Test::Regex(regex) => words.regexes.extend(Regex::new(&format!("^(?:{regex})$"))),
            }
        }
        words
    }

    fn list(&self, name: &str) -> Words {
        let mut words = Words::default();
        words.add_list(name, &self.rule.lists, &self.rules.lexicon, self.language);
        words
    }
}

impl Step {
    /// What it wants, for a person.
    pub(super) fn describe(&self, rules: &RuleSet) -> String {
        match self {
            Step::Gap => "anything".to_owned(),
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
