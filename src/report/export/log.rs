//! Logs of calls in the forms that process mining reads: a table, and XES.
//!
//! XES is the standard of the IEEE, 1849-2016 for eXtensible Event Stream (XES), of which the extensions `concept`, `time`
//! and `lifecycle` are used.

use super::events::{Case, Happening};
use crate::report::csv::{line, table};
use std::fmt::Write;

/// The heads of the columns of the table.
pub const COLUMNS: [&str; 7] = ["case_id", "activity", "timestamp", "step", "attempt", "by", "reason"];

/// The log as a table, piece by piece.
pub fn events_csv(cases: impl Iterator<Item = Case>) -> impl Iterator<Item = String> {
    // A table without rows is its heads.
    let none = std::iter::empty::<[&str; COLUMNS.len()]>();
    let head = table(&COLUMNS, none).unwrap_or_default();
    std::iter::once(head).chain(cases.map(|case| case.events.iter().map(|event| row(&case, event)).collect()))
}

fn row(case: &Case, event: &Happening) -> String {
    line(&[
        case.number.to_string().as_str(),
        &event.activity,
        &event.at,
        &event.step,
        &attempt(event),
        &event.by,
        case.reason.as_deref().unwrap_or_default(),
    ])
}

fn attempt(event: &Happening) -> String {
    match event.attempt {
        0 => String::new(),
        attempt => attempt.to_string(),
    }
}

/// The log as XES, piece by piece. Times are given without a distance from Greenwich in the tree, and here as if there were
/// none.
pub fn xes(name: &str, cases: impl Iterator<Item = Case>) -> impl Iterator<Item = String> {
    let head = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <global scope="trace">
    <string key="concept:name" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>
    <string key="lifecycle:transition" value="complete"/>
  </global>
  <classifier name="Activity" keys="concept:name"/>
  <string key="concept:name" value="{}"/>
"#,
        escaped(name)
    );
    let traces = cases.map(|case| trace(&case));
    std::iter::once(head)
        .chain(traces)
        .chain(std::iter::once("</log>\n".to_owned()))
}

fn trace(case: &Case) -> String {
    let mut out = format!(
        "  <trace>\n    <string key=\"concept:name\" value=\"{}\"/>\n",
        case.number
    );
    if let Some(reason) = &case.reason {
        // Writing to memory does not fail.
        let _ = writeln!(out, "    <string key=\"reason\" value=\"{}\"/>", escaped(reason));
    }
    for event in &case.events {
        out += "    <event>\n";
        let mut add = |sort: &str, key: &str, value: &str| {
            let _ = writeln!(out, "      <{sort} key=\"{key}\" value=\"{}\"/>", escaped(value));
        };
        add("string", "concept:name", &event.activity);
        add("date", "time:timestamp", &format!("{}+00:00", event.at));
        add("string", "lifecycle:transition", "complete");
        if !event.step.is_empty() {
            add("string", "step", &event.step);
        }
        if event.attempt > 0 {
            add("int", "attempt", &event.attempt.to_string());
        }
        if !event.by.is_empty() {
            add("string", "by", &event.by);
        }
        out += "    </event>\n";
    }
    out + "  </trace>\n"
}

/// Text within an attribute of XML 1.0, which has no room for control characters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
