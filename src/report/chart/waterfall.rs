//! What becomes of calls at each step that they come to.

use super::ink::{Axis, Ink, WIDE, middles, rows_high, wide};
use super::look::{self, ASIDE, Area, BAD, Drawn, INK, SERIES, SMALL, picture};
use super::{Chart, Table};
use crate::audit::{count, title as name_of};
use crate::callers::chain::{Chain, Event, Exit, To};
use crate::graph::{Graph, Part};
use crate::measure::exact::Exact;
use crate::report::facts::{Called, Facts};
use plotters::style::RGBColor;
use plotters::style::text_anchor::HPos;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Steps that are drawn, those of most callers first.
const ROWS: usize = 20;
/// Steps in the table; the others are one row.
const TABLE_ROWS: usize = 60;
const ROW: i32 = 24;
const TOP: i32 = 42;
const NAMES: f64 = 180.0;
const LAST: f64 = 146.0;
/// The width of the longest bar.
const BAR: f64 = 210.0;
/// Callers who go on to another step.
const ON: RGBColor = RGBColor(0xd5, 0xdd, 0xe3);
/// Fewer calls than this of 100 are not told beside a bar.
const TOLD: f64 = 0.5;

/// The ends of calls, what they are called and their colour.
const ENDS: [(Exit, &str, RGBColor); 8] = [
    (Exit::Person, "to a person", SERIES[0]),
    (Exit::Served, "served", SERIES[2]),
    (Exit::Promise, "promised", SERIES[5]),
    (Exit::Left, "left", BAD),
    (Exit::CutOff, "cut off", SERIES[3]),
    (Exit::Closed, "closed", SERIES[4]),
    (Exit::Elsewhere, "not known", ASIDE),
    (Exit::Trapped, "trapped", INK),
];

/// What happens at one step, in one call.
#[derive(Clone, Default)]
struct Row {
    name: String,
    /// Expected visits.
    visits: f64,
    /// Calls that end here, in the order of `Exit::ALL`.
    ends: [f64; Exit::ALL.len()],
    silent: f64,
    wrong: f64,
    rejected: f64,
}

impl Row {
    fn ended(&self, exit: Exit) -> f64 {
        self.ends.get(exit as usize).copied().unwrap_or(0.0)
    }

    /// Calls that end here and should not.
    fn lost(&self) -> f64 {
        [Exit::Left, Exit::CutOff, Exit::Trapped]
            .map(|exit| self.ended(exit))
            .iter()
            .sum()
    }

    fn add(&mut self, other: &Self) {
        self.visits += other.visits;
        self.silent += other.silent;
        self.wrong += other.wrong;
        self.rejected += other.rejected;
        for (sum, more) in self.ends.iter_mut().zip(other.ends) {
            *sum += more;
        }
    }
}

pub fn draw(facts: &Facts<'_>) -> Option<Chart> {
    let called = facts.called.as_ref().ok()?;
    let rows = rows(&facts.audit.graph, &called.chain)?;
    let title = title(&rows)?;
    let shown = rows.get(..ROWS).unwrap_or(&rows);
    let mut source = format!(
        "{}, callers at {}; exact; lost are those who leave, are cut off or trapped; a call that comes to a step twice counts twice",
        facts.name(),
        called.moment()
    );
    if rows.len() > shown.len() {
        let more = rows.len() - shown.len();
        let _ = write!(source, "; {} of fewer callers not drawn", count(more, "step"));
    }
    let svg = picture(&title, &source, TOP + rows_high(shown.len(), ROW), |area| {
        paint(area, shown)
    })?;
    Some(Chart {
        name: "waterfall",
        alt: format!("{title}. {}", sentence(shown, called)),
        title,
        svg,
        table: table(&rows),
    })
}

/// Each step that calls come to, the one of most callers first.
fn rows(graph: &Graph<'_>, chain: &Chain) -> Option<Vec<Row>> {
    let exact = Exact::of(chain).ok()?;
    let key = |state: u32| {
        let node = chain
            .states
            .get(state as usize)
            .map_or(graph.unknown, |state| state.node);
        let place = graph.place(node);
        match place.part {
            Part::Step | Part::Outcome => (place.tree, place.step),
            Part::Dropped => (u32::MAX, 0),
            Part::Unknown => (u32::MAX, 1),
        }
    };
    let mut found: BTreeMap<(u32, u32), Row> = BTreeMap::new();
    for (state, visits) in (0_u32..).zip(exact.visits()) {
        // Nothing happens at the start of the mixed chain but that a call begins.
        let here = (state != chain.start).then(|| key(state));
        for edge in chain.out(state) {
            let flow = visits * edge.p;
            if let Some(here) = here {
                let row = found.entry(here).or_default();
                match edge.event {
                    Event::Silence => row.silent += flow,
                    Event::Wrong => row.wrong += flow,
                    Event::Enter { accepted: false, .. } => row.rejected += flow,
                    _ => {}
                }
                if let To::Exit(exit) = edge.to
                    && let Some(ended) = row.ends.get_mut(exit as usize)
                {
                    *ended += flow;
                }
            }
            if let To::State(to) = edge.to {
                let there = key(to);
                let attempt = chain.states.get(to as usize).map_or(0, |state| state.attempt);
                // A further attempt, or the answer after a wait, is the same visit.
                if here != Some(there) || (edge.way.is_some() && attempt <= 1) {
                    found.entry(there).or_default().visits += flow;
                }
            }
        }
    }
    let mut out: Vec<Row> = found
        .into_iter()
        .map(|((tree, step), row)| {
            let known = graph
                .trees
                .get(tree as usize)
                .and_then(|(_, tree)| tree.steps.get(step as usize));
            let name = match (known, step) {
                (Some(step), _) => name_of(step),
                (None, 0) => "the line drops",
                (None, _) => "where the file does not tell",
            };
            Row {
                name: name.to_owned(),
                ..row
            }
        })
        .filter(|row| row.visits > 0.0)
        .collect();
    out.sort_by(|one, other| other.visits.total_cmp(&one.visits));
    Some(out)
}

fn title(rows: &[Row]) -> Option<String> {
    let worst = rows.iter().max_by(|one, other| one.lost().total_cmp(&other.lost()))?;
    let sum = |exit: Exit| rows.iter().map(|row| row.ended(exit)).sum::<f64>();
    let lost: f64 = rows.iter().map(Row::lost).sum();
    if lost < 0.005 {
        let well = sum(Exit::Person);
        return Some(format!(
            "{} of 100 calls come to a person, and hardly one is lost",
            hundred(well)
        ));
    }
    let there = if worst.lost() > lost * 0.999 {
        "all".to_owned()
    } else {
        hundred(worst.lost())
    };
    Some(format!(
        "{} of 100 calls are lost, {there} of them at \u{201c}{}\u{201d}",
        hundred(lost),
        look::name(&worst.name, 300, SMALL)
    ))
}

fn paint(area: &Area<'_>, rows: &[Row]) -> Drawn {
    let ink = Ink(area);
    let most = rows.iter().fold(0.0, |most: f64, row| most.max(row.visits));
    let axis = Axis {
        from: NAMES + 8.0,
        to: NAMES + 8.0 + BAR,
        end: most,
    };
    ink.bold(
        "visits in 100 calls, and the calls that end there",
        (axis.from, 22.0),
        HPos::Left,
        INK,
    )?;
    ink.bold("no input", (WIDE - 82.0, 28.0), HPos::Right, INK)?;
    ink.bold("wrong key", (WIDE, 28.0), HPos::Right, INK)?;
    ink.text("in 100 calls", (WIDE, 10.0), HPos::Right, ASIDE)?;
    for (row, y) in rows.iter().zip(middles(f64::from(TOP), f64::from(ROW))) {
        ink.text(&look::name(&row.name, 172, SMALL), (NAMES, y), HPos::Right, INK)?;
        let end = axis.at(row.visits).max(axis.from + 1.0);
        ink.bar((axis.from, y - 8.0), (end, y + 8.0), ON)?;
        let mut ended = 0.0;
        for (exit, _, color) in ENDS {
            let from = axis.at(ended);
            ended += row.ended(exit);
            let to = axis.at(ended);
            if to - from >= 0.5 {
                ink.bar((from, y - 8.0), (to, y + 8.0), color)?;
            }
        }
        tell(ink, row, (end + 6.0, y))?;
        for (times, x) in [(row.silent, WIDE - 82.0), (row.wrong, WIDE)] {
            if times > 0.0 {
                ink.text(&hundred(times), (x, y), HPos::Right, INK)?;
            }
        }
    }
    Ok(())
}

/// Writes beside a bar what it is made of, as far as there is room.
fn tell(ink: Ink<'_, '_>, row: &Row, (mut x, y): (f64, f64)) -> Drawn {
    let visits = hundred(row.visits);
    ink.bold(&visits, (x, y), HPos::Left, INK)?;
    x += wide(&visits) * 1.15 + 8.0;
    let mut ends: Vec<_> = ENDS
        .into_iter()
        .filter(|(exit, ..)| row.ended(*exit) * 100.0 >= TOLD)
        .collect();
    ends.sort_by(|one, other| row.ended(other.0).total_cmp(&row.ended(one.0)));
    for (exit, word, color) in ends {
        let words = format!("{} {word}", hundred(row.ended(exit)));
        if x + wide(&words) > WIDE - LAST + 4.0 {
            break;
        }
        ink.text(&words, (x, y), HPos::Left, look::darker(color))?;
        x += wide(&words) + 10.0;
    }
    Ok(())
}

/// How often in 100 calls.
fn hundred(times: f64) -> String {
    let times = times * 100.0;
    if times > 0.0 && times < 0.05 {
        "under 0.1".to_owned()
    } else if times > 0.0 && times < 9.95 {
        let words = format!("{times:.1}");
        words.trim_end_matches(".0").to_owned()
    } else {
        format!("{times:.0}")
    }
}

fn table(rows: &[Row]) -> Table {
    let heads = ["step", "visits in 100 calls"].into_iter();
    let ends = [
        "ended there: to a person",
        "served",
        "promised",
        "left",
        "cut off",
        "closed",
        "not known",
        "trapped",
    ];
    let last = ["no input", "wrong key", "entry rejected"];
    let cells = |row: &Row| {
        let numbers = [row.visits].into_iter().chain(ENDS.map(|(exit, ..)| row.ended(exit)));
        let numbers = numbers.chain([row.silent, row.wrong, row.rejected]);
        let numbers = numbers.map(|number| format!("{:.3}", number * 100.0));
        std::iter::once(row.name.clone()).chain(numbers).collect()
    };
    let mut out: Vec<Vec<String>> = rows.iter().take(TABLE_ROWS).map(cells).collect();
    if let Some(rest) = rows.get(TABLE_ROWS..).filter(|rest| !rest.is_empty()) {
        let mut others = Row {
            name: format!("{} others", rest.len()),
            ..Row::default()
        };
        for row in rest {
            others.add(row);
        }
        out.push(cells(&others));
    }
    Table {
        heads: heads.chain(ends).chain(last).map(str::to_owned).collect(),
        rows: out,
    }
}

fn sentence(rows: &[Row], called: &Called<'_>) -> String {
    let of = |row: &Row| {
        let ends = ENDS.into_iter().filter(|(exit, ..)| row.ended(*exit) * 100.0 >= TOLD);
        let ends: Vec<String> = ends
            .map(|(exit, word, _)| format!("{} {word}", hundred(row.ended(exit))))
            .collect();
        let ends = if ends.is_empty() {
            "all go on".to_owned()
        } else {
            ends.join(", ")
        };
        format!("{}: {} visits, {ends}", row.name, hundred(row.visits))
    };
    let told: Vec<String> = rows.iter().take(8).map(of).collect();
    let person = hundred(called.outcome.all.ended(Exit::Person));
    format!("Of 100 calls: {}; {person} in all come to a person", told.join("; "))
}
