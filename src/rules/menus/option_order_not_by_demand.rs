//! What most callers want is announced late.
//!
//! ## What
//! The time until callers of a menu hear their own option, on average over the shares that the file declares, and the
//! same with the options in the order of demand for each second that they take: share divided by length, the greatest
//! first. The difference is what a call would save.
//!
//! ## Why
//! Whoever wants the last option hears all of them. Avaya's guidelines put the most likely option first, Ireland's
//! National Disability Authority orders by the most common calls. The exact rule is arithmetic: the mean time is least
//! in the order of the quotient of an option's share and the length of its announcement, so that a short option may
//! come before a somewhat more wanted long one. The exception is what cannot wait: a gas leak comes first, however rare
//! (Speech Technology, speechtechmag.com).
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For jobs and careers with us, press 1. For the press office, press 2. For deliveries, press 3.
//!     keys: {1: {to: a, share: 5%}, 2: {to: b, share: 5%}, 3: {to: c, share: 90%}}
//!     no-input: c
//!     no-match: c
//!   a: {kind: agent}
//!   b: {kind: agent}
//!   c: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For deliveries, press 1. For the press office, press 2. For jobs and careers with us, press 3.
//!     keys: {1: {to: c, share: 90%}, 2: {to: b, share: 5%}, 3: {to: a, share: 5%}}
//!     no-input: c
//!     no-match: c
//!   a: {kind: agent}
//!   b: {kind: agent}
//!   c: {kind: agent}
//! ```
//!
//! ## Fix
//! Announce the options in the order that the finding gives, and number the keys anew.
//!
//! ## Limits
//! Only menus of known wording in which every announced service has a share are judged. Options that repeat, go back,
//! lead to the operator, or lead directly to what serves an urgent reason to call keep their place, as does a menu that
//! asks for the language. Lengths of written prompts rest on 150 words a minute, unless the tree sets its `voice`.
//! Callers who know their key by heart lose when keys move.
//!
//! ## Source
//! Avaya, IR application design guidelines, menus; National Disability Authority (Ireland), Customer Communications
//! Toolkit, IVR; Speech Technology (speechtechmag.com); for the order itself, arithmetic: changing two neighbours
//! changes the mean time by the share of each times the length of the other.

use crate::audit::{Audit, choice_name};
use crate::callers::shares::probabilities;
use crate::document::tree::{Choice, Step};
use crate::document::words;
use crate::finding::{Confidence, Finding};
use crate::graph::Part;
use crate::graph::hearing::Hearing;
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub const RULE: Rule = Rule {
    name: "option-order-not-by-demand",
    text: include_str!("option_order_not_by_demand.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Likely,
    limit: Some(Limit::steps(Unit::Seconds, Some(1.5), Some(3.0), None)),
    limit_source: "project default; the seconds that a call to this menu would save",
    check,
};

/// An option as it is announced.
#[derive(Clone, Copy)]
struct Heard<'t> {
    choice: Option<&'t Choice>,
    /// Its share of callers, from 0 to 1.
    share: f64,
    /// The seconds that it takes.
    takes: f64,
    /// Whether it may change its place.
    moves: bool,
}

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let shared = |step: &Step| step.choices().iter().any(|choice| choice.share.is_some());
    let mut menus = audit.menus().iter().filter(|(_, step)| shared(step)).peekable();
    if menus.peek().is_none() {
        return;
    }
    let urgent = urgent(audit);
    for &(node, step) in menus {
        if audit.is_language_menu(node) {
            continue;
        }
        let Some(hearing) = audit.graph.hearings(node).first() else {
            continue;
        };
        let Some((lead, options)) = options(audit, step, hearing, &urgent) else {
            continue;
        };
        let better = by_demand(&options);
        let (now, then) = (mean(lead, &options), mean(lead, &better));
        let Some(severity) = report.judge(now - then) else {
            continue;
        };
        let at = audit.at(step, step.prompt.as_ref().map_or(step.name.span, |prompt| prompt.span));
        let order: Vec<String> = better
            .iter()
            .filter_map(|option| option.choice.map(choice_name))
            .collect();
        let message = format!(
            "in the order of demand the options of `{}` would save {:.1} s a call",
            step.shown(),
            now - then
        );
        let finding = Finding::new(at, message)
            .label(format!("callers hear their own option after {now:.1} s on average"))
            .note(format!(
                "in the better order it is {then:.1} s: those whose option comes late hear all the others first"
            ))
            .help(format!(
                "announce the options with today's keys in the order {}, and number them anew",
                order.join(", ")
            ));
        report.say_judged(severity, finding);
    }
}

/// For each place, whether it leads directly to what serves an urgent reason to call.
fn urgent(audit: &Audit<'_>) -> Vec<bool> {
    let callers = audit.tree.callers.iter().filter(|intent| intent.urgent);
    let steps: BTreeSet<u32> = callers
        .flat_map(|intent| &intent.served_by)
        .filter_map(|to| to.step)
        .collect();
    let is_one = |node: &u32| {
        let place = audit.graph.place(*node);
        place.tree == 0 && place.part == Part::Step && steps.contains(&place.step)
    };
    if steps.is_empty() {
        return Vec::new();
    }
    audit.leads_directly(audit.graph.nodes().filter(is_one))
}

/// The options in the order of the prompt, and the seconds before them; `None` where something of it is not known.
fn options<'t>(
    audit: &Audit<'_>,
    step: &'t Step,
    hearing: &Hearing<'_>,
    urgent: &[bool],
) -> Option<(f64, Vec<Heard<'t>>)> {
    let known = !hearing.opaque && hearing.options.iter().all(|option| option.known_at.unknown == 0);
    if !known || hearing.options.len() < 2 {
        return None;
    }
    let choices = step.choices();
    let shares: Vec<_> = choices
        .iter()
        .map(|choice| (choice.share.map(|share| share.value), false))
        .collect();
    let shares = probabilities(&shares);
    let mut by_key: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, choice) in choices.iter().enumerate() {
        if let Some(keys) = &choice.keys {
            by_key.entry(keys.value.as_str()).or_insert(at);
        }
    }
    let pace = audit.graph.pace.with(audit.tree.voice);
    let pause = super::seconds_of(pace.between_options);
    let first = hearing.options.first()?;
    let own = pace.words(u64::from(words::count(first.phrase).unwrap_or(0)));
    // No pause comes before the first option, whichever it is.
    let lead = (super::seconds_of(first.known_at.ms) - super::seconds_of(own)).max(0.0) - pause;
    let mut before = lead;
    let mut out = Vec::with_capacity(hearing.options.len());
    for option in &hearing.options {
        let known_at = super::seconds_of(option.known_at.ms);
        let takes = (known_at - before).max(0.0);
        before = known_at;
        // An option that is announced twice stays where it is.
        let at = option.key.as_ref().and_then(|key| by_key.remove(key.as_str()));
        let choice = at.and_then(|at| choices.get(at));
        let to = choice.and_then(|choice| choice.to.step);
        let waits = to.is_none_or(|to| urgent.get(to as usize) != Some(&true));
        let moves = choice.is_some_and(|choice| audit.is_service(step, choice)) && waits;
        if moves && choice.is_some_and(|choice| choice.share.is_none()) {
            return None;
        }
        let share = at.and_then(|at| shares.get(at)).copied().unwrap_or(0.0);
        out.push(Heard {
            choice,
            share,
            takes,
            moves,
        });
    }
    Some((lead, out))
}

/// The options that may move, by share for each second, on the places that they have together.
fn by_demand<'t>(options: &[Heard<'t>]) -> Vec<Heard<'t>> {
    let mut free: Vec<Heard<'t>> = options.iter().copied().filter(|option| option.moves).collect();
    // The quotients compared without a division by nothing.
    free.sort_by(|one, other| (other.share * one.takes).total_cmp(&(one.share * other.takes)));
    let mut free = free.into_iter();
    options
        .iter()
        .map(|option| {
            if option.moves {
                free.next().unwrap_or(*option)
            } else {
                *option
            }
        })
        .collect()
}

/// Seconds until callers hear their own option, on average over all of them.
fn mean(lead: f64, options: &[Heard<'_>]) -> f64 {
    let mut at = lead;
    let mut sum = 0.0;
    for option in options {
        at += option.takes;
        sum += option.share * at;
    }
    sum
}
