//! A tree as a line whose callers share queues and people.

use super::Asked;
use super::clock::{Stretch, stretches};
use crate::callers::build::{Caller, Moment, chain};
use crate::callers::chain::{Chain, Exit, To};
use crate::callers::names::Names;
use crate::callers::profile::Profile;
use crate::callers::waits::{Outcome, Part, Waits};
use crate::document::tree::{PhoneTree, Pool, Queue, StepKind};
use crate::graph::moments::State;
use crate::graph::{Class, End, Graph, When};
use crate::measure::calls::{Calls, arrivals_at, parts, patience};
use crate::measure::queues::wait::WaitLaw;
use crate::simulate::shop::{self, CallBack, Handle, QueueSpec, Shop};
use std::collections::BTreeMap;

/// Answers within so many milliseconds are in time.
pub(super) const TARGET_MS: u64 = 20_000;
/// The probability of ways out of a queue while their destinations are looked for; the simulation decides how often
/// they are taken.
const SOME: f64 = 1e-6;
/// Milliseconds of an hour.
const HOUR_MS: u64 = 3_600_000;
/// Minutes of a week.
pub(super) const WEEK: u32 = 7 * 24 * 60;

/// What a shop is made of.
#[derive(Debug)]
pub(super) struct Line {
    chain: Chain,
    starts: Vec<(u32, u32)>,
    arrivals: Vec<f64>,
    specs: Vec<QueueSpec>,
    /// For each of `specs`, its number in `queues`.
    pub groups: Vec<usize>,
    /// The places of the queues that are simulated.
    pub queues: Vec<u32>,
    /// The pools that serve them.
    pub pools: Vec<LinePool>,
    /// How many different trees there are in the time simulated.
    pub trees: usize,
    /// Whether calls and people are the same all along.
    pub steady: bool,
    start_minute: u32,
}

/// A pool of a line.
#[derive(Debug)]
pub(super) struct LinePool {
    /// Its number in the states of the calendar.
    pub number: u32,
    /// Its name.
    pub name: String,
    staff: shop::Pool,
}

impl LinePool {
    /// How long a call of a queue takes these people, in milliseconds; `None` where they do not serve it.
    pub fn handles(&self, graph: &Graph<'_>, node: u32) -> Option<f64> {
        let of = served_at(graph, node).filter(|of| of.number == self.number)?;
        Some(real(of.handle_ms))
    }
}

/// A queue whose wait follows from who calls and who answers.
#[derive(Clone, Copy)]
struct Served<'t> {
    node: u32,
    queue: &'t Queue,
    pool: &'t Pool,
    number: u32,
    handle_ms: u64,
}

impl Line {
    /// The line of a tree, by the clock or held at one moment.
    pub fn of(graph: &Graph<'_>, profile: &Profile, calls: &Calls, asked: Asked, state: &State) -> Self {
        let served = served(graph);
        let stretches = match asked {
            Asked::Hours(_) => vec![Stretch {
                from: 0,
                state: state.clone(),
            }],
            Asked::Days(_) => stretches(graph, state.example),
        };
        let mut trees: Vec<&State> = Vec::new();
        let mut tree_of = Vec::with_capacity(stretches.len());
        for stretch in &stretches {
            let known = trees.iter().position(|known| is_same_tree(known, &stretch.state));
            tree_of.push(known.unwrap_or(trees.len()));
            if known.is_none() {
                trees.push(&stretch.state);
            }
        }
        let names = Names::of(graph);
        let chains: Vec<Chain> = trees
            .iter()
            .map(|state| callers(graph, &names, profile, calls, &served, state))
            .collect();
        let share = 1.0 / f64::from(u32::try_from(chains.len()).unwrap_or(u32::MAX).max(1));
        let weighed: Vec<(f64, &Chain)> = chains.iter().map(|chain| (share, chain)).collect();
        let chain = Chain::mixed(&weighed);
        let begins: Vec<u32> = chain.out(chain.start).iter().map(|edge| state_of(edge.to)).collect();
        let starts = stretches.iter().zip(&tree_of);
        let starts = starts.filter_map(|(stretch, tree)| Some((stretch.from, *begins.get(*tree)?)));
        let arrivals = arrivals(graph.root(), asked, state);
        let mut line = Self {
            starts: starts.collect(),
            specs: Vec::new(),
            groups: Vec::new(),
            queues: Vec::new(),
            pools: Vec::new(),
            trees: trees.len(),
            steady: arrivals.windows(2).all(|pair| pair.first() == pair.last()),
            arrivals,
            start_minute: match asked {
                Asked::Hours(_) => 0,
                Asked::Days(days) => begins_at(days, state),
            },
            chain,
        };
        for of in &served {
            line.pool(of, &stretches);
        }
        line.entries(profile, &served);
        line
    }

    /// How many calls are drawn, all runs together: what a simulation costs.
    pub fn work(&self, asked: Asked, runs: u32) -> f64 {
        let fastest = self.arrivals.iter().copied().fold(0.0, f64::max);
        fastest * (1.0 + f64::from(asked.hours())) * f64::from(runs)
    }

    /// The shop of the line, open for as long as is asked.
    pub fn shop(&self, asked: Asked) -> Shop<'_> {
        Shop {
            chain: &self.chain,
            queues: self.specs.clone(),
            pools: self.pools.iter().map(|pool| pool.staff.clone()).collect(),
            ports: None,
            arrivals: self.arrivals.clone(),
            slot_minutes: 1,
            starts: self.starts.clone(),
            start_minute: self.start_minute,
            warm_up_ms: HOUR_MS,
            length_ms: u64::from(asked.hours()) * HOUR_MS,
        }
    }

    /// Adds the people of a queue, once for all queues that they serve.
    fn pool(&mut self, of: &Served<'_>, stretches: &[Stretch]) {
        if self.pools.iter().any(|pool| pool.number == of.number) {
            return;
        }
        let people = |state: &State| state.staffed.get(of.number as usize).copied().flatten().unwrap_or(0);
        let mut staff: Vec<(u32, u32)> = stretches
            .iter()
            .map(|stretch| (stretch.from, people(&stretch.state)))
            .collect();
        staff.dedup_by_key(|(_, people)| *people);
        self.steady &= staff.len() < 2;
        self.pools.push(LinePool {
            number: of.number,
            name: of.pool.name.value.clone(),
            staff: shop::Pool { staff },
        });
    }

    /// Finds the states at which calls join a queue. Calls of different memories can be sent on to different places:
    /// they wait in one line, for equal queues of one pool are served by the longest wait.
    fn entries(&mut self, profile: &Profile, served: &[Served<'_>]) {
        let by_node: BTreeMap<u32, &Served<'_>> = served.iter().map(|of| (of.node, of)).collect();
        let mut known: BTreeMap<(u32, Option<u64>, Option<u64>), usize> = BTreeMap::new();
        for (number, state) in (0_u32..).zip(&self.chain.states) {
            let Some(of) = by_node.get(&state.node).filter(|_| state.person) else {
                continue;
            };
            let mut ways = self.chain.out(number).iter().skip(1).map(|edge| edge.to);
            let overflow = overflows_after(of.queue).and_then(|after| Some((after, ways.next()?)));
            let call_back = ways.next();
            let key = (of.node, overflow.map(|(_, to)| code(to)), call_back.map(code));
            if let Some(spec) = known.get(&key).and_then(|at| self.specs.get_mut(*at)) {
                spec.entries.push(number);
                continue;
            }
            known.insert(key, self.specs.len());
            let group = self.queues.iter().position(|node| *node == of.node);
            self.groups.push(group.unwrap_or(self.queues.len()));
            if group.is_none() {
                self.queues.push(of.node);
            }
            let pools = self.pools.iter().position(|pool| pool.number == of.number);
            self.specs.push(QueueSpec {
                entries: vec![number],
                pools: pools.into_iter().collect(),
                priority: 0,
                handle: Handle::Exponential {
                    mean_ms: real(of.handle_ms),
                },
                patience_ms: Some(of.pool.patience.map_or(profile.patience_ms, |time| real(time.value))),
                target_ms: TARGET_MS,
                answered: To::Exit(Exit::Person),
                abandoned: To::Exit(Exit::Left),
                overflow,
                call_back: call_back.map(|to| CallBack {
                    after_ms: 0,
                    share: profile.takes_call_back,
                    keeps_place: false,
                    to,
                }),
            });
        }
    }
}

/// The queues that people serve.
fn served<'t>(graph: &Graph<'t>) -> Vec<Served<'t>> {
    graph.nodes().filter_map(|node| served_at(graph, node)).collect()
}

/// A queue whose people, handle time and no fixed wait are declared.
fn served_at<'t>(graph: &Graph<'t>, node: u32) -> Option<Served<'t>> {
    let StepKind::Queue(queue) = &graph.step(node)?.kind else {
        return None;
    };
    let name = queue.pool.as_ref().filter(|_| queue.wait.is_none())?;
    let mut pools = graph.tree(node)?.pools.iter();
    let pool = pools.find(|pool| pool.name.value == name.value && pool.agents.is_some())?;
    let number = graph.moves(node).find_map(|(_, _, way)| match way.when {
        When::Staffed { pool } | When::Unstaffed { pool } => Some(pool),
        _ => None,
    })?;
    Some(Served {
        node,
        queue,
        pool,
        number,
        handle_ms: pool.handle_time?.value,
    })
}

/// What callers do in one state of the calendar, up to the queues that are served.
fn callers(
    graph: &Graph<'_>,
    names: &Names,
    profile: &Profile,
    calls: &Calls,
    served: &[Served<'_>],
    state: &State,
) -> Chain {
    let moment = Moment {
        state,
        unknown_open: true,
    };
    let mut waits = Waits::new();
    for node in graph.nodes() {
        let Some(StepKind::Queue(queue)) = graph.step(node).map(|step| &step.kind) else {
            continue;
        };
        if let Some(of) = served.iter().find(|of| of.node == node) {
            waits.insert(node, ways_out(graph, of, state));
        } else if let Some(wait) = queue.wait {
            let patience = patience(graph, profile, moment, node, queue, None);
            waits.insert(node, parts(&WaitLaw::declared(real(wait.value), patience)));
        }
    }
    let chains: Vec<(f64, Chain)> = calls
        .sorts
        .iter()
        .map(|sort| {
            let caller = Caller {
                profile,
                intent: sort.intent,
            };
            (sort.share, chain(graph, names, caller, moment, &waits))
        })
        .collect();
    let weighed: Vec<(f64, &Chain)> = chains.iter().map(|(share, chain)| (*share, chain)).collect();
    Chain::mixed(&weighed)
}

/// An answer, then each other way out that the system offers: overflow, call-back.
fn ways_out(graph: &Graph<'_>, of: &Served<'_>, state: &State) -> Vec<Part> {
    let offers = graph.moves(of.node).any(|(_, to, way)| {
        matches!(way.class, Class::Announced | Class::Unheard) && graph.end(to, state) == Some(End::Promise)
    });
    let mut others = Vec::new();
    others.extend(overflows_after(of.queue).map(|_| Outcome::Overflows));
    others.extend(offers.then_some(Outcome::CallBack));
    let part = |outcome, p| Part { outcome, p, ms: 0 };
    let rest = SOME * others.iter().fold(0.0, |sum, _| sum + 1.0);
    let mut out = vec![part(Outcome::Answered, 1.0 - rest)];
    out.extend(others.into_iter().map(|outcome| part(outcome, SOME)));
    out
}

fn overflows_after(queue: &Queue) -> Option<u64> {
    queue.overflow.as_ref()?.after.map(|after| after.value)
}

/// Whether two states of the calendar leave the tree the same: only how many people there are differs.
fn is_same_tree(one: &State, other: &State) -> bool {
    let staffed = |state: &State| -> Vec<Option<bool>> {
        let people = state.staffed.iter();
        people.map(|people| people.map(|people| people > 0)).collect()
    };
    one.schedules == other.schedules && staffed(one) == staffed(other)
}

/// Calls an hour in each minute of the week; of one moment, that alone.
fn arrivals(tree: Option<&PhoneTree>, asked: Asked, state: &State) -> Vec<f64> {
    let Some(tree) = tree else { return Vec::new() };
    match asked {
        Asked::Hours(_) => vec![arrivals_at(tree, state.example).unwrap_or(0.0)],
        Asked::Days(_) => super::clock::minutes(state.example)
            .map(|moment| arrivals_at(tree, moment).unwrap_or(0.0))
            .collect(),
    }
}

/// An hour before midnight: of Monday for whole weeks, else of the day of the moment.
fn begins_at(days: u32, state: &State) -> u32 {
    let day = u32::try_from(state.example.weekday().to_monday_zero_offset()).unwrap_or(0);
    let day = if days.is_multiple_of(7) { 0 } else { day };
    (day * 24 * 60 + WEEK - 60) % WEEK
}

fn state_of(to: To) -> u32 {
    match to {
        To::State(state) => state,
        To::Exit(_) => 0,
    }
}

/// A destination as a number that no other has.
fn code(to: To) -> u64 {
    match to {
        To::State(state) => u64::from(state),
        To::Exit(exit) => u64::from(u32::MAX) + 1 + exit as u64,
    }
}

#[expect(clippy::cast_precision_loss, reason = "such times are far below 2^52 ms")]
fn real(ms: u64) -> f64 {
    ms as f64
}
