//! A shared line in a terminal: what is computed beside what is simulated.

use super::{Shared, Twice};
use crate::report::text::words::plain;
use std::fmt::Write;

/// The width of the column that says what a figure is.
const WHAT: usize = 34;

/// How a figure is written.
type Shown = fn(f64) -> String;

/// A shared line for people.
#[must_use]
pub fn shared(of: &Shared) -> String {
    let mut out = String::new();
    let name = of
        .name
        .as_ref()
        .map_or_else(String::new, |name| format!("{}  ", plain(name)));
    let _ = writeln!(out, "{name}{}", plain(&of.file));
    let time = match (of.by_the_clock, of.hours) {
        (false, hours) => format!("{hours} hours as at {}", of.moment),
        (true, hours) => format!("{} days by the clock", hours / 24),
    };
    let _ = writeln!(
        out,
        "{} callers who share people; {time}; {} runs, {} calls, seed {}\n",
        of.caller, of.runs, of.calls, of.seed
    );
    let beside = if of.by_the_clock {
        format!("computed as at {}", of.moment)
    } else {
        "computed as if it lasted for ever".to_owned()
    };
    let _ = writeln!(
        out,
        "{:WHAT$} {:>10} {:>10}   between ({beside})",
        "", "computed", "simulated"
    );
    for queue in &of.queues {
        let _ = writeln!(out, "{} (pool {})", plain(&queue.step), plain(&queue.pool));
        let rows: [(&str, &Twice, Shown); 7] = [
            ("calls an hour", &queue.calls_per_hour, rate),
            ("answered", &queue.answered, share),
            ("hang up", &queue.abandoned, share),
            ("sent elsewhere", &queue.overflowed, share),
            ("ask to be called back", &queue.called_back, share),
            ("mean wait, however it ends", &queue.wait_seconds, seconds),
            ("answered within 20 s", &queue.service_level, share),
        ];
        for (what, twice, shown) in rows {
            row(&mut out, what, twice, shown);
        }
        if let Some(overload) = &queue.overload {
            let _ = writeln!(out, "  {}", plain(overload));
        }
    }
    for pool in &of.pools {
        let _ = writeln!(out, "pool {}", plain(&pool.name));
        row(&mut out, "busy", &pool.occupancy, share);
    }
    let mut list = |title: &str, lines: &[String]| {
        if !lines.is_empty() {
            let _ = writeln!(out, "\n{title}");
        }
        for line in lines {
            let _ = writeln!(out, "  - {}", plain(line));
        }
    };
    list("why computed and simulated may differ", &of.broken);
    list("what this rests on", &of.rests_on);
    if of.unfinished > 0 {
        let _ = writeln!(out, "\n{} calls were not over when their run was", of.unfinished);
    }
    let _ = writeln!(
        out,
        "\neach interval holds the true figure with {:.0}%",
        of.confidence * 100.0
    );
    out
}

fn row(out: &mut String, what: &str, of: &Twice, shown: Shown) {
    let known = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), shown);
    let between = of
        .between
        .map_or_else(String::new, |[low, high]| format!("{} to {}", shown(low), shown(high)));
    let what = format!("  {what}");
    let _ = writeln!(
        out,
        "{what:WHAT$} {:>10} {:>10}   {between}",
        known(of.computed),
        known(of.simulated)
    );
}

fn rate(value: f64) -> String {
    format!("{value:.1}")
}

fn share(value: f64) -> String {
    format!("{:.1}%", value * 100.0)
}

fn seconds(value: f64) -> String {
    format!("{value:.1} s")
}
