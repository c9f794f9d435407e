//! Callers have little time to begin an answer.
//!
//! ## What
//! Seconds of silence that a menu or question waits for a first key, where the file declares them. Questions whose data
//! have to be read off a card or a paper are judged by `entry-needs-lookup`.
//!
//! ## Why
//! Who takes the telephone from her ear to find the key, who speaks slowly, who has just begun to decide is told that
//! nothing was understood, and hears it all again. Platforms wait for 5 to 10 s where nobody says otherwise: Microsoft's
//! SALT 5 s, Asterisk, Webex and 46elks 10 s. The World Wide Web Consortium's note on cognitive
//! accessibility (2021) asks to wait for slow speakers and to let callers have more time. On the other side a weblog of
//! practitioners recommends 3 s (ivrsworld.com, "Frequently overlooked problems in IVR applications").
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For help, press 2.", timeout: 2s, keys: {1: agents, 2: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For help, press 2.", timeout: 5s, keys: {1: agents, 2: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Wait for 5 s or more; for older callers or hard choices, 6 s.
//!
//! ## Limits
//! Only what the file declares is judged, and what the platform waits for otherwise is not known. Whether the clock
//! starts at the end of the prompt or at its beginning differs between platforms, and is taken to be the end. A prompt
//! that invites callers to stay on the line makes silence a choice, and is passed over.
//!
//! ## Source
//! World Wide Web Consortium, Making Content Usable for People with Cognitive and Learning Disabilities, 2021, pattern
//! "Let users avoid navigating voice menus"; the defaults in the documentation of the platforms named.

use super::{Declared, judge_below, tell};
use crate::audit::Audit;
use crate::document::tree::{DataSource, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-input-timeout-short",
    text: include_str!("no_input_timeout_short.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::at(Unit::Seconds, Severity::Warning, 4.0)),
    limit_source: "project default; platforms wait for 5 s at least where nobody says otherwise",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let declared: Vec<_> = audit
        .asking()
        .iter()
        .filter(|(node, _)| !invites(audit, *node))
        .filter_map(|(_, step)| declared(step))
        .filter_map(|declared| Some((judge_below(report, declared.seconds())?, declared)))
        .collect();
    tell(audit, report, declared.into_iter(), |declared| {
        let Declared { step, span, .. } = *declared;
        let message = format!("`{}` waits {} for the first key", step.shown(), declared.shown());
        Finding::new(audit.at(step, span), message)
            .note("a caller who is still deciding, or looking for the key, is told that nothing was understood")
            .help("set `timeout` to 5 s or more")
    });
}

/// Whether the prompt says that nothing need be pressed.
fn invites(audit: &Audit<'_>, node: u32) -> bool {
    let first = audit.graph.hearings(node).first();
    first.is_some_and(|hearing| hearing.waiting.is_some())
}

fn declared(step: &Step) -> Option<Declared<'_>> {
    let timeout = match &step.kind {
        StepKind::Menu(menu) => menu.timeout,
        StepKind::Collect(collect) => {
            let source = collect.source.map(|source| source.value);
            let at_hand = !matches!(source, Some(DataSource::Card | DataSource::Document));
            collect.timeout.filter(|_| at_hand)
        }
        _ => None,
    }?;
    Some(Declared {
        step,
        span: timeout.span,
        ms: timeout.value,
    })
}
