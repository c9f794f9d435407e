//! The least cost that can be forced, for graphs whose edges mostly lead to lower numbers.

use super::adjacency::Adjacency;
use super::knuth::{Step, forced, worsen};
use super::number;
use super::shortest::{Label, Shortest};

/// Edges looked at for each edge and node of the graph; where they do not suffice, the search begins anew in order of
/// cost. Three rounds through everything have proved rare.
const PATIENCE: usize = 4;

/// The same answer as [`forced`], in O(V + E) where few best ways lead to higher numbers and never slower by more than a
/// constant factor.
///
/// Every node is looked at once in the order of numbers; then those whose edges lead to higher ones, and where that
/// changes something, those that lead there. Every edge makes a way longer by one step at least, so the equations have
/// one solution only, however it is come by.
#[must_use]
pub fn swept(
    (forward, backward): (&Adjacency, &Adjacency),
    targets: &[(u32, u64)],
    adverse: impl Fn(u32) -> bool,
    step: impl Fn(u32) -> Step,
) -> Shortest {
    let nodes = forward.nodes();
    let mut best = Shortest::unreached(nodes);
    for &(target, cost) in targets {
        if let Some(label) = best.labels.get_mut(target as usize) {
            *label = Label::start(cost).min(*label);
        }
    }
    let mut round = 0..number(nodes);
    // Nodes to be looked at again, each at most once in the list.
    let mut open = Vec::new();
    let mut is_open = vec![false; nodes];
    let mut patience = PATIENCE * (nodes + forward.edges());
    let mut done = 0;
    loop {
        let is_first = !round.is_empty();
        let Some(node) = round.next().or_else(|| open.get(done).copied()) else {
            return best;
        };
        let known = best.labels[node as usize];
        // A target's edges count for nothing.
        let look = (!known.is_start()).then(|| look(forward, &best, node, &adverse, &step));
        let label = look.as_ref().map_or(known, |look| look.label);
        best.labels[node as usize] = label;
        if is_first {
            if look.is_some_and(|look| look.leads_up) {
                is_open[node as usize] = true;
                open.push(node);
            }
            continue;
        }
        done += 1;
        is_open[node as usize] = false;
        if label == known {
            continue;
        }
        for (source, _) in backward.out(node) {
            let waits = &mut is_open[source as usize];
            if !*waits {
                *waits = true;
                open.push(source);
            }
        }
        patience = patience.saturating_sub(1 + backward.out(node).len());
        if patience == 0 {
            return forced(backward, targets, adverse, step);
        }
    }
}

/// What one look at a node tells.
struct Look {
    label: Label,
    /// Whether some edge goes on to a node that the first round comes to later.
    leads_up: bool,
}

/// Chooses anew among the edges of a node.
fn look(
    forward: &Adjacency,
    best: &Shortest,
    node: u32,
    adverse: &impl Fn(u32) -> bool,
    step: &impl Fn(u32) -> Step,
) -> Look {
    let mut out = Look {
        label: Label::UNREACHED,
        leads_up: false,
    };
    let (adverse, mut endless) = (adverse(node), false);
    for (target, edge) in forward.out(node) {
        let path = match step(edge) {
            Step::Absent => continue,
            Step::Onward(weight) => {
                out.leads_up |= target >= node;
                best.labels[target as usize].extend(weight, edge)
            }
            Step::End(cost) => Label::start(0).extend(cost, edge),
        };
        // The cost of what is not reached stays the highest.
        if path.cost == u64::MAX {
            endless = true;
        } else if adverse {
            worsen(&mut out.label, path);
        } else if path.rank() < out.label.rank() {
            out.label = path;
        }
    }
    if adverse && endless {
        out.label = Label::UNREACHED;
    }
    out
}
