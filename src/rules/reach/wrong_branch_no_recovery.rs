//! A wrong turn ends at a question that no key leads away from.
//!
//! ## What
//! Entries behind a menu at which no key leads back, to a menu or to a person: the seconds of silence until the system
//! gives up by itself; without end where silence only leads round to the question.
//!
//! ## Why
//! A caller who chose wrongly, or who does not have the number with her, can only wait, or enter something that is not
//! so. Of calls to some lines 41% to 50% were said to be misrouted or transferred (Fonolo, 2010, an anecdote rather
//! than a measurement); fewer layers lead to better choices (Suhm, Freeman and Getty). The W3C's note on cognitive
//! disabilities wants a way back at every point. Against it stands only that a key for it must not be one that the
//! entry begins with.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For bills, press 2.", keys: {1: desk, 2: number}, no-input: desk, no-match: desk}
//!   number: {kind: collect, collects: account-number, digits: 10, prompt: Please enter your account number., timeout: 10s, attempts: 3, then: desk, otherwise: desk}
//!   desk: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For bills, press 2.", keys: {1: desk, 2: number}, no-input: desk, no-match: desk}
//!   number: {kind: collect, collects: account-number, digits: 10, prompt: "Please enter your account number. To go back, press star.", keys: {"*": {to: main, role: back}}, timeout: 10s, attempts: 3, then: desk, otherwise: desk}
//!   desk: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Fix
//! Give the entry a key that leads back and one that leads to a person, and say so in its prompt.
//!
//! ## Limits
//! A key that works and is not announced counts as there. Menus are judged by `no-repeat-or-back` and
//! `human-missing-in-submenu`, and left out here; so are entries without a menu before them, which nobody comes to by a
//! wrong turn, and those that are said rather than keyed. Files of formats in which an entry takes no other keys show
//! it at every entry; one finding stands for all.
//!
//! ## Source
//! W3C, Making Content Usable for People with Cognitive and Learning Disabilities (2021), "Let users avoid navigating
//! voice menus"; Fonolo, 2010, quoting Babbit; Suhm, Freeman and Getty, "Curing the menu blues in touch-tone voice
//! interfaces".

use crate::audit::marks::Kind;
use crate::audit::{Audit, count, seconds};
use crate::document::tree::{Role, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::hearing::Heard;
use crate::graph::{Cause, End};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "wrong-branch-no-recovery",
    text: include_str!("wrong_branch_no_recovery.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Likely,
    limit: Some(Limit::steps(Unit::Seconds, Some(10.0), Some(30.0), None)),
    limit_source: "project default; W3C wants a way back at every point",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let Some(before) = audit.menus_before() else { return };
    let mut found: Vec<(bool, Heard, &Step)> = Vec::new();
    let mut entries = 0;
    for (node, step) in audit.asking() {
        let StepKind::Collect(collect) = &step.kind else {
            continue;
        };
        if collect.speech_only || before.count(*node).is_none_or(|menus| menus == 0) {
            continue;
        }
        entries += 1;
        let silence = audit.graph.moves(*node).find(|(_, _, way)| way.cause == Cause::Silence);
        if let Some((_, to, way)) = silence.filter(|_| !has_way_out(audit, *node, step)) {
            found.push((audit.question_behind(to) == *node, way.listener, step));
        }
    }
    found.sort_by_key(|(round, silence, _)| std::cmp::Reverse((*round, *silence)));
    let Some(((round, silence, step), others)) = found.split_first() else {
        return;
    };
    let whole_seconds = f64::from(u32::try_from(silence.ms / 1000).unwrap_or(u32::MAX));
    let Some(severity) = report.judge(if *round { f64::INFINITY } else { whole_seconds }) else {
        return;
    };
    let (message, label) = if *round {
        let message = format!(
            "no key leads away from `{}`, and silence leads round to it",
            step.shown()
        );
        (message, "nothing leads out")
    } else {
        let after = seconds(*silence);
        let message = format!("no key leads away from `{}`; silence does after {after}", step.shown());
        (message, "only silence leads out")
    };
    let mut finding = Finding::new(audit.at_step(step), message)
        .label(label)
        .note("a caller who took a wrong turn, or has not the number with her, must wait or enter something untrue")
        .help("give it a key such as `*` that leads back and one such as `0` to a person, and say so");
    if !others.is_empty() {
        finding = finding.note(format!("so it is at {} of {}", found.len(), count(entries, "entry")));
    }
    let others = others
        .iter()
        .map(|(_, silence, step)| (audit.at_step(step), format!("{} here", seconds(*silence))));
    report.say_judged(severity, finding.others(others));
}

/// Whether some key leads back, to a menu, or to somebody.
fn has_way_out(audit: &Audit<'_>, node: u32, step: &Step) -> bool {
    let helps = audit.directly(&[End::Person, End::Promise, End::Unknown]);
    audit.graph.moves(node).any(|(_, to, way)| {
        audit.option(step, way.selects).is_some_and(|choice| {
            let role = choice.role.map(|role| role.value);
            let back = matches!(role, Some(Role::Back | Role::MainMenu | Role::Operator));
            back || audit.kind(to) == Kind::Menu || helps(to) || audit.is_open(to)
        })
    })
}
