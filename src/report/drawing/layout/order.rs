//! In which order things stand in their rows, so that lines cross little.
//!
//! Each thing is drawn to the middle of what it is tied to in the row before, then in the row behind (the barycentre
//! method of Sugiyama, Tagawa and Toda, 1981); the order with the fewest crossings is kept.

use super::crossings;
use super::mesh::Mesh;

/// Sweeps down and up at most.
const SWEEPS: usize = 24;
/// Sweeps without a better order after which no more is tried.
const PATIENCE: usize = 6;
/// Parts of one place in which the middle of places is counted.
const FINE: usize = 1 << 16;

/// Orders the rows. Each sweep is O(n log n).
pub fn order(mesh: &mut Mesh, entry: usize) {
    begin(mesh, entry);
    let mut places = mesh.places();
    let mut best = (crossings::all(mesh, &places), mesh.rows.clone());
    let mut worse = 0;
    for sweep in 0..SWEEPS {
        if best.0 == 0 || worse >= PATIENCE {
            break;
        }
        let rows = mesh.rows.len();
        if sweep % 2 == 0 {
            (1..rows).for_each(|row| settle(mesh, &mut places, row, true));
        } else {
            (0..rows.saturating_sub(1))
                .rev()
                .for_each(|row| settle(mesh, &mut places, row, false));
        }
        let found = crossings::all(mesh, &places);
        if found < best.0 {
            best = (found, mesh.rows.clone());
            worse = 0;
        } else {
            worse += 1;
        }
    }
    mesh.rows = best.1;
    exchange(mesh);
}

/// The order in which a search in depth meets the things: what belongs together stands together, and a tree has no
/// crossing.
fn begin(mesh: &mut Mesh, entry: usize) {
    let mut seen = vec![false; mesh.size.len()];
    let mut rows = vec![Vec::new(); mesh.rows.len()];
    let mut stack = Vec::new();
    let entry = std::iter::once(entry).filter(|entry| *entry < mesh.boxes);
    let sources = mesh.things().filter(|thing| mesh.up[*thing].is_empty());
    for start in entry.chain(sources).chain(mesh.things()) {
        stack.push(start);
        while let Some(here) = stack.pop() {
            if std::mem::replace(&mut seen[here], true) {
                continue;
            }
            rows[mesh.row[here]].push(here);
            stack.extend(mesh.down[here].iter().rev().filter(|to| !seen[**to]));
        }
    }
    mesh.rows = rows;
}

/// Draws the things of one row to the middle of what they are tied to; what is tied to nothing keeps its place.
fn settle(mesh: &mut Mesh, places: &mut [usize], row: usize, from_above: bool) {
    let ties = if from_above { &mesh.up } else { &mesh.down };
    let middle = |thing: usize| {
        let own = &ties[thing];
        let sum: usize = own.iter().map(|to| places[*to]).sum();
        (!own.is_empty()).then(|| sum * FINE / own.len())
    };
    let drawn: Vec<(usize, Option<usize>)> = mesh.rows[row].iter().map(|thing| (*thing, middle(*thing))).collect();
    let mut moving: Vec<(usize, usize)> = drawn.iter().filter_map(|(thing, to)| Some((*thing, (*to)?))).collect();
    moving.sort_by_key(|(_, middle)| *middle);
    let mut moving = moving.into_iter();
    for (place, (thing, middle)) in drawn.into_iter().enumerate() {
        let here = match middle {
            Some(_) => moving.next().map_or(thing, |(thing, _)| thing),
            None => thing,
        };
        mesh.rows[row][place] = here;
        places[here] = place;
    }
}

/// Exchanges neighbours wherever that leaves fewer crossings, a few times over.
fn exchange(mesh: &mut Mesh) {
    const ROUNDS: usize = 4;
    /// Ties of two neighbours beyond which they are not compared: the work is their product.
    const TIES: usize = 4096;
    let mut places = mesh.places();
    for _ in 0..ROUNDS {
        let mut better = false;
        for row in 0..mesh.rows.len() {
            for right in 1..mesh.rows[row].len() {
                let (one, other) = (mesh.rows[row][right - 1], mesh.rows[row][right]);
                let (mut now, mut then) = (0, 0);
                for tied in [&mesh.up, &mesh.down] {
                    let (ones, others) = (&tied[one], &tied[other]);
                    if ones.len().saturating_mul(others.len()) > TIES {
                        (now, then) = (0, 0);
                        break;
                    }
                    for (a, b) in ones.iter().flat_map(|a| others.iter().map(move |b| (a, b))) {
                        now += usize::from(places[*a] > places[*b]);
                        then += usize::from(places[*a] < places[*b]);
                    }
                }
                if then < now {
                    mesh.rows[row].swap(right - 1, right);
                    places.swap(one, other);
                    better = true;
                }
            }
        }
        if !better {
            break;
        }
    }
}
