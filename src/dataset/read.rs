//! The files of a build → their rows: what does a folder hold that a build wrote?
//!
//! [`triples`] and [`entities`] give rows one after the other, for those who only count them: memory does not
//! grow with their number.

use super::{ArticleRow, Dataset, EntityRow, Record, TripleRow};
use serde::de::DeserializeOwned;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, ErrorKind};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

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
    /// Files of different builds, or of an older version.
    #[error("the files in `{}` are not of one build by this version: {cause}", .path.display())]
    Mixed {
        /// The folder.
        path: PathBuf,
        /// What does not fit.
        cause: &'static str,
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
    Rows::open(folder, TripleRow::FILE_NAME)
}

/// The entities of a build, one after the other.
pub fn entities(folder: &Path) -> Result<Rows<EntityRow>, ReadError> {
    Rows::open(folder, EntityRow::FILE_NAME)
}

/// The articles of a build, one after the other.
pub fn articles(folder: &Path) -> Result<Rows<ArticleRow>, ReadError> {
    Rows::open(folder, ArticleRow::FILE_NAME)
}

impl Dataset {
    /// Everything that the build in `folder` wrote of its graph. Errors where the folder holds no build, files that
    /// no build wrote, or files of different builds. O(size of the files).
    pub fn read(folder: &Path) -> Result<Self, ReadError> {
        let triples: Vec<TripleRow> = triples(folder)?.collect::<Result<_, _>>()?;
        let entities: Vec<EntityRow> = entities(folder)?.collect::<Result<_, _>>()?;
        let articles: Vec<ArticleRow> = articles(folder)?.collect::<Result<_, _>>()?;
        let record =
            record(folder)?.ok_or(ReadError::NoBuild { path: folder.to_owned(), file: Record::FILE_NAME })?;
        let mixed = |cause| ReadError::Mixed { path: folder.to_owned(), cause };
        let counted = (record.articles, record.entities, record.triples);
        if counted != (articles.len(), entities.len(), triples.len()) {
            return Err(mixed("`build.json` counts other rows"));
        }
        if record.vocabulary.types.is_empty() {
            return Err(mixed("`build.json` has no vocabulary"));
        }
        let mut dataset = Self {
            terms: record.vocabulary,
            articles,
            entities,
            triples,
            patterns: record.relations,
            silent: record.silent.first,
        };
        // Other programs may have put the lines in another order, and rows are looked up by theirs.
        dataset.sort();
        dataset.dangling().map_or(Ok(dataset), |cause| Err(mixed(cause)))
    }

    /// What a row names that no row is.
    fn dangling(&self) -> Option<&'static str> {
        let mut ends = self.triples.iter().flat_map(|triple| [&triple.subject, &triple.object]);
        if ends.any(|end| self.entity(&end.id).is_none()) {
            return Some("a triple has an end that `entities.jsonl` lacks");
        }
        let mut evidence = self.triples.iter().flat_map(|triple| &triple.evidence);
        if evidence.any(|evidence| self.article(&evidence.article).is_none()) {
            return Some("a triple has evidence in an article that `articles.jsonl` lacks");
        }
        let mut relations = self.triples.iter().map(|triple| triple.relation.as_str());
        if relations.any(|relation| self.terms.relation(relation).is_none()) {
            return Some("a triple has a relation that `build.json` lacks");
        }
        None
    }
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
