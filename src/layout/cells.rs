//! Points → a tree of square cells, so that what is far away can push as one.
//!
//! The cells lie in one list, each before the cells inside it, with the place of the next cell that is not inside
//! it. So the tree is walked from left to right without a stack: on to the next when a cell has to be looked into,
//! past all of it when not.

use super::Point;

/// Points in a cell that is not divided further: below this, comparing them all is quicker than another cell.
const FEW: usize = 8;
/// Each halving of the square doubles what can be told apart: 2^16 steps across the whole picture.
const DEPTH: u32 = 16;

/// The tree. Points stand in the order of the cells, so that neighbours lie side by side in memory.
pub(super) struct Cells {
    cells: Vec<Cell>,
    bodies: Vec<Body>,
}

#[derive(Clone, Copy)]
struct Body {
    at: Point,
    mass: f64,
}

struct Cell {
    centre: Point,
    mass: f64,
    width: f64,
    /// The next cell that is not inside this one.
    next: u32,
    /// The points of a cell that is not divided; empty for one that is.
    bodies: (u32, u32),
}

impl Cells {
    /// Sorts the points into cells. O(points × log points).
    pub(super) fn new(points: &[Point], mass: &[f64]) -> Cells {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for point in points {
            for axis in 0..2 {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        let width = (high[0] - low[0]).max(high[1] - low[1]).max(1.0);
        let steps = f64::from(1_u32 << DEPTH) - 1.0;
        let mut order: Vec<(u32, u32)> = points
            .iter()
            .zip(0..)
            .map(|(point, at)| {
                let [x, y] = [0, 1].map(|axis| ((point[axis] - low[axis]) / width * steps) as u32);
                (interleaved(x) | interleaved(y) << 1, at)
            })
            .collect();
        order.sort_unstable();
        let bodies =
            order.iter().map(|(_, at)| Body { at: points[*at as usize], mass: mass[*at as usize] }).collect();
        let mut tree = Cells { cells: Vec::new(), bodies };
        tree.divide(&order, 0, width, DEPTH);
        tree
    }

    /// Adds the cell of the points `order`, the first of which is the `from`th, and all cells inside it.
    fn divide(&mut self, order: &[(u32, u32)], from: usize, width: f64, depth: u32) {
        let inside = &self.bodies[from..from + order.len()];
        let mass: f64 = inside.iter().map(|body| body.mass).sum();
        let middle = |axis: usize| inside.iter().map(|body| body.at[axis] * body.mass).sum::<f64>() / mass;
        let centre = [middle(0), middle(1)];
        let own = self.cells.len();
        let few = order.len() <= FEW || depth == 0;
        let bodies = if few { (from as u32, (from + order.len()) as u32) } else { (0, 0) };
        self.cells.push(Cell { centre, mass, width, next: 0, bodies });
        if !few {
            let quarter = |code: u32| code >> (2 * (depth - 1)) & 3;
            let mut start = 0;
            while let Some((code, _)) = order.get(start) {
                let end =
                    start + order[start..].partition_point(|(other, _)| quarter(*other) == quarter(*code));
                self.divide(&order[start..end], from + start, width / 2.0, depth - 1);
                start = end;
            }
        }
        self.cells[own].next = self.cells.len() as u32;
    }

    /// The push on a point: from every other point away from it, as its mass over the distance. A cell that is
    /// seen under a small angle pushes as one point. O(log points) for points that are spread.
    pub(super) fn push(&self, on: Point) -> Point {
        // Width over distance, squared. Smaller is more exact and slower; nobody sees the difference below 1.
        const ANGLE: f64 = 1.1;
        let mut push = [0.0; 2];
        let mut add = |from: Point, mass: f64| {
            let [x, y] = [on[0] - from[0], on[1] - from[1]];
            let square = x * x + y * y;
            // A point does not push itself, and who stands at the very same place has no direction.
            if square > 0.0 {
                push[0] += mass * x / square;
                push[1] += mass * y / square;
            }
        };
        let mut at = 0;
        while let Some(cell) = self.cells.get(at) {
            let [x, y] = [on[0] - cell.centre[0], on[1] - cell.centre[1]];
            let (first, end) = cell.bodies;
            if first < end {
                self.bodies[first as usize..end as usize].iter().for_each(|body| add(body.at, body.mass));
                at = cell.next as usize;
            } else if cell.width * cell.width < ANGLE * (x * x + y * y) {
                add(cell.centre, cell.mass);
                at = cell.next as usize;
            } else {
                at += 1;
            }
        }
        push
    }
}

/// The bits of a 16-bit number with a gap after each: two such numbers make the place on a Z-shaped curve
/// (Morton, 1966), on which the points of a cell follow each other.
fn interleaved(number: u32) -> u32 {
    let mut spread = number & 0xffff;
    for (shift, mask) in [(8, 0x00ff_00ff), (4, 0x0f0f_0f0f), (2, 0x3333_3333), (1, 0x5555_5555)] {
        spread = (spread | spread << shift) & mask;
    }
    spread
}

#[cfg(test)]
mod tests {
    use super::super::spiral;
    use super::*;

    #[test]
    fn far_points_push_nearly_as_they_would_one_by_one() {
        let points: Vec<Point> = (0..2000).map(|at| spiral(at, 10.0)).collect();
        let mass: Vec<f64> = (0..2000).map(|at| f64::from(1 + at % 3)).collect();
        let cells = Cells::new(&points, &mass);
        for on in [0, 77, 1500, 1999] {
            let mut exact = [0.0; 2];
            for (point, mass) in points.iter().zip(&mass) {
                let [x, y] = [points[on][0] - point[0], points[on][1] - point[1]];
                let square = x * x + y * y;
                if square > 0.0 {
                    exact = [exact[0] + mass * x / square, exact[1] + mass * y / square];
                }
            }
            let got = cells.push(points[on]);
            let size = (exact[0] * exact[0] + exact[1] * exact[1]).sqrt();
            let off = (got[0] - exact[0]).abs() + (got[1] - exact[1]).abs();
            assert!(off < 0.1 * size + 0.5, "{on}: {got:?} for {exact:?}");
        }
    }

    #[test]
    fn points_at_one_place_end_the_division() {
        let cells = Cells::new(&[[3.0, 3.0]; 100], &[1.0; 100]);
        assert_eq!(cells.push([3.0, 3.0]), [0.0, 0.0]);
    }
}
