//! Variables that count how often something has happened.

use super::args::{Piece, branches};
use super::expand::{Names, expand};
use super::expression::{is_known, truth};
use super::plan::{Loc, Plan};
use super::roads::{Stop, onward};
use super::variables::{Setting, mentioned, settings_of};
use super::vocabulary::Means;
use crate::error::{Mend, Problem, ProblemKind};
use crate::source::Span;
use std::collections::{BTreeMap, HashMap, HashSet};

/// After so many rounds a loop is taken to have no end.
const ROUNDS_MAX: u32 = 1_000;
/// So many priorities are followed from the place where a counter is compared.
const FOLLOWED_MAX: usize = 50_000;

/// What a comparison of a counter does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted<'s> {
    /// The first branch so many times, then the second.
    Rounds {
        /// The counter.
        name: &'s str,
        /// How often the call goes the way that it goes first; none where that is not known.
        times: Option<u32>,
        /// Whether the way that it goes first is that on which the condition holds.
        first: bool,
    },
    /// It comes out the same always.
    Always(bool),
}

/// The counters of a dial plan.
#[derive(Debug, Default)]
pub struct Counters<'s> {
    by_name: BTreeMap<&'s str, Counter<'s>>,
    tests: HashMap<Loc, Counted<'s>>,
    resets: HashSet<Loc>,
    /// Counters that do not count.
    pub problems: Vec<Problem>,
}

#[derive(Clone, Debug, Default)]
struct Counter<'s> {
    steps: Vec<(Loc, Piece<'s>)>,
    sets: Vec<(Loc, &'s str)>,
    tests: Vec<(Loc, Piece<'s>)>,
    /// Whether the sum is written without the sign that makes it one.
    is_text: bool,
    /// Whether it is set to something else as well.
    is_spoilt: bool,
}

/// A counter with a value.
struct With<'c>(&'c str, &'c str);

impl Names for With<'_> {
    fn value(&self, name: &str) -> Option<String> {
        (name == self.0).then(|| self.1.to_owned())
    }
}

impl<'s> Counters<'s> {
    /// Finds the variables that are set to themselves and more; about linear.
    pub fn of(plan: &Plan<'s>) -> Self {
        let mut out = Self::default();
        for_each(plan, |loc, means, args| {
            for setting in settings_of(means, args) {
                if let Some(is_text) = grows(&setting) {
                    let counter = out.by_name.entry(setting.name).or_default();
                    counter.steps.push((loc, setting.value));
                    counter.is_text |= is_text;
                    if is_text {
                        out.problems.push(not_counting(&setting));
                    }
                }
            }
        });
        for_each(plan, |loc, means, args| {
            for setting in settings_of(means, args) {
                let Some(counter) = out.by_name.get_mut(setting.name) else {
                    continue;
                };
                let value = setting.value.text;
                if !value.contains('$') {
                    counter.sets.push((loc, value));
                } else if grows(&setting).is_none() {
                    counter.is_spoilt = true;
                }
            }
            let condition = match means {
                Some(Means::GotoIf | Means::ExecIf | Means::GosubIf) => branches(args).0,
                Some(Means::While) => args,
                _ => return,
            };
            let names: HashSet<&str> = mentioned(condition.text).into_iter().collect();
            if let [name] = names.into_iter().collect::<Vec<_>>().as_slice()
                && let Some(counter) = out.by_name.get_mut(name)
            {
                counter.tests.push((loc, condition));
            }
        });
        out.by_name
            .retain(|_, counter| !counter.tests.is_empty() && !counter.is_spoilt);
        let counters = out.by_name.clone();
        for (name, counter) in &counters {
            out.weigh(plan, name, counter);
        }
        out
    }

    /// Their names.
    pub fn names(&self) -> HashSet<&'s str> {
        self.by_name.keys().copied().collect()
    }

    /// What a condition does that compares a counter.
    pub fn test(&self, loc: Loc) -> Option<Counted<'s>> {
        self.tests.get(&loc).copied()
    }

    /// How a condition comes out that compares a counter and is the same always.
    pub fn always(&self, loc: Loc) -> Option<bool> {
        match self.tests.get(&loc) {
            Some(Counted::Always(holds)) => Some(*holds),
            _ => None,
        }
    }

    /// The counters that a line sets back, where calls can have counted before.
    pub fn resets(&self, loc: Loc, args: Piece<'s>) -> impl Iterator<Item = Setting<'s>> {
        let counts = self.resets.contains(&loc);
        let settings = settings_of(Some(Means::MSet), args).into_iter().filter(move |_| counts);
        settings.filter(|setting| self.by_name.contains_key(setting.name) && !setting.value.text.contains('$'))
    }

    fn weigh(&mut self, plan: &Plan<'s>, name: &'s str, counter: &Counter<'s>) {
        let begins: HashSet<&str> = counter.sets.iter().map(|(_, value)| *value).collect();
        let steps: HashSet<&str> = counter.steps.iter().map(|(_, value)| value.text).collect();
        let begins = match begins.into_iter().collect::<Vec<_>>().as_slice() {
            [] => Some(""),
            [one] => Some(*one),
            _ => None,
        };
        let step = (steps.len() == 1)
            .then(|| counter.steps.first().map(|(_, value)| value.text))
            .flatten();
        let grows = firsts(counter.steps.iter().map(|(loc, _)| *loc));
        let starts = firsts(counter.sets.iter().map(|(loc, _)| *loc));
        // Whether the counter grows before it is compared in a round.
        let before = |test: &Loc| {
            let exten = (test.context, test.exten);
            let starts_above = starts.get(&exten).is_some_and(|first| *first < test.at);
            match grows.get(&exten) {
                Some(first) => *first < test.at,
                None => !starts_above,
            }
        };
        let mut reach = Reach::default();
        for (loc, condition) in &counter.tests {
            let known = begins.zip(step).filter(|_| !counter.is_text);
            let outcome = known.and_then(|(begin, step)| simulate(name, begin, step, condition.text, before(loc)));
            let first = truth(&expand(condition.text, &With(name, begins.unwrap_or("0")))).unwrap_or(true);
            let outcome = outcome.unwrap_or(Counted::Rounds {
                name,
                times: None,
                first,
            });
            self.tests.insert(*loc, outcome);
            reach.follow(plan, *loc);
        }
        self.resets.extend(
            counter
                .sets
                .iter()
                .map(|(loc, _)| *loc)
                .filter(|loc| reach.locs.contains(loc)),
        );
    }
}

fn for_each<'s>(plan: &Plan<'s>, mut f: impl FnMut(Loc, Option<Means>, Piece<'s>)) {
    for (context, own) in (0u32..).zip(&plan.contexts) {
        for (exten, own) in (0u32..).zip(&own.extens) {
            for (at, priority) in (0u32..).zip(&own.priorities) {
                f(Loc { context, exten, at }, priority.means(), priority.args);
            }
        }
    }
}

/// Whether a variable is set to itself and more, and whether that stands there as a text only.
fn grows(setting: &Setting<'_>) -> Option<bool> {
    let text = setting.value.text;
    let itself = mentioned(text).contains(&setting.name) || text.contains(&format!("({})", setting.name));
    if !itself || text.len() > 200 {
        return None;
    }
    let five = expand(text, &With(setting.name, "5"));
    let six = expand(text, &With(setting.name, "6"));
    match (five.parse::<f64>(), six.parse::<f64>()) {
        #[expect(clippy::float_cmp, reason = "whole numbers")]
        (Ok(five), Ok(six)) if six - five == 1.0 && five != 5.0 => Some(false),
        _ => {
            let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
            let bare = inner.or(Some(text).filter(|text| text.starts_with("${") && text.contains("}+")));
            let is_sum = bare.is_some_and(|text| text.contains(['+', '-'])) && is_known(&five);
            is_sum.then_some(true)
        }
    }
}

fn not_counting(setting: &Setting<'_>) -> Problem {
    let text = setting.value.text;
    let cure = if text.starts_with('[') {
        format!("${text}")
    } else {
        format!("$[{text}]")
    };
    let span = Span::new(setting.value.at, setting.value.span().end);
    let message = format!("`{}` is set to the text `{text}`, not to a number", setting.name);
    Problem::new(ProblemKind::BadValue, span, message)
        .help(format!(
            "write `{cure}`, so that it is worked out; how often the loop goes round is taken as unknown"
        ))
        .mend(Mend {
            does: format!("write `{cure}`"),
            with: cure,
            is_safe: true,
        })
}

/// The extensions in which a counter grows or begins, each with the first line of it that does.
fn firsts(lines: impl Iterator<Item = Loc>) -> HashMap<(u32, u32), u32> {
    let mut firsts = HashMap::new();
    for loc in lines {
        let first = firsts.entry((loc.context, loc.exten)).or_insert(loc.at);
        *first = loc.at.min(*first);
    }
    firsts
}

/// Counts the rounds, from the value that the counter begins with.
fn simulate<'s>(name: &'s str, begin: &str, step: &str, condition: &str, before: bool) -> Option<Counted<'s>> {
    let mut value = begin.to_owned();
    let mut first = None;
    for times in 0..ROUNDS_MAX {
        if before {
            value = expand(step, &With(name, &value));
        }
        let holds = truth(&expand(condition, &With(name, &value)))?;
        match first {
            None => first = Some(holds),
            Some(first) if first != holds => {
                return Some(Counted::Rounds {
                    name,
                    times: Some(times),
                    first,
                });
            }
            Some(_) => {}
        }
        if !before {
            value = expand(step, &With(name, &value));
        }
    }
    first.map(Counted::Always)
}

/// What can be reached from the places where one counter is compared.
#[derive(Default)]
struct Reach {
    seen: HashSet<Stop>,
    locs: HashSet<Loc>,
}

impl Reach {
    fn follow(&mut self, plan: &Plan<'_>, from: Loc) {
        let mut open = vec![Stop::At(from)];
        while let Some(stop) = open.pop() {
            for next in onward(plan, stop) {
                if self.seen.len() < FOLLOWED_MAX && self.seen.insert(next) {
                    open.push(next);
                    if let Stop::At(loc) = next {
                        self.locs.insert(loc);
                    }
                }
            }
        }
    }
}
