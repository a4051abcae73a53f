//! The text of a pattern → [`Pattern`]: words, alternatives, options, gaps and slots, as written.
//!
//! | written | means |
//! |---|---|
//! | `spoke` | any form of *speak* |
//! | `'spoke'` | this form only; also for signs that mean something here: `'('` |
//! | `a\|b` | one or the other |
//! | `(with great care)` | may be there or not |
//! | `$top_post` | any entry of a word list |
//! | `/19\d\d/` | one token that the regular expression matches as a whole |
//! | `*` | up to four tokens of one clause that do not matter |
//! | `X`, `Y` | subject and object |
//! | `X:Person` | a slot narrowed to a type |
//! | `X!` | a slot for the bare name: nothing said before it, no list |
//! | `ROLE:$top_post`, `PLACE:Place`, `DATE` | qualifiers |

use crate::span::Span;
use std::fmt;

/// A pattern as a person wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// What has to come, in this order.
    pub elements: Vec<Element>,
}

/// One part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// A place for an entity or a qualifier.
    Slot(Slot),
    /// One of these.
    Any(Vec<Word>),
    /// A few tokens that do not matter.
    Gap,
    /// May be missing.
    Optional(Vec<Element>),
}

/// A place for an entity or a qualifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// `X`, `Y`, or the name of a qualifier in capitals.
    pub name: String,
    /// What may stand there, where the pattern narrows it.
    pub filler: Option<Filler>,
    /// Whether only the name itself may stand there: no title before it, no list.
    pub bare: bool,
    /// Where it stands in the pattern's text, in bytes.
    pub span: Span,
}

/// What may stand in a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filler {
    /// A mention of this type.
    Type(String),
    /// An entry of this word list.
    List(String),
}

/// One alternative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What it accepts.
    pub test: Test,
    /// Where it stands in the pattern's text, in bytes.
    pub span: Span,
}

/// What a word of a pattern accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Any form of the word's lemma.
    Lemma(String),
    /// This form only.
    Form(String),
    /// Any entry of a word list.
    List(String),
    /// A token that this regular expression matches as a whole.
    Regex(String),
}

/// What is wrong with the text of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: &'static str,
    /// Where, in bytes of the pattern's text.
    pub span: Span,
}

/// Brackets inside brackets: more than any phrase needs, and few enough for the stack.
const DEEPEST: usize = 16;

impl Pattern {
    /// Reads a pattern. Never panics, whatever the text. O(length).
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let elements = Parser { text, at: 0, depth: 0 }.elements(None)?;
        Ok(Self { elements })
    }

    /// All slots, those inside options too, in their order.
    pub fn slots(&self) -> Vec<&Slot> {
        fn collect<'p>(elements: &'p [Element], slots: &mut Vec<&'p Slot>) {
            for element in elements {
                match element {
                    Element::Slot(slot) => slots.push(slot),
                    Element::Optional(inner) => collect(inner, slots),
                    Element::Any(_) | Element::Gap => {}
                }
            }
        }
        let mut slots = Vec::new();
        collect(&self.elements, &mut slots);
        slots
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// How many brackets are open.
    depth: usize,
}

impl Parser<'_> {
    fn elements(&mut self, open: Option<usize>) -> Result<Vec<Element>, PatternError> {
        let mut elements = Vec::new();
        loop {
            self.skip_space();
            let start = self.at;
            match self.peek() {
                None => {
                    let unclosed = |at| self.error(at, at + 1, "this bracket is never closed", "add `)`");
                    return open.map_or(Ok(elements), |open| Err(unclosed(open)));
                }
                Some(')') if open.is_some() => {
                    self.at += 1;
                    self.depth -= 1;
                    if elements.is_empty() {
                        let message = "nothing stands in these brackets";
                        return Err(self.error(start - 1, start + 1, message, "write what may be missing"));
                    }
                    return Ok(elements);
                }
                Some(')') => {
                    let help = "write `')'` for a bracket in the text";
                    return Err(self.error(start, start + 1, "no bracket is open here", help));
                }
                Some('(') if self.depth == DEEPEST => {
                    let message = "there are too many brackets inside brackets";
                    return Err(self.error(start, start + 1, message, "write two patterns instead"));
                }
                Some('(') => {
                    self.at += 1;
                    self.depth += 1;
                    elements.push(Element::Optional(self.elements(Some(start))?));
                }
                Some('*') => {
                    self.at += 1;
                    elements.push(Element::Gap);
                }
                Some(_) => self.slot_or_words(&mut elements)?,
            }
        }
    }

    fn slot_or_words(&mut self, elements: &mut Vec<Element>) -> Result<(), PatternError> {
        if let Some(slot) = self.slot()? {
            elements.push(Element::Slot(slot));
            elements.extend(self.possessive().map(|word| Element::Any(vec![word])));
            return Ok(());
        }
        let mut words = vec![self.word()?];
        while self.peek() == Some('|') {
            self.at += 1;
            words.push(self.word()?);
        }
        elements.push(Element::Any(words));
        Ok(())
    }

    /// `X`, `Y` or a name in capitals of at least two letters, if that is what comes next.
    fn slot(&mut self) -> Result<Option<Slot>, PatternError> {
        let start = self.at;
        let rest = &self.text[start..];
        let length =
            rest.find(|letter: char| !letter.is_ascii_uppercase() && letter != '_').unwrap_or(rest.len());
        let name = &rest[..length];
        let after = rest[length..].chars().next();
        let ends = after.is_none_or(|next| next.is_whitespace() || ":)'’(,*;!?\"".contains(next));
        if !(matches!(name, "X" | "Y") || name.len() > 1) || !ends {
            return Ok(None);
        }
        self.at += length;
        let filler = if self.peek() == Some(':') { Some(self.filler()?) } else { None };
        let bare = self.peek() == Some('!');
        self.at += usize::from(bare);
        Ok(Some(Slot { name: name.to_owned(), filler, bare, span: Span::new(start, self.at) }))
    }

    fn filler(&mut self) -> Result<Filler, PatternError> {
        self.at += 1;
        let list = self.peek() == Some('$');
        self.at += usize::from(list);
        let name = self.name();
        if name.is_empty() {
            let help = "write a type as in `X:Person`, or a word list as in `ROLE:$post`";
            return Err(self.error(self.at - 1, self.at, "nothing follows the colon", help));
        }
        Ok(if list { Filler::List(name) } else { Filler::Type(name) })
    }

    /// The `'s` of a possessive, if that is what comes next.
    fn possessive(&mut self) -> Option<Word> {
        let rest = &self.text[self.at..];
        let sign = rest.chars().next().filter(|sign| matches!(sign, '\'' | '’'))?;
        let after = rest[sign.len_utf8()..].strip_prefix('s')?;
        if !after.chars().next().is_none_or(|next| next.is_whitespace() || next == ')') {
            return None;
        }
        let start = self.at;
        self.at += sign.len_utf8() + 1;
        Some(Word { test: Test::Form("'s".to_owned()), span: Span::new(start, self.at) })
    }

    fn word(&mut self) -> Result<Word, PatternError> {
        let start = self.at;
        if let Some(word) = self.possessive() {
            return Ok(word);
        }
        let test = match self.peek() {
            Some('\'') => Test::Form(self.quoted('\'', "this quotation mark is never closed")?),
            Some('/') => Test::Regex(self.quoted('/', "this regular expression is never closed")?),
            Some('$') => {
                self.at += 1;
                let name = self.name();
                if name.is_empty() {
                    let help = "write `$` and its name, as in `$post`";
                    return Err(self.error(start, self.at, "no word list is named", help));
                }
                Test::List(name)
            }
            Some(letter) if letter.is_alphanumeric() => Test::Lemma(self.bare()),
            Some(sign) if !sign.is_whitespace() && !"|()*".contains(sign) => {
                self.at += sign.len_utf8();
                Test::Form(sign.to_string())
            }
            _ => {
                let (before, help) = (start.saturating_sub(1), "write one on each side of `|`");
                return Err(self.error(before, start, "a word is missing here", help));
            }
        };
        Ok(Word { test, span: Span::new(start, self.at) })
    }

    /// A word as it stands: letters, digits and the signs that join them.
    fn bare(&mut self) -> String {
        self.until(|letter| letter.is_whitespace() || "|()*,;:!?\"".contains(letter))
    }

    fn name(&mut self) -> String {
        self.until(|letter| !letter.is_alphanumeric() && letter != '_')
    }

    fn until(&mut self, ends: impl Fn(char) -> bool) -> String {
        let rest = &self.text[self.at..];
        let taken = &rest[..rest.find(ends).unwrap_or(rest.len())];
        self.at += taken.len();
        taken.to_owned()
    }

    fn quoted(&mut self, quote: char, message: &str) -> Result<String, PatternError> {
        let start = self.at;
        let rest = &self.text[start + 1..];
        match rest.find(quote) {
            Some(end) if quote == '\'' && rest[..end].contains('|') => {
                let help = "put each of the forms between marks of its own: `'met'|'meets'`";
                Err(self.error(start, start + end + 2, "these marks hold a `|`", help))
            }
            Some(0) => {
                let message = "nothing stands between these marks";
                Err(self.error(start, start + 2, message, "write what to look for"))
            }
            Some(end) => {
                self.at = start + end + 2;
                Ok(rest[..end].to_owned())
            }
            None => Err(self.error(start, self.text.len(), message, "close it with the same mark")),
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip_space(&mut self) {
        self.at += self.text[self.at..].len() - self.text[self.at..].trim_start().len();
    }

    fn error(&self, start: usize, end: usize, message: &str, help: &'static str) -> PatternError {
        let end = end.min(self.text.len());
        PatternError { message: message.to_owned(), help, span: Span::new(start.min(end), end) }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write_elements(&self.elements, f)
    }
}

fn write_elements(elements: &[Element], f: &mut fmt::Formatter) -> fmt::Result {
    for (at, element) in elements.iter().enumerate() {
        if at > 0 {
            f.write_str(" ")?;
        }
        match element {
            Element::Gap => f.write_str("*")?,
            Element::Optional(inner) => {
                f.write_str("(")?;
                write_elements(inner, f)?;
                f.write_str(")")?;
            }
            Element::Slot(slot) => {
                f.write_str(&slot.name)?;
                match &slot.filler {
                    Some(Filler::Type(name)) => write!(f, ":{name}")?,
                    Some(Filler::List(name)) => write!(f, ":${name}")?,
                    None => {}
                }
                f.write_str(if slot.bare { "!" } else { "" })?;
            }
            Element::Any(words) => {
                for (at, word) in words.iter().enumerate() {
                    f.write_str(if at > 0 { "|" } else { "" })?;
                    match &word.test {
                        Test::Lemma(text) => f.write_str(text)?,
                        Test::Form(text) if text == "'s" => f.write_str("’s")?,
                        Test::Form(text) => write!(f, "'{text}'")?,
                        Test::List(name) => write!(f, "${name}")?,
                        Test::Regex(regex) => write!(f, "/{regex}/")?,
                    }
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match Pattern::parse(text) {
            Ok(pattern) => pattern.to_string(),
            Err(error) => format!("{}: {}", error.span.of(text), error.message),
        }
    }

    #[test]
    fn every_kind_of_element_is_read() {
        let same = "X:Person held|'had' (phone) talks * with $allies /19\\d\\d/ Y";
        assert_eq!(shown(same), same);
        assert_eq!(shown("Y's ROLE:$top_post X"), "Y ’s ROLE:$top_post X");
        assert_eq!(shown("X, leader of Y"), "X ',' leader of Y");
        assert_eq!(shown("X '(' Y ')'"), "X '(' Y ')'");
        assert_eq!(shown("US-backed X"), "US-backed X");
        assert_eq!(shown("X* met Y !"), "X * met Y '!'");
        assert_eq!(shown("Y 's X:Person! met"), "Y ’s X:Person! met");
    }

    #[test]
    fn each_slip_is_told_where_it_is() {
        assert_eq!(shown("X (met Y"), "(: this bracket is never closed");
        assert_eq!(shown("X met) Y"), "): no bracket is open here");
        assert_eq!(shown("X met 'with Y"), "'with Y: this quotation mark is never closed");
        assert_eq!(shown("X: met Y"), ":: nothing follows the colon");
        assert_eq!(shown("X $ Y"), "$: no word list is named");
        assert_eq!(shown("X a| b Y"), "|: a word is missing here");
        assert_eq!(shown("X 's|' Y"), "'s|': these marks hold a `|`");
    }

    #[test]
    fn brackets_go_only_so_deep() {
        let nested = |depth| format!("X {}met{} Y", "(".repeat(depth), ")".repeat(depth));
        assert_eq!(shown(&nested(DEEPEST)), nested(DEEPEST));
        assert_eq!(shown(&nested(100_000)), "(: there are too many brackets inside brackets");
        assert!(Pattern::parse(&"(a) ".repeat(1000)).is_ok());
    }
}
