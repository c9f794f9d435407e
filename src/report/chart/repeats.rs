//! Prompts that callers hear again, with the share who hear them twice or three times.

use super::ink::{Axis, Ink, WIDE, middles, rows_high};
use super::look::{self, ASIDE, Area, BAD, Drawn, INK, SERIES, SMALL, percent, picture};
use super::{Chart, Table};
use crate::audit::{count, title as name_of};
use crate::document::tree::Prompt;
use crate::graph::attempts::Attempts;
use crate::measure::exact::{Exact, PromptRepeats};
use crate::report::facts::{Called, Facts};
use plotters::style::text_anchor::HPos;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Prompts that are drawn.
const ROWS: usize = 12;
/// Prompts in the table; the others are one row.
const TABLE_ROWS: usize = 100;
const ROW: i32 = 38;
const TOP: i32 = 40;
const NAMES: f64 = 300.0;
const LAST: f64 = 126.0;
/// Fewer repeats in a call than this are none.
const LEAST: f64 = 1e-9;

/// One prompt.
struct Row<'a> {
    step: &'a str,
    /// What else there is to say of where it is heard.
    which: String,
    words: String,
    /// Expected starts after the first, in one call.
    again: f64,
    twice: f64,
    thrice: f64,
}

pub fn draw(facts: &Facts<'_>) -> Option<Chart> {
    let called = facts.called.as_ref().ok()?;
    let exact = Exact::of(&called.chain).ok()?;
    let found = exact.repetition().ok()?.prompts(3);
    let open = found.iter().filter(|prompt| prompt.plays.is_none()).count();
    let mut rows: Vec<Row<'_>> = found.iter().filter_map(|prompt| row(facts, called, prompt)).collect();
    rows.retain(|row| row.again > LEAST);
    rows.sort_by(|one, other| other.again.total_cmp(&one.again));
    let most = rows.iter().max_by(|one, other| one.twice.total_cmp(&other.twice))?;
    let title = format!(
        "{} of callers hear \u{201c}{}\u{201d}{} at least twice",
        percent(most.twice),
        look::name(most.step, 260, SMALL),
        most.which
    );
    let shown = rows.get(..ROWS).unwrap_or(&rows);
    let mut source = format!(
        "{}, callers at {}; exact; what a caller asks to hear again is not counted",
        facts.name(),
        called.moment()
    );
    if rows.len() > shown.len() {
        let more = count(rows.len() - shown.len(), "prompt");
        let _ = write!(source, "; {more} more in the table");
    }
    if open > 0 {
        let _ = write!(source, "; {} too much work to compute", count(open, "prompt"));
    }
    let svg = picture(&title, &source, TOP + rows_high(shown.len(), ROW), |area| {
        paint(area, shown)
    })?;
    Some(Chart {
        name: "repeats",
        alt: format!("{title}. {}", sentence(shown)),
        title,
        svg,
        table: table(&rows),
    })
}

fn row<'a>(facts: &Facts<'a>, called: &Called<'a>, found: &PromptRepeats) -> Option<Row<'a>> {
    let plays = found.plays.as_ref()?;
    let names = &called.calls.names;
    let step = facts.audit.graph.step(names.spoken_at(found.prompt)?)?;
    let is_it = |prompt: &&Prompt| names.number(prompt) == Some(found.prompt);
    let first = step.prompt.as_ref().filter(is_it);
    let again = || Attempts::of(step)?.prompts().find(is_it);
    let prompt = first.or_else(again);
    let at_least = |times: usize| plays.at_least.get(times - 1).copied().unwrap_or(0.0);
    // Steps that say the same share a prompt.
    let place = |state: u32| {
        let node = called.chain.states.get(state as usize)?.node;
        let place = facts.audit.graph.place(node);
        Some((place.tree, place.step))
    };
    let steps: BTreeSet<_> = plays.places.iter().filter_map(|heard| place(heard.state)).collect();
    let which = match (steps.len(), first) {
        (more @ 2.., _) => format!(" and {}", count(more - 1, "other step")),
        (_, Some(_)) => String::new(),
        (_, None) => " (asked again)".to_owned(),
    };
    Some(Row {
        step: name_of(step),
        which,
        words: prompt.map_or(String::new(), words),
        again: plays.again,
        twice: at_least(2),
        thrice: at_least(3),
    })
}

/// How a prompt begins.
fn words(prompt: &Prompt) -> String {
    const LETTERS: usize = 160;
    let texts = prompt.segments.iter().filter_map(|segment| segment.text());
    let said: String = texts.flat_map(|text| text.chars().chain([' '])).take(LETTERS).collect();
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn paint(area: &Area<'_>, rows: &[Row<'_>]) -> Drawn {
    let ink = Ink(area);
    let most = rows.iter().fold(0.0, |most: f64, row| most.max(row.again));
    let axis = Axis {
        from: NAMES + 10.0,
        to: WIDE - LAST - 48.0,
        end: most,
    };
    ink.bold("heard again, in 100 calls", (axis.from, 18.0), HPos::Left, INK)?;
    ink.bold("twice", (WIDE - 66.0, 26.0), HPos::Right, INK)?;
    ink.bold("3 times", (WIDE, 26.0), HPos::Right, INK)?;
    ink.text("hear it at least", (WIDE, 8.0), HPos::Right, ASIDE)?;
    for (row, y) in rows.iter().zip(middles(f64::from(TOP), f64::from(ROW))) {
        let name = format!("{}{}", look::name(row.step, 200, SMALL), row.which);
        ink.text(&name, (NAMES, y - 7.0), HPos::Right, INK)?;
        let words = format!("\u{201c}{}\u{201d}", look::cut(&row.words, 280, SMALL));
        ink.text(&words, (NAMES, y + 8.0), HPos::Right, ASIDE)?;
        let color = if row.thrice >= 0.01 { BAD } else { SERIES[0] };
        let end = axis.at(row.again);
        ink.bar((axis.from, y - 9.0), (end.max(axis.from + 1.0), y + 9.0), color)?;
        ink.text(&hundred(row.again), (end + 5.0, y), HPos::Left, INK)?;
        ink.text(&short(row.twice), (WIDE - 66.0, y), HPos::Right, INK)?;
        ink.text(&short(row.thrice), (WIDE, y), HPos::Right, INK)?;
    }
    Ok(())
}

/// A share where there is little room.
fn short(share: f64) -> String {
    percent(share).replace("under ", "<")
}

/// How often in 100 calls.
fn hundred(times: f64) -> String {
    let times = times * 100.0;
    if times < 0.1 {
        "under 0.1".to_owned()
    } else if times < 9.95 {
        format!("{times:.1}")
    } else {
        format!("{times:.0}")
    }
}

fn table(rows: &[Row<'_>]) -> Table {
    let heads = [
        "prompt of",
        "its words",
        "heard again, in 100 calls",
        "callers who hear it at least twice",
        "callers who hear it at least 3 times",
    ];
    let mut out: Vec<Vec<String>> = rows
        .iter()
        .take(TABLE_ROWS)
        .map(|row| {
            vec![
                format!("{}{}", row.step, row.which),
                row.words.clone(),
                format!("{:.3}", row.again * 100.0),
                format!("{:.3}%", row.twice * 100.0),
                format!("{:.3}%", row.thrice * 100.0),
            ]
        })
        .collect();
    if let Some(rest) = rows.get(TABLE_ROWS..).filter(|rest| !rest.is_empty()) {
        let again: f64 = rest.iter().map(|row| row.again).sum();
        let others = format!("{} others", rest.len());
        let again = format!("{:.3}", again * 100.0);
        out.push(vec![others, String::new(), again, String::new(), String::new()]);
    }
    Table {
        heads: heads.map(str::to_owned).to_vec(),
        rows: out,
    }
}

fn sentence(rows: &[Row<'_>]) -> String {
    let of = |row: &Row<'_>| {
        format!(
            "{}{}: {} times in 100 calls, {} of callers at least 3 times",
            row.step,
            row.which,
            hundred(row.again),
            percent(row.thrice)
        )
    };
    let told: Vec<String> = rows.iter().take(6).map(of).collect();
    told.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_told_as_precisely_as_they_are_read() {
        assert_eq!(hundred(0.0004), "under 0.1");
        assert_eq!(hundred(0.031), "3.1");
        assert_eq!(hundred(0.314), "31");
    }
}
