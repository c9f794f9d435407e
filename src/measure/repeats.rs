//! How often a caller hears, presses and enters the same: on one way, and at worst.

mod asked;
mod groups;
mod keys;

use super::path::Path;
use super::prompts::Prompts;
use super::rounds::Walks;
use crate::document::tree::StepKind;
use crate::graph::{Class, Graph};
use groups::Groups;
use std::collections::HashSet;

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
            && let Some(StepKind::Collect(collect)) = graph.step(from).map(|step| &step.kind)
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
    /// At most this often, where the exact number was too costly to find, `None` where no limit is known; equal to
    /// `times` otherwise.
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

/// Finds the worst repetition; linear in the states of the counters, but for groups of steps, which share a bounded number
/// of searches.
///
/// A loop step leads round as often as it says before it is done, so rounds over it alone have an end; a number of
/// rounds that the file does not give has none.
#[must_use]
pub fn worst(graph: &Graph<'_>, prompts: &Prompts, reachable: &[bool], walks: &Walks) -> Worst {
    let Some(entry) = graph.entry else {
        return Worst::default();
    };
    let chosen = |edge: u32| graph.edge(edge).is_some_and(|way| !way.asked);
    Worst {
        prompt: Groups::new(graph, walks, entry, reachable, &chosen).worst(prompts.plays.iter().map(Vec::as_slice)),
        datum: asked::asked(graph, walks, entry, reachable),
        key: keys::same_key(graph, reachable, walks, entry),
    }
}

/// The worst repetition of hearing one prompt, asked for or not; as costly as the other.
#[must_use]
pub fn prompt_asked(graph: &Graph<'_>, prompts: &Prompts, reachable: &[bool], walks: &Walks) -> Repetition {
    let Some(entry) = graph.entry else {
        return Repetition::default();
    };
    let groups = Groups::new(graph, walks, entry, reachable, &|_| true);
    groups.worst(prompts.plays.iter().map(Vec::as_slice))
}

impl Repetition {
    /// The worse of two; what is without end is counted together.
    fn or(self, other: Self) -> Self {
        let endless = self.endless + other.endless;
        let is_second = match (self.times, other.times) {
            (Some(one), Some(two)) => two > one,
            (None, None) => other.place < self.place,
            (one, _) => one.is_some(),
        };
        let at_most = self.at_most.zip(other.at_most).map(|(one, two)| one.max(two));
        Self {
            at_most,
            endless,
            ..if is_second { other } else { self }
        }
    }
}
