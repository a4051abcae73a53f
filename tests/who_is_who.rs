//! Several articles → is everybody one node, and nobody another's?

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod common;

use common::{Desk, json_lines};
use relata::article::Article;
use relata::entity::Identities;
use relata::example;
use relata::pipeline::{Built, Pipeline};
use relata::rule::RuleSet;

/// The graph of some articles, each an id and a text.
fn build(articles: &[(&str, &str)], identities: Identities) -> Built {
    let (mut pipeline, _) = Pipeline::new(RuleSet::built_in());
    pipeline.obey(identities);
    let article = |(id, text): &(&str, &str)| Article { id: (*id).to_owned(), ..example::article(text) };
    pipeline.build(articles.iter().map(article).collect(), || ())
}

/// The ids of the people and organisations of a graph, each with its articles.
fn ids(built: &Built) -> Vec<String> {
    let graph = &built.graph;
    let rows = graph.entities().map(|entity| {
        let articles = entity.articles.iter().map(|(at, _)| graph.articles()[*at as usize].id.clone());
        let mut articles: Vec<String> = articles.collect();
        articles.sort();
        format!("{}: {}", entity.id, articles.join(" "))
    });
    rows.filter(|row| row.starts_with("person") || row.starts_with("organisation")).collect()
}

/// Builds, in both orders of the articles, and compares.
fn assert_ids(articles: &[(&str, &str)], wanted: &[&str]) {
    assert_eq!(ids(&build(articles, Identities::default())), wanted, "{articles:?}");
    let turned: Vec<(&str, &str)> = articles.iter().rev().copied().collect();
    assert_eq!(ids(&build(&turned, Identities::default())), wanted, "turned: {turned:?}");
}

#[test]
fn one_person_under_several_forms_of_the_name_is_one() {
    assert_ids(
        &[
            ("a", "Norwegian President Andrij Melnykov met Mary Poe."),
            ("b", "Mary Poe thanked Andriy T. Melnykov."),
            ("c", "Norwegian President Andriy Melnykov left Peru."),
            ("d", "President Melnykov of Norway met Carl Roe."),
        ],
        &["person/andrij-melnykov: a b c d", "person/carl-roe: d", "person/mary-poe: a b"],
    );
}

#[test]
fn short_first_names_need_something_that_speaks_for_them() {
    let with = [("a", "Chilean President Robert Byron left."), ("b", "Chilean President Bob Byron left.")];
    assert_ids(&with, &["person/bob-byron: a b"]);
    let without = [("a", "Robert Byron met Carl Roe."), ("b", "Bob Byron met Mary Poe.")];
    let built = build(&without, Identities::default());
    assert_eq!(ids(&built).len(), 4);
    let doubt = &built.doubts[0];
    assert_eq!((doubt.left.as_str(), doubt.right.as_str()), ("person/bob-byron", "person/robert-byron"));
}

#[test]
fn people_of_one_name_in_posts_of_different_countries_are_different() {
    assert_ids(
        &[
            ("a", "Chilean President John Roe met Mary Poe."),
            ("b", "Norwegian footballer John Roe thanked Carl Byron."),
            ("c", "Chilean President John Roe left Peru."),
        ],
        &["person/carl-byron: b", "person/john-roe: a c", "person/john-roe-norway: b", "person/mary-poe: a"],
    );
    // Of two with one article each nobody has the plain id: it would pass to the other with the next article.
    assert_ids(
        &[
            ("a", "Chilean President John Roe met Mary Poe."),
            ("b", "Norwegian footballer John Roe thanked Carl Byron."),
        ],
        &[
            "person/carl-byron: b",
            "person/john-roe-chile: a",
            "person/john-roe-norway: b",
            "person/mary-poe: a",
        ],
    );
}

#[test]
fn a_person_of_two_countries_who_keeps_one_company_is_one() {
    assert_ids(
        &[
            ("a", "Saudi journalist Omar Roe met Mary Poe and Carl Byron."),
            ("b", "American columnist Omar Roe thanked Mary Poe and Carl Byron."),
        ],
        &["person/carl-byron: a b", "person/mary-poe: a b", "person/omar-roe: a b"],
    );
}

#[test]
fn middle_names_tell_people_apart_and_a_father_from_his_son() {
    assert_ids(
        &[
            ("a", "Mary Poe met John Adam Roe."),
            ("b", "Mary Poe met John Bruce Roe."),
            ("c", "Ada Byron met John Roe Jr. in Oslo."),
        ],
        &[
            "person/ada-byron: c",
            "person/john-adam-roe: a",
            "person/john-bruce-roe: b",
            "person/john-roe-jr: c",
            "person/mary-poe: a b",
        ],
    );
}

#[test]
fn a_surname_alone_is_its_only_bearers_where_something_speaks_for_it() {
    let full = ("a", "Chilean President Rosa Luz met Mary Poe.");
    assert_ids(
        &[full, ("b", "President Luz thanked Carl Roe.")],
        &["person/carl-roe: b", "person/mary-poe: a", "person/rosa-luz: a b"],
    );
    let spokesman = ("b", "A spokesman did not comment. Spokesman Luz met Carl Roe.");
    assert_ids(
        &[full, spokesman],
        &["person/carl-roe: b", "person/luz: b", "person/mary-poe: a", "person/rosa-luz: a"],
    );
}

#[test]
fn nobody_is_his_own_relative() {
    let article = [("a", "Poe is married to Mary Poe, an engineer from Oslo.")];
    assert_ids(&article, &["person/mary-poe: a", "person/poe: a"]);
    let both = [("a", "Carl Poe left. Later Poe's wife, Mary Poe, left, too.")];
    assert_ids(&both, &["person/carl-poe: a", "person/mary-poe: a"]);
}

#[test]
fn a_title_tells_which_bearer_of_a_surname_is_meant() {
    let text = "Chinese Foreign Minister Wang Li met Ada Byron. Ambassador Wang Bo left Peru. \
        Foreign Ministry spokesman Wang Tao spoke. Chinese Ambassador Wang met Mary Poe.";
    let built = build(&[("a", text)], Identities::default());
    let met: Vec<String> = built
        .graph
        .triples()
        .map(|triple| [triple.statement().subject, triple.statement().object])
        .map(|ends| ends.map(|end| built.graph.entity(end).name.clone()).join(" - "))
        .filter(|ends| ends.contains("Mary Poe"))
        .collect();
    assert!(met.contains(&"Mary Poe - Wang Bo".to_owned()), "{met:?}");
    // Where all bearers have other posts, it is none of them.
    let text = text.replace("Ambassador Wang Bo left Peru. ", "");
    let all = ids(&build(&[("a", &text)], Identities::default()));
    assert!(all.contains(&"person/wang: a".to_owned()), "{all:?}");
}

#[test]
fn organisations_are_one_in_any_spelling_and_offices_only_in_one_country() {
    assert_ids(
        &[
            ("a", "Mary Poe sued the Salt Labour Agency Ltd."),
            ("b", "Mary Poe sued the Salt Labor Agency. The Oslo Salt Institute (OSI) thanked Carl Roe."),
            ("c", "Mary Poe joined OSI."),
        ],
        &[
            "organisation/oslo-salt-institute: b c",
            "organisation/salt-labor-agency: a b",
            "person/carl-roe: b",
            "person/mary-poe: a b c",
        ],
    );
    assert_ids(
        &[
            ("a", "Norway waited. Mary Poe sued the Audit Court in Norway."),
            ("b", "Chile waited. Carl Roe sued the Audit Court in Chile."),
            ("c", "The Chilean Audit Court thanked Carl Roe."),
        ],
        &[
            "organisation/audit-court: a",
            "organisation/chilean-audit-court: b c",
            "person/carl-roe: b c",
            "person/mary-poe: a",
        ],
    );
}

#[test]
fn a_country_in_brackets_is_no_acronym() {
    let built = build(&[("a", "Mary Poe (Chile) met Carl Roe (UK).")], Identities::default());
    assert_eq!(ids(&built), ["person/carl-roe: a", "person/mary-poe: a"]);
    let countries = built.graph.entities().filter(|entity| entity.id.starts_with("country")).count();
    assert_eq!(countries, 2);
}

const CONTRADICTIONS: &str = "\
same = [[\"Ada Byron\", \"A. Byron\"], [\"person/a-byron\", \"Lady Byron\"], [\"Carl Roe\"]]
not-same = [[\"Lady Byron\", \"Mary Poe\", \"Ada Byron\"], 7]
also = []
";

#[test]
fn mistakes_in_identities_are_told_all_at_once_with_their_places() {
    let desk = Desk::with(&[("a.txt", common::MEETING), ("who.toml", CONTRADICTIONS)]);
    let run = desk.run(&["build", "a.txt", "--identities", "who.toml", "--out", "built"]);
    let run = run.ends(
        1,
        &[
            "error[short-list]: a list of `same` with one name says nothing",
            "who.toml:1:70",
            "error[contradiction]: `Lady Byron` and `Ada Byron` cannot be different here and the same elsewhere",
            "who.toml:2:40",
            "error[wrong-type]: `not-same` of a file of identities is an integer",
            "error[unknown-key]: `also` is no key of a file of identities",
            "known keys: not-same, same",
        ],
    );
    assert_eq!(run.stderr.matches("error[").count(), 4, "{}", run.stderr);
    assert!(!desk.exists("built"));
    desk.write("who.toml", "same = [[\"Ada Byron\",");
    desk.run(&["build", "a.txt", "--identities", "who.toml"]).ends(1, &["error[toml]", "who.toml:1"]);
    desk.run(&["build", "a.txt", "--identities", "none.toml"]).ends(1, &["error[unreadable]", "none.toml"]);
}

#[test]
fn whom_nobody_names_is_told_and_nothing_is_lost() {
    let who = "same = [[\"Ada Byrom\", \"Bob Poe\"]]\n";
    let desk = Desk::with(&[("a.txt", common::MEETING), ("who.toml", who)]);
    let run = desk.run(&["build", "a.txt", "--identities", "who.toml", "--out", "built"]);
    run.ends(
        0,
        &[
            "warning[unknown-entity]: no article names `Ada Byrom`",
            "who.toml:1:10",
            "did you mean `Ada Byron`?",
        ],
    );
    desk.holds_a_build("built");
}

#[test]
fn identities_are_obeyed() {
    let desk = Desk::with(&[
        ("in/a.txt", "Chilean President John Roe met Mary Poe.\n"),
        ("in/b.txt", "Norwegian footballer John Roe met Carl Byron.\n"),
        ("in/c.txt", "Carl Byron met J. Q. Roe and Mary Poe.\n"),
    ]);
    let ids = |identities: &str| -> Vec<String> {
        desk.write("who.toml", identities);
        desk.run(&["build", "in", "--identities", "who.toml", "--out", "built", "--quiet"]).succeeds();
        let lines = json_lines(&desk.read("built/entities.jsonl"));
        let ids = lines.iter().map(|line| line["id"].as_str().unwrap().to_owned());
        ids.filter(|id| id.starts_with("person")).collect()
    };
    let apart = "person/john-roe-chile person/john-roe-norway person/mary-poe";
    assert_eq!(ids("").join(" "), format!("person/carl-byron person/j-q-roe {apart}"));
    // The first of a list gives the name.
    let joined = ids("same = [[\"John Roe\", \"J. Q. Roe\"]]");
    assert_eq!(joined.join(" "), "person/carl-byron person/john-roe person/mary-poe");
    let one = ids("same = [[\"person/j-q-roe\", \"person/john-roe-norway\"]]");
    assert_eq!(one.join(" "), "person/carl-byron person/j-q-roe person/john-roe person/mary-poe");
    // A name in one article is somebody else than the same name in all others.
    let kept =
        ids("not-same = [[\"Carl Byron @ c\", \"Carl Byron\"], [\"Mary Poe\", \"person/carl-byron\"]]");
    assert_eq!(kept.join(" "), format!("person/carl-byron-b person/carl-byron-c person/j-q-roe {apart}"));
}

#[test]
fn a_review_can_be_edited_and_given_back() {
    let desk = Desk::with(&[
        ("in/a.txt", "Robert Byron met Carl Roe.\n"),
        ("in/b.txt", "Bob Byron met Mary Poe.\n"),
    ]);
    desk.run(&["build", "in", "--review", "--out", "built"]).succeeds();
    let review = desk.read("built/identities.review.toml");
    let pair = "  # [\"person/bob-byron\", \"person/robert-byron\"],\n";
    assert!(review.contains(pair), "{review}");
    // As it is, it decides nothing.
    let before = desk.read("built/entities.jsonl");
    desk.run(&["build", "in", "--identities", "built/identities.review.toml", "--out", "again"]).succeeds();
    assert_eq!(desk.read("again/entities.jsonl"), before);
    desk.write("who.toml", review.replace(pair, &pair.replace("# ", "")));
    desk.run(&["build", "in", "--identities", "who.toml", "--out", "again"]).succeeds();
    let after = desk.read("again/entities.jsonl");
    assert_eq!(after.lines().count() + 1, before.lines().count());
}

#[test]
fn copies_are_one_source_and_the_summary_says_so() {
    let report = "Ada Byron met Bob Poe in Oslo on Monday. The talks in the old town hall took three hours and \
        ended with a walk along the harbour, where the two were greeted by pupils of a school nearby. ";
    let more =
        "It was the first time in eleven years that anybody in their posts had spoken to the other side. ";
    let desk = Desk::with(&[
        ("in/a.txt", &format!("{report}{more}")),
        ("in/b.txt", &format!("{more}{report}")),
        (
            "in/c.txt",
            "Ada Byron met Bob Poe on Monday, and nobody else was in the room when they spoke of fish.",
        ),
    ]);
    let run = desk
        .run(&["build", "in", "--out", "built"])
        .ends(0, &["note[copy]: `b` is nearly the text of `a`: one source"]);
    assert_eq!(run.stderr.matches("note[").count(), 1);
    let lines = json_lines(&desk.read("built/triples.jsonl"));
    let met = lines.iter().find(|line| line["relation"] == "metWith").unwrap();
    assert_eq!((met["sources"].as_u64(), met["evidence"].as_array().unwrap().len()), (Some(2), 3));
    // The same article under the same id is told as before, and is one source, too.
    desk.write("other/a.txt", format!("{report}{more}"));
    desk.run(&["build", "in", "other", "--out", "built"])
        .ends(1, &["error[duplicate-id]", "`a-2`, `b` are nearly the text of `a`: all one source"]);
}

#[test]
fn a_date_long_after_all_others_is_told() {
    let line = |id: &str, date: &str| {
        format!("{{\"id\":\"{id}\",\"date\":\"{date}\",\"text\":\"Ada Byron met Bob Poe {id}.\"}}\n")
    };
    let days = ["2019-01-04", "2019-02-04", "2020-01-04", "2091-01-04", "2019-31-31"];
    let feed: String = days.iter().zip(["k", "l", "m", "n", "o"]).map(|(day, id)| line(id, day)).collect();
    let desk = Desk::with(&[("feed.jsonl", &feed)]);
    let run = desk.run(&["build", "feed.jsonl", "--out", "built"]);
    run.ends(
        0,
        &[
            "warning[late-date]: the article `n` is dated 2091-01-04",
            "the next is of 2020-01-04",
            "warning[bad-date]: `2019-31-31`",
        ],
    );
    let lines = json_lines(&desk.read("built/triples.jsonl"));
    assert_eq!(lines[0]["evidence"].as_array().unwrap().len(), 5);
}

/// A list of all delegates, of whom many bear one surname.
#[test]
fn an_article_with_five_thousand_names_is_read() {
    let syllables = ["ka", "lo", "mi", "ru", "te", "va", "no", "si", "du", "pe"];
    let word = |mut number: usize| {
        let mut word = String::new();
        for _ in 0..4 {
            word.push_str(syllables[number % 10]);
            number /= 10;
        }
        word[..1].to_uppercase() + &word[1..]
    };
    let surname = |at: usize| if at.is_multiple_of(2) { "Smitham".to_owned() } else { word(at * 7 % 9973) };
    let text: String =
        (0..5000).map(|at| format!("Mr. {} {} met Ada Byron. ", word(at), surname(at))).collect();
    let desk = Desk::with(&[("a.txt", &text), ("b.txt", "Smitham met Ada Byron.")]);
    desk.run(&["build", "a.txt", "b.txt", "--out", "built"]).succeeds();
    let entities = desk.read("built/entities.jsonl").lines().count();
    assert!(entities > 5000, "{entities}");
}
