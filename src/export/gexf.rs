//! [`Dataset`] → GEXF 1.3: for Gephi, with its timeline, colours and shapes.
//!
//! An edge with a date exists from its first to its last day, both included: a year is a year long. An edge without
//! one exists always. Gephi merges edges of the same kind between the same nodes, so the kind is the relation with
//! its fact.

use super::dot::NEGATED;
use super::graphml::BETWEEN;
use super::property::{Column, Edge, PropertyGraph, Value};
use super::xml::Escaped;
use crate::dataset::{Dataset, EntityRow, Terms};
use std::io::{self, Write};

/// Writes `graph.gexf`.
pub(super) fn write(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    let graph = PropertyGraph::of(dataset);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" version=\"1.3\">"
    )?;
    writeln!(out, "  <meta>\n    <creator>relata</creator>\n  </meta>")?;
    writeln!(
        out,
        "  <graph mode=\"dynamic\" defaultedgetype=\"directed\" idtype=\"string\" timeformat=\"date\" \
         timerepresentation=\"interval\">"
    )?;
    attributes("node", &graph.entities.columns, out)?;
    attributes("edge", &graph.relations.columns, out)?;
    writeln!(out, "    <nodes>")?;
    for (node, entity) in graph.entities.rows.iter().zip(&dataset.entities) {
        let label = node.values.first().map(|name| name.cell(BETWEEN)).unwrap_or_default();
        writeln!(out, "      <node id=\"{}\" label=\"{}\">", Escaped(&node.id), Escaped(&label))?;
        values(&node.values, out)?;
        node_look(entity, &dataset.terms, out)?;
        writeln!(out, "      </node>")?;
    }
    writeln!(out, "    </nodes>\n    <edges>")?;
    for (edge, triple) in graph.relations.rows.iter().zip(&dataset.triples) {
        let fact = triple.fact.name();
        let family = dataset.terms.relation(&triple.relation).map_or("", |relation| &relation.family);
        edge_start(edge, fact, triple.sources, graph.relations.columns.as_slice(), out)?;
        values(&edge.values, out)?;
        edge_look(fact, dataset.terms.family_colour(family), triple.sources, out)?;
        writeln!(out, "      </edge>")?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")
}

fn attributes(class: &str, columns: &[Column], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "    <attributes class=\"{class}\" mode=\"static\">")?;
    for (at, column) in columns.iter().enumerate() {
        let kind = column.kind.xml_type();
        writeln!(out, "      <attribute id=\"{at}\" title=\"{}\" type=\"{kind}\"/>", Escaped(&column.name))?;
    }
    writeln!(out, "    </attributes>")
}

fn values(values: &[Value], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "        <attvalues>")?;
    for (at, value) in values.iter().enumerate() {
        let cell = value.cell(BETWEEN);
        if !cell.is_empty() {
            writeln!(out, "          <attvalue for=\"{at}\" value=\"{}\"/>", Escaped(&cell))?;
        }
    }
    writeln!(out, "        </attvalues>")
}

fn edge_start(
    edge: &Edge,
    fact: &str,
    sources: usize,
    columns: &[Column],
    out: &mut dyn Write,
) -> io::Result<()> {
    let kind = if fact == "actual" { String::new() } else { format!(", {fact}") };
    let relation = Escaped(&edge.relation);
    write!(
        out,
        "      <edge id=\"{}\" source=\"{}\" target=\"{}\" label=\"{relation}\" kind=\"{relation}{kind}\" \
         weight=\"{}\"",
        Escaped(edge.id.as_deref().unwrap_or_default()),
        Escaped(&edge.source.0),
        Escaped(&edge.target.0),
        sources.max(1),
    )?;
    for (attribute, column) in [("start", "firstDay"), ("end", "lastDay")] {
        let at = columns.iter().position(|known| known.name == column);
        if let Some(Value::Text(day)) = at.and_then(|at| edge.values.get(at)) {
            write!(out, " {attribute}=\"{}\"", Escaped(day))?;
        }
    }
    writeln!(out, ">")
}

/// GEXF knows four shapes: the base type decides among them, so that a party is still an organisation's square.
fn node_look(entity: &EntityRow, terms: &Terms, out: &mut dyn Write) -> io::Result<()> {
    let shape = match terms.kind(&entity.kind).map(|kind| kind.shape.as_str()) {
        Some("ellipse" | "oval" | "circle") => "disc",
        Some("box" | "rect" | "rectangle" | "square") => "square",
        Some("hexagon" | "diamond" | "octagon" | "polygon") => "diamond",
        Some(_) => "triangle",
        None => "disc",
    };
    if let Some(kind) = terms.kind(entity.own_type()) {
        colour(&kind.colour, out)?;
    }
    writeln!(out, "        <viz:shape value=\"{shape}\"/>")
}

fn edge_look(fact: &str, family: &str, sources: usize, out: &mut dyn Write) -> io::Result<()> {
    let (shape, line) = match fact {
        "possible" => ("dashed", family),
        "negated" => ("dotted", NEGATED),
        _ => ("solid", family),
    };
    colour(line, out)?;
    writeln!(out, "        <viz:thickness value=\"{}\"/>", sources.clamp(1, 10))?;
    writeln!(out, "        <viz:shape value=\"{shape}\"/>")
}

/// `#rrggbb`; what a person wrote otherwise is left to Gephi's own colour.
fn colour(written: &str, out: &mut dyn Write) -> io::Result<()> {
    let digits = written.strip_prefix('#').filter(|digits| digits.len() == 6);
    let Some(number) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else { return Ok(()) };
    let [_, red, green, blue] = number.to_be_bytes();
    writeln!(out, "        <viz:color r=\"{red}\" g=\"{green}\" b=\"{blue}\"/>")
}
