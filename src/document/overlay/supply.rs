//! What an overlay says of a step is supplied where the original leaves it open.

use super::apply::known;
use super::{Supplied, UNNAMED, place};
use crate::document::tree::{Content, PhoneTree, Prompt, Reaches, StepId, StepKind, Text};
use crate::error::{Problem, ProblemKind, nearest};
use crate::source::{Span, Spanned};

/// Supplies a step's fields, and strikes out what was unknown of them.
pub fn supply(supplied: &Supplied, tree: &mut PhoneTree, id: StepId, problems: &mut Vec<Problem>) {
    check_names(supplied, tree, problems);
    let Some(step) = tree.steps.get_mut(id as usize) else {
        return;
    };
    let name = step.name.clone();
    let mut filling = Filling {
        step: &name,
        answered: Vec::new(),
        problems,
    };
    if let Some(label) = &supplied.label {
        step.label = Some(Spanned::new(label.value.clone(), name.span));
    }
    let mut allow = supplied.allow.clone();
    place::allowances(&mut allow, name.span);
    step.allow.append(&mut allow);

    let heard = step.prompt.as_ref().map_or(name.span, |prompt| prompt.span);
    if let Some(prompt) = &supplied.prompt {
        let open = step.prompt.as_ref().is_none_or(has_unknown_words);
        if filling.may("prompt", prompt.span, Some(open)) {
            let mut prompt = prompt.clone();
            place::prompt(&mut prompt, heard);
            step.prompt = Some(prompt);
        }
    }
    if let Some((reprompts, span)) = &supplied.reprompts {
        let to = match &mut step.kind {
            StepKind::Menu(menu) => Some(&mut menu.reprompts),
            StepKind::Collect(collect) => Some(&mut collect.reprompts),
            _ => None,
        };
        let open = to.as_ref().map(|to| to.no_input.is_empty() && to.no_match.is_empty());
        if filling.may("reprompts", *span, open)
            && let Some(to) = to
        {
            *to = reprompts.clone();
            place::reprompts(to, heard);
        }
    }
    kinds(&mut filling, supplied, &mut step.kind);
    lists(&mut filling, supplied, &mut step.kind);

    let answered = filling.answered;
    tree.unknowns.retain(|unknown| {
        let answers = |(field, what): &(&str, &str)| answered.contains(field) && unknown.what.starts_with(what);
        unknown.step.as_ref() != Some(&name.value) || !ANSWERS.iter().any(answers)
    });
}

struct Filling<'f> {
    step: &'f Text,
    answered: Vec<&'static str>,
    problems: &'f mut Vec<Problem>,
}

impl Filling<'_> {
    /// Whether a field may be supplied: `open` is whether the original leaves it open, `None` where it has none.
    fn may(&mut self, name: &'static str, span: Span, open: Option<bool>) -> bool {
        match open {
            Some(true) => self.answered.push(name),
            Some(false) => self.problems.push(known(name, span)),
            None => self.problems.push(Problem::new(
                ProblemKind::UnknownField,
                span,
                format!("the step `{}` is of a kind that has no `{name}`", self.step.value),
            )),
        }
        open == Some(true)
    }

    /// Fills a field that is absent.
    fn fill<T: Clone>(&mut self, name: &'static str, from: Option<&Spanned<T>>, to: Option<&mut Option<Spanned<T>>>) {
        self.fill_if(name, from, to, |_| false);
    }

    /// Fills a field that is absent, or that says as good as nothing.
    fn fill_if<T: Clone>(
        &mut self,
        name: &'static str,
        from: Option<&Spanned<T>>,
        to: Option<&mut Option<Spanned<T>>>,
        vague: impl FnOnce(&T) -> bool,
    ) {
        let Some(from) = from else {
            return;
        };
        let open = to.as_ref().map(|to| to.as_ref().is_none_or(|old| vague(&old.value)));
        if self.may(name, from.span, open)
            && let Some(to) = to
        {
            *to = Some(Spanned::new(from.value.clone(), self.step.span));
        }
    }
}

/// Fields of one value.
fn kinds(f: &mut Filling<'_>, from: &Supplied, kind: &mut StepKind) {
    let (mut schedule, mut reaches, mut wait, mut pool, mut reason) = (None, None, None, None, None);
    let (mut succeeds, mut takes, mut purpose, mut owner, mut within) = (None, None, None, None, None);
    let mut collect = None;
    match kind {
        StepKind::Hours { schedule: to, .. } => schedule = Some(to),
        StepKind::Queue(queue) => (wait, pool) = (Some(&mut queue.wait), Some(&mut queue.pool)),
        StepKind::Transfer(to) => (reaches, wait) = (Some(&mut to.reaches), Some(&mut to.wait)),
        StepKind::HangUp { reason: to } => reason = Some(to),
        StepKind::Collect(to) => collect = Some(to),
        StepKind::SelfService {
            succeeds: s, takes: t, ..
        } => (succeeds, takes) = (Some(s), Some(t)),
        StepKind::Message { purpose: to, .. } => purpose = Some(to),
        StepKind::Voicemail {
            owner: o,
            answered_within: w,
            ..
        }
        | StepKind::Callback {
            owner: o, within: w, ..
        } => {
            (owner, within) = (Some(o), Some(w));
        }
        _ => {}
    }
    f.fill("schedule", from.schedule.as_ref(), schedule);
    f.fill_if("reaches", from.reaches.as_ref(), reaches, |old| {
        *old == Reaches::Unknown
    });
    f.fill("wait", from.wait.as_ref(), wait);
    f.fill("pool", from.pool.as_ref(), pool);
    f.fill("reason", from.reason.as_ref(), reason);
    f.fill("succeeds", from.succeeds.as_ref(), succeeds);
    f.fill("takes", from.takes.as_ref(), takes);
    f.fill("purpose", from.purpose.as_ref(), purpose);
    f.fill("owner", from.owner.as_ref(), owner);
    f.fill("within", from.within.as_ref(), within);
    let (mut collects, mut digits, mut source, mut accepted) = (None, None, None, None);
    if let Some(to) = collect {
        (collects, digits) = (Some(&mut to.collects), Some(&mut to.digits));
        (source, accepted) = (Some(&mut to.source), Some(&mut to.accepted));
    }
    f.fill_if("collects", from.collects.as_ref(), collects, |old| {
        old.starts_with(UNNAMED)
    });
    // A range may be narrowed: the file knows how many digits it takes, the caller how many there are.
    f.fill_if("digits", from.digits.as_ref(), digits, |old| {
        from.digits
            .is_some_and(|new| old.min <= new.value.min && new.value.max <= old.max && old.min < old.max)
    });
    f.fill("source", from.source.as_ref(), source);
    f.fill("accepted", from.accepted.as_ref(), accepted);
}

/// Fields of several values.
fn lists(f: &mut Filling<'_>, from: &Supplied, kind: &mut StepKind) {
    if let Some(announces) = &from.announces {
        let to = match &mut *kind {
            StepKind::Queue(queue) => Some(&mut queue.announces),
            _ => None,
        };
        if f.may("announces", announces.span, to.as_ref().map(|to| to.is_empty()))
            && let Some(to) = to
        {
            to.clone_from(&announces.value);
        }
    }
    if let Some(receives) = &from.receives {
        let to = match kind {
            StepKind::Queue(queue) => Some(&mut queue.receives),
            StepKind::Transfer(transfer) => Some(&mut transfer.receives),
            StepKind::Agent { receives } => Some(receives),
            _ => None,
        };
        // No foreign file says it; an importer only supposes.
        if f.may("receives", receives.span, to.as_ref().map(|_| true))
            && let Some(to) = to
        {
            let place = f.step.span;
            *to = receives
                .value
                .iter()
                .map(|name| Spanned::new(name.value.clone(), place))
                .collect();
        }
    }
}

/// Which unknowns each field answers, by their beginnings.
const ANSWERS: &[(&str, &str)] = &[
    ("prompt", "the wording"),
    ("prompt", "words that"),
    ("wait", "how long callers"),
    ("pool", "how long callers"),
    ("schedule", "the opening hours"),
    ("reaches", "what `"),
    ("reaches", "what the transfer"),
    ("reaches", "where the call goes"),
];

fn has_unknown_words(prompt: &Prompt) -> bool {
    prompt
        .segments
        .iter()
        .any(|segment| matches!(segment.content, Content::Audio { text: None, .. } | Content::Value(_)))
}

/// A schedule or a pool that is named must be there, in the original or in the overlay.
fn check_names(supplied: &Supplied, tree: &PhoneTree, problems: &mut Vec<Problem>) {
    let schedules: Vec<&str> = tree.schedules.iter().map(|s| s.name.value.as_str()).collect();
    let pools: Vec<&str> = tree.pools.iter().map(|p| p.name.value.as_str()).collect();
    for (what, name, names) in [
        ("schedule", &supplied.schedule, schedules),
        ("pool", &supplied.pool, pools),
    ] {
        if let Some(name) = name
            && !names.contains(&name.value.as_str())
        {
            let message = format!("there is no {what} called `{}`", name.value);
            let problem = Problem::new(ProblemKind::UndefinedReference, name.span, message);
            problems.push(match nearest(&name.value, names) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help(format!("define it under `{what}s:` at the top of the overlay")),
            });
        }
    }
}
