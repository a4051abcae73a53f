//! Names that are found to be one → disjoint sets of them.
//!
//! Union by smaller index with path halving (Tarjan 1975). A set may carry labels; sets of two labels of one
//! list never become one. That is how a person's `not-same` is obeyed through any chain of reasons.

use std::collections::BTreeMap;

/// Disjoint sets of the numbers below some number.
#[derive(Debug)]
pub(super) struct Clusters {
    parent: Vec<usize>,
    /// Of each set's smallest member: list → entry of the list.
    labels: Vec<BTreeMap<usize, usize>>,
}

impl Clusters {
    /// Every number by itself.
    pub(super) fn new(count: usize) -> Self {
        Self { parent: (0..count).collect(), labels: vec![BTreeMap::new(); count] }
    }

    /// The smallest member of a number's set.
    pub(super) fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Labels a set as entry `entry` of list `list`; false where it is another entry of that list already.
    pub(super) fn label(&mut self, at: usize, list: usize, entry: usize) -> bool {
        let root = self.root(at);
        *self.labels[root].entry(list).or_insert(entry) == entry
    }

    /// Makes the sets of two numbers one, unless their labels forbid it.
    pub(super) fn join(&mut self, left: usize, right: usize) -> bool {
        let (left, right) = (self.root(left), self.root(right));
        let (root, other) = (left.min(right), left.max(right));
        if root == other {
            return true;
        }
        let labels = &self.labels[root];
        if self.labels[other].iter().any(|(list, entry)| labels.get(list).is_some_and(|own| own != entry)) {
            return false;
        }
        let moved = std::mem::take(&mut self.labels[other]);
        self.labels[root].extend(moved);
        self.parent[other] = root;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_of_joins_respects_labels() {
        let mut clusters = Clusters::new(5);
        assert!(clusters.label(0, 7, 0) && clusters.label(3, 7, 1));
        assert!(clusters.join(1, 0) && clusters.join(2, 3));
        assert!(!clusters.join(1, 2));
        assert!(clusters.join(4, 2) && !clusters.join(4, 0));
        assert_eq!([0, 1, 2, 3, 4].map(|at| clusters.root(at)), [0, 0, 2, 2, 2]);
        assert!(!clusters.label(1, 7, 1));
    }
}
