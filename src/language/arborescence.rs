//! Scores of arcs → the best tree with one root (Chu-Liu-Edmonds).

/// Below every score that can occur.
const NEVER: i64 = -(1 << 60);
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
    for at in 0..count {
        wide[at * count] -= SECOND_ROOT;
        wide[at * count + at] = NEVER;
    }
    wide[..count].fill(NEVER);
    solve(&wide, count)
}

/// Whether exactly one word hangs on the root, and all hang together.
fn is_tree(heads: &[usize]) -> bool {
    heads.iter().skip(1).filter(|head| **head == 0).count() == 1 && cycle(heads).is_none()
}

/// The first cycle that is met by following heads from 1, 2, …, in the order of the walk.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    // 0: not seen, 1: reaches the root, 2: on the present path.
    let mut colour = vec![0_u8; heads.len()];
    colour[0] = 1;
    for start in 1..heads.len() {
        let mut path = Vec::new();
        let mut at = start;
        while colour[at] == 0 {
            colour[at] = 2;
            path.push(at);
            at = heads[at];
        }
        if colour[at] == 2 {
            let from = path.iter().position(|on| *on == at)?;
            return Some(path.split_off(from));
        }
        path.into_iter().for_each(|at| colour[at] = 1);
    }
    None
}

/// Maximum spanning arborescence: contracts a cycle to one position, solves the rest, and opens it again.
fn solve(scores: &[i64], count: usize) -> Vec<usize> {
    let score = |dependent: usize, head: usize| scores[dependent * count + head];
    let mut heads: Vec<usize> =
        (0..count).map(|dependent| best((0..count).map(|head| score(dependent, head))).0).collect();
    heads[0] = 0;
    let Some(mut inside) = cycle(&heads) else { return heads };
    inside.sort_unstable();
    let outside: Vec<usize> = (0..count).filter(|at| inside.binary_search(at).is_err()).collect();
    let left = outside.len();
    let side = left + 1;
    let mut small = vec![NEVER; side * side];
    let mut exits = vec![0; left];
    let mut entries = vec![0; left];
    for (row, from) in outside.iter().enumerate() {
        for (column, to) in outside.iter().enumerate() {
            small[row * side + column] = score(*from, *to);
        }
        let (exit, value) = best(inside.iter().map(|head| score(*from, *head)));
        (exits[row], small[row * side + left]) = (exit, value);
        let gains =
            inside.iter().map(|dependent| score(*dependent, *from) - score(*dependent, heads[*dependent]));
        let (entry, value) = best(gains);
        (entries[row], small[left * side + row]) = (entry, value);
    }
    small[..side].fill(NEVER);
    (0..side).for_each(|at| small[at * side + at] = NEVER);
    let solved = solve(&small, side);
    for (at, dependent) in outside.iter().enumerate().skip(1) {
        heads[*dependent] = if solved[at] == left { inside[exits[at]] } else { outside[solved[at]] };
    }
    let enters_from = solved[left];
    heads[inside[entries[enters_from]]] = outside[enters_from];
    heads
}

/// The first of the highest values, and its index.
fn best(values: impl Iterator<Item = i64>) -> (usize, i64) {
    values
        .enumerate()
        .fold((0, i64::MIN), |best, (at, value)| if value > best.1 { (at, value) } else { best })
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

    proptest! {
        #[test]
        fn no_tree_is_better(words in 1_usize..5, scores in proptest::collection::vec(-9_i32..9, 25)) {
            let count = words + 1;
            let scores = &scores[..count * count];
            let heads = best_heads(scores, count);
            prop_assert!(is_tree(&heads), "{heads:?}");
            prop_assert_eq!(total(scores, count, &heads), by_trying(scores, count));
        }
    }
}
