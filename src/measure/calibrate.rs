//! What callers were counted to do, in place of what the model believes of them.
//!
//! Counts of a step are the outcome of a multinomial trial whose shares are believed to be Dirichlet around the shares of
//! the model: p = (c + alpha p0) / (sum of c + alpha), with alpha the number of calls that the model's shares are worth.
//! Counts add up, so that they can be taken by anyone who can group and sum, apart for each day and machine.
//!
//! Where a row is that of several states (attempts, intents, what is known), together they have the shares of the counts,
//! and each keeps its inclinations.
//!
//! The figures are those of the chain with the counted rows. Their error bars say how uncertain the counted rows leave
//! them; how right the rows are that nobody counted they do not say.

mod counts;
mod events;
mod figures;
mod groups;
mod gtest;
mod marginal;
mod memory;
mod posterior;
mod seed;
pub mod special;
mod steps;
mod weights;
mod whole;
mod write;

pub use counts::{Counts, Key, Row, Wrong};
pub use events::What;
pub use figures::{Estimate, Outcomes};
pub use gtest::{EXPECTED_MIN, GTest, g_test};
pub use memory::{Contrast, MemoryTest, Origin};
pub use posterior::Posterior;
pub use seed::{Often, Seeds, sow, unbelieved};
pub use steps::{LEVEL, Share, StepShares};
pub use write::{Unwritten, Written, written};

use crate::callers::chain::Chain;
use crate::document::tree::StepId;
use crate::graph::Graph;
use crate::measure::calls::Calls;
use crate::measure::exact::{Exact, Unsolved};
use groups::{Table, tables};
use std::collections::BTreeMap;
use weights::{Law, Weights};
use whole::Whole;

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Every counted step to which calls come.
    pub steps: Vec<StepShares>,
    /// The figures that the model believes in.
    pub before: Outcomes,
    /// The figures with what was counted.
    pub after: Outcomes,
    /// Whether it matters where a call comes from, for each step for which that was counted.
    pub memory: Vec<MemoryTest>,
    /// Counted steps to which no such call comes at this moment, each with the calls counted there.
    pub unreached: Vec<(StepId, u64)>,
    /// What an option was pressed for that leads to where the model never comes: steps from which calls are not followed.
    pub not_followed: Vec<StepId>,
    /// How often each thing happens at each step, over all calls: expected times in one call.
    pub often: Often,
}

/// Puts counts in the place of what the model believes; `calls` are all of one moment, and `strength` is how many calls the
/// model's shares are worth.
///
/// Counts that name no intent are those of all callers together, and callers of different intents keep their different
/// inclinations.
///
/// A few solutions of the chain; linear in the number of counts.
///
/// # Errors
///
/// Where the chain has no answer, as where the tree has no entry.
pub fn calibrate(graph: &Graph<'_>, calls: &Calls, counts: &Counts, strength: f64) -> Result<Calibration, Unsolved> {
    let whole = Whole::of(calls);
    let tables = tables(graph, &whole, counts);
    let missing = whole.missing(graph, &tables);
    let not_followed = whole.not_followed(graph, &missing);
    let believed = whole.with(missing).chain;
    let weights: Vec<Weights> = tables
        .iter()
        .map(|table| Weights::of(graph, &believed, table))
        .collect();
    let (counted, laws, visits) = settle(&believed, &weights, strength)?;
    let rows: Vec<_> = weights.iter().zip(laws.iter().map(|law| &law.after)).collect();
    let reached = tables
        .iter()
        .zip(&weights)
        .zip(&laws)
        .filter(|((table, _), _)| !table.members.is_empty());
    Ok(Calibration {
        steps: reached
            .map(|((table, weights), law)| steps::shares(table, weights, law))
            .collect(),
        before: figures::outcomes(&believed, &[])?,
        after: figures::outcomes(&counted, &rows)?,
        memory: memory::memory(counts),
        unreached: unreached(&tables),
        not_followed,
        often: seed::often(graph, &counted, &visits),
    })
}

/// Rounds in which counted rows change how often calls come to them.
const ROUNDS: u32 = 30;
/// Rounds end when no visits change by more than this share.
const STILL: f64 = 1e-9;

/// The chain with the counted rows, what each row became, and how often calls come to each state.
fn settle(believed: &Chain, weights: &[Weights], strength: f64) -> Result<(Chain, Vec<Law>, Vec<f64>), Unsolved> {
    let mut visits = Exact::of(believed)?.visits().to_vec();
    // A row of one state has the same shares however often calls come to it.
    let alone = weights.iter().all(|weights| weights.members.len() < 2);
    for round in 1.. {
        let mut counted = believed.clone();
        let laws = weights
            .iter()
            .map(|weights| weights.apply(&mut counted, &visits, strength))
            .collect();
        let now = Exact::of(&counted)?.visits().to_vec();
        let still = visits
            .iter()
            .zip(&now)
            .all(|(old, new)| (old - new).abs() <= STILL * new.abs());
        visits = now;
        if still || alone || round >= ROUNDS {
            return Ok((counted, laws, visits));
        }
    }
    Err(Unsolved::TooWide)
}

fn unreached(tables: &[Table]) -> Vec<(StepId, u64)> {
    let mut out: BTreeMap<StepId, u64> = BTreeMap::new();
    for table in tables.iter().filter(|table| !table.entries && table.members.is_empty()) {
        *out.entry(table.step).or_default() += table.calls();
    }
    out.into_iter().collect()
}
