//! Candidates that lead callers to a person who would be cut off, or go round and round.

use super::draft::{Draft, Kind};
use super::say::{self, Pen, named};
use super::scene::{Priced, Scene, ms};
use crate::callers::chain::{Event, Exit, To};
use crate::document::edit::{Patch, quoted};
use crate::document::tree::{Reason, Step, StepKind};
use crate::graph::hearing::lasts;
use crate::measure::cost::UNSERVED;

/// What a hang-up without words says where callers are led on.
const MOMENT: &str = "One moment, please.";

/// One candidate for each hang-up that leaves callers unserved, each menu at which the line drops, and each message
/// after which nobody is reached.
pub(super) fn drafts<'s>(scene: &'s Scene<'_, '_>) -> Vec<Draft<'s>> {
    let mut out = Vec::new();
    for (id, node, step) in scene.steps() {
        if scene.visits(node) <= 0.0 {
            continue;
        }
        let (saves, how) = match &step.kind {
            StepKind::HangUp { reason: Some(reason) } if matches!(reason.value, Reason::Error | Reason::Deflected) => {
                (of_end(scene, node, step), How::Answer)
            }
            StepKind::Menu(_) => (of_menu(scene, node), How::Fail),
            StepKind::Message { .. } if !serves(scene, id) => (of_round(scene, node), How::Turn),
            _ => continue,
        };
        let Some((saves, person)) = saves.filter(|(saves, _)| *saves > 0.0) else {
            continue;
        };
        let to = person.name.value.as_str();
        let name = step.shown();
        let what = match how {
            How::Answer => format!("lead callers from `{name}` to `{to}` instead of hanging up on them"),
            How::Fail => format!("lead callers who fail at `{name}` to `{to}` instead of dropping the line"),
            How::Turn => format!("after `{name}` lead callers to `{to}`: where they go now, nobody is reached"),
        };
        out.push(Draft {
            kind: Kind::Free,
            step: id,
            span: step.name.span,
            what,
            saves,
            patches: Box::new(move |pen| patches(pen, step, how, to)),
        });
    }
    out
}

/// Whether some callers want just this step: it is no dead end to them.
fn serves(scene: &Scene<'_, '_>, id: u32) -> bool {
    let served = scene.audit.tree.callers.iter().flat_map(|intent| &intent.served_by);
    served.into_iter().any(|target| target.step == Some(id))
}

#[derive(Clone, Copy)]
enum How {
    /// A hang-up becomes a message before a person.
    Answer,
    /// A menu says where those go who fail.
    Fail,
    /// A message leads on to a person.
    Turn,
}

fn patches(pen: &Pen<'_>, step: &Step, how: How, to: &str) -> Option<Vec<Patch>> {
    let name = step.name.value.as_str();
    let set = |field: &str, value: &str| pen.editor.set(&["steps", name, field], value);
    match how {
        How::Answer => {
            let StepKind::HangUp { reason: Some(reason) } = &step.kind else {
                return None;
            };
            // The field changes in its place, name and value.
            let before = pen.text.get(..reason.span.start as usize)?;
            let start = before.rfind("reason")?;
            let only_colon = before.get(start + "reason".len()..)?;
            if !only_colon.trim_matches([' ', ':', '"', '\'']).is_empty() {
                return None;
            }
            let field = Patch {
                at: start..reason.span.end as usize,
                with: format!("then: {}", named(to)),
            };
            let mut out = vec![set("kind", "message")?, field];
            if step.prompt.is_none() {
                out.push(set("prompt", &quoted(MOMENT))?);
            }
            Some(out)
        }
        How::Fail => {
            let StepKind::Menu(menu) = &step.kind else { return None };
            let fields = [("no-input", &menu.no_input), ("no-match", &menu.no_match)];
            let missing: Vec<&str> = fields
                .into_iter()
                .filter(|(_, target)| target.is_none())
                .map(|(field, _)| field)
                .collect();
            match missing.as_slice() {
                [field] => Some(vec![set(field, &named(to))?]),
                [first, second] => {
                    // Both come to the same place of the text: one patch holds them.
                    let mut one = set(first, &named(to))?;
                    let other = set(second, &named(to))?;
                    if one.at != other.at {
                        return None;
                    }
                    one.with.push_str(&other.with);
                    Some(vec![one])
                }
                _ => None,
            }
        }
        How::Turn => Some(vec![set("then", &named(to))?]),
    }
}

/// The person with whom most is saved, where `of` says what leading to her saves for one state: sort, state, her value.
fn best<'p>(
    scene: &Scene<'_, 'p>,
    node: u32,
    of: impl Fn(&Priced<'_>, u32, To, f64) -> f64,
) -> Option<(f64, &'p Step)> {
    let saved = |person: u32| {
        let mut out = 0.0;
        for sort in &scene.sorts {
            let (state, value) = sort.target(person);
            let to = state.map_or(To::Exit(Exit::Person), To::State);
            let extra = if state.is_some() { 0.0 } else { value };
            out += sort.share * sort.at(node).map(|state| of(sort, state, to, extra)).sum::<f64>();
        }
        out
    };
    let each = scene.persons.iter().map(|(person, step)| (saved(*person), *step));
    each.reduce(|best, other| if other.0 > best.0 { other } else { best })
}

fn of_end<'p>(scene: &Scene<'_, 'p>, node: u32, step: &Step) -> Option<(f64, &'p Step)> {
    let pace = scene.graph().pace.with(scene.audit.tree.voice);
    let moment = scene.spoken(say::length(MOMENT));
    let heard = step
        .prompt
        .as_ref()
        .map_or(moment, |prompt| ms(lasts(prompt, &pace).ms));
    best(scene, node, |sort, state, to, extra| {
        -sort.row(state, &[(to, 1.0, heard + extra)])
    })
}

/// Only where the line drops as soon as attempts are used up.
fn of_menu<'p>(scene: &Scene<'_, 'p>, node: u32) -> Option<(f64, &'p Step)> {
    let dropped = scene.graph().dropped;
    let drops = |sort: &Priced<'_>, state: u32| {
        let mut out = sort.chain.out(state).iter();
        out.any(|edge| match edge.to {
            To::Exit(exit) => exit == Exit::CutOff,
            To::State(to) => sort.chain.states.get(to as usize).is_some_and(|at| at.node == dropped),
        })
    };
    if !scene
        .sorts
        .iter()
        .any(|sort| sort.at(node).any(|state| drops(sort, state)))
    {
        return None;
    }
    best(scene, node, |sort, state, to, extra| {
        let is_dropped = |at: To| match at {
            To::Exit(exit) => exit == Exit::CutOff,
            To::State(at) => sort.chain.states.get(at as usize).is_some_and(|at| at.node == dropped),
        };
        let row: Vec<(To, f64, f64)> = sort
            .chain
            .out(state)
            .iter()
            .map(|edge| {
                let fails = matches!(edge.event, Event::Silence | Event::Wrong);
                let own = match edge.to {
                    To::Exit(Exit::CutOff) => edge.ms.saturating_sub(UNSERVED),
                    _ => edge.ms,
                };
                if fails && is_dropped(edge.to) {
                    (to, edge.p, f64::from(own) + extra)
                } else {
                    (edge.to, edge.p, f64::from(edge.ms))
                }
            })
            .collect();
        -sort.row(state, &row)
    })
}

/// Only where calls are trapped.
fn of_round<'p>(scene: &Scene<'_, 'p>, node: u32) -> Option<(f64, &'p Step)> {
    let trapped = scene.sorts.iter().any(|sort| {
        sort.at(node).any(|state| {
            let mut out = sort.chain.out(state).iter();
            out.any(|edge| edge.to == To::Exit(Exit::Trapped))
        })
    });
    if !trapped {
        return None;
    }
    let heard = scene
        .graph()
        .moves(node)
        .next()
        .map_or(0.0, |(_, _, way)| ms(way.listener.ms));
    best(scene, node, |sort, state, to, extra| {
        -sort.row(state, &[(to, 1.0, heard + extra)])
    })
}
