//! The sample articles and the built-in rules: `output/example/` is what this version makes of them.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says why")]

mod common;

use common::{Desk, FILES, json_lines};
use relata::{example, pipeline::Pipeline, rule::RuleSet};
use std::fs;
use std::path::Path;

/// `build.json` is left out: it quotes every rule, so each change of one would change it.
const EXAMPLE: [&str; 5] = [FILES[0], FILES[1], FILES[2], FILES[3], FILES[4]];

/// `RELATA_BLESS=1 cargo test --test seeds` writes the example anew, to be looked at and committed.
#[test]
fn the_committed_example_is_what_the_seeds_give() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let example = root.join("output/example");
    let built = tempfile::tempdir().unwrap();
    let out = built.path().to_str().unwrap();
    // From the root, so that paths in the output are those of the README's command.
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_relata"))
        .args(["build", "seeds", "--quiet", "--out", out])
        .current_dir(root)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    if std::env::var_os("RELATA_BLESS").is_some() {
        fs::create_dir_all(&example).unwrap();
        for name in EXAMPLE {
            fs::copy(built.path().join(name), example.join(name)).unwrap();
        }
        return;
    }
    for name in EXAMPLE {
        let new = fs::read_to_string(built.path().join(name)).unwrap();
        let old = fs::read_to_string(example.join(name)).unwrap_or_default();
        if new != old {
            let same = old.lines().zip(new.lines()).take_while(|(old, new)| old == new).count();
            let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
            panic!(
                "output/example/{name}:{}: is stale; write it anew with `RELATA_BLESS=1 cargo test --test seeds`\n\
                 committed: {}\nbuilt now: {}",
                same + 1,
                line(&old),
                line(&new),
            );
        }
    }
}

#[test]
fn the_examples_of_the_built_in_rules_hold() {
    let (rules, diagnostics) = RuleSet::load(&[]);
    let wrong: Vec<String> = diagnostics.iter().map(|told| told.render(false)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let outcome = example::run(&Pipeline::new(rules).0);
    let wrong: Vec<String> = outcome.diagnostics.iter().map(|told| told.render(false)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(outcome.failed, 0);
    assert!(outcome.passed > 50, "{}", outcome.passed);
}

/// The articles that this project is measured on are not its own to publish.
#[test]
fn the_gold_articles_give_triples() {
    let Some(gold) = std::env::var_os("RELATA_GOLD") else {
        eprintln!("skipped: RELATA_GOLD does not name a folder with articles/ and gold/");
        return;
    };
    let desk = Desk::new();
    for set in ["seeds", "news"] {
        let articles = Path::new(&gold).join("articles").join(set);
        desk.run(&["build", articles.to_str().unwrap(), "--out", set]);
        let triples = json_lines(&desk.read(&format!("{set}/triples.jsonl"))).len();
        eprintln!("{set}: {triples} triples");
        assert!(triples > 0, "{set} gives no triple");
    }
}

/// The picture is drawn by Graphviz, which not every machine has; what it shows can be checked without.
#[test]
fn the_committed_picture_shows_the_committed_graph() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("output/example");
    let picture = fs::read_to_string(example.join("graph.svg")).unwrap();
    let titles = picture.split("<title>").skip(1).filter_map(|rest| rest.split("</title>").next());
    let titles = titles.map(|title| title.replace("&#45;", "-").replace("&gt;", ">"));
    let drawn: std::collections::BTreeSet<String> = titles.filter(|title| title.contains('/')).collect();
    let dot = fs::read_to_string(example.join("graph.dot")).unwrap();
    let mut names = std::collections::BTreeSet::new();
    for line in dot.lines().filter(|line| line.contains('/') && !line.contains("legend:")) {
        let quoted: Vec<&str> = line.split('"').collect();
        let edge = quoted.get(2).is_some_and(|between| between.contains("->"));
        names.insert(if edge { format!("{}->{}", quoted[1], quoted[3]) } else { quoted[1].to_owned() });
    }
    let stale = "draw it anew with `sfdp -Tsvg output/example/graph.dot -o output/example/graph.svg`";
    assert_eq!(drawn, names, "output/example/graph.svg is stale; {stale}");
}
