//! Which option a caller takes because it leads to what she wants.

use super::profile::{Aim, Profile};
use crate::graph::kernel::shortest::{Shortest, distances};
use crate::graph::moments::State;
use crate::graph::{Cause, Class, End, Graph, Part};

/// A menu or a question on the way counts as so many steps: she goes for the fewest questions, then for the fewest
/// steps.
const QUESTION: u64 = 1 << 20;
/// A way on which something has to fail first counts as so many further questions.
const FAILURE: u64 = 3;

/// What one caller goes for, and how far it is from everywhere.
#[derive(Debug)]
pub struct Aims {
    /// For each thing that serves her, the best first: the cost from every place of getting there.
    goals: Vec<Shortest>,
    /// For each place, the number of the goal that it is.
    goal: Vec<Option<u8>>,
    /// For each place, whether a person there serves her; all do where nobody in particular does.
    serves: Vec<bool>,
}

/// Goals beyond this are left out.
const GOALS_MAX: usize = 32;

impl Aims {
    /// What a caller of this intent goes for, over the moves that are there; `None` where she follows the shares on the
    /// keys.
    ///
    /// What serves her stands in the order of `served-by`: she looks for the first of them that can be reached. One
    /// search a goal.
    #[must_use]
    pub fn of(
        graph: &Graph<'_>,
        profile: &Profile,
        intent: Option<usize>,
        state: &State,
        there: impl Fn(u32) -> bool,
    ) -> Option<Self> {
        let callers = graph.root().map_or(&[][..], |tree| &tree.callers);
        let served_by = intent
            .and_then(|intent| callers.get(intent))
            .map(|intent| &intent.served_by);
        let goals: Vec<Vec<u32>> = match (profile.aim, served_by) {
            (Aim::Person, _) => vec![persons(graph, state)],
            (Aim::Intent, None) => return None,
            (Aim::Intent, Some(targets)) => {
                let steps = targets.iter().filter_map(|target| target.step).take(GOALS_MAX);
                steps.map(|step| places(graph, step)).collect()
            }
        };
        let mut goal = vec![None; graph.len()];
        for (number, nodes) in (0_u8..).zip(&goals) {
            for node in nodes {
                if let Some(goal) = goal.get_mut(*node as usize) {
                    goal.get_or_insert(number);
                }
            }
        }
        let mut serves = vec![false; graph.len()];
        let mut anyone = true;
        for node in persons(graph, state)
            .into_iter()
            .filter(|node| goal.get(*node as usize) != Some(&None))
        {
            anyone = false;
            if let Some(serves) = serves.get_mut(node as usize) {
                *serves = true;
            }
        }
        if anyone {
            serves.fill(true);
        }
        let cost = |edge: u32| {
            graph
                .edge(edge)
                .and_then(|way| cost(way.class, way.cause, profile.knows_hidden))
        };
        let near = |nodes: &Vec<u32>| {
            let sources: Vec<(u32, u64)> = nodes.iter().map(|node| (*node, 0)).collect();
            distances(&graph.backward, &sources, |edge| cost(edge).filter(|_| there(edge)))
        };
        Some(Self {
            goals: goals.iter().map(near).collect(),
            goal,
            serves,
        })
    }

    /// The goal that a place is.
    #[must_use]
    pub fn goal(&self, node: u32) -> Option<u8> {
        self.goal.get(node as usize).copied().flatten()
    }

    /// Whether a person at a place serves her.
    #[must_use]
    pub fn serves(&self, node: u32) -> bool {
        self.serves.get(node as usize).copied().unwrap_or(true)
    }

    /// The best of some moves, each with where it leads, given in the order in which she would prefer equal ones; goals
    /// that she has tried (one bit each) are sought last. `None` where none leads on.
    #[must_use]
    pub fn best(&self, tried: u32, ways: &[(u32, u32)]) -> Option<u32> {
        let open = |number: &usize| tried & (1 << number) == 0;
        let numbers = 0..self.goals.len();
        let shut = numbers.clone().filter(|number| !open(number));
        numbers.filter(open).chain(shut).find_map(|number| {
            let goal = self.goals.get(number)?;
            let reached = ways.iter().filter_map(|(edge, to)| Some((goal.cost(*to)?, *edge)));
            reached.min_by_key(|(cost, _)| *cost).map(|(_, edge)| edge)
        })
    }
}

/// What a move costs on the way to a goal; `None` where she does not think of it.
fn cost(class: Class, cause: Cause, knows_hidden: bool) -> Option<u64> {
    match (class, cause) {
        (_, Cause::Error) | (Class::Silence | Class::Wrong, _) => None,
        (Class::Hidden, _) => knows_hidden.then_some(QUESTION),
        (Class::Announced | Class::Unheard | Class::Entry, _) => Some(QUESTION),
        (Class::System, Cause::Otherwise | Cause::Busy | Cause::Unanswered | Cause::Full | Cause::Overflow) => {
            Some(FAILURE * QUESTION + 1)
        }
        (Class::System, _) => Some(1),
    }
}

fn places(graph: &Graph<'_>, step: u32) -> Vec<u32> {
    let is_it = |node: &u32| {
        let place = graph.place(*node);
        place.tree == 0 && place.part == Part::Step && place.step == step
    };
    graph.nodes().filter(is_it).collect()
}

/// The places where a person answers.
fn persons(graph: &Graph<'_>, state: &State) -> Vec<u32> {
    let is_person = |node: &u32| graph.end(*node, state) == Some(End::Person);
    graph.nodes().filter(is_person).collect()
}
