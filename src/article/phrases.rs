//! Word lists of `rules/lexicon/cleaning.toml` in, questions about a line out: does it match a list?

use crate::diagnostic::{Diagnostic, nearest};
use regex::Regex;
use std::collections::BTreeMap;
use std::ops::Range;

/// Where in a line a phrase has to stand.
#[derive(Debug, Clone, Copy)]
enum Stand {
    Whole,
    Start,
    End,
    Anywhere,
}

/// One word list as a single expression, so that a line is read once however long the list is.
#[derive(Debug, Clone, Default)]
pub(super) struct List(Option<Regex>);

impl List {
    /// Where the list matches in `line`, white space left out.
    pub(super) fn find(&self, line: &str) -> Option<Range<usize>> {
        let found = self.0.as_ref()?.captures(line)?;
        found.name("hit").map(|hit| hit.range())
    }

    /// All places in `line`, from left to right.
    pub(super) fn find_all<'a>(&'a self, line: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.0.iter().flat_map(move |regex| regex.find_iter(line)).map(|hit| hit.range())
    }

    /// Whether the list matches.
    pub(super) fn is(&self, line: &str) -> bool {
        self.0.as_ref().is_some_and(|regex| regex.is_match(line))
    }
}

macro_rules! lists {
    ($($(#[$about:meta])* $name:ident: $stand:ident,)*) => {
        /// All lists that cleaning uses; the file says what each is for.
        #[derive(Debug, Clone, Default)]
        pub(super) struct Phrases { $(pub(super) $name: List,)* }

        impl Phrases {
            const NAMES: &[&str] = &[$(stringify!($name)),*];

            fn compile(words: &BTreeMap<String, Vec<String>>, wrong: &mut Vec<Diagnostic>) -> Self {
                Self { $($name: list(stringify!($name), Stand::$stand, words, wrong),)* }
            }
        }
    };
}

lists! {
    advertisement: Whole,
    prompt: Whole,
    byline: Whole,
    link_label: Start,
    footer: Whole,
    credit: End,
    credit_line: Whole,
    caption_start: Start,
    caption_mark: Start,
    open_end: End,
    open_post: End,
    date_label: Start,
    dateline: Start,
    bullet: Start,
    legend: Whole,
    inline: Anywhere,
    foreign_start: Anywhere,
    foreign_end: Whole,
}

impl Phrases {
    /// Compiles all lists; those that `words` lacks match nothing.
    pub(super) fn new(words: &BTreeMap<String, Vec<String>>) -> (Self, Vec<Diagnostic>) {
        let mut wrong = Vec::new();
        for name in words.keys().filter(|name| !Self::NAMES.contains(&name.as_str())) {
            let diagnostic =
                Diagnostic::error("unknown-list", format!("cleaning has no use for a word list `{name}`"));
            wrong.push(match nearest(name, Self::NAMES.iter().copied()) {
                Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
                None => diagnostic.help(format!("the lists are {}", Self::NAMES.join(", "))),
            });
        }
        let phrases = Self::compile(words, &mut wrong);
        (phrases, wrong)
    }
}

fn list(
    name: &str,
    stand: Stand,
    words: &BTreeMap<String, Vec<String>>,
    wrong: &mut Vec<Diagnostic>,
) -> List {
    let mut entries: Vec<(String, &String)> =
        words.get(name).into_iter().flatten().map(|entry| (source(entry), entry)).collect();
    // The first alternative that fits is taken: "published on" has to come before "published".
    entries.sort_by_key(|(source, _)| std::cmp::Reverse(source.len()));
    match combine(stand, &entries) {
        Ok(list) => list,
        // Only now is each entry tried by itself: compiling takes most of the time that a run needs to begin.
        Err(error) => {
            let told = wrong.len();
            entries.retain(|(source, entry)| {
                let fault = Regex::new(source).err();
                wrong.extend(fault.as_ref().map(|error| bad_regex(name, entry, error)));
                fault.is_none()
            });
            if wrong.len() == told {
                wrong.push(bad_regex(name, "all entries together", &error));
                entries.clear();
            }
            combine(stand, &entries).unwrap_or_default()
        }
    }
}

fn combine(stand: Stand, entries: &[(String, &String)]) -> Result<List, regex::Error> {
    if entries.is_empty() {
        return Ok(List(None));
    }
    let any = entries.iter().map(|(source, _)| source.as_str()).collect::<Vec<_>>().join("|");
    let whole = match stand {
        Stand::Whole => format!(r"^\s*(?<hit>{any})[\s:.…>»→]*$"),
        Stand::Start => format!(r"^\s*(?<hit>{any})"),
        Stand::End => format!(r"(?:^|[^\p{{L}}\p{{N}}])(?<hit>{any})\s*$"),
        Stand::Anywhere => any,
    };
    Regex::new(&whole).map(|regex| List(Some(regex)))
}

/// An entry as an expression: what stands between slashes as it is, anything else letter for letter.
fn source(entry: &str) -> String {
    if let Some(regex) = entry.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
        return format!("(?:{regex})");
    }
    let words: Vec<String> = entry.split_whitespace().map(regex::escape).collect();
    let phrase = words.join(r"\s+").replace(['\'', '’'], "['’]");
    let ends_in_word = entry.trim_end().ends_with(char::is_alphanumeric);
    format!("(?i:{phrase}{})", if ends_in_word { r"\b" } else { "" })
}

fn bad_regex(list: &str, entry: &str, error: &regex::Error) -> Diagnostic {
    let reason = error.to_string();
    let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ");
    Diagnostic::error("bad-regex", format!("{entry} in the word list `{list}` is no regular expression: {reason}"))
        .help("what stands between slashes follows the syntax of Rust's `regex` crate; without slashes it is a plain phrase")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str, entries: &[&str]) -> BTreeMap<String, Vec<String>> {
        [(name.to_owned(), entries.iter().map(|&entry| entry.to_owned()).collect())].into()
    }

    #[test]
    fn a_phrase_matches_in_any_case_and_with_any_apostrophe() {
        let (phrases, wrong) = Phrases::new(&words("footer", &["Editor's picks"]));
        assert!(wrong.is_empty());
        assert!(phrases.footer.is("EDITOR’S  PICKS:"));
        assert!(!phrases.footer.is("Editor's picks of the week"));
    }

    #[test]
    fn a_phrase_ends_at_a_word_s_end() {
        let (phrases, _) = Phrases::new(&words("date_label", &["date"]));
        assert_eq!(phrases.date_label.find(" Date: 2019"), Some(1..5));
        assert_eq!(phrases.date_label.find("dateline"), None);
    }

    #[test]
    fn a_bad_expression_and_an_unknown_list_are_told_and_the_rest_is_kept() {
        let (phrases, wrong) = Phrases::new(&words("prompt", &["/(/", "Learn more"]));
        assert_eq!(wrong.iter().map(|wrong| wrong.code).collect::<Vec<_>>(), ["bad-regex"]);
        assert!(wrong[0].message.contains("`prompt`"));
        assert!(phrases.prompt.is("learn more »"));
        let (_, wrong) = Phrases::new(&words("promt", &[]));
        assert_eq!(wrong[0].help.as_deref(), Some("did you mean `prompt`?"));
    }
}
