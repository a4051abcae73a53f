//! Betweenness: through whom do the shortest chains lead? (Brandes, *A faster algorithm for betweenness
//! centrality*, 2001; estimated from pivots as in Brandes and Pich, *Centrality estimation in large networks*, 2007.)

use super::Network;
use petgraph::graph::NodeIndex;

impl Network<'_> {
    /// Chains are counted from so many entities; where there are more, betweenness is an estimate. From every one of
    /// 100,000 would take hours.
    pub const PIVOTS: usize = 512;

    /// For each node the share of shortest chains between two others that lead through it; several shortest chains
    /// between two share one. O((entities + pairs) × pivots).
    pub(super) fn betweenness(&self) -> Vec<f64> {
        let nodes = self.graph.node_count();
        let neighbours: Vec<Vec<usize>> = self
            .graph
            .node_indices()
            .map(|node| self.graph.neighbors(node).map(NodeIndex::index).collect())
            .collect();
        let pivots = nodes.min(Self::PIVOTS);
        let mut between = vec![0.0; nodes];
        // Evenly spread over the nodes, which stand in the order of the triples: no chance, and no region left out.
        for pivot in (0..pivots).map(|at| at * nodes / pivots) {
            from(pivot, &neighbours, &mut between);
        }
        let others = (nodes.max(3) - 1) as f64 * (nodes.max(3) - 2) as f64;
        let scale = nodes as f64 / pivots.max(1) as f64 / others;
        between.into_iter().map(|share| share * scale).collect()
    }
}

/// Adds to each node the share of the shortest chains from `start` that lead through it.
fn from(start: usize, neighbours: &[Vec<usize>], between: &mut [f64]) {
    let mut distance = vec![usize::MAX; neighbours.len()];
    let mut chains = vec![0.0; neighbours.len()];
    (distance[start], chains[start]) = (0, 1.0);
    let mut order = vec![start];
    let mut at = 0;
    while let Some(node) = order.get(at).copied() {
        at += 1;
        for next in neighbours[node].iter().copied() {
            if distance[next] == usize::MAX {
                distance[next] = distance[node] + 1;
                order.push(next);
            }
            if distance[next] == distance[node] + 1 {
                chains[next] += chains[node];
            }
        }
    }
    let mut share = vec![0.0; neighbours.len()];
    for node in order.into_iter().rev() {
        for before in neighbours[node].iter().copied().filter(|before| distance[*before] < distance[node]) {
            share[before] += chains[before] / chains[node] * (1.0 + share[node]);
        }
        if node != start {
            between[node] += share[node];
        }
    }
}
