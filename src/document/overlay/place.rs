//! Supplied values take the place in the original of what they complete, so that findings point into one file.

use crate::document::tree::{Allowance, Expectation, PhoneTree, Prompt, Reprompts, Target, Text};
use crate::source::{Span, Spanned};

fn text(text: &mut Text, to: Span) {
    text.span = to;
}

fn value<T>(value: &mut Option<Spanned<T>>, to: Span) {
    if let Some(value) = value {
        value.span = to;
    }
}

fn target(target: &mut Target, to: Span) {
    target.name.span = to;
}

/// Moves findings that are allowed.
pub fn allowances(allow: &mut [Allowance], to: Span) {
    for allowance in allow {
        text(&mut allowance.rule, to);
        text(&mut allowance.reason, to);
    }
}

/// Moves a prompt with its parts.
pub fn prompt(prompt: &mut Prompt, to: Span) {
    prompt.span = to;
    for segment in &mut prompt.segments {
        segment.span = to;
    }
}

/// Moves what is heard from the second attempt on.
pub fn reprompts(reprompts: &mut Reprompts, to: Span) {
    for one in reprompts.no_input.iter_mut().chain(&mut reprompts.no_match) {
        prompt(one, to);
    }
}

/// Moves what is supplied for a whole tree to one place of it.
pub fn plan(plan: &mut PhoneTree, to: Span) {
    value(&mut plan.name, to);
    value(&mut plan.language, to);
    value(&mut plan.voice.words_per_minute, to);
    value(&mut plan.voice.pause_between_options, to);
    for schedule in &mut plan.schedules {
        text(&mut schedule.name, to);
        value(&mut schedule.time_zone, to);
        for date in schedule.closed_on.iter_mut().chain(&mut schedule.open_on) {
            date.span = to;
        }
    }
    for intent in &mut plan.callers {
        text(&mut intent.name, to);
        value(&mut intent.share, to);
        intent.served_by.iter_mut().for_each(|one| target(one, to));
    }
    for own in &mut plan.behaviour {
        text(&mut own.caller, to);
        for (name, value) in &mut own.values {
            text(name, to);
            text(value, to);
        }
    }
    for arrival in &mut plan.arrivals {
        arrival.per_hour.span = to;
    }
    for pool in &mut plan.pools {
        text(&mut pool.name, to);
        value(&mut pool.handle_time, to);
        value(&mut pool.patience, to);
    }
    for call in &mut plan.calls {
        call.span = to;
        value(&mut call.name, to);
        value(&mut call.at, to);
        for (name, answer) in &mut call.given {
            text(name, to);
            text(answer, to);
        }
        for act in &mut call.does {
            act.span = to;
        }
        for expected in &mut call.expect {
            expected.span = to;
            if let Expectation::Reaches(one) = &mut expected.value {
                target(one, to);
            }
        }
    }
    value(&mut plan.budgets.seconds_to_human, to);
    value(&mut plan.budgets.menus_to_human, to);
    value(&mut plan.budgets.repeated_prompts, to);
    allowances(&mut plan.allow, to);
}
