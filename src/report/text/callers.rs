//! What becomes of callers, in plain words.

use super::words::plain;
use crate::report::outcomes::{Callers, Part, Until};
use crate::report::simulation::Queue;

/// The lines of a summary, each with its heading.
pub(super) fn lines(callers: &Result<Callers, String>) -> Vec<(&'static str, String)> {
    let callers = match callers {
        Ok(callers) => callers,
        Err(why) => return vec![("callers", format!("not known: {}", plain(why)))],
    };
    let moment = callers.moment.replace('T', " ");
    let rate = callers
        .calls_per_hour
        .map_or_else(String::new, |rate| format!("; {rate:.0} calls an hour"));
    let mut out = vec![
        ("callers", format!("{}, as at {moment}{rate}", callers.caller)),
        ("  calls end", parts(&callers.ends)),
        ("  frustrated", frustrated(callers)),
        (
            "  a call",
            format!(
                "{:.1} s on the line on average; with penalties it costs its caller {:.1} s",
                callers.line_seconds, callers.cost_seconds
            ),
        ),
        ("  offered a person", until(callers.offered)),
        ("  reach a person", until(callers.person)),
    ];
    for (at, queue) in callers.queues.iter().enumerate() {
        out.push((if at == 0 { "  and then waits" } else { "" }, wait(queue)));
    }
    for (at, assumption) in callers.assumptions.iter().enumerate() {
        out.push((if at == 0 { "  which rests on" } else { "" }, plain(assumption)));
    }
    out
}

fn percent(share: f64) -> String {
    if share > 0.0 && share < 0.0005 {
        "under 0.1%".to_owned()
    } else {
        format!("{:.1}%", share * 100.0)
    }
}

fn parts(parts: &[Part]) -> String {
    let words: Vec<String> = parts
        .iter()
        .map(|part| format!("{} {}", percent(part.share), part.what))
        .collect();
    words.join("; ")
}

fn frustrated(callers: &Callers) -> String {
    let (least, most) = (percent(callers.frustrated), percent(callers.frustrated_at_most));
    let of = if least == most {
        least
    } else {
        format!("{least} to {most}")
    };
    if callers.frustrates.is_empty() {
        format!("{of} of calls")
    } else {
        format!("{of} of calls at least once: {}", parts(&callers.frustrates))
    }
}

fn until(until: Until) -> String {
    match until.seconds {
        Some(seconds) => format!("after {seconds:.0} s on average, in {} of calls", percent(until.share)),
        None => "never".to_owned(),
    }
}

fn wait(queue: &Queue) -> String {
    let step = plain(&queue.step);
    let of = match (queue.wait_seconds, queue.answered) {
        _ if queue.overload.is_some() => "without end".to_owned(),
        (Some(seconds), Some(answered)) => format!("{seconds:.0} s on average, {} answered", percent(answered)),
        _ => "not known".to_owned(),
    };
    let load = match (queue.calls_per_hour, queue.agents) {
        (Some(calls), Some(1)) => format!(" ({calls:.1} calls an hour, 1 person)"),
        (Some(calls), Some(agents)) => format!(" ({calls:.1} calls an hour, {agents} people)"),
        _ => String::new(),
    };
    format!("`{step}`: {of}{load}")
}
