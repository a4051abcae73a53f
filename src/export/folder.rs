//! A [`Dataset`] in some formats, and the record of its build → files in a folder: all of them whole, or none of them touched.

use super::{Format, Options};
use crate::dataset::{Dataset, Record};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Why a graph could not be saved. `NotAFolder` and `NotAFile` are for the person to mend (another
/// path), `Io` is the machine's (permission, full disk).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SaveError {
    /// The output folder, or a folder above it, is a file.
    #[error("the output cannot be written: `{}` is a file, not a folder", .path.display())]
    NotAFolder {
        /// What is a file.
        path: PathBuf,
    },
    /// A folder stands where an output file belongs.
    #[error("the output cannot be written: `{}` is a folder, where a file is to be", .path.display())]
    NotAFile {
        /// What is a folder.
        path: PathBuf,
    },
    /// The file system refused.
    #[error("cannot {action} `{}`", .path.display())]
    Io {
        /// What was tried: `create`, `write`, `replace`.
        action: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the file system answered.
        #[source]
        cause: io::Error,
    },
}

impl SaveError {
    /// Whether the user named a place that cannot hold the output, as against the machine failing.
    pub fn is_users_fault(&self) -> bool {
        matches!(self, Self::NotAFolder { .. } | Self::NotAFile { .. })
    }

    fn io<'a>(action: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> SaveError + 'a {
        move |cause| SaveError::Io { action, path: path.to_owned(), cause }
    }
}

/// Proves, by making and removing what is missing of `folder` and a file in it, that `formats` and
/// the record can be written there: called before the long work, so that nobody waits an hour for "permission denied".
/// Leaves nothing behind, so that a build that finds no article has changed nothing.
pub fn prepare(folder: &Path, formats: &[Format]) -> Result<(), SaveError> {
    prepare_files(folder, &names(formats))
}

fn prepare_files(folder: &Path, names: &[&str]) -> Result<(), SaveError> {
    // Asked first because the file system's own answer ("File exists") does not say which part of
    // the path is the file.
    if let Some(file) = folder.ancestors().find(|part| part.is_file()) {
        return Err(SaveError::NotAFolder { path: file.to_owned() });
    }
    let mut targets = names.iter().map(|name| folder.join(name));
    if let Some(path) = targets.find(|target| target.is_dir()) {
        return Err(SaveError::NotAFile { path });
    }
    let missing: Vec<&Path> = folder.ancestors().take_while(|part| !is_folder(part)).collect();
    let proved = fs::create_dir_all(folder)
        .map_err(SaveError::io("create", folder))
        .and_then(|()| Temporary::create(folder, "probe").map(drop));
    // Only an empty folder can be removed in this way: what others have put there meanwhile stays.
    missing.into_iter().for_each(|part| drop(fs::remove_dir(part)));
    proved
}

/// The empty path is the working folder when a name is joined to it.
fn is_folder(path: &Path) -> bool {
    path.as_os_str().is_empty() || path.is_dir()
}

/// The files of a build.
fn names(formats: &[Format]) -> Vec<&'static str> {
    formats.iter().map(|format| format.file_name()).chain([Record::FILE_NAME]).collect()
}

/// Writes each format's file and the record into `folder`, which is created where it is missing.
///
/// Each file is written beside its target under a temporary name, flushed and synced; only when all
/// are whole do they take their names. On failure the temporary files are removed and the old files
/// are what they were. Renaming several files is not one step for the file system: what could
/// refuse it is checked before the first one is renamed.
pub fn save(folder: &Path, dataset: &Dataset, formats: &[Format]) -> Result<(), SaveError> {
    save_with(folder, formats, |name, out| match formats.iter().find(|format| format.file_name() == name) {
        Some(format) => super::write(*format, dataset, out),
        None => Record::new(dataset).write(out),
    })
}

/// Writes each format's file into `folder` and nothing else, in the manner of [`save`].
pub fn save_formats(
    folder: &Path,
    dataset: &Dataset,
    formats: &[Format],
    options: Options,
) -> Result<(), SaveError> {
    let names = formats.iter().map(|format| format.file_name()).collect();
    save_files(folder, names, |name, out| match formats.iter().find(|format| format.file_name() == name) {
        Some(format) => super::write_with(*format, dataset, options, out),
        None => Ok(()),
    })
}

fn save_with(
    folder: &Path,
    formats: &[Format],
    write: impl Fn(&str, &mut dyn Write) -> io::Result<()>,
) -> Result<(), SaveError> {
    save_files(folder, names(formats), write)
}

fn save_files(
    folder: &Path,
    names: Vec<&'static str>,
    write: impl Fn(&str, &mut dyn Write) -> io::Result<()>,
) -> Result<(), SaveError> {
    prepare_files(folder, &names)?;
    fs::create_dir_all(folder).map_err(SaveError::io("create", folder))?;
    let targets: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
    let mut written = Vec::with_capacity(names.len());
    for (name, target) in names.into_iter().zip(&targets) {
        let mut temporary = Temporary::create(folder, name)?;
        write(name, &mut temporary.file)
            .and_then(|()| temporary.file.sync_all())
            .map_err(SaveError::io("write", target))?;
        written.push(temporary);
    }
    for (temporary, target) in written.iter().zip(&targets) {
        fs::rename(&temporary.path, target).map_err(SaveError::io("replace", target))?;
    }
    sync(folder).map_err(SaveError::io("write", folder))
}

/// Writes one more file beside those of a build, whole or not at all.
pub fn save_text(folder: &Path, name: &str, text: &str) -> Result<(), SaveError> {
    let target = folder.join(name);
    let mut temporary = Temporary::create(folder, name)?;
    let written = temporary.file.write_all(text.as_bytes()).and_then(|()| temporary.file.sync_all());
    written.map_err(SaveError::io("write", &target))?;
    fs::rename(&temporary.path, &target).map_err(SaveError::io("replace", &target))
}

/// Makes the new names survive a power cut; only Unix can open a folder for that.
fn sync(folder: &Path) -> io::Result<()> {
    // The empty path is the working folder when a name is joined to it, but it cannot be opened.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// A file under a name that nobody else uses; it is gone when this is dropped, unless it was renamed.
struct Temporary {
    path: PathBuf,
    file: File,
}

impl Temporary {
    /// More leftovers of killed runs than this mean that something else is wrong.
    const ATTEMPTS: u32 = 1000;

    /// `create_new` never opens what is there, be it another run's file or a planted link.
    fn create(folder: &Path, name: &str) -> Result<Self, SaveError> {
        let process = std::process::id();
        let mut attempt = 0;
        loop {
            let path = folder.join(format!(".{name}.{process}-{attempt}.part"));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok(Self { path, file }),
                Err(error) if error.kind() == ErrorKind::AlreadyExists && attempt < Self::ATTEMPTS => {
                    attempt += 1;
                }
                Err(error) => return Err(SaveError::io("create", &path)(error)),
            }
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // After a rename there is nothing left under this name. A failure to remove is not worth
        // more than the error that is already on its way.
        fs::remove_file(&self.path).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: [&str; 7] = [
        "articles.jsonl",
        "build.json",
        "entities.jsonl",
        "graph.dot",
        "graph.html",
        "graph.jsonld",
        "triples.jsonl",
    ];

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn fill(folder: &Path) {
        save_with(folder, &Format::DEFAULT, |name, out| write!(out, "old {name}")).unwrap();
    }

    #[test]
    fn all_files_are_there_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        fill(&deep);
        fill(&deep);
        assert_eq!(names(&deep), WRITTEN);
        assert_eq!(fs::read_to_string(deep.join("graph.dot")).unwrap(), "old graph.dot");
    }

    #[test]
    fn a_failure_half_way_leaves_the_old_files() {
        let folder = tempfile::tempdir().unwrap();
        fill(folder.path());
        let failed = save_with(folder.path(), &Format::DEFAULT, |name, out| {
            write!(out, "new {name}")?;
            if name == "build.json" { Err(io::Error::other("disk full")) } else { Ok(()) }
        });
        let error = failed.unwrap_err();
        assert!(error.to_string().starts_with("cannot write `"), "{error}");
        assert!(error.to_string().ends_with("build.json`"), "{error}");
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "disk full");
        assert_eq!(names(folder.path()), WRITTEN);
        for name in WRITTEN {
            let text = fs::read_to_string(folder.path().join(name)).unwrap();
            assert_eq!(text, format!("old {name}"));
        }
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_stops_before_anything_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("graph.jsonld")).unwrap();
        fs::write(folder.path().join("graph.dot"), "old").unwrap();
        let error = save_with(folder.path(), &Format::DEFAULT, |_, out| out.write_all(b"new")).unwrap_err();
        assert!(matches!(error, SaveError::NotAFile { path } if path.ends_with("graph.jsonld")));
        assert_eq!(fs::read_to_string(folder.path().join("graph.dot")).unwrap(), "old");
        assert_eq!(names(folder.path()), ["graph.dot", "graph.jsonld"]);
    }

    #[test]
    fn a_file_where_a_folder_should_be_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "kept").unwrap();
        for path in [file.clone(), file.join("deeper")] {
            let error = prepare(&path, &[]).unwrap_err();
            assert!(matches!(error, SaveError::NotAFolder { path } if path == file));
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
    }

    #[test]
    fn preparing_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        prepare(&folder.path().join("a/b"), &Format::DEFAULT).unwrap();
        assert!(names(folder.path()).is_empty());
        fill(folder.path());
        prepare(folder.path(), &Format::DEFAULT).unwrap();
        assert_eq!(names(folder.path()), WRITTEN);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_that_cannot_be_made_is_the_machines_failure() {
        let error = prepare(Path::new("/proc/relata"), &[]).unwrap_err();
        assert!(matches!(error, SaveError::Io { action: "create", .. }));
    }
}
