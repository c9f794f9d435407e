//! Callers are told that the options have changed.
//!
//! ## What
//! Prompts that say that the options have changed, or that callers should listen to them carefully, by their wording.
//!
//! ## Why
//! Whoever calls for the first time knows nothing of the old options, and whoever knows her key has to hear out what she
//! knew. The sentence mostly outlives the change by years. A preliminary version of the GetHuman standard lists it among
//! the phrases that annoy, and the ACIxD wiki ("What not to include at the beginning") among what to leave out. The other
//! side: Avaya's guidelines suggest that a real change be announced to those who dial by habit. So it is, in a step of
//! its own that says what it is for and can be taken out again.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: Please listen carefully, as our menu options have changed. For bills, press 1. For a person, press 0.
//!     keys: {1: bills, 0: agents}
//!     no-input: agents
//!     no-match: agents
//!   bills: {kind: agent}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For bills, press 1. For a person, press 0.
//!     keys: {1: bills, 0: agents}
//!     no-input: agents
//!     no-match: agents
//!   bills: {kind: agent}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Leave the sentence out. Where keys did change, and for the weeks in which habit is strong, say it in a `message` step
//! of its own with `purpose: notice`: this rule passes it over.
//!
//! ## Limits
//! It rests on words in English, Spanish, German, French and Portuguese; other wording is passed over. It cannot know
//! whether the options did change.
//!
//! ## Source
//! GetHuman standard, preliminary version (gethuman.com/earcon/standard.html); ACIxD wiki, "What not to include at the
//! beginning". The other side: Avaya IR R2.0 application design guidelines.

use crate::audit::Audit;
use crate::audit::phrases::Topic;
use crate::document::tree::{Purpose, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "options-have-changed",
    text: include_str!("options_have_changed.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Heuristic,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for said in audit
        .first_said(Topic::OptionsChanged)
        .filter(|said| !is_declared(said.step))
    {
        let message = format!("`{}` says \"{}\"", said.step.shown(), said.quoted());
        report.say(
            Finding::new(said.at(audit), message)
                .label("tells no caller which key to press")
                .note("callers who know their key are made to listen, and the others have nothing to compare with")
                .help(format!(
                    "cut it from {}; if keys did change lately, say so in a message of its own with `purpose: notice`",
                    audit.named(said.step)
                )),
        );
    }
}

/// Whether the author has declared a message as news.
fn is_declared(step: &Step) -> bool {
    let StepKind::Message { purpose, .. } = &step.kind else {
        return false;
    };
    matches!(
        purpose.map(|purpose| purpose.value),
        Some(Purpose::Notice | Purpose::Outage)
    )
}
