//! What candidates are looked for in: one tree, its callers at one moment, and what each state of their calls costs.

use crate::audit::Audit;
use crate::callers::aims::Aims;
use crate::callers::chain::{Chain, Edge, Event, To};
use crate::callers::profile::Profile;
use crate::callers::shares::probabilities;
use crate::document::tree::{Choice, Step, StepId, StepKind};
use crate::graph::expand::after_one;
use crate::graph::moments::State;
use crate::graph::{Cause, Class, End, Graph, Move, Part, Selects};
use crate::measure::calls::Calls;
use crate::measure::cost::PASSED_ON;
use crate::measure::exact::{Edits, Exact, Unsolved};
use std::collections::BTreeMap;

/// The calls for one reason, priced.
pub struct Priced<'a> {
    /// Its share of calls.
    pub share: f64,
    /// The chain, in which every edge takes as long as it costs.
    pub chain: &'a Chain,
    exact: &'a Exact<'a>,
    edits: Option<Edits<'a>>,
    /// What a call costs from each state on.
    values: Vec<f64>,
    aims: Option<Aims>,
    /// The states of each place.
    states: BTreeMap<u32, Vec<u32>>,
}

/// One tree and its callers.
pub struct Scene<'a, 'p> {
    /// The tree, built and measured.
    pub audit: &'a Audit<'p>,
    /// What its callers do.
    pub profile: &'a Profile,
    /// The calls for each reason.
    pub sorts: Vec<Priced<'a>>,
    /// Steps that a caller can be led to for a person, the one that an operator's option leads to first.
    pub persons: Vec<(u32, &'p Step)>,
    /// For each place, whether the system leads on from it to a person without a question.
    pub near: Vec<bool>,
    state: &'a State,
}

/// The largest chain in which a changed row is followed round its cycles: that takes a pass over the chain for each row.
const ROWS_MAX: usize = 2000;
/// Steps with a person that are compared as targets of a new option.
const PERSONS_MAX: usize = 4;

impl<'a, 'p> Scene<'a, 'p> {
    /// The scene; one elimination for each reason to call was made before.
    ///
    /// # Errors
    /// Where a chain is too entangled for an exact answer.
    pub fn of(
        audit: &'a Audit<'p>,
        profile: &'a Profile,
        calls: &Calls,
        solved: &'a [(&'a Chain, Exact<'a>)],
        state: &'a State,
    ) -> Result<Self, Unsolved> {
        let graph = &audit.graph;
        let there = |edge: u32| graph.edge(edge).is_some_and(|way| graph.is_there(way, state, true));
        let mut sorts = Vec::with_capacity(solved.len());
        for (sort, (chain, exact)) in calls.sorts.iter().zip(solved) {
            let mut states: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            for (number, at) in (0_u32..).zip(&chain.states) {
                states.entry(at.node).or_default().push(number);
            }
            sorts.push(Priced {
                share: sort.share,
                chain,
                exact,
                edits: exact.edits(cost).ok(),
                values: exact.values(cost)?,
                aims: Aims::of(graph, profile, sort.intent, state, there),
                states,
            });
        }
        let people: Vec<u32> = graph
            .nodes()
            .filter(|node| graph.end(*node, state) == Some(End::Person))
            .collect();
        let near = audit.leads_directly(people.iter().copied());
        let mut persons: Vec<(u32, &Step)> = Vec::new();
        // The places of the steps of the audited tree, outside of subtrees, are numbered as the steps are.
        let first = audit
            .someone()
            .and_then(|(step, _)| audit.tree.index.get(step.name.value.as_str()));
        for node in first.copied().into_iter().chain(people) {
            let place = graph.place(node);
            let here = place.tree == 0 && place.context == 0 && place.part == Part::Step;
            let known = persons.iter().any(|(person, _)| *person == node);
            if let (true, false, Some(step)) = (here && persons.len() < PERSONS_MAX, known, graph.step(node))
                && near.get(node as usize) == Some(&true)
            {
                persons.push((node, step));
            }
        }
        Ok(Self {
            audit,
            profile,
            sorts,
            persons,
            near,
            state,
        })
    }

    /// The graph of the tree.
    #[must_use]
    pub fn graph(&self) -> &'a Graph<'p> {
        &self.audit.graph
    }

    /// The steps of this tree that are changed by changing its file, each with its place: its number and the step.
    pub fn steps(&self) -> impl Iterator<Item = (StepId, u32, &'p Step)> + use<'a, 'p> {
        let graph = self.graph();
        let tree = self.audit.tree;
        (0_u32..)
            .zip(&tree.steps)
            .filter(move |(number, _)| {
                let place = graph.place(*number);
                (place.tree, place.context, place.part) == (0, 0, Part::Step) && place.step == *number
            })
            .map(|(number, step)| (number, number, step))
    }

    /// The options of a place that are there: the move, where it leads, the option.
    pub fn options(&self, node: u32) -> impl Iterator<Item = (u32, u32, &'a Move, &'p Choice)> + use<'_, 'a, 'p> {
        let graph = self.graph();
        graph.moves(node).filter_map(move |(edge, to, way)| {
            let choice = graph.choice(edge)?;
            let is =
                way.cause == Cause::Key && way.selects != Selects::Nothing && graph.is_there(way, self.state, true);
            is.then_some((edge, to, way, choice))
        })
    }

    /// Whether a place leads to a person without a question.
    #[must_use]
    pub fn is_near(&self, node: u32) -> bool {
        self.near.get(node as usize) == Some(&true)
    }

    /// How often a call comes to a step, over all reasons.
    #[must_use]
    pub fn visits(&self, node: u32) -> f64 {
        let of = |sort: &Priced<'_>| sort.share * sort.at(node).map(|state| sort.visited(state)).sum::<f64>();
        self.sorts.iter().map(of).sum()
    }

    /// The milliseconds that so many words take in this tree.
    #[must_use]
    pub fn spoken(&self, words: u64) -> f64 {
        let pace = self.graph().pace.with(self.audit.tree.voice);
        ms(pace.words(words))
    }

    /// From knowing an option of one key to having taken it, the silence after its key included.
    #[must_use]
    pub fn choosing(&self, way: Option<u32>) -> f64 {
        let pause = way.and_then(|way| self.graph().edge(way)).map_or(0, |way| way.pause);
        ms(self.profile.pace().choosing(1) + u64::from(pause))
    }

    /// The same of an option that is not there yet.
    #[must_use]
    pub fn choosing_new(&self, node: u32) -> f64 {
        let pause = self.graph().step(node).map_or(0, |step| after_one(&step.kind));
        ms(self.profile.pace().choosing(1) + pause)
    }

    /// What a menu takes to be heard to its end at the first attempt.
    #[must_use]
    pub fn lasts(&self, node: u32) -> f64 {
        let hearing = self.graph().hearings(node).first();
        hearing.map_or(0.0, |hearing| ms(hearing.lasts.ms))
    }

    /// A menu asks for words only.
    #[must_use]
    pub fn is_menu(step: &Step) -> bool {
        matches!(step.kind, StepKind::Menu(_))
    }

    /// Who takes an option at a menu once it is announced and leads to this place, as a share of those who try; `own` is
    /// its move, where it has one.
    #[must_use]
    pub fn takers(&self, sort: &Priced<'_>, node: u32, to: u32, own: Option<u32>) -> f64 {
        let profile = self.profile;
        let trying = (1.0 - profile.no_input) * (1.0 - profile.no_match);
        let announced: Vec<(u32, u32, &Move, &Choice)> = self
            .options(node)
            .filter(|(edge, _, way, _)| way.class != Class::Hidden && Some(*edge) != own)
            .collect();
        let open = announced.iter().filter(|(_, _, way, _)| !way.asked).count();
        let even = 1.0 / (wide(open) + 1.0);
        let Some(aims) = &sort.aims else {
            let mut shares: Vec<_> = announced
                .iter()
                .map(|(_, _, way, choice)| (choice.share.map(|share| share.value), !way.asked))
                .collect();
            shares.push((None, true));
            return trying * probabilities(&shares).last().copied().unwrap_or(0.0);
        };
        let new = own.unwrap_or(u32::MAX);
        let mut ways: Vec<(u32, u32)> = announced.iter().map(|(edge, to, ..)| (*edge, *to)).collect();
        ways.push((new, to));
        trying
            * match aims.best(0, &ways) {
                Some(best) if best == new && open > 0 => 1.0 - profile.wrong_option,
                Some(best) if best == new => 1.0,
                Some(_) => profile.wrong_option / wide(open.max(1)),
                None => (1.0 - profile.zero_when_lost) * even,
            }
    }
}

impl Priced<'_> {
    /// The states of a place.
    pub fn at(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        self.states.get(&node).into_iter().flatten().copied()
    }

    /// How often a call comes to a state.
    #[must_use]
    pub fn visited(&self, state: u32) -> f64 {
        self.exact.visits().get(state as usize).copied().unwrap_or(0.0)
    }

    /// What a call costs from a state on.
    #[must_use]
    pub fn value(&self, state: u32) -> f64 {
        self.values.get(state as usize).copied().unwrap_or(0.0)
    }

    /// What a call costs where an edge leads, without the edge.
    #[must_use]
    pub fn rest(&self, edge: &Edge) -> f64 {
        match edge.to {
            To::State(to) => self.value(to),
            To::Exit(_) => 0.0,
        }
    }

    /// Where a call goes on that is led to a place: the state of it that most calls come to, the first of equal ones;
    /// what it costs where no call does.
    #[must_use]
    pub fn target(&self, node: u32) -> (Option<u32>, f64) {
        let most = self
            .at(node)
            .max_by(|a, b| self.visited(*a).total_cmp(&self.visited(*b)).then(b.cmp(a)));
        match most {
            Some(state) => (Some(state), self.value(state)),
            None if self.aims.as_ref().is_some_and(|aims| !aims.serves(node)) => (None, f64::from(PASSED_ON)),
            None => (None, 0.0),
        }
    }

    /// For each state, how much more often a caller comes back to it than one who is led to `to`; by the same law as a
    /// new option, of which it is the part that the option's share multiplies.
    #[must_use]
    pub fn returns(&self, to: Option<u32>) -> Vec<f64> {
        /// An option so dear that nothing cancels.
        const DEAR: f64 = 1e9;
        let Some(edits) = &self.edits else {
            return Vec::new();
        };
        let exit = To::Exit(crate::callers::chain::Exit::Person);
        let Ok(changes) = edits.new_option(1.0, to.map_or(exit, To::State), DEAR) else {
            return Vec::new();
        };
        let there = to.map_or(0.0, |to| self.value(to));
        (0_u32..)
            .zip(changes)
            .map(|(state, change)| {
                let gain = self.visited(state) * (DEAR + there - self.value(state));
                let all = gain / change;
                if all.is_finite() { all - 1.0 } else { 0.0 }
            })
            .collect()
    }

    /// The change of the cost where a state had these edges instead: where to, how often, at what cost.
    ///
    /// Exact; in a chain that is large or was not eliminated, exact off cycles only.
    #[must_use]
    pub fn row(&self, state: u32, edges: &[(To, f64, f64)]) -> f64 {
        if self.chain.len() <= ROWS_MAX
            && let Some(edits) = &self.edits
            && let Ok(change) = edits.row(state, edges)
        {
            return change;
        }
        let rest = |to: To| match to {
            To::State(to) => self.value(to),
            To::Exit(_) => 0.0,
        };
        let new: f64 = edges.iter().map(|(to, p, cost)| p * (cost + rest(*to))).sum();
        self.visited(state) * (new - self.value(state))
    }

    /// The share of those in a state who choose wrongly or press what is no option.
    pub fn wrong(&self, state: u32) -> impl Iterator<Item = &Edge> {
        self.chain.out(state).iter().filter(|edge| edge.event == Event::Wrong)
    }
}

/// What an edge of a priced chain costs.
pub fn cost(edge: &Edge) -> f64 {
    f64::from(edge.ms)
}

/// Milliseconds as a number to count with.
#[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^52 ms")]
pub fn ms(length: u64) -> f64 {
    length as f64
}

fn wide(count: usize) -> f64 {
    f64::from(crate::graph::number(count))
}
