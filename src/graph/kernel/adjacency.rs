//! Compact adjacency lists in which parallel edges keep their identity.

use super::{NONE, number};

/// The edges out of every node, laid end to end (compressed sparse rows).
///
/// An edge is known by its id, its place in the order in which the edges were given; callers keep weights and labels
/// in arrays of their own. Parallel edges and self-loops are ordinary edges.
#[derive(Debug, Clone, Default)]
pub struct Adjacency {
    /// `first[n]..first[n + 1]` are the places of node `n` in `links`.
    first: Vec<u32>,
    /// Pairs of target and edge id.
    links: Vec<(u32, u32)>,
    /// How many ids were given out.
    edges: u32,
}

impl Adjacency {
    /// Lays out `nodes` nodes and `edges`, pairs of source and target, by a counting sort in O(V + E).
    ///
    /// Edge `i` is the `i`-th of the iteration. An edge with an end outside `0..nodes` has an id and no place. At
    /// most [`NONE`] nodes and [`NONE`] edges are taken.
    #[must_use]
    pub fn build(nodes: usize, edges: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let nodes = nodes.min(NONE as usize);
        let edges = edges.take(NONE as usize);
        let inside = |(source, target): (u32, u32)| (source.max(target) as usize) < nodes;

        // Counted two places on, summed one place on: filling the rows then moves each start into its own place.
        let mut first = vec![0_u32; nodes + 2];
        let mut ids = 0;
        for edge in edges.clone() {
            ids += 1;
            if inside(edge) {
                first[edge.0 as usize + 2] += 1;
            }
        }
        let mut sum = 0;
        for place in &mut first {
            sum += *place;
            *place = sum;
        }
        let mut links = vec![(NONE, NONE); sum as usize];
        for (id, edge) in edges.enumerate() {
            if inside(edge) {
                let place = &mut first[edge.0 as usize + 1];
                if let Some(link) = links.get_mut(*place as usize) {
                    *link = (edge.1, number(id));
                    *place += 1;
                }
            }
        }
        first.pop();
        Self {
            first,
            links,
            edges: ids,
        }
    }

    /// Takes edges that lie in order already: of each node, those that end before place `ends[node]` and not before the
    /// ends of the node before. An edge is its target; its id is its place.
    #[must_use]
    pub fn in_order(ends: &[u32], targets: impl Iterator<Item = u32>) -> Self {
        let links: Vec<(u32, u32)> = targets.zip(0..).collect();
        Self {
            first: std::iter::once(0).chain(ends.iter().copied()).collect(),
            edges: number(links.len()),
            links,
        }
    }

    /// The same edges under the same ids, each turned round, in O(V + E).
    #[must_use]
    pub fn reverse(&self) -> Self {
        // Through the order of ids, so that the edges of a node keep that order.
        let mut turned = vec![(NONE, NONE); self.edges()];
        for source in 0..number(self.nodes()) {
            for (target, edge) in self.out(source) {
                turned[edge as usize] = (target, source);
            }
        }
        Self::build(self.nodes(), turned.into_iter())
    }

    /// The edges out of a node as pairs of target and edge id, in the order of ids; none for a node outside the graph.
    pub fn out(&self, node: u32) -> std::iter::Copied<std::slice::Iter<'_, (u32, u32)>> {
        let node = node as usize;
        let row = match (self.first.get(node), self.first.get(node + 1)) {
            (Some(&start), Some(&end)) => self.links.get(start as usize..end as usize),
            _ => None,
        };
        row.unwrap_or_default().iter().copied()
    }

    /// How many nodes there are.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.first.len().saturating_sub(1)
    }

    /// How many edge ids there are.
    #[must_use]
    pub fn edges(&self) -> usize {
        self.edges as usize
    }
}
