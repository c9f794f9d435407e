//! What a flow knows while it runs: the expressions that decisions test, the variables that change them.

use super::vocabulary::{Means, find};
use crate::document::tree::Text;
use crate::import::draft::{UNKNOWN, text};
use crate::import::item::Item;
use crate::source::Spanned;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Beyond so many entries, what variables change is open at each decision instead.
const RENEWALS_MAX: usize = 200_000;
/// An expression is cut after so many letters where it becomes the name of a fact.
const NAME_MAX: usize = 200;

/// The facts of one flow.
#[derive(Debug, Default)]
pub struct Facts {
    /// For each variable in small letters, the facts that rest on it.
    resting: HashMap<String, BTreeSet<String>>,
    /// Whether every fact is open at each decision.
    pub all_fresh: bool,
    /// Counters that begin at a known number and are only ever counted up by one: that number.
    counters: HashMap<String, i64>,
}

/// One change of a variable.
struct Change {
    variable: Text,
    /// The value, where it is written out.
    literal: Option<Text>,
    counts: bool,
}

impl Facts {
    /// The facts of a flow; linear in its length.
    pub fn of(flow: Item<'_>) -> Self {
        let mut facts = Self::default();
        let mut begins: BTreeMap<String, Option<i64>> = BTreeMap::new();
        let mut changes: Vec<Change> = Vec::new();
        let mut open = vec![flow];
        while let Some(item) = open.pop() {
            for (key, value) in item.entries() {
                match key.raw().unwrap_or_default() {
                    "decision" => facts.tested(value.get("condition")),
                    "case" => facts.tested(value.get("value")),
                    "integerVariable" => {
                        if let Some(name) = value.entry("name") {
                            let begin = value.get("initialValue").and_then(|initial| initial.entry("lit"));
                            let begin = begin.and_then(|lit| lit.value.trim().parse().ok());
                            begins.insert(name.value.to_lowercase(), begin);
                        }
                    }
                    name if find(name).is_some_and(|word| word.means == Means::Update) => {
                        changes.extend(changed(value));
                    }
                    _ => {}
                }
                open.push(value);
            }
            open.extend(item.items());
        }
        facts.count(&begins, &changes);
        let renewals: usize = changes
            .iter()
            .map(|change| {
                facts
                    .resting
                    .get(&change.variable.value.to_lowercase())
                    .map_or(0, BTreeSet::len)
            })
            .sum();
        facts.all_fresh = renewals > RENEWALS_MAX;
        facts
    }

    fn tested(&mut self, condition: Option<Item<'_>>) {
        let Some(expression) = condition.and_then(|item| item.entry("exp")) else {
            return;
        };
        let fact = match equality(&expression.value) {
            Some((variable, _)) => variable,
            None => name(&expression).value,
        };
        for variable in variables(&expression.value) {
            self.resting.entry(variable).or_default().insert(fact.clone());
        }
    }

    /// Which variables are counters: a known beginning, one place that counts up, and otherwise only put back to it.
    fn count(&mut self, begins: &BTreeMap<String, Option<i64>>, changes: &[Change]) {
        for (name, begin) in begins {
            if let Some(begin) = begin {
                self.counters.insert(name.clone(), *begin);
            }
        }
        let mut counted: HashMap<String, u32> = HashMap::new();
        for change in changes {
            let name = change.variable.value.to_lowercase();
            let put_back = change
                .literal
                .as_ref()
                .and_then(|literal| literal.value.trim().parse::<i64>().ok());
            if change.counts {
                *counted.entry(name).or_default() += 1;
            } else if self.counters.get(&name) != put_back.as_ref() {
                self.counters.remove(&name);
            }
        }
        self.counters.retain(|name, _| counted.get(name) == Some(&1));
    }

    /// What an action changes, as facts that it establishes.
    pub fn sets(&self, action: Item<'_>, is_update: bool) -> Vec<(Text, Text)> {
        if self.all_fresh {
            return Vec::new();
        }
        let changes = if is_update { changed(action) } else { stored(action) };
        let mut sets = Vec::new();
        for change in changes {
            let variable = change.variable.value.to_lowercase();
            let is_counter = self.counters.contains_key(&variable);
            let place = change.variable.span;
            if is_counter && !change.counts {
                sets.push((change.variable.clone(), text("0", place)));
            }
            for fact in self.resting.get(&variable).into_iter().flatten() {
                let same = fact.eq_ignore_ascii_case(&variable) && !is_counter;
                let value = change.literal.clone().filter(|_| same);
                if !(is_counter && fact.eq_ignore_ascii_case(&variable)) {
                    sets.push((text(fact.clone(), place), value.unwrap_or_else(|| text(UNKNOWN, place))));
                }
            }
        }
        sets
    }

    /// Whether an action counts a counter up, and which.
    pub fn counted(&self, action: Item<'_>) -> Option<String> {
        let mut changes = changed(action).into_iter().filter(|change| change.counts);
        let name = changes.next()?.variable.value.to_lowercase();
        self.counters.contains_key(&name).then_some(name)
    }

    /// How often a condition on a counter lets the call go round: the counter, the rounds, and whether `yes` goes round.
    pub fn rounds(&self, counter: &str, expression: &str) -> Option<(String, u32, bool)> {
        let begin = self.counters.get(counter)?;
        let operators = ["<=", ">=", "==", "<", ">"];
        let (at, operator) = operators
            .into_iter()
            .filter_map(|operator| Some((expression.find(operator)?, operator)))
            .min_by_key(|(at, operator)| (*at, usize::MAX - operator.len()))?;
        let (left, right) = (expression[..at].trim(), expression[at + operator.len()..].trim());
        if !left.eq_ignore_ascii_case(counter) {
            return None;
        }
        let bound: i64 = right.parse().ok()?;
        let left_over = bound.checked_sub(*begin)?;
        let (rounds, yes_again) = match operator {
            "<" => (left_over - 1, true),
            "<=" => (left_over, true),
            ">" => (left_over, false),
            _ => (left_over - 1, false),
        };
        let rounds = u32::try_from(rounds).ok().filter(|rounds| *rounds <= 1000)?;
        Some((left.to_owned(), rounds, yes_again))
    }
}

/// What an update, or an action of its like, writes into variables.
fn changed(action: Item<'_>) -> Vec<Change> {
    let Some(statements) = action.get("statements") else {
        return stored(action);
    };
    let statements = statements.items().filter_map(|item| item.only().map(|(_, body)| body));
    statements
        .filter_map(|body| {
            let variable = body.entry("variable")?;
            let value = body.get("value");
            let literal = value.and_then(|value| value.entry("lit")).map(as_tested);
            let expression = value.and_then(|value| value.entry("exp"));
            let counts = expression.is_some_and(|exp| counts_up(&exp.value, &variable.value));
            Some(Change {
                variable,
                literal,
                counts,
            })
        })
        .collect()
}

/// A value as conditions ask for it: whether something is so is written in small letters there.
fn as_tested(literal: Text) -> Text {
    let lower = literal.value.to_lowercase();
    if matches!(lower.as_str(), "true" | "false") {
        return literal.map(|_| lower);
    }
    literal
}

fn counts_up(expression: &str, variable: &str) -> bool {
    let bare: String = expression.chars().filter(|c| !c.is_whitespace()).collect();
    let (bare, variable) = (bare.to_lowercase(), variable.to_lowercase());
    bare == format!("{variable}+1") || bare == format!("1+{variable}")
}

/// The variables that an action's own outputs are stored in.
fn stored(action: Item<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    let mut open = vec![action];
    while let Some(item) = open.pop() {
        for (key, value) in item.entries() {
            match key.raw() {
                Some("var" | "variable") => found.extend(value.said()),
                Some("outputs" | "actions" | "statements") => {}
                _ => open.push(value),
            }
        }
        open.extend(item.items());
    }
    let change = |variable| Change {
        variable,
        literal: None,
        counts: false,
    };
    found.into_iter().map(change).collect()
}

/// An expression as the name of a fact.
pub fn name(expression: &Text) -> Text {
    let words = expression.value.split_whitespace().collect::<Vec<_>>().join(" ");
    Spanned::new(words.chars().take(NAME_MAX).collect(), expression.span)
}

/// The variable and the value of an expression such as `Flow.choice == "1"`, or `Flow.isOpen`, which is true or not.
pub fn equality(expression: &str) -> Option<(String, String)> {
    let is_lone = |text: &str| is_name(text) && variables(text).len() == 1;
    let Some((left, right)) = expression.split_once("==") else {
        let variable = expression.trim();
        return is_lone(variable).then(|| (variable.to_owned(), "true".to_owned()));
    };
    let (left, right) = (left.trim(), right.trim());
    let (variable, literal) = if right.starts_with('"') {
        (left, right)
    } else {
        (right, left)
    };
    for (variable, value) in [(left, right), (right, left)] {
        let value = value.to_lowercase();
        if is_lone(variable) && matches!(value.as_str(), "true" | "false") {
            return Some((variable.to_owned(), value));
        }
    }
    let value = literal.strip_prefix('"')?.strip_suffix('"')?;
    let is_plain = is_lone(variable) && !value.contains(['"', '\\']);
    is_plain.then(|| (variable.to_owned(), value.to_owned()))
}

fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
}

/// The variables of an expression, in small letters.
fn variables(expression: &str) -> BTreeSet<String> {
    let parts = expression.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.'));
    parts
        .filter(|part| is_name(part) && part.contains('.'))
        .map(str::to_lowercase)
        .collect()
}
