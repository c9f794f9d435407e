//! Changes of a tree's own text: what is asked for changes, every other byte stays.

use presszero::document::edit::{Editor, Patch, apply, quoted};
use presszero::source::{Source, Span};

const TREE: &str = r#"# A line with comments.
phone-tree: 1   # the format
entry: main

steps:
  main:
    kind: menu
    # What is said.
    prompt: >-
      For cards, press 1.
      For loans, press 2.   
    keys:
      1: cards   # the card team

      2: {to: loans, label: "Loans, and more"}  # the other team
    no-input: cards

  cards: {kind: agent, receives: [], label: Cards}   # last
  loans: {kind: queue, keys: {}}
"#;

fn edited(patch: impl FnOnce(&Editor<'_>) -> Option<Patch>) -> String {
    let reading = presszero::document::read(&Source::new("test.yaml", TREE));
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let span: Span = reading.trees.first().expect("a tree").span;
    let patch = patch(&Editor::new(TREE, span)).expect("the place is there");
    let text = apply(TREE, vec![patch]).expect("one patch does not overlap");
    let again = presszero::document::read(&Source::new("test.yaml", text.clone()));
    assert!(again.problems.is_empty(), "{:?}\n{text}", again.problems);
    text
}

fn changed(old: &str, new: &str) -> String {
    assert_eq!(TREE.matches(old).count(), 1, "{old} stands once");
    TREE.replace(old, new)
}

#[test]
fn a_block_of_words_becomes_one_line() {
    let text = edited(|editor| editor.set(&["steps", "main", "prompt"], &quoted("Press 1, or \"2\".")));
    let block = ">-\n      For cards, press 1.\n      For loans, press 2.";
    assert_eq!(text, changed(block, "\"Press 1, or \\\"2\\\".\""));
}

#[test]
fn an_option_is_added_after_the_last() {
    let text = edited(|editor| editor.set(&["steps", "main", "keys", "0"], "{to: cards, role: operator}"));
    let last = "  # the other team\n";
    assert_eq!(
        text,
        changed(last, &format!("{last}      0: {{to: cards, role: operator}}\n"))
    );
}

#[test]
fn a_field_is_added_to_a_step_of_one_line() {
    let text = edited(|editor| editor.set(&["steps", "loans", "keys", "0"], "cards"));
    assert_eq!(text, changed("keys: {}", "keys: {0: cards}"));
    let text = edited(|editor| editor.set(&["steps", "cards", "allow"], "{dead-end: so it is}"));
    assert_eq!(
        text,
        changed("label: Cards}", "label: Cards, allow: {dead-end: so it is}}")
    );
}

#[test]
fn a_field_is_added_to_a_step_of_lines() {
    let text = edited(|editor| editor.set(&["steps", "main", "barge-in"], "true"));
    let last = "    no-input: cards\n";
    assert_eq!(text, changed(last, &format!("{last}    barge-in: true\n")));
}

#[test]
fn a_value_is_replaced_in_its_place() {
    let text = edited(|editor| editor.set(&["steps", "cards", "receives"], "[account-number]"));
    assert_eq!(text, changed("receives: []", "receives: [account-number]"));
    let text = edited(|editor| editor.set(&["steps", "main", "keys", "1"], "loans"));
    assert_eq!(text, changed("1: cards   #", "1: loans   #"));
}

#[test]
fn a_field_is_taken_away_with_its_lines() {
    let text = edited(|editor| editor.remove(&["steps", "main", "no-input"]));
    assert_eq!(text, changed("    no-input: cards\n", ""));
    let text = edited(|editor| editor.remove(&["steps", "main", "prompt"]));
    let prompt = "    prompt: >-\n      For cards, press 1.\n      For loans, press 2.   \n";
    assert_eq!(text, changed(prompt, ""));
    let text = edited(|editor| editor.remove(&["steps", "cards", "label"]));
    assert_eq!(text, changed(", label: Cards", ""));
    let text = edited(|editor| editor.remove(&["steps", "cards", "receives"]));
    assert_eq!(text, changed("receives: [], ", ""));
}

#[test]
fn patches_that_overlap_are_refused() {
    let patch = |at| Patch {
        at,
        with: String::new(),
    };
    assert_eq!(apply("abcdef", vec![patch(0..3), patch(2..4)]), None);
    assert_eq!(apply("abcdef", vec![patch(3..4), patch(0..2)]).as_deref(), Some("cef"));
}

#[test]
fn lines_that_are_put_in_end_as_the_others_do() {
    let windows = TREE.replace('\n', "\r\n");
    let reading = presszero::document::read(&Source::new("test.yaml", windows.clone()));
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let span = reading.trees.first().expect("a tree").span;
    let patch = Editor::new(&windows, span).set(&["steps", "main", "barge-in"], "true");
    let text = apply(&windows, vec![patch.expect("the place is there")]).expect("one patch");
    let last = "    no-input: cards\r\n";
    assert_eq!(text, windows.replace(last, &format!("{last}    barge-in: true\r\n")));
}

#[test]
fn the_second_document_of_a_file_is_edited_at_its_place() {
    let both = format!("{TREE}---\n{TREE}");
    let reading = presszero::document::read(&Source::new("test.yaml", both.clone()));
    let span = reading.trees.get(1).expect("a second tree").span;
    let patch = Editor::new(&both, span).remove(&["steps", "main", "no-input"]);
    let text = apply(&both, vec![patch.expect("the place is there")]).expect("one patch");
    assert_eq!(text, format!("{TREE}---\n{}", changed("    no-input: cards\n", "")));
}
