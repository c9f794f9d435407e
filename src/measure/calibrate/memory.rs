//! The tables of where calls came from and what was done then, made from counts.

use super::counts::Counts;
use super::events::What;
use super::gtest::{GTest, g_test};
use crate::document::tree::StepId;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Rows and columns of one table at most; the least frequent beyond that are one.
const SIDE_MAX: usize = 1000;
/// Calls that a way into a step needs for its shares to be told.
const CALLS_MIN: u64 = 30;

/// Whether it matters at a step where a call comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct MemoryTest {
    /// The step.
    pub step: StepId,
    /// Why these callers call; `None` for all.
    pub intent: Option<u32>,
    /// Calls that were counted with the step before.
    pub calls: u64,
    /// The test.
    pub test: GTest,
    /// Where it makes the greatest difference; `None` where too few calls were counted.
    pub contrast: Option<Contrast>,
}

/// What differs most between two ways into a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrast {
    /// What is done.
    pub what: What,
    /// Where it is done most.
    pub most: Origin,
    /// Where it is done least.
    pub least: Origin,
}

/// Those who come from one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Origin {
    /// The step.
    pub previous: StepId,
    /// The share of them who do it.
    pub share: f64,
    /// How many they are.
    pub calls: u64,
}

/// Differences this near are the same, and the event that stands first in the file is told.
const NEAR: f64 = 1e-9;

type Cells = BTreeMap<(StepId, What), u64>;

/// Tests each step for which the step before was counted.
pub(super) fn memory(counts: &Counts) -> Vec<MemoryTest> {
    let mut tables: BTreeMap<(StepId, Option<u32>), Cells> = BTreeMap::new();
    for (key, n) in counts.iter().filter(|(_, n)| *n > 0) {
        if let Some(previous) = key.previous {
            let table = tables.entry((key.step, key.intent)).or_default();
            *table.entry((previous, key.what)).or_default() += n;
        }
    }
    let test = |((step, intent), mut cells): ((StepId, Option<u32>), Cells)| {
        if cells
            .keys()
            .any(|(_, what)| matches!(what, What::Accepted | What::Rejected))
        {
            // What became of entries says that there were entries.
            cells.retain(|(_, what), _| *what != What::Entered);
        }
        let (rows, columns, table) = dense(&cells);
        MemoryTest {
            step,
            intent,
            calls: cells.values().sum(),
            test: g_test(&table),
            contrast: contrast(&rows, &columns, &table),
        }
    };
    tables.into_iter().map(test).collect()
}

/// The table in full, with its most frequent rows and columns in the order of the file.
fn dense(cells: &Cells) -> (Vec<StepId>, Vec<What>, Vec<Vec<u64>>) {
    let rows = frequent(cells.iter().map(|((row, _), n)| (*row, *n)));
    let columns = frequent(cells.iter().map(|((_, column), n)| (*column, *n)));
    let side = |names: usize| names + 1;
    let mut table = vec![vec![0_u64; side(columns.len())]; side(rows.len())];
    for ((row, column), n) in cells {
        let row = rows.binary_search(row).unwrap_or(rows.len());
        let column = columns.binary_search(column).unwrap_or(columns.len());
        if let Some(cell) = table.get_mut(row).and_then(|row| row.get_mut(column)) {
            *cell += n;
        }
    }
    (rows, columns, table)
}

fn frequent<T: Copy + Ord>(of: impl Iterator<Item = (T, u64)>) -> Vec<T> {
    let mut sums: BTreeMap<T, u64> = BTreeMap::new();
    for (name, n) in of {
        *sums.entry(name).or_default() += n;
    }
    let mut names: Vec<(T, u64)> = sums.into_iter().collect();
    names.sort_by_key(|(name, n)| (Reverse(*n), *name));
    let mut names: Vec<T> = names.into_iter().take(SIDE_MAX).map(|(name, _)| name).collect();
    names.sort_unstable();
    names
}

/// The event whose share differs most between two steps from which enough calls come.
#[expect(clippy::cast_precision_loss, reason = "counts of calls are far below 2^52")]
fn contrast(rows: &[StepId], columns: &[What], table: &[Vec<u64>]) -> Option<Contrast> {
    let known: Vec<(StepId, &Vec<u64>, u64)> = rows
        .iter()
        .zip(table)
        .map(|(previous, row)| (*previous, row, row.iter().sum::<u64>()))
        .filter(|(.., calls)| *calls >= CALLS_MIN)
        .collect();
    if known.len() < 2 {
        return None;
    }
    let mut best: Option<Contrast> = None;
    for (at, what) in columns.iter().enumerate() {
        let shares = known.iter().map(|(previous, row, calls)| Origin {
            previous: *previous,
            share: row.get(at).copied().unwrap_or(0) as f64 / *calls as f64,
            calls: *calls,
        });
        let most = shares.clone().reduce(|a, b| if b.share > a.share { b } else { a })?;
        let least = shares.reduce(|a, b| if b.share < a.share { b } else { a })?;
        let by = |contrast: &Contrast| contrast.most.share - contrast.least.share;
        let here = Contrast {
            what: *what,
            most,
            least,
        };
        if best.as_ref().is_none_or(|best| by(&here) > by(best) + NEAR) {
            best = Some(here);
        }
    }
    best
}
