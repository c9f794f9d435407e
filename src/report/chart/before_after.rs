//! Two runs beside each other: of one tree, or of each tree of a portfolio.

use super::ink::{Axis, Ink, WIDE, rows_high};
use super::look::{self, ASIDE, Area, BAD, Drawn, GOOD, INK, RULE, SMALL, percent, picture};
use super::{Chart, Table};
use crate::audit::count;
use plotters::style::RGBColor;
use plotters::style::text_anchor::HPos;

const ROW: i32 = 24;
const HEAD: i32 = 30;
const NAMES: f64 = 200.0;
/// Rows of a group that are drawn; the table has all.
const ROWS: usize = 30;
/// Changes of less than this part of a figure are none.
const SAME: f64 = 0.001;

/// Figures of one kind, which share a scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What the figures are: `seconds until a person is offered`.
    pub what: String,
    /// How they are told.
    pub unit: Unit,
    /// Whether more of it is better for callers.
    pub more_is_better: bool,
    /// Each figure of the two runs.
    pub rows: Vec<Change>,
}

/// One figure before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What or whose it is.
    pub name: String,
    /// Before; `None` where there was none, as a person whom nobody reached.
    pub before: Option<f64>,
    /// After.
    pub after: Option<f64>,
}

/// How a figure is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// A share from 0 to 1.
    Share,
    /// A number.
    Count,
}

/// What became of a figure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Better,
    Worse,
    Same,
    /// It is there on one side only, which need not be good or bad.
    Other(&'static str),
}

/// Draws two runs; `subject` is what was run twice, `source` says what the runs were. `None` where there is no figure.
#[must_use]
pub fn before_after(subject: &str, groups: &[Group], source: &str) -> Option<Chart> {
    let all = || {
        groups
            .iter()
            .flat_map(|group| group.rows.iter().map(move |change| (group, change)))
    };
    all().next()?;
    let number = |wanted: Verdict| all().filter(|(group, change)| verdict(group, change) == wanted).count();
    let (better, worse) = (number(Verdict::Better), number(Verdict::Worse));
    let figures = count(all().count(), "figure");
    let title = match (better, worse) {
        (0, 0) => format!("{subject}: nothing has changed in {figures}"),
        (_, 0) => format!("{subject}: {better} of {figures} better, none worse"),
        (0, _) => format!("{subject}: {worse} of {figures} worse, none better"),
        _ => format!("{subject}: {better} of {figures} better, {worse} worse"),
    };
    let left_out: usize = groups.iter().map(|group| group.rows.len().saturating_sub(ROWS)).sum();
    let more = match left_out {
        0 => String::new(),
        some => format!("; {} more in the table", count(some, "figure")),
    };
    let high = groups.iter().filter(|group| !group.rows.is_empty());
    let high = high
        .map(|group| HEAD + rows_high(group.rows.len().min(ROWS), ROW))
        .sum();
    let svg = picture(&title, &format!("{source}{more}"), high, |area| paint(area, groups))?;
    let told: Vec<String> = all().take(12).map(|(group, change)| sentence(group, change)).collect();
    let chart = Chart {
        name: "before-after",
        alt: format!("{title}. {}", told.join("; ")),
        title,
        svg,
        table: table(groups),
    };
    Some(chart.in_plain_words())
}

fn verdict(group: &Group, change: &Change) -> Verdict {
    let (before, after) = match (change.before, change.after) {
        (Some(before), Some(after)) => (before, after),
        (None, Some(_)) => return Verdict::Other("new"),
        (Some(_), None) => return Verdict::Other("none any more"),
        (None, None) => return Verdict::Same,
    };
    if (after - before).abs() <= SAME * before.abs().max(after.abs()) {
        Verdict::Same
    } else if (after > before) == group.more_is_better {
        Verdict::Better
    } else {
        Verdict::Worse
    }
}

impl Verdict {
    const fn word(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Same => "as before",
            Self::Other(word) => word,
        }
    }

    const fn color(self) -> RGBColor {
        match self {
            Self::Better => GOOD,
            Self::Worse => BAD,
            Self::Same | Self::Other(_) => ASIDE,
        }
    }
}

fn paint(area: &Area<'_>, groups: &[Group]) -> Drawn {
    let ink = Ink(area);
    let mut top = 0.0;
    for group in groups.iter().filter(|group| !group.rows.is_empty()) {
        let rows = group.rows.get(..ROWS).unwrap_or(&group.rows);
        let numbers = rows.iter().flat_map(|change| [change.before, change.after]).flatten();
        let axis = Axis {
            from: NAMES + 70.0,
            to: WIDE - 170.0,
            end: numbers.fold(0.0, f64::max),
        };
        let what = look::cut(&group.what, 460, SMALL);
        ink.bold(&what, (NAMES + 10.0, top + 17.0), HPos::Left, INK)?;
        top += f64::from(HEAD);
        let foot = top + f64::from(rows_high(rows.len(), ROW));
        ink.line((axis.from, top), (axis.from, foot), RULE, 1)?;
        for change in rows {
            let y = top + f64::from(ROW) / 2.0;
            ink.text(&look::name(&change.name, 192, SMALL), (NAMES, y), HPos::Right, INK)?;
            paint_change(ink, axis, group, change, y)?;
            top += f64::from(ROW);
        }
    }
    Ok(())
}

fn paint_change(ink: Ink<'_, '_>, axis: Axis, group: &Group, change: &Change, y: f64) -> Drawn {
    let verdict = verdict(group, change);
    let color = verdict.color();
    let place = |number: Option<f64>| number.map(|number| (axis.at(number), number));
    match (place(change.before), place(change.after)) {
        (Some((from, before)), Some((to, after))) if (to - from).abs() >= 10.0 => {
            ink.line((from, y), (to, y), color, 3)?;
            ink.ring((from, y), 4, ASIDE)?;
            ink.head((to, y), from < to, color)?;
            let (old, new) = (said(before, group.unit), said(after, group.unit));
            let rises = from < to;
            let (of_old, of_new) = if rises {
                (HPos::Right, HPos::Left)
            } else {
                (HPos::Left, HPos::Right)
            };
            let aside = |rises: bool| if rises { 9.0 } else { -9.0 };
            ink.text_over(&old, (from - aside(rises), y), of_old, ASIDE)?;
            ink.text_over(&new, (to + aside(rises), y), of_new, look::darker(color))?;
        }
        (Some((from, before)), Some((to, after))) => {
            ink.ring((from, y), 4, ASIDE)?;
            ink.dot((to, y), 4, color)?;
            let (old, new) = (said(before, group.unit), said(after, group.unit));
            let (left, right) = (to.min(from) - 9.0, to.max(from) + 9.0);
            if old == new {
                ink.text_over(&new, (right, y), HPos::Left, look::darker(color))?;
            } else if to < from {
                ink.text_over(&new, (left, y), HPos::Right, look::darker(color))?;
                ink.text_over(&old, (right, y), HPos::Left, ASIDE)?;
            } else {
                ink.text_over(&old, (left, y), HPos::Right, ASIDE)?;
                ink.text_over(&new, (right, y), HPos::Left, look::darker(color))?;
            }
        }
        (None, Some((x, number))) | (Some((x, number)), None) => {
            if change.before.is_some() {
                ink.ring((x, y), 4, ASIDE)?;
            } else {
                ink.dot((x, y), 4, color)?;
            }
            ink.text(&said(number, group.unit), (x + 9.0, y), HPos::Left, ASIDE)?;
        }
        (None, None) => ink.text("none", (axis.from + 6.0, y), HPos::Left, ASIDE)?,
    }
    ink.text(verdict.word(), (WIDE, y), HPos::Right, look::darker(color))
}

fn said(number: f64, unit: Unit) -> String {
    match unit {
        Unit::Seconds => look::seconds(number),
        Unit::Share => percent(number),
        Unit::Count if number.fract().abs() < 1e-9 => format!("{number:.0}"),
        Unit::Count => format!("{number:.1}"),
    }
}

fn table(groups: &[Group]) -> Table {
    let heads = ["figure", "of", "before", "after", "verdict"];
    let rows = groups.iter().flat_map(|group| {
        group.rows.iter().map(|change| {
            let cell = |number: Option<f64>| match (number, group.unit) {
                (None, _) => "none".to_owned(),
                (Some(number), Unit::Seconds) => format!("{number:.1} s"),
                (Some(number), Unit::Share) => format!("{:.1}%", number * 100.0),
                (Some(number), Unit::Count) => said(number, Unit::Count),
            };
            vec![
                group.what.clone(),
                change.name.clone(),
                cell(change.before),
                cell(change.after),
                verdict(group, change).word().to_owned(),
            ]
        })
    });
    Table {
        heads: heads.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

fn sentence(group: &Group, change: &Change) -> String {
    let told = |number: Option<f64>| number.map_or("none".to_owned(), |number| said(number, group.unit));
    format!(
        "{}, {}: {} before, {} after",
        group.what,
        change.name,
        told(change.before),
        told(change.after)
    )
}
