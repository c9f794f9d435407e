//! Candidates that announce the options of a menu in the order of demand.

use super::draft::{Draft, Kind};
use super::order::{Item, best};
use super::say::Pen;
use super::scene::{Scene, cost, ms};
use crate::callers::chain::{Event, To};
use crate::document::edit::{Patch, cased};
use crate::document::tree::{Choice, Segment, Step, StepKind};
use crate::document::words;
use crate::graph::Selects;
use crate::graph::expand::selected_by;
use std::ops::Range;

/// One candidate for each menu whose first options are not the ones most wanted.
///
/// What an option says and where it leads move together; the keys stay in the order in which they are announced.
pub(super) fn drafts<'s>(scene: &'s Scene<'_, '_>) -> Vec<Draft<'s>> {
    scene
        .steps()
        .filter_map(|(id, node, step)| draft(scene, id, node, step))
        .collect()
}

/// An announcement that can change places.
struct Slot<'s> {
    key: &'s str,
    choice: &'s Choice,
    /// Its move in the graph.
    edge: u32,
    /// Its words in the prompt.
    words: Range<usize>,
    /// Until when it is announced, in milliseconds.
    known: f64,
    /// How long its words take, in milliseconds.
    takes: f64,
    item: Item,
}

fn draft<'s>(scene: &'s Scene<'_, '_>, id: u32, node: u32, step: &'s Step) -> Option<Draft<'s>> {
    let StepKind::Menu(menu) = &step.kind else { return None };
    if menu.barge_in == Some(false) || scene.visits(node) <= 0.0 {
        return None;
    }
    let prompt = step.prompt.as_ref()?;
    let [segment] = prompt.segments.as_slice() else {
        return None;
    };
    let slots = slots(scene, node, segment)?;
    let items: Vec<Item> = slots.iter().map(|slot| slot.item).collect();
    let order = best(&items, scene.profile.leaves_per_second / 1000.0);
    if order.iter().copied().eq(0..slots.len()) {
        return None;
    }
    let words = permuted(segment, &slots, &order)?;
    let first = order.first().and_then(|at| slots.get(*at))?;
    let label = first
        .choice
        .label
        .as_ref()
        .map_or(first.choice.to.name.value.as_str(), |label| label.value.as_str());
    let what = format!(
        "announce the options of `{}` in the order of demand, `{label}` first, with keys {} in this order",
        step.shown(),
        slots.iter().map(|slot| slot.key).collect::<Vec<_>>().join(" ")
    );
    let saves = saves(scene, node, &slots, &order);
    Some(Draft {
        kind: Kind::Reorder,
        step: id,
        span: prompt.span,
        what,
        saves,
        patches: Box::new(move |pen| patches(pen, step, &slots, &order, &words)),
    })
}

/// The announcements that stand for one option each, of one digit and without a role; `None` where there are fewer than
/// two, or their places in the prompt are not known.
fn slots<'s>(scene: &'s Scene<'_, '_>, node: u32, segment: &'s Segment) -> Option<Vec<Slot<'s>>> {
    let hearing = scene.graph().hearings(node).first()?;
    let spoken = segment.spoken.as_ref()?;
    let mut out: Vec<Slot<'s>> = Vec::new();
    let pace = scene.graph().pace.with(scene.audit.tree.voice);
    let count = |words: &str| words::count(words).map_or(0, u64::from);
    for (option, spoken) in hearing.options.iter().zip(spoken) {
        // The words of a recording take their part of its length, which holds its pauses.
        let said = count(option.phrase);
        let (takes, pause) = match (segment.lasts, segment.words) {
            (Some(lasts), Some(words)) => (ms(lasts) * ms(said) / f64::from(words.max(1)), 0),
            _ => (ms(pace.words(said)), pace.between_options),
        };
        let found = scene.options(node).find(|(_, _, way, choice)| {
            matches!(way.selects, Selects::Own(_)) && !way.asked && choice.role.is_none() && selected_by(choice, option)
        });
        let Some((edge, .., choice)) = found else { continue };
        let Some(keys) = choice.keys.as_ref().map(|keys| keys.value.as_str()) else {
            continue;
        };
        if keys.len() != 1 || !keys.bytes().all(|key| key.is_ascii_digit()) || option.says.is_some() {
            continue;
        }
        if out.iter().any(|slot| slot.edge == edge) {
            return None;
        }
        out.push(Slot {
            key: keys,
            choice,
            edge,
            words: spoken.span.start as usize..spoken.span.end as usize,
            known: ms(option.known_at.ms),
            takes,
            item: Item {
                demand: demand(scene, node, edge),
                length: takes + ms(pause),
            },
        });
    }
    (out.len() > 1).then_some(out)
}

/// How many calls take an option.
fn demand(scene: &Scene<'_, '_>, node: u32, edge: u32) -> f64 {
    let mut out = 0.0;
    for sort in &scene.sorts {
        for state in sort.at(node) {
            let taken = sort.chain.out(state).iter().filter(|way| way.way == Some(edge));
            out += sort.share * sort.visited(state) * taken.map(|way| way.p).sum::<f64>();
        }
    }
    out
}

/// When each option is announced in a new order, by slot that its words had.
fn times(slots: &[Slot<'_>], order: &[usize]) -> Vec<f64> {
    let mut out: Vec<f64> = slots.iter().map(|slot| slot.known).collect();
    let mut shift = 0.0;
    for (place, from) in order.iter().enumerate() {
        let (Some(here), Some(moved)) = (slots.get(place), slots.get(*from)) else {
            continue;
        };
        shift += moved.takes - here.takes;
        if let Some(known) = out.get_mut(*from) {
            *known = here.known + shift;
        }
    }
    out
}

/// What the new order saves those who press once they have heard their option.
fn saves(scene: &Scene<'_, '_>, node: u32, slots: &[Slot<'_>], order: &[usize]) -> f64 {
    let new = times(slots, order);
    let mut out = 0.0;
    for sort in &scene.sorts {
        for state in sort.at(node) {
            if sort
                .chain
                .states
                .get(state as usize)
                .is_none_or(|state| state.attempt > 1)
            {
                continue;
            }
            let row: Vec<(To, f64, f64)> = sort
                .chain
                .out(state)
                .iter()
                .map(|edge| {
                    let at = slots.iter().position(|slot| Some(slot.edge) == edge.way);
                    let moved = at.and_then(|at| Some((slots.get(at)?.known, *new.get(at)?)));
                    let heard = |known: f64| (cost(edge) - known - scene.choosing(edge.way)).abs() < 1.0;
                    match moved {
                        Some((known, now)) if matches!(edge.event, Event::Press(_)) && heard(known) => {
                            (edge.to, edge.p, cost(edge) + now - known)
                        }
                        _ => (edge.to, edge.p, cost(edge)),
                    }
                })
                .collect();
            out -= sort.share * sort.row(state, &row);
        }
    }
    out
}

/// The words of the prompt in the new order: each announcement keeps its words and gets the key of its new place.
fn permuted(segment: &Segment, slots: &[Slot<'_>], order: &[usize]) -> Option<String> {
    let text = segment.text()?;
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (place, from) in order.iter().enumerate() {
        let (here, moved) = (slots.get(place)?, slots.get(*from)?);
        out.push_str(text.get(done..here.words.start)?);
        let words = text.get(moved.words.clone())?;
        let at = key_in(words, moved.key)?;
        let old = text.get(here.words.clone())?;
        // The first letter of a sentence is a capital, wherever the sentence comes from.
        let words = format!("{}{}{}", words.get(..at.start)?, here.key, words.get(at.end..)?);
        out.push_str(&cased(&words, old.starts_with(char::is_uppercase)));
        done = here.words.end;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}

/// Where a digit stands among words, alone and once.
fn key_in(words: &str, key: &str) -> Option<Range<usize>> {
    let alone = |at: &usize| {
        let (before, after) = (words.get(..*at), words.get(*at + key.len()..));
        let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        is_apart(before.and_then(|text| text.chars().next_back()))
            && is_apart(after.and_then(|text| text.chars().next()))
    };
    let mut found = words.match_indices(key).map(|(at, _)| at).filter(alone);
    let at = found.next()?;
    found.next().is_none().then_some(at..at + key.len())
}

/// The new words, and under each key what is said there now.
fn patches(pen: &Pen<'_>, step: &Step, slots: &[Slot<'_>], order: &[usize], words: &str) -> Option<Vec<Patch>> {
    let name = step.name.value.as_str();
    let mut out = pen.reword(name, step.prompt.as_ref()?, words)?;
    for (place, from) in order.iter().enumerate() {
        let (here, moved) = (slots.get(place)?, slots.get(*from)?);
        if place == *from {
            continue;
        }
        let value = pen.editor.source(&["steps", name, "keys", moved.key])?;
        // A value of several lines has an indentation of its own.
        if value.contains('\n') || pen.editor.source(&["steps", name, "keys", here.key])?.contains('\n') {
            return None;
        }
        out.push(pen.editor.set(&["steps", name, "keys", here.key], value)?);
    }
    Some(out)
}
