//! The key 0 does not lead to a person.
//!
//! ## What
//! For each menu that callers meet in opening hours: whether 0 leads to a person, to a promise, or to a menu that offers
//! one (no finding), to something else (an error), or to nothing although another key leads to a person (a warning).
//!
//! ## Why
//! Pressing 0 is what callers try when nothing fits; in the United States another meaning is "virtually inconceivable"
//! (ACIxD wiki, "DTMF keys - common usage"). A caller who presses it and is sent elsewhere concludes that there is no way
//! out. The convention is not universal: the same wiki names India, where 9 is the operator. Where another key is the
//! custom of the country, switch the rule off or allow it for the tree.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For a person, press 1. For our advertisement, press 0.", keys: {1: agents, 0: advert}, no-input: agents, no-match: agents}
//!   advert: {kind: hang-up, prompt: "We are the best.", reason: served}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For our advertisement, press 1. For a person, press 0.", keys: {1: advert, 0: agents}, no-input: agents, no-match: agents}
//!   advert: {kind: hang-up, prompt: "We are the best.", reason: served}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Lead 0 to a person at every menu; `everywhere: {keys: {0: agents}}` does it for all of them at once.
//!
//! ## Limits
//! Menus at which no option leads to a person are told of by human-missing-in-submenu, not here. Menus without keys, those
//! that only ask for the language, and those where 0 may be a digit of an extension are left out.
//! Where the first wrong key leads to a person, 0 does too.
//!
//! ## Source
//! GetHuman standard 1.0, no. 1; W3C, Making Content Usable for People with Cognitive and Learning Disabilities (2021),
//! "Let users avoid navigating voice menus"; ISO/IEC 13714:1995, as reported by NCH; ACIxD wiki, "DTMF keys - common
//! usage".

use super::everywhere;
use crate::audit::marks::Kind;
use crate::audit::people::{asks_language, onward};
use crate::audit::{Audit, count};
use crate::document::tree::{Attempts, Step};
use crate::finding::{At, Confidence, Finding};
use crate::graph::{Cause, End};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::cell::LazyCell;

/// The rule.
pub const RULE: Rule = Rule {
    name: "zero-not-operator",
    text: include_str!("zero_not_operator.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

/// What pressing 0 comes to at a menu.
enum Zero {
    /// To a person, or it cannot be told.
    Fine,
    /// Nowhere.
    Missing,
    /// Elsewhere: the move.
    Elsewhere(u32),
}

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    if audit.staffed().is_none() {
        return;
    }
    // What a menu of words alone takes beside them is the recogniser's affair.
    let menus = || audit.open_menus().iter().filter(|(_, step)| step.takes_keys());
    let negotiates = LazyCell::new(|| negotiates(audit));
    let (mut missing, mut elsewhere): (Vec<&Step>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut cut_off = 0;
    for (node, step) in menus() {
        match zero(audit, *node, step, &negotiates) {
            Zero::Fine => {}
            Zero::Missing => {
                missing.push(step);
                cut_off += usize::from(is_cut_off(audit, *node, step));
            }
            Zero::Elsewhere(edge) => elsewhere.push(edge),
        }
    }
    if missing.is_empty() && elsewhere.is_empty() {
        return;
    }
    let mut cure = format!("lead 0 to {}, at every menu", audit.someone_named());
    if everywhere(audit).is_some() {
        cure.push_str("; `everywhere` does it for all at once");
    }
    let all = count(menus().count(), "menu");
    let place = |edge: &u32| {
        let to = audit.graph.ends(*edge).and_then(|(_, to)| audit.graph.step(to));
        let to = to.map_or("an unknown step", Step::shown);
        (audit.at_move(*edge), format!("0 leads to `{to}`"))
    };
    let what = format!("0 leads elsewhere than to a person at {} of {all}", elsewhere.len());
    if let Some(finding) = grouped(elsewhere.iter().map(place), what) {
        let finding = finding
            .note("a caller who presses 0 for a person is sent elsewhere, and concludes that there is nobody")
            .help(cure.clone());
        report.say_judged(Severity::Error, finding);
    }
    let what = match missing.as_slice() {
        [step] => format!(
            "0 does nothing at `{}`, though another option leads to a person",
            step.shown()
        ),
        many => format!(
            "0 does nothing at {} where another option leads to a person",
            count(many.len(), "menu")
        ),
    };
    let place = |step: &&Step| (audit.at_step(step), "0 does nothing here".to_owned());
    if let Some(finding) = grouped(missing.iter().map(place), what) {
        let follows = match cut_off {
            0 => "hears the menu again",
            count if count == missing.len() => "is cut off",
            _ => "hears the menu again, or is cut off",
        };
        let finding = finding
            .note(format!(
                "a caller who presses 0 for a person has made a mistake here, and {follows}"
            ))
            .help(cure);
        report.say(finding);
    }
}

/// One finding at the first place, with the others beside it.
fn grouped(mut places: impl ExactSizeIterator<Item = (At, String)>, what: String) -> Option<Finding> {
    let (at, label) = places.next()?;
    Some(Finding::new(at, what).label(label).others(places))
}

/// What pressing 0 leads to without a further question.
const HELP: [End; 3] = [End::Person, End::Promise, End::Unknown];

/// For each place, whether a menu follows without a further question that leads on to a person: an operator may first
/// ask what the call is about.
fn negotiates(audit: &Audit<'_>) -> Vec<bool> {
    let graph = &audit.graph;
    let helped = audit.directly(&HELP);
    let menus = graph.nodes().filter(|node| {
        audit.kind(*node) == Kind::Menu
            && graph
                .moves(*node)
                .any(|(_, to, way)| !onward(way) && !way.asked && helped(to))
    });
    audit.leads_directly(menus)
}

fn zero(
    audit: &Audit<'_>,
    node: u32,
    step: &Step,
    negotiates: &LazyCell<Vec<bool>, impl FnOnce() -> Vec<bool>>,
) -> Zero {
    let graph = &audit.graph;
    let (helped, person) = (audit.directly(&HELP), audit.directly(&[End::Person]));
    let (mut keyed, mut offered, mut caught, mut zero) = (false, false, false, None);
    for (edge, to, way) in graph.moves(node) {
        let Some(choice) = audit.option(step, way.selects) else {
            caught |= way.cause == Cause::Wrong && helped(to);
            continue;
        };
        offered |= person(to);
        let Some(keys) = &choice.keys else { continue };
        keyed = true;
        // A menu that reads extensions may take 0 for their first digit.
        if !keys.value.is_literal() || keys.value.as_str().starts_with("00") {
            return Zero::Fine;
        }
        if zero.is_none() && keys.value.as_str() == "0" {
            zero = Some((edge, to, way.asked));
        }
    }
    if !keyed || audit.is_language_menu(node) || asks_language(step, audit.tree.language()) {
        return Zero::Fine;
    }
    let Some((edge, to, asked)) = zero else {
        // Where the first mistake leads on, a key that means nothing may be all it takes.
        return if offered && !(is_asked_once(step) && caught) {
            Zero::Missing
        } else {
            Zero::Fine
        };
    };
    if helped(to) || (!asked && negotiates.get(to as usize) == Some(&true)) {
        Zero::Fine
    } else {
        Zero::Elsewhere(edge)
    }
}

/// Whether the first mistake at a step is the last.
fn is_asked_once(step: &Step) -> bool {
    match step.attempts() {
        Some(Attempts::Together(count) | Attempts::Apart { no_match: count, .. }) => count <= 1,
        None => true,
    }
}

/// Whether the first mistake at a menu ends the call.
fn is_cut_off(audit: &Audit<'_>, node: u32, step: &Step) -> bool {
    let ends = audit.directly(&[End::Unserved, End::Closed, End::Served]);
    let mut wrong = audit.graph.moves(node).filter(|(.., way)| way.cause == Cause::Wrong);
    is_asked_once(step) && wrong.any(|(_, to, _)| ends(to))
}
