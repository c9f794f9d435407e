//! No person can be reached.
//!
//! ## What
//! Whether any way through the tree, at any hour, leads to a person: an agent, a staffed queue, a transfer that reaches
//! a person. Silence, wrong keys and options that are never announced count as ways. Where intents are declared, the
//! same is asked for the persons who serve each of them.
//!
//! ## Why
//! Of all gripes about customer service, not getting a person on the phone was the worst: 8.9 of 10, and 71% were
//! "tremendously annoyed" (Consumer Reports, July 2011). Over about 60 studies, difficulty in reaching an agent explained
//! 61% of the variance in callers' satisfaction (Leppik 2005). Against it stand lines that are meant to be served by the
//! machine alone, such as a speaking clock; allow the finding there, with that reason.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For opening hours, press 1. To hear this again, press star.", keys: {1: hours, "*": main}, no-input: hours, no-match: hours}
//!   hours: {kind: message, prompt: "We are open from 9 to 5.", then: goodbye}
//!   goodbye: {kind: hang-up, reason: served}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For opening hours, press 1. For a person, press 0.", keys: {1: hours, 0: agents}, no-input: agents, no-match: agents}
//!   hours: {kind: message, prompt: "We are open from 9 to 5.", then: goodbye}
//!   goodbye: {kind: hang-up, reason: served}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Give the first menu an option that leads to a person, and lead silence and wrong keys there too.
//!
//! ## Limits
//! A transfer that does not say whom it reaches may reach a person: then it is said that this is not known. Where a tree
//! asks callers and hands them on only to trees that are not at hand, nothing is said, as it is a part of a line. A
//! voicemail or a call-back is a promise and no person. What no intent names is judged for the tree as a whole only.
//!
//! ## Source
//! W3C, Making Content Usable for People with Cognitive and Learning Disabilities (2021), "Let users avoid navigating
//! voice menus"; Consumer Reports, "What's wrong with customer service?", July 2011; Leppik, "Does forcing callers to use
//! self-service work?", Vocalabs Quality Times 22, 2005; Ley 10/2025 (Spain) art. 8, as reported by legaltoday.com.

use crate::audit::{Audit, count};
use crate::document::tree::{Reaches, Step, StepKind};
use crate::finding::{At, Confidence, Finding};
use crate::graph::Part;
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "human-unreachable",
    text: include_str!("human_unreachable.rs"),
    severity: Severity::Error,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    if audit.graph.entry.is_none() {
        return;
    }
    if audit.staffed().is_some() {
        for_intents(audit, report);
    } else if audit.may_follow() {
        not_known(audit, report);
    } else {
        nobody(audit, report);
    }
}

fn nobody(audit: &Audit<'_>, report: &mut Report<'_>) {
    let people = declared(audit);
    let message = match people.len() {
        0 => format!("no person can be reached{}, and no step is one", audit.unless()),
        n => format!(
            "no person can be reached{}, though {} would lead to one",
            audit.unless(),
            count(n, "step")
        ),
    };
    let promise = audit
        .steps()
        .find(|(_, step)| matches!(step.kind, StepKind::Voicemail { .. } | StepKind::Callback { .. }));
    let note = match promise {
        Some((_, step)) => format!(
            "a caller whom the machine cannot serve has only the promise at {}",
            audit.named(step)
        ),
        None => "a caller whom the machine cannot serve can only hang up".to_owned(),
    };
    let cure = if people.is_empty() {
        format!(
            "add a step where a person answers, such as a queue, and lead {} to it",
            from_where(audit)
        )
    } else {
        format!("lead {} to {}", from_where(audit), audit.someone_named())
    };
    let finding = Finding::new(audit.at_tree(), message).note(note).help(cure);
    report.say(finding.others(people));
}

/// What could lead to a person: an option, where there is a menu; otherwise a key at the first question.
fn from_where(audit: &Audit<'_>) -> String {
    match (audit.menus().first(), audit.asking().first()) {
        (Some(_), _) => "an option of the first menu".to_owned(),
        (None, Some((_, step))) => format!("a key, silence and mistakes at {}", audit.named(step)),
        (None, None) => "calls".to_owned(),
    }
}

/// Transfers that may be what leads to a person.
fn not_known(audit: &Audit<'_>, report: &mut Report<'_>) {
    let only_hands_on = audit.asking().is_empty();
    let open: Vec<&Step> = audit
        .rests_on()
        .filter(
            |(_, step)| matches!(&step.kind, StepKind::Transfer(transfer) if only_hands_on || transfer.tree.is_none()),
        )
        .map(|(_, step)| step)
        .collect();
    // Steps that are not defined or not understood are told of by themselves. A tree that is not at hand is told of as
    // not known: one that asks callers and hands them on there is a part of a line, and only the whole can be judged.
    let Some((first, others)) = open.split_first() else {
        return;
    };
    let at = audit.at_step(first);
    let finding = Finding::new(
        at,
        "whether a person can be reached is not known: it rests on transfers alone",
    )
    .label("not said whom this reaches")
    .help("say whom it reaches (`reaches: person`, `reaches: phone-tree`), or audit the tree that it leads to as well");
    let others = others
        .iter()
        .map(|step| (audit.at_step(step), "not said whom this reaches".to_owned()));
    report.say_judged(Severity::Info, finding.others(others));
}

/// Intents whose persons no call comes to.
fn for_intents(audit: &Audit<'_>, report: &mut Report<'_>) {
    if audit.may_follow() {
        return;
    }
    for (at, honest) in audit.measures.honest.iter().enumerate() {
        let Some(intent) = audit.tree.callers.get(honest.intent) else {
            continue;
        };
        let served = audit.measures.by_world.iter().any(|world| {
            world
                .intents
                .get(at)
                .is_some_and(|depth| depth.possible.seconds.is_some())
        });
        let met = |node: &u32| honest.aims.get(*node as usize) == Some(&true) && audit.is_reachable(*node);
        if honest.aims_at_anyone || served || audit.graph.nodes().any(|node| met(&node)) {
            continue;
        }
        let people: Vec<(At, String)> = intent
            .served_by
            .iter()
            .filter_map(|target| audit.tree.steps.get(target.step? as usize))
            .map(|step| (audit.at_step(step), "no call comes here".to_owned()))
            .collect();
        let place = At {
            step: None,
            ..audit.at_tree()
        };
        let finding = Finding::new(
            At {
                span: intent.name.span,
                ..place
            },
            format!(
                "callers who want `{}` cannot reach the person who serves them",
                intent.name.value
            ),
        )
        .label("served by nobody whom a call comes to")
        .note("they meet others on this line, and have to be transferred or to call again")
        .help("lead an option to one of the steps in `served-by`, or name those that do serve them");
        report.say(finding.others(people));
    }
}

/// The steps of the file that would be a person, each with the reason why it is none.
fn declared(audit: &Audit<'_>) -> Vec<(At, String)> {
    let mut met = vec![false; audit.tree.steps.len()];
    for node in audit.graph.nodes() {
        let place = audit.graph.place(node);
        if place.tree == 0
            && place.part == Part::Step
            && audit.is_reachable(node)
            && let Some(met) = met.get_mut(place.step as usize)
        {
            *met = true;
        }
    }
    let is_person = |step: &Step| match &step.kind {
        StepKind::Agent { .. } | StepKind::Queue(_) => true,
        StepKind::Transfer(transfer) => transfer.reaches.is_some_and(|r| r.value == Reaches::Person),
        _ => false,
    };
    audit
        .tree
        .steps
        .iter()
        .zip(met)
        .filter(|(step, _)| is_person(step))
        .map(|(step, met)| {
            let why = if met {
                "nobody is on duty at any hour"
            } else {
                "no way leads here"
            };
            (audit.at_step(step), why.to_owned())
        })
        .collect()
}
