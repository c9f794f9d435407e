//! A simulation in a terminal: two columns of figures, and whether they agree.

use super::words::plain;
use crate::report::simulation::{Figure, Simulation, Unit};
use std::fmt::Write;

/// The width of the column that says what a figure is.
const WHAT: usize = 56;

/// A simulation for people.
#[must_use]
pub fn simulation(of: &Simulation) -> String {
    let mut out = String::new();
    let name = of
        .name
        .as_ref()
        .map_or_else(String::new, |name| format!("{}  ", plain(name)));
    let _ = writeln!(out, "{name}{}", plain(&of.file));
    let rate = match of.calls_per_hour {
        Some(rate) => format!("{rate:.0} calls an hour"),
        None => "calls an hour not declared".to_owned(),
    };
    let _ = writeln!(
        out,
        "{} callers; {}; {rate}; {} simulated calls, seed {}\n",
        of.caller,
        of.moment,
        count(of.calls),
        of.seed
    );
    let _ = writeln!(out, "{:WHAT$} {:>14} {:>11}   between", "", "exact", "simulated");
    let mut group = "";
    for figure in &of.figures {
        if figure.group != group {
            group = figure.group;
            let _ = writeln!(out, "{group}");
        }
        row(&mut out, figure);
    }
    reasons(&mut out, of);
    queues(&mut out, of);
    ranges(&mut out, of);
    out.push_str("\nwhat this rests on\n");
    for assumption in &of.assumptions {
        let _ = writeln!(out, "  - {}", plain(assumption));
    }
    let wrong = of.figures.iter().filter(|figure| !figure.agrees).count();
    let _ = match wrong {
        0 => writeln!(
            out,
            "\nexact and simulated agree: every exact figure lies within its interval (all at once with 1 - 10^-6)"
        ),
        _ => writeln!(
            out,
            "\nexact and simulated DISAGREE beyond chance in {wrong} figures, marked !: please report this as a mistake of presszero"
        ),
    };
    out
}

fn row(out: &mut String, figure: &Figure) {
    let exact = match figure.exact {
        None => "-".to_owned(),
        Some([least, most]) => {
            let (least, most) = (value(figure.unit, least), value(figure.unit, most));
            if least == most {
                least
            } else {
                format!("{}..{most}", least.trim_end_matches([' ', 's', '%']))
            }
        }
    };
    let simulated = figure
        .simulated
        .map_or_else(|| "-".to_owned(), |found| value(figure.unit, found));
    let between = figure.between.map_or_else(String::new, |[low, high]| {
        format!("{} to {}", value(figure.unit, low), value(figure.unit, high))
    });
    let mark = if figure.agrees { " " } else { "!" };
    let what = format!("  {}", plain(&figure.what));
    let _ = writeln!(out, "{what:WHAT$} {exact:>14} {simulated:>11} {mark} {between}");
}

fn value(unit: Unit, value: f64) -> String {
    match unit {
        _ if value.is_infinite() => "without end".to_owned(),
        Unit::Share => format!("{:.2}%", value * 100.0),
        Unit::Seconds => format!("{value:.1} s"),
        Unit::Times => format!("{value:.3}"),
    }
}

fn reasons(out: &mut String, of: &Simulation) {
    if of.reasons.len() < 2 {
        return;
    }
    let _ = writeln!(
        out,
        "\nby reason to call{:>16} {:>10} {:>10} {:>10} {:>12}",
        "of calls", "a person", "after", "served", "frustrated"
    );
    for reason in &of.reasons {
        let after = reason
            .person_seconds
            .map_or_else(|| "-".to_owned(), |seconds| format!("{seconds:.0} s"));
        let share = |p: f64| format!("{:.1}%", p * 100.0);
        let name = plain(reason.name.as_deref().unwrap_or("all callers"));
        let _ = writeln!(
            out,
            "  {name:<22} {:>8} {:>10} {after:>10} {:>10} {:>12}",
            share(reason.share),
            share(reason.person),
            share(reason.served),
            share(reason.frustrated)
        );
    }
}

fn queues(out: &mut String, of: &Simulation) {
    if of.queues.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "\nqueues{:>27} {:>10} {:>10} {:>12}",
        "calls/h", "people", "answered", "mean wait"
    );
    for queue in &of.queues {
        let number = |value: Option<f64>| value.map_or_else(|| "unknown".to_owned(), |value| format!("{value:.1}"));
        let agents = queue
            .agents
            .map_or_else(|| "unknown".to_owned(), |agents| agents.to_string());
        let answered = queue
            .answered
            .map_or_else(|| "unknown".to_owned(), |p| format!("{:.1}%", p * 100.0));
        let wait = queue
            .wait_seconds
            .map_or_else(|| "unknown".to_owned(), |wait| format!("{wait:.0} s"));
        let step = plain(&queue.step);
        let _ = writeln!(
            out,
            "  {step:<22} {:>8} {agents:>10} {answered:>10} {wait:>12}",
            number(queue.calls_per_hour)
        );
        if let Some(overload) = &queue.overload {
            let _ = writeln!(out, "    {}", plain(overload));
        }
    }
}

/// Assumptions that are told.
const RANGES: usize = 6;

fn ranges(out: &mut String, of: &Simulation) {
    let ends = of.ranges.iter().flat_map(|moved| moved.frustrated);
    let Some(least) = ends.clone().reduce(f64::min) else {
        return;
    };
    let most = ends.fold(least, f64::max);
    let _ = writeln!(
        out,
        "\nfrustrated callers, each assumption over its range: {:.1}% to {:.1}%",
        least * 100.0,
        most * 100.0
    );
    for moved in of.ranges.iter().take(RANGES) {
        let [low, high] = &moved.range;
        let [at_low, at_high] = moved.frustrated;
        let low = low.strip_suffix(" per second").unwrap_or(low);
        let what = format!("  {} from {low} to {high} ({})", moved.parameter, moved.sure);
        let _ = writeln!(out, "{what:WHAT$} {:>13.1}% {:>10.1}%", at_low * 100.0, at_high * 100.0);
    }
}

/// A whole number with its thousands apart.
fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
