//! [`Dataset`] → GraphML: for networkx, igraph, yEd, Cytoscape, Gephi.
//!
//! Every property is a declared key with its type. GraphML has no lists: theirs are joined by ` | `.

use super::property::{Column, Kind, PropertyGraph, Value};
use super::xml::Escaped;
use crate::dataset::Dataset;
use std::io::{self, Write};

/// Between the elements of what is a list elsewhere.
pub(super) const BETWEEN: &str = " | ";

/// Writes `graph.graphml`, as the primer of GraphML 1.0 describes it.
pub(super) fn write(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    let graph = PropertyGraph::of(dataset);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
         http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">"
    )?;
    let relation = Column { name: "relation".to_owned(), kind: Kind::Text };
    let edge_columns: Vec<&Column> = [&relation].into_iter().chain(&graph.relations.columns).collect();
    keys("node", "n", &graph.entities.columns.iter().collect::<Vec<_>>(), out)?;
    keys("edge", "e", &edge_columns, out)?;
    writeln!(out, "  <graph id=\"relata\" edgedefault=\"directed\">")?;
    for node in &graph.entities.rows {
        writeln!(out, "    <node id=\"{}\">", Escaped(&node.id))?;
        data("n", node.values.iter(), out)?;
        writeln!(out, "    </node>")?;
    }
    for edge in &graph.relations.rows {
        let (source, target) = (Escaped(&edge.source.0), Escaped(&edge.target.0));
        let id = Escaped(edge.id.as_deref().unwrap_or_default());
        writeln!(out, "    <edge id=\"{id}\" source=\"{source}\" target=\"{target}\">")?;
        let relation = Value::Text(edge.relation.clone());
        data("e", [&relation].into_iter().chain(&edge.values), out)?;
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

fn keys(of: &str, letter: &str, columns: &[&Column], out: &mut dyn Write) -> io::Result<()> {
    for (at, column) in columns.iter().enumerate() {
        let kind = column.kind.xml_type();
        let name = Escaped(&column.name);
        writeln!(out, "  <key id=\"{letter}{at}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    Ok(())
}

fn data<'a>(letter: &str, values: impl Iterator<Item = &'a Value>, out: &mut dyn Write) -> io::Result<()> {
    for (at, value) in values.enumerate() {
        let cell = value.cell(BETWEEN);
        if !cell.is_empty() {
            writeln!(out, "      <data key=\"{letter}{at}\">{}</data>", Escaped(&cell))?;
        }
    }
    Ok(())
}
