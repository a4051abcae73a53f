//! Types, families and facts that a diagram shows → the legend that explains them, as DOT.

use super::dot::NEGATED;
use super::label::shortened;
use crate::dataset::{Terms, TypeRow};
use crate::triple::Fact;
use std::collections::BTreeSet;
use std::io::{self, Write};

const NAME: usize = 30;

/// What occurs in a diagram: a legend of more would make the reader search for what is not there.
#[derive(Default)]
pub(super) struct Seen<'a> {
    /// Types of the nodes.
    pub(super) types: BTreeSet<&'a str>,
    /// Families of the edges' relations.
    pub(super) families: BTreeSet<&'a str>,
    /// Facts of the edges.
    pub(super) facts: BTreeSet<Fact>,
}

impl Seen<'_> {
    /// Entries in a row of the legend.
    const ROW: usize = 4;

    /// Writes the legend as one node that holds a table, which stays together in every layout; a
    /// cluster would be torn apart by `sfdp`. Shapes are named, since a table cannot draw them.
    ///
    /// No node of the graph can be called `legend:`: ids have their colons encoded.
    pub(super) fn write(&self, terms: &Terms, out: &mut dyn Write) -> io::Result<()> {
        if self.types.is_empty() {
            return Ok(());
        }
        let types: Vec<&TypeRow> =
            terms.types.iter().filter(|kind| self.types.contains(kind.name.as_str())).collect();
        let types = types.into_iter().map(|kind| {
            let (name, shape) = (text(&kind.name), text(&kind.shape));
            cell(
                &format!("BGCOLOR=\"{}\"", text(&kind.colour)),
                &format!("{name}<BR/><FONT POINT-SIZE=\"7\">{shape}</FONT>"),
            )
        });
        let line = |sample: &str, name: &str, colour: &str| {
            cell("", &format!("<FONT COLOR=\"{}\">{sample}</FONT> {}", text(colour), text(name)))
        };
        let families = self.families.iter();
        let families = families.map(|family| line("━━", family, terms.family_colour(family)));
        let facts = self.facts.iter().filter_map(|fact| match fact {
            Fact::Actual => None,
            Fact::Possible => Some(line("╍╍", fact.name(), "#111111")),
            Fact::Negated => Some(line("┈┈", fact.name(), NEGATED)),
        });
        let kinds = [types.collect(), families.collect(), facts.collect::<Vec<String>>()];
        let rows = kinds.iter().flat_map(|entries| entries.chunks(Self::ROW));
        write!(out, "  \"legend:\" [shape=plaintext style=\"\" tooltip=\"Legend\" fontsize=9 label=<")?;
        write!(
            out,
            "<TABLE BORDER=\"1\" COLOR=\"#BBBBBB\" CELLBORDER=\"0\" CELLSPACING=\"2\" STYLE=\"ROUNDED\">"
        )?;
        for row in rows {
            write!(out, "<TR>{}</TR>", row.concat())?;
        }
        writeln!(out, "</TABLE>>]")
    }
}

fn cell(attributes: &str, content: &str) -> String {
    format!("<TD ALIGN=\"LEFT\" {attributes}>{content}</TD>")
}

/// A name of the vocabulary as text of an HTML-like label.
fn text(name: &str) -> String {
    let name = shortened(name, NAME);
    name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
