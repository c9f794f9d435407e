//! What the conditions of an extension ask, as far as that is known before a call.

use super::config::Config;
use super::digits;
use super::lower::Dialled;
use super::parts::{Breaks, Condition, Extension, Holds, Test};
use crate::document::tree::Text;
use crate::source::Spanned;
use std::collections::HashSet;

/// What is known of a condition before a call.
pub enum Answer<'c> {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// It depends on these tests.
    Open(Vec<&'c Test>, Holds),
}

/// What is known of an extension before a call.
pub struct Outline {
    /// Whether it may do something.
    pub may: bool,
    /// Whether it surely takes the call.
    pub surely: bool,
}

/// The names of what conditions ask: facts that `set` may establish.
pub fn facts(config: &Config<'_>) -> HashSet<String> {
    let mut open: Vec<&Condition> = config.extensions.iter().flat_map(|e| &e.conditions).collect();
    let mut facts = HashSet::new();
    while let Some(condition) = open.pop() {
        open.extend(&condition.nested);
        facts.extend(condition.tests.iter().filter_map(variable).map(str::to_owned));
    }
    facts
}

/// The number or the word that an extension is for, where it is one.
pub fn literal(extension: &Extension) -> Option<Text> {
    literal_number(extension).or_else(|| word(&number_test(extension)?.expression))
}

fn number_test(extension: &Extension) -> Option<&Test> {
    let mut tests = extension.conditions.iter().flat_map(|condition| &condition.tests);
    tests.find(|test| asks_number(test))
}

/// The number that an extension is for, where it is one.
pub fn literal_number(extension: &Extension) -> Option<Text> {
    let test = number_test(extension)?;
    let mut numbers = digits::numbers(&digits::rows(&test.expression.value, 32)?)?;
    let number = numbers.pop().filter(|_| numbers.is_empty())?;
    Some(Spanned::new(number, test.expression.span))
}

/// Whether a test asks the number that is dialled.
pub fn asks_number(test: &Test) -> bool {
    matches!(
        test.field.value.as_str(),
        "destination_number" | "${destination_number}"
    )
}

/// The variable that a test asks, where it asks nothing else.
pub fn variable(test: &Test) -> Option<&str> {
    let name = test.field.value.strip_prefix("${")?.strip_suffix('}')?;
    (!name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))).then_some(name)
}

/// What is known of a condition's tests; what it asks of the clock is left out.
pub fn asked<'c>(condition: &'c Condition, dialled: Option<&Dialled>) -> Answer<'c> {
    let (mut yes, mut no, mut open) = (0, 0, Vec::new());
    for test in &condition.tests {
        let known = match dialled {
            _ if !asks_number(test) => constant(test),
            // The call is in this extension already.
            None => Some(true),
            Some(dialled) => test.pattern().map(|pattern| pattern.is_match(&dialled.number)),
        };
        match known {
            Some(true) => yes += 1,
            Some(false) => no += 1,
            None => open.push(test),
        }
    }
    match condition.holds {
        Holds::All if no > 0 => Answer::No,
        Holds::All | Holds::Xor if open.is_empty() && no == 0 => Answer::Yes,
        Holds::Any if yes > 0 => Answer::Yes,
        Holds::Any | Holds::Xor if open.is_empty() => {
            if condition.holds == Holds::Xor && yes == 1 {
                Answer::Yes
            } else {
                Answer::No
            }
        }
        holds => Answer::Open(open, holds),
    }
}

/// What a test says of a field whose value is set before any call.
fn constant(test: &Test) -> Option<bool> {
    let known = test.known.as_ref()?;
    test.pattern().map(|pattern| pattern.is_match(known))
}

/// What an extension may do with a number.
pub fn outline(extension: &Extension, dialled: &Dialled) -> Outline {
    let mut may = false;
    let mut surely = true;
    let mut last = false;
    for condition in &extension.conditions {
        let acts = !condition.actions.is_empty() || !condition.nested.is_empty();
        let answer = match asked(condition, Some(dialled)) {
            Answer::Yes if !condition.clock.is_empty() => None,
            Answer::Yes => Some(true),
            Answer::No => Some(false),
            Answer::Open(..) => None,
        };
        match answer {
            Some(true) => {
                may |= acts;
                surely &= condition.nested.is_empty();
                last = true;
                if matches!(condition.breaks, Breaks::OnTrue | Breaks::Always) {
                    break;
                }
            }
            Some(false) => {
                may |= !condition.otherwise.is_empty();
                last = !condition.otherwise.is_empty();
                if matches!(condition.breaks, Breaks::OnFalse | Breaks::Always) {
                    break;
                }
            }
            None => {
                may |= acts || !condition.otherwise.is_empty();
                surely = false;
                if condition.breaks == Breaks::Always {
                    break;
                }
            }
        }
    }
    Outline {
        may,
        surely: surely && last,
    }
}

/// The value that a pattern such as `^true$` asks for, or the pattern.
pub fn plain(expression: &Text) -> Text {
    word(expression).unwrap_or_else(|| expression.clone())
}

/// The word that a pattern such as `^true$` or `^(true)$` asks for, where it is one.
fn word(expression: &Text) -> Option<Text> {
    let body = expression.value.strip_prefix('^')?.strip_suffix('$')?;
    let body = body.strip_prefix('(').and_then(|b| b.strip_suffix(')')).unwrap_or(body);
    let is_plain = !body.is_empty() && body.chars().all(|c| c.is_alphanumeric() || "_-@ ".contains(c));
    is_plain.then(|| Spanned::new(body.to_owned(), expression.span))
}

/// What the groups of a condition's pattern hold of each number that may have been dialled.
pub fn captured(condition: &Condition, dialled: Option<&Dialled>) -> Vec<Vec<String>> {
    let tests = condition.tests.iter().filter(|test| asks_number(test));
    let (Some(dialled), Some(pattern)) = (dialled, tests.filter_map(Test::pattern).last()) else {
        return Vec::new();
    };
    let text = |group: Option<regex::Match<'_>>| group.map_or_else(String::new, |group| group.as_str().to_owned());
    let groups = |number: &String| Some(pattern.captures(number)?.iter().take(10).map(text).collect());
    dialled.all().filter_map(groups).collect()
}

/// A text with `$1` and its like filled in.
pub fn fill(text: &str, groups: &[String]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let digit = found.get(1..2).and_then(|digit| digit.parse::<usize>().ok());
        if let Some(group) = digit.and_then(|digit| groups.get(digit)) {
            out.push_str(group);
            rest = found.get(2..).unwrap_or_default();
        } else {
            out.push('$');
            rest = found.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}
