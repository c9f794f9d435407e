//! Conditions that are not known: decisions, loops, computed targets.

use super::args::{Piece, branches, executed};
use super::counters::Counted;
use super::lower::Lowering;
use super::machine::{Doing, Node, State};
use super::vocabulary::Means;
use crate::document::tree::{Case, StepKind, Target, Text};
use crate::source::{Span, Spanned, offset};

/// The value of a fact that is open again: whatever was known of it before no longer holds.
pub const UNKNOWN: &str = "unknown";
/// How an empty value is shown.
pub const NOTHING: &str = "nothing";
/// So many conditions on one variable are one decision.
pub const CASES_MAX: usize = 200;

impl<'s> Lowering<'_, 's> {
    /// A condition.
    pub fn decide(&mut self, state: &State, doing: &Doing<'s>, sets: &mut Vec<(Text, Text)>) -> StepKind {
        let condition = if doing.means() == Some(Means::While) {
            doing.args
        } else {
            executed(doing.args).0
        };
        if let Some(Counted::Rounds { name, times, first }) = self.machine.counters.test(state.loc) {
            return self.counted(state, doing, name, times, first);
        }
        let Some((name, value, equal)) = equality(condition) else {
            return self.plain(state, doing, condition, sets);
        };
        let on = Spanned::new(name.text.to_owned(), name.span());
        let mut cases = Vec::new();
        let mut otherwise = self.case(state, doing, name, value, equal, &mut cases);
        while equal && cases.len() < CASES_MAX {
            let Node::At(next) = &otherwise else { break };
            let next = next.clone();
            let Some(doing) = self
                .machine
                .doing(&next)
                .filter(|doing| doing.means() == Some(Means::GotoIf))
            else {
                break;
            };
            let Some((own, value, true)) = equality(branches(doing.args).0) else {
                break;
            };
            let jumped_to = self.targets.contains(&next.loc);
            if own.text != name.text || jumped_to || self.machine.counters.test(next.loc).is_some() {
                break;
            }
            otherwise = self.case(&next, &doing, own, value, true, &mut cases);
        }
        let otherwise = self.to(otherwise, doing.span);
        if cases.iter().all(|case| case.to.name.value == otherwise.name.value) {
            return StepKind::Message {
                then: Some(otherwise),
                purpose: None,
                barge_in: None,
            };
        }
        if self.machine.outlives(&on.value) {
            self.asked.insert(on.value.clone());
        }
        if !self.machine.is_fact(&on.value) {
            sets.push(fresh(&on));
        }
        StepKind::Decision {
            on: Some(on),
            cases,
            otherwise: Some(otherwise),
        }
    }

    /// One value with where it leads to; the answer is where all others do.
    fn case(
        &mut self,
        state: &State,
        doing: &Doing<'s>,
        name: Piece<'s>,
        value: Piece<'s>,
        equal: bool,
        cases: &mut Vec<Case>,
    ) -> Node {
        let mut known = state.clone();
        self.machine.set(&mut known, name.text, Some(value.text));
        let (then, other) = (self.branch(&known, doing, equal), self.branch(state, doing, !equal));
        let to = self.to(then, value.span());
        let shown = if value.text.is_empty() { NOTHING } else { value.text };
        cases.push(Case {
            value: Spanned::new(shown.to_owned(), value.span()),
            to,
            share: None,
        });
        other
    }

    /// Where a condition leads to that holds, or does not.
    fn branch(&self, state: &State, doing: &Doing<'s>, holds: bool) -> Node {
        let machine = self.machine;
        let next = match doing.means() {
            Some(Means::GotoIf) => {
                let (_, yes, no) = branches(doing.args);
                let target = if holds { yes } else { no };
                machine
                    .go(state, target)
                    .unwrap_or_else(|| machine.part(state, if holds { 1 } else { 2 }))
            }
            Some(Means::While) if holds => machine.next(state),
            Some(Means::While) => match super::machine::after_loop(machine.plan, state.loc) {
                Some(loc) => Ok(State {
                    loc,
                    part: 0,
                    ..state.clone()
                }),
                None => Err(Node::End(state.loc, state.context)),
            },
            _ => machine.part(state, if holds { 1 } else { 2 }),
        };
        machine.settle(next)
    }

    fn plain(
        &mut self,
        state: &State,
        doing: &Doing<'s>,
        condition: Piece<'s>,
        sets: &mut Vec<(Text, Text)>,
    ) -> StepKind {
        let (yes, no) = (self.branch(state, doing, true), self.branch(state, doing, false));
        let same = yes == no;
        let otherwise = self.to(no, doing.span);
        if same {
            return StepKind::Message {
                then: Some(otherwise),
                purpose: None,
                barge_in: None,
            };
        }
        let bare = condition
            .text
            .strip_prefix("$[")
            .and_then(|text| text.strip_suffix(']'))
            .unwrap_or(condition.text);
        let on = Spanned::new(bare.trim().to_owned(), condition.span());
        let to = self.to(yes, doing.span);
        let value = Spanned::new("true".to_owned(), condition.span());
        sets.push(fresh(&on));
        StepKind::Decision {
            on: Some(on),
            cases: vec![Case { value, to, share: None }],
            otherwise: Some(otherwise),
        }
    }

    /// A counter that is compared: so many rounds, then on.
    fn counted(&mut self, state: &State, doing: &Doing<'s>, name: &str, times: Option<u32>, first: bool) -> StepKind {
        if times.is_none() {
            self.unknown(doing.span, "how often the loop goes round");
        }
        let (again, done) = (self.branch(state, doing, first), self.branch(state, doing, !first));
        StepKind::Loop {
            counter: Some(Spanned::new(name.to_owned(), doing.span)),
            times: times.map(|times| Spanned::new(times, doing.span)),
            again: Some(self.to(again, doing.span)),
            done: Some(self.to(done, doing.span)),
        }
    }

    /// A target that is not known.
    pub fn far(&mut self, doing: &Doing<'s>) -> StepKind {
        self.unknown(doing.span, format!("what `{}` leads to", doing.args.text));
        StepKind::Transfer(Box::default())
    }

    /// The target of a step that leaves what is known.
    pub fn nowhere(&mut self, state: &State, what: &str, span: Span) -> Target {
        self.to(Node::Far(state.loc, what.to_owned()), span)
    }
}

/// That nothing is known of a fact.
pub fn fresh(fact: &Text) -> (Text, Text) {
    (fact.clone(), Spanned::new(UNKNOWN.to_owned(), fact.span))
}

/// A comparison of one variable with one word: its name, the word, whether they are to be alike.
pub fn equality(condition: Piece<'_>) -> Option<(Piece<'_>, Piece<'_>, bool)> {
    let inner = condition.text.strip_prefix("$[")?.strip_suffix(']')?;
    let inner = Piece::new(inner, condition.at + 2);
    let at = super::args::places(inner.text, b'=').first().copied()?;
    let doubled = inner.text.as_bytes().get(at + 1) == Some(&b'=');
    let (left, right) = inner.cut(at);
    let right = if doubled {
        Piece::new(right.text.get(1..)?, right.at + 1)
    } else {
        right
    };
    let (left, equal) = match left.text.strip_suffix('!') {
        Some(text) => (Piece::new(text, left.at), false),
        None => (left, true),
    };
    let (left, right) = (left.bare(), right.bare());
    let (named, value) = if left.text.contains("${") {
        (left, right)
    } else {
        (right, left)
    };
    let start = named.text.find("${")?;
    // "x${name}" = "x" asks whether nothing is in it.
    let prefix = named.text.get(..start)?;
    let name = named.text.get(start + 2..)?.strip_suffix('}')?;
    let value = Piece::new(value.text.strip_prefix(prefix)?, value.at + offset(prefix.len()));
    let simple = |text: &str| {
        !text.contains([
            '$', '{', '}', '[', ']', '|', '&', '<', '>', '"', '=', '~', ':', '+', '*', '(',
        ])
    };
    let star = value.text == "*";
    (simple(name) && !name.is_empty() && (simple(value.text) || star))
        .then(|| (Piece::new(name, named.at + offset(start + 2)), value, equal))
}
