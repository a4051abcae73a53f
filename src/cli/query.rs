//! `relata query`: what a build knows, asked in SPARQL.

use crate::cli::lines::clean;
use crate::cli::{Outcome, open, tell};
use anyhow::Context;
use clap::{Args, ValueEnum};
use relata::dataset::shortened;
use relata::diagnostic::Diagnostic;
use relata::query::{Answer, QueryError, Questions, Results, Term};
use relata::span::Span;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

/// Ask a build in SPARQL
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Query {
    /// Folder that `relata build` wrote
    #[arg(value_name = "OUT")]
    out: PathBuf,
    /// The question; the prefixes of the vocabulary need not be declared
    #[arg(value_name = "SPARQL", required_unless_present = "file")]
    question: Option<String>,
    /// A file with the question
    #[arg(long, value_name = "FILE", conflicts_with = "question")]
    file: Option<PathBuf>,
    /// How the rows are written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// SPARQL 1.1 results in JSON
    Json,
}

const EXAMPLES: &str = "\
Examples:
  Who met whom:
    relata query output 'SELECT ?who ?whom WHERE {
      ?a relata:metWith ?b . ?a schema:name ?who . ?b schema:name ?whom }'
  What is said of somebody, and whether it is so:
    relata query output 'SELECT ?what ?fact ?whom WHERE {
      ?s rdf:subject/schema:name \"Joe Biden\" ; rdf:predicate ?what ; relata:fact ?fact ;
         rdf:object/schema:name ?whom }'
  The sentences behind it:
    relata query output 'SELECT ?article ?quote WHERE {
      ?s rdf:predicate relata:visited ; prov:wasDerivedFrom ?e .
      ?e oa:hasSource/dc:identifier ?article ; oa:hasSelector/oa:exact ?quote }'
  Who is named most:
    relata query output 'SELECT ?name ?times WHERE {
      ?x schema:name ?name ; relata:mentions ?times } ORDER BY DESC(?times) LIMIT 10'
  Is there a chain from one to the other:
    relata query output 'ASK {
      ?a schema:name \"Finland\" . ?b schema:alternateName \"NATO\" . ?a (relata:joined|relata:partOf)+ ?b }'
  All that one article says, as a graph:
    relata query output 'CONSTRUCT { ?a ?what ?b } WHERE {
      ?s prov:wasDerivedFrom/oa:hasSource/dc:identifier \"finland-joins-nato\" ;
         rdf:subject ?a ; rdf:predicate ?what ; rdf:object ?b }'

Facts are plain triples under the relation's name (relata:metWith). Every triple, fact or not, is also a
statement with rdf:subject, rdf:predicate, rdf:object, relata:fact, relata:confidence, schema:startDate and
prov:wasDerivedFrom. `rules/vocabulary.ttl` describes all terms. CONSTRUCT and DESCRIBE give Turtle.";

impl Query {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let (name, question) = match (self.question, self.file) {
            (_, Some(file)) => match fs::read_to_string(&file) {
                Ok(text) => (file.display().to_string(), text),
                Err(error) => {
                    let message = format!("the question in `{}` cannot be read: {error}", file.display());
                    tell(&Diagnostic::error("no-question", message).help("name a text file with SPARQL"));
                    return Ok(Outcome::InputAtFault);
                }
            },
            (question, None) => ("question".to_owned(), question.unwrap_or_default()),
        };
        let Some(dataset) = open(&self.out)? else { return Ok(Outcome::InputAtFault) };
        let questions = Questions::new(&dataset)?;
        let answer = match questions.ask(&question) {
            Ok(answer) => answer,
            Err(error) if error.is_users_fault() => {
                tell(&at_fault(&error, &name, &question));
                return Ok(Outcome::InputAtFault);
            }
            Err(error) => return Err(error.into()),
        };
        let mut out = io::BufWriter::new(io::stdout().lock());
        let written = print(&questions, &answer, self.format, &mut out);
        written.and_then(|()| out.flush()).context("cannot write the answer")?;
        Ok(Outcome::Done)
    }
}

fn at_fault(error: &QueryError, name: &str, question: &str) -> Diagnostic {
    match error {
        QueryError::Syntax { at, .. } => {
            let told = Diagnostic::error("question", error.to_string()).file(name);
            let told = match at {
                Some((line, column)) => told.at(question, place(question, *line, *column)),
                None => told,
            };
            told.help("`relata query --help` has questions to start from")
        }
        QueryError::Service => Diagnostic::error("service", error.to_string())
            .help("load the graph into a server with `relata load`, and ask that"),
        _ => Diagnostic::error("question", error.to_string())
            .help("`relata query --help` has questions to start from"),
    }
}

/// The letter at a line and column; at the end of the question, its last one.
fn place(question: &str, line: usize, column: usize) -> Span {
    let start: usize = question.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = question.get(start..).unwrap_or_default();
    let letter = rest.char_indices().nth(column.saturating_sub(1));
    match letter {
        Some((at, letter)) => Span::new(start + at, start + at + letter.len_utf8()),
        None => {
            let last =
                question.trim_end().char_indices().next_back().map_or((0, 0), |(at, c)| (at, c.len_utf8()));
            Span::new(last.0, last.0 + last.1)
        }
    }
}

fn print(questions: &Questions, answer: &Answer, format: Format, out: &mut impl Write) -> io::Result<()> {
    let results = match format {
        Format::Table => None,
        Format::Csv => Some(Results::Csv),
        Format::Tsv => Some(Results::Tsv),
        Format::Json => Some(Results::Json),
    };
    match (answer, results) {
        (Answer::Graph(triples), _) => questions.turtle(triples, out),
        (answer, Some(results)) => {
            answer.write(results, out)?;
            if format == Format::Json { writeln!(out) } else { Ok(()) }
        }
        (Answer::Truth(truth), None) => writeln!(out, "{truth}"),
        (Answer::Rows { columns, rows }, None) => table(questions, columns, rows, out),
    }
}

/// Where a cell of a table is cut.
const CELL: usize = 100;

fn table(
    questions: &Questions,
    columns: &[String],
    rows: &[Vec<Option<Term>>],
    out: &mut impl Write,
) -> io::Result<()> {
    let shown = |term: &Option<_>| term.as_ref().map_or_else(String::new, |term| questions.short(term));
    let cell = |text: String| clean(&shortened(&text, CELL));
    let mut lines = vec![columns.to_vec()];
    lines.extend(rows.iter().map(|row| row.iter().map(|term| cell(shown(term))).collect()));
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    lines.insert(1, rule);
    for line in &lines {
        let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    writeln!(out, "{} row{}", rows.len(), if rows.len() == 1 { "" } else { "s" })
}
