//! Callers who wait can do nothing but wait or hang up.
//!
//! ## What
//! Queues with a mean wait that is worth telling of, in which no key does anything.
//!
//! ## Why
//! On a line that waits for a person nothing can be done with the telephone in hand: no message left, no call back asked
//! for, no way back to a service that would have done. Bouzid (TMC, 2008) asked for such a way out, and the preliminary
//! version of the GetHuman standard for a way to turn the music off. The evidence is soft.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! steps:
//!   agents: {kind: queue, wait: 2m, announces: [position]}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! steps:
//!   agents: {kind: queue, wait: 2m, announces: [position], prompt: "To leave a message, press 1.", keys: {1: message}}
//!   message: {kind: voicemail, answered-within: 1 business day, owner: Agents}
//! ```
//!
//! ## Fix
//! Give the queue a key, for a message, a call back or the way back to the menu, and say so on joining.
//!
//! ## Limits
//! Queues whose wait is not known are passed over, and so are those whose wait is so long that no-callback-offer asks for
//! more than this. Whether the key is announced is asked elsewhere. A wait that has to be computed from who calls and who
//! answers is judged with `presszero audit --callers` only.
//!
//! ## Source
//! Bouzid, TMC, 2008; GetHuman standard, preliminary version (gethuman.com/earcon/standard.html).

use super::no_callback_offer;
use crate::audit::Audit;
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-exit-from-queue",
    text: include_str!("no_exit_from_queue.rs"),
    severity: Severity::Info,
    confidence: Confidence::Certain,
    limit: Some(Limit::at(Unit::Seconds, Severity::Info, 60.0)),
    limit_source: "project default; below a minute few would use it",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let is_told = |seconds: f64| {
        let limit = no_callback_offer::RULE.limit;
        limit.is_some_and(|limit| limit.judge(seconds).is_some())
    };
    for wait in audit.waits().iter().filter(|wait| wait.queue.keys.is_empty()) {
        let Some(severity) = report.judge(wait.seconds()).filter(|_| !is_told(wait.seconds())) else {
            continue;
        };
        let message = format!(
            "callers wait {} in `{}`, and no key does anything there",
            wait.shown(),
            wait.step.shown()
        );
        report.say_judged(
            severity,
            Finding::new(audit.at_step(wait.step), message)
                .confidence(wait.confidence())
                .note("who cannot wait any longer can only hang up, and begins again another time")
                .note(wait.rests_on(audit))
                .help("give the queue a key for a message or a call back, and say so on joining"),
        );
    }
}
