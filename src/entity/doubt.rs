//! What nothing decides → pairs with reasons, for a person to decide.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Two names of which it is not sure whether they are one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doubt {
    /// Whether they were taken for one.
    pub joined: bool,
    /// The one, as a file of identities names it.
    pub left: String,
    /// The other.
    pub right: String,
    /// Why it is not sure.
    pub reason: &'static str,
}

/// Pairs of items, while clusters still grow.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    pub(super) pairs: BTreeMap<(usize, usize), (bool, &'static str)>,
}

impl Doubts {
    pub(super) fn kept_apart(&mut self, (left, right): (usize, usize), reason: &'static str) {
        self.pairs.entry((left.min(right), left.max(right))).or_insert((false, reason));
    }

    pub(super) fn joined(&mut self, (left, right): (usize, usize), reason: &'static str) {
        self.pairs.entry((left.min(right), left.max(right))).or_insert((true, reason));
    }
}

/// The text of a file of identities in which nothing is decided yet: each pair is a comment in the list that
/// would change what was done.
pub fn review(doubts: &[Doubt]) -> String {
    let mut text = "\
# Names of which relata is not sure whether they are one. Take the `#` away before a pair to have it so, and
# give this file to `relata build` with `--identities`. A pair that stays a comment is decided by relata, as
# it was this time.
"
    .to_owned();
    for (joined, key, head) in
        [(false, "same", "These were kept apart."), (true, "not-same", "These were taken for one.")]
    {
        let _ = write!(text, "\n# {head}\n{key} = [\n");
        let mut reason = "";
        for doubt in doubts.iter().filter(|doubt| doubt.joined == joined) {
            if doubt.reason != reason {
                reason = doubt.reason;
                let _ = writeln!(text, "  # {reason}:");
            }
            let _ = writeln!(text, "  # [{}, {}],", quoted(&doubt.left), quoted(&doubt.right));
        }
        text.push_str("]\n");
    }
    text
}

/// A basic string of TOML 1.0. Line ends would end the comment that it stands in.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => drop(write!(quoted, "\\u{:04X}", letter as u32)),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
