//! Pointing at text: what goes in is a byte range, what comes out is a line, a column or a code point.

use serde::Serialize;

/// A half-open range of bytes of one text, usually [`Article::text`](crate::article::Article::text).
///
/// `"Ada spoke."` has `Ada` at `Span { start: 0, end: 3 }`. Texts longer than 4 GiB are refused
/// when they are read, so 32 bits suffice and a token stays small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of two byte positions; positions beyond `u32::MAX` are clamped.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |position: usize| u32::try_from(position).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end) }
    }

    /// The same range for indexing a `str`.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text this span points at; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Finds the line and column of a byte position; built once a text, asked only for messages.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Notes where each line of `text` starts. O(length of the text).
    pub fn new(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { starts: std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect() }
    }

    /// Line and column of a byte position, both counted from 1, the column in code points.
    pub fn position(&self, text: &str, byte: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= byte).max(1);
        let start = self.starts[line - 1];
        let before = text.get(start..byte.min(text.len())).unwrap_or_default();
        (line, before.chars().count() + 1)
    }
}

/// Converts byte positions of one text into Unicode code points, the unit of every output
/// (W3C Web Annotation, `oa:TextPositionSelector`).
///
/// Keeps one mark every 256 bytes, so that a look-up is O(1) and the index is small beside the text.
#[derive(Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    marks: Vec<u32>,
}

impl<'a> CodePoints<'a> {
    const STRIDE: usize = 256;

    /// Counts the code points of `text` once. O(length of the text).
    pub fn new(text: &'a str) -> Self {
        let mut count = 0;
        let mut marks = Vec::with_capacity(text.len() / Self::STRIDE + 1);
        for chunk in text.as_bytes().chunks(Self::STRIDE) {
            marks.push(count);
            count += code_points(chunk);
        }
        marks.push(count);
        Self { text, marks }
    }

    /// The number of code points before byte position `byte`.
    pub fn at(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        let mark = byte / Self::STRIDE;
        self.marks[mark] + code_points(&self.text.as_bytes()[mark * Self::STRIDE..byte])
    }
}

/// Every byte but a UTF-8 continuation byte starts a code point.
fn code_points(bytes: &[u8]) -> u32 {
    let starts = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
    u32::try_from(starts).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_char_indices() {
        let text = "Jarosław — “ok” 🙂 ".repeat(60);
        let index = CodePoints::new(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.at(byte as u32) as usize, count);
        }
        assert_eq!(index.at(text.len() as u32) as usize, text.chars().count());
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        let text = "ab\ncé d\n";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, 0), (1, 1));
        assert_eq!(index.position(text, 3), (2, 1));
        assert_eq!(index.position(text, 7), (2, 4));
        assert_eq!(index.position(text, text.len()), (3, 1));
    }
}
