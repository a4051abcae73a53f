//! The command line: one file a subcommand, each from arguments to an [`Outcome`].

mod build;
mod check;
mod explain;
mod explanation;
mod export;
mod extract;
mod init;
mod lines;
mod load;
mod merge;
mod new;
mod parse;
mod path;
mod progress;
#[cfg(feature = "sparql")]
mod query;
mod rank;
mod selected;
mod show;
mod stats;
mod suggest;
mod summary;

use clap::{Parser, Subcommand};
use progress::progress;
use relata::article::Cleaner;
use relata::dataset::read::ReadError;
use relata::dataset::{Dataset, EntityRow, Found};
use relata::diagnostic::Diagnostic;
use relata::entity::Identities;
use relata::export::{Format, SaveError};
use relata::pipeline::Pipeline;
use relata::rule::RuleSet;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Turns news articles into a knowledge graph, with the sentence behind every edge.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  relata build articles/                      graph of a folder of articles, into output/
  relata build a.txt b.html --out graph       of two files, into graph/
  relata explain \"Ada Byron met Bob Poe.\"     what relata sees in a sentence, and why
  relata init my-rules && relata check my-rules   the built-in rules, to edit and test
  relata build articles --rules my-rules      and to use

Exit codes: 0 done, 1 the input is at fault, 2 the machine is.";

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Build),
    Extract(extract::Extract),
    Parse(parse::Parse),
    Check(check::Check),
    Explain(explain::Explain),
    Init(init::Init),
    New(new::New),
    Suggest(suggest::Suggest),
    Stats(stats::Stats),
    Export(export::Export),
    #[cfg(feature = "sparql")]
    Query(query::Query),
    Load(load::Load),
    Show(show::Show),
    Path(path::Path),
    Rank(rank::Ranks),
    Merge(merge::Merge),
}

/// How a command ended, where nothing went wrong with the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    /// Something in the input was at fault; it was told, and all else was done.
    InputAtFault,
}

impl Outcome {
    fn of(faulty: bool) -> Self {
        if faulty { Self::InputAtFault } else { Self::Done }
    }
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let printed = error.print();
            return match printed {
                _ if error.use_stderr() => ExitCode::from(1),
                Err(failed) if failed.kind() != ErrorKind::BrokenPipe => ExitCode::from(2),
                _ => ExitCode::SUCCESS,
            };
        }
    };
    let outcome = match arguments.command {
        Command::Build(build) => build.run(),
        Command::Extract(extract) => extract.run(),
        Command::Parse(parse) => parse.run(),
        Command::Check(check) => check.run(),
        Command::Explain(explain) => explain.run(),
        Command::Init(init) => init.run(),
        Command::New(new) => new.run(),
        Command::Suggest(suggest) => suggest.run(),
        Command::Stats(stats) => stats.run(),
        Command::Export(export) => export.run(),
        #[cfg(feature = "sparql")]
        Command::Query(query) => query.run(),
        Command::Load(load) => load.run(),
        Command::Show(show) => show.run(),
        Command::Path(path) => path.run(),
        Command::Rank(rank) => rank.run(),
        Command::Merge(merge) => merge.run(),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::InputAtFault) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let save = error.downcast_ref::<SaveError>();
            let user = save.is_some_and(SaveError::is_users_fault);
            let told =
                Diagnostic::error(if save.is_some() { "output" } else { "failed" }, format!("{error:#}"));
            tell(&if save.is_some() { told.help("name another folder with `--out`") } else { told });
            ExitCode::from(if user { 1 } else { 2 })
        }
    }
}

/// A reader that had enough ("| head") is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

/// Reads the build in a folder; `None` where the person named none, which has then been told.
fn open(folder: &Path) -> anyhow::Result<Option<Dataset>> {
    match Dataset::read(folder) {
        Ok(dataset) => Ok(Some(dataset)),
        Err(error) if error.is_users_fault() => {
            tell(&no_build(&error));
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Why a folder is not that of a build, and what to do.
fn no_build(error: &ReadError) -> Diagnostic {
    let (code, help) = match error {
        ReadError::Line { .. } | ReadError::Mixed { .. } => {
            ("broken-build", "build it again with `relata build ARTICLES --out`")
        }
        _ => (
            "no-build",
            "name the folder that `relata build ARTICLES --out` wrote; without `--out` it is `output`",
        ),
    };
    Diagnostic::error(code, error.to_string()).help(help)
}

/// The entity that a person names; `None` where nobody or more than one bears the name, which has then been told.
fn entity<'a>(dataset: &'a Dataset, name: &str) -> Option<&'a EntityRow> {
    let list = |entities: &[&EntityRow]| {
        let lines = entities.iter().map(|entity| format!("`{}` ({})", entity.id, entity.name));
        lines.collect::<Vec<_>>().join(", ")
    };
    let (code, message, help) = match dataset.find(name) {
        Found::One(entity) => return Some(entity),
        Found::Several(bearers) => (
            "ambiguous-name",
            format!("several entities are called `{name}`"),
            format!("name one by its id: {}", list(&bearers)),
        ),
        Found::Nobody(near) if near.is_empty() => (
            "unknown-entity",
            format!("no entity is called `{name}`"),
            "`entities.jsonl` has all names and ids".to_owned(),
        ),
        Found::Nobody(near) => (
            "unknown-entity",
            format!("no entity is called `{name}`"),
            format!("these have it in their names: {}", list(&near)),
        ),
    };
    tell(&Diagnostic::error(code, message).help(help));
    None
}

/// The help of an option that takes formats: the list is that of the formats themselves.
fn formats(help: &str) -> String {
    format!("{help}: {}", Format::ALL.map(Format::name).join(", "))
}

/// Writes a diagnostic to standard error; where even that is closed, nobody is left to be told.
fn tell(diagnostic: &Diagnostic) {
    let mut error = io::stderr().lock();
    let _ = writeln!(error, "{}\n", diagnostic.render(io::stderr().is_terminal()));
}

/// Writes diagnostics, in the order of their files and places, and says whether one is an error.
fn tell_all(mut diagnostics: Vec<Diagnostic>) -> bool {
    diagnostics.sort();
    diagnostics.iter().for_each(tell);
    diagnostics.iter().any(Diagnostic::is_error)
}

/// Loads the rules; `None` where they have mistakes, all of which have then been told.
fn load_rules(folders: &[PathBuf]) -> Option<RuleSet> {
    let (rules, diagnostics) = RuleSet::load(folders);
    (!tell_all(diagnostics)).then_some(rules)
}

/// Loads the rules and everything that articles are read with; `None` where the rules have mistakes,
/// all of which have then been told.
fn load(folders: &[PathBuf]) -> Option<(Pipeline, Cleaner)> {
    let (rules, mut diagnostics) = RuleSet::load(folders);
    let (cleaner, of_cleaner) = Cleaner::new(rules.lexicon.cleaning());
    diagnostics.extend(of_cleaner);
    let (pipeline, of_patterns) = Pipeline::new(rules);
    diagnostics.extend(of_patterns);
    (!tell_all(diagnostics)).then_some((pipeline, cleaner))
}

/// Loads a person's identities; `None` where they have mistakes, all of which have then been told.
fn load_identities(files: &[PathBuf]) -> Option<Identities> {
    let (identities, diagnostics) = Identities::read(files);
    (!tell_all(diagnostics)).then_some(identities)
}
