//! Candidates that hand on to a person what the caller has given to the system.

use super::draft::{Draft, Kind};
use super::say::named;
use super::scene::Scene;
use crate::document::tree::{Step, StepKind, Text};
use crate::measure::cost::AGAIN;

/// One candidate for each person who asks again; exact, for each datum costs the same wherever it is asked for.
pub(super) fn drafts<'s>(scene: &'s Scene<'_, '_>) -> Vec<Draft<'s>> {
    let mut out = Vec::new();
    for (id, node, step) in scene.steps() {
        let Some(received) = received(step) else { continue };
        let mut asked = 0.0;
        let mut bits = 0;
        for sort in &scene.sorts {
            for state in sort.at(node) {
                let again = sort
                    .chain
                    .states
                    .get(state as usize)
                    .map_or(0, |state| state.asked_again);
                let met = sort.visited(state) * answered(sort.chain.out(state));
                bits |= again;
                asked += sort.share * met * f64::from(again.count_ones());
            }
        }
        let data = scene.sorts.first().map_or(&[][..], |sort| sort.chain.data.as_slice());
        let missing: Vec<&str> = (0_u32..64)
            .zip(data)
            .filter(|(bit, _)| bits >> bit & 1 == 1)
            .map(|(_, name)| name.as_str())
            .collect();
        if asked <= 0.0 || missing.is_empty() {
            continue;
        }
        let all: Vec<String> = received
            .iter()
            .map(|name| name.value.as_str())
            .chain(missing.iter().copied())
            .map(named)
            .collect();
        let value = format!("[{}]", all.join(", "));
        let name = step.name.value.as_str();
        out.push(Draft {
            kind: Kind::PassOn,
            step: id,
            span: step.name.span,
            what: format!(
                "hand `{}` what callers have given: {}",
                step.shown(),
                missing.join(", ")
            ),
            saves: f64::from(AGAIN) * asked,
            patches: Box::new(move |pen| Some(vec![pen.editor.set(&["steps", name, "receives"], &value)?])),
        });
    }
    out
}

/// The share of those in a state whom a person answers.
fn answered(edges: &[crate::callers::chain::Edge]) -> f64 {
    use crate::callers::chain::{Exit, To};
    let persons = edges.iter().filter(|edge| edge.to == To::Exit(Exit::Person));
    persons.map(|edge| edge.p).sum()
}

fn received(step: &Step) -> Option<&[Text]> {
    match &step.kind {
        StepKind::Agent { receives } => Some(receives),
        StepKind::Queue(queue) => Some(&queue.receives),
        StepKind::Transfer(transfer) => Some(&transfer.receives),
        _ => None,
    }
}
