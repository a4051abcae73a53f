//! `relata init`: copies the built-in rules out, to edit.

use crate::cli::{Outcome, tell};
use anyhow::Context;
use clap::Args;
use relata::diagnostic::Diagnostic;
use relata::rule::folder;
use std::borrow::Cow;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Copy the built-in rules and word lists into a folder, to edit them
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  relata init my-rules\n  relata build articles --rules my-rules")]
pub(crate) struct Init {
    /// A new or empty folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Init {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let taken = self.folder.ancestors().any(Path::is_file)
            || fs::read_dir(&self.folder).is_ok_and(|mut entries| entries.next().is_some());
        if taken {
            let message = format!("`{}` is not a new or empty folder", self.folder.display());
            tell(&Diagnostic::error("not-empty", message).help("name a folder that does not exist yet"));
            return Ok(Outcome::InputAtFault);
        }
        let files = folder::built_in_files();
        for (inner, content) in &files {
            let path = self.folder.join(inner);
            let parent = path.parent().unwrap_or(&self.folder);
            fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
            fs::write(&path, with_schema(inner, content))
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        let mut out = io::stdout().lock();
        let folder = self.folder.display();
        writeln!(
            out,
            "{} files written to {folder}; README.md there says how to write a rule.",
            files.len()
        )?;
        writeln!(
            out,
            "Test them with `relata check {folder}`, use them with `relata build ARTICLES --rules {folder}`."
        )?;
        Ok(Outcome::Done)
    }
}

/// A rule file with the line that tells editors where its keys are described.
fn with_schema<'c>(path: &Path, content: &'c [u8]) -> Cow<'c, [u8]> {
    let line: &[u8] = b"#:schema ../rule.schema.json\n";
    let rule_file =
        path.starts_with("relations") && path.extension().is_some_and(|extension| extension == "toml");
    match rule_file && !content.starts_with(b"#:schema") {
        true => Cow::Owned([line, content].concat()),
        false => Cow::Borrowed(content),
    }
}
