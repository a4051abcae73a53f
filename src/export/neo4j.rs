//! [`Dataset`] → the folder `graph-neo4j`: CSV with the headers of `neo4j-admin database import`.
//!
//! The elements of lists and the labels are parted by a tab, which no text of the property model holds; Neo4j's
//! default, the semicolon, stands in sentences. So the import needs `--array-delimiter=TAB`.

use super::csv::record;
use super::property::{ARTICLE, Column, ENTITY, Edge, Kind, Node, PropertyGraph, Table};
use std::io::{self, Write};

/// Between labels and between the elements of a list.
const BETWEEN: &str = "\t";

/// The files of the folder, in the order in which they are written.
pub(super) const FILES: [&str; 5] =
    ["entities.csv", "articles.csv", "relations.csv", "mentions.csv", "import.sh"];

/// Writes the file of that name.
pub(super) fn write(name: &str, graph: &PropertyGraph, out: &mut dyn Write) -> io::Result<()> {
    match name {
        "entities.csv" => nodes(ENTITY, &graph.entities, out),
        "articles.csv" => nodes(ARTICLE, &graph.articles, out),
        "relations.csv" => edges(ENTITY, &graph.relations, out),
        "mentions.csv" => edges(ARTICLE, &graph.mentions, out),
        _ => out.write_all(IMPORT.as_bytes()),
    }
}

/// The command, so that nobody has to look up which file holds what.
const IMPORT: &str = "\
#!/bin/sh
# Into a new, stopped database of Neo4j 5 or later; run in this folder: sh import.sh [DATABASE]
exec neo4j-admin database import full \\
  --nodes=entities.csv --nodes=articles.csv \\
  --relationships=relations.csv --relationships=mentions.csv \\
  --array-delimiter=TAB \"${1:-neo4j}\"
";

/// The ids of entities and of articles are two spaces of ids: an article may be called like a person.
fn nodes(space: &str, table: &Table<Node>, out: &mut dyn Write) -> io::Result<()> {
    let columns = table.columns.iter().map(header);
    record([format!("id:ID({space})"), ":LABEL".to_owned()].into_iter().chain(columns), out)?;
    for node in &table.rows {
        let first = [node.id.clone(), node.labels.join(BETWEEN)];
        record(first.into_iter().chain(node.values.iter().map(|value| value.cell(BETWEEN))), out)?;
    }
    Ok(())
}

/// Every edge ends at an entity; a table's edges begin in one space of ids.
fn edges(space: &str, table: &Table<Edge>, out: &mut dyn Write) -> io::Result<()> {
    let columns = table.columns.iter().map(header);
    let ids = table.rows.iter().any(|edge| edge.id.is_some()) || space == ENTITY;
    let first = [format!(":START_ID({space})"), format!(":END_ID({ENTITY})"), ":TYPE".to_owned()];
    record(first.into_iter().chain(ids.then(|| "id".to_owned())).chain(columns), out)?;
    for edge in &table.rows {
        let first = [edge.source.0.clone(), edge.target.0.clone(), edge.relation.clone()];
        let values = edge.values.iter().map(|value| value.cell(BETWEEN));
        record(first.into_iter().chain(edge.id.clone()).chain(values), out)?;
    }
    Ok(())
}

fn header(column: &Column) -> String {
    let kind = match column.kind {
        Kind::Text => "string",
        Kind::List => "string[]",
        Kind::Whole => "long",
        Kind::Real => "double",
        Kind::Flag => "boolean",
    };
    format!("{}:{kind}", column.name)
}
