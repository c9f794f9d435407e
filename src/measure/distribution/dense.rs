//! The law of a small chain: all states over the whole horizon, eight points of time at once.

use super::law::{Law, Series};
use super::steps::{GOAL, LEFT, LOST, NEVER, OTHER, Step, Steps};

/// Points of time that are worked out together.
const LANES: usize = 8;
/// Places outside the chain, each a row of its own.
const SINKS: [u32; 4] = [GOAL, OTHER, LEFT, LOST];

/// What comes into a row: from which cell at time 0, how much later, how much of it.
struct Inflow {
    from: usize,
    units: usize,
    p: f64,
}

/// Cells that `law` would fill; beyond some millions the calendar is better.
pub(super) fn cells(states: usize, horizon: u32) -> usize {
    states.saturating_add(SINKS.len()).saturating_mul(width(horizon))
}

/// The law of the goal by `m_v(t) = Σ p_uv m_u(t - d_uv)`.
///
/// States are taken in an order in which every step shorter than a block leads onward: then all that a block needs is
/// there, from blocks before or from states before. Where only shorter blocks have such an order, all eight lanes are
/// worked out all the same, and those beyond the block once more with the next, before anything within a block reads
/// them. O(steps × horizon / block), memory `cells`.
pub(super) fn law(steps: &Steps, horizon: u32, step_ms: u32) -> Law {
    let width = width(horizon);
    let (stride, order) = [8, 4, 2]
        .into_iter()
        .find_map(|stride: u32| Some((stride as usize, steps.order(stride)?)))
        .unwrap_or_else(|| (1, steps.order(1).unwrap_or_default()));
    let rows: Vec<usize> = order
        .iter()
        .map(|state| *state as usize)
        .chain(steps.len()..steps.len() + SINKS.len())
        .collect();
    let (first, inflows) = inflows(steps, width, &rows);
    let mut cells = vec![0.0_f64; cells(steps.len(), horizon)];
    let span = horizon as usize + 1;
    for time in (0..span).step_by(stride) {
        for (at, &row) in rows.iter().enumerate() {
            let mut sum = [0.0; LANES];
            sum[0] = if time == 0 && row == 0 { 1.0 } else { 0.0 };
            for inflow in &inflows[first[at]..first[at + 1]] {
                if inflow.units < time + LANES {
                    let from = (inflow.from + time).wrapping_sub(inflow.units);
                    let Some(source) = cells.get(from..).and_then(|cells| cells.first_chunk::<LANES>()) else {
                        continue;
                    };
                    for (sum, source) in sum.iter_mut().zip(source) {
                        *sum += inflow.p * source;
                    }
                }
            }
            let to = row * width + LANES + time;
            cells[to..to + LANES].copy_from_slice(&sum);
        }
    }
    let series = |sink: usize| {
        let begin = (steps.len() + sink) * width + LANES;
        cells[begin..begin + span].to_vec()
    };
    let lost = series(3).iter().sum();
    let tail = tail(steps, &cells, width, span);
    Law::new(
        step_ms,
        Series {
            goal: series(0),
            other: series(1),
            left: series(2),
        },
        tail,
        lost,
    )
}

/// A row has empty cells before time 0, and room for lanes beyond the horizon.
fn width(horizon: u32) -> usize {
    horizon as usize + 1 + 2 * LANES
}

/// What comes into each row, rows in the order in which they are worked out.
fn inflows(steps: &Steps, width: usize, rows: &[usize]) -> (Vec<usize>, Vec<Inflow>) {
    let mut position = vec![0; rows.len()];
    for (at, row) in rows.iter().enumerate() {
        position[*row] = at;
    }
    let target = |to: u32| match SINKS.iter().position(|sink| *sink == to) {
        Some(sink) => position.get(steps.len() + sink).copied(),
        None => position.get(to as usize).copied(),
    };
    let mut first = vec![0; rows.len() + 1];
    for at in steps.list.iter().filter_map(|step| target(step.to)) {
        first[at + 1] += 1;
    }
    for at in 0..rows.len() {
        first[at + 1] += first[at];
    }
    let mut next = first.clone();
    let mut list: Vec<Inflow> = (0..*first.last().unwrap_or(&0))
        .map(|_| Inflow {
            from: 0,
            units: 0,
            p: 0.0,
        })
        .collect();
    for (state, ends) in steps.first.windows(2).enumerate() {
        for step in &steps.list[ends[0] as usize..ends[1] as usize] {
            if let Some(at) = target(step.to) {
                list[next[at]] = Inflow {
                    from: state * width + LANES,
                    units: step.units as usize,
                    p: step.p,
                };
                next[at] += 1;
            }
        }
    }
    (first, list)
}

/// What is under way beyond the horizon, or never comes anywhere.
fn tail(steps: &Steps, cells: &[f64], width: usize, span: usize) -> f64 {
    let units = |step: &Step| if step.to == NEVER { span } else { step.units as usize };
    let mut tail = 0.0;
    let mut later = Vec::new();
    for (state, ends) in steps.first.windows(2).enumerate() {
        let row = &cells[state * width + LANES..state * width + LANES + span];
        let out = &steps.list[ends[0] as usize..ends[1] as usize];
        let mut sum = 0.0;
        later.clear();
        later.push(sum);
        for mass in row.iter().rev().take(out.iter().map(units).max().unwrap_or(0)) {
            sum += mass;
            later.push(sum);
        }
        tail += out
            .iter()
            .map(|step| step.p * later[units(step).min(later.len() - 1)])
            .sum::<f64>();
    }
    tail
}
