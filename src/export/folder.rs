//! A [`Dataset`] in some formats, and the record of its build → files in a folder: all of them whole, or none of them touched.

use super::{Format, Options, Part, parts};
use crate::dataset::{Dataset, Record};
use std::collections::BTreeSet;
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
    let names = formats.iter().map(|format| match format.is_folder() {
        true => format!("{}/probe", format.file_name()),
        false => format.file_name().to_owned(),
    });
    let names: Vec<String> = names.chain([Record::FILE_NAME.to_owned()]).collect();
    prepare_files(folder, names.iter().map(String::as_str))
}

fn prepare_files<'a>(folder: &Path, names: impl Iterator<Item = &'a str>) -> Result<(), SaveError> {
    // Asked first because the file system's own answer ("File exists") does not say which part of
    // the path is the file.
    let targets: Vec<PathBuf> = names.map(|name| folder.join(name)).collect();
    let parents = targets.iter().filter_map(|target| target.parent());
    let mut above = [folder].into_iter().chain(parents).flat_map(Path::ancestors);
    if let Some(file) = above.find(|part| part.is_file()) {
        return Err(SaveError::NotAFolder { path: file.to_owned() });
    }
    if let Some(path) = targets.iter().find(|target| target.is_dir()) {
        return Err(SaveError::NotAFile { path: path.clone() });
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

/// Writes each format's files and the record into `folder`, which is created where it is missing.
///
/// Each file is written beside its target under a temporary name, flushed and synced; only when all
/// are whole do they take their names. On failure the temporary files are removed and the old files
/// are what they were. Renaming several files is not one step for the file system: what could
/// refuse it is checked before the first one is renamed.
pub fn save(folder: &Path, dataset: &Dataset, formats: &[Format]) -> Result<(), SaveError> {
    let mut parts: Vec<Part> =
        formats.iter().flat_map(|format| parts(*format, dataset, Options::default())).collect();
    let record = Box::new(|out: &mut dyn Write| Record::new(dataset).write(out));
    parts.push(Part { name: Record::FILE_NAME.to_owned(), write: record });
    save_parts(folder, &parts)
}

/// Writes each format's files into `folder` and nothing else, in the manner of [`save`].
pub fn save_formats(
    folder: &Path,
    dataset: &Dataset,
    formats: &[Format],
    options: Options,
) -> Result<(), SaveError> {
    let parts: Vec<Part> = formats.iter().flat_map(|format| parts(*format, dataset, options)).collect();
    save_parts(folder, &parts)
}

fn save_parts(folder: &Path, parts: &[Part]) -> Result<(), SaveError> {
    prepare_files(folder, parts.iter().map(|part| part.name.as_str()))?;
    fs::create_dir_all(folder).map_err(SaveError::io("create", folder))?;
    let mut folders = BTreeSet::from([folder.to_owned()]);
    let mut written = Vec::with_capacity(parts.len());
    for part in parts {
        let target = folder.join(&part.name);
        let (inner, name) = match part.name.rsplit_once('/') {
            Some((inner, name)) => (folder.join(inner), name),
            None => (folder.to_owned(), part.name.as_str()),
        };
        fs::create_dir_all(&inner).map_err(SaveError::io("create", &inner))?;
        let mut temporary = Temporary::create(&inner, name)?;
        (part.write)(&mut temporary.file)
            .and_then(|()| temporary.file.sync_all())
            .map_err(SaveError::io("write", &target))?;
        folders.insert(inner);
        written.push((temporary, target));
    }
    for (temporary, target) in &written {
        fs::rename(&temporary.path, target).map_err(SaveError::io("replace", target))?;
    }
    folders.iter().try_for_each(|folder| sync(folder).map_err(SaveError::io("write", folder)))
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

    /// The files of a default build with other text in them.
    fn save_with(
        folder: &Path,
        write: impl Fn(&str, &mut dyn Write) -> io::Result<()>,
    ) -> Result<(), SaveError> {
        let names = Format::DEFAULT.iter().map(|format| format.file_name()).chain([Record::FILE_NAME]);
        let write = &write;
        let part =
            |name: &'static str| Part { name: name.to_owned(), write: Box::new(move |out| write(name, out)) };
        save_parts(folder, &names.map(part).collect::<Vec<_>>())
    }

    fn fill(folder: &Path) {
        save_with(folder, |name, out| write!(out, "old {name}")).unwrap();
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
        let failed = save_with(folder.path(), |name, out| {
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
        let error = save_with(folder.path(), |_, out| out.write_all(b"new")).unwrap_err();
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

    #[test]
    fn a_format_may_be_a_folder_but_no_file_may_stand_in_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let dataset = Dataset::default();
        save_formats(folder.path(), &dataset, &[Format::Neo4j, Format::Dot], Options::default()).unwrap();
        assert_eq!(names(folder.path()), ["graph-neo4j", "graph.dot"]);
        let expected = ["articles.csv", "entities.csv", "import.sh", "mentions.csv", "relations.csv"];
        assert_eq!(names(&folder.path().join("graph-neo4j")), expected);
        fs::write(folder.path().join("graph-kuzu"), "kept").unwrap();
        let error = prepare(folder.path(), &[Format::Kuzu]).unwrap_err();
        assert!(matches!(error, SaveError::NotAFolder { path } if path.ends_with("graph-kuzu")));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_that_cannot_be_made_is_the_machines_failure() {
        let error = prepare(Path::new("/proc/relata"), &[]).unwrap_err();
        assert!(matches!(error, SaveError::Io { action: "create", .. }));
    }
}
