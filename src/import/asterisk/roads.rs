//! Where each priority leads to, as far as its text tells it without running.

use super::args::{Piece, application, arguments, branches, executed};
use super::pattern::is_pattern;
use super::plan::{Loc, Plan};
use super::vocabulary::{Means, find};
use std::collections::HashSet;

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
    /// The same where one of them is gone to that is put in while the call runs.
    Any(u32),
}

/// Where a stop leads to.
pub fn onward(plan: &Plan<'_>, stop: Stop) -> Vec<Stop> {
    let loc = match stop {
        Stop::At(loc) => loc,
        Stop::Hub(context) | Stop::Any(context) => return hub(plan, context),
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

/// Where a priority leads to, each place once: those of `seen` are not opened again.
pub fn places(plan: &Plan<'_>, loc: Loc, seen: &mut HashSet<u32>) -> Vec<Loc> {
    let mut out = Vec::new();
    for stop in onward(plan, Stop::At(loc)) {
        match stop {
            Stop::At(to) => out.push(to),
            Stop::Any(context) if seen.insert(context) => out.extend(onward(plan, stop).into_iter().filter_map(place)),
            Stop::Any(_) | Stop::Hub(_) => {}
        }
    }
    out
}

/// The priority that a stop is.
pub fn place(stop: Stop) -> Option<Loc> {
    match stop {
        Stop::At(loc) => Some(loc),
        Stop::Hub(_) | Stop::Any(_) => None,
    }
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
                out.extend(goals(plan, loc, target));
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
        Some(Means::ExecIf | Means::ExecIfTime | Means::Exec | Means::MacroIf) if depth < 4 => {
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
    let whole = if means == Some(Means::Exec) {
        vec![args]
    } else {
        vec![yes, no]
    };
    let one = |piece| {
        if means == Some(Means::MacroIf) {
            return (Some(Means::Macro), piece);
        }
        let (name, args) = application(piece);
        (find(name.text).map(|word| word.means), args)
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
        Some(Means::ExecIf | Means::ExecIfTime) => {
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
fn goals(plan: &Plan<'_>, loc: Loc, target: Piece<'_>) -> Vec<Stop> {
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
        return plan.place(own, goal.priority).map(Stop::At).into_iter().collect();
    };
    if exten.contains("${EXTEN}") && goal.context.is_none() {
        let own = Loc { at: 0, ..loc };
        return plan.place(own, goal.priority).map(Stop::At).into_iter().collect();
    }
    if exten.starts_with('$') {
        return vec![Stop::Any(context)];
    }
    if let Some(dynamic) = exten.find('$') {
        let prefix = exten.get(..dynamic).unwrap_or_default();
        let mut out = Vec::new();
        for at in plan.closure(context) {
            let extens = plan.context(at).map_or(&[][..], |context| &context.extens);
            for (number, own) in (0u32..).zip(extens).take(EXTENS_MAX) {
                let name = own.name.text;
                if name.starts_with(prefix) || is_pattern(name) || name == "i" {
                    out.push(Stop::At(Loc {
                        context: at,
                        exten: number,
                        at: 0,
                    }));
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
        .map(Stop::At)
        .collect()
}
