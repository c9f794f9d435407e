//! Callers have no time to fetch the number that they are asked for.
//!
//! ## What
//! Seconds of silence that a question waits for the first digit, where the file says that callers read the datum off a
//! card or a document, and how long it waits.
//!
//! ## Why
//! Nobody has the bill in her hand. Fetching a card takes 10 to 15 s (ACIxD wiki, "Anticipate typical user errors"); a
//! question that waits for 5 s is heard two or three times before the number is found, and often its attempts are used up
//! by then. No source is against it: who has the number at hand does not wait.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, digits: 8, source: document, timeout: 5s, prompt: Your account number?, then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, digits: 8, source: document, timeout: 12s, prompt: Your account number?, then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Fix
//! Set `timeout` to 10 s or more, say before the question what will be needed, and offer a key for those who do not have
//! it.
//!
//! ## Limits
//! Only steps that declare both `source` and `timeout` are judged. Attempts that follow give more time, at the price of
//! hearing the question again. An entry that is spoken is judged alike.
//!
//! ## Source
//! ACIxD wiki, "Anticipate typical user errors".

use super::{Declared, judge_below, tell};
use crate::audit::Audit;
use crate::audit::marks::Kind;
use crate::document::tree::{DataSource, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "entry-needs-lookup",
    text: include_str!("entry_needs_lookup.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::at(Unit::Seconds, Severity::Warning, 10.0)),
    limit_source: "project default; the least that fetching a card takes, by the source of the rule",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let declared: Vec<_> = audit
        .of_kind(|kind| kind == Kind::Collect)
        .into_iter()
        .filter_map(|(_, step)| declared(step))
        .filter_map(|declared| Some((judge_below(report, declared.seconds())?, declared)))
        .collect();
    tell(audit, report, declared.into_iter(), |declared| {
        let Declared { step, span, .. } = *declared;
        let message = format!(
            "`{}` waits {} for a number that callers have to look up",
            step.shown(),
            declared.shown()
        );
        Finding::new(audit.at(step, span), message)
            .note("a caller who is still looking for the card or the paper is told that nothing was entered")
            .help("set `timeout` to 10 s or more, and tell beforehand what will be needed")
    });
}

fn declared(step: &Step) -> Option<Declared<'_>> {
    let StepKind::Collect(collect) = &step.kind else {
        return None;
    };
    let is_fetched = matches!(
        collect.source.map(|source| source.value),
        Some(DataSource::Card | DataSource::Document)
    );
    let timeout = collect.timeout.filter(|_| is_fetched)?;
    Some(Declared {
        step,
        span: timeout.span,
        ms: timeout.value,
    })
}
