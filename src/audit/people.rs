//! Where people answer, and what leads to them without a further question.

use super::Audit;
use crate::document::tree::{Role, Step, StepKind};
use crate::graph::kernel::search::reach;
use crate::graph::kernel::shortest::distances;
use crate::graph::moments::HoursState;
use crate::graph::{Cause, Class, End, Graph, Move, Part, When, bit};
use crate::measure::WorldMeasures;
use crate::measure::path::Path;
use crate::measure::worlds::World;

impl<'p> Audit<'p> {
    /// The most frequent situation in which a call can come to a person in any way, silence and mistakes included;
    /// `None` where there is none. Linear, for each situation.
    #[must_use]
    pub fn staffed(&self) -> Option<(&World, &WorldMeasures)> {
        let at = match self.measures.staffed().next() {
            Some((at, _)) => at,
            None => self
                .measures
                .worlds
                .iter()
                .zip(&self.measures.by_world)
                .position(|(world, measures)| {
                    self.graph.nodes().any(|node| {
                        measures.reachable.get(node as usize) == Some(&true)
                            && self.graph.end(node, &world.state) == Some(End::Person)
                    })
                })?,
        };
        Some((self.measures.worlds.get(at)?, self.measures.by_world.get(at)?))
    }

    /// The places where a call ends in one of these ways in some situation; in the order of places.
    ///
    /// A hang-up is never among the unknown ends: it is not known whether it served the caller, but nobody follows.
    #[must_use]
    pub fn ends(&self, wanted: &[End]) -> Vec<u32> {
        let bits = wanted.iter().fold(0, |bits, end| bits | 1 << *end as u8);
        let ends = self.found.ends.get_or_init(|| self.find_ends());
        self.graph
            .nodes()
            .zip(ends)
            .filter(|(_, ends)| **ends & bits != 0)
            .map(|(node, _)| node)
            .collect()
    }

    fn find_ends(&self) -> Vec<u8> {
        let worlds = &self.measures.worlds;
        let of = |node: u32| {
            let kind = self.graph.step(node).map(|step| &step.kind);
            // Only the staffing of queues depends on the hour.
            let hours = match kind {
                Some(StepKind::HangUp { .. }) => 0,
                Some(StepKind::Queue(_)) => worlds.len(),
                _ => 1,
            };
            let ends = worlds
                .iter()
                .take(hours)
                .filter_map(|world| self.graph.end(node, &world.state));
            ends.fold(0, |bits, end| bits | 1 << end as u8)
        };
        self.graph.nodes().map(of).collect()
    }

    /// Whether it is not known what follows at a place, so that it may be a person.
    #[must_use]
    pub fn is_open(&self, node: u32) -> bool {
        node == self.graph.unknown
            || self
                .graph
                .step(node)
                .is_some_and(|step| matches!(step.kind, StepKind::Unknown))
    }

    /// Whether a call can come to where it is not known what follows. Linear.
    #[must_use]
    pub fn may_follow(&self) -> bool {
        self.graph
            .nodes()
            .any(|node| self.is_reachable(node) && self.is_open(node))
    }

    /// The steps of this tree that calls come to and of which it is not known what follows.
    pub fn rests_on(&self) -> impl Iterator<Item = (u32, &'p Step)> {
        self.steps().filter(|(node, _)| {
            self.is_open(*node) || self.graph.moves(*node).any(|(_, to, _)| to == self.graph.unknown)
        })
    }

    /// For each place, whether one of these places follows at some hour without a further question.
    #[must_use]
    pub fn leads_directly(&self, to: impl IntoIterator<Item = u32>) -> Vec<bool> {
        let graph = &self.graph;
        reach(&graph.backward, to, |edge| {
            let Some((from, _)) = graph.ends(edge) else {
                return false;
            };
            let cause = graph.edge(edge).map(|way| way.cause);
            let connects = match graph.step(from).map(|step| &step.kind) {
                Some(StepKind::Queue(_)) => cause == Some(Cause::Closed),
                Some(StepKind::Transfer(_)) => cause == Some(Cause::Connected),
                _ => false,
            };
            connects || passes_on(graph, from, edge)
        })
    }

    /// For each place, whether one of these ends can follow in any way.
    #[must_use]
    pub fn leads_somehow(&self, wanted: &[End]) -> Vec<bool> {
        reach(&self.graph.backward, self.ends(wanted), |_| true)
    }

    /// The menus of this tree that callers meet in opening hours, each once, in the order of the file.
    #[must_use]
    pub fn open_menus(&self) -> Vec<(u32, &'p Step)> {
        self.found.open_menus.get_or_init(|| self.find_open_menus()).clone()
    }

    fn find_open_menus(&self) -> Vec<(u32, &'p Step)> {
        let graph = &self.graph;
        let met = reach(&graph.forward, graph.entry, |edge| {
            graph.edge(edge).is_some_and(|way| match way.when {
                When::Hours { states, .. } => states & bit(HoursState::Open) != 0,
                When::UnknownHours { open } => open,
                When::Unstaffed { .. } => false,
                When::Always | When::Staffed { .. } | When::Fact { .. } | When::Known { .. } => true,
            })
        });
        self.steps()
            .filter(|(node, _)| graph.is_menu(*node) && met.get(*node as usize) == Some(&true))
            .collect()
    }

    /// The shortest way from the entry to one of `goals`, by a weight of moves; `None` for a move that is not taken.
    #[must_use]
    pub fn shortest_way(&self, goals: &[u32], weight: impl Fn(u32) -> Option<u64>) -> Option<Path> {
        let graph = &self.graph;
        let found = distances(&graph.forward, &[(graph.entry?, 0)], weight);
        let (_, goal) = goals
            .iter()
            .filter_map(|goal| Some((found.cost(*goal)?, *goal)))
            .min()?;
        let mut edges: Vec<u32> = found
            .trail(goal, |edge| graph.ends(edge).map(|(from, _)| from))
            .collect();
        edges.reverse();
        Some(Path { edges, offer: None })
    }

    /// A step where a person answers, for a cure to lead to, with whether she is there for every caller: what an
    /// operator's option leads to before others, in the order of the file.
    #[must_use]
    pub fn someone(&self) -> Option<(&'p Step, bool)> {
        *self.found.someone.get_or_init(|| self.find_someone())
    }

    fn find_someone(&self) -> Option<(&'p Step, bool)> {
        let ends = self.ends(&[End::Person]);
        let direct = self.leads_directly(ends.iter().copied());
        let tree = self.tree;
        let operator = tree
            .everywhere
            .iter()
            .chain(tree.steps.iter().flat_map(Step::choices))
            .filter(|choice| {
                choice.role.is_some_and(|role| role.value == Role::Operator)
                    || choice.keys.as_ref().is_some_and(|keys| keys.value.as_str() == "0")
            })
            .filter_map(|choice| choice.to.step)
            .find(|step| direct.get(*step as usize) == Some(&true));
        let people = || {
            ends.iter()
                .map(|node| self.graph.place(*node))
                .filter(|place| place.tree == 0 && place.part == Part::Step)
                .map(|place| place.step)
        };
        let only = people().min() == people().max();
        let reached = people().filter(|step| self.is_reachable(*step)).min();
        let step = operator.or(reached).or(people().min())?;
        Some((tree.steps.get(step as usize)?, operator.is_some() || only))
    }

    /// A step as a cure names it: `agents` (line 12).
    #[must_use]
    pub fn named(&self, step: &Step) -> String {
        format!("`{}` (line {})", step.shown(), self.line(step.name.span))
    }

    /// The person that a cure leads to, as it names her.
    #[must_use]
    pub fn someone_named(&self) -> String {
        match self.someone() {
            Some((step, true)) => self.named(step),
            Some((step, false)) => format!("a person, such as {}", self.named(step)),
            None => "a step where a person answers".to_owned(),
        }
    }
}

/// Whether a move is one by which a step only hands the call on, without a question and without an attempt to serve.
#[must_use]
pub fn passes_on(graph: &Graph<'_>, from: u32, edge: u32) -> bool {
    let kind = graph.step(from).map(|step| &step.kind);
    let hands_on = graph.place(from).part == Part::Step
        && matches!(
            kind,
            Some(
                StepKind::Message { .. }
                    | StepKind::Hours { .. }
                    | StepKind::Decision { .. }
                    | StepKind::Loop { .. }
                    | StepKind::Subtree { .. }
                    | StepKind::Return { .. }
            )
        );
    hands_on && graph.edge(edge).is_some_and(onward)
}

/// Whether the system moves on by itself, and not because it failed.
#[must_use]
pub fn onward(way: &Move) -> bool {
    way.class == Class::System && way.cause != Cause::Error
}

/// Whether a menu only asks for the language: each of its options is spoken in another one.
#[must_use]
pub fn asks_language(step: &Step, language: &str) -> bool {
    let Some(prompt) = &step.prompt else { return false };
    let mut spoken: Vec<&str> = prompt
        .segments
        .iter()
        .filter(|segment| segment.spoken.as_ref().is_some_and(|options| !options.is_empty()))
        .map(|segment| segment.language.as_deref().unwrap_or(language))
        .collect();
    let segments = spoken.len();
    spoken.sort_unstable();
    spoken.dedup();
    segments >= 2 && spoken.len() == segments && step.choices().len() == segments
}
