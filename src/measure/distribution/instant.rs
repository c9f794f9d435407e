//! Removal of cycles in which no time passes, exactly.

use super::steps::{LOST, NEVER, Step, Steps, count};
use std::collections::BTreeSet;

/// Steps that removal may add for each step there is, beyond the constant; past it, what is left is given up.
const ADDED_MAX: usize = 8;
/// Steps that removal may always add.
const ADDED_FREE: usize = 1 << 21;

/// Leads every way round in no time to where it comes out at last, so that steps of no time make no cycle.
///
/// On each such cycle a state is passed over: what steps into it from the states still to be treated goes where the
/// state goes, its own round summed as a geometric series. The sum is divided by what leaves the state, not by one less
/// what stays, and so loses no digits (Grassmann, Taksar and Heyman, "Regenerative analysis and steady state
/// distributions for Markov chains", Operations Research 33, 1985). Nothing is lengthened or shortened: what is below
/// or above the true law before is so after. A cycle without a way out leads to `NEVER`. Should the steps grow past all
/// measure, the last cycles lead to `LOST`, which is counted as pruned. O(states + steps) where there is no such cycle.
pub(super) fn unwind(steps: &mut Steps) {
    if !steps.list.iter().any(|step| step.units == 0 && step.lives()) || steps.order(1).is_some() {
        return;
    }
    let core = core(steps);
    let mut rows: Vec<Vec<Step>> = core.iter().map(|state| steps.out(*state).to_vec()).collect();
    let mut local = vec![LOST; steps.len()];
    for (at, state) in core.iter().enumerate() {
        local[*state as usize] = count(at);
    }
    pass_over(
        &mut rows,
        &local,
        &core,
        ADDED_FREE.saturating_add(steps.list.len().saturating_mul(ADDED_MAX)),
    );
    let old = std::mem::take(&mut steps.list);
    let first = std::mem::replace(&mut steps.first, vec![0]);
    for (ends, local) in first.windows(2).zip(local) {
        match rows.get(local as usize) {
            Some(row) => steps.list.extend_from_slice(row),
            None => steps.list.extend_from_slice(&old[ends[0] as usize..ends[1] as usize]),
        }
        steps.first.push(count(steps.list.len()));
    }
}

/// The states on cycles of no time, or between two of them.
fn core(steps: &Steps) -> Vec<u32> {
    let mut stays = vec![true; steps.len()];
    let edges: Vec<(u32, u32)> = (0..count(steps.len()))
        .flat_map(|state| {
            steps
                .out(state)
                .iter()
                .filter(|step| step.units == 0 && step.lives())
                .map(move |step| (state, step.to))
        })
        .collect();
    for backward in [false, true] {
        let ends = |edge: &(u32, u32)| if backward { (edge.1, edge.0) } else { *edge };
        let mut open = vec![0_u32; steps.len()];
        let mut next = vec![Vec::new(); steps.len()];
        for (from, to) in edges
            .iter()
            .map(ends)
            .filter(|(from, to)| stays[*from as usize] && stays[*to as usize])
        {
            open[to as usize] += 1;
            next[from as usize].push(to);
        }
        let mut free: Vec<u32> = (0..count(steps.len())).filter(|at| open[*at as usize] == 0).collect();
        while let Some(state) = free.pop() {
            stays[state as usize] = false;
            for to in std::mem::take(&mut next[state as usize]) {
                open[to as usize] -= 1;
                if open[to as usize] == 0 {
                    free.push(to);
                }
            }
        }
    }
    (0..count(steps.len())).filter(|state| stays[*state as usize]).collect()
}

fn pass_over(rows: &mut [Vec<Step>], local: &[u32], core: &[u32], added_max: usize) {
    let inner = |step: &Step| {
        let at = if step.units == 0 && step.lives() {
            local[step.to as usize]
        } else {
            LOST
        };
        (at != LOST).then_some(at)
    };
    let mut before = vec![BTreeSet::new(); rows.len()];
    for (at, row) in rows.iter().enumerate() {
        for to in row.iter().filter_map(inner) {
            before[to as usize].insert(count(at));
        }
    }
    let mut order: Vec<u32> = (0..count(rows.len())).collect();
    order.sort_by_key(|at| (before[*at as usize].len() * rows[*at as usize].len(), *at));
    let mut done = vec![false; rows.len()];
    let mut added = 0;
    for at in order {
        let own = core[at as usize];
        done[at as usize] = true;
        let mut row = std::mem::take(&mut rows[at as usize]);
        let sources = std::mem::take(&mut before[at as usize]);
        if added + row.len() * sources.len() > added_max {
            // Too dear: what would come round to this state in no time is given up.
            for source in sources.into_iter().filter(|source| !done[*source as usize]) {
                for step in rows[source as usize]
                    .iter_mut()
                    .filter(|step| step.units == 0 && step.to == own)
                {
                    step.to = LOST;
                }
            }
            for step in row.iter_mut().filter(|step| step.units == 0 && step.to == own) {
                step.to = LOST;
            }
            rows[at as usize] = row;
            continue;
        }
        leave_at_last(&mut row, own);
        for source in sources
            .into_iter()
            .filter(|source| *source != at && !done[*source as usize])
        {
            let from = &mut rows[source as usize];
            let share: f64 = from
                .iter()
                .filter(|step| step.units == 0 && step.to == own)
                .map(|step| step.p)
                .sum();
            from.retain(|step| step.units != 0 || step.to != own);
            from.extend(row.iter().map(|step| Step {
                p: share * step.p,
                ..*step
            }));
            merge(from);
            added += row.len();
            for to in row.iter().filter_map(inner) {
                before[to as usize].insert(source);
            }
        }
        rows[at as usize] = row;
    }
}

/// Spreads what comes back to the state at once over its other steps.
fn leave_at_last(row: &mut Vec<Step>, own: u32) {
    let all: f64 = row.iter().map(|step| step.p).sum();
    row.retain(|step| step.units != 0 || step.to != own);
    let leaves: f64 = row.iter().map(|step| step.p).sum();
    if leaves > 0.0 {
        for step in row.iter_mut() {
            step.p *= all / leaves;
        }
    } else {
        row.push(Step {
            to: NEVER,
            units: 0,
            p: all,
        });
    }
}

fn merge(row: &mut Vec<Step>) {
    row.sort_by_key(|step| (step.to, step.units));
    row.dedup_by(|next, kept| {
        let same = next.to == kept.to && next.units == kept.units;
        if same {
            kept.p += next.p;
        }
        same
    });
}
