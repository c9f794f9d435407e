//! The prompt of a menu takes long to hear.
//!
//! ## What
//! Seconds of the first prompt of a menu, at the tree's rate of speech, the pauses between options included.
//!
//! ## Why
//! A caller whose option comes last hears all the others on every call, and whoever drifts off hears all of it again.
//! What 2,000 people disliked most about phone menus, after not finding their reason listed, were irrelevant options
//! (63%) and menus that are too long (46%; Vonage, as reported by hessconsulting.biz). The GetHuman standard asks for
//! no long prompts; Turkey's telecoms regulator allowed 45 s in the main menu and 20 s below it until a person is
//! offered (as reported by Sabah, 2011). Against cutting: a menu that is split costs a level (see `needlessly-deep`),
//! so the first thing to cut are words, not options.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: >-
//!       If you are calling because you would like to hear about what is new and what we have on offer for customers
//!       in your part of the country, press 1. If on the other hand you have already bought something from us and it
//!       has not arrived on the day on which we said that it would, press 2.
//!     keys: {1: sales, 2: orders}
//!     no-input: sales
//!     no-match: sales
//!   sales: {kind: agent}
//!   orders: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For our offers, press 1. For an order that is late, press 2.
//!     keys: {1: sales, 2: orders}
//!     no-input: sales
//!     no-match: sales
//!   sales: {kind: agent}
//!   orders: {kind: agent}
//! ```
//!
//! ## Fix
//! Cut each option to its shortest distinct words, put the most wanted ones first, and move what is no option
//! elsewhere.
//!
//! ## Limits
//! The limits are project defaults. Seconds are reckoned from words where no length is declared; a recording of unknown
//! length makes them a lower bound.
//!
//! ## Source
//! GetHuman standard v1.0, no. 6; Vonage consumer survey, as reported by hessconsulting.biz; Turkey, Information and
//! Communication Technologies Authority, as reported by Sabah, 2011; ACIxD wiki, "Phrasing menu options".

use super::seconds_of;
use crate::audit::{Audit, seconds};
use crate::finding::{Confidence, Finding};
use crate::graph::hearing::{lasts, listen};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// Words before the first option that are worth naming.
const PREAMBLE_MS: u64 = 5000;

/// The rule.
pub const RULE: Rule = Rule {
    name: "prompt-too-long",
    text: include_str!("prompt_too_long.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Likely,
    limit: Some(Limit::steps(Unit::Seconds, Some(20.0), Some(30.0), None)),
    limit_source: "project default; the GetHuman standard asks for no long prompts",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let pace = audit.graph.pace.with(audit.tree.voice);
    for (_, step) in audit.menus() {
        let Some(prompt) = &step.prompt else { continue };
        // With a pause after every option it lasts at least as long as it does.
        let options = prompt.segments.iter().flat_map(|segment| &segment.spoken).map(Vec::len);
        let pauses = pace.between_options.saturating_mul(options.sum::<usize>() as u64);
        let at_most = lasts(prompt, &pace).ms.saturating_add(pauses);
        if report.judge(seconds_of(at_most)).is_none() {
            continue;
        }
        let hearing = listen(prompt, &pace);
        let Some(severity) = report.judge(seconds_of(hearing.lasts.ms)) else {
            continue;
        };
        let name = step.shown();
        let line = audit.line(step.name.span);
        let mut finding = Finding::new(
            audit.at(step, prompt.span),
            format!("the prompt of `{name}` takes {}", seconds(hearing.lasts)),
        );
        if let Some(last) = hearing.options.last() {
            finding = finding.note(format!(
                "a caller whose option comes last knows it after {}",
                seconds(last.known_at)
            ));
        }
        let own_words = hearing.options.first().and_then(|first| {
            let words = crate::document::words::count(first.phrase)?;
            Some(first.known_at.ms.saturating_sub(pace.words(u64::from(words))))
        });
        finding = match own_words {
            Some(ms) if ms >= PREAMBLE_MS => finding.help(format!(
                "cut the {} s before the first option of `{name}` (line {line})",
                (ms + 500) / 1000
            )),
            _ => finding.help(format!(
                "cut the options of `{name}` (line {line}) to their shortest distinct words"
            )),
        };
        report.say_judged(severity, finding);
    }
}
