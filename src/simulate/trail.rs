//! Single calls, moment by moment, for logs that other programs read.

use super::random::{Key, Random};
use crate::callers::chain::{Chain, Edge, Exit, To};

/// Moments after which a call is given up.
pub const MOMENTS_MAX: usize = 65_534;

/// One moment of a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// The state of the chain.
    pub state: u32,
    /// Milliseconds from the answer of the call to its beginning.
    pub begins: u64,
    /// What ends it.
    pub edge: Edge,
}

/// One call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trail {
    /// What happens, in order.
    pub moments: Vec<Moment>,
    /// How it ends; `None` where it was given up.
    pub exit: Option<Exit>,
    /// Its length in milliseconds.
    pub ms: u64,
}

/// Which of several chains a call is made in, by their shares; of this number and seed it is always the same one.
#[must_use]
pub fn sort(shares: &[f64], seed: u64, number: u64) -> usize {
    let mut random = Random::of(Key::of(seed, 1), number);
    pick(shares.iter().copied(), &mut random)
}

/// One call through a chain; the same for the same seed and number. Linear in its moments and their edges.
#[must_use]
pub fn trail(chain: &Chain, seed: u64, number: u64) -> Trail {
    let mut random = Random::of(Key::of(seed, 2), number);
    let mut out = Trail::default();
    let mut state = chain.start;
    while out.moments.len() < MOMENTS_MAX {
        let edges = chain.out(state);
        let Some(edge) = edges.get(pick(edges.iter().map(|edge| edge.p), &mut random)) else {
            break;
        };
        out.moments.push(Moment {
            state,
            begins: out.ms,
            edge: *edge,
        });
        out.ms += u64::from(edge.ms);
        match edge.to {
            To::State(to) => state = to,
            To::Exit(exit) => {
                out.exit = Some(exit);
                break;
            }
        }
    }
    out
}

/// The place of one of these probabilities, drawn by them; the last that is not 0 takes what rounding leaves.
fn pick(probabilities: impl Iterator<Item = f64>, random: &mut Random) -> usize {
    let mut left = random.unit();
    let mut last = 0;
    for (at, p) in probabilities.enumerate().filter(|(_, p)| *p > 0.0) {
        last = at;
        left -= p;
        if left < 0.0 {
            break;
        }
    }
    last
}
