//! Callers who can come to no good end: trapped.

use super::chain::{Chain, Edge, Event, Exit, To};
use crate::graph::kernel::adjacency::Adjacency;
use crate::graph::kernel::search::reach;

/// Marks those who hang up where neither a person nor a promise nor an end that serves them can be reached as trapped,
/// and ends the calls that would go round for ever. Linear in the number of edges.
pub(super) fn settle(chain: &mut Chain) {
    let states = crate::graph::number(chain.len());
    let links = || {
        (0..states).flat_map(|state| {
            chain.out(state).iter().filter_map(move |edge| match edge.to {
                To::State(to) => Some((to, state)),
                To::Exit(_) => None,
            })
        })
    };
    let backward = Adjacency::build(chain.len(), links());
    let leading = |wanted: &dyn Fn(Exit) -> bool| {
        let exits = |state: &u32| {
            let out = chain.out(*state).iter();
            out.filter(|edge| edge.p > 0.0)
                .any(|edge| matches!(edge.to, To::Exit(exit) if wanted(exit)))
        };
        reach(&backward, (0..states).filter(exits), |_| true)
    };
    let good = leading(&|exit| matches!(exit, Exit::Person | Exit::Promise | Exit::Served | Exit::Elsewhere));
    let ends = leading(&|_| true);

    let rows: Vec<std::ops::Range<usize>> = (0..states).map(|state| chain.row(state)).collect();
    let mut endless = Vec::new();
    for (state, row) in rows.into_iter().enumerate() {
        if good.get(state) == Some(&true) {
            continue;
        }
        for edge in chain.edges.get_mut(row).unwrap_or_default() {
            if edge.to == To::Exit(Exit::Left) {
                edge.to = To::Exit(Exit::Trapped);
            }
        }
        if ends.get(state) != Some(&true) {
            endless.push(crate::graph::number(state));
        }
    }
    if !endless.is_empty() {
        end(chain, &endless);
    }
}

/// Ends every call that comes to one of these states, given in order.
fn end(chain: &mut Chain, endless: &[u32]) {
    let old = std::mem::take(chain);
    *chain = Chain::of(&old.data, old.prompts);
    chain.start = old.start;
    chain.assumed.clone_from(&old.assumed);
    let trapped = Edge {
        to: To::Exit(Exit::Trapped),
        p: 1.0,
        ms: 0,
        event: Event::System,
        way: None,
    };
    for (number, state) in (0_u32..).zip(&old.states) {
        if endless.binary_search(&number).is_ok() {
            chain.push(*state, [trapped]);
        } else {
            chain.push(*state, old.out(number).iter().copied());
        }
    }
}
