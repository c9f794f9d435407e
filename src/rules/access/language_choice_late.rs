//! Callers can choose their language only after a menu in another one.
//!
//! ## What
//! Menus of languages that callers come to only after another menu. Also, for information, how many languages a first
//! menu reads out, from four on.
//!
//! ## Why
//! Who does not understand the first menu never comes to the second. India's Telecom Regulatory Authority (2017) has the
//! choice of language at the first level. The GetHuman standard (no. 9) would have no such menu at all: the usual
//! language is spoken at once, one key given for others, and the choice remembered. Separate numbers for languages serve
//! those best who know them. A long list of languages makes everybody wait; how many are too many is a matter of who
//! calls.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For support, press 2.", keys: {1: language, 2: language}, no-input: agents, no-match: agents}
//!   language: {kind: menu, prompt: "For English, press 1. Para español, oprima 2.", keys: {1: agents, 2: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: language
//! steps:
//!   language: {kind: menu, prompt: "For English, press 1. Para español, oprima 2.", keys: {1: main, 2: agents}, no-input: main, no-match: main}
//!   main: {kind: menu, prompt: "For sales, press 1. For support, press 2.", keys: {1: agents, 2: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Ask for the language first, or speak the usual one and offer the others by one announced key in the first menu.
//!
//! ## Limits
//! A menu is taken to ask for the language when at least half of what it offers is spoken in another language, or names
//! one by its own name. Where any such menu comes first, nothing is said of others. A tree that calls come to from
//! another one may have asked there.
//!
//! ## Source
//! GetHuman standard v1.0, no. 9; Telecom Regulatory Authority of India, regulations on the quality of television
//! distribution, 2017, reg. 25(3).

use crate::audit::Audit;
use crate::audit::spoken::phrases;
use crate::document::tree::Step;
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "language-choice-late",
    text: include_str!("language_choice_late.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Heuristic,
    limit: Some(Limit::at(Unit::Options, Severity::Info, 4.0)),
    limit_source: "project default; for the languages that a first menu reads out",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let menus = audit.menus().iter().filter(|(node, _)| audit.is_language_menu(*node));
    let menus: Vec<(u32, &Step)> = menus.copied().collect();
    let Some(before) = (!menus.is_empty()).then(|| audit.menus_before()).flatten() else {
        return;
    };
    let nearest = menus
        .into_iter()
        .filter_map(|(node, step)| Some((before.count(node)?, step)))
        .min_by_key(|(menus, _)| *menus);
    let Some((menus, step)) = nearest else { return };
    let name = step.shown();
    if menus > 0 {
        let finding = Finding::new(
            audit.at_step(step),
            format!(
                "`{name}` asks for the language after {}",
                crate::audit::count(menus as usize, "menu")
            ),
        )
        .note("a caller who does not understand the first menu never comes here")
        .help("ask for the language first, or announce one key for it in the first menu");
        report.say(finding);
        return;
    }
    let languages = languages(audit, step);
    if let Some(severity) = report.judge(f64::from(languages)) {
        let finding = Finding::new(
            audit.at_step(step),
            format!("`{name}` reads out {languages} languages before anything else"),
        )
        .note("all callers listen to the languages of all others")
        .help("speak the usual language and offer the others by one key, or give languages numbers of their own");
        report.say_judged(severity, finding);
    }
}

/// How many languages a menu offers.
fn languages(audit: &Audit<'_>, step: &Step) -> u32 {
    let own = audit.tree.language();
    let phrases = step.prompt.iter().flat_map(phrases);
    crate::graph::number(phrases.filter(|phrase| phrase.offers_language(own)).count())
}
