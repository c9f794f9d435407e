//! What the system does by itself: messages, hours, decisions, self-service, counters.

use super::{Builder, Key, leaves, short};
use crate::callers::chain::{Assumed, Edge, Event, Exit, State, To};
use crate::callers::shares::probabilities;
use crate::document::quantity::Share;
use crate::document::tree::StepKind;
use crate::graph::{Cause, Move, Part, When};

impl Builder<'_, '_> {
    /// A step that asks the caller, or one at which the system moves on.
    pub(super) fn answered(&mut self, key: Key, state: &mut State) -> Vec<Edge> {
        match self.graph.step(key.node).map(|step| &step.kind) {
            Some(StepKind::Menu(menu)) => self.menu(key, menu, state),
            Some(StepKind::Collect(collect)) => self.question(key, collect, state),
            _ => self.onward(key, state),
        }
    }

    /// The ways on that are not the caller's.
    pub(super) fn onward(&mut self, key: Key, state: &mut State) -> Vec<Edge> {
        let prompt = match self.graph.place(key.node).part {
            Part::Step => self.graph.step(key.node).and_then(|step| step.prompt.as_ref()),
            _ => None,
        };
        self.hear(key, prompt, state);
        let ways: Vec<(u32, &Move)> = self
            .moves(key.node)
            .filter(|(_, _, way)| way.cause != Cause::Error)
            .map(|(edge, _, way)| (edge, way))
            .collect();
        let fails = |cause: Cause| matches!(cause, Cause::Error | Cause::Busy | Cause::Unanswered);
        if self.moves(key.node).any(|(_, _, way)| fails(way.cause)) {
            self.assume(Assumed::Never, key.node);
        }
        let shares = self.shares(key, &ways);
        let before = self.memories.get(key.memory);
        let mut out = Vec::with_capacity(ways.len());
        for ((edge, way), p) in ways.into_iter().zip(shares) {
            if p <= 0.0 {
                continue;
            }
            if way.listener.unknown > 0 {
                self.assume(Assumed::Wording, key.node);
            }
            let mut memory = before.clone();
            if let When::Fact { fact, value } = way.when
                && self.is_repeated(fact)
            {
                memory.learn(fact, value);
            }
            let served = way.cause == Cause::Then && self.serves(key.node);
            let to = if served {
                Some(To::Exit(Exit::Served))
            } else {
                self.go(key, edge, memory)
            };
            if let Some(to) = to {
                out.push(Edge {
                    to,
                    p,
                    ms: short(way.listener.ms),
                    event: Event::System,
                    way: Some(edge),
                });
            }
        }
        let all: f64 = out.iter().map(|edge| edge.p).sum();
        if all <= 0.0 {
            return vec![leaves(Exit::Elsewhere, 0)];
        }
        for edge in &mut out {
            edge.p /= all;
        }
        out
    }

    /// Whether a caller has what she called for once the step has done its work: she then hangs up, content.
    fn serves(&self, node: u32) -> bool {
        let aims = self.aims.as_ref();
        aims.is_some_and(|aims| aims.goal(node).is_some())
            && self
                .graph
                .step(node)
                .is_some_and(|step| matches!(step.kind, StepKind::SelfService { .. } | StepKind::Message { .. }))
    }

    /// Whether a fact is tested twice: the second test then finds what the first found, unless the call sets it between,
    /// which leaves that test one way.
    fn is_repeated(&self, fact: u32) -> bool {
        let fact = self.graph.facts.get(fact as usize);
        fact.is_some_and(|fact| fact.tested > 1)
    }

    /// How often each way is taken; those of a step that nothing tells apart share evenly.
    fn shares(&mut self, key: Key, ways: &[(u32, &Move)]) -> Vec<f64> {
        if self.graph.place(key.node).part == Part::Outcome {
            return only(ways, |way| way.cause == Cause::Then);
        }
        match self.graph.step(key.node).map(|step| &step.kind) {
            Some(StepKind::SelfService { succeeds, .. }) => {
                let p = match succeeds.map(|share| share.value) {
                    Some(Share::Percent(percent)) => percent / 100.0,
                    Some(Share::Weight(weight)) => weight.min(1.0),
                    None => {
                        self.assume(Assumed::Success, key.node);
                        self.profile.succeeds
                    }
                };
                let of = |(_, way): &(u32, &Move)| match way.cause {
                    Cause::Then => p,
                    Cause::Otherwise => 1.0 - p,
                    _ => 0.0,
                };
                ways.iter().map(of).collect()
            }
            Some(StepKind::Decision { cases, .. }) => {
                let cases: Vec<(&str, Option<Share>)> = cases
                    .iter()
                    .map(|case| (case.value.value.as_str(), case.share.map(|share| share.value)))
                    .collect();
                self.decides(key, ways, &cases)
            }
            Some(StepKind::Loop { .. }) if self.memories.follows(key.node) => vec![1.0; ways.len()],
            Some(StepKind::Loop { .. }) => {
                self.assume(Assumed::Decision, key.node);
                vec![1.0; ways.len()]
            }
            Some(StepKind::Hours { .. }) => {
                if ways
                    .iter()
                    .any(|(_, way)| matches!(way.when, When::UnknownHours { .. }))
                {
                    self.assume(Assumed::Hours, key.node);
                }
                first(ways, |_| true)
            }
            Some(StepKind::Queue(_)) => first(ways, |way| way.cause == Cause::Closed),
            Some(StepKind::Transfer(_)) => first(ways, |way| way.cause == Cause::Connected),
            _ => first(ways, |_| true),
        }
    }

    /// A decision: what a fact is stays what it is for the rest of the call.
    fn decides(&mut self, key: Key, ways: &[(u32, &Move)], cases: &[(&str, Option<Share>)]) -> Vec<f64> {
        let value_of = |way: &Move| match way.when {
            When::Fact { fact, value } => Some((fact, value)),
            _ => None,
        };
        let Some(fact) = ways.iter().find_map(|(_, way)| value_of(way)).map(|(fact, _)| fact) else {
            // What the call itself has set leaves one way.
            return first(ways, |_| true);
        };
        let known = self.memories.get(key.memory).fact(fact);
        if let Some(known) = known {
            let holds = [known, u32::MAX]
                .into_iter()
                .find(|now| ways.iter().any(|(_, way)| value_of(way) == Some((fact, *now))));
            if let Some(holds) = holds {
                return first(ways, |way| value_of(way) == Some((fact, holds)));
            }
        }
        let values = self.graph.facts.get(fact as usize).map_or(&[][..], |fact| &fact.values);
        let share = |way: &Move| {
            let (_, value) = value_of(way)?;
            let name = values.get(value as usize)?;
            cases
                .iter()
                .find(|(case, _)| case == name)
                .and_then(|(_, share)| *share)
        };
        let shares: Vec<(Option<Share>, bool)> = ways.iter().map(|(_, way)| (share(way), true)).collect();
        if shares.iter().filter(|(share, _)| share.is_none()).count() > 1 {
            self.assume(Assumed::Decision, key.node);
        }
        probabilities(&shares)
    }
}

/// All of the first way of a kind; of the first of all where there is none.
fn first(ways: &[(u32, &Move)], kind: impl Fn(&Move) -> bool) -> Vec<f64> {
    let at = ways.iter().position(|(_, way)| kind(way)).unwrap_or(0);
    (0..ways.len()).map(|way| if way == at { 1.0 } else { 0.0 }).collect()
}

fn only(ways: &[(u32, &Move)], kind: impl Fn(&Move) -> bool) -> Vec<f64> {
    ways.iter().map(|(_, way)| if kind(way) { 1.0 } else { 0.0 }).collect()
}
