//! Exact measures without probabilities: the way to a person, traps, what everyone must hear, repetition.

pub mod calibrate;
pub mod calls;
pub mod cost;
pub mod data;
pub mod depth;
pub mod distribution;
pub mod exact;
pub mod forced;
pub mod frustration;
pub mod intents;
pub mod path;
pub mod prompts;
pub mod queues;
pub mod repeats;
mod rounds;
mod scope;
pub mod traps;
pub mod worlds;

use crate::graph::Graph;
use data::DataFlow;
use depth::Depth;
use forced::Forced;
use intents::Honest;
use prompts::Prompts;
use repeats::Worst;
use traps::Traps;
use worlds::{World, worlds};

/// Everything that is measured on one tree.
#[derive(Debug)]
pub struct Measures {
    /// Every distinct situation that calls meet: hours and facts.
    pub worlds: Vec<World>,
    /// Whether `worlds` holds every situation, or only the most frequent.
    pub complete: bool,
    /// What is measured in each world.
    pub by_world: Vec<WorldMeasures>,
    /// For each declared intent, the options that an honest caller takes.
    pub honest: Vec<Honest>,
    /// The prompts, each a group of steps that say the same.
    pub prompts: Prompts,
    /// Which data a caller may have given where.
    pub data: DataFlow,
    /// How often a caller can hear, press and enter the same again at worst.
    pub worst: Worst,
    /// Announced options over all menus that calls come to; keys that repeat or go back left out.
    pub options: u32,
    /// Menus that calls come to.
    pub menus: u32,
    /// For each place, whether a call can come to it in some world.
    pub reachable: Vec<bool>,
}

/// What is measured in one world.
#[derive(Debug)]
pub struct WorldMeasures {
    /// For each place, whether a call can come to it in this world.
    pub reachable: Vec<bool>,
    /// Whether a person can be reached from the entry.
    pub staffed: bool,
    /// The way to any person.
    pub anyone: Depth,
    /// The way to what serves each intent, in the order of the file.
    pub intents: Vec<Depth>,
    /// Where callers are trapped.
    pub traps: Traps,
    /// What everyone must hear on the way to a person, over announced options.
    pub forced: Forced,
}

impl Measures {
    /// The worlds in which a person can be reached, most frequent first.
    pub fn staffed(&self) -> impl Iterator<Item = (usize, &WorldMeasures)> {
        self.by_world
            .iter()
            .enumerate()
            .filter(|(_, measures)| measures.staffed)
    }

    /// The most frequent world in which a person can be reached; the most frequent world where there is none.
    #[must_use]
    pub fn main(&self) -> usize {
        self.staffed().next().map_or(0, |(at, _)| at)
    }
}

/// Measures a graph.
///
/// Near linear in its size, for each world and intent.
#[must_use]
pub fn measure(graph: &Graph<'_>) -> Measures {
    let (worlds, mut complete) = worlds(graph);
    let prompts = Prompts::of(graph);
    let data = DataFlow::of(graph);
    let honest = intents::honest(graph);
    complete &= graph.root().is_none_or(|tree| tree.callers.len() == honest.len());
    let costs = depth::Costs::of(graph);
    let mut by_world: Vec<WorldMeasures> = Vec::with_capacity(worlds.len());
    for world in &worlds {
        // The way from every place is told of the most frequent world with a person.
        let is_main = !by_world.iter().any(|measures| measures.staffed);
        by_world.push(world_measures(graph, world, &honest, &costs, &data, is_main));
    }
    let mut reachable = vec![false; graph.len()];
    for measures in &by_world {
        for (here, there) in reachable.iter_mut().zip(&measures.reachable) {
            *here |= there;
        }
    }
    let (menus, options) = count_options(graph, &reachable);
    let worst = repeats::worst(graph, &prompts, &reachable, &costs.walks);
    Measures {
        worlds,
        complete,
        by_world,
        honest,
        prompts,
        data,
        worst,
        options,
        menus,
        reachable,
    }
}

fn world_measures(
    graph: &Graph<'_>,
    world: &World,
    honest: &[Honest],
    costs: &depth::Costs,
    data: &DataFlow,
    is_main: bool,
) -> WorldMeasures {
    let scope = depth::Scope::new(graph, world, costs, data);
    let anyone = if is_main {
        depth::depth_from_places(&scope)
    } else {
        depth::depth(&scope, None)
    };
    let intents = honest.iter().map(|intent| depth::depth(&scope, Some(intent))).collect();
    let traps = traps::traps(graph, world);
    let forced = forced::forced(&scope);
    WorldMeasures {
        staffed: anyone.possible.seconds.is_some() || anyone.silent.seconds.is_some(),
        reachable: world.reachable.clone(),
        anyone,
        intents,
        traps,
        forced,
    }
}

/// Menus that calls come to, and the options that they announce; several ways into one step count once.
fn count_options(graph: &Graph<'_>, reachable: &[bool]) -> (u32, u32) {
    let mut seen = vec![false; graph.root().map_or(0, |tree| tree.steps.len())];
    let (mut menus, mut options) = (0, 0);
    for node in graph.nodes() {
        let place = graph.place(node);
        if place.tree != 0 || !graph.is_menu(node) || !reachable.get(node as usize).copied().unwrap_or(false) {
            continue;
        }
        if seen
            .get_mut(place.step as usize)
            .is_none_or(|seen| std::mem::replace(seen, true))
        {
            continue;
        }
        menus += 1;
        options += graph
            .moves(node)
            .filter(|(_, _, way)| {
                way.class == crate::graph::Class::Announced && way.cause == crate::graph::Cause::Key && !way.asked
            })
            .map(|_| 1)
            .sum::<u32>();
    }
    (menus, options)
}
