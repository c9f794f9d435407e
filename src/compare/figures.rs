//! Every figure of two trees side by side: the way to a person for anyone and for each intent, and what callers meet.

use super::crowd::Share;
use super::value::{Unit, Value, Verdict};
use super::{Side, Tolerance};
use crate::audit::Audit;
use crate::audit::figures::{Figures, PersonFigures, WayFigures};
use crate::document::schedule::WEEK;
use crate::document::tree::StepId;
use crate::graph::End;
use crate::graph::kernel::search::reach;
use std::collections::{BTreeSet, HashMap};

/// Moves looked at over all states of the calendar, at the most.
const WORK_MAX: usize = 60_000_000;

/// One figure, before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Whose it is.
    pub of: Of,
    /// What it is.
    pub what: What,
    /// In the first tree.
    pub before: Value,
    /// In the second tree.
    pub after: Value,
    /// Which is better.
    pub verdict: Verdict,
    /// Whether it is worse by more than is tolerated.
    pub beyond: bool,
}

/// Whose figure it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// Whoever wants a person.
    Anyone,
    /// Who calls for one reason.
    Intent(String),
}

/// What a figure tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Menus heard until a person is offered, at the fewest.
    OfferedMenus,
    /// Seconds until a person is offered, at the least.
    OfferedSeconds,
    /// Menus heard until a person is offered, where hours and outcomes are at their worst.
    WorstMenus,
    /// Seconds until a person is offered, where hours and outcomes are at their worst.
    WorstSeconds,
    /// Keys until a person is reached over announced options, at the fewest.
    ReachedKeys,
    /// Seconds until a person is reached over announced options, at the least.
    ReachedSeconds,
    /// Keys until a person is reached over any option that works, at the fewest.
    PossibleKeys,
    /// Seconds until a person is reached over any option that works, at the least.
    PossibleSeconds,
    /// Seconds until a person is reached by a caller who does nothing.
    SilentSeconds,
    /// Hours of an ordinary week in which nobody answers.
    ClosedHours,
    /// The share of callers who reach a person or her queue.
    Person,
    /// The share of callers who are left without a person, a promise, or the service that they called for.
    Unhelped,
    /// The share of callers who meet a frustrating event.
    Frustrated,
    /// The share of callers who hear some prompt at least twice.
    HeardAgain,
    /// The mean time of a call.
    CallSeconds,
}

impl What {
    /// The name in reports for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OfferedMenus => "offered-menus",
            Self::OfferedSeconds => "offered-seconds",
            Self::WorstMenus => "offered-at-worst-menus",
            Self::WorstSeconds => "offered-at-worst-seconds",
            Self::ReachedKeys => "reached-keys",
            Self::ReachedSeconds => "reached-seconds",
            Self::PossibleKeys => "possible-keys",
            Self::PossibleSeconds => "possible-seconds",
            Self::SilentSeconds => "silent-seconds",
            Self::ClosedHours => "closed-hours",
            Self::Person => "reach-a-person",
            Self::Unhelped => "not-helped",
            Self::Frustrated => "frustrated",
            Self::HeardAgain => "hear-a-prompt-again",
            Self::CallSeconds => "call-seconds",
        }
    }

    /// What it is counted in.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::OfferedMenus | Self::WorstMenus => Unit::Menus,
            Self::ReachedKeys | Self::PossibleKeys => Unit::Keys,
            Self::OfferedSeconds
            | Self::WorstSeconds
            | Self::ReachedSeconds
            | Self::PossibleSeconds
            | Self::SilentSeconds
            | Self::CallSeconds => Unit::Seconds,
            Self::ClosedHours => Unit::Hours,
            Self::Person | Self::Unhelped | Self::Frustrated | Self::HeardAgain => Unit::Share,
        }
    }

    /// Whether less of it is better. More callers with a person are fewer who serve themselves, and a call is longer where
    /// fewer give up: neither is good or bad by itself.
    const fn is_judged(self) -> bool {
        !matches!(self, Self::Person | Self::CallSeconds)
    }
}

/// All figures, and the intents that only one of the trees declares.
pub(super) fn figures(old: &Side<'_>, new: &Side<'_>, tolerance: &Tolerance) -> (Vec<Figure>, [Vec<String>; 2]) {
    let mut list = List {
        tolerance,
        out: Vec::new(),
    };
    list.person(&Of::Anyone, &person(&old.figures), &person(&new.figures));
    let closed = |side: &Side<'_>, at: usize| side.closed_hours.get(at).copied().unwrap_or(Value::Unknown);
    list.add(&Of::Anyone, What::ClosedHours, closed(old, 0), closed(new, 0));
    let intents = |side: &Side<'_>| -> HashMap<String, Aim> {
        let figures = side.figures.intents.iter();
        figures
            .map(|intent| (intent.name.clone(), Aim::of(intent.person.as_ref(), &side.figures)))
            .collect()
    };
    let (before, after) = (intents(old), intents(new));
    for intent in &old.figures.intents {
        if let (Some(before), Some(after)) = (before.get(&intent.name), after.get(&intent.name)) {
            let of = Of::Intent(intent.name.clone());
            list.person(&of, before, after);
            let at = |side: &Side<'_>| {
                let mut callers = side.tree.callers.iter();
                callers
                    .position(|caller| caller.name.value == intent.name)
                    .map_or(usize::MAX, |at| at + 1)
            };
            list.add(&of, What::ClosedHours, closed(old, at(old)), closed(new, at(new)));
        }
    }
    list.crowd(old, new);
    let only = |side: &Side<'_>, other: &HashMap<String, Aim>| -> Vec<String> {
        let names = side.figures.intents.iter().map(|intent| intent.name.clone());
        names.filter(|name| !other.contains_key(name)).collect()
    };
    (list.out, [only(old, &after), only(new, &before)])
}

/// What calls end with when nobody answers, the best first.
pub(super) fn closed_ends(side: &Side<'_>) -> Vec<&'static str> {
    let closed = side.figures.worlds.iter().filter(|world| !world.staffed);
    let ends: BTreeSet<&str> = closed.flat_map(|world| world.ends.iter().copied()).collect();
    ends.into_iter().collect()
}

/// Hours of an ordinary week in which no person can be reached, whatever the system knows of the caller: first for anyone,
/// then for each declared intent, whose persons are those that serve it, or any where none of them does.
///
/// Not known where the calendar is not whole, or too large to be looked at state by state. Hours that are not given may be
/// open or closed.
#[must_use]
pub fn closed_hours(audit: &Audit<'_>) -> Vec<Value> {
    let graph = &audit.graph;
    let states = &graph.states.list;
    let count = audit.tree.callers.len() + 1;
    let minutes: u32 = states.iter().map(|state| state.minutes_per_week).sum();
    let work = states.len().saturating_mul(graph.model.edge_count() + count);
    // Who can be reached where the file does not tell how calls go on is not known.
    let rests = audit.main().is_none_or(|world| !world.staffed) && audit.rests_on().next().is_some();
    if rests || !graph.states.complete || minutes != u32::from(WEEK) || work > WORK_MAX {
        return vec![Value::Unknown; count];
    }
    let mut serves: HashMap<StepId, Vec<usize>> = HashMap::new();
    for (intent, caller) in (1..).zip(&audit.tree.callers) {
        for step in caller.served_by.iter().filter_map(|target| target.step) {
            serves.entry(step).or_default().push(intent);
        }
    }
    // Minutes in which each is answered, with hours that are not given open, and closed.
    let answered = |unknown_open: bool| -> Vec<u32> {
        let mut out = vec![0; count];
        for state in states {
            let there = |edge: u32| {
                graph
                    .edge(edge)
                    .is_some_and(|way| graph.is_there(way, state, unknown_open))
            };
            let reached = reach(&graph.forward, graph.entry, there);
            let mut now = vec![false; count];
            for node in graph.nodes().filter(|node| reached.get(*node as usize) == Some(&true)) {
                if graph.end(node, state) == Some(End::Person) {
                    let place = graph.place(node);
                    let own = serves.get(&place.step).filter(|_| place.tree == 0);
                    for at in own.into_iter().flatten().chain([&0]) {
                        now.get_mut(*at).into_iter().for_each(|now| *now = true);
                    }
                }
            }
            for (sum, _) in out.iter_mut().zip(now).filter(|(_, now)| *now) {
                *sum += state.minutes_per_week;
            }
        }
        out
    };
    let most = answered(true);
    let least = if graph.has_unknown_hours() {
        answered(false)
    } else {
        most.clone()
    };
    let of = |at: usize| {
        // Where no person serves an intent, any will do.
        let at = if most.get(at) == Some(&0) { 0 } else { at };
        let hours = |answered: &[u32]| f64::from(minutes - answered.get(at).copied().unwrap_or(0).min(minutes)) / 60.0;
        Value::Between {
            least: hours(&most),
            most: hours(&least),
            open: 0,
        }
    };
    (0..count).map(of).collect()
}

/// The way of one sort of caller, as far as it is known.
enum Aim {
    Known(Box<PersonFigures>),
    Never,
    Unknown,
}

fn person(figures: &Figures) -> Aim {
    Aim::of(figures.person.as_ref(), figures)
}

impl Aim {
    fn of(person: Option<&PersonFigures>, figures: &Figures) -> Self {
        match person {
            Some(person) => Self::Known(Box::new(person.clone())),
            None if figures.rests_on.is_empty() => Self::Never,
            None => Self::Unknown,
        }
    }

    fn value(&self, of: impl Fn(&PersonFigures) -> Option<Value>) -> Value {
        match self {
            Self::Known(person) => of(person).unwrap_or(Value::Never),
            Self::Never => Value::Never,
            Self::Unknown => Value::Unknown,
        }
    }
}

struct List<'t> {
    tolerance: &'t Tolerance,
    out: Vec<Figure>,
}

impl List<'_> {
    fn add(&mut self, of: &Of, what: What, before: Value, after: Value) {
        let (verdict, beyond) = what.unit().judge(before, after, self.tolerance);
        let judged = what.is_judged();
        self.out.push(Figure {
            of: of.clone(),
            what,
            before,
            after,
            verdict: match verdict {
                Verdict::Better | Verdict::Worse if !judged => Verdict::Differs,
                verdict => verdict,
            },
            beyond: beyond && judged,
        });
    }

    fn person(&mut self, of: &Of, before: &Aim, after: &Aim) {
        let offered = |way: &Option<WayFigures>, person: &PersonFigures, unit| {
            match (way, &person.perhaps_offered) {
                (Some(way), _) => Some(measure(way, unit)),
                // Whether she is offered rests on wording that nobody knows.
                (None, Some(_)) => Some(Value::Unknown),
                (None, None) => None,
            }
        };
        let way = |way: &Option<WayFigures>, unit| way.as_ref().map(|way| measure(way, unit));
        let mut add = |what: What, get: &dyn Fn(&PersonFigures) -> Option<Value>| {
            self.add(of, what, before.value(get), after.value(get));
        };
        add(What::OfferedMenus, &|p| offered(&p.offered, p, Unit::Menus));
        add(What::OfferedSeconds, &|p| offered(&p.offered_soonest, p, Unit::Seconds));
        add(What::WorstMenus, &|p| offered(&p.offered_worst, p, Unit::Menus));
        add(What::WorstSeconds, &|p| offered(&p.offered_latest, p, Unit::Seconds));
        add(What::ReachedKeys, &|p| way(&p.fewest_keys, Unit::Keys));
        add(What::ReachedSeconds, &|p| way(&p.reached, Unit::Seconds));
        add(What::PossibleKeys, &|p| way(&p.possible, Unit::Keys));
        add(What::PossibleSeconds, &|p| way(&p.possible_soonest, Unit::Seconds));
        add(What::SilentSeconds, &|p| way(&p.silent, Unit::Seconds));
    }

    /// What callers meet, where it is known of both trees.
    fn crowd(&mut self, old: &Side<'_>, new: &Side<'_>) {
        let (Ok(before), Ok(after)) = (&old.crowd, &new.crowd) else {
            return;
        };
        let of = Of::Anyone;
        self.share(&of, &before.all, &after.all);
        self.add(
            &of,
            What::HeardAgain,
            between(before.heard_again),
            between(after.heard_again),
        );
        let seconds = [before.call_seconds, after.call_seconds].map(Value::exactly);
        self.add(&of, What::CallSeconds, seconds[0], seconds[1]);
        let known: HashMap<&str, &Share> = after
            .intents
            .iter()
            .map(|(name, share)| (name.as_str(), share))
            .collect();
        for (name, share) in &before.intents {
            if let Some(other) = known.get(name.as_str()) {
                self.share(&Of::Intent(name.clone()), share, other);
            }
        }
    }

    fn share(&mut self, of: &Of, before: &Share, after: &Share) {
        self.add(
            of,
            What::Person,
            Value::exactly(before.person),
            Value::exactly(after.person),
        );
        self.add(of, What::Unhelped, between(before.unhelped), between(after.unhelped));
        self.add(
            of,
            What::Frustrated,
            between(before.frustrated),
            between(after.frustrated),
        );
    }
}

fn between((least, most): (f64, f64)) -> Value {
    Value::Between { least, most, open: 0 }
}

fn measure(way: &WayFigures, unit: Unit) -> Value {
    match unit {
        Unit::Menus => Value::exactly(f64::from(way.menus)),
        Unit::Keys => Value::exactly(f64::from(way.presses) + f64::from(way.digits)),
        _ => Value::seconds(way.ms, way.unknown),
    }
}
