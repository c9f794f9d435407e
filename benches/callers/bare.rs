//! A walk through a chain that counts nothing: what sampling costs at the least.

use presszero::callers::chain::{Chain, To};
use rand_core::{Rng as _, SeedableRng as _};
use rand_xoshiro::{SplitMix64, Xoroshiro128PlusPlus};

/// No state: the call is over.
const OVER: u32 = u32::MAX;

/// Calls walked in turn, so that the waits for memory overlap.
const LANES: u64 = 8;

/// One column of an alias table.
#[derive(Clone, Copy)]
#[repr(align(16))]
struct Slot {
    threshold: u64,
    to: [u32; 2],
}

/// The alias tables of all states.
pub struct Bare {
    slots: Vec<Slot>,
    rows: Vec<(u32, u32)>,
    start: u32,
}

impl Bare {
    pub fn of(chain: &Chain) -> Self {
        let mut bare = Self {
            slots: Vec::new(),
            rows: Vec::new(),
            start: chain.start,
        };
        for (state, _) in (0_u32..).zip(&chain.states) {
            let first = bare.slots.len();
            let columns = alias(chain.out(state).iter().map(|edge| edge.p).collect());
            let to: Vec<u32> = chain
                .out(state)
                .iter()
                .map(|edge| match edge.to {
                    To::State(to) => to,
                    To::Exit(_) => OVER,
                })
                .collect();
            bare.slots.extend(columns.iter().zip(&to).map(|(column, own)| Slot {
                threshold: whole(column.0),
                to: [*own, to[column.1]],
            }));
            let at = |number: usize| u32::try_from(number).unwrap_or(OVER);
            bare.rows.push((at(first), at(to.len())));
        }
        bare
    }

    /// Walks so many calls to their ends, and tells in how many moments.
    pub fn walk(&self, seed: u64, calls: u64) -> u64 {
        let generator =
            |call: u64| Xoroshiro128PlusPlus::seed_from_u64(SplitMix64::seed_from_u64(seed ^ call).next_u64());
        let mut next = LANES.min(calls);
        let mut lanes: Vec<_> = (0..next).map(|call| (generator(call), self.start)).collect();
        let mut moments = 0;
        while !lanes.is_empty() {
            let mut idle = None;
            moments += lanes.len() as u64;
            for (at, (random, state)) in lanes.iter_mut().enumerate() {
                let (first, columns) = self.rows[*state as usize];
                let wide = u128::from(random.next_u64()) * u128::from(columns);
                #[expect(clippy::cast_possible_truncation, reason = "the low half is the place in the column")]
                let (column, within) = ((wide >> 64) as usize, wide as u64);
                let slot = &self.slots[first as usize + column];
                *state = slot.to[usize::from(within >= slot.threshold)];
                if *state == OVER && next < calls {
                    (*random, *state) = (generator(next), self.start);
                    next += 1;
                } else if *state == OVER {
                    idle = Some(at);
                    break;
                }
            }
            if let Some(at) = idle {
                moments -= (lanes.len() - at - 1) as u64;
                lanes.swap_remove(at);
            }
        }
        moments
    }
}

/// For each of some weights that add to 1, the share of its column that is its own, and whose the rest is.
fn alias(weights: Vec<f64>) -> Vec<(f64, usize)> {
    #[expect(clippy::cast_precision_loss, reason = "a state has few edges")]
    let scale = weights.len() as f64;
    let mut columns: Vec<(f64, usize)> = weights.into_iter().map(|weight| weight * scale).zip(0..).collect();
    let (mut poor, mut rich): (Vec<usize>, Vec<usize>) = (0..columns.len()).partition(|at| columns[*at].0 < 1.0);
    while let (Some(low), Some(&high)) = (poor.pop(), rich.last()) {
        columns[low].1 = high;
        columns[high].0 -= 1.0 - columns[low].0;
        if columns[high].0 < 1.0 {
            rich.pop();
            poor.push(high);
        }
    }
    columns
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share as 64 bits"
)]
fn whole(share: f64) -> u64 {
    (share * 18_446_744_073_709_551_616.0) as u64
}
