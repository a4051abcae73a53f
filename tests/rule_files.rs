//! Rule files that somebody's cat has walked over: told of, never a panic.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

use proptest::prelude::*;
use relata::language::Language;
use relata::matcher::Matcher;
use relata::rule::RuleSet;
use relata::rule::pattern::{Element, Pattern};
use relata::span::Span;
use std::path::Path;
use std::sync::{Arc, LazyLock};

static BUILT_IN: LazyLock<(RuleSet, Arc<Language>)> = LazyLock::new(|| {
    let rules = RuleSet::built_in();
    let language = Language::new(&rules.lexicon);
    (rules, Arc::new(language))
});

/// A file with every kind of key, element and example.
const FILE: &str = "#:schema ../rule.schema.json
[met]
about = \"Two actors meet.\"
subject = \"Person|Actor\"
object = \"Actor\"
symmetric = true
standing = false
confidence = 0.9
iri = \"schema:CommunicateAction\"
parent = \"spoke\"
patterns = [\"X met|saw (with) Y\", \"X's $talk with Y (in PLACE)\", \"Y ROLE:$top_post X:Person\", \"X held (*) talks with Y\"]
surface = ['X \\('met'\\) Y', 'X paid /\\d+/ $money to Y (DATE)', \"X * Y's 'own' house\"]
not = [\"X met Y's deadline\"]

[[met.example]]
text = \"Ada Byron met Mary Poe.\"
gives = [\"Ada Byron | Mary Poe\", \"Ada Byron | Mary Poe | negated\"]
todo = true

[spoke]
about = \"\"
subject = \"Actor\"
object = \"Actor\"
patterns = [\"X spoke to Y\"]

[words]
talk = [\"talk\", \"phone call\"]
money = [\"euro\"]
";

/// Pieces that mean something somewhere in a file.
const PIECES: [&str; 24] = [
    "\"",
    "'",
    "[",
    "]",
    "[[",
    "|",
    "(",
    ")",
    "$",
    "$post",
    ":",
    "X",
    "Y",
    "X:",
    "*",
    "/",
    "\\",
    "=",
    "\n",
    ",",
    "’s",
    "ß\u{301}",
    "\u{0}",
    "true",
];

/// One thing that happens to a text: at a place, so many letters go, and a piece comes.
type Slip = (prop::sample::Index, usize, usize);

fn slips() -> impl Strategy<Value = Vec<Slip>> {
    prop::collection::vec((any::<prop::sample::Index>(), 0..6_usize, 0..=PIECES.len()), 1..5)
}

fn mutated(text: &str, slips: &[Slip]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for (place, gone, piece) in slips {
        let at = place.index(letters.len() + 1);
        let end = (at + gone).min(letters.len());
        let piece = PIECES.get(*piece).copied().unwrap_or_default();
        letters.splice(at..end, piece.chars());
    }
    letters.into_iter().collect()
}

/// Reads a rule file and understands its patterns; what is wrong with it can be shown.
fn read(text: &str) {
    let (built_in, language) = &*BUILT_IN;
    let (rules, mut diagnostics) = built_in.with_file(Path::new("mutated.toml"), text);
    diagnostics.extend(Matcher::new(&rules, Arc::clone(language)).understand(&rules));
    for diagnostic in diagnostics {
        assert!(!diagnostic.render(false).is_empty());
    }
}

#[test]
fn the_file_itself_is_read() {
    let (rules, diagnostics) = BUILT_IN.0.with_file(Path::new("whole.toml"), FILE);
    assert_eq!(rules.relations.len(), 2, "{diagnostics:?}");
}

/// A pattern without places: printing moves what it prints.
fn bare(mut elements: Vec<Element>) -> Vec<Element> {
    for element in &mut elements {
        match element {
            Element::Slot(slot) => slot.span = Span::default(),
            Element::Any(words) => words.iter_mut().for_each(|word| word.span = Span::default()),
            Element::Optional(inner) => *inner = bare(std::mem::take(inner)),
            Element::Gap => {}
        }
    }
    elements
}

proptest! {
    #[test]
    fn no_text_makes_the_reading_of_patterns_panic(text in "\\PC*") {
        let _ = Pattern::parse(&text);
    }

    #[test]
    fn a_printed_pattern_reads_as_itself(
        text in "([XY]|X:Person|ROLE:\\$post|[a-z]{1,5}(\\|'[a-z]+'){0,2}|\\(with\\)|\\*|\\$post|[,.;!-]|Y's|/a+/| ){0,12}",
    ) {
        if let Ok(pattern) = Pattern::parse(&text) {
            let again = Pattern::parse(&pattern.to_string());
            prop_assert_eq!(again.map(|again| bare(again.elements)), Ok(bare(pattern.elements)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_file_with_slips_is_told_of(slips in slips()) {
        read(&mutated(FILE, &slips));
    }

    #[test]
    fn a_pattern_with_slips_is_told_of(which in 0..4_usize, slips in slips()) {
        let pattern = ["X met|saw (with) Y", "X's visit to Y (in PLACE)", "Y ROLE:$top_post X:Person", "X was in (the) $force of Y"][which];
        let pattern = mutated(pattern, &slips).replace(['\'', '\n', '\u{0}'], " ");
        let file = format!("[a]\nabout = \"\"\nsubject = \"Person\"\nobject = \"Actor\"\npatterns = ['{pattern}']\nnot = ['{pattern}']\n");
        read(&file);
    }
}
