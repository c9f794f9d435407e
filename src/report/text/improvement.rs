//! The edits of one tree in a terminal: what to do, what it saves, and what it does to the way to a person.

use super::Look;
use super::words::{plain, time, wrap};
use crate::audit::count;
use crate::report::improvement::{Change, First, Improved, Stands, WithinLimits};
use std::fmt::Write;

/// Characters of a line.
const WIDTH: usize = 100;
/// Less is told as less than this, in seconds a call.
const LEAST: f64 = 0.05;

/// The edits for people.
#[must_use]
pub fn improvement(of: &Improved, look: Look) -> String {
    let mut out = String::new();
    let name = of
        .name
        .as_ref()
        .map_or_else(String::new, |name| format!("  {}", plain(name)));
    let _ = writeln!(out, "{}{name}", look.heading(&plain(&of.file)));
    let _ = writeln!(
        out,
        "{} callers; {}; a call costs its caller {:.1} s, {:.1} s of them on the line; {:.1}% speak to a person; {}\n",
        of.caller,
        of.moment.replace('T', " "),
        of.before.cost_seconds,
        of.before.call_seconds,
        of.before.person_share * 100.0,
        first(&of.before)
    );
    if of.edits.is_empty() {
        let _ = writeln!(
            out,
            "{}: {} tried, none saves anything\n",
            look.doubtful("no single edit passes"),
            count(of.tried, "edit")
        );
    }
    for edit in &of.edits {
        change(&mut out, of, edit, look);
    }
    limits(&mut out, of, look);
    if !of.edits.is_empty() && !of.can_apply {
        out.push_str(
            "these edits cannot be made here: the file is in a foreign format; `presszero import` rewrites it\n\n",
        );
    }
    out.push_str("what this rests on\n");
    for assumption in &of.assumptions {
        item(&mut out, &plain(assumption));
    }
    let tried = format!(
        "{} found by formula; {} of them made in the text of the file, read again and measured; those that save most are \
         told",
        count(of.candidates, "candidate"),
        of.tried
    );
    item(&mut out, &tried);
    out
}

fn change(out: &mut String, of: &Improved, edit: &Change, look: Look) {
    let number = format!("{:>2}. ", edit.number);
    for (at, line) in wrap(&plain(&edit.what), WIDTH).iter().enumerate() {
        let _ = writeln!(out, "{}{}", if at == 0 { &number } else { "    " }, look.heading(line));
    }
    let place = format!("{}:{}:{}", plain(&of.file), edit.line, edit.column);
    let _ = writeln!(out, "    {}", look.faint(&place));
    let _ = writeln!(
        out,
        "    saves {} a call, {} a day",
        look.good(&seconds(edit.saves_seconds_per_call)),
        hours(edit.saves_hours_per_day)
    );
    let more = edit.more_persons_per_day;
    if more.abs() >= 0.5 {
        let words = if more > 0.0 { "more" } else { "fewer" };
        let _ = writeln!(
            out,
            "    calls that reach a person: {:.0} a day {words}, {:.1}% -> {:.1}%",
            more.abs(),
            of.before.person_share * 100.0,
            edit.after.person_share * 100.0
        );
    }
    if edit.after.offered.as_ref().map(key) != of.before.offered.as_ref().map(key) {
        let _ = writeln!(
            out,
            "    {} -> {}",
            first(&of.before),
            place_of(edit.after.offered.as_ref())
        );
    }
    out.push('\n');
}

fn limits(out: &mut String, of: &Improved, look: Look) {
    let passed = of.before.limits_passed.join(", ");
    let (told, edits) = match &of.limits {
        WithinLimits::Kept => return,
        WithinLimits::Single { edits } => {
            let numbers: Vec<String> = edits.iter().map(usize::to_string).collect();
            let _ = writeln!(
                out,
                "{passed}: mended by edit {} alone\n",
                numbers.join(", or by edit ")
            );
            return;
        }
        WithinLimits::Together { edits } if edits.len() == 1 => {
            let _ = writeln!(
                out,
                "{passed}: mended by one edit, which is not worth its while to callers otherwise"
            );
            for edit in edits {
                item(out, &plain(edit));
            }
            out.push('\n');
            return;
        }
        WithinLimits::Together { edits } => ("these do together, one after another", edits),
        WithinLimits::Beyond { edits } if edits.is_empty() => ("none brings a person nearer", edits),
        WithinLimits::Beyond { edits } => ("these bring a person nearer, and are not enough", edits),
    };
    let _ = writeln!(out, "{}: {passed}; {told}", look.doubtful("no single edit passes"));
    for edit in edits {
        item(out, &plain(edit));
    }
    out.push('\n');
}

fn item(out: &mut String, words: &str) {
    for (at, line) in wrap(words, WIDTH).iter().enumerate() {
        let _ = writeln!(out, "{}{line}", if at == 0 { "  - " } else { "    " });
    }
}

fn key(offered: &First) -> (&str, u64) {
    (&offered.step, offered.ms)
}

/// Where a person is first offered, as a sentence's beginning.
fn first(stands: &Stands) -> String {
    format!("a person is first offered {}", place_of(stands.offered.as_ref()))
}

fn place_of(offered: Option<&First>) -> String {
    offered.map_or("nowhere".to_owned(), |offered| {
        format!(
            "at `{}` after {}",
            plain(&offered.step),
            time(offered.ms, offered.unknown)
        )
    })
}

fn seconds(seconds: f64) -> String {
    if seconds < LEAST {
        format!("less than {LEAST} s")
    } else {
        format!("{seconds:.1} s")
    }
}

/// Callers' time of a day.
fn hours(hours: f64) -> String {
    if hours >= 1.0 {
        format!("{hours:.1} caller-hours")
    } else {
        format!("{:.0} caller-seconds", hours * 3600.0)
    }
}
