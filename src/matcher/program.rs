//! Checked patterns → [`Program`]s: flat sequences of steps that a sentence is held against.
//!
//! Options are written out, so that matching never has to think of them: `X met (with) Y` becomes two
//! programs.

use crate::language::Language;
use crate::rule::lexicon::Lexicon;
use crate::rule::pattern::{Element, Filler, Slot, Test, Word};
use crate::rule::vocabulary::TypeId;
use crate::rule::{Lists, Relation, Rule, RulePattern, RuleSet};
use regex::Regex;
use std::collections::{HashMap, HashSet};

/// One way to read one pattern.
#[derive(Debug)]
pub(super) struct Program {
    /// Its index among all programs.
    pub(super) number: usize,
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

/// Alternatives for one place: single words and phrases of several.
#[derive(Debug, Default)]
pub(super) struct Words {
    lemmas: HashSet<String>,
    forms: HashSet<String>,
    /// Forms of several tokens: "co-founded".
    form_phrases: Vec<Vec<String>>,
    /// The first lemmas of all forms.
    form_lemmas: HashSet<String>,
    regexes: Vec<Regex>,
    phrases: HashMap<String, Vec<Vec<String>>>,
}

impl Program {
    /// Whether a name right after the match would belong to it: the pattern ends with a word that the
    /// name would be the object of, or with a post that it would hold.
    pub(super) fn is_open_ended(&self) -> bool {
        let post = matches!(self.steps.last(), Some(Step::Slot(SlotStep { accepts: Accepts::Words(_), .. })));
        post || self.reciprocal
    }
}

/// Compiles every pattern of every rule.
pub(super) fn compile(rules: &RuleSet, language: &Language) -> Vec<Program> {
    let mut programs = Vec::new();
    for (at, rule) in rules.rules.iter().enumerate() {
        let compiler = Compiler { rules, rule, relation: rules.relation(rule.relation), language };
        for pattern in &rule.patterns {
            programs.extend(compiler.programs(at, pattern, false));
        }
        for pattern in &rule.not {
            programs.extend(compiler.programs(at, pattern, true));
        }
    }
    programs.iter_mut().enumerate().for_each(|(number, program)| program.number = number);
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
            number: 0,
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
            Element::Any(words) => Step::Any(self.words(words)),
            Element::Gap | Element::Optional(_) => Step::Gap,
        }
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

impl Words {
    fn add_list(&mut self, name: &str, lists: &Lists, lexicon: &Lexicon, language: &Language) {
        let entries = lists.get(name).map_or_else(|| lexicon.words(name), Vec::as_slice);
        entries.iter().for_each(|entry| self.add_phrase(entry, language));
    }

    /// A word or phrase in any form of its lemmas: "prime minister", "US-backed".
    fn add_phrase(&mut self, phrase: &str, language: &Language) {
        let lemmas: Vec<String> = language.tokens(phrase).into_iter().map(|token| token.lemma).collect();
        match lemmas.as_slice() {
            [] => {}
            [lemma] => drop(self.lemmas.insert(lemma.clone())),
            [first, ..] => {
                let phrases = self.phrases.entry(first.clone()).or_default();
                phrases.push(lemmas);
                phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
            }
        }
    }

    /// This form only, whatever the letter case; of one token or several.
    fn add_form(&mut self, form: &str, language: &Language) {
        // `'s` is a token only behind a word.
        if form.starts_with(['\'', '’']) {
            self.forms.insert(folded(form));
            self.form_lemmas.insert(language.lemma(form));
            return;
        }
        let tokens = language.tokens(form);
        let forms: Vec<String> = tokens.iter().map(|token| folded(token.span.of(form))).collect();
        self.form_lemmas.extend(tokens.into_iter().next().map(|token| token.lemma));
        match forms.as_slice() {
            [] => {}
            [only] => drop(self.forms.insert(only.clone())),
            _ => self.form_phrases.push(forms),
        }
    }

    /// How many tokens each fitting alternative takes at `at`, longest first.
    pub(super) fn lengths(&self, lemmas: &[&str], forms: &[&str]) -> Vec<usize> {
        let (Some(lemma), Some(form)) = (lemmas.first(), forms.first()) else { return Vec::new() };
        let phrases = self.phrases.get(*lemma).into_iter().flatten();
        let fits = |phrase: &&Vec<String>| {
            lemmas.len() >= phrase.len() && phrase.iter().zip(lemmas).all(|(wanted, lemma)| wanted == lemma)
        };
        let mut lengths: Vec<usize> = phrases.filter(fits).map(Vec::len).collect();
        let same = |phrase: &&Vec<String>| {
            forms.len() >= phrase.len()
                && phrase.iter().zip(forms).all(|(wanted, form)| *wanted == folded(form))
        };
        lengths.extend(self.form_phrases.iter().filter(same).map(Vec::len));
        let single = self.lemmas.contains(*lemma)
            || (!self.forms.is_empty() && self.forms.contains(&folded(form)))
            || self.regexes.iter().any(|regex| regex.is_match(form));
        if single {
            lengths.push(1);
        }
        lengths
    }

    /// Whether a single word of this lemma is among the alternatives.
    pub(super) fn accepts(&self, lemma: &str) -> bool {
        self.lemmas.contains(lemma)
    }

    /// Whether only signs are wanted: a comma belongs right after what it divides.
    pub(super) fn is_sign(&self) -> bool {
        let sign = |form: &String| !form.contains(char::is_alphanumeric);
        self.lemmas.is_empty()
            && self.phrases.is_empty()
            && !self.forms.is_empty()
            && self.forms.iter().all(sign)
    }

    /// Whether this single form is among the alternatives.
    pub(super) fn accepts_form(&self, form: &str) -> bool {
        self.forms.contains(form)
    }

    /// Whether a stretch that begins with this lemma may fit.
    pub(super) fn may_begin(&self, lemma: &str) -> bool {
        self.lemmas.contains(lemma)
            || self.phrases.contains_key(lemma)
            || self.form_lemmas.contains(lemma)
            || !self.regexes.is_empty()
    }

    /// The lemmas with which a fitting stretch can begin; `None` where any word might.
    pub(super) fn first_lemmas(&self) -> Option<Vec<String>> {
        if !self.regexes.is_empty() {
            return None;
        }
        let mut lemmas: Vec<String> =
            self.lemmas.iter().chain(&self.form_lemmas).chain(self.phrases.keys()).cloned().collect();
        lemmas.sort_unstable();
        lemmas.dedup();
        Some(lemmas)
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

impl Words {
    fn describe(&self) -> String {
        const SHOWN: usize = 8;
        let regexes = self.regexes.iter().map(|regex| format!("/{regex}/"));
        let phrases = self.phrases.values().flatten().map(|phrase| phrase.join(" "));
        let mut words: Vec<String> =
            self.lemmas.iter().chain(&self.forms).cloned().chain(phrases).chain(regexes).collect();
        words.sort_unstable();
        let more = if words.len() > SHOWN { ", …" } else { "" };
        words.truncate(SHOWN);
        format!("{}{more}", words.join(", "))
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

/// A form as forms are compared.
fn folded(form: &str) -> String {
    form.to_lowercase().replace('’', "'")
}

/// All ways to read elements with their options written out, the fullest first.
fn readings(elements: &[Element]) -> Vec<Vec<&Element>> {
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
