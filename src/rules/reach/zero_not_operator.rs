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
use crate::audit::people::{asks_language, onward};
use crate::audit::{Audit, count};
use crate::document::tree::{Attempts, Choice, Step};
use crate::finding::{At, Confidence, Finding};
use crate::graph::{Cause, End, Selects};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

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
    let helped = audit.leads_directly(audit.ends(&[End::Person, End::Promise, End::Unknown]));
    let person = audit.leads_directly(audit.ends(&[End::Person]));
    let mut menus = audit.open_menus();
    // What a menu of words alone takes beside them is the recogniser's affair.
    menus.retain(|(_, step)| step.takes_keys());
    let negotiates = negotiates(audit, &helped);
    let (mut missing, mut elsewhere, mut first) = (Vec::new(), Vec::new(), None::<&str>);
    for (node, step) in &menus {
        match zero(audit, (*node, step), (&helped, &negotiates), &person) {
            Zero::Fine => {}
            Zero::Missing => {
                missing.push((audit.at_step(step), "0 does nothing here".to_owned()));
                first.get_or_insert(step.shown());
            }
            Zero::Elsewhere(edge) => {
                let to = audit.graph.ends(edge).and_then(|(_, to)| audit.graph.step(to));
                let to = to.map_or("an unknown step", Step::shown);
                elsewhere.push((audit.at_move(edge), format!("0 leads to `{to}`")));
            }
        }
    }
    let mut cure = format!("lead 0 to {}, at every menu", audit.someone_named());
    if everywhere(audit).is_some() {
        cure.push_str("; `everywhere` does it for all at once");
    }
    let all = count(menus.len(), "menu");
    let what = format!("0 leads elsewhere than to a person at {} of {all}", elsewhere.len());
    if let Some(finding) = grouped(elsewhere, what) {
        let finding = finding
            .note("a caller who presses 0 for a person is sent elsewhere, and concludes that there is nobody")
            .help(cure.clone());
        report.say_judged(Severity::Error, finding);
    }
    let what = match (missing.len(), first) {
        (1, Some(step)) => format!("0 does nothing at `{step}`, though another option leads to a person"),
        (many, _) => format!(
            "0 does nothing at {} where another option leads to a person",
            count(many, "menu")
        ),
    };
    if let Some(finding) = grouped(missing, what) {
        let finding = finding
            .note("a caller who presses 0 for a person has made a mistake here, and hears the menu again")
            .help(cure);
        report.say(finding);
    }
}

/// One finding at the first place, with the others beside it.
fn grouped(places: Vec<(At, String)>, what: String) -> Option<Finding> {
    let (at, label) = places.first()?.clone();
    let finding = Finding::new(at, what).label(label);
    Some(finding.others(places.into_iter().skip(1).collect()))
}

/// For each place, whether a menu follows without a further question that leads on to a person: an operator may first
/// ask what the call is about.
fn negotiates(audit: &Audit<'_>, helped: &[bool]) -> Vec<bool> {
    let graph = &audit.graph;
    let menus = graph.nodes().filter(|node| {
        graph.is_menu(*node)
            && graph
                .moves(*node)
                .any(|(_, to, way)| !onward(way) && !way.asked && helped.get(to as usize) == Some(&true))
    });
    audit.leads_directly(menus)
}

fn zero(
    audit: &Audit<'_>,
    (node, step): (u32, &Step),
    (helped, negotiates): (&[bool], &[bool]),
    person: &[bool],
) -> Zero {
    let graph = &audit.graph;
    let is = |list: &[bool], node: u32| list.get(node as usize) == Some(&true);
    if asks_language(step, audit.tree.language()) {
        return Zero::Fine;
    }
    let keyed = |edge: u32| graph.choice(edge).and_then(|choice: &Choice| choice.keys.as_ref());
    let options = || graph.moves(node).filter(|(_, _, way)| way.selects != Selects::Nothing);
    // A menu that reads extensions may take 0 for their first digit.
    let digits = options().any(|(edge, ..)| {
        keyed(edge).is_some_and(|keys| !keys.value.is_literal() || keys.value.as_str().starts_with("00"))
    });
    if digits || !options().any(|(edge, ..)| keyed(edge).is_some()) {
        return Zero::Fine;
    }
    let Some((edge, to, way)) =
        options().find(|(edge, ..)| keyed(*edge).is_some_and(|keys| keys.value.as_str() == "0"))
    else {
        let offered = options().any(|(_, to, _)| is(person, to));
        // Where the first mistake leads on, a key that means nothing may be all it takes.
        let once = match step.attempts() {
            Some(Attempts::Together(count) | Attempts::Apart { no_match: count, .. }) => count <= 1,
            None => true,
        };
        let mut moves = graph.moves(node);
        let caught = once && moves.any(|(_, to, way)| way.cause == Cause::Wrong && is(helped, to));
        return if offered && !caught { Zero::Missing } else { Zero::Fine };
    };
    if is(helped, to) || (is(negotiates, to) && !way.asked) {
        Zero::Fine
    } else {
        Zero::Elsewhere(edge)
    }
}
