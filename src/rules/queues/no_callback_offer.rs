//! A long queue offers no call back.
//!
//! ## What
//! Queues with a long mean wait at which no announced key and no overflow leads to a call back or to a message that
//! somebody answers.
//!
//! ## Why
//! A caller who is called back waits as long and loses no time by it. Israel obliges companies to offer it by the second
//! minute where more than three are expected, and to call within three hours; Portugal wants a way to leave contact and
//! purpose where 60 s cannot be kept (as reported by escritosdispersos.blogs.sapo.pt); the GetHuman standard asks for a
//! call back or message in its fourth point, an earlier version for an offer every five minutes.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! steps:
//!   agents: {kind: queue, wait: 5m, prompt: Please hold.}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! steps:
//!   agents: {kind: queue, wait: 5m, prompt: "To be called back, press 1.", keys: {1: call-back}}
//!   call-back: {kind: callback, within: 1h, owner: Agents}
//! ```
//!
//! ## Fix
//! Give the queue a key for a call back, say so on joining, and let it overflow there.
//!
//! ## Limits
//! Queues whose wait is not known are passed over. An offer in the menu before the queue does not count, because nobody
//! knows the wait by then; nor does a key that the queue does not announce.
//! A wait that has to be computed from who calls and who answers is judged with `presszero audit --callers` only.
//!
//! ## Source
//! Those named above; GetHuman standard v1.0, no. 4, with its preliminary version.

use crate::audit::Audit;
use crate::finding::{Confidence, Finding};
use crate::graph::{Cause, Class, End};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-callback-offer",
    text: include_str!("no_callback_offer.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::at(Unit::Seconds, Severity::Warning, 180.0)),
    limit_source: "project default; that of Israel's regulations",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for wait in audit.waits() {
        let Some(severity) = report.judge(wait.seconds()) else {
            continue;
        };
        let promises = audit.directly(&[End::Promise]);
        let offers = audit.graph.moves(wait.node).any(|(_, to, way)| {
            let told = matches!(way.class, Class::Announced | Class::Unheard) || way.cause == Cause::Overflow;
            told && (promises(to) || audit.is_open(to))
        });
        if offers {
            continue;
        }
        let message = format!(
            "callers wait {} in `{}` and cannot ask to be called back",
            wait.shown(),
            wait.step.shown()
        );
        let finding = Finding::new(audit.at_step(wait.step), message)
            .confidence(wait.confidence())
            .note("a caller who cannot stay on the line must hang up, and begin again another time")
            .note(wait.rests_on(audit))
            .help(
                "give this queue a key that leads to a `callback` step, announce it, and let the queue overflow there",
            );
        report.say_judged(severity, finding);
    }
}
