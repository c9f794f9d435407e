//! How far a person is for each reason to call: what is announced against what would be possible.

use super::ink::{Axis, Ink, WIDE, middles, rows_high, wide};
use super::look::{self, ASIDE, Area, BAD, Drawn, GOOD, INK, RULE, SMALL, picture};
use super::{Chart, Table};
use crate::audit::count;
use crate::audit::figures::{Figures, PersonFigures, WayFigures};
use crate::report::facts::Facts;
use plotters::style::text_anchor::HPos;

/// Reasons that are drawn; the table has all.
const ROWS: usize = 24;
const ROW: i32 = 24;
const TOP: i32 = 52;
/// The width of the names.
const NAMES: f64 = 170.0;
/// What is compared, in the order of the panels.
const PANELS: [&str; 3] = ["menus heard", "keys and digits", "time until reached"];

/// One reason to call.
struct Row {
    name: String,
    /// Announced and possible, for each panel.
    cells: [(Option<Number>, Option<Number>); 3],
    way: Way,
}

/// A figure of which part may be unknown.
#[derive(Clone, Copy)]
struct Number {
    value: f64,
    at_least: bool,
}

/// What callers for one reason learn of a person.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Announced,
    /// Whether it is announced is not known.
    Perhaps,
    /// A way works that nobody is told.
    Hidden,
    Nobody,
}

impl Row {
    /// Whether a way is nearer than what is announced, in some unit.
    fn has_nearer(&self) -> bool {
        let differ = |(announced, possible): &(Option<Number>, Option<Number>)| match (announced, possible) {
            (Some(announced), Some(possible)) => possible.value < announced.value,
            (None, possible) => possible.is_some(),
            (Some(_), None) => false,
        };
        self.cells.iter().any(differ)
    }
}

impl Way {
    /// What is noted beside a way that is only possible.
    const fn word(self) -> &'static str {
        match self {
            Self::Announced | Self::Nobody => "",
            Self::Perhaps => " perhaps",
            Self::Hidden => " untold",
        }
    }
}

pub fn draw(facts: &Facts<'_>) -> Option<Chart> {
    let figures = &facts.found.figures;
    let rows = rows(figures);
    if rows.iter().all(|row| row.way == Way::Nobody) {
        return None;
    }
    let title = title(figures, &rows);
    let left_out = match rows.len().saturating_sub(ROWS) {
        0 => String::new(),
        more => format!("; {} with a nearer person are in the table", count(more, "reason")),
    };
    let shown = &farthest(rows);
    let source = format!(
        "{}, the best hour; for a listener, reaction and keying included{left_out}; \u{2265} where some wording is not known",
        facts.name()
    );
    let svg = picture(&title, &source, TOP + rows_high(shown.len(), ROW), |area| {
        paint(area, shown)
    })?;
    Some(Chart {
        name: "depth",
        alt: format!("{title}. {}", sentence(shown)),
        title,
        svg,
        table: table(figures),
    })
}

fn rows(figures: &Figures) -> Vec<Row> {
    let mut out = vec![row("any person".to_owned(), figures.person.as_ref())];
    out.extend(figures.intents.iter().map(|intent| {
        let anyone = if intent.aims_at_anyone && intent.person.is_some() {
            " (anyone)"
        } else {
            ""
        };
        row(format!("{}{anyone}", intent.name), intent.person.as_ref())
    }));
    out
}

/// As many rows as can be drawn: those of anyone and of the reasons from which a person is farthest, in their order.
fn farthest(mut rows: Vec<Row>) -> Vec<Row> {
    if rows.len() <= ROWS {
        return rows;
    }
    let far = |row: &Row| {
        let [.., (announced, possible)] = row.cells;
        announced.or(possible).map_or(f64::INFINITY, |seconds| seconds.value)
    };
    let reasons = rows.get(1..).unwrap_or_default();
    let mut order: Vec<(f64, usize)> = reasons.iter().map(far).zip(1..).collect();
    order.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let mut kept = vec![false; rows.len()];
    for at in order.iter().map(|(_, at)| *at).take(ROWS - 1).chain([0]) {
        kept[at] = true;
    }
    let mut kept = kept.into_iter();
    rows.retain(|_| kept.next() == Some(true));
    rows
}

fn row(name: String, person: Option<&PersonFigures>) -> Row {
    let Some(person) = person else {
        return Row {
            name,
            cells: [(None, None); 3],
            way: Way::Nobody,
        };
    };
    let way = match (&person.offered, &person.perhaps_offered) {
        (Some(_), _) => Way::Announced,
        (None, Some(_)) => Way::Perhaps,
        (None, None) => Way::Hidden,
    };
    let of = |way: &Option<WayFigures>, figure: fn(&WayFigures) -> Number| way.as_ref().map(figure);
    Row {
        name,
        cells: [
            (of(&person.offered, menus), of(&person.possible_menus, menus)),
            (of(&person.fewest_keys, keys), of(&person.possible, keys)),
            (of(&person.reached, time), of(&person.possible_soonest, time)),
        ],
        way,
    }
}

fn menus(way: &WayFigures) -> Number {
    known(f64::from(way.menus))
}

fn keys(way: &WayFigures) -> Number {
    known(f64::from(way.presses.saturating_add(way.digits)))
}

fn time(way: &WayFigures) -> Number {
    Number {
        value: look::real(way.ms) / 1000.0,
        at_least: way.unknown > 0,
    }
}

const fn known(value: f64) -> Number {
    Number { value, at_least: false }
}

fn title(figures: &Figures, rows: &[Row]) -> String {
    let hidden = |row: &&Row| row.way == Way::Hidden;
    let reasons = rows.get(1..).filter(|rows| !rows.is_empty()).unwrap_or(rows);
    if let Some(row) = reasons.iter().find(hidden) {
        let whose = if figures.intents.is_empty() {
            "Callers".to_owned()
        } else {
            format!("Callers for \u{201c}{}\u{201d}", look::name(&row.name, 200, SMALL))
        };
        return format!("{whose} are never told of a person, though there is a way to one");
    }
    let depths = || {
        reasons
            .iter()
            .filter_map(|row| row.cells.first()?.0)
            .map(|menus| menus.value)
    };
    let (least, most) = (depths().reduce(f64::min), depths().reduce(f64::max));
    let (Some(least), Some(most)) = (least, most) else {
        return "It is not known whether a person is announced".to_owned();
    };
    let nobody = reasons.iter().filter(|row| row.way == Way::Nobody).count();
    let never = match nobody {
        0 => String::new(),
        1 => ", and never for one reason to call".to_owned(),
        some => format!(", and never for {some} reasons to call"),
    };
    let plural = if most > 1.0 { "s" } else { "" };
    if most <= 0.0 {
        format!("A person is offered before any menu{never}")
    } else if least < most {
        format!("A person is offered at menu {least:.0} to menu {most:.0}, depending on why one calls{never}")
    } else {
        format!("A person is offered after {most:.0} menu{plural}{never}")
    }
}

fn paint(area: &Area<'_>, rows: &[Row]) -> Drawn {
    let ink = Ink(area);
    let (high, bottom) = (f64::from(TOP), f64::from(TOP + rows_high(rows.len(), ROW)));
    ink.dot((NAMES + 30.0, 10.0), 5, GOOD)?;
    ink.text("as announced", (NAMES + 40.0, 10.0), HPos::Left, INK)?;
    if rows.iter().any(Row::has_nearer) {
        ink.ring((NAMES + 160.0, 10.0), 5, BAD)?;
        let words = "as possible, for those who know the keys";
        ink.text(words, (NAMES + 170.0, 10.0), HPos::Left, INK)?;
    } else {
        let words = "no way is nearer for those who know the keys";
        ink.text(words, (NAMES + 160.0, 10.0), HPos::Left, ASIDE)?;
    }
    for (at, name) in (0_u8..).zip(PANELS) {
        let left = NAMES + f64::from(at) * panel() + 30.0;
        let end = rows
            .iter()
            .filter_map(|row| row.cells.get(usize::from(at)))
            .flat_map(|(announced, possible)| [announced, possible])
            .flatten()
            .fold(0.0, |most: f64, number| most.max(number.value));
        let axis = Axis {
            from: left,
            to: left + panel() - 86.0,
            end,
        };
        ink.bold(name, (left - 8.0, 36.0), HPos::Left, INK)?;
        ink.line((left, high - 2.0), (left, bottom), RULE, 1)?;
        for (row, y) in rows.iter().zip(middles(high, f64::from(ROW))) {
            if let Some(cell) = row.cells.get(usize::from(at)) {
                let note = if at == 0 { row.way.word() } else { "" };
                paint_cell(ink, axis, *cell, (at == 2, note), y)?;
            }
        }
    }
    for (row, y) in rows.iter().zip(middles(high, f64::from(ROW))) {
        ink.text(&look::name(&row.name, 160, SMALL), (NAMES, y), HPos::Right, INK)?;
        if row.way == Way::Nobody {
            ink.text("no person", (NAMES + 36.0, y), HPos::Left, look::darker(BAD))?;
        }
    }
    Ok(())
}

fn panel() -> f64 {
    (WIDE - NAMES) / 3.0
}

/// Two marks with what they stand for; one where both are the same.
fn paint_cell(
    ink: Ink<'_, '_>,
    axis: Axis,
    (announced, possible): (Option<Number>, Option<Number>),
    (is_time, note): (bool, &str),
    y: f64,
) -> Drawn {
    let place = |number: Option<Number>| number.map(|number| (number, axis.at(number.value)));
    let (announced, possible) = (place(announced), place(possible));
    if let (Some((_, from)), Some((_, to))) = (announced, possible) {
        ink.line((from, y), (to, y), RULE, 3)?;
    }
    if let Some((_, x)) = possible
        && announced.is_none_or(|(_, other)| (x - other).abs() >= 1.0)
    {
        ink.ring((x, y), 5, BAD)?;
    }
    if let Some((_, x)) = announced {
        ink.dot((x, y), 5, GOOD)?;
    }
    match (announced, possible) {
        (Some((number, x)), Some((other, near))) => {
            ink.text(&said(number, is_time), (x.max(near) + 9.0, y), HPos::Left, INK)?;
            // The other one is told where there is room for it.
            let words = said(other, is_time);
            if said(number, is_time) != words && near - 9.0 - wide(&words) > axis.from - 28.0 {
                ink.text(&words, (near - 9.0, y), HPos::Right, ASIDE)?;
            }
            Ok(())
        }
        (Some((number, x)), None) => ink.text(&said(number, is_time), (x + 9.0, y), HPos::Left, INK),
        (None, Some((number, x))) => {
            let words = format!("{}{note}", said(number, is_time));
            ink.text(&words, (x + 9.0, y), HPos::Left, look::darker(BAD))
        }
        (None, None) => Ok(()),
    }
}

fn said(number: Number, is_time: bool) -> String {
    let words = if is_time {
        look::seconds(number.value)
    } else {
        format!("{:.0}", number.value)
    };
    if number.at_least {
        format!("\u{2265}{words}")
    } else {
        words
    }
}

fn table(figures: &Figures) -> Table {
    let heads = [
        "reason to call",
        "menus until a person is offered",
        "seconds until a person is offered",
        "keys to a person, as announced",
        "digits on the way",
        "seconds to a person, as announced",
        "menus, as possible",
        "keys, as possible",
        "digits, as possible",
        "seconds, as possible",
    ];
    let anyone = ("any person".to_owned(), figures.person.as_ref());
    let intents = figures.intents.iter();
    let intents = intents.map(|intent| (intent.name.clone(), intent.person.as_ref()));
    let rows = std::iter::once(anyone).chain(intents).map(|(name, person)| {
        let cell = |way: Option<&WayFigures>, figure: fn(&WayFigures) -> String| way.map_or("none".to_owned(), figure);
        let of = |way: fn(&PersonFigures) -> &Option<WayFigures>| person.and_then(|person| way(person).as_ref());
        let menus = |way: &WayFigures| way.menus.to_string();
        let keys = |way: &WayFigures| way.presses.to_string();
        let digits = |way: &WayFigures| way.digits.to_string();
        let time = |way: &WayFigures| {
            let least = if way.unknown > 0 { "at least " } else { "" };
            format!("{least}{:.1}", look::real(way.ms) / 1000.0)
        };
        vec![
            name,
            cell(of(|person| &person.offered), menus),
            cell(of(|person| &person.offered_soonest), time),
            cell(of(|person| &person.fewest_keys), keys),
            cell(of(|person| &person.fewest_keys), digits),
            cell(of(|person| &person.reached), time),
            cell(of(|person| &person.possible_menus), menus),
            cell(of(|person| &person.possible), keys),
            cell(of(|person| &person.possible), digits),
            cell(of(|person| &person.possible_soonest), time),
        ]
    });
    Table {
        heads: heads.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

fn sentence(rows: &[Row]) -> String {
    let of = |row: &Row| {
        let [(announced, possible), _, (seconds, _)] = row.cells;
        let menus = |number: Option<Number>| number.map_or("no".to_owned(), |number| format!("{:.0}", number.value));
        let time = seconds.map_or("never by what is announced".to_owned(), |seconds| said(seconds, true));
        format!(
            "{}: {} menus as announced, {} as possible, there after {time}",
            row.name,
            menus(announced),
            menus(possible)
        )
    };
    let told: Vec<String> = rows.iter().take(6).map(of).collect();
    told.join("; ")
}
