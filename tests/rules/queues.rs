//! Rules on waiting, on the order of options, on attempts, and on ways that sell.

use crate::{found, is_silent, says, says_only, tree};
use presszero::finding::Confidence;

const BACK: &str = "  back: {kind: callback, within: 1h, owner: Agents}\n  bye: {kind: hang-up, reason: error}\n";

fn queue(fields: &str) -> String {
    tree("agents", &format!("  agents: {{kind: queue, {fields}}}\n{BACK}"))
}

/// One person who takes five minutes for a call, and callers who hardly ever give up.
fn one_person(per_hour: u32, fields: &str) -> String {
    format!(
        "phone-tree: 1\nentry: agents\narrivals: {{daily: {{24h: {per_hour} per hour}}}}\n\
         pools: {{p: {{agents: {{daily: {{24h: 1}}}}, handle-time: 5m, patience: 100h}}}}\n\
         steps:\n  agents: {{kind: queue, pool: p{fields}}}\n{BACK}"
    )
}

#[test]
fn a_declared_wait_is_long_from_its_limit_on() {
    says_only(
        "wait-too-long",
        &queue("wait: 3m"),
        "warning agents: callers wait 180 s in `agents`",
    );
    is_silent("wait-too-long", &queue("wait: 179s"));
}

#[test]
fn an_unknown_wait_is_not_judged() {
    for rule in [
        "wait-too-long",
        "no-wait-information",
        "no-callback-offer",
        "queue-after-long-menu",
    ] {
        is_silent(rule, &queue("prompt: Please hold."));
    }
}

#[test]
fn a_computed_wait_is_that_of_the_theory() {
    // One server, half busy: five minutes (M/M/1), less what the few take off who give up: 298.3 s by the balance of
    // Erlang's A-formula, added up state by state.
    let text = one_person(6, "");
    says_only("wait-too-long", &text, "warning agents: callers wait 298 s in `agents`");
    assert_eq!(found("wait-too-long", &text)[0].confidence, Confidence::Likely);
    // A quarter busy: 0.25 / (12 - 3 an hour) is 100 s.
    is_silent("wait-too-long", &one_person(3, ""));
    says_only(
        "no-wait-information",
        &one_person(3, ""),
        "warning agents: callers wait 100 s in `agents` and are not told how long",
    );
}

#[test]
fn a_wait_that_is_told_is_no_fault_of_telling() {
    is_silent("no-wait-information", &queue("wait: 9m, announces: [position]"));
    is_silent("no-wait-information", &queue("wait: 59s"));
}

#[test]
fn a_call_back_is_offered_by_an_announced_key_or_by_overflow() {
    let rule = "no-callback-offer";
    let hidden = queue("wait: 5m, prompt: Please hold., keys: {1: back}");
    says_only(
        rule,
        &hidden,
        "warning agents: callers wait 300 s in `agents` and cannot ask to be called back",
    );
    is_silent(
        rule,
        &queue("wait: 5m, prompt: 'To be called back, press 1.', keys: {1: back}"),
    );
    is_silent(rule, &queue("wait: 5m, overflow: {after: 2m, to: back}"));
    assert_eq!(says(rule, &queue("wait: 5m, overflow: {after: 2m, to: bye}")).len(), 1);
}

fn after_menu(seconds: u32, wait: &str) -> String {
    tree(
        "main",
        &format!(
            "  main: {{kind: menu, prompt: [{{audio: a.wav, seconds: {seconds}}}, 'For a person, press 0.'], keys: {{0: agents}}, \
             no-input: agents, no-match: agents}}\n  agents: {{kind: queue, wait: {wait}}}"
        ),
    )
}

#[test]
fn menu_and_wait_count_as_one() {
    let rule = "queue-after-long-menu";
    // 100 s, five words in 2 s, 1.9 s to react, to press and to listen again, then 90 s.
    says_only(
        rule,
        &after_menu(100, "90s"),
        "warning agents: it takes 194 s until a person of `agents` speaks",
    );
    is_silent(rule, &after_menu(80, "90s"));
    assert_eq!(says(rule, &after_menu(100, "4m"))[0].split(' ').next(), Some("error"));
}

#[test]
fn a_wait_that_is_too_long_by_itself_is_not_told_twice() {
    is_silent("queue-after-long-menu", &after_menu(10, "4m"));
}

#[test]
fn overflow_may_lead_to_people_and_promises_only() {
    let rule = "queue-overflow-to-menu-or-hang-up";
    is_silent(rule, &queue("overflow: {after: 2m, to: back}"));
    says_only(
        rule,
        &queue("overflow: {after: 2m, to: bye}"),
        "error agents: `agents` hangs up on those who waited too long",
    );
    says_only(
        rule,
        &queue("full: bye"),
        "warning agents: `agents` hangs up on those who find it full",
    );
    let round = |to: &str| {
        tree(
            "main",
            &format!(
                "  main: {{kind: menu, prompt: 'For a person, press 0.', keys: {{0: agents}}, no-input: agents, no-match: agents}}\n  \
                 sorry: {{kind: message, prompt: We are busy., then: main}}\n  \
                 offer: {{kind: menu, prompt: 'For a call back, press 1.', keys: {{1: back}}, no-input: back, no-match: back}}\n  \
                 agents: {{kind: queue, overflow: {{after: 2m, to: {to}}}}}\n{BACK}"
            ),
        )
    };
    says_only(
        rule,
        &round("sorry"),
        "error agents: `agents` sends those back to `main` who waited too long",
    );
    is_silent(rule, &round("offer"));
}

fn attempts(attempts: &str, then: &str) -> String {
    tree(
        "main",
        &format!(
            "  main: {{kind: menu, prompt: 'For a person, press 0.', attempts: {attempts}, keys: {{0: agents}}, \
             no-input: {then}, no-match: {then}}}\n  agents: {{kind: agent}}\n{BACK}"
        ),
    )
}

#[test]
fn a_recogniser_may_ask_again_by_itself() {
    let text = tree(
        "main",
        "  main: {kind: menu, prompt: How may I help you?, attempts: 1, says: {agents: [a person]}, no-input: bye, no-match: bye}\n  \
         agents: {kind: agent}\n  bye: {kind: hang-up, reason: error}\n",
    );
    is_silent("retry-count", &text);
}

#[test]
fn two_or_three_attempts_are_enough() {
    let rule = "retry-count";
    for enough in ["2", "3"] {
        is_silent(rule, &attempts(enough, "bye"));
    }
    says_only(
        rule,
        &attempts("4", "agents"),
        "warning main: `main` is tried 4 times before anything else happens",
    );
    says_only(
        rule,
        &attempts("1", "bye"),
        "warning main: `main` gives up after one attempt",
    );
    is_silent(rule, &attempts("1", "agents"));
}

#[test]
fn another_round_is_another_attempt() {
    let text = tree(
        "main",
        "  main: {kind: menu, prompt: 'For a person, press 0.', attempts: 1, keys: {0: agents}, no-input: sorry, no-match: sorry}\n  \
         sorry: {kind: message, prompt: Sorry., then: again}\n  \
         again: {kind: loop, counter: tries, times: 2, again: main, done: bye}\n  \
         agents: {kind: agent}\n  bye: {kind: hang-up, reason: error}\n",
    );
    is_silent("retry-count", &text);
}

#[test]
fn who_was_told_that_she_may_hang_up_needs_no_second_attempt() {
    let text = tree(
        "main",
        "  main: {kind: menu, prompt: 'PROMPT', attempts: 1, keys: {1: agents}, no-input: bye, no-match: bye}\n  \
         agents: {kind: agent}\n  bye: {kind: hang-up}\n",
    );
    let told = |prompt: &str| says("retry-count", &text.replace("PROMPT", prompt)).len();
    assert_eq!(told("It is done. To begin again, press 1."), 1);
    assert_eq!(
        told("It is done. To begin again, press 1. Otherwise, you can now hang up."),
        0
    );
}

fn shares(one: u32, two: u32, three: u32, more: &str) -> String {
    tree(
        "main",
        &format!(
            "  main: {{kind: menu, prompt: 'For aa, press 1. For bb, press 2. For cc, press 3. For a person, press 0.', \
             keys: {{1: {{to: a, share: {one}}}, 2: {{to: b, share: {two}}}, 3: {{to: c, share: {three}}}, \
             0: {{to: a, role: operator}}{more}}}, no-input: a, no-match: a}}\n  \
             a: {{kind: agent}}\n  b: {{kind: agent}}\n  c: {{kind: agent}}"
        ),
    )
}

#[test]
fn the_order_of_demand_saves_what_it_saves() {
    let rule = "option-order-not-by-demand";
    // Four words take 1.6 s and a pause 0.5 s: options are known after 1.6, 3.7 and 5.8 s.
    // Now 0.1 * 1.6 + 0.2 * 3.7 + 0.7 * 5.8 = 4.96; turned round 2.44.
    let text = shares(10, 20, 70, "");
    says_only(
        rule,
        &text,
        "info main: in the order of demand the options of `main` would save 2.5 s a call",
    );
    assert!(found(rule, &text)[0].help[0].contains("3, 2, 1, 0"));
    is_silent(rule, &shares(70, 20, 10, ""));
}

#[test]
fn without_all_shares_the_order_is_not_judged() {
    let text = shares(10, 20, 70, "").replace("{to: b, share: 20}", "b");
    is_silent("option-order-not-by-demand", &text);
}

#[test]
fn an_urgent_option_may_come_first() {
    let text = shares(1, 60, 39, "");
    assert_eq!(says("option-order-not-by-demand", &text).len(), 1);
    let urgent = text.replacen("steps:", "callers: {leak: {served-by: [a], urgent: true}}\nsteps:", 1);
    is_silent("option-order-not-by-demand", &urgent);
}

fn sells(first: &str, second: &str) -> String {
    tree(
        "main",
        &format!(
            "  main: {{kind: menu, prompt: 'For {first}, press 1. For more, press 2.', keys: {{1: a, 2: more}}, no-input: a, no-match: a}}\n  \
             more: {{kind: menu, prompt: 'For bills, press 1. For {second}, press 2.', keys: {{1: a, 2: b}}, no-input: a, no-match: a}}\n  \
             a: {{kind: agent}}\n  b: {{kind: agent}}"
        ),
    )
}

#[test]
fn those_who_leave_are_as_near_as_those_who_buy() {
    let rule = "sales-path-favoured";
    says_only(
        rule,
        &sells("sales", "complaints"),
        "warning more 2: \"For sales\" is offered a person after 1 menu, \"For complaints\" only after 2 menus",
    );
    is_silent(rule, &sells("complaints", "sales"));
    is_silent(rule, &sells("sales", "repairs"));
}

#[test]
fn reasons_to_call_tell_where_options_do_not() {
    let callers = "callers: {buy: {served-by: [a]}, cancel: {served-by: [b]}}\nsteps:";
    let text = sells("new things", "other things").replacen("steps:", callers, 1);
    assert_eq!(says("sales-path-favoured", &text).len(), 1);
    let turned = text.replace("[a]", "[c]").replace("[b]", "[a]").replace("[c]", "[b]");
    is_silent("sales-path-favoured", &turned);
}

#[test]
fn adverts_on_hold_are_told_once() {
    let rule = "hold-advertising";
    let holds = |message: &str| {
        tree(
            "main",
            &format!(
                "  main: {{kind: menu, prompt: '1', keys: {{1: agents, 2: others}}, no-input: agents, no-match: agents}}\n  \
                 agents: {{kind: queue, while-waiting: music}}\n  others: {{kind: queue, while-waiting: music}}\n  \
                 music: {{kind: message, {message}, then: more}}\n  more: {{kind: message, prompt: Please hold., then: music}}"
            ),
        )
    };
    says_only(
        rule,
        &holds("purpose: marketing, prompt: [{audio: a.wav}]"),
        "warning music: `music` is an advert, heard while waiting in `agents`",
    );
    says_only(
        rule,
        &holds("prompt: Ask us about our new plans."),
        "warning music: `music` says \"Ask us about our new\" while callers wait",
    );
    is_silent(rule, &holds("prompt: You can pay online as well."));
    is_silent(
        rule,
        &holds("prompt: [{text: Ask us about our new plans., language: fi}]"),
    );
    let joining = queue("prompt: For a limited time everything is half price.");
    assert_eq!(says(rule, &joining).len(), 1);
}

#[test]
fn music_may_be_interrupted_to_tell_something() {
    let rule = "hold-interruption-rate";
    says_only(
        rule,
        &queue("message-every: 20s"),
        "info agents: a message cuts into the music of `agents` every 20 s and tells nothing new",
    );
    is_silent(rule, &queue("message-every: 31s"));
    is_silent(rule, &queue("message-every: 20s, announces: [position]"));
    is_silent(rule, &queue("wait: 5m"));
}

#[test]
fn a_key_leads_out_of_a_queue() {
    let rule = "no-exit-from-queue";
    says_only(
        rule,
        &queue("wait: 2m"),
        "info agents: callers wait 120 s in `agents`, and no key does anything there",
    );
    is_silent(rule, &queue("wait: 2m, keys: {1: back}"));
    is_silent(rule, &queue("wait: 59s"));
    is_silent(rule, &queue("prompt: Please hold."));
    // Of longer waits it is said that a call back is wanted.
    is_silent(rule, &queue("wait: 3m"));
    assert_eq!(says("no-callback-offer", &queue("wait: 3m")).len(), 1);
}
