//! Shortest cycles through given nodes.

use super::NONE;
use super::adjacency::Adjacency;
use super::components::Components;

/// Finds cycles in one graph, keeping its buffers from one question to the next.
#[derive(Debug)]
pub struct Cycles<'graph> {
    adjacency: &'graph Adjacency,
    components: &'graph Components,
    /// Node and edge from which the search came to a node.
    from: Vec<(u32, u32)>,
    queue: Vec<u32>,
}

impl<'graph> Cycles<'graph> {
    /// Prepares for questions about a graph whose components are known, in O(V).
    #[must_use]
    pub fn new(adjacency: &'graph Adjacency, components: &'graph Components) -> Self {
        Self {
            adjacency,
            components,
            from: vec![(NONE, NONE); adjacency.nodes()],
            queue: Vec::new(),
        }
    }

    /// A shortest cycle of kept edges through a node, as edge ids from the node round to itself; none if there is none.
    ///
    /// Breadth-first inside the node's component, linear in the size of that component; give the predicate the
    /// components were found with. Among cycles of equal length the first in breadth-first order is taken.
    pub fn through(&mut self, node: u32, keep: impl Fn(u32) -> bool) -> Option<Vec<u32>> {
        let component = self.components.of(node)?;
        self.queue.push(node);
        let mut last = None;
        let mut done = 0;
        while let (None, Some(&source)) = (last, self.queue.get(done)) {
            done += 1;
            for (target, edge) in self.adjacency.out(source) {
                if self.components.of(target) != Some(component) || !keep(edge) {
                    continue;
                }
                if target == node {
                    last = Some((source, edge));
                    break;
                }
                if let Some(from @ (NONE, NONE)) = self.from.get_mut(target as usize) {
                    *from = (source, edge);
                    self.queue.push(target);
                }
            }
        }
        let cycle = last.map(|last| {
            let back = std::iter::successors(Some(last), |&(at, _)| (at != node).then(|| self.from[at as usize]));
            let mut edges: Vec<u32> = back.map(|(_, edge)| edge).collect();
            edges.reverse();
            edges
        });
        for node in self.queue.drain(..) {
            self.from[node as usize] = (NONE, NONE);
        }
        cycle
    }
}
