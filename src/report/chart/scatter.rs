//! The trees of a portfolio by the time to a person against the share of frustrated callers.

use super::ink::{Axis, Ink, Spot, WIDE, wide};
use super::look::{self, ASIDE, Area, BAD, Drawn, GOOD, INK, RULE, SMALL, percent, picture};
use super::{Chart, Table};
use crate::audit::count;
use plotters::style::WHITE;
use plotters::style::text_anchor::HPos;

const HEIGHT: i32 = 440;
const LEFT: f64 = 52.0;
const TOP: f64 = 30.0;
/// The foot of the plot.
const FOOT: f64 = 396.0;
/// From the foot to where nobody is frustrated.
const GROUND: f64 = 12.0;
/// The width of the band for trees without a person.
const BAND: f64 = 200.0;
/// From the end of the axis to that band, and to its dots.
const TO_BAND: (f64, f64) = (14.0, 26.0);
/// Trees that are named, the worst first; the table has all.
const NAMED: usize = 40;
/// Rounds in which places for all names are sought.
const ROUNDS: usize = 8;
/// The share of frustrated callers from which on a tree is said to frustrate many.
const MANY: f64 = 0.5;
/// Points between a dot and its name, nearest first; farther ones get a line.
const RINGS: [f64; 8] = [9.0, 14.0, 22.0, 32.0, 44.0, 58.0, 76.0, 96.0];

/// One tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// What it is called.
    pub name: String,
    /// Mean seconds until its callers are with a person; `None` where none is reached.
    pub seconds: Option<f64>,
    /// The share of calls with a frustrating event, from 0 to 1.
    pub frustrated: f64,
}

/// A name with its place.
struct Label {
    words: String,
    dot: Spot,
    area: Rect,
    /// Spots on the line to it, where it is far from its dot.
    path: Vec<Spot>,
}

#[derive(Clone, Copy)]
struct Rect {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Rect {
    /// The room of a dot.
    fn around((x, y): Spot) -> Self {
        Self {
            left: x - 6.0,
            top: y - 6.0,
            right: x + 6.0,
            bottom: y + 6.0,
        }
    }

    fn meets(self, other: Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn holds(self, (x, y): Spot) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }

    fn within(self, other: Self) -> bool {
        self.left >= other.left && self.right <= other.right && self.top >= other.top && self.bottom <= other.bottom
    }
}

/// Draws a portfolio; `source` says where the figures come from. `None` where there is no tree.
#[must_use]
pub fn scatter(points: &[Point], source: &str) -> Option<Chart> {
    let is_known = |point: &&Point| point.frustrated.is_finite() && point.seconds.is_none_or(f64::is_finite);
    let mut points: Vec<&Point> = points.iter().filter(is_known).collect();
    points.sort_by(|one, other| {
        let late = |point: &Point| point.seconds.unwrap_or(f64::INFINITY);
        let worse = other.frustrated.total_cmp(&one.frustrated);
        worse.then(late(other).total_cmp(&late(one)))
    });
    let title = title(&points)?;
    let dots = dots(&points);
    let labels = labels(&points, &dots, seconds_axis(&points).to + TO_BAND.0);
    let unnamed = points.len() - labels.len();
    let more = match unnamed {
        0 => String::new(),
        some => format!("; {} not named here, all are in the table", count(some, "tree")),
    };
    let svg = picture(&title, &format!("{source}{more}"), HEIGHT, |area| {
        paint(area, &points, &dots, &labels)
    })?;
    let chart = Chart {
        name: "scatter",
        alt: format!("{title}. {}", sentence(&points)),
        title,
        svg,
        table: table(&points),
    };
    Some(chart.in_plain_words())
}

fn title(points: &[&Point]) -> Option<String> {
    let worst = points.first()?;
    let many = points.iter().filter(|point| point.frustrated > MANY).count();
    Some(match many {
        0 => format!(
            "No line frustrates more than {} of its callers",
            percent(worst.frustrated)
        ),
        1 => format!(
            "One of {} lines frustrates most of its callers: {}",
            points.len(),
            look::name(&worst.name, 260, SMALL)
        ),
        _ => format!("{many} of {} lines frustrate most of their callers", points.len()),
    })
}

fn seconds_axis(points: &[&Point]) -> Axis {
    let most = points.iter().filter_map(|point| point.seconds).fold(10.0, f64::max);
    let band = if points.iter().any(|point| point.seconds.is_none()) {
        BAND
    } else {
        0.0
    };
    Axis {
        from: LEFT,
        to: WIDE - 24.0 - band,
        end: look::round_up(most),
    }
}

fn height(share: f64) -> f64 {
    FOOT - GROUND - (FOOT - GROUND - TOP) * share.clamp(0.0, 1.0)
}

fn dots(points: &[&Point]) -> Vec<Spot> {
    let axis = seconds_axis(points);
    let place = |point: &&Point| {
        let x = point.seconds.map_or(axis.to + TO_BAND.1, |seconds| axis.at(seconds));
        (x, height(point.frustrated))
    };
    points.iter().map(place).collect()
}

/// Finds a free place for each name; those that find none come first in the next round, and the best round counts.
fn labels(points: &[&Point], dots: &[Spot], band: f64) -> Vec<Label> {
    let mut order: Vec<usize> = (0..points.len().min(NAMED)).collect();
    let mut best = Vec::new();
    for _ in 0..ROUNDS {
        let (placed, failed) = round(points, dots, band, &order);
        if placed.len() > best.len() {
            best = placed;
        }
        if failed.is_empty() {
            break;
        }
        order.retain(|at| !failed.contains(at));
        order = failed.into_iter().chain(order).collect();
    }
    best
}

/// Gives each name in turn the nearest place that is free, and tells which find none; O(n) for each.
fn round(points: &[&Point], dots: &[Spot], band: f64, order: &[usize]) -> (Vec<Label>, Vec<usize>) {
    let has_band = points.iter().any(|point| point.seconds.is_none());
    let mut out: Vec<Label> = Vec::new();
    let mut failed = Vec::new();
    for at in order {
        let (Some(point), Some(dot)) = (points.get(*at), dots.get(*at)) else {
            continue;
        };
        let words = look::name(&point.name, 165, SMALL);
        let is_nobody = point.seconds.is_none();
        let bounds = Rect {
            left: if is_nobody { band } else { LEFT + 3.0 },
            top: 1.0,
            right: if has_band && !is_nobody { band } else { WIDE },
            bottom: FOOT - 1.0,
        };
        let free = |area: &Rect| {
            area.within(bounds)
                && out.iter().all(|label| !label.area.meets(*area))
                && dots.iter().all(|dot| !area.meets(Rect::around(*dot)))
        };
        let clear = |area: &Rect, path: &[Spot]| {
            let crosses = |spot: &Spot| {
                let near = |(x, y): &Spot| (x - spot.0).hypot(y - spot.1) < 6.0;
                out.iter().any(|label| label.area.holds(*spot)) || dots.iter().any(|other| other != dot && near(other))
            };
            let mut others = out.iter().flat_map(|label| &label.path);
            !path.iter().any(crosses) && !others.any(|spot| area.holds(*spot))
        };
        let near = around(*dot, wide(&words)).filter(|(area, _)| free(area));
        let mut lined = near.map(|(area, far)| (area, if far { path(*dot, area) } else { Vec::new() }));
        match lined.find(|(area, path)| clear(area, path)) {
            Some((area, path)) => out.push(Label {
                words,
                dot: *dot,
                area,
                path,
            }),
            None => failed.push(*at),
        }
    }
    (out, failed)
}

/// Spots on the line from a dot to its name, without its ends.
fn path((x, y): Spot, area: Rect) -> Vec<Spot> {
    const PARTS: u32 = 24;
    let (to_x, to_y) = end((x, y), area);
    let parts = look::evenly(1.0, PARTS).skip(1).take(PARTS as usize - 2);
    parts
        .map(|part| (x + (to_x - x) * part, y + (to_y - y) * part))
        .collect()
}

/// Where the line from a dot meets its name.
fn end((x, y): Spot, area: Rect) -> Spot {
    (
        x.clamp(area.left, area.right),
        y.clamp(area.top + 4.0, area.bottom - 4.0),
    )
}

/// Places for a name of this width around a dot, nearest first, and whether it needs a line.
fn around((x, y): Spot, wide: f64) -> impl Iterator<Item = (Rect, bool)> {
    const HALF: f64 = 8.0;
    const WAYS: [(f64, f64); 12] = [
        (1.0, 0.0),
        (-1.0, 0.0),
        (1.0, -0.7),
        (1.0, 0.7),
        (-1.0, -0.7),
        (-1.0, 0.7),
        (0.0, -1.0),
        (0.0, 1.0),
        (0.3, -1.2),
        (0.3, 1.2),
        (-0.3, -1.2),
        (-0.3, 1.2),
    ];
    RINGS.into_iter().flat_map(move |ring| {
        WAYS.into_iter().map(move |(across, down)| {
            let left = match across {
                across if across > 0.0 => x + ring * across,
                across if across < 0.0 => x + ring * across - wide,
                _ => x - wide / 2.0,
            };
            let middle = y + down * (ring + if across == 0.0 { HALF } else { 0.0 });
            let area = Rect {
                left,
                top: middle - HALF,
                right: left + wide,
                bottom: middle + HALF,
            };
            (area, ring > 20.0)
        })
    })
}

fn paint(area: &Area<'_>, points: &[&Point], dots: &[Spot], labels: &[Label]) -> Drawn {
    let ink = Ink(area);
    let axis = seconds_axis(points);
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let y = height(share);
        ink.line((LEFT, y), (WIDE, y), RULE, 1)?;
        ink.text(&format!("{:.0}%", share * 100.0), (LEFT - 6.0, y), HPos::Right, INK)?;
    }
    ink.line((LEFT, FOOT), (axis.to, FOOT), INK, 1)?;
    for seconds in look::evenly(axis.end, 5) {
        let x = axis.at(seconds);
        ink.line((x, FOOT), (x, FOOT + 4.0), INK, 1)?;
        ink.text(&look::seconds(seconds), (x, FOOT + 18.0), HPos::Center, INK)?;
    }
    let middle = f64::midpoint(axis.from, axis.to);
    ink.text(
        "mean time until callers are with a person",
        (middle, FOOT + 36.0),
        HPos::Center,
        INK,
    )?;
    ink.text("callers frustrated", (0.0, 8.0), HPos::Left, INK)?;
    if points.iter().any(|point| point.seconds.is_none()) {
        let x = axis.to + TO_BAND.0;
        ink.line((x, TOP), (x, FOOT), RULE, 2)?;
        ink.text("no person", (axis.to + TO_BAND.1 + 9.0, FOOT + 18.0), HPos::Left, INK)?;
    }
    for label in labels {
        let Rect {
            left,
            top,
            right,
            bottom,
        } = label.area;
        ink.bar((left, top), (right, bottom), WHITE)?;
    }
    for label in labels.iter().filter(|label| !label.path.is_empty()) {
        ink.line(label.dot, end(label.dot, label.area), ASIDE, 1)?;
    }
    for (point, dot) in points.iter().zip(dots) {
        let color = if point.frustrated > MANY { BAD } else { GOOD };
        ink.dot(*dot, 5, color)?;
    }
    for label in labels {
        let place = (label.area.left, f64::midpoint(label.area.top, label.area.bottom));
        ink.text(&label.words, place, HPos::Left, INK)?;
    }
    Ok(())
}

fn table(points: &[&Point]) -> Table {
    let heads = ["tree", "mean seconds to a person", "calls with a frustrating event"];
    let row = |point: &&Point| {
        let seconds = point
            .seconds
            .map_or("no person".to_owned(), |seconds| format!("{seconds:.1}"));
        vec![point.name.clone(), seconds, format!("{:.1}%", point.frustrated * 100.0)]
    };
    Table {
        heads: heads.map(str::to_owned).to_vec(),
        rows: points.iter().map(row).collect(),
    }
}

fn sentence(points: &[&Point]) -> String {
    let of = |point: &&Point| {
        let seconds = point.seconds.map_or("no person".to_owned(), look::seconds);
        format!("{}: {} frustrated, {seconds}", point.name, percent(point.frustrated))
    };
    let told: Vec<String> = points.iter().take(8).map(of).collect();
    told.join("; ")
}
