//! Reachability.

use super::ROOM;
use super::adjacency::Adjacency;

/// For every node, whether some source leads to it over kept edges; a source always leads to itself.
///
/// Depth-first over an explicit stack, O(V + E).
#[must_use]
pub fn reach(adjacency: &Adjacency, sources: impl IntoIterator<Item = u32>, keep: impl Fn(u32) -> bool) -> Vec<bool> {
    let mut reached = vec![false; adjacency.nodes()];
    let mut open = Vec::with_capacity(ROOM);
    for source in sources {
        if let Some(seen @ false) = reached.get_mut(source as usize) {
            *seen = true;
            open.push(source);
        }
    }
    while let Some(node) = open.pop() {
        for (target, edge) in adjacency.out(node) {
            let seen = &mut reached[target as usize];
            if !*seen && keep(edge) {
                *seen = true;
                open.push(target);
            }
        }
    }
    reached
}
