//! Callers are sent to the website before they are offered anything.
//!
//! ## What
//! Prompts that advise to use a website or an app, by their wording, heard before the first option while the line is open.
//!
//! ## Why
//! Many who call have tried the website and could not do there what they wanted. Being told to look there annoyed 28% of
//! 1,053 Americans asked (Moneypenny, 2022); a preliminary version of the GetHuman standard lists the phrase among those to
//! leave out; the ACIxD wiki argues against it ("What not to include at the beginning"), because all callers hear what
//! helps a few. The other side: UK councils and vendors recommend to point to the website (smarterdigital.info), and
//! it does help those who did not know. That it be said where it helps, after the choice, after hours or while callers
//! wait, is in dispute with nobody.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: You can find many answers on our website. For bills, press 1.
//!     keys: {1: bills}
//!     no-input: bills
//!     no-match: bills
//!   bills: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For bills, press 1.", keys: {1: bills}, no-input: bills, no-match: bills}
//!   bills: {kind: queue, prompt: "Your bills are on our website as well, at any hour."}
//! ```
//!
//! ## Fix
//! Move it behind the choice that it answers, or into the queue, best with the offer to send a link.
//!
//! ## Limits
//! It rests on words in English, Spanish, German, French and Portuguese; other wording is passed over. A sentence that
//! speaks of problems with the website, of privacy or of emergencies, or that announces an option, is passed over too.
//!
//! ## Source
//! Moneypenny, US survey, 2022; GetHuman standard, preliminary version (gethuman.com/earcon/standard.html); ACIxD wiki,
//! "What not to include at the beginning". The other side: smarterdigital.info.

use crate::audit::Audit;
use crate::audit::phrases::{Said, Topic};
use crate::document::tree::{Purpose, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "web-deflection",
    text: include_str!("web_deflection.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Heuristic,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let early = |said: &&Said<'_>| {
        said.is_before_options() && !is_marketing(said.step) && !ends(said.step) && audit.is_opening(said.node)
    };
    for said in audit.first_said(Topic::Website).filter(early) {
        let message = format!(
            "`{}` says \"{}\" before it offers anything",
            said.step.shown(),
            said.quoted()
        );
        report.say(
            Finding::new(said.at(audit), message)
                .label("sends callers away")
                .note("who has tried the website already learns only that she is not wanted here")
                .help(format!(
                    "move it from {} behind the option that it answers, or into the queue",
                    audit.named(said.step)
                )),
        );
    }
}

/// Whether it is told of as an advert already.
fn is_marketing(step: &Step) -> bool {
    let StepKind::Message { purpose, .. } = &step.kind else {
        return false;
    };
    purpose.is_some_and(|purpose| purpose.value == Purpose::Marketing)
}

/// Whether no option can follow: callers wait for a person, or the call is over.
fn ends(step: &Step) -> bool {
    matches!(
        step.kind,
        StepKind::Queue(_) | StepKind::Voicemail { .. } | StepKind::Callback { .. } | StepKind::HangUp { .. }
    )
}
