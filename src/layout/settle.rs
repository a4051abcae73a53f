//! Positions at rest → positions in which no node covers another.

use super::Point;

/// What stays free between two nodes.
const GAP: f64 = 8.0;
/// Each round parts those that overlap, and may push others together. Crowds of thousands may not be done by then;
/// they overlap a little rather than taking for ever.
const ROUNDS: usize = 60;

/// Moves nodes that overlap away from each other, each half of the way. O(rounds × nodes log nodes).
pub(super) fn apart(radii: &[f64], points: &mut [Point]) {
    let widest = radii.iter().copied().fold(1.0, f64::max);
    let cell = 2.0 * widest + GAP;
    for _ in 0..ROUNDS {
        let place = |point: Point| [0, 1].map(|axis: usize| (point[axis] / cell).floor() as i64);
        let mut order: Vec<([i64; 2], u32)> =
            points.iter().zip(0..).map(|(point, node)| (place(*point), node)).collect();
        order.sort_unstable();
        let mut moved = false;
        for (at, ([column, row], node)) in order.iter().enumerate() {
            // Who stands later in the order and may be near: in this cell, the one below, and the next column's three.
            let rest = &order[at + 1..];
            let here = rest.iter().take_while(|(other, _)| *other <= [*column, row + 1]);
            let from = rest.partition_point(|(other, _)| *other < [column + 1, row - 1]);
            let beside = rest[from..].iter().take_while(|(other, _)| *other <= [column + 1, row + 1]);
            for (_, other) in here.chain(beside) {
                moved |= part(radii, points, *node as usize, *other as usize);
            }
        }
        if !moved {
            break;
        }
    }
}

/// Parts two nodes that overlap; returns whether they did.
fn part(radii: &[f64], points: &mut [Point], a: usize, b: usize) -> bool {
    let wanted = radii[a] + radii[b] + GAP;
    let [mut x, mut y] = [points[b][0] - points[a][0], points[b][1] - points[a][1]];
    let mut distance = (x * x + y * y).sqrt();
    if distance >= wanted {
        return false;
    }
    if distance < 0.01 {
        (x, y, distance) = (1.0, 0.0, 1.0);
    }
    // A little more than needed: two that touch exactly would be parted again for the last digit.
    let half = (wanted - distance + 0.5) / 2.0 / distance;
    points[a] = [points[a][0] - x * half, points[a][1] - y * half];
    points[b] = [points[b][0] + x * half, points[b][1] + y * half];
    true
}
