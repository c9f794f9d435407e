//! Calls by queue and half hour of a week, as a table for those who plan people.

use crate::callers::build::Moment;
use crate::callers::profile::Profile;
use crate::graph::Graph;
use crate::graph::moments::{HoursState, State};
use crate::measure::calls::{Calls, arrivals_at};
use crate::report::csv::table;
use crate::report::text::words::plain;
use jiff::SignedDuration;
use jiff::civil::{DateTime, date};
use std::collections::{BTreeMap, HashMap};

/// The heads of the columns.
pub const COLUMNS: [&str; 7] = ["queue", "step", "pool", "day", "from", "calls", "agents"];

const HALF_HOURS: u32 = 7 * 48;
/// Within a half hour calls and people are looked at every five minutes, finer than which hours are hardly written.
const MINUTES: u32 = 5;
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// What one queue gets in one half hour.
#[derive(Clone, Copy, Default)]
struct Gets {
    calls: f64,
    /// The fewest people on duty; `None` where the file does not tell.
    agents: Option<u32>,
}

/// What a queue gets at one moment: its place, pool, people on duty, calls an hour.
type Load = (u32, Option<String>, Option<u32>, f64);

/// What schedules and pools are, and the calls an hour: what else two moments differ in makes no difference.
type Situation = (Vec<HoursState>, Vec<Option<u32>>, u64);

/// The table; every queue that calls come to has a row for each half hour of an ordinary week.
///
/// The calls are expected numbers, for this sort of caller. Each situation of the calendar with its rate of calls is solved
/// once.
///
/// # Errors
/// Where the tree does not tell how many call.
pub fn arrivals_csv(graph: &Graph<'_>, profile: &Profile) -> Result<String, String> {
    let tree = graph.root().filter(|tree| !tree.arrivals.is_empty());
    let tree = tree.ok_or("the file does not tell how many call; declare `arrivals`")?;
    let mut known: HashMap<Situation, Vec<Load>> = HashMap::new();
    let mut queues: BTreeMap<u32, (Option<String>, Vec<Gets>)> = BTreeMap::new();
    for minute in (0..HALF_HOURS * 30).step_by(MINUTES as usize) {
        let moment = moment(minute);
        let Some(rate) = arrivals_at(tree, moment) else {
            continue;
        };
        let state = graph.state_at(moment);
        let situation = (state.schedules.clone(), state.staffed.clone(), rate.to_bits());
        let loads = known.entry(situation).or_insert_with(|| loads(graph, profile, &state));
        for (node, pool, agents, per_hour) in loads.iter() {
            let empty = || (pool.clone(), vec![Gets::default(); HALF_HOURS as usize]);
            let (_, gets) = queues.entry(*node).or_insert_with(empty);
            if let Some(gets) = gets.get_mut((minute / 30) as usize) {
                gets.calls += per_hour * f64::from(MINUTES) / 60.0;
                gets.agents = match (minute % 30, gets.agents) {
                    (0, _) => *agents,
                    (_, before) => before.zip(*agents).map(|(one, other)| one.min(other)),
                };
            }
        }
    }
    let rows = queues.iter().flat_map(|(node, (pool, gets))| {
        (0..)
            .zip(gets)
            .map(move |(half, gets)| row(graph, *node, pool.as_deref(), half, *gets))
    });
    table(&COLUMNS, rows).map_err(|error| error.to_string())
}

fn moment(minute: u32) -> DateTime {
    let passed = SignedDuration::from_mins(i64::from(minute));
    date(2026, 1, 5).at(0, 0, 0, 0).saturating_add(passed)
}

fn loads(graph: &Graph<'_>, profile: &Profile, state: &State) -> Vec<Load> {
    let moment = Moment {
        state,
        unknown_open: true,
    };
    let calls = Calls::of(graph, profile, moment);
    let load = calls.queues.into_iter().map(|queue| {
        let per_hour = queue.calls_per_hour.unwrap_or(0.0);
        (queue.node, queue.pool, queue.agents, per_hour)
    });
    load.collect()
}

fn row(graph: &Graph<'_>, node: u32, pool: Option<&str>, half: u32, gets: Gets) -> [String; COLUMNS.len()] {
    let step = graph.step(node);
    let day = DAYS.get((half / 48) as usize).copied().unwrap_or_default();
    let (hour, minute) = (half % 48 / 2, half % 2 * 30);
    [
        step.map_or_else(String::new, |step| plain(crate::audit::title(step))),
        step.map_or_else(String::new, |step| step.name.value.clone()),
        pool.map_or_else(String::new, plain),
        day.to_owned(),
        format!("{hour:02}:{minute:02}"),
        format!("{:.2}", gets.calls),
        gets.agents.map_or_else(String::new, |agents| agents.to_string()),
    ]
}
