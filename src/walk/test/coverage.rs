//! Which options and exits of a tree some calls have taken.

use crate::document::tree::{StepId, StepKind, Target};
use crate::graph::kernel::search::reach;
use crate::graph::{Cause, Graph, Part, Selects};
use crate::source::Span;
use std::collections::BTreeMap;

/// What can be taken in a tree, in the order of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// What callers choose: keys and words.
    pub options: Vec<Spot>,
    /// Every other way on that is written.
    pub exits: Vec<Spot>,
    /// The steps.
    pub steps: Vec<Spot>,
}

/// One way on, where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The step that it belongs to; of an option that works everywhere, the first such step.
    pub step: StepId,
    /// What it is.
    pub cause: Cause,
    /// Where it is written; of what leads nowhere, the name of the step.
    pub span: Span,
    /// A move that it is.
    pub edge: u32,
    /// Whether a call has taken it.
    pub taken: bool,
}

impl Coverage {
    /// What can be taken, as far as calls can come to it, and what calls have taken of it by their moves; O(V + E) and the length of `taken`.
    #[must_use]
    pub fn of<'e>(graph: &Graph<'_>, taken: impl IntoIterator<Item = &'e u32>) -> Self {
        let mut edges = vec![false; graph.model.edge_count()];
        for edge in taken {
            if let Some(known) = edges.get_mut(*edge as usize) {
                *known = true;
            }
        }
        let reachable = reach(&graph.forward, graph.entry, |_| true);
        let mut spots: BTreeMap<(bool, u32, u32, Cause, StepId), Spot> = BTreeMap::new();
        let mut steps: BTreeMap<StepId, Spot> = BTreeMap::new();
        if let Some(entry) = graph.entry {
            mark(graph, &mut steps, entry, 0, true);
        }
        for edge in graph.edges() {
            let (Some(way), Some((from, to))) = (graph.edge(edge), graph.ends(edge)) else {
                continue;
            };
            let place = graph.place(from);
            if reachable.get(from as usize) != Some(&true) {
                continue;
            }
            let is_taken = edges.get(edge as usize) == Some(&true);
            mark(graph, &mut steps, from, edge, is_taken);
            mark(graph, &mut steps, to, edge, is_taken);
            // An entry is no way on, but what follows it is.
            if place.tree != 0 || way.cause == Cause::Entered {
                continue;
            }
            let own = if matches!(way.selects, Selects::Everywhere(_)) {
                0
            } else {
                place.step
            };
            let key = (way.cause == Cause::Key, way.span.start, way.span.end, way.cause, own);
            let spot = spots.entry(key).or_insert(Spot {
                step: place.step,
                cause: way.cause,
                span: way.span,
                edge,
                taken: false,
            });
            spot.taken |= is_taken;
        }
        let (options, exits) = spots.into_values().partition(|spot| spot.cause == Cause::Key);
        Self {
            options,
            exits,
            steps: steps.into_values().collect(),
        }
    }

    /// How many of these are taken.
    #[must_use]
    pub fn taken(spots: &[Spot]) -> usize {
        spots.iter().filter(|spot| spot.taken).count()
    }
}

impl Spot {
    /// What the file calls it: the key of an option, the field of an exit, the value of a decision.
    #[must_use]
    pub fn name(&self, graph: &Graph<'_>) -> String {
        let (from, _) = graph.ends(self.edge).unwrap_or_default();
        if let Some(choice) = graph.choice(self.edge) {
            let says = choice.says.first().map_or("option", |words| words.value.as_str());
            return choice.keys.as_ref().map_or(says, |keys| keys.value.as_str()).to_owned();
        }
        let is_here = |target: &Option<Target>| target.as_ref().is_some_and(|target| target.name.span == self.span);
        match (graph.step(from).map(|step| &step.kind), self.cause) {
            (
                Some(StepKind::Hours {
                    open,
                    closed,
                    holiday,
                    emergency,
                    ..
                }),
                Cause::Hours,
            ) => {
                let fields = [
                    ("open", open),
                    ("closed", closed),
                    ("holiday", holiday),
                    ("emergency", emergency),
                ];
                let found = fields.iter().find(|(_, target)| is_here(target));
                found.map_or("closed", |(name, _)| *name).to_owned()
            }
            (Some(StepKind::Decision { cases, .. }), Cause::Case) => {
                let found = cases.iter().find(|case| case.to.name.span == self.span);
                found.map_or("otherwise", |case| case.value.value.as_str()).to_owned()
            }
            (Some(StepKind::Collect(collect)), Cause::Wrong | Cause::Silence) if is_here(&collect.otherwise) => {
                let both = if self.cause == Cause::Silence {
                    "no-input"
                } else {
                    "no-match"
                };
                format!("otherwise ({both})")
            }
            (_, cause) => field(cause).to_owned(),
        }
    }
}

/// The field of the format that leads on.
const fn field(cause: Cause) -> &'static str {
    match cause {
        Cause::Key => "keys",
        Cause::Entered | Cause::Then => "then",
        Cause::Silence => "no-input",
        Cause::Wrong => "no-match",
        Cause::Otherwise => "otherwise",
        Cause::Skipped => "skip-if-known",
        Cause::Hours => "open",
        Cause::Case => "cases",
        Cause::Full => "full",
        Cause::Closed => "closed",
        Cause::Overflow => "overflow",
        Cause::Busy => "busy",
        Cause::Unanswered => "unanswered",
        Cause::Error => "error",
        Cause::Again => "again",
        Cause::Done => "done",
        Cause::Entering => "entry",
        Cause::Leaving => "exit",
        Cause::Connected => "tree",
    }
}

/// Marks a step of the audited tree that a move leaves or leads to.
fn mark(graph: &Graph<'_>, steps: &mut BTreeMap<StepId, Spot>, node: u32, edge: u32, taken: bool) {
    let place = graph.place(node);
    let (0, Part::Step, Some(step)) = (place.tree, place.part, graph.step(node)) else {
        return;
    };
    let spot = steps.entry(place.step).or_insert(Spot {
        step: place.step,
        cause: Cause::Entering,
        span: step.name.span,
        edge,
        taken: false,
    });
    spot.taken |= taken;
}
