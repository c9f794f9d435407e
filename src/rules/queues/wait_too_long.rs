//! Callers wait long in a queue.
//!
//! ## What
//! The mean wait of a queue: the one that the file declares, or the one that follows from the calls that come to it and
//! the people of its pool in the hours in which most calls come.
//!
//! ## Why
//! Who waits is served by nobody and pays with her time. How long is too long is policy, and laws disagree: 30 s for
//! cable operators in the United States (47 CFR 76.309(c)(1)(ii)), 60 s in Portugal (Decreto-Lei 134/2009), three
//! minutes for 95% of calls in Spain (Ley 10/2025, as reported by legaltoday.com), six minutes from dialling in Israel.
//! Of those asked for a survey 37% were fine with ten minutes, 9% with twenty or more (Consumer Reports, 2011, as
//! reported by tbccpa.com). A queue to which more calls come than can ever be answered grows without end, and only
//! those who give up leave it.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! steps:
//!   agents: {kind: queue, wait: 6m, prompt: "To be called back, press 1.", announces: [expected-wait], keys: {1: call-back}}
//!   call-back: {kind: callback, within: 1h, owner: Agents}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! steps:
//!   agents: {kind: queue, wait: 45s, prompt: "To be called back, press 1.", announces: [expected-wait], keys: {1: call-back}}
//!   call-back: {kind: callback, within: 1h, owner: Agents}
//! ```
//!
//! ## Fix
//! Have more people answer in those hours, share them between queues, or offer a call back so that nobody has to wait
//! on the line. What callers need not call for shortens a queue as well.
//!
//! ## Limits
//! A queue of which the file tells neither the wait nor its people, their handle time and the calls is passed over. A
//! computed wait is that of those who are answered; it takes calls as coming at random and people as interchangeable,
//! and rests on how long callers are willing to wait. A wait that has to be computed from who calls and who answers is
//! judged with `presszero audit --callers` only.
//!
//! ## Source
//! The laws named above; Mandelbaum and Zeltyn, "The Palm/Erlang-A queue, with applications to call centers", for what
//! is computed. The limit of 180 s is a project default, that of Spain's law.

use crate::audit::Audit;
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "wait-too-long",
    text: include_str!("wait_too_long.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::at(Unit::Seconds, Severity::Warning, 180.0)),
    limit_source: "project default; laws set 30 s to 6 min",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for wait in audit.waits() {
        let Some(severity) = report.judge(wait.seconds()) else {
            continue;
        };
        let name = wait.step.shown();
        let at = match wait.queue.wait {
            Some(declared) => audit.at(wait.step, declared.span),
            None => audit.at_step(wait.step),
        };
        let message = if wait.is_endless() {
            format!("more calls come to `{name}` than its people can ever answer")
        } else {
            format!("callers wait {} in `{name}`", wait.shown())
        };
        let suffers = if wait.is_endless() {
            "the queue grows until callers give up, and only those who hang up make it shorter"
        } else {
            "a caller hears nothing that helps her until then, and many hang up and call again"
        };
        let finding = Finding::new(at, message)
            .confidence(wait.confidence())
            .note(suffers)
            .note(wait.rests_on(audit))
            .help(
                "have more people answer in these hours, share them with other queues, or let callers be called back",
            );
        if wait.is_endless() {
            report.say(finding.severity(Severity::Error));
        } else {
            report.say_judged(severity, finding);
        }
    }
}
