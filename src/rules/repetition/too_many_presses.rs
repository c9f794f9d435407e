//! A caller needs many presses to get what she called for.
//!
//! ## What
//! Presses in menus on the way of an intent to the nearest step that serves it, over options that are announced; where
//! no intents are declared, on the way to a person. Digits of data do not count.
//!
//! ## Why
//! Each press is a prompt heard out and a choice that can be wrong. Ireland's National Disability Authority allows
//! three levels; a line with seven made the news (BBC News, 22 May 2013). "Many phone steps needed" was annoying at
//! 8.5 of 10, and tremendously so for 56% (Consumer Reports, July 2011). Few presses are no proof of a short way: tax
//! callers of 2013 pressed four keys and listened for up to six minutes (the same BBC report), so seconds are judged
//! apart.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! callers: {lost-card: {share: 100, served-by: [agents]}}
//! steps:
//!   main: {kind: menu, prompt: "For cards, press 1.", keys: {1: cards}, no-input: later, no-match: later}
//!   cards: {kind: menu, prompt: "For debit cards, press 2.", keys: {2: debit}, no-input: later, no-match: later}
//!   debit: {kind: menu, prompt: "For a lost card, press 3.", keys: {3: agents}, no-input: later, no-match: later}
//!   later: {kind: voicemail}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! callers: {lost-card: {share: 100, served-by: [agents]}}
//! steps:
//!   main: {kind: menu, prompt: "For cards, press 1.", keys: {1: cards}, no-input: later, no-match: later}
//!   cards: {kind: menu, prompt: "For a lost card, press 2.", keys: {2: agents}, no-input: later, no-match: later}
//!   later: {kind: voicemail}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Offer what many call for, and what is urgent, in the first menu.
//!
//! ## Limits
//! One finding tells the intent with the most presses and names the others. A service that hardly anybody wants may
//! well lie deep; then allow the finding, or set the limits. An intent that no announced option serves is told by
//! other rules.
//!
//! ## Source
//! National Disability Authority (Ireland), Customer Communications Toolkit, IVR; Consumer Reports, "What's wrong with
//! customer service?", July 2011; BBC News, 22 May 2013.

use crate::audit::Audit;
use crate::audit::wanted::Wanted;
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "too-many-presses",
    text: include_str!("too_many_presses.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::steps(Unit::Presses, Some(3.0), Some(4.0), Some(5.0))),
    limit_source: "project default; Ireland's National Disability Authority allows three levels",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let ways = audit.wanted(false);
    let mut long: Vec<(u32, &Wanted<'_>, Severity)> = ways
        .iter()
        .filter_map(|way| {
            let presses = way.path.totals(&audit.graph).presses;
            Some((presses, way, report.judge(f64::from(presses))?))
        })
        .collect();
    // The most presses first; among equals the intent that is declared first.
    long.sort_by_key(|(presses, ..)| std::cmp::Reverse(*presses));
    let Some(((presses, way, severity), others)) = long.split_first() else {
        return;
    };
    let graph = &audit.graph;
    let choices: Vec<u32> = way
        .path
        .edges
        .iter()
        .copied()
        .filter(|edge| graph.choice(*edge).is_some())
        .collect();
    let at = choices
        .last()
        .map_or_else(|| audit.at_tree(), |edge| audit.at_move(*edge));
    let mut finding = Finding::new(at, format!("{} presses {presses} keys until she is served", way.who()))
        .label("the last of them")
        .note(format!("on the way she {}", audit.acts(&way.path)));
    if !others.is_empty() {
        let names: Vec<String> = others
            .iter()
            .filter_map(|(presses, way, _)| Some(format!("`{}` ({presses})", way.intent?)))
            .collect();
        finding = finding.note(format!("and so it is for {}", names.join(", ")));
    }
    let first = choices.first().and_then(|edge| graph.ends(*edge));
    if let Some(step) = first.and_then(|(from, _)| graph.step(from)) {
        finding = finding.help(format!(
            "offer it at `{}` (line {}), or at most one menu behind it",
            step.shown(),
            audit.line(step.name.span)
        ));
    }
    report.say_judged(*severity, finding);
}
