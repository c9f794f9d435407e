//! Hours: `GotoIfTime`, and contexts that are included at some hours.

use super::args::{Piece, branches, split};
use super::lower::Lowering;
use super::machine::{Doing, Found, Machine, Node, State};
use super::plan::Include;
use super::vocabulary::Means;
use crate::document::read::kebab_case;
use crate::document::schedule::{DAY, Schedule, WEEK, Week};
use crate::document::tree::{StepKind, Text};
use crate::source::{Span, Spanned};
use std::collections::HashSet;

/// So many conditions on the time that lead to one place are one step.
const TIMES_MAX: usize = 50;

/// Words in the name of a place that calls come to while nobody works.
const CLOSED: &[&str] = &[
    "clos",
    "shut",
    "after",
    "night",
    "off",
    "holiday",
    "weekend",
    "cerrad",
    "fuera",
    "noche",
    "festivo",
    "fechad",
    "fora",
    "noite",
    "feriado",
    "geschlossen",
    "nacht",
    "ferme",
    "fermé",
    "nuit",
    "chius",
    "notte",
    "zu",
];

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Machine<'_> {
    /// The extensions that serve what is dialled in a context, as far as the hour of the call is known.
    pub fn serving(&self, state: &State, context: u32, dialled: &str) -> Found {
        let found = self.find(context, dialled);
        if state.hours.is_empty() {
            return found;
        }
        let mut known = Vec::new();
        for (loc, hours) in found.iter().copied() {
            let own = state.hours.iter().find(|(include, _)| Some(*include) == hours);
            match own {
                Some((_, false)) => continue,
                Some((_, true)) => known.push((loc, None)),
                None => known.push((loc, hours)),
            }
            if known.last().is_some_and(|(_, hours)| hours.is_none()) {
                break;
            }
        }
        known.into()
    }

    /// Forgets the hours of includes that nothing in the context of a call depends on.
    pub fn keep_hours(&self, state: &mut State) {
        if !state.hours.is_empty() {
            let all = self.plan.closure(state.context);
            state.hours.retain(|((context, _), _)| all.contains(context));
        }
    }
}

/// The same call where these includes are known to count, or not to.
fn at(state: &State, includes: &[(u32, u32)], count: bool) -> State {
    let mut state = state.clone();
    state.hours.extend(includes.iter().map(|include| (*include, count)));
    state.hours.sort_unstable();
    state.hours.dedup_by_key(|(include, _)| *include);
    state
}

impl<'s> Lowering<'_, 's> {
    /// A condition on the time, with those behind it that lead to the same place.
    pub fn by_time(&mut self, state: &State, doing: &Doing<'s>) -> StepKind {
        let (condition, yes, no) = branches(doing.args);
        let machine = self.machine;
        let lead = |target: Piece<'s>, state: &State| {
            let next = machine
                .go(state, target)
                .unwrap_or_else(|| Err(Node::Far(state.loc, target.text.to_owned())));
            machine.settle(next)
        };
        let runs = doing.means() == Some(Means::ExecIfTime);
        let (then, mut otherwise) = if runs {
            let part = |part| machine.settle(machine.part(state, part));
            (part(1), part(2))
        } else {
            (lead(yes, state), lead(no, state))
        };
        let mut conditions = vec![condition];
        for _ in 0..TIMES_MAX {
            let Node::At(next) = &otherwise else { break };
            let Some(more) = machine
                .doing(next)
                .filter(|doing| doing.means() == Some(Means::GotoIfTime))
            else {
                break;
            };
            let (condition, yes, no) = branches(more.args);
            if self.targets.contains(&next.loc) || lead(yes, next) != then {
                break;
            }
            let next = next.clone();
            conditions.push(condition);
            otherwise = lead(no, &next);
        }
        let shut = names_closed(yes.text) || self.node_is_closed(&then);
        let name = self.place_name(state, doing.span);
        // Days of the year beside hours of the week leave the ordinary week as it is.
        let all = conditions.len();
        let zone = conditions.iter().find_map(|condition| zone(*condition));
        conditions.retain(|condition| !is_date(*condition));
        let week = union(conditions.iter().map(|condition| week(*condition)));
        if week.is_some() && conditions.len() < all {
            self.unknown(doing.span, "the days of the year that are not as the others");
        }
        self.hours(week, zone, &name, (then, otherwise), shut, doing.span)
    }

    /// An extension that counts at some hours, those of all includes that come to it one after another.
    pub fn timed(&mut self, state: &State, exten: &str, priority: &str) -> StepKind {
        let machine = self.machine;
        let span = self.span_of(state.loc);
        let found = machine.serving(state, state.context, exten);
        let Some((loc, _)) = found.first().copied() else {
            return self.message(Err(Node::Lost(state.loc, exten.to_owned())), span);
        };
        let same = found.iter().take_while(|(other, _)| *other == loc);
        let own: Vec<(u32, u32)> = same.filter_map(|(_, hours)| *hours).collect();
        let inside = machine.settle(machine.arrive(&at(state, &own, true), loc, exten, priority));
        let include = |(context, number): &(u32, u32)| machine.plan.context(*context)?.includes.get(*number as usize);
        let includes: Vec<&Include<'_>> = own.iter().filter_map(include).collect();
        let Some(first) = includes.first().copied() else {
            return self.message(Err(inside), span);
        };
        let outside = at(state, &own, false);
        let past = outside.hours.iter().filter(|(_, count)| !count);
        let past = weeks(past.filter_map(|(past, _)| include(past)));
        if past.is_some_and(|past| complement(&past).ranges.is_empty()) {
            return self.message(Err(inside), span);
        }
        let week = weeks(includes.into_iter());
        let is_there = |exten: &str| !machine.serving(&outside, state.context, exten).is_empty();
        let outside = if is_there(exten) || is_there("i") {
            machine.settle(machine.enter(&outside, state.context, exten, priority))
        } else {
            Node::Lost(state.loc, exten.to_owned())
        };
        let place = first.name.span();
        let name = Spanned::new(kebab_case(first.name.text), place);
        let shut = names_closed(first.name.text);
        self.hours(week, first.times.get(4).copied(), &name, (inside, outside), shut, place)
    }

    fn hours(
        &mut self,
        week: Option<Week>,
        zone: Option<Piece<'_>>,
        name: &Text,
        (then, otherwise): (Node, Node),
        shut: bool,
        span: Span,
    ) -> StepKind {
        let then = self.to(then, span);
        let otherwise = self.to(otherwise, span);
        let schedule = week
            .map(|week| if shut { complement(&week) } else { week })
            .map(|open| {
                let zone = zone.filter(|zone| !zone.text.is_empty() && jiff::tz::TimeZone::get(zone.text).is_ok());
                let schedule = Schedule {
                    name: name.clone(),
                    time_zone: zone.map(|zone| Spanned::new(zone.text.to_owned(), zone.span())),
                    open,
                    closed_on: Vec::new(),
                    open_on: Vec::new(),
                };
                self.schedules.push(schedule);
                name.clone()
            });
        if schedule.is_none() {
            self.unknown(
                span,
                "the hours, which depend on days of a month, or on what is put in while the call runs",
            );
        }
        let (open, closed) = if shut { (otherwise, then) } else { (then, otherwise) };
        StepKind::Hours {
            schedule,
            open: Some(open),
            closed: Some(closed),
            holiday: None,
            emergency: None,
        }
    }

    /// The hours of this tree, each once.
    pub fn hours_once(&mut self) -> Vec<Schedule> {
        let mut names: HashSet<String> = HashSet::new();
        let mut schedules = std::mem::take(&mut self.schedules);
        schedules.retain(|schedule| names.insert(schedule.name.value.clone()));
        schedules
    }

    fn node_is_closed(&self, node: &Node) -> bool {
        let loc = match node {
            Node::At(state) => state.loc,
            Node::End(loc, _) => *loc,
            _ => return false,
        };
        let plan = self.machine.plan;
        let context = plan.context(loc.context).map_or("", |context| context.name.text);
        let label = plan.priority(loc).and_then(|priority| priority.label).unwrap_or("");
        names_closed(context) || names_closed(label)
    }

    fn place_name(&self, state: &State, span: Span) -> Text {
        let plan = self.machine.plan;
        let context = plan.context(state.loc.context).map_or("", |context| context.name.text);
        let exten = plan.exten(state.loc).map_or("", |exten| exten.name.text);
        let number = plan.priority(state.loc).map_or(0, |priority| priority.number);
        Spanned::new(kebab_case(&format!("{context}/{exten}/{number}")), span)
    }
}

fn names_closed(name: &str) -> bool {
    let name = name.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphabetic());
    words.any(|word| {
        CLOSED
            .iter()
            .any(|closed| word.starts_with(closed) && (closed.len() > 2 || word == *closed))
    })
}

fn complement(week: &Week) -> Week {
    let mut ranges = Vec::new();
    let mut from = 0;
    for &(start, end) in &week.ranges {
        if start > from {
            ranges.push((from, start));
        }
        from = end;
    }
    if from < WEEK {
        ranges.push((from, WEEK));
    }
    Week { ranges }
}

fn parts(condition: Piece<'_>) -> Vec<Piece<'_>> {
    let by_comma = split(condition, b',');
    if by_comma.len() > 1 {
        by_comma
    } else {
        split(condition, b'|')
    }
}

fn week(condition: Piece<'_>) -> Option<Week> {
    times(&parts(condition))
}

fn zone(condition: Piece<'_>) -> Option<Piece<'_>> {
    parts(condition).get(4).copied()
}

/// The minutes of the week in which some of these includes hold; none where they depend on the date, or are told for
/// several time zones.
fn weeks<'i>(mut includes: impl Iterator<Item = &'i Include<'i>>) -> Option<Week> {
    let zone = |include: &Include<'_>| include.times.get(4).map_or(String::new(), |zone| zone.text.to_owned());
    let first = includes.next()?;
    let others = includes.map(|include| times(&include.times).filter(|_| zone(include) == zone(first)));
    union([times(&first.times)].into_iter().chain(others))
}

/// The minutes of all these weeks; none where there are none, or one of them is not known.
fn union(weeks: impl Iterator<Item = Option<Week>>) -> Option<Week> {
    let all: Vec<Week> = weeks.collect::<Option<_>>()?;
    let mut week = all.into_iter().reduce(|mut all, week| {
        all.ranges.extend(week.ranges);
        all
    })?;
    week.normalise();
    Some(week)
}

/// Whether a condition holds on days of the year only, that are written out.
fn is_date(condition: Piece<'_>) -> bool {
    let parts = parts(condition);
    let says = |at: usize| parts.get(at).is_some_and(|part| !any(part.text));
    (says(2) || says(3)) && !condition.text.contains('$')
}

/// The minutes of the week in which times hold: `9:00-17:00,mon-fri,*,*`; none where they depend on the date.
///
/// The last minute that is written counts as well. Source: Asterisk documentation, "Include Statements" and
/// `GotoIfTime`, 2024; Asterisk, `pbx_timing.c`, 2024.
fn times(parts: &[Piece<'_>]) -> Option<Week> {
    let text = |at: usize| parts.get(at).map_or("*", |part| part.text);
    if !any(text(2)) || !any(text(3)) {
        return None;
    }
    let mut week = Week::never();
    let days = days(text(1))?;
    for range in text(0).split('&') {
        let (from, to) = minutes(range.trim())?;
        for day in &days {
            if to < from {
                // The day and the minute are looked at each for itself: such hours have a gap in the middle of the day.
                week.add(*day, (0, to + 1));
                week.add(*day, (from, DAY));
            } else {
                week.add(*day, (from, to + 1));
            }
        }
    }
    week.normalise();
    Some(week)
}

fn any(text: &str) -> bool {
    matches!(text, "" | "*")
}

fn minutes(range: &str) -> Option<(u16, u16)> {
    if any(range) {
        return Some((0, DAY - 1));
    }
    let (from, to) = range.split_once('-')?;
    let minute = |text: &str| {
        let (hour, minute) = text.trim().split_once(':')?;
        let (hour, minute) = (hour.trim().parse::<u16>().ok()?, minute.trim().parse::<u16>().ok()?);
        (hour <= 24 && minute < 60).then_some((hour * 60 + minute).min(DAY - 1))
    };
    Some((minute(from)?, closing(to, minute(to)?)))
}

/// A range up to a full hour or half an hour ends there in its author's mind, one minute before Asterisk's end.
fn closing(text: &str, minute: u16) -> u16 {
    if minute == 0 {
        DAY - 1
    } else if text.trim().ends_with(":00") || text.trim().ends_with(":30") {
        minute.saturating_sub(1)
    } else {
        minute
    }
}

fn days(text: &str) -> Option<Vec<u8>> {
    if any(text) {
        return Some((0..7).collect());
    }
    let mut out = Vec::new();
    for range in text.split('&') {
        let day = |name: &str| {
            let name = name.trim().to_ascii_lowercase();
            DAYS.iter()
                .position(|day| name.starts_with(day))
                .and_then(|at| u8::try_from(at).ok())
        };
        let (from, to) = match range.split_once('-') {
            Some((from, to)) => (day(from)?, day(to)?),
            None => (day(range)?, day(range)?),
        };
        let mut at = from;
        loop {
            out.push(at);
            if at == to {
                break;
            }
            at = (at + 1) % 7;
        }
    }
    out.sort_unstable();
    out.dedup();
    Some(out)
}
