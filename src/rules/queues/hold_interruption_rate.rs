//! Music on hold is interrupted often with nothing new to tell.
//!
//! ## What
//! How many times a minute a queue's message comes again (`message-every`), where it tells neither position nor expected
//! wait.
//!
//! ## Why
//! Each time a voice cuts in, callers think that they are being answered, and are disappointed. Rafaeli, whose experiments
//! found messages without information worse than position (Munichor and Rafaeli, Journal of Applied Psychology 92(2),
//! 2007), said so of interruptions (theatlantic.com, 2009). The evidence is soft, and the figure is ours.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! steps:
//!   agents: {kind: queue, message-every: 15s, while-waiting: sorry}
//!   sorry: {kind: message, prompt: Please hold., then: sorry}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! steps:
//!   agents: {kind: queue, message-every: 60s, while-waiting: sorry}
//!   sorry: {kind: message, prompt: Please hold., then: sorry}
//! ```
//!
//! ## Fix
//! Let the message come about every minute, and let it tell the position or the expected wait.
//!
//! ## Limits
//! Queues that announce position or expected wait are passed over, and so are those whose message has no declared
//! interval. The limit counts times a minute: two are a message every 30 s.
//!
//! ## Source
//! Munichor and Rafaeli, "Numbers or apologies? Customer reactions to telephone waiting time fillers", Journal of Applied
//! Psychology 92(2), 2007; Rafaeli as quoted by theatlantic.com, 2009.

use crate::audit::Audit;
use crate::audit::marks::Kind;
use crate::document::tree::StepKind;
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "hold-interruption-rate",
    text: include_str!("hold_interruption_rate.rs"),
    severity: Severity::Info,
    confidence: Confidence::Certain,
    limit: Some(Limit::at(Unit::Times, Severity::Info, 2.0)),
    limit_source: "project default, a minute; the principle is Rafaeli's",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for (_, step) in audit.of_kind(|kind| kind == Kind::Queue) {
        let StepKind::Queue(queue) = &step.kind else { continue };
        let Some(every) = queue.message_every.filter(|_| queue.announces.is_empty()) else {
            continue;
        };
        let seconds = f64::from(u32::try_from(every.value).unwrap_or(u32::MAX)) / 1000.0;
        let Some(severity) = report.judge(60.0 / seconds) else {
            continue;
        };
        let message = format!(
            "a message cuts into the music of `{}` every {seconds} s and tells nothing new",
            step.shown()
        );
        report.say_judged(
            severity,
            Finding::new(audit.at(step, every.span), message)
                .note("each time callers think that they are being answered")
                .help("let it come about every minute, and tell the position: `announces: [position]`"),
        );
    }
}
