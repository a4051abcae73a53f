//! [`Dataset`] → `graph.cypher`: statements that add the graph to a store that has it already, or not.
//!
//! One statement a line, `MERGE` by id: run twice, it changes nothing. It keeps to what Neo4j, ArcadeDB, FalkorDB and
//! GraphQLite all take, which excludes comments, `IF NOT EXISTS` and setting labels apart from `MERGE`. A property
//! that the graph does not have is set to `null`, so that the store forgets an older build's.

use super::property::{ARTICLE, ENTITY, Edge, Node, PropertyGraph, Table, Value, real};
use crate::dataset::Dataset;
use std::io::{self, Write};

/// Writes `graph.cypher`.
pub(super) fn write(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    let graph = PropertyGraph::of(dataset);
    for table in [&graph.entities, &graph.articles] {
        for node in &table.rows {
            let properties = properties(&names(&table.columns), &node.values);
            writeln!(out, "MERGE (n{} {{id: {}}}) SET n += {properties};", labels(node), string(&node.id))?;
        }
    }
    edges(ENTITY, &graph.relations, out)?;
    edges(ARTICLE, &graph.mentions, out)
}

fn edges(source: &str, table: &Table<Edge>, out: &mut dyn Write) -> io::Result<()> {
    let names = names(&table.columns);
    for edge in &table.rows {
        let id = edge.id.as_ref().map(|id| format!(" {{id: {}}}", string(id))).unwrap_or_default();
        writeln!(
            out,
            "MATCH (a:{source} {{id: {}}}), (b:{ENTITY} {{id: {}}}) MERGE (a)-[r:{}{id}]->(b) SET r += {};",
            string(&edge.source.0),
            string(&edge.target.0),
            name(&edge.relation),
            properties(&names, &edge.values),
        )?;
    }
    Ok(())
}

fn names(columns: &[super::property::Column]) -> Vec<String> {
    columns.iter().map(|column| name(&column.name)).collect()
}

/// `:Entity:Actor:Person`.
fn labels(node: &Node) -> String {
    node.labels.iter().map(|label| format!(":{}", name(label))).collect()
}

fn properties(names: &[String], values: &[Value]) -> String {
    let pairs = names.iter().zip(values).map(|(name, value)| format!("{name}: {}", literal(value)));
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
}

fn literal(value: &Value) -> String {
    match value {
        Value::Text(text) => string(text),
        Value::List(texts) => {
            format!("[{}]", texts.iter().map(|text| string(text)).collect::<Vec<_>>().join(", "))
        }
        Value::Whole(number) => number.to_string(),
        Value::Real(number) => real(*number),
        Value::Flag(flag) => flag.to_string(),
        Value::None => "null".to_owned(),
    }
}

/// A text as a string literal of openCypher, on one line.
pub(super) fn string(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('\'');
    for c in text.chars() {
        match c {
            '\'' | '\\' => {
                literal.push('\\');
                literal.push(c);
            }
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            _ => literal.push(c),
        }
    }
    literal.push('\'');
    literal
}

/// A label, relation or property as a name of openCypher. Always in backticks: which words a store keeps for itself
/// differs, and grows.
pub(crate) fn name(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_literal() {
        for (text, expected) in [
            ("it's", r"'it\'s'"),
            (r"ends with \", r"'ends with \\'"),
            (r"\'}) DETACH DELETE n //", r"'\\\'}) DETACH DELETE n //'"),
            ("a\nb\tc\r", r"'a\nb\tc\r'"),
            ("\"محمد\"", "'\"محمد\"'"),
        ] {
            assert_eq!(string(text), expected);
        }
    }

    #[test]
    fn a_name_is_quoted_whatever_it_is() {
        for (written, expected) in [("metWith", "`metWith`"), ("a`b", "`a``b`"), ("end", "`end`")] {
            assert_eq!(name(written), expected);
        }
    }
}
