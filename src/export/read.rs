//! The files of a build → their rows: what does a folder hold that a build wrote?
//!
//! Only the keys that are counted are read back, and rows one after the other: memory does not grow with the
//! number of triples.

use super::{Format, Record};
use crate::triple::Fact;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, ErrorKind};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

/// One line of `triples.jsonl`.
#[derive(Debug, Clone, Deserialize)]
pub struct TripleRow {
    /// Who.
    pub subject: EndRow,
    /// Does what.
    pub relation: String,
    /// To whom.
    pub object: EndRow,
    /// And is it so.
    pub fact: Fact,
    /// The sentences that say so.
    pub evidence: Vec<EvidenceRow>,
}

/// One end of a triple.
#[derive(Debug, Clone, Deserialize)]
pub struct EndRow {
    /// Its entity.
    pub id: String,
}

/// One sentence of a triple.
#[derive(Debug, Clone, Deserialize)]
pub struct EvidenceRow {
    /// The pattern that found it: `metWith#2`.
    pub rule: String,
}

/// One line of `entities.jsonl`.
#[derive(Debug, Clone, Deserialize)]
pub struct EntityRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// How often articles name it.
    pub mentions: usize,
}

/// Why a build cannot be read back. All but `Io` are for the person to mend.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There is nothing of that name.
    #[error("there is no folder `{}`", .path.display())]
    NoFolder {
        /// What was looked for.
        path: PathBuf,
    },
    /// A file stands there.
    #[error("`{}` is a file, not the folder of a build", .path.display())]
    NotAFolder {
        /// What is a file.
        path: PathBuf,
    },
    /// A folder without the files of a build.
    #[error("`{}` is no folder of a build: it has no `{file}`", .path.display())]
    NoBuild {
        /// The folder.
        path: PathBuf,
        /// What is missing.
        file: &'static str,
    },
    /// A file that no build wrote in this way.
    #[error("line {line} of `{}` is not what a build writes: {cause}", .path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Its line, counted from 1.
        line: usize,
        /// What was expected.
        #[source]
        cause: serde_json::Error,
    },
    /// The file system refused.
    #[error("cannot read `{}`", .path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the file system answered.
        #[source]
        cause: io::Error,
    },
}

impl ReadError {
    /// Whether the user named a folder that holds no whole build, as against the machine failing.
    pub fn is_users_fault(&self) -> bool {
        !matches!(self, Self::Io { .. })
    }

    fn io(path: &Path) -> impl FnOnce(io::Error) -> ReadError + '_ {
        move |cause| ReadError::Io { path: path.to_owned(), cause }
    }
}

/// The triples of a build, one after the other.
pub fn triples(folder: &Path) -> Result<Rows<TripleRow>, ReadError> {
    Rows::open(folder, Format::Triples.file_name())
}

/// The entities of a build, one after the other.
pub fn entities(folder: &Path) -> Result<Rows<EntityRow>, ReadError> {
    Rows::open(folder, Format::Entities.file_name())
}

/// The record of a build; `None` where an older version built it, which wrote none.
pub fn record(folder: &Path) -> Result<Option<Record>, ReadError> {
    let path = folder.join(Record::FILE_NAME);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(ReadError::io(&path)(error)),
    };
    let record = serde_json::from_slice(&bytes);
    record.map(Some).map_err(|cause| ReadError::Line { line: cause.line(), path, cause })
}

/// The rows of a file of JSON lines; empty lines are passed over.
#[derive(Debug)]
pub struct Rows<T> {
    path: PathBuf,
    file: BufReader<File>,
    number: usize,
    line: Vec<u8>,
    row: PhantomData<T>,
}

impl<T> Rows<T> {
    fn open(folder: &Path, name: &'static str) -> Result<Self, ReadError> {
        let path = folder.join(name);
        match File::open(&path) {
            Ok(file) => {
                let file = BufReader::new(file);
                Ok(Self { path, file, number: 0, line: Vec::new(), row: PhantomData })
            }
            Err(_) if folder.is_file() => Err(ReadError::NotAFolder { path: folder.to_owned() }),
            Err(error) if error.kind() != ErrorKind::NotFound => Err(ReadError::io(&path)(error)),
            Err(_) if folder.is_dir() => Err(ReadError::NoBuild { path: folder.to_owned(), file: name }),
            Err(_) => Err(ReadError::NoFolder { path: folder.to_owned() }),
        }
    }
}

impl<T: DeserializeOwned> Iterator for Rows<T> {
    type Item = Result<T, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.line.clear();
            self.number += 1;
            match self.file.read_until(b'\n', &mut self.line) {
                Ok(0) => return None,
                Ok(_) if self.line.trim_ascii().is_empty() => {}
                Ok(_) => {
                    let (path, line) = (&self.path, self.number);
                    let row = serde_json::from_slice(&self.line);
                    return Some(row.map_err(|cause| ReadError::Line { path: path.clone(), line, cause }));
                }
                Err(error) => return Some(Err(ReadError::io(&self.path)(error))),
            }
        }
    }
}
