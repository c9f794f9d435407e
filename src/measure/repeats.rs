//! How often a caller hears, presses and enters the same: on one way, and at worst.

use super::path::Path;
use super::prompts::{Prompts, plays_a_visit};
use crate::graph::kernel::components::{Components, components};
use crate::graph::kernel::cycle::Cycles;
use crate::graph::kernel::longest::{Total, longest};
use crate::graph::{Class, Graph};
use std::collections::{HashMap, HashSet};

/// The repetition on one way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnPath {
    /// Prompts heard again, each start after the first counted; those asked for left out.
    pub prompts: u32,
    /// The places where a prompt is heard again.
    pub heard_again: Vec<u32>,
    /// The longest run of one key at menus.
    pub same_key: u32,
    /// That key.
    pub key: Option<String>,
    /// The place of the last press of that run.
    pub key_at: Option<u32>,
    /// Entries of a datum that was entered before.
    pub entries: u32,
    /// The places of those entries.
    pub entered_again: Vec<u32>,
}

/// Counts the repetition on a way; linear in its length.
///
/// Data digits neither count nor break a run of presses.
#[must_use]
pub fn on_path(graph: &Graph<'_>, prompts: &Prompts, path: &Path) -> OnPath {
    let mut out = OnPath::default();
    let mut heard: HashSet<u32> = HashSet::new();
    let mut entered: HashSet<&str> = HashSet::new();
    let (mut run, mut last_key) = (0_u32, None::<String>);
    let mut asked = false;
    for (at, edge) in path.edges.iter().chain(&path.offer).enumerate() {
        let (Some(way), Some((from, _))) = (graph.edge(*edge), graph.ends(*edge)) else {
            continue;
        };
        if let Some(prompt) = prompts.at(from)
            && !heard.insert(prompt)
            && !asked
        {
            out.prompts += 1;
            out.heard_again.push(from);
        }
        asked = way.asked;
        if at == path.edges.len() {
            break;
        }
        if way.class == Class::Entry
            && let Some(crate::document::tree::StepKind::Collect(collect)) = graph.step(from).map(|step| &step.kind)
            && let Some(name) = &collect.collects
            && !entered.insert(&name.value)
        {
            out.entries += 1;
            out.entered_again.push(from);
        }
        let key = graph
            .choice(*edge)
            .and_then(|choice| choice.keys.as_ref())
            .map(|keys| keys.value.as_str().to_owned());
        match (way.class, key) {
            (Class::Announced | Class::Hidden | Class::Unheard, Some(key)) => {
                run = if last_key.as_ref() == Some(&key) { run + 1 } else { 1 };
                if run > out.same_key {
                    out.same_key = run;
                    out.key = Some(key.clone());
                    out.key_at = Some(from);
                }
                last_key = Some(key);
            }
            (Class::Silence | Class::Wrong, _) | (Class::Announced, None) => {
                run = 0;
                last_key = None;
            }
            _ => {}
        }
    }
    out
}

/// The worst repetition that a tree allows, over whatever the caller, the facts and the clock do.
#[derive(Debug, Default)]
pub struct Worst {
    /// Hearing one prompt, without asking to hear it or to go back.
    pub prompt: Repetition,
    /// Hearing one prompt, asked for or not.
    pub prompt_asked: Repetition,
    /// Entering one datum.
    pub datum: Repetition,
    /// Pressing one key in a row.
    pub key: Repetition,
}

/// How often the same thing can happen in one call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repetition {
    /// How often; `None` when without end.
    pub times: Option<u64>,
    /// At most this often, where the exact number was too costly to find; equal to `times` otherwise.
    pub at_most: Option<u64>,
    /// A place where it happens.
    pub place: Option<u32>,
    /// The moves of a round, when it is without end.
    pub round: Vec<u32>,
    /// The key, for a run of presses.
    pub key: Option<String>,
    /// How many different things can be repeated without end.
    pub endless: u32,
}

/// Moves looked at for groups of steps that share a prompt or datum; beyond it the sum of all is the bound.
const WORK_MAX: usize = 4_000_000;

/// Finds the worst repetition; linear, but for groups of steps, which share a bounded number of searches.
#[must_use]
pub fn worst(graph: &Graph<'_>, prompts: &Prompts, reachable: &[bool]) -> Worst {
    let Some(entry) = graph.entry else {
        return Worst::default();
    };
    let chosen = |edge: u32| graph.edge(edge).is_some_and(|way| !way.asked);
    let all = |_: u32| true;
    let data = data_groups(graph);
    Worst {
        prompt: Groups::new(graph, entry, reachable, &chosen).worst(&prompts.places, true),
        prompt_asked: Groups::new(graph, entry, reachable, &all).worst(&prompts.places, true),
        datum: Groups::new(graph, entry, reachable, &all).worst(&data, false),
        key: same_key(graph, reachable),
    }
}

/// The places at which each datum is asked for.
fn data_groups(graph: &Graph<'_>) -> Vec<Vec<u32>> {
    let mut index: HashMap<&str, usize> = HashMap::new();
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for node in graph.nodes() {
        if let (crate::graph::Part::Step, Some(crate::document::tree::StepKind::Collect(collect))) =
            (graph.place(node).part, graph.step(node).map(|step| &step.kind))
            && let Some(name) = &collect.collects
            && !collect.skip_if_known
        {
            let at = *index.entry(&name.value).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            if let Some(group) = groups.get_mut(at) {
                group.push(node);
            }
        }
    }
    groups
}

struct Groups<'a, 't> {
    graph: &'a Graph<'t>,
    entry: u32,
    reachable: &'a [bool],
    keep: &'a dyn Fn(u32) -> bool,
    parts: Components,
    cyclic: Vec<bool>,
}

impl<'a, 't> Groups<'a, 't> {
    fn new(graph: &'a Graph<'t>, entry: u32, reachable: &'a [bool], keep: &'a dyn Fn(u32) -> bool) -> Self {
        let parts = components(&graph.forward, [entry], keep);
        let cyclic = parts.cyclic(&graph.forward, keep);
        Self {
            graph,
            entry,
            reachable,
            keep,
            parts,
            cyclic,
        }
    }

    fn worst(&self, groups: &[Vec<u32>], plays: bool) -> Repetition {
        let mut out = Repetition {
            times: Some(0),
            at_most: Some(0),
            ..Repetition::default()
        };
        let mut first_endless = None;
        let mut work = 0;
        for group in groups {
            let members: Vec<u32> = group
                .iter()
                .copied()
                .filter(|node| self.reachable.get(*node as usize) == Some(&true) && self.parts.of(*node).is_some())
                .collect();
            let endless = members.iter().copied().find(|node| self.is_round(*node));
            if let Some(node) = endless {
                out.endless += 1;
                first_endless = first_endless.into_iter().chain([node]).min();
                continue;
            }
            let sum: u64 = members.iter().map(|node| self.gain(*node, plays)).sum();
            if sum <= out.times.unwrap_or(0) {
                continue;
            }
            if members.len() > 1 {
                work += self.graph.model.edge_count();
            }
            let (times, place) = if members.len() == 1 || work > WORK_MAX {
                let most = members
                    .iter()
                    .copied()
                    .max_by_key(|node| (self.gain(*node, plays), std::cmp::Reverse(*node)));
                (most.map_or(0, |node| self.gain(node, plays)), most)
            } else {
                self.longest(&members, plays)
            };
            let bound = if work > WORK_MAX { sum } else { times };
            out.at_most = out.at_most.max(Some(bound));
            if Some(times) > out.times {
                out.times = Some(times);
                out.place = place;
            }
        }
        if let Some(node) = first_endless {
            out.times = None;
            out.at_most = None;
            out.place = Some(node);
            out.round = Cycles::new(&self.graph.forward, &self.parts)
                .through(node, self.keep)
                .unwrap_or_default();
        }
        out
    }

    fn is_round(&self, node: u32) -> bool {
        self.parts
            .of(node)
            .and_then(|part| self.cyclic.get(part as usize))
            .copied()
            .unwrap_or(false)
    }

    fn gain(&self, node: u32, plays: bool) -> u64 {
        match (plays, self.graph.step(node)) {
            (true, Some(step)) => plays_a_visit(step),
            _ => 1,
        }
    }

    fn longest(&self, members: &[u32], plays: bool) -> (u64, Option<u32>) {
        let gain = |node: u32| {
            if members.binary_search(&node).is_ok() {
                self.gain(node, plays)
            } else {
                0
            }
        };
        let found = longest(&self.graph.forward, self.entry, gain, self.keep);
        members
            .iter()
            .filter_map(|node| match found.totals.get(*node as usize) {
                Some(Total::Finite(total)) => Some((*total, Some(*node))),
                _ => None,
            })
            .max_by_key(|(total, node)| (*total, std::cmp::Reverse(*node)))
            .unwrap_or((0, None))
    }
}

/// The longest run of one key: the longest way over presses of that key, with what the system does in between.
fn same_key(graph: &Graph<'_>, reachable: &[bool]) -> Repetition {
    let mut keys: Vec<&str> = Vec::new();
    let key_of: Vec<Option<usize>> = graph
        .edges()
        .map(|edge| {
            let way = graph.edge(edge)?;
            if way.selects == crate::graph::Selects::Nothing || way.asked {
                return None;
            }
            let key = graph.choice(edge)?.keys.as_ref()?.value.as_str();
            Some(keys.iter().position(|known| *known == key).unwrap_or_else(|| {
                keys.push(key);
                keys.len() - 1
            }))
        })
        .collect();
    let mut out = Repetition {
        times: Some(0),
        at_most: Some(0),
        ..Repetition::default()
    };
    // Twelve keys and their patterns; a tree with very many multi-digit keys is looked at for the first of them.
    for (number, key) in keys.iter().enumerate().take(16) {
        let keep = |edge: u32| {
            let pressed = key_of.get(edge as usize).copied().flatten();
            let onward = graph
                .edge(edge)
                .is_some_and(|way| matches!(way.class, Class::System | Class::Entry));
            pressed == Some(number) || onward
        };
        let run = longest_run(graph, reachable, &keep, &|edge| {
            key_of.get(edge as usize).copied().flatten() == Some(number)
        });
        if let (Some(best), Some(times)) = (out.times, run.times) {
            if times > best {
                out = Repetition {
                    key: Some((*key).to_owned()),
                    endless: out.endless,
                    ..run
                };
            }
        } else if run.times.is_none() {
            out.endless += 1;
            if out.times.is_some() {
                out = Repetition {
                    key: Some((*key).to_owned()),
                    endless: out.endless,
                    ..run
                };
            }
        }
    }
    out
}

/// The most presses on one way over kept moves, starting anywhere; linear.
fn longest_run(
    graph: &Graph<'_>,
    reachable: &[bool],
    keep: &dyn Fn(u32) -> bool,
    press: &dyn Fn(u32) -> bool,
) -> Repetition {
    let inside = |edge: u32| {
        keep(edge)
            && graph
                .ends(edge)
                .is_some_and(|(from, _)| reachable.get(from as usize) == Some(&true))
    };
    // A round is to go out over the press itself.
    let leaves = |edge: u32, node: u32| graph.ends(edge).is_some_and(|(from, _)| from == node);
    let starts: Vec<u32> = graph
        .edges()
        .filter(|edge| inside(*edge) && press(*edge))
        .filter_map(|edge| graph.ends(edge).map(|(from, _)| from))
        .collect();
    let parts = components(&graph.forward, starts.iter().copied(), inside);
    let mut best: Vec<u64> = vec![0; graph.len()];
    let mut out = Repetition {
        times: Some(0),
        at_most: Some(0),
        ..Repetition::default()
    };
    // Components are numbered so that moves lead to lower numbers: their best is known when it is asked for.
    for component in 0..parts.count() {
        let members = parts.members(component);
        let mut most = 0;
        for node in members {
            for (to, edge) in graph.forward.out(*node) {
                if !inside(edge) {
                    continue;
                }
                let round = parts.of(to) == Some(component);
                if round && press(edge) {
                    return Repetition {
                        times: None,
                        at_most: None,
                        place: Some(*node),
                        round: Cycles::new(&graph.forward, &parts)
                            .through(*node, |other| inside(other) && (other == edge || !leaves(other, *node)))
                            .unwrap_or_default(),
                        key: None,
                        endless: 0,
                    };
                }
                if !round {
                    most = most.max(best.get(to as usize).copied().unwrap_or(0) + u64::from(press(edge)));
                }
            }
        }
        for node in members {
            if let Some(best) = best.get_mut(*node as usize) {
                *best = most;
            }
        }
        if Some(most) > out.times {
            out.times = Some(most);
            out.at_most = Some(most);
            out.place = members.iter().min().copied();
        }
    }
    out
}
