//! The chains of all sorts of callers as one chain, with an edge for everything that was counted.

use super::events::{What, step_of};
use super::groups::Table;
use crate::callers::chain::{Chain, Edge, Event, Exit, State, To};
use crate::document::tree::StepId;
use crate::graph::{Cause, Graph, Move, Selects, When};
use crate::measure::calls::Calls;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// All calls of one moment as one chain: its first state, which is at no step, is the choice of who calls.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    pub chain: Chain,
    /// Where the states of each sort of caller begin, with why they call.
    sorts: Vec<(u32, Option<u32>)>,
}

impl Whole {
    /// Linear in the size of the chains.
    pub fn of(calls: &Calls) -> Self {
        let mut sorts = Vec::with_capacity(calls.sorts.len());
        let mut first = 1;
        // As `Chain::mixed` numbers them.
        for sort in calls
            .sorts
            .iter()
            .filter(|sort| sort.share > 0.0 && !sort.chain.is_empty())
        {
            sorts.push((first, sort.intent.map(crate::graph::number)));
            first += crate::graph::number(sort.chain.len());
        }
        Self {
            chain: calls.mixed(),
            sorts,
        }
    }

    /// The states at which something happens, by their numbers.
    pub fn states(&self) -> impl Iterator<Item = (u32, &State)> {
        (0_u32..).zip(&self.chain.states).skip(1)
    }

    /// Why those call whose state this is; `None` for all.
    pub fn intent(&self, state: u32) -> Option<u32> {
        self.sort(state)
            .and_then(|at| self.sorts.get(at))
            .and_then(|(_, intent)| *intent)
    }

    fn sort(&self, state: u32) -> Option<usize> {
        self.sorts.partition_point(|(first, _)| *first <= state).checked_sub(1)
    }

    /// The same with more edges, each for a state, sorted by state.
    pub fn with(self, mut more: Vec<(u32, Edge)>) -> Self {
        if more.is_empty() {
            return self;
        }
        more.sort_by_key(|(state, _)| *state);
        let mut chain = Chain::of(&self.chain.data, self.chain.prompts);
        let mut rest = more.as_slice();
        for (number, state) in (0_u32..).zip(&self.chain.states) {
            let own = rest.partition_point(|(at, _)| *at == number);
            let (here, later) = rest.split_at(own);
            rest = later;
            chain.push(
                *state,
                self.chain
                    .out(number)
                    .iter()
                    .copied()
                    .chain(here.iter().map(|(_, edge)| *edge)),
            );
        }
        Self {
            chain,
            sorts: self.sorts,
        }
    }

    /// Edges that nobody is believed to take, for what was counted and has none.
    pub fn missing(&self, graph: &Graph<'_>, tables: &[Table]) -> Vec<(u32, Edge)> {
        let lacking = || {
            tables.iter().flat_map(|table| {
                let of = |state: &u32| {
                    let state = *state;
                    let here: BTreeSet<What> = table.whats_at(graph, &self.chain, state).collect();
                    let counted = table.counts.iter().filter(|(_, n)| **n > 0).map(|(what, _)| *what);
                    let lacks: Vec<What> = counted.filter(|what| !here.contains(what)).collect();
                    lacks.into_iter().map(move |what| (state, what))
                };
                table.members.iter().flat_map(of).collect::<Vec<_>>()
            })
        };
        let mut out = Vec::new();
        let mut places: Option<HashMap<u32, Vec<u32>>> = None;
        for (state, what) in lacking() {
            let places = places.get_or_insert_with(|| self.places());
            out.push((state, self.missing_edge(graph, places, state, what)));
        }
        out
    }

    /// The steps from which missing edges lead to where no state is.
    pub fn not_followed(&self, graph: &Graph<'_>, missing: &[(u32, Edge)]) -> Vec<StepId> {
        let lost = missing.iter().filter(|(_, edge)| edge.to == To::Exit(Exit::Elsewhere));
        let steps = lost.filter_map(|(state, _)| step_of(graph, self.chain.states.get(*state as usize)?.node));
        steps.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The states at which each place is entered.
    fn places(&self) -> HashMap<u32, Vec<u32>> {
        let mut out: HashMap<u32, Vec<u32>> = HashMap::new();
        for (number, state) in self.states().filter(|(_, state)| state.attempt <= 1) {
            out.entry(state.node).or_default().push(number);
        }
        out
    }

    fn missing_edge(&self, graph: &Graph<'_>, places: &HashMap<u32, Vec<u32>>, state: u32, what: What) -> Edge {
        let here = self.chain.states.get(state as usize).copied().unwrap_or_default();
        let row = self.chain.out(state);
        let way = way(graph, here.node, what);
        // The next attempt, where another failure leads to it.
        let again = row
            .iter()
            .map(|edge| edge.to)
            .find(|to| self.is_next_attempt(*to, here));
        let to = match (what, way) {
            (What::HangUp | What::Abandoned, _) => To::Exit(Exit::Left),
            (What::Answered, None) => To::Exit(Exit::Person),
            (What::NoInput | What::NoMatch | What::Rejected, _) if again.is_some() => {
                again.unwrap_or(To::Exit(Exit::CutOff))
            }
            (_, Some((_, node, _))) => self
                .nearest(places, state, node)
                .map_or(To::Exit(Exit::Elsewhere), To::State),
            (_, None) => To::Exit(Exit::CutOff),
        };
        let event = match what {
            What::Own(_) | What::Everywhere(_) => Event::Press(None),
            What::NoInput => Event::Silence,
            What::NoMatch => Event::Wrong,
            What::Entered | What::Accepted => Event::Enter {
                datum: u16::MAX,
                accepted: true,
            },
            What::Rejected => Event::Enter {
                datum: u16::MAX,
                accepted: false,
            },
            What::HangUp | What::Abandoned => Event::HangUp,
            _ => Event::System,
        };
        let usual = row.iter().map(|edge| edge.p * f64::from(edge.ms)).sum::<f64>();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the mean of lengths is one"
        )]
        let usual = usual.round() as u32;
        let ms = match (what, way) {
            (What::Own(_) | What::Everywhere(_), Some((_, _, way))) => {
                u32::try_from(way.listener.ms).unwrap_or(u32::MAX)
            }
            _ => usual,
        };
        Edge {
            to,
            p: 0.0,
            ms,
            event,
            way: way.map(|(edge, ..)| edge),
        }
    }

    fn is_next_attempt(&self, to: To, here: State) -> bool {
        let To::State(to) = to else { return false };
        let there = self.chain.states.get(to as usize);
        there.is_some_and(|there| there.node == here.node && there.attempt == here.attempt.saturating_add(1))
    }

    /// The state in which a place is entered that was found soonest before or after this one: calls there are likeliest to
    /// know the same. Where none of the same callers comes there, one of others does.
    fn nearest(&self, places: &HashMap<u32, Vec<u32>>, state: u32, node: u32) -> Option<u32> {
        let all = places.get(&node)?;
        let at = all.partition_point(|other| *other < state);
        let sides = [at.checked_sub(1).and_then(|at| all.get(at)), all.get(at)];
        let own = |other: u32| self.sort(other) == self.sort(state);
        sides
            .into_iter()
            .flatten()
            .copied()
            .min_by_key(|other| (!own(*other), other.abs_diff(state)))
    }
}

/// The move of a graph that an event is: its number, where it leads.
fn way<'g>(graph: &'g Graph<'_>, node: u32, what: What) -> Option<(u32, u32, &'g Move)> {
    let of = |wanted: &dyn Fn(&Move) -> bool| graph.moves(node).find(|(_, _, way)| wanted(way));
    let after_entry = |cause: Cause| {
        let (_, outcome, _) = of(&|way| way.cause == Cause::Entered)?;
        graph.moves(outcome).find(|(_, _, way)| way.cause == cause)
    };
    match what {
        What::Own(at) => of(&|way| way.selects == Selects::Own(at)),
        What::Everywhere(at) => of(&|way| way.selects == Selects::Everywhere(at)),
        What::NoInput => of(&|way| way.cause == Cause::Silence),
        What::NoMatch => of(&|way| way.cause == Cause::Wrong),
        What::Entered | What::Accepted => after_entry(Cause::Then),
        What::Rejected => after_entry(Cause::Wrong),
        What::Then => of(&|way| !matches!(way.cause, Cause::Error | Cause::Otherwise)),
        What::Otherwise => of(&|way| way.cause == Cause::Otherwise)
            .or_else(|| of(&|way| matches!(way.when, When::Fact { value: u32::MAX, .. }))),
        What::Case(at) => graph
            .moves(node)
            .filter(|(_, _, way)| way.cause == Cause::Case)
            .nth(at as usize),
        What::Answered => of(&|way| way.cause == Cause::Connected),
        What::Overflow => of(&|way| way.cause == Cause::Overflow),
        What::Busy => of(&|way| way.cause == Cause::Busy),
        What::Unanswered => of(&|way| way.cause == Cause::Unanswered),
        What::HangUp | What::Abandoned => None,
    }
}

/// What several counts have in common: sums by what was done.
pub(super) type Sums = BTreeMap<What, u64>;
