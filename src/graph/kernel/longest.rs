//! The most that can be gathered on a walk.

use super::NONE;
use super::adjacency::Adjacency;
use super::components::components;

/// What can be gathered at most by the time a walk stands at a node; the order of the variants is their order of size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Total {
    /// No walk comes here.
    Unreached,
    /// This much and no more, the node's own gain included.
    Finite(u64),
    /// More than any number: a walk can go round and gain each time before it comes here.
    Endless,
}

/// The greatest totals of the walks from one source.
#[derive(Debug, Clone)]
pub struct Longest {
    /// The greatest total at each node.
    pub totals: Vec<Total>,
    /// Where gain is endless: for each component that brings this about itself, its lowest node that gains, upstream
    /// components first.
    pub pumps: Vec<u32>,
    via: Vec<u32>,
}

impl Longest {
    /// The edge over which the best walk comes to a node; none at the source and at unreached nodes.
    #[must_use]
    pub fn via(&self, node: u32) -> Option<u32> {
        self.via.get(node as usize).copied().filter(|&via| via != NONE)
    }

    /// The greatest total anywhere with the lowest node that has it; none where the source is outside the graph.
    #[must_use]
    pub fn greatest(&self) -> Option<(u32, Total)> {
        let reached = (0_u32..)
            .zip(self.totals.iter().copied())
            .filter(|(_, total)| *total != Total::Unreached);
        reached.reduce(|best, next| if next.1 > best.1 { next } else { best })
    }

    /// The edges of a best walk to a node, last edge first; `source` names the node an edge comes from.
    ///
    /// Where the total is finite, the gains along it add up to it. Where it is endless, it is a way to the node.
    pub fn trail(&self, node: u32, source: impl Fn(u32) -> u32) -> impl Iterator<Item = u32> {
        let mut at = node;
        let edges = std::iter::from_fn(move || {
            let edge = self.via(at)?;
            at = source(edge);
            Some(edge)
        });
        edges.take(self.via.len())
    }
}

/// The greatest sums of gains on walks from `source` over kept edges, a gain counting at each visit, in O(V + E).
///
/// Longest paths over the condensation, component by component in topological order. A component with a cycle and a
/// gain makes everything from there on endless; one without a gain is passed through freely. Sums stop at `u64::MAX`.
/// Among equals the lowest edge id is taken.
#[must_use]
pub fn longest(adjacency: &Adjacency, source: u32, gain: impl Fn(u32) -> u64, keep: impl Fn(u32) -> bool) -> Longest {
    let nodes = adjacency.nodes();
    let parts = components(adjacency, [source], &keep);
    let cyclic = parts.cyclic(adjacency, &keep);
    // Until its component has its turn, a node holds the best total with which a walk arrives.
    let mut best = Longest {
        totals: vec![Total::Unreached; nodes],
        pumps: Vec::new(),
        via: vec![NONE; nodes],
    };
    if let Some(total) = best.totals.get_mut(source as usize) {
        *total = Total::Finite(0);
    }
    let mut inside = vec![false; nodes];
    let mut walk = Vec::new();

    for (component, round) in (0..parts.count()).zip(cyclic).rev() {
        let members = parts.members(component);
        let arrival = |node: u32| (best.totals[node as usize], std::cmp::Reverse(best.via[node as usize]));
        let Some(entry) = members.iter().copied().max_by_key(|&node| arrival(node)) else {
            continue;
        };
        let pump = members.iter().copied().filter(|&node| round && gain(node) > 0).min();
        // Without a pump, a component with a cycle has no gains to add.
        let total = match best.totals[entry as usize] {
            _ if pump.is_some() => Total::Endless,
            Total::Finite(sum) => Total::Finite(sum.saturating_add(gain(entry))),
            other => other,
        };
        best.pumps.extend(pump);

        // Breadth-first from the entry: short ways through a component in which all nodes are worth the same.
        walk.clear();
        walk.push(entry);
        inside[entry as usize] = true;
        let mut done = 0;
        while let Some(&node) = walk.get(done) {
            done += 1;
            best.totals[node as usize] = total;
            for (target, edge) in adjacency.out(node) {
                let at = target as usize;
                if inside[at] || !keep(edge) {
                    continue;
                }
                if parts.of(target) == Some(component) {
                    inside[at] = true;
                    best.via[at] = edge;
                    walk.push(target);
                } else if total > best.totals[at] || (total == best.totals[at] && edge < best.via[at]) {
                    best.totals[at] = total;
                    best.via[at] = edge;
                }
            }
        }
    }
    best
}
