//! Rules on traps.

use crate::{found, is_silent, says, says_only, tree};

const ENDS: &str =
    "  agents: {kind: agent}\n  bye: {kind: hang-up, reason: served}\n  cut: {kind: hang-up, reason: error}\n";

fn line(steps: &str) -> String {
    tree("main", &format!("{steps}\n{ENDS}"))
}

fn menu(keys: &str, no_input: &str) -> String {
    line(&format!(
        "  main: {{kind: menu, prompt: 'For refunds, press 1. For a person, press 0.', keys: {{{keys}}}, no-input: {no_input}, no-match: {no_input}}}\n  \
         refunds: {{kind: message, prompt: Not here., then: cut}}\n  \
         served: {{kind: message, prompt: It is done., then: bye}}\n  \
         unsaid: {{kind: hang-up}}"
    ))
}

#[test]
fn an_option_that_ends_the_call_unserved_is_a_dead_end() {
    says_only(
        "dead-end",
        &menu("1: refunds, 0: agents", "agents"),
        "error main 1: option 1 at `main` leads to `refunds`, and from there to nothing but the end of the call",
    );
}

#[test]
fn options_into_one_dead_end_are_told_together() {
    let said = found("dead-end", &menu("1: refunds, 2: refunds, 0: agents", "agents"));
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].related.len(), 1);
}

#[test]
fn an_option_that_ends_served_or_without_a_reason_is_none() {
    is_silent("dead-end", &menu("1: served, 0: agents", "agents"));
    is_silent("dead-end", &menu("1: unsaid, 0: agents", "agents"));
}

#[test]
fn errors_are_no_dead_end() {
    is_silent("dead-end", &menu("1: served, 0: agents", "cut"));
}

#[test]
fn an_option_that_is_dead_only_at_night_is_none() {
    let text = menu("1: clock, 0: agents", "agents")
        .replace(
            "entry: main",
            "entry: main\nschedules: {office: {time-zone: Europe/London, open: {mon-fri: '09:00-17:00'}}}",
        )
        .replace(
            "  refunds:",
            "  clock: {kind: hours, schedule: office, open: agents, closed: cut}\n  refunds:",
        );
    is_silent("dead-end", &text);
    assert_eq!(says("after-hours-dead-end", &text).len(), 1);
}

fn looping(orders: &str) -> String {
    line(&format!(
        "  main: {{kind: menu, prompt: 'For orders, press 1. For a person, press 0.', keys: {{1: orders, 0: agents}}, no-input: agents, no-match: agents}}\n  \
         orders: {{kind: menu, prompt: 'To track, press 1.', keys: {{1: track{orders}}}, no-input: orders, no-match: orders}}\n  \
         track: {{kind: message, prompt: It is coming., then: orders}}"
    ))
}

#[test]
fn a_loop_without_a_way_out_is_a_trap() {
    let said = found("trap-loop", &looping(""));
    assert_eq!(said.len(), 1);
    assert_eq!(
        said[0].message,
        "a caller who presses 1 goes round between 2 steps without a way out"
    );
    assert_eq!(said[0].at.option.as_deref(), Some("1"));
    assert_eq!(
        said[0].notes[0],
        "the loop is `orders`, `track`; only hanging up ends it"
    );
}

#[test]
fn a_loop_with_a_hidden_way_out_is_a_trap_for_those_who_do_not_know_it() {
    says_only(
        "trap-loop",
        &looping(", 0: agents"),
        "error main 1: a caller who presses 1 goes round between 2 steps without an announced way out",
    );
}

#[test]
fn a_loop_with_an_announced_way_out_or_one_that_may_be_is_none() {
    is_silent("trap-loop", &looping(", 2: {to: agents, announced: true}"));
    is_silent(
        "trap-loop",
        &looping(", 2: agents").replace("'To track, press 1.'", "[{audio: a.wav}]"),
    );
}

#[test]
fn a_loop_that_silence_leads_out_of_is_none() {
    is_silent("trap-loop", &looping("").replace("no-input: orders", "no-input: bye"));
}

#[test]
fn two_loops_need_two_ways_out() {
    let text = looping("").replace("0: agents}", "0: agents, 2: bills}")
        + "  bills: {kind: menu, prompt: 'To hear it again, press 1.', keys: {1: bills}, no-input: bills, no-match: bills}\n";
    let said = found("trap-loop", &text);
    assert_eq!(said.len(), 2);
    assert!(
        said[0]
            .help
            .contains(&"2 ways out are needed in all, one for each loop".to_owned())
    );
}

#[test]
fn a_call_that_is_ended_after_errors_is_told_once_for_all_steps() {
    let text = menu("1: orders, 0: agents", "cut").replace(
        "  refunds:",
        "  orders: {kind: collect, collects: order, then: agents, attempts: 2, otherwise: cut}\n  refunds:",
    );
    says_only(
        "hang-up-after-errors",
        &text,
        "error main: the call is ended by way of `cut` after silence or mistakes at all 2 steps that ask for something",
    );
}

#[test]
fn a_step_without_a_word_on_errors_drops_the_line() {
    let text = line("  main: {kind: menu, prompt: 'For a person, press 0.', keys: {0: agents}, no-input: agents}");
    says_only(
        "hang-up-after-errors",
        &text,
        "error main: the line drops after mistakes at `main`",
    );
}

#[test]
fn a_counted_loop_before_the_end_is_more_attempts() {
    let text = menu("1: served, 0: agents", "retry").replace(
        "  refunds:",
        "  retry: {kind: loop, counter: tries, times: 2, again: main, done: cut}\n  refunds:",
    );
    assert_eq!(says("hang-up-after-errors", &text).len(), 1);
}

#[test]
fn errors_that_lead_to_a_person_or_end_served_are_fine() {
    is_silent("hang-up-after-errors", &menu("1: refunds, 0: agents", "agents"));
    is_silent("hang-up-after-errors", &menu("1: refunds, 0: agents", "bye"));
}

fn office(closed: &str, more: &str) -> String {
    format!(
        "phone-tree: 1\nentry: clock\n\
         schedules: {{office: {{time-zone: Europe/London, open: {{mon-fri: '09:00-17:00'}}, closed-on: [2026-12-25]}}}}\nsteps:\n  \
         clock: {{kind: hours, schedule: office, open: agents, {closed}}}\n{more}\n{ENDS}"
    )
}

#[test]
fn a_closed_line_that_says_nothing_is_a_dead_end() {
    says_only(
        "after-hours-dead-end",
        &office("closed: bye", ""),
        "warning clock: when `clock` finds the line closed, the call ends without voicemail, call-back or opening hours",
    );
}

#[test]
fn a_holiday_may_be_the_only_dead_end() {
    let mail = "  mail: {kind: voicemail, owner: us, answered-within: 1h, then: bye}\n  \
                rest: {kind: message, prompt: We are closed for the holiday., then: bye}";
    says_only(
        "after-hours-dead-end",
        &office("closed: mail, holiday: rest", mail),
        "warning clock: when `clock` finds a holiday, the call ends without voicemail, call-back or opening hours",
    );
    is_silent("after-hours-dead-end", &office("closed: mail", mail));
}

#[test]
fn stated_hours_and_unknown_words_are_enough() {
    let told = "  told: {kind: message, prompt: 'We are open from nine to five.', then: bye}";
    is_silent("after-hours-dead-end", &office("closed: told", told));
    is_silent(
        "after-hours-dead-end",
        &office(
            "closed: told",
            &told.replace("'We are open from nine to five.'", "'Please call on Monday.'"),
        ),
    );
    is_silent(
        "after-hours-dead-end",
        &office(
            "closed: told",
            &told.replace("'We are open from nine to five.'", "[{audio: a.wav}]"),
        ),
    );
    let nobody = told.replace("'We are open from nine to five.'", "No one is here.");
    assert_eq!(says("after-hours-dead-end", &office("closed: told", &nobody)).len(), 1);
}

#[test]
fn a_line_that_never_closes_has_no_dead_end() {
    let text = office("closed: bye", "").replace("{mon-fri: '09:00-17:00'}, closed-on: [2026-12-25]", "{daily: 24h}");
    is_silent("after-hours-dead-end", &text);
}

fn help_menu(words: &str, option: &str) -> String {
    line(&format!(
        "  main: {{kind: menu, prompt: 'For sales, press 1. For help, press 2.', keys: {{1: agents, 2: help}}, no-input: agents, no-match: agents}}\n  \
         help: {{kind: menu, prompt: 'For repairs, press 1. {words}, press 2.', keys: {{1: agents, 2: {option}}}, no-input: agents, no-match: agents}}\n  \
         silent: {{kind: message, then: main}}\n  \
         spoken: {{kind: message, prompt: We have moved., then: main}}"
    ))
}

#[test]
fn a_choice_that_leads_back_is_a_loop() {
    for target in ["main", "silent"] {
        says_only(
            "menu-loop-on-choice",
            &help_menu("For anything else", target),
            "warning help 2: \"For anything else\" leads from `help` back to `main`",
        );
    }
    says_only(
        "menu-loop-on-choice",
        &help_menu("For refunds", "help"),
        "warning help 2: \"For refunds\" leads from `help` to `help` again",
    );
}

#[test]
fn going_back_news_and_progress_are_no_loop() {
    is_silent("menu-loop-on-choice", &help_menu("For the main menu", "main"));
    is_silent(
        "menu-loop-on-choice",
        &help_menu("For anything else", "{to: main, role: main-menu}"),
    );
    is_silent(
        "menu-loop-on-choice",
        &help_menu("For refunds", "{to: main, sets: {topic: refund}}"),
    );
    is_silent("menu-loop-on-choice", &help_menu("For our address", "spoken"));
}

#[test]
fn a_menu_that_another_way_leads_to_was_not_always_heard() {
    let text = help_menu("For anything else", "other").replace(
        "  silent:",
        "  other: {kind: menu, prompt: 'For bills, press 1. For help, press 2.', keys: {1: agents, 2: help}, no-input: agents, no-match: agents}\n  silent:",
    );
    is_silent(
        "menu-loop-on-choice",
        &text.replacen("{1: agents, 2: help}", "{1: other, 2: help}", 1),
    );
}

/// A menu in front of the hours.
fn late(keys: &str, closed: &str) -> String {
    line(&format!(
        "  main: {{kind: menu, prompt: 'For sales, press 1. For repairs, press 2.', keys: {{{keys}}}, no-input: clock, no-match: clock}}\n  \
         clock: {{kind: hours, schedule: office, open: agents, closed: {closed}}}\n  \
         closed: {{kind: message, prompt: We are closed., then: shut}}\n  \
         shut: {{kind: hang-up, reason: closed}}\n  \
         told: {{kind: message, prompt: It is done., then: bye}}\n  \
         one: {{kind: voicemail, owner: Sales, answered-within: 1 business day}}\n  \
         two: {{kind: voicemail, owner: Repairs, answered-within: 1 business day}}"
    ))
    .replace(
        "entry: main",
        "entry: main\nschedules: {office: {time-zone: Europe/London, open: {mon-fri: '09:00-17:00'}, closed-on: [2026-12-25]}}",
    )
}

#[test]
fn questions_before_the_closed_door_are_asked_in_vain() {
    says_only(
        "closed-told-late",
        &late("1: clock, 2: clock", "closed"),
        "warning main: callers who call when nobody is there are asked `main` before they are told",
    );
    assert_eq!(says("closed-told-late", &late("1: clock, 2: clock", "one")).len(), 1);
}

#[test]
fn questions_that_help_at_night_are_not_in_vain() {
    // Self-service, a person who is always there, and a choice between mailboxes.
    is_silent("closed-told-late", &late("1: told, 2: clock", "closed"));
    is_silent("closed-told-late", &late("1: agents, 2: clock", "closed"));
    let boxes = late("1: clock, 2: clock-2", "one").replace(
        "  closed:",
        "  clock-2: {kind: hours, schedule: office, open: agents, closed: two}\n  closed:",
    );
    is_silent("closed-told-late", &boxes);
    let first = late("1: agents, 2: agents", "closed")
        .replace("entry: main", "entry: clock")
        .replace("open: agents", "open: main")
        .replace("no-input: clock, no-match: clock", "no-input: agents, no-match: agents");
    is_silent("closed-told-late", &first);
}

#[test]
fn schedules_say_their_zone_and_their_holidays() {
    let text = late("1: clock, 2: clock", "closed");
    is_silent("undecided-hours", &text);
    says_only(
        "undecided-hours",
        &text.replace(", closed-on: [2026-12-25]", ""),
        "info : schedule `office` lists no holidays",
    );
    says_only(
        "undecided-hours",
        &text.replace("time-zone: Europe/London, ", ""),
        "info : schedule `office` has no time zone",
    );
    says_only(
        "undecided-hours",
        &text.replace("schedule: office", "schedule: unknown"),
        "info clock: `clock` decides by hours that the file does not give",
    );
    let always = text
        .replace(", closed-on: [2026-12-25]", "")
        .replace("mon-fri: '09:00-17:00'", "daily: 24h");
    is_silent("undecided-hours", &always);
}

#[test]
fn a_loop_that_asks_nothing_is_not_told_to_announce() {
    let silent = line(
        "  main: {kind: message, prompt: Please hold., then: more}\n  more: {kind: message, prompt: Hold., then: main}",
    );
    assert!(found("trap-loop", &silent)[0].help[0].starts_with("lead calls to "));
    let asks = menu("1: main", "main");
    assert!(found("trap-loop", &asks)[0].help[0].starts_with("announce a way to "));
}

#[test]
fn a_recogniser_may_have_asked_again_before_the_call_is_cut() {
    let cut = |choices: &str| {
        let steps = format!(
            "  main: {{kind: menu, prompt: 'How can we help?', attempts: 1, {choices}, no-input: cut, no-match: cut}}"
        );
        found("hang-up-after-errors", &line(&steps))[0].notes[0].clone()
    };
    assert!(cut("keys: {1: agents}").contains("at the first failed attempt"));
    assert!(cut("says: {agent: agents}").contains("is cut off when that fails"));
}

/// Whether the line drops does not depend on whom a transfer reaches.
#[test]
fn who_fails_is_cut_off_even_where_nobody_knows_whom_a_transfer_reaches() {
    let text = tree(
        "main",
        "  main: {kind: menu, prompt: 'For sales, press 1.', keys: {1: sales}, no-input: cut, no-match: cut}\n  \
         sales: {kind: transfer, number: '100'}\n  cut: {kind: hang-up, reason: error}\n",
    );
    assert_eq!(found("hang-up-after-errors", &text).len(), 1);
    assert_eq!(found("silent-caller-stranded", &text).len(), 0);
    let nobody = text.replace("kind: transfer, number: '100'", "kind: hang-up, reason: served");
    is_silent("hang-up-after-errors", &nobody);
}

#[test]
fn what_follows_every_entry_follows_no_mistake() {
    let text = |no_match: &str| {
        tree(
            "main",
            &format!(
                "  main: {{kind: collect, collects: number, prompt: The number?, then: thanks, no-input: agents, no-match: {no_match}}}\n  \
                 thanks: {{kind: message, prompt: You are booked. Goodbye., then: bye}}\n  bye: {{kind: hang-up}}\n  \
                 cut: {{kind: hang-up, reason: error}}\n  agents: {{kind: agent}}\n"
            ),
        )
    };
    is_silent("hang-up-after-errors", &text("thanks"));
    assert_eq!(found("hang-up-after-errors", &text("cut")).len(), 1);
}

#[test]
fn where_every_key_is_an_option_none_is_wrong() {
    let text = |keys: &str| {
        tree(
            "main",
            &format!(
                "  main: {{kind: menu, prompt: 'Press any key.', keys: {{{keys}}}, no-input: agents, no-match: cut}}\n  \
                 cut: {{kind: hang-up, reason: error}}\n  agents: {{kind: agent}}\n"
            ),
        )
    };
    is_silent("hang-up-after-errors", &text("X: agents, '*': agents, '#': agents"));
    assert_eq!(found("hang-up-after-errors", &text("X: agents, '*': agents")).len(), 1);
}
