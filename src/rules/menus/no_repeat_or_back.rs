//! Menus cannot be heard again, or have no way back.
//!
//! ## What
//! Menus of three options or more without a key that repeats them, and menus behind another menu without a key that
//! leads back.
//!
//! ## Why
//! A caller who did not catch an option has only silence to ask with, and often that is taken as a failure; one who
//! took a wrong turn has only the receiver to put down. The W3C's note on cognitive disabilities wants both at every
//! point; ISO/IEC 13714:1995 gives `*` for going back (as summarised by NCH). That both should be there is agreed;
//! which key they are on is not: the ACIxD wiki has `#` for repeat and `*` for back or cancel, and has seen it the
//! other way round. That each costs some seconds of prompt is true, and they need not be spoken at each menu if the
//! first one tells.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For sales, press 1. For repairs, press 2. For bills, press 3.
//!     keys: {1: sales, 2: repairs, 3: bills}
//!     no-input: sales
//!     no-match: sales
//!   sales: {kind: agent}
//!   repairs: {kind: agent}
//!   bills: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For sales, press 1. For repairs, press 2. For bills, press 3. To hear this again, press star.
//!     keys: {1: sales, 2: repairs, 3: bills, "*": {to: main, role: repeat}}
//!     no-input: sales
//!     no-match: sales
//!   sales: {kind: agent}
//!   repairs: {kind: agent}
//!   bills: {kind: agent}
//! ```
//!
//! ## Fix
//! Put both under `everywhere`, on the same keys throughout, and say so in the first menu.
//!
//! ## Limits
//! One finding stands for the whole tree, at the first such menu. A key that works and is not announced counts as
//! there. A menu of one or two options is short enough to be remembered, and one that asks for the language is passed
//! over. An option that leads to any menu heard before counts as a way back.
//! An option that leads into a tree of which nothing is known may lead back.
//!
//! ## Source
//! W3C, Making Content Usable for People with Cognitive and Learning Disabilities (2021), "Let users avoid navigating
//! voice menus"; ISO/IEC 13714:1995, as summarised by NCH (nch.com.au/ivm/iso13714.html); ACIxD wiki, "DTMF keys -
//! common usage".

use crate::audit::marks::Kind;
use crate::audit::menus::MenusBefore;
use crate::audit::{Audit, count};
use crate::document::tree::{Role, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// From so many options on a menu is worth hearing again.
const WORTH_REPEATING: usize = 3;

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-repeat-or-back",
    text: include_str!("no_repeat_or_back.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

/// What a menu lacks.
struct Lack<'t> {
    step: &'t Step,
    repeat: bool,
    back: bool,
}

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let Some(before) = audit.menus_before() else { return };
    // Another tree of which nothing is known may well begin with the menu before.
    let graph = &audit.graph;
    let leaves = |(node, kind): (u32, &Kind)| {
        let leaves = *kind == Kind::Transfer
            && matches!(graph.step(node).map(|step| &step.kind), Some(StepKind::Transfer(transfer)) if transfer.tree.is_some())
            && graph.moves(node).any(|(_, to, _)| to == graph.unknown);
        leaves.then_some(node)
    };
    let elsewhere = audit.leads_directly(graph.nodes().zip(audit.kinds()).filter_map(leaves));
    let mut menus = 0;
    let mut lacking: Vec<Lack<'_>> = Vec::new();
    for (node, step) in audit.menus() {
        if step.takes_keys() && !audit.is_language_menu(*node) {
            menus += 1;
            lacking
                .extend(Some(lack(audit, (before, &elsewhere), *node, step)).filter(|lack| lack.repeat || lack.back));
        }
    }
    let Some((first, others)) = lacking.split_first() else {
        return;
    };
    let number = |of: fn(&Lack<'_>) -> bool| lacking.iter().filter(|lack| of(lack)).count();
    let (repeat, back) = (number(|lack| lack.repeat), number(|lack| lack.back));
    let of = count(menus, "menu");
    let message = match (repeat, back) {
        (0, _) => format!("{back} of {of} {} no way back", if back == 1 { "has" } else { "have" }),
        (_, 0) => format!("{repeat} of {of} cannot be heard again by a key"),
        _ => format!(
            "{repeat} of {of} cannot be heard again by a key, and {back} {} no way back",
            if back == 1 { "has" } else { "have" }
        ),
    };
    let mut finding = Finding::new(audit.at_step(first.step), message).label(missing(first));
    if repeat > 0 {
        finding = finding.note("a caller who missed an option must stay silent until the time-out, or guess");
    }
    if back > 0 {
        finding =
            finding.note("a caller who took a wrong turn cannot take it back, and may have to hang up and begin again");
    }
    // Not every telephone system hands on the key that ends an entry.
    let to_go_back = if audit.is_imported {
        "a free key"
    } else {
        "a key such as `#`"
    };
    let wanted = match (repeat, back) {
        (0, _) => format!("let {to_go_back} lead back from these menus"),
        (_, 0) => "let a key such as `*` repeat these menus".to_owned(),
        _ => format!("let a key such as `*` repeat these menus, and {to_go_back} lead back from them"),
    };
    finding = finding.help(format!("{wanted}, the same key throughout"));
    let others = others
        .iter()
        .map(|lack| (audit.at_step(lack.step), missing(lack).to_owned()));
    report.say(finding.others(others));
}

fn missing(lack: &Lack<'_>) -> &'static str {
    match (lack.repeat, lack.back) {
        (true, true) => "no repeat and no way back",
        (true, false) => "no repeat",
        _ => "no way back",
    }
}

fn lack<'t>(audit: &Audit<'_>, (before, elsewhere): (&MenusBefore, &[bool]), node: u32, step: &'t Step) -> Lack<'t> {
    let graph = &audit.graph;
    let heard = before.count(node).unwrap_or(0);
    let (mut repeats, mut goes_back) = (false, false);
    for (_, to, way) in graph.moves(node) {
        let Some(choice) = audit.option(step, way.selects) else {
            continue;
        };
        match audit.role_of((node, step), choice, to) {
            Some(Role::Repeat) => repeats = true,
            Some(Role::Back | Role::MainMenu) => goes_back = true,
            _ if way.asked => repeats = true,
            _ if elsewhere.get(to as usize) == Some(&true) => goes_back = true,
            _ => goes_back |= audit.kind(to) == Kind::Menu && before.count(to).is_some_and(|other| other < heard),
        }
    }
    Lack {
        step,
        repeat: !repeats && audit.services(step) >= WORTH_REPEATING,
        back: !goes_back && heard > 0,
    }
}
