//! Candidates that let callers press before a prompt is over.

use super::draft::{Draft, Kind};
use super::scene::{Scene, cost, ms};
use crate::callers::chain::{Event, To};
use crate::document::tree::StepKind;

/// One candidate for each menu and question whose prompt cannot be interrupted.
pub(super) fn drafts<'s>(scene: &'s Scene<'_, '_>) -> Vec<Draft<'s>> {
    let mut out = Vec::new();
    for (id, node, step) in scene.steps() {
        let barge_in = match &step.kind {
            StepKind::Menu(menu) => menu.barge_in,
            StepKind::Collect(collect) => collect.barge_in,
            _ => continue,
        };
        if barge_in != Some(false) || scene.visits(node) <= 0.0 {
            continue;
        }
        let name = step.name.value.as_str();
        out.push(Draft {
            kind: Kind::Interrupt,
            step: id,
            span: step.name.span,
            what: format!("let callers press before the prompt of `{}` is over", step.shown()),
            saves: saves(scene, node),
            patches: Box::new(move |pen| Some(vec![pen.editor.set(&["steps", name, "barge-in"], "true")?])),
        });
    }
    out
}

/// Those who press once they know their option no longer wait for the end, and those who know the key for nothing.
fn saves(scene: &Scene<'_, '_>, node: u32) -> f64 {
    let profile = scene.profile;
    let hearing = scene.graph().hearings(node).first();
    let mut out = 0.0;
    for sort in &scene.sorts {
        for state in sort.at(node) {
            let first = sort
                .chain
                .states
                .get(state as usize)
                .is_some_and(|state| state.attempt <= 1);
            let mut row: Vec<(To, f64, f64)> = Vec::new();
            for edge in sort.chain.out(state) {
                let end = cost(edge) - scene.choosing(edge.way);
                let known = match (edge.event, edge.way.and_then(|way| scene.graph().choice(way))) {
                    (Event::Press(_), Some(choice)) if first => hearing.and_then(|hearing| {
                        let mut options = hearing.options.iter();
                        let option = options.find(|option| crate::graph::expand::selected_by(choice, option))?;
                        Some(ms(option.known_at.ms))
                    }),
                    (Event::Enter { .. }, _) => None,
                    _ => {
                        row.push((edge.to, edge.p, cost(edge)));
                        continue;
                    }
                };
                let early = (1.0 - profile.knows_keys) * (1.0 - profile.hears_all);
                let known = known.map_or(end, |known| known.min(end));
                let lasts = hearing.map_or(0.0, |hearing| ms(hearing.lasts.ms)).min(end.max(0.0));
                row.push((edge.to, edge.p * profile.knows_keys, cost(edge) - lasts));
                row.push((edge.to, edge.p * early, cost(edge) - end + known));
                row.push((edge.to, edge.p * (1.0 - profile.knows_keys - early), cost(edge)));
            }
            out -= sort.share * sort.row(state, &row);
        }
    }
    out
}
