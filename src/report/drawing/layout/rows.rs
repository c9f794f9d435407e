//! Which row each box stands in.

/// The row of each box: one further than the last of those that lead to it, then as near to what it leads to as shortens
/// its lines. The lines form no cycle. Linear.
pub fn rows(boxes: usize, lines: &[(usize, usize)], entry: usize) -> Vec<usize> {
    let mut out = vec![Vec::new(); boxes];
    let mut into = vec![0_usize; boxes];
    for (from, to) in lines {
        out[*from].push(*to);
        into[*to] += 1;
    }
    let mut waits = into.clone();
    let mut ready: Vec<usize> = (0..boxes).filter(|at| waits[*at] == 0).collect();
    let mut row = vec![0_usize; boxes];
    let mut done = 0;
    while let Some(here) = ready.get(done).copied() {
        done += 1;
        for to in &out[here] {
            row[*to] = row[*to].max(row[here] + 1);
            waits[*to] -= 1;
            if waits[*to] == 0 {
                ready.push(*to);
            }
        }
    }
    for here in ready.into_iter().rev().filter(|here| *here != entry) {
        let nearest = out[here].iter().map(|to| row[*to]).min();
        if let Some(nearest) = nearest
            && out[here].len() > into[here]
        {
            row[here] = nearest.saturating_sub(1).max(row[here]);
        }
    }
    row
}
