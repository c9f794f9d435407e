//! The figures of a report: what is not known, what is taken as usual, waits, and what is lost by not knowing how.

use super::{code, folder, presszero, stderr, stdout};
use serde_json::{Value, json};

const CLINIC: &str = include_str!("../fixtures/connect/clinic.json");

const OPEN: &str = "\
phone-tree: 1
entry: main
steps:
  main:
    kind: menu
    prompt: [{audio: welcome.wav}, \"For an account, press 1. For help, press 2.\"]
    keys: {1: number, 2: far, 0: desk}
    no-input: desk
    no-match: desk
  number: {kind: collect, collects: account, prompt: \"Enter your account number.\", attempts: 2, then: gate, otherwise: desk}
  gate: {kind: hours, schedule: unknown, open: balance, closed: bye}
  balance: {kind: message, prompt: [\"You owe \", {value: balance}], then: desk}
  far: {kind: transfer, number: \"5\"}
  desk: {kind: queue}
  bye: {kind: hang-up, reason: closed}
";

fn run(files: &[(&str, &str)], arguments: &[&str]) -> String {
    let folder = folder(files);
    let output = presszero(folder.path(), &[&["audit", "--fail-on", "never"], arguments].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    stdout(&output)
}

fn figures(text: &str) -> Value {
    let report = run(&[("line.yaml", text)], &["line.yaml", "--format", "json"]);
    let report: Value = serde_json::from_str(&report).expect("JSON");
    report["trees"][0]["figures"].clone()
}

#[test]
fn what_may_keep_a_person_from_callers_is_told_beside_the_best_case() {
    let line = "phone-tree: 1\nentry: ask\nsteps:\n  ask: {kind: decision, on: open, cases: {yes: desk}, otherwise: bye}\n  desk: {kind: queue}\n  bye: {kind: hang-up, reason: error}\n";
    let text = run(&[("line.yaml", line)], &["line.yaml"]);
    for told in [
        "    at worst            no person, where hours and outcomes are at their worst\n",
        "    if you do nothing   a person after 0 s; none, where hours and outcomes are at their worst\n",
    ] {
        assert!(text.contains(told), "{text}");
    }
}

#[test]
fn what_a_tree_does_not_say_is_counted_by_kind() {
    let figures = figures(OPEN);
    let unknown: Vec<String> = figures["unknown"]
        .as_array()
        .expect("a list")
        .iter()
        .map(told)
        .collect();
    assert_eq!(
        unknown,
        [
            "how long callers wait in a queue 1 [\"desk\"]",
            "how many digits are entered 1 [\"number\"]",
            "the opening hours 1 [\"gate\"]",
            "the wording of a recording 1 [\"main\"]",
            "whom a transfer reaches 1 [\"far\"]",
            "words that are put in while a call runs 1 [\"balance\"]",
        ]
    );
    let usual: Vec<String> = figures["taken_as_usual"]
        .as_array()
        .expect("a list")
        .iter()
        .map(told)
        .collect();
    assert_eq!(
        usual,
        [
            "150 words a minute 3 [\"main\",\"number\",\"balance\"]",
            "3 attempts 1 [\"main\"]",
            "5 s of silence before it counts 2 [\"main\",\"number\"]",
        ]
    );
    assert!(figures["person"]["reached"]["wait_milliseconds"].is_null());
}

fn told(open: &Value) -> String {
    format!(
        "{} {} {}",
        open["what"].as_str().unwrap_or(""),
        open["times"],
        open["steps"]
    )
}

#[test]
fn what_is_said_is_not_called_unknown() {
    let said = OPEN
        .replace("{audio: welcome.wav}", "{audio: welcome.wav, text: Welcome.}")
        .replace("attempts: 2", "digits: 8, timeout: 4s, attempts: 2")
        .replace("{value: balance}", "{value: balance, seconds: 2}")
        .replace("number: \"5\"", "number: \"5\", reaches: person, wait: 1m")
        .replace("{kind: queue}", "{kind: queue, wait: 5m}")
        .replace("schedule: unknown", "schedule: days")
        .replace(
            "entry: main",
            "entry: main\nvoice: {words-per-minute: 160}\nschedules: {days: {open: {mon-fri: 9-17}}}",
        );
    let figures = figures(&said);
    assert_eq!(figures["unknown"], json!([]));
    assert_eq!(figures["taken_as_usual"].as_array().map(Vec::len), Some(2));
    let text = run(&[("line.yaml", &said)], &["line.yaml", "--summary-only"]);
    assert!(!text.contains("not known"), "{text}");
    assert!(text.contains("and then waits      1 min (as declared)"), "{text}");
    assert!(text.contains("taken as usual"), "{text}");
}

#[test]
fn an_import_leaves_the_same_open_as_its_original() {
    let folder = folder(&[("flow.json", CLINIC)]);
    let output = presszero(folder.path(), &["import", "flow.json", "--output", "flow.yaml"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let unknown = |file: &str| -> Vec<String> {
        let output = presszero(
            folder.path(),
            &["audit", file, "--format", "json", "--fail-on", "never"],
        );
        let report: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        let unknown = report["trees"][0]["figures"]["unknown"].clone();
        unknown.as_array().expect("a list").iter().map(told).collect()
    };
    // What only the foreign format can hold is no part of the import, which says so when it is made.
    let foreign = |what: &String| what.starts_with("what `") || what.starts_with("what the bot");
    let (lost, kept): (Vec<String>, Vec<String>) = unknown("flow.json").into_iter().partition(foreign);
    assert_eq!((lost.len(), kept.len()), (3, 5));
    assert_eq!(kept, unknown("flow.yaml"));
}

#[test]
fn whether_there_is_a_person_can_rest_on_a_transfer() {
    let text = "phone-tree: 1\nentry: far\nsteps:\n  far: {kind: transfer, number: \"5\", prompt: One moment.}\n";
    let summary = run(&[("line.yaml", text)], &["line.yaml", "--summary-only"]);
    assert!(
        summary.contains("a person              not known: rests on `far`"),
        "{summary}"
    );
    assert!(summary.contains("has no menu"), "{summary}");
    assert_eq!(figures(text)["person_rests_on"], json!(["far"]));
    // The same holds for whatever else is not told.
    let subtree =
        "phone-tree: 1\nentry: in\nsteps:\n  in: {kind: subtree, file: gone.yaml, entry: x, exits: {y: in}}\n";
    assert_eq!(figures(subtree)["person_rests_on"], json!(["in"]));
}

#[test]
fn what_is_lost_by_knowing_only_what_is_announced_is_told() {
    let text = "phone-tree: 1\nentry: one\nsteps:\n  \
        one: {kind: menu, prompt: \"For more, press 1.\", keys: {1: two, 0: desk}, no-input: bye, no-match: bye}\n  \
        two: {kind: menu, prompt: \"For a person, press 1.\", keys: {1: desk}, no-input: bye, no-match: bye}\n  \
        desk: {kind: agent}\n  bye: {kind: hang-up, reason: deflected}\n";
    let figures = figures(text);
    let person = &figures["person"];
    assert_eq!(person["gap"]["keys"], 1);
    let ms = |way: &str| person[way]["milliseconds"].as_u64().expect("a time");
    assert_eq!(person["gap"]["milliseconds"], ms("reached") - ms("possible_soonest"));
    assert_eq!(person["reached"]["wait_milliseconds"], 0);
    assert_eq!(figures["exits_needed"], 1);
    assert_eq!(figures["heard_by_everyone"], json!(["one", "two"]));
    assert_eq!(figures["heard_by_experts"], json!(["one"]));
    let summary = run(&[("line.yaml", text)], &["line.yaml", "--summary-only"]);
    assert!(
        summary.contains("mended by           1 further way out, no fewer"),
        "{summary}"
    );
}
