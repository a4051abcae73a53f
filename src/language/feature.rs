//! A word → the rows of the model's tables that stand for it.

use super::model::Words;
use super::network::WIDTH;
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// Room for the spellings of a word, used again for the next.
#[derive(Debug, Default)]
pub(super) struct Features {
    plain: String,
    small: String,
    key: String,
}

impl Words {
    /// The row that stands before every sentence.
    pub(super) fn root(&self, sums: &mut [i32; WIDTH]) {
        sums.fill(0);
        let rows = self.word_rows.len() / WIDTH;
        self.add(&self.word_rows, rows - 1, self.shift_word, sums);
    }

    /// Sets `sums` to the rows of the word and of its beginnings, endings and shape; the word's vector,
    /// where it has one, is given back.
    pub(super) fn sum(
        &self,
        word: &str,
        features: &mut Features,
        sums: &mut [i32; WIDTH],
    ) -> Option<[i16; 64]> {
        sums.fill(0);
        let Features { plain, small, key } = features;
        plain.clear();
        for letter in word.chars() {
            match letter {
                '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' => plain.push('\''),
                '\u{201c}' | '\u{201d}' | '\u{201e}' => plain.push('"'),
                '\u{2010}'..='\u{2014}' | '\u{2212}' => plain.push('-'),
                '\u{2026}' => plain.push_str("..."),
                _ => plain.push(letter),
            }
        }
        small.clear();
        small.push_str(plain);
        small.make_ascii_lowercase();
        key.clear();
        key.push('w');
        key.extend(small.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }));
        let row = self.find(&self.word_keys, xxh3_64(key.as_bytes()));
        let unknown = self.word_keys.len() / 8;
        self.add(&self.word_rows, row.unwrap_or(unknown), self.shift_word, sums);

        let (first, third) = (after(plain, 1), after(plain, 3));
        let parts = [
            ("p1", &plain[..first]),
            ("p3", &small[..third]),
            ("s1", &plain[before(plain, 1)..]),
            ("s2", &small[before(plain, 2)..]),
            ("s3", &small[before(plain, 3)..]),
            ("s4", &small[before(plain, 4)..]),
        ];
        for (kind, part) in parts {
            key.clear();
            key.push_str(kind);
            key.push_str(part);
            self.add_affix(key, sums);
        }
        key.clear();
        key.push_str("sh");
        push_shape(plain, key);
        self.add_affix(key, sums);
        let has_vector =
            (1..=15).contains(&small.len()) && small.bytes().all(|byte| byte.is_ascii_lowercase());
        if !has_vector {
            return None;
        }
        key.clear();
        key.push('v');
        key.push_str(small);
        self.vector((xxh3_64(key.as_bytes()) >> 32) as u32)
    }

    fn add_affix(&self, key: &str, sums: &mut [i32; WIDTH]) {
        let row = self.find(&self.affix_keys, xxh3_64(key.as_bytes()));
        let unknown = self.affix_keys.len() / 8;
        self.add(&self.affix_rows, row.unwrap_or(unknown), self.shift_affix, sums);
    }

    fn add(&self, rows: &Range<usize>, row: usize, shift: u32, sums: &mut [i32; WIDTH]) {
        let (rows, _) = self.bytes[rows.clone()].as_chunks::<WIDTH>();
        for (sum, byte) in sums.iter_mut().zip(&rows[row]) {
            *sum += i32::from(byte.cast_signed()) << shift;
        }
    }

    fn find(&self, keys: &Range<usize>, key: u64) -> Option<usize> {
        let (keys, _) = self.bytes[keys.clone()].as_chunks::<8>();
        keys.binary_search_by_key(&key, |bytes| u64::from_le_bytes(*bytes)).ok()
    }

    fn vector(&self, key: u32) -> Option<[i16; 64]> {
        let (keys, _) = self.bytes[self.vector_keys.clone()].as_chunks::<4>();
        let at = keys.binary_search_by_key(&key, |bytes| u32::from_le_bytes(*bytes)).ok()?;
        let (index, _) = self.bytes[self.vector_index.clone()].as_chunks::<2>();
        let (rows, _) = self.bytes[self.vector_rows.clone()].as_chunks::<64>();
        Some(rows[usize::from(u16::from_le_bytes(index[at]))].map(|byte| i16::from(byte.cast_signed()) << 5))
    }
}

/// The byte after the first `count` characters.
fn after(text: &str, count: usize) -> usize {
    text.char_indices().nth(count).map_or(text.len(), |(at, _)| at)
}

/// The byte before the last `count` characters.
fn before(text: &str, count: usize) -> usize {
    text.char_indices().rev().nth(count - 1).map_or(0, |(at, _)| at)
}

/// "Xxxd-": letters and digits by their kind, no more than three of a row, no more than twelve.
fn push_shape(text: &str, out: &mut String) {
    let (mut last, mut same, mut count) = (None, 0, 0);
    for letter in text.chars() {
        let kind = match letter {
            'A'..='Z' => 'X',
            'a'..='z' => 'x',
            '0'..='9' => 'd',
            _ if !letter.is_ascii() => 'u',
            _ => letter,
        };
        same = if last == Some(kind) { same + 1 } else { 1 };
        last = Some(kind);
        if same <= 3 {
            out.push(kind);
            count += 1;
        }
        if count == 12 {
            break;
        }
    }
}
