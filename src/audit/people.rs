//! Where people answer, and what leads to them without a further question.

use super::Audit;
use super::marks::{Kind, Mark};
use crate::document::tree::{EXTENSIONS, Role, Step, StepKind};
use crate::graph::kernel::search::reach;
use crate::graph::kernel::shortest::distances;
use crate::graph::moments::HoursState;
use crate::graph::{Cause, Class, End, Move, Part, When, bit};
use crate::measure::WorldMeasures;
use crate::measure::path::Path;
use crate::measure::worlds::World;

impl<'p> Audit<'p> {
    /// The most frequent situation in which a call can come to a person in any way, silence and mistakes included;
    /// `None` where there is none. Linear for each situation, and found once.
    #[must_use]
    pub fn staffed(&self) -> Option<(&World, &WorldMeasures)> {
        let at = (*self.found.staffed.get_or_init(|| self.find_staffed()))?;
        Some((self.measures.worlds.get(at)?, self.measures.by_world.get(at)?))
    }

    fn find_staffed(&self) -> Option<usize> {
        let reached = |world: &World, measures: &WorldMeasures| {
            self.graph.nodes().any(|node| {
                measures.reachable.get(node as usize) == Some(&true)
                    && self.graph.end(node, &world.state) == Some(End::Person)
            })
        };
        match self.measures.staffed().next() {
            Some((at, _)) => Some(at),
            None => self
                .measures
                .worlds
                .iter()
                .zip(&self.measures.by_world)
                .position(|(world, measures)| reached(world, measures)),
        }
    }

    /// The places where a call ends in one of these ways in some situation; in the order of places.
    ///
    /// A hang-up is never among the unknown ends: it is not known whether it served the caller, but nobody follows.
    #[must_use]
    pub fn ends(&self, wanted: &[End]) -> Vec<u32> {
        let is_wanted = among(self.all_ends(), wanted);
        self.graph.nodes().filter(|node| is_wanted(*node)).collect()
    }

    /// For each place, the bits of the ways in which a call can end there.
    fn all_ends(&self) -> &[u8] {
        self.found.ends.get_or_init(|| self.find_ends())
    }

    fn find_ends(&self) -> Vec<u8> {
        let worlds = &self.measures.worlds;
        let of = |(node, kind): (u32, &Kind)| {
            // Only the staffing of queues depends on the hour.
            let hours = match kind {
                Kind::HangUp => 0,
                Kind::Queue => worlds.len(),
                kind if kind.may_end() => 1,
                _ => 0,
            };
            let ends = worlds
                .iter()
                .take(hours)
                .filter_map(|world| self.graph.end(node, &world.state));
            ends.fold(0, |bits, end| bits | 1 << end as u8)
        };
        self.graph.nodes().zip(self.kinds()).map(of).collect()
    }

    /// Whether it is not known what follows at a place, so that it may be a person.
    #[must_use]
    pub fn is_open(&self, node: u32) -> bool {
        matches!(self.kind(node), Kind::NotUnderstood | Kind::Unknown)
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

    /// Whether one of these ends follows a place at some hour without a further question; found once for all ends.
    pub fn directly(&self, wanted: &[End]) -> impl Fn(u32) -> bool {
        among(self.found.directly.get_or_init(|| self.find_directly()), wanted)
    }

    /// For each place, the bits of the ends that follow without a further question; linear.
    fn find_directly(&self) -> Vec<u8> {
        let (graph, marks) = (&self.graph, self.marks());
        let mut follow = self.all_ends().to_vec();
        let mut open: Vec<u32> = graph
            .nodes()
            .zip(&follow)
            .filter(|(_, ends)| **ends != 0)
            .map(|(node, _)| node)
            .collect();
        while let Some(node) = open.pop() {
            let ends = follow.get(node as usize).copied().unwrap_or(0);
            for (from, _) in graph
                .backward
                .out(node)
                .filter(|(_, edge)| marks.has(*edge, Mark::Connects))
            {
                if let Some(known) = follow.get_mut(from as usize)
                    && *known | ends != *known
                {
                    *known |= ends;
                    open.push(from);
                }
            }
        }
        follow
    }

    /// For each place, whether one of these places follows at some hour without a further question.
    #[must_use]
    pub fn leads_directly(&self, to: impl IntoIterator<Item = u32>) -> Vec<bool> {
        let marks = self.marks();
        reach(&self.graph.backward, to, |edge| marks.has(edge, Mark::Connects))
    }

    /// For each place, whether one of these ends can follow in any way.
    #[must_use]
    pub fn leads_somehow(&self, wanted: &[End]) -> Vec<bool> {
        reach(&self.graph.backward, self.ends(wanted), |_| true)
    }

    /// Whether a call can come from the entry to a place of some sort over kept moves; stops at the first.
    #[must_use]
    pub fn meets(&self, keep: impl Fn(u32) -> bool, wanted: impl Fn(u32) -> bool) -> bool {
        let graph = &self.graph;
        let Some(entry) = graph.entry else { return false };
        let mut met = vec![false; graph.len()];
        let mut open = vec![entry];
        if let Some(met) = met.get_mut(entry as usize) {
            *met = true;
        }
        while let Some(node) = open.pop() {
            if wanted(node) {
                return true;
            }
            for (to, edge) in graph.forward.out(node) {
                if let Some(met @ false) = met.get_mut(to as usize)
                    && keep(edge)
                {
                    *met = true;
                    open.push(to);
                }
            }
        }
        false
    }

    /// The menus of this tree that callers meet in opening hours, each once, in the order of the file.
    #[must_use]
    pub fn open_menus(&self) -> &[(u32, &'p Step)] {
        self.found.open_menus.get_or_init(|| self.find_open_menus())
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
        let menus = self.menus().iter().copied();
        menus
            .filter(|(node, _)| met.get(*node as usize) == Some(&true))
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
        let direct = self.directly(&[End::Person]);
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
            .find(|step| direct(*step));
        let people = || {
            ends.iter()
                .map(|node| self.graph.place(*node))
                .filter(|place| place.tree == 0 && place.part == Part::Step)
                .map(|place| place.step)
        };
        let only = people().min() == people().max();
        let reached = people().filter(|step| self.is_reachable(*step));
        // A number that is put in while the call runs is another one from elsewhere.
        let own = |step: &u32| {
            tree.steps
                .get(*step as usize)
                .is_some_and(|step| !dials_what_is_put_in(step))
        };
        let step = operator.or(reached.clone().filter(own).min());
        let step = step.or(reached.min()).or(people().min())?;
        Some((tree.steps.get(step as usize)?, operator.is_some() || only))
    }

    /// A step as a cure names it: `agents` (line 12).
    #[must_use]
    pub fn named(&self, step: &Step) -> String {
        format!("`{}` (line {})", step.shown(), self.line(step.name.span))
    }

    /// By what a person may be reached all the same where no way leads to one: the number of somebody's extension.
    #[must_use]
    pub fn unless(&self) -> &'static str {
        let mut unknowns = self.tree.unknowns.iter();
        if unknowns.any(|unknown| unknown.what == EXTENSIONS) {
            ", except by callers who know an extension"
        } else {
            ""
        }
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

/// Whether a step calls a number with a variable in it, as the formats of telephone systems write them.
fn dials_what_is_put_in(step: &Step) -> bool {
    let StepKind::Transfer(transfer) = &step.kind else {
        return false;
    };
    let number = transfer.number.as_ref();
    number.is_some_and(|number| number.value.contains(['{', '$']))
}

/// Whether a place has one of these ends among the bits of its own.
fn among(ends: &[u8], wanted: &[End]) -> impl Fn(u32) -> bool {
    let bits = wanted.iter().fold(0, |bits, end| bits | 1 << *end as u8);
    move |node| ends.get(node as usize).is_some_and(|ends| ends & bits != 0)
}

/// Whether the system moves on by itself, and not because it failed.
#[must_use]
pub fn onward(way: &Move) -> bool {
    way.class == Class::System && way.cause != Cause::Error
}

/// Whether a menu only asks for the language: each of its options is spoken in another one.
#[must_use]
pub fn asks_language(step: &Step, language: &str) -> bool {
    // One part speaks one language.
    let Some(prompt) = step.prompt.as_ref().filter(|prompt| prompt.segments.len() > 1) else {
        return false;
    };
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
