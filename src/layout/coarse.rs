//! A graph → ever smaller graphs of the same shape, and back.
//!
//! From a heap of nodes, forces find a tangle. From the layout of a smaller graph of the same shape, they only have
//! to straighten things.

use super::{EDGE, Edge, Point, spiral};
use std::collections::BTreeMap;

/// A graph in which a node may stand for many.
pub(super) struct Level {
    /// How many nodes of the whole graph each node stands for.
    pub(super) mass: Vec<f64>,
    /// Where each node's neighbours begin, and one more for the end of the last.
    pub(super) starts: Vec<u32>,
    /// The neighbours of all nodes, with how strongly each pulls.
    pub(super) neighbours: Vec<(u32, f64)>,
    /// The node of the next, smaller graph that each node is part of.
    pub(super) cluster: Vec<u32>,
}

/// The graph itself and the graphs that stand for it, each at most half as large as the one before, down to a few
/// nodes. The graph must hang together. O((nodes + edges) log nodes).
pub(super) fn levels(nodes: usize, edges: &[Edge]) -> Vec<Level> {
    let mut levels = vec![Level::new(vec![1.0; nodes], edges.iter().copied())];
    while let Some(last) = levels.last_mut() {
        if last.mass.len() < 4 {
            break;
        }
        let clusters = last.gather();
        let mut mass = vec![0.0; clusters];
        for (cluster, own) in last.cluster.iter().zip(&last.mass) {
            mass[*cluster as usize] += own;
        }
        let smaller = Level::new(mass, last.edges_between_clusters());
        levels.push(smaller);
    }
    levels
}

/// Nodes round the places of what stood for them.
pub(super) fn unfold(cluster: &[u32], places: &[Point]) -> Vec<Point> {
    let mut inside = vec![0_usize; places.len()];
    let points = cluster.iter().map(|cluster| {
        let (number, place) = (&mut inside[*cluster as usize], places[*cluster as usize]);
        let [x, y] = spiral(*number, EDGE / 3.0);
        *number += 1;
        [place[0] + x, place[1] + y]
    });
    points.collect()
}

impl Level {
    /// Edges between the same two nodes become one that pulls as strongly as all of them.
    fn new(mass: Vec<f64>, edges: impl Iterator<Item = Edge>) -> Level {
        let mut pulls: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for (a, b, pull) in edges {
            *pulls.entry((a, b)).or_default() += pull;
            *pulls.entry((b, a)).or_default() += pull;
        }
        let mut starts = vec![0; mass.len() + 1];
        for (from, _) in pulls.keys() {
            starts[*from as usize + 1] += 1;
        }
        for node in 0..mass.len() {
            starts[node + 1] += starts[node];
        }
        let neighbours = pulls.into_iter().map(|((_, to), pull)| (to, pull)).collect();
        let cluster = vec![0; mass.len()];
        Level { mass, starts, neighbours, cluster }
    }

    pub(super) fn neighbours(&self, node: usize) -> &[(u32, f64)] {
        &self.neighbours[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// Puts every node together with a neighbour, those with few neighbours first, and returns the number of
    /// clusters. A node whose neighbours are all taken goes to one of them: so a star becomes one node, where pairs
    /// alone would take a level for each leaf.
    fn gather(&mut self) -> usize {
        const NONE: u32 = u32::MAX;
        let mut order: Vec<usize> = (0..self.mass.len()).collect();
        order.sort_by_key(|node| (self.neighbours(*node).len(), *node));
        let mut cluster = vec![NONE; self.mass.len()];
        let mut clusters = 0;
        for node in order {
            if cluster[node] != NONE {
                continue;
            }
            let free = |other: u32| cluster[other as usize] == NONE;
            let strength = |(other, pull): &(u32, f64)| (free(*other), pull / self.mass[*other as usize]);
            let best = self
                .neighbours(node)
                .iter()
                .reduce(|best, other| if strength(other) > strength(best) { other } else { best });
            let other = best.map_or(node, |(other, _)| *other as usize);
            if cluster[other] == NONE {
                cluster[other] = clusters;
                clusters += 1;
            }
            cluster[node] = cluster[other];
        }
        self.cluster = cluster;
        clusters as usize
    }

    fn edges_between_clusters(&self) -> impl Iterator<Item = Edge> {
        let from = (0..self.mass.len()).flat_map(|node| {
            self.neighbours(node).iter().map(move |(other, pull)| (node as u32, *other, *pull))
        });
        from.filter(|(a, b, _)| a < b)
            .map(|(a, b, pull)| (self.cluster[a as usize], self.cluster[b as usize], pull))
            .filter(|(a, b, _)| a != b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_is_at_most_half_of_the_one_before_and_stands_for_all() {
        let path: Vec<Edge> = (1..1000).map(|node| (node - 1, node, 1.0)).collect();
        let star: Vec<Edge> = (1..1000).map(|node| (0, node, 1.0)).collect();
        for (edges, most) in [(path, 11), (star, 2)] {
            let levels = levels(1000, &edges);
            assert!(levels.len() <= most, "{} levels", levels.len());
            for pair in levels.windows(2) {
                assert!(pair[1].mass.len() * 2 <= pair[0].mass.len());
            }
            assert!(levels.iter().all(|level| level.mass.iter().sum::<f64>() == 1000.0));
        }
    }
}
