//! Decisions: what is compared, and what methods change of it.

use super::lower::{Context, Lowering, Method, Next, methods};
use super::vocabulary::{Means, find};
use crate::document::read::shorten;
use crate::document::tree::{Case, StepKind, Target, Text};
use crate::import::draft::{UNKNOWN, open, text};
use crate::import::item::Item;
use crate::source::Span;
use std::collections::BTreeSet;

/// A comparison: the variable, and the values for which it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// The variable, without its scope.
    pub variable: String,
    /// The values.
    pub values: Vec<String>,
}

/// One arm of a decision.
struct Arm<'d> {
    /// The condition as written.
    when: Text,
    /// What it compares, where it can be told.
    test: Option<Test>,
    then: Option<Item<'d>>,
    place: Span,
}

/// What an expression such as `prompt_value == '1' || prompt_value == 'one'` compares.
pub fn test(expression: &str) -> Option<Test> {
    let mut found: Option<Test> = None;
    for part in expression.split("||") {
        let part = part.trim().trim_matches(['(', ')']);
        let (left, right) = part.split_once("==")?;
        let right = right.trim_start_matches('=').trim();
        let value = right.trim_matches(['\'', '"']);
        let variable = bare(left);
        let is_value = !value.is_empty()
            && value
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '*' | '#' | '+' | '-' | ' '));
        let is_quoted = right.starts_with(['\'', '"']);
        let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
        if !is_name(variable) || !is_value || !(is_quoted || is_number || matches!(value, "true" | "false")) {
            return None;
        }
        let known = found.get_or_insert_with(|| Test {
            variable: variable.to_owned(),
            values: Vec::new(),
        });
        if known.variable != variable {
            return None;
        }
        known.values.push(value.to_owned());
    }
    found
}

/// A variable without braces, quotes and scope: `${vars.choice}` is `choice`.
pub fn bare(variable: &str) -> &str {
    let variable = variable.trim().trim_matches(['\'', '"']);
    let inner = variable.strip_prefix("${").or_else(|| variable.strip_prefix("%{"));
    let variable = inner
        .and_then(|inner| inner.strip_suffix('}'))
        .unwrap_or(variable)
        .trim();
    variable.strip_prefix("vars.").unwrap_or(variable)
}

fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
}

/// The variables that the decisions of a script compare.
pub fn tested(sections: Item<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![sections];
    while let Some(item) = open.pop() {
        for (key, value) in item.entries() {
            match key.raw() {
                Some("variable") => found.extend(value.said().map(|name| bare(&name.value).to_owned())),
                Some("when") => found.extend(
                    value
                        .said()
                        .and_then(|when| test(&when.value))
                        .map(|test| test.variable),
                ),
                Some("result") => drop(found.insert("return_value".to_owned())),
                _ => {}
            }
            open.push(value);
        }
        open.extend(item.items());
    }
    found
}

/// The facts that a method establishes or opens again.
pub fn opens(method: Method<'_>, tested: &BTreeSet<String>) -> Vec<(Text, Text)> {
    let Some(word) = find(method.name.raw().unwrap_or_default()) else {
        return Vec::new();
    };
    let place = method.name.span();
    let mut sets = Vec::new();
    if matches!(word.means, Means::Set | Means::Unset) {
        for (key, value) in method.body.entries() {
            let Some(name) = key.said().filter(|name| tested.contains(&name.value)) else {
                continue;
            };
            let literal = value.said().filter(|value| !value.value.contains(['$', '%', '{']));
            sets.push((name.clone(), literal.unwrap_or_else(|| text(UNKNOWN, name.span))));
        }
        let alone = method
            .body
            .said()
            .into_iter()
            .chain(method.body.items().filter_map(Item::said));
        sets.extend(
            alone
                .filter(|name| tested.contains(&name.value))
                .map(|name| open(&name)),
        );
    }
    if !word.fills.is_empty() {
        let filled = tested
            .range(word.fills.to_owned()..)
            .take_while(|name| name.starts_with(word.fills));
        sets.extend(filled.map(|name| open(&text(name.clone(), place))));
    }
    let answers = matches!(word.means, Means::Connect | Means::Execute) && tested.contains("return_value");
    if answers && word.fills != "return_value" {
        sets.push(open(&text("return_value", place)));
    }
    sets
}

impl<'d> Lowering<'d, '_> {
    /// A comparison of one variable with values.
    pub fn switch(&mut self, body: Item<'d>, variable: Option<Text>, next: &Next, context: Context) -> StepKind {
        let on = variable.or_else(|| body.entry("variable"));
        let on = on.map_or_else(
            || text("what is not written", body.start()),
            |on| {
                let name = bare(&on.value).to_owned();
                on.map(|_| name)
            },
        );
        let mut cases = Vec::new();
        for (value, list) in body.get("case").into_iter().flat_map(Item::entries) {
            let Some(value) = value.said() else { continue };
            let to = self.branch(Some(list), next, context, value.span);
            cases.push(Case { value, to, share: None });
        }
        let default = body.get("default");
        let place = default.map_or(body.start(), Item::start);
        StepKind::Decision {
            on: Some(on),
            cases,
            otherwise: Some(self.branch(default, next, context, place)),
        }
    }

    /// Conditions of which the first that holds is taken: neighbours that compare one variable are one decision.
    pub fn conditions(&mut self, body: Item<'d>, step: &Text, next: &Next, context: Context) -> StepKind {
        let (arms, otherwise) = arms(body);
        let place = otherwise.map_or(step.span, Item::start);
        let mut last = self.branch(otherwise, next, context, place);
        let mut groups: Vec<Vec<Arm<'d>>> = Vec::new();
        for arm in arms {
            let joins = groups.last().and_then(|group| group.first()).is_some_and(|first| {
                let of = |arm: &Arm<'_>| arm.test.as_ref().map(|test| test.variable.clone());
                of(first).is_some() && of(first) == of(&arm)
            });
            match groups.last_mut().filter(|_| joins) {
                Some(group) => group.push(arm),
                None => groups.push(vec![arm]),
            }
        }
        let mut kind = None;
        while let Some(group) = groups.pop() {
            let made = self.group(group, last.clone(), next, context);
            if groups.is_empty() {
                kind = Some(made);
                break;
            }
            let name = text(self.draft.name(&step.value), step.span);
            let fresh = fresh(&made);
            self.draft.add(&name, step.span, made, None).sets = fresh;
            last = Target { name, step: None };
        }
        kind.unwrap_or_else(|| crate::import::draft::message(last))
    }

    fn group(&mut self, group: Vec<Arm<'d>>, otherwise: Target, next: &Next, context: Context) -> StepKind {
        let mut on = None;
        let mut cases = Vec::new();
        for arm in group {
            let to = self.branch(arm.then, next, context, arm.place);
            if let Some(test) = arm.test {
                on.get_or_insert_with(|| text(test.variable, arm.when.span));
                cases.extend(test.values.into_iter().map(|value| Case {
                    value: text(value, arm.when.span),
                    to: to.clone(),
                    share: None,
                }));
            } else {
                on.get_or_insert_with(|| text(format!("{OPAQUE}{}", shorten(&arm.when.value)), arm.when.span));
                cases.push(Case {
                    value: text("yes", arm.when.span),
                    to,
                    share: None,
                });
            }
        }
        StepKind::Decision {
            on,
            cases,
            otherwise: Some(otherwise),
        }
    }
}

/// How the name of a fact begins that is an expression whose parts are not followed.
pub const OPAQUE: &str = "condition ";

/// What has to be open again at a decision itself.
pub fn fresh(kind: &StepKind) -> Vec<(Text, Text)> {
    match kind {
        StepKind::Decision { on: Some(on), .. } if on.value.starts_with(OPAQUE) => vec![open(on)],
        _ => Vec::new(),
    }
}

/// The arms of `cond` or `if`, and what is done when none of them holds.
fn arms(body: Item<'_>) -> (Vec<Arm<'_>>, Option<Item<'_>>) {
    let mut arms = Vec::new();
    let mut otherwise = None;
    let alone = body.is_mapping().then_some(body);
    for item in body.items().chain(alone) {
        if let Some(when) = item.entry("when") {
            arms.push(Arm {
                test: test(&when.value),
                place: when.span,
                when,
                then: item.get("then"),
            });
        }
        otherwise = item.get("else").or(otherwise);
    }
    (arms, otherwise)
}

/// The values that the methods behind an entry compare `prompt_value` with, in the order of the file.
pub fn compared(rest: &[Method<'_>], variable: &str) -> Vec<Text> {
    let mut values: Vec<Text> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut add = |value: Text| {
        if seen.len() < VALUES_MAX && seen.insert(value.value.clone()) {
            values.push(value);
        }
    };
    for method in rest {
        match find(method.name.raw().unwrap_or_default()).map(|word| word.means) {
            Some(Means::Prompt) => break,
            Some(Means::Switch)
                if method
                    .body
                    .entry("variable")
                    .is_some_and(|on| bare(&on.value) == variable) =>
            {
                let cases = method.body.get("case").into_iter().flat_map(Item::entries);
                cases.filter_map(|(value, _)| value.said()).for_each(&mut add);
            }
            Some(Means::Cond | Means::If) => {
                let mut open = vec![method.body];
                while let Some(body) = open.pop() {
                    let (arms, otherwise) = arms(body);
                    for arm in arms {
                        let Some(test) = arm.test.filter(|test| test.variable == variable) else {
                            continue;
                        };
                        test.values
                            .into_iter()
                            .map(|value| text(value, arm.when.span))
                            .for_each(&mut add);
                    }
                    let nested = otherwise.map(methods).unwrap_or_default();
                    let is_cond = |method: &&Method<'_>| matches!(method.name.raw(), Some("cond" | "if"));
                    open.extend(nested.iter().filter(is_cond).map(|method| method.body));
                }
            }
            _ => {}
        }
    }
    values
}

/// More values than these are no keys.
const VALUES_MAX: usize = 150;
