//! The worst repetition over groups of places at which the same happens.

use super::Repetition;
use crate::document::tree::StepKind;
use crate::graph::kernel::components::{Components, components};
use crate::graph::kernel::cycle::Cycles;
use crate::graph::kernel::longest::{Total, longest};
use crate::graph::{Cause, Graph};
use crate::measure::rounds::Walks;

/// Moves looked at for groups of steps that share a prompt or datum; beyond it the sum of all is the bound.
pub(super) const WORK_MAX: usize = 4_000_000;

/// A state, and how often the thing happens there in one visit.
pub(super) type Gain = (u32, u64);

/// Groups of places at which the same happens, in one graph.
pub(super) struct Groups<'a, 't> {
    pub(super) graph: &'a Graph<'t>,
    pub(super) walks: &'a Walks,
    pub(super) entry: u32,
    pub(super) reachable: &'a [bool],
    pub(super) keep: &'a dyn Fn(u32) -> bool,
    parts: Components,
    cyclic: Vec<bool>,
    /// Places on a round that needs no counter at all; looked at where some counters are not followed.
    surely: Option<Vec<bool>>,
}

impl<'a, 't> Groups<'a, 't> {
    pub(super) fn new(
        graph: &'a Graph<'t>,
        walks: &'a Walks,
        entry: u32,
        reachable: &'a [bool],
        keep: &'a dyn Fn(u32) -> bool,
    ) -> Self {
        let kept = |at: u32| keep(walks.edge(at));
        let parts = components(walks.forward(graph), [entry], kept);
        let cyclic = parts.cyclic(walks.forward(graph), kept);
        let surely = (!walks.whole).then(|| {
            let kept = |edge: u32| keep(edge) && !is_counted(graph, edge);
            let parts = components(&graph.forward, [entry], kept);
            let cyclic = parts.cyclic(&graph.forward, kept);
            graph.nodes().map(|node| is_in(&parts, &cyclic, node)).collect()
        });
        Self {
            graph,
            walks,
            entry,
            reachable,
            keep,
            parts,
            cyclic,
            surely,
        }
    }

    /// The greatest repetition of places in a group; each place has what it adds in one visit.
    pub(super) fn worst<'g>(&self, groups: impl Iterator<Item = &'g [(u32, u64)]>) -> Repetition {
        self.worst_of(groups.map(|group| self.members(group)))
    }

    /// The states of places that calls come to, in order.
    pub(super) fn members<'g>(&self, group: impl IntoIterator<Item = &'g (u32, u64)>) -> Vec<Gain> {
        let met = group
            .into_iter()
            .filter(|(place, _)| self.reachable.get(*place as usize) == Some(&true));
        let mut members: Vec<Gain> = met
            .flat_map(|(place, gain)| self.walks.states(*place).map(move |state| (*place, state, *gain)))
            .filter(|(_, state, _)| self.parts.of(*state).is_some())
            .map(|(_, state, gain)| (state, gain))
            .collect();
        members.sort_unstable();
        members
    }

    pub(super) fn worst_of(&self, groups: impl Iterator<Item = Vec<Gain>>) -> Repetition {
        let mut out = Repetition {
            times: Some(0),
            at_most: Some(0),
            ..Repetition::default()
        };
        let mut first_endless: Option<(u32, u32)> = None;
        let (mut work, mut open) = (0, false);
        for members in groups {
            let rounds = members
                .iter()
                .filter(|(state, _)| is_in(&self.parts, &self.cyclic, *state));
            let mut rounds = rounds.map(|(state, _)| (self.walks.place(*state), *state)).peekable();
            let is_round = rounds.peek().is_some();
            let surely = |place: u32| {
                self.surely
                    .as_ref()
                    .is_none_or(|list| list.get(place as usize) == Some(&true))
            };
            if let Some(found) = rounds.filter(|(place, _)| surely(*place)).min() {
                out.endless += 1;
                first_endless = first_endless.into_iter().chain([found]).min();
                continue;
            }
            // A round over a counter that is not followed: it has an end, which is not known.
            open |= is_round;
            let sum = members.iter().fold(0_u64, |sum, (_, gain)| sum.saturating_add(*gain));
            if sum <= out.times.unwrap_or(0) {
                continue;
            }
            if members.len() > 1 {
                work += self.walks.moves(self.graph) as usize;
            }
            let (times, state) = if members.len() == 1 || work > WORK_MAX || is_round {
                let most = members
                    .iter()
                    .copied()
                    .max_by_key(|(state, gain)| (*gain, std::cmp::Reverse(*state)));
                most.map_or((0, None), |(state, gain)| (gain, Some(state)))
            } else {
                self.longest(&members)
            };
            let bound = if work > WORK_MAX { sum } else { times };
            out.at_most = out.at_most.max(Some(bound));
            if Some(times) > out.times {
                out.times = Some(times);
                out.place = state.map(|state| self.walks.place(state));
            }
        }
        if open {
            out.at_most = None;
        }
        if let Some((place, state)) = first_endless {
            out.times = None;
            out.at_most = None;
            out.place = Some(place);
            let round = Cycles::new(self.walks.forward(self.graph), &self.parts)
                .through(state, |at| (self.keep)(self.walks.edge(at)))
                .unwrap_or_default();
            out.round = round.into_iter().map(|at| self.walks.edge(at)).collect();
        }
        out
    }

    /// Whether calls come to a place.
    pub(super) fn is_met(&self, place: u32) -> bool {
        self.reachable.get(place as usize) == Some(&true) && self.parts.of(place).is_some()
    }

    fn longest(&self, members: &[Gain]) -> (u64, Option<u32>) {
        let gain = |state: u32| {
            let at = members.binary_search_by_key(&state, |(member, _)| *member);
            at.ok().and_then(|at| members.get(at)).map_or(0, |(_, gain)| *gain)
        };
        let keep = |at: u32| (self.keep)(self.walks.edge(at));
        let found = longest(self.walks.forward(self.graph), self.entry, gain, keep);
        members
            .iter()
            .filter_map(|(state, _)| match found.totals.get(*state as usize) {
                Some(Total::Finite(total)) => Some((*total, Some(*state))),
                _ => None,
            })
            .max_by_key(|(total, state)| (*total, std::cmp::Reverse(*state)))
            .unwrap_or((0, None))
    }
}

fn is_in(parts: &Components, cyclic: &[bool], node: u32) -> bool {
    let part = parts.of(node);
    part.and_then(|part| cyclic.get(part as usize))
        .copied()
        .unwrap_or(false)
}

/// Whether a move is the further round of a loop step that says how many there are.
fn is_counted(graph: &Graph<'_>, edge: u32) -> bool {
    let step = graph.ends(edge).and_then(|(from, _)| graph.step(from));
    graph.edge(edge).is_some_and(|way| way.cause == Cause::Again)
        && matches!(step.map(|step| &step.kind), Some(StepKind::Loop { times: Some(_), .. }))
}
