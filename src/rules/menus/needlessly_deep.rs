//! A run of menus has more levels than its services need.
//!
//! ## What
//! Menus that follow one another with nothing but messages and opening hours in between: the most of them on the
//! shortest way to any, less the levels of the shallowest tree that holds the same options with at most nine in a
//! menu. A menu that only asks for the language is no level.
//!
//! ## Why
//! Each level costs a prompt, a choice and a chance to go wrong, and what is behind a wrong turn is lost. Experiments
//! favour breadth: eleven options in one menu beat a deep tree, most of all for those with little working memory
//! (Commarford, Lewis and others, Human Factors 50(1), 2008; Virzi and Huitema, 1997), and thousands of live calls
//! were routed better with fewer layers (Suhm, Freeman and Getty, "Curing the menu blues in touch-tone voice
//! interfaces"). "Many phone steps needed" annoyed 56% of those asked tremendously (Consumer Reports, July 2011).
//! Against it: guidelines of four or five options in a menu (Avaya; Ireland's National Disability Authority, with at
//! most three levels) lead to deeper trees. Therefore a single level too many is a warning only where joining two of
//! the menus makes one of five options or fewer, and information otherwise.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For help, press 2.", keys: {1: sales, 2: help}, no-input: sales, no-match: sales}
//!   help: {kind: menu, prompt: "For repairs, press 1. For bills, press 2.", keys: {1: repairs, 2: bills}, no-input: sales, no-match: sales}
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
//!     prompt: For sales, press 1. For repairs, press 2. For bills, press 3.
//!     keys: {1: sales, 2: repairs, 3: bills}
//!     no-input: sales
//!     no-match: sales
//!   sales: {kind: agent}
//!   repairs: {kind: agent}
//!   bills: {kind: agent}
//! ```
//!
//! ## Fix
//! Move the options of a small menu up into the one before it.
//!
//! ## Limits
//! Menus behind data entry, a decision or self-service are runs of their own, because what they offer may depend on
//! the answer. Options are not compared by meaning: one that belongs below another may be moved up only in number.
//! A menu of which most options lead on to the same next one asks a question of its own and counts as no level; nor does
//! a question that is answered by yes or no, or a single option behind a choice, ways back to earlier menus left out.
//!
//! ## Source
//! Those named above; ACIxD wiki, "Menu design: broad or deep?".

use crate::audit::marks::Kind;
use crate::audit::menus::MenusBefore;
use crate::audit::{Audit, count};
use crate::document::tree::{Choice, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::kernel::search::reach;
use crate::graph::{End, Selects};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// Options of one menu in the shallowest tree: the keys 1 to 9.
const BROAD: usize = 9;
/// Options of one menu that guidelines for few options grant, too.
const NARROW: usize = 5;

/// So many messages between two menus are followed.
const MESSAGES_MAX: usize = 16;

/// The rule.
pub const RULE: Rule = Rule {
    name: "needlessly-deep",
    text: include_str!("needlessly_deep.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Likely,
    limit: Some(Limit::steps(Unit::Levels, Some(1.0), Some(2.0), None)),
    limit_source: "project default; research favours broad menus",
    check,
};

/// Where a place stands in a run of menus.
#[derive(Clone, Copy, Default)]
struct Run {
    /// Menus of the run on the way here.
    before: u32,
    /// The first menu of the run.
    first: Option<u32>,
    /// The last menu on the way here.
    last: Option<u32>,
}

/// A run of menus.
#[derive(Clone, Copy, Default)]
struct Deepest {
    levels: u32,
    menu: u32,
    options: usize,
}

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let Some(before) = audit.menus_before() else { return };
    // One level is never too many.
    if audit
        .menus()
        .iter()
        .all(|(node, _)| before.count(*node).unwrap_or(0) == 0)
    {
        return;
    }
    let apart = apart(audit, before);
    let runs = runs(audit, &apart, before);
    let through = messages_to_a_menu(audit);
    let leads = |to: u32| audit.kind(to) == Kind::Menu || through.get(to as usize) == Some(&true);
    // By the first menu of the run.
    let mut deepest = vec![Deepest::default(); audit.graph.len()];
    for &(node, step) in audit.menus() {
        let run = runs.get(node as usize).copied().unwrap_or_default();
        let Some(known) = deepest.get_mut(run.first.unwrap_or(node) as usize) else {
            continue;
        };
        if apart.get(node as usize) == Some(&true) {
            continue;
        }
        let moves = audit.graph.moves(node);
        let ends = moves.filter(|(_, to, way)| {
            let own = match way.selects {
                Selects::Own(at) => step.choices().get(at as usize),
                _ => None,
            };
            own.is_some_and(|choice| !leads(*to) && audit.is_service(step, choice))
        });
        known.options += ends.count();
        // Behind a choice, a single option is a confirmation or an afterthought, and no further choice.
        let above = run.last.and_then(|menu| audit.graph.step(menu));
        let afterthought =
            || above.is_some_and(|above| audit.services(above) > 1) && onward(audit, before, node, step) < 2;
        if run.before + 1 > known.levels && !afterthought() {
            known.levels = run.before + 1;
            known.menu = node;
        }
    }
    for deepest in deepest.iter().filter(|deepest| deepest.levels > 1) {
        let needed = needed_levels(deepest.options);
        let excess = deepest.levels.saturating_sub(needed);
        let Some(severity) = report.judge(f64::from(excess)).filter(|_| excess > 0) else {
            continue;
        };
        let chain = chain(audit, &runs, deepest);
        // Recordings whose options lead to what is not at hand may ask for the language, or for anything.
        if chain.iter().skip(1).any(|step| is_unknown(audit, step)) {
            continue;
        }
        let join = chain
            .windows(2)
            .map(|pair| {
                (
                    audit.services(pair[0]) + audit.services(pair[1]).saturating_sub(1),
                    pair,
                )
            })
            .min_by_key(|(together, _)| *together);
        let plain = join.is_some_and(|(together, _)| together <= NARROW);
        let finding = finding(audit, deepest, needed, &chain, join);
        if plain && severity < Severity::Warning {
            report.say(finding);
        } else {
            report.say_judged(severity, finding);
        }
    }
}

/// Whether neither the words of a menu are known nor where most of its options lead.
fn is_unknown(audit: &Audit<'_>, step: &Step) -> bool {
    let segments = || step.prompt.iter().flat_map(|prompt| &prompt.segments);
    let is_silent = segments().all(|segment| segment.text().is_none());
    let unknown = audit.directly(&[End::Unknown]);
    let leads = step.choices().iter().filter_map(|choice| choice.to.step);
    is_silent && leads.filter(|to| unknown(*to)).count() * 2 > step.choices().len()
}

/// How many services a menu offers beside the menus before it, and what is heard before it once more.
fn onward(audit: &Audit<'_>, before: &MenusBefore, node: u32, step: &Step) -> usize {
    let is_before = |menu: u32| before.count(menu).is_some_and(|count| Some(count) < before.count(node));
    let leads_back = |choice: &Choice| {
        choice
            .to
            .step
            .is_some_and(|to| audit.kind(to) == Kind::Menu && is_before(to))
    };
    let services = step.choices().iter().filter(|choice| audit.is_service(step, choice));
    services
        .filter(|choice| !leads_back(choice) && !leads_round(audit, step, choice))
        .count()
}

/// Whether an option leads to its own menu again, a few messages between them left out.
fn leads_round(audit: &Audit<'_>, step: &Step, choice: &Choice) -> bool {
    let menu = next_menu(audit, choice).and_then(|menu| audit.tree.steps.get(menu as usize));
    menu.is_some_and(|menu| std::ptr::eq(menu, step))
}

/// The menus of a run, from the deepest up to the first.
fn chain<'t>(audit: &Audit<'t>, runs: &[Run], deepest: &Deepest) -> Vec<&'t Step> {
    std::iter::successors(Some(deepest.menu), |menu| runs.get(*menu as usize)?.last)
        .take(deepest.levels as usize)
        .filter_map(|menu| audit.graph.step(menu))
        .collect()
}

fn finding(
    audit: &Audit<'_>,
    deepest: &Deepest,
    needed: u32,
    chain: &[&Step],
    join: Option<(usize, &[&Step])>,
) -> Finding {
    let place = chain
        .first()
        .map_or_else(|| audit.at_tree(), |step| audit.at_step(step));
    let name = chain.first().map_or("", |step| step.shown());
    let finding = Finding::new(
        place,
        format!(
            "`{name}` is the {} of {} in a row, and their {} fit into {}",
            ordinal(deepest.levels),
            count(deepest.levels as usize, "menu"),
            count(deepest.options, "option"),
            count(needed as usize, "level"),
        ),
    )
    .label("the deepest menu")
    .note("each level is one more prompt to hear, and one more choice that can be the wrong one")
    .help(match join {
        Some((together, [below, above])) if together <= BROAD => format!(
            "move the options of `{}` (line {}) up into `{}` (line {}): {} in one menu",
            below.shown(),
            audit.line(below.name.span),
            above.shown(),
            audit.line(above.name.span),
            count(together, "option"),
        ),
        _ => "group the options anew, with the most wanted ones in the first menu".to_owned(),
    });
    let before = chain.iter().skip(1).rev();
    finding.others(before.map(|step| (audit.at_step(step), "a menu before it".to_owned())))
}

/// For each place the run of menus that it stands in, along the way with the fewest menus.
fn runs(audit: &Audit<'_>, apart: &[bool], before: &MenusBefore) -> Vec<Run> {
    let graph = &audit.graph;
    let mut runs = vec![Run::default(); graph.len()];
    for &node in before.order() {
        let Some((above, _)) = before.via(node).and_then(|edge| graph.ends(edge)) else {
            continue;
        };
        let known = runs.get(above as usize).copied().unwrap_or_default();
        let run = match audit.kind(above) {
            Kind::Menu if apart.get(above as usize) != Some(&true) => Run {
                before: known.before + 1,
                first: known.first.or(Some(above)),
                last: Some(above),
            },
            Kind::Menu | Kind::Message | Kind::Hours => known,
            _ => continue,
        };
        if let Some(here) = runs.get_mut(node as usize) {
            *here = run;
        }
    }
    runs
}

/// For each place, whether it is a message after which a menu follows with nothing but messages before it.
fn messages_to_a_menu(audit: &Audit<'_>) -> Vec<bool> {
    let graph = &audit.graph;
    let is = |node: u32, kind: Kind| audit.kind(node) == kind;
    let last = |node: &u32| is(*node, Kind::Message) && graph.forward.out(*node).any(|(to, _)| is(to, Kind::Menu));
    reach(&graph.backward, graph.nodes().filter(last), |edge| {
        graph.ends(edge).is_some_and(|(from, _)| is(from, Kind::Message))
    })
}

/// For each place, whether it is a menu that is no level of a hierarchy: it asks for the language, for yes or no, or most
/// of its options lead on to the same next menu, so that the answer is only kept. Linear, but for the messages between menus, of which
/// a few are followed.
fn apart(audit: &Audit<'_>, before: &MenusBefore) -> Vec<bool> {
    let graph = &audit.graph;
    let menus = || {
        let menus = graph
            .nodes()
            .zip(audit.kinds())
            .filter(|(_, kind)| **kind == Kind::Menu);
        menus.map(|(node, _)| node).filter(|node| audit.is_here(*node))
    };
    let mut heard = vec![None; audit.tree.steps.len()];
    for node in menus() {
        if let Some(known) = heard.get_mut(graph.place(node).step as usize) {
            *known = before.count(node);
        }
    }
    let mut apart = audit.language_menus().to_vec();
    for node in menus() {
        // Ways back are none.
        let is_next = |menu: &u32| heard.get(*menu as usize).copied().flatten() > before.count(node);
        if let Some(step) = graph.step(node)
            && let Some(apart) = apart.get_mut(node as usize)
        {
            *apart |= is_question(audit, step, is_next) || audit.asks_yes_or_no(node, step);
        }
    }
    apart
}

/// Whether most options of a menu, and more than one, lead on to the same next menu; those that lead round to it do not
/// count.
fn is_question(audit: &Audit<'_>, step: &Step, is_next: impl Fn(&u32) -> bool) -> bool {
    let services = || {
        let services = step.choices().iter().filter(|choice| audit.is_service(step, choice));
        services.filter(|choice| !leads_round(audit, step, choice))
    };
    let next = || {
        services()
            .filter_map(|choice| next_menu(audit, choice))
            .filter(&is_next)
    };
    // The only menu that can have most of them: what is left when unlike ones are struck off in pairs.
    let (mut left, mut lead) = (None, 0_usize);
    for menu in next() {
        if lead == 0 {
            left = Some(menu);
        }
        lead = if left == Some(menu) { lead + 1 } else { lead - 1 };
    }
    let Some(left) = left.filter(|_| lead > 0) else {
        return false;
    };
    let options = next().filter(|menu| *menu == left).count();
    options > 1 && options * 2 > services().count()
}

/// The menu that follows an option, a few messages between them left out.
fn next_menu(audit: &Audit<'_>, choice: &Choice) -> Option<u32> {
    let mut at = choice.to.step?;
    for _ in 0..MESSAGES_MAX {
        // The steps of the tree are the first places, under the same numbers.
        match audit.kind(at) {
            Kind::Menu => return Some(at),
            Kind::Message => match &audit.tree.steps.get(at as usize)?.kind {
                StepKind::Message { then, .. } => at = then.as_ref()?.step?,
                _ => return None,
            },
            _ => return None,
        }
    }
    None
}

/// Levels of the shallowest tree with so many options at its ends.
fn needed_levels(options: usize) -> u32 {
    let (mut levels, mut room) = (1, BROAD);
    while room < options {
        room = room.saturating_mul(BROAD);
        levels += 1;
    }
    levels
}

fn ordinal(number: u32) -> String {
    match number {
        1 => "first".to_owned(),
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        _ => format!("{number}th"),
    }
}
