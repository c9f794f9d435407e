//! Rules on how the parts of a tree fit together.

use crate::{found, is_silent, says, says_only, tree};

const MAIN: &str = "  main: {kind: menu, prompt: 'For a person, press 0.', keys: {0: agents}, no-input: agents, no-match: agents}\n  agents: {kind: agent}\n";

#[test]
fn a_slip_of_the_keyboard_is_told_with_the_name_that_was_meant() {
    let said = found(
        "undefined-target",
        &tree("main", &MAIN.replace("{0: agents}", "{0: agnets}")),
    );
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].message, "there is no step called `agnets`");
    assert_eq!(said[0].help, ["did you mean `agents`?"]);
}

#[test]
fn every_place_that_names_a_step_is_looked_at() {
    let text = "phone-tree: 1\nentry: nowhere\ncallers: {all: {share: 1, served-by: [nobody]}}\n\
                everywhere: {keys: {9: lost}}\n\
                steps:\n  agents: {kind: queue, while-waiting: music, overflow: {after: 1m, to: mail}}\n  \
                sub: {kind: subtree, entry: inside, exits: {done: gone}}\n\
                calls: [{does: [wait], expect: {reaches: elsewhere}}]\n";
    let mut names: Vec<String> = found("undefined-target", text)
        .into_iter()
        .map(|finding| finding.message.split('`').nth(1).unwrap_or_default().to_owned())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "elsewhere",
            "gone",
            "inside",
            "lost",
            "mail",
            "music",
            "nobody",
            "nowhere"
        ]
    );
}

#[test]
fn a_tree_whose_names_are_all_there_is_fine() {
    is_silent("undefined-target", &tree("main", MAIN));
}

fn subtree(exits: &str, exit: &str) -> String {
    tree(
        "sub",
        &format!(
            "  sub: {{kind: subtree, entry: inside, exits: {{{exits}}}}}\n  inside: {{kind: message, prompt: Hello., then: out}}\n  \
             out: {{kind: return, exit: {exit}}}\n  agents: {{kind: agent}}"
        ),
    )
}

#[test]
fn a_return_by_an_exit_that_is_not_wired_is_told() {
    let said = found("undefined-target", &subtree("known: agents", "knwon"));
    assert_eq!(said.len(), 1);
    assert_eq!(
        said[0].message,
        "a step that enters this subtree has no exit called `knwon`"
    );
    assert_eq!(said[0].help, ["did you mean `known`?"]);
    is_silent("undefined-target", &subtree("known: agents", "known"));
}

#[test]
fn a_return_outside_of_a_subtree_is_told() {
    let text = tree("out", "  out: {kind: return, exit: known}");
    says_only(
        "undefined-target",
        &text,
        "error out: a call can come to `out` without having entered a subtree",
    );
}

#[test]
fn a_step_that_nothing_leads_to_is_told_with_what_is_behind_it() {
    let text = tree(
        "main",
        &format!(
            "{MAIN}  old: {{kind: message, prompt: Old., then: older}}\n  older: {{kind: message, prompt: Older., then: agents}}"
        ),
    );
    says_only(
        "unreachable-step",
        &text,
        "warning old: no call comes to `old`, nor to 1 step behind it",
    );
}

#[test]
fn a_ring_that_nothing_leads_to_is_one_finding() {
    let text = tree(
        "main",
        &format!("{MAIN}  b: {{kind: message, prompt: B., then: c}}\n  c: {{kind: message, prompt: C., then: b}}"),
    );
    assert_eq!(
        says("unreachable-step", &text),
        ["warning b: no call comes to `b`, nor to 1 step behind it"]
    );
}

#[test]
fn what_is_heard_while_waiting_is_reached_and_what_a_queue_leads_to() {
    let text = tree(
        "team",
        "  team: {kind: queue, while-waiting: music, overflow: {after: 5m, to: mail}}\n  \
         music: {kind: message, prompt: La., then: more}\n  more: {kind: message, prompt: Lala., then: music}\n  \
         mail: {kind: voicemail, owner: us, answered-within: 1h}",
    );
    is_silent("unreachable-step", &text);
}

#[test]
fn steps_of_a_subtree_are_reached_by_its_entry() {
    is_silent("unreachable-step", &subtree("known: agents", "known"));
    // A subtree that nothing enters is told of by the step that would enter it.
    let text = subtree("known: agents", "known").replace("entry: sub\n", "entry: agents\n");
    says_only(
        "unreachable-step",
        &text,
        "warning sub: no call comes to `sub`, nor to 2 steps behind it",
    );
}

#[test]
fn a_branch_that_no_hour_leads_to_is_told() {
    let text = "phone-tree: 1\nentry: clock\nschedules: {all: {open: {daily: 24h}}}\nsteps:\n  \
                clock: {kind: hours, schedule: all, open: agents, closed: mail}\n  agents: {kind: agent}\n  \
                mail: {kind: voicemail, owner: us, answered-within: 1h}\n";
    says_only("unreachable-step", text, "warning mail: no call comes to `mail`");
}

#[test]
fn the_step_that_a_slip_meant_is_told_once() {
    let text = tree(
        "main",
        &MAIN.replace(
            "{0: agents}, no-input: agents, no-match: agents",
            "{0: agnets}, no-input: main, no-match: main",
        ),
    );
    is_silent("unreachable-step", &text);
}
