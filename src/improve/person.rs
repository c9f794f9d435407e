//! Candidates that announce a person, or add one, at a menu.

use super::draft::{Draft, Kind};
use super::say::{self, named};
use super::scene::{Priced, Scene, cost, ms};
use crate::audit::choice_name;
use crate::callers::chain::Event;
use crate::document::tree::{Choice, Step, StepKind};
use crate::graph::Class;
use std::collections::BTreeMap;

/// Different places to which hidden options lead, of which it is found out how often callers come back; each takes one
/// pass over the chains. Those to further places are ranked as where nobody comes back.
const TARGETS_MAX: usize = 16;
/// Keys that a new option may have, the best known first.
const KEYS: [&str; 10] = ["0", "9", "8", "7", "6", "5", "4", "3", "2", "1"];

/// One candidate for each menu without an announced way to a person.
pub(super) fn drafts<'s>(scene: &'s Scene<'_, '_>) -> Vec<Draft<'s>> {
    // What a caller comes back to is the same for all menus.
    let persons = scene.persons.iter();
    let returns: Vec<Vec<Vec<f64>>> = persons.map(|(person, _)| all_returns(scene, *person)).collect();
    let mut out = Vec::new();
    let mut hidden: BTreeMap<u32, Vec<Vec<f64>>> = BTreeMap::new();
    for (id, node, step) in scene.steps().filter(|(.., step)| Scene::is_menu(step)) {
        if scene.visits(node) <= 0.0 {
            continue;
        }
        let near = || scene.options(node).filter(|(_, to, ..)| scene.is_near(*to));
        if near().any(|(_, _, way, _)| way.class != Class::Hidden) {
            continue;
        }
        match near().next() {
            Some((edge, to, _, choice)) => {
                if hidden.len() < TARGETS_MAX {
                    hidden.entry(to).or_insert_with(|| all_returns(scene, to));
                }
                let returns = hidden.get(&to).map_or(&[][..], Vec::as_slice);
                out.extend(announce(scene, (id, node, step), (edge, to), choice, returns));
            }
            None => out.extend(offer(scene, (id, node, step), &returns)),
        }
    }
    out
}

/// What `Priced::returns` says for each reason to call.
fn all_returns(scene: &Scene<'_, '_>, to: u32) -> Vec<Vec<f64>> {
    let of = |sort: &Priced<'_>| sort.returns(sort.target(to).0);
    scene.sorts.iter().map(of).collect()
}

/// Says at the end of the prompt that an option leads to a person.
fn announce<'s>(
    scene: &'s Scene<'_, '_>,
    (id, node, step): (u32, u32, &'s Step),
    (edge, to): (u32, u32),
    choice: &'s Choice,
    returns: &[Vec<f64>],
) -> Option<Draft<'s>> {
    let keys = choice.keys.as_ref().filter(|keys| keys.value.is_literal())?;
    let sentence = say::offer(scene.audit.tree.language(), keys.value.as_str())?;
    let place = Place {
        node,
        to,
        own: Some(edge),
        zero: false,
        sentence: &sentence,
    };
    let saves = saves(scene, &place, returns);
    let what = format!(
        "announce the way to a person at `{}`: say that key {} leads to `{}`",
        step.shown(),
        choice_name(choice),
        choice.to.name.value
    );
    let prompt = step.prompt.as_ref();
    Some(Draft {
        kind: Kind::Announce,
        step: id,
        span: prompt.map_or(step.name.span, |prompt| prompt.span),
        what,
        saves,
        patches: Box::new(move |pen| pen.say(&step.name.value, prompt, &sentence)),
    })
}

/// Adds an option that leads to the person who saves most, and says so.
fn offer<'s>(
    scene: &'s Scene<'_, '_>,
    (id, node, step): (u32, u32, &'s Step),
    returns: &[Vec<Vec<f64>>],
) -> Option<Draft<'s>> {
    let StepKind::Menu(menu) = &step.kind else { return None };
    let tree = scene.audit.tree;
    let is_free = |key: &&&str| {
        let taken = |choice: &Choice| {
            let keys = choice.keys.as_ref().map(|keys| &keys.value);
            keys.is_some_and(|keys| keys.matches(key) || !keys.is_literal() || keys.as_str().starts_with(**key))
        };
        !menu.keys.iter().chain(&tree.everywhere).any(taken)
    };
    let key = *KEYS.iter().find(is_free)?;
    let sentence = say::offer(tree.language(), key)?;
    let best = scene.persons.iter().zip(returns).map(|((to, person), returns)| {
        let place = Place {
            node,
            to: *to,
            own: None,
            zero: key == "0",
            sentence: &sentence,
        };
        (saves(scene, &place, returns), *person)
    });
    // The first of equal ones: an operator's option leads there already.
    let (saves, person) = best.reduce(|best, other| if other.0 > best.0 { other } else { best })?;
    let to = person.name.value.as_str();
    let what = format!(
        "add a way to a person at `{}`: key {key} leads to `{to}`, and the prompt says so",
        step.shown()
    );
    let prompt = step.prompt.as_ref();
    let name = step.name.value.as_str();
    Some(Draft {
        kind: Kind::Offer,
        step: id,
        span: step.name.span,
        what,
        saves,
        patches: Box::new(move |pen| {
            let option = format!("{{to: {}, role: operator}}", named(to));
            let mut out = pen.say(name, prompt, &sentence)?;
            let add = pen.editor.set(&["steps", name, "keys", key], &option);
            out.push(match add {
                Some(add) => add,
                // What is not written as a mapping stays as it is.
                None if pen.editor.source(&["steps", name, "keys"]).is_some() => return None,
                None => {
                    let keys = format!("{{{key}: {option}}}");
                    pen.editor.set(&["steps", name, "keys"], &keys)?
                }
            });
            Some(out)
        }),
    })
}

/// A way to a person that is to be announced.
struct Place<'s> {
    node: u32,
    to: u32,
    own: Option<u32>,
    /// Whether those who press 0 in vain press it with success.
    zero: bool,
    sentence: &'s str,
}

/// What announcing saves: those who take it, those who pressed 0 in vain, and what the sentence costs those who hear it.
///
/// Exact for one attempt of one reason by the law of a new option; attempts and reasons are added up.
fn saves(scene: &Scene<'_, '_>, place: &Place<'_>, returns: &[Vec<f64>]) -> f64 {
    let profile = scene.profile;
    let length = scene.spoken(say::length(place.sentence)) + ms(scene.graph().pace.between_options);
    let mut out = 0.0;
    let choosing = scene.choosing_new(place.node);
    for (number, sort) in scene.sorts.iter().enumerate() {
        let returns = returns.get(number).map_or(&[][..], Vec::as_slice);
        let share = scene.takers(sort, place.node, place.to, place.own);
        let (_, there) = sort.target(place.to);
        for state in sort.at(place.node) {
            let visits = sort.visited(state);
            let first = sort
                .chain
                .states
                .get(state as usize)
                .is_some_and(|state| state.attempt <= 1);
            let lasts = scene.lasts(place.node) + if first { length } else { 0.0 };
            let again = returns.get(state as usize).copied().unwrap_or(0.0);
            let taken = share * (lasts + choosing + there - sort.value(state)) / (1.0 + share * again);
            let mut hear = 0.0;
            let mut vain = 0.0;
            for edge in sort.chain.out(state) {
                match edge.event {
                    Event::Press(_) => hear += edge.p * profile.hears_all,
                    Event::Silence | Event::Wrong => hear += edge.p,
                    _ => {}
                }
            }
            if place.zero {
                let slips = (1.0 - profile.no_input) * profile.no_match;
                for edge in sort.wrong(state) {
                    let pressed = (edge.p - slips).max(0.0);
                    vain += pressed * (cost(edge) + sort.rest(edge) - choosing - there);
                }
            }
            let heard = if first { hear * length } else { 0.0 };
            out += sort.share * visits * (vain - taken - heard);
        }
    }
    out
}
