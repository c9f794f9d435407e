//! A transfer keeps the caller waiting.
//!
//! ## What
//! Seconds that callers wait behind a transfer, as its `wait` declares; or that it rings before something else happens,
//! as its `rings` does.
//!
//! ## Why
//! The caller has waited already, and hears nothing now but ringing; who gives up here has been through the whole menu
//! for nothing. American rules on cable television (47 CFR 76.309, as municipal codes repeat it) let a transfer take 30 s,
//! nine times of ten. Brazil's Decreto 6.523/2008 allowed 60 s, as reported by cgmlaw.com.br; the decree that replaced it
//! leaves the figure to each regulator.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: desk
//! steps:
//!   desk: {kind: transfer, number: "+1 800 555 0143", reaches: person, wait: 90s}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: desk
//! steps:
//!   desk: {kind: transfer, number: "+1 800 555 0143", reaches: person, wait: 20s, rings: 25s, unanswered: call-back}
//!   call-back: {kind: callback, within: 1h, owner: Front desk}
//! ```
//!
//! ## Fix
//! Transfer to where somebody is free, or offer a call back first; lead `unanswered` on after 20 to 30 s of ringing.
//!
//! ## Limits
//! Waits that are not declared are not judged. How long it rings at most is not how long callers wait on average, and is
//! held against the graver limit alone. The wait in a queue of another tree is judged there.
//!
//! ## Source
//! 47 CFR 76.309(c)(1)(ii), as in the code of Wood Village, Oregon, 5.28.030; Decreto 6.523/2008 (Brazil), art. 10, as reported by cgmlaw.com.br.

use crate::audit::marks::Kind;
use crate::audit::{Audit, seconds};
use crate::document::quantity::Millis;
use crate::document::tree::{Step, StepKind, Transfer};
use crate::finding::{Confidence, Finding};
use crate::graph::hearing::Heard;
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "transfer-wait",
    text: include_str!("transfer_wait.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::steps(Unit::Seconds, None, Some(31.0), Some(61.0))),
    limit_source: "project default; more than the 30 s of American rules on cable television, and than the 60 s of \
                   Brazil's former decree",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for (_, step) in audit.of_kind(|kind| kind == Kind::Transfer) {
        let StepKind::Transfer(transfer) = &step.kind else {
            continue;
        };
        if !waits(audit, report, step, transfer) {
            rings(audit, report, step, transfer);
        }
    }
}

/// Tells of a declared wait; whether there is one.
fn waits(audit: &Audit<'_>, report: &mut Report<'_>, step: &Step, transfer: &Transfer) -> bool {
    let Some(wait) = transfer.wait else { return false };
    if let Some(severity) = report.judge(in_seconds(wait.value)) {
        let message = format!(
            "callers wait {} behind the transfer `{}`",
            seconds(Heard::known(wait.value)),
            step.shown()
        );
        let finding = Finding::new(audit.at(step, wait.span), message)
            .note("a caller who gives up here has been through the menu for nothing")
            .help("transfer to where somebody is free, or offer a call back before the transfer");
        report.say_judged(severity, finding);
    }
    true
}

fn rings(audit: &Audit<'_>, report: &mut Report<'_>, step: &Step, transfer: &Transfer) {
    let Some(rings) = transfer.rings else { return };
    if report.judge(in_seconds(rings.value)) == Some(Severity::Error) {
        let message = format!(
            "`{}` rings for {} before anything else happens",
            step.shown(),
            seconds(Heard::known(rings.value))
        );
        let finding = Finding::new(audit.at(step, rings.span), message)
            .note("where nobody answers, the caller listens to the ringing for so long")
            .help("lead `unanswered` on to somebody else, or to a call back, after 20 to 30 s");
        report.say(finding);
    }
}

#[expect(clippy::cast_precision_loss, reason = "such times are far below 2^52 ms")]
fn in_seconds(ms: Millis) -> f64 {
    ms as f64 / 1000.0
}
