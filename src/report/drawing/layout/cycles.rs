//! Which lines lead back, so that without them there is no cycle.

/// For each line whether it leads back to a box from which its source is reached: those that a search in depth, begun at
/// the entry, finds to close a cycle. Linear.
pub fn back(
    boxes: usize,
    lines: &[(usize, usize)],
    entry: usize,
    usable: &impl Fn(&(usize, usize)) -> bool,
) -> Vec<bool> {
    const NEW: u8 = 0;
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    let mut out = vec![Vec::new(); boxes];
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| usable(line)) {
        out[line.0].push(at);
    }
    let mut back = vec![false; lines.len()];
    let mut state = vec![NEW; boxes];
    let mut stack: Vec<(usize, usize)> = Vec::new();
    for start in std::iter::once(entry).filter(|entry| *entry < boxes).chain(0..boxes) {
        if state[start] != NEW {
            continue;
        }
        state[start] = OPEN;
        stack.push((start, 0));
        while let Some((here, next)) = stack.last_mut() {
            let Some(line) = out[*here].get(*next).copied() else {
                state[*here] = DONE;
                stack.pop();
                continue;
            };
            *next += 1;
            let to = lines[line].1;
            match state[to] {
                NEW => {
                    state[to] = OPEN;
                    stack.push((to, 0));
                }
                OPEN => back[line] = true,
                _ => {}
            }
        }
    }
    back
}
