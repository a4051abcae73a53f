//! [`KnowledgeGraph`] → Graphviz DOT: a diagram that goes into a report as it is.
//!
//! Node shape and colour tell the type of an entity, the colour of an edge the family of its
//! relation; dashed is possible, grey and dotted is negated. Only entities with at least one triple
//! are drawn: the others are names without a part in anything, and would crowd out the rest.
//! Triples that differ only in their date are one edge.

use super::label::{clean, quoted, shortened, wrapped};
use super::{iri, legend};
use crate::entity::Entity;
use crate::graph::KnowledgeGraph;
use crate::rule::vocabulary::TypeId;
use crate::rule::{RelationId, RuleSet};
use crate::triple::{EntityId, Fact, Triple};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Above this many nodes, ranks from left to right become too wide to read (and `dot` too slow).
const MANY_NODES: usize = 200;
const LABEL: usize = 60;
const LABEL_LINE: usize = 22;
const QUOTE: usize = 300;
/// Colour of what is not so.
pub(super) const NEGATED: &str = "#767676";

/// Writes `graph.dot`.
pub(super) fn write(graph: &KnowledgeGraph, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    let bundles = bundles(graph, rules);
    let drawn: BTreeSet<EntityId> = bundles.iter().flat_map(|bundle| bundle.ends).collect();
    header(drawn.len(), out)?;
    let mut seen = legend::Seen::default();
    for id in drawn {
        let entity = graph.entity(id);
        seen.types.insert(entity.kind);
        node(entity, rules, out)?;
    }
    for bundle in &bundles {
        seen.families.insert(&rules.relation(bundle.relation).family);
        seen.facts.insert(bundle.fact);
        bundle.write(graph, rules, out)?;
    }
    seen.write(rules, out)?;
    out.write_all(b"}\n")
}

fn header(nodes: usize, out: &mut dyn Write) -> io::Result<()> {
    // Straight lines for many nodes: `splines=true` routes each edge round all nodes, and takes 15 s
    // for 300 nodes and over a minute for 1000, where straight lines take 0.1 s and 1 s.
    let layout = if nodes <= MANY_NODES {
        "rankdir=LR nodesep=0.3 ranksep=0.9"
    } else {
        "layout=sfdp overlap=prism splines=line"
    };
    let font = "fontname=\"Helvetica,Arial,sans-serif\"";
    writeln!(out, "digraph relata {{")?;
    writeln!(out, "  graph [charset=\"UTF-8\" {font} {layout} outputorder=edgesfirst]")?;
    writeln!(
        out,
        "  node [{font} fontsize=11 fontcolor=\"#111111\" style=filled color=\"#555555\" penwidth=0.8 \
         margin=\"0.12,0.06\"]"
    )?;
    writeln!(out, "  edge [{font} fontsize=9 arrowsize=0.7 penwidth=1.3]")
}

/// The name of a node in the file: readable, and different for different ids whatever they hold.
fn node_name(entity: &Entity) -> String {
    quoted(&[iri::part(&entity.id)])
}

fn node(entity: &Entity, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    let named = if clean(&entity.name).is_empty() { &entity.id } else { &entity.name };
    let kind = &rules.vocabulary.entity_type(entity.kind).name;
    let plural = if entity.mentions == 1 { "" } else { "s" };
    let about = format!("{kind}, {} mention{plural}", entity.mentions);
    writeln!(
        out,
        "  {} [label={} {} tooltip={}]",
        node_name(entity),
        quoted(&wrapped(&shortened(named, LABEL), LABEL_LINE)),
        type_style(entity.kind, rules),
        quoted(&[shortened(named, QUOTE), about]),
    )
}

/// Shape and fill of a type. Record shapes are drawn as boxes: they read `{|}` in labels as layout.
fn type_style(kind: TypeId, rules: &RuleSet) -> String {
    let kind = rules.vocabulary.entity_type(kind);
    let shape = if kind.shape.to_lowercase().ends_with("record") { "box" } else { &kind.shape };
    format!("shape={} fillcolor={}", quoted(&[shape]), quoted(&[&kind.colour]))
}

/// Line and colours of an edge.
fn fact_style(fact: Fact, colour: &str) -> String {
    let (style, colour) = match fact {
        Fact::Actual => ("solid", colour),
        Fact::Possible => ("dashed", colour),
        Fact::Negated => ("dotted", NEGATED),
    };
    let colour = quoted(&[colour]);
    format!("style={style} color={colour} fontcolor={colour}")
}

/// Triples of one relation and fact between the same two entities.
struct Bundle<'a> {
    ends: [EntityId; 2],
    relation: RelationId,
    fact: Fact,
    triples: Vec<&'a Triple>,
}

/// Bundles the triples, in the order of each bundle's first triple. A relation that holds both ways
/// is one edge whichever end the text names first. O(triples × log triples).
fn bundles<'a>(graph: &'a KnowledgeGraph, rules: &RuleSet) -> Vec<Bundle<'a>> {
    let mut bundles: Vec<Bundle<'a>> = Vec::new();
    let mut known = BTreeMap::new();
    for triple in graph.triples() {
        let statement = triple.statement();
        let (relation, fact) = (statement.relation, statement.fact);
        let ends = [statement.subject, statement.object];
        let mut pair = ends;
        if rules.relation(relation).symmetric {
            pair.sort();
        }
        let at = *known.entry((pair, relation, fact)).or_insert(bundles.len());
        match bundles.get_mut(at) {
            Some(bundle) => bundle.triples.push(triple),
            None => bundles.push(Bundle { ends, relation, fact, triples: vec![triple] }),
        }
    }
    bundles
}

impl Bundle<'_> {
    fn write(&self, graph: &KnowledgeGraph, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
        let relation = rules.relation(self.relation);
        let [subject, object] = self.ends.map(|end| node_name(graph.entity(end)));
        let negation = if self.fact == Fact::Negated { "not " } else { "" };
        let count = match self.sources() {
            0 | 1 => String::new(),
            several => format!(" ×{several}"),
        };
        let label = format!("{negation}{}{count}", shortened(&relation.name, LABEL));
        let style = fact_style(self.fact, rules.vocabulary.family_colour(&relation.family));
        let arrow = if relation.symmetric { " dir=none" } else { "" };
        let label = quoted(&[label]);
        let tooltip = quoted(&self.tooltip(graph));
        writeln!(
            out,
            "  {subject} -> {object} [label={label} {style}{arrow} tooltip={tooltip} labeltooltip={tooltip}]"
        )
    }

    /// How many articles say so. Each triple counts its own; over several triples an article counts
    /// once, so the sum is an upper bound and so is the number of different articles.
    fn sources(&self) -> usize {
        let sum = self.triples.iter().map(|triple| triple.sources()).sum();
        let evidence = self.triples.iter().flat_map(|triple| triple.evidence());
        evidence.map(|evidence| evidence.article).collect::<BTreeSet<_>>().len().min(sum)
    }

    /// The surest sentence (the first of several) with its date and article, and how many more there are.
    fn tooltip(&self, graph: &KnowledgeGraph) -> Vec<String> {
        let all = || self.triples.iter().flat_map(|t| t.evidence().iter().map(move |e| (t, e)));
        // `max_by_key` takes the last of equals: reversed, that is the first.
        let Some((triple, best)) =
            all().collect::<Vec<_>>().into_iter().rev().max_by_key(|(_, e)| e.confidence)
        else {
            return Vec::new();
        };
        let article = &graph.articles()[best.article as usize];
        let mut from = shortened(&article.id, LABEL);
        if let Some(when) = &triple.statement().when {
            from = format!("{} · {from}", shortened(when, LABEL));
        }
        match all().count() - 1 {
            0 => {}
            1 => from.push_str(" and 1 more sentence"),
            more => from.push_str(&format!(" and {more} more sentences")),
        }
        vec![shortened(best.span.of(&article.text), QUOTE), from]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_suits_the_number_of_nodes() {
        for (nodes, layout) in [(200, "rankdir=LR"), (201, "layout=sfdp overlap=prism")] {
            let mut out = Vec::new();
            header(nodes, &mut out).unwrap();
            assert!(String::from_utf8(out).unwrap().contains(layout), "{nodes}");
        }
    }
}
