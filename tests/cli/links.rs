//! Trees in other files: read where a tree leads to them, within the audited folder and no further.

use super::{code, folder, presszero, stderr, stdout};
use serde_json::Value;

const MAIN: &str = "\
phone-tree: 1
entry: main
steps:
  main:
    kind: menu
    prompt: For bookings, press 1. For a person, press 0.
    keys: {1: book, 0: far}
    no-input: far
    no-match: far
  book: {kind: subtree, file: parts/lib.yaml, entry: ask, exits: {done: far}}
  far: {kind: transfer, tree: parts/other.yaml}
";
const LIB: &str = "\
phone-tree: 1
entry: ask
steps:
  ask: {kind: message, prompt: One moment., then: out}
  hidden: {kind: message, prompt: And another., then: out}
  out: {kind: return, exit: done}
";
const OTHER: &str = "\
phone-tree: 1
entry: hello
steps:
  hello: {kind: message, prompt: Hello., then: desk}
  desk: {kind: queue, wait: 5m}
";

fn audit(files: &[(&str, &str)], paths: &[&str]) -> Value {
    let folder = folder(files);
    let arguments = [&["audit", "--format", "json", "--fail-on", "never"], paths].concat();
    let output = presszero(folder.path(), &arguments);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

fn said(report: &Value, rule: &str) -> Vec<String> {
    let trees = report["trees"].as_array().expect("trees");
    let findings = trees
        .iter()
        .flat_map(|tree| tree["findings"].as_array().expect("findings"));
    findings
        .filter(|finding| finding["rule"] == rule)
        .map(|finding| {
            let place = &finding["place"];
            format!(
                "{}:{}: {}",
                place["file"].as_str().unwrap_or(""),
                place["line"],
                finding["message"].as_str().unwrap_or("")
            )
        })
        .collect()
}

#[test]
fn what_a_tree_leads_to_is_followed_and_not_reported() {
    let files = [
        ("main.yaml", MAIN),
        ("parts/lib.yaml", LIB),
        ("parts/other.yaml", OTHER),
    ];
    let report = audit(&files, &["main.yaml"]);
    assert_eq!(report["totals"]["trees"], 1);
    let person = &report["trees"][0]["figures"]["person"];
    let steps = ["main", "book", "ask", "out", "far", "hello", "desk"];
    assert_eq!(person["reached"]["steps"], serde_json::json!(steps));
    assert_eq!(person["reached"]["wait_milliseconds"], 300_000);
    assert_eq!(report["trees"][0]["figures"]["person_rests_on"], serde_json::json!([]));
    assert!(said(&report, "undefined-reference").is_empty());
    // A file that leads back is not read again.
    let back = OTHER.replace("{kind: queue, wait: 5m}", "{kind: transfer, tree: ../main.yaml}");
    let files = [
        ("main.yaml", MAIN),
        ("parts/lib.yaml", LIB),
        ("parts/other.yaml", &back),
    ];
    assert_eq!(audit(&files, &["main.yaml"])["totals"]["trees"], 1);
}

#[test]
fn a_file_that_is_not_there_or_no_tree_is_told_of_at_its_name() {
    let report = audit(
        &[("main.yaml", MAIN), ("parts/lib.yaml", "a: list of things\n")],
        &["main.yaml"],
    );
    let said = said(&report, "undefined-reference");
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].starts_with("main.yaml:10: `parts/lib.yaml` cannot be followed: not a phone tree"),
        "{said:?}"
    );
    assert_eq!(said[1], "main.yaml:11: there is no file `parts/other.yaml`");
    let entry = MAIN.replace("entry: ask", "entry: aks");
    let files = [
        ("main.yaml", entry.as_str()),
        ("parts/lib.yaml", LIB),
        ("parts/other.yaml", OTHER),
    ];
    assert_eq!(
        self::said(&audit(&files, &["."]), "undefined-reference"),
        ["main.yaml:10: `parts/lib.yaml` has no step called `aks`"]
    );
}

#[test]
fn the_audited_folder_is_not_left() {
    let outside = MAIN.replace("parts/", "../parts/");
    let files = [
        ("in/main.yaml", outside.as_str()),
        ("parts/lib.yaml", LIB),
        ("parts/other.yaml", OTHER),
    ];
    let report = audit(&files, &["in/main.yaml"]);
    let told = said(&report, "undefined-reference");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("lies outside of what is audited"), "{told:?}");
    assert!(report["trees"][0]["figures"]["person"].is_null());
    // Where both folders are audited, their common folder is.
    let report = audit(&files, &["in", "parts/other.yaml"]);
    assert!(said(&report, "undefined-reference").is_empty());
    assert_eq!(report["totals"]["trees"], 2);
}

#[test]
fn a_library_is_judged_by_those_who_enter_it() {
    let main = MAIN.replace(
        "exits: {done: far}}",
        "exits: {done: more}}\n  more: {kind: subtree, file: parts/lib.yaml, entry: hidden, exits: {done: far}}",
    );
    let files = [
        ("main.yaml", main.as_str()),
        ("parts/lib.yaml", LIB),
        ("parts/other.yaml", OTHER),
    ];
    let report = audit(&files, &["."]);
    assert_eq!(report["totals"]["trees"], 3);
    assert!(said(&report, "undefined-target").is_empty());
    assert!(said(&report, "unreachable-step").is_empty());
    // By itself it has neither.
    let alone = audit(&files, &["parts/lib.yaml"]);
    assert_eq!(said(&alone, "undefined-target").len(), 1);
    assert_eq!(said(&alone, "unreachable-step").len(), 1);
}

#[test]
fn an_exit_that_the_caller_does_not_wire_is_found() {
    let lib = LIB.replace("exit: done", "exit: gone");
    let files = [
        ("main.yaml", MAIN),
        ("parts/lib.yaml", lib.as_str()),
        ("parts/other.yaml", OTHER),
    ];
    assert_eq!(
        said(&audit(&files, &["."]), "undefined-target"),
        ["main.yaml:10: the subtree in `parts/lib.yaml` returns by `gone`, for which there is no exit here"]
    );
}
