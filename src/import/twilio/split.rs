//! Splits that decide: on data, on how a call ended, on a counter.

use super::condition::{Condition, SINGLE};
use super::expression::{heard, references};
use super::flow::{Exit, Widget};
use super::lower::{Lowering, UNKNOWN};
use crate::document::tree::{Case, StepKind, Target, Text};
use crate::error::{Problem, ProblemKind};
use crate::source::{Span, Spanned};
use std::collections::HashSet;

/// Where a value leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Goes<'w> {
    /// By this transition.
    By(&'w Exit),
    /// By no transition: the flow ends.
    Nowhere,
    /// That cannot be told.
    Unknown,
}

impl PartialEq for Exit {
    fn eq(&self, other: &Self) -> bool {
        self.span == other.span
    }
}

/// Where a split sends a value: by the first transition of which a condition holds. Linear in the number of conditions.
pub fn goes<'w>(split: &'w Widget<'_>, value: &str) -> Goes<'w> {
    for exit in split.exits.iter().filter(|exit| exit.is_match()) {
        for condition in &exit.conditions {
            match condition.asked() {
                None => return Goes::Unknown,
                Some(asked) if asked.holds(value) => return Goes::By(exit),
                Some(_) => {}
            }
        }
    }
    let none = split.exits.iter().find(|exit| exit.event.value == "noMatch");
    none.map_or(Goes::Nowhere, Goes::By)
}

impl Lowering<'_, '_> {
    /// A split that no menu before it stands for.
    pub fn split(&mut self, at: usize, split: &Widget<'_>, sets: &mut Vec<(Text, Text)>) -> StepKind {
        if let Some(counted) = self.counters.loops.get(&at) {
            let counter = Some(counted.counter.clone());
            let times = Some(counted.times);
            let (again, done) = (counted.again.clone(), counted.done.clone());
            return StepKind::Loop {
                counter,
                times,
                again: Some(again.unwrap_or_else(|| self.end(split.span))),
                done: Some(done.unwrap_or_else(|| self.end(split.span))),
            };
        }
        let tested = self.folds.tested.get(&at).cloned().unwrap_or_default();
        if let Some(problem) = self.never_there(split, &tested) {
            self.problems.push(problem);
            // What is never there is nothing, and that is known.
            match goes(split, "") {
                Goes::By(exit) => {
                    let to = exit.target();
                    return self.go_on(split, to);
                }
                Goes::Nowhere => return self.go_on(split, None),
                Goes::Unknown => {}
            }
        }
        let on = if let [expression] = tested.as_slice() {
            Spanned::new(expression.clone(), place_of_test(split))
        } else {
            // Several values at once are decided afresh.
            let on = Spanned::new(format!("outcome of {}", split.name.value), split.name.span);
            sets.push((on.clone(), Spanned::new(UNKNOWN.to_owned(), on.span)));
            on
        };
        if !self.is_known(&on.value) {
            self.unknown(split, format!("what `{}` is", on.value));
        }
        let mut cases = self.keyed(split, &on.value);
        cases.extend(self.cases(split));
        let mut taken = HashSet::new();
        cases.retain(|case| taken.insert(case.value.value.clone()));
        StepKind::Decision {
            cases,
            otherwise: Some(split.on("noMatch").unwrap_or_else(|| self.end(split.span))),
            on: Some(on),
        }
    }

    /// Where each key leads, where more is asked of a key than whether it is this one or that.
    fn keyed(&mut self, split: &Widget<'_>, on: &str) -> Vec<Case> {
        let is_plain = split
            .exits
            .iter()
            .flat_map(|exit| &exit.conditions)
            .all(Condition::is_equality);
        if is_plain || !heard(on).is_some_and(|heard| heard.digits && !heard.speech) {
            return Vec::new();
        }
        let mut cases = Vec::new();
        for key in SINGLE {
            if let Goes::By(exit) = goes(split, key)
                && exit.is_match()
            {
                cases.push(Case {
                    value: Spanned::new((*key).to_owned(), exit.span),
                    to: self.leads(exit),
                    share: None,
                });
            }
        }
        cases
    }

    fn cases(&mut self, split: &Widget<'_>) -> Vec<Case> {
        let mut cases: Vec<Case> = Vec::new();
        for exit in split.exits.iter().filter(|exit| exit.event.value != "noMatch") {
            let to = self.leads(exit);
            let values = exit.conditions.iter().flat_map(Condition::shown);
            let odd = (!exit.is_match()).then(|| exit.event.clone());
            let values = values.chain(odd);
            for value in values.filter(|value| !value.value.is_empty()) {
                cases.push(Case {
                    value,
                    to: to.clone(),
                    share: None,
                });
            }
        }
        cases
    }

    /// Why a value is never there: no widget of that name keeps it, or none by that spelling.
    fn never_there(&self, split: &Widget<'_>, tested: &[String]) -> Option<Problem> {
        let [expression] = tested else { return None };
        let place = place_of_test(split);
        if is_foreign(expression) {
            let message = format!("`{expression}` is nothing that a flow knows, so that nothing is ever found there");
            let help = "look at a value of a widget, of `flow.variables` or of `trigger`";
            return Some(Problem::new(ProblemKind::UndefinedReference, place, message).help(help));
        }
        let (widget, field) = references(expression).next()?;
        if !expression.starts_with("widgets.") {
            return None;
        }
        let Some(named) = self.flow.widget(widget) else {
            let problem = Problem::new(
                ProblemKind::UndefinedReference,
                place,
                format!("there is no widget called `{widget}`, so that nothing is ever found there"),
            );
            let names = self
                .flow
                .widgets
                .iter()
                .take(200)
                .map(|known| known.name.value.as_str());
            return Some(match crate::error::nearest(widget, names) {
                Some(near) => problem.help(format!("look at `{near}`")),
                None => problem.help("look at a widget of this flow"),
            });
        };
        let listens = named
            .word
            .is_some_and(|word| word.means == super::vocabulary::Means::Gather);
        let right = ["Digits", "SpeechResult"];
        let meant = right.into_iter().find(|right| right.eq_ignore_ascii_case(field))?;
        (listens && meant != field).then(|| {
            Problem::new(
                ProblemKind::UndefinedReference,
                place,
                format!("`{widget}` keeps nothing called `{field}`; capital letters matter"),
            )
            .help(format!("write `{{{{widgets.{widget}.{meant}}}}}`"))
        })
    }
}

fn place_of_test(split: &Widget<'_>) -> Span {
    let written = split.told("input").map(|input| input.span);
    let arguments = split.exits.iter().flat_map(|exit| &exit.conditions);
    let mut arguments = arguments.filter_map(|condition| condition.argument.as_ref());
    written
        .or_else(|| arguments.next().map(|argument| argument.span))
        .unwrap_or(split.name.span)
}

/// Whether an expression is a bare name of nothing that there is. Source: Twilio Docs, "Working with Variables", 2025.
fn is_foreign(expression: &str) -> bool {
    let is_path = expression.starts_with(|c: char| c.is_ascii_alphabetic())
        && expression
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
    let root = expression.split('.').next().unwrap_or_default();
    is_path && !["widgets", "flow", "trigger", "contact"].contains(&root)
}

/// Where a transition leads, as a step's field holds it.
pub fn target(goes: &Goes<'_>) -> Option<Target> {
    match goes {
        Goes::By(exit) => exit.target(),
        Goes::Nowhere | Goes::Unknown => None,
    }
}
