//! From a graph, a sort of caller and a moment to the chain of all their calls.

mod answers;
mod ends;
mod menu;
mod onward;
mod question;

use super::aims::Aims;
use super::chain::{Assumed, Chain, Edge, Event, Exit, State, To};
use super::memory::{Memories, Memory, NOTHING};
use super::names::Names;
use super::profile::Profile;
use super::settle::settle;
use super::waits::Waits;
use crate::document::tree::{Prompt, StepKind};
use crate::graph::attempts::Attempt;
use crate::graph::hearing::Hearing;
use crate::graph::kernel::search::reach;
use crate::graph::moments;
use crate::graph::pace::Pace;
use crate::graph::{Cause, Class, End, Graph, Part};
use std::collections::{BTreeMap, HashMap};

/// Who calls.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'p> {
    /// How she behaves.
    pub profile: &'p Profile,
    /// Why she calls, by position among the tree's callers; `None` for one who follows the shares on the keys.
    pub intent: Option<usize>,
}

/// When she calls.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'s> {
    /// The state of the calendar.
    pub state: &'s moments::State,
    /// Whether hours that the file does not give are open.
    pub unknown_open: bool,
}

/// The most states that a chain may have beyond four for each place; calls then learn nothing more.
const STATES_MAX: usize = 200_000;

/// The chain of all calls of one sort of caller at one moment; empty where the tree has no entry.
///
/// Time and memory are linear in the number of states: one for every attempt at every place, times what calls remember
/// there (data, counters, facts), which is bounded; where the bound is met the chain says so.
#[must_use]
pub fn chain(graph: &Graph<'_>, names: &Names, caller: Caller<'_>, moment: Moment<'_>, waits: &Waits) -> Chain {
    let Some(entry) = graph.entry else {
        return Chain::default();
    };
    let mut builder = Builder::new(graph, names, caller, moment, waits);
    builder.state(Key::entering(entry, NOTHING));
    let mut at = 0;
    while let Some(key) = builder.keys.get(at).copied() {
        at += 1;
        let (state, edges) = builder.row(key);
        let edges = if builder.is_end(key, &state) {
            edges
        } else {
            builder.give_up(key, edges)
        };
        builder.chain.push(state, edges);
    }
    builder.finish()
}

/// What tells one state from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    node: u32,
    memory: u32,
    attempt: Attempt,
    part: Of,
}

impl Key {
    fn entering(node: u32, memory: u32) -> Self {
        Self {
            node,
            memory,
            attempt: Attempt::default(),
            part: Of::Whole,
        }
    }
}

/// Which part of a place a state is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Of {
    /// All of it.
    Whole,
    /// The same, heard because the caller asks to hear it again or to go back.
    AskedFor,
    /// The person answers.
    Answered,
}

/// What the system does when something is wrong.
const NEVER: [Cause; 6] = [
    Cause::Error,
    Cause::Otherwise,
    Cause::Overflow,
    Cause::Busy,
    Cause::Unanswered,
    Cause::Full,
];

struct Builder<'g, 't> {
    graph: &'g Graph<'t>,
    names: &'g Names,
    profile: &'g Profile,
    moment: Moment<'g>,
    waits: &'g Waits,
    pace: Pace,
    aims: Option<Aims>,
    /// For each move, whether it is there at this moment.
    there: Vec<bool>,
    /// For each place, whether the system leads on from it to a person without a question.
    near_person: Vec<bool>,
    /// For each place, whether no question was asked before it.
    first: Vec<bool>,
    memories: Memories<'t>,
    keys: Vec<Key>,
    /// The state of each place at the first attempt with nothing remembered; the others are in `others`.
    plain: Vec<u32>,
    others: HashMap<Key, u32>,
    assumed: BTreeMap<Assumed, std::collections::BTreeSet<u32>>,
    chain: Chain,
    states_max: usize,
}

const NONE: u32 = u32::MAX;

impl<'g, 't> Builder<'g, 't> {
    fn new(graph: &'g Graph<'t>, names: &'g Names, caller: Caller<'g>, moment: Moment<'g>, waits: &'g Waits) -> Self {
        let there: Vec<bool> = graph
            .model
            .edge_weights()
            .map(|way| graph.is_there(way, moment.state, moment.unknown_open))
            .collect();
        let is_there = |edge: u32| there.get(edge as usize) == Some(&true);
        let asks: Vec<bool> = graph.nodes().map(|node| graph.asks(node)).collect();
        // Over what the system does by itself when nothing fails.
        let direct = |edge: u32| {
            is_there(edge)
                && graph
                    .edge(edge)
                    .is_some_and(|way| way.class == Class::System && !NEVER.contains(&way.cause))
                && graph
                    .ends(edge)
                    .is_some_and(|(from, _)| asks.get(from as usize) != Some(&true))
        };
        let persons = graph
            .nodes()
            .filter(|node| graph.end(*node, moment.state) == Some(End::Person));
        Self {
            near_person: reach(&graph.backward, persons, direct),
            first: reach(&graph.forward, graph.entry, direct),
            aims: Aims::of(graph, caller.profile, caller.intent, moment.state, is_there),
            pace: caller.profile.pace(),
            profile: caller.profile,
            memories: Memories::of(graph),
            keys: Vec::new(),
            plain: vec![NONE; graph.len()],
            others: HashMap::new(),
            assumed: BTreeMap::new(),
            chain: Chain::of(&names.named, names.prompts()),
            states_max: STATES_MAX + 4 * graph.len(),
            there,
            graph,
            names,
            moment,
            waits,
        }
    }

    fn finish(mut self) -> Chain {
        if let Some(memory) = self.memories.assumed() {
            self.assumed.entry(memory).or_default();
        }
        self.chain.assumed = self
            .assumed
            .iter()
            .map(|(what, places)| (*what, crate::graph::number(places.len())))
            .collect();
        settle(&mut self.chain);
        self.chain
    }

    /// The number of a state, which is added where it is new.
    fn state(&mut self, key: Key) -> u32 {
        let next = crate::graph::number(self.keys.len());
        let is_plain = key == Key::entering(key.node, NOTHING);
        let number = match self.plain.get_mut(key.node as usize) {
            Some(plain) if is_plain => {
                if *plain == NONE {
                    *plain = next;
                }
                *plain
            }
            _ => *self.others.entry(key).or_insert(next),
        };
        if number == next {
            self.keys.push(key);
        }
        number
    }

    /// What happens at a state.
    fn row(&mut self, key: Key) -> (State, Vec<Edge>) {
        let mut state = State {
            node: key.node,
            ..State::default()
        };
        let edges = match self.graph.place(key.node).part {
            Part::Dropped => vec![leaves(Exit::CutOff, 0)],
            Part::Unknown => vec![leaves(Exit::Elsewhere, 0)],
            Part::Outcome => self.onward(key, &mut state),
            Part::Step => match self.graph.end(key.node, self.moment.state) {
                Some(End::Person) => self.person(key, &mut state),
                Some(end) => self.end(key, end, &mut state),
                None => self.answered(key, &mut state),
            },
        };
        let edges = if edges.is_empty() {
            vec![leaves(Exit::Elsewhere, 0)]
        } else {
            edges
        };
        (state, edges)
    }

    /// Where a move leads that a call takes which remembers `memory`; `None` where its counters do not let it.
    fn go(&mut self, from: Key, edge: u32, mut memory: Memory) -> Option<To> {
        let (_, to) = self.graph.ends(edge)?;
        memory.rounds = self.memories.rounds(self.graph, from.node, edge, to, &memory.rounds)?;
        if let Some(aims) = &self.aims
            && let Some(goal) = aims.goal(from.node)
        {
            memory.tried |= 1 << goal;
            memory.pleased |= !self.can_fail(from.node);
        }
        memory.begun |= self.first.get(from.node as usize) == Some(&true) && self.graph.is_menu(from.node);
        let memory = if self.keys.len() > self.states_max {
            self.memories.lossy = true;
            from.memory
        } else {
            self.memories.number(memory, from.memory)
        };
        let asked = self.graph.edge(edge).is_some_and(|way| way.asked);
        Some(To::State(self.state(Key {
            part: if asked { Of::AskedFor } else { Of::Whole },
            ..Key::entering(to, memory)
        })))
    }

    /// The moves of a place that are there: number, where to.
    fn moves(&self, node: u32) -> impl Iterator<Item = (u32, u32, &'g crate::graph::Move)> + use<'g, 't, '_> {
        let graph = self.graph;
        graph
            .moves(node)
            .filter(|(edge, ..)| self.there.get(*edge as usize) == Some(&true))
    }

    /// Whether the call ends here, whatever the caller does.
    fn is_end(&self, key: Key, state: &State) -> bool {
        state.person
            || key.part == Of::Answered
            || match self.graph.place(key.node).part {
                Part::Dropped | Part::Unknown => true,
                Part::Outcome => false,
                Part::Step => self.graph.end(key.node, self.moment.state).is_some(),
            }
    }

    /// Whether a step that serves a caller can fail to.
    fn can_fail(&self, node: u32) -> bool {
        let step = self.graph.step(node);
        step.is_some_and(|step| matches!(step.kind, StepKind::SelfService { .. } | StepKind::Queue(_)))
    }

    /// The way that an invitation to stay on the line leads: number, where to.
    fn invitation(&self, node: u32) -> Option<(u32, u32)> {
        let mut ways = self.moves(node);
        let invited = ways.find(|(_, _, way)| way.cause == Cause::Silence && way.class == Class::Announced);
        invited.map(|(edge, to, _)| (edge, to))
    }

    fn assume(&mut self, what: Assumed, node: u32) {
        self.assumed.entry(what).or_default().insert(node);
    }

    /// Begins a prompt: its number for the state, and how it is heard.
    fn hear(&mut self, key: Key, prompt: Option<&'t Prompt>, state: &mut State) -> Hearing<'t> {
        let Some(prompt) = prompt else {
            if self.graph.asks(key.node) {
                self.assume(Assumed::Wording, key.node);
            }
            return Hearing::default();
        };
        let tree = self.graph.tree(key.node);
        let voice = tree.map_or(self.pace, |tree| self.pace.with(tree.voice));
        // What she has asked to hear again does not count as repeated.
        state.prompt = self.names.number(prompt).filter(|_| key.part != Of::AskedFor);
        let hearing = crate::graph::hearing::listen(prompt, &voice);
        if hearing.lasts.unknown > 0 {
            self.assume(Assumed::Wording, key.node);
        }
        hearing
    }

    /// Lets callers hang up on the way along each edge, more of them after each failed attempt; each of those who do
    /// hangs up at the mean moment of all.
    fn give_up(&self, key: Key, edges: Vec<Edge>) -> Vec<Edge> {
        // A caller who stays on the line because she is invited to has not failed.
        let failures = if self.invitation(key.node).is_some() {
            key.attempt.wrongs
        } else {
            key.attempt.number().saturating_sub(1)
        };
        let errors = f64::from(failures.min(60));
        let hazard = self.profile.leaves_per_second / 1000.0 * self.profile.leaves_after_error.powf(errors);
        if hazard <= 0.0 {
            return edges;
        }
        let (mut gone, mut time) = (0.0, 0.0);
        let mut out = edges;
        for edge in &mut out {
            let x = hazard * f64::from(edge.ms);
            let leaves = -(-x).exp_m1();
            gone += edge.p * leaves;
            // The integral of t times the density up to the end of the edge; its series where the terms cancel.
            let before = if x < 1e-4 {
                x * x / 2.0 - x * x * x / 3.0
            } else {
                leaves - x * (-x).exp()
            };
            time += edge.p * before / hazard;
            edge.p *= (-x).exp();
        }
        if gone > 0.0 {
            out.push(Edge {
                to: To::Exit(Exit::Left),
                p: gone,
                ms: milliseconds(time / gone),
                event: Event::HangUp,
                way: None,
            });
        }
        out
    }
}

fn leaves(exit: Exit, ms: u64) -> Edge {
    Edge {
        to: To::Exit(exit),
        p: 1.0,
        ms: short(ms),
        event: Event::System,
        way: None,
    }
}

/// A length as chains hold it; more than 49 days are 49 days.
fn short(ms: u64) -> u32 {
    u32::try_from(ms).unwrap_or(u32::MAX)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "limited to what a length can be"
)]
fn milliseconds(ms: f64) -> u32 {
    ms.clamp(0.0, f64::from(u32::MAX)).round() as u32
}
