//! Rules on repetition.

mod data_collected_not_passed;
mod identical_reprompt;
mod repeated_data_entry;
mod repeated_same_key;
mod same_message_twice;
mod too_many_presses;

use super::Rule;
use crate::audit::Audit;
use crate::document::tree::StepKind;
use crate::graph::kernel::shortest::{Shortest, distances};
use crate::graph::{Cause, Class, End, Graph, Part, When};
use crate::measure::intents::Honest;
use crate::measure::path::Path;
use crate::measure::worlds::World;
use std::collections::{HashMap, VecDeque};

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[
    same_message_twice::RULE,
    repeated_data_entry::RULE,
    data_collected_not_passed::RULE,
    repeated_same_key::RULE,
    too_many_presses::RULE,
    identical_reprompt::RULE,
];

/// Moves looked at by all searches of one rule together; what lies beyond is not judged.
const WORK_MAX: usize = 4_000_000;

/// Situations that are looked at, the most frequent first.
const WORLDS_MAX: usize = 16;

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

/// Whether a caller goes this way of her own will, or the system takes her: no failure, and nothing asked for again.
fn is_onward(graph: &Graph<'_>, edge: u32) -> bool {
    graph.edge(edge).is_some_and(|way| {
        let willing = matches!(
            way.class,
            Class::Announced | Class::Unheard | Class::Entry | Class::System
        );
        willing && !way.asked && is_possible(graph, edge)
    })
}

/// Whether the way is there at all: no breakdown, and no test of what the call itself has changed, which may go either way.
fn is_possible(graph: &Graph<'_>, edge: u32) -> bool {
    graph.edge(edge).is_some_and(|way| {
        let changed = match way.when {
            When::Fact { fact, .. } => graph.facts.get(fact as usize).is_some_and(|fact| fact.set_in_call),
            _ => false,
        };
        way.cause != Cause::Error && !changed
    })
}

/// The datum that a place asks for.
fn collects<'t>(graph: &Graph<'t>, node: u32) -> Option<(&'t str, bool)> {
    match (graph.place(node).part, graph.step(node).map(|step| &step.kind)) {
        (Part::Step, Some(StepKind::Collect(collect))) => collect
            .collects
            .as_ref()
            .map(|name| (name.value.as_str(), collect.skip_if_known)),
        _ => None,
    }
}

/// The data of a tree in the order of its steps, each with the places that ask for it and calls come to.
fn data<'t>(audit: &Audit<'t>) -> Vec<(&'t str, Vec<u32>)> {
    let mut index: HashMap<&str, usize> = HashMap::new();
    let mut out: Vec<(&str, Vec<u32>)> = Vec::new();
    for node in audit.graph.nodes().filter(|node| audit.is_reachable(*node)) {
        let Some((name, _)) = collects(&audit.graph, node) else {
            continue;
        };
        let at = *index.entry(name).or_insert_with(|| {
            out.push((name, Vec::new()));
            out.len() - 1
        });
        if let Some((_, places)) = out.get_mut(at) {
            places.push(node);
        }
    }
    out
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

/// The ways from the entry to every place, over moves of the caller's own will.
struct Beginnings(Option<Shortest>);

impl Beginnings {
    fn of(audit: &Audit<'_>) -> Self {
        let graph = &audit.graph;
        let weight = |edge| is_onward(graph, edge).then_some(1);
        Self(
            graph
                .entry
                .map(|entry| distances(&graph.forward, &[(entry, 0)], weight)),
        )
    }

    /// A way from the entry to where a datum is given, or words are heard, with what follows.
    fn then(&self, graph: &Graph<'_>, origin: u32, edges: Vec<u32>) -> Path {
        let before = |edge: u32| graph.ends(edge).map(|(from, _)| from);
        let mut out: Vec<u32> = self.0.iter().flat_map(|ways| ways.trail(origin, before)).collect();
        out.reverse();
        let entered = graph.moves(origin).find(|(_, _, way)| way.cause == Cause::Entered);
        out.extend(entered.map(|(edge, _, _)| edge));
        out.extend(edges);
        Path {
            edges: out,
            offer: None,
        }
    }
}

/// The way of one sort of callers.
struct Wanted<'p> {
    /// The intent; `None` for anyone who wants a person.
    intent: Option<&'p str>,
    /// The way with the fewest presses, then the least time.
    path: Path,
}

impl Wanted<'_> {
    /// Who takes it, in words.
    fn who(&self) -> String {
        match self.intent {
            Some(intent) => format!("a `{intent}` caller"),
            None => "a caller who wants a person".to_owned(),
        }
    }
}

/// The way of each intent to the nearest step that serves it; to a person, where no intents are declared.
///
/// Options that are not announced count only with `hidden`, and only where nothing else leads there. In the best hours
/// with a person; one search for each of them and each intent.
fn ways<'p>(audit: &Audit<'p>, hidden: bool) -> Vec<Wanted<'p>> {
    let honest = &audit.measures.honest;
    if honest.is_empty() {
        let path = way(audit, None, hidden);
        return path.map(|path| Wanted { intent: None, path }).into_iter().collect();
    }
    honest
        .iter()
        .filter_map(|honest| {
            let intent = audit.tree.callers.get(honest.intent)?.name.value.as_str();
            let path = way(audit, Some(honest), hidden)?;
            Some(Wanted {
                intent: Some(intent),
                path,
            })
        })
        .collect()
}

fn way(audit: &Audit<'_>, honest: Option<&Honest>, hidden: bool) -> Option<Path> {
    let announced = way_over(audit, honest, false);
    if hidden {
        announced.or_else(|| way_over(audit, honest, true))
    } else {
        announced
    }
}

fn way_over(audit: &Audit<'_>, honest: Option<&Honest>, hidden: bool) -> Option<Path> {
    let staffed = worlds(audit).filter_map(|world| way_in(audit, world, honest, hidden));
    staffed.min_by_key(|(cost, _)| *cost).map(|(_, path)| path)
}

/// The situations in which a person can be reached, most frequent first; the most frequent one where there is none.
fn worlds<'a>(audit: &'a Audit<'_>) -> impl Iterator<Item = &'a World> {
    let measures = &audit.measures;
    let nobody = measures.staffed().next().is_none();
    let main = nobody.then(|| measures.main());
    let staffed = measures.staffed().map(|(at, _)| at).take(WORLDS_MAX);
    staffed.chain(main).filter_map(|at| measures.worlds.get(at))
}

fn way_in(audit: &Audit<'_>, world: &World, honest: Option<&Honest>, hidden: bool) -> Option<(u64, Path)> {
    const PRESS: u64 = 1_000_000_000;
    let graph = &audit.graph;
    let aims = aims(audit, world, honest);
    let is_aim = |node: u32| aims.get(node as usize) == Some(&true);
    let found = distances(&graph.forward, &[(graph.entry?, 0)], |edge| {
        let ((from, _), way) = (graph.ends(edge)?, graph.edge(edge)?);
        let willing = match way.class {
            Class::Announced | Class::Unheard | Class::Entry | Class::System => true,
            Class::Hidden => hidden,
            Class::Silence | Class::Wrong => false,
        };
        let skipped = match way.when {
            When::Known { datum } => audit.measures.data.surely(from, datum),
            _ => true,
        };
        let taken = honest.is_none_or(|honest| honest.takes.get(edge as usize) == Some(&true));
        let there = world.there.get(edge as usize) == Some(&true);
        let usable = there && willing && skipped && taken && way.cause != Cause::Error && !is_aim(from);
        usable.then(|| u64::from(way.presses) * PRESS + way.listener.ms.min(PRESS / 1000))
    });
    let (cost, node) = graph
        .nodes()
        .filter(|node| is_aim(*node))
        .filter_map(|node| Some((found.cost(node)?, node)))
        .min()?;
    let mut edges: Vec<u32> = found
        .trail(node, |edge| graph.ends(edge).map(|(from, _)| from))
        .collect();
    edges.reverse();
    Some((cost, Path { edges, offer: None }))
}

/// For each place, whether it serves an intent; whether a person answers there, for anyone.
fn aims(audit: &Audit<'_>, world: &World, honest: Option<&Honest>) -> Vec<bool> {
    let graph = &audit.graph;
    let mut serves = vec![false; audit.tree.steps.len()];
    let caller = honest.and_then(|honest| audit.tree.callers.get(honest.intent));
    for target in caller.iter().flat_map(|caller| &caller.served_by) {
        if let Some(serves) = target.step.and_then(|step| serves.get_mut(step as usize)) {
            *serves = true;
        }
    }
    graph
        .nodes()
        .map(|node| {
            let place = graph.place(node);
            match honest {
                Some(_) => {
                    place.part == Part::Step && place.tree == 0 && serves.get(place.step as usize) == Some(&true)
                }
                None => graph.end(node, &world.state) == Some(End::Person),
            }
        })
        .collect()
}
