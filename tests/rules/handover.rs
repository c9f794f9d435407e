//! Rules on handing on.

use crate::{found, is_silent, says, says_only, tree};

fn transfer(fields: &str) -> String {
    tree(
        "desk",
        &format!("  desk: {{kind: transfer, number: '1', reaches: person{fields}}}\n"),
    )
}

#[test]
fn a_transfer_may_take_thirty_seconds() {
    let rule = "transfer-wait";
    is_silent(rule, &transfer(""));
    is_silent(rule, &transfer(", wait: 30s, rings: 90s"));
    says_only(
        rule,
        &transfer(", wait: 45s"),
        "warning desk: callers wait 45 s behind the transfer `desk`",
    );
    assert!(says(rule, &transfer(", wait: 2m"))[0].starts_with("error"));
    is_silent(rule, &transfer(", rings: 60s"));
    says_only(
        rule,
        &transfer(", rings: 90s"),
        "warning desk: `desk` rings for 90 s before anything else happens",
    );
}

#[test]
fn a_promise_names_who_keeps_it_and_when() {
    let rule = "voicemail-without-owner";
    let voicemail = |fields: &str| tree("m", &format!("  m: {{kind: voicemail, prompt: Speak.{fields}}}\n"));
    is_silent(rule, &voicemail(", owner: Desk, answered-within: 1 business day"));
    says_only(
        rule,
        &voicemail(""),
        "warning m: `m` names neither who answers, nor by when",
    );
    says_only(
        rule,
        &voicemail(", owner: Desk"),
        "warning m: `m` does not say by when it is answered",
    );
    let back = tree("b", "  b: {kind: callback, within: 2h}\n");
    says_only(rule, &back, "warning b: `b` does not say who answers");
    assert!(found(rule, &back)[0].help[0].starts_with("add `owner:"));
}

/// A menu before a transfer, and a further tree in the same file.
fn two_trees(transfer: &str, far: &str) -> String {
    format!(
        "{}---\n{}",
        tree(
            "main",
            &format!(
                "  main: {{kind: menu, prompt: 'For claims, press 1. For help, press 2.', keys: {{1: on, 2: agents}}, no-input: agents, no-match: agents}}\n  \
                 on: {{kind: transfer, {transfer}}}\n  agents: {{kind: agent}}"
            )
        ),
        tree("far", far).replace("entry:", "name: Far\nentry:")
    )
}

const MENU: &str = "  far: {kind: menu, prompt: 'For a, press 1.', keys: {1: agents}, no-input: agents, no-match: agents}\n  agents: {kind: agent}";

#[test]
fn who_has_chosen_is_not_asked_by_another_tree() {
    let rule = "transfer-restarts-menu";
    let says_so = "warning on: `on` hands callers who have chosen on to another phone tree";
    says_only(rule, &two_trees("tree: Far", MENU), says_so);
    says_only(rule, &two_trees("number: '1', reaches: phone-tree", MENU), says_so);
    is_silent(rule, &two_trees("tree: Far", "  far: {kind: agent}"));
    is_silent(rule, &two_trees("tree: nowhere.yaml", MENU));
    is_silent(rule, &two_trees("number: '1'", MENU));
    let first = tree("on", "  on: {kind: transfer, number: '1', reaches: phone-tree}\n");
    is_silent(rule, &first);
}

#[test]
fn several_transfers_to_other_trees_are_told_of_once() {
    let on = "number: '1', reaches: phone-tree";
    let text = two_trees(on, MENU).replace("2: agents}", "2: off}").replace(
        "  agents: {kind: agent}\n---",
        &format!("  off: {{kind: transfer, {on}}}\n  agents: {{kind: agent}}\n---"),
    );
    let found = found("transfer-restarts-menu", &text);
    assert_eq!(
        found[0].message,
        "2 transfers hand callers who have chosen on to other phone trees"
    );
    assert_eq!((found.len(), found[0].related.len()), (1, 1));
}

#[test]
fn transfers_that_nobody_gets_round_are_counted() {
    let rule = "transfer-chain";
    let chain = |far: &str| two_trees("tree: Far", far);
    let person = "{kind: transfer, number: '1', reaches: person}";
    says_only(
        rule,
        &chain(&format!("  far: {person}")),
        "warning on: `on` begins a chain of 2 transfers before `far` answers",
    );
    let again = "{kind: transfer, number: '2', reaches: person, then: last}";
    let three = chain(&format!("  far: {again}\n  last: {person}"));
    assert!(says(rule, &three)[0].starts_with("error on: `on` begins a chain of 3 transfers"));
    is_silent(rule, &chain("  far: {kind: agent}"));
    let busy = tree(
        "one",
        &format!(
            "  one: {{kind: transfer, number: '1', reaches: person, busy: two, unanswered: two}}\n  two: {person}"
        ),
    );
    is_silent(rule, &busy);
}
