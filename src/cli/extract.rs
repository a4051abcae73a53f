//! `relata extract`: a filter, one article a line in, one triple a line out.

use crate::cli::{Outcome, load, load_identities, tell};
use clap::Args;
use relata::article;
use relata::diagnostic::Diagnostic;
use relata::export::{self, Format};
use std::io::{self, BufRead, Write};
use std::path::PathBuf;

/// Read articles as JSON lines from standard input, write their triples as JSON lines
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Extract {
    /// Folder of rules, or a rule file, instead of the built-in rules; `built-in` adds those
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
    /// File that says which names are one and which are not; may be given several times
    #[arg(long, value_name = "FILE")]
    identities: Vec<PathBuf>,
}

const EXAMPLES: &str = "\
Each line is {\"id\": …, \"title\": …, \"date\": …, \"text\": …}; its triples come out in the order of the
lines, and are written before the next line is read. A broken line is told and passed over.
An article without an id is called by its line: line-7.

Examples:
  relata extract < feed.jsonl > triples.jsonl
  parallel --pipe -k relata extract < huge.jsonl > triples.jsonl";

/// What some programs write before the first line of UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

impl Extract {
    /// Memory does not grow with the number of lines: nothing is kept from one to the next.
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let Some((mut pipeline, cleaner)) = load(&self.rules) else { return Ok(Outcome::InputAtFault) };
        let Some(identities) = load_identities(&self.identities) else { return Ok(Outcome::InputAtFault) };
        pipeline.obey(identities);
        let mut input = io::stdin().lock();
        let mut output = io::BufWriter::new(io::stdout().lock());
        let mut line = Vec::new();
        let mut number = 0_usize;
        let mut faulty = false;
        while input.read_until(b'\n', &mut line)? > 0 {
            number += 1;
            if number == 1 && line.starts_with(BYTE_ORDER_MARK) {
                line.drain(..BYTE_ORDER_MARK.len());
            }
            match parse(&line, &cleaner) {
                None => {}
                Some(Ok(mut article)) => {
                    if article.id.is_empty() {
                        article.id = format!("line-{number}");
                    }
                    let built = pipeline.build(vec![article], || ());
                    export::write(Format::Triples, &built.dataset(&pipeline.rules), &mut output)?;
                    output.flush()?;
                }
                Some(Err(diagnostic)) => {
                    faulty = true;
                    tell(&in_line(diagnostic, number));
                }
            }
            line.clear();
        }
        Ok(Outcome::of(faulty))
    }
}

/// The article of one line; `None` for an empty line.
fn parse(line: &[u8], cleaner: &article::Cleaner) -> Option<Result<article::Article, Diagnostic>> {
    match std::str::from_utf8(line) {
        Ok(line) if line.trim().is_empty() => None,
        Ok(line) => Some(article::parse_line(line.trim_end_matches(['\r', '\n']), cleaner)),
        Err(error) => {
            let message = format!("this line is not UTF-8 from byte {} on", error.valid_up_to() + 1);
            Some(Err(Diagnostic::error("invalid-utf8", message).help("convert the feed to UTF-8")))
        }
    }
}

/// The line's own diagnostic, placed in the stream.
fn in_line(mut diagnostic: Diagnostic, number: usize) -> Diagnostic {
    if let Some(place) = &mut diagnostic.place {
        place.line = number;
        return diagnostic.file("<standard input>");
    }
    diagnostic.file(format!("<standard input>, line {number}"))
}
