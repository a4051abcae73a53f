//! [`Dataset`] → labelled nodes and typed edges with properties: the one model that GraphML, GEXF, CSV, Cypher
//! and Bolt write.
//!
//! An edge is a triple, and holds its sentences: whoever clicks it reads them without another query. `quote`,
//! `article`, `rule` and `url` are of the surest sentence; `quotes`, `articles` and `rules` are of all of them, the
//! n-th of each belonging together. Articles are nodes, too, for the stores that ask questions.
//!
//! Labels are the base type and what it is grouped under, not the finer type: an id begins with the base type, so
//! that a node keeps its labels when someone tells finer types apart, and loading it again finds it again.

use super::days;
use super::label::clean;
use crate::dataset::{ArticleRow, Dataset, EntityRow, EvidenceRow, Terms, TripleRow};
use std::collections::{BTreeMap, BTreeSet};

/// The label that all entities share.
pub(crate) const ENTITY: &str = "Entity";
/// The label of articles.
pub(crate) const ARTICLE: &str = "Article";
/// The edges from an article to the entities that it names.
pub(crate) const MENTIONS: &str = "MENTIONS";

/// What a property may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text on one line.
    Text,
    /// Several texts.
    List,
    /// A whole number.
    Whole,
    /// A number.
    Real,
    /// Yes or no.
    Flag,
}

impl Kind {
    /// What GraphML and GEXF call it; neither has lists that other programs read.
    pub(super) fn xml_type(self) -> &'static str {
        match self {
            Self::Text | Self::List => "string",
            Self::Whole => "long",
            Self::Real => "double",
            Self::Flag => "boolean",
        }
    }
}

/// A property's value; [`Value::None`] is a property that a node or edge does not have.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    List(Vec<String>),
    Whole(u64),
    Real(f64),
    Flag(bool),
    None,
}

impl Value {
    /// Text cleaned to one line: of the stores' readers of CSV three need an option for values of several lines, and
    /// XML cannot hold control characters.
    fn text(text: &str) -> Self {
        let text = clean(text);
        if text.is_empty() { Value::None } else { Value::Text(text) }
    }

    fn optional(text: Option<&str>) -> Self {
        text.map_or(Value::None, Value::text)
    }

    fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Value::List(texts.into_iter().map(clean).collect())
    }

    /// As the text of a cell; the elements of a list are parted by `between`.
    pub(crate) fn cell(&self, between: &str) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::List(texts) => texts.join(between),
            Value::Whole(number) => number.to_string(),
            Value::Real(number) => real(*number),
            Value::Flag(flag) => flag.to_string(),
            Value::None => String::new(),
        }
    }
}

/// A number that no reader takes for a whole one: `1.0`.
pub(crate) fn real(number: f64) -> String {
    format!("{number:?}")
}

/// A property that all rows of a table may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its name; the same in every format.
    pub(crate) name: String,
    /// What its values are.
    pub(crate) kind: Kind,
}

/// Rows with the same properties.
#[derive(Debug, Clone)]
pub(crate) struct Table<T> {
    /// The properties, in the order of every row's values.
    pub(crate) columns: Vec<Column>,
    /// The rows.
    pub(crate) rows: Vec<T>,
}

/// An entity or an article.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Unique among the nodes of its table.
    pub(crate) id: String,
    /// Its labels, the widest first; the last one is its base type.
    pub(crate) labels: Vec<String>,
    /// A value for every column.
    pub(crate) values: Vec<Value>,
}

/// A triple, or the mention of an entity in an article.
#[derive(Debug, Clone)]
pub(crate) struct Edge {
    /// The statement's id; a mention has none.
    pub(crate) id: Option<String>,
    /// The relation's name, or [`MENTIONS`].
    pub(crate) relation: String,
    /// The id of the node where it begins, and that node's base type.
    pub(crate) source: (String, String),
    /// The id of the node where it ends, and that node's base type.
    pub(crate) target: (String, String),
    /// A value for every column.
    pub(crate) values: Vec<Value>,
}

/// A dataset as nodes and edges, in its order.
#[derive(Debug, Clone)]
pub(crate) struct PropertyGraph {
    pub(crate) entities: Table<Node>,
    pub(crate) articles: Table<Node>,
    pub(crate) relations: Table<Edge>,
    pub(crate) mentions: Table<Edge>,
}

impl PropertyGraph {
    /// O(size of the dataset × log of it); holds all texts a second time.
    pub(crate) fn of(dataset: &Dataset) -> Self {
        let kinds: BTreeMap<&str, &str> =
            dataset.entities.iter().map(|entity| (entity.id.as_str(), entity.kind.as_str())).collect();
        let mentions = dataset.articles.iter().flat_map(|article| {
            let known = |(id, times): (&String, &u32)| mention(article, id, kinds.get(id.as_str())?, *times);
            article.mentions.iter().filter_map(known).collect::<Vec<_>>()
        });
        let qualifiers = qualifiers(dataset);
        let edge = |triple| edge(triple, dataset, &qualifiers);
        Self {
            entities: Table {
                columns: columns(&ENTITY_COLUMNS),
                rows: dataset.entities.iter().map(|entity| node(entity, &dataset.terms)).collect(),
            },
            articles: Table {
                columns: columns(&ARTICLE_COLUMNS),
                rows: dataset.articles.iter().map(article_node).collect(),
            },
            relations: Table {
                columns: relation_columns(&qualifiers),
                rows: dataset.triples.iter().map(edge).collect(),
            },
            mentions: Table { columns: columns(&[("mentions", Kind::Whole)]), rows: mentions.collect() },
        }
    }
}

const ENTITY_COLUMNS: [(&str, Kind); 6] = [
    ("name", Kind::Text),
    ("type", Kind::Text),
    ("subtype", Kind::Text),
    ("aliases", Kind::List),
    ("mentions", Kind::Whole),
    ("articles", Kind::Whole),
];

const ARTICLE_COLUMNS: [(&str, Kind); 5] = [
    ("title", Kind::Text),
    ("date", Kind::Text),
    ("publisher", Kind::Text),
    ("url", Kind::Text),
    ("copyOf", Kind::Text),
];

/// `date` is `when` of `triples.jsonl`: WHEN is a word of Cypher and SQL, and every query would have to quote it.
const RELATION_COLUMNS: [(&str, Kind); 16] = [
    ("family", Kind::Text),
    ("symmetric", Kind::Flag),
    ("fact", Kind::Text),
    ("date", Kind::Text),
    ("firstDay", Kind::Text),
    ("lastDay", Kind::Text),
    ("confidence", Kind::Real),
    ("sources", Kind::Whole),
    ("quote", Kind::Text),
    ("article", Kind::Text),
    ("url", Kind::Text),
    ("rule", Kind::Text),
    ("attributedTo", Kind::List),
    ("quotes", Kind::List),
    ("articles", Kind::List),
    ("rules", Kind::List),
];

/// Columns of tables beside the properties: a qualifier must not be called so, either.
const TAKEN: [&str; 8] = ["id", "relation", "source", "target", "label", "type", "from", "to"];

fn columns(named: &[(&str, Kind)]) -> Vec<Column> {
    named.iter().map(|(name, kind)| Column { name: (*name).to_owned(), kind: *kind }).collect()
}

fn relation_columns(qualifiers: &BTreeSet<&str>) -> Vec<Column> {
    let qualifiers = qualifiers.iter().map(|name| Column { name: qualifier_column(name), kind: Kind::Text });
    columns(&RELATION_COLUMNS).into_iter().chain(qualifiers).collect()
}

/// All qualifiers that occur, so that every row of a table has the same columns.
fn qualifiers(dataset: &Dataset) -> BTreeSet<&str> {
    dataset.triples.iter().flat_map(|triple| triple.qualifiers.keys()).map(String::as_str).collect()
}

/// `role` is `role`; what a column is called already gets a prefix. Stores compare names without regard to case.
fn qualifier_column(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let same = |known: &&str| known.eq_ignore_ascii_case(&plain);
    let fixed = RELATION_COLUMNS.iter().map(|(known, _)| known).chain(&TAKEN).any(same);
    if fixed { format!("qualifier_{plain}") } else { plain }
}

fn node(entity: &EntityRow, terms: &Terms) -> Node {
    Node {
        id: identifier(&entity.id),
        labels: labels(&entity.kind, terms),
        values: vec![
            Value::text(if clean(&entity.name).is_empty() { &entity.id } else { &entity.name }),
            Value::text(&entity.kind),
            Value::optional(entity.subtype.as_deref()),
            Value::list(entity.aliases.iter().map(String::as_str)),
            Value::Whole(entity.mentions.into()),
            Value::Whole(entity.articles.len() as u64),
        ],
    }
}

/// A type or relation of a name that the model gives to something else.
fn apart(name: &str, model: &str) -> String {
    if name == model { format!("{name}_") } else { name.to_owned() }
}

/// `Entity`, what the type is grouped under, and the type.
fn labels(kind: &str, terms: &Terms) -> Vec<String> {
    let wider = terms.kinds(kind).into_iter().skip(1).map(|kind| kind.name.clone());
    let mut labels: Vec<String> = wider.filter(|name| name != ENTITY && name != kind).collect();
    labels.push(ENTITY.to_owned());
    labels.reverse();
    labels.push(apart(kind, ARTICLE));
    labels
}

fn article_node(article: &ArticleRow) -> Node {
    let texts = [&article.title, &article.date, &article.publisher, &article.url];
    let mut values: Vec<Value> = texts.map(|text| Value::optional(text.as_deref())).into();
    values.push(article.copy_of.as_deref().map_or(Value::None, |id| Value::Text(identifier(id))));
    Node { id: identifier(&article.id), labels: vec![ARTICLE.to_owned()], values }
}

fn mention(article: &ArticleRow, entity: &str, kind: &str, times: u32) -> Option<Edge> {
    Some(Edge {
        id: None,
        relation: MENTIONS.to_owned(),
        source: (identifier(&article.id), ARTICLE.to_owned()),
        target: (identifier(entity), apart(kind, ARTICLE)),
        values: vec![Value::Whole(times.into())],
    })
}

fn edge(triple: &TripleRow, dataset: &Dataset, qualifiers: &BTreeSet<&str>) -> Edge {
    let relation = dataset.terms.relation(&triple.relation);
    let best = triple.surest();
    let days = triple.when.as_deref().and_then(days::span);
    let url = best.and_then(|best| dataset.article(&best.article)?.url.as_deref());
    let who: BTreeSet<&str> = triple
        .evidence
        .iter()
        .filter_map(|evidence| evidence.attributed_to.as_ref().map(|who| who.name.as_str()))
        .collect();
    let all = |part: fn(&EvidenceRow) -> String| Value::List(triple.evidence.iter().map(part).collect());
    let mut values = vec![
        Value::optional(relation.map(|relation| relation.family.as_str())),
        Value::Flag(relation.is_some_and(|relation| relation.symmetric)),
        Value::text(triple.fact.name()),
        Value::optional(triple.when.as_deref()),
        days.map_or(Value::None, |(first, _)| Value::Text(first.to_string())),
        days.map_or(Value::None, |(_, last)| Value::Text(last.to_string())),
        Value::Real(triple.confidence),
        Value::Whole(triple.sources as u64),
        Value::optional(best.map(|best| best.quote.as_str())),
        best.map_or(Value::None, |best| Value::Text(identifier(&best.article))),
        Value::optional(url),
        Value::optional(best.map(|best| best.rule.as_str())),
        Value::list(who),
        all(|evidence| clean(&evidence.quote)),
        all(|evidence| identifier(&evidence.article)),
        all(|evidence| clean(&evidence.rule)),
    ];
    values.extend(
        qualifiers.iter().map(|name| Value::optional(triple.qualifiers.get(*name).map(String::as_str))),
    );
    Edge {
        id: Some(identifier(&triple.id)),
        relation: apart(&triple.relation, MENTIONS),
        source: (identifier(&triple.subject.id), apart(&triple.subject.kind, ARTICLE)),
        target: (identifier(&triple.object.id), apart(&triple.object.kind, ARTICLE)),
        values,
    }
}

/// An id that every format holds as it is: what does not fit on one line is percent-encoded, and so is `%`, that
/// different ids stay different. Ids of this crate stay what they are.
pub(crate) fn identifier(id: &str) -> String {
    let mut kept = String::with_capacity(id.len());
    for c in id.chars() {
        if c == ' ' || (c != '%' && !clean(c.encode_utf8(&mut [0; 4])).is_empty()) {
            kept.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                kept.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stay_different_and_on_one_line() {
        assert_eq!(identifier("person/習近平"), "person/習近平");
        assert_eq!(identifier("my article (1).txt"), "my article (1).txt");
        assert_eq!(identifier("a\nb"), "a%0Ab");
        assert_eq!(identifier("a%0Ab"), "a%250Ab");
        assert_eq!(identifier("\u{202e}a\0"), "%E2%80%AEa%00");
    }

    #[test]
    fn a_qualifier_never_takes_the_column_of_another_property() {
        for (name, column) in
            [("role", "role"), ("Date", "qualifier_Date"), ("id", "qualifier_id"), ("a:b", "a_b")]
        {
            assert_eq!(qualifier_column(name), column);
        }
    }

    #[test]
    fn a_number_keeps_its_point() {
        assert_eq!([real(1.0), real(0.8), real(0.0)], ["1.0", "0.8", "0.0"]);
    }
}
