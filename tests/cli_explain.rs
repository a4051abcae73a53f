//! `relata explain`: what was seen in a sentence, why a triple is what it is, and why a rule gave none.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod common;

use common::{Desk, json_lines};
use serde_json::{Value, json};

/// Rules of which every sentence below asks something else.
const RULES: &str = r#"
[spokeWith]
about    = "Two actors talk."
subject  = "Actor"
object   = "Actor"
patterns = ["X spoke|talked with|to Y", "X held (phone) talks with Y", "X told Y", "X praised Y's speech"]
surface  = ["X and Y on the phone"]
not      = ["X spoke for Y"]

[visited]
about    = "A person goes to a country."
subject  = "Person"
object   = "Country"
patterns = ["X visited Y", "X's visit to Y", "X travelled to Y:Country"]

[headOf]
about    = "A person leads an organisation."
subject  = "Person"
object   = "Organisation"
standing = true
patterns = ["X is head of Y", "X is deputy head of Y"]
"#;

fn explain(text: &str, rest: &[&str]) -> String {
    let desk = Desk::with(&[("rules.toml", RULES)]);
    let arguments = [&["explain", text, "--rules", "rules.toml"], rest].concat();
    desk.run(&arguments).succeeds().stdout
}

/// What is said of a rule, from the triples on.
fn asked(text: &str, rule: &str) -> String {
    let all = explain(text, &["--rule", rule]);
    all[all.find("triples\n").unwrap()..].to_owned()
}

fn json_of(text: &str, rest: &[&str]) -> Value {
    serde_json::from_str(&explain(text, &[rest, &["--json"]].concat())).unwrap()
}

#[test]
fn a_sentence_is_shown_with_its_words_its_tree_and_its_links() {
    let expected = "\
sentence 1
  Ada[ada] Byron[byron] refused[refuse] to speak with Mary[mary] Poe[poe] .
tree
  refused  root VERB
  ├─ Ada  nsubj PROPN
  │  └─ Byron  flat PROPN
  ├─ speak  xcomp VERB
  │  ├─ to  mark PART
  │  └─ Mary  obl PROPN
  │     ├─ with  case ADP
  │     └─ Poe  flat PROPN
  └─ .  punct PUNCT
links (~ follows from the others)
  subject of `refused`: Ada Byron
  `refused` to: speak
  subject of `speak`: Ada Byron ~
  `speak` with: Mary Poe
mentions
  Ada Byron                Person: Ada Byron; phrase “Ada Byron”
  Mary Poe                 Person: Mary Poe; phrase “Mary Poe”
triples
  Ada Byron — spokeWith → Mary Poe  (negated because of “refused”)
    by spokeWith#1: X spoke|talked with|to Y; its words: speak with
    understood as subject of `spoke|talked`: X; `spoke|talked` to|with: Y
";
    assert_eq!(explain("Ada Byron refused to speak with Mary Poe.", &[]), expected);
}

#[test]
fn the_words_that_make_it_no_fact_are_named() {
    for (text, fact, because) in [
        ("Ada Byron spoke with Mary Poe.", "actual", vec![]),
        ("Ada Byron did not speak with Mary Poe.", "negated", vec!["not"]),
        ("Ada Byron may speak with Mary Poe.", "possible", vec!["may"]),
        ("Ada Byron wants to speak with Mary Poe.", "possible", vec!["wants"]),
        ("Did Ada Byron speak with Mary Poe?", "possible", vec!["?"]),
    ] {
        let matches = &json_of(text, &[])["matches"];
        let found =
            matches.as_array().unwrap().iter().find(|found| found["relation"] == "spokeWith").unwrap();
        assert_eq!((&found["fact"], &found["because"]), (&json!(fact), &json!(because)), "{text}");
    }
}

#[test]
fn the_part_of_a_rule_that_failed_is_told_with_what_would_mend_it() {
    let expected = "\
triples
  none
`spokeWith` did not match; nearest is pattern 1: X spoke|talked with|to Y
  understood as subject of `spoke|talked`: X; `spoke|talked` to|with: Y
  held:   `spoke`; subject of `spoke`: X = Ada Byron
  wanted: `spoke` with: Y, a name of type Actor
  found:  `spoke` with: `force`, which is no name
  with a name in place of `force` it would match
";
    assert_eq!(asked("Ada Byron spoke with great force, Mary Poe said.", "spokeWith"), expected);
    let expected = "\
triples
  none
`spokeWith` did not match; nearest is pattern 1: X spoke|talked with|to Y
  understood as subject of `spoke|talked`: X; `spoke|talked` to|with: Y
  held:   `spoke`; Y = Mary Poe; subject of `spoke`: X = Ada Byron
  wanted: `spoke` to|with: Y
  found:  `spoke` about: Mary Poe
  to find this, too, write `with|to|about`
";
    assert_eq!(asked("Ada Byron spoke about Mary Poe.", "spokeWith"), expected);
    let expected = "\
triples
  none
`visited` did not match; nearest is pattern 2: X's visit to Y
  understood as whose `visit`: X; `visit` to: Y
  held:   whose `journey`: X = Ada Byron; `journey` to: Y = Chile
  wanted: `visit`
  found:  `journey`
  to find this, too, add `|journey` to `visit`
";
    assert_eq!(asked("Ada Byron's journey to Chile was short.", "visited"), expected);
}

#[test]
fn a_name_of_another_type_is_told_with_the_key_that_would_take_it() {
    let expected = "\
triples
  none
`visited` did not match; nearest is pattern 1: X visited Y
  understood as subject of `visited`: X; object of `visited`: Y
  held:   `visited`; subject of `visited`: X = Ada Byron
  wanted: object of `visited`: Y, a name of type Country
  found:  object of `visited`: Oslo, which is a City
  to find this, too, let `Y` be a Place: `object = \"Country|Place\"`
";
    assert_eq!(asked("Ada Byron visited Oslo.", "visited"), expected);
    let narrow = asked("Ada Byron travelled to Oslo.", "visited");
    assert!(narrow.contains("write `Y` in place of `Y:Country`"), "{narrow}");
}

#[test]
fn what_is_there_but_hangs_elsewhere_is_told() {
    let expected = "\
triples
  none
`spokeWith` did not match; nearest is pattern 2: X held (phone) talks with Y
  understood as subject of `held`: X; object of `held`: talks; `talks` with: Y
  held:   `held`; Y = Mary Poe; subject of `held`: X = Ada Byron; object of `held`: `talks`
  wanted: `talks` with: Y
  found:  nothing links `talks` with `Mary Poe`; there is subject of `left`
";
    assert_eq!(asked("Ada Byron held talks in Oslo, and Mary Poe left.", "spokeWith"), expected);
}

#[test]
fn a_surface_pattern_is_told_by_its_words() {
    let told = asked("Ada Byron and Mary Poe on the roof.", "spokeWith");
    for part in [
        "nearest is pattern 5",
        "word by word: X; `and`; Y",
        "held:   Ada Byron and Mary Poe on the",
        "wanted: phone",
        "found:  `roof`",
    ] {
        assert!(told.contains(part), "`{part}` is missing in\n{told}");
    }
}

#[test]
fn a_pattern_that_denies_or_outranks_is_named() {
    let desk = Desk::with(&[("rules.toml", &RULES.replace("with|to Y\"", "with|to|for Y\""))]);
    let run = desk.run(&[
        "explain",
        "Ada Byron spoke for Mary Poe.",
        "--rules",
        "rules.toml",
        "--rule",
        "spokeWith",
    ]);
    let told = run.succeeds().stdout;
    for part in [
        "triples\n  none\nfound and left out\n  Ada Byron — spokeWith → Mary Poe  (actual)",
        "the `not` pattern 1 denies it: X spoke for Y",
        "`spokeWith` gives nothing: what it found was left out, see above",
    ] {
        assert!(told.contains(part), "`{part}` is missing in\n{told}");
    }
    let near = asked("Ada Byron spoke for Mary Poe.", "spokeWith");
    assert!(near.contains("but its `not` pattern 1 says that this is none: X spoke for Y"), "{near}");
}

#[test]
fn a_sentence_far_from_a_rule_is_told_what_the_rule_looks_for() {
    let told = asked("It rained.", "visited");
    assert!(told.contains("a relation needs two names in one sentence"), "{told}");
    let told = asked("Ada Byron likes Mary Poe.", "visited");
    assert!(told.contains("it looks for visited, visit, travelled"), "{told}");
}

#[test]
fn rules_that_are_only_doubtful_are_not_told_of() {
    // RULES has no examples at all, of which `check` warns; `succeeds` looks for an empty standard error.
    explain("It rained.", &[]);
}

/// Scripts rely on these keys.
#[test]
fn the_keys_of_the_json_are_stable() {
    let all = json_of(
        "Ada Byron may speak with Mary Poe on Monday.",
        &["--rule", "visited", "--date", "2024-03-07"],
    );
    let keys = |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(keys(&all), ["date", "matches", "mentions", "rule", "sentences", "text", "times"]);
    let sentence = &all["sentences"][0];
    assert_eq!(keys(sentence), ["links", "text", "tokens"]);
    assert_eq!(
        sentence["tokens"][3],
        json!({ "text": "speak", "lemma": "speak", "start": 14, "end": 19, "upos": "VERB", "head": null, "relation": "root" })
    );
    assert_eq!(
        sentence["links"][0],
        json!({ "from": 3, "label": "subject", "to": 0, "derived": false, "words": "subject of `speak`: Ada Byron" })
    );
    assert_eq!(
        all["mentions"][0],
        json!({
            "sentence": 0, "text": "Ada Byron", "phrase": "Ada Byron", "name": "Ada Byron", "type": "Person",
            "usage": "name", "place": false,
        })
    );
    assert_eq!(all["times"][0]["text"], "on Monday");
    assert_eq!(
        all["matches"][0],
        json!({
            "sentence": 0, "relation": "spokeWith", "subject": "Ada Byron", "object": "Mary Poe",
            "fact": "possible", "because": ["may"], "when": "2024-03-11", "attributedTo": null, "qualifiers": {},
            "pattern": {
                "number": 1, "text": "X spoke|talked with|to Y",
                "understood": "subject of `spoke|talked`: X; `spoke|talked` to|with: Y",
            },
            "words": ["speak", "with"], "lost": null,
        })
    );
    let rule = &all["rule"];
    assert_eq!(keys(rule), ["denied", "miss", "name", "outcome", "pattern", "words"]);
    assert_eq!(
        (&rule["outcome"], &rule["words"]),
        (&json!("far"), &json!(["visited", "visit", "travelled"]))
    );
    let missed = json_of("Ada Byron visited Oslo.", &["--rule", "visited"]);
    assert_eq!(missed["rule"]["outcome"], "missed");
    assert_eq!(
        missed["rule"]["miss"],
        json!({
            "pattern": 1, "sentence": 0, "tokens": [0, 2],
            "understood": "subject of `visited`: X; object of `visited`: Y",
            "held": ["`visited`", "subject of `visited`: X = Ada Byron"],
            "wanted": "object of `visited`: Y, a name of type Country",
            "found": "object of `visited`: Oslo, which is a City",
            "remedy": "to find this, too, let `Y` be a Place: `object = \"Country|Place\"`",
        })
    );
}

/// `relations/rank.toml` and `relations/rank.deputy.toml` are one topic, `relations/other.toml` is not.
#[test]
fn files_named_alike_up_to_the_first_dot_are_one_family() {
    let rule = |name: &str, pattern: &str| {
        format!(
            "[{name}]\nabout = \"A post.\"\nsubject = \"Person\"\nobject = \"Organisation\"\npatterns = [\"{pattern}\"]\n"
        )
    };
    let found = |deputies: &str| {
        let (head, deputy) = (rule("leads", "X is head of Y"), rule("deputises", "X is deputy head of Y"));
        let desk = Desk::with(&[("rules/relations/rank.toml", &head), (deputies, &deputy)]);
        let text = "{\"text\":\"Ada Byron is deputy head of the Red Cross.\"}\n";
        let run = desk.pipe(&["extract", "--rules", "rules"], text);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let triples = json_lines(&run.stdout);
        triples.iter().map(|triple| triple["relation"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("rules/relations/rank.deputy.toml"), ["deputises"]);
    assert_eq!(found("rules/relations/other.toml"), ["deputises", "leads"]);
}
