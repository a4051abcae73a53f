//! Articles → groups of nearly the same text: one agency report printed by several newspapers.
//!
//! A text is the set of its shingles, runs of four words. Two texts are copies where they share at least half
//! of all their shingles (resemblance; Broder, *On the resemblance and containment of documents*, 1997).
//! Which pairs to look at is found by MinHash signatures cut into bands (Leskovec, Rajaraman and Ullman,
//! *Mining of Massive Datasets*, ch. 3), so that no text is held against all others.

use crate::article::{Article, BlockKind};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Which articles are copies of which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copies {
    /// For each article the original of its group; itself where it is no copy.
    original: Vec<usize>,
    signatures: Vec<Signature>,
}

/// Words in a shingle. Two reports of one event share names and phrases, but seldom four words in a row.
const SHINGLE: usize = 4;
/// Bands of so many hashes: two texts that share half of their shingles are missed once in 70 times, of those
/// that share three quarters none in a million.
const BANDS: usize = 32;
const ROWS: usize = 3;
/// Hexadecimal digits of a signature.
const DIGITS: usize = BANDS * ROWS * 4;
/// Shorter texts say the same by chance; only whole they count as copies.
const SHORT: usize = 20;

impl Copies {
    /// The article that `article` was taken for a copy of, or itself.
    pub fn original(&self, article: usize) -> usize {
        self.original.get(article).copied().unwrap_or(article)
    }

    /// The signature of an article; an empty one where it is not among them.
    pub fn signature(&self, article: usize) -> Signature {
        self.signatures.get(article).cloned().unwrap_or_default()
    }

    /// Each group of two or more once: the original, and its copies in their order.
    pub fn groups(&self) -> Vec<(usize, Vec<usize>)> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (article, original) in self.original.iter().enumerate().filter(|(at, original)| at != *original) {
            groups.entry(*original).or_default().push(article);
        }
        groups.into_iter().collect()
    }
}

/// A short description of a text, by which copies of it are told: the MinHash values of its shingles, two bytes
/// each; none for a text without words. Two texts share as large a part of their values as of their shingles, give
/// or take one in twenty.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signature(Vec<u16>);

/// What copies are told by: a date, an id and a signature for each article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    /// Day of publication (ISO).
    pub date: Option<String>,
    /// The article's id.
    pub id: String,
    /// Its text in short.
    pub signature: Signature,
}

/// Groups articles by their texts. O(words + articles · log articles).
pub fn copies(articles: &[Article]) -> Copies {
    let fingerprints = articles.par_iter().map(|article| Fingerprint {
        date: article.date.map(|date| date.to_string()),
        id: article.id.clone(),
        signature: Signature::new(&shingles(article)),
    });
    Copies::new(fingerprints.collect())
}

impl Copies {
    /// Groups articles by their signatures. O(articles · log articles).
    ///
    /// The original is the article with the earliest date; of one day, or without dates, the one whose id comes
    /// first.
    pub fn new(articles: Vec<Fingerprint>) -> Self {
        let mut order: Vec<usize> = (0..articles.len()).collect();
        order.sort_by_key(|at| (articles[*at].date.is_none(), &articles[*at].date, &articles[*at].id, *at));
        let mut original: Vec<usize> = (0..articles.len()).collect();
        let mut rank = vec![0; articles.len()];
        order.iter().enumerate().for_each(|(place, at)| rank[*at] = place);
        for band in 0..BANDS {
            let mut buckets: BTreeMap<&[u16], (usize, usize)> = BTreeMap::new();
            for at in order.iter().copied() {
                let Some(values) = articles[at].signature.band(band) else { continue };
                // Of a bucket each text is held against the first and the last before it: copies of one text
                // meet in many buckets, and a bucket of thousands must not take millions of comparisons.
                let (first, last) = buckets.entry(values).or_insert((at, at));
                for other in [*first, *last] {
                    let (one, two) = (root(&mut original, other), root(&mut original, at));
                    if one != two && articles[other].signature.resembles(&articles[at].signature) {
                        let (early, late) = if rank[one] < rank[two] { (one, two) } else { (two, one) };
                        original[late] = early;
                    }
                }
                *last = at;
            }
        }
        let original = (0..articles.len()).map(|at| root(&mut original, at)).collect();
        Self { original, signatures: articles.into_iter().map(|article| article.signature).collect() }
    }
}

fn root(original: &mut [usize], mut at: usize) -> usize {
    while original[at] != at {
        original[at] = original[original[at]];
        at = original[at];
    }
    at
}

/// The hashes of all shingles of an article's running text, sorted. Headlines are left out: they are what
/// newspapers change first.
fn shingles(article: &Article) -> Vec<u64> {
    let read =
        article.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Noise | BlockKind::Headline));
    let words: Vec<u64> = read
        .flat_map(|block| block.span.of(&article.text).split(|letter: char| !letter.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(|word| xxh3_64_with_seed(word.to_lowercase().as_bytes(), 0))
        .collect();
    let hash = |run: &[u64]| {
        let bytes: Vec<u8> = run.iter().flat_map(|word| word.to_le_bytes()).collect();
        xxh3_64_with_seed(&bytes, 1)
    };
    if words.len() < SHORT {
        return if words.is_empty() { Vec::new() } else { vec![hash(&words)] };
    }
    let mut shingles: Vec<u64> = words.windows(SHINGLE).map(hash).collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

impl Signature {
    /// The smallest values of a text's shingles under `BANDS` × `ROWS` hash functions, cut to 16 bits: two texts
    /// that do not share a value have the same one by chance once in 65,536 times (b-bit minwise hashing; Li and
    /// König 2010).
    fn new(shingles: &[u64]) -> Self {
        if shingles.is_empty() {
            return Self::default();
        }
        let smallest = |function: usize| {
            // An odd factor and a shift from the high bits are a permutation of 64-bit numbers.
            let factor = xxh3_64_with_seed(&function.to_le_bytes(), 2) | 1;
            let value = |shingle: &u64| {
                let mixed = shingle.wrapping_mul(factor);
                mixed ^ (mixed >> 32)
            };
            let least = shingles.iter().map(value).min().unwrap_or_default();
            // The smallest of many values has no high bits left.
            u16::try_from(xxh3_64_with_seed(&least.to_le_bytes(), 3) >> 48).unwrap_or_default()
        };
        Self((0..BANDS * ROWS).map(smallest).collect())
    }

    fn band(&self, band: usize) -> Option<&[u16]> {
        self.0.get(band * ROWS..(band + 1) * ROWS)
    }

    /// Whether two texts share at least half of all that is in either.
    fn resembles(&self, other: &Self) -> bool {
        let same = self.0.iter().zip(&other.0).filter(|(one, other)| one == other).count();
        same * 2 >= self.0.len().max(other.0.len())
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|value| write!(f, "{value:04x}"))
    }
}

/// What is no signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a signature is {} hexadecimal digits, or none", DIGITS)]
pub struct NoSignature;

impl FromStr for Signature {
    type Err = NoSignature;

    fn from_str(text: &str) -> Result<Self, NoSignature> {
        let digits: Option<Vec<u16>> =
            text.chars().map(|digit| digit.to_digit(16)?.try_into().ok()).collect();
        let digits = digits.ok_or(NoSignature)?;
        let values = digits.chunks(4).map(|four| four.iter().fold(0, |value, digit| value << 4 | digit));
        if matches!(digits.len(), 0 | DIGITS) { Ok(Self(values.collect())) } else { Err(NoSignature) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Block;
    use crate::span::Span;

    const REPORT: [&str; 6] = [
        "The mayor of Oslo opened a bridge on Monday that the city had waited for since the old one burnt down.",
        "Some two thousand people walked across it in the rain before the first tram was let through at noon.",
        "Ada Byron, the mayor, said the bridge had cost less than the council had feared two years ago.",
        "Its builders, a company from Bergen, had promised to finish it in spring and asked for more time twice.",
        "A second bridge is planned further down the river, where ferries carry commuters from the islands now.",
        "The opposition in the council calls that one a waste of money and wants to build homes instead.",
    ];

    fn article(id: &str, date: &str, paragraphs: &[&str]) -> Article {
        let text = paragraphs.join("\n\n");
        let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), hidden: Vec::new() };
        let date = date.parse().ok();
        Article { id: id.to_owned(), date, text, blocks: vec![block], ..Article::default() }
    }

    #[test]
    fn an_edited_copy_is_one_and_another_report_is_none() {
        let mut edited = REPORT.to_vec();
        edited.remove(3);
        edited.insert(
            1,
            "Our reporter was there when the ribbon was cut, and so were the pupils of three schools.",
        );
        let other = [
            "Oslo has its bridge back: Ada Byron, the mayor, cut the ribbon on Monday, and two thousand people came.",
            "The bridge burnt down eleven years ago, and trams have gone round by the harbour ever since that night.",
            "The company from Bergen that built it was late twice, but the mayor said it had cost less than feared.",
            "Commuters from the islands must wait for the second bridge, which the opposition calls a waste.",
        ];
        let articles = [
            article("c", "2024-05-08", &edited),
            article("b", "2024-05-07", &REPORT),
            article("a", "2024-05-07", &other),
            article("d", "", &REPORT),
        ];
        assert_eq!(copies(&articles).groups(), [(1, vec![0, 3])]);
        let mut turned = articles.clone();
        turned.reverse();
        assert_eq!(copies(&turned).groups(), [(2, vec![0, 3])]);
    }

    #[test]
    fn a_signature_is_read_back_and_nothing_else_is_one() {
        let signature = copies(&[article("a", "", &REPORT)]).signature(0);
        assert_eq!(signature.to_string().parse(), Ok(signature));
        assert_eq!("".parse(), Ok(Signature::default()));
        for text in ["00", &"g".repeat(DIGITS), &"ä".repeat(DIGITS)] {
            assert_eq!(text.parse::<Signature>(), Err(NoSignature), "{text}");
        }
    }

    #[test]
    fn short_texts_are_copies_only_as_a_whole() {
        let texts =
            ["Ada Byron met Mary Poe.", "Ada Byron met Mary Poe!", "Ada Byron met Mary Poe in Oslo.", ""];
        let articles = texts.map(|text| article(text, "", &[text]));
        assert_eq!(copies(&articles).groups(), [(1, vec![0])]);
    }
}
