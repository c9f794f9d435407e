//! Actions that decide: conditions, cases, the clock.

use super::action::actions_of;
use super::facts::{equality, name};
use super::lower::{Context, Lowering, Next};
use crate::document::tree::{Case, StepKind, Target, Text};
use crate::import::draft::{message, text};
use crate::import::item::Item;
use crate::source::Spanned;

/// How the name of a fact begins that is how an action ended.
pub const OUTCOME: &str = "outcome of ";

impl<'d> Lowering<'d, '_> {
    pub fn decide(&mut self, body: Item<'d>, next: &Next, context: &Context, previous: Option<Item<'d>>) -> StepKind {
        let condition = body.get("condition");
        let mut to = |answer: &str| {
            let output = body.get("outputs").and_then(|outputs| outputs.get(answer));
            let place = output.map_or(body.start(), Item::start);
            self.branch(output.and_then(actions_of), next, context, place)
        };
        let (yes, no) = (to("yes"), to("no"));
        if let Some(literal) = condition.and_then(|condition| condition.entry("lit")) {
            return message(if literal.value == "true" { yes } else { no });
        }
        let Some(expression) = condition.and_then(|condition| condition.entry("exp")) else {
            return StepKind::Decision {
                on: Some(text("a condition that is not written", body.start())),
                cases: vec![case(text("yes", body.start()), yes)],
                otherwise: Some(no),
            };
        };
        let before = previous.and_then(Item::only);
        let counter = before.and_then(|(_, update)| self.facts.counted(update));
        if let Some(rounds) = counter.and_then(|counter| self.facts.rounds(&counter, &expression.value)) {
            let (counter, times, yes_again) = rounds;
            let (again, done) = if yes_again { (yes, no) } else { (no, yes) };
            return StepKind::Loop {
                counter: Some(text(counter, expression.span)),
                times: Some(Spanned::new(times, expression.span)),
                again: Some(again),
                done: Some(done),
            };
        }
        let (on, value) = match equality(&expression.value) {
            Some((on, value)) => (text(on, expression.span), value),
            None => (name(&expression), "yes".to_owned()),
        };
        StepKind::Decision {
            cases: vec![case(text(value, expression.span), yes)],
            on: Some(on),
            otherwise: Some(no),
        }
    }

    /// Cases of which the first that holds is taken; on one variable where all ask for that.
    pub fn switch(&mut self, body: Item<'d>, step: &Text, next: &Next, context: &Context) -> StepKind {
        let evaluate = body
            .get("evaluate")
            .and_then(Item::only)
            .map_or(body, |(_, inner)| inner);
        let mut tests: Vec<(Text, Target)> = Vec::new();
        for item in evaluate.get("cases").into_iter().flat_map(Item::items) {
            let one = item.get("case").unwrap_or(item);
            let value = one.get("value");
            let test = value.and_then(|value| value.entry("exp").or_else(|| value.entry("lit")));
            let test = test.unwrap_or_else(|| text("a condition that is not written", one.start()));
            let to = self.branch(one.get("actions"), next, context, one.start());
            tests.push((test, to));
        }
        let default = evaluate.get("default").or_else(|| body.get("default"));
        let default_place = default.map_or(body.start(), Item::start);
        let otherwise = self.branch(default.and_then(|d| d.get("actions")), next, context, default_place);
        let of_one: Option<Vec<(String, String)>> = tests.iter().map(|(test, _)| equality(&test.value)).collect();
        let same = of_one.filter(|all| all.windows(2).all(|two| two[0].0.eq_ignore_ascii_case(&two[1].0)));
        match same.as_deref() {
            Some(all @ [(variable, _), ..]) => StepKind::Decision {
                on: Some(text(variable.clone(), body.start())),
                cases: all
                    .iter()
                    .zip(tests)
                    .map(|((_, value), (test, to))| case(text(value.clone(), test.span), to))
                    .collect(),
                otherwise: Some(otherwise),
            },
            _ => StepKind::Decision {
                on: Some(outcome(step)),
                cases: tests.into_iter().map(|(test, to)| case(name(&test), to)).collect(),
                otherwise: Some(otherwise),
            },
        }
    }

    /// The clock: an output that is not written goes on.
    pub fn hours(&mut self, body: Item<'d>, step: &Text, next: &Next, context: &Context) -> StepKind {
        let outputs = self.outputs(body, next, context);
        let mut to = |state: &str| {
            let found = outputs.iter().find(|(name, _)| name.value == state);
            match found {
                Some((_, to)) => Some(to.clone()),
                None => Some(self.follow(next, context, body.start())),
            }
        };
        // Without a group of emergencies there are none.
        let emergencies = body.get("emergencyGroup");
        let is_given = emergencies.is_none_or(|group| group.get("noValue").is_none());
        let kind = StepKind::Hours {
            schedule: None,
            open: to("open"),
            closed: to("closed"),
            holiday: to("holiday"),
            emergency: if is_given { to("emergency") } else { None },
        };
        let group = body
            .get("scheduleGroup")
            .and_then(|group| group.get("lit")?.entry("name"));
        let what = match group {
            Some(group) => format!("the opening hours `{}`", group.value),
            None => "the opening hours".to_owned(),
        };
        self.draft.unknown(step, what);
        kind
    }
}

pub fn outcome(step: &Text) -> Text {
    text(format!("{OUTCOME}{}", step.value), step.span)
}

pub fn case(value: Text, to: Target) -> Case {
    Case { value, to, share: None }
}
