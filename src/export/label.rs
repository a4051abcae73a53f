//! Any text → a quoted string of DOT that Graphviz shows as that text, and shorter texts for labels.

use unicode_segmentation::UnicodeSegmentation;

/// Lines of text as one quoted DOT string.
///
/// Graphviz reads such a string three times: the lexer knows `\"`; then `\N`, `\E`, `\n` and the
/// like are replaced ("escString"); then HTML entities such as `&lt;` are decoded, although the
/// string is no HTML. Each is disarmed here:
/// - `"` → `\"`, `&` → `&amp;`.
/// - `\` → `\\` and an invisible word joiner (U+2060). Graphviz 2.43 replaces escapes in tooltips
///   twice, so that `\\N` would still end as the node's name; after a word joiner no letter is left
///   to make an escape of, in any version.
/// - White space of all kinds, line breaks and control characters become one space: XML, and so SVG,
///   cannot hold most of them.
/// - Marks that change the direction of writing for everything after them are left out;
///   right-to-left text itself needs none.
pub(super) fn quoted<T: AsRef<str>>(lines: &[T]) -> String {
    let mut string = String::from("\"");
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            string.push_str("\\n");
        }
        for c in clean(line.as_ref()).chars() {
            match c {
                '"' => string.push_str("\\\""),
                '&' => string.push_str("&amp;"),
                '\\' => string.push_str("\\\\\u{2060}"),
                _ => string.push(c),
            }
        }
    }
    string.push('"');
    string
}

/// The text on one line, without what no picture can show.
pub(super) fn clean(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => {}
            _ if c.is_whitespace() || c.is_control() => {
                if !line.is_empty() && !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            _ => line.push(c),
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// The cleaned text, cut to at most `most` code points and "…": after a word where one ends in the
/// second half, else between two characters as people see them.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let text = clean(text);
    let Some((limit, _)) = text.char_indices().nth(most) else { return text };
    let word = if text[limit..].starts_with(' ') { Some(limit) } else { text[..limit].rfind(' ') };
    let word = word.filter(|end| *end > limit / 2);
    let character = text.grapheme_indices(true).map(|(at, _)| at).take_while(|at| *at <= limit).last();
    // One "character" may be a letter under ten thousand accents: then it is cut, too.
    let cut = word.or(character).filter(|cut| *cut > 0).unwrap_or(limit);
    format!("{}…", text[..cut].trim_end())
}

/// Breaks a text between words into lines of at most `width` code points; longer words stay whole.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is left of a quoted string after Graphviz has read it, or why it is no string.
    fn read(quoted: &str) -> Result<String, String> {
        let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).ok_or("no quotes")?;
        let mut text = String::new();
        let mut chars = inner.chars();
        while let Some(c) = chars.next() {
            match (c, c == '\\') {
                ('"', _) => return Err("a quote ends it early".to_owned()),
                (_, true) => match chars.next() {
                    Some('"') => text.push('"'),
                    Some('\\') if chars.next() == Some('\u{2060}') => text.push('\\'),
                    Some('n') => text.push('\n'),
                    other => return Err(format!("escape {other:?}")),
                },
                _ => text.push(c),
            }
        }
        Ok(text.replace("&amp;", "&"))
    }

    #[test]
    fn hostile_text_is_disarmed() {
        for (text, expected) in [
            (r#"say "hi""#, r#""say \"hi\"""#),
            (r"\N", "\"\\\\\u{2060}N\""),
            (r"ends with \", "\"ends with \\\\\u{2060}\""),
            (r#"\""#, "\"\\\\\u{2060}\\\"\""),
            ("a\r\n\tb\u{2028}c", "\"a b c\""),
            ("nul\0bell\u{7}", "\"nul bell\""),
            ("<b>x</b>", "\"<b>x</b>\""),
            ("&amp; &lt;", "\"&amp;amp; &amp;lt;\""),
            ("\u{202e}محمد\u{202c}", "\"محمد\""),
            ("", "\"\""),
        ] {
            assert_eq!(quoted(&[text]), expected, "{text:?}");
        }
        assert_eq!(quoted(&["one", "two"]), r#""one\ntwo""#);
    }

    #[test]
    fn long_text_is_cut_after_a_word() {
        assert_eq!(shortened("a short one", 60), "a short one");
        assert_eq!(shortened("one two three four", 13), "one two three…");
        assert_eq!(shortened("one two three four", 15), "one two three…");
        assert_eq!(shortened(&"é".repeat(10_000), 60), format!("{}…", "é".repeat(60)));
        let accents = format!("a{}", "\u{301}".repeat(10_000));
        assert_eq!(shortened(&accents, 60).chars().count(), 61);
        let family = "👩‍👩‍👧".repeat(10);
        assert_eq!(shortened(&family, 12), "👩‍👩‍👧👩‍👩‍👧…");
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("Organization for Security and Co-operation", 20).len(), 3);
        assert_eq!(wrapped("x", 20), ["x"]);
    }

    proptest! {
        #[test]
        fn whatever_comes_in_can_be_read_back(text in "(.|[\\\\\"&\\n\\x00NELl;<>]){0,40}") {
            prop_assert_eq!(read(&quoted(&[&text])), Ok(clean(&text)));
        }

        #[test]
        fn whatever_comes_in_is_short_enough(text in "(.|[ \\u{301}]){0,90}", most in 1_usize..60) {
            prop_assert!(shortened(&text, most).chars().count() <= most + 1);
        }
    }
}
