//! Communities: who belongs together? (Blondel, Guillaume, Lambiotte and Lefebvre, *Fast unfolding of communities
//! in large networks*, 2008: the Louvain method.)

use super::Network;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Rounds over all nodes, and levels: a bound for networks that would go on moving single nodes to and fro.
const ROUNDS: usize = 50;

impl Network<'_> {
    /// For each node the number of its community, counted from 1, the largest first; of equally large ones the one of
    /// the first node. Modularity is raised node by node in the order of the nodes, so that the same network has the
    /// same communities. O(pairs × rounds × log pairs).
    pub(super) fn communities(&self) -> Vec<usize> {
        let mut links = self.weighted();
        let mut community: Vec<usize> = (0..links.len()).collect();
        for _ in 0..ROUNDS {
            let (moved, level) = level(&links);
            community.iter_mut().for_each(|of| *of = level[*of]);
            if !moved {
                break;
            }
            links = joined(&links, &level);
        }
        by_size(&community)
    }
}

/// Moves each node to the neighbouring community that raises modularity most, until none does. Says whether any
/// moved, and numbers the communities from 0 without gaps.
fn level(links: &[Vec<(usize, f64)>]) -> (bool, Vec<usize>) {
    let strength: Vec<f64> = links.iter().map(|links| links.iter().map(|(_, weight)| weight).sum()).collect();
    let total: f64 = strength.iter().sum();
    let mut community: Vec<usize> = (0..links.len()).collect();
    let mut weight_of = strength.clone();
    let mut moved = false;
    for _ in 0..ROUNDS {
        let mut settled = true;
        for node in 0..links.len() {
            let own = community[node];
            let mut towards: BTreeMap<usize, f64> = BTreeMap::from([(own, 0.0)]);
            for (other, weight) in links[node].iter().filter(|(other, _)| *other != node) {
                *towards.entry(community[*other]).or_default() += weight;
            }
            weight_of[own] -= strength[node];
            let gain = |to: usize, weight: f64| weight - weight_of[to] * strength[node] / total;
            let mut best = (own, gain(own, towards[&own]));
            for (to, weight) in towards {
                // A gain that only rounding makes would move nodes for ever.
                if gain(to, weight) > best.1 + 1e-9 {
                    best = (to, gain(to, weight));
                }
            }
            weight_of[best.0] += strength[node];
            settled &= best.0 == own;
            community[node] = best.0;
        }
        moved |= !settled;
        if settled {
            break;
        }
    }
    let mut number = BTreeMap::new();
    let numbered = community.iter().map(|of| {
        let next = number.len();
        *number.entry(*of).or_insert(next)
    });
    (moved, numbered.collect())
}

/// The network of communities: a community's inner links are links with itself.
fn joined(links: &[Vec<(usize, f64)>], community: &[usize]) -> Vec<Vec<(usize, f64)>> {
    let number = community.iter().max().map_or(0, |last| last + 1);
    let mut joined: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); number];
    for (node, links) in links.iter().enumerate() {
        for (other, weight) in links {
            *joined[community[node]].entry(community[*other]).or_default() += weight;
        }
    }
    joined.into_iter().map(|links| links.into_iter().collect()).collect()
}

fn by_size(community: &[usize]) -> Vec<usize> {
    let mut sizes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (node, of) in community.iter().enumerate() {
        sizes.entry(*of).or_insert((0, node)).0 += 1;
    }
    let mut order: Vec<(usize, (usize, usize))> = sizes.into_iter().collect();
    order.sort_by_key(|(_, (size, first))| (Reverse(*size), *first));
    let number: BTreeMap<usize, usize> =
        order.iter().zip(1..).map(|((of, _), number)| (*of, number)).collect();
    community.iter().map(|of| number[of]).collect()
}
