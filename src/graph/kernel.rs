//! Graph algorithms over dense node numbers that know nothing of phone trees.
//!
//! Nodes are `u32` from 0, edges are `u32` in the order in which they were given, weights are `u64`. Every kernel takes
//! a predicate (or a weight that may be absent) on edge ids, so a part of a graph is examined without building it again.
//! Nothing recurses; every kernel is linear or near linear, whatever the shape of the graph.

pub mod adjacency;
pub mod components;
pub mod cycle;
pub mod dominators;
pub mod knuth;
pub mod longest;
pub mod search;
pub mod shortest;
pub mod sweep;

mod queue;

/// The number that stands for no node or no edge.
pub const NONE: u32 = u32::MAX;

/// Room for so many entries is made at once where few or many may follow: most phone trees are small.
const ROOM: usize = 64;

/// A position as a node number; positions come from arrays no longer than [`NONE`].
fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(NONE)
}
