//! `relata parse`: bad input in, a clear message out, and whatever can be parsed is.

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
    let text = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let header = |version: u8, length: u8| {
        [&b"RELATALM"[..], &[version, 0, 0, 0], &[0; 4], &[length, 0, 0, 0], &[0; 12]].concat()
    };
    let mut models = vec![
        ("short.model", b"RELATALM\x01\0\0\0cut off".to_vec(), "no model of relata"),
        ("text.model", std::fs::read(text).unwrap(), "no model of relata"),
        ("empty.model", Vec::new(), "no model of relata"),
        ("next.model", header(2, 0), "format 2, this relata reads format 1"),
        ("cut.model", header(1, 99), "should have 131 bytes and has 32"),
        ("damaged.model", [header(1, 3), b"abc".to_vec()].concat(), "checksum is wrong"),
        ("none.model", Vec::new(), "cannot be read"),
    ];
    if let Ok(mut model) = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/models/en.model")) {
        model.truncate(model.len() - 1);
        models.push(("half.model", model, "is cut off"));
    }
    for (name, bytes, message) in models {
        let model = folder.path().join(name);
        if name != "none.model" {
            std::fs::write(&model, bytes).unwrap();
        }
        let output = relata(&["parse", "--model", model.to_str().unwrap(), text]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(output.stdout.is_empty());
        let told = told(&output);
        assert!(told.contains(message) && told.contains(name), "{name}: {told}");
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

/// `relata parse` with the built-in model or that of the environment; nothing where there is neither.
fn parse(arguments: &[&str]) -> Option<Output> {
    let model = std::env::var_os("RELATA_MODEL").map(|path| path.into_string().unwrap());
    if model.is_none() && Analyser::built_in().is_err() {
        return None;
    }
    let mut all = vec!["parse"];
    all.extend(model.iter().flat_map(|model| ["--model", model]));
    Some(relata(&[&all, arguments].concat()))
}

fn written(output: Output) -> String {
    String::from_utf8(output.stdout).unwrap()
}

fn line(id: &str, form: &str, head: &str) -> String {
    format!("{id}\t{form}\t_\t_\t_\t_\t{head}\t_\t_\t_\n")
}

/// Faults of a CoNLL-U file are told with their line and the rest is parsed.
#[test]
fn a_faulty_treebank_is_told_and_the_rest_is_parsed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.conllu");
    let sentences = [
        ("# bad number", line("2", "bad", "0"), 2),
        ("# cycle", line("1", "Ada", "2") + &line("2", "sleeps", "1"), 5),
        ("# no such head", line("1", "Go", "9"), 9),
        ("# joined words that are not there", line("1-3", "don't", "_") + &line("1", "do", "0"), 13),
        ("# columns", "1\tword\n".to_owned(), 16),
        ("# control characters", line("1", "\u{7}\u{1b}[31m", "0") + &line("1.1", "x", "_"), 0),
    ];
    let text: String = sentences.iter().map(|(about, lines, _)| format!("{about}\n{lines}\n")).collect();
    std::fs::write(&file, text).unwrap();
    let Some(output) = parse(&["--conllu", file.to_str().unwrap()]) else { return };
    assert_eq!(output.status.code(), Some(1));
    let told = told(&output);
    for (about, _, at) in sentences.iter().filter(|(.., at)| *at > 0) {
        assert!(told.contains(&format!("a.conllu:{at}:1")), "{about}\n{told}");
    }
    assert_eq!(told.matches("error[").count(), 5, "{told}");
    let out = written(output);
    assert!(out.contains("2\tsleeps\tsleep\tVERB\tVBZ\t_\t0\troot"), "{out}");
    assert!(out.contains("# no such head\n1\tGo\tgo\t") && out.contains("\n1.1\tx\t"), "{out}");
    assert!(!out.contains("# bad number") && !out.contains("# columns"), "{out}");
}

#[test]
fn a_treebank_keeps_its_comments_joined_words_and_empty_nodes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.conllu");
    let kept = [
        "# newdoc id = a",
        "# text = I don't and she can.",
        "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_",
        "6.1\tgo\tgo\tVERB\t_\t_\t_\t_\t2:conj\tA=b",
        "6.2\t_\t_\t_\t_\t_\t_\t_\t6.1:dep\t_",
    ];
    let words = ["I", "do", "n't", "and", "she", "can", "."];
    let mut lines = kept[..2].join("\n") + "\n";
    for (at, word) in words.iter().enumerate() {
        let before = if at == 1 { format!("{}\n", kept[2]) } else { String::new() };
        let after = if at == 5 { kept[3..].join("\n") + "\n" } else { String::new() };
        lines += &(before + &line(&(at + 1).to_string(), word, "_") + &after);
    }
    std::fs::write(&file, lines + "\n").unwrap();
    let Some(output) = parse(&["--conllu", file.to_str().unwrap()]) else { return };
    assert_eq!((output.status.code(), told(&output)), (Some(0), String::new()));
    let out = written(output);
    let firsts: Vec<&str> = out.lines().map(|line| line.split('\t').next().unwrap()).collect();
    let order = [kept[0], kept[1], "1", "2-3", "2", "3", "4", "5", "6", "6.1", "6.2", "7", ""];
    assert_eq!(firsts, order, "{out}");
    assert!(kept.iter().all(|line| out.lines().any(|written| written == *line)), "{out}");
}

#[test]
fn a_sentence_that_is_too_long_is_told_where_it_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let note = "warning[long-sentence]";
    let file = folder.path().join("long.txt");
    std::fs::write(&file, format!("She left.\n\n{}ends. She left.\n", "word ".repeat(310))).unwrap();
    let Some(output) = parse(&[file.to_str().unwrap()]) else { return };
    let told_of_text = told(&output);
    assert_eq!(output.status.code(), Some(0));
    assert!(told_of_text.contains("long.txt:3:1") && told_of_text.contains("300 tokens"), "{told_of_text}");
    assert!(told_of_text.matches(note).count() == 1 && told_of_text.contains("into 2 sentences"));
    assert_eq!(written(output).matches("# sent_id").count(), 4);

    let file = folder.path().join("long.html");
    let page =
        format!("<html><body><article><p>{}</p></article></body></html>", "Ada said so and ".repeat(90));
    std::fs::write(&file, page).unwrap();
    let told_of_page = told(&parse(&[file.to_str().unwrap()]).unwrap());
    assert!(told_of_page.contains("long.html") && told_of_page.contains("“Ada said so"), "{told_of_page}");

    let file = folder.path().join("long.conllu");
    let words: String = (1..=401).map(|at: usize| line(&at.to_string(), "word", "_")).collect();
    std::fs::write(&file, format!("{}\n# text = word\n{words}\n", line("1", "Go", "_"))).unwrap();
    let output = parse(&["--conllu", file.to_str().unwrap()]).unwrap();
    let told_of_words = told(&output);
    assert!(
        told_of_words.contains("long.conllu:3:1") && told_of_words.contains("401 words"),
        "{told_of_words}"
    );
    assert_eq!((output.status.code(), told_of_words.matches(note).count()), (Some(0), 1));
    assert_eq!(written(output).matches("\troot\t").count(), 2);
}

/// The word lists of signs that come before and after others must not be walked again for each.
#[test]
fn signs_without_words_are_divided_in_time() {
    for (unit, count) in [
        (":-) ", 20_000),
        ("[7]", 20_000),
        ("\" ", 20_000),
        ("'", 50_000),
        ("Mr. ", 20_000),
        ("a@b.", 20_000),
        ("http://a/", 20_000),
        ("e\u{301}\u{301}", 50_000),
    ] {
        let text = unit.repeat(count);
        let (article, found) = sentences(&text);
        let tokens = || found.iter().flat_map(|sentence| &sentence.tokens);
        assert!(tokens().all(|token| !token.span.of(&article.text).is_empty()), "{unit}");
        assert!(found.iter().all(|sentence| sentence.tokens.len() <= 301), "{unit}");
    }
}
