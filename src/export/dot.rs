//! [`Dataset`] → Graphviz DOT: a diagram that goes into a report as it is.
//!
//! Node shape and colour tell the type of an entity, the colour of an edge the family of its
//! relation, its width the number of sources; dashed is possible, grey and dotted is negated. Only entities with
//! at least one triple are drawn: the others are names without a part in anything, and would crowd out the rest.
//! Triples of one family and fact between the same two entities are one edge, with a line of its label for each
//! relation.

use super::label::{clean, quoted, shortened, wrapped};
use super::{iri, legend};
use crate::dataset::{Dataset, EndRow, EntityRow, EvidenceRow, Terms, TripleRow};
use crate::triple::Fact;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Above this many nodes, ranks from left to right become too wide to read (and `dot` too slow).
const MANY_NODES: usize = 200;
const LABEL: usize = 60;
const LABEL_LINE: usize = 22;
/// Lines of an edge's label; more relations are counted.
const LABEL_LINES: usize = 5;
const QUOTE: usize = 300;
/// Colour of what is not so.
pub(super) const NEGATED: &str = "#767676";

/// Writes `graph.dot`.
pub(super) fn write(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    let view = View {
        terms: &dataset.terms,
        urls: dataset
            .articles
            .iter()
            .filter_map(|article| Some((article.id.as_str(), article.url.as_deref()?)))
            .collect(),
    };
    let edges = view.edges(dataset);
    let drawn: BTreeSet<&str> = edges.iter().flat_map(|edge| edge.ends).map(|end| end.id.as_str()).collect();
    header(drawn.len(), out)?;
    let mut seen = legend::Seen::default();
    for entity in dataset.entities.iter().filter(|entity| drawn.contains(entity.id.as_str())) {
        seen.types.insert(entity.own_type());
        view.node(entity, out)?;
    }
    for edge in &edges {
        seen.families.insert(edge.family);
        seen.facts.insert(edge.fact);
        view.edge(edge, out)?;
    }
    seen.write(&dataset.terms, out)?;
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
fn node_name(id: &str) -> String {
    quoted(&[iri::part(id)])
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

/// Width of an edge in points: a step for each doubling of its sources, up to six.
fn width(sources: usize) -> &'static str {
    let doublings = sources.max(1).ilog2() as usize;
    ["1.3", "2", "2.7", "3.4", "4.1", "4.8", "5.5"][doublings.min(6)]
}

/// Triples of one family and fact between the same two entities.
struct Edge<'a> {
    ends: [&'a EndRow; 2],
    family: &'a str,
    symmetric: bool,
    fact: Fact,
    triples: Vec<&'a TripleRow>,
}

/// Everything that an edge is looked up in.
struct View<'a> {
    terms: &'a Terms,
    /// Addresses of articles, by id.
    urls: BTreeMap<&'a str, &'a str>,
}

impl<'a> View<'a> {
    fn node(&self, entity: &EntityRow, out: &mut dyn Write) -> io::Result<()> {
        let named = if clean(&entity.name).is_empty() { &entity.id } else { &entity.name };
        let plural = if entity.mentions == 1 { "" } else { "s" };
        let about = format!("{}, {} mention{plural}", entity.own_type(), entity.mentions);
        writeln!(
            out,
            "  {} [label={} {} tooltip={}]",
            node_name(&entity.id),
            quoted(&wrapped(&shortened(named, LABEL), LABEL_LINE)),
            self.type_style(entity.own_type()),
            quoted(&[shortened(named, QUOTE), about]),
        )
    }

    /// Shape and fill of a type. Record shapes are drawn as boxes: they read `{|}` in labels as layout.
    fn type_style(&self, kind: &str) -> String {
        let (shape, colour) =
            self.terms.kind(kind).map_or(("ellipse", "#FFFFFF"), |kind| (&kind.shape, &kind.colour));
        let shape = if shape.to_lowercase().ends_with("record") { "box" } else { shape };
        format!("shape={} fillcolor={}", quoted(&[shape]), quoted(&[colour]))
    }

    /// Bundles the triples, in the order of each bundle's first triple. A relation that holds both ways
    /// is one edge whichever end the text names first. O(triples × log triples).
    fn edges(&self, dataset: &'a Dataset) -> Vec<Edge<'a>> {
        let mut edges: Vec<Edge<'a>> = Vec::new();
        let mut known = BTreeMap::new();
        for triple in &dataset.triples {
            let relation = self.terms.relation(&triple.relation);
            let family = relation.map_or("", |relation| relation.family.as_str());
            let symmetric = relation.is_some_and(|relation| relation.symmetric);
            let ends = [&triple.subject, &triple.object];
            let mut pair = ends.map(|end| end.id.as_str());
            if symmetric {
                pair.sort_unstable();
            }
            let at = *known.entry((pair, family, symmetric, triple.fact)).or_insert(edges.len());
            match edges.get_mut(at) {
                Some(edge) => edge.triples.push(triple),
                None => {
                    edges.push(Edge { ends, family, symmetric, fact: triple.fact, triples: vec![triple] })
                }
            }
        }
        edges
    }

    fn edge(&self, edge: &Edge<'a>, out: &mut dyn Write) -> io::Result<()> {
        let [subject, object] = edge.ends.map(|end| node_name(&end.id));
        let style = fact_style(edge.fact, self.terms.family_colour(edge.family));
        let width = width(sources(&edge.triples));
        let arrow = if edge.symmetric { " dir=none" } else { "" };
        let label = quoted(&edge.label());
        let (tooltip, url) = match edge.best() {
            Some((triple, evidence)) => (edge.tooltip(triple, evidence), self.url(evidence)),
            None => (Vec::new(), None),
        };
        let tooltip = quoted(&tooltip);
        let url = url.map(|url| format!(" URL={} target=\"_blank\"", quoted(&[url]))).unwrap_or_default();
        writeln!(
            out,
            "  {subject} -> {object} [label={label} {style} penwidth={width}{arrow} tooltip={tooltip} \
             labeltooltip={tooltip}{url}]"
        )
    }

    /// The article's address with the sentence as its text fragment, so that a browser shows it (WICG, *URL Fragment
    /// Text Directives*). Only web addresses: a diagram must not run what an article calls its address.
    fn url(&self, evidence: &EvidenceRow) -> Option<String> {
        let url = self.urls.get(evidence.article.as_str()).and_then(|url| iri::cleaned(url))?;
        let web = ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme));
        let quote = shortened(&evidence.quote, QUOTE);
        let quote = iri::query(quote.trim_end_matches('…'));
        web.then(|| if url.contains('#') { url } else { format!("{url}#:~:text={quote}") })
    }
}

/// How many articles say so. Each triple counts its own; over several triples an article counts
/// once, so the sum is an upper bound and so is the number of different articles.
fn sources(triples: &[&TripleRow]) -> usize {
    let sum = triples.iter().map(|triple| triple.sources).sum();
    let evidence = triples.iter().flat_map(|triple| &triple.evidence);
    evidence.map(|evidence| evidence.article.as_str()).collect::<BTreeSet<_>>().len().min(sum)
}

impl<'a> Edge<'a> {
    /// A line for each relation, those of most sources first.
    fn label(&self) -> Vec<String> {
        let mut relations: BTreeMap<&str, Vec<&TripleRow>> = BTreeMap::new();
        for triple in &self.triples {
            relations.entry(&triple.relation).or_default().push(triple);
        }
        let mut relations: Vec<(&str, usize)> =
            relations.into_iter().map(|(name, triples)| (name, sources(&triples))).collect();
        relations.sort_by_key(|(_, sources)| std::cmp::Reverse(*sources));
        let negation = if self.fact == Fact::Negated { "not " } else { "" };
        let line = |(name, sources): &(&str, usize)| {
            let count = if *sources > 1 { format!(" ×{sources}") } else { String::new() };
            format!("{negation}{}{count}", shortened(name, LABEL))
        };
        let mut lines: Vec<String> = relations.iter().take(LABEL_LINES).map(line).collect();
        if relations.len() > LABEL_LINES {
            lines.push(format!("+{} more", relations.len() - LABEL_LINES));
        }
        lines
    }

    /// The surest sentence; of equally sure ones the first.
    fn best(&self) -> Option<(&'a TripleRow, &'a EvidenceRow)> {
        let surest = self.triples.iter().rev().filter_map(|triple| Some((*triple, triple.surest()?)));
        surest.max_by(|(_, one), (_, other)| one.confidence.total_cmp(&other.confidence))
    }

    /// A sentence with its date and article, and how many more there are.
    fn tooltip(&self, triple: &TripleRow, best: &EvidenceRow) -> Vec<String> {
        let mut from = shortened(&best.article, LABEL);
        if let Some(when) = &triple.when {
            from = format!("{} · {from}", shortened(when, LABEL));
        }
        match self.triples.iter().map(|triple| triple.evidence.len()).sum::<usize>() {
            0 | 1 => {}
            2 => from.push_str(" and 1 more sentence"),
            all => from.push_str(&format!(" and {} more sentences", all - 1)),
        }
        vec![shortened(&best.quote, QUOTE), from]
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
