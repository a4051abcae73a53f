//! [`Dataset`] → `nodes.csv` and `edges.csv`: for spreadsheets, R, pandas, and Gephi's import.
//!
//! RFC 4180 in UTF-8 without a byte order mark, which R and pandas would take for a part of the first column's
//! name. The columns that Gephi asks for are called as it calls them; R's igraph takes the first two of the edges.

use super::graphml::BETWEEN;
use super::property::{Edge, Node, PropertyGraph, Value};
use crate::dataset::Dataset;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes `nodes.csv`: one line an entity.
pub(super) fn nodes(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    let entities = PropertyGraph::of(dataset).entities;
    // Beside the name `label`, which Gephi shows, a column `name` would be the third of the same text, and igraph's
    // own word for the id.
    let columns = entities.columns.iter().map(|column| match column.name.as_str() {
        "name" => "label",
        other => other,
    });
    record(["id"].into_iter().chain(columns), out)?;
    for Node { id, values, .. } in &entities.rows {
        record([id.clone()].into_iter().chain(values.iter().map(shown)), out)?;
    }
    Ok(())
}

/// Writes `edges.csv`: one line a triple.
pub(super) fn edges(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    let graph = PropertyGraph::of(dataset);
    let first = ["source", "target", "type", "id", "label", "weight", "sourceName", "targetName"];
    let columns = graph.relations.columns.iter().map(|column| column.name.as_str());
    record(first.into_iter().chain(columns), out)?;
    let names: BTreeMap<&str, String> = graph
        .entities
        .rows
        .iter()
        .filter_map(|node| Some((node.id.as_str(), shown(node.values.first()?))))
        .collect();
    for (Edge { id, relation, source, target, values }, triple) in
        graph.relations.rows.iter().zip(&dataset.triples)
    {
        let name = |id: &str| names.get(id).cloned().unwrap_or_default();
        let both_ways = values.contains(&Value::Flag(true));
        let first = [
            source.0.clone(),
            target.0.clone(),
            if both_ways { "Undirected" } else { "Directed" }.to_owned(),
            id.clone().unwrap_or_default(),
            relation.clone(),
            triple.sources.to_string(),
            name(&source.0),
            name(&target.0),
        ];
        record(first.into_iter().chain(values.iter().map(shown)), out)?;
    }
    Ok(())
}

/// A value as a spreadsheet may open it. Text that begins like a formula gets an apostrophe before it: the names and
/// sentences are strangers', and `=HYPERLINK(…)` must stay a text. The files for databases are not changed so.
fn shown(value: &Value) -> String {
    let cell = value.cell(BETWEEN);
    let text = matches!(value, Value::Text(_) | Value::List(_));
    if text && cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        return format!("'{cell}");
    }
    cell
}

/// One record of RFC 4180. Fields are quoted where they have to be, and where white space at an end would be lost.
pub(super) fn record<T: AsRef<str>>(
    fields: impl IntoIterator<Item = T>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (at, field) in fields.into_iter().enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        let field = field.as_ref();
        let plain = !field.contains(['"', ',', '\r', '\n', '\t', '\'']) && field.trim() == field;
        if plain {
            out.write_all(field.as_bytes())?;
        } else {
            write!(out, "\"{}\"", field.replace('"', "\"\""))?;
        }
    }
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let mut out = Vec::new();
        record(["a", "b, c", "say \"d\"", "", " e", "back\\slash", "it's"], &mut out).unwrap();
        let line = String::from_utf8(out).unwrap();
        assert_eq!(line, "a,\"b, c\",\"say \"\"d\"\"\",,\" e\",back\\slash,\"it's\"\r\n");
    }

    #[test]
    fn no_text_is_a_formula() {
        for (value, cell) in [
            (Value::Text("=1+1".to_owned()), "'=1+1"),
            (Value::List(vec!["@x".to_owned(), "y".to_owned()]), "'@x | y"),
            (Value::Text("a=b".to_owned()), "a=b"),
            (Value::Real(-1.5), "-1.5"),
        ] {
            assert_eq!(shown(&value), cell);
        }
    }
}
