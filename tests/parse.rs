//! `relata parse`: bad input in, a clear message out; needs no model but one that is wrong.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

use relata::article::Article;
use relata::language::{Analyser, Language, Sentence, paragraph};
use relata::rule::RuleSet;
use std::process::{Command, Output};

fn relata(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_relata")).args(arguments).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_wrong_model_is_told_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("no.model");
    std::fs::write(&model, "RELATALM\u{1}\0\0\0cut off").unwrap();
    let model = model.to_str().unwrap();
    let text = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    for (model, message) in
        [(model, "no model of relata"), (text, "no model of relata"), ("no/such", "cannot be read")]
    {
        let output = relata(&["parse", "--model", model, text]);
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        assert!(told(&output).contains(message), "{}", told(&output));
    }
}

fn sentences(text: &str) -> (Article, Vec<Sentence>) {
    let article = paragraph::article(text.to_owned());
    let sentences = Language::new(&RuleSet::built_in().lexicon).sentences(&article);
    (article, sentences)
}

/// Texts that no one would write: each is read whole, in time and without a panic.
#[test]
fn strange_texts_are_read_to_the_end() {
    let word = "word ".repeat(200_000);
    let analyser = match std::env::var_os("RELATA_MODEL") {
        Some(path) => Analyser::new(std::fs::read(path).unwrap()).ok(),
        None => Analyser::built_in().ok(),
    };
    for text in [
        "",
        " \u{feff}\n\r\n\t",
        &"(".repeat(10_000),
        &"x".repeat(1_000_000),
        &word[..20_000],
        "\u{0}\u{7}\u{1b}[31m control\u{85}characters\u{200b}here",
        "שלום עולם. مرحبا بالعالم. 你好，世界。",
        "👩‍👩‍👧‍👦 🙂🙂 e\u{301}t\u{e9} \u{202e}desrever",
    ] {
        let (article, mut found) = sentences(text);
        let visible = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).count();
        let read: usize = found
            .iter()
            .flat_map(|sentence| &sentence.tokens)
            .map(|token| visible(token.span.of(&article.text)))
            .sum();
        assert_eq!(read, visible(text), "{:?}", &text.chars().take(30).collect::<String>());
        if let Some(analyser) = &analyser {
            // Two tell as much as thirty, which take long in a build for tests.
            for sentence in found.iter_mut().take(2) {
                analyser.read(sentence, &article.text);
                let roots = sentence.tokens.iter().filter(|token| token.head.is_none()).count();
                assert_eq!(roots, 1);
            }
        }
    }
    assert_eq!(sentences(&word).1.iter().map(|sentence| sentence.tokens.len()).sum::<usize>(), 200_000);
}

/// With a model at hand, faults of a CoNLL-U file are told with their line and the rest is parsed.
#[test]
fn a_faulty_treebank_is_told_and_the_rest_is_parsed() {
    let Some(model) = std::env::var_os("RELATA_MODEL").map(|path| path.into_string().unwrap()) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.conllu");
    let line = |id: &str, form: &str, head: &str| format!("{id}\t{form}\t_\t_\t_\t_\t{head}\t_\t_\t_\n");
    let text = format!(
        "# text = bad\n{}\n# text = Ada sleeps\n{}{}\n",
        line("2", "bad", "0"),
        line("1", "Ada", "2"),
        line("2", "sleeps", "1")
    );
    std::fs::write(&file, text).unwrap();
    let output = relata(&["parse", "--conllu", "--model", &model, file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        told(&output).contains("a.conllu:2:1") && told(&output).contains("a.conllu:5:1"),
        "{}",
        told(&output)
    );
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.contains("2\tsleeps\tsleep\tVERB\tVBZ\t_\t0\troot"), "{out}");
}
