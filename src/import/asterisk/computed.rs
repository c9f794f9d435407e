//! Targets that are put in while the call runs: `Goto(users,${EXTEN},1)`.

use super::decide::{CASES_MAX, fresh};
use super::expression::UNKNOWN;
use super::lower::Lowering;
use super::machine::{Doing, Machine, Node, State};
use super::pattern::{self, Place, is_pattern, long_keys};
use super::plan::Loc;
use super::roads::{Goal, without_arguments};
use super::vocabulary::Means;
use crate::document::tree::{Case, StepKind, Text};
use crate::source::{Span, Spanned};
use std::collections::HashMap;
use std::rc::Rc;

/// A set of numbers in more pieces than this is not made smaller.
const PIECES_MAX: usize = 64;

/// The extensions that serve the numbers which a computed target can be.
pub struct Served {
    /// In the order in which they are looked for.
    pub by: Vec<Loc>,
    /// What becomes of the other numbers.
    pub rest: Rest,
}

/// What serves a target as it is written, by the extension that it is written in, the context of the call and that of
/// the target.
pub type Known = HashMap<(Loc, u32, u32, String), Option<Rc<Served>>>;

/// Numbers that no extension among these serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// There are none.
    Nothing,
    /// They are served by `i`, or not at all.
    Invalid,
    /// It is not known where they lead to.
    Unknown,
}

/// A name with one variable in it.
struct Name<'s> {
    before: &'s str,
    variable: &'s str,
    after: &'s str,
}

impl<'s> Name<'s> {
    fn read(exten: &'s str) -> Option<Self> {
        let (before, rest) = exten.split_once("${")?;
        let (variable, after) = rest.split_once('}').filter(|(_, after)| !after.contains("${"))?;
        Some(Self {
            before,
            variable,
            after,
        })
    }

    /// The value of the variable where the name is this.
    fn value<'n>(&self, name: &'n str) -> Option<&'n str> {
        let value = name.strip_prefix(self.before)?.strip_suffix(self.after)?;
        (!value.is_empty()).then_some(value)
    }

    /// The first digits that are left out of the number that was dialled; none where it is something else.
    fn skipped(&self) -> Option<usize> {
        let bare = self.before.is_empty() && self.after.is_empty();
        match self.variable.strip_prefix("EXTEN").filter(|_| bare)? {
            "" => Some(0),
            part => part.strip_prefix(':')?.parse().ok(),
        }
    }
}

impl Machine<'_> {
    /// What serves a computed target; about linear in the number of extensions, the first time.
    ///
    /// The number that was dialled is one that its pattern takes and nothing before it does; any other variable may be
    /// anything. Exact extensions go before patterns, and what none of them takes is served by `i`. Source: Asterisk
    /// documentation, "Pattern Matching" and "Special Dialplan Extensions", 2024.
    pub fn served(&self, state: &State, context: u32, exten: &str) -> Option<Rc<Served>> {
        let own = Loc { at: 0, ..state.loc };
        let key = (own, state.context, context, exten.to_owned());
        if let Some(known) = self.served.borrow().get(&key) {
            return known.clone();
        }
        let served = Name::read(exten).map(|name| Rc::new(self.look(state, own, context, &name)));
        self.served.borrow_mut().insert(key, served.clone());
        served
    }

    /// The target of a line that is put in while the call runs, its context, and what serves it there.
    fn goes_by<'t>(&self, state: &State, doing: &Doing<'t>) -> Option<(Goal<'t>, u32, Rc<Served>)> {
        let goal = Goal::parse(without_arguments(doing.args))?;
        let context = match goal.context {
            None => state.context,
            Some(name) => self.plan.index.get(self.loose(state, name).as_str()).copied()?,
        };
        let served = self.served(state, context, goal.exten?)?;
        Some((goal, context, served))
    }

    fn look(&self, state: &State, own: Loc, context: u32, name: &Name<'_>) -> Served {
        let plan = self.plan;
        let places = |loc: Loc| {
            plan.exten(loc).map_or(Vec::new(), |exten| match exten.name.text {
                name if is_pattern(name) => exten.places.clone(),
                name => pattern::literal(name),
            })
        };
        let dialled = plan.exten(own).filter(|own| is_pattern(own.name.text));
        let dialled = dialled.zip(name.skipped()).and_then(|(own, skipped)| {
            let is_digit = |place: &Place| matches!(place, Place::Any(_));
            let skips = own.places.get(..skipped)?.iter().all(is_digit);
            skips.then(|| own.places.get(skipped..)).flatten()
        });
        let any = || [pattern::literal(name.before), vec![Place::Rest]].concat();
        let whole = dialled.map_or_else(any, <[Place]>::to_vec);
        let mut left = vec![whole.clone()];
        if dialled.is_some() && name.skipped() == Some(0) {
            let serving = plan.serving(state.context, &whole);
            let before = serving.iter().position(|(loc, _)| *loc == own).unwrap_or(0);
            for (loc, timed) in serving.iter().take(before) {
                if timed.is_none() {
                    left = without(left, &places(*loc));
                }
            }
        }
        let mut served = Served {
            by: Vec::new(),
            rest: Rest::Invalid,
        };
        for (loc, timed) in plan.serving(context, &whole) {
            let exten = plan.exten(loc).map_or("", |exten| exten.name.text);
            let is_special = matches!(exten, "s" | "i" | "t" | "h" | "o" | "a" | "e" | "T");
            let places = places(loc);
            let is_one = is_pattern(exten) || name.value(exten).is_some();
            if is_special || !is_one || !left.iter().any(|own| pattern::overlap(own, &places)) {
                continue;
            }
            if served.by.len() >= CASES_MAX || (timed.is_some() && is_pattern(exten)) {
                served.rest = Rest::Unknown;
                break;
            }
            served.by.push(loc);
            if timed.is_none() {
                left = without(left, &places);
            }
            if left.is_empty() {
                served.rest = Rest::Nothing;
                break;
            }
        }
        if served.rest == Rest::Invalid && plan.is_open(context) {
            served.rest = Rest::Unknown;
        }
        served
    }
}

fn without(numbers: Vec<Vec<Place>>, taken: &[Place]) -> Vec<Vec<Place>> {
    if numbers.len() > PIECES_MAX {
        return numbers;
    }
    numbers.iter().flat_map(|own| pattern::without(own, taken)).collect()
}

/// Where keys lead that are entered and then dialled.
pub struct Dialled {
    /// The keys of patterns, with the place of each and where it leads to.
    pub patterns: Vec<(String, Span, Node)>,
    /// Where keys lead that nothing serves; none where the call ends.
    pub wrong: Option<Node>,
}

impl Machine<'_> {
    /// Where keys lead that come as a variable to a `Goto`; none where they cannot be told one by one.
    pub fn dialled(&self, node: &Node, variable: &str, most: usize) -> Option<Dialled> {
        let Node::At(state) = node else { return None };
        let doing = self.doing(state).filter(|doing| doing.means() == Some(Means::Goto))?;
        let (goal, context, served) = self.goes_by(state, &doing)?;
        let is_bare = goal.exten == Some(format!("${{{variable}}}").as_str());
        if !is_bare || served.rest != Rest::Invalid {
            return None;
        }
        let priority = self.loose(state, goal.priority);
        let inside = State {
            context: self.plan.plain(context),
            ..state.clone()
        };
        let mut patterns = Vec::new();
        for loc in served.by.iter().copied() {
            let exten = self.plan.exten(loc).filter(|exten| is_pattern(exten.name.text));
            let Some(exten) = exten else { continue };
            let keys = long_keys(exten.name.text, &exten.places)?;
            if keys.len() <= most {
                let next = self.arrive(&inside, loc, &UNKNOWN.to_string(), &priority);
                patterns.push((keys, exten.name.span(), self.settle(next)));
            }
        }
        let has_i = !self.serving(&inside, inside.context, "i").is_empty();
        let wrong = has_i.then(|| self.settle(self.enter(&inside, context, "i", "1")));
        Some(Dialled { patterns, wrong })
    }
}

impl<'s> Lowering<'_, 's> {
    /// A `Goto` to an extension that is put in while the call runs: each that it can mean is a case.
    pub fn computed(&mut self, state: &State, doing: &Doing<'s>, sets: &mut Vec<(Text, Text)>) -> StepKind {
        let machine = self.machine;
        let Some((goal, context, served)) = machine.goes_by(state, doing) else {
            return self.far(doing);
        };
        let Some(name) = goal.exten.and_then(Name::read) else {
            return self.far(doing);
        };
        let priority = machine.loose(state, goal.priority);
        let inside = State {
            context: machine.plan.plain(context),
            ..state.clone()
        };
        let mut cases: Vec<Case> = Vec::new();
        let mut otherwise = None;
        // An extension without the priority is not the one that is meant. Source: Asterisk, `main/pbx.c`.
        let has_it = |loc: &&Loc| machine.plan.place(**loc, &priority).is_some();
        let any_has = served.by.iter().any(|loc| has_it(&loc));
        for loc in served.by.iter().filter(|loc| !any_has || has_it(loc)) {
            let Some(exten) = machine.plan.exten(*loc).map(|exten| exten.name) else {
                continue;
            };
            let (value, next) = if is_pattern(exten.text) {
                let next = machine.arrive(&inside, *loc, &UNKNOWN.to_string(), &priority);
                (exten.text, next)
            } else {
                let value = name.value(exten.text).unwrap_or_default();
                let mut known = state.clone();
                machine.set(&mut known, name.variable, Some(value));
                (value, machine.enter(&known, context, exten.text, &priority))
            };
            if cases.iter().any(|case| case.value.value == value) {
                continue;
            }
            let to = self.lead(next, exten.span());
            otherwise = Some(to.clone()).filter(|_| served.rest == Rest::Nothing);
            cases.push(Case {
                value: Spanned::new(value.to_owned(), exten.span()),
                to,
                share: None,
            });
        }
        match served.rest {
            // The last takes all that the others leave.
            Rest::Nothing => drop(cases.pop_if(|case| is_pattern(&case.value.value))),
            Rest::Unknown => otherwise = Some(self.nowhere(state, doing.args.text, doing.span)),
            Rest::Invalid => {
                otherwise = self.special(state, context, "i", doing.span);
                // Those numbers end the call, if they are dialled: a trunk has its own, and a condition may ask first.
                if otherwise.is_none() && name.skipped().is_some() {
                    let own = machine.plan.context(context).map_or("", |own| own.name.text);
                    self.unknown(
                        doing.span,
                        format!("whether numbers are dialled that `{own}` does not serve"),
                    );
                }
            }
        }
        if cases.is_empty() && otherwise.is_none() {
            return self.far(doing);
        }
        if cases.is_empty() {
            return StepKind::Message {
                then: otherwise,
                purpose: None,
                barge_in: None,
            };
        }
        let on = Spanned::new(name.variable.to_owned(), doing.args.span());
        sets.push(fresh(&on));
        StepKind::Decision {
            on: Some(on),
            cases,
            otherwise,
        }
    }
}
