//! Branches of executable content: what decides between them.

use super::condition::{self, Condition};
use super::lower::{Lowering, UNKNOWN};
use super::place::{Moment, Place};
use crate::document::tree::{Case, StepKind, Target, Text};
use crate::source::{Span, Spanned};
use crate::xml::ElementId;
use std::collections::HashSet;
use std::rc::Rc;

/// One branch of an `if`.
#[derive(Clone, Debug)]
pub struct Branch {
    /// What it asks; `None` for `else`.
    pub asks: Option<Condition>,
    /// The condition as written.
    pub written: Text,
    /// The part of the `if` with which it begins.
    pub begins: usize,
}

/// What is known of an `if`.
#[derive(Clone, Copy, Debug)]
pub enum Decided {
    /// The branch that begins with this part is taken.
    Begins(usize),
    /// None of them is.
    Nothing,
    /// That is open.
    Open,
}

/// An `if` at which the call is, and what is known there.
struct Fork<'b> {
    context: usize,
    id: ElementId,
    moment: &'b Moment,
    branches: &'b [Branch],
}

impl Lowering<'_> {
    /// What is known of an `if` at this moment.
    pub fn decided(&mut self, code: usize, id: ElementId, moment: &Moment) -> Decided {
        for branch in self.branches(code, id).iter() {
            match branch.asks.as_ref().map_or(Some(true), |asks| holds(asks, moment)) {
                Some(true) => return Decided::Begins(branch.begins),
                Some(false) => {}
                None => return Decided::Open,
            }
        }
        Decided::Nothing
    }

    /// The branches of an `if`; read once.
    pub fn branches(&mut self, code: usize, id: ElementId) -> Rc<Vec<Branch>> {
        if let Some(known) = self.branches.get(&(code, id)) {
            return Rc::clone(known);
        }
        let mut out = Vec::new();
        if let Some(element) = self.element(code, id) {
            let branch = |element: &crate::xml::Element<'_>, begins| {
                let cond = element.attribute("cond");
                let written = cond.map_or_else(
                    || Spanned::new(String::new(), element.opening),
                    |cond| Spanned::new(cond.value.trim().to_owned(), cond.span),
                );
                let asks = (!element.is("else")).then(|| condition::read(&written.value));
                Branch { asks, written, begins }
            };
            out.push(branch(element, 0));
            for (begins, node) in (1..).zip(&element.children) {
                let child = node.element().and_then(|child| self.element(code, child));
                if let Some(child) = child.filter(|child| matches!(child.local(), "elseif" | "else")) {
                    out.push(branch(child, begins));
                }
            }
        }
        let out = Rc::new(out);
        self.branches.insert((code, id), Rc::clone(&out));
        out
    }

    /// Makes the step that chooses between the branches of an `if`, from one of them on.
    pub fn branch(&mut self, context: usize, id: ElementId, from: usize, moment: &Moment, name: &str) {
        let Some(at) = self.contexts.get(context) else {
            return;
        };
        let (code, visit) = (at.code, at.visit.clone());
        let branches = self.branches(code, id);
        let fork = Fork {
            context,
            id,
            moment,
            branches: &branches,
        };
        let span = self
            .element(code, id)
            .map_or(Span::default(), |element| element.opening);
        // Branches that what is known rules out are passed over.
        let ruled_out = |branch: &Branch| {
            branch
                .asks
                .as_ref()
                .is_some_and(|asks| holds(asks, moment) == Some(false))
        };
        let first = branches
            .iter()
            .enumerate()
            .skip(from)
            .find(|(_, branch)| !ruled_out(branch));
        let Some((at, first)) = first else {
            let then = self.after(context, id, moment);
            self.pass(name, span, then);
            return;
        };
        let place = first.written.span;
        let to = self.onward(context, id, first.begins, moment.clone());
        let asks = first.asks.as_ref();
        let alone = branches.len() == 1 || branches.get(1).is_some_and(|next| next.asks.is_none());
        let doc = self.docs.get(code);
        if let Some(rounds) = asks
            .filter(|_| alone)
            .and_then(|asks| super::counters::rounds(doc?, id, asks))
        {
            let other = self.otherwise(&fork, at + 1);
            let (again, done) = if rounds.while_true { (to, other) } else { (other, to) };
            let counter = Some(Spanned::new(self.fact(&visit, &rounds.counter), place));
            let times = Some(Spanned::new(rounds.times, place));
            self.add(
                name,
                span,
                StepKind::Loop {
                    counter,
                    times,
                    again,
                    done,
                },
            );
            return;
        }
        match asks {
            None | Some(Condition::Always(_)) => {
                self.pass(name, span, to);
            }
            Some(Condition::Is {
                name: variable,
                values,
                negated,
            }) if !doc.is_some_and(|doc| super::counters::is_counter(doc, variable)) => {
                let fact = self.fact(&visit, variable);
                let (cases, otherwise) = if *negated {
                    let other = self.otherwise(&fork, at + 1);
                    let all = values
                        .iter()
                        .filter_map(|value| Some(case(value, place, other.clone()?)));
                    (all.collect(), to)
                } else {
                    self.cases(&fork, at, variable)
                };
                let on = Some(Spanned::new(fact.clone(), place));
                let step = self.add(name, span, StepKind::Decision { on, cases, otherwise });
                if is_of_recognition(variable) {
                    self.set(step, place, vec![(fact, UNKNOWN.to_owned())]);
                }
                self.unknown(name, place, format!("what `{variable}` is"));
            }
            Some(Condition::Is { .. } | Condition::Beside { .. } | Condition::Open) => {
                let otherwise = self.otherwise(&fork, at + 1);
                let written = first.written.value.clone();
                let changes = written.contains('(')
                    || is_of_recognition(&written)
                    || doc.is_some_and(|doc| condition::names(&written).any(|name| doc.changed.contains(name)));
                let on = Some(Spanned::new(written.clone(), place));
                let cases = to.map(|to| case("true", place, to)).into_iter().collect();
                let step = self.add(name, span, StepKind::Decision { on, cases, otherwise });
                if changes {
                    self.set(step, place, vec![(written.clone(), UNKNOWN.to_owned())]);
                }
                self.unknown(name, place, format!("whether `{written}` holds"));
            }
        }
    }

    /// The branches in a row that ask for values of one variable, and what follows where it has none of them.
    fn cases(&mut self, fork: &Fork<'_>, from: usize, variable: &str) -> (Vec<Case>, Option<Target>) {
        let mut cases: Vec<Case> = Vec::new();
        let mut known: HashSet<&str> = HashSet::new();
        let mut next = from;
        for branch in fork.branches.iter().skip(from) {
            let Some(Condition::Is {
                name,
                values,
                negated: false,
            }) = &branch.asks
            else {
                break;
            };
            if name != variable {
                break;
            }
            next += 1;
            let to = self.onward(fork.context, fork.id, branch.begins, fork.moment.clone());
            let new = values.iter().filter(|value| known.insert(value.as_str()));
            cases.extend(new.filter_map(|value| Some(case(value, branch.written.span, to.clone()?))));
        }
        (cases, self.otherwise(fork, next))
    }

    /// What follows from a branch on, where none before it was taken.
    fn otherwise(&mut self, fork: &Fork<'_>, from: usize) -> Option<Target> {
        let Fork {
            context,
            id,
            moment,
            branches,
        } = *fork;
        let Some(branch) = branches.get(from) else {
            return self.after(context, id, moment);
        };
        let certain = branch
            .asks
            .as_ref()
            .is_none_or(|asks| holds(asks, moment) == Some(true));
        if certain {
            return self.onward(context, id, branch.begins, moment.clone());
        }
        let place = Place::Branch {
            context,
            element: id,
            branch: from,
            moment: moment.clone(),
        };
        Some(self.at(place, branch.written.span))
    }

    /// What follows an `if`.
    fn after(&mut self, context: usize, id: ElementId, moment: &Moment) -> Option<Target> {
        let doc = self.docs.get(self.contexts.get(context)?.code)?;
        let owner = doc.get(id)?.parent?;
        let index = doc
            .places
            .get(id as usize)
            .map_or(usize::MAX, |place| *place as usize + 1);
        self.onward(context, owner, index, moment.clone())
    }
}

fn case(value: &str, span: Span, to: Target) -> Case {
    Case {
        value: Spanned::new(value.to_owned(), span),
        to,
        share: None,
    }
}

fn holds(asks: &Condition, moment: &Moment) -> Option<bool> {
    match &moment.known {
        Some((variable, value)) => asks.holds(variable, value),
        None => asks.holds("", ""),
    }
}

/// Whether an expression looks at how an answer was recognised, which every answer decides anew.
/// Source: W3C, "VoiceXML Version 2.0", 2004, sections 2.3.1 and 5.1.5.
fn is_of_recognition(expression: &str) -> bool {
    expression.contains("$.") || expression.contains("lastresult$")
}
