//! A hand-built dataset with hostile names → every syntax of RDF, read back by parsers that did not write it.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

use oxrdf::{GraphName, Quad, Triple};
use relata::dataset::{
    ArticleRow, Dataset, EndRow, EntityRow, EvidenceRow, MentionRow, RelationRow, Terms, TripleRow, TypeRow,
};
use relata::rdf::{self, Syntax, Version};
use relata::rule::RuleSet;
use relata::triple::Fact;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const HOSTILE: &str = "<b>Böb</b> {a|b} \"\"\" \\ \n\r\t\u{0}\u{7f} &amp; محمد \u{202e} 🙂 \u{fffe} '; DROP";

fn terms(base: &str) -> Terms {
    let kind = |name: &str, parent: Option<&str>, iri: Option<&str>| TypeRow {
        name: name.to_owned(),
        parent: parent.map(str::to_owned),
        grouping: name == "Actor",
        iri: iri.map(str::to_owned),
        shape: String::new(),
        colour: String::new(),
        ftm: None,
    };
    let relation = |name: &str, iri: Option<&str>, symmetric, standing, parent: Option<&str>| RelationRow {
        name: name.to_owned(),
        about: HOSTILE.to_owned(),
        family: String::new(),
        subject: vec!["Person".to_owned(), "Organisation".to_owned()],
        object: vec!["Organisation".to_owned()],
        symmetric,
        standing,
        iri: iri.map(str::to_owned),
        plover: symmetric.then(|| "CONSULT".to_owned()),
        mode: None,
        ftm: None,
        parent: parent.map(str::to_owned),
    };
    Terms {
        prefixes: [
            ("foaf", "http://xmlns.com/foaf/0.1/"),
            ("name", "https://names.example/"),
            ("org", "http://www.w3.org/ns/org#"),
            ("relata", base),
            ("broken", "no iri at all"),
            ("two words", "https://two.example/"),
        ]
        .map(|(prefix, namespace)| (prefix.to_owned(), namespace.to_owned()))
        .into(),
        types: vec![
            kind("Actor", None, Some("foaf:Agent")),
            kind("Person", Some("Actor"), Some("schema:Person")),
            kind("Organisation", Some("Actor"), Some("schema:Organization")),
            kind("Party", Some("Organisation"), None),
            kind("Place", None, Some("two words:Pl ace")),
        ],
        families: Vec::new(),
        links: Vec::new(),
        relations: vec![
            relation("chairs", Some("org:headOf"), false, true, Some("memberOf")),
            relation("memberOf", Some("org:memberOf"), false, true, None),
            relation("metWith", Some("schema:CommunicateAction"), true, false, None),
            relation("odd <name>", Some("<>"), false, false, None),
        ],
    }
}

const ENTITIES: [(&str, &str, &str); 5] = [
    ("organisation/acme", "Organisation", "Party"),
    ("person/ada", "Person", ""),
    ("person/böb \"\\<>", "Person", ""),
    ("place/..", "Place", ""),
    ("thing/x", "Unheard Of", ""),
];

fn end(at: usize) -> EndRow {
    let (id, kind, subtype) = ENTITIES[at];
    EndRow {
        id: id.to_owned(),
        name: HOSTILE.to_owned(),
        kind: kind.to_owned(),
        subtype: Some(subtype.to_owned()).filter(|subtype| !subtype.is_empty()),
    }
}

fn evidence(article: &str, quote: &str) -> EvidenceRow {
    let words = MentionRow { start: 0, end: 3, text: "Ada".to_owned() };
    EvidenceRow {
        article: article.to_owned(),
        sentence: 0,
        start: 0,
        end: 70,
        quote: quote.to_owned(),
        rule: "metWith#1".to_owned(),
        subject: words.clone(),
        object: words,
        attributed_to: (article == "../b").then(|| end(1)),
        confidence: 0.8,
        qualifiers: BTreeMap::new(),
    }
}

fn triple(id: u32, ends: [usize; 2], relation: &str, fact: Fact, when: Option<&str>) -> TripleRow {
    TripleRow {
        id: format!("{id:016x}"),
        subject: end(ends[0]),
        relation: relation.to_owned(),
        object: end(ends[1]),
        fact,
        when: when.map(str::to_owned),
        qualifiers: BTreeMap::new(),
        confidence: 0.9,
        sources: 1,
        evidence: vec![evidence("a \"1\"", HOSTILE)],
    }
}

fn dataset(base: &str) -> Dataset {
    let entities = ENTITIES.iter().enumerate().map(|(at, (id, kind, _))| EntityRow {
        id: (*id).to_owned(),
        name: HOSTILE.to_owned(),
        kind: (*kind).to_owned(),
        subtype: end(at).subtype,
        aliases: vec!["Ada".to_owned(), HOSTILE.repeat(300)],
        mentions: 2,
        articles: vec!["a \"1\"".to_owned()],
    });
    let articles = vec![
        ArticleRow {
            id: "../b".to_owned(),
            date: Some("Monday".to_owned()),
            copy_of: Some("a \"1\"".to_owned()),
            mentions: [("person/ada".to_owned(), 2), ("person/böb \"\\<>".to_owned(), 1)].into(),
            ..ArticleRow::default()
        },
        ArticleRow {
            id: "a \"1\"".to_owned(),
            title: Some(HOSTILE.to_owned()),
            date: Some("2024-03-06".to_owned()),
            publisher: Some("Wire".to_owned()),
            url: Some("https://example.org/a b?c=<d>".to_owned()),
            ..ArticleRow::default()
        },
        ArticleRow { id: "silent".to_owned(), ..ArticleRow::default() },
    ];
    let mut met = triple(5, [1, 2], "metWith", Fact::Actual, Some("2024-03-04"));
    met.qualifiers = [("place", HOSTILE), ("fact", "a rule may call it so")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
    met.evidence =
        vec![evidence("../b", "Ada met Böb."), evidence("a \"1\"", "One."), evidence("a \"1\"", "Two.")];
    met.sources = 2;
    let triples = vec![
        triple(1, [1, 0], "chairs", Fact::Actual, None),
        triple(2, [1, 0], "memberOf", Fact::Actual, Some("2024")),
        triple(3, [2, 0], "memberOf", Fact::Negated, None),
        triple(4, [1, 2], "metWith", Fact::Actual, Some("2024-03")),
        met,
        triple(6, [1, 2], "metWith", Fact::Possible, Some("soon\\")),
        triple(7, [1, 3], "odd <name>", Fact::Actual, None),
        triple(8, [1, 4], "unknown", Fact::Actual, None),
    ];
    Dataset { terms: terms(base), articles, entities: entities.collect(), triples, ..Dataset::default() }
}

const BASE: &str = "https://w3id.org/relata/";

fn written_of(dataset: &Dataset, syntax: Syntax, version: Version) -> String {
    let mut out = Vec::new();
    rdf::write(dataset, syntax, version, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn written(syntax: Syntax) -> String {
    written_of(&dataset(BASE), syntax, Version::V11)
}

/// What a parser reads in a file, in its order.
fn quads(text: &str, syntax: Syntax) -> Vec<Quad> {
    let default = |triple: Triple| triple.in_graph(GraphName::DefaultGraph);
    let bytes = text.as_bytes();
    match syntax {
        Syntax::JsonLd => oxjsonld::JsonLdParser::new().for_reader(bytes).map(Result::unwrap).collect(),
        Syntax::Turtle => {
            oxttl::TurtleParser::new().for_reader(bytes).map(Result::unwrap).map(default).collect()
        }
        Syntax::TriG => oxttl::TriGParser::new().for_reader(bytes).map(Result::unwrap).collect(),
        Syntax::NTriples => {
            oxttl::NTriplesParser::new().for_reader(bytes).map(Result::unwrap).map(default).collect()
        }
        Syntax::NQuads => oxttl::NQuadsParser::new().for_reader(bytes).map(Result::unwrap).collect(),
    }
}

const ALL: [Syntax; 5] = [Syntax::JsonLd, Syntax::Turtle, Syntax::TriG, Syntax::NTriples, Syntax::NQuads];

/// Without blank nodes, graphs are isomorphic where their sets of triples are equal.
fn triples(quads: &[Quad]) -> BTreeSet<String> {
    quads.iter().map(|quad| Triple::from(quad.clone()).to_string()).collect()
}

#[test]
fn all_syntaxes_say_the_same_triples_whatever_the_base() {
    let bases = [BASE, "https://kg.example/x#", "https://kg.example/a/../", "urn:kg:", "no iri"];
    for base in bases {
        let dataset = dataset(base);
        let expected =
            triples(&quads(&written_of(&dataset, Syntax::NTriples, Version::V11), Syntax::NTriples));
        assert!(expected.len() > 150, "{}", expected.len());
        for syntax in ALL {
            let read = quads(&written_of(&dataset, syntax, Version::V11), syntax);
            let (mut missing, mut more) = (expected.clone(), triples(&read));
            missing.retain(|triple| !more.remove(triple));
            assert!(missing.is_empty() && more.is_empty(), "{base} {syntax:?}\n-{missing:#?}\n+{more:#?}");
        }
    }
}

#[test]
fn nothing_is_blank_and_nothing_is_said_twice() {
    for syntax in ALL {
        let read = quads(&written(syntax), syntax);
        let blank = read.iter().filter(|quad| quad.subject.is_blank_node() || quad.object.is_blank_node());
        assert_eq!(blank.count(), 0, "{syntax:?}");
        let lines: BTreeSet<String> = read.iter().map(ToString::to_string).collect();
        assert_eq!(lines.len(), read.len(), "{syntax:?}");
    }
}

#[test]
fn a_fact_is_a_triple_under_every_name_that_it_has() {
    let all = triples(&quads(&written(Syntax::Turtle), Syntax::Turtle));
    let says = |subject: &str, property: &str, object: &str| {
        let short = |name: &str| match name.split_once(':') {
            Some(("org", local)) => format!("<http://www.w3.org/ns/org#{local}>"),
            Some(("schema", local)) => format!("<https://schema.org/{local}>"),
            Some(("foaf", local)) => format!("<http://xmlns.com/foaf/0.1/{local}>"),
            Some(("a", _)) => "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>".to_owned(),
            _ => format!("<{BASE}{name}>"),
        };
        all.contains(&format!("{} {} {}", short(subject), short(property), short(object)))
    };
    let (ada, bob) = ("id/person/ada", "id/person/böb%20%22%5C%3C%3E");
    for (subject, property, object) in [
        // Its own name, the standard term, and those of the wider relation.
        (ada, "chairs", "id/organisation/acme"),
        (ada, "org:headOf", "id/organisation/acme"),
        (ada, "memberOf", "id/organisation/acme"),
        (ada, "org:memberOf", "id/organisation/acme"),
        // Both ways.
        (ada, "metWith", bob),
        (bob, "metWith", ada),
        (ada, "odd%20%3Cname%3E", "id/place/%2E%2E"),
        (ada, "unknown", "id/thing/x"),
        // Types and all wider ones.
        ("id/organisation/acme", "a:", "Party"),
        ("id/organisation/acme", "a:", "Organisation"),
        ("id/organisation/acme", "a:", "schema:Organization"),
        ("id/organisation/acme", "a:", "foaf:Agent"),
        ("id/thing/x", "a:", "Unheard%20Of"),
        // What happened is an event of its class.
        ("statement/0000000000000004", "a:", "schema:CommunicateAction"),
        ("statement/0000000000000004", "a:", "schema:Event"),
        ("statement/0000000000000004", "plover", "plover/CONSULT"),
        ("article/%2E%2E/b", "copyOf", "article/a%20%221%22"),
    ] {
        assert!(says(subject, property, object), "{subject} {property} {object}\n{all:#?}");
    }
    for (subject, property, object) in [
        // What is denied, planned or a state did not happen.
        (bob, "memberOf", "id/organisation/acme"),
        ("statement/0000000000000006", "a:", "schema:CommunicateAction"),
        ("statement/0000000000000006", "a:", "schema:Event"),
        ("statement/0000000000000002", "a:", "schema:Event"),
        // A class is no property.
        (ada, "schema:CommunicateAction", bob),
    ] {
        assert!(!says(subject, property, object), "{subject} {property} {object}");
    }
    let values = all.iter().cloned().collect::<Vec<_>>().join("\n");
    for part in [
        "confidence> \"0.90\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
        "startDate> \"2024-03-04\"^^<http://www.w3.org/2001/XMLSchema#date>",
        "startDate> \"2024-03\"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>",
        "startDate> \"2024\"^^<http://www.w3.org/2001/XMLSchema#gYear>",
        "startDate> \"soon\\\\\"",
        "datePublished> \"Monday\"",
        "oa#start> \"0\"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>",
        "url> \"https://example.org/a b?c=<d>\"^^<http://www.w3.org/2001/XMLSchema#anyURI>",
        "#hasActor> <https://w3id.org/relata/id/person/ada>",
    ] {
        let part = part.replace("#hasActor", "hasActor");
        assert!(values.contains(&part), "{part} is missing in\n{values}");
    }
}

#[test]
fn an_article_is_a_graph_with_its_own_evidence_only() {
    let trig = quads(&written(Syntax::TriG), Syntax::TriG);
    let n_quads = quads(&written(Syntax::NQuads), Syntax::NQuads);
    let lines = |quads: &[Quad]| -> BTreeSet<String> { quads.iter().map(ToString::to_string).collect() };
    assert_eq!(lines(&trig), lines(&n_quads));
    let graphs: BTreeSet<String> = trig
        .iter()
        .filter(|quad| quad.graph_name != GraphName::DefaultGraph)
        .map(|quad| quad.graph_name.to_string())
        .collect();
    let expected = [
        "<https://w3id.org/relata/article/%2E%2E/b#assertions>",
        "<https://w3id.org/relata/article/a%20%221%22#assertions>",
    ];
    assert_eq!(graphs.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    let of = |graph: &str, part: &str| {
        trig.iter()
            .filter(|quad| quad.graph_name.to_string() == graph && quad.to_string().contains(part))
            .count()
    };
    // The meeting that both tell of: its statement and the direct triples stand in both graphs.
    for graph in expected {
        assert_eq!(
            of(graph, "statement/0000000000000005> <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject>"),
            1
        );
        assert_eq!(of(graph, "person/ada> <https://w3id.org/relata/metWith>"), 1);
    }
    assert_eq!(of(expected[0], "prov#wasDerivedFrom>"), 1);
    assert_eq!(of(expected[1], "statement/0000000000000005> <http://www.w3.org/ns/prov#wasDerivedFrom>"), 2);
    assert_eq!(of(expected[0], "statement/0000000000000001>"), 0);
    assert!(trig.iter().any(|quad| quad.graph_name == GraphName::DefaultGraph
        && quad.predicate.as_str() == "https://schema.org/name"));
}

/// RDF 1.2 differs in how a statement names its triple, and in nothing else.
#[test]
fn a_reifier_stands_for_the_three_properties_of_a_statement() {
    let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    let dataset = dataset(BASE);
    let new = written_of(&dataset, Syntax::NTriples, Version::V12);
    let mut expanded = BTreeSet::new();
    let mut reifiers = 0;
    for line in new.lines() {
        match line.split_once(&format!(" <{rdf}reifies> <<( ")) {
            Some((statement, triple)) => {
                reifiers += 1;
                let parts: Vec<&str> = triple.strip_suffix(" )>> .").unwrap().split(' ').collect();
                assert_eq!(parts.len(), 3, "{line}");
                for (name, part) in ["subject", "predicate", "object"].iter().zip(parts) {
                    expanded.insert(format!("{statement} <{rdf}{name}> {part} ."));
                }
                expanded.insert(format!("{statement} <{rdf}type> <{rdf}Statement> ."));
            }
            None => drop(expanded.insert(line.to_owned())),
        }
    }
    assert_eq!(reifiers, dataset.triples.len());
    let old = written(Syntax::NTriples);
    assert_eq!(expanded, old.lines().map(str::to_owned).collect());
    for syntax in [Syntax::Turtle, Syntax::TriG, Syntax::NQuads] {
        let new = written_of(&dataset, syntax, Version::V12);
        assert!(new.contains("<<( ") && !new.contains("rdf:Statement") && !new.contains("ns#Statement"));
        assert!(!written(syntax).contains("<<"), "never by default");
    }
}

#[test]
fn json_ld_is_compact() {
    let text = written(Syntax::JsonLd);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let node = |id: &str| value["@graph"].as_array().unwrap().iter().find(|node| node["@id"] == id).unwrap();
    let met = node("relata:statement/0000000000000005");
    assert_eq!(met["subject"], "relata:id/person/ada");
    assert_eq!(met["confidence"], "0.90");
    assert_eq!(met["sources"], 2);
    assert_eq!(met["evidence"][0]["selector"][0]["end"], 70);
    assert_eq!(met["evidence"][0]["attributedTo"], "relata:id/person/ada");
    assert!(node("relata:statement/0000000000000001")["evidence"].is_array(), "of one piece, too");
    assert_eq!(node("relata:id/person/ada")["org:memberOf"]["@id"], "relata:id/organisation/acme");
    assert_eq!(text.lines().filter(|line| line.starts_with("{\"@id\"")).count(), 3 + 2 + 5 + 8);
}

/// `RELATA_BLESS=1 cargo test --test rdf` writes both files anew.
#[test]
fn the_published_vocabulary_and_shapes_are_what_the_rules_give() {
    let terms = Terms::new(&RuleSet::built_in());
    let (mut vocabulary, mut shapes) = (Vec::new(), Vec::new());
    rdf::vocabulary(&terms, &mut vocabulary).unwrap();
    rdf::shapes(&terms, &mut shapes).unwrap();
    for (name, new) in [("vocabulary.ttl", vocabulary), ("shapes.ttl", shapes)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules").join(name);
        let new = String::from_utf8(new).unwrap();
        if std::env::var_os("RELATA_BLESS").is_some() {
            fs::write(&path, &new).unwrap();
        }
        let stale = fs::read_to_string(&path).unwrap_or_default() != new;
        assert!(!stale, "rules/{name} is stale; write it anew with `RELATA_BLESS=1 cargo test --test rdf`");
    }
}

/// Every term that outputs write under the base is described; what rules alone can name (a qualifier, say) is not.
#[test]
fn the_vocabulary_describes_every_own_term() {
    let dataset = dataset(BASE);
    let mut out = Vec::new();
    rdf::vocabulary(&dataset.terms, &mut out).unwrap();
    let described = quads(&String::from_utf8(out).unwrap(), Syntax::Turtle);
    assert!(described.iter().all(|quad| !quad.subject.is_blank_node()));
    let described: BTreeSet<String> = described.iter().map(|quad| quad.subject.to_string()).collect();
    let own = |name: &str| name.starts_with(&format!("<{BASE}"));
    let read = quads(&written(Syntax::Turtle), Syntax::Turtle);
    let mut used: BTreeSet<String> = read.iter().map(|quad| quad.predicate.to_string()).collect();
    let types = read.iter().filter(|quad| quad.predicate.as_str().ends_with("#type"));
    used.extend(types.map(|quad| quad.object.to_string()));
    used.retain(|name| own(name) && !["unknown>", "Unheard%20Of>"].iter().any(|odd| name.ends_with(odd)));
    assert!(used.len() > 10, "{used:?}");
    for name in &used {
        assert!(described.contains(name), "{name}");
    }
    for name in ["Fact", "fact/actual", "fact/possible", "fact/negated", "plover/CONSULT", "scheme/plover"] {
        assert!(described.contains(&format!("<{BASE}{name}>")), "{name}");
    }
}
