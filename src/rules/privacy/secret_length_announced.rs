//! A prompt tells how long a secret is.
//!
//! ## What
//! Prompts that ask for a datum which is `secret` and tell the number of its digits.
//!
//! ## Why
//! Elsewhere the number of digits is a help: Kortum's HCI Beyond the GUI (2008) has prompts tell it, so that callers know
//! when they are done. It makes one exception, security codes, since the length is the first thing that a stranger has to
//! guess. This is worth knowing, not worth an alarm: the length of most such codes is known to everybody.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: pin
//! steps:
//!   pin: {kind: collect, collects: pin, secret: true, digits: 6, prompt: Please enter your six-digit access code., then: agents, otherwise: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: pin
//! steps:
//!   pin: {kind: collect, collects: pin, secret: true, digits: 6, prompt: "Please enter your access code, and then press pound.", terminator: "#", then: agents, otherwise: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Ask for the code without its length, and let callers end it with the pound key.
//!
//! ## Limits
//! It rests on words: a number before a word for digits, in English, French, German, Portuguese and Spanish. The last
//! digits of something longer are no length. Where everybody's code has four digits, nothing is given away.
//!
//! ## Source
//! Kortum (ed.), HCI Beyond the GUI, 2008, chapter 7.

use super::secret;
use crate::audit::Audit;
use crate::audit::lengths::told;
use crate::audit::spoken::prompts;
use crate::document::tree::Segment;
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "secret-length-announced",
    text: include_str!("secret_length_announced.rs"),
    severity: Severity::Info,
    confidence: Confidence::Heuristic,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for (_, step) in audit.steps() {
        if secret(step).is_none() {
            continue;
        }
        let mut segments = prompts(step).flat_map(|prompt| &prompt.segments);
        let Some((segment, digits)) = segments.find_map(|segment| Some((segment, length(audit, segment)?))) else {
            continue;
        };
        let message = format!("`{}` tells that the secret has {digits} digits", step.shown());
        let finding = Finding::new(audit.at(step, segment.span), message)
            .note("a stranger who tries codes on a caller's behalf is told the length")
            .help("ask for it without its length, and let callers end it with the pound key");
        report.say(finding);
    }
}

/// The number of digits that a part of a prompt tells.
fn length(audit: &Audit<'_>, segment: &Segment) -> Option<u32> {
    let language = segment.language.as_deref().unwrap_or(audit.tree.language());
    let told = told(segment.text()?, language)?;
    told.into_iter().find(|told| told.of_digits).map(|told| told.number)
}
