//! Work done several times, in turn with what it is compared to.

use crate::timing::{Cost, timed};
use std::hint::black_box;

/// Rounds, of which each work's cheapest counts.
const ROUNDS: u32 = 3;

/// A work is repeated until it has taken so many seconds, for CPU time is counted in hundredths.
const ENOUGH: f64 = 1.0;

/// What one go at each work costs: the least of several rounds, in each of which every work has its turn.
pub fn in_turn<const N: usize>(works: [&dyn Fn(); N]) -> [Cost; N] {
    let mut best = [Cost {
        cpu: f64::INFINITY,
        wall: f64::INFINITY,
    }; N];
    for _ in 0..ROUNDS {
        for (best, work) in best.iter_mut().zip(works) {
            let cost = mean(work);
            best.cpu = best.cpu.min(cost.cpu);
            best.wall = best.wall.min(cost.wall);
        }
    }
    best
}

/// Lets an answer go that nobody looks at, though the compiler must take it that somebody does.
pub fn see<T>(answer: T) {
    black_box(answer);
}

/// What one go at something costs, over enough of them.
fn mean(work: &dyn Fn()) -> Cost {
    let (mut goes, mut sum) = (0_u32, Cost { cpu: 0.0, wall: 0.0 });
    let mut batch = 1;
    while sum.cpu < ENOUGH && sum.wall < 8.0 * ENOUGH {
        let ((), cost) = timed(|| (0..batch).for_each(|_| work()));
        goes += batch;
        sum.cpu += cost.cpu;
        sum.wall += cost.wall;
        // As looking at the clock takes time itself.
        batch = batch.saturating_mul(2).min(1 << 16);
    }
    Cost {
        cpu: sum.cpu / f64::from(goes),
        wall: sum.wall / f64::from(goes),
    }
}

/// The same of something that takes long and answers, done once.
pub fn once<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    timed(|| black_box(work()))
}
