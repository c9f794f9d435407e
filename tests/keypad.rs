//! The automaton that a page calls: whatever a tree says stays text in it, and one that is too large is left out.

mod common;

use common::{graph_of, read_clean};
use presszero::graph::pace::Pace;
use presszero::report::keypad::keypad;
use presszero::walk::usual_state;
use serde_json::Value;

fn automaton(text: &str) -> Option<String> {
    let tree = read_clean(text);
    let graph = graph_of(&tree);
    keypad(&graph, usual_state(&graph).expect("a moment"), Pace::default())
}

#[test]
fn what_a_tree_says_cannot_end_the_element_that_it_stands_in() {
    let says = "</script><!-- \u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{1F4DE}";
    let text = format!("phone-tree: 1\nentry: main\nsteps:\n  main: {{kind: agent, prompt: \"{says}\"}}\n");
    let json = automaton(&text).expect("a small tree");
    assert!(!json.contains('<'), "{json}");
    let read: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(read["prompts"][0]["words"], says);
}

#[test]
fn options_are_known_when_they_are_spoken() {
    let menu = "kind: menu, prompt: \"For sales, press 1. For help, press 2.\", keys: {1: a, 2: a, 3: a}";
    let text = format!("phone-tree: 1\nentry: main\nsteps:\n  main: {{{menu}}}\n  a: {{kind: agent}}\n");
    let read: Value = serde_json::from_str(&automaton(&text).expect("a small tree")).expect("JSON");
    let prompt = &read["prompts"][0];
    // 150 words a minute: the first option ends with its fourth word, the second after a pause of half a second.
    assert_eq!(prompt["known"], serde_json::json!([[1600, 0], [3700, 0], null]));
    assert_eq!(prompt["spoken"], serde_json::json!([[18, 1600], [37, 3700]]));
}

#[test]
fn a_tree_that_is_too_large_for_a_page_has_no_automaton() {
    let words = "press and press again ".repeat(60_000);
    let text = format!("phone-tree: 1\nentry: main\nsteps:\n  main: {{kind: agent, prompt: \"{words}\"}}\n");
    assert_eq!(automaton(&text), None);
}
