//! Two entities → the shortest chains of triples from one to the other.

use super::Network;
use crate::dataset::{EntityRow, TripleRow};
use petgraph::graph::NodeIndex;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A chain of entities, each linked to the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain<'a> {
    /// The entity that it begins with.
    pub start: &'a EntityRow,
    /// From each entity to the next.
    pub steps: Vec<Step<'a>>,
}

/// From one entity of a chain to the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Step<'a> {
    /// The next entity.
    pub to: &'a EntityRow,
    /// All triples between the two, in whatever direction, those of most sources first, then the surest.
    pub triples: Vec<&'a TripleRow>,
}

/// So many of the shortest chains are weighed against each other: between two hubs there are millions.
const WEIGHED: usize = 1000;

impl<'a> Network<'a> {
    /// At most `most` of the shortest chains between two entities, given by their ids: those whose weakest step has most
    /// sources first, then those through entities with few links, since a chain through a country that has links with
    /// everybody tells little. None where they are the same, one has no triple, or no chain leads from one to the other.
    /// O(entities + pairs), by breadth-first search from the end.
    pub fn chains(&self, from: &str, to: &str, most: usize) -> Vec<Chain<'a>> {
        let (Some(start), Some(end)) = (self.nodes.get(from), self.nodes.get(to)) else { return Vec::new() };
        let distance = self.distances(*end);
        let mut chains = vec![vec![*start]];
        let Some(length) = distance.get(start).copied().filter(|length| *length > 0) else {
            return Vec::new();
        };
        for left in (0..length).rev() {
            let longer = chains.iter().flat_map(|chain| {
                let last = chain.last().copied().unwrap_or(*start);
                let mut next: Vec<NodeIndex> =
                    self.graph.neighbors(last).filter(|next| distance.get(next) == Some(&left)).collect();
                next.sort_by_key(|next| (self.graph.edges(*next).count(), &self.graph[*next].id));
                next.into_iter().map(move |next| [chain.as_slice(), &[next]].concat())
            });
            chains = longer.take(WEIGHED).collect();
        }
        chains.sort_by_key(|chain| {
            let weakest = chain.windows(2).map(|pair| self.sources(pair[0], pair[1])).min();
            let links: usize = chain.iter().map(|node| self.graph.edges(*node).count()).sum();
            (Reverse(weakest), links)
        });
        chains.into_iter().take(most).map(|chain| self.chain(&chain)).collect()
    }

    /// How many steps each node is from `end`, where a chain leads there.
    fn distances(&self, end: NodeIndex) -> BTreeMap<NodeIndex, usize> {
        let mut distance = BTreeMap::from([(end, 0)]);
        let mut edge = vec![end];
        for steps in 1.. {
            let mut next = Vec::new();
            for node in edge.iter().flat_map(|node| self.graph.neighbors(*node)) {
                distance.entry(node).or_insert_with(|| {
                    next.push(node);
                    steps
                });
            }
            if next.is_empty() {
                break;
            }
            edge = next;
        }
        distance
    }

    fn triples(&self, one: NodeIndex, other: NodeIndex) -> &[&'a TripleRow] {
        self.graph.find_edge(one, other).map_or(&[], |edge| &self.graph[edge])
    }

    fn sources(&self, one: NodeIndex, other: NodeIndex) -> usize {
        self.triples(one, other).iter().map(|triple| triple.sources).sum()
    }

    fn chain(&self, nodes: &[NodeIndex]) -> Chain<'a> {
        let steps = nodes.windows(2).map(|pair| {
            let mut triples = self.triples(pair[0], pair[1]).to_vec();
            triples.sort_by(|one, other| {
                (other.sources.cmp(&one.sources)).then(other.confidence.total_cmp(&one.confidence))
            });
            Step { to: self.graph[pair[1]], triples }
        });
        Chain { start: self.graph[nodes[0]], steps: steps.collect() }
    }
}
