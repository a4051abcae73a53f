//! Text → where its tokens are, as the English treebanks of Universal Dependencies divide words.
//!
//! What stands between white space is taken apart from outside to inside: signs before, signs after,
//! and then the signs and endings within the word.

use super::Language;
use super::writing::{self, is_sign};

/// Where a token is in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it is a part of the same word as the one before it: the `n't` of "don't".
    pub(super) joined: bool,
}

/// Divides `text`. O(length).
pub(super) fn cuts(text: &str, language: &Language) -> Vec<Cut> {
    let mut cutter = Cutter {
        text,
        language,
        cuts: Vec::with_capacity(text.len() / 5 + 1),
        after: Vec::new(),
        quoted: false,
    };
    let mut start = None;
    for (at, letter) in text.char_indices() {
        match (start, letter.is_whitespace()) {
            (None, false) => start = Some(at),
            (Some(from), true) => {
                cutter.chunk(from, at);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        cutter.chunk(from, text.len());
    }
    cutter.cuts
}

struct Cutter<'c> {
    text: &'c str,
    language: &'c Language,
    cuts: Vec<Cut>,
    /// Signs after the word in hand, the last one first.
    after: Vec<(usize, usize)>,
    /// Whether a single quotation mark is open.
    quoted: bool,
}

impl Cutter<'_> {
    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            self.cuts.push(Cut { start, end, joined: false });
        }
    }

    /// What stands between white space.
    fn chunk(&mut self, mut start: usize, mut end: usize) {
        let text = self.text;
        if text.as_bytes()[start..end].iter().all(u8::is_ascii_lowercase) {
            return self.word(start, end);
        }
        let writing = &self.language.writing;
        while let Some(first) = text[start..end].chars().next() {
            let rest = &text[start..end];
            if !is_sign(first) || writing.is_whole(rest) || writing.keeps_first(rest, first) {
                break;
            }
            let run = writing::run(rest, first);
            self.quoted =
                matches!(first, '\'' | '‘' | '`') || self.quoted && !matches!(first, '’' | '"' | '“');
            self.push(start, start + run);
            start += run;
        }
        self.after.clear();
        while let Some(last) = text[start..end].chars().next_back() {
            let rest = &text[start..end];
            if !is_sign(last)
                || writing.is_whole(rest)
                || writing.keeps_last(rest, last, self.quoted, &text[end..])
            {
                break;
            }
            self.quoted = self.quoted && !matches!(last, '\'' | '’');
            let run = match writing.emoticon_at_end(rest) {
                Some(length) => length,
                None => writing::run_back(rest, last),
            };
            self.after.push((end - run, end));
            end -= run;
        }
        let after = std::mem::take(&mut self.after);
        if start < end {
            self.inside(start, end);
        }
        for (from, to) in after.iter().rev() {
            self.push(*from, *to);
        }
        self.after = after;
    }

    /// A word without signs round it, but perhaps with signs in it.
    fn inside(&mut self, start: usize, end: usize) {
        let text = &self.text[start..end];
        let writing = &self.language.writing;
        if text.as_bytes().iter().all(u8::is_ascii_alphabetic) || writing.is_whole(text) {
            return self.word(start, end);
        }
        let mut from = 0;
        let mut at = 0;
        while let Some(letter) = text[at..].chars().next() {
            let length = letter.len_utf8();
            match writing.cut_at(text, from, at, letter) {
                None => at += length,
                Some(run) => {
                    self.word(start + from, start + at);
                    self.push(start + at, start + at + run);
                    from = at + run;
                    // A cut of no length divides before this letter, which is then not asked again.
                    at += if run == 0 { length } else { run };
                    if from < text.len() && writing.is_whole(&text[from..]) {
                        break;
                    }
                }
            }
        }
        self.word(start + from, end);
    }

    /// A word without signs that divide it: cuts off `'s`, `n't`, the unit after a number.
    fn word(&mut self, start: usize, end: usize) {
        let Some(text) = self.text.get(start..end).filter(|text| !text.is_empty()) else { return };
        let Some((at, joined)) = self.language.writing.part(text) else { return self.push(start, end) };
        // "5pm" is "5", "pm"; "won't've" is cut twice.
        if joined && text[..at].contains(['\'', '’']) {
            self.word(start, start + at);
        } else {
            self.push(start, start + at);
        }
        self.cuts.push(Cut { start: start + at, end, joined });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleSet;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static LANGUAGE: LazyLock<Language> = LazyLock::new(|| Language::new(&RuleSet::built_in().lexicon));

    fn words(text: &str) -> Vec<&str> {
        cuts(text, &LANGUAGE).iter().map(|cut| &text[cut.start..cut.end]).collect()
    }

    #[test]
    fn words_are_divided_as_in_universal_dependencies() {
        for (text, divided) in [
            ("Russia’s army won't", "Russia ’s army wo n't"),
            ("Russia-led (U.S.) forces", "Russia - led ( U.S. ) forces"),
            ("$1,000 -- and...", "$ 1,000 -- and ..."),
            ("Mr. O'Neil met J. Poe.", "Mr. O'Neil met J. Poe ."),
            ("I cannot, I'm gonna e-mail co-founders", "I can not , I 'm gon na e-mail co-founders"),
            ("at 5pm, for $31m; 5:00-8:30, the 1980s", "at 5 pm , for $ 31 m ; 5:00 - 8:30 , the 1980s"),
            (
                "see http://a.org/b-c?d=(e), or mail a.b@c.de.",
                "see http://a.org/b-c?d=(e) , or mail a.b@c.de .",
            ),
            ("really?! Yes :-) no (;", "really ?! Yes :-) no ( ;"),
            ("either/or 9/11 24/7 AT&T R&D 713-853-3989", "either / or 9/11 24/7 AT&T R&D 713-853-3989"),
            ("the bosses' “plan”—his", "the bosses ' “ plan ” — his"),
            ("here.The end...and US$5 5% 3.5 .45", "here . The end ... and US$ 5 5 % 3.5 .45"),
            ("1. a.m. p.m., e.g. i.e.", "1 . a.m. p.m. , e.g. i.e."),
            ("\"Why?\" he asked", "\" Why ? \" he asked"),
        ] {
            assert_eq!(words(text).join(" "), divided);
        }
        let joined = |text| cuts(text, &LANGUAGE).iter().map(|cut| cut.joined).collect::<Vec<_>>();
        assert_eq!(joined("they'd can't 5pm"), [false, true, false, true, false, false]);
    }

    #[test]
    fn ten_thousand_brackets_are_read_at_once() {
        assert_eq!(words(&"(".repeat(10_000)).len(), 10_000);
        assert!(words(&"([{a".repeat(10_000)).len() > 10_000);
        assert!(!words(&"a-'s.)".repeat(50_000)).is_empty());
    }

    proptest! {
        #[test]
        fn tokens_hold_every_visible_character_once(text in "([-a-zA-Z0-9'’.,/:()$%!? ]{0,40}|\\PC{0,80})") {
            let joined: String = words(&text).concat();
            let visible: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
            prop_assert_eq!(joined, visible);
        }
    }
}
