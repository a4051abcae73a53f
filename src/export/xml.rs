//! Any text → what XML 1.0 may hold in its place, whether between tags or in quotes.

use std::fmt::{self, Display, Formatter};

/// A text that is written with its `<`, `&` and quotes escaped. Line breaks and tabs are written by number, which
/// parsers would otherwise turn into spaces in attributes; characters that XML 1.0 (§2.2) forbids become U+FFFD.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        for c in self.0.chars() {
            match c {
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '&' => f.write_str("&amp;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&apos;")?,
                '\t' | '\n' | '\r' => write!(f, "&#{};", u32::from(c))?,
                '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => f.write_char('\u{fffd}')?,
                _ => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        for (text, expected) in [
            ("a < b && \"c\" 'd' ]]>", "a &lt; b &amp;&amp; &quot;c&quot; &apos;d&apos; ]]&gt;"),
            ("a\r\n\tb", "a&#13;&#10;&#9;b"),
            ("\0\u{b}\u{ffff}", "\u{fffd}\u{fffd}\u{fffd}"),
            ("محمد 習近平 🙂", "محمد 習近平 🙂"),
        ] {
            assert_eq!(Escaped(text).to_string(), expected);
        }
    }
}
