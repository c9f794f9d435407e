//! A queue sends those who waited too long away.
//!
//! ## What
//! Queues that hang up on callers who waited too long, or who find them full, or that send them back to a menu which
//! they came from.
//!
//! ## Why
//! The callers who are sent away are those who waited longest, and they must begin again at the end of the same queue.
//! Spain forbids to cut a call because the wait is long (Ley 10/2025, art. 8, as reported by legaltoday.com); Argentina
//! forbade it where no operator is free (Resolución 1033/2021, since repealed, as reported by eldia.com). Being
//! disconnected enrages 44% of customers, second to not reaching a person at all with 48% (Five9 and Harris
//! Interactive, 2013).
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! steps:
//!   agents: {kind: queue, prompt: Please hold., overflow: {after: 5m, to: sorry}}
//!   sorry: {kind: hang-up, prompt: All our agents are busy. Please call again later., reason: deflected}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! steps:
//!   agents: {kind: queue, prompt: Please hold., overflow: {after: 5m, to: call-back}}
//!   call-back: {kind: callback, within: 1h, owner: Agents}
//! ```
//!
//! ## Fix
//! Let the queue overflow to other people, a call back or a voicemail that somebody answers; or let callers wait on.
//!
//! ## Limits
//! A hang-up that says that the caller was served is none. A menu that comes only after the queue, such as one that
//! offers a message, is no way back.
//!
//! ## Source
//! Those named above.

use crate::audit::Audit;
use crate::audit::endings::Ending;
use crate::audit::marks::Kind;
use crate::finding::{Confidence, Finding};
use crate::graph::Cause;
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "queue-overflow-to-menu-or-hang-up",
    text: include_str!("queue_overflow_to_menu_or_hang_up.rs"),
    severity: Severity::Error,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

/// So many messages between a queue and a menu are followed.
const MESSAGES_MAX: usize = 16;

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let queues = audit.of_kind(|kind| kind == Kind::Queue);
    if queues.is_empty() {
        return;
    }
    let ends = audit.surely_ends(Ending::Unserved);
    for (node, step) in queues {
        for (edge, to, way) in audit.graph.moves(node) {
            // Who finds a queue full has lost no time in it yet.
            let (severity, when, note) = match way.cause {
                Cause::Overflow => (
                    Severity::Error,
                    "waited too long",
                    "the caller has waited for nothing, and must begin again behind everybody else",
                ),
                Cause::Full => (
                    Severity::Warning,
                    "find it full",
                    "the caller is turned away, and must call again",
                ),
                _ => continue,
            };
            let back = menu_before(audit, node, to).and_then(|menu| audit.graph.step(menu));
            let what = match back {
                Some(menu) => format!("sends those back to `{}` who {when}", menu.shown()),
                None if ends.get(to as usize) == Some(&true) => format!("hangs up on those who {when}"),
                None => continue,
            };
            let finding = Finding::new(audit.at_move(edge), format!("`{}` {what}", step.shown()))
                .note(note)
                .help("let it lead to other people, to a call back, or to a voicemail that somebody answers");
            report.say_judged(severity, finding);
        }
    }
}

/// The menu before a queue that a move of it leads back to, through messages only.
fn menu_before(audit: &Audit<'_>, queue: u32, to: u32) -> Option<u32> {
    let before = audit.menus_before()?;
    let mut at = to;
    for _ in 0..MESSAGES_MAX {
        match audit.kind(at) {
            Kind::Menu => return (before.count(at)? < before.count(queue)?).then_some(at),
            Kind::Message => at = audit.graph.moves(at).find(|(_, _, way)| way.cause == Cause::Then)?.1,
            _ => return None,
        }
    }
    None
}
