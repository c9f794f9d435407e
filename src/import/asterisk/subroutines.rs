//! What `Gosub` and `Macro` call: whether it is heard, whether it comes back.

use super::args::Piece;
use super::plan::{Loc, Plan};
use super::roads::{Goal, places, targets};
use super::variables::settings_of;
use super::vocabulary::Means;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// So many priorities of a subroutine are looked at.
const LOOKED_AT_MAX: usize = 20_000;
/// A subroutine with more values than this is left by one exit.
const VALUES_MAX: usize = 8;

/// What a subroutine does.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Whether callers notice nothing of it.
    pub quiet: bool,
    /// Whether it comes back.
    pub returns: bool,
    /// The values that it comes back with; `returned` where one is not known.
    pub values: BTreeSet<String>,
    /// The variables that it sets.
    pub sets: BTreeSet<String>,
    /// Priorities of other contexts that it jumps to.
    pub jumps: BTreeSet<Loc>,
    /// What else its calls may have of their own.
    pub own: BTreeSet<Own>,
}

/// What calls of a subroutine have of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Own {
    /// A call may leave it by a jump to somewhere else, whatever that is.
    Way,
    /// A value that it comes back with is worked out while the call runs.
    Value,
    /// It asks for keys that may be those of the place that calls it.
    Keys,
}

/// What subroutines do, by where they begin.
#[derive(Debug, Default)]
pub struct Subroutines {
    known: RefCell<HashMap<(Loc, bool), Rc<Summary>>>,
}

impl Subroutines {
    /// What the subroutine does that begins here; linear in its length the first time.
    pub fn of(&self, plan: &Plan<'_>, loc: Loc, is_macro: bool) -> Rc<Summary> {
        if let Some(known) = self.known.borrow().get(&(loc, is_macro)) {
            return known.clone();
        }
        let summary = Rc::new(look(plan, loc, is_macro));
        self.known.borrow_mut().insert((loc, is_macro), summary.clone());
        summary
    }
}

fn look(plan: &Plan<'_>, begin: Loc, is_macro: bool) -> Summary {
    let mut summary = Summary {
        quiet: true,
        ..Summary::default()
    };
    let is_inside = |loc: Loc| {
        let name = plan.context(loc.context).map_or("", |context| context.name.text);
        name.starts_with("macro-")
    };
    let mut seen: HashSet<(Loc, bool)> = HashSet::from([(begin, true)]);
    let mut any = HashSet::new();
    let mut open = vec![(begin, true)];
    while let Some((loc, own)) = open.pop() {
        let Some(priority) = plan.priority(loc) else { continue };
        let means = priority.means();
        for setting in settings_of(means, priority.args) {
            summary.sets.insert(setting.name.to_owned());
        }
        if means == Some(Means::Return) && own {
            summary.returns = true;
            let value = priority.args.text;
            let known = !value.is_empty() && !value.contains('$');
            if value.contains('$') {
                summary.own.insert(Own::Value);
            }
            summary
                .values
                .insert(if known { value.to_owned() } else { "returned".to_owned() });
        }
        if is_macro
            && own
            && is_inside(loc)
            && plan.next(loc).is_none()
            && !matches!(means, Some(Means::Goto | Means::HangUp))
        {
            summary.returns = true;
            summary.values.insert("returned".to_owned());
        }
        summary.quiet &= is_quiet(means, priority.app.text);
        if own && matches!(means, Some(Means::Background | Means::WaitExten)) {
            summary.own.insert(Own::Keys);
        }
        let calls = calls(means);
        let next = plan.next(loc);
        let elsewhere = |target: &Piece<'_>| {
            let context = Goal::parse(*target).and_then(|goal| goal.context);
            context.is_some_and(|name| name.contains('$') && !name.contains("${CONTEXT}"))
        };
        if !calls && targets(means, priority.args).iter().any(elsewhere) {
            summary.own.insert(Own::Way);
        }
        // Keys of a menu lead to what is heard, whatever it is.
        for to in places(plan, loc, &mut any) {
            let is_call = calls && next != Some(to);
            if !is_call && is_macro && is_inside(loc) && !is_inside(to) {
                summary.own.insert(Own::Way);
                continue;
            }
            if !is_call && to.context != loc.context {
                summary.jumps.insert(to);
            }
            let own = own && !is_call;
            if seen.len() < LOOKED_AT_MAX && seen.insert((to, own)) {
                open.push((to, own));
            }
        }
        if priority.args.text.contains("Return") && own && means == Some(Means::ExecIf) {
            summary.returns = true;
            summary.values.insert("returned".to_owned());
        }
    }
    if summary.values.len() > VALUES_MAX {
        summary.values = BTreeSet::from(["returned".to_owned()]);
    }
    summary
}

/// Whether an application calls something that comes back.
pub fn calls(means: Option<Means>) -> bool {
    matches!(
        means,
        Some(Means::Gosub | Means::GosubIf | Means::Macro | Means::MacroIf)
    )
}

fn is_quiet(means: Option<Means>, name: &str) -> bool {
    match means {
        None => name.is_empty(),
        Some(means) => matches!(
            means,
            Means::Nothing
                | Means::System
                | Means::Set
                | Means::MSet
                | Means::Goto
                | Means::GotoIf
                | Means::GosubIf
                | Means::Gosub
                | Means::Macro
                | Means::Return
                | Means::StackPop
                | Means::While
                | Means::EndWhile
                | Means::ExitWhile
                | Means::ContinueWhile
                | Means::HangUp
        ),
    }
}
