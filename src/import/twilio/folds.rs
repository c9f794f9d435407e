//! Which splits are the options of the menu before them.

use super::condition::Condition;
use super::expression::heard;
use super::flow::{Flow, Widget};
use super::references::References;
use super::vocabulary::Means;
use std::collections::{HashMap, HashSet};

/// A split with more conditions than there are keys and pairs of keys is no menu.
const CONDITIONS_MAX: usize = 156;
/// A choice is no more presses than this where a widget does not say how many digits it takes.
const CHOICE_PRESSES_MAX: usize = 3;
/// So many splits behind a widget are looked at for its keys.
const LATER_MAX: usize = 12;
/// A split that looks at more values than this is no menu.
const EXPRESSIONS_MAX: usize = 4;
/// More digits than these are data, whatever is compared with them.
const CHOICE_DIGITS_MAX: u32 = 2;

/// What a widget listens for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listens {
    /// One of several options: the splits that tell keys and words apart.
    Options {
        /// The split that keys lead to.
        keys: Option<usize>,
        /// The split that words lead to.
        speech: Option<usize>,
    },
    /// A key that splits further on look at.
    Later(Vec<usize>),
    /// Any key at all.
    AnyKey,
    /// Data, with a split that gives single keys a meaning of their own.
    Data(Option<usize>),
    /// Nothing: what is pressed does not matter, or ends the call.
    Nothing,
}

/// What every widget listens for, and which splits vanish into menus.
#[derive(Debug, Default)]
pub struct Folds {
    /// By the numbers of the widgets that listen.
    pub listens: HashMap<usize, Listens>,
    /// For each call that is put through, the split that looks at how it ended.
    pub dialled: HashMap<usize, usize>,
    /// Splits that nothing else leads to.
    pub absorbed: HashSet<usize>,
    /// For each split, what it looks at, each expression once.
    pub tested: HashMap<usize, Vec<String>>,
    /// How often transitions lead to each widget.
    pub entered: HashMap<usize, Vec<usize>>,
}

impl Folds {
    /// Finds the menus of a flow; linear in the number of transitions.
    pub fn of(flow: &Flow<'_>, references: &References) -> Self {
        let mut folds = Self::default();
        for (at, widget) in flow.widgets.iter().enumerate() {
            if is(widget, Means::Split) {
                folds.tested.insert(at, tested(widget, references));
            }
            for to in widget.exits.iter().filter_map(|exit| exit.to.as_ref()) {
                if let Some(to) = flow.number(&to.value) {
                    folds.entered.entry(to).or_default().push(at);
                }
            }
        }
        let mut testing: HashMap<&str, Vec<usize>> = HashMap::new();
        for at in 0..flow.widgets.len() {
            let exprs = folds.tested.get(&at).map(Vec::as_slice).unwrap_or_default();
            if let [expression] = exprs
                && let Some(heard) = heard(expression).filter(|heard| heard.digits)
            {
                let known = testing.entry(heard.widget).or_default();
                if known.len() < LATER_MAX {
                    known.push(at);
                }
            }
        }
        let mut listens = HashMap::new();
        for (at, widget) in flow.widgets.iter().enumerate() {
            if is(widget, Means::Gather) {
                let later = testing.get(widget.name.value.as_str()).map(Vec::as_slice);
                listens.insert(at, folds.listens(flow, references, widget, later.unwrap_or_default()));
            }
        }
        folds.listens = listens;
        for (at, widget) in flow.widgets.iter().enumerate() {
            let next = widget.on("callCompleted").and_then(|to| flow.number(&to.name.value));
            let status = format!("widgets.{}.DialCallStatus", widget.name.value);
            if let Some(next) = next.filter(|_| is(widget, Means::Connect))
                && folds.tested.get(&next).is_some_and(|exprs| *exprs == [status])
                && conditions(flow, next).nth(CONDITIONS_MAX).is_none()
            {
                folds.dialled.insert(at, next);
            }
        }
        folds.absorb(flow);
        folds
    }

    /// Splits that only menus lead to, by the exits that they answer.
    fn absorb(&mut self, flow: &Flow<'_>) {
        let mut answered: HashMap<usize, usize> = HashMap::new();
        for (at, widget) in flow.widgets.iter().enumerate() {
            let (keys, speech) = match self.listens.get(&at) {
                Some(Listens::Options { keys, speech }) => (*keys, *speech),
                Some(Listens::Data(keys)) => (keys.filter(|split| is_short(flow, *split)), None),
                _ => (self.dialled.get(&at).copied(), None),
            };
            let events = [("keypress", keys), ("speech", speech), ("callCompleted", keys)];
            for exit in &widget.exits {
                let to = exit.to.as_ref().and_then(|to| flow.number(&to.value));
                if let Some(to) = to
                    && events.contains(&(exit.event.value.as_str(), Some(to)))
                {
                    *answered.entry(to).or_default() += 1;
                }
            }
        }
        let start = flow.start.as_ref().and_then(|start| flow.number(&start.value));
        self.absorbed = (0..flow.widgets.len())
            .filter(|split| {
                let entered = self.entered.get(split).map_or(0, Vec::len);
                answered.get(split) == Some(&entered) && start != Some(*split)
            })
            .collect();
    }

    fn listens(&self, flow: &Flow<'_>, references: &References, gather: &Widget<'_>, later: &[usize]) -> Listens {
        let next = |event: &str| gather.on(event).and_then(|to| flow.number(&to.name.value));
        let (pressed, said) = (gather.on("keypress"), gather.on("speech"));
        let own = |split: &usize, speech: bool| {
            let exprs = self.tested.get(split).map(Vec::as_slice).unwrap_or_default();
            let small = conditions(flow, *split).nth(CONDITIONS_MAX).is_none();
            let all = exprs
                .iter()
                .all(|expression| heard(expression).is_some_and(|heard| heard.widget == gather.name.value));
            let any = exprs.iter().filter_map(|expression| heard(expression));
            small
                && all
                && any
                    .into_iter()
                    .any(|heard| if speech { heard.speech } else { heard.digits })
        };
        // A split on words behind keys is a mistake, and yet all that keys lead to; so is one on keys behind words.
        let keys = next("keypress").filter(|split| own(split, false) || own(split, true));
        let speech = next("speech").filter(|split| own(split, true) || keys == Some(*split));
        let few = digits(gather).is_none_or(|digits| digits <= CHOICE_DIGITS_MAX);
        match keys {
            Some(split) if few && has_choice(flow, split) && is_choice(flow, split, gather) => Listens::Options {
                keys: Some(split),
                speech,
            },
            Some(split) => Listens::Data(Some(split).filter(|split| has_choice(flow, *split))),
            None if pressed.is_none() && speech.is_some() => Listens::Options { keys: None, speech },
            None if pressed.is_none() => {
                if said.is_some() {
                    Listens::Data(None)
                } else {
                    Listens::Nothing
                }
            }
            None => {
                let later: Vec<usize> = later
                    .iter()
                    .copied()
                    .filter(|at| asks_for_keys(flow, *at) && is_choice(flow, *at, gather))
                    .collect();
                let many = digits(gather).is_some_and(|digits| digits > 1);
                if few && !later.is_empty() {
                    Listens::Later(later)
                } else if many || references.is_data(&gather.name.value) {
                    Listens::Data(None)
                } else if pressed == gather.on("timeout") && (said.is_none() || said == pressed) {
                    Listens::Nothing
                } else {
                    Listens::AnyKey
                }
            }
        }
    }
}

/// The most digits that a widget takes, where it says so.
pub fn digits(gather: &Widget<'_>) -> Option<u32> {
    let told = gather.told_one(&["number_of_digits", "num_digits", "numDigits"])?;
    told.value
        .trim()
        .parse()
        .ok()
        .filter(|digits| (1..=100).contains(digits))
}

/// The conditions of a widget, in order.
pub fn conditions<'f>(flow: &'f Flow<'_>, split: usize) -> impl Iterator<Item = &'f Condition> {
    let exits = flow.widgets.get(split).into_iter().flat_map(|split| &split.exits);
    exits.flat_map(|exit| &exit.conditions)
}

/// Whether it can be told of some condition which values meet it.
fn has_choice(flow: &Flow<'_>, split: usize) -> bool {
    let mut conditions = conditions(flow, split).take(CONDITIONS_MAX);
    conditions.any(|condition| condition.asked().is_some())
}

/// Whether a split asks for keys that are few enough to be a choice; a year or a code is data, whatever it is held against.
fn is_choice(flow: &Flow<'_>, split: usize, gather: &Widget<'_>) -> bool {
    let most = if digits(gather).is_none() {
        CHOICE_PRESSES_MAX
    } else {
        1
    };
    let keys = conditions(flow, split).take(CONDITIONS_MAX).filter_map(Condition::keys);
    let fewest = keys.flatten().map(|(key, _)| key.len()).min();
    fewest.is_none_or(|fewest| fewest <= most)
}

fn asks_for_keys(flow: &Flow<'_>, split: usize) -> bool {
    let mut conditions = conditions(flow, split).take(CONDITIONS_MAX);
    conditions.any(Condition::asks_for_keys)
}

/// Whether every key that a split asks for is one press.
pub fn is_short(flow: &Flow<'_>, split: usize) -> bool {
    conditions(flow, split).all(|condition| condition.values().iter().all(|value| value.len() <= 1))
}

/// What a split looks at, each expression once: what its conditions name, or its input.
fn tested(split: &Widget<'_>, references: &References) -> Vec<String> {
    let conditions = split.exits.iter().flat_map(|exit| &exit.conditions);
    let mut found: Vec<String> = Vec::new();
    for text in conditions.filter_map(|condition| condition.argument.as_ref()) {
        let expression = references.canonical(&text.value);
        if found.len() < EXPRESSIONS_MAX && !found.contains(&expression) {
            found.push(expression);
        }
    }
    // Where conditions do not name what they look at, the input does.
    if found.is_empty() {
        found.extend(split.told("input").map(|input| references.canonical(&input.value)));
    }
    found
}

fn is(widget: &Widget<'_>, means: Means) -> bool {
    widget.word.is_some_and(|word| word.means == means)
}
