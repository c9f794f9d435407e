//! How soon a person is offered at each hour of the week.

use super::ink::{Ink, WIDE, middles, rows_high, wide};
use super::look::{self, ASIDE, Area, Drawn, INK, RULE, picture};
use super::{Chart, Table};
use crate::audit::Audit;
use crate::graph::When;
use crate::graph::hearing::Heard;
use crate::graph::moments::{HoursState, State};
use crate::measure::WorldMeasures;
use crate::measure::worlds::World;
use crate::report::facts::Facts;
use jiff::SignedDuration;
use jiff::civil::DateTime;
use plotters::style::text_anchor::HPos;
use plotters::style::{RGBColor, WHITE};
use std::collections::BTreeMap;

const ROW: i32 = 32;
const TOP: i32 = 30;
const NAMES: f64 = 44.0;
/// Minutes between two looks.
const EVERY: i64 = 30;
/// Looks of a day.
const LOOKS: usize = 48;
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// The first day of the weeks that are looked at.
const MONDAY: DateTime = DateTime::constant(2026, 1, 5, 0, 0, 0, 0);
/// Weeks in which one without a listed date is sought.
const WEEKS: i64 = 52;
/// Seconds that are not told as soon, where nobody waits longer.
const LONG: f64 = 90.0;
/// Colours of the soonest and the latest offer.
const SOON: RGBColor = RGBColor(0xcf, 0xe3, 0xf2);
const LATE: RGBColor = RGBColor(0x00, 0x4a, 0x78);

/// What a call meets at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    /// A person is announced so soon.
    Offered(Heard),
    /// A person can be reached, and none is announced.
    Silent,
    Nobody,
    /// The moment was not looked at.
    Unknown,
}

/// What holds on one day from one look to another.
struct Run {
    day: usize,
    from: usize,
    to: usize,
    cell: Cell,
}

pub fn draw(facts: &Facts<'_>) -> Option<Chart> {
    let cells = cells(facts.audit)?;
    let first = word(*cells.first()?);
    if cells.iter().all(|cell| word(*cell) == first) {
        return None;
    }
    let runs = runs(&cells);
    let title = title(&cells);
    let mut source = format!(
        "{}, an ordinary week, looked at every {EVERY} minutes; for a listener, facts of the caller at their best",
        facts.name()
    );
    if facts.audit.graph.has_unknown_hours() {
        source += "; hours that the file does not give are taken as open";
    }
    let svg = picture(&title, &source, TOP + rows_high(DAYS.len(), ROW), |area| {
        paint(area, &runs, &cells)
    })?;
    Some(Chart {
        name: "week",
        alt: format!("{title}. {}", sentence(&runs)),
        title,
        svg,
        table: table(&runs),
    })
}

/// What a call meets at each look of a week, from Monday's midnight.
fn cells(audit: &Audit<'_>) -> Option<Vec<Cell>> {
    let graph = &audit.graph;
    if graph.states.list.len() < 2 {
        return None;
    }
    let week = |number: i64| -> Option<Vec<State>> {
        let minutes = (0..7 * 24 * 60 / EVERY).map(|look| number * 7 * 24 * 60 + look * EVERY);
        let moment = |minutes: i64| MONDAY.checked_add(SignedDuration::from_mins(minutes)).ok();
        minutes.map(|minutes| Some(graph.state_at(moment(minutes)?))).collect()
    };
    let is_ordinary = |state: &State| !state.schedules.contains(&HoursState::Holiday);
    let mut weeks = (0..WEEKS).filter_map(week);
    let states = weeks.find(|week| week.iter().all(is_ordinary)).or_else(|| week(0))?;
    let mut known: BTreeMap<(Vec<HoursState>, Vec<Option<u32>>), Cell> = BTreeMap::new();
    let look = |state: State| {
        let key = (state.schedules.clone(), state.staffed.clone());
        *known.entry(key).or_insert_with(|| cell(audit, &state))
    };
    Some(states.into_iter().map(look).collect())
}

/// The best of what calls can meet in a state of the calendar.
fn cell(audit: &Audit<'_>, state: &State) -> Cell {
    let measures = &audit.measures;
    let here: Vec<&WorldMeasures> = measures
        .worlds
        .iter()
        .zip(&measures.by_world)
        .filter(|(world, _)| holds(audit, world, state))
        .map(|(_, measures)| measures)
        .collect();
    if here.is_empty() {
        return Cell::Unknown;
    }
    let offers = here
        .iter()
        .filter_map(|measures| measures.anyone.offered.seconds.as_ref());
    match offers.map(|path| path.totals(&audit.graph).heard).min() {
        Some(heard) => Cell::Offered(heard),
        None if here.iter().any(|measures| measures.staffed) => Cell::Silent,
        None => Cell::Nobody,
    }
}

/// Whether a state of the calendar is one of those that a world stands for: all that the clock decides in it is the
/// same. Hours that the file does not give are open.
fn holds(audit: &Audit<'_>, world: &World, state: &State) -> bool {
    let graph = &audit.graph;
    if world.unknown_hours_open == Some(false) {
        return false;
    }
    let mut moves = graph.model.raw_edges().iter().zip(&world.there);
    moves.all(|(edge, there)| {
        let of_clock = matches!(
            edge.weight.when,
            When::Hours { .. } | When::UnknownHours { .. } | When::Staffed { .. } | When::Unstaffed { .. }
        );
        let is_met = || world.reachable.get(edge.source().index()) == Some(&true);
        !of_clock || !is_met() || *there == graph.is_there(&edge.weight, state, true)
    })
}

fn runs(cells: &[Cell]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for (day, looks) in cells.chunks(LOOKS).enumerate() {
        for (at, cell) in looks.iter().enumerate() {
            match out.last_mut() {
                Some(run) if run.day == day && run.cell == *cell => run.to = at + 1,
                _ => out.push(Run {
                    day,
                    from: at,
                    to: at + 1,
                    cell: *cell,
                }),
            }
        }
    }
    out
}

/// The same, what would be told alike together.
fn alike(runs: &[Run]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for run in runs {
        match out.last_mut() {
            Some(last) if last.day == run.day && word(last.cell) == word(run.cell) => last.to = run.to,
            _ => out.push(Run { ..*run }),
        }
    }
    out
}

/// The least and the most time until a person is offered, over the hours in which one is.
fn ends(cells: &[Cell]) -> Option<(f64, f64)> {
    let offered = cells.iter().filter_map(|cell| match cell {
        Cell::Offered(heard) => Some(look::real(heard.ms) / 1000.0),
        _ => None,
    });
    offered.fold(None, |ends: Option<(f64, f64)>, seconds| {
        let (least, most) = ends.unwrap_or((seconds, seconds));
        Some((least.min(seconds), most.max(seconds)))
    })
}

fn title(cells: &[Cell]) -> String {
    let is_staffed = |cell: &&Cell| matches!(cell, Cell::Offered(_) | Cell::Silent);
    let staffed = cells.iter().filter(is_staffed).count();
    let hours = |looks: usize| {
        let half = if looks % 2 == 1 { "\u{bd}" } else { "" };
        format!("{}{half}", looks / 2)
    };
    let open = if staffed == cells.len() {
        "Somebody can be reached at every hour".to_owned()
    } else if staffed == 0 {
        return "Nobody can be reached at any hour of the week".to_owned();
    } else {
        format!(
            "Somebody can be reached in {} of the 168 hours of a week",
            hours(staffed)
        )
    };
    match ends(cells).map(|(least, most)| (look::seconds(least), look::seconds(most))) {
        None => format!("{open}; no person is announced"),
        Some((least, most)) if least == most => format!("{open}; a person is offered after {least}"),
        Some((least, most)) => format!("{open}; a person is offered after {least} to {most}"),
    }
}

fn paint(area: &Area<'_>, runs: &[Run], cells: &[Cell]) -> Drawn {
    let ink = Ink(area);
    let looks = f64::from(u32::try_from(LOOKS).unwrap_or(1));
    let each = (WIDE - NAMES - 2.0) / looks;
    let x = |look: usize| NAMES + each * f64::from(u32::try_from(look).unwrap_or(0));
    let bottom = f64::from(TOP + rows_high(DAYS.len(), ROW));
    for hour in (0..=24_usize).step_by(3) {
        let to = match hour {
            0 => HPos::Left,
            24 => HPos::Right,
            _ => HPos::Center,
        };
        ink.text(&format!("{hour:02}:00"), (x(hour * 2), 10.0), to, ASIDE)?;
        ink.line((x(hour * 2), 20.0), (x(hour * 2), bottom), RULE, 1)?;
    }
    let ends = ends(cells);
    let rows: Vec<f64> = middles(f64::from(TOP), f64::from(ROW)).take(DAYS.len()).collect();
    for (day, y) in DAYS.iter().zip(&rows) {
        ink.text(day, (NAMES - 8.0, *y), HPos::Right, INK)?;
    }
    for run in alike(runs) {
        let Some(y) = rows.get(run.day) else { continue };
        let (left, right) = (x(run.from), x(run.to));
        let (high, low) = ((left, y - 14.0), (right, y + 14.0));
        let color = match (run.cell, ends) {
            (Cell::Offered(heard), Some(ends)) => shade(look::real(heard.ms) / 1000.0, ends),
            _ => WHITE,
        };
        ink.bar(high, low, color)?;
        ink.frame(high, low, RULE)?;
        let dark = i32::from(color.0) + i32::from(color.1) + i32::from(color.2) < 390;
        let ink_color = match run.cell {
            Cell::Offered(_) if dark => WHITE,
            Cell::Offered(_) => INK,
            _ => ASIDE,
        };
        let words = word(run.cell);
        if wide(&words) + 6.0 <= right - left {
            ink.text(&words, (f64::midpoint(left, right), *y), HPos::Center, ink_color)?;
        }
    }
    Ok(())
}

/// The colour of a time.
fn shade(seconds: f64, (_, most): (f64, f64)) -> RGBColor {
    let part = seconds / most.max(LONG);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between two colours"
    )]
    let mix = |soon: u8, late: u8| (f64::from(soon) + (f64::from(late) - f64::from(soon)) * part).round() as u8;
    RGBColor(mix(SOON.0, LATE.0), mix(SOON.1, LATE.1), mix(SOON.2, LATE.2))
}

fn word(cell: Cell) -> String {
    match cell {
        Cell::Offered(heard) => {
            let seconds = look::seconds(look::real(heard.ms) / 1000.0);
            if heard.unknown > 0 {
                format!("\u{2265}{seconds}")
            } else {
                seconds
            }
        }
        Cell::Silent => "not announced".to_owned(),
        Cell::Nobody => "nobody".to_owned(),
        Cell::Unknown => "not looked at".to_owned(),
    }
}

fn clock(look: usize) -> String {
    format!("{:02}:{:02}", look / 2, look % 2 * 30)
}

fn table(runs: &[Run]) -> Table {
    let heads = ["day", "from", "to", "seconds until a person is offered"];
    let row = |run: &Run| {
        let day = DAYS.get(run.day).copied().unwrap_or_default();
        let what = match run.cell {
            Cell::Offered(heard) if heard.unknown > 0 => format!("at least {:.1}", look::real(heard.ms) / 1000.0),
            Cell::Offered(heard) => format!("{:.1}", look::real(heard.ms) / 1000.0),
            other => word(other),
        };
        vec![day.to_owned(), clock(run.from), clock(run.to), what]
    };
    Table {
        heads: heads.map(str::to_owned).to_vec(),
        rows: runs.iter().map(row).collect(),
    }
}

fn sentence(runs: &[Run]) -> String {
    let told = runs.iter().filter(|run| run.cell != Cell::Nobody).take(14);
    let told: Vec<String> = told
        .map(|run| {
            let day = DAYS.get(run.day).copied().unwrap_or_default();
            format!("{day} {} to {}: {}", clock(run.from), clock(run.to), word(run.cell))
        })
        .collect();
    told.join("; ")
}
