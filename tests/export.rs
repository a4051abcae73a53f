//! A hand-built graph with hostile names → every format, read back by something that did not write it.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

use relata::article::{Article, Copies};
use relata::dataset::Dataset;
use relata::entity::Entity;
use relata::export::{Format, save, write};
use relata::graph::KnowledgeGraph;
use relata::rule::crosswalk::Crosswalk;
use relata::rule::vocabulary::{EntityType, Family, TypeId, Vocabulary};
use relata::rule::{Relation, RelationId, RuleSet};
use relata::silent::Silent;
use relata::span::Span;
use relata::triple::{EntityId, Evidence, Fact, Statement, Triple};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

const TEXTS: [&str; 2] = [
    "🙂 𝒳 “Ada \\N Byron” met <b>Böb</b> & \"Co\" on\nMonday.",
    "Jarosław said Ada Byron will meet Böb. She is a member of ACME\u{202e}\u{0}; so is Jarosław.",
];

fn vocabulary() -> Vocabulary {
    let kind = |name: &str, parent: Option<u16>, grouping, iri: Option<&str>, shape: &str, colour: &str| {
        EntityType {
            name: name.to_owned(),
            parent: parent.map(TypeId),
            grouping,
            acts: false,
            iri: iri.map(str::to_owned),
            ftm: None,
            shape: shape.to_owned(),
            colour: colour.to_owned(),
        }
    };
    let family = |name: &str, colour: &str| Family { name: name.to_owned(), colour: colour.to_owned() };
    Vocabulary {
        crosswalk: Crosswalk::default(),
        types: vec![
            kind("Actor", None, true, Some("foaf:Agent"), "ellipse", "#FFFFFF"),
            kind("Person", Some(0), false, Some("schema:Person"), "ellipse", "#FFE3B8"),
            kind("Organisation", Some(0), false, Some("schema:Organization"), "record", "#C6E2F5"),
            kind("Party", Some(2), false, None, "tab", "#E3D5F2"),
        ],
        families: vec![family("meetings", "#117733"), family("affiliation", "#0072B2")],
        prefixes: [
            ("foaf", "http://xmlns.com/foaf/0.1/"),
            ("org", "http://www.w3.org/ns/org#"),
            ("relata", "https://w3id.org/relata/"),
            ("schema", "https://schema.org/"),
        ]
        .map(|(prefix, namespace)| (prefix.to_owned(), namespace.to_owned()))
        .into(),
    }
}

#[allow(clippy::needless_update, reason = "a rule set has more to it than outputs need")]
fn rules() -> RuleSet {
    let relation = |name: &str, family: &str, symmetric, iri: Option<&str>, plover: Option<&str>| Relation {
        name: name.to_owned(),
        family: family.to_owned(),
        about: String::new(),
        subject: vec![TypeId(0)],
        object: vec![TypeId(0)],
        symmetric,
        standing: false,
        iri: iri.map(str::to_owned),
        plover: plover.map(str::to_owned),
        mode: None,
        ftm: None,
        parent: None,
    };
    let relations = vec![
        relation("isMemberOf", "affiliation", false, Some("org:memberOf"), None),
        relation("metWith", "meetings", true, Some("schema:MeetAction"), Some("CONSULT")),
    ];
    RuleSet { vocabulary: vocabulary(), relations, ..RuleSet::default() }
}

fn span(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap();
    Span::new(start, start + part.len())
}

fn evidence(article: u32, sentence: &str, subject: &str, object: &str, confidence: u8) -> Evidence {
    let text = TEXTS[article as usize];
    Evidence {
        article,
        source: article,
        sentence: 0,
        span: span(text, sentence),
        subject: span(text, subject),
        object: span(text, object),
        rule: "metWith#1".to_owned(),
        confidence,
        attributed_to: None,
        qualifiers: BTreeMap::new(),
    }
}

fn triple(ends: [u32; 2], relation: u16, fact: Fact, when: Option<&str>, evidence: Evidence) -> Triple {
    let statement = Statement {
        subject: EntityId(ends[0]),
        relation: RelationId(relation),
        object: EntityId(ends[1]),
        fact,
        when: when.map(str::to_owned),
    };
    Triple::new(statement, evidence)
}

fn graph() -> KnowledgeGraph {
    let entity = |id: &str, name: &str, kind, aliases: &[&str], articles: &[u32]| Entity {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: TypeId(kind),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        articles: articles.iter().map(|article| (*article, 2)).collect(),
    };
    let long = "x".repeat(10_000);
    let articles = vec![
        Article {
            id: "wire 1/“a”<b>".to_owned(),
            title: Some("A \"headline\" \\ & <more>".to_owned()),
            date: Some(jiff::civil::date(2024, 3, 6)),
            publisher: Some("Wire".to_owned()),
            url: Some("https://example.org/a b?c=<d>".to_owned()),
            text: TEXTS[0].to_owned(),
            ..Article::default()
        },
        Article { id: "plain".to_owned(), text: TEXTS[1].to_owned(), ..Article::default() },
    ];
    let entities = vec![
        entity("person/ada", "Ada \\N \"Byron\" &lt;\\", 1, &["Ada\nByron", "𝒳"], &[0, 1]),
        entity("person/böb \"\\", "<b>Böb</b> {a|b} &amp; محمد بن سلمان \u{202e}", 1, &[], &[0, 1]),
        entity("organisation/acme", &long, 3, &[], &[1]),
        entity("organisation/alone", "Alone", 2, &[], &[1]),
        entity("person/jaroslaw", "\u{0}\n", 1, &[], &[1]),
    ];
    let mut first = evidence(0, TEXTS[0], "Ada \\N Byron", "Böb", 94);
    first.qualifiers.insert("place".to_owned(), "O\"slo\\".to_owned());
    let mut met = triple([0, 1], 1, Fact::Actual, Some("2024-03-04"), first);
    let mut again = evidence(1, "Jarosław said Ada Byron will meet Böb.", "Ada Byron", "Böb", 50);
    again.attributed_to = Some(EntityId(4));
    met.add(again.clone());
    let member = "She is a member of ACME\u{202e}\u{0}; so is Jarosław.";
    let triples = vec![
        met,
        triple([1, 0], 1, Fact::Actual, Some("2024-03"), again.clone()),
        triple([0, 1], 1, Fact::Actual, None, again.clone()),
        triple([0, 1], 1, Fact::Possible, Some("2024"), again),
        triple([0, 2], 0, Fact::Actual, Some("Monday\\"), evidence(1, member, "She", "ACME", 90)),
        triple([4, 2], 0, Fact::Negated, None, evidence(1, member, "Jarosław", "ACME", 5)),
    ];
    KnowledgeGraph::new(articles, entities, triples)
}

fn dataset() -> Dataset {
    Dataset::new(&graph(), &rules(), &[], &Copies::default(), &Silent::default())
}

fn written(format: Format) -> String {
    let mut bytes = Vec::new();
    write(format, &dataset(), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The values of a file of JSON Lines.
fn values(format: Format) -> Vec<Value> {
    written(format).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Whether `keys` stand in a line in this order, at whatever depth.
fn in_order(line: &str, keys: &[&str]) -> bool {
    let mut rest = line;
    keys.iter().all(|key| match rest.split_once(&format!("\"{key}\":")) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

#[test]
fn a_triple_line_keeps_the_contract() {
    let text = written(Format::Triples);
    let keys = "id subject id name type relation object id name type fact when qualifiers confidence \
                sources evidence article sentence start end quote rule subject start end text object \
                start end text attributedTo";
    let keys: Vec<&str> = keys.split_whitespace().collect();
    for line in text.lines() {
        assert!(in_order(line, &keys), "{line}");
    }
    let lines = values(Format::Triples);
    assert_eq!(lines.len(), 6);
    let find = |key: &str, value: &str| lines.iter().find(|line| line[key] == value).unwrap();
    let met = find("when", "2024-03-04");
    assert_eq!(met["id"].as_str().unwrap().len(), 16);
    assert_eq!(met["relation"], "metWith");
    assert_eq!(met["fact"], "actual");
    assert_eq!(met["when"], "2024-03-04");
    assert_eq!(met["qualifiers"]["place"], "O\"slo\\");
    assert_eq!(met["confidence"].to_string(), "0.97");
    assert_eq!(met["sources"], 2);
    assert_eq!(met["evidence"][0]["attributedTo"]["id"], "person/jaroslaw");
    assert_eq!(met["evidence"][0]["attributedTo"]["type"], "Person");
    assert!(met["evidence"][1]["attributedTo"].is_null());
    assert!(met["subject"].get("subtype").is_none());
    assert_eq!(lines.iter().filter(|line| line["when"].is_null()).count(), 2);
    let member = find("relation", "isMemberOf");
    assert_eq!(
        (&member["object"]["type"], &member["object"]["subtype"]),
        (&"Organisation".into(), &"Party".into())
    );
}

#[test]
fn offsets_count_code_points() {
    for line in values(Format::Triples) {
        for evidence in line["evidence"].as_array().unwrap() {
            let text = if evidence["article"] == "plain" { TEXTS[1] } else { TEXTS[0] };
            let characters: Vec<char> = text.chars().collect();
            for (part, text) in
                [(evidence, "quote"), (&evidence["subject"], "text"), (&evidence["object"], "text")]
            {
                let at = |key: &str| usize::try_from(part[key].as_u64().unwrap()).unwrap();
                let slice: String = characters[at("start")..at("end")].iter().collect();
                assert_eq!(part[text], slice);
            }
        }
    }
}

#[test]
fn an_entity_line_keeps_the_contract() {
    for line in written(Format::Entities).lines() {
        assert!(in_order(line, &["id", "name", "type", "aliases", "mentions", "articles"]), "{line}");
    }
    let lines = values(Format::Entities);
    assert_eq!(lines.len(), 5, "entities without a triple are listed, too");
    let find = |id: &str| lines.iter().find(|line| line["id"] == id).unwrap();
    assert_eq!(find("person/ada")["aliases"][0], "Ada\nByron");
    assert_eq!(find("person/ada")["articles"][1], "wire 1/“a”<b>");
    assert_eq!(find("person/ada")["mentions"], 4);
    let acme = find("organisation/acme");
    assert_eq!((&acme["type"], &acme["subtype"]), (&"Organisation".into(), &"Party".into()));
}

#[test]
fn the_diagram_bundles_dates_and_leaves_out_who_takes_no_part() {
    let dot = written(Format::Dot);
    let edges: Vec<&str> =
        dot.lines().filter(|line| line.contains(" -> ") && !line.contains("legend:")).collect();
    assert_eq!(edges.len(), 4, "{dot}");
    let find = |part: &str| *edges.iter().find(|edge| edge.contains(part)).unwrap();
    let met = find("label=\"metWith ×2\" style=solid color=\"#117733\"");
    assert!(met.contains("dir=none") && met.contains("penwidth=2 "), "{met}");
    assert!(met.contains("2024-03-04 · wire 1/“a”<b> and 3 more sentences"), "{met}");
    let address = "URL=\"https://example.org/a%20b?c=%3Cd%3E#:~:text=%F0%9F%99%82";
    assert!(met.contains(address), "{met}");
    assert!(find("style=dashed").contains("label=\"metWith\""));
    let member = find("label=\"isMemberOf\"");
    assert!(!member.contains("dir=none") && !member.contains("URL="), "{member}");
    find("label=\"not isMemberOf\" style=dotted");
    assert!(!dot.contains("Alone") && !dot.contains("record"));
    assert!(dot.contains("rankdir=LR"));
    assert!(dot.lines().all(|line| line.len() < 4000), "labels are shortened");
    let legend = dot.lines().find(|line| line.contains("\"legend:\"")).unwrap();
    for entry in [
        "Person<BR/>",
        "Party<BR/>",
        "</FONT> meetings<",
        "</FONT> affiliation<",
        "╍╍</FONT> possible<",
        "┈┈</FONT> negated<",
    ] {
        assert!(legend.contains(entry), "{entry} is missing in {legend}");
    }
    assert!(!legend.contains("Organisation<BR/>"), "only what occurs is explained");
}

#[test]
fn graphviz_draws_the_diagram_without_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), &dataset(), &[Format::Dot]).unwrap();
    let picture = folder.path().join("graph.svg");
    let mut command = Command::new("dot");
    command.arg("-Tsvg").arg(folder.path().join("graph.dot")).arg("-o").arg(&picture).stderr(Stdio::piped());
    let Ok(mut dot) = command.spawn() else {
        // `dot` is no part of the package; the test above holds without it.
        writeln!(io::stderr(), "skipped: there is no `dot` on PATH").unwrap();
        return;
    };
    for _ in 0..200 {
        if dot.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    dot.kill().ok();
    let output = dot.wait_with_output().unwrap();
    assert!(output.status.success(), "dot took more than 20 s or failed");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let svg = std::fs::read_to_string(picture).unwrap();
    // What a person reads in the picture, word joiners aside.
    let shown = svg.replace('\u{2060}', "");
    for label in
        ["Ada \\N &quot;Byron&quot; &amp;lt;\\", "&lt;b&gt;Böb&lt;/b&gt; {a|b} &amp;amp;", "محمد بن سلمان"]
    {
        assert!(shown.contains(label), "{label} is missing in\n{svg}");
    }
    assert!(
        shown.contains("🙂 𝒳 “Ada \\N Byron” met &lt;b&gt;Böb&lt;/b&gt; &amp; &quot;Co&quot; on Monday."),
        "{svg}"
    );
}

#[test]
fn json_ld_is_read_back_as_the_same_graph() {
    let text = written(Format::JsonLd);
    let quads: Vec<oxrdf::Quad> =
        oxjsonld::JsonLdParser::new().for_reader(text.as_bytes()).map(Result::unwrap).collect();
    let blank = quads.iter().any(|quad| quad.subject.is_blank_node() || quad.object.is_blank_node());
    assert!(!blank, "no blank nodes");
    let lines: BTreeSet<String> = quads.iter().map(ToString::to_string).collect();
    assert_eq!(lines.len(), quads.len(), "nothing is said twice");

    let all = lines.into_iter().collect::<Vec<_>>().join("\n");
    for part in [
        "<https://w3id.org/relata/confidence> \"0.97\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
        "<https://w3id.org/relata/confidence> \"0.05\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
        "<https://schema.org/startDate> \"2024-03-04\"^^<http://www.w3.org/2001/XMLSchema#date>",
        "<https://schema.org/startDate> \"2024-03\"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>",
        "<https://schema.org/startDate> \"2024\"^^<http://www.w3.org/2001/XMLSchema#gYear>",
        "<https://schema.org/startDate> \"Monday\\\\\"",
        "<http://www.w3.org/ns/oa#start> \"0\"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>",
        "<https://w3id.org/relata/id/person/ada> <http://www.w3.org/ns/org#memberOf> <https://w3id.org/relata/id/organisation/acme>",
        "<https://w3id.org/relata/id/person/ada> <https://w3id.org/relata/metWith> <https://w3id.org/relata/id/person/böb%20%22%5C>",
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/MeetAction>",
        "<https://w3id.org/relata/plover> <https://w3id.org/relata/plover/CONSULT>",
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/relata/Party>",
    ] {
        assert!(all.contains(part), "{part} is missing in\n{all}");
    }
    assert!(
        !all.contains("<https://w3id.org/relata/id/person/jaroslaw> <http://www.w3.org/ns/org#memberOf>"),
        "no negated triple is written as a fact"
    );
}

#[test]
fn a_writer_that_fails_is_reported() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::other("disk full"))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    for format in Format::ALL.into_iter().filter(|format| !format.is_folder()) {
        assert_eq!(write(format, &dataset(), &mut Full).unwrap_err().to_string(), "disk full");
    }
}

#[test]
fn saving_writes_the_same_bytes_twice_and_an_empty_graph_is_a_graph() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        save(folder.path(), &dataset(), &Format::ALL).unwrap();
        for format in Format::ALL.into_iter().filter(|format| !format.is_folder()) {
            let saved = std::fs::read_to_string(folder.path().join(format.file_name())).unwrap();
            assert_eq!(saved, written(format));
        }
    }
    save(folder.path(), &Dataset::default(), &Format::ALL).unwrap();
    let json = std::fs::read_to_string(folder.path().join("graph.jsonld")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap()["@graph"], Value::Array(Vec::new()));
}
