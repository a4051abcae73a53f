//! The text of a sentence → its [`Token`]s.

use crate::language::{Language, Token};
use crate::span::Span;
use unicode_segmentation::UnicodeSegmentation;

/// Divides `text`, which starts at byte `offset` of its article. O(length).
pub(super) fn tokens(text: &str, offset: usize, language: &Language) -> Vec<Token> {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for (start, word) in text.split_word_bound_indices() {
        let end = start + word.len();
        if word.chars().all(char::is_whitespace) {
            continue;
        }
        match ranges.last_mut() {
            Some(last) if last.1 == start && joins(&text[last.0..last.1], word, language) => last.1 = end,
            _ => ranges.extend(divided(word).into_iter().map(|(from, to)| (start + from, start + to))),
        }
    }
    // The period of "Acme Corp." at the end of a sentence is the sentence's; that of "U.S." stays.
    if let Some(last) = ranges.last_mut()
        && let Some(word) = text[last.0..last.1].strip_suffix('.')
        && word.len() > 2
        && !word.contains('.')
    {
        last.1 -= 1;
        let end = last.1;
        ranges.push((end, end + 1));
    }
    let token = |(start, end)| {
        let span = Span::new(offset + start, offset + end);
        Token::new(span, language.lemma(&text[start..end]))
    };
    ranges.into_iter().map(token).collect()
}

/// Whether `next`, which follows without a space, belongs to the token `before`: the period of an
/// abbreviation, and repeated signs ("--", "...").
fn joins(before: &str, next: &str, language: &Language) -> bool {
    if next == "." && before.starts_with(char::is_alphabetic) {
        let with_period = format!("{before}.");
        let initial = before.chars().count() == 1 && before.starts_with(char::is_uppercase) && before != "I";
        return initial || before.contains('.') || language.abbreviations.contains(&with_period);
    }
    let sign = next.chars().next().unwrap_or(' ');
    matches!(sign, '-' | '.' | '–' | '—') && before.chars().chain(next.chars()).all(|letter| letter == sign)
}

/// Cuts off what Universal Dependencies takes for a word of its own: `'s`, `n't`, `'ll`, …
fn divided(word: &str) -> Vec<(usize, usize)> {
    let whole = vec![(0, word.len())];
    let Some((at, sign)) = word.char_indices().rfind(|(_, letter)| matches!(letter, '\'' | '’')) else {
        return whole;
    };
    let after = word[at + sign.len_utf8()..].to_lowercase();
    let cut = match after.as_str() {
        "t" if word[..at].ends_with(['n', 'N']) && at > 1 => at - 1,
        "s" | "re" | "ve" | "ll" | "d" | "m" if at > 0 => at,
        _ => return whole,
    };
    vec![(0, cut), (cut, word.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleSet;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static LANGUAGE: LazyLock<Language> = LazyLock::new(|| Language::new(&RuleSet::built_in().lexicon));

    fn words(text: &str) -> Vec<String> {
        tokens(text, 0, &LANGUAGE).iter().map(|token| token.span.of(text).to_owned()).collect()
    }

    #[test]
    fn words_are_divided_as_in_universal_dependencies() {
        assert_eq!(words("Russia’s army won't"), ["Russia", "’s", "army", "wo", "n't"]);
        assert_eq!(words("Russia-led (U.S.) forces"), ["Russia", "-", "led", "(", "U.S.", ")", "forces"]);
        assert_eq!(words("$1,000 -- and..."), ["$", "1,000", "--", "and", "..."]);
        assert_eq!(words("Mr. O'Neil met J. Poe."), ["Mr.", "O'Neil", "met", "J.", "Poe", "."]);
    }

    proptest! {
        #[test]
        fn tokens_hold_every_visible_character_once(text in "\\PC{0,80}") {
            let joined: String = words(&text).concat();
            let visible: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
            let joined: String = joined.chars().filter(|letter| !letter.is_whitespace()).collect();
            prop_assert_eq!(joined, visible);
        }
    }
}
