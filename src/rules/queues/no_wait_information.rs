//! Callers wait without being told how long.
//!
//! ## What
//! Queues with a long mean wait that announce neither the caller's position nor the expected wait.
//!
//! ## Why
//! Without a word on it nobody can choose between waiting, being called back and calling another day. In 123 real calls
//! those who were told their position hung up least and judged the wait best; music and apologies did worse (Munichor
//! and Rafaeli, Journal of Applied Psychology 92(2), 2007). The GetHuman standard asks for an estimate that is kept up
//! to date, Ireland's National Disability Authority for an indication of the wait, Israel's regulations for both
//! position and estimate. Against it: in one call centre more callers hung up just after an announcement at 60 s (Gans,
//! Koole and Mandelbaum, 2003). Those who leave then had no chance to decide so before.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! steps:
//!   agents: {kind: queue, wait: 90s}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! steps:
//!   agents: {kind: queue, wait: 90s, announces: [position, expected-wait]}
//! ```
//!
//! ## Fix
//! Say the position or the expected wait on joining the queue, and again about every minute.
//!
//! ## Limits
//! Queues whose wait is not known are passed over. What the prompt of a queue says of the wait in words is not read: it
//! is the same for every caller. A wait that has to be computed from who calls and who answers is judged with
//! `presszero audit --callers` only.
//!
//! ## Source
//! Those named above; GetHuman standard v1.0, no. 2.

use crate::audit::Audit;
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-wait-information",
    text: include_str!("no_wait_information.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::at(Unit::Seconds, Severity::Warning, 60.0)),
    limit_source: "project default; the GetHuman standard asks for an estimate in any queue",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for wait in audit.waits().iter().filter(|wait| wait.queue.announces.is_empty()) {
        let Some(severity) = report.judge(wait.seconds()) else {
            continue;
        };
        let message = format!(
            "callers wait {} in `{}` and are not told how long",
            wait.shown(),
            wait.step.shown()
        );
        let finding = Finding::new(audit.at_step(wait.step), message)
            .confidence(wait.confidence())
            .note("a caller cannot decide whether to wait, and hangs up sooner than one who knows her position")
            .note(wait.rests_on(audit))
            .help("tell position or expected wait: `announces: [position, expected-wait]`");
        report.say_judged(severity, finding);
    }
}
