//! The ways of several situations become one figure each: the best, and the worst of the worst.

use super::worlds::moment;
use super::{Gap, PersonFigures, WayFigures, names};
use crate::audit::Audit;
use crate::document::tree::StepKind;
use crate::graph::Graph;
use crate::measure::WorldMeasures;
use crate::measure::depth::Depth;
use crate::measure::path::{Path, Totals};

/// The best of each figure over the worlds with a person, and the worst of each worst one.
pub(super) fn people(audit: &Audit<'_>, depth: impl Fn(&WorldMeasures) -> &Depth) -> Option<PersonFigures> {
    let worlds: Vec<(usize, &Depth)> = audit
        .measures
        .staffed()
        .map(|(at, measures)| (at, depth(measures)))
        .filter(|(_, depth)| depth.possible.seconds.is_some() || depth.silent.seconds.is_some())
        .collect();
    if worlds.is_empty() {
        return None;
    }
    let pick = Pick { audit, worlds };
    let mut person = PersonFigures {
        offered: pick.best(|depth| &depth.offered.menus, menus),
        offered_soonest: pick.best(|depth| &depth.offered.seconds, time),
        offered_worst: pick.most(|depth| &depth.offered_worst.menus, menus),
        offered_latest: pick.most(|depth| &depth.offered_worst.seconds, time),
        perhaps_offered: pick.best(|depth| &depth.perhaps_offered.menus, menus),
        reached: pick.best(|depth| &depth.announced.seconds, time),
        fewest_keys: pick.best(|depth| &depth.announced.keys, keys),
        reached_worst: pick.most(|depth| &depth.announced_worst.seconds, time),
        possible: pick.best(|depth| &depth.possible.keys, keys),
        possible_menus: pick.best(|depth| &depth.possible.menus, menus),
        possible_soonest: pick.best(|depth| &depth.possible.seconds, time),
        silent: pick.best(|depth| &depth.silent.seconds, time),
        gap: None,
    };
    person.gap = gap(&person);
    Some(person)
}

/// What is lost by knowing only what is announced.
fn gap(person: &PersonFigures) -> Option<Gap> {
    let keys = |way: &WayFigures| u64::from(way.presses) + u64::from(way.digits);
    let (fewest, soonest) = (person.possible.as_ref()?, person.possible_soonest.as_ref()?);
    Some(Gap {
        keys: keys(person.fewest_keys.as_ref()?).saturating_sub(keys(fewest)),
        ms: person.reached.as_ref()?.ms.saturating_sub(soonest.ms),
    })
}

fn menus(totals: Totals) -> u64 {
    u64::from(totals.menus)
}

fn keys(totals: Totals) -> u64 {
    u64::from(totals.presses) + u64::from(totals.digits)
}

fn time(totals: Totals) -> u64 {
    totals.heard.ms
}

/// Picks one way of several worlds.
struct Pick<'a, 'p> {
    audit: &'a Audit<'p>,
    worlds: Vec<(usize, &'a Depth)>,
}

impl Pick<'_, '_> {
    /// The least of all; the first world counts among equals.
    fn best(&self, path: fn(&Depth) -> &Option<Path>, order: fn(Totals) -> u64) -> Option<WayFigures> {
        let ways = self
            .worlds
            .iter()
            .filter_map(|(at, depth)| Some((path(depth).as_ref()?, *at)));
        let (path, world) = ways.min_by_key(|(path, _)| order(path.totals(&self.audit.graph)))?;
        Some(self.show(path, world))
    }

    /// The greatest of all; none where there is no way in some world.
    fn most(&self, path: fn(&Depth) -> &Option<Path>, order: fn(Totals) -> u64) -> Option<WayFigures> {
        let ways = self
            .worlds
            .iter()
            .rev()
            .map(|(at, depth)| path(depth).as_ref().map(|path| (path, *at)));
        let ways = ways.collect::<Option<Vec<_>>>()?;
        let (path, world) = ways
            .into_iter()
            .max_by_key(|(path, _)| order(path.totals(&self.audit.graph)))?;
        Some(self.show(path, world))
    }

    fn show(&self, path: &Path, world: usize) -> WayFigures {
        let at = self
            .audit
            .measures
            .worlds
            .get(world)
            .map_or(String::new(), |world| moment(&world.state));
        way(&self.audit.graph, path, &at)
    }
}

/// Adds up one way.
fn way(graph: &Graph<'_>, path: &Path, at: &str) -> WayFigures {
    let totals = path.totals(graph);
    let places = path.places(graph);
    WayFigures {
        menus: totals.menus,
        presses: totals.presses,
        digits: totals.digits,
        ms: totals.heard.ms,
        unknown: totals.heard.unknown,
        wait_ms: places.last().and_then(|end| wait(graph, *end)),
        acts: path.acts(graph),
        steps: names(graph, &places),
        at: at.to_owned(),
    }
}

/// How long callers wait for the person at a place, as declared; an agent answers at once.
fn wait(graph: &Graph<'_>, end: u32) -> Option<u64> {
    match &graph.step(end)?.kind {
        StepKind::Agent { .. } => Some(0),
        StepKind::Queue(queue) => queue.wait.map(|wait| wait.value),
        StepKind::Transfer(transfer) => transfer.wait.map(|wait| wait.value),
        _ => None,
    }
}
