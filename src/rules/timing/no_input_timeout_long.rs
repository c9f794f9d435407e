//! A menu waits long before it helps those who are silent.
//!
//! ## What
//! Seconds of silence that a menu waits for a key before it says or does anything, where the file declares them.
//!
//! ## Why
//! Those who cannot press a key, or whose key did not come through, hear nothing and think that the line is dead. A bill
//! in New York (A3831, 2009, not passed) would have put a caller through to a person after 10 s without interaction.
//! Froehlich (2005) found silent waits of more than 4 to 8 s not accepted, in spoken dialogue. Practice differs: 10 s is
//! the default of Asterisk, Webex and 46elks, and the World Wide Web Consortium's note on cognitive accessibility (2021)
//! asks to wait for those who are slow; so that 10 s is not found fault with here.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For help, press 2.", timeout: 20s, keys: {1: agents, 2: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For help, press 2.", timeout: 7s, keys: {1: agents, 2: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Wait for 5 to 10 s, then say the options again in other words, and then lead to a person.
//!
//! ## Limits
//! Questions for data are left out, since callers may have to fetch what they are asked for. A long time-out is right
//! where the prompt asks callers to go and get something; that is a reason to allow the finding.
//!
//! ## Source
//! Froehlich, "Dealing with system response times in interactive speech applications", CHI 2005; New York bill A3831,
//! 2009; World Wide Web Consortium, Making Content Usable for People with Cognitive and Learning Disabilities, 2021.

use super::{Declared, tell};
use crate::audit::Audit;
use crate::document::tree::StepKind;
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-input-timeout-long",
    text: include_str!("no_input_timeout_long.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::steps(Unit::Seconds, Some(11.0), Some(16.0), None)),
    limit_source: "project default; platforms wait for 10 s at most where nobody says otherwise",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let declared: Vec<_> = audit
        .menus()
        .iter()
        .filter_map(|(_, step)| match &step.kind {
            StepKind::Menu(menu) => menu.timeout.map(|timeout| Declared {
                step,
                span: timeout.span,
                ms: timeout.value,
            }),
            _ => None,
        })
        .filter_map(|declared| Some((report.judge(declared.seconds())?, declared)))
        .collect();
    tell(audit, report, declared.into_iter(), |declared| {
        let Declared { step, span, .. } = *declared;
        let message = format!(
            "`{}` leaves a silent caller alone for {}",
            step.shown(),
            declared.shown()
        );
        Finding::new(audit.at(step, span), message)
            .note("a caller whose key did not come through hears nothing, and thinks that the line is dead")
            .help("set `timeout` to between 5 and 10 s")
    });
}
