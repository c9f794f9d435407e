//! The actions of tasks: what each becomes, and where its outputs lead.

use super::decide::{OUTCOME, case, outcome};
use super::lower::{Context, DONE, Lowering, Mode, Next};
use super::settings::duration;
use super::speech;
use super::vocabulary::{Means, Word, find};
use crate::document::tree::{Content, Prompt, Segment, StepKind, Target, Text, Transfer};
use crate::import::draft::{message, open, text};
use crate::import::item::Item;
use crate::source::Spanned;

/// Outputs by which an action simply goes on.
const PRIMARY: [&str; 6] = ["success", "found", "default", "out", "complete", "exit"];

impl<'d> Lowering<'d, '_> {
    /// Lowers one action to the step of this name.
    pub fn action(
        &mut self,
        action: Item<'d>,
        step: &str,
        next: &Next,
        context: &Context,
        (previous, behind): (Option<Item<'d>>, Option<Item<'d>>),
    ) {
        let (written, body) = match action.only() {
            Some((key, body)) => (key.raw().unwrap_or_default(), body),
            None => (action.raw().unwrap_or_default(), action),
        };
        let place = body.entry("name").map_or(action.start(), |name| name.span);
        let step = text(step, place);
        let word = find(written);
        let (kind, prompt) = match word.map(|word| word.means) {
            Some(Means::Say) => self.say(body, next, context),
            Some(Means::Collect) => return self.collect_input(body, &step, action, (next, behind), context),
            Some(Means::Extension) => return self.extension(body, &step, action.span(), Some(next), context),
            Some(Means::Decide) => (self.decide(body, next, context, previous), None),
            Some(Means::Switch) => (self.switch(body, &step, next, context), None),
            Some(Means::Hours) => (self.hours(body, &step, next, context), None),
            Some(
                Means::Acd
                | Means::User
                | Means::Group
                | Means::Number
                | Means::Flow
                | Means::Voicemail
                | Means::Callback,
            ) => {
                let outputs = self.outputs(body, next, context);
                let mut to = |output: &str| match outputs.iter().find(|(name, _)| name.value == output) {
                    Some((_, to)) => to.clone(),
                    None => self.follow(next, context, action.start()),
                };
                let (failure, success) = (to("failure"), to("success"));
                let wanted = format!("{} / failed", step.value);
                let failure = self.say_before(body.get("failureTransferAudio"), &wanted, failure);
                return self.transfer(written, body, &step, action.span(), Some(failure), Some(success));
            }
            Some(Means::HangUp) => (StepKind::HangUp { reason: None }, None),
            Some(Means::Call) => (self.call(body, &step, next, context), None),
            Some(Means::End) => (end(body, context), None),
            Some(Means::ToMenu | Means::ToTask) => (self.jump(body, &step), None),
            Some(Means::Previous) => (self.previous(context.unit, context.menu.clone(), &step), None),
            Some(Means::Repeat) => {
                let to = context.menu.clone().map(|menu| Target::to(menu, step.span));
                (
                    message(to.unwrap_or_else(|| Target::to(step.value.clone(), step.span))),
                    None,
                )
            }
            Some(Means::Loop) => (self.turns(body, &step, next, context), None),
            Some(Means::NextLoop | Means::ExitLoop) => (self.leave_loop(next, context, action), None),
            Some(Means::Wait) => self.wait(body, &step, next, context),
            Some(Means::Bot | Means::Module) => (self.elsewhere(word, body, &step, next, context), None),
            means => {
                if means.is_none() {
                    self.draft.stranger("action", written, action.start());
                    self.draft.unknown(&step, format!("what `{written}` does"));
                }
                let kind = self.system(body, &step, next, context);
                (kind, self.processing(written, body))
            }
        };
        let mut sets = self
            .facts
            .sets(body, word.is_some_and(|word| word.means == Means::Update));
        let error = match (&kind, word.map(|word| word.means)) {
            (
                StepKind::Message { .. } | StepKind::Decision { .. },
                Some(Means::System | Means::Update | Means::Nothing) | None,
            ) => self.failure(body, next, context),
            _ => None,
        };
        match &kind {
            StepKind::Decision { on: Some(on), .. } if self.facts.all_fresh || on.value.starts_with(OUTCOME) => {
                sets.push(open(on));
            }
            StepKind::Message { .. } if word.is_some_and(|word| word.means == Means::ExitLoop) => {
                sets.extend(
                    context
                        .loops
                        .last()
                        .map(|(counter, _)| (counter.clone(), text("0", counter.span))),
                );
            }
            StepKind::Message { .. }
                if word.is_some_and(|word| matches!(word.means, Means::ToMenu | Means::ToTask)) =>
            {
                sets.extend(
                    context
                        .loops
                        .iter()
                        .map(|(counter, _)| (counter.clone(), text("0", counter.span))),
                );
            }
            _ => {}
        }
        self.note_words(&step, prompt.as_ref());
        let added = self.draft.add(&step, action.span(), kind, prompt);
        added.sets = sets;
        added.error = error;
    }

    fn say(&mut self, body: Item<'d>, next: &Next, context: &Context) -> (StepKind, Option<Prompt>) {
        let audio = body.get("audio").or_else(|| body.get("prompt"));
        let heard = speech::audio(audio, &self.language);
        let barge_in = body.get("bargeInEnabled").and_then(|flag| flag.entry("lit"));
        let kind = StepKind::Message {
            then: Some(self.follow(next, context, body.start())),
            purpose: None,
            barge_in: heard.barge_in.or(barge_in.map(|flag| flag.value == "true")),
        };
        (kind, heard.prompt)
    }

    /// What is heard while data are fetched.
    fn processing(&self, written: &str, body: Item<'d>) -> Option<Prompt> {
        let own = speech::audio(body.get("processingPrompt"), &self.language).prompt;
        let shared = || {
            let settings = self.flow.get("settingsActionDefaults")?.get(written)?;
            speech::audio(settings.get("processingPrompt"), &self.language).prompt
        };
        own.or_else(shared).filter(|_| body.get("processingPrompt").is_some())
    }

    /// The outputs of an action by name, lowered; those without actions go on.
    pub fn outputs(&mut self, body: Item<'d>, next: &Next, context: &Context) -> Vec<(Text, Target)> {
        let mut out = Vec::new();
        for (label, actions) in branches(body) {
            let to = self.branch(actions, next, context, label.span);
            out.push((label, to));
        }
        out
    }

    /// Where the failure of an action leads, unless it goes on as if nothing had happened.
    fn failure(&mut self, body: Item<'d>, next: &Next, context: &Context) -> Option<Target> {
        let (label, actions) = branches(body).into_iter().find(|(label, _)| label.value == "failure")?;
        Some(self.branch(actions, next, context, label.span))
    }

    /// An action that callers do not hear, with one way on or several.
    fn system(&mut self, body: Item<'d>, step: &Text, next: &Next, context: &Context) -> StepKind {
        let mut then = None;
        let mut cases = Vec::new();
        for (label, actions) in branches(body) {
            if label.value == "failure" {
                continue;
            }
            let to = self.branch(actions, next, context, label.span);
            if PRIMARY.contains(&label.value.as_str()) && then.is_none() {
                then = Some(to);
            } else {
                cases.push(case(label, to));
            }
        }
        let then = then.unwrap_or_else(|| self.follow(next, context, body.start()));
        if cases.is_empty() {
            return message(then);
        }
        StepKind::Decision {
            on: Some(outcome(step)),
            cases,
            otherwise: Some(then),
        }
    }

    fn call(&mut self, body: Item<'d>, step: &Text, next: &Next, context: &Context) -> StepKind {
        let Some(unit) = self.target(body) else {
            return self.jump(body, step);
        };
        let entry = self.enter(unit, Mode::Call);
        let outputs = self.outputs(body, next, context);
        let paths = self
            .units
            .all
            .get(unit)
            .map(|unit| unit.paths.clone())
            .unwrap_or_default();
        let found = |name: &str| {
            let output = outputs.iter().find(|(label, _)| label.value.eq_ignore_ascii_case(name));
            output.map(|(_, to)| to.clone())
        };
        let behind = self.follow(next, context, body.start());
        let done = found("default").unwrap_or_else(|| behind.clone());
        let mut exits = vec![(text(DONE, step.span), done.clone())];
        for path in paths {
            let to = found(&path).unwrap_or_else(|| {
                if path == "Default" {
                    done.clone()
                } else {
                    behind.clone()
                }
            });
            exits.push((text(path, step.span), to));
        }
        StepKind::Subtree {
            file: None,
            entry: Some(text(entry, step.span)),
            entry_step: None,
            exits,
        }
    }

    /// A jump that has to be a step: to what is not there, or out of a loop.
    fn jump(&mut self, body: Item<'d>, step: &Text) -> StepKind {
        if let Some(unit) = self.target(body) {
            return message(Target::to(self.enter(unit, Mode::Jump), step.span));
        }
        let reference = ["targetMenuRef", "targetTaskRef", "targetStateRef"]
            .iter()
            .find_map(|name| body.entry(name))
            .unwrap_or_else(|| text("what is not written", step.span));
        message(Target {
            name: reference,
            step: None,
        })
    }

    fn turns(&mut self, body: Item<'d>, step: &Text, next: &Next, context: &Context) -> StepKind {
        let mut inner = context.clone();
        inner.loops.push((step.clone(), next.clone()));
        let actions = body
            .get("outputs")
            .and_then(|outputs| outputs.get("loop")?.get("actions"));
        let round: Next = Some(step.value.clone());
        let again = self.branch(actions, &round, &inner, body.start());
        let count = ["loopCount", "count", "iterations"]
            .iter()
            .find_map(|name| body.get(name)?.entry("lit"));
        let times = count.and_then(|count| {
            let times = count.value.trim().parse().ok().filter(|times| *times <= 1000)?;
            Some(Spanned::new(times, count.span))
        });
        if times.is_none() {
            self.draft.unknown(step, "how often the loop goes round");
        }
        StepKind::Loop {
            counter: Some(step.clone()),
            times,
            again: Some(again),
            done: Some(self.follow(next, context, body.start())),
        }
    }

    fn leave_loop(&mut self, next: &Next, context: &Context, action: Item<'d>) -> StepKind {
        let left = context.loops.last().map_or(next, |(_, exit)| exit).clone();
        message(self.follow(&left, context, action.start()))
    }

    fn wait(&mut self, body: Item<'d>, step: &Text, next: &Next, context: &Context) -> (StepKind, Option<Prompt>) {
        let time = body.get("duration").or_else(|| body.get("waitTime")).and_then(duration);
        let prompt = time.map(|time| {
            let pause = Segment::new(time.span, Content::Pause, Some(time.value), None);
            Prompt::new(time.span, vec![pause])
        });
        if prompt.is_none() {
            self.draft.unknown(step, "how long the pause is");
        }
        (message(self.follow(next, context, body.start())), prompt)
    }

    /// A bot or a module: what callers hear of it is not in the file.
    fn elsewhere(
        &mut self,
        word: Option<&Word>,
        body: Item<'d>,
        step: &Text,
        next: &Next,
        context: &Context,
    ) -> StepKind {
        let what = match word.map(|word| word.means) {
            Some(Means::Bot) => format!("what the bot of `{}` says and does", step.value),
            _ => format!("what the module of `{}` says and does", step.value),
        };
        self.draft.unknown(step, what);
        let outputs = self.outputs(body, next, context);
        if outputs
            .iter()
            .any(|(name, _)| name.value != "failure" && !PRIMARY.contains(&name.value.as_str()))
        {
            let (mut cases, mut otherwise) = (Vec::new(), None);
            for (label, to) in outputs {
                if PRIMARY.contains(&label.value.as_str()) {
                    otherwise = Some(to);
                } else {
                    cases.push(case(label, to));
                }
            }
            return StepKind::Decision {
                on: Some(outcome(step)),
                cases,
                otherwise: Some(otherwise.unwrap_or_else(|| self.follow(next, context, body.start()))),
            };
        }
        let success = outputs
            .into_iter()
            .find(|(name, _)| name.value != "failure")
            .map(|(_, to)| to);
        StepKind::Transfer(Box::new(Transfer {
            then: Some(success.unwrap_or_else(|| self.follow(next, context, body.start()))),
            ..Transfer::default()
        }))
    }
}

/// The end of a task.
fn end(body: Item<'_>, context: &Context) -> StepKind {
    if context.mode == Mode::Jump {
        return StepKind::HangUp { reason: None };
    }
    let path = body.get("outputPath").and_then(|path| path.entry("name"));
    StepKind::Return {
        exit: Some(path.unwrap_or_else(|| text(DONE, body.start()))),
    }
}

/// The actions of an output: below `actions`, or right there where the list names an action.
pub fn actions_of(output: Item<'_>) -> Option<Item<'_>> {
    let mut names = output.items().filter_map(Item::only);
    let is_list = names.any(|(key, _)| key.raw().and_then(find).is_some());
    output.get("actions").or_else(|| is_list.then_some(output))
}

/// The outputs of an action with their actions: by name, or as a list of paths.
fn branches(body: Item<'_>) -> Vec<(Text, Option<Item<'_>>)> {
    let mut out = Vec::new();
    let Some(outputs) = body.get("outputs") else {
        return out;
    };
    for (key, value) in outputs.entries() {
        let Some(label) = key.said() else { continue };
        if let Some(actions) = actions_of(value) {
            out.push((label, Some(actions)));
        } else if value.is_list() {
            for (_, path) in value.items().filter_map(Item::only) {
                let name = path.entry("name").unwrap_or_else(|| label.clone());
                out.push((name, path.get("actions")));
            }
        } else if value.entries().all(|(_, inner)| inner.get("actions").is_none()) {
            out.push((label, None));
        } else {
            out.extend(
                value
                    .entries()
                    .filter_map(|(key, inner)| Some((key.said()?, inner.get("actions")))),
            );
        }
    }
    out
}
