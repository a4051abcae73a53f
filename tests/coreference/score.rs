//! Key and response chains → MUC, B³ and CEAF-e.
//!
//! As the reference scorer counts (Pradhan et al. 2014, <https://aclanthology.org/P14-2006>): mentions that
//! only one side has are kept as they are, and count against it.

use std::collections::{BTreeMap, BTreeSet};

/// Mentions of one entity, by numbers that both sides share.
pub(crate) type Chain = BTreeSet<usize>;

/// Numerators and denominators, so that documents can be added up.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Score {
    pub(crate) recall: (f64, f64),
    pub(crate) precision: (f64, f64),
}

impl Score {
    pub(crate) fn add(&mut self, other: Score) {
        let sum = |one: (f64, f64), two: (f64, f64)| (one.0 + two.0, one.1 + two.1);
        *self =
            Self { recall: sum(self.recall, other.recall), precision: sum(self.precision, other.precision) };
    }

    /// Precision, recall and their harmonic mean, in hundredths.
    pub(crate) fn prf(&self) -> [f64; 3] {
        let part = |(right, all): (f64, f64)| if all > 0.0 { 100.0 * right / all } else { 0.0 };
        let (p, r) = (part(self.precision), part(self.recall));
        [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
    }
}

/// Vilain et al. 1995: links that are missing to join the parts into which the other side cuts a chain.
pub(crate) fn muc(key: &[Chain], response: &[Chain]) -> Score {
    Score { recall: links_kept(key, response), precision: links_kept(response, key) }
}

fn links_kept(chains: &[Chain], others: &[Chain]) -> (f64, f64) {
    let of = chain_of(others);
    let (mut kept, mut all) = (0, 0);
    for chain in chains {
        let joined: BTreeSet<usize> = chain.iter().filter_map(|mention| of.get(mention)).copied().collect();
        let alone = chain.iter().filter(|mention| !of.contains_key(mention)).count();
        kept += chain.len() - joined.len() - alone;
        all += chain.len() - 1;
    }
    (kept as f64, all as f64)
}

/// Bagga & Baldwin 1998: how much of each mention's chain the other side has in its chain.
pub(crate) fn b_cubed(key: &[Chain], response: &[Chain]) -> Score {
    Score { recall: shares(key, response), precision: shares(response, key) }
}

fn shares(chains: &[Chain], others: &[Chain]) -> (f64, f64) {
    let of = chain_of(others);
    let share = |chain: &Chain, mention: &usize| {
        let other = of.get(mention).map(|at| &others[*at]);
        other.map_or(0.0, |other| chain.intersection(other).count() as f64 / chain.len() as f64)
    };
    let sum = chains.iter().flat_map(|chain| chain.iter().map(move |mention| share(chain, mention))).sum();
    (sum, chains.iter().map(Chain::len).sum::<usize>() as f64)
}

/// Luo 2005, entity-based: the best one-to-one alignment of chains by the share that they have in common.
pub(crate) fn ceaf_e(key: &[Chain], response: &[Chain]) -> Score {
    let like = |one: &Chain, two: &Chain| {
        2.0 * one.intersection(two).count() as f64 / (one.len() + two.len()) as f64
    };
    let table: Vec<Vec<f64>> =
        key.iter().map(|one| response.iter().map(|two| like(one, two)).collect()).collect();
    let best = best_alignment(&table);
    Score { recall: (best, key.len() as f64), precision: (best, response.len() as f64) }
}

fn chain_of(chains: &[Chain]) -> BTreeMap<usize, usize> {
    chains
        .iter()
        .enumerate()
        .flat_map(|(at, chain)| chain.iter().map(move |mention| (*mention, at)))
        .collect()
}

/// The greatest sum of one cell a row and column (Kuhn 1955, Munkres 1957, by potentials). O(rows² · columns).
fn best_alignment(table: &[Vec<f64>]) -> f64 {
    let columns = table.first().map_or(0, Vec::len);
    if columns == 0 {
        return 0.0;
    }
    if table.len() > columns {
        let turned: Vec<Vec<f64>> =
            (0..columns).map(|at| table.iter().map(|row| row[at]).collect()).collect();
        return best_alignment(&turned);
    }
    let (mut rows, mut potential) = (vec![0.0; table.len() + 1], vec![0.0; columns + 1]);
    let mut row_of = vec![0; columns + 1];
    for row in 1..=table.len() {
        row_of[0] = row;
        let (mut least, mut way) = (vec![f64::INFINITY; columns + 1], vec![0; columns + 1]);
        let mut used = vec![false; columns + 1];
        let mut at = 0;
        while row_of[at] != 0 {
            used[at] = true;
            let (own, mut step, mut next) = (row_of[at], f64::INFINITY, 0);
            for column in (1..=columns).filter(|column| !used[*column]) {
                let cost = -table[own - 1][column - 1] - rows[own] - potential[column];
                if cost < least[column] {
                    (least[column], way[column]) = (cost, at);
                }
                if least[column] < step {
                    (step, next) = (least[column], column);
                }
            }
            for column in 0..=columns {
                if used[column] {
                    rows[row_of[column]] += step;
                    potential[column] -= step;
                } else {
                    least[column] -= step;
                }
            }
            at = next;
        }
        while at != 0 {
            row_of[at] = row_of[way[at]];
            at = way[at];
        }
    }
    (1..=columns)
        .filter(|column| row_of[*column] > 0)
        .map(|column| table[row_of[column] - 1][column - 1])
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chains(text: &str) -> Vec<Chain> {
        text.split(' ').map(|chain| chain.bytes().map(usize::from).collect()).collect()
    }

    fn close(score: Score, precision: f64, recall: f64) {
        let [p, r, _] = score.prf();
        assert!((p - precision).abs() < 0.01 && (r - recall).abs() < 0.01, "{score:?}");
    }

    /// The worked example of the reference scorer's paper.
    #[test]
    fn scores_are_those_of_the_reference_scorer() {
        let (key, response) = (chains("abc defg"), chains("ab cd fghi"));
        close(muc(&key, &response), 40.0, 40.0);
        close(b_cubed(&key, &response), 50.0, 100.0 * 35.0 / 12.0 / 7.0);
        close(ceaf_e(&key, &response), 130.0 / 3.0, 65.0);
    }

    /// The examples of the paper that introduced B³: joining the small chain to a large one costs less than
    /// joining two large ones, which MUC does not see.
    #[test]
    fn joining_large_chains_costs_more() {
        let key = chains("12345 67 89ABC");
        for (response, precision) in [("12345 6789ABC", 76.19), ("1234589ABC 67", 58.33)] {
            let response = chains(response);
            close(muc(&key, &response), 90.0, 100.0);
            close(b_cubed(&key, &response), precision, 100.0);
        }
    }

    #[test]
    fn the_same_chains_are_perfect_and_none_are_nothing() {
        let key = chains("abc d ef");
        for score in [muc, b_cubed, ceaf_e] {
            close(score(&key, &key), 100.0, 100.0);
            close(score(&key, &[]), 0.0, 0.0);
        }
    }

    /// The greedy choice, 0.9 first, would end with less.
    #[test]
    fn the_alignment_is_the_best_of_all() {
        let table = vec![vec![0.9, 0.8], vec![0.8, 0.1]];
        assert!((best_alignment(&table) - 1.6).abs() < 1e-9);
    }
}
