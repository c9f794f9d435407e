//! The situations of a tree, and what calls can end with in each.

use super::WorldFigures;
use crate::audit::Audit;
use crate::document::tree::StepKind;
use crate::graph::moments::State;
use crate::graph::{End, Graph};

/// The situations that were measured.
pub(super) fn worlds(audit: &Audit<'_>) -> Vec<WorldFigures> {
    let graph = &audit.graph;
    audit
        .measures
        .worlds
        .iter()
        .zip(&audit.measures.by_world)
        .map(|(world, measures)| WorldFigures {
            example: moment(&world.state),
            minutes_per_week: world.state.minutes_per_week,
            unknown_hours_open: world.unknown_hours_open,
            facts: world
                .facts
                .iter()
                .filter_map(|(fact, value)| {
                    let fact = graph.facts.get(*fact as usize)?;
                    let value = fact.values.get(*value as usize).map_or("anything else", String::as_str);
                    Some((fact.name.clone(), value.to_owned()))
                })
                .collect(),
            staffed: measures.staffed,
            ends: ends(graph, &world.state, &measures.reachable),
        })
        .collect()
}

/// The ways in which calls can end, the best first.
fn ends(graph: &Graph<'_>, state: &State, reachable: &[bool]) -> Vec<&'static str> {
    let mut seen = std::collections::BTreeSet::new();
    for (node, _) in graph.nodes().zip(reachable).filter(|(_, reachable)| **reachable) {
        seen.extend(
            match (graph.end(node, state), graph.step(node).map(|step| &step.kind)) {
                (None, _) => None,
                (Some(End::Person), _) => Some((0, "a person")),
                (Some(End::Promise), Some(StepKind::Callback { .. })) => Some((1, "a call-back")),
                (Some(End::Promise), _) => Some((2, "a voicemail")),
                (Some(End::Unserved), None) => Some((4, "a dropped line")),
                (_, Some(StepKind::HangUp { .. })) => Some((3, "a hang-up")),
                _ => Some((5, "an unknown end")),
            },
        );
    }
    seen.into_iter().map(|(_, name)| name).collect()
}

/// A moment at which a state holds.
pub(super) fn moment(state: &State) -> String {
    let at = state.example;
    format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute())
}
