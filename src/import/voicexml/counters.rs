//! Variables that count, where it can be proved that they do.

use super::condition::{self, Condition, Value};
use super::documents::Doc;
use crate::xml::ElementId;
use std::collections::HashSet;

/// Rounds of a loop beyond this are no counting of attempts.
const TIMES_MAX: i64 = 1000;

/// A condition on a counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rounds {
    /// The variable.
    pub counter: String,
    /// How often the call goes round.
    pub times: u32,
    /// Whether it goes round while the condition holds, rather than until it does.
    pub while_true: bool,
}

/// Whether an `assign` only counts, so that the loop behind it says all.
pub fn is_counted(doc: &Doc<'_>, assign: ElementId) -> bool {
    let Some(element) = doc.get(assign) else {
        return false;
    };
    let name = element.value("name").map(condition::bare).unwrap_or_default();
    adds_one(doc, assign, name) && proved(doc, name).is_some()
}

/// Whether a variable does nothing but count.
pub fn is_counter(doc: &Doc<'_>, name: &str) -> bool {
    proved(doc, name).is_some()
}

/// How often a call goes round at an `if` that tests a counter; `None` where that cannot be proved.
///
/// It can where the variable begins with a number, is only ever added one to or set back to it, and the test stands
/// right beside an addition. Of several tests beside one addition, that with the highest limit is the loop; others only
/// look at how far it has come.
pub fn rounds(doc: &Doc<'_>, test: ElementId, asks: &Condition) -> Option<Rounds> {
    let (name, ..) = comparison(asks)?;
    let first = proved(doc, name)?;
    let addition = beside(doc, test, name)?;
    let (times, while_true) = times(doc, test, asks, first)?;
    let others = doc
        .tests
        .get(name)
        .into_iter()
        .flatten()
        .filter(|other| **other != test);
    for other in others.filter(|other| beside(doc, **other, name) == Some(addition)) {
        let cond = doc.get(*other)?.value("cond").map(condition::read)?;
        let is_loop = |own: i64| own > times || (own == times && *other < test);
        if self::times(doc, *other, &cond, first).is_some_and(|(own, _)| is_loop(own)) {
            return None;
        }
    }
    Some(Rounds {
        counter: name.to_owned(),
        times: u32::try_from(times).ok()?,
        while_true,
    })
}

/// How often a test lets the call go round, and whether it does while it holds.
fn times(doc: &Doc<'_>, test: ElementId, asks: &Condition, first: i64) -> Option<(i64, bool)> {
    let (name, operator, number) = comparison(asks)?;
    // Counted before it is tested, the first value that is seen is one more.
    let seen = first.checked_add(i64::from(before(doc, test, name).is_some()))?;
    let rest = number.checked_sub(seen)?;
    let (times, while_true) = match operator {
        "<" => (rest, true),
        "<=" => (rest.checked_add(1)?, true),
        ">" => (rest.checked_add(1)?, false),
        ">=" | "==" => (rest, false),
        _ => return None,
    };
    (1..=TIMES_MAX).contains(&times).then_some((times, while_true))
}

fn comparison(asks: &Condition) -> Option<(&str, &str, i64)> {
    match asks {
        Condition::Beside { name, operator, number } => Some((name, operator, *number)),
        Condition::Is {
            name,
            values,
            negated: false,
        } => match &values[..] {
            [value] => Some((name, "==", value.parse().ok()?)),
            _ => None,
        },
        _ => None,
    }
}

/// The number that a counter begins with. Tests that stand beside no addition only look at it.
fn proved(doc: &Doc<'_>, name: &str) -> Option<i64> {
    let about = doc.counted.get(name)?;
    let first = about.first?;
    let tests = doc.tests.get(name).filter(|tests| tests.len() <= 50)?;
    if about.otherwise || about.additions.is_empty() || about.additions.len() > 50 {
        return None;
    }
    let tested: HashSet<ElementId> = tests.iter().filter_map(|test| beside(doc, *test, name)).collect();
    let fine = about.additions.iter().all(|addition| tested.contains(addition));
    fine.then_some(first)
}

/// The addition that stands beside a test: before it in the same list, or within it.
fn beside(doc: &Doc<'_>, test: ElementId, name: &str) -> Option<ElementId> {
    let element = doc.get(test).filter(|element| element.is("if"))?;
    let before = before(doc, test, name);
    before
        .or_else(|| {
            let mut inner = doc.xml.children(test).take(100);
            inner.find(|(id, _)| adds_one(doc, *id, name)).map(|(id, _)| id)
        })
        .filter(|_| element.parent.is_some())
}

fn before(doc: &Doc<'_>, test: ElementId, name: &str) -> Option<ElementId> {
    let parent = doc.get(test)?.parent?;
    let siblings = doc.xml.children(parent).take_while(|(id, _)| *id != test).take(100);
    siblings.map(|(id, _)| id).filter(|id| adds_one(doc, *id, name)).last()
}

fn adds_one(doc: &Doc<'_>, id: ElementId, name: &str) -> bool {
    let Some(element) = doc.get(id).filter(|element| element.is("assign")) else {
        return false;
    };
    let own = element.value("name").map(condition::bare) == Some(name);
    own && element
        .value("expr")
        .is_some_and(|expr| condition::value(name, expr) == Value::More)
}

/// What is done with one variable in a document.
#[derive(Debug, Default)]
pub struct About {
    /// The number that it begins with.
    pub first: Option<i64>,
    /// Where one is added.
    pub additions: Vec<ElementId>,
    /// Whether something else is done with it.
    pub otherwise: bool,
}

impl About {
    /// Takes note of a `var` or `assign`.
    pub fn note(&mut self, id: ElementId, is_declared: bool, name: &str, expr: &str) {
        match (condition::value(name, expr), is_declared) {
            (Value::More, false) => self.additions.push(id),
            (Value::Literal(number), _) => match (number.parse::<i64>(), self.first) {
                (Ok(number), None) if is_declared => self.first = Some(number),
                (Ok(number), Some(first)) if number == first => {}
                _ => self.otherwise = true,
            },
            _ => self.otherwise = true,
        }
    }
}
