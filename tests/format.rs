//! The format in a notation full of traps: what is meant is understood, what is hostile is refused.

use presszero::document::tree::StepKind;
use presszero::document::{Reading, read};
use presszero::error::{Problem, ProblemKind};
use presszero::source::Source;
use std::fmt::Write as _;

/// A tree of one menu with these options below `keys:`, indented by six.
fn menu(keys: &str) -> String {
    format!(
        "phone-tree: 1\nentry: main\nsteps:\n  main:\n    kind: menu\n    keys:\n{keys}    no-input: agents\n  agents: {{kind: agent}}\n"
    )
}

/// A tree of a hang-up, with further lines.
fn tree(more: &str) -> String {
    format!("phone-tree: 1\nentry: bye\nsteps:\n  bye: {{kind: hang-up}}\n{more}")
}

fn reading(text: &str) -> Reading {
    read(&Source::new("test.yaml", text))
}

/// Each problem as `kind: the text under its span`.
fn told(text: &str) -> Vec<String> {
    let show = |problem: &Problem| format!("{}: {}", problem.kind.name(), &text[problem.span.range()]);
    reading(text).problems.iter().map(show).collect()
}

/// The only problem of a text, with the text under its span.
fn only(text: &str) -> (Problem, String) {
    let mut problems = reading(text).problems;
    assert_eq!(problems.len(), 1, "{problems:#?}\n{text}");
    let problem = problems.remove(0);
    let place = text[problem.span.range()].to_owned();
    (problem, place)
}

fn helps(text: &str, place: &str, near: &str) {
    let (problem, found) = only(text);
    assert_eq!(found, place, "{problem:?}");
    assert!(
        problem.help.as_ref().is_some_and(|help| help.contains(near)),
        "{problem:?}"
    );
}

/// The options of the menu of the first tree: keys, target, and the text under the key's span.
fn options(text: &str) -> Vec<(String, String, String)> {
    let reading = reading(text);
    let tree = &reading.trees[0];
    let Some(StepKind::Menu(menu)) = tree.step("main").map(|step| &step.kind) else {
        panic!("a menu")
    };
    let list = menu.keys.iter().map(|choice| {
        let keys = choice.keys.as_ref().expect("a key");
        (
            keys.value.as_str().to_owned(),
            choice.to.name.value.clone(),
            text[keys.span.range()].to_owned(),
        )
    });
    list.collect()
}

fn owned(a: &str, b: &str, c: &str) -> (String, String, String) {
    (a.to_owned(), b.to_owned(), c.to_owned())
}

#[test]
fn keys_are_read_as_they_are_written() {
    let text = menu("      00: agents\n      01: agents\n      0: agents\n      \"#\": agents\n");
    assert_eq!(told(&text), [""; 0]);
    assert_eq!(
        options(&text),
        [
            owned("00", "agents", "00"),
            owned("01", "agents", "01"),
            owned("0", "agents", "0"),
            owned("#", "agents", "\"#\"")
        ]
    );
}

#[test]
fn a_key_that_stands_twice_is_told_however_it_is_written() {
    for again in ["0", "\"0\"", "'0'"] {
        let text = menu(&format!("      0: agents\n      {again}: main\n"));
        assert_eq!(told(&text), [format!("duplicate-name: {again}")]);
        assert_eq!(options(&text), [owned("0", "agents", "0")], "the first one counts");
    }
    assert_eq!(told(&tree("  bye: {kind: agent}\n")), ["duplicate-name: bye"]);
    assert_eq!(told(&tree("entry: bye\n")), ["duplicate-name: entry"]);
}

#[test]
fn words_that_yaml_takes_for_something_else_are_names() {
    let text = "phone-tree: 1\nentry: no\nsteps:\n  no: {kind: message, prompt: yes, then: off}\n  off: {kind: message, prompt: 1e3, then: true}\n  true: {kind: agent}\n";
    assert_eq!(told(text), [""; 0]);
    let reading = reading(text);
    let names: Vec<&str> = reading.trees[0]
        .steps
        .iter()
        .map(|step| step.name.value.as_str())
        .collect();
    assert_eq!(names, ["no", "off", "true"]);
    let wording = |name: &str| {
        reading.trees[0]
            .step(name)
            .and_then(|step| step.prompt.as_ref()?.wording())
    };
    assert_eq!(
        (wording("no"), wording("off")),
        (Some("yes".to_owned()), Some("1e3".to_owned()))
    );
    assert_eq!(
        reading.trees[0].step("no").map(|step| step.name.value.as_str()),
        Some("no")
    );
}

#[test]
fn bom_and_carriage_returns_move_no_place() {
    let text = format!("\u{feff}{}", tree("  more: {kind: agnet}\n"));
    helps(&text, "agnet", "agent");
    let text = tree("  more:\n    kind: agnet\n    label: Grüße an alle\n").replace('\n', "\r\n");
    helps(&text, "agnet", "agent");
    let text = menu("      *: agents\n").replace('\n', "\r\n");
    helps(&text, "*", "`\"*\":`");
}

#[test]
fn a_text_without_a_tree_is_none() {
    for (text, others) in [
        ("", 0),
        ("\u{feff}", 0),
        ("# only\n# comments\n", 0),
        ("---\n...\n", 0),
        ("a: 1\n", 1),
        ("[1, 2]", 1),
    ] {
        let reading = reading(text);
        assert_eq!(
            (reading.trees.len(), reading.problems.len(), reading.others),
            (0, 0, others),
            "{text:?}"
        );
    }
}

#[test]
fn a_file_may_hold_several_trees_and_more() {
    let text = format!("{}---\nother: 1\n---\n{}", tree(""), tree("  more: {kind: agnet}\n"));
    let reading = reading(&text);
    assert_eq!((reading.trees.len(), reading.others), (2, 1));
    let place = text.rfind("agnet").expect("it stands in the second tree");
    assert_eq!(reading.problems[0].span.start as usize, place);
}

#[test]
fn unquoted_star_and_hash_each_have_a_message_of_their_own() {
    let text = menu("      1: agents\n      *: main\n");
    let (problem, place) = only(&text);
    assert_eq!(place, "*");
    assert!(
        problem.message.contains("star key must be quoted") && problem.message.contains("alias"),
        "{problem:?}"
    );
    assert_eq!(options(&text).len(), 2, "the option is understood all the same");
    let text = menu("      1: agents\n      #: {to: main, role: repeat} # again\n");
    let (problem, place) = only(&text);
    assert_eq!(place, "#");
    assert!(
        problem.message.contains("hash key must be quoted") && problem.message.contains("comment"),
        "{problem:?}"
    );
    assert_eq!(options(&text)[1], owned("#", "main", "#"));
    let text = "phone-tree: 1\nentry: a\nsteps:\n  a: {kind: menu, keys: {1: b, *: a}}\n  b: {kind: agent}\n";
    assert_eq!(told(text), ["syntax: *"]);
    // Comments and prompts that look like it are left alone.
    for fine in [
        "      1: agents\n      # : agents\n      #: these are the keys\n",
        "      1: agents # *: main\n",
    ] {
        assert_eq!(told(&menu(fine)), [""; 0], "{fine}");
    }
    let text =
        tree("  more:\n    kind: message\n    then: bye\n    prompt: |\n      Press\n      *: repeat\n      #: stop\n");
    assert_eq!(told(&text), [""; 0]);
    let wording = reading(&text).trees[0]
        .step("more")
        .and_then(|step| step.prompt.as_ref()?.wording());
    assert_eq!(wording.as_deref(), Some("Press\n*: repeat\n#: stop\n"));
}

#[test]
fn a_prompt_that_a_comment_cuts_short_is_told() {
    let (problem, place) = only(&tree(
        "  more: {kind: message, then: bye,\n    prompt: To hear this again press # or hold\n    }\n",
    ));
    assert_eq!(place, "To hear this again press");
    assert!(problem.message.contains("cut"), "{problem:?}");
    assert_eq!(
        told(&tree(
            "  more:\n    kind: message\n    then: bye\n    prompt: Thank you. # press 1\n"
        )),
        [""; 0]
    );
}

#[test]
fn anchors_aliases_and_merge_keys_are_followed() {
    let text = "phone-tree: 1\nentry: a\nsteps:\n  a: &base\n    kind: menu\n    prompt: &p For a person press 0.\n    keys: &k {0: q}\n  \
                b: {<<: *base, prompt: Other words.}\n  c: {kind: menu, prompt: *p, keys: *k}\n  q: {kind: agent}\n";
    assert_eq!(told(text), [""; 0]);
    let reading = reading(text);
    let first = &reading.trees[0];
    let wording = |name: &str| first.step(name).and_then(|step| step.prompt.as_ref()?.wording());
    assert_eq!(wording("b").as_deref(), Some("Other words."));
    assert_eq!(wording("c"), wording("a"));
    assert!(first.step("b").is_some_and(|step| step.choices().len() == 1));
    let lists = "phone-tree: 1\nentry: a\nsteps:\n  a: &a {kind: agent}\n  b: &b {label: B}\n  c: {<<: [*a, *b]}\n";
    assert_eq!(told(lists), ["missing-field: b"]);
    let nested =
        "phone-tree: 1\nentry: c\nsteps:\n  a: &a {kind: agent, label: A}\n  b: &b {<<: *a, label: B}\n  c: {<<: *b}\n";
    assert_eq!(told(nested), [""; 0]);
    let nested = read(&Source::new("nested.yaml", nested));
    let label = nested.trees[0].step("c").and_then(|step| step.label.as_ref());
    assert_eq!(label.map(|label| label.value.as_str()), Some("B"));
    assert_eq!(
        told(&tree("  more: {kind: message, prompt: *what, then: bye}\n")),
        ["syntax: *what"]
    );
}

#[test]
fn aliases_without_end_or_measure_are_refused() {
    assert!(told("phone-tree: 1\nentry: a\nsteps: &s {a: *s}\n").contains(&"syntax: *s".to_owned()));
    assert!(!told("phone-tree: 1\nentry: a\nsteps: &s\n  a: {kind: agent, <<: *s}\n").is_empty());
    let mut bomb = "phone-tree: 1\nentry: a\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let before = format!("*a{}, ", level - 1);
        let _ = writeln!(bomb, "a{level}: &a{level} [{}]", before.repeat(10));
    }
    let problems = reading(&bomb).problems;
    assert!(
        problems.iter().any(|problem| problem.kind == ProblemKind::TooLarge),
        "{problems:?}"
    );
}

#[test]
fn a_hundred_thousand_levels_are_refused_and_not_followed() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")] {
        let deep = format!("{}x{}\n", open.repeat(100_000), close.repeat(100_000));
        for text in [
            deep.clone(),
            format!("{}deep: {deep}", tree("")),
            format!("{}deep:\n  {deep}", tree("")),
        ] {
            let problems = reading(&text).problems;
            assert!(!problems.is_empty(), "{open:?} is taken");
        }
        let problems = reading(&deep).problems;
        assert!(
            problems.iter().any(|problem| problem.kind == ProblemKind::TooLarge),
            "{open:?}: {problems:?}"
        );
    }
}
