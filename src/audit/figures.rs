//! The figures of one tree, as plain numbers and names for every report.

mod open;
mod traps;
mod ways;
mod worlds;

use super::{Audit, title};
use crate::graph::kernel::shortest::Shortest;
use crate::graph::{Graph, Part};
use crate::measure::depth::FromPlaces;
use crate::measure::path::Act;
use crate::measure::repeats::{OnPath, Repetition, on_path};
use ways::people;

/// In a larger tree the way from each step is not told.
const STEPS_MAX: usize = 100_000;

/// The figures of one tree.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Steps in the file.
    pub steps: usize,
    /// Menus that calls come to.
    pub menus: u32,
    /// Announced options over those menus; keys that repeat or go back left out.
    pub options: u32,
    /// The situations that were measured, most frequent first.
    pub worlds: Vec<WorldFigures>,
    /// Whether those are all.
    pub complete: bool,
    /// The way to any person, over all situations in which there is one; `None` where there is none.
    pub person: Option<PersonFigures>,
    /// The steps on which it rests whether a person can be reached; empty where that is known.
    pub rests_on: Vec<String>,
    /// The same for each declared intent; `None` where nothing that serves it leads to a person.
    pub intents: Vec<IntentFigures>,
    /// Traps, over all situations.
    pub traps: Vec<TrapFigures>,
    /// The fewest further ways out that free every caller from dead ends and loops, in all situations; `None` where it
    /// is not known, because traps of different situations overlap.
    pub exits_needed: Option<usize>,
    /// Steps that everyone must hear on the announced way to a person.
    pub forced: Vec<String>,
    /// The least time that they take, in milliseconds.
    pub forced_ms: u64,
    /// Steps that even those must hear who know every option that works.
    pub forced_possible: Vec<String>,
    /// The least time that those take, in milliseconds.
    pub forced_possible_ms: u64,
    /// Repetition on the announced way to a person that takes least time at best.
    pub repeats: OnPath,
    /// How often one prompt can be heard, without asking for it.
    pub worst_prompt: WorstFigures,
    /// How often one datum can be asked for.
    pub worst_datum: WorstFigures,
    /// The longest run of one key.
    pub worst_key: WorstFigures,
    /// How far a person is from each step that calls come to, in the most frequent situation with a person; empty for
    /// trees of more than 100,000 steps.
    pub from_steps: Vec<FromStep>,
    /// What the file leaves open at steps that calls come to.
    pub unknown: Vec<OpenFigures>,
    /// What is taken as usual because the file does not say it.
    pub usual: Vec<OpenFigures>,
}

/// Something that the file does not say, in one or more places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenFigures {
    /// What it is: `the wording of a recording`, `5 s of silence`.
    pub what: String,
    /// At how many steps; 0 for the tree as a whole.
    pub times: usize,
    /// The first few of them.
    pub steps: Vec<String>,
}

/// How far a person is from one step.
#[derive(Clone, Debug)]
pub struct FromStep {
    /// The step.
    pub step: String,
    /// Menus heard until a person is offered; `None` where she never is.
    pub offered_menus: Option<u64>,
    /// Milliseconds until a person is reached over announced options; `None` where there is no such way.
    pub reached_ms: Option<u64>,
    /// Presses and digits until a person is reached over any option; `None` where there is no way at all.
    pub possible_keys: Option<u64>,
}

/// One situation.
#[derive(Clone, Debug)]
pub struct WorldFigures {
    /// A moment at which it holds, `2026-01-05T09:00`.
    pub example: String,
    /// Minutes of an ordinary week.
    pub minutes_per_week: u32,
    /// Whether hours that the file does not give are taken as open; `None` where it gives all.
    pub unknown_hours_open: Option<bool>,
    /// What the system is taken to know.
    pub facts: Vec<(String, String)>,
    /// Whether a person can be reached.
    pub staffed: bool,
    /// What calls can come to: `a person`, `a voicemail`, `a call-back`, `a hang-up`, `a dropped line`, `an unknown end`.
    pub ends: Vec<&'static str>,
}

/// How far a person is.
#[derive(Clone, Debug, Default)]
pub struct PersonFigures {
    /// Until a person is offered: the way with the fewest menus, in the best hours.
    pub offered: Option<WayFigures>,
    /// Until a person is offered: the way that takes least time, in the best hours.
    pub offered_soonest: Option<WayFigures>,
    /// Until a person is offered, fewest menus, where hours and nature do their worst; `None` where they can prevent it.
    pub offered_worst: Option<WayFigures>,
    /// Until a person is offered, least time, where hours and nature do their worst; `None` where they can prevent it.
    pub offered_latest: Option<WayFigures>,
    /// As `offered`, should every option of unknown wording be announced.
    pub perhaps_offered: Option<WayFigures>,
    /// Until a person is reached over announced options, least time.
    pub reached: Option<WayFigures>,
    /// Until a person is reached over announced options, fewest presses.
    pub fewest_keys: Option<WayFigures>,
    /// Until a person is reached over announced options, least time, where hours and nature do their worst; `None` where
    /// they can prevent it.
    pub reached_worst: Option<WayFigures>,
    /// Until a person is reached over any option that works, fewest presses.
    pub possible: Option<WayFigures>,
    /// Until a person is reached over any option that works, fewest menus.
    pub possible_menus: Option<WayFigures>,
    /// Until a person is reached over any option that works, least time.
    pub possible_soonest: Option<WayFigures>,
    /// Until a person is reached by a caller who does nothing.
    pub silent: Option<WayFigures>,
    /// What those lose who know only what is announced; `None` where no announced way leads to a person.
    pub gap: Option<Gap>,
}

/// How far the ways over announced options lie behind those over any option that works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// More presses and digits, each at its fewest.
    pub keys: u64,
    /// More milliseconds, each at its least.
    pub ms: u64,
}

/// One way, added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WayFigures {
    /// Menus heard.
    pub menus: u32,
    /// Presses in menus.
    pub presses: u32,
    /// Digits of data.
    pub digits: u32,
    /// Milliseconds that are known.
    pub ms: u64,
    /// Prompts of unknown length.
    pub unknown: u32,
    /// The declared wait for the person at the end, in milliseconds, which comes on top; `None` where it is not known,
    /// or where no person is at the end.
    pub wait_ms: Option<u64>,
    /// What the caller does.
    pub acts: Vec<Act>,
    /// The steps along the way.
    pub steps: Vec<String>,
    /// A moment at which it is so.
    pub at: String,
}

/// An intent's way.
#[derive(Clone, Debug)]
pub struct IntentFigures {
    /// Its name.
    pub name: String,
    /// Whether any person is meant, because none is among what serves it.
    pub aims_at_anyone: bool,
    /// The way; `None` where there is none.
    pub person: Option<PersonFigures>,
}

/// One trap.
#[derive(Clone, Debug)]
pub struct TrapFigures {
    /// What sort it is: `dead end`, `loop`, `loop with hidden exits`.
    pub sort: &'static str,
    /// Its steps.
    pub steps: Vec<String>,
    /// What the caller does to come in.
    pub acts: Vec<Act>,
    /// A moment at which it is so.
    pub at: String,
}

/// A worst case of repetition.
#[derive(Clone, Debug, Default)]
pub struct WorstFigures {
    /// How often; `None` when without end.
    pub times: Option<u64>,
    /// At most this often, where the exact number was too costly.
    pub at_most: Option<u64>,
    /// The step.
    pub step: Option<String>,
    /// The steps of the round, when it is without end.
    pub round: Vec<String>,
    /// The key.
    pub key: Option<String>,
    /// How many different things can be repeated without end.
    pub endless: u32,
}

/// Adds up the figures of a tree.
#[must_use]
pub fn figures(audit: &Audit<'_>) -> Figures {
    let measures = &audit.measures;
    let person = people(audit, |world| &world.anyone);
    let intents = measures
        .honest
        .iter()
        .enumerate()
        .map(|(at, honest)| IntentFigures {
            name: audit
                .tree
                .callers
                .get(honest.intent)
                .map_or(String::new(), |caller| caller.name.value.clone()),
            aims_at_anyone: honest.aims_at_anyone,
            person: people(audit, |world| world.intents.get(at).unwrap_or(&world.anyone)),
        })
        .collect();
    let main = audit.main();
    let graph = &audit.graph;
    let repeats = main
        .and_then(|world| {
            world
                .anyone
                .announced
                .seconds
                .as_ref()
                .or(world.anyone.possible.seconds.as_ref())
        })
        .map(|path| on_path(graph, &measures.prompts, path))
        .unwrap_or_default();
    Figures {
        steps: audit.tree.steps.len(),
        menus: measures.menus,
        options: measures.options,
        worlds: worlds::worlds(audit),
        complete: measures.complete,
        rests_on: match person {
            Some(_) => Vec::new(),
            None => audit.rests_on().map(|(_, step)| step.shown().to_owned()).collect(),
        },
        person,
        intents,
        traps: traps::traps(audit),
        exits_needed: traps::exits_needed(audit),
        forced: main.map_or(Vec::new(), |world| names(graph, &heard(graph, &world.forced.announced))),
        forced_ms: main.map_or(0, |world| world.forced.announced_time.ms),
        forced_possible: main.map_or(Vec::new(), |world| names(graph, &heard(graph, &world.forced.possible))),
        forced_possible_ms: main.map_or(0, |world| world.forced.possible_time.ms),
        repeats,
        worst_prompt: worst(graph, &measures.worst.prompt),
        worst_datum: worst(graph, &measures.worst.datum),
        worst_key: worst(graph, &measures.worst.key),
        from_steps: from_steps(audit),
        unknown: open::unknown(audit),
        usual: open::usual(audit),
    }
}

fn from_steps(audit: &Audit<'_>) -> Vec<FromStep> {
    let Some(main) = audit.main() else {
        return Vec::new();
    };
    if audit.tree.steps.len() > STEPS_MAX {
        return Vec::new();
    }
    let found = main.anyone.from_places.as_ref();
    let cost = |of: fn(&FromPlaces) -> &Shortest, node: u32| found.and_then(|found| of(found).cost(node));
    audit
        .steps()
        .map(|(node, step)| FromStep {
            step: step.name.value.clone(),
            offered_menus: cost(|found| &found.offered_menus, node),
            reached_ms: cost(|found| &found.announced_ms, node),
            possible_keys: cost(|found| &found.possible_keys, node),
        })
        .collect()
}

fn names(graph: &Graph<'_>, places: &[u32]) -> Vec<String> {
    places
        .iter()
        .filter(|node| graph.place(**node).part != Part::Outcome)
        .map(|node| match graph.step(*node) {
            Some(step) => title(step).to_owned(),
            None if *node == graph.dropped => "the line drops".to_owned(),
            None => "unknown".to_owned(),
        })
        .collect()
}

/// Of these places, those where something is said.
fn heard(graph: &Graph<'_>, places: &[u32]) -> Vec<u32> {
    let says = |node: &u32| graph.step(*node).is_some_and(|step| step.prompt.is_some());
    places.iter().copied().filter(says).collect()
}

fn worst(graph: &Graph<'_>, repetition: &Repetition) -> WorstFigures {
    let rounds: Vec<u32> = repetition
        .round
        .iter()
        .filter_map(|edge| graph.ends(*edge).map(|(from, _)| from))
        .collect();
    WorstFigures {
        times: repetition.times,
        at_most: repetition.at_most,
        step: repetition
            .place
            .and_then(|node| graph.step(node))
            .map(|step| title(step).to_owned()),
        round: names(graph, &rounds),
        key: repetition.key.clone(),
        endless: repetition.endless,
    }
}
