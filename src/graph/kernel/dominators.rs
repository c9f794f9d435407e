//! The nodes that lie on every way to a node.

use super::adjacency::Adjacency;
use super::{NONE, ROOM, number};

/// The dominator tree of the nodes a root reaches.
#[derive(Debug, Clone)]
pub struct Dominators {
    /// Immediate dominator of each node; the root and unreached nodes have none.
    idom: Vec<u32>,
    /// The nodes reached, each after its dominators; the root first.
    order: Vec<u32>,
}

impl Dominators {
    /// The nearest other node on every way from the root; none for the root and where the root does not come.
    #[must_use]
    pub fn immediate(&self, node: u32) -> Option<u32> {
        self.idom.get(node as usize).copied().filter(|&above| above != NONE)
    }

    /// The dominators of a node from itself up to the root; nothing where the root does not come.
    pub fn chain(&self, node: u32) -> impl Iterator<Item = u32> {
        let reached = self.immediate(node).is_some() || self.order.first() == Some(&node);
        std::iter::successors(reached.then_some(node), |&node| self.immediate(node))
    }

    /// The nodes the root reaches, the root first, each after all of its dominators.
    #[must_use]
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// Numbers the tree so that dominance is answered in O(1); O(V).
    #[must_use]
    pub fn ancestors(&self) -> Ancestors {
        let mut spans = vec![(0, 0); self.idom.len()];
        for &node in self.order.iter().rev() {
            let size = &mut spans[node as usize].1;
            *size += 1;
            let size = *size;
            if let Some(above) = self.immediate(node) {
                spans[above as usize].1 += size;
            }
        }
        // The next free number below each node; a node takes as many of its parent's as its subtree needs.
        let mut free = vec![1; self.idom.len()];
        for &node in &self.order {
            if let Some(above) = self.immediate(node) {
                let next = &mut free[above as usize];
                let entry = *next;
                let size = spans[node as usize].1;
                *next += size;
                spans[node as usize].0 = entry;
                free[node as usize] = entry + 1;
            }
        }
        Ancestors { spans }
    }
}

/// Preorder numbers of a dominator tree.
#[derive(Debug, Clone)]
pub struct Ancestors {
    /// Preorder number and size of the subtree; size 0 for a node outside the tree.
    spans: Vec<(u32, u32)>,
}

impl Ancestors {
    /// Whether every way from the root to `below` comes through `above`; a node dominates itself, O(1).
    ///
    /// False where the root reaches either of them not at all.
    #[must_use]
    pub fn dominates(&self, above: u32, below: u32) -> bool {
        match (self.spans.get(above as usize), self.spans.get(below as usize)) {
            (Some(&(start, size)), Some(&(entry, 1..))) => entry >= start && entry - start < size,
            _ => false,
        }
    }
}

/// The dominators of everything `root` reaches over kept edges, in O(E log V).
///
/// `backward` is the reverse of `forward`; exchange the two for post-dominators. The bound holds for every shape of
/// graph, where variants that climb the tree node by node take quadratic time on a long chain that ends in a wide fan
/// with a way in from the start.
///
/// T. Lengauer and R. E. Tarjan, "A fast algorithm for finding dominators in a flowgraph", ACM Transactions on
/// Programming Languages and Systems 1(1), 1979, with path compression, over explicit stacks.
#[must_use]
pub fn dominators(forward: &Adjacency, backward: &Adjacency, root: u32, keep: impl Fn(u32) -> bool) -> Dominators {
    let mut idom = vec![NONE; forward.nodes()];
    let Preorder { order, parent, numbers } = preorder(forward, root, &keep);

    // From here on nodes go by their preorder numbers, until the last loop.
    let mut forest: Vec<Tree> = (0..number(order.len()))
        .map(|node| Tree {
            above: NONE,
            label: node,
            semi: node,
        })
        .collect();
    let mut above = vec![0; order.len()];
    // Lists of the nodes that have a given semidominator, threaded through two arrays.
    let mut head = vec![NONE; order.len()];
    let mut next = vec![NONE; order.len()];
    let mut path = Vec::new();

    for node in (1..number(order.len())).rev() {
        let mut semi = node;
        for (source, edge) in backward.out(order[node as usize]) {
            if let Some(&source) = numbers.get(source as usize)
                && source != NONE
                && keep(edge)
            {
                let least = least(&mut forest, source, &mut path);
                semi = semi.min(forest[least as usize].semi);
            }
        }
        let parent = parent[node as usize];
        forest[node as usize].semi = semi;
        forest[node as usize].above = parent;
        next[node as usize] = std::mem::replace(&mut head[semi as usize], node);

        let mut waiting = std::mem::replace(&mut head[parent as usize], NONE);
        while waiting != NONE {
            let least = least(&mut forest, waiting, &mut path);
            above[waiting as usize] = if forest[least as usize].semi < parent {
                least
            } else {
                parent
            };
            waiting = next[waiting as usize];
        }
    }
    for node in 1..order.len() {
        if above[node] != forest[node].semi {
            above[node] = above[above[node] as usize];
        }
        idom[order[node] as usize] = order[above[node] as usize];
    }
    Dominators { idom, order }
}

/// A depth-first tree.
struct Preorder {
    /// Nodes by number.
    order: Vec<u32>,
    /// Number of the parent, by number.
    parent: Vec<u32>,
    /// Numbers by node.
    numbers: Vec<u32>,
}

fn preorder(forward: &Adjacency, root: u32, keep: impl Fn(u32) -> bool) -> Preorder {
    let mut tree = Preorder {
        order: Vec::with_capacity(ROOM),
        parent: Vec::with_capacity(ROOM),
        numbers: vec![NONE; forward.nodes()],
    };
    if root as usize >= forward.nodes() {
        return tree;
    }
    tree.numbers[root as usize] = 0;
    tree.order.push(root);
    tree.parent.push(0);
    let mut calls = Vec::with_capacity(ROOM);
    calls.push((0, forward.out(root)));
    while let Some((parent, links)) = calls.last_mut() {
        let Some((target, edge)) = links.next() else {
            calls.pop();
            continue;
        };
        let mark = &mut tree.numbers[target as usize];
        if *mark == NONE && keep(edge) {
            *mark = number(tree.order.len());
            tree.order.push(target);
            tree.parent.push(*parent);
            calls.push((*mark, forward.out(target)));
        }
    }
    tree
}

/// A node of the forest of nodes dealt with so far.
struct Tree {
    /// Parent or, once compressed, a higher ancestor; none for a root.
    above: u32,
    /// The node of least semidominator between here and `above`, `above` left out.
    label: u32,
    semi: u32,
}

/// The node of least semidominator on the way from `node` up to the root of its tree, the root left out unless it is
/// `node`; shortens the way for later questions.
fn least(forest: &mut [Tree], node: u32, path: &mut Vec<u32>) -> u32 {
    let mut at = node;
    loop {
        let above = forest[at as usize].above;
        if above == NONE || forest[above as usize].above == NONE {
            break;
        }
        path.push(at);
        at = above;
    }
    // `at` is just below the root (or is it); the nodes of the path hang from it, the lowest at the bottom.
    while let Some(low) = path.pop() {
        let (above, best) = (forest[at as usize].above, forest[at as usize].label);
        let semi = forest[best as usize].semi;
        let own = forest[low as usize].label;
        forest[low as usize].above = above;
        if semi < forest[own as usize].semi {
            forest[low as usize].label = best;
        }
        at = low;
    }
    forest[node as usize].label
}
