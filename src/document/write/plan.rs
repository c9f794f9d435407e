//! What stands before the steps: voice, hours, callers, arrivals, pools, test calls, budgets.

use super::fields::{Fields, plain, words};
use super::names::Names;
use super::steps;
use crate::document::quantity::show_duration;
use crate::document::schedule::{DAY, Schedule, Staffing, WEEK};
use crate::document::tree::{Act, Call, Expectation, PhoneTree, Pool};
use serde_yaml::Value;

/// Hours of a day, each with what holds then.
type Hours<T> = Vec<(String, T)>;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Every field of the document but its steps.
pub fn before_steps(tree: &PhoneTree, names: &Names) -> Fields {
    let mut f = Fields::default();
    f.add("phone-tree", Some(1.into()));
    f.text("name", tree.name.as_ref());
    f.text("line", tree.line.as_ref());
    f.text("language", tree.language.as_ref());
    f.add("entry", names.to(tree.entry.as_ref()));
    let mut voice = Fields::default();
    voice.shown("words-per-minute", tree.voice.words_per_minute.as_ref());
    voice.duration("pause-between-options", tree.voice.pause_between_options.as_ref());
    f.table("voice", voice);
    let mut schedules = Fields::default();
    for one in &tree.schedules {
        schedules.add(&one.name.value, Some(Value::Mapping(schedule(one).into())));
    }
    f.table("schedules", schedules);
    let mut callers = Fields::default();
    for intent in &tree.callers {
        let mut one = Fields::default();
        one.shown("share", intent.share.as_ref());
        let served = intent.served_by.iter().filter_map(|to| names.to(Some(to)));
        one.add("served-by", Some(Value::Sequence(served.collect())));
        one.flag("urgent", intent.urgent);
        callers.add(&intent.name.value, Some(Value::Mapping(one.into())));
    }
    f.table("callers", callers);
    let mut behaviour = Fields::default();
    for own in &tree.behaviour {
        behaviour.pairs(&own.caller.value, own.values.iter().map(|(name, value)| (name, value)));
    }
    f.table("behaviour", behaviour);
    f.table("arrivals", arrivals(tree));
    let mut pools = Fields::default();
    for one in &tree.pools {
        pools.add(&one.name.value, Some(Value::Mapping(pool(one).into())));
    }
    f.table("pools", pools);
    if !tree.everywhere.is_empty() {
        let mut everywhere = Fields::default();
        everywhere.table("keys", steps::keys(&tree.everywhere, names));
        f.table("everywhere", everywhere);
    }
    f.list(
        "calls",
        tree.calls
            .iter()
            .map(|one| Value::Mapping(call(one, names).into()))
            .collect(),
    );
    let mut budgets = Fields::default();
    budgets.duration("seconds-to-human", tree.budgets.seconds_to_human.as_ref());
    budgets.shown("menus-to-human", tree.budgets.menus_to_human.as_ref());
    budgets.shown("repeated-prompts", tree.budgets.repeated_prompts.as_ref());
    f.table("budgets", budgets);
    steps::allow(&mut f, &tree.allow);
    f
}

fn schedule(schedule: &Schedule) -> Fields {
    let mut f = Fields::default();
    f.text("time-zone", schedule.time_zone.as_ref());
    let parts = schedule
        .open
        .ranges
        .iter()
        .flat_map(|(start, end)| by_day(*start, *end));
    let hours = parts.map(|(day, hours)| (day, hours, ())).collect();
    let mut open = Fields::default();
    for (days, hours) in weekly(hours) {
        let mut hours = hours.into_iter().map(|(hours, ())| Value::String(hours));
        let value = match (hours.next(), hours.len()) {
            (Some(only), 0) => only,
            (first, _) => Value::Sequence(first.into_iter().chain(hours).collect()),
        };
        open.add(&days, Some(value));
    }
    if open.is_empty() {
        open.add("daily", Some("closed".into()));
    }
    f.table("open", open);
    for (name, dates) in [("closed-on", &schedule.closed_on), ("open-on", &schedule.open_on)] {
        f.list(
            name,
            dates.iter().map(|date| Value::String(date.value.to_string())).collect(),
        );
    }
    f
}

fn arrivals(tree: &PhoneTree) -> Fields {
    let mut f = Fields::default();
    let mut rest = tree.arrivals.as_slice();
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|arrival| arrival.days == first.days).count();
        let (now, later) = rest.split_at(same);
        let mut hours = Fields::default();
        for arrival in now {
            let (start, end) = arrival.minutes;
            hours.add(
                &clock(start, end),
                Some(format!("{} per hour", arrival.per_hour.value).into()),
            );
        }
        let days = match first.days.as_slice() {
            [] => break,
            [0, 1, 2, 3, 4, 5, 6] => "daily".to_owned(),
            [only] => day(*only).to_owned(),
            [from, .., to] => format!("{}-{}", day(*from), day(*to)),
        };
        f.table(&days, hours);
        rest = later;
    }
    f
}

fn pool(pool: &Pool) -> Fields {
    let mut f = Fields::default();
    if let Some(agents) = &pool.agents {
        f.add("agents", Some(Value::Mapping(staffing(agents).into())));
    }
    f.duration("handle-time", pool.handle_time.as_ref());
    f.duration("patience", pool.patience.as_ref());
    f
}

fn staffing(agents: &Staffing) -> Fields {
    let mut parts = Vec::new();
    for &(start, end, count) in &agents.steps {
        // A step of up to a day that runs past midnight is one entry of the day on which it begins.
        let midnight = start / DAY * DAY;
        if end.saturating_sub(start) < DAY && end > midnight + DAY {
            parts.push((start / DAY, clock(start - midnight, end - midnight), count));
        } else {
            parts.extend(by_day(start, end).map(|(day, hours)| (day, hours, count)));
        }
    }
    let mut f = Fields::default();
    for (days, hours) in weekly(parts) {
        let mut day = Fields::default();
        for (hours, count) in hours {
            day.add(&hours, Some(count.into()));
        }
        f.table(&days, day);
    }
    f
}

/// The hours of each day that a part of the week covers.
fn by_day(start: u16, end: u16) -> impl Iterator<Item = (u16, String)> {
    let end = end.min(WEEK);
    (start / DAY..end.div_ceil(DAY)).filter_map(move |day| {
        let midnight = day * DAY;
        let (from, to) = (start.max(midnight) - midnight, end.min(midnight + DAY) - midnight);
        (from < to).then(|| (day, clock(from, to)))
    })
}

/// What holds on each day, neighbouring days of which the same holds together.
fn weekly<T: Clone + PartialEq>(parts: Vec<(u16, String, T)>) -> Vec<(String, Hours<T>)> {
    let mut week: [Hours<T>; 7] = Default::default();
    for (day, hours, value) in parts {
        if let Some(day) = week.get_mut(usize::from(day)) {
            day.push((hours, value));
        }
    }
    let mut out: Vec<(u8, u8, Hours<T>)> = Vec::new();
    for (at, hours) in (0u8..).zip(week).filter(|(_, hours)| !hours.is_empty()) {
        match out.last_mut() {
            Some((_, to, same)) if *to + 1 == at && *same == hours => *to = at,
            _ => out.push((at, at, hours)),
        }
    }
    let name = |from: u8, to: u8| match (from, to) {
        (0, 6) => "daily".to_owned(),
        _ if from == to => day(from).to_owned(),
        _ => format!("{}-{}", day(from), day(to)),
    };
    out.into_iter()
        .map(|(from, to, hours)| (name(from, to), hours))
        .collect()
}

fn day(day: u8) -> &'static str {
    DAYS.get(usize::from(day)).copied().unwrap_or("mon")
}

fn clock(start: u16, end: u16) -> String {
    if (start, end) == (0, DAY) {
        return "24h".to_owned();
    }
    let end = if end > DAY { end - DAY } else { end };
    format!("{:02}:{:02}-{:02}:{:02}", start / 60, start % 60, end / 60, end % 60)
}

fn call(call: &Call, names: &Names) -> Fields {
    let mut f = Fields::default();
    f.text("name", call.name.as_ref());
    f.text("at", call.at.as_ref());
    f.pairs("given", call.given.iter().map(|(name, value)| (name, value)));
    let does = call.does.iter().map(|act| {
        words(&match &act.value {
            Act::Press(keys) => format!("press {keys}"),
            Act::Enter(digits) => format!("enter {digits}"),
            Act::Say(said) => format!("say {said}"),
            Act::Wait => "wait".to_owned(),
            Act::Hold(time) => format!("hold {}", show_duration(*time)),
            Act::HangUp => "hang up".to_owned(),
        })
    });
    f.add("does", Some(Value::Sequence(does.collect())));
    let mut expect = Fields::default();
    for one in &call.expect {
        match &one.value {
            Expectation::Reaches(to) => expect.add("reaches", names.to(Some(to))),
            Expectation::Within(time) => expect.add("within", Some(show_duration(*time).into())),
            Expectation::AtMostPresses(count) => expect.add("at-most-presses", Some(plain(&count.to_string()))),
            Expectation::Hears(hears) => expect.add("hears", Some(words(hears))),
        }
    }
    f.add("expect", Some(Value::Mapping(expect.into())));
    f
}
