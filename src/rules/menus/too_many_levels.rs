//! The tree has more levels of menus than a guideline allows.
//!
//! ## What
//! The menus on the shortest way to the deepest menu, itself included, over the whole tree; a menu that only asks for
//! the language is no level.
//!
//! ## Why
//! A caller cannot see a phone tree. With each level there is one more place to be lost in, and one more to come back
//! from. Ireland's National Disability Authority allows three levels. Lloyds TSB's home insurance had seven, on which
//! the survey of Nigel Clarke was reported (BBC News, 22 May 2013). It is contested whether levels as such are what
//! hurts: research favours few levels because it favours many options in each menu (Commarford, Lewis and others, Human
//! Factors 50(1), 2008), while the guideline allows no more than four of them, so that it grants sixty-four services at
//! most.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: one
//! steps:
//!   one: {kind: menu, prompt: "For more, press 1.", keys: {1: two}, no-input: desk, no-match: desk}
//!   two: {kind: menu, prompt: "For more, press 1.", keys: {1: three}, no-input: desk, no-match: desk}
//!   three: {kind: menu, prompt: "For more, press 1.", keys: {1: four}, no-input: desk, no-match: desk}
//!   four: {kind: menu, prompt: "For a person, press 1.", keys: {1: desk}, no-input: desk, no-match: desk}
//!   desk: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: one
//! steps:
//!   one: {kind: menu, prompt: "For more, press 1.", keys: {1: two}, no-input: desk, no-match: desk}
//!   two: {kind: menu, prompt: "For more, press 1.", keys: {1: three}, no-input: desk, no-match: desk}
//!   three: {kind: menu, prompt: "For a person, press 1.", keys: {1: desk}, no-input: desk, no-match: desk}
//!   desk: {kind: agent}
//! ```
//!
//! ## Fix
//! Join small menus that follow one another, and let a person sort out what is rare.
//!
//! ## Limits
//! It is asked only with the profile `all`, or where a profile holds this guideline. It counts levels and nothing else:
//! `needlessly-deep` says whether fewer would do, `too-many-presses` what it costs those who call for something. A menu
//! that follows data entry or self-service is a level like any other.
//!
//! ## Source
//! National Disability Authority (Ireland), Customer Communications Toolkit, IVR; BBC News, 22 May 2013; Commarford,
//! Lewis and others, "A comparison of broad versus deep auditory menu structures", Human Factors 50(1), 2008.

use crate::audit::{Audit, count};
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "too-many-levels",
    text: include_str!("too_many_levels.rs"),
    severity: Severity::Info,
    confidence: Confidence::Certain,
    limit: Some(Limit::at(Unit::Levels, Severity::Info, 4.0)),
    limit_source: "Ireland's National Disability Authority allows three",
    check,
};

/// Menus of the way that a note names.
const NAMED: usize = 12;

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let Some(before) = audit.menus_before() else { return };
    let menus = || audit.menus().iter().filter(|(node, _)| !audit.is_language_menu(*node));
    let levels = |node: u32| before.count(node).map_or(0, |menus| menus + 1);
    let Some((node, deepest)) = menus().max_by_key(|(node, _)| (levels(*node), std::cmp::Reverse(*node))) else {
        return;
    };
    let most = levels(*node);
    let Some(severity) = report.judge(f64::from(most)) else {
        return;
    };
    let too_deep = menus()
        .filter(|(node, _)| report.judge(f64::from(levels(*node))).is_some())
        .count();
    let mut way: Vec<&str> = Vec::new();
    let mut at = Some(*node);
    while let Some(node) = at.filter(|_| way.len() < NAMED) {
        if let Some(step) = audit.graph.step(node).filter(|_| audit.graph.is_menu(node)) {
            way.push(step.shown());
        }
        at = before
            .via(node)
            .and_then(|via| audit.graph.ends(via))
            .map(|(from, _)| from);
    }
    way.reverse();
    let finding = Finding::new(
        audit.at_step(deepest),
        format!("`{}` lies {} deep", deepest.shown(), count(most as usize, "level")),
    )
    .label("the deepest menu")
    .note(format!("a caller comes there by way of {}", way.join(" -> ")))
    .note(format!(
        "{} lie as deep as the limit or deeper",
        count(too_deep, "menu")
    ))
    .help("join small menus that follow one another, or let a person sort out what is rare");
    report.say_judged(severity, finding);
}
