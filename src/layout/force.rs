//! Forces → positions at rest.

use super::cells::Cells;
use super::coarse::Level;
use super::{EDGE, Point};
use rayon::prelude::*;

/// How strongly nodes push, against how strongly edges pull. More spreads clusters, less packs them.
const PUSH: f64 = 0.25;
/// How strongly everything is drawn to the middle. Without it long arms leave the rest of the picture empty.
const MIDDLE: f64 = 0.2;
/// What a step shrinks to when the last one made things worse (Hu's rule), and grows from when several made them
/// better.
const COOLING: f64 = 0.9;

/// Moves the points until they are nearly at rest, or for a number of rounds that suits the size of the graph: a
/// number, because a time limit would give another picture on another machine.
pub(super) fn relax(level: &Level, points: &mut [Point]) {
    let nodes = level.mass.len();
    let rounds = 40 + 200_000 / (nodes + 400);
    let (mut step, mut least, mut better) = (EDGE, f64::INFINITY, 0);
    for _ in 0..rounds {
        let cells = Cells::new(points, &level.mass);
        let centre = middle(points, &level.mass);
        let on_each = (0..nodes).into_par_iter().with_min_len(256);
        let forces: Vec<Point> = on_each.map(|node| force(level, points, &cells, centre, node)).collect();
        let (mut energy, mut moved) = (0.0, 0.0_f64);
        for ((point, [x, y]), mass) in points.iter_mut().zip(forces).zip(&level.mass) {
            let square = x * x + y * y;
            energy += square * mass;
            let size = square.sqrt();
            let scale = if size > step { step / size } else { 1.0 };
            point[0] += x * scale;
            point[1] += y * scale;
            moved = moved.max(size * scale);
        }
        if energy < least {
            better += 1;
            if better >= 5 {
                better = 0;
                step /= COOLING;
            }
        } else {
            better = 0;
            step *= COOLING;
        }
        least = energy;
        // One unit is less than anyone sees.
        if moved < 1.0 {
            break;
        }
    }
}

/// Where the force on a node would carry it.
fn force(level: &Level, points: &[Point], cells: &Cells, centre: Point, node: usize) -> Point {
    let [x, y] = points[node];
    let push = cells.push([x, y]);
    let mut force = [
        PUSH * EDGE * EDGE * push[0] + MIDDLE * (centre[0] - x),
        PUSH * EDGE * EDGE * push[1] + MIDDLE * (centre[1] - y),
    ];
    for (other, pull) in level.neighbours(node) {
        let [dx, dy] = [points[*other as usize][0] - x, points[*other as usize][1] - y];
        let strength = pull * (dx * dx + dy * dy).sqrt() / EDGE / level.mass[node];
        force[0] += strength * dx;
        force[1] += strength * dy;
    }
    force
}

fn middle(points: &[Point], mass: &[f64]) -> Point {
    let all: f64 = mass.iter().sum();
    [0, 1].map(|axis| points.iter().zip(mass).map(|(point, mass)| point[axis] * mass).sum::<f64>() / all)
}
