//! What stands beside the steps: voice, hours, callers, arrivals, pools, budgets and test calls.

use super::Reader;
use super::fields::Fields;
use crate::document::quantity::{self, Keys, Millis, rate};
use crate::document::schedule::{self, Moment, Schedule, Staffing, Week};
use crate::document::tree::{
    Act, Arrival, Behaviour, Budgets, Call, Choice, Expectation, Intent, PhoneTree, Pool, Target, Text, Voice,
};
use crate::document::vocabulary;
use crate::error::{Problem, ProblemKind};
use crate::node::{Kind, Node};
use crate::source::Spanned;

/// Every menu has each of these options: a telephone has twelve keys.
const EVERYWHERE_MAX: usize = 64;

impl Reader<'_> {
    /// The parts that a tree and an overlay have in common.
    pub fn plan(&mut self, tree: &mut PhoneTree, f: &mut Fields<'_>) {
        if let Some(node) = f.take("voice") {
            tree.voice = self.voice(node);
        }
        for (name, node) in self.named(f.take("schedules"), "`schedules`") {
            tree.schedules.extend(self.schedule(name, node));
        }
        for (name, node) in self.named(f.take("callers"), "`callers`") {
            tree.callers.extend(self.intent(name, node));
        }
        self.whole_shares(tree.callers.iter().filter_map(|intent| intent.share), "`callers`");
        for (caller, node) in self.named(f.take("behaviour"), "`behaviour`") {
            let values = self.pairs(node, "what is known of a sort of caller");
            tree.behaviour.push(Behaviour { caller, values });
        }
        if let Some(node) = f.take("arrivals") {
            tree.arrivals = self.arrivals(node);
        }
        for (name, node) in self.named(f.take("pools"), "`pools`") {
            tree.pools.extend(self.pool(name, node));
        }
        if let Some(node) = f.take("calls") {
            tree.calls = self.calls(node);
        }
        if let Some(node) = f.take("budgets") {
            tree.budgets = self.budgets(node);
        }
    }

    /// `everywhere: {keys: ...}`.
    pub fn everywhere(&mut self, node: Node<'_>) -> Vec<Choice> {
        let Some(mut f) = Fields::of(self, node, node.span(), &vocabulary::EVERYWHERE) else {
            return Vec::new();
        };
        let mut keys = f.need(self, "keys").map_or(Vec::new(), |n| self.keys(n));
        f.finish(self);
        if let Some(choice) = keys.get(EVERYWHERE_MAX) {
            let message = format!("more than {EVERYWHERE_MAX} options that work everywhere");
            self.problems.push(
                Problem::new(ProblemKind::TooLarge, choice.place(), message)
                    .help("give the further ones to the menus that need them"),
            );
            keys.truncate(EVERYWHERE_MAX);
        }
        keys
    }

    fn named<'d>(&mut self, node: Option<Node<'d>>, title: &str) -> Vec<(Text, Node<'d>)> {
        let Some(entries) = node.and_then(|node| self.entries(node, title)) else {
            return Vec::new();
        };
        let mut out = Vec::with_capacity(entries.len());
        for (key, name, value) in entries {
            let name = Spanned::new(name.to_owned(), key.span());
            self.check_name(&name);
            out.push((name, value));
        }
        out
    }

    fn voice(&mut self, node: Node<'_>) -> Voice {
        let Some(mut f) = Fields::of(self, node, node.span(), &vocabulary::VOICE) else {
            return Voice::default();
        };
        let voice = Voice {
            words_per_minute: f.take("words-per-minute").and_then(|n| self.whole(n, 40, 400)),
            pause_between_options: f.take("pause-between-options").and_then(|n| self.duration(n)),
        };
        f.finish(self);
        voice
    }

    fn schedule(&mut self, name: Text, node: Node<'_>) -> Option<Schedule> {
        let mut f = Fields::of(self, node, name.span, &vocabulary::SCHEDULE)?;
        let time_zone = f.take("time-zone").and_then(|n| self.text(n));
        if let Some(zone) = &time_zone
            && let Err(message) = schedule::zone(&zone.value)
        {
            self.problems
                .push(Problem::new(ProblemKind::BadValue, zone.span, message));
        }
        let mut out = Schedule {
            name,
            time_zone,
            open: Week::never(),
            closed_on: Vec::new(),
            open_on: Vec::new(),
        };
        if let Some(open) = f.need(self, "open") {
            for (days, hours) in self.weekly(open, "`open`") {
                let ranges: Vec<_> = match hours.kind() {
                    Kind::Sequence => hours.items().collect(),
                    _ => vec![hours],
                };
                for range in ranges {
                    let Some(range) = self.parsed(range, schedule::hours) else {
                        continue;
                    };
                    for day in &days {
                        for part in &range.value {
                            out.open.add(*day, *part);
                        }
                    }
                }
            }
        }
        out.open.normalise();
        out.closed_on = f.take("closed-on").map_or(Vec::new(), |n| self.dates(n));
        out.open_on = f.take("open-on").map_or(Vec::new(), |n| self.dates(n));
        f.finish(self);
        Some(out)
    }

    fn dates(&mut self, node: Node<'_>) -> Vec<Spanned<jiff::civil::Date>> {
        let items: Vec<_> = match node.kind() {
            Kind::Sequence => node.items().collect(),
            _ => vec![node],
        };
        items
            .into_iter()
            .filter_map(|item| self.parsed(item, schedule::date))
            .collect()
    }

    /// Days with what holds on them.
    fn weekly<'d>(&mut self, node: Node<'d>, title: &str) -> Vec<(Vec<u8>, Node<'d>)> {
        let mut out = Vec::new();
        for (key, name, value) in self.entries(node, title).unwrap_or_default() {
            match schedule::days(name) {
                Ok(days) => out.push((days, value)),
                Err(message) => self
                    .problems
                    .push(Problem::new(ProblemKind::BadValue, key.span(), message)),
            }
        }
        out
    }

    /// Days, then hours of the day, with a value each.
    fn timetable<'d>(&mut self, node: Node<'d>, title: &str) -> Vec<(Vec<u8>, (u16, u16), Node<'d>)> {
        let mut out = Vec::new();
        for (days, hours) in self.weekly(node, title) {
            for (key, name, value) in self.entries(hours, title).unwrap_or_default() {
                match schedule::hours(name) {
                    Ok(ranges) => out.extend(ranges.into_iter().map(|range| (days.clone(), range, value))),
                    Err(message) => self
                        .problems
                        .push(Problem::new(ProblemKind::BadValue, key.span(), message)),
                }
            }
        }
        out
    }

    fn intent(&mut self, name: Text, node: Node<'_>) -> Option<Intent> {
        let mut f = Fields::of(self, node, name.span, &vocabulary::INTENT)?;
        let share = f.take("share").and_then(|n| self.share(n));
        let served_by = f.need(self, "served-by").map_or(Vec::new(), |n| match n.kind() {
            Kind::Sequence => n.items().filter_map(|i| self.target(i)).collect(),
            _ => self.target(n).into_iter().collect(),
        });
        let urgent = f.take("urgent").and_then(|n| self.flag(n)).unwrap_or(false);
        f.finish(self);
        Some(Intent {
            name,
            share,
            served_by,
            urgent,
        })
    }

    fn arrivals(&mut self, node: Node<'_>) -> Vec<Arrival> {
        let mut out = Vec::new();
        for (days, minutes, value) in self.timetable(node, "`arrivals`") {
            if let Some(per_hour) = self.parsed(value, rate) {
                out.push(Arrival {
                    days,
                    minutes,
                    per_hour,
                });
            }
        }
        out
    }

    fn pool(&mut self, name: Text, node: Node<'_>) -> Option<Pool> {
        let mut f = Fields::of(self, node, name.span, &vocabulary::POOL)?;
        let agents = f.take("agents").map(|n| {
            let mut staffing = Staffing::default();
            for (days, range, value) in self.timetable(n, "`agents`") {
                if let Some(count) = self.whole(value, 0, 100_000) {
                    let mut apart = true;
                    for day in days {
                        apart &= staffing.add(day, range, count.value);
                    }
                    if !apart {
                        self.problems.push(
                            Problem::new(
                                ProblemKind::DuplicateName,
                                count.span,
                                "these hours overlap hours given before",
                            )
                            .help("give each hour of the week one number of agents; the first one counts"),
                        );
                    }
                }
            }
            staffing
        });
        let pool = Pool {
            name,
            agents,
            handle_time: f
                .take("handle-time")
                .and_then(|n| self.some_time(n, "a call takes its agent some time")),
            patience: f
                .take("patience")
                .and_then(|n| self.some_time(n, "with a patience of 0 all hang up before anyone can answer")),
        };
        f.finish(self);
        Some(pool)
    }

    /// A duration that is not 0.
    fn some_time(&mut self, node: Node<'_>, otherwise: &str) -> Option<Spanned<Millis>> {
        let time = self.duration(node)?;
        if time.value > 0 {
            return Some(time);
        }
        self.problems.push(
            Problem::new(ProblemKind::BadValue, time.span, otherwise)
                .help("write the mean over all callers, such as `4m`, or leave it out where it is not known"),
        );
        None
    }

    fn budgets(&mut self, node: Node<'_>) -> Budgets {
        let Some(mut f) = Fields::of(self, node, node.span(), &vocabulary::BUDGETS) else {
            return Budgets::default();
        };
        let budgets = Budgets {
            seconds_to_human: f.take("seconds-to-human").and_then(|n| self.duration(n)),
            menus_to_human: f.take("menus-to-human").and_then(|n| self.whole(n, 0, 1000)),
            repeated_prompts: f.take("repeated-prompts").and_then(|n| self.parsed(n, number)),
        };
        f.finish(self);
        budgets
    }

    /// The test calls under `calls:`.
    pub fn calls(&mut self, node: Node<'_>) -> Vec<Call> {
        if node.kind() != Kind::Sequence {
            self.expected(node, "a list of calls");
        }
        node.items().filter_map(|n| self.call(n)).collect()
    }

    fn call(&mut self, node: Node<'_>) -> Option<Call> {
        let mut f = Fields::of(self, node, node.span(), &vocabulary::CALL)?;
        let name = f.take("name").and_then(|n| self.text(n));
        let at = f.take("at").and_then(|n| self.text(n));
        if let Some(at) = &at
            && let Err(message) = at.value.parse::<Moment>()
        {
            self.problems
                .push(Problem::new(ProblemKind::BadValue, at.span, message));
        }
        let given = f.take("given").map_or(Vec::new(), |n| self.pairs(n, "`given`"));
        let does = f.need(self, "does").map_or(Vec::new(), |n| match n.kind() {
            Kind::Sequence => n.items().filter_map(|i| self.parsed(i, act)).collect(),
            _ => self.parsed(n, act).into_iter().collect(),
        });
        let expect = f.need(self, "expect").map_or(Vec::new(), |n| self.expectations(n));
        f.finish(self);
        Some(Call {
            span: node.span(),
            name,
            at,
            given,
            does,
            expect,
        })
    }

    fn expectations(&mut self, node: Node<'_>) -> Vec<Spanned<Expectation>> {
        let Some(mut f) = Fields::of(self, node, node.span(), &vocabulary::EXPECT) else {
            return Vec::new();
        };
        let mut out = Vec::new();
        if let Some(n) = f.take("reaches") {
            out.extend(
                self.target(n)
                    .map(|t: Target| Spanned::new(Expectation::Reaches(t), n.span())),
            );
        }
        if let Some(n) = f.take("within") {
            out.extend(self.duration(n).map(|d| d.map(Expectation::Within)));
        }
        if let Some(n) = f.take("at-most-presses") {
            out.extend(self.whole(n, 0, 1000).map(|w| w.map(Expectation::AtMostPresses)));
        }
        if let Some(n) = f.take("hears") {
            out.extend(self.text(n).map(|t| t.map(Expectation::Hears)));
        }
        f.finish(self);
        out
    }
}

fn number(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() && value >= 0.0 => Ok(value),
        _ => Err(format!("`{text}` is not a number of 0 or more")),
    }
}

/// One thing that a caller does: `press 2`, `enter 1234`, `say billing`, `wait`, `hold 2m`, `hang up`.
fn act(text: &str) -> Result<Act, String> {
    let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
    match (verb, rest.trim()) {
        ("press", keys) if !keys.is_empty() => Keys::read(keys).and_then(|keys| {
            if keys.is_literal() {
                Ok(Act::Press(keys))
            } else {
                Err(format!("`{text}`: a caller presses keys, not a pattern"))
            }
        }),
        ("enter", digits) if !digits.is_empty() => Ok(Act::Enter(digits.to_owned())),
        ("say", words) if !words.is_empty() => Ok(Act::Say(words.to_owned())),
        ("wait", "") => Ok(Act::Wait),
        ("hold", time) => quantity::duration(time).map(Act::Hold),
        ("hang", "up") => Ok(Act::HangUp),
        _ => Err(format!(
            "`{text}` is none of `press 2`, `enter 1234`, `say billing`, `wait`, `hold 2m`, `hang up`"
        )),
    }
}
