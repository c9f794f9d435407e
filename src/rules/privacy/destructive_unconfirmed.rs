//! Something is paid, cancelled or changed without asking again.
//!
//! ## What
//! Self-service steps whose `effect` is to pay, cancel or change, and that callers come to from a menu or an entry which
//! asks for no confirmation. An error where the step itself says `confirmed: false`; a warning where it says nothing.
//!
//! ## Why
//! Keys are pressed by mistake, and figures mistyped. Where nothing asks whether it is right, the caller learns from her
//! bank statement that it was not, and has to call again to have it undone. Kortum's HCI Beyond the GUI (2008) has all
//! input confirmed and a way to cancel it. No source is against it for what cannot be undone; for what is only asked for
//! or looked up, a confirmation is time lost.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For balances, press 1. To pay your bill, press 2. For help, press 3.", keys: {1: agents, 2: pay, 3: agents}, no-input: agents, no-match: agents}
//!   pay: {kind: self-service, effect: pays, prompt: Your bill is being paid., then: agents, otherwise: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For balances, press 1. To pay your bill, press 2. For help, press 3.", keys: {1: agents, 2: sure, 3: agents}, no-input: agents, no-match: agents}
//!   sure: {kind: menu, prompt: "To pay 80 dollars now, press 1. To cancel, press 2.", keys: {1: pay, 2: main}, no-input: main, no-match: agents}
//!   pay: {kind: self-service, effect: pays, prompt: Your bill is being paid., then: agents, otherwise: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Put a menu before the step that says what will happen, with one key to do it and one to leave it; or say
//! `confirmed: true` where the step itself asks.
//!
//! ## Limits
//! A menu counts as a confirmation when another question came before it and it offers no more than two services, or when
//! it uses a word such as "confirm" or "correct"; an entry between it and the step changes nothing. A menu of that form
//! that is none is not found.
//!
//! ## Source
//! Kortum (ed.), HCI Beyond the GUI, 2008, chapter 7.

use crate::audit::Audit;
use crate::audit::marks::{Kind, Mark};
use crate::document::tree::{Effect, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::kernel::search::reach;
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "destructive-unconfirmed",
    text: include_str!("destructive_unconfirmed.rs"),
    severity: Severity::Error,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

/// How words begin that ask whether something is right.
const CONFIRMS: [&str; 9] = [
    "confirm",
    "correct",
    "bestätig",
    "richtig",
    "korrekt",
    "zustimm",
    "vérifi",
    "exact",
    "certo",
];
/// The most services of a menu that asks whether something is right: to do it, or not.
const SERVICES_MAX: usize = 2;

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let acting: Vec<(u32, &Step, Acts)> = audit
        .of_kind(|kind| kind == Kind::SelfService)
        .into_iter()
        .filter_map(|(node, step)| Some((node, step, acts(step)?)))
        .collect();
    if acting.is_empty() {
        return;
    }
    let unconfirmed = unconfirmed(audit);
    for (node, step, acts) in acting {
        if !acts.says_so && unconfirmed.get(node as usize) != Some(&true) {
            continue;
        }
        let message = format!("`{}` {} without asking whether that is right", step.shown(), acts.does);
        let finding = Finding::new(audit.at_step(step), message)
            .note("a caller who pressed a wrong key finds out when it is done")
            .help("put a menu before it that says what will happen, with a key to do it and a key to leave it");
        if acts.says_so {
            report.say(finding);
        } else {
            let finding = finding
                .confidence(Confidence::Heuristic)
                .help("say `confirmed: true` if the step itself asks");
            report.say_judged(Severity::Warning, finding);
        }
    }
}

/// What a step does to the caller's affairs.
struct Acts {
    does: &'static str,
    /// Whether the file itself says that nobody asks.
    says_so: bool,
}

fn acts(step: &Step) -> Option<Acts> {
    let StepKind::SelfService { effect, confirmed, .. } = &step.kind else {
        return None;
    };
    let does = match effect.as_ref()?.value {
        Effect::Reads => return None,
        Effect::Changes => "changes something",
        Effect::Pays => "pays",
        Effect::Cancels => "cancels",
    };
    (*confirmed != Some(true)).then_some(Acts {
        does,
        says_so: *confirmed == Some(false),
    })
}

/// For each place, whether a caller can come there without having been asked for a confirmation since the menu before;
/// linear.
fn unconfirmed(audit: &Audit<'_>) -> Vec<bool> {
    let (graph, marks) = (&audit.graph, audit.marks());
    let reachable = |node: &u32| audit.is_reachable(*node);
    let answers = graph
        .nodes()
        .filter(|node| audit.kind(*node).asks())
        .filter(reachable)
        .flat_map(|node| graph.forward.out(node))
        .filter(|(_, edge)| marks.has(*edge, Mark::Forward))
        .map(|(to, _)| to);
    // What comes after an answer may ask whether it is right; the first question cannot.
    let later = reach(&graph.forward, answers, |edge| marks.has(edge, Mark::Forward));
    let confirms = |node: u32| {
        graph.step(node).is_some_and(|step| {
            uses_a_word(step) || (later.get(node as usize) == Some(&true) && audit.services(step) <= SERVICES_MAX)
        })
    };
    let chosen = graph
        .nodes()
        .filter(|node| audit.kind(*node) == Kind::Menu)
        .filter(reachable)
        .filter(|node| !confirms(*node))
        .flat_map(|node| graph.forward.out(node))
        .filter(|(_, edge)| marks.has(*edge, Mark::Forward))
        .map(|(to, _)| to);
    let starts: Vec<u32> = chosen.chain(graph.entry).collect();
    reach(&graph.forward, starts, |edge| {
        let from = graph.ends(edge).map(|(from, _)| audit.kind(from));
        marks.has(edge, Mark::Forward) && from != Some(Kind::Menu)
    })
}

/// Whether a prompt of a menu uses a word that asks whether something is right.
fn uses_a_word(step: &Step) -> bool {
    let segments = step.prompt.iter().flat_map(|prompt| &prompt.segments);
    segments.filter_map(|segment| segment.text()).any(|text| {
        let text = text.to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphabetic());
        words.any(|word| CONFIRMS.iter().any(|begins| word.starts_with(begins)))
    })
}
