//! What callers hear, enter and press again, in words.

use super::words::{plain, row};
use crate::audit::count;
use crate::audit::figures::{Figures, WorstFigures};
use std::fmt::Write;

/// Repetition on the way to a person.
#[must_use]
pub fn on_the_way(figures: &Figures) -> String {
    let on_way = &figures.repeats;
    let mut parts = Vec::new();
    if on_way.prompts > 0 {
        parts.push(count(on_way.prompts as usize, "prompt"));
    }
    if on_way.entries > 0 {
        parts.push(format!("{} asked for again", count(on_way.entries as usize, "number")));
    }
    if on_way.same_key > 1 {
        let key = on_way.key.as_deref().unwrap_or("one key");
        parts.push(format!("{} pressed {} times in a row", plain(key), on_way.same_key));
    }
    if parts.is_empty() {
        "nothing on the way to a person".to_owned()
    } else {
        format!("{} on the way to a person", parts.join(", "))
    }
}

/// The worst repetition that the tree allows.
#[must_use]
pub fn at_worst(figures: &Figures) -> String {
    let mut parts = Vec::new();
    let place = |worst: &WorstFigures| worst.step.as_deref().map_or("a step".to_owned(), plain);
    if let Some(times) = times(&figures.worst_prompt, "heard") {
        let mut words = format!("`{}` {times}", place(&figures.worst_prompt));
        if !figures.worst_prompt.round.is_empty() {
            let _ = write!(words, " (round and round: {})", row(&figures.worst_prompt.round));
        }
        parts.push(words);
    }
    if let Some(times) = times(&figures.worst_datum, "asked") {
        parts.push(format!("`{}` {times}", place(&figures.worst_datum)));
    }
    if let Some(times) = times(&figures.worst_key, "pressed") {
        let key = figures.worst_key.key.as_deref().unwrap_or("one");
        let row = if times.ends_with("end") { "" } else { " in a row" };
        parts.push(format!("key {} {times}{row}", plain(key)));
    }
    if parts.is_empty() {
        "nothing".to_owned()
    } else {
        parts.join("; ")
    }
}

/// `heard 3 times`, `heard without end`; `None` where nothing happens twice.
fn times(worst: &WorstFigures, verb: &str) -> Option<String> {
    let found = worst.step.is_some() || worst.key.is_some() || !worst.round.is_empty();
    match (worst.times, worst.at_most) {
        (Some(times), _) if times > 1 => Some(format!("{verb} {times} times")),
        (None, Some(most)) if most > 1 => Some(format!("{verb} at most {most} times")),
        (None, None) if found => Some(format!("{verb} without end")),
        _ => None,
    }
}
