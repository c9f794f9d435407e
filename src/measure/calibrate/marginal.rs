//! What it is worth that one event of a row becomes more frequent, where the row is that of several states.

/// One state of a row.
pub(super) struct Row {
    /// How often a call comes to it.
    pub often: f64,
    /// The share of each event.
    pub shares: Vec<f64>,
    /// What each event is worth.
    pub values: Vec<f64>,
}

/// Events of a row at most for which it is found out who changes her mind.
const EVENTS_MAX: usize = 64;
/// Shares below this are none.
const NOBODY: f64 = 1e-15;

/// For each event what a call is worth that turns to it, but for a constant.
///
/// Where the shares of all states change by common factors so that together they change by d, those of state s change by
/// `p_s(k) (f(k) - sum of p_s f)`, with `M f = d`, `M = diag(p) - sum of w_s p_s p_s'` and `w_s` how often calls come to s.
/// The figure changes by `g' f` with `g(k) = sum of w_s p_s(k) (V_s(k) - mean of V_s)`, so that events are worth the u with
/// `M u = g`. Of a single state u is V.
pub(super) fn marginal(rows: &[Row], events: usize) -> Vec<f64> {
    let all: f64 = rows.iter().map(|row| row.often).sum();
    if let [row] = rows {
        return row.values.clone();
    }
    let mut shares = vec![0.0; events];
    let mut worth = vec![0.0; events];
    let mut change = vec![0.0; events];
    for row in rows {
        let weight = row.often / all;
        let mean: f64 = row
            .shares
            .iter()
            .zip(&row.values)
            .map(|(share, value)| share * value)
            .sum();
        for (event, (share, value)) in row.shares.iter().zip(&row.values).enumerate() {
            add(&mut shares, event, weight * share);
            add(&mut worth, event, weight * share * value);
            add(&mut change, event, weight * share * (value - mean));
        }
    }
    if events > EVENTS_MAX {
        // What those are worth who do it already.
        return worth
            .iter()
            .zip(&shares)
            .map(|(worth, share)| if *share > NOBODY { worth / share } else { 0.0 })
            .collect();
    }
    let even = 1.0 / f64::from(crate::graph::number(events).max(1));
    let mut matrix = vec![vec![0.0; events]; events];
    for (at, (line, share)) in matrix.iter_mut().zip(&shares).enumerate() {
        if *share <= NOBODY {
            add(line, at, 1.0);
            continue;
        }
        // Whatever is added to all events alike changes nothing; this chooses the worths that add to 0.
        for (other, cell) in line.iter_mut().enumerate() {
            *cell = if shares.get(other).is_some_and(|share| *share > NOBODY) {
                even
            } else {
                0.0
            };
        }
        add(line, at, *share);
    }
    for row in rows {
        let weight = row.often / all;
        for (line, share) in matrix.iter_mut().zip(&row.shares) {
            for (cell, other) in line.iter_mut().zip(&row.shares) {
                *cell -= weight * share * other;
            }
        }
    }
    solve(matrix, change)
}

fn add(values: &mut [f64], at: usize, by: f64) {
    if let Some(value) = values.get_mut(at) {
        *value += by;
    }
}

/// Solves a system by elimination with pivots; what cannot be told apart is worth nothing.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    let cell = |line: &[f64], at: usize| line.get(at).copied().unwrap_or(0.0);
    let mut done: Vec<(Vec<f64>, f64)> = Vec::with_capacity(size);
    for at in 0..size {
        let largest =
            |(_, a): &(usize, &Vec<f64>), (_, b): &(usize, &Vec<f64>)| cell(a, at).abs().total_cmp(&cell(b, at).abs());
        let Some((best, _)) = matrix.iter().enumerate().max_by(largest) else {
            break;
        };
        let (line, value) = (matrix.swap_remove(best), right.swap_remove(best));
        let pivot = cell(&line, at);
        if pivot.abs() >= NOBODY {
            for (other, other_value) in matrix.iter_mut().zip(&mut right) {
                let factor = cell(other, at) / pivot;
                for (cell, own) in other.iter_mut().zip(&line) {
                    *cell -= factor * own;
                }
                *other_value -= factor * value;
            }
        }
        done.push((line, value));
    }
    let mut out = vec![0.0; size];
    for (at, (line, value)) in done.iter().enumerate().rev() {
        let rest: f64 = line.iter().zip(&out).skip(at + 1).map(|(own, out)| own * out).sum();
        let pivot = cell(line, at);
        if let Some(out) = out.get_mut(at)
            && pivot.abs() >= NOBODY
        {
            *out = (value - rest) / pivot;
        }
    }
    out
}
