//! Where in its row each thing stands: lines as straight as can be, what is tied to many in their middle.
//!
//! After Brandes and Koepf, "Fast and simple horizontal coordinate assignment", Graph Drawing 2001 (published 2002):
//! things are aligned with the median of what they are tied to, four times, from above or below with the left or the
//! right first; the middle of the four is taken. Aligned things are pushed together as blocks along longest paths rather
//! than by the original's classes, which can leave overlaps (Brandes, Walter and Zink, erratum, 2020).

use super::mesh::Mesh;
use std::collections::HashSet;

/// Room between two boxes.
const BETWEEN_BOXES: i64 = 16;
/// Room beside lines and labels.
const BETWEEN_LINES: i64 = 6;

/// The middle of each thing along its row; O(n log n).
pub fn across(mesh: &Mesh) -> Vec<i64> {
    let crossed = crossed(mesh);
    let mut found: Vec<(Vec<i64>, bool)> = Vec::with_capacity(4);
    for from_below in [false, true] {
        for from_right in [false, true] {
            let view = View::of(mesh, from_below, from_right);
            let mut places = view.pushed_together(&view.blocks(&crossed));
            if from_right {
                for place in &mut places {
                    *place = -*place;
                }
            }
            found.push((places, from_right));
        }
    }
    middle(mesh, &found)
}

/// The mean of the middle two of four, which are first moved to the sides of the narrowest.
fn middle(mesh: &Mesh, found: &[(Vec<i64>, bool)]) -> Vec<i64> {
    let bounds = |places: &[i64]| {
        let low = mesh.things().map(|at| places[at] - mesh.size[at].across / 2).min();
        let high = mesh.things().map(|at| places[at] + mesh.size[at].across / 2).max();
        (low.unwrap_or(0), high.unwrap_or(0))
    };
    let all: Vec<(i64, i64)> = found.iter().map(|(places, _)| bounds(places)).collect();
    let narrowest = all
        .iter()
        .copied()
        .min_by_key(|(low, high)| high - low)
        .unwrap_or_default();
    let moved: Vec<i64> = all
        .iter()
        .zip(found)
        .map(|(own, (_, right))| {
            if *right {
                narrowest.1 - own.1
            } else {
                narrowest.0 - own.0
            }
        })
        .collect();
    mesh.things()
        .map(|thing| {
            let mut four: Vec<i64> = found
                .iter()
                .zip(&moved)
                .map(|((places, _), by)| places[thing] + by)
                .collect();
            four.sort_unstable();
            (four[1] + four[2]).div_euclid(2)
        })
        .collect()
}

/// Ties that cross a long line, where the line shall stay straight.
fn crossed(mesh: &Mesh) -> HashSet<(usize, usize)> {
    let places = mesh.places();
    let inner = |thing: usize| {
        let upper = mesh.up[thing].first().copied()?;
        (mesh.is_of_line(thing) && mesh.is_of_line(upper)).then_some(upper)
    };
    let mut out = HashSet::new();
    for rows in mesh.rows.windows(2) {
        let (upper, lower) = (&rows[0], &rows[1]);
        let (mut left, mut next) = (0, 0);
        for (at, thing) in lower.iter().enumerate() {
            let line = inner(*thing);
            if line.is_none() && at + 1 < lower.len() {
                continue;
            }
            let right = line.map_or(upper.len(), |line| places[line]);
            for thing in &lower[next..=at] {
                for tied in &mesh.up[*thing] {
                    let is_outside = places[*tied] < left || places[*tied] > right;
                    if is_outside && !(mesh.is_of_line(*thing) && mesh.is_of_line(*tied)) {
                        out.insert((*tied, *thing));
                    }
                }
            }
            next = at + 1;
            left = right;
        }
    }
    out
}

/// A mesh looked at from one of its four corners.
struct View<'m> {
    mesh: &'m Mesh,
    /// The rows in the order in which they are gone through.
    rows: Vec<Vec<usize>>,
    /// Where each thing stands in its row.
    places: Vec<usize>,
    /// What each thing is tied to in the row gone through before, in its order.
    tied: Vec<Vec<usize>>,
    from_below: bool,
}

impl<'m> View<'m> {
    fn of(mesh: &'m Mesh, from_below: bool, from_right: bool) -> Self {
        let mut rows = mesh.rows.clone();
        if from_below {
            rows.reverse();
        }
        if from_right {
            for row in &mut rows {
                row.reverse();
            }
        }
        let mut places = vec![0; mesh.size.len()];
        for row in &rows {
            for (place, thing) in row.iter().enumerate() {
                places[*thing] = place;
            }
        }
        let mut tied = if from_below { mesh.down.clone() } else { mesh.up.clone() };
        for ties in &mut tied {
            ties.sort_by_key(|to| places[*to]);
        }
        Self {
            mesh,
            rows,
            places,
            tied,
            from_below,
        }
    }

    /// The block of each thing, named by its first: things that stand in one straight line.
    fn blocks(&self, crossed: &HashSet<(usize, usize)>) -> Vec<usize> {
        let mut block: Vec<usize> = self.mesh.things().collect();
        let mut is_followed = vec![false; block.len()];
        for row in &self.rows {
            let mut free_from = 0;
            for thing in row {
                let ties = &self.tied[*thing];
                if ties.is_empty() {
                    continue;
                }
                for median in [(ties.len() - 1) / 2, ties.len() / 2] {
                    let to = ties[median];
                    let pair = if self.from_below { (*thing, to) } else { (to, *thing) };
                    if self.places[to] >= free_from && !is_followed[to] && !crossed.contains(&pair) {
                        block[*thing] = block[to];
                        is_followed[to] = true;
                        free_from = self.places[to] + 1;
                        break;
                    }
                }
            }
        }
        block
    }

    /// The places of blocks that keep apart and otherwise stand as near together as can be.
    fn pushed_together(&self, block: &[usize]) -> Vec<i64> {
        let count = block.len();
        let mut out: Vec<Vec<(usize, i64)>> = vec![Vec::new(); count];
        let mut into: Vec<Vec<(usize, i64)>> = vec![Vec::new(); count];
        for pair in self.rows.iter().flat_map(|row| row.windows(2)) {
            let apart = self.apart(pair[0], pair[1]);
            out[block[pair[0]]].push((block[pair[1]], apart));
            into[block[pair[1]]].push((block[pair[0]], apart));
        }
        let mut waits: Vec<usize> = into.iter().map(Vec::len).collect();
        let mut order: Vec<usize> = (0..count).filter(|at| block[*at] == *at && waits[*at] == 0).collect();
        let mut place = vec![0; count];
        let mut done = 0;
        while let Some(here) = order.get(done).copied() {
            done += 1;
            for (next, apart) in &out[here] {
                place[*next] = place[*next].max(place[here] + apart);
                waits[*next] -= 1;
                if waits[*next] == 0 {
                    order.push(*next);
                }
            }
        }
        for here in order.into_iter().rev() {
            let room = out[here].iter().map(|(next, apart)| place[*next] - apart).min();
            // What nothing stands behind, or nothing before, would run away from what it belongs to.
            if let Some(room) = room {
                place[here] = room.max(place[here]);
            }
        }
        block.iter().map(|block| place[*block]).collect()
    }

    /// How far apart the middles of two neighbours must be.
    fn apart(&self, one: usize, other: usize) -> i64 {
        let is_line = self.mesh.is_of_line(one) || self.mesh.is_of_line(other);
        let room = if is_line { BETWEEN_LINES } else { BETWEEN_BOXES };
        (self.mesh.size[one].across + self.mesh.size[other].across + 1) / 2 + room
    }
}
