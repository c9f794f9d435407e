//! How far a person is from each step, in the hours in which calls most often come to it.

use crate::audit::Audit;
use crate::document::tree::Step;
use crate::graph::kernel::search::reach;
use crate::measure::depth::{Costs, FromPlaces, Scope, depth_from_places};
use std::collections::{HashMap, HashSet};

/// How far a person is from one step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Near {
    /// In one word.
    pub far: Far,
    /// Menus until a person is offered; `None` where she never is.
    pub offered_menus: Option<u64>,
    /// Keys until a person is reached by any option; `None` where there is no way.
    pub possible_keys: Option<u64>,
    /// A moment of the hours that are looked at, `2026-01-05 09:00`; `None` where all hours are alike, or no call
    /// comes here.
    pub as_at: Option<String>,
}

/// How far a person is from a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Far {
    /// So many milliseconds over announced options.
    Within(u64),
    /// Only options that nobody announces lead to one.
    Unannounced,
    /// Nothing leads to one.
    Never,
    /// The file does not tell what follows, or no call comes here.
    #[default]
    Unknown,
}

/// How far a person is from each of these steps, by their names.
///
/// Hours in which a person can be reached at all go before others, the most frequent first, as in all figures of a tree.
/// One search for each of the situations that is needed.
pub fn nearness<'p>(audit: &Audit<'p>, steps: &[&'p Step]) -> HashMap<&'p str, Near> {
    let measures = &audit.measures;
    let graph = &audit.graph;
    let (staffed, others): (Vec<usize>, Vec<usize>) =
        (0..measures.by_world.len()).partition(|at| measures.by_world.get(*at).is_some_and(|world| world.staffed));
    let drawn: HashSet<&str> = steps.iter().map(|step| step.name.value.as_str()).collect();
    let mut waiting: Vec<(u32, &str)> = audit
        .steps()
        .map(|(node, step)| (node, step.name.value.as_str()))
        .filter(|(_, name)| drawn.contains(name))
        .collect();
    let may_follow = may_follow(audit);
    let mut costs = None;
    let mut out = HashMap::new();
    for at in staffed.into_iter().chain(others) {
        let (Some(world), Some(found)) = (measures.worlds.get(at), measures.by_world.get(at)) else {
            continue;
        };
        let (here, later): (Vec<_>, Vec<_>) = waiting
            .into_iter()
            .partition(|(node, _)| found.reachable.get(*node as usize) == Some(&true));
        waiting = later;
        if here.is_empty() {
            continue;
        }
        let searched;
        let places = if at == measures.main() {
            found.anyone.from_places.as_ref()
        } else {
            let costs = costs.get_or_insert_with(|| Costs::of(graph));
            searched = depth_from_places(&Scope::new(graph, world, costs, &measures.data));
            searched.from_places.as_ref()
        };
        let example = world.state.example;
        let as_at = (graph.states.list.len() > 1)
            .then(|| format!("{} {:02}:{:02}", example.date(), example.hour(), example.minute()));
        for (node, name) in here {
            let may_follow = may_follow.get(node as usize).copied().unwrap_or(true);
            out.insert(name, Near::of(places, node, may_follow, as_at.clone()));
        }
    }
    out
}

/// For each place, whether something can follow of which the file does not tell what it is.
fn may_follow(audit: &Audit<'_>) -> Vec<bool> {
    let graph = &audit.graph;
    let open = graph
        .nodes()
        .filter(|node| *node == graph.unknown || audit.is_open(*node));
    reach(&graph.backward, open, |_| true)
}

impl Near {
    fn of(places: Option<&FromPlaces>, node: u32, may_follow: bool, as_at: Option<String>) -> Self {
        let reached = places.and_then(|places| places.announced_ms.cost(node));
        let possible_keys = places.and_then(|places| places.possible_keys.cost(node));
        Self {
            far: match (reached, possible_keys) {
                (Some(ms), _) => Far::Within(ms),
                (None, Some(_)) => Far::Unannounced,
                (None, None) if may_follow => Far::Unknown,
                (None, None) => Far::Never,
            },
            offered_menus: places.and_then(|places| places.offered_menus.cost(node)),
            possible_keys,
            as_at,
        }
    }
}
