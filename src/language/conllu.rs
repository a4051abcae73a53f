//! CoNLL-U ↔ [`Parsed`] sentences: the form in which treebanks are kept and parses are exchanged.
//!
//! Ten columns a word, a blank line after a sentence (<https://universaldependencies.org/format.html>).
//! A sentence whose lines cannot be understood is told and left out; one whose heads make no tree
//! keeps its words and loses its heads.

use crate::diagnostic::Diagnostic;
use crate::span::Span;
use std::io::{self, Write};
use std::ops::Range;

/// One sentence of a file; its columns point into the file's text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed<'t> {
    /// The comment lines before it, without their `#`: `text = Ada spoke.`
    pub comments: Vec<&'t str>,
    /// Its words: what has a whole number of its own.
    pub words: Vec<Word<'t>>,
    /// Words that are written as one, such as "don't".
    pub joined: Vec<Joined<'t>>,
    /// Empty nodes, such as 3.1: how many words stand before each, and its whole line.
    pub empty: Vec<(usize, &'t str)>,
    /// Where its lines stand in the file.
    pub span: Span,
}

/// One word and its columns; `_`, where a column says nothing, is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'t> {
    /// As it is written.
    pub form: &'t str,
    /// Base form.
    pub lemma: &'t str,
    /// Universal part of speech.
    pub upos: &'t str,
    /// The treebank's own part of speech.
    pub xpos: &'t str,
    /// Inflection.
    pub feats: &'t str,
    /// Number of its head, counted from 1; 0 for the root; nothing where the file does not say.
    pub head: Option<usize>,
    /// Its relation to the head.
    pub deprel: &'t str,
    /// Anything else, as `SpaceAfter=No|NER=B-PER`.
    pub misc: &'t str,
}

/// Several words that are written as one: a multi-word token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined<'t> {
    /// Indices of its words.
    pub words: Range<usize>,
    /// As they are written together.
    pub form: &'t str,
    /// Anything else, as `SpaceAfter=No`.
    pub misc: &'t str,
}

impl<'t> Parsed<'t> {
    /// The value of a comment such as `# text = …`.
    pub fn comment(&self, key: &str) -> Option<&'t str> {
        let values = self.comments.iter().filter_map(|comment| comment.split_once('='));
        values.filter(|(name, _)| name.trim() == key).map(|(_, value)| value.trim()).next()
    }

    /// Whether a document or a paragraph begins with this sentence.
    pub fn begins_paragraph(&self) -> bool {
        self.comments.iter().any(|comment| comment.starts_with("newdoc") || comment.starts_with("newpar"))
    }

    /// What stands between white space and is one token by itself: form and whether a space follows,
    /// with the words that it is divided into.
    pub fn surface(&self) -> Vec<(&'t str, bool, Range<usize>)> {
        let mut surface = Vec::with_capacity(self.words.len());
        let mut joined = self.joined.iter().peekable();
        let mut at = 0;
        while at < self.words.len() {
            let (form, misc, words) = match joined.next_if(|joined| joined.words.start == at) {
                Some(joined) => (joined.form, joined.misc, joined.words.clone()),
                None => (self.words[at].form, self.words[at].misc, at..at + 1),
            };
            at = words.end;
            surface.push((form, entry(misc, "SpaceAfter") != Some("No"), words));
        }
        surface
    }
}

/// The value of one entry of a last column.
pub fn entry<'t>(misc: &'t str, key: &str) -> Option<&'t str> {
    misc.split('|')
        .filter_map(|entry| entry.split_once('='))
        .find(|(name, _)| *name == key)
        .map(|found| found.1)
}

/// More mistakes than this are counted only: finding the line of each costs as much as reading the file.
const MOST_TOLD: usize = 20;

/// Reads a file. O(length).
pub fn read(text: &str) -> (Vec<Parsed<'_>>, Vec<Diagnostic>) {
    let mut reader = Reader { text, wrong: Vec::new(), untold: 0 };
    let mut sentences = Vec::new();
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        let line = if start == 0 { line.trim_start_matches('\u{feff}') } else { line };
        if !line.trim().is_empty() {
            lines.push((start, line));
        } else if !lines.is_empty() {
            sentences.extend(reader.sentence(&std::mem::take(&mut lines)));
        }
    }
    sentences.extend(reader.sentence(&lines));
    if reader.untold > 0 {
        let message = format!("{} more lines are wrong", reader.untold);
        reader.wrong.push(Diagnostic::error("conllu", message).help("mend those above first"));
    }
    (sentences, reader.wrong)
}

struct Reader<'t> {
    text: &'t str,
    wrong: Vec<Diagnostic>,
    untold: usize,
}

impl<'t> Reader<'t> {
    fn tell(&mut self, (start, line): (usize, &str), message: String, help: &str) {
        if self.wrong.len() >= MOST_TOLD {
            self.untold += 1;
            return;
        }
        let span = Span::new(start, start + line.len());
        self.wrong.push(Diagnostic::error("conllu", message).at(self.text, span).help(help));
    }

    /// The sentence of these lines, unless one of them cannot be understood.
    fn sentence(&mut self, lines: &[(usize, &'t str)]) -> Option<Parsed<'t>> {
        let mut sentence = Parsed::default();
        if let (Some((start, _)), Some((last, line))) = (lines.first(), lines.last()) {
            sentence.span = Span::new(*start, last + line.len());
        }
        let mut placed = Vec::new();
        for line in lines {
            match sentence.take(line.1) {
                Ok(true) => placed.push(*line),
                Ok(false) => {}
                Err((message, help)) => {
                    self.tell(*line, message, help);
                    return None;
                }
            }
        }
        if let Some(joined) = sentence.joined.last().filter(|joined| joined.words.end > sentence.words.len())
        {
            let message = format!("`{}` covers words that the sentence does not have", joined.form);
            self.tell(*lines.last()?, message, "give each of its words a line of its own");
            return None;
        }
        if let Err((at, message)) = check_heads(&sentence.words) {
            self.tell(
                placed[at],
                message,
                "every word needs a chain of heads up to the one root, whose head is 0",
            );
            sentence.words.iter_mut().for_each(|word| word.head = None);
        }
        (!sentence.words.is_empty()).then_some(sentence)
    }
}

type Fault = (String, &'static str);

impl<'t> Parsed<'t> {
    /// Adds what one line says; whether it is a word.
    fn take(&mut self, line: &'t str) -> Result<bool, Fault> {
        if let Some(comment) = line.strip_prefix('#') {
            self.comments.push(comment.trim());
            return Ok(false);
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let Ok([id, form, lemma, upos, xpos, feats, head, deprel, _, misc]) =
            <[&str; 10]>::try_from(columns.as_slice())
        else {
            let message =
                format!("a word has 10 columns with a tab between them, this line has {}", columns.len());
            return Err((message, "put `_` into a column that says nothing, and `#` before a comment"));
        };
        if form.is_empty() {
            return Err(("the second column is empty".to_owned(), "it holds the word as it is written"));
        }
        let next = self.words.len() + 1;
        if let Some((node, _)) = id.split_once('.') {
            if number(node) != Some(next - 1) {
                return Err(misnumbered(id, next));
            }
            self.empty.push((next - 1, line));
            return Ok(false);
        }
        if let Some((first, last)) = id.split_once('-') {
            let taken = self.joined.last().map_or(0, |joined| joined.words.end);
            return match (number(first), number(last)) {
                (Some(first), Some(last)) if first == next && last >= first && taken < first => {
                    self.joined.push(Joined { words: first - 1..last, form, misc });
                    Ok(false)
                }
                _ => Err(misnumbered(id, next)),
            };
        }
        if number(id) != Some(next) {
            return Err(misnumbered(id, next));
        }
        let head = match head {
            "_" => None,
            _ => Some(number(head).ok_or_else(|| {
                (
                    format!("the head `{head}` is no number"),
                    "write the number of a word, 0 for the root, or `_`",
                )
            })?),
        };
        self.words.push(Word { form, lemma, upos, xpos, feats, head, deprel, misc });
        Ok(true)
    }
}

fn number(digits: &str) -> Option<usize> {
    digits.parse::<u32>().ok().map(|number| number as usize)
}

fn misnumbered(id: &str, next: usize) -> Fault {
    let help = "words are numbered from 1 without a gap; `3-4` comes before word 3, `3.1` after it";
    (format!("the number `{id}` stands where {next} should"), help)
}

/// The first word whose head is wrong, and why. O(words).
fn check_heads(words: &[Word]) -> Result<(), (usize, String)> {
    if words.iter().all(|word| word.head.is_none()) {
        return Ok(());
    }
    let mut root = None;
    for (at, word) in words.iter().enumerate() {
        match word.head {
            None => return Err((at, format!("`{}` has no head, but other words have", word.form))),
            Some(head) if head > words.len() => {
                return Err((at, format!("the head {head} is no word: the sentence has {}", words.len())));
            }
            Some(0) if root.is_some() => return Err((at, "this is a second root".to_owned())),
            Some(0) => root = Some(at),
            Some(_) => {}
        }
    }
    // 0: not seen, 1: on the present path, 2: known to reach the root.
    let mut state = vec![0_u8; words.len()];
    for start in 0..words.len() {
        let mut path = Vec::new();
        let mut at = start;
        while state[at] == 0 {
            state[at] = 1;
            path.push(at);
            match words[at].head {
                Some(head) if head > 0 => at = head - 1,
                _ => break,
            }
        }
        if state[at] == 1 && words[at].head != Some(0) {
            return Err((at, format!("`{}` is its own head, by way of others or directly", words[at].form)));
        }
        path.into_iter().for_each(|at| state[at] = 2);
    }
    Ok(())
}

/// Writes a sentence, with `_` for enhanced relations, which are not kept except at empty nodes.
pub fn write(sentence: &Parsed, out: &mut impl Write) -> io::Result<()> {
    for comment in &sentence.comments {
        writeln!(out, "# {comment}")?;
    }
    let mut joined = sentence.joined.iter().peekable();
    let mut empty = sentence.empty.iter().peekable();
    for (at, word) in sentence.words.iter().enumerate() {
        while let Some((_, line)) = empty.next_if(|(before, _)| *before <= at) {
            writeln!(out, "{line}")?;
        }
        if let Some(Joined { words, form, misc }) = joined.next_if(|joined| joined.words.start == at) {
            writeln!(out, "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}", words.start + 1, words.end)?;
        }
        let Word { form, lemma, upos, xpos, feats, head, deprel, misc } = word;
        write!(out, "{}\t{form}\t{lemma}\t{upos}\t{xpos}\t{feats}\t", at + 1)?;
        match head {
            Some(head) => write!(out, "{head}")?,
            None => write!(out, "_")?,
        }
        writeln!(out, "\t{deprel}\t_\t{misc}")?;
    }
    for (_, line) in empty {
        writeln!(out, "{line}")?;
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DONT: &str = "# newpar\n# text = I don't.\n1\tI\tI\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n\
        2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_\n\
        3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_\n3.1\tgo\tgo\tVERB\t_\t_\t_\t_\t2:conj\t_\n\
        4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\tNER=O\n4.1\tx\t_\t_\t_\t_\t_\t_\t2:conj\t_\n\n";

    #[test]
    fn what_is_read_is_written_again() {
        let (sentences, wrong) = read(DONT);
        assert_eq!(wrong, []);
        let [sentence] = sentences.as_slice() else { panic!("{sentences:?}") };
        assert!(sentence.begins_paragraph());
        assert_eq!(sentence.comment("text"), Some("I don't."));
        let surface: String = sentence
            .surface()
            .iter()
            .map(|(form, space, _)| format!("{form}{}", if *space { "_" } else { "" }))
            .collect();
        assert_eq!(surface, "I_don't._");
        let mut out = Vec::new();
        write(sentence, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), DONT);
        assert_eq!(sentence.span.of(DONT), DONT.trim_end());
    }

    /// The lines at fault, with how many sentences are left.
    fn told(text: &str) -> (Vec<usize>, usize) {
        let (sentences, wrong) = read(text);
        (wrong.iter().filter_map(|wrong| Some(wrong.place.as_ref()?.line)).collect(), sentences.len())
    }

    #[test]
    fn mistakes_are_told_with_their_line_and_the_rest_is_read() {
        let word = |id: &str, head: &str| format!("{id}\ta\ta\tX\tX\t_\t{head}\tdep\t_\t_\n");
        let good = format!("\n\n{}\n", word("1", "0"));
        for (lines, line, left) in [
            (vec![word("1", "0"), word("3", "1")], 2, 1),
            (vec![word("x", "0")], 1, 1),
            (vec![word("1", "x")], 1, 1),
            (vec!["1\ta\n".to_owned()], 1, 1),
            (vec![word("1-2", "_"), word("1", "0")], 2, 1),
            (vec![word("2-1", "_"), word("1", "0")], 1, 1),
            (vec![word("1", "0"), word("1-2", "_"), word("2", "1")], 2, 1),
            (vec![word("1", "0"), word("2", "3")], 2, 2),
            (vec![word("1", "0"), word("2", "2")], 2, 2),
            (vec![word("1", "0"), word("2", "3"), word("3", "2")], 2, 2),
            (vec![word("1", "0"), word("2", "0")], 2, 2),
            (vec![word("1", "0"), word("2", "_")], 2, 2),
            (vec![word("1", "2"), word("2", "1")], 1, 2),
        ] {
            let text = lines.concat() + &good;
            assert_eq!(told(&text), (vec![line], left), "{text}");
        }
    }

    #[test]
    fn a_file_of_faults_is_told_in_part() {
        let text = "no columns\n\n".repeat(100_000);
        let (sentences, wrong) = read(&text);
        assert_eq!((sentences.len(), wrong.len()), (0, MOST_TOLD + 1));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "([0-9]{1,2}[-.]?[0-9]?(\t[_a0-9é]{1,2}){9}\n|\n|\\PC{0,9}\r?\n){0,12}") {
            for sentence in read(&text).0 {
                sentence.surface();
                write(&sentence, &mut Vec::new()).unwrap();
            }
        }
    }
}
