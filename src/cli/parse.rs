//! `relata parse`: the words of a text, what they are, and how they hang together, as CoNLL-U.

use crate::cli::{Outcome, load_rules, tell, tell_all};
use anyhow::Context;
use clap::Args;
use relata::article::{self, Article, BlockKind, Cleaner};
use relata::diagnostic::Diagnostic;
use relata::language::{
    Analyser, AnalyserError, LONGEST_SENTENCE, LONGEST_STRETCH, Language, conllu, output, paragraph,
};
use relata::rule::RuleSet;
use relata::span::Span;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Analyse English text: sentences, words, parts of speech, lemmas, relations and names, as CoNLL-U
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Parse {
    /// Article to read; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The file is CoNLL-U: keep its sentences and words, predict everything else anew
    #[arg(long)]
    conllu: bool,
    /// Model to use instead of the built-in one
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Of a plain text every word is read, of other files the article in it. Columns: number, form, lemma,
universal and English part of speech, features (not predicted), head, relation, enhanced relations
(not predicted), and whether a space follows and which words make a name (NER=B-PER, I-PER).
A sentence of more than 300 tokens is cut, and that is told.

Examples:
  relata parse article.txt > article.conllu
  relata parse --conllu treebank.conllu > again.conllu";

impl Parse {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let analyser = match self.analyser()? {
            Ok(analyser) => analyser,
            Err(diagnostic) => {
                tell(&diagnostic);
                return Ok(Outcome::InputAtFault);
            }
        };
        let Some(rules) = load_rules(&[]) else { return Ok(Outcome::InputAtFault) };
        let language = Language::new(&rules.lexicon);
        let analyser = analyser.with_inflection(&language);
        let mut out = io::BufWriter::new(io::stdout().lock());
        let outcome = if self.conllu {
            self.again(&analyser, &mut out)
        } else {
            self.text(&rules, &language, &analyser, &mut out)
        }?;
        out.flush()?;
        Ok(outcome)
    }

    fn analyser(&self) -> anyhow::Result<Result<Analyser, Diagnostic>> {
        let Some(path) = &self.model else {
            return Ok(Analyser::built_in().map_err(|error| {
                let help = match error {
                    AnalyserError::NoModel => "name one with `--model`",
                    _ => "install relata again",
                };
                Diagnostic::error("model", error.to_string()).help(help)
            }));
        };
        let file = path.display().to_string();
        let wrong = |message: String| {
            Diagnostic::error("model", message)
                .file(&file)
                .help("name a model that was trained for this relata")
        };
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => return Ok(Err(wrong(format!("this model cannot be read: {error}")))),
        };
        Ok(Analyser::new(bytes).map_err(|error| wrong(error.to_string())))
    }

    /// What messages call the file.
    fn name(&self) -> String {
        if self.file.as_os_str() == "-" {
            "<standard input>".to_owned()
        } else {
            self.file.display().to_string()
        }
    }

    /// The text of a file, where it can be read.
    fn content(&self) -> anyhow::Result<Option<String>> {
        let name = self.name();
        let bytes = if self.file.as_os_str() == "-" {
            let mut bytes = Vec::new();
            io::Read::read_to_end(&mut io::stdin().lock(), &mut bytes).context("standard input")?;
            bytes
        } else {
            match std::fs::read(&self.file) {
                Ok(bytes) => bytes,
                Err(error) => {
                    let told = Diagnostic::error("unreadable", format!("this file cannot be read: {error}"));
                    tell(&told.file(name).help("check its name, and that you have the right to read it"));
                    return Ok(None);
                }
            }
        };
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(error) => {
                let at = error.utf8_error().valid_up_to() + 1;
                let told =
                    Diagnostic::error("invalid-utf8", format!("this file is not UTF-8 from byte {at} on"));
                tell(&told.file(name).help("convert it to UTF-8"));
                Ok(None)
            }
        }
    }

    fn again(&self, analyser: &Analyser, out: &mut impl Write) -> anyhow::Result<Outcome> {
        let Some(text) = self.content()? else { return Ok(Outcome::InputAtFault) };
        let (sentences, wrong) = conllu::read(&text);
        let name = self.name();
        let mut long = LongSentences { file: name.clone(), told: 0 };
        let faulty = tell_all(wrong.into_iter().map(|wrong| wrong.file(&name)).collect());
        for sentence in &sentences {
            let parts = sentence.words.len().div_ceil(LONGEST_STRETCH);
            if parts > 1 {
                let message = format!(
                    "this sentence has {} words; the tree was made of {parts} parts, of at most \
                     {LONGEST_STRETCH} words each",
                    sentence.words.len()
                );
                long.tell(message, Some((&text, sentence.span)));
            }
            let mut room = Vec::with_capacity(sentence.words.len());
            conllu::write(&analyser.read_again(sentence, &mut room), out)?;
        }
        long.tell_rest();
        Ok(Outcome::of(faulty))
    }

    fn text(
        &self,
        rules: &RuleSet,
        language: &Language,
        analyser: &Analyser,
        out: &mut impl Write,
    ) -> anyhow::Result<Outcome> {
        let plain = is_plain(&self.file);
        let (articles, faulty) = if plain {
            let Some(text) = self.content()? else { return Ok(Outcome::InputAtFault) };
            let id = self.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            (vec![Article { id, ..paragraph::article(text) }], false)
        } else {
            let cleaner = cleaner(rules);
            let (articles, wrong) = article::read(std::slice::from_ref(&self.file), &cleaner);
            (articles, tell_all(wrong))
        };
        let mut long = LongSentences { file: self.name(), told: 0 };
        for article in &articles {
            let cut = write_article(article, language, analyser, out)?;
            for (span, parts) in cut {
                let what = match plain {
                    true => "this sentence".to_owned(),
                    // The lines of such an article are not those of its file.
                    false => format!("the sentence “{} …” of `{}`", beginning(article, span), article.id),
                };
                let message = format!(
                    "{what} has more than {LONGEST_SENTENCE} tokens and was cut into {parts} sentences"
                );
                long.tell(message, plain.then_some((&article.text, span)));
            }
        }
        long.tell_rest();
        Ok(Outcome::of(faulty))
    }
}

/// Whether all of a file is text: standard input, `.txt` and files of no known kind.
fn is_plain(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    !path.is_dir() && !matches!(ending.as_str(), "md" | "markdown" | "html" | "htm" | "json" | "jsonl")
}

fn cleaner(rules: &RuleSet) -> Cleaner {
    Cleaner::new(rules.lexicon.cleaning()).0
}

/// Notes on sentences that were too long to be read in one piece.
struct LongSentences {
    file: String,
    told: usize,
}

impl LongSentences {
    /// Who has seen these has seen enough: a table of a million cells is no million mistakes.
    const MOST_TOLD: usize = 20;

    fn tell(&mut self, message: String, place: Option<(&str, Span)>) {
        self.told += 1;
        if self.told > Self::MOST_TOLD {
            return;
        }
        let note = Diagnostic::warning("long-sentence", message).file(&self.file);
        let note = note.help("what hangs together across a cut is lost; divide it, or leave it out");
        tell(&match place {
            Some((text, span)) => note.at(text, span),
            None => note,
        });
    }

    fn tell_rest(&self) {
        if let Some(rest) = self.told.checked_sub(Self::MOST_TOLD).filter(|rest| *rest > 0) {
            let message = format!("{rest} more sentences were too long and were cut");
            tell(&Diagnostic::warning("long-sentence", message).file(&self.file));
        }
    }
}

/// The first words of what the span covers.
fn beginning(article: &Article, span: Span) -> String {
    let words: Vec<&str> = span.of(&article.text).split_whitespace().take(6).collect();
    words.join(" ").chars().take(60).collect()
}

/// Writes the sentences of an article; which had to be cut, and into how many.
fn write_article(
    article: &Article,
    language: &Language,
    analyser: &Analyser,
    out: &mut impl Write,
) -> io::Result<Vec<(Span, usize)>> {
    let mut number = 0;
    let mut cut: Vec<(Span, usize)> = Vec::new();
    for block in article.blocks.iter().filter(|block| block.kind != BlockKind::Noise) {
        let mut goes_on = false;
        for (at, mut sentence) in language.sentences_of(block, &article.text).into_iter().enumerate() {
            match cut.last_mut().filter(|_| goes_on) {
                Some((span, parts)) => (*span, *parts) = (span.cover(sentence.span), *parts + 1),
                None if sentence.cut => cut.push((sentence.span, 1)),
                None => {}
            }
            goes_on = sentence.cut;
            analyser.read(&mut sentence, &article.text);
            let mut comments = Vec::new();
            if number == 0 {
                comments.push(format!("newdoc id = {}", article.id));
            }
            if at == 0 {
                comments.push("newpar".to_owned());
            }
            number += 1;
            comments.push(format!("sent_id = {}-{number}", article.id));
            output::write(&sentence, &article.text, &comments, out)?;
        }
    }
    Ok(cut)
}
