//! Strongly connected components.

use super::adjacency::Adjacency;
use super::{NONE, ROOM, number};

/// The strongly connected components of the part of a graph that was searched.
///
/// Ids run from 0 in reverse topological order: an edge from one component into another goes from a higher id to a
/// lower one.
#[derive(Debug, Clone, Default)]
pub struct Components {
    of: Vec<u32>,
    /// Members of component `c` are `members[first[c]..first[c + 1]]`.
    first: Vec<u32>,
    members: Vec<u32>,
}

impl Components {
    /// The component of a node; none where the search did not come.
    #[must_use]
    pub fn of(&self, node: u32) -> Option<u32> {
        self.of
            .get(node as usize)
            .copied()
            .filter(|&component| component != NONE)
    }

    /// How many components there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        number(self.first.len().saturating_sub(1))
    }

    /// The nodes of a component; none for an id that was not given out.
    #[must_use]
    pub fn members(&self, component: u32) -> &[u32] {
        let component = component as usize;
        let row = match (self.first.get(component), self.first.get(component + 1)) {
            (Some(&start), Some(&end)) => self.members.get(start as usize..end as usize),
            _ => None,
        };
        row.unwrap_or_default()
    }

    /// For every component, whether no kept edge leaves it, in O(V + E); give the predicate of the search.
    #[must_use]
    pub fn bottom(&self, adjacency: &Adjacency, keep: impl Fn(u32) -> bool) -> Vec<bool> {
        self.any(adjacency, |own, other, edge| own != other && keep(edge))
            .map(|leaves| !leaves)
            .collect()
    }

    /// For every component, whether a walk can go round in it for ever, in O(V + E); give the predicate of the search.
    #[must_use]
    pub fn cyclic(&self, adjacency: &Adjacency, keep: impl Fn(u32) -> bool) -> Vec<bool> {
        self.any(adjacency, |own, other, edge| own == other && keep(edge))
            .collect()
    }

    /// For every component, whether some edge out of its nodes answers to `found(own, other, edge)`.
    fn any(&self, adjacency: &Adjacency, found: impl Fn(u32, u32, u32) -> bool) -> impl Iterator<Item = bool> {
        let other = |target: u32| self.of.get(target as usize).copied().unwrap_or(NONE);
        let holds = move |own: u32, node: u32| {
            adjacency
                .out(node)
                .any(|(target, edge)| found(own, other(target), edge))
        };
        (0..self.count()).map(move |own| self.members(own).iter().any(|&node| holds(own, node)))
    }
}

/// The components of everything the starts reach over kept edges, in O(V + E); `0..nodes` starts everywhere.
///
/// R. E. Tarjan, "Depth-first search and linear graph algorithms", SIAM Journal on Computing 1(2), 1972, in the form of
/// D. J. Pearce, "A space-efficient algorithm for finding strongly connected components", Information Processing
/// Letters 116(1), 2016, over an explicit stack.
#[must_use]
pub fn components(
    adjacency: &Adjacency,
    starts: impl IntoIterator<Item = u32>,
    keep: impl Fn(u32) -> bool,
) -> Components {
    /// Above every index, below [`NONE`]: the component of the node is complete.
    const DONE: u32 = NONE - 1;

    // The lowest index known to be reachable from a node inside its component; NONE before the node is met.
    let mut low = vec![NONE; adjacency.nodes()];
    let mut found = Components {
        of: vec![NONE; adjacency.nodes()],
        first: Vec::with_capacity(ROOM),
        members: Vec::with_capacity(ROOM),
    };
    found.first.push(0);
    let mut next = 0;
    let mut calls = Vec::with_capacity(ROOM);
    let mut open: Vec<u32> = Vec::new();

    for start in starts {
        if low.get(start as usize) != Some(&NONE) {
            continue;
        }
        low[start as usize] = next;
        calls.push((start, next, adjacency.out(start)));
        next += 1;
        while let Some((node, index, links)) = calls.last_mut() {
            let (node, index) = (*node, *index);
            if let Some((target, edge)) = links.next() {
                let known = low[target as usize];
                if known < low[node as usize] {
                    if keep(edge) {
                        low[node as usize] = known;
                    }
                } else if known == NONE && keep(edge) {
                    low[target as usize] = next;
                    calls.push((target, next, adjacency.out(target)));
                    next += 1;
                }
                continue;
            }
            calls.pop();
            let lowest = low[node as usize];
            if lowest < index {
                open.push(node);
                if let Some((parent, ..)) = calls.last() {
                    let known = &mut low[*parent as usize];
                    *known = lowest.min(*known);
                }
                continue;
            }
            let component = number(found.first.len() - 1);
            let mut member = Some(node);
            while let Some(node) = member {
                low[node as usize] = DONE;
                found.of[node as usize] = component;
                found.members.push(node);
                member = open.pop_if(|&mut node| low[node as usize] >= index);
            }
            found.first.push(number(found.members.len()));
        }
    }
    found
}
