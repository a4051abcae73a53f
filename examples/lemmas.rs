//! CoNLL-U files → `models/en.lemma`, the table of lemmas.
//!
//! ```sh
//! cargo run --release --example lemmas -- ewt.train.conllu gum.train.open.conllu > models/en.lemma
//! ```

use anyhow::{Context, ensure};
use relata::language::{conllu, learn_lemmas};
use std::io::Write;

const ABOUT: &[&str] = &[
    "licence: CC BY-SA 4.0",
    "learned from: UD English EWT, train (CC BY-SA 4.0); GUM, openly licensed documents of train (CC BY 4.0, texts as models/NOTICE says)",
    "rules: part of speech, how it is written (l small, t Title, s SHOUTED, c other capitals), end, capitals, letters to cut, letters to put",
    "words: part of speech, form, lemma",
];

fn main() -> anyhow::Result<()> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    ensure!(!paths.is_empty(), "name the CoNLL-U files to learn from");
    let mut text = String::new();
    for path in &paths {
        text.push_str(&std::fs::read_to_string(path).with_context(|| path.clone())?);
        text.push_str("\n\n");
    }
    let (sentences, wrong) = conllu::read(&text);
    ensure!(wrong.is_empty(), "{}", wrong[0].render(false));
    std::io::stdout().write_all(learn_lemmas(&sentences, ABOUT).as_bytes())?;
    Ok(())
}
