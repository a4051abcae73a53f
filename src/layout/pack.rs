//! A graph → the parts of it that hang together, and parts → one picture.

use super::{EDGE, Edge, Point};

/// Nodes that hang together.
pub(super) struct Part {
    /// Their numbers in the whole graph, ascending.
    pub(super) nodes: Vec<u32>,
    /// The edges between them, by their numbers in `nodes`.
    pub(super) edges: Vec<Edge>,
}

/// The parts of a graph, the largest first, of equals that with the smallest number first. O(nodes + edges).
pub(super) fn parts(nodes: usize, edges: &[Edge]) -> Vec<Part> {
    let mut above: Vec<u32> = (0..nodes as u32).collect();
    for (a, b, _) in edges {
        let (a, b) = (top(&mut above, *a), top(&mut above, *b));
        above[a.max(b) as usize] = a.min(b);
    }
    // The top of a part is its smallest number, so parts come in the order of those.
    let mut parts: Vec<Part> = Vec::new();
    let (mut part_of, mut place) = (vec![0; nodes], vec![0_u32; nodes]);
    for node in 0..nodes {
        let top = top(&mut above, node as u32) as usize;
        if top == node {
            part_of[node] = parts.len();
            parts.push(Part { nodes: Vec::new(), edges: Vec::new() });
        }
        part_of[node] = part_of[top];
        let part = &mut parts[part_of[top]];
        place[node] = part.nodes.len() as u32;
        part.nodes.push(node as u32);
    }
    for (a, b, pull) in edges {
        let part = &mut parts[part_of[*a as usize]];
        part.edges.push((place[*a as usize], place[*b as usize], *pull));
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.nodes.len()));
    parts
}

/// The node that stands for a node's part; shortens the way to it for the next who asks.
fn top(above: &mut [u32], node: u32) -> u32 {
    let mut node = node;
    while above[node as usize] != node {
        above[node as usize] = above[above[node as usize] as usize];
        node = above[node as usize];
    }
    node
}

/// Puts the parts of a picture side by side, about half as wide again as high, as screens are: the first at the top
/// left, the others in rows to the right of it and, when that room is full, below.
pub(super) fn arrange(parts: Vec<Vec<Point>>) -> Vec<Vec<Point>> {
    let boxes: Vec<[Point; 2]> = parts.iter().map(|points| around(points)).collect();
    let sizes: Vec<Point> = boxes.iter().map(|[low, high]| [high[0] - low[0], high[1] - low[1]]).collect();
    let area: f64 = sizes.iter().map(|size| size[0] * size[1]).sum();
    let widest = sizes.iter().map(|size| size[0]).fold(0.0, f64::max);
    let first = sizes.first().copied().unwrap_or_default();
    let width = widest.max((area * 1.6).sqrt());
    let mut corners = vec![[0.0, 0.0]];
    let mut rest = &sizes[sizes.len().min(1)..];
    for (left, top, height) in [(first[0], 0.0, first[1]), (0.0, first[1], f64::INFINITY)] {
        let placed = rows(rest, [left, top], width - left, height);
        rest = &rest[placed.len()..];
        corners.extend(placed);
    }
    let place = |((mut points, [low, _]), corner): ((Vec<Point>, [Point; 2]), Point)| {
        for point in &mut points {
            *point = [point[0] - low[0] + corner[0], point[1] - low[1] + corner[1]];
        }
        points
    };
    parts.into_iter().zip(boxes).zip(corners).map(place).collect()
}

/// The corners of as many of these boxes, from the first on, as go into rows in a room of this width and height.
fn rows(sizes: &[Point], corner: Point, width: f64, height: f64) -> Vec<Point> {
    let mut corners = Vec::new();
    let (mut left, mut top, mut high) = (0.0, 0.0, 0.0_f64);
    for [wide, tall] in sizes {
        if left > 0.0 && left + wide > width {
            (left, top, high) = (0.0, top + high, 0.0);
        }
        if left + wide > width || top + tall > height {
            break;
        }
        corners.push([corner[0] + left, corner[1] + top]);
        left += wide;
        high = high.max(*tall);
    }
    corners
}

/// The corners of what some points cover, with room for their names.
fn around(points: &[Point]) -> [Point; 2] {
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for point in points {
        for axis in 0..2 {
            low[axis] = low[axis].min(point[axis]);
            high[axis] = high[axis].max(point[axis]);
        }
    }
    [[low[0] - EDGE * 0.7, low[1] - EDGE / 2.0], [high[0] + EDGE * 0.7, high[1] + EDGE / 2.0]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_together_is_one_part() {
        let parts = parts(7, &[(5, 6, 1.0), (1, 3, 2.0), (3, 6, 3.0), (0, 4, 1.0)]);
        let nodes: Vec<&[u32]> = parts.iter().map(|part| part.nodes.as_slice()).collect();
        assert_eq!(nodes, [&[1, 3, 5, 6][..], &[0, 4], &[2]]);
        assert_eq!(parts[0].edges, [(2, 3, 1.0), (0, 1, 2.0), (1, 3, 3.0)]);
    }

    #[test]
    fn parts_do_not_cover_each_other() {
        let part = |size: f64| vec![[0.0, 0.0], [size, size]];
        let placed = arrange(vec![part(1000.0), part(300.0), part(300.0), part(10.0), part(10.0)]);
        for (at, a) in placed.iter().enumerate() {
            for b in &placed[..at] {
                let apart = |axis: usize| a[0][axis] > b[1][axis] || b[0][axis] > a[1][axis];
                assert!(apart(0) || apart(1), "{a:?} {b:?}");
            }
        }
    }
}
