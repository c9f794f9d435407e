//! Which variables matter at each place: those that something behind it looks at before it is set again.

use super::plan::{Loc, Plan, Priority};
use super::roads::{Stop, onward};
use super::subroutines::calls;
use super::variables::{STATUS, Variables, matters, settings_of};
use super::vocabulary::Means;
use std::collections::{BTreeMap, HashMap};

/// A set of followed variables.
pub type Set = [u64; 4];

/// Which variables matter at each priority that calls can come to.
#[derive(Debug, Default)]
pub struct Live {
    at: HashMap<Stop, u32>,
    sets: Vec<Set>,
    beyond_menus: Set,
}

impl Live {
    /// Whether what callers meet from a place on depends on a variable as it is there.
    pub fn matters(&self, loc: Loc, variable: u16) -> bool {
        let set = self.at.get(&Stop::At(loc)).and_then(|at| self.sets.get(*at as usize));
        set.is_some_and(|set| has(set, variable))
    }

    /// Whether a variable is looked at behind a menu that is come to after it may have been set.
    pub fn is_kept(&self, variable: u16) -> bool {
        has(&self.beyond_menus, variable)
    }

    /// Follows all that can be reached from the entries; about linear in the number of priorities.
    pub fn of(plan: &Plan<'_>, variables: &Variables<'_>, entries: &[Loc]) -> Self {
        let mut at: HashMap<Stop, u32> = HashMap::new();
        let mut stops: Vec<Stop> = Vec::new();
        let mut before: Vec<Vec<(u32, Way)>> = Vec::new();
        let mut meet = |stop: Stop, stops: &mut Vec<Stop>, before: &mut Vec<Vec<(u32, Way)>>| {
            *at.entry(stop).or_insert_with(|| {
                stops.push(stop);
                before.push(Vec::new());
                u32::try_from(stops.len() - 1).unwrap_or(u32::MAX)
            })
        };
        for entry in entries {
            meet(Stop::At(*entry), &mut stops, &mut before);
        }
        let mut next = 0;
        while let Some(&stop) = stops.get(next) {
            let own = u32::try_from(next).unwrap_or(u32::MAX);
            for to in onward(plan, stop) {
                let to_at = meet(to, &mut stops, &mut before);
                if let Some(list) = before.get_mut(to_at as usize) {
                    list.push((own, way(plan, stop, to)));
                }
            }
            next += 1;
        }
        let (mut number, mut arguments) = (Set::default(), Set::default());
        for (name, at) in variables.tracked.iter().collect::<BTreeMap<_, _>>() {
            match *name {
                "EXTEN" => add(&mut number, *at),
                name if name.starts_with("ARG") => add(&mut arguments, *at),
                _ => {}
            }
        }
        let effects: Vec<(Set, Set)> = stops.iter().map(|stop| effect(plan, variables, *stop)).collect();
        let mut live: Vec<Set> = effects.iter().map(|(uses, _)| *uses).collect();
        let mut open: Vec<u32> = (0..u32::try_from(stops.len()).unwrap_or(0)).collect();
        let mut beyond_menus = Set::default();
        while let Some(stop) = open.pop() {
            let Some(set) = live.get(stop as usize).copied() else {
                continue;
            };
            for (from, way) in before.get(stop as usize).map_or(&[][..], |list| list) {
                let mut out = set;
                if way.enters {
                    out = without(out, number);
                }
                if way.calls {
                    out = without(out, arguments);
                }
                if asks(plan, stops.get(*from as usize)) {
                    beyond_menus = join(beyond_menus, out);
                }
                let Some(((_, sets), own)) = effects.get(*from as usize).zip(live.get_mut(*from as usize)) else {
                    continue;
                };
                let grown = join(*own, without(out, *sets));
                if grown != *own {
                    *own = grown;
                    open.push(*from);
                }
            }
        }
        Self {
            at,
            sets: live,
            beyond_menus,
        }
    }
}

/// What a way from one stop to another sets anew.
#[derive(Clone, Copy, Debug)]
struct Way {
    /// Whether an extension is entered, so that `EXTEN` is set.
    enters: bool,
    /// Whether a subroutine is called, so that its arguments are set.
    calls: bool,
}

fn way(plan: &Plan<'_>, from: Stop, to: Stop) -> Way {
    match (from, to) {
        (Stop::At(from), Stop::At(to)) => Way {
            enters: (from.context, from.exten) != (to.context, to.exten),
            calls: plan.next(from) != Some(to) && calls(plan.priority(from).and_then(Priority::means)),
        },
        _ => Way {
            enters: true,
            calls: false,
        },
    }
}

/// What a stop uses and what it sets whatever happens.
fn effect(plan: &Plan<'_>, variables: &Variables<'_>, stop: Stop) -> (Set, Set) {
    let (mut uses, mut sets) = (Set::default(), Set::default());
    let Stop::At(loc) = stop else { return (uses, sets) };
    let Some(priority) = plan.priority(loc) else {
        return (uses, sets);
    };
    let means = priority.means();
    let number = |name: &str| variables.tracked.get(name).copied();
    let settings = settings_of(means, priority.args);
    matters(means, priority.args.text)
        .into_iter()
        .filter_map(number)
        .for_each(|at| add(&mut uses, at));
    if !matches!(means, Some(Means::ExecIf | Means::ExecIfTime)) {
        settings
            .iter()
            .filter_map(|setting| number(setting.name))
            .for_each(|at| add(&mut sets, at));
    }
    // What led to a menu is forgotten there, so that it stays one step: the call itself remembers what it needs.
    if asks(plan, Some(&stop)) {
        for (name, at) in &variables.tracked.iter().collect::<BTreeMap<_, _>>() {
            if !name.starts_with("ARG") && **name != "EXTEN" && !variables.stages.contains(**name) {
                add(&mut sets, **at);
            }
        }
    }
    for (app, status) in STATUS {
        if means == Some(*app)
            && means != Some(Means::GosubIf)
            && let Some(at) = number(status)
        {
            add(&mut sets, at);
        }
    }
    (uses, sets)
}

fn add(set: &mut Set, at: u16) {
    if let Some(word) = set.get_mut(usize::from(at / 64)) {
        *word |= 1 << (at % 64);
    }
}

/// Whether a stop is a line that asks for keys.
fn asks(plan: &Plan<'_>, stop: Option<&Stop>) -> bool {
    let Some(Stop::At(loc)) = stop else { return false };
    let means = plan.priority(*loc).and_then(Priority::means);
    matches!(means, Some(Means::Read | Means::WaitExten | Means::Background))
}

fn join(one: Set, other: Set) -> Set {
    std::array::from_fn(|at| one[at] | other[at])
}

fn without(set: Set, taken: Set) -> Set {
    std::array::from_fn(|at| set[at] & !taken[at])
}

fn has(set: &Set, at: u16) -> bool {
    set.get(usize::from(at / 64))
        .is_some_and(|word| word & (1 << (at % 64)) != 0)
}
