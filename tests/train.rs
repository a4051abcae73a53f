//! Does the model learn a language that nobody ever spoke? The language is data, not code.
//!
//! Trains a small model with `models/train.py` on a few invented sentences, in which the verb comes first
//! and what English says before a noun comes after it, and parses them with `relata parse --model`.
//! Needs Python with torch, numpy and xxhash (`RELATA_PYTHON`, else `python3`); says so and passes without.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test tells what it measured, or panics")]

use relata::language::conllu;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// What is called by these words: people, places, things, and what people do.
const PEOPLE: [&str; 5] = ["Mirsa", "Odan", "Telke", "Ruvin", "Hasse"];
const PLACES: [&str; 3] = ["Zumora", "Kelvadu", "Norrap"];
const THINGS: [&str; 4] = ["beket", "solak", "dinet", "porak"];
const DEEDS: [&str; 4] = ["tulo", "garo", "pemo", "siro"];

/// Form, part of speech, number of the head, relation and label of a name.
type Word = (&'static str, &'static str, usize, &'static str, &'static str);

/// "garo Odan dinet malu Zumora ke .": does Odan thing good Zumora in.
fn sentences() -> Vec<Vec<Word>> {
    let one = |number: usize| {
        let (person, place) = (PEOPLE[number % 5], PLACES[number % 3]);
        let (thing, deed) = (THINGS[number / 2 % 4], DEEDS[number % 4]);
        let mut words = vec![(deed, "VERB", 0, "root", "O"), (person, "PROPN", 1, "nsubj", "B-PER")];
        if number % 4 == 1 {
            words.push(("Vessa", "PROPN", 2, "flat", "I-PER"));
        }
        words.push((thing, "NOUN", 1, "obj", "O"));
        if number.is_multiple_of(3) {
            words.push((["malu", "piri"][number % 2], "ADJ", words.len(), "amod", "O"));
        }
        if number.is_multiple_of(2) {
            words.push((place, "PROPN", 1, "obl", "B-LOC"));
            words.push(("ke", "ADP", words.len(), "case", "O"));
        }
        words.push((".", "PUNCT", 1, "punct", "O"));
        words
    };
    (0..40).map(one).collect()
}

fn python() -> Command {
    let program = std::env::var_os("RELATA_PYTHON").unwrap_or_else(|| "python3".into());
    let mut python = Command::new(program);
    // Nothing may be left beside the sources.
    python.env("PYTHONDONTWRITEBYTECODE", "1");
    python
}

/// Whether the model can be trained here; if not, says why.
fn can_train() -> bool {
    match python().args(["-c", "import torch, numpy, xxhash"]).output() {
        Ok(output) if output.status.success() => true,
        Ok(output) => {
            let told = String::from_utf8_lossy(&output.stderr);
            eprintln!("skipped: {}", told.lines().last().unwrap_or("Python fails without a word"));
            false
        }
        Err(error) => {
            eprintln!("skipped: no Python, name one with RELATA_PYTHON: {error}");
            false
        }
    }
}

fn run(mut command: Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Trains and exports a model; its bytes.
fn train(folder: &Path, name: &str) -> Vec<u8> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/models/train.py");
    let network = format!("{name}.pt");
    let mut learn = python();
    learn.current_dir(folder).args([script, "student", "--conllu", "toy.conllu", "--names", "toy.tsv"]);
    learn.args(["--names-share", "1", "--epochs", "30", "--batch", "90", "--rate", "4e-3"]);
    learn.args(["--drop", "0.1", "--wdrop", "0.1", "--seed", "7", "--out", &network]);
    run(learn);
    let mut export = python();
    export.current_dir(folder).args([script, "export", &network, "--out", name]);
    export.args(["--language", "qtx", "--licence", "CC0-1.0", "--source", "invented for a test"]);
    run(export);
    fs::read(folder.join(name)).unwrap()
}

#[test]
fn a_model_learns_an_invented_language() {
    if !can_train() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let sentences = sentences();
    let (mut trees, mut names, mut bare) = (String::new(), String::new(), String::new());
    for (number, words) in sentences.iter().enumerate() {
        for (at, (form, upos, head, relation, label)) in words.iter().enumerate() {
            trees += &format!("{}\t{form}\t_\t{upos}\t_\t_\t{head}\t{relation}\t_\t_\n", at + 1);
            bare += &format!("{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_\n", at + 1);
            // Names are known of half of the trees, as they are of most treebanks.
            if number % 2 == 0 || number < 20 {
                names += &format!("{form}\t{label}\n");
            }
        }
        trees.push('\n');
        bare.push('\n');
        names.push('\n');
    }
    fs::write(folder.join("toy.conllu"), trees).unwrap();
    fs::write(folder.join("toy.tsv"), names).unwrap();
    fs::write(folder.join("bare.conllu"), bare).unwrap();
    let model = train(folder, "a.model");
    assert!(model == train(folder, "b.model"), "the same seed gave other bytes");

    let parse = |arguments: &[&str]| {
        let mut relata = Command::new(env!("CARGO_BIN_EXE_relata"));
        relata.current_dir(folder).args(["parse", "--model", "a.model"]).args(arguments);
        String::from_utf8(run(relata).stdout).unwrap()
    };
    let out = parse(&["--conllu", "bare.conllu"]);
    let (parsed, wrong) = conllu::read(&out);
    assert_eq!((wrong, parsed.len()), (vec![], sentences.len()));
    let (mut words, mut right) = (0, [0; 4]);
    for (gold, parsed) in sentences.iter().zip(&parsed) {
        for ((_, upos, head, relation, label), word) in gold.iter().zip(&parsed.words) {
            words += 1;
            right[0] += usize::from(word.upos == *upos);
            right[1] += usize::from(word.head == Some(*head));
            right[2] += usize::from(word.deprel == *relation);
            right[3] += usize::from(conllu::entry(word.misc, "NER").unwrap_or("O") == *label);
            assert_eq!(word.xpos, "_", "no treebank said so");
        }
    }
    eprintln!("of {words} words, right tags, heads, relations and labels of names: {right:?}");
    assert!(right.iter().all(|right| right * 100 >= words * 97), "{right:?} of {words}\n{out}");

    let mut reference = python();
    reference.current_dir(folder).arg(concat!(env!("CARGO_MANIFEST_DIR"), "/models/reference.py"));
    run({
        reference.args(["a.model", "conllu", "bare.conllu", "reference.conllu"]);
        reference
    });
    let reference = fs::read_to_string(folder.join("reference.conllu")).unwrap();
    for (theirs, ours) in conllu::read(&reference).0.iter().zip(&parsed) {
        for (theirs, ours) in theirs.words.iter().zip(&ours.words) {
            assert_eq!((theirs.head, theirs.deprel, theirs.upos), (ours.head, ours.deprel, ours.upos));
        }
    }

    fs::write(folder.join("new.txt"), "pemo Telke solak piri Norrap ke.\n").unwrap();
    let out = parse(&["new.txt"]);
    let (parsed, _) = conllu::read(&out);
    let heads: Vec<Option<usize>> = parsed[0].words.iter().map(|word| word.head).collect();
    assert_eq!(heads, [0, 1, 1, 3, 1, 5, 1].map(Some), "{out}");
}
