//! Words for a figure before and after, and for a field that says something else.

use super::told::{FieldTold, FigureTold, Known};
use crate::compare::{Unit, What};

/// Words of a changed text that are shown before the first that differs.
const BEFORE: usize = 3;
/// Characters of a changed text that are shown.
const SHOWN: usize = 72;

/// What several figures of one thing were and are: `2 -> 3 menus, 38 -> 61 s`.
pub fn change(figures: &[&FigureTold]) -> String {
    let sides = |of: fn(&FigureTold) -> Option<Known>| -> Vec<Option<Known>> {
        figures.iter().map(|figure| of(figure)).collect()
    };
    let (before, after) = (sides(|figure| figure.before), sides(|figure| figure.after));
    let is_number = |side: &[Option<Known>]| side.iter().all(|value| matches!(value, Some(Known::Known { .. })));
    if is_number(&before) && is_number(&after) {
        let parts: Vec<String> = figures.iter().map(|figure| pair(figure)).collect();
        return parts.join(", ");
    }
    let words = |side: &[Option<Known>]| {
        let parts = figures
            .iter()
            .zip(side)
            .filter_map(|(figure, value)| one(figure.kind.unit(), (*value)?));
        let parts: Vec<String> = parts.collect();
        match side.iter().flatten().next() {
            Some(Known::Never) if parts.is_empty() => "never".to_owned(),
            Some(Known::Unknown) if parts.is_empty() => "not known".to_owned(),
            _ => parts.join(", "),
        }
    };
    let (one, other) = (words(&before), words(&after));
    match (one.is_empty(), other.is_empty()) {
        (true, _) => other,
        (_, true) => one,
        _ if one == other => one,
        _ => format!("{one} -> {other}"),
    }
}

/// One figure on both sides.
fn pair(figure: &FigureTold) -> String {
    let (Some(before), Some(after)) = (figure.before, figure.after) else {
        return String::new();
    };
    let unit = figure.kind.unit();
    let same = figure.verdict == "same";
    let first = decimals(unit, before).max(decimals(unit, after));
    let mut texts = [String::new(), String::new()];
    for decimals in first..first + 3 {
        texts = [number(unit, before, decimals), number(unit, after, decimals)];
        if same || texts[0] != texts[1] {
            break;
        }
    }
    let [before_text, after_text] = texts;
    let count = |value: Known| matches!(value, Known::Known { least, most: Some(most) } if least.to_bits() == most.to_bits() && least.to_bits() == 1_f64.to_bits());
    let noun = noun(unit, count(after));
    if same || before_text == after_text {
        return format!("{after_text}{noun}");
    }
    format!("{before_text} -> {after_text}{noun}")
}

/// One figure on one side; `None` where it is no number.
pub fn one(unit: Unit, value: Known) -> Option<String> {
    let Known::Known { least, most } = value else {
        return None;
    };
    let single = most.is_some() && (least - 1.0).abs() < 1e-9;
    Some(format!(
        "{}{}",
        number(unit, value, decimals(unit, value)),
        noun(unit, single)
    ))
}

/// Small shares have a digit behind the point.
fn decimals(unit: Unit, value: Known) -> usize {
    match (unit, value) {
        (Unit::Share, Known::Known { least, .. }) if least > 0.0 && least < 0.01 => 1,
        _ => 0,
    }
}

fn number(unit: Unit, value: Known, decimals: usize) -> String {
    let Known::Known { least, most } = value else {
        return "never".to_owned();
    };
    let show = |value: f64| match unit {
        Unit::Share => format!("{:.decimals$}%", value * 100.0),
        _ => format!("{value:.decimals$}"),
    };
    match most.map(show) {
        None => format!("at least {}", show(least)),
        Some(most) if most == show(least) => most,
        Some(most) => format!("{} to {most}", show(least)),
    }
}

const fn noun(unit: Unit, single: bool) -> &'static str {
    match (unit, single) {
        (Unit::Menus, true) => " menu",
        (Unit::Menus, false) => " menus",
        (Unit::Keys, true) => " key",
        (Unit::Keys, false) => " keys",
        (Unit::Seconds, _) => " s",
        (Unit::Share, _) => "",
        (Unit::Hours, _) => " h a week",
    }
}

/// What a figure tells, of all callers or of those with one reason to call.
pub fn label(what: What, intent: Option<&str>) -> String {
    let words = match what {
        What::OfferedMenus | What::OfferedSeconds => return person("a person is offered", "", intent),
        What::WorstMenus | What::WorstSeconds => return person("a person is offered, at worst", ", at worst", intent),
        What::ReachedKeys | What::ReachedSeconds => return person("a person is reached", ", reached", intent),
        What::PossibleKeys | What::PossibleSeconds => {
            return person(
                "a person is reached by who knows every key",
                ", knowing every key",
                intent,
            );
        }
        What::SilentSeconds => return person("a person is reached by who does nothing", ", doing nothing", intent),
        What::ClosedHours => "nobody answers",
        What::Person => "callers who reach a person",
        What::Unhelped => "callers left without help",
        What::Frustrated => "callers met by a frustrating event",
        What::HeardAgain => "callers met by a repeated prompt",
        What::CallSeconds => "mean time of a call",
    };
    match intent {
        Some(intent) => format!("{words}, for `{intent}`"),
        None => words.to_owned(),
    }
}

fn person(anyone: &str, addition: &str, intent: Option<&str>) -> String {
    match intent {
        Some(intent) => format!("a person for `{intent}`{addition}"),
        None => anyone.to_owned(),
    }
}

/// A field that says something else, in words: where a key leads and led, from what to what a text was changed.
pub fn field(field: &FieldTold) -> String {
    let path: Vec<&str> = field.path.iter().map(String::as_str).collect();
    let (name, leads) = place(&path);
    match (&field.before, &field.after) {
        (None, Some(after)) if leads => format!("{name} leads to `{after}`, is new"),
        (Some(before), None) if leads => format!("{name} is gone, led to `{before}`"),
        (Some(before), Some(after)) if leads => format!("{name} leads to `{after}`, was `{before}`"),
        (before, after) => {
            let [before, after] = excerpts(before.as_deref(), after.as_deref());
            match (before, after) {
                (None, Some(after)) => format!("{name}: {after} is new"),
                (Some(before), None) => format!("{name}: {before} is gone"),
                (before, after) => {
                    format!(
                        "{name}: {} -> {}",
                        before.unwrap_or_default(),
                        after.unwrap_or_default()
                    )
                }
            }
        }
    }
}

/// A field in words, and whether its value is a step.
fn place(path: &[&str]) -> (String, bool) {
    match path {
        ["keys", key, "to"] => (format!("key {key}"), true),
        ["says", words, "to"] => (format!("the words `{words}`"), true),
        ["cases", value, "to"] => (format!("the answer `{value}`"), true),
        ["exits", name, "to"] => (format!("the exit `{name}`"), true),
        ["keys", key, rest @ ..] => (format!("{} of key {key}", rest.join(" ")), false),
        ["reprompts", number] if number.parse::<u32>().is_ok() => (format!("reprompt {number}"), false),
        ["reprompts", event, number] => (format!("reprompt {number} after {event}"), false),
        [
            name @ ("then" | "otherwise" | "no-input" | "no-match" | "open" | "closed" | "holiday" | "emergency"
            | "full" | "busy" | "unanswered" | "again" | "done" | "error" | "entry" | "while-waiting"),
        ] => ((*name).to_owned(), true),
        ["overflow", "to"] => ("overflow".to_owned(), true),
        path => (path.join(" "), false),
    }
}

/// Two texts from shortly before the first word that differs, in quotes where they are several words.
fn excerpts(before: Option<&str>, after: Option<&str>) -> [Option<String>; 2] {
    let same = match (before, after) {
        (Some(before), Some(after)) => {
            let words = before.split(' ').zip(after.split(' '));
            words.take_while(|(one, other)| one == other).count()
        }
        _ => 0,
    };
    let left_out = same.saturating_sub(BEFORE);
    [before, after].map(|text| {
        let text = text?;
        let rest: Vec<&str> = text.split(' ').skip(left_out).collect();
        let mut out = rest.join(" ");
        if let Some((end, _)) = out.char_indices().nth(SHOWN) {
            out.truncate(end);
            out.push_str("...");
        }
        if left_out > 0 {
            out.insert_str(0, "... ");
        }
        Some(if text.contains(' ') { format!("\"{out}\"") } else { out })
    })
}
