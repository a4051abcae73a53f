//! Types, families and facts that a diagram shows → the legend that explains them, as DOT.

use super::dot::{fact_style, type_style};
use super::label::{quoted, shortened};
use crate::rule::RuleSet;
use crate::rule::vocabulary::TypeId;
use crate::triple::Fact;
use std::collections::BTreeSet;
use std::io::{self, Write};

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
    /// Writes the legend as a small star with the title in its middle. A star, because `sfdp` draws
    /// no clusters and would scatter entries that nothing holds together.
    ///
    /// No node of the graph can be called `legend:…`: ids have their colons encoded.
    pub(super) fn write(&self, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
        if self.types.is_empty() {
            return Ok(());
        }
        writeln!(out, "  subgraph cluster_legend {{")?;
        writeln!(out, "    graph [style=rounded color=\"#BBBBBB\" tooltip=\"Legend\"]")?;
        writeln!(out, "    node [fontsize=9 height=0.25 margin=\"0.08,0.03\"]")?;
        writeln!(out, "    edge [arrowhead=none]")?;
        writeln!(out, "    \"legend:\" [label=\"Legend\" shape=plaintext style=\"\" tooltip=\"Legend\"]")?;
        for (at, kind) in self.types.iter().enumerate() {
            let name = &rules.vocabulary.entity_type(*kind).name;
            entry(&format!("type:{at}"), name, &type_style(*kind, rules), "style=invis", out)?;
        }
        let plain = "shape=plaintext style=\"\"";
        for (at, family) in self.families.iter().enumerate() {
            let style = fact_style(Fact::Actual, rules.vocabulary.family_colour(family));
            entry(&format!("family:{at}"), family, plain, &style, out)?;
        }
        for fact in self.facts.iter().filter(|fact| **fact != Fact::Actual) {
            entry(&format!("fact:{}", fact.name()), fact.name(), plain, &fact_style(*fact, "#333333"), out)?;
        }
        writeln!(out, "  }}")
    }
}

fn entry(name: &str, label: &str, node: &str, edge: &str, out: &mut dyn Write) -> io::Result<()> {
    let label = quoted(&[shortened(label, 30)]);
    writeln!(out, "    \"legend:{name}\" [label={label} {node} tooltip={label}]")?;
    writeln!(out, "    \"legend:\" -> \"legend:{name}\" [{edge}]")
}
