//! A phone tree as callers meet it: places, the moves between them, and when each move is there.

pub mod attempts;
mod build;
pub mod counters;
pub(crate) mod expand;
pub mod hearing;
pub mod kernel;
pub mod moments;
pub mod pace;
mod place;

pub use build::{Forest, build, build_at};
pub use place::{Cause, Class, End, Fact, Move, Part, Place, Selects, When};

use crate::document::tree::{Choice, PhoneTree, Reaches, Reason, Step, StepKind};
use crate::error::Problem;
use hearing::Hearing;
use jiff::civil::DateTime;
use kernel::adjacency::Adjacency;
use moments::{HoursState, State, States};
use pace::Pace;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};

/// Number of a tree within a forest.
pub type TreeId = u32;

/// One phone tree with everything that a call to it can lead to.
#[derive(Debug)]
pub struct Graph<'t> {
    /// The trees that calls can come to; the audited one first.
    pub trees: Vec<(TreeId, &'t PhoneTree)>,
    /// Places and moves.
    pub model: DiGraph<Place, Move>,
    /// Where calls begin; `None` where the entry is not defined.
    pub entry: Option<u32>,
    /// Where the line drops.
    pub dropped: u32,
    /// What the file does not tell.
    pub unknown: u32,
    /// Moves from where they start; numbers are those of `model`.
    pub forward: Adjacency,
    /// Moves from where they lead.
    pub backward: Adjacency,
    /// Every distinct state of the calendar.
    pub states: States,
    /// What the system decides on.
    pub facts: Vec<Fact>,
    /// The data that callers are asked for.
    pub data: Vec<String>,
    /// Mistakes that only the whole shows: subtrees that enter one another.
    pub problems: Vec<(TreeId, Problem)>,
    /// For each context of places, whether it lies within a subtree.
    within: Vec<bool>,
    /// What is heard at each attempt of the menus and collect steps of the audited tree, in the order of places.
    hearings: Vec<(u32, Vec<Hearing<'t>>)>,
    /// The speed of speech and of the caller.
    pub pace: Pace,
}

impl<'t> Graph<'t> {
    /// The place of this number.
    #[must_use]
    pub fn place(&self, node: u32) -> Place {
        self.model
            .node_weight(NodeIndex::new(node as usize))
            .copied()
            .unwrap_or(Place {
                part: Part::Unknown,
                tree: 0,
                step: 0,
                context: 0,
            })
    }

    /// The step that a place belongs to.
    #[must_use]
    pub fn step(&self, node: u32) -> Option<&'t Step> {
        let place = self.place(node);
        match place.part {
            Part::Step | Part::Outcome => self.trees.get(place.tree as usize)?.1.steps.get(place.step as usize),
            Part::Dropped | Part::Unknown => None,
        }
    }

    /// The tree that a place belongs to.
    #[must_use]
    pub fn tree(&self, node: u32) -> Option<&'t PhoneTree> {
        self.trees.get(self.place(node).tree as usize).map(|(_, tree)| *tree)
    }

    /// The audited tree.
    #[must_use]
    pub fn root(&self) -> Option<&'t PhoneTree> {
        self.trees.first().map(|(_, tree)| *tree)
    }

    /// The move of this number.
    #[must_use]
    pub fn edge(&self, edge: u32) -> Option<&Move> {
        self.model.edge_weight(EdgeIndex::new(edge as usize))
    }

    /// Where a move starts and where it leads.
    #[must_use]
    pub fn ends(&self, edge: u32) -> Option<(u32, u32)> {
        let (from, to) = self.model.edge_endpoints(EdgeIndex::new(edge as usize))?;
        Some((number(from.index()), number(to.index())))
    }

    /// The moves from a place: number, where to, what.
    pub fn moves(&self, node: u32) -> impl Iterator<Item = (u32, u32, &Move)> {
        self.forward
            .out(node)
            .filter_map(|(to, edge)| Some((edge, to, self.edge(edge)?)))
    }

    /// The option that a move selects.
    #[must_use]
    pub fn choice(&self, edge: u32) -> Option<&'t Choice> {
        let (from, _) = self.ends(edge)?;
        match self.edge(edge)?.selects {
            Selects::Nothing => None,
            Selects::Own(at) => self.step(from)?.choices().get(at as usize),
            Selects::Everywhere(at) => self.tree(from)?.everywhere.get(at as usize),
        }
    }

    /// What is heard at each attempt of a menu or collect step with options: the prompt, then each reprompt.
    #[must_use]
    pub fn hearings(&self, node: u32) -> &[Hearing<'t>] {
        let place = self.place(node);
        match self.hearings.binary_search_by_key(&place.step, |(known, _)| *known) {
            Ok(at) if place.tree == 0 => self.hearings.get(at).map_or(&[], |(_, hearings)| hearings),
            _ => &[],
        }
    }

    /// Whether a place lies within a subtree that was entered.
    #[must_use]
    pub fn is_within_subtree(&self, node: u32) -> bool {
        let context = self.place(node).context;
        self.within.get(context as usize).copied().unwrap_or(false)
    }

    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.model.node_count()
    }

    /// Whether there is no place at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.model.node_count() == 0
    }

    /// All places.
    pub fn nodes(&self) -> impl Iterator<Item = u32> + use<> {
        0..number(self.model.node_count())
    }

    /// All moves, by their numbers.
    pub fn edges(&self) -> impl Iterator<Item = u32> + use<> {
        0..number(self.model.edge_count())
    }

    /// Whether a place is a menu: one more to listen to.
    #[must_use]
    pub fn is_menu(&self, node: u32) -> bool {
        self.place(node).part == Part::Step
            && self
                .step(node)
                .is_some_and(|step| matches!(step.kind, StepKind::Menu(_)))
    }

    /// Whether the caller has to answer here: a menu or a collect step.
    #[must_use]
    pub fn asks(&self, node: u32) -> bool {
        self.place(node).part == Part::Step
            && self
                .step(node)
                .is_some_and(|step| matches!(step.kind, StepKind::Menu(_) | StepKind::Collect(_)))
    }

    /// Whether what happens at a place is beyond the caller: facts, and what succeeds or fails.
    #[must_use]
    pub fn is_nature(&self, node: u32) -> bool {
        match self.place(node).part {
            Part::Outcome => true,
            Part::Step => self.step(node).is_some_and(|step| match step.kind {
                StepKind::Decision { .. } | StepKind::SelfService { .. } | StepKind::Transfer(_) => true,
                // Of hours that are not given it is not told either which of the closed states it is.
                StepKind::Hours { .. } => self
                    .moves(node)
                    .any(|(_, _, way)| matches!(way.when, When::UnknownHours { .. })),
                _ => false,
            }),
            Part::Dropped | Part::Unknown => false,
        }
    }

    /// How a call ends at a place in this state of the calendar; `None` where it goes on.
    #[must_use]
    pub fn end(&self, node: u32, state: &State) -> Option<End> {
        match self.place(node).part {
            Part::Dropped => return Some(End::Unserved),
            Part::Unknown => return Some(End::Unknown),
            Part::Outcome => return None,
            Part::Step => {}
        }
        match &self.step(node)?.kind {
            StepKind::Agent { .. } => Some(End::Person),
            StepKind::Queue(_) => self.is_staffed(node, state).then_some(End::Person),
            StepKind::Transfer(transfer) => match transfer.reaches.map(|r| r.value) {
                Some(Reaches::Person) => Some(End::Person),
                _ => None,
            },
            StepKind::Voicemail { .. } | StepKind::Callback { .. } => Some(End::Promise),
            StepKind::HangUp { reason } => Some(match reason.map(|r| r.value) {
                Some(Reason::Served) => End::Served,
                Some(Reason::Closed) => End::Closed,
                Some(Reason::Error | Reason::Deflected) => End::Unserved,
                None => End::Unknown,
            }),
            StepKind::Unknown => Some(End::Unknown),
            _ => None,
        }
    }

    /// Whether somebody answers a queue; one whose people are not declared counts as staffed.
    fn is_staffed(&self, node: u32, state: &State) -> bool {
        let pool = self.moves(node).find_map(|(_, _, way)| match way.when {
            When::Unstaffed { pool } => Some(pool),
            _ => None,
        });
        match pool {
            Some(pool) => state.staffed.get(pool as usize).copied().flatten() != Some(0),
            None => true,
        }
    }

    /// The state of the calendar at a moment, by the clock of the audited tree.
    #[must_use]
    pub fn state_at(&self, moment: DateTime) -> State {
        let trees = || self.trees.iter().map(|(_, tree)| *tree);
        let schedules: Vec<_> = trees().flat_map(|tree| tree.schedules.iter().cloned()).collect();
        let pools: Vec<_> = trees()
            .flat_map(|tree| &tree.pools)
            .map(|pool| pool.agents.as_ref())
            .collect();
        moments::at(&schedules, &pools, moment)
    }

    /// Whether a move is there in this state of the calendar, whatever the facts.
    #[must_use]
    pub fn is_there(&self, way: &Move, state: &State, unknown_open: bool) -> bool {
        match way.when {
            When::Always | When::Fact { .. } | When::Known { .. } => true,
            When::Hours { schedule, states } => state
                .schedules
                .get(schedule as usize)
                .is_none_or(|now| states & bit(*now) != 0),
            When::UnknownHours { open } => open == unknown_open,
            When::Staffed { pool } => state.staffed.get(pool as usize).copied().flatten() != Some(0),
            When::Unstaffed { pool } => state.staffed.get(pool as usize).copied().flatten() == Some(0),
        }
    }

    /// Whether some hours are not given by the file.
    #[must_use]
    pub fn has_unknown_hours(&self) -> bool {
        self.model
            .edge_weights()
            .any(|way| matches!(way.when, When::UnknownHours { .. }))
    }
}

/// The bit of a state of a schedule.
#[must_use]
pub const fn bit(state: HoursState) -> u8 {
    match state {
        HoursState::Open => 1,
        HoursState::Closed => 2,
        HoursState::Holiday => 4,
        HoursState::Emergency => 8,
    }
}

/// A count as the kernels number it.
pub(crate) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
