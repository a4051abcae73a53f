//! Nodes and edges → [`place`]: where does every node stand in a picture?
//!
//! Nodes push each other away and edges pull their ends together, as in Fruchterman and Reingold, "Graph Drawing by
//! Force-directed Placement" (1991). Two things keep it from being quadratic: what is far away pushes as one (Barnes
//! and Hut, "A hierarchical O(N log N) force-calculation algorithm", 1986), and a graph is first laid out with its
//! neighbours drawn together into one node, again and again, and then unfolded (Hu, "Efficient, High-Quality
//! Force-Directed Graph Drawing", 2005).
//!
//! A picture that moves when nothing changed cannot be compared with the one of last week. So there is no chance in
//! it and no time limit, and every number comes from `+ - * /` and the square root, which IEEE 754 rounds the same on
//! every machine: sines, powers and logarithms differ between C libraries.

mod cells;
mod coarse;
mod force;
mod pack;
mod settle;

use rayon::prelude::*;

/// The length that an edge would like to have, in the units of a position.
const EDGE: f64 = 90.0;

/// Two nodes by their numbers, and how strongly they pull together: 1 for a plain edge.
pub type Edge = (u32, u32, f64);

type Point = [f64; 2];

/// Positions for nodes of these radii, in whole units; y grows downwards. No two nodes overlap, unless thousands
/// want the same place. Parts of the graph that hang together stand together; the largest comes first, the others
/// stand in rows beside and below it.
///
/// Edges from a node to itself are ignored; so are edges to a node that does not exist.
/// O((nodes + edges) log nodes); twice as many edges as nodes take 0.07 s of one core for 1,000
/// nodes, 0.4 s for 5,000 and 12 s for 100,000, spread over all threads.
///
/// ```
/// let positions = relata::layout::place(&[8.0, 8.0, 8.0], &[(0, 1, 1.0), (1, 2, 1.0)]);
/// assert_eq!(positions.len(), 3);
/// assert_ne!(positions[0], positions[2]);
/// ```
pub fn place(radii: &[f64], edges: &[Edge]) -> Vec<[i32; 2]> {
    let known = |node: u32| (node as usize) < radii.len();
    let edges: Vec<Edge> =
        edges.iter().copied().filter(|(a, b, _)| a != b && known(*a) && known(*b)).collect();
    let parts = pack::parts(radii.len(), &edges);
    let laid: Vec<Vec<Point>> = parts
        .par_iter()
        .map(|part| {
            let radii: Vec<f64> = part.nodes.iter().map(|node| radii[*node as usize]).collect();
            lay_out(&radii, &part.edges)
        })
        .collect();
    let mut positions = vec![[0; 2]; radii.len()];
    for (part, points) in parts.iter().zip(pack::arrange(laid)) {
        for (node, [x, y]) in part.nodes.iter().zip(points) {
            positions[*node as usize] = [x.round() as i32, y.round() as i32];
        }
    }
    positions
}

/// Positions for nodes that hang together.
fn lay_out(radii: &[f64], edges: &[Edge]) -> Vec<Point> {
    match radii.len() {
        0 => return Vec::new(),
        1 => return vec![[0.0; 2]],
        // Names stand below their nodes: side by side, two of them do not meet.
        2 => return vec![[0.0; 2], [1.5 * EDGE, 0.0]],
        _ => {}
    }
    let levels = coarse::levels(radii.len(), edges);
    let mut points: Vec<Point> = Vec::new();
    for (at, level) in levels.iter().enumerate().rev() {
        points = match levels.get(at + 1) {
            None => (0..level.mass.len()).map(|node| spiral(node, EDGE)).collect(),
            Some(_) => coarse::unfold(&level.cluster, &points),
        };
        force::relax(level, &mut points);
    }
    settle::apart(radii, &mut points);
    points
}

/// The point of a spiral on which neighbours never line up: each is turned by the golden angle, as seeds in a
/// sunflower are. `gap` is about the distance between neighbours.
fn spiral(at: usize, gap: f64) -> Point {
    // Cosine and sine of 2π(1 - 1/φ), written down because computing them is not the same everywhere.
    const TURN: Point = [-0.737_368_878_078_319_8, 0.675_490_294_261_523_8];
    // Turning by repeated multiplication would be linear in `at`; squaring the turn is logarithmic.
    let (mut direction, mut turn, mut rest) = ([1.0, 0.0], TURN, at);
    while rest > 0 {
        if rest % 2 == 1 {
            direction = times(direction, turn);
        }
        turn = times(turn, turn);
        rest /= 2;
    }
    let radius = gap * 0.6 * (at as f64).sqrt();
    [direction[0] * radius, direction[1] * radius]
}

/// The product of two complex numbers: one turned and scaled by the other.
fn times(a: Point, b: Point) -> Point {
    [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn star(leaves: u32) -> Vec<Edge> {
        (1..=leaves).map(|leaf| (0, leaf, 1.0)).collect()
    }

    /// A graph in which later nodes prefer no one: edges to numbers that a multiplication spreads.
    fn scattered(nodes: u32) -> Vec<Edge> {
        (1..nodes).map(|node| (node, (node.wrapping_mul(2_654_435_761) >> 7) % node, 1.0)).collect()
    }

    /// The least distance between two nodes, and how far the picture reaches.
    fn spread(positions: &[[i32; 2]]) -> (f64, f64) {
        let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
        for (at, a) in positions.iter().enumerate() {
            for b in &positions[..at] {
                let [x, y] = [f64::from(a[0] - b[0]), f64::from(a[1] - b[1])];
                let distance = (x * x + y * y).sqrt();
                (least, most) = (least.min(distance), most.max(distance));
            }
        }
        (least, most)
    }

    #[test]
    fn graphs_of_all_shapes_are_spread_but_not_scattered() {
        let path: Vec<Edge> = (1..300).map(|node| (node - 1, node, 1.0)).collect();
        let all: Vec<Edge> = (0..40).flat_map(|a| (0..a).map(move |b| (a, b, 1.0))).collect();
        for (what, nodes, edges) in [
            ("one", 1, vec![]),
            ("two", 2, vec![(0, 1, 1.0)]),
            ("alone", 50, vec![]),
            ("pairs", 60, (0..30).map(|pair| (2 * pair, 2 * pair + 1, 1.0)).collect()),
            ("star", 400, star(399)),
            ("path", 300, path),
            ("everyone with everyone", 40, all),
            ("scattered", 1000, scattered(1000)),
            ("with itself and with nobody", 3, vec![(0, 0, 1.0), (0, 9, 1.0), (1, 2, 5.0)]),
        ] {
            let positions = place(&vec![6.0; nodes], &edges);
            assert_eq!(positions.len(), nodes, "{what}");
            let (least, most) = spread(&positions);
            assert!(nodes < 2 || least >= 12.0, "{what}: two nodes {least} apart");
            assert!(most < 120.0 * (nodes as f64 + 2.0), "{what}: reaches {most}");
        }
        assert!(place(&[], &[]).is_empty());
    }

    #[test]
    fn what_is_linked_stands_close() {
        let edges = scattered(1000);
        let positions = place(&vec![6.0; 1000], &edges);
        let length = |a: usize, b: usize| {
            let [x, y] = [0, 1].map(|axis| f64::from(positions[a][axis] - positions[b][axis]));
            (x * x + y * y).sqrt()
        };
        let edge = edges.iter().map(|(a, b, _)| length(*a as usize, *b as usize)).sum::<f64>() / 999.0;
        let any = (0..1000).map(|node| length(node, (node * 7 + 500) % 1000)).sum::<f64>() / 1000.0;
        assert!(edge * 5.0 < any, "an edge is {edge} long, two nodes are {any} apart");
    }

    #[test]
    fn the_same_graph_has_the_same_picture_with_any_number_of_threads() {
        let (radii, edges) = (vec![6.0; 3000], scattered(3000));
        let once = place(&radii, &edges);
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            assert_eq!(pool.install(|| place(&radii, &edges)), once, "{threads} threads");
        }
    }

    #[test]
    fn the_spiral_turns_by_the_golden_angle() {
        for (at, angle) in [(1, 137.507_764), (2, 275.015_529), (1000, 347.764)] {
            let [x, y] = spiral(at, 1.0);
            assert!((y.atan2(x).to_degrees().rem_euclid(360.0) - angle).abs() < 0.01, "{at}");
        }
    }
}
