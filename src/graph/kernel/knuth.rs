//! The least cost that can be forced against an adversary.

use super::adjacency::Adjacency;
use super::queue::Queue;
use super::shortest::{Label, Shortest};
use super::{NONE, number};

/// What taking an edge means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The edge is left out.
    Absent,
    /// The edge costs this much and the way goes on from its target.
    Onward(u64),
    /// The edge ends the way at this cost, whatever its target is worth.
    End(u64),
}

/// A target's edges count for nothing.
const FIXED: u32 = u32::MAX;

/// The cost from every node of reaching a target, where the mover picks the edge at most nodes and an opponent picks it
/// at `adverse` ones: the least fixed point of "min over edges" and "max over edges", in
/// O((V + E) log V).
///
/// `reverse` is the reversed adjacency. Each target is worth its initial cost (the least one, where it is named twice)
/// whatever its edges. An adverse node has a cost once *every* kept edge of it has one; it has none if it keeps no edge.
/// A node without a cost is one from which the opponent can put off the end for ever. Weights are not negative, so all
/// these functions are superior and nodes become final in order of cost, cycles included.
///
/// The edge of a node is the mover's best or the opponent's worst one. Among edges of equal cost the mover prefers the
/// shorter way, the opponent the longer; then the lowest edge id counts.
///
/// D. E. Knuth, "A generalization of Dijkstra's algorithm", Information Processing Letters 6(1), 1977.
#[must_use]
pub fn forced(
    reverse: &Adjacency,
    targets: &[(u32, u64)],
    adverse: impl Fn(u32) -> bool,
    step: impl Fn(u32) -> Step,
) -> Shortest {
    let mut best = Shortest::unreached(reverse.nodes());
    let mut queue = Queue::new(reverse.nodes());
    // For an adverse node, its edges towards nodes that are not final yet. Once there are none it is an ordinary node.
    let mut waiting = vec![0_u32; reverse.nodes()];

    for &(target, cost) in targets {
        if let Some(waits) = waiting.get_mut(target as usize) {
            *waits = FIXED;
            best.offer(target, Label::start(cost), &mut queue);
        }
    }
    for target in 0..number(reverse.nodes()) {
        for (node, edge) in reverse.out(target) {
            let waits = &mut waiting[node as usize];
            match step(edge) {
                Step::Onward(_) if *waits != FIXED && adverse(node) => *waits += 1,
                Step::End(cost) if *waits != FIXED => {
                    let end = Label::start(0).extend(cost, edge);
                    let label = &mut best.labels[node as usize];
                    if adverse(node) {
                        worsen(label, end);
                    } else {
                        *label = end.min(*label);
                    }
                }
                _ => {}
            }
        }
    }
    for (node, (label, &waits)) in best.labels.iter().zip(&waiting).enumerate() {
        if waits == 0 && label.via != NONE && label.cost != u64::MAX {
            queue.push(label.cost, label.steps, number(node));
        }
    }

    while let Some((cost, steps, target)) = queue.pop() {
        let path = best.labels[target as usize];
        if (path.cost, path.steps) != (cost, steps) {
            continue;
        }
        for (node, edge) in reverse.out(target) {
            let waits = &mut waiting[node as usize];
            if *waits == FIXED {
                continue;
            }
            let Step::Onward(weight) = step(edge) else {
                continue;
            };
            let longer = path.extend(weight, edge);
            if *waits == 0 {
                best.offer(node, longer, &mut queue);
                continue;
            }
            *waits -= 1;
            let label = &mut best.labels[node as usize];
            worsen(label, longer);
            if *waits == 0 && label.cost != u64::MAX {
                queue.push(label.cost, label.steps, node);
            }
        }
    }

    for (label, &waits) in best.labels.iter_mut().zip(&waiting) {
        if (waits != 0 && waits != FIXED) || label.cost == u64::MAX {
            *label = Label::UNREACHED;
        }
    }
    best
}

/// The opponent's choice between the worst way known so far and one more.
pub(super) fn worsen(known: &mut Label, path: Label) {
    let (old, new) = ((known.cost, known.steps), (path.cost, path.steps));
    if known.via == NONE || new > old || (new == old && path.via < known.via) {
        *known = path;
    }
}
