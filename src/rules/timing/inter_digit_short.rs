//! An entry is cut off between two digits.
//!
//! ## What
//! Seconds that a question waits for the next digit before it takes the entry to be complete, where the file declares
//! them.
//!
//! ## Why
//! Numbers are read off in groups, and the eye goes back to the paper between them; whoever pauses for longer has half a
//! number taken for the whole, is told that it is wrong, and begins again. Platforms wait for 3 to 10 s: Copia 3 s,
//! Asterisk 5 s, Microsoft's SALT 10 s.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, digits: 8, inter-digit: 1s, prompt: Your account number?, then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, digits: 8, inter-digit: 4s, prompt: Your account number?, then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Fix
//! Wait for 3 to 5 s between digits; where the length varies, let callers end the entry with the pound key, so that
//! nobody has to sit the time out.
//!
//! ## Limits
//! Only what the file declares is judged. An entry of one digit has no next one, and is passed over.
//!
//! ## Source
//! The defaults in the documentation of Asterisk, Copia and Microsoft; the limit is this project's judgement.

use super::{Declared, judge_below, tell};
use crate::audit::Audit;
use crate::audit::marks::Kind;
use crate::document::tree::{Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "inter-digit-short",
    text: include_str!("inter_digit_short.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::at(Unit::Seconds, Severity::Warning, 2.0)),
    limit_source: "project default; platforms wait for 3 s at least where nobody says otherwise",
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
        let message = format!("`{}` waits {} for the next digit", step.shown(), declared.shown());
        Finding::new(audit.at(step, span), message)
            .note("a caller who looks back at the paper between two groups of digits has half a number taken for the whole")
            .help("set `inter-digit` to between 3 and 5 s")
    });
}

fn declared(step: &Step) -> Option<Declared<'_>> {
    let StepKind::Collect(collect) = &step.kind else {
        return None;
    };
    let has_next = collect.digits.is_none_or(|digits| digits.value.max > 1);
    let between = collect.inter_digit.filter(|_| has_next)?;
    Some(Declared {
        step,
        span: between.span,
        ms: between.value,
    })
}
