//! Where each priority leads to, as far as its text tells it without running.

use super::args::{Piece, application, arguments, branches, executed};
use super::pattern::is_pattern;
use super::plan::{Loc, Plan};
use super::subroutines::calls;
use super::variables::{STATUS, Variables, matters, settings_of};
use super::vocabulary::{Means, find};
use std::collections::{BTreeMap, HashMap};

/// More extensions of one context are not looked through for keys.
pub const EXTENS_MAX: usize = 20_000;

/// What a target names: `context,exten,priority`, `exten,priority`, `priority`.
#[derive(Clone, Copy, Debug)]
pub struct Goal<'s> {
    /// The context, where it is another.
    pub context: Option<&'s str>,
    /// The extension, where it is another.
    pub exten: Option<&'s str>,
    /// The priority, by number or label.
    pub priority: &'s str,
}

impl<'s> Goal<'s> {
    /// Reads a target; none where it is empty.
    pub fn parse(target: Piece<'s>) -> Option<Self> {
        let parts = arguments(target.bare());
        let text = |at: usize| parts.get(at).map(|part| part.text);
        let (context, exten, priority) = match parts.len() {
            1 => (None, None, text(0)?),
            2 => (None, text(0), text(1)?),
            _ => (text(0), text(1), text(2)?),
        };
        (!priority.is_empty()).then_some(Self {
            context: context.filter(|name| !name.is_empty()),
            exten: exten.filter(|name| !name.is_empty()),
            priority,
        })
    }
}

/// A priority, or all extensions of a context that keys can select.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stop {
    /// A priority.
    At(Loc),
    /// The extensions of a context with all that it includes.
    Hub(u32),
}

/// Where a stop leads to.
pub fn onward(plan: &Plan<'_>, stop: Stop) -> Vec<Stop> {
    let loc = match stop {
        Stop::At(loc) => loc,
        Stop::Hub(context) => return hub(plan, context),
    };
    let Some(priority) = plan.priority(loc) else {
        return Vec::new();
    };
    let means = priority.means();
    let mut out = Vec::new();
    leads(plan, loc, means, priority.args, 0, &mut out);
    let ends = matches!(
        means,
        Some(Means::Goto | Means::Return | Means::HangUp | Means::EndWhile)
    );
    if !ends {
        out.extend(plan.next(loc).map(Stop::At));
    }
    out
}

fn hub(plan: &Plan<'_>, context: u32) -> Vec<Stop> {
    let mut out = Vec::new();
    for at in plan.closure(context) {
        let extens = plan
            .context(at)
            .map_or(0, |context| context.extens.len().min(EXTENS_MAX));
        for exten in 0..u32::try_from(extens).unwrap_or(0) {
            let loc = Loc {
                context: at,
                exten,
                at: 0,
            };
            if plan.exten(loc).is_some_and(|exten| exten.name.text != "h") {
                out.push(Stop::At(loc));
            }
        }
    }
    out
}

fn leads(plan: &Plan<'_>, loc: Loc, means: Option<Means>, args: Piece<'_>, depth: u8, out: &mut Vec<Stop>) {
    match means {
        Some(Means::Goto | Means::GotoIf | Means::GotoIfTime | Means::Gosub | Means::GosubIf) => {
            for target in targets(means, args) {
                out.extend(goals(plan, loc, target).into_iter().map(Stop::At));
            }
        }
        Some(Means::Macro) => {
            let name = arguments(args).first().map_or("", |name| name.text);
            if let Some(context) = plan.index.get(format!("macro-{name}").as_str()) {
                out.extend(first(plan, *context, "s").map(Stop::At));
                // The keys that a macro asks for are those of the place that calls it.
                if plan.context(*context).is_some_and(|own| own.asks) {
                    out.push(Stop::Hub(loc.context));
                }
            }
        }
        Some(Means::ExecIf | Means::Exec | Means::MacroIf) if depth < 4 => {
            for (means, args) in inner(means, args) {
                leads(plan, loc, means, args, depth + 1, out);
            }
        }
        Some(Means::Background | Means::WaitExten | Means::Directory | Means::Voicemail) => {
            out.push(Stop::Hub(loc.context));
        }
        Some(Means::While) => out.extend(super::machine::after_loop(plan, loc).map(Stop::At)),
        Some(Means::EndWhile) => out.extend(super::machine::loop_of(plan, loc).map(Stop::At)),
        Some(Means::Dial) => {
            for local in super::parties::locals(args) {
                if let Some(context) = plan.index.get(local.1) {
                    out.extend(first(plan, *context, local.0).map(Stop::At));
                }
            }
        }
        _ => {}
    }
}

/// What an application does that does others, with their arguments.
fn inner(means: Option<Means>, args: Piece<'_>) -> Vec<(Option<Means>, Piece<'_>)> {
    let (_, yes, no) = executed(args);
    let whole = if means == Some(Means::Exec) { vec![args] } else { vec![yes, no] };
    let one = |piece| match means {
        Some(Means::MacroIf) => (Some(Means::Macro), piece),
        _ => {
            let (name, args) = application(piece);
            (find(name.text).map(|word| word.means), args)
        }
    };
    whole.into_iter().map(one).collect()
}

/// The targets that a line jumps to or calls.
pub fn targets(means: Option<Means>, args: Piece<'_>) -> Vec<Piece<'_>> {
    match means {
        Some(Means::Goto) => vec![args],
        Some(Means::Gosub) => vec![without_arguments(args)],
        Some(Means::GotoIf | Means::GotoIfTime | Means::GosubIf) => {
            let (_, yes, no) = branches(args);
            let is_there = |branch: &Piece<'_>| !branch.text.is_empty();
            [yes, no].into_iter().filter(is_there).map(without_arguments).collect()
        }
        Some(Means::ExecIf) => {
            let jumps = |(inner, args)| match inner {
                Some(Means::Goto | Means::Gosub) => targets(inner, args),
                _ => Vec::new(),
            };
            inner(means, args).into_iter().flat_map(jumps).collect()
        }
        _ => Vec::new(),
    }
}

/// A target without the arguments that a subroutine is given: `context,exten,1(argument)`.
pub fn without_arguments(target: Piece<'_>) -> Piece<'_> {
    match target.text.find('(') {
        Some(at) if target.text.ends_with(')') && !target.text.starts_with("${") => target.cut(at).0,
        _ => target,
    }
}

fn first(plan: &Plan<'_>, context: u32, exten: &str) -> Option<Loc> {
    plan.find(context, exten).first().map(|(loc, _)| *loc)
}

/// The priorities that a target can mean; where a part of it is put in while the call runs, those whose names begin
/// as it does.
pub fn goals(plan: &Plan<'_>, loc: Loc, target: Piece<'_>) -> Vec<Loc> {
    let Some(goal) = Goal::parse(target) else {
        return Vec::new();
    };
    let context = match goal.context {
        None => Some(loc.context),
        Some(name) if name.contains("${CONTEXT}") => Some(loc.context),
        Some(name) => plan.index.get(name).copied(),
    };
    let Some(context) = context else { return Vec::new() };
    let Some(exten) = goal.exten else {
        let own = Loc { at: 0, ..loc };
        return plan.place(own, goal.priority).into_iter().collect();
    };
    if exten.contains("${EXTEN}") && goal.context.is_none() {
        return plan.place(Loc { at: 0, ..loc }, goal.priority).into_iter().collect();
    }
    if let Some(dynamic) = exten.find('$') {
        let prefix = exten.get(..dynamic).unwrap_or_default();
        let mut out = Vec::new();
        for at in plan.closure(context) {
            let extens = plan.context(at).map_or(&[][..], |context| &context.extens);
            for (number, own) in (0u32..).zip(extens).take(EXTENS_MAX) {
                let name = own.name.text;
                if name.starts_with(prefix) || is_pattern(name) || name == "i" {
                    out.push(Loc {
                        context: at,
                        exten: number,
                        at: 0,
                    });
                }
            }
        }
        return out;
    }
    let mut found: Vec<Loc> = plan.find(context, exten).into_iter().map(|(loc, _)| loc).collect();
    if found.is_empty() {
        found.extend(first(plan, context, "i"));
    }
    found
        .into_iter()
        .filter_map(|exten| plan.place(exten, goal.priority))
        .collect()
}

/// A set of followed variables.
pub type Set = [u64; 4];

/// Which variables matter at each priority that calls can come to.
#[derive(Debug, Default)]
pub struct Live {
    at: HashMap<Stop, u32>,
    live: Vec<Set>,
    beyond_menus: Set,
}

impl Live {
    /// Whether what callers meet from a place on depends on a variable as it is there.
    pub fn matters(&self, loc: Loc, variable: u16) -> bool {
        let set = self.at.get(&Stop::At(loc)).and_then(|at| self.live.get(*at as usize));
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
        for (name, at) in &variables.tracked {
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
        Self { at, live, beyond_menus }
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
            calls: plan.next(from) != Some(to) && calls(plan.priority(from).and_then(super::plan::Priority::means)),
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
    if means != Some(Means::ExecIf) {
        settings
            .iter()
            .filter_map(|setting| number(setting.name))
            .for_each(|at| add(&mut sets, at));
    }
    // What led to a menu is forgotten there, so that it stays one step: the call itself remembers what it needs.
    if asks(plan, Some(&stop)) {
        for (name, at) in &variables.tracked.iter().collect::<BTreeMap<_, _>>() {
            if !name.starts_with("ARG") && **name != "EXTEN" {
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
    let means = plan.priority(*loc).and_then(super::plan::Priority::means);
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
