//! What a call costs its caller, in milliseconds of her time.

use crate::callers::chain::{Chain, Exit, To};
use crate::measure::calls::{Calls, Sort};
use crate::measure::exact::{Exact, Unsolved};

/// What it costs to be cut off, to give up, or to be trapped: five minutes, in which a caller would have called again.
/// An assumption.
pub const UNSERVED: u32 = 300_000;
/// What it costs to reach a person who cannot serve and passes on: a minute. An assumption.
pub const PASSED_ON: u32 = 60_000;
/// What it costs to give the same datum again, besides the time that it takes: half a minute. An assumption.
pub const AGAIN: u32 = 30_000;

/// A chain in which every edge takes as long as it costs: its own time, and what its end costs on top.
///
/// Linear in the number of edges.
#[must_use]
pub fn priced(chain: &Chain) -> Chain {
    let mut out = chain.clone();
    for number in (0_u32..).take(chain.len()) {
        let Some(state) = chain.states.get(number as usize) else {
            continue;
        };
        let again = AGAIN.saturating_mul(state.asked_again.count_ones());
        let met = again + if state.misrouted { PASSED_ON } else { 0 };
        for edge in out.edges.get_mut(chain.row(number)).unwrap_or_default() {
            let costs = match edge.to {
                To::Exit(Exit::Person) => met,
                To::Exit(Exit::CutOff | Exit::Left | Exit::Trapped) => UNSERVED,
                To::Exit(_) | To::State(_) => 0,
            };
            edge.ms = edge.ms.saturating_add(costs);
        }
    }
    out
}

/// What a call costs at the mean over all reasons to call, in milliseconds.
///
/// # Errors
/// Where a chain is too entangled for an exact answer.
pub fn cost(calls: &Calls) -> Result<f64, Unsolved> {
    let mut out = 0.0;
    for sort in &calls.sorts {
        out += sort.share * cost_of(sort)?;
    }
    Ok(out)
}

fn cost_of(sort: &Sort) -> Result<f64, Unsolved> {
    let chain = priced(&sort.chain);
    let exact = Exact::of(&chain)?;
    let values = exact.values(|edge| f64::from(edge.ms))?;
    let start = values.get(chain.start as usize).copied().unwrap_or(0.0);
    // What the system itself asks again; a person who does is in the chain already.
    let asked = match exact.repetition() {
        Ok(mut repetition) => repetition.data(0).iter().map(|datum| datum.asked).sum(),
        Err(_) => 0.0,
    };
    Ok(start + f64::from(AGAIN) * asked)
}
