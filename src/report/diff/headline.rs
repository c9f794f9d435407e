//! What changes for callers, in one line.

use super::rows::{Row, Sign, rows};
use super::told::{FigureTold, Known};
use super::words::change;
use super::{Fate, TreeDiff};
use crate::audit::count;
use crate::compare::{Verdict, What};

/// The line: how the change is to be taken, and the most of it.
pub fn headline(tree: &TreeDiff) -> String {
    match tree.fate {
        Fate::Added => return format!("a new phone tree: {}", standing(tree)),
        Fate::Removed => return format!("the phone tree is gone: {}", standing(tree)),
        Fate::HalfRead => return format!("only one side can be read: {}", standing(tree)),
        Fate::Kept => {}
    }
    let rows = rows(tree);
    let findings = findings(tree);
    if rows.is_empty() {
        return match findings {
            None if tree.intents_added.is_empty() && tree.intents_removed.is_empty() => {
                "nothing changes for callers".to_owned()
            }
            None => "nothing changes for callers but what they are expected to call for".to_owned(),
            Some(findings) if tree.worse => format!("worse for callers: {findings}"),
            Some(findings) => format!("no figure changes for callers; {findings}"),
        };
    }
    // Whoever is nearest may be spared what others suffer.
    let hidden = if tree.worse && !is_far(tree) {
        to_some_person(tree)
    } else {
        None
    };
    let most = hidden
        .or_else(|| to_a_person(tree, None))
        .or_else(|| to_some_person(tree))
        .or_else(|| until_reached(tree))
        .or_else(|| first(&rows, tree.worse || !tree.better))
        .unwrap_or_default();
    let taken = taken(tree, &rows);
    // A new error may be all that makes a change worse.
    let errors = tree.worse && !rows.iter().any(|row| row.sign == Sign::Worse);
    match findings.filter(|_| errors) {
        Some(findings) => format!("{taken}: {most}; {findings}"),
        None => format!("{taken}: {most}"),
    }
}

fn taken(tree: &TreeDiff, rows: &[Row]) -> &'static str {
    let any = |sign| rows.iter().any(|row| row.sign == sign);
    let better = any(Sign::Better) || any(Sign::Mixed);
    match (tree.worse, any(Sign::LittleWorse) || any(Sign::Mixed), better) {
        (true, _, true) => "worse for callers, and in part better",
        (true, _, false) => "worse for callers",
        (false, true, true) => "better for callers, and in part a little worse",
        (false, true, false) => "a little worse for callers",
        (false, false, true) => "better for callers",
        (false, false, false) => "other for callers",
    }
}

/// `+1 menu, +14 s to a person`; `None` where that does not change, or not by a number.
fn to_a_person(tree: &TreeDiff, intent: Option<&str>) -> Option<String> {
    let find = |what: What| {
        let mut figures = tree.figures.iter();
        figures.find(|figure| figure.kind == what && figure.intent.as_deref() == intent)
    };
    let (menus, seconds) = (find(What::OfferedMenus)?, find(What::OfferedSeconds)?);
    let aim = intent.map_or_else(String::new, |intent| format!(" for `{intent}`"));
    if menus.judged == Verdict::Same && seconds.judged == Verdict::Same {
        return None;
    }
    match (menus.before?, menus.after?) {
        (Known::Known { .. }, Known::Never) => return Some(format!("a person is offered no more{aim}")),
        (Known::Never, Known::Known { .. }) => return Some(format!("a person is offered now{aim}")),
        (Known::Known { .. }, Known::Known { .. }) => {}
        _ => return None,
    }
    let menus = grown(menus).filter(|grown| *grown != 0.0);
    let menus = menus.map(|grown| {
        let noun = if grown.abs() > 1.0 { "menus" } else { "menu" };
        format!("{grown:+.0} {noun}")
    });
    let seconds = grown(seconds)
        .filter(|grown| grown.abs() >= 0.5)
        .map(|grown| format!("{grown:+.0} s"));
    let parts: Vec<String> = menus.into_iter().chain(seconds).collect();
    (!parts.is_empty()).then(|| format!("{} to a person{aim}", parts.join(", ")))
}

/// `+7 s until a person is reached`, where she is offered as before.
fn until_reached(tree: &TreeDiff) -> Option<String> {
    let mut figures = tree.figures.iter();
    let seconds = figures.find(|figure| figure.kind == What::ReachedSeconds && figure.intent.is_none())?;
    let grown = grown(seconds).filter(|grown| grown.abs() >= 0.5)?;
    Some(format!("{grown:+.0} s until a person is reached"))
}

/// The same for the intent that it changes most for; the worst before the best.
fn to_some_person(tree: &TreeDiff) -> Option<String> {
    let seconds = tree
        .figures
        .iter()
        .filter(|figure| figure.kind == What::OfferedSeconds && figure.intent.is_some());
    let grown = |figure: &FigureTold| match (figure.before, figure.after) {
        (Some(Known::Known { .. }), Some(Known::Never)) => f64::INFINITY,
        (Some(Known::Never), Some(Known::Known { .. })) => f64::NEG_INFINITY,
        _ => grown(figure).unwrap_or(0.0),
    };
    let mut all: Vec<(f64, Option<&str>)> = seconds
        .map(|figure| (grown(figure), figure.intent.as_deref()))
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (worst, best) = (all.first()?, all.last()?);
    let most = if worst.0 > 0.0 { worst } else { best };
    let alike = |(seconds, _): &&(f64, Option<&str>)| seconds.abs() >= 0.5 && seconds.signum() == most.0.signum();
    let others = all.iter().filter(alike).count().saturating_sub(1);
    let others = match others {
        0 => String::new(),
        1 => " and one more reason to call".to_owned(),
        others => format!(" and {others} more reasons to call"),
    };
    Some(to_a_person(tree, most.1)? + &others)
}

/// Whether a person is offered a menu, or five seconds, later than before.
fn is_far(tree: &TreeDiff) -> bool {
    let limit = |what: What| if what == What::OfferedMenus { 1.0 } else { 5.0 };
    let mut figures = tree.figures.iter().filter(|figure| figure.intent.is_none());
    figures.any(|figure| {
        let is_offer = matches!(figure.kind, What::OfferedMenus | What::OfferedSeconds);
        is_offer && grown(figure).is_none_or(|grown| grown >= limit(figure.kind))
    })
}

fn grown(figure: &FigureTold) -> Option<f64> {
    match (figure.before?, figure.after?) {
        (Known::Known { least: before, .. }, Known::Known { least: after, .. }) => Some(after - before),
        _ => None,
    }
}

/// The gravest row, or the best one where the whole is better.
fn first(rows: &[Row], is_grave: bool) -> Option<String> {
    let mut signs = [
        Sign::Worse,
        Sign::LittleWorse,
        Sign::Mixed,
        Sign::Better,
        Sign::NotKnown,
        Sign::Differs,
    ];
    if !is_grave {
        signs.swap(0, 3);
    }
    let row = signs
        .iter()
        .find_map(|sign| rows.iter().find(|row| row.sign == *sign))?;
    Some(format!("{} {}", row.what, row.change))
}

/// How far a person is in a tree that is only on one side.
fn standing(tree: &TreeDiff) -> String {
    let offered = [What::OfferedMenus, What::OfferedSeconds];
    let figures = tree
        .figures
        .iter()
        .filter(|figure| figure.intent.is_none() && offered.contains(&figure.kind));
    let figures: Vec<&FigureTold> = figures.collect();
    let findings = count(tree.findings.present.len(), "finding");
    format!("a person is offered: {}; {findings}", change(&figures))
}

/// How many findings came and went.
fn findings(tree: &TreeDiff) -> Option<String> {
    let told = &tree.findings;
    let errors = |list: &[super::FindingTold]| list.iter().filter(|finding| finding.severity == "error").count();
    let gained = told.gained.len() + told.disallowed.len();
    let mut parts = Vec::new();
    match errors(&told.gained) + errors(&told.disallowed) {
        0 => {}
        errors => parts.push(count(errors, "new error")),
    }
    match gained - (errors(&told.gained) + errors(&told.disallowed)) {
        0 => {}
        others => parts.push(count(others, "new finding")),
    }
    if !told.lost.is_empty() {
        parts.push(format!("{} gone", count(told.lost.len(), "finding")));
    }
    if !told.regraded.is_empty() {
        parts.push(format!("{} of another severity", count(told.regraded.len(), "finding")));
    }
    if !told.allowed.is_empty() {
        parts.push(format!("{} allowed", count(told.allowed.len(), "finding")));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}
