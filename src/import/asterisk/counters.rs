//! Variables that count how often something has happened.

use super::args::{Piece, branches, executed};
use super::decide::equality;
use super::expand::{Names, expand};
use super::expression::{is_known, truth};
use super::plan::{Loc, Plan};
use super::roads::{Stop, onward};
use super::variables::{Constants, ENTRY, STATUS, Setting, mentioned, settings_of, short};
use super::vocabulary::Means;
use crate::error::{Mend, Problem, ProblemKind};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

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
    /// Variables that are counted up and of which each value is a stage of its own.
    pub stages: BTreeSet<&'s str>,
    /// Counters that do not count.
    pub problems: Vec<Problem>,
}

#[derive(Clone, Debug, Default)]
struct Counter<'s> {
    steps: Vec<(Loc, Piece<'s>)>,
    sets: Vec<(Loc, Option<String>)>,
    tests: Vec<(Loc, Piece<'s>)>,
    /// Whether the sum is written without the sign that makes it one.
    is_text: bool,
    /// Whether it is set to something else as well.
    is_spoilt: bool,
}

impl Counter<'_> {
    /// Whether it is compared with one value after another, so that it says what comes next rather than how often.
    fn is_stage(&self) -> bool {
        let values = self.tests.iter().filter_map(|(_, condition)| equality(*condition));
        let values: HashSet<&str> = values.map(|(_, value, _)| value.text).collect();
        values.len() > 1 && !self.is_text
    }
}

/// A counter with a value, and what never changes.
struct With<'c>(&'c str, &'c str, &'c Constants<'c>);

impl Names for With<'_> {
    fn value(&self, name: &str) -> Option<String> {
        if name == self.0 {
            Some(self.1.to_owned())
        } else {
            self.2.value(name)
        }
    }
}

impl<'s> Counters<'s> {
    /// Finds the variables that are set to themselves and more; about linear.
    pub fn of(plan: &Plan<'s>, constants: &Constants<'s>) -> Self {
        let mut out = Self::default();
        for_each(plan, |loc, means, args| {
            for setting in settings_of(means, args) {
                if let Some(is_text) = grows(&setting, constants) {
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
                if grows(&setting, constants).is_some() {
                    continue;
                }
                let value = Some(short(setting.value.text, constants)).filter(|value| is_known(value));
                // What no line sets is one number, though it is not known which.
                let is_one = || {
                    let names = mentioned(setting.value.text);
                    setting.value.text != ENTRY && !names.iter().any(|name| varies(name, constants))
                };
                if value.is_some() || is_one() {
                    counter.sets.push((loc, value));
                } else {
                    counter.is_spoilt = true;
                }
            }
            let condition = match means {
                Some(Means::GotoIf | Means::GosubIf) => branches(args).0,
                Some(Means::ExecIf) => executed(args).0,
                Some(Means::While) => args,
                _ => return,
            };
            let names: HashSet<&str> = mentioned(condition.text).into_iter().collect();
            let alone = names.len() == 1 || !condition.text.contains(['&', '|', '?']);
            let mut counted = names.into_iter().filter(|name| out.by_name.contains_key(name));
            if let (Some(name), None) = (counted.next(), counted.next())
                && let Some(counter) = out.by_name.get_mut(name).filter(|_| alone)
            {
                counter.tests.push((loc, condition));
            }
        });
        out.by_name
            .retain(|_, counter| !counter.tests.is_empty() && !counter.is_spoilt);
        let stages = out.by_name.iter().filter(|(_, counter)| counter.is_stage());
        out.stages = stages.map(|(name, _)| *name).collect();
        out.by_name.retain(|name, _| !out.stages.contains(name));
        let counters = out.by_name.clone();
        for (name, counter) in &counters {
            out.weigh(plan, name, counter, constants);
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
        settings.filter(|setting| {
            let grows = mentioned(setting.value.text).contains(&setting.name);
            !grows && self.by_name.contains_key(setting.name)
        })
    }

    fn weigh(&mut self, plan: &Plan<'s>, name: &'s str, counter: &Counter<'s>, constants: &Constants<'s>) {
        let begins: HashSet<Option<&str>> = counter.sets.iter().map(|(_, value)| value.as_deref()).collect();
        let steps: HashSet<&str> = counter.steps.iter().map(|(_, value)| value.text).collect();
        let begins = match begins.into_iter().collect::<Vec<_>>().as_slice() {
            [] => Some(""),
            [one] => *one,
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
            let outcome = known.and_then(|(begin, step)| {
                let with = |value: &str, text: &str| expand(text, &With(name, value, constants));
                simulate(name, begin, step, condition.text, before(loc), &with)
            });
            let at_first = expand(condition.text, &With(name, begins.unwrap_or("0"), constants));
            let first = truth(&at_first).unwrap_or_else(|| holds_first(condition.text, name));
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
    for loc in plan.all() {
        if let Some(priority) = plan.priority(loc) {
            f(loc, priority.means(), priority.args);
        }
    }
}

/// Whether a variable is set to itself and more, and whether that stands there as a text only.
fn grows(setting: &Setting<'_>, constants: &Constants<'_>) -> Option<bool> {
    let text = setting.value.text;
    let itself = mentioned(text).contains(&setting.name) || text.contains(&format!("({})", setting.name));
    if !itself || text.len() > 200 {
        return None;
    }
    let five = expand(text, &With(setting.name, "5", constants));
    let six = expand(text, &With(setting.name, "6", constants));
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

/// Whether a variable may be different from one comparison to the next.
fn varies(name: &str, constants: &Constants<'_>) -> bool {
    let is_argument = name
        .strip_prefix("ARG")
        .is_some_and(|number| number.parse::<u8>().is_ok());
    constants.assigned.contains(name) || is_argument || name == "EXTEN" || STATUS.iter().any(|(_, own)| *own == name)
}

/// Whether a comparison with a number that is not known holds as long as the counter is small.
fn holds_first(condition: &str, name: &str) -> bool {
    let Some(at) = condition.find(['<', '>', '=', '!']) else {
        return true;
    };
    let counter_is_left = condition.get(..at).is_some_and(|left| left.contains(name));
    match condition.as_bytes().get(at) {
        Some(b'<') => counter_is_left,
        Some(b'>') => !counter_is_left,
        sign => sign == Some(&b'!'),
    }
}

/// Counts the rounds, from the value that the counter begins with.
fn simulate<'s>(
    name: &'s str,
    begin: &str,
    step: &str,
    condition: &str,
    before: bool,
    with: &dyn Fn(&str, &str) -> String,
) -> Option<Counted<'s>> {
    let mut value = begin.to_owned();
    let mut first = None;
    for times in 0..ROUNDS_MAX {
        if before {
            value = with(&value, step);
        }
        let holds = truth(&with(&value, condition))?;
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
            value = with(&value, step);
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
