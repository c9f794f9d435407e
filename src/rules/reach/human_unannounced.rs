//! A person can be reached, and nobody is told how.
//!
//! ## What
//! Whether every way to a person takes an option that is never spoken (a warning), or is offered only after silence or
//! mistakes (information).
//!
//! ## Why
//! Callers who do not know the secret key cannot reach anyone; those who do press 0 at whatever is said. Hiding the way
//! out is "almost completely ineffective" at keeping callers in the menus, and it is what frustrates them (Vocalabs,
//! Customer Frustration Index). W3C asks for the person as the first option of each menu. Designers of voice menus
//! disagree: their wiki holds it leading practice not to announce the operator at the start, and offering her after
//! errors helps those who are lost without drawing in everybody else (ACIxD wiki, "Zero-outs"). So an offer that comes
//! with the first mistake is only worth knowing here, and one that never comes is a warning.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For opening hours, press 1.", keys: {1: hours, 0: agents}, no-input: hours, no-match: hours}
//!   hours: {kind: hang-up, prompt: "We are open from 9 to 5.", reason: served}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For opening hours, press 1. For a person, press 0.", keys: {1: hours, 0: agents}, no-input: hours, no-match: hours}
//!   hours: {kind: hang-up, prompt: "We are open from 9 to 5.", reason: served}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Say the key in the prompt, at the latest in the first reprompt.
//!
//! ## Limits
//! Announcements are read from the words of prompts; `announced: true` says what cannot be read. Where a wording is not
//! known, so that the option may be announced, nothing is said. A prompt that invites callers to stay on the line
//! announces silence as a way.
//! A menu of words that offers none of them is an open question; what callers may say to it is not judged.
//!
//! ## Source
//! Vocalabs, "The Customer Frustration Index" (National Customer Service Survey); W3C, Making Content Usable for People
//! with Cognitive and Learning Disabilities (2021), "Let users avoid navigating voice menus". The other side: ACIxD wiki,
//! "Zero-outs".

use crate::audit::{Audit, seconds};
use crate::finding::{Confidence, Finding};
use crate::graph::{Class, End, Move};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "human-unannounced",
    text: include_str!("human_unannounced.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Heuristic,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let graph = &audit.graph;
    let Some((world, _)) = audit.staffed() else { return };
    let there = |edge: u32| world.there.get(edge as usize) == Some(&true);
    let takes = |edge: u32, told: &dyn Fn(u32, &Move) -> bool| {
        there(edge) && graph.edge(edge).is_some_and(|way| told(edge, way))
    };
    let is_person = |node: u32| audit.kind(node).may_end() && graph.end(node, &world.state) == Some(End::Person);
    let told_at_once = |edge: u32, way: &Move| match way.class {
        Class::System | Class::Entry | Class::Unheard => true,
        Class::Announced => is_told_at_once(audit, edge, way),
        Class::Hidden => is_open_question(audit, edge),
        Class::Silence | Class::Wrong => false,
    };
    if audit.meets(
        |edge| takes(edge, &told_at_once),
        |node| is_person(node) || audit.is_open(node),
    ) {
        return;
    }
    let people: Vec<u32> = graph.nodes().filter(|node| is_person(*node)).collect();
    // The rest is offered late, or not at all.
    let late = audit.shortest_way(&people, |edge| {
        let way = graph.edge(edge)?;
        (there(edge) && way.class != Class::Hidden).then_some(way.listener.ms)
    });
    let found = late.clone().or_else(|| {
        audit.shortest_way(&people, |edge| {
            let way = graph.edge(edge)?;
            let keys = u64::from(way.presses) + u64::from(way.digits);
            there(edge).then_some(keys * 1_000_000_000 + way.listener.ms.min(999_999))
        })
    });
    let Some(path) = found else { return };
    let edge = path
        .edges
        .iter()
        .copied()
        .find(|edge| graph.edge(*edge).is_some_and(|way| !told_at_once(*edge, way)));
    let Some(edge) = edge else { return };
    let at = audit.at_move(edge);
    let cure = format!(
        "say at the first menu how to reach a person, such as \"for a person, press 0\", and lead it to {}",
        audit.someone_named()
    );
    if late.is_some() {
        let finding = Finding::new(
            at,
            format!(
                "a person is offered only after silence or mistakes, {} into the call at the earliest",
                seconds(path.totals(graph).heard)
            ),
        )
        .label("the way to a person")
        .note(format!("a caller who wants a person {}", audit.acts(&path)))
        .help(cure);
        report.say_judged(Severity::Info, finding);
    } else {
        let finding = Finding::new(at, "only options that are never announced lead to a person")
            .label("works, and nobody is told")
            .note(format!("only a caller who {} reaches a person", audit.acts(&path)))
            .help(cure);
        report.say(finding);
    }
}

/// Whether a move leaves a menu of words that offers nothing in particular: callers are asked what they want, and what
/// they may say is no secret.
fn is_open_question(audit: &Audit<'_>, edge: u32) -> bool {
    let Some((from, _)) = audit.graph.ends(edge) else {
        return false;
    };
    let Some(step) = audit.graph.step(from) else {
        return false;
    };
    let offers = step.prompt.as_ref().is_some_and(|prompt| {
        let mut segments = prompt.segments.iter();
        segments.any(|segment| segment.spoken.as_ref().is_some_and(|spoken| !spoken.is_empty()))
    });
    audit.graph.is_menu(from) && !step.takes_keys() && !offers && step.prompt.is_some()
}

/// Whether an announced option is spoken in the first prompt of its step, rather than in a reprompt.
fn is_told_at_once(audit: &Audit<'_>, edge: u32, way: &Move) -> bool {
    let graph = &audit.graph;
    if graph.choice(edge).is_some_and(|choice| choice.announced == Some(true)) {
        return true;
    }
    let Some((from, _)) = graph.ends(edge) else { return true };
    let place = graph.place(from);
    // What is heard is kept for the steps of this tree, under their own numbers.
    let first = (place.tree == 0).then(|| graph.hearings(place.step).first()).flatten();
    first.is_none_or(|first| way.known_at <= first.lasts)
}
