//! What authors promise is held against what is measured.

use crate::{found, is_silent, says, says_only};

fn budgeted(budgets: &str, hours: &str) -> String {
    format!(
        "phone-tree: 1\nentry: main\nbudgets: {{{budgets}}}\nsteps:\n  \
         main: {{kind: menu, prompt: 'For help, press 1.', attempts: 2, keys: {{1: {hours}}}, no-input: help, no-match: help}}\n  \
         help: {{kind: menu, prompt: 'For a person, press 0.', keys: {{0: agents}}, no-input: agents, no-match: agents}}\n  \
         agents: {{kind: agent}}\n"
    )
}

#[test]
fn menus_are_held_against_the_offer() {
    says_only(
        "budget-exceeded",
        &budgeted("menus-to-human: 1", "help"),
        "error : callers hear 2 menus until a person is offered; the budget is 1 menu",
    );
    is_silent("budget-exceeded", &budgeted("menus-to-human: 2", "help"));
}

#[test]
fn the_worst_of_the_staffed_hours_counts() {
    let text = "phone-tree: 1\nentry: hours\nbudgets: {seconds-to-human: 10s, menus-to-human: 1}\n\
                schedules: {day: {time-zone: UTC, open: {mon-fri: '09:00-17:00'}}}\nsteps:\n  \
                hours: {kind: hours, schedule: day, open: agents, closed: night}\n  \
                night: {kind: message, prompt: [{audio: night.wav, seconds: 30}], then: agents}\n  agents: {kind: agent}\n";
    says_only(
        "budget-exceeded",
        text,
        "error : it takes 30 s until a person is reached; the budget is 10 s",
    );
}

#[test]
fn prompts_heard_again_are_expected_ones() {
    // A second attempt without a reprompt says the same: of silence and wrong keys, 5% and 1.9% of calls.
    let said = says("budget-exceeded", &budgeted("repeated-prompts: 0.01", "help"));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].contains("prompts again on average; the budget is 0.01"),
        "{said:?}"
    );
    is_silent("budget-exceeded", &budgeted("repeated-prompts: 0.5", "help"));
}

#[test]
fn the_finding_points_at_the_limit() {
    let text = budgeted("menus-to-human: 1", "help");
    let at = found("budget-exceeded", &text)[0].at.span;
    assert_eq!(&text[at.range()], "1");
}

#[test]
fn a_person_who_is_never_offered_passes_every_number_of_menus() {
    let hidden = budgeted("menus-to-human: 9", "help").replace("'For a person, press 0.'", "'We are here for you.'");
    let hidden = hidden.replace("no-input: agents, no-match: agents", "no-input: main, no-match: main");
    let said = says("budget-exceeded", &hidden);
    assert!(
        said.len() == 1 && said[0].contains("no person is ever offered"),
        "{said:?}"
    );
}
