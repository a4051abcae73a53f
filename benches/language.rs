//! How many words a second are analysed, on one core, stage by stage and all in all?
//!
//! `cargo bench` prints a table, and then how many words are read in the time of a fixed piece of integer
//! work. Machines vary, and so does one machine that others use too: the last figure varies least.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints what it measured, or panics"
)]
#![allow(clippy::disallowed_methods, reason = "nothing but a benchmark may look at the clock")]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use relata::article::Article;
use relata::language::{Analyser, Language, Sentence, output, paragraph};
use relata::rule::RuleSet;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// The articles of `seeds/` as one text, with what analyses it.
struct Work {
    language: Language,
    analyser: Analyser,
    article: Article,
    sentences: Vec<Sentence>,
    words: usize,
}

static WORK: LazyLock<Work> = LazyLock::new(|| {
    let mut paths: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    let texts: Vec<String> = paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let article = paragraph::article(texts.join("\n\n"));
    let language = Language::new(&RuleSet::built_in().lexicon);
    let analyser = Analyser::built_in().unwrap().with_inflection(&language);
    let sentences = language.sentences(&article);
    let words = sentences.iter().map(|sentence| sentence.tokens.len()).sum();
    Work { language, analyser, article, sentences, words }
});

impl Work {
    fn forms(&self) -> impl Iterator<Item = Vec<&str>> {
        let words = |sentence: &Sentence| -> Vec<_> {
            sentence.tokens.iter().map(|token| token.span.of(&self.article.text)).collect()
        };
        self.sentences.iter().map(words)
    }

    /// Text in, CoNLL-U out: all that `relata parse` does between two files.
    fn everything(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for mut sentence in self.language.sentences(&self.article) {
            self.analyser.read(&mut sentence, &self.article.text);
            output::write(&sentence, &self.article.text, &[], &mut out).unwrap();
        }
        out
    }
}

/// Sentences and tokens, with the lemmas that rules use.
#[divan::bench]
fn a_split(bencher: Bencher) {
    bencher.counter(ItemsCount::new(WORK.words)).bench(|| WORK.language.sentences(&WORK.article));
}

/// The vectors of words, which tags, tree and names have in common.
#[divan::bench]
fn b_encode(bencher: Bencher) {
    let model = WORK.analyser.model();
    bencher.counter(ItemsCount::new(WORK.words)).bench(|| {
        for words in WORK.forms() {
            black_box(model.encode(words));
        }
    });
}

/// Parts of speech, from the words on.
#[divan::bench]
fn c_tags(bencher: Bencher) {
    let model = WORK.analyser.model();
    bencher.counter(ItemsCount::new(WORK.words)).bench(|| {
        for words in WORK.forms() {
            black_box(model.tags(&model.encode(words)));
        }
    });
}

/// Names, from the words on.
#[divan::bench]
fn d_names(bencher: Bencher) {
    let model = WORK.analyser.model();
    bencher.counter(ItemsCount::new(WORK.words)).bench(|| {
        for words in WORK.forms() {
            black_box(model.names(&model.encode(words)));
        }
    });
}

/// Heads and relations, from the words on.
#[divan::bench]
fn e_tree(bencher: Bencher) {
    let model = WORK.analyser.model();
    bencher.counter(ItemsCount::new(WORK.words)).bench(|| {
        for words in WORK.forms() {
            black_box(model.tree(&model.encode(words)));
        }
    });
}

/// From text to CoNLL-U.
#[divan::bench]
fn f_everything(bencher: Bencher) {
    bencher.counter(ItemsCount::new(WORK.words)).bench(|| WORK.everything());
}

/// What a run costs before the first word.
#[divan::bench]
fn g_start() -> Analyser {
    let language = Language::new(&RuleSet::built_in().lexicon);
    Analyser::built_in().unwrap().with_inflection(&language)
}

#[divan::bench]
fn h_fixed_work() -> u32 {
    fixed_work()
}

/// A million steps of arithmetic that wait for each other, each with a look into a table of 16 kB.
fn fixed_work() -> u32 {
    let mut table = [0_u32; 4096];
    let mut state = black_box(1_u64);
    for _ in 0..1_000_000 {
        state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        let place = &mut table[(state >> 52) as usize];
        *place = place.rotate_left(5).wrapping_add((state >> 20) as u32);
        state ^= u64::from(*place);
    }
    table.iter().fold(0, |sum, number| sum ^ number)
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn main() {
    divan::main();
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    // In turns, so that whatever else the machine does troubles both alike; of each the best counts.
    let pairs = || (timed(|| WORK.everything()), timed(fixed_work));
    let (text, fixed) = (0..15)
        .map(|_| pairs())
        .fold((Duration::MAX, Duration::MAX), |best, (text, fixed)| (best.0.min(text), best.1.min(fixed)));
    let words = WORK.words as f64 / text.as_secs_f64();
    println!("from text to CoNLL-U: {words:.0} words a second on one core, {} words of seeds/", WORK.words);
    println!("words read in the time of the fixed work: {:.1}", words * fixed.as_secs_f64());
}
