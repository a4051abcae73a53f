//! Scores of arcs → the best tree with one root (Chu-Liu-Edmonds, in the form that Tarjan gave it).
//!
//! A text of one word a thousand times has no good tree, and nearly every word is drawn into one cycle
//! after another. A cycle is therefore contracted in place, at the cost of its own rows and columns: all
//! contractions together look at each score a few times, however many there are.

/// More than any tree can gain by a second root.
const SECOND_ROOT: i64 = 1 << 44;

/// The head of each of `count` positions, of which 0 is the root, by `scores[dependent * count + head]`.
///
/// Most sentences are done when each word takes the head that it likes best; only where that is no tree
/// with one root, the best tree is looked for.
pub(super) fn best_heads(scores: &[i32], count: usize) -> Vec<usize> {
    let mut heads = vec![0; count];
    for (dependent, row) in scores.chunks_exact(count.max(1)).enumerate().skip(1) {
        let mut best = i64::MIN;
        for (head, score) in row.iter().enumerate() {
            if head != dependent && i64::from(*score) > best {
                (best, heads[dependent]) = (i64::from(*score), head);
            }
        }
    }
    if count < 2 || is_tree(&heads) {
        return heads;
    }
    let mut wide: Vec<i64> = scores.iter().map(|score| i64::from(*score)).collect();
    (0..count).for_each(|at| wide[at * count] -= SECOND_ROOT);
    Contraction::new(wide, count).solve()
}

/// Whether exactly one word hangs on the root, and all hang together. O(words).
fn is_tree(heads: &[usize]) -> bool {
    heads.iter().skip(1).filter(|head| **head == 0).count() == 1 && !has_cycle(heads)
}

fn has_cycle(heads: &[usize]) -> bool {
    // The walk on which each position was met first; the root was met before all.
    let mut walk = vec![usize::MAX; heads.len()];
    walk[0] = 0;
    for start in 1..heads.len() {
        let mut at = start;
        while walk[at] == usize::MAX {
            walk[at] = start;
            at = heads[at];
        }
        if walk[at] == start {
            return true;
        }
    }
    false
}

/// Positions of which some have been drawn together into one, a group, which has the row and the column
/// of one of its members.
struct Contraction {
    count: usize,
    /// `scores[row * count + column]`: what the best arc from the column's group to the row's gains.
    scores: Vec<i64>,
    /// That arc, as dependent and head.
    arcs: Vec<(usize, usize)>,
    /// Rows that still stand for a group, the root's among them.
    open: Vec<usize>,
    /// For each group its row; positions are the first groups.
    rows: Vec<usize>,
    /// For each row the group that it stands for.
    groups: Vec<usize>,
    /// For each group the one that it was drawn into.
    parents: Vec<Option<usize>>,
    /// For each group the arc by which it hangs on another.
    chosen: Vec<(usize, usize)>,
}

/// Where a row stands while heads are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// On the chain of heads in hand.
    InHand,
    /// Its chain of heads reaches the root.
    Done,
}

impl Contraction {
    fn new(scores: Vec<i64>, count: usize) -> Self {
        let all: Vec<usize> = (0..count).collect();
        let arcs = (0..count * count).map(|at| (at / count, at % count)).collect();
        let (parents, chosen) = (vec![None; count], vec![(0, 0); count]);
        Self { count, scores, arcs, open: all.clone(), rows: all.clone(), groups: all, parents, chosen }
    }

    /// The head of each position. O(count²).
    fn solve(mut self) -> Vec<usize> {
        let mut state = vec![State::New; self.count];
        state[0] = State::Done;
        for start in 1..self.count {
            if state[start] != State::New {
                continue;
            }
            // Each row hangs on the next one; its best score stands beside it.
            let mut chain: Vec<(usize, i64)> = Vec::new();
            let mut row = start;
            loop {
                state[row] = State::InHand;
                let (head, score) = self.best_head(row);
                self.chosen[self.groups[row]] = self.arcs[row * self.count + head];
                chain.push((row, score));
                match state[head] {
                    State::New => row = head,
                    State::Done => break,
                    State::InHand => {
                        let from = chain.iter().position(|(row, _)| *row == head).unwrap_or_default();
                        let cycle = chain.split_off(from);
                        // What was drawn into another row is not looked at again.
                        cycle.iter().for_each(|(row, _)| state[*row] = State::Done);
                        row = self.contract(&cycle);
                    }
                }
            }
            chain.into_iter().for_each(|(row, _)| state[row] = State::Done);
        }
        self.heads()
    }

    /// The first of the best heads of a row.
    fn best_head(&self, row: usize) -> (usize, i64) {
        let scores = &self.scores[row * self.count..][..self.count];
        let heads = self.open.iter().filter(|head| **head != row);
        heads.fold(
            (0, i64::MIN),
            |best, head| {
                if scores[*head] > best.1 { (*head, scores[*head]) } else { best }
            },
        )
    }

    /// Draws the rows of a cycle, each with its best score, together into the first. O(count) for each.
    fn contract(&mut self, cycle: &[(usize, i64)]) -> usize {
        let (count, group) = (self.count, self.rows.len());
        let (into, own) = cycle[0];
        let inside = |row: usize| cycle.iter().any(|(member, _)| *member == row);
        let outside: Vec<usize> = self.open.iter().copied().filter(|row| !inside(*row)).collect();
        for other in &outside {
            // An arc into the cycle takes the place of the one by which its dependent hangs in it.
            let mut entry = (into, self.scores[into * count + other] - own);
            let mut exit = (into, self.scores[other * count + into]);
            for (row, score) in &cycle[1..] {
                let gain = self.scores[row * count + other] - score;
                entry = if gain > entry.1 { (*row, gain) } else { entry };
                let gain = self.scores[other * count + row];
                exit = if gain > exit.1 { (*row, gain) } else { exit };
            }
            self.arcs[into * count + other] = self.arcs[entry.0 * count + other];
            self.arcs[other * count + into] = self.arcs[other * count + exit.0];
            self.scores[into * count + other] = entry.1;
            self.scores[other * count + into] = exit.1;
        }
        for (row, _) in cycle {
            self.parents[self.groups[*row]] = Some(group);
        }
        self.open.retain(|row| *row == into || !inside(*row));
        self.rows.push(into);
        self.groups[into] = group;
        self.parents.push(None);
        self.chosen.push((0, 0));
        into
    }

    /// Opens the groups again, the last one first: the member that the arc of its group leads to hangs by
    /// that arc, the others by their own.
    fn heads(mut self) -> Vec<usize> {
        for group in (self.count..self.rows.len()).rev() {
            let arc = self.chosen[group];
            let mut member = arc.0;
            while let Some(parent) = self.parents[member].filter(|parent| *parent != group) {
                member = parent;
            }
            self.chosen[member] = arc;
        }
        self.chosen.iter().take(self.count).map(|(_, head)| *head).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The best tree by trying all.
    fn by_trying(scores: &[i32], count: usize) -> i64 {
        let mut best = i64::MIN;
        let mut heads = vec![0; count];
        loop {
            if heads.iter().enumerate().skip(1).all(|(at, head)| at != *head) && is_tree(&heads) {
                best = best.max(total(scores, count, &heads));
            }
            let mut at = 1;
            loop {
                if at == count {
                    return best;
                }
                heads[at] += 1;
                if heads[at] < count {
                    break;
                }
                heads[at] = 0;
                at += 1;
            }
        }
    }

    fn total(scores: &[i32], count: usize, heads: &[usize]) -> i64 {
        heads.iter().enumerate().skip(1).map(|(at, head)| i64::from(scores[at * count + head])).sum()
    }

    /// Every word likes best one that likes it, so that all are drawn together two by two.
    #[test]
    fn a_thousand_words_in_cycles_are_done_at_once() {
        let count = 1001;
        let near = |at: usize, head: usize| -(at.abs_diff(head) as i32);
        let scores: Vec<i32> = (0..count * count).map(|at| near(at / count, at % count)).collect();
        let heads = best_heads(&scores, count);
        assert!(is_tree(&heads));
        assert_eq!(total(&scores, count, &heads), -1000);
    }

    proptest! {
        #[test]
        fn no_tree_is_better(words in 1_usize..6, scores in proptest::collection::vec(-9_i32..9, 36)) {
            let count = words + 1;
            let scores = &scores[..count * count];
            let heads = best_heads(scores, count);
            prop_assert!(is_tree(&heads), "{heads:?}");
            prop_assert_eq!(total(scores, count, &heads), by_trying(scores, count));
        }
    }
}
