//! Any text as a rule file: it is read, its patterns are understood, what is wrong with it is told; nothing panics.

#![no_main]

use libfuzzer_sys::fuzz_target;
use relata::language::Language;
use relata::matcher::Matcher;
use relata::rule::RuleSet;
use std::path::Path;
use std::sync::{Arc, LazyLock};

static BUILT_IN: LazyLock<(RuleSet, Arc<Language>)> = LazyLock::new(|| {
    let rules = RuleSet::built_in();
    let language = Language::new(&rules.lexicon);
    (rules, Arc::new(language))
});

fuzz_target!(|text: &str| {
    let (built_in, language) = &*BUILT_IN;
    let (rules, mut diagnostics) = built_in.with_file(Path::new("fuzz.toml"), text);
    diagnostics.extend(Matcher::new(&rules, Arc::clone(language)).understand(&rules));
    for diagnostic in diagnostics {
        diagnostic.render(false);
    }
});
