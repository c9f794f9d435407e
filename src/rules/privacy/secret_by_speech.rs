//! A secret has to be said aloud.
//!
//! ## What
//! Questions for a datum that is `secret` and can only be spoken.
//!
//! ## Why
//! A caller in a train, in an office or in a shop cannot give it, or gives it to all who hear; the recording has it too.
//! Keys are silent, and the payment card industry's supplement on telephones (2018) counts masked key tones among what
//! keeps a company's telephones clear of card data. What speaks for speech is that some cannot press.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: pin
//! steps:
//!   pin: {kind: collect, collects: pin, secret: true, speech-only: true, prompt: Please say your PIN., then: agents, otherwise: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: pin
//! steps:
//!   pin: {kind: collect, collects: pin, secret: true, digits: 4, prompt: Please enter your PIN., then: agents, otherwise: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Take secrets by keys, with speech beside them for those who cannot press.
//!
//! ## Limits
//! A passphrase cannot be keyed in; where it is the voice that is checked and not the words, allow the finding.
//!
//! ## Source
//! PCI Security Standards Council, Protecting Telephone-Based Payment Card Data, version 3.0, November 2018.

use super::secret;
use crate::audit::Audit;
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "secret-by-speech",
    text: include_str!("secret_by_speech.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for (_, step) in audit.steps() {
        let Some(collect) = secret(step).filter(|collect| collect.speech_only) else {
            continue;
        };
        let name = collect.collects.as_ref().map_or("it", |name| name.value.as_str());
        let message = format!("`{}` has callers say `{name}` aloud, which is secret", step.shown());
        let finding = Finding::new(audit.at_step(step), message)
            .note("a caller who is not alone gives it to all who hear, or cannot give it")
            .help("take it by keys, with speech beside them for those who cannot press");
        report.say(finding);
    }
}
