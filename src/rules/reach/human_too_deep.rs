//! A person is first offered deep in the menus.
//!
//! ## What
//! The fewest menus that a caller hears until an option that leads to a person is announced, the menu with that option
//! included; in the best opening hours.
//!
//! ## Why
//! "There had better be an option to speak to a representative before I get too deep into the menu, because the deeper
//! I go the more irritated I get" (Customer Service, weblog "Thoughts on religion, politics, life and death"). Laws
//! that name a level name the first menu: Brazil's Decree 6.523/2008 art. 4 (repealed 2022), and Spain's Ley 10/2025
//! art. 8 as reported by legaltoday.com. Ireland's National Disability Authority allows three levels in all. Of 50
//! lines of large American firms, pressing 0 gave a person on menu 1 or 2 at 35% (Software Advice 2014, as reported by
//! telzio.com), so a second menu is common practice; which level is right is a matter of policy.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For cards, press 1.", keys: {1: cards}, no-input: main, no-match: main}
//!   cards: {kind: menu, prompt: "For a lost card, press 1.", keys: {1: lost}, no-input: lost, no-match: lost}
//!   lost: {kind: menu, prompt: "For a person, press 0.", keys: {0: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For cards, press 1. For a person, press 0.", keys: {1: cards, 0: agents}, no-input: agents, no-match: agents}
//!   cards: {kind: menu, prompt: "For a lost card, press 1.", keys: {1: lost}, no-input: lost, no-match: lost}
//!   lost: {kind: menu, prompt: "For a person, press 0.", keys: {0: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Announce a way to a person in the first menu.
//!
//! ## Limits
//! A line that asks for the language first has one menu more; where that is what the first menu does, allow the finding
//! with that reason. Options whose wording is not known are taken as not announced, and the finding says so.
//!
//! ## Source
//! W3C, Making Content Usable for People with Cognitive and Learning Disabilities (2021), "Let users avoid navigating
//! voice menus"; Decreto 6.523/2008 (Brazil) art. 4; Ley 10/2025 (Spain) art. 8, as reported by legaltoday.com;
//! National Disability Authority (Ireland), Customer Communications Toolkit, IVR; Software Advice, 2014, as reported by
//! telzio.com; BBC News, 22 May 2013 (7 levels, 78 options, over 4 minutes).

use crate::audit::{Audit, count, seconds};
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "human-too-deep",
    text: include_str!("human_too_deep.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::steps(Unit::Menus, Some(2.0), Some(3.0), Some(4.0))),
    limit_source: "project default; Brazil's Decree 6.523/2008 art. 4 said menu 1",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let Some(depth) = audit.main().map(|world| &world.anyone) else {
        return;
    };
    let Some(path) = &depth.offered.menus else {
        return;
    };
    let perhaps = depth
        .perhaps_offered
        .menus
        .as_ref()
        .map(|path| path.totals(&audit.graph).menus);
    let totals = path.totals(&audit.graph);
    let Some(severity) = report.judge(f64::from(totals.menus)) else {
        return;
    };
    if perhaps.is_some_and(|perhaps| report.judge(f64::from(perhaps)) != Some(severity)) {
        return;
    }
    let at = path.offer.map_or_else(|| audit.at_tree(), |edge| audit.at_move(edge));
    let mut finding = Finding::new(
        at,
        format!(
            "a person is first offered at menu {}, after {}",
            totals.menus,
            seconds(totals.heard)
        ),
    )
    .label("the first option announced that leads to a person");
    if !path.edges.is_empty() {
        finding = finding.note(format!("a caller who wants a person {} first", audit.acts(path)));
    }
    let first_menu = path
        .places(&audit.graph)
        .into_iter()
        .find(|node| audit.graph.is_menu(*node));
    if let Some(step) = first_menu.and_then(|node| audit.graph.step(node)) {
        finding = finding.help(format!(
            "offer a person at `{}` (line {}), the first of {}",
            step.shown(),
            audit.line(step.name.span),
            count(totals.menus as usize, "menu")
        ));
    }
    report.say_judged(severity, finding);
}
