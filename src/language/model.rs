//! The model file → its arrays and labels.
//!
//! The file is one block of bytes (described beside the model, in `models/FORMAT.md`): a header with the
//! name, type and place of each array, then the arrays. The big ones, rows and keys of words, are used
//! where they lie; only the small weight matrices are widened to 16 bits, which takes a millisecond.

use super::label::{NameKind, Relation, Upos, Xpos};
use super::network::{Dense, Network, Norm};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// Everything that was learned from treebanks: reads the words of a sentence and predicts their tags,
/// heads, relations and names. Integers only, so that every machine predicts the same.
#[derive(Debug)]
pub struct Model {
    /// Licence and sources of the file, for people.
    pub about: About,
    pub(super) words: Words,
    pub(super) network: Network,
    pub(super) labels: Labels,
}

/// What a model file says of itself.
#[derive(Debug, Clone, Deserialize)]
pub struct About {
    /// Code of the language that it reads.
    pub language: String,
    /// Licence of the file.
    pub licence: String,
    /// What it was trained on.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// Why a file is no model that can be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// It begins otherwise.
    #[error("this is no model of relata: it does not begin with `RELATALM`")]
    NotAModel,
    /// It was made for another relata.
    #[error("this model has format {0}, this relata reads format 1")]
    Version(u32),
    /// Bytes are missing or too many.
    #[error("this model is cut off or was added to: it should have {should} bytes and has {has}")]
    Length {
        /// Bytes that its header names.
        should: u64,
        /// Bytes that it has.
        has: u64,
    },
    /// Some byte has changed.
    #[error("this model is damaged: its checksum is wrong")]
    Checksum,
    /// The header cannot be understood.
    #[error("the header of this model cannot be read: {0}")]
    Header(#[from] serde_json::Error),
    /// An array is missing, misplaced or holds what it must not.
    #[error("the array `{0}` of this model is missing or of the wrong kind")]
    Array(String),
}

/// The tables that turn a word into numbers.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) bytes: Cow<'static, [u8]>,
    pub(super) word_keys: Range<usize>,
    pub(super) word_rows: Range<usize>,
    pub(super) affix_keys: Range<usize>,
    pub(super) affix_rows: Range<usize>,
    pub(super) vector_keys: Range<usize>,
    pub(super) vector_index: Range<usize>,
    pub(super) vector_rows: Range<usize>,
    pub(super) shift_word: u32,
    pub(super) shift_affix: u32,
}

/// What the outputs of the network stand for.
#[derive(Debug)]
pub(super) struct Labels {
    pub(super) upos: Vec<Option<Upos>>,
    pub(super) xpos: Vec<Option<Xpos>>,
    pub(super) relations: Vec<Relation>,
    /// Index of `root` among the relations.
    pub(super) root: usize,
    /// For each label whether it begins a name, and of which kind; nothing outside names.
    pub(super) names: Vec<Option<(bool, NameKind)>>,
}

#[derive(Deserialize)]
struct Header {
    #[serde(flatten)]
    about: About,
    width: usize,
    blocks: usize,
    arc: usize,
    lab: usize,
    vec: usize,
    shift_word: u32,
    shift_affix: u32,
    upos: Vec<String>,
    xpos: Vec<String>,
    deprel: Vec<String>,
    names: Vec<String>,
    root_label: usize,
    arrays: Vec<ArrayEntry>,
}

#[derive(Deserialize)]
struct ArrayEntry {
    name: String,
    dtype: String,
    shape: Vec<usize>,
    offset: usize,
}

/// Length of what stands before the header.
const START: usize = 32;

impl Model {
    /// Checks a model file, bytes in memory or compiled in, and makes it ready.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, ModelError> {
        let bytes = bytes.into();
        let header = header(&bytes)?;
        let wrong = |name: &str| ModelError::Array(name.to_owned());
        let sizes = (header.width, header.blocks, header.arc, header.lab, header.vec);
        if sizes != (128, 3, 96, 96, 64) || header.shift_word > 5 || header.shift_affix > 5 {
            return Err(wrong("header"));
        }
        let arrays = Arrays {
            bytes: &bytes,
            entries: header.arrays.iter().map(|entry| (entry.name.as_str(), entry)).collect(),
        };
        let network = Network::new(&arrays, header.blocks)?;
        let labels = Labels {
            upos: header.upos.iter().map(|name| Upos::from_name(name)).collect(),
            xpos: header.xpos.iter().map(|name| Xpos::from_name(name)).collect(),
            relations: header.deprel.iter().map(|name| Relation::nearest(name)).collect(),
            root: header.root_label,
            names: header.names.iter().map(|name| name_label(name)).collect(),
        };
        let counts = [
            (labels.upos.len(), &network.upos),
            (labels.xpos.len(), &network.xpos),
            (labels.names.len(), &network.names),
            (labels.relations.len(), &network.label_out),
        ];
        if counts.iter().any(|(count, dense)| *count != dense.outputs() || *count == 0)
            || labels.root >= counts[3].0
        {
            return Err(wrong("labels"));
        }
        let (word_keys, word_count) = arrays.rows("word.key", "u64", 1)?;
        let (word_rows, rows) = arrays.rows("word.row", "i8", 128)?;
        let (affix_keys, affix_count) = arrays.rows("affix.key", "u64", 1)?;
        let (affix_rows, affixes) = arrays.rows("affix.row", "i8", 128)?;
        let (vector_keys, vector_count) = arrays.rows("vec.key", "u32", 1)?;
        let (vector_index, indices) = arrays.rows("vec.idx", "u16", 1)?;
        let (vector_rows, vectors) = arrays.rows("vec.row", "i8", 64)?;
        if rows != word_count + 2 || affixes != affix_count + 1 || indices != vector_count {
            return Err(wrong("word.row"));
        }
        let index = bytes.get(vector_index.clone()).unwrap_or_default().as_chunks::<2>().0;
        if index.iter().any(|row| usize::from(u16::from_le_bytes(*row)) >= vectors) {
            return Err(wrong("vec.idx"));
        }
        let (shift_word, shift_affix) = (header.shift_word, header.shift_affix);
        let words = Words {
            word_keys,
            word_rows,
            affix_keys,
            affix_rows,
            vector_keys,
            vector_index,
            vector_rows,
            shift_word,
            shift_affix,
            bytes,
        };
        Ok(Self { about: header.about, words, network, labels })
    }
}

/// Checks everything that can be checked before the arrays are looked at.
fn header(bytes: &[u8]) -> Result<Header, ModelError> {
    let start = bytes.get(..START).filter(|start| start.starts_with(b"RELATALM"));
    let start = start.ok_or(ModelError::NotAModel)?;
    let number = |at: usize| {
        start.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |four| u32::from_le_bytes(*four))
    };
    let long = |at: usize| u64::from(number(at)) | u64::from(number(at + 4)) << 32;
    let version = number(8);
    if version != 1 {
        return Err(ModelError::Version(version));
    }
    let (should, has) = (long(16).saturating_add(START as u64), bytes.len() as u64);
    if should != has {
        return Err(ModelError::Length { should, has });
    }
    if xxh3_64(&bytes[START..]) != long(24) {
        return Err(ModelError::Checksum);
    }
    let header = bytes.get(START..START + number(12) as usize);
    Ok(serde_json::from_slice(header.unwrap_or_default())?)
}

fn name_label(name: &str) -> Option<(bool, NameKind)> {
    let (place, kind) = name.split_once('-')?;
    Some((place == "B", NameKind::from_name(kind)?))
}

/// The arrays of a file by name.
pub(super) struct Arrays<'m> {
    bytes: &'m [u8],
    entries: HashMap<&'m str, &'m ArrayEntry>,
}

impl Arrays<'_> {
    /// Where an array of rows of `width` numbers lies, and how many rows it has.
    fn rows(&self, name: &str, dtype: &str, width: usize) -> Result<(Range<usize>, usize), ModelError> {
        let wrong = || ModelError::Array(name.to_owned());
        let entry = self.entries.get(name).filter(|entry| entry.dtype == dtype).ok_or_else(wrong)?;
        let size = match dtype {
            "i8" | "u8" => 1,
            "i16" | "u16" => 2,
            "i32" | "u32" => 4,
            _ => 8,
        };
        let count =
            entry.shape.iter().try_fold(1_usize, |all, side| all.checked_mul(*side)).ok_or_else(wrong)?;
        let fits = match entry.shape.as_slice() {
            [_] => width == 1,
            [_, second] => *second == width,
            _ => false,
        };
        let end = count.checked_mul(size).and_then(|length| length.checked_add(entry.offset));
        let end = end.filter(|end| *end <= self.bytes.len() && fits).ok_or_else(wrong)?;
        Ok((entry.offset..end, count / width))
    }

    fn numbers<const SIZE: usize, T>(
        &self,
        name: &str,
        dtype: &str,
        width: usize,
        number: impl Fn([u8; SIZE]) -> T,
    ) -> Result<Vec<T>, ModelError> {
        let (range, _) = self.rows(name, dtype, width)?;
        Ok(self.bytes[range].as_chunks::<SIZE>().0.iter().map(|bytes| number(*bytes)).collect())
    }

    pub(super) fn i32s(&self, name: &str, width: usize) -> Result<Vec<i32>, ModelError> {
        self.numbers(name, "i32", width, i32::from_le_bytes)
    }

    /// The table of the logistic function: 4096 values up to 32768.
    pub(super) fn sigmoid(&self) -> Result<Box<[u16; 4096]>, ModelError> {
        let table = self.numbers("sigmoid", "u16", 1, u16::from_le_bytes)?;
        let table = Some(table.into_boxed_slice()).filter(|table| table.iter().all(|value| *value <= 32768));
        table.and_then(|table| table.try_into().ok()).ok_or_else(|| ModelError::Array("sigmoid".to_owned()))
    }

    /// A matrix from `inputs` numbers to as many as the file says.
    pub(super) fn dense(&self, name: &str, inputs: usize) -> Result<Dense, ModelError> {
        let part = |end: &str| format!("{name}.{end}");
        let weights = self.numbers(&part("w"), "i8", inputs, |[byte]| i16::from(byte.cast_signed()))?;
        let bias = self.i32s(&part("b"), 1)?;
        let shift = self.numbers(&part("s"), "u8", 1, |[byte]| byte)?;
        Dense::new(weights, bias, shift, inputs).ok_or_else(|| ModelError::Array(name.to_owned()))
    }

    pub(super) fn norm(&self, name: &str) -> Result<Norm, ModelError> {
        let gain = self.numbers(&format!("{name}.g"), "i16", 1, i16::from_le_bytes)?;
        let bias = self.i32s(&format!("{name}.b"), 1)?;
        Norm::new(&gain, &bias).ok_or_else(|| ModelError::Array(name.to_owned()))
    }
}
