//! Subroutines whose steps are made anew for each call: those that a call may leave for good.

use super::machine::{Env, Frame, Machine, Node, State};
use super::plan::{Loc, Plan};
use super::roads::{Stop, onward, place};
use super::subroutines::{Own, Summary, calls};
use super::vocabulary::Means;
use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};

/// The steps of one subroutine are made anew for so many calls; further ones share steps.
const COPIES_MAX: usize = 64;
/// Subroutines within subroutines deeper than this share steps.
const DEPTH_MAX: usize = 8;

/// One call of a subroutine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Site {
    /// The call, with what it gets back: its own arguments and the number that was dialled.
    from: State,
    /// The first priority of what is called.
    begins: Loc,
    /// The context of what is called.
    inside: u32,
    is_macro: bool,
}

/// The calls of subroutines that have steps of their own.
#[derive(Debug, Default)]
pub struct Sites {
    ids: RefCell<HashMap<Site, u32>>,
    all: RefCell<Vec<Site>>,
    copies: RefCell<HashMap<Loc, HashSet<Loc>>>,
    returning: OnceCell<HashSet<Loc>>,
}

impl Machine<'_> {
    /// The state in which a subroutine runs in steps of its own; none where all calls of it share its steps.
    ///
    /// Its own are those of one that a call may leave by a jump, of a macro that asks for keys, which are those of the
    /// place that it is called from, and of one whose value is looked at and worked out. Source: Asterisk documentation,
    /// "Macro", "Gosub" and "Return", 2024.
    pub fn own_steps(&self, state: &State, to: &State, summary: &Summary, is_macro: bool) -> Option<State> {
        let asks = is_macro && summary.own.contains(&Own::Keys);
        let computes = summary.own.contains(&Own::Value);
        let is_looked_at = || {
            let next = self.plan.next(state.loc);
            let number = self.variables.tracked.get("GOSUB_RETVAL");
            number
                .zip(next)
                .is_some_and(|(number, next)| self.live.matters(next, *number))
        };
        let is_left = || {
            let mut jumps = summary.jumps.iter();
            summary.own.contains(&Own::Way) || (!is_macro && jumps.any(|loc| !self.returning().contains(loc)))
        };
        if !(asks || summary.returns && is_left() || computes && is_looked_at()) {
            return None;
        }
        let mut frame = state.frame;
        for depth in 0.. {
            let Frame::Own(site) = frame else { break };
            let outer = self.site(site)?;
            if outer.begins == to.loc || depth >= DEPTH_MAX {
                return None;
            }
            frame = outer.from.frame;
        }
        let mut copies = self.sites.copies.borrow_mut();
        let copies = copies.entry(to.loc).or_default();
        if copies.len() >= COPIES_MAX && !copies.contains(&state.loc) {
            return None;
        }
        copies.insert(state.loc);
        let site = Site {
            from: State {
                env: self.kept(&state.env),
                hours: Vec::new(),
                ..state.clone()
            },
            begins: to.loc,
            inside: to.context,
            is_macro,
        };
        let mut all = self.sites.all.borrow_mut();
        let next = u32::try_from(all.len()).ok()?;
        let id = *self.sites.ids.borrow_mut().entry(site.clone()).or_insert(next);
        if id == next {
            all.push(site);
        }
        Some(State {
            frame: Frame::Own(id),
            ..to.clone()
        })
    }

    /// The call goes on behind what it has called, with the value that comes back.
    pub fn back(&self, state: &State, site: u32, value: Option<&str>) -> Result<State, Node> {
        let Some(site) = self.site(site) else {
            return Err(Node::End(state.loc, state.context));
        };
        let mut after = State {
            env: self.restored(&state.env, &site),
            hours: state.hours.clone(),
            ..site.from
        };
        if !site.is_macro {
            self.set(&mut after, "GOSUB_RETVAL", Some(value.unwrap_or_default()));
        }
        self.next(&after)
    }

    /// A call that jumps out of a subroutine: a macro ends then, and others are done with where nothing returns.
    pub fn leave(&self, state: &mut State) {
        while let Frame::Own(site) = state.frame
            && let Some(site) = self.site(site)
            && site.inside != state.context
            && (site.is_macro || !self.returning().contains(&state.loc))
        {
            state.frame = site.from.frame;
            state.env = self.restored(&state.env, &site);
        }
    }

    /// The context whose extensions keys select: that of the call of a macro. Source: Asterisk, `main/pbx_builtins.c`.
    pub fn listening(&self, state: &State) -> u32 {
        let mut outer = (state.frame, state.context);
        while let (Frame::Own(site), _) = outer
            && let Some(site) = self.site(site)
            && site.is_macro
        {
            outer = (site.from.frame, site.from.context);
        }
        outer.1
    }

    fn site(&self, at: u32) -> Option<Site> {
        self.sites.all.borrow().get(at as usize).cloned()
    }

    /// The values that a call gets back when it comes back: its arguments, and the number that was dialled.
    fn kept(&self, env: &Env) -> Env {
        let own = |number: u16| {
            let mut names = self.variables.tracked.iter();
            names.any(|(name, own)| *own == number && (name.starts_with("ARG") || *name == "EXTEN"))
        };
        env.iter().copied().filter(|(number, _)| own(*number)).collect()
    }

    fn restored(&self, env: &Env, site: &Site) -> Env {
        let inner = self.kept(env);
        let mut env: Env = env.iter().copied().filter(|value| !inner.contains(value)).collect();
        env.extend(&site.from.env);
        env.sort_unstable();
        env
    }

    /// The priorities from which a `Return` can be come to that is not that of another call.
    fn returning(&self) -> &HashSet<Loc> {
        self.sites.returning.get_or_init(|| returning(self.plan))
    }
}

/// Follows every line backward from each `Return`; about linear.
fn returning(plan: &Plan<'_>) -> HashSet<Loc> {
    let mut before: HashMap<Stop, Vec<Stop>> = HashMap::new();
    let mut hubs: HashSet<Stop> = HashSet::new();
    let mut open: Vec<Stop> = Vec::new();
    for loc in plan.all() {
        let means = plan.priority(loc).and_then(super::plan::Priority::means);
        if means == Some(Means::Return) {
            open.push(Stop::At(loc));
        }
        let next = plan.next(loc);
        for stop in onward(plan, Stop::At(loc)) {
            if calls(means) && stop != Stop::Hub(loc.context) && next.map(Stop::At) != Some(stop) {
                continue;
            }
            before.entry(stop).or_default().push(Stop::At(loc));
            if place(stop).is_none() && hubs.insert(stop) {
                for inner in onward(plan, stop) {
                    before.entry(inner).or_default().push(stop);
                }
            }
        }
    }
    let mut found: HashSet<Stop> = open.iter().copied().collect();
    while let Some(stop) = open.pop() {
        for from in before.get(&stop).map_or(&[][..], |list| list) {
            if found.insert(*from) {
                open.push(*from);
            }
        }
    }
    found.into_iter().filter_map(place).collect()
}
