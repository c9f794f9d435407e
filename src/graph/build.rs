//! The graph of a tree: one place a step, more where subtrees are entered from several sides.

mod memory;
mod subtrees;

use super::expand::expand;
use super::hearing::Hearing;
use super::kernel::adjacency::Adjacency;
use super::moments::{self, States};
use super::pace::Pace;
use super::{Fact, Graph, Move, Part, Place, TreeId, number};
use crate::document::schedule::{Moment, Schedule, Staffing};
use crate::document::tree::{PhoneTree, StepId, StepKind, Target, Text};
use crate::error::Problem;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{HashMap, HashSet};

/// The trees that may lead to one another.
pub trait Forest<'t> {
    /// The tree of this number.
    fn tree(&self, id: TreeId) -> Option<&'t PhoneTree>;

    /// The tree that `file` means where tree `from` names it.
    fn link(&self, from: TreeId, file: &str) -> Option<TreeId>;
}

/// A forest of one tree.
impl<'t> Forest<'t> for &'t PhoneTree {
    fn tree(&self, id: TreeId) -> Option<&'t PhoneTree> {
        (id == 0).then_some(self)
    }

    fn link(&self, _: TreeId, _: &str) -> Option<TreeId> {
        None
    }
}

/// Builds the graph of tree `root`, followed into other trees as far as the forest knows them.
///
/// Linear in the number of steps, each counted once for every way into the subtrees that hold it; that number is
/// bounded, and a problem says so where the bound is met.
#[must_use]
pub fn build<'t>(forest: &dyn Forest<'t>, root: TreeId, pace: Pace) -> Option<Graph<'t>> {
    build_at(forest, root, pace, None)
}

/// As `build`, for calls at one moment only: the calendar has the state of that moment and no other.
#[must_use]
pub fn build_at<'t>(forest: &dyn Forest<'t>, root: TreeId, pace: Pace, at: Option<Moment>) -> Option<Graph<'t>> {
    let tree = forest.tree(root)?;
    let mut builder = Builder::new(forest, root, tree, pace);
    while let Some((node, place)) = builder.pending.pop() {
        expand(&mut builder, node, place);
    }
    Some(builder.finish(at))
}

/// How a call came to where it is: the way into a subtree or another tree, and what it has established since.
#[derive(Clone)]
struct Context {
    /// The context and step of the call; `None` for the outermost of a tree.
    call: Option<(u32, StepId)>,
    /// Position of the tree of the calling step.
    caller: u32,
    /// Position of the tree that is entered, and the step.
    entry: (u32, StepId),
    /// How many subtrees deep.
    depth: u32,
    /// The context of the same way in which nothing is established.
    base: u32,
    /// Facts that the call itself has set, each with its value, in order.
    memory: Memory,
}

type Memory = Box<[(u32, u32)]>;

/// Subtrees nested deeper than this are not followed.
const DEPTH_MAX: u32 = 100;

pub(super) struct Builder<'f, 't> {
    forest: &'f dyn Forest<'t>,
    trees: Vec<(TreeId, &'t PhoneTree)>,
    model: DiGraph<Place, Move>,
    contexts: Vec<Context>,
    places: HashMap<(u32, u32, StepId), u32>,
    entered: HashMap<(u32, StepId, u32, StepId), u32>,
    remembered: HashMap<(u32, Memory), u32>,
    /// For each tree: the facts that its decisions test.
    tested: Vec<HashSet<&'t str>>,
    pending: Vec<(u32, Place)>,
    schedules: Vec<Schedule>,
    pools: Vec<Option<Staffing>>,
    emergency: Vec<bool>,
    facts: Vec<Fact>,
    fact_index: HashMap<(u32, String), u32>,
    value_index: HashMap<(u32, String), u32>,
    schedule_index: HashMap<(u32, &'t str), u32>,
    pool_index: HashMap<(u32, &'t str), u32>,
    data: Vec<String>,
    data_index: HashMap<String, u32>,
    problems: Vec<(TreeId, Problem)>,
    pub(super) hearings: Vec<(u32, Vec<Hearing<'t>>)>,
    limit: usize,
    pace: Pace,
    /// The pace at each tree's own voice.
    paces: Vec<Pace>,
    pub(super) dropped: u32,
    pub(super) unknown: u32,
}

impl<'f, 't> Builder<'f, 't> {
    fn new(forest: &'f dyn Forest<'t>, root: TreeId, tree: &'t PhoneTree, pace: Pace) -> Self {
        let steps = tree.steps.len();
        let mut builder = Self {
            forest,
            trees: Vec::new(),
            model: DiGraph::with_capacity(steps + 2, steps * 3),
            contexts: Vec::new(),
            places: HashMap::new(),
            entered: HashMap::new(),
            remembered: HashMap::new(),
            tested: Vec::new(),
            pending: Vec::with_capacity(steps),
            schedules: Vec::new(),
            pools: Vec::new(),
            emergency: Vec::new(),
            facts: Vec::new(),
            fact_index: HashMap::new(),
            value_index: HashMap::new(),
            schedule_index: HashMap::new(),
            pool_index: HashMap::new(),
            data: Vec::new(),
            data_index: HashMap::new(),
            problems: Vec::new(),
            hearings: Vec::new(),
            limit: steps * 4 + 50_000,
            pace,
            paces: Vec::new(),
            dropped: 0,
            unknown: 0,
        };
        builder.contexts.push(Context {
            call: None,
            caller: 0,
            entry: (0, 0),
            depth: 0,
            base: 0,
            memory: Memory::default(),
        });
        builder.add_tree(root, tree);
        // The steps of the audited tree are numbered as in the file, whether calls come to them or not.
        for step in 0..number(steps) {
            let at = Place {
                part: Part::Step,
                tree: 0,
                step,
                context: 0,
            };
            let node = number(builder.model.add_node(at).index());
            builder.pending.push((node, at));
        }
        builder.pending.reverse();
        let special = |part| Place {
            part,
            tree: 0,
            step: 0,
            context: 0,
        };
        builder.dropped = number(builder.model.add_node(special(Part::Dropped)).index());
        builder.unknown = number(builder.model.add_node(special(Part::Unknown)).index());
        builder
    }

    fn add_tree(&mut self, id: TreeId, tree: &'t PhoneTree) -> u32 {
        let at = number(self.trees.len());
        self.trees.push((id, tree));
        self.paces.push(self.pace.with(tree.voice));
        let tested = tree.steps.iter().filter_map(|step| match &step.kind {
            StepKind::Decision { on: Some(on), .. } => Some(on.value.as_str()),
            _ => None,
        });
        self.tested.push(tested.collect());
        for (number, schedule) in (number(self.schedules.len())..).zip(&tree.schedules) {
            self.schedule_index
                .entry((at, schedule.name.value.as_str()))
                .or_insert(number);
        }
        for (number, pool) in (number(self.pools.len())..).zip(&tree.pools) {
            if pool.agents.is_some() {
                self.pool_index.entry((at, pool.name.value.as_str())).or_insert(number);
            }
        }
        self.schedules.extend(tree.schedules.iter().cloned());
        self.pools.extend(tree.pools.iter().map(|pool| pool.agents.clone()));
        let with_emergency: HashSet<&str> = tree
            .steps
            .iter()
            .filter_map(|step| match &step.kind {
                StepKind::Hours {
                    schedule: Some(name),
                    emergency: Some(_),
                    ..
                } => Some(name.value.as_str()),
                _ => None,
            })
            .collect();
        let declared = tree
            .schedules
            .iter()
            .map(|schedule| with_emergency.contains(schedule.name.value.as_str()));
        self.emergency.extend(declared);
        at
    }

    /// The tree of a place.
    pub(super) fn tree(&self, place: Place) -> Option<&'t PhoneTree> {
        self.trees.get(place.tree as usize).map(|(_, tree)| *tree)
    }

    /// The pace at the voice of the place's tree.
    pub(super) fn pace(&self, place: Place) -> Pace {
        self.paces.get(place.tree as usize).copied().unwrap_or(self.pace)
    }

    /// The place that a target of `from` leads to; what is not defined is unknown.
    pub(super) fn goes_to(&mut self, from: Place, target: Option<&Target>) -> u32 {
        match target.and_then(|target| target.step) {
            Some(step) => self.node(from.tree, from.context, step),
            None => self.unknown,
        }
    }

    /// The place after an entry at a collect step.
    pub(super) fn outcome(&mut self, from: Place) -> u32 {
        let place = Place {
            part: Part::Outcome,
            ..from
        };
        number(self.model.add_node(place).index())
    }

    /// Adds a move.
    pub(super) fn add(&mut self, from: u32, to: u32, way: Move) {
        self.model
            .add_edge(NodeIndex::new(from as usize), NodeIndex::new(to as usize), way);
    }

    /// Number of a schedule of the place's tree.
    pub(super) fn schedule(&self, place: Place, name: &Text) -> Option<u32> {
        self.schedule_index.get(&(place.tree, name.value.as_str())).copied()
    }

    /// Number of a pool of the place's tree, where it says when people are on duty.
    pub(super) fn pool(&self, place: Place, name: &Text) -> Option<u32> {
        self.pool_index.get(&(place.tree, name.value.as_str())).copied()
    }

    /// Number of a fact, which is the same wherever the tree tests it.
    pub(super) fn fact(&mut self, place: Place, name: &str) -> u32 {
        if let Some(at) = self.fact_index.get(&(place.tree, name.to_owned())) {
            return *at;
        }
        let at = number(self.facts.len());
        self.facts.push(Fact {
            name: name.to_owned(),
            values: Vec::new(),
            tested: 0,
            set_in_call: false,
        });
        self.fact_index.insert((place.tree, name.to_owned()), at);
        at
    }

    /// Counts one more decision on a fact.
    pub(super) fn tests(&mut self, fact: u32) {
        if let Some(fact) = self.facts.get_mut(fact as usize) {
            fact.tested += 1;
        }
    }

    /// Remembers that a fact changes during the call in a way that is not followed.
    pub(super) fn changes(&mut self, place: Place, name: &str) {
        let fact = self.fact(place, name);
        if let Some(fact) = self.facts.get_mut(fact as usize) {
            fact.set_in_call = true;
        }
    }

    /// Number of a value of a fact.
    pub(super) fn value(&mut self, fact: u32, value: &str) -> u32 {
        let number_of = fact;
        let Some(fact) = self.facts.get_mut(fact as usize) else {
            return 0;
        };
        let next = number(fact.values.len());
        let at = *self.value_index.entry((number_of, value.to_owned())).or_insert(next);
        if at == next {
            fact.values.push(value.to_owned());
        }
        at
    }

    /// Number of a datum, which is the same in every tree.
    pub(super) fn datum(&mut self, name: &str) -> u32 {
        if let Some(at) = self.data_index.get(name) {
            return *at;
        }
        let at = number(self.data.len());
        self.data.push(name.to_owned());
        self.data_index.insert(name.to_owned(), at);
        at
    }

    fn node(&mut self, tree: u32, context: u32, step: StepId) -> u32 {
        if tree == 0 && context == 0 {
            return step;
        }
        if let Some(node) = self.places.get(&(tree, context, step)) {
            return *node;
        }
        let place = Place {
            part: Part::Step,
            tree,
            step,
            context,
        };
        let node = number(self.model.add_node(place).index());
        self.places.insert((tree, context, step), node);
        self.pending.push((node, place));
        node
    }

    fn finish(mut self, at: Option<Moment>) -> Graph<'t> {
        self.hearings.sort_by_key(|(node, _)| *node);
        let pools: Vec<Option<&Staffing>> = self.pools.iter().map(Option::as_ref).collect();
        let states = match at {
            None => moments::states(&self.schedules, &pools, &self.emergency),
            Some(Moment(at)) => States {
                list: vec![moments::at(&self.schedules, &pools, at)],
                complete: true,
            },
        };
        let ends = |edge: &petgraph::graph::Edge<Move>| (number(edge.source().index()), number(edge.target().index()));
        let forward = Adjacency::build(self.model.node_count(), self.model.raw_edges().iter().map(ends));
        let backward = forward.reverse();
        let entry = self.trees.first().and_then(|(_, tree)| tree.entry.as_ref()?.step);
        let within = self.contexts.iter().map(|context| context.call.is_some()).collect();
        Graph {
            within,
            entry,
            dropped: self.dropped,
            unknown: self.unknown,
            forward,
            backward,
            states,
            facts: self.facts,
            data: self.data,
            problems: self.problems,
            hearings: self.hearings,
            pace: self.paces.first().copied().unwrap_or(self.pace),
            trees: self.trees,
            model: self.model,
        }
    }
}
