//! Analysed sentences → CoNLL-U.

use super::label::{NameKind, Relation, Upos, Xpos};
use super::{Sentence, Token};
use std::io::{self, Write};

/// Writes one sentence of the article whose text is `text`, with these comment lines before it.
///
/// Words that were written as one are shown as a multi-word token, as treebanks do.
pub fn write(sentence: &Sentence, text: &str, comments: &[String], out: &mut impl Write) -> io::Result<()> {
    for comment in comments {
        writeln!(out, "# {comment}")?;
    }
    let line = sentence.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(out, "# text = {line}")?;
    let tokens = &sentence.tokens;
    let labels = name_labels(sentence);
    let mut end = 0;
    for (at, token) in tokens.iter().enumerate() {
        let parts = tokens[at + 1..].iter().take_while(|next| next.joined).count();
        let joined = at >= end && parts > 0;
        if at >= end {
            end = at + 1 + parts;
        }
        if joined {
            let form = token.span.cover(tokens[end - 1].span).of(text);
            let misc = space_after(tokens, end - 1);
            writeln!(out, "{}-{end}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{}", at + 1, misc.unwrap_or("_"))?;
        }
        let inner = end > at + 1 || token.joined;
        let label = labels.get(at).copied().flatten();
        write_word(out, at, token, token.span.of(text))?;
        let space = space_after(tokens, at).filter(|_| !inner);
        write_misc(out, space, label)?;
    }
    writeln!(out)
}

/// For each token, its place in a name, where the sentence has names.
fn name_labels(sentence: &Sentence) -> Vec<Option<(char, NameKind)>> {
    if sentence.names.is_empty() {
        return Vec::new();
    }
    let mut labels = vec![None; sentence.tokens.len()];
    for name in &sentence.names {
        for at in name.tokens.clone() {
            labels[at] = Some((if at == name.tokens.start { 'B' } else { 'I' }, name.kind));
        }
    }
    labels
}

fn space_after(tokens: &[Token], at: usize) -> Option<&'static str> {
    let next = tokens.get(at + 1)?;
    (next.span.start == tokens[at].span.end).then_some("SpaceAfter=No")
}

fn write_word(out: &mut impl Write, at: usize, token: &Token, form: &str) -> io::Result<()> {
    let upos = token.upos.map_or("_", Upos::name);
    let xpos = token.xpos.map_or("_", Xpos::name);
    let lemma = if token.lemma.is_empty() { "_" } else { &token.lemma };
    write!(out, "{}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t", at + 1)?;
    match token.deprel {
        None => write!(out, "_\t_"),
        Some(relation) => {
            let head = token.head.map_or(0, |head| head + 1);
            write!(out, "{head}\t{}", Relation::name(relation))
        }
    }
}

fn write_misc(out: &mut impl Write, space: Option<&str>, label: Option<(char, NameKind)>) -> io::Result<()> {
    match (space, label) {
        (None, None) => writeln!(out, "\t_\t_"),
        (Some(space), None) => writeln!(out, "\t_\t{space}"),
        (None, Some((place, kind))) => writeln!(out, "\t_\tNER={place}-{}", kind.name()),
        (Some(space), Some((place, kind))) => writeln!(out, "\t_\t{space}|NER={place}-{}", kind.name()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Language, conllu, paragraph};
    use crate::rule::RuleSet;

    #[test]
    fn what_is_written_can_be_read() {
        let article = paragraph::article("Ada won't go,  Bob\ncan.".to_owned());
        let sentences = Language::new(&RuleSet::built_in().lexicon).sentences(&article);
        let mut out = Vec::new();
        for sentence in &sentences {
            write(sentence, &article.text, &["newpar".to_owned()], &mut out).unwrap();
        }
        let out = String::from_utf8(out).unwrap();
        let (read, wrong) = conllu::read(&out);
        assert_eq!(wrong, []);
        assert_eq!(read[0].comment("text"), Some("Ada won't go, Bob can."));
        let surface: Vec<(&str, bool)> =
            read[0].surface().into_iter().map(|(form, space, _)| (form, space)).collect();
        let go = [("Ada", true), ("won't", true), ("go", false), (",", true)];
        assert_eq!(surface, [&go[..], &[("Bob", true), ("can", false), (".", true)]].concat());
        assert_eq!(read[0].words.len(), 8);
    }
}
