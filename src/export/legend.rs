//! Types, families and facts that a diagram shows → the legend that explains them, as DOT.

use super::dot::{NEGATED, type_style};
use super::label::{quoted, shortened};
use crate::rule::RuleSet;
use crate::rule::vocabulary::TypeId;
use crate::triple::Fact;
use std::collections::BTreeSet;
use std::io::{self, Write};

const NAME: usize = 30;

/// What occurs in a diagram: a legend of more would make the reader search for what is not there.
#[derive(Default)]
pub(super) struct Seen<'a> {
    /// Types of the nodes.
    pub(super) types: BTreeSet<TypeId>,
    /// Families of the edges' relations.
    pub(super) families: BTreeSet<&'a str>,
    /// Facts of the edges.
    pub(super) facts: BTreeSet<Fact>,
}

impl Seen<'_> {
    /// Entries in a row: `dot` gives a legend of one column more room than the graph.
    const ROW: usize = 4;

    /// Writes the legend as rows that begin at its title. Invisible edges hold it together where
    /// there are no clusters (`sfdp`). Lines are drawn as text, since a sample edge would need two
    /// nodes and a column of its own.
    ///
    /// No node of the graph can be called `legend:…`: ids have their colons encoded.
    pub(super) fn write(&self, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
        if self.types.is_empty() {
            return Ok(());
        }
        let types = self.types.iter().map(|kind| {
            let name = quoted(&[shortened(&rules.vocabulary.entity_type(*kind).name, NAME)]);
            format!("label={name} tooltip={name} {}", type_style(*kind, rules))
        });
        let line = |sample: &str, name: &str, style: String| {
            let label = quoted(&[format!("{sample} {}", shortened(name, NAME))]);
            format!("label={label} tooltip={label} shape=plaintext {style}")
        };
        let families = self.families.iter().map(|family| {
            let colour = quoted(&[rules.vocabulary.family_colour(family)]);
            line("━━", family, format!("style=\"\" fontcolor={colour}"))
        });
        let facts = self.facts.iter().filter_map(|fact| match fact {
            Fact::Actual => None,
            Fact::Possible => Some(line("╍╍", fact.name(), "style=\"\"".to_owned())),
            Fact::Negated => Some(line("┈┈", fact.name(), format!("style=\"\" fontcolor=\"{NEGATED}\""))),
        });
        // Each kind of entry begins a row of its own; `dot` puts the row that is written last on top.
        let kinds = [types.collect(), families.collect(), facts.collect::<Vec<String>>()];
        let rows: Vec<&[String]> = kinds.iter().flat_map(|entries| entries.chunks(Self::ROW)).collect();

        writeln!(out, "  subgraph cluster_legend {{")?;
        writeln!(out, "    graph [style=rounded color=\"#BBBBBB\" tooltip=\"Legend\"]")?;
        writeln!(out, "    node [fontsize=9 height=0.25 margin=\"0.08,0.03\"]")?;
        writeln!(out, "    edge [style=invis]")?;
        writeln!(out, "    \"legend:\" [label=\"Legend\" shape=plaintext style=\"\" tooltip=\"Legend\"]")?;
        for (number, row) in rows.iter().enumerate().rev() {
            let mut before = "legend:".to_owned();
            for (at, entry) in row.iter().enumerate() {
                let name = format!("legend:{number}:{at}");
                writeln!(out, "    \"{name}\" [{entry}]")?;
                writeln!(out, "    \"{before}\" -> \"{name}\"")?;
                before = name;
            }
        }
        writeln!(out, "  }}")
    }
}
