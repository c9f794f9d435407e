//! Rules on repetition.

mod asks_known_data;
mod collected_never_used;
mod data_collected_not_passed;
mod identical_reprompt;
mod long_entry_unassisted;
mod long_entry_unconfirmed;
mod repeated_data_entry;
mod repeated_same_key;
mod retry_count;
mod same_message_twice;
mod too_many_presses;

use super::Rule;
use crate::audit::Audit;
use crate::audit::spoken::prompts;
use crate::document::tree::{Content, Segment};
use crate::graph::{Cause, Graph};
use std::collections::{BTreeSet, VecDeque};

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[
    same_message_twice::RULE,
    repeated_data_entry::RULE,
    data_collected_not_passed::RULE,
    collected_never_used::RULE,
    asks_known_data::RULE,
    repeated_same_key::RULE,
    too_many_presses::RULE,
    identical_reprompt::RULE,
    retry_count::RULE,
    long_entry_unassisted::RULE,
    long_entry_unconfirmed::RULE,
];

/// From so many digits on an entry is long: so much that it is read off a paper, and easily mistyped.
const LONG_ENTRY: u32 = 8;

/// Moves looked at by all searches of one rule together; what lies beyond is not judged.
const WORK_MAX: usize = 4_000_000;

/// Searches from many places at once, each of which remembers from where it was come to.
///
/// Every place keeps the two nearest origins, so that it is known whether anything but itself leads to it. One search is
/// linear in what it comes to; together they stop at `WORK_MAX` moves.
struct Search {
    round: u32,
    known: Vec<(u32, [Option<Hop>; 2])>,
    work: usize,
}

/// How a search came to a place.
#[derive(Clone, Copy)]
struct Hop {
    /// Where it began.
    origin: u32,
    /// The move that it came by.
    edge: u32,
    /// Which of the two ways to the place before is meant; `None` where the search began with this move.
    before: Option<u8>,
}

impl Search {
    fn new(graph: &Graph<'_>) -> Self {
        Self {
            round: 0,
            known: vec![(0, [None; 2]); graph.len()],
            work: 0,
        }
    }

    /// Goes from the moves of `starts`, each with its origin, over kept moves.
    fn run(&mut self, graph: &Graph<'_>, starts: &[(u32, u32)], keep: impl Fn(u32) -> bool) {
        self.round += 1;
        let mut queue = VecDeque::new();
        for &(origin, edge) in starts {
            self.come(graph, origin, edge, None, &mut queue);
        }
        while let Some((node, slot)) = queue.pop_front() {
            let Some(origin) = self
                .at(node)
                .get(usize::from(slot))
                .copied()
                .flatten()
                .map(|hop| hop.origin)
            else {
                continue;
            };
            for (_, edge) in graph.forward.out(node) {
                self.work += 1;
                if keep(edge) {
                    self.come(graph, origin, edge, Some(slot), &mut queue);
                }
            }
            if self.work > WORK_MAX {
                return;
            }
        }
    }

    fn come(&mut self, graph: &Graph<'_>, origin: u32, edge: u32, before: Option<u8>, queue: &mut VecDeque<(u32, u8)>) {
        let Some((_, to)) = graph.ends(edge) else { return };
        let round = self.round;
        let Some((seen, hops)) = self.known.get_mut(to as usize) else {
            return;
        };
        if *seen != round {
            (*seen, *hops) = (round, [None; 2]);
        }
        if hops.iter().flatten().any(|hop| hop.origin == origin) {
            return;
        }
        let free = (0_u8..).zip(hops).find(|(_, hop)| hop.is_none());
        if let Some((slot, hop)) = free {
            *hop = Some(Hop { origin, edge, before });
            queue.push_back((to, slot));
        }
    }

    fn at(&self, node: u32) -> [Option<Hop>; 2] {
        match self.known.get(node as usize) {
            Some((round, hops)) if *round == self.round => *hops,
            _ => [None; 2],
        }
    }

    /// The origin from which the last search came to a place, and the moves from there; the place itself counts as an
    /// origin only where `itself` says so.
    fn way(&self, graph: &Graph<'_>, node: u32, itself: bool) -> Option<(u32, Vec<u32>)> {
        let (slot, found) = (0_u8..)
            .zip(self.at(node))
            .find_map(|(slot, hop)| hop.filter(|hop| (hop.origin == node) == itself).map(|hop| (slot, hop)))?;
        let mut edges = Vec::new();
        let (mut node, mut slot) = (node, slot);
        while let Some(hop) = self.at(node).get(usize::from(slot)).copied().flatten() {
            edges.push(hop.edge);
            let (Some(before), Some((from, _))) = (hop.before, graph.ends(hop.edge)) else {
                break;
            };
            (node, slot) = (from, before);
        }
        edges.reverse();
        Some((found.origin, edges))
    }
}

/// Where a caller has just given a datum: for each place that asks, the move by which it is accepted.
fn accepted(graph: &Graph<'_>, places: &[u32]) -> Vec<(u32, u32)> {
    let outcome = |node: u32| graph.moves(node).find(|(_, _, way)| way.cause == Cause::Entered);
    let then = |node: u32| graph.moves(node).find(|(_, _, way)| way.cause == Cause::Then);
    places
        .iter()
        .filter_map(|node| Some((*node, then(outcome(*node)?.1)?.0)))
        .collect()
}

/// The names of the data that prompts speak, in all trees that calls come to.
fn spoken_data<'t>(audit: &Audit<'t>) -> BTreeSet<&'t str> {
    let steps = audit.graph.trees.iter().flat_map(|(_, tree)| &tree.steps);
    let value = |segment: &'t Segment| match &segment.content {
        Content::Value(name) => Some(name.as_str()),
        _ => None,
    };
    let segments = steps.flat_map(prompts).flat_map(|prompt| &prompt.segments);
    segments.filter_map(value).collect()
}
