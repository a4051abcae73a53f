//! Property graphs, event records and FollowTheMoney: what is written can be read back, whatever the texts hold.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod common;

use common::{Desk, MEETING, json_lines};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use relata::article::Article;
use relata::dataset::{ArticleRow, Dataset, EntityRow, TripleRow};
use relata::example;
use relata::export::{Format, Options, save_formats, write};
use relata::pipeline::Pipeline;
use relata::rule::RuleSet;
use relata::triple::Fact;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

const NEWS: &str = "Ada Byron, the mayor of Oslo, met Mary Poe in Chile on 3 March 2024. China attacked Peru in 2019. \
    Carl Roe joined Acme Corp in February 2020. Ada Byron did not meet Carl Roe. Carl Roe will visit Peru. \
    Mary Poe, who works for Acme Corp, will meet Carl Roe on 5 May 2031. Acme Corp owns Nordic Bank Inc.";

/// What breaks out of quotes, tags, cells, lines or statements.
const HOSTILE: [&str; 14] = [
    "say \"hi\", 'you'",
    "a\r\nb\tc\u{2028}d\u{85}e",
    "nul\0 bell\u{7} ffff\u{ffff} del\u{7f}",
    "</data></node>]]><!-- &amp; &#0;",
    "ends with \\",
    "\\'}) DETACH DELETE n //",
    "`; DROP TABLE x; --",
    "=HYPERLINK(\"http://example.org\",\"x\")",
    "@SUM(1+1) | 2",
    "\u{202e}محمد עברית\u{202c}",
    "🙂 👩‍👩‍👧 e\u{301} 習近平",
    "a,b;c|d\u{1f}e",
    " leading and trailing ",
    "%41%",
];

static PLAIN: LazyLock<Dataset> = LazyLock::new(|| {
    let (pipeline, _) = Pipeline::new(RuleSet::built_in());
    let article = Article { date: Some("2024-03-07".parse().unwrap()), ..example::article(NEWS) };
    let dataset = pipeline.build(vec![article], || ()).dataset(&pipeline.rules);
    assert!(dataset.triples.len() >= 6, "{:#?}", dataset.triples);
    dataset
});

/// The same with hostile text wherever a stranger's text can stand; ids stay unique.
static DATASET: LazyLock<Dataset> = LazyLock::new(|| {
    let mut dataset = PLAIN.clone();
    let texts: Vec<String> =
        HOSTILE.iter().map(|text| (*text).to_owned()).chain(["x".repeat(10_000)]).collect();
    let model = dataset.triples[0].clone();
    let of = |at: usize| (0..3).map(|more| texts[(at + more) % texts.len()].clone()).collect::<Vec<_>>();
    for (at, text) in texts.iter().enumerate() {
        let entity = EntityRow {
            id: format!("person/{at:02}-{text}"),
            name: text.clone(),
            kind: "Person".to_owned(),
            subtype: None,
            aliases: of(at),
            mentions: 1,
            articles: vec![format!("{at:02}-{text}")],
        };
        let article = ArticleRow {
            id: format!("{at:02}-{text}"),
            title: Some(text.clone()),
            url: Some(text.clone()),
            publisher: Some(text.clone()),
            mentions: BTreeMap::from([(entity.id.clone(), 1)]),
            ..ArticleRow::default()
        };
        let mut triple = TripleRow { id: format!("{at:016x}"), when: None, ..model.clone() };
        (triple.subject.id, triple.subject.name) = (entity.id.clone(), entity.name.clone());
        triple.subject.kind = "Person".to_owned();
        triple.qualifiers =
            BTreeMap::from([("role".to_owned(), text.clone()), ("Date".to_owned(), text.clone())]);
        let evidence = &mut triple.evidence[0];
        (evidence.quote, evidence.article) = (text.clone(), article.id.clone());
        dataset.entities.push(entity);
        dataset.articles.push(article);
        dataset.triples.push(triple);
    }
    // Rows of a dataset stand in the order of their ids.
    dataset.entities.sort_by(|one, other| one.id.cmp(&other.id));
    dataset.articles.sort_by(|one, other| one.id.cmp(&other.id));
    dataset
});

fn written(format: Format) -> String {
    let mut bytes = Vec::new();
    write(format, &DATASET, &mut bytes).unwrap();
    let mut again = Vec::new();
    write(format, &DATASET, &mut again).unwrap();
    assert_eq!(bytes, again, "{format} is not the same twice");
    String::from_utf8(bytes).unwrap()
}

/// The files of a format that is a folder, by name.
fn folder(format: Format, dataset: &Dataset) -> BTreeMap<String, String> {
    let desk = Desk::new();
    save_formats(&desk.path("out"), dataset, &[format], Options::default()).unwrap();
    let inner = format!("out/{}", format.file_name());
    desk.names(&inner).into_iter().map(|name| (name.clone(), desk.read(&format!("{inner}/{name}")))).collect()
}

/// What every format makes of a text: one line, without what cannot be shown.
fn one_line(text: &str) -> String {
    let shown =
        |c: &char| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}');
    let spaced = text.chars().filter(shown).map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An element with its attributes and the text in it.
#[derive(Debug, Clone)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

/// All elements in the order in which they begin; XML that is not well-formed fails.
fn elements(xml: &str) -> Vec<Element> {
    assert!(xml.chars().all(|c| c == '\n' || (c >= ' ' && c != '\u{fffe}' && c != '\u{ffff}')));
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut elements, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    let element = |tag: &BytesStart| Element {
        name: tag.name().as_ref().to_owned(),
        attributes: tag
            .attributes()
            .map(|attribute| {
                let attribute = attribute.unwrap();
                let key = attribute.key.as_ref().to_owned();
                (key, quick_xml::escape::unescape(&attribute.value).unwrap().into_owned())
            })
            .collect(),
        text: String::new(),
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                open.push(elements.len());
                elements.push(element(&tag));
            }
            Event::Empty(tag) => elements.push(element(&tag)),
            Event::End(_) => drop(open.pop().unwrap()),
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    elements[*at].text.push_str(&text);
                }
            }
            Event::GeneralRef(entity) => {
                let text = quick_xml::escape::unescape(&format!("&{};", &*entity)).unwrap().into_owned();
                elements[*open.last().unwrap()].text.push_str(&text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    elements
}

fn of_name<'a>(elements: &'a [Element], name: &str) -> Vec<&'a Element> {
    elements.iter().filter(|element| element.name == name).collect()
}

#[test]
fn graphml_declares_its_types_and_keeps_every_text() {
    let all = elements(&written(Format::GraphMl));
    let keys = of_name(&all, "key");
    let kind = |name: &str| {
        keys.iter().find(|key| key.attributes["attr.name"] == name).unwrap().attributes["attr.type"].clone()
    };
    let kinds = ["name", "mentions", "confidence", "symmetric"].map(kind);
    assert_eq!(kinds, ["string", "long", "double", "boolean"]);
    let declared: BTreeSet<&str> = keys.iter().map(|key| key.attributes["id"].as_str()).collect();
    assert_eq!(declared.len(), keys.len());
    let nodes = of_name(&all, "node");
    assert_eq!(nodes.len(), DATASET.entities.len());
    let ids: BTreeSet<&str> = nodes.iter().map(|node| node.attributes["id"].as_str()).collect();
    assert_eq!(ids.len(), nodes.len());
    let edges = of_name(&all, "edge");
    assert_eq!(edges.len(), DATASET.triples.len());
    for edge in edges {
        assert!(["source", "target"].iter().all(|end| ids.contains(edge.attributes[*end].as_str())));
    }
    let values: BTreeSet<&str> = of_name(&all, "data").iter().map(|data| data.text.as_str()).collect();
    assert!(of_name(&all, "data").iter().all(|data| declared.contains(data.attributes["key"].as_str())));
    for text in HOSTILE {
        assert!(values.contains(one_line(text).as_str()), "{text:?}");
    }
}

#[test]
fn gexf_gives_an_edge_the_days_of_its_date() {
    let all = elements(&written(Format::Gexf));
    assert_eq!(of_name(&all, "node").len(), DATASET.entities.len());
    let edges = of_name(&all, "edge");
    assert_eq!(edges.len(), DATASET.triples.len());
    for (edge, triple) in edges.iter().zip(&DATASET.triples) {
        let day = |name: &str| edge.attributes.get(name).map(String::as_str);
        let (start, end) = match triple.when.as_deref() {
            Some("2019") => (Some("2019-01-01"), Some("2019-12-31")),
            Some("2020-02") => (Some("2020-02-01"), Some("2020-02-29")),
            other => (other, other),
        };
        assert_eq!((day("start"), day("end")), (start, end));
    }
    assert!(PLAIN.triples.iter().any(|triple| triple.when.as_deref() == Some("2020-02")));
    for colour in of_name(&all, "viz:color") {
        assert!(["r", "g", "b"].iter().all(|part| colour.attributes[*part].parse::<u8>().is_ok()));
    }
    let shapes: BTreeSet<&str> =
        of_name(&all, "viz:shape").iter().map(|shape| shape.attributes["value"].as_str()).collect();
    assert!(shapes.is_superset(&BTreeSet::from(["disc", "square", "diamond", "solid", "dashed", "dotted"])));
    let labels: BTreeSet<&str> =
        of_name(&all, "node").iter().map(|node| node.attributes["label"].as_str()).collect();
    assert!(HOSTILE.iter().all(|text| labels.contains(one_line(text).as_str())));
}

/// The records of a CSV file by the names of its columns; a record of another length fails.
fn records(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let names: BTreeSet<String> = header.iter().map(str::to_lowercase).collect();
    assert_eq!(names.len(), header.len(), "stores take columns that differ in case for one");
    let row = |record: csv::StringRecord| {
        header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn tables_for_spreadsheets_hold_no_formula() {
    let (nodes, edges) = (records(&written(Format::Nodes)), records(&written(Format::Edges)));
    assert_eq!((nodes.len(), edges.len()), (DATASET.entities.len(), DATASET.triples.len()));
    let ids: BTreeSet<&String> = nodes.iter().map(|node| &node["id"]).collect();
    assert!(edges.iter().all(|edge| ids.contains(&edge["source"]) && ids.contains(&edge["target"])));
    for row in nodes.iter().chain(&edges) {
        for (column, cell) in row {
            assert!(!cell.starts_with(['=', '@', '+', '-']), "{column}: {cell}");
        }
    }
    let labels: BTreeSet<&str> = nodes.iter().map(|node| node["label"].as_str()).collect();
    assert!(labels.contains("'=HYPERLINK(\"http://example.org\",\"x\")"));
    let undirected: BTreeSet<&str> =
        edges.iter().filter(|edge| edge["type"] == "Undirected").map(|edge| edge["label"].as_str()).collect();
    assert!(undirected.contains("metWith") && !undirected.contains("attacked"), "{undirected:?}");
}

#[test]
fn neo4js_tables_have_headers_and_every_end_is_a_node() {
    let files = folder(Format::Neo4j, &DATASET);
    let table = |name: &str| records(&files[name]);
    let (entities, articles) = (table("entities.csv"), table("articles.csv"));
    let (relations, mentions) = (table("relations.csv"), table("mentions.csv"));
    assert_eq!(entities.len(), DATASET.entities.len());
    assert_eq!(articles.len(), DATASET.articles.len());
    assert_eq!(relations.len(), DATASET.triples.len());
    let named: usize = DATASET.articles.iter().map(|article| article.mentions.len()).sum();
    assert_eq!(mentions.len(), named);
    assert!(files["relations.csv"].starts_with(":START_ID(Entity),:END_ID(Entity),:TYPE,id,"));
    for column in ["confidence:double", "sources:long", "symmetric:boolean", "quotes:string[]", "role:string"]
    {
        assert!(relations[0].contains_key(column), "{column} in {:?}", relations[0].keys());
    }
    let ids: BTreeSet<&String> = entities.iter().map(|node| &node["id:ID(Entity)"]).collect();
    let articles: BTreeSet<&String> = articles.iter().map(|node| &node["id:ID(Article)"]).collect();
    assert_eq!((ids.len(), articles.len()), (DATASET.entities.len(), DATASET.articles.len()));
    for edge in &relations {
        assert!(ids.contains(&edge[":START_ID(Entity)"]) && ids.contains(&edge[":END_ID(Entity)"]));
        assert!(!edge[":TYPE"].is_empty());
    }
    assert!(mentions.iter().all(|edge| articles.contains(&edge[":START_ID(Article)"])));
    assert!(entities.iter().any(|node| node[":LABEL"] == "Entity\tActor\tPerson"));
    for (row, triple) in relations.iter().zip(&DATASET.triples) {
        assert_eq!(row["quotes:string[]"].split('\t').count(), triple.evidence.len());
    }
}

#[test]
fn kuzus_schema_and_commands_fit_its_tables() {
    let files = folder(Format::Kuzu, &DATASET);
    let (schema, load) = (&files["schema.cypher"], &files["load.cypher"]);
    let copied: BTreeSet<&str> =
        load.lines().map(|line| line.split_once("FROM '").unwrap().1.split_once('\'').unwrap().0).collect();
    let tables: BTreeSet<&str> =
        files.keys().map(String::as_str).filter(|name| name.ends_with(".csv")).collect();
    assert_eq!(copied, tables);
    assert!(schema.lines().all(|line| line.starts_with("CREATE ") && line.ends_with(");")));
    let rows = |nodes: bool| -> usize {
        let of = tables.iter().filter(|name| name.contains('-') != nodes);
        of.map(|name| records(&files[*name]).len()).sum()
    };
    assert_eq!(rows(true), DATASET.entities.len() + DATASET.articles.len());
    let named: usize = DATASET.articles.iter().map(|article| article.mentions.len()).sum();
    assert_eq!(rows(false), DATASET.triples.len() + named);
    let kinds: BTreeSet<&str> = DATASET.entities.iter().map(|entity| entity.kind.as_str()).collect();
    assert!(kinds.iter().all(|kind| schema.contains(&format!("NODE TABLE IF NOT EXISTS `{kind}`("))));
}

/// A statement without its literals, which have to end where they should.
fn bones(statement: &str) -> String {
    let (mut bones, mut chars, mut inside) = (String::new(), statement.chars(), false);
    while let Some(c) = chars.next() {
        match c {
            '\\' if inside => assert!(matches!(chars.next(), Some('\\' | '\'' | 'n' | 'r' | 't'))),
            '\'' => inside = !inside,
            _ if !inside => bones.push(c),
            _ => {}
        }
    }
    assert!(!inside, "{statement}");
    bones
}

#[test]
fn a_statement_a_line_and_no_text_gets_out_of_its_quotes() {
    let script = written(Format::Cypher);
    let named: usize = DATASET.articles.iter().map(|article| article.mentions.len()).sum();
    let rows = DATASET.entities.len() + DATASET.articles.len() + DATASET.triples.len() + named;
    assert_eq!(script.lines().count(), rows);
    for line in script.split_terminator('\n') {
        let bones = bones(line);
        assert!(bones.starts_with("MERGE (n:") || bones.starts_with("MATCH (a:"), "{bones}");
        assert_eq!(bones.matches(';').count(), 1, "{bones}");
        let plain = |c: char| c.is_ascii_alphanumeric() || " ()[]{}:;,._+=->`".contains(c);
        assert!(bones.ends_with("};") && bones.chars().all(plain), "{bones}");
    }
}

#[test]
fn events_are_the_triples_with_a_category_and_tell_what_is_no_fact() {
    let events = json_lines(&written(Format::Events));
    let category = |triple: &&TripleRow| {
        PLAIN.terms.relation(&triple.relation).is_some_and(|relation| relation.plover.is_some())
    };
    assert_eq!(events.len(), DATASET.triples.iter().filter(category).count());
    let find = |event: &str, context: &[&str]| {
        let holds = |line: &&Value| line["event"] == event && line["context"] == serde_json::json!(context);
        events.iter().find(holds).unwrap_or_else(|| panic!("no {event} {context:?} in {events:#?}"))
    };
    assert_eq!(find("ASSAULT", &["historical"])["date"], "2019");
    assert_eq!(find("CONSULT", &["future"])["date"], "2031-05-05");
    assert_eq!(find("CONSULT", &["negation"])["relation"], "metWith");
    let met = find("CONSULT", &[]);
    assert_eq!((&met["date"], &met["reported"]), (&"2024-03-03".into(), &"2024-03-07".into()));
    assert_eq!((&met["source"]["type"], &met["symmetric"]), (&"Person".into(), &true.into()));
    let visit = find("CONSULT", &["hypothetical"]);
    assert_eq!((&visit["mode"], &visit["target"]["id"]), (&"visit".into(), &"country/peru".into()));
}

#[test]
fn follow_the_money_gets_links_whose_ends_are_there() {
    let entities = json_lines(&written(Format::Ftm));
    let ids: BTreeMap<&str, &str> = entities
        .iter()
        .map(|entity| (entity["id"].as_str().unwrap(), entity["schema"].as_str().unwrap()))
        .collect();
    assert_eq!(ids.len(), entities.len());
    let actual = DATASET.triples.iter().filter(|triple| triple.fact == Fact::Actual).count();
    assert_eq!(entities.len(), DATASET.entities.len() + DATASET.articles.len() + actual);
    assert!(actual < DATASET.triples.len());
    let mut seen = BTreeSet::new();
    for entity in &entities {
        let schema = entity["schema"].as_str().unwrap();
        seen.insert(schema);
        let link = PLAIN.terms.links.iter().find(|link| link.name == schema);
        for (property, kinds) in
            link.iter().flat_map(|link| [(&link.subject, &link.subjects), (&link.object, &link.objects)])
        {
            let end = entity["properties"][property][0].as_str().unwrap();
            assert!(kinds.iter().any(|kind| kind == ids[end]), "{entity}");
        }
    }
    let expected = ["Person", "PublicBody", "Organization", "Article", "Membership", "UnknownLink"];
    assert!(expected.iter().all(|schema| seen.contains(schema)), "{seen:?}");
}

/// A format made later has the same bytes as one made with the build, the files of folders, too.
#[test]
fn a_build_read_back_gives_the_same_bytes() {
    let desk = Desk::with(&[("a.txt", MEETING)]);
    let formats = "graphml,gexf,nodes,edges,cypher,neo4j,kuzu,events,ftm";
    desk.run(&["build", "a.txt", "--quiet", "--out", "built", "--format", formats]).succeeds();
    desk.run(&["export", "built", "--format", formats, "--out", "later"]).succeeds();
    for name in desk.names("later") {
        let (first, later) = (desk.path("built").join(&name), desk.path("later").join(&name));
        if later.is_dir() {
            for inner in desk.names(&format!("later/{name}")) {
                assert_eq!(fs::read(first.join(&inner)).unwrap(), fs::read(later.join(&inner)).unwrap());
            }
        } else {
            assert_eq!(fs::read(first).unwrap(), fs::read(later).unwrap(), "{name}");
        }
    }
    assert_eq!(desk.names("later").len(), 9);
    let run = desk.run(&["export", "built", "--format", "kuzu"]);
    assert!(run.code != 0 && run.stderr.contains("--out"), "{run:?}");
}

#[cfg(not(feature = "neo4j"))]
#[test]
fn without_the_client_the_program_says_how_to_get_it() {
    let desk = Desk::with(&[("a.txt", MEETING)]);
    desk.run(&["build", "a.txt", "--quiet", "--out", "built"]).succeeds();
    let told = desk.run(&["load", "built", "--to", "bolt://127.0.0.1:1"]).stderr;
    assert!(told.contains("--features neo4j"), "{told}");
    let told = desk.run(&["load", "built", "--to", "bolt://ada:secret@127.0.0.1:1"]).stderr;
    assert!(told.contains("RELATA_PASSWORD") && !told.contains("secret"), "{told}");
}

fn checked(keys: &str) -> String {
    let rule = format!(
        "[hailed]\nabout = \"An actor hails another.\"\nsubject = \"Actor\"\nobject = \"Actor\"\n{keys}\n\
         patterns = [\"X hailed Y\"]\n"
    );
    let desk = Desk::with(&[("mine/relations/mine.toml", &rule)]);
    let run = desk.run(&["check", "mine"]);
    format!("{}{}", run.stdout, run.stderr)
}

#[test]
fn a_category_that_nobody_else_knows_is_told_with_its_place() {
    for (keys, expected) in [
        (
            "plover = \"SUPORT\"",
            vec!["mine.toml:5:", "`SUPORT` is not an event category of PLOVER", "`SUPPORT`"],
        ),
        ("plover = \"CONSULT\"\nmode = \"fax\"", vec!["mine.toml:6:", "`fax`", "CONSULT", "phone"]),
        ("plover = \"SUPPORT\"\nmode = \"phone\"", vec!["mine.toml:6:", "which has none"]),
        ("mode = \"phone\"", vec!["mine.toml:5:", "`mode` without `plover`"]),
        ("ftm = \"Directorships\"", vec!["mine.toml:5:", "FollowTheMoney", "`Directorship`"]),
    ] {
        let told = checked(keys);
        for part in expected {
            assert!(told.contains(part), "{keys}: no {part} in\n{told}");
        }
    }
    let told = checked("plover = \"CONSULT\"\nmode = \"phone\"\nftm = \"UnknownLink\"");
    assert!(!told.contains("unknown-term"), "{told}");
}
