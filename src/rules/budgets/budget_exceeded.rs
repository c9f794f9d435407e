//! A limit that the author set is passed.
//!
//! ## What
//! The `budgets` of a tree: seconds until a person is reached and menus until she is offered, over announced options, in
//! the worst of the hours in which somebody answers; prompts that a caller hears again, on average over all calls.
//!
//! ## Why
//! A limit in the file is a promise that somebody has thought about, for this line and these callers. It counts for more
//! than any default, and it is only worth something if a change that breaks it is noticed.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! budgets: {menus-to-human: 1}
//! steps:
//!   main: {kind: menu, prompt: "For help, press 1.", keys: {1: help}, no-input: help, no-match: help}
//!   help: {kind: menu, prompt: "For a person, press 0.", keys: {0: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! budgets: {menus-to-human: 1}
//! steps:
//!   main: {kind: menu, prompt: "For a person, press 0.", keys: {0: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Bring the tree back below the limit; or set another one, with a reason that callers would understand.
//!
//! ## Limits
//! Times of unknown wording count as nothing. Where it is not known whether an earlier option is announced, menus are
//! counted as if it were. Repeated prompts are those of typical callers in the hours in which most of them call: each
//! start of a prompt after the first that the caller has not asked for, to a hundredth; where that is too much to
//! compute, nothing is said. Waits are not counted.
//!
//! ## Source
//! The author of the tree.

use crate::audit::{Audit, count, seconds};
use crate::finding::{At, Confidence, Finding};
use crate::graph::hearing::Heard;
use crate::measure::WorldMeasures;
use crate::measure::exact::Exact;
use crate::measure::path::{Path, Totals};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "budget-exceeded",
    text: include_str!("budget_exceeded.rs"),
    severity: Severity::Error,
    confidence: Confidence::Likely,
    limit: None,
    limit_source: "",
    check,
};

/// Repeated prompts are told, and judged, to a hundredth.
const HUNDREDTH: f64 = 0.01;

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let budgets = &audit.tree.budgets;
    if let Some(budget) = budgets.seconds_to_human {
        let way = |world: &WorldMeasures| world.anyone.announced.seconds.clone();
        let worst = worst(audit, way, |totals| totals.heard.ms);
        if let Some(worst) = worst.filter(|worst| worst.heard.ms > budget.value) {
            let message = format!("it takes {} until a person is reached", seconds(worst.heard));
            let finding = passed(audit, budget.span, &message, &seconds(Heard::known(budget.value)));
            report.say(finding.help("offer a person sooner, or shorten what is heard before"));
        }
    }
    if let Some(budget) = budgets.menus_to_human {
        let way = |world: &WorldMeasures| world.anyone.perhaps_offered.menus.clone();
        let allowed = count(budget.value as usize, "menu");
        let message = match worst(audit, way, |totals| u64::from(totals.menus)) {
            Some(worst) if worst.menus > budget.value => {
                let menus = count(worst.menus as usize, "menu");
                Some(format!("callers hear {menus} until a person is offered"))
            }
            None if audit.measures.staffed().next().is_some() => {
                Some("no person is ever offered in some of the hours in which somebody answers".to_owned())
            }
            _ => None,
        };
        if let Some(message) = message {
            let finding = passed(audit, budget.span, &message, &allowed);
            report.say(finding.help("offer a person in an earlier menu"));
        }
    }
    if let Some(budget) = budgets.repeated_prompts
        && let Some(times) = repeated(audit)
        && times >= budget.value + HUNDREDTH / 2.0
    {
        let message = format!("a call hears {times:.2} prompts again on average");
        let finding = passed(audit, budget.span, &message, &budget.value.to_string());
        report.say(finding.help("let fewer ways lead back to what was heard, and say reprompts in other words"));
    }
}

fn passed(audit: &Audit<'_>, span: Span, message: &str, allowed: &str) -> Finding {
    let at = At {
        step: None,
        option: None,
        span,
        ..audit.at_tree()
    };
    Finding::new(at, format!("{message}; the budget is {allowed}"))
        .label("the limit that this tree sets itself")
        .note("callers were promised less")
}

/// The worst over the situations in which a person can be reached; `None` where no such way leads to her in one of them.
fn worst(
    audit: &Audit<'_>,
    way: impl Fn(&WorldMeasures) -> Option<Path>,
    order: impl Fn(&Totals) -> u64,
) -> Option<Totals> {
    let staffed = audit.measures.staffed();
    let ways: Option<Vec<Totals>> = staffed
        .map(|(_, world)| Some(way(world)?.totals(&audit.graph)))
        .collect();
    ways?.into_iter().max_by_key(order)
}

/// How often a call is expected to hear a prompt again, over all prompts; `None` where that is too much to compute.
fn repeated(audit: &Audit<'_>) -> Option<f64> {
    let (_, calls) = audit.calls()?;
    let chain = calls.mixed();
    let exact = Exact::of(&chain).ok()?;
    let prompts = exact.repetition().ok()?.prompts(1);
    prompts.into_iter().map(|prompt| Some(prompt.plays?.again)).sum()
}
