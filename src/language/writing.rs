//! The conventions of English writing that the division into tokens asks about, from the word lists.

use crate::rule::lexicon::Lexicon;
use std::collections::{HashMap, HashSet};

/// Word lists of `lexicon/tokens.toml` and `lexicon/abbreviations.toml`, for looking up.
#[derive(Debug, Clone)]
pub(super) struct Writing {
    abbreviations: HashSet<String>,
    /// Small letters → where the word is divided.
    contractions: HashMap<String, usize>,
    clitics: HashSet<String>,
    prefixes: HashSet<String>,
    hyphenated: HashSet<String>,
    units: HashSet<String>,
    emoticons: HashSet<String>,
    domains: HashSet<String>,
    files: HashSet<String>,
    before_number: HashSet<String>,
    letter_closing: HashSet<String>,
}

/// Longest chunk that may be an address, a number or another word with signs in it.
const LONGEST_WHOLE: usize = 400;

impl Writing {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let set = |name| lexicon.words(name).iter().cloned().collect();
        let contraction = |parts: &String| Some((parts.replace(' ', ""), parts.find(' ')?));
        Self {
            abbreviations: set("abbreviation"),
            contractions: lexicon.words("contraction").iter().filter_map(contraction).collect(),
            clitics: set("clitic"),
            prefixes: set("hyphen_prefix"),
            hyphenated: set("hyphenated"),
            units: set("unit"),
            emoticons: set("emoticon"),
            domains: set("domain"),
            files: set("file_ending"),
            before_number: set("before_number"),
            letter_closing: set("letter_closing"),
        }
    }

    pub(super) fn is_emoticon(&self, word: &str) -> bool {
        (2..=4).contains(&word.len()) && self.emoticons.contains(word)
    }

    /// "Best regards"
    pub(super) fn closes_letter(&self, words: &str) -> bool {
        self.letter_closing.contains(&words.to_lowercase())
    }

    /// Whether all of this is one token in spite of its signs: an address, a file, an emoticon, `'s`.
    pub(super) fn is_whole(&self, text: &str) -> bool {
        if text.len() > LONGEST_WHOLE {
            return false;
        }
        if self.is_emoticon(text) || text.len() <= 5 && self.is_clitic(text) {
            return true;
        }
        let Some(last) = text.chars().next_back() else { return false };
        let ends_well = !is_sign(last) || matches!(last, '/' | '=' | '_' | '-');
        if text.contains("://") || text.starts_with("www.") || text.starts_with("mailto:") {
            let opened = text.contains('(') && last == ')';
            return text.starts_with(char::is_alphanumeric)
                && (ends_well || opened)
                && !text.contains(['<', '"']);
        }
        if !ends_well || !text.contains(['.', '@', '-']) {
            return false;
        }
        let plain = |sign: char| {
            !is_sign(sign) || matches!(sign, '.' | '-' | '_' | '@' | '%' | '+' | '#' | '/' | '~')
        };
        let first = text.chars().next().is_some_and(|first| first.is_alphanumeric());
        if !first || !text.chars().all(plain) {
            return false;
        }
        if let Some((name, place)) = text.split_once('@') {
            return !name.is_empty() && place.contains('.') && !place.contains('/');
        }
        if let Some((_, ending)) = text.rsplit_once('.')
            && self.files.contains(&ending.to_lowercase())
        {
            return true;
        }
        self.is_domain(text) || is_telephone(text) || self.is_hyphenated(text)
    }

    /// "galleryfurniture.com/beds", but not "here.It".
    fn is_domain(&self, text: &str) -> bool {
        let host = text.split('/').next().unwrap_or_default();
        host.rsplit_once('.').is_some_and(|(name, ending)| {
            name.len() > 1
                && self.domains.contains(ending)
                && name.split('.').all(|part| part.len() > 1)
                && !name.ends_with('.')
        })
    }

    fn is_hyphenated(&self, text: &str) -> bool {
        let small = text.to_lowercase();
        self.hyphenated.contains(&small)
    }

    fn is_clitic(&self, text: &str) -> bool {
        let rest = text.strip_prefix(['\'', '’']);
        rest.is_some_and(|rest| self.clitics.contains(&rest.to_lowercase()))
    }

    /// Whether a sign at the front belongs to the word: `.45`, `-5`, `@name`, `'90s`.
    pub(super) fn keeps_first(&self, text: &str, first: char) -> bool {
        let next = text.chars().nth(1);
        let digit = next.is_some_and(|next| next.is_ascii_digit());
        match first {
            '.' => digit,
            '+' => digit,
            '@' | '_' | '&' => next.is_some_and(char::is_alphabetic),
            '\'' | '’' => digit && text.trim_end_matches('s').chars().count() == 3,
            _ => false,
        }
    }

    /// Whether a sign at the end belongs to the word: "Mr.", "U.S.", "C++".
    ///
    /// `next` is the text after it: "No." only keeps its period before a number.
    pub(super) fn keeps_last(&self, text: &str, last: char, quoted: bool, next: &str) -> bool {
        match last {
            '.' => {
                let Some(word) = text.strip_suffix('.') else { return false };
                if word.len() > 24 || word.ends_with('.') {
                    return false;
                }
                let number = || next.trim_start().starts_with(|next: char| next.is_ascii_digit());
                self.abbreviations.contains(text) && (!self.before_number.contains(text) || number())
                    || is_initials(word)
            }
            '+' => text.ends_with("++") && text.trim_end_matches('+').chars().count() == 1,
            // A word that was broken off.
            '-' => {
                text.len() <= 4 && text[..text.len() - 1].chars().all(char::is_alphabetic) && text.len() > 1
            }
            '$' => text
                .strip_suffix('$')
                .is_some_and(|word| !word.is_empty() && word.chars().all(char::is_uppercase)),
            // "the bosses' plan": what opens a quotation has been cut off before.
            '\'' | '’' => text.chars().count() == 1 || !quoted && ends_in_s(text),
            _ => false,
        }
    }

    /// The length of an emoticon at the end of a chunk.
    pub(super) fn emoticon_at_end(&self, text: &str) -> Option<usize> {
        let starts = text.char_indices().rev().take(4).skip(1).map(|(at, _)| at);
        let found =
            starts.filter(|at| self.emoticons.contains(&text[*at..])).max_by_key(|at| text.len() - at)?;
        // "(see below:)" holds no smile.
        let before = text[..found].chars().next_back();
        (!text[found..].ends_with(')') || !text[..found].contains('(') || before.is_some_and(is_sign))
            .then_some(text.len() - found)
    }

    /// The length of the token that divides a word at the sign `letter`; 0 divides before it.
    pub(super) fn cut_at(&self, text: &str, from: usize, at: usize, letter: char) -> Option<usize> {
        let before = text[from..at].chars().next_back();
        let rest = &text[at + letter.len_utf8()..];
        let next = rest.chars().next();
        let digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        let digits = digit(before) && digit(next);
        match letter {
            '-' => {
                let run = run(&text[at..], letter);
                let short = at - from <= 8;
                let keeps = run == 1
                    && short
                    && (at == from || self.prefixes.contains(&text[from..at].to_lowercase()));
                (!keeps).then_some(run)
            }
            '.' if next == Some('.') => Some(run(&text[at..], letter)),
            '.' => {
                let word = &text[from..at];
                let after = rest.chars().nth(1);
                let sentence = word.len() < 40
                    && word.chars().count() > 1
                    && !word.contains('.')
                    && before.is_some_and(char::is_lowercase)
                    && next.is_some_and(char::is_uppercase)
                    && after.is_none_or(|after| !is_sign(after) && !after.is_uppercase());
                sentence.then_some(1)
            }
            ',' | ':' => (!digits).then_some(1),
            '/' => (!digits && text.len() > 3).then_some(1),
            '$' | '£' | '€' if digit(next) => match before {
                Some(before) if before.is_uppercase() => None,
                _ => Some(letter.len_utf8()),
            },
            '%' => Some(1),
            '\'' | '’' | '`' | '&' | '@' | '_' | '#' | '+' | '\\' | '^' | '·' | '$' => None,
            '0'..='9' if matches!(before, Some('$' | '£' | '€')) => Some(0),
            _ if is_sign(letter) => Some(run(&text[at..], letter)),
            _ => None,
        }
    }

    /// Where a word without dividing signs is cut in two, and whether both parts are still one word.
    pub(super) fn part(&self, text: &str) -> Option<(usize, bool)> {
        if text.starts_with(|first: char| first.is_ascii_digit()) {
            let end =
                text.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | ',' | ':'))?;
            return self.units.contains(&text[end..]).then_some((end, false));
        }
        if text.len() > 40 {
            return None;
        }
        if let Some((at, sign)) = text.char_indices().rfind(|(_, letter)| matches!(letter, '\'' | '’' | '`'))
        {
            let after = &text[at + sign.len_utf8()..];
            if after.eq_ignore_ascii_case("t") && text[..at].ends_with(['n', 'N']) && at > 1 {
                return Some((at - 1, true));
            }
            let possessive = after.is_empty() && ends_in_s(text) && sign != '`';
            return (at > 0 && (possessive || self.clitics.contains(&after.to_lowercase())))
                .then_some((at, true));
        }
        if !(2..=7).contains(&text.len()) {
            return None;
        }
        Some((*self.contractions.get(&text.to_lowercase())?, true))
    }
}

/// An address on the web or for mail.
pub(super) fn is_address(word: &str) -> bool {
    word.len() > 5
        && (word.contains("://")
            || word.starts_with("www.")
            || word.find('@').is_some_and(|at| at > 0) && word.contains('.'))
}

/// "bosses'"
fn ends_in_s(text: &str) -> bool {
    text.trim_end_matches(['\'', '’']).ends_with(['s', 'S', 'x', 'z'])
}

/// "J", "U.S", "Ph.D", "a.m": what a period ends that is no sentence's.
fn is_initials(word: &str) -> bool {
    let mut parts = word.split('.').peekable();
    let single = word.chars().count() == 1;
    if single {
        return word.starts_with(char::is_uppercase) && word != "I";
    }
    let mut count = 0;
    let short = parts.all(|part| {
        count += 1;
        part.chars().count() == 1 && part.starts_with(char::is_alphabetic)
    });
    short && count > 1
}

/// "713-853-3989", "345-9945", "11-20-2000": groups of digits that are no range such as "5-10".
fn is_telephone(text: &str) -> bool {
    let groups: Vec<&str> = text.trim_start_matches('x').split(['-', '/']).collect();
    let digits =
        groups.iter().all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    digits
        && text.contains('-')
        && (groups.len() > 2 || groups.len() == 2 && groups[0].len() == 3 && groups[1].len() == 4)
}

/// Whether a character may be a token by itself: all but letters, digits and what goes with them.
pub(super) fn is_sign(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_punctuation();
    }
    let mark = matches!(letter, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}'
        | '\u{200c}'..='\u{200f}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}');
    !letter.is_alphanumeric() && !mark
}

/// The length of a run of one sign, or of signs that end sentences, at the start of `text`.
pub(super) fn run(text: &str, first: char) -> usize {
    if stands_alone(first) {
        return first.len_utf8();
    }
    let same = |letter: char| letter == first || is_end(first) && is_end(letter);
    text.find(|letter| !same(letter)).unwrap_or(text.len())
}

/// The same at the end.
pub(super) fn run_back(text: &str, last: char) -> usize {
    if stands_alone(last) {
        return last.len_utf8();
    }
    let same = |letter: char| letter == last || is_end(last) && is_end(letter);
    text.len() - text.trim_end_matches(same).len()
}

/// Brackets, quotation marks and commas are tokens one by one; other signs are in rows: "--", "!!!".
fn stands_alone(sign: char) -> bool {
    matches!(
        sign,
        '"' | '“' | '”' | '‘' | '’' | '(' | ')' | '[' | ']' | '{' | '}' | ',' | ';' | ':' | '$' | '%' | '…'
    )
}

fn is_end(sign: char) -> bool {
    matches!(sign, '.' | '!' | '?')
}
