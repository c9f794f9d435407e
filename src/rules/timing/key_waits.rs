//! A key acts only after a silence.
//!
//! ## What
//! Menus that await more keys than any of their options has, so that each key is followed by the time for a further one.
//!
//! ## Why
//! Whoever has pressed a key and hears nothing thinks that it did not come through, and presses again; then the two are
//! taken together and are no option. And every caller pays these seconds at every such menu, the ones who do all right
//! first. Platforms wait unless they are told how many keys to expect: Twilio's Gather takes any number of digits and
//! waits 5 s after each, Asterisk's Read waits until the pound key or 5 s, FreeSWITCH waits where `digit-len` is greater
//! than the options are long.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, digits: 1-4, inter-digit: 5s, prompt: "For sales, press 1. For repairs, press 2.", keys: {1: sales, 2: repairs}, no-input: sales, no-match: sales}
//!   sales: {kind: agent}
//!   repairs: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, digits: 1, prompt: "For sales, press 1. For repairs, press 2.", keys: {1: sales, 2: repairs}, no-input: sales, no-match: sales}
//!   sales: {kind: agent}
//!   repairs: {kind: agent}
//! ```
//!
//! ## Fix
//! Say how many keys the longest option has: in Twilio Studio "stop gathering after 1 digit", in Asterisk the number of
//! digits of `Read`, in FreeSWITCH `digit-len`, in SWML `max_digits`, in this project's own files `digits`. Where an
//! Asterisk menu stands in an extension such as `_X.`, move its keys to a context of their own.
//!
//! ## Limits
//! A menu that takes a long number beside its options on purpose, such as an extension, must wait; where the number is
//! no option in the file, that is not seen, and a reason to allow the finding. What callers save who end their choice
//! with the pound key is not counted: nobody tells them. Keys that begin another option are left to
//! `ambiguous-digits`.
//!
//! ## Source
//! Twilio Docs, "Gather Input On Call Widget", 2025; Asterisk documentation, "Read", 2024; FreeSWITCH,
//! `switch_ivr_menu.c`; the limit is this project's judgement.

use super::{Declared, tell};
use crate::audit::Audit;
use crate::document::tree::{Menu, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::expand::inter_digit;
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "key-waits",
    text: include_str!("key_waits.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::at(Unit::Seconds, Severity::Warning, 1.0)),
    limit_source: "project default; a second of silence after a key is noticed",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let waits: Vec<_> = audit
        .menus()
        .iter()
        .filter_map(|(_, step)| waits(step))
        .filter_map(|waits| Some((report.judge(waits.seconds())?, waits)))
        .collect();
    tell(audit, report, waits.into_iter(), |waits| {
        let Declared { step, span, .. } = *waits;
        let message = format!(
            "`{}` acts {} after a key, for it awaits more keys than any option has",
            step.shown(),
            waits.shown()
        );
        Finding::new(audit.at(step, span), message)
            .label("more keys are awaited here")
            .note(
                "a caller who has pressed a key hears nothing, thinks that it did not come through, and presses again",
            )
            .help("let the menu take as many keys as its longest option has; then it acts at once")
    });
}

/// How long a menu waits in vain.
fn waits(step: &Step) -> Option<Declared<'_>> {
    let StepKind::Menu(menu) = &step.kind else { return None };
    let digits = menu.digits?;
    let is_longer = longest(menu).is_some_and(|longest| digits.value.max > longest);
    is_longer.then(|| Declared {
        step,
        span: digits.span,
        ms: inter_digit(&step.kind),
    })
}

/// How many keys its longest option has; none where an option has no end.
fn longest(menu: &Menu) -> Option<u32> {
    let keys = || menu.keys.iter().filter_map(|choice| choice.keys.as_ref());
    let is_endless = keys().any(|keys| keys.value.as_str().ends_with('.'));
    keys().map(|keys| keys.value.presses()).max().filter(|_| !is_endless)
}
