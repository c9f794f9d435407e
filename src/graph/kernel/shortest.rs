//! Cheapest paths from a set of sources.

use super::NONE;
use super::adjacency::Adjacency;
use super::queue::Queue;

/// For every node the cost of its best path, with the edge that path takes at the node.
///
/// Among paths of equal cost one with the fewest edges is taken, and at each node the lowest edge id that lies on such
/// a path, so the witness does not depend on the order in which the search went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortest {
    pub(super) labels: Vec<Label>,
}

/// What is known of one node; the derived order is the order of preference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Label {
    pub(super) cost: u64,
    pub(super) steps: u32,
    pub(super) via: u32,
}

impl Label {
    /// A node no path is known to; a path whose cost overflows counts as none.
    pub(super) const UNREACHED: Self = Self {
        cost: u64::MAX,
        steps: u32::MAX,
        via: NONE,
    };

    /// The path that begins at this node with a cost already run up.
    pub(super) fn start(cost: u64) -> Self {
        Self {
            cost,
            steps: 0,
            via: NONE,
        }
    }

    /// The order of preference as one number, which compares faster than three.
    pub(super) fn rank(self) -> u128 {
        u128::from(self.cost) << 64 | u128::from(self.steps) << 32 | u128::from(self.via)
    }

    /// Whether it is a path without an edge.
    pub(super) fn is_start(self) -> bool {
        self.via == NONE && self.cost != u64::MAX
    }

    /// This path, one edge longer.
    pub(super) fn extend(self, weight: u64, edge: u32) -> Self {
        Self {
            cost: self.cost.saturating_add(weight),
            steps: self.steps.saturating_add(1),
            via: edge,
        }
    }
}

impl Shortest {
    /// The cost of the best path of a node; none where there is no path.
    #[must_use]
    pub fn cost(&self, node: u32) -> Option<u64> {
        self.label(node).map(|label| label.cost)
    }

    /// How many edges the best path has.
    #[must_use]
    pub fn steps(&self, node: u32) -> Option<u32> {
        self.label(node).map(|label| label.steps)
    }

    /// The edge the best path takes at the node; none where the path begins, or where there is none.
    #[must_use]
    pub fn via(&self, node: u32) -> Option<u32> {
        self.label(node).map(|label| label.via).filter(|&via| via != NONE)
    }

    /// The edges of the best path, from the node towards the sources or targets of the search.
    ///
    /// `other` names the end of an edge that lies further on; it answers none for an edge that ends the path.
    pub fn trail(&self, node: u32, other: impl Fn(u32) -> Option<u32>) -> impl Iterator<Item = u32> {
        let mut at = Some(node);
        let edges = std::iter::from_fn(move || {
            let edge = self.via(at?)?;
            at = other(edge);
            Some(edge)
        });
        // A best path visits no node twice, whatever `other` says.
        edges.take(self.labels.len())
    }

    /// The same paths for nodes of other numbers: node `n` of the answer is node `numbers[n]` of this one.
    #[must_use]
    pub fn renumbered(&self, numbers: &[u32]) -> Self {
        let label = |at: &u32| self.labels.get(*at as usize).copied().unwrap_or(Label::UNREACHED);
        Self {
            labels: numbers.iter().map(label).collect(),
        }
    }

    fn label(&self, node: u32) -> Option<&Label> {
        self.labels.get(node as usize).filter(|label| label.cost != u64::MAX)
    }

    pub(super) fn unreached(nodes: usize) -> Self {
        Self {
            labels: vec![Label::UNREACHED; nodes],
        }
    }

    /// Takes a path to a node if it is better than the one known, entering the node where its rank changes.
    pub(super) fn offer(&mut self, node: u32, path: Label, queue: &mut Queue) {
        let Some(known) = self.labels.get_mut(node as usize) else {
            return;
        };
        if path < *known && path.cost != u64::MAX {
            if (path.cost, path.steps) != (known.cost, known.steps) {
                queue.push(path.cost, path.steps, node);
            }
            *known = path;
        }
    }
}

/// Cheapest paths from `sources`, each with its initial cost, in O((V + E) log V).
///
/// An edge without a weight is left out. Sources outside the graph are ignored. To find the costs *to* a set of nodes,
/// search the reversed adjacency.
///
/// E. W. Dijkstra, "A note on two problems in connexion with graphs", Numerische Mathematik 1, 1959.
#[must_use]
pub fn distances(adjacency: &Adjacency, sources: &[(u32, u64)], weight: impl Fn(u32) -> Option<u64>) -> Shortest {
    let mut best = Shortest::unreached(adjacency.nodes());
    let mut queue = Queue::new(adjacency.nodes());
    for &(source, cost) in sources {
        best.offer(source, Label::start(cost), &mut queue);
    }
    while let Some((cost, steps, node)) = queue.pop() {
        let path = best.labels[node as usize];
        if (path.cost, path.steps) != (cost, steps) {
            continue;
        }
        for (target, edge) in adjacency.out(node) {
            if let Some(weight) = weight(edge) {
                best.offer(target, path.extend(weight, edge), &mut queue);
            }
        }
    }
    best
}
