//! Callers who are not yet with a person after so many seconds, by what they call for.

use super::look::{self, Area, Drawn, INK, RULE, SERIES, SMALL, beside, letters, percent, picture, px, seconds, size};
use super::{Chart, Table};
use crate::callers::chain::{Assumed, Chain, Exit};
use crate::measure::distribution::{Distribution, Goal, Grid, Moment, distribution};
use crate::report::facts::{Called, Facts};
use crate::simulate::estimate::Figures;
use crate::simulate::law::Law;
use crate::simulate::tally::Tally;
use plotters::prelude::*;
use plotters::style::text_anchor::HPos;

const HEIGHT: i32 = 340;
/// Reasons to call that are drawn, those of most callers first.
const REASONS: usize = 5;
/// Points of a curve.
const POINTS: u32 = 240;
/// How sure the band of the simulation is.
const CONFIDENCE: f64 = 0.99;
/// Times in the table.
const ROWS: u32 = 10;

/// One curve.
struct Curve {
    name: String,
    law: Distribution,
}

pub fn draw(facts: &Facts<'_>) -> Option<Chart> {
    let called = facts.called.as_ref().ok()?;
    let waits_known = called.calls.assumed().iter().all(|(what, _)| *what != Assumed::Wait);
    let goal = if waits_known {
        Goal::Exit(Exit::Person)
    } else {
        Goal::Person
    };
    let all = curve("all callers".to_owned(), &called.chain, goal);
    let mut curves = vec![all];
    curves.extend(reasons(facts, called, goal));
    let whole = curves.first()?;
    let reached = whole.law.goal_share();
    let whom = if waits_known {
        "a person"
    } else {
        "a person or her queue"
    };
    let title = title(&whole.law, reached.lower, whom);
    let end_ms = horizon(&curves)?;
    let source = format!(
        "{}, callers at {}; curves are exact; {}",
        facts.name(),
        called.moment(),
        beside_it(called)
    );
    let svg = picture(&title, &source, HEIGHT, |area| {
        paint(area, &curves, called, waits_known, end_ms)
    })?;
    Some(Chart {
        name: "survival",
        alt: format!("{title}. {}", sentence(&curves, whom)),
        title,
        svg,
        table: table(&curves, end_ms),
    })
}

/// What is drawn behind the curve of all callers.
fn beside_it(called: &Called<'_>) -> String {
    format!(
        "the shaded band is that of {},{:03} simulated calls, with {}% confidence",
        called.tally.calls / 1000,
        called.tally.calls % 1000,
        CONFIDENCE * 100.0
    )
}

fn curve(name: String, chain: &Chain, goal: Goal) -> Curve {
    let grid = Grid {
        step_ms: 500,
        horizon_ms: 3_600_000,
        error: 1e-6,
    };
    Curve {
        name,
        law: distribution(chain, goal, grid),
    }
}

/// The curves of the reasons to call, where there are several.
fn reasons(facts: &Facts<'_>, called: &Called<'_>, goal: Goal) -> Vec<Curve> {
    let mut sorts: Vec<_> = called
        .calls
        .sorts
        .iter()
        .filter_map(|sort| Some((sort, facts.audit.tree.callers.get(sort.intent?)?)))
        .collect();
    if sorts.len() < 2 {
        return Vec::new();
    }
    sorts.sort_by(|(one, _), (other, _)| other.share.total_cmp(&one.share));
    let name = |share: f64, name: &str| format!("{name} ({})", percent(share));
    sorts
        .into_iter()
        .take(REASONS)
        .map(|(sort, intent)| curve(name(sort.share, &intent.name.value), &sort.chain, goal))
        .collect()
}

fn title(law: &Distribution, reached: f64, whom: &str) -> String {
    match law.quantile(0.5).latest {
        Moment::At(ms) => format!("Half of callers are with {whom} after {}", seconds(of_ms(ms))),
        _ if reached < 0.0005 => format!("No caller reaches {whom}"),
        _ => format!("Only {} of callers ever reach {whom}", percent(reached)),
    }
}

/// Where the axis of time ends: when those who come to a person have nearly all done so.
fn horizon(curves: &[Curve]) -> Option<f64> {
    let latest = curves
        .iter()
        .filter_map(|curve| match curve.law.quantile_of_goal(0.98).latest {
            Moment::At(ms) => Some(of_ms(ms)),
            Moment::Later => Some(3600.0),
            Moment::Never => None,
        });
    let end = latest.reduce(f64::max)?;
    Some(look::round_up(end.clamp(10.0, 3600.0)) * 1000.0)
}

fn paint(area: &Area<'_>, curves: &[Curve], called: &Called<'_>, waits_known: bool, end_ms: f64) -> Drawn {
    let end = end_ms / 1000.0;
    let mut chart = ChartBuilder::on(area)
        .margin_top(size(8))
        .margin_right(size(190))
        .x_label_area_size(size(44))
        .y_label_area_size(size(56))
        .build_cartesian_2d(0.0..end, 0.0..1.0)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(RULE.stroke_width(size(1)))
        .axis_style(INK.stroke_width(size(1)))
        .x_labels(8)
        .y_labels(6)
        .label_style(letters(SMALL, INK))
        .axis_desc_style(letters(SMALL, INK))
        .x_desc("seconds from the answer")
        .y_desc("callers not yet with a person")
        .x_label_formatter(&|x| format!("{x:.0}"))
        .y_label_formatter(&|y| format!("{:.0}%", y * 100.0))
        .set_all_tick_mark_size(size(4))
        .draw()?;
    let law = if waits_known {
        &called.tally.to_answer
    } else {
        &called.tally.to_person
    };
    chart.draw_series([Polygon::new(band(&called.tally, law, end), SERIES[0].mix(0.18))])?;
    // Those drawn last lie on top: all callers.
    for (at, curve) in curves.iter().enumerate().rev() {
        let color = SERIES[at % SERIES.len()];
        let wide = if at == 0 { 3 } else { 2 };
        let points = points(curve, end_ms);
        chart.draw_series(LineSeries::new(points, color.stroke_width(size(wide))))?;
    }
    let mut heights: Vec<i32> = curves
        .iter()
        .map(|curve| chart.backend_coord(&(end, not_yet(curve, end_ms))).1)
        .collect();
    let (right, top) = chart.backend_coord(&(end, 1.0));
    let bottom = chart.backend_coord(&(end, 0.0)).1;
    look::spread(&mut heights, top..=bottom);
    let (left_of_area, top_of_area) = area.get_base_pixel();
    for (at, (curve, height)) in curves.iter().zip(heights).enumerate() {
        let label = look::name(&curve.name, 176, SMALL);
        let color = if at == 0 {
            SERIES[0]
        } else {
            look::darker(SERIES[at % SERIES.len()])
        };
        let place = (right - left_of_area + px(8), height - top_of_area);
        area.draw_text(&label, &beside(HPos::Left, color), place)?;
    }
    Ok(())
}

fn points(curve: &Curve, end_ms: f64) -> Vec<(f64, f64)> {
    look::evenly(end_ms, POINTS)
        .map(|ms| (ms / 1000.0, not_yet(curve, ms)))
        .collect()
}

/// The share of callers who are not with a person at a time, those who never will be among them: the middle of what it can
/// be.
fn not_yet(curve: &Curve, ms: f64) -> f64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a time of at most an hour"
    )]
    let bounds = curve.law.within(ms as u64);
    1.0 - f64::midpoint(bounds.lower, bounds.upper)
}

/// The outline of the band around what was simulated: there and back.
fn band(tally: &Tally, law: &Law, end: f64) -> Vec<(f64, f64)> {
    let reach = Figures::each(tally, CONFIDENCE).band();
    let unit = f64::from(tally.unit) / 1000.0;
    let all = look::real(tally.calls.max(1));
    let mut steps = vec![(0.0, 1.0)];
    let mut seen = 0;
    for (length, count) in law.iter() {
        let at = f64::from(length) * unit;
        if at > end {
            break;
        }
        seen += count;
        let share = 1.0 - look::real(seen) / all;
        let before = steps.last().map_or(1.0, |(_, share)| *share);
        steps.extend([(at, before), (at, share)]);
    }
    let last = steps.last().map_or(1.0, |(_, share)| *share);
    steps.push((end, last));
    let above = steps.iter().map(|(at, share)| (*at, (share + reach).min(1.0)));
    let below = steps.iter().rev().map(|(at, share)| (*at, (share - reach).max(0.0)));
    above.chain(below).collect()
}

fn table(curves: &[Curve], end_ms: f64) -> Table {
    let heads = std::iter::once("seconds".to_owned())
        .chain(
            curves
                .iter()
                .map(|curve| format!("{}: not yet with a person", curve.name)),
        )
        .collect();
    let rows = look::evenly(end_ms, ROWS)
        .map(|ms| {
            let shares = curves.iter().map(|curve| format!("{:.1}%", not_yet(curve, ms) * 100.0));
            std::iter::once(format!("{:.0}", ms / 1000.0)).chain(shares).collect()
        })
        .collect();
    Table { heads, rows }
}

fn sentence(curves: &[Curve], whom: &str) -> String {
    let of = |curve: &Curve| {
        let reached = curve.law.goal_share();
        let median = match curve.law.quantile_of_goal(0.5).latest {
            Moment::At(ms) => format!(", half of them within {}", seconds(of_ms(ms))),
            _ => String::new(),
        };
        format!(
            "{}: {} reach {whom}{median}",
            curve.name,
            percent(f64::midpoint(reached.lower, reached.upper))
        )
    };
    let told: Vec<String> = curves.iter().map(of).collect();
    told.join("; ")
}

fn of_ms(ms: u64) -> f64 {
    look::real(ms) / 1000.0
}
