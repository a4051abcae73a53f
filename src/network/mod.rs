//! [`Dataset`] → [`Network`]: who is linked to whom, how closely, and through whom?
//!
//! A network has a node for each entity with a triple and one edge for each two entities, whatever the number and
//! direction of the triples between them: that is what centrality and paths are about.

mod betweenness;
mod community;
mod pagerank;
mod path;

pub use path::{Chain, Step};

use crate::dataset::{Dataset, EntityRow, TripleRow};
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Entities that have a triple, with one edge for all triples between two of them.
#[derive(Debug, Clone)]
pub struct Network<'a> {
    graph: UnGraph<&'a EntityRow, Vec<&'a TripleRow>>,
    nodes: BTreeMap<&'a str, NodeIndex>,
}

/// How an entity stands in the network.
#[derive(Debug, Clone, PartialEq)]
pub struct Rank<'a> {
    /// The entity.
    pub entity: &'a EntityRow,
    /// Number of entities that it has a triple with.
    pub degree: usize,
    /// Number of its triples.
    pub triples: usize,
    /// Where a reader would be who follows links at random, each by the number of its sources, and begins anew in
    /// 15 of 100 steps: shares of one, over all entities (Brin and Page 1998).
    pub pagerank: f64,
    /// The share of shortest chains between two others that lead through it, 0 to 1 (Freeman 1977; Brandes 2001).
    pub betweenness: f64,
    /// The community that it belongs to, counted from 1, the largest first.
    pub community: usize,
}

/// What entities can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// [`Rank::degree`].
    Degree,
    /// [`Rank::triples`].
    Triples,
    /// [`Rank::pagerank`].
    PageRank,
    /// [`Rank::betweenness`].
    Betweenness,
}

impl<'a> Network<'a> {
    /// The network of a dataset's triples. O(triples × log entities).
    pub fn new(dataset: &'a Dataset) -> Self {
        let mut graph = UnGraph::new_undirected();
        let mut nodes = BTreeMap::new();
        let mut between: BTreeMap<[NodeIndex; 2], Vec<&TripleRow>> = BTreeMap::new();
        for triple in &dataset.triples {
            let mut ends = [&triple.subject.id, &triple.object.id].map(|id| {
                let entity = dataset.entity(id)?;
                Some(*nodes.entry(entity.id.as_str()).or_insert_with(|| graph.add_node(entity)))
            });
            ends.sort();
            if let [Some(one), Some(other)] = ends {
                between.entry([one, other]).or_default().push(triple);
            }
        }
        for ([one, other], triples) in between {
            graph.add_edge(one, other, triples);
        }
        Self { graph, nodes }
    }

    /// Number of entities.
    pub fn entities(&self) -> usize {
        self.graph.node_count()
    }

    /// Number of pairs of entities with a triple.
    pub fn pairs(&self) -> usize {
        self.graph.edge_count()
    }

    /// Every entity with its place in the network, the first of `measure` first; of equals, the one whose id comes
    /// first. O((entities + pairs) × [`Network::PIVOTS`]).
    pub fn ranks(&self, measure: Measure) -> Vec<Rank<'a>> {
        let (pagerank, betweenness, community) = (self.pageranks(), self.betweenness(), self.communities());
        let mut ranks: Vec<Rank> = self
            .graph
            .node_indices()
            .map(|node| Rank {
                entity: self.graph[node],
                degree: self.graph.edges(node).count(),
                triples: self.graph.edges(node).map(|edge| edge.weight().len()).sum(),
                pagerank: pagerank[node.index()],
                betweenness: betweenness[node.index()],
                community: community[node.index()],
            })
            .collect();
        ranks.sort_by(|one, other| one.entity.id.cmp(&other.entity.id));
        match measure {
            Measure::Degree => ranks.sort_by_key(|rank| Reverse(rank.degree)),
            Measure::Triples => ranks.sort_by_key(|rank| Reverse(rank.triples)),
            Measure::PageRank => ranks.sort_by(|one, other| other.pagerank.total_cmp(&one.pagerank)),
            Measure::Betweenness => ranks.sort_by(|one, other| other.betweenness.total_cmp(&one.betweenness)),
        }
        ranks
    }

    /// The neighbours of a node, each with how many sources link them, in the order of the nodes.
    fn weighted(&self) -> Vec<Vec<(usize, f64)>> {
        let neighbours = |node: NodeIndex| {
            let mut neighbours: Vec<(usize, f64)> = self
                .graph
                .edges(node)
                .map(|edge| {
                    let other = if edge.source() == node { edge.target() } else { edge.source() };
                    let sources: usize = edge.weight().iter().map(|triple| triple.sources.max(1)).sum();
                    (other.index(), sources as f64)
                })
                .collect();
            // Sums of fractions depend on their order.
            neighbours.sort_by_key(|(other, _)| *other);
            neighbours
        };
        self.graph.node_indices().map(neighbours).collect()
    }
}
