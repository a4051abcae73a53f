//! `relata build`: articles in, a folder with the graph out.

use crate::cli::{Outcome, formats, load, load_identities, summary, tell, tell_all};
use clap::Args;
use relata::article;
use relata::dataset::Record;
use relata::diagnostic::Diagnostic;
use relata::entity;
use relata::export::{self, Format};
use relata::pipeline::Built;
use std::path::PathBuf;

/// Read articles and write their knowledge graph
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Build {
    /// Files or folders: .txt .md .html .json .jsonl
    #[arg(required = true, value_name = "ARTICLES")]
    articles: Vec<PathBuf>,
    /// Folder of rules, or a rule file, instead of the built-in rules; `built-in` adds those
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
    /// Folder to write into
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    #[arg(long, value_name = "LIST", value_delimiter = ',', help = formats("Formats to write besides the default ones, separated by commas"))]
    format: Vec<Format>,
    /// File that says which names are one and which are not; may be given several times
    #[arg(long, value_name = "FILE")]
    identities: Vec<PathBuf>,
    /// Write the pairs of names that may be one to identities.review.toml, with the reasons
    #[arg(long)]
    review: bool,
    /// Number of threads; all cores where it is not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print no summary
    #[arg(long, short)]
    quiet: bool,
}

/// Where a person finds what to decide.
const REVIEW: &str = "identities.review.toml";

const EXAMPLES: &str = "\
Examples:
  relata build seeds
  relata build news/ extra.jsonl --out graph --threads 2
  relata build news/ --rules my-rules --rules built-in
  relata build news/ --review                 and edit output/identities.review.toml, then
  relata build news/ --identities output/identities.review.toml
  dot -Tsvg output/graph.dot -o graph.svg";

impl Build {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        if let Some(threads) = self.threads {
            rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build_global()?;
        }
        let Some((mut pipeline, cleaner)) = load(&self.rules) else { return Ok(Outcome::InputAtFault) };
        let Some(identities) = load_identities(&self.identities) else { return Ok(Outcome::InputAtFault) };
        pipeline.obey(identities);
        let formats = Format::with_default(&self.format);
        export::prepare(&self.out, &formats)?;

        let progress = super::progress("reading articles", None);
        let (articles, diagnostics) = article::read(&self.articles, &cleaner);
        progress.finish_and_clear();
        let skipped: Vec<&'static str> =
            diagnostics.iter().filter(|told| told.is_error()).map(|told| told.code).collect();
        let faulty = tell_all(diagnostics);
        if articles.is_empty() {
            let message = "there is no article to read, so nothing was written";
            tell(
                &Diagnostic::error("no-articles", message)
                    .help("give files or folders with .txt .md .html .json .jsonl"),
            );
            return Ok(Outcome::InputAtFault);
        }

        let progress = super::progress("finding relations", Some(articles.len() as u64));
        let built = pipeline.build(articles, || progress.inc(1));
        progress.finish_and_clear();

        let faulty = tell_all(built.diagnostics.clone()) || faulty;
        let mut files: Vec<PathBuf> =
            formats.iter().map(|format| self.out.join(format.file_name())).collect();
        files.push(self.out.join(Record::FILE_NAME));
        export::save(&self.out, &built.dataset(&pipeline.rules), &formats)?;
        if self.review {
            export::save_text(&self.out, REVIEW, &entity::review(&built.doubts))?;
            files.push(self.out.join(REVIEW));
        }
        if !self.quiet {
            tell_all(copies(&built));
            summary::print(&built, &pipeline.rules, &skipped, &files)?;
        }
        Ok(Outcome::of(faulty))
    }
}

/// Says which articles were taken for copies of which, one note a group.
fn copies(built: &Built) -> Vec<Diagnostic> {
    let id = |article: &usize| format!("`{}`", built.graph.articles()[*article].id);
    let groups = built.copies.groups().into_iter();
    let note = |(original, copies): (usize, Vec<usize>)| {
        let ids: Vec<String> = copies.iter().map(id).collect();
        let (verb, source) =
            if ids.len() == 1 { ("is nearly the text", "") } else { ("are nearly the text", "all ") };
        let message = format!("{} {verb} of {}: {source}one source", ids.join(", "), id(&original));
        Diagnostic::note("copy", message)
    };
    groups.map(note).collect()
}
