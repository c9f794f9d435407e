//! Where callers are trapped: no person, no promise and no served end can be reached.

use super::path::Path;
use super::worlds::World;
use crate::graph::kernel::components::components;
use crate::graph::kernel::search::reach;
use crate::graph::kernel::shortest::{Shortest, distances};
use crate::graph::{Cause, Class, End, Graph, Part};

/// The traps of one world.
#[derive(Debug, Default)]
pub struct Traps {
    /// The shortest ways from the entry, where there is a trap.
    shortest: Option<Shortest>,
    /// For each place, whether the call can still end well from there, over any move.
    pub hopeful: Vec<bool>,
    /// The traps, in the order of their places.
    pub list: Vec<Trap>,
}

/// One trap: places that lead to nothing but one another, or to a bad end.
#[derive(Debug)]
pub struct Trap {
    /// What sort it is.
    pub sort: TrapSort,
    /// The places from which there is no way on but round, or the bad end itself; in the order of the file.
    pub places: Vec<u32>,
    /// Where hope ends on the shortest way in, counted in presses and digits, then in seconds.
    pub enters: u32,
}

impl Traps {
    /// How many moves the shortest way into a trap has; constant time.
    #[must_use]
    pub fn moves_in(&self, trap: &Trap) -> u32 {
        let shortest = self.shortest.as_ref();
        shortest.and_then(|ways| ways.steps(trap.enters)).unwrap_or(0)
    }

    /// The shortest way into a trap; its last move enters a place without hope. Linear in its length.
    #[must_use]
    pub fn way_in(&self, graph: &Graph<'_>, trap: &Trap) -> Path {
        let from = |edge| graph.ends(edge).map(|(from, _)| from);
        let ways = self.shortest.iter();
        let mut edges: Vec<u32> = ways.flat_map(|ways| ways.trail(trap.enters, from)).collect();
        edges.reverse();
        Path { edges, offer: None }
    }
}

/// The sorts of traps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TrapSort {
    /// The system ends the call, the caller unserved.
    DeadEnd,
    /// The call goes round and round; only hanging up ends it.
    Livelock,
    /// Only options that are not announced lead out.
    Announced,
}

/// Finds the traps of a world; O(E + V log V).
///
/// The number of traps other than announced ones is also the fewest further exits that free every caller: each needs one
/// of its own, and one each suffices.
#[must_use]
pub fn traps(graph: &Graph<'_>, world: &World) -> Traps {
    let Some(entry) = graph.entry else {
        return Traps {
            hopeful: vec![true; graph.len()],
            ..Traps::default()
        };
    };
    let there = |edge: u32| world.there.get(edge as usize).copied().unwrap_or(false);
    let ends: Vec<Option<End>> = graph.nodes().map(|node| graph.end(node, &world.state)).collect();
    let onward = |edge: u32| there(edge) && graph.ends(edge).is_some_and(|(from, _)| !is_final(&ends, from));
    let reachable = reach(&graph.forward, [entry], onward);
    let good: Vec<u32> = graph
        .nodes()
        .filter(|node| {
            ends.get(*node as usize)
                .copied()
                .flatten()
                .is_some_and(|end| end != End::Unserved)
        })
        .collect();
    // A failure of the system is no way out that a caller could count on.
    let out = |edge: u32| there(edge) && graph.edge(edge).is_some_and(|way| way.cause != Cause::Error);
    let hopeful = reach(&graph.backward, good.iter().copied(), out);
    let announced = |edge: u32| out(edge) && graph.edge(edge).is_some_and(|way| way.class != Class::Hidden);
    let announced_hope = reach(&graph.backward, good, announced);

    let mut out = Traps {
        hopeful,
        ..Traps::default()
    };
    let is = |list: &[bool], node: u32| list.get(node as usize).copied().unwrap_or(false);
    let trapped = graph
        .nodes()
        .any(|node| is(&reachable, node) && !is(&announced_hope, node));
    if !trapped {
        return out;
    }
    // Ways in weigh presses first; a press outweighs any listening.
    let shortest = distances(&graph.forward, &[(entry, 0)], |edge| {
        let way = graph.edge(edge).filter(|_| onward(edge))?;
        let presses = u64::from(way.presses) + u64::from(way.digits);
        Some(presses * 1_000_000_000_000 + way.listener.ms.min(1_000_000_000))
    });
    let finder = Finder {
        graph,
        hopeful: &out.hopeful,
        reachable: &reachable,
        shortest: &shortest,
    };
    let mut list = finder.find(&out.hopeful, &onward, false);
    list.extend(finder.find(&announced_hope, &|edge| onward(edge) && announced(edge), true));
    out.list = list;
    out.shortest = Some(shortest);
    out.list.sort_by_key(|trap| (trap.sort, trap.places.first().copied()));
    out
}

struct Finder<'a, 't> {
    graph: &'a Graph<'t>,
    hopeful: &'a [bool],
    reachable: &'a [bool],
    shortest: &'a Shortest,
}

impl Finder<'_, '_> {
    /// The bottom components without hope, each with the shortest way to where hope ends.
    fn find(&self, hope: &[bool], keep: &dyn Fn(u32) -> bool, hidden_ways_out: bool) -> Vec<Trap> {
        let graph = self.graph;
        let lost =
            |node: u32| self.reachable.get(node as usize) == Some(&true) && hope.get(node as usize) == Some(&false);
        let inside = |edge: u32| keep(edge) && graph.ends(edge).is_some_and(|(from, to)| lost(from) && lost(to));
        let parts = components(&graph.forward, graph.nodes().filter(|node| lost(*node)), inside);
        let bottom = parts.bottom(&graph.forward, inside);
        let cyclic = parts.cyclic(&graph.forward, inside);
        // Where hope ends for those who come to each component: the cheapest of its places and of those that lead to it.
        // Of moves that cost nothing, the first one counts.
        let rank = |node: u32| Some((self.shortest.cost(node)?, self.shortest.steps(node)?, node));
        let mut nearest: Vec<Option<(u64, u32, u32)>> = (0..parts.count())
            .map(|component| parts.members(component).iter().filter_map(|node| rank(*node)).min())
            .collect();
        // Components are numbered against the direction of the moves.
        for component in (0..parts.count()).rev() {
            let known = nearest.get(component as usize).copied().flatten();
            for (to, edge) in parts
                .members(component)
                .iter()
                .flat_map(|node| graph.forward.out(*node))
            {
                if let (Some(known), true, Some(next)) = (known, inside(edge), parts.of(to))
                    && let Some(next) = nearest.get_mut(next as usize)
                {
                    *next = next.map_or(Some(known), |next| Some(next.min(known)));
                }
            }
        }
        let mut out = Vec::new();
        for component in 0..parts.count() {
            let at = component as usize;
            if bottom.get(at) != Some(&true) {
                continue;
            }
            let mut places: Vec<u32> = parts.members(component).to_vec();
            places.sort_unstable();
            let round = cyclic.get(at) == Some(&true);
            let sort = match (hidden_ways_out, round) {
                // What nothing leads out of is a trap of another sort.
                (true, true) if places.iter().any(|node| self.is_hopeful(*node)) => TrapSort::Announced,
                (true, _) => continue,
                (false, true) => TrapSort::Livelock,
                (false, false) => TrapSort::DeadEnd,
            };
            let Some((_, _, enters)) = nearest.get(at).copied().flatten() else {
                continue;
            };
            out.push(Trap { sort, places, enters });
        }
        out
    }

    fn is_hopeful(&self, node: u32) -> bool {
        self.hopeful.get(node as usize).copied().unwrap_or(false)
    }
}

/// Whether no call goes on from a place.
fn is_final(ends: &[Option<End>], node: u32) -> bool {
    matches!(ends.get(node as usize).copied().flatten(), Some(End::Person))
}

/// Whether a place is part of a step, rather than the end of the line or the unknown.
#[must_use]
pub fn is_step(graph: &Graph<'_>, node: u32) -> bool {
    matches!(graph.place(node).part, Part::Step | Part::Outcome)
}
