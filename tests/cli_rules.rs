//! Rules as a user writes them, right and wrong: `--rules`, `check`, `explain`, `init`.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod common;

use common::{Desk, MEETING, json_lines, seeds};

/// A rule without mistakes.
const ADMIRES: &str = r#"
[admires]
about   = "One thinks highly of another."
subject = "Actor"
object  = "Actor"
surface = ["X admires Y"]
[[admires.example]]
text  = "Ada Byron admires Bob Poe."
gives = ["Ada Byron | Bob Poe"]
[[admires.example]]
text  = "Ada Byron openly admired Bob Poe. Ada Byron admired Bob Poe."
gives = ["Ada Byron | Bob Poe"]
[[admires.example]]
text  = "Ada Byron admires the sea."
gives = []
"#;

/// A rule file of one relation, with `lines` in it from line 5 on.
fn rule(name: &str, lines: &str) -> String {
    format!("[{name}]\nabout = \"A test.\"\nsubject = \"Actor\"\nobject = \"Actor\"\n{lines}\n")
}

/// Runs `build` and `check` with one rule file that has a mistake: both tell it, with its place, and
/// `build` neither reads an article nor writes.
fn is_refused(text: &str, parts: &[&str]) {
    let desk = Desk::with(&[("a.txt", ""), ("rules/mine.toml", text), ("old/graph.dot", "old")]);
    for out in ["new", "old"] {
        let run = desk.run(&["build", "a.txt", "--rules", "rules", "--out", out]).ends(1, parts);
        assert!(!run.stderr.contains("a.txt"), "an article was read:\n{}", run.stderr);
        assert_eq!(run.stdout, "");
    }
    assert!(!desk.exists("new"));
    assert_eq!((desk.names("old").len(), desk.read("old/graph.dot").as_str()), (1, "old"));
    desk.run(&["check", "rules"]).ends(1, parts);
    desk.pipe(&["extract", "--rules", "rules"], "{\"text\":\"Ada.\"}\n").ends(1, parts);
}

#[test]
fn a_syntax_error_is_told_once() {
    is_refused("[likes\nabout = \"x\"\n", &["error[toml]", "rules/mine.toml:1:7"]);
    let unclosed = rule("likes", "surface = [\"X likes Y\"\n[[likes.example]]\ntext = \"A likes B.\"");
    is_refused(&unclosed, &["error[toml]", "rules/mine.toml:6:1"]);
    let desk = Desk::with(&[("mine.toml", &unclosed)]);
    let told = desk.run(&["check", "mine.toml"]).stderr;
    assert_eq!(told.matches("error[").count(), 1, "what follows from the bracket is no mistake:\n{told}");
}

#[test]
fn names_that_do_not_exist_are_told_with_those_that_do() {
    let likes = |lines: &str| rule("likes", lines);
    let surface = "surface = [\"X likes Y\"]\n";
    is_refused(
        &likes(&format!("{surface}symetric = true")),
        &["error[unknown-key]", "rules/mine.toml:6:1", "did you mean `symmetric`?"],
    );
    is_refused(
        &likes(surface).replace("object = \"Actor\"", "object = \"Persn\""),
        &["error[unknown-type]", "rules/mine.toml:4:10", "did you mean `Person`?"],
    );
    is_refused(
        &likes(&format!("{surface}parent = \"lkes\"")),
        &["error[unknown-relation]", "rules/mine.toml:6:10", "did you mean `likes`?"],
    );
    is_refused(
        &likes("surface = [\"X $posst Y\"]"),
        &["error[unknown-list]", "rules/mine.toml:5:15", "did you mean `$post`?"],
    );
    is_refused(
        &likes("surface = [\"X:Persn likes Y\"]"),
        &["error[unknown-type]", "rules/mine.toml:5:13", "did you mean `Person`?"],
    );
    is_refused(
        &likes(&format!("{surface}iri = \"schem:likes\"")),
        &["error[unknown-prefix]", "mine.toml:6:7"],
    );
}

#[test]
fn patterns_that_cannot_match_are_told() {
    let with = |pattern: &str| rule("likes", &format!("surface = [\"{pattern}\"]"));
    is_refused(&with("X /a(b/ Y"), &["error[regex]", "rules/mine.toml:5:15", "unclosed group"]);
    is_refused(&with("X likes"), &["error[slot]", "rules/mine.toml:5:12", "has no `Y`"]);
    is_refused(&with("X likes X Y"), &["error[slot]", "`X` more than once"]);
    is_refused(&with("X (likes) Y"), &["error[no-word]", "rules/mine.toml:5:12"]);
    is_refused(&with("X (likes Y"), &["error[pattern]", "rules/mine.toml:5:15", "never closed"]);
    is_refused(&with(&format!("X {}a", "(".repeat(50_000))), &["error[pattern]", "rules/mine.toml:5:31"]);
    is_refused(&with("X /(a{1000}){1000}/ Y"), &["error[regex]", "size limit"]);
    is_refused(&rule("likes", "surface = []"), &["error[no-pattern]", "rules/mine.toml:1:2"]);
    is_refused(&rule("likes", "surface = \"X likes Y\""), &["error[wrong-type]", "rules/mine.toml:5:11"]);
    let circle = rule("likes", "surface = [\"X likes Y\"]\nparent = \"likes\"");
    is_refused(&circle, &["error[circle]", "rules/mine.toml:6:10"]);
}

#[test]
fn a_folder_without_rules_is_told() {
    is_refused("", &["error[no-relations]", "--rules built-in"]);
    let desk = Desk::with(&[("a.txt", MEETING), ("rules/README.md", "# Rules")]);
    for (rules, named) in [("rules", "no rule file in `rules`"), ("rulse", "`rulse`")] {
        desk.run(&["build", "a.txt", "--rules", rules]).ends(1, &["error[rules-folder]", named]);
        desk.run(&["check", rules]).ends(1, &["error[rules-folder]", named]);
    }
    assert!(!desk.exists("output"));
    desk.write("rules/latin.toml", b"about = \"caf\xe9\"\n");
    desk.run(&["check", "rules"]).ends(1, &["error[rule-file]", "rules/latin.toml", "UTF-8"]);
}

#[test]
fn all_mistakes_of_all_files_are_told_at_once() {
    let bad = rule("likes", "surface = [\"X likes\", \"X /(/ Y\", \"X $nolist Y\"]\nsymetric = true");
    let desk = Desk::with(&[
        ("a.txt", MEETING),
        ("rules/a.toml", &bad),
        ("rules/deep/b.toml", "[broken\nabout = 1\n"),
        ("rules/c.toml", &rule("likes", "surface = [\"X loves Y\"]")),
        ("rules/lexicon/posts.toml", "post = 3\n"),
    ]);
    desk.run(&["build", "a.txt", "--rules", "rules"]).ends(
        1,
        &[
            "rules/a.toml:5:12",
            "rules/a.toml:5:26",
            "rules/a.toml:5:37",
            "rules/a.toml:6:1",
            "rules/deep/b.toml:1:8",
            "error[duplicate-relation]",
            "`likes` in `rules/a.toml`",
            "rules/c.toml:1:2",
            "rules/lexicon/posts.toml:1:",
        ],
    );
    assert!(!desk.exists("output"));
}

/// A vocabulary of one's own takes the place of the built-in one, so that it can lack anything.
#[test]
fn a_vocabulary_with_holes_is_told_and_does_no_harm() {
    let desk = Desk::with(&[("rules/vocabulary.toml", "[types.Actor]\nparent = \"Actor\"\n")]);
    desk.write("rules/mine.toml", ADMIRES);
    desk.run(&["check", "rules"])
        .ends(1, &["error[missing-type]", "`Person`", "error[unknown-type]", "rules/vocabulary.toml:1:8"]);
}

#[test]
fn rules_given_replace_the_built_in_ones_or_are_added_to_them() {
    let desk = Desk::with(&[("a.txt", "Ada Byron met Bob Poe. Ada Byron admires Bob Poe.")]);
    desk.write("extra.toml", ADMIRES);
    let relations = |rules: &[&str]| {
        let mut arguments = vec!["a.txt"];
        rules.iter().for_each(|rules| arguments.extend(["--rules", rules]));
        let triples = String::from_utf8(desk.build(&arguments)[0].clone()).unwrap();
        let mut names: Vec<String> = json_lines(&triples)
            .iter()
            .map(|triple| triple["relation"].as_str().unwrap().to_owned())
            .collect();
        names.sort();
        names
    };
    assert_eq!(relations(&[]), ["metWith"]);
    assert_eq!(relations(&["extra.toml"]), ["admires"]);
    assert_eq!(relations(&["built-in", "extra.toml"]), ["admires", "metWith"]);
    assert_eq!(relations(&["extra.toml", "built-in"]), ["admires", "metWith"]);
}

#[test]
fn check_runs_the_examples() {
    let desk = Desk::with(&[("good.toml", ADMIRES)]);
    let good = desk.run(&["check", "good.toml"]).succeeds();
    assert!(good.stdout.contains("examples: 3 passed, 0 failed, 0 todo"), "{}", good.stdout);
    desk.write("bad.toml", ADMIRES.replace("gives = []", "gives = [\"Ada Byron | Sea\"]"));
    let bad = desk.run(&["check", "bad.toml"]).ends(
        1,
        &[
            "error[example]",
            "bad.toml:14:9",
            "does not give Ada Byron | Sea",
            "relata explain --rule admires",
        ],
    );
    assert!(bad.stdout.contains("2 passed, 1 failed"), "{}", bad.stdout);
    desk.write("todo.toml", ADMIRES.replace("gives = []", "gives = [\"Ada Byron | Sea\"]\ntodo = true"));
    let todo = desk.run(&["check", "todo.toml"]).ends(0, &["warning[few-examples]"]);
    assert!(todo.stdout.contains("2 passed, 0 failed, 1 todo"), "{}", todo.stdout);
}

#[test]
fn the_built_in_rules_pass_their_own_check() {
    let run = Desk::new().run(&["check"]).ends(0, &[]);
    assert!(run.stdout.contains(", 0 failed"), "{}", run.stdout);
    let folded = run.stderr.lines().filter(|line| line.starts_with("note[unexercised]")).count();
    assert!(folded <= 8, "so many notes hide what is wrong:\n{}", run.stderr);
    assert!(!run.stderr.contains("warning["), "the built-in rules are no model for others:\n{}", run.stderr);
}

#[test]
fn explain_shows_what_was_seen_and_how_near_a_rule_came() {
    let desk = Desk::with(&[("mine.toml", ADMIRES)]);
    let sentence = "Ada Byron did not meet Bob Poe on Monday.";
    let seen = desk.run(&["explain", sentence, "--date", "2024-03-07"]).succeeds().stdout;
    for part in [
        "meet",
        "Person: Ada Byron",
        "Ada Byron — metWith → Bob Poe",
        "negated because of “not”, 2024-03-04",
        "by metWith#1",
    ] {
        assert!(seen.contains(part), "`{part}` is missing in:\n{seen}");
    }
    let rules = ["--rules", "mine.toml", "--rule"];
    let explain = |text: &str, rule: &str| desk.run(&[&["explain", text], &rules[..], &[rule]].concat());
    let near = explain("Ada Byron admires the sea.", "admires").succeeds().stdout;
    assert!(near.contains("`admires` did not match") && near.contains("wanted:"), "{near}");
    assert!(
        explain("Ada Byron admires Bob Poe.", "admires").succeeds().stdout.contains("matched, see above")
    );
    assert!(explain("It rained.", "admires").succeeds().stdout.contains("far from matching"));
    explain("It rained.", "admirs").ends(1, &["error[unknown-rule]", "did you mean `admires`?"]);
    assert!(desk.run(&["explain", ""]).succeeds().stdout.contains("none"));
}

#[test]
fn init_copies_rules_that_check_and_build_the_same() {
    let desk = Desk::new();
    let run = desk.run(&["init", "mine"]).succeeds();
    assert!(run.stdout.contains("relata check mine"), "{}", run.stdout);
    desk.run(&["check", "mine"]).ends(0, &[]);
    let seeds = seeds();
    let seeds = seeds.to_str().unwrap();
    assert!(
        desk.build(&[seeds]) == desk.build(&[seeds, "--rules", "mine"]),
        "the copied rules build otherwise"
    );
}

#[test]
fn init_writes_only_where_nothing_is() {
    let desk = Desk::with(&[("mine/notes.txt", "kept"), ("file", "kept")]);
    desk.folder("empty");
    for folder in ["mine", "file", "file/deep"] {
        desk.run(&["init", folder]).ends(1, &["error[not-empty]", folder]);
    }
    assert_eq!(desk.names("mine"), ["notes.txt"]);
    desk.run(&["init", "empty"]).succeeds();
    assert!(desk.exists("empty/vocabulary.toml") && desk.exists("empty/relations/meetings.toml"));
}
