//! Buying is nearer than complaining or cancelling.
//!
//! ## What
//! Menus until a person is offered to callers who want to buy, and to those who want to complain or cancel: by the
//! words of options, or of the reasons to call where no option says so.
//!
//! ## Why
//! Callers notice: being sold to before being helped is among what people tell of bad service, and cancelling that is
//! harder than buying is what rules of several countries are made against. Brazil's Decreto 11.034/2022 wants complaint
//! and cancellation in the first menu; the notice of inquiry of the Federal Communications Commission of 2024
//! discusses it (FCC 24-110; no rule has come of it).
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For all else, press 2.", keys: {1: sales, 2: else}, no-input: sales, no-match: sales}
//!   else: {kind: menu, prompt: "For bills, press 1. For complaints, press 2.", keys: {1: desk, 2: desk}, no-input: desk, no-match: desk}
//!   sales: {kind: agent}
//!   desk: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For complaints, press 2. For all else, press 3.", keys: {1: sales, 2: desk, 3: desk}, no-input: desk, no-match: desk}
//!   sales: {kind: agent}
//!   desk: {kind: agent}
//! ```
//!
//! ## Fix
//! Offer complaint and cancellation in the same menu as sales, with people who may act on them.
//!
//! ## Limits
//! It rests on words: labels, announced wording and names of reasons to call, in English, German, French, Italian,
//! Portuguese and Spanish. Where no wording tells both, nothing is said. Only menus are counted, not seconds or waits.
//!
//! ## Source
//! Brazil, Decreto 11.034/2022, art. 5; Federal Communications Commission, FCC 24-110, 2024; Becky Carroll, "Customer
//! Service Can Make It or Break It", Customers Rock!, 8 March 2007.

use crate::audit::topics::{BUYS, CANCELS, COMPLAINS, has};
use crate::audit::{Audit, count};
use crate::document::tree::Choice;
use crate::finding::{At, Confidence, Finding};
use crate::graph::Selects;
use crate::measure::depth::Depth;
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sales-path-favoured",
    text: include_str!("sales_path_favoured.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Heuristic,
    limit: Some(Limit::at(Unit::Menus, Severity::Warning, 1.0)),
    limit_source: "project default; Brazil wants both in the first menu",
    check,
};

/// Words of those who buy.
const BUYING: &[&[&str]] = &[BUYS];
/// Words of those who complain or leave.
const LEAVING: &[&[&str]] = &[COMPLAINS, CANCELS];

/// A way that callers of one sort take.
struct Way {
    /// What it is called.
    name: String,
    at: At,
    /// Menus until a person is offered; `None` where none is.
    menus: Option<u64>,
}

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for (buys, leaves) in [by_options(audit), by_intents(audit)] {
        let nearest = buys
            .iter()
            .filter_map(|way| Some((way.menus?, way)))
            .min_by_key(|(menus, _)| *menus);
        // Those who can leave on the nearest way are served, however many other ways there are.
        let Some(cancels) = leaves.iter().min_by_key(|way| way.menus.unwrap_or(u64::MAX)) else {
            continue;
        };
        let Some((near, sells)) = nearest else { continue };
        let more = cancels.menus.map_or(u64::MAX, |menus| menus.saturating_sub(near));
        let more = f64::from(u32::try_from(more).unwrap_or(u32::MAX));
        let Some(severity) = report.judge(more) else { continue };
        let far = match cancels.menus {
            Some(menus) => format!(
                "only after {}",
                count(usize::try_from(menus).unwrap_or(usize::MAX), "menu")
            ),
            None => "never".to_owned(),
        };
        let message = format!(
            "\"{}\" is offered a person after {}, \"{}\" {far}",
            sells.name,
            count(usize::try_from(near).unwrap_or(usize::MAX), "menu"),
            cancels.name
        );
        let finding = Finding::new(cancels.at.clone(), message)
            .note("a caller who wants to complain or leave is made to work for it, and notices")
            .help("offer it in the same menu as sales, with people who may act on it")
            .related(sells.at.clone(), "buying is here");
        report.say_judged(severity, finding);
        return;
    }
}

/// The ways of those who buy and of those who complain or leave, by the words of options.
fn by_options(audit: &Audit<'_>) -> (Vec<Way>, Vec<Way>) {
    let leaves = options(audit, LEAVING, BUYING);
    if leaves.is_empty() {
        return (Vec::new(), leaves);
    }
    (options(audit, BUYING, LEAVING), leaves)
}

/// The services whose label or announcement has some words and not others.
fn options(audit: &Audit<'_>, wanted: &[&[&str]], unwanted: &[&[&str]]) -> Vec<Way> {
    let mut out = Vec::new();
    for &(node, step) in audit.menus() {
        let hearing = audit.graph.hearings(node).first();
        let spoken = hearing.map_or(&[][..], |hearing| &hearing.options);
        let spoken: BTreeMap<String, &str> = spoken
            .iter()
            .filter(|option| has(option.label, wanted))
            .filter_map(|option| Some((option.key?.as_str().to_owned(), option.label)))
            .collect();
        let is_labelled = |choice: &Choice| choice.label.as_ref().is_some_and(|label| has(&label.value, wanted));
        if spoken.is_empty() && !step.choices().iter().any(is_labelled) {
            continue;
        }
        for (_, to, way) in audit.graph.moves(node) {
            let Selects::Own(at) = way.selects else { continue };
            let Some(choice) = step.choices().get(at as usize) else {
                continue;
            };
            let key = choice.keys.as_ref().map_or("", |keys| keys.value.as_str());
            let label = choice.label.as_ref().filter(|label| has(&label.value, wanted));
            let label = label.map(|label| label.value.as_str());
            let Some(name) = label.or(spoken.get(key).copied()) else {
                continue;
            };
            if !has(name, unwanted) && audit.is_service(step, choice) {
                out.push(Way {
                    name: name.to_owned(),
                    at: audit.at_choice(step, choice),
                    menus: menus_until(audit, node, to),
                });
            }
        }
    }
    out
}

/// Menus until a person is offered, by way of an option that leads from a menu to a place.
fn menus_until(audit: &Audit<'_>, menu: u32, to: u32) -> Option<u64> {
    let after = audit.main()?.anyone.from_places.as_ref()?;
    let before = audit.menus_before()?.count(menu)?;
    Some(u64::from(before) + 1 + after.offered_menus.cost(to)?)
}

/// The same by the names of the reasons to call.
fn by_intents(audit: &Audit<'_>) -> (Vec<Way>, Vec<Way>) {
    let (mut buys, mut leaves) = (Vec::new(), Vec::new());
    let depths: &[Depth] = audit.main().map_or(&[], |main| &main.intents);
    for (intent, depth) in audit.tree.callers.iter().zip(depths) {
        let name = intent.name.value.as_str();
        let (sells, cancels) = (has(name, BUYING), has(name, LEAVING));
        if sells == cancels {
            continue;
        }
        let offered = depth.offered.menus.as_ref();
        let way = Way {
            name: name.to_owned(),
            at: At {
                span: intent.name.span,
                ..audit.at_tree()
            },
            menus: offered.map(|path| u64::from(path.totals(&audit.graph).menus)),
        };
        if sells { buys.push(way) } else { leaves.push(way) }
    }
    (buys, leaves)
}
