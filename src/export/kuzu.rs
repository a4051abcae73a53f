//! [`Dataset`] → the folder `graph-kuzu`: tables for Kùzu and its successor Ladybug, which ask for a schema.
//!
//! `schema.cypher` creates a table for each type and relation, `load.cypher` copies the CSV files into them, one for
//! each type and one for each relation between two types. Lists stand in one field, parted by tabs, and are taken
//! apart on loading: the stores' own syntax for lists in CSV has no way to write a comma inside an element.

use super::csv::record;
use super::cypher::{name as quoted, string};
use super::property::{ARTICLE, Column, Edge, Kind, MENTIONS, Node, PropertyGraph, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

const BETWEEN: &str = "\t";

/// The tables of a graph, by the files that hold their rows.
pub(super) struct Tables<'a> {
    nodes: BTreeMap<&'a str, (&'a [Column], Vec<&'a Node>)>,
    /// By relation; then by the types of both ends.
    edges: BTreeMap<&'a str, (&'a [Column], Pairs<'a>)>,
    /// The name of each relation's table: its own, unless a type has it already.
    names: BTreeMap<&'a str, String>,
}

type Pairs<'a> = BTreeMap<(&'a str, &'a str), Vec<&'a Edge>>;

impl<'a> Tables<'a> {
    /// O(nodes + edges).
    pub(super) fn of(graph: &'a PropertyGraph) -> Self {
        let mut tables = Self { nodes: BTreeMap::new(), edges: BTreeMap::new(), names: BTreeMap::new() };
        tables.nodes.insert(ARTICLE, (&graph.articles.columns, Vec::new()));
        for Table { columns, rows } in [&graph.entities, &graph.articles] {
            for node in rows {
                let kind = node.labels.last().map_or(ARTICLE, String::as_str);
                tables.nodes.entry(kind).or_insert((columns, Vec::new())).1.push(node);
            }
        }
        for Table { columns, rows } in [&graph.relations, &graph.mentions] {
            for edge in rows {
                let (_, pairs) = tables.edges.entry(&edge.relation).or_insert((columns, BTreeMap::new()));
                pairs.entry((&edge.source.1, &edge.target.1)).or_default().push(edge);
            }
        }
        tables.name();
        tables
    }

    /// These stores take `Party` and `party` for one name, and have one space of names for types and relations.
    fn name(&mut self) {
        let mut taken: BTreeSet<String> = self.nodes.keys().map(|name| name.to_lowercase()).collect();
        for relation in self.edges.keys() {
            let mut name = (*relation).to_owned();
            while !taken.insert(name.to_lowercase()) {
                name.push('_');
            }
            self.names.insert(relation, name);
        }
    }

    fn table<'b>(&'b self, relation: &'b str) -> &'b str {
        self.names.get(relation).map_or(relation, String::as_str)
    }

    /// The files of the folder, in the order in which they are written.
    pub(super) fn files(&self) -> Vec<String> {
        let nodes = self.nodes.keys().map(|kind| node_file(kind));
        let edges = self.edges.iter().flat_map(|(relation, (_, pairs))| {
            pairs.keys().map(|pair| edge_file(self.table(relation), *pair)).collect::<Vec<_>>()
        });
        ["schema.cypher".to_owned(), "load.cypher".to_owned()].into_iter().chain(nodes).chain(edges).collect()
    }

    /// Writes the file of that name; nothing for a name that is not among them.
    pub(super) fn write(&self, name: &str, out: &mut dyn Write) -> io::Result<()> {
        match name {
            "schema.cypher" => return self.schema(out),
            "load.cypher" => return self.load(out),
            _ => {}
        }
        for (kind, (columns, rows)) in &self.nodes {
            if node_file(kind) == name {
                record(["id"].into_iter().chain(columns.iter().map(|column| column.name.as_str())), out)?;
                for node in rows {
                    let values = node.values.iter().map(|value| value.cell(BETWEEN));
                    record([node.id.clone()].into_iter().chain(values), out)?;
                }
            }
        }
        for (relation, (columns, pairs)) in &self.edges {
            let rows = pairs.iter().find(|(pair, _)| edge_file(self.table(relation), **pair) == name);
            if let Some((_, rows)) = rows {
                edges(relation, columns, rows, out)?;
            }
        }
        Ok(())
    }

    fn schema(&self, out: &mut dyn Write) -> io::Result<()> {
        for (kind, (columns, _)) in &self.nodes {
            let columns =
                columns.iter().map(|column| format!(", {} {}", quoted(&column.name), kind_of(column, true)));
            let columns: String = columns.collect();
            writeln!(
                out,
                "CREATE NODE TABLE IF NOT EXISTS {}(id STRING PRIMARY KEY{columns});",
                quoted(kind)
            )?;
        }
        for (relation, (columns, pairs)) in &self.edges {
            let pairs = pairs.keys().map(|(from, to)| format!("FROM {} TO {}", quoted(from), quoted(to)));
            let pairs: Vec<String> = pairs.collect();
            let columns = edge_columns(relation, columns);
            let columns =
                columns.iter().map(|column| format!("{} {}", quoted(&column.name), kind_of(column, true)));
            let columns: Vec<String> = columns.collect();
            writeln!(
                out,
                "CREATE REL TABLE IF NOT EXISTS {}({}, {});",
                quoted(self.table(relation)),
                pairs.join(", "),
                columns.join(", ")
            )?;
        }
        Ok(())
    }

    fn load(&self, out: &mut dyn Write) -> io::Result<()> {
        for (kind, (columns, _)) in &self.nodes {
            let columns: Vec<Column> = [text("id")].into_iter().chain(columns.iter().cloned()).collect();
            copy(kind, &columns, &node_file(kind), "", out)?;
        }
        for (relation, (columns, pairs)) in &self.edges {
            let mut columns = edge_columns(relation, columns);
            columns.splice(0..0, [text("from"), text("to")]);
            for pair in pairs.keys() {
                let ends = format!(" (from={}, to={})", string(pair.0), string(pair.1));
                let table = self.table(relation);
                copy(table, &columns, &edge_file(table, *pair), &ends, out)?;
            }
        }
        Ok(())
    }
}

fn edges(relation: &str, columns: &[Column], rows: &[&Edge], out: &mut dyn Write) -> io::Result<()> {
    let columns = edge_columns(relation, columns);
    let names = columns.iter().map(|column| column.name.as_str());
    record(["from", "to"].into_iter().chain(names), out)?;
    for edge in rows {
        let first = [edge.source.0.clone(), edge.target.0.clone()].into_iter().chain(edge.id.clone());
        record(first.chain(edge.values.iter().map(|value| value.cell(BETWEEN))), out)?;
    }
    Ok(())
}

/// A mention has no id.
fn edge_columns(relation: &str, columns: &[Column]) -> Vec<Column> {
    let id = (relation != MENTIONS).then(|| text("id"));
    id.into_iter().chain(columns.iter().cloned()).collect()
}

fn text(name: &str) -> Column {
    Column { name: name.to_owned(), kind: Kind::Text }
}

/// `COPY` out of a query, that lists are taken apart and no type is guessed from the first rows.
fn copy(table: &str, columns: &[Column], file: &str, ends: &str, out: &mut dyn Write) -> io::Result<()> {
    let typed: Vec<String> =
        columns.iter().map(|column| format!("{} {}", quoted(&column.name), kind_of(column, false))).collect();
    let taken: Vec<String> = columns
        .iter()
        .map(|column| match column.kind {
            Kind::List => format!("string_split({}, '\\t')", quoted(&column.name)),
            _ => quoted(&column.name),
        })
        .collect();
    writeln!(
        out,
        "COPY {} FROM (LOAD WITH HEADERS ({}) FROM {} (header=true, escape='\"') RETURN {}){ends};",
        quoted(table),
        typed.join(", "),
        string(file),
        taken.join(", ")
    )
}

fn kind_of(column: &Column, lists: bool) -> &'static str {
    match column.kind {
        Kind::List if lists => "STRING[]",
        Kind::Text | Kind::List => "STRING",
        Kind::Whole => "INT64",
        Kind::Real => "DOUBLE",
        Kind::Flag => "BOOLEAN",
    }
}

fn node_file(kind: &str) -> String {
    format!("{}.csv", file_part(kind))
}

fn edge_file(relation: &str, (from, to): (&str, &str)) -> String {
    format!("{}-{}-{}.csv", file_part(relation), file_part(from), file_part(to))
}

/// A type or relation as a part of a file's name: no other characters than all file systems take.
fn file_part(name: &str) -> String {
    let letter = |c: char| match c {
        'A'..='Z' | 'a'..='z' | '0'..='9' | '_' => c.to_string(),
        _ => format!("={:x}", u32::from(c)),
    };
    name.chars().map(letter).collect()
}
