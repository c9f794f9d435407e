//! The methods of a script: what each becomes.

use super::branch::{OPAQUE, fresh, test};
use super::lower::{Context, DONE, Lowering, Method, Mode, Next};
use super::vocabulary::{Means, find};
use crate::document::read::shorten;
use crate::document::tree::{Case, Content, Effect, Prompt, Segment, StepKind, Target, Text};
use crate::import::draft::{message, text};
use crate::import::item::Item;
use crate::source::Spanned;

/// How often a jump is made where the script does not say, and at most. Source: `SignalWire`, "SWML methods: goto", 2025.
const ROUNDS: u32 = 100;

impl<'d> Lowering<'d, '_> {
    /// Lowers one method to the step of this name; `rest` are the methods behind it.
    pub fn method(&mut self, method: Method<'d>, step: &Text, next: &Next, context: Context, rest: &[Method<'d>]) {
        let (written, body) = (method.name.raw().unwrap_or_default(), method.body);
        let mut sets = self.sets(method);
        let mut prompt = None;
        let kind = match find(written).map(|word| word.means) {
            Some(Means::Prompt) => return self.prompt(method, step, next, context, rest),
            Some(Means::Say) => {
                prompt = self.sounds(body, body);
                message(self.follow(next, context, step.span))
            }
            Some(Means::Sleep) => {
                prompt = pause(body);
                message(self.follow(next, context, step.span))
            }
            Some(Means::Switch) => self.switch(body, None, next, context),
            Some(Means::Cond | Means::If) => self.conditions(body, step, next, context),
            Some(Means::Goto) => self.goto(body, step, next, context),
            Some(Means::Execute) => self.execute(method, step, next, context),
            Some(Means::Transfer) => {
                let dest = body.entry("dest").or_else(|| body.said()).or_else(|| {
                    let mut items = body.items();
                    items.find_map(|item| item.entry("dest"))
                });
                self.elsewhere(dest, step, None)
            }
            Some(Means::Connect) => self.connect(method, step, next, context),
            Some(Means::Queue) => self.queue(body, step, next, context),
            Some(Means::Record) => StepKind::Voicemail {
                owner: None,
                answered_within: None,
                then: Some(self.follow(next, context, step.span)),
            },
            Some(Means::HangUp) => StepKind::HangUp { reason: None },
            Some(Means::Return) => match context.mode {
                Mode::Jump => StepKind::HangUp { reason: None },
                Mode::Call => StepKind::Return {
                    exit: Some(text(DONE, step.span)),
                },
            },
            Some(Means::Agent) => self.far(
                format!("what the agent of `{}` says and does", step.value),
                step,
                next,
                context,
            ),
            Some(Means::Room) => self.far("what the room leads to".to_owned(), step, next, context),
            Some(Means::Refer) => {
                let to = body.entry("to_uri").map_or_else(String::new, |to| to.value);
                self.far(format!("what `{to}` leads to"), step, next, context)
            }
            Some(Means::Pay) => {
                self.draft.unknown(step, "what callers are asked when they pay");
                StepKind::SelfService {
                    takes: None,
                    succeeds: None,
                    effect: Some(Spanned::new(Effect::Pays, step.span)),
                    confirmed: None,
                    then: Some(self.follow(next, context, step.span)),
                    otherwise: Some(self.follow(next, context, step.span)),
                }
            }
            Some(Means::Set | Means::Unset | Means::Request | Means::Nothing | Means::Label) => {
                message(self.follow(next, context, step.span))
            }
            None => {
                self.draft.stranger("method", written, method.name.span());
                self.draft.unknown(step, format!("what `{written}` does"));
                message(self.follow(next, context, step.span))
            }
        };
        sets.extend(fresh(&kind));
        self.note_words(step, prompt.as_ref());
        let span = if method.name.id() == body.id() {
            method.name.span()
        } else {
            method.name.span().to(body.span())
        };
        self.draft.add(step, span, kind, prompt).sets = sets;
    }

    /// A jump back: so many times, or behind a condition.
    fn goto(&mut self, body: Item<'d>, step: &Text, next: &Next, context: Context) -> StepKind {
        let label = body.entry("label").or_else(|| body.said());
        let after = self.follow(next, context, step.span);
        let Some(label) = label else { return message(after) };
        let again = Target::to(self.label_of(context, &label.value), label.span);
        let max = body.entry("max");
        let times = max.as_ref().map_or(Some(ROUNDS), |max| {
            max.value.trim().parse().ok().filter(|times| *times <= ROUNDS)
        });
        if times.is_none() {
            self.draft.unknown(step, "how often the loop goes round");
        }
        let place = max.as_ref().map_or(step.span, |max| max.span);
        let turns = |counter: &Text| StepKind::Loop {
            counter: Some(counter.clone()),
            times: times.map(|times| Spanned::new(times, place)),
            again: Some(again.clone()),
            done: Some(after.clone()),
        };
        let Some(when) = body.entry("when") else {
            return turns(step);
        };
        let counted = text(self.draft.name(&format!("{} / again", step.value)), step.span);
        let kind = turns(&counted);
        self.draft.add(&counted, step.span, kind, None);
        let to = Target {
            name: counted,
            step: None,
        };
        let (on, values) = if let Some(test) = test(&when.value) {
            (text(test.variable, when.span), test.values)
        } else {
            let on = text(format!("{OPAQUE}{}", shorten(&when.value)), when.span);
            (on, vec!["yes".to_owned()])
        };
        let case = |value: String| Case {
            value: text(value, when.span),
            to: to.clone(),
            share: None,
        };
        StepKind::Decision {
            on: Some(on),
            cases: values.into_iter().map(case).collect(),
            otherwise: Some(after),
        }
    }
}

/// A pause, in milliseconds as the script writes it.
fn pause(body: Item<'_>) -> Option<Prompt> {
    let written = body.entry("duration").or_else(|| body.said())?;
    let lasts = written.value.trim().parse().ok().filter(|ms| *ms <= 86_400_000);
    let pause = Segment::new(written.span, Content::Pause, Some(lasts?), None);
    Some(Prompt::new(written.span, vec![pause]))
}
