//! `presszero improve`: what is ranked, what is written, and that an audit of it says the same.

use super::schemas::mistakes;
use super::{BAD, FLOW, GOOD, code, folder, presszero, repository, stderr, stdout};
use serde_json::Value;
use std::fs;

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn the_first_menu_gets_a_person_and_the_audit_agrees() {
    let folder = folder(&[("line.yaml", BAD)]);
    let output = presszero(folder.path(), &["improve", "line.yaml", "--calls-per-day", "3600"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    for part in [
        " 1. add a way to a person at `one`: key 0 leads to `desk`, and the prompt says so",
        "line.yaml:4:3",
        "a person is first offered at `four` after ",
        " -> at `one` after 5 s",
        "human-too-deep: mended by edit 1",
        "3600 calls a day, as was asked",
        "callers are `typical`",
    ] {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
    let told = json(&stdout(&presszero(
        folder.path(),
        &["improve", "line.yaml", "--format", "json"],
    )));
    let first = &told["edits"][0];
    let applied = presszero(
        folder.path(),
        &["improve", "line.yaml", "--apply", "1", "--output", "better.yaml"],
    );
    assert_eq!(
        (code(&applied), stdout(&applied).as_str()),
        (0, ""),
        "{}",
        stderr(&applied)
    );
    let text = fs::read_to_string(folder.path().join("better.yaml")).expect("it is written");
    assert_eq!(text.lines().count(), BAD.lines().count());
    assert_eq!(fs::read_to_string(folder.path().join("line.yaml")).expect("text"), BAD);
    let audit = presszero(
        folder.path(),
        &["audit", "better.yaml", "--format", "json", "--fail-on", "never"],
    );
    let audit = json(&stdout(&audit));
    let offered = &audit["trees"][0]["figures"]["person"]["offered_soonest"];
    assert!(offered.is_object(), "{audit:#}");
    assert_eq!(offered["menus"], first["after"]["offered"]["menus"]);
    let cost = |file: &str| {
        let arguments = ["audit", file, "--callers", "--format", "json", "--fail-on", "never"];
        let audit = json(&stdout(&presszero(folder.path(), &arguments)));
        audit["trees"][0]["callers"]["figures"]["cost_seconds"]
            .as_f64()
            .expect("a cost")
    };
    let saved = first["saves_seconds_per_call"].as_f64().expect("a saving");
    assert!(saved > 1.0, "{saved}");
    assert!((cost("line.yaml") - cost("better.yaml") - saved).abs() < 1e-9);
    let again = json(&stdout(&presszero(
        folder.path(),
        &["improve", "better.yaml", "--format", "json"],
    )));
    assert_eq!(again["before"], first["after"]);
}

#[test]
fn edits_are_written_to_standard_output_or_in_place() {
    let folder = folder(&[("line.yaml", BAD)]);
    let printed = presszero(folder.path(), &["improve", "line.yaml", "--apply", "1"]);
    assert_eq!(code(&printed), 0);
    let changed = presszero(folder.path(), &["improve", "line.yaml", "--apply", "1", "--in-place"]);
    assert_eq!(code(&changed), 0);
    let text = fs::read_to_string(folder.path().join("line.yaml")).expect("text");
    assert_eq!(text, stdout(&printed));
    assert_ne!(text, BAD);
}

#[test]
fn what_cannot_be_done_is_said() {
    let folder = folder(&[("good.yaml", GOOD), ("line.yaml", BAD), ("flow.json", FLOW)]);
    let of = |arguments: &[&str]| presszero(folder.path(), arguments);
    let wrong = of(&["improve", "line.yaml", "--apply", "99"]);
    assert_eq!(code(&wrong), 2);
    assert!(stderr(&wrong).contains("there is no edit 99"), "{}", stderr(&wrong));
    assert_eq!(code(&of(&["improve", "line.yaml", "--caller", "nobody"])), 2);
    assert_eq!(code(&of(&["improve", "line.yaml", "--calls-per-day", "-3"])), 2);
    assert_eq!(code(&of(&["improve", "missing.yaml"])), 3);
    // Nothing to save: nobody comes to a person, and nobody could.
    let none = of(&["improve", "flow.json"]);
    assert_eq!(code(&none), 1, "{}", stdout(&none));
    assert!(stdout(&none).contains("no single edit passes"), "{}", stdout(&none));
    assert_eq!(code(&of(&["improve", "flow.json", "--apply", "1"])), 2);
}

#[test]
fn edits_of_foreign_flows_are_told_and_not_made() {
    let flow = r#"{"Version": "2019-10-30", "StartAction": "hello", "Actions": [
  {"Identifier": "hello", "Type": "MessageParticipant", "Parameters": {"Text": "Welcome to the clinic. We are glad that you call us, and we will be glad to see you too."}, "Transitions": {"NextAction": "ask"}},
  {"Identifier": "ask", "Type": "GetParticipantInput", "Parameters": {"Text": "For our opening hours, press 1.", "StoreInput": "False", "InputTimeLimitSeconds": "5"},
   "Transitions": {"NextAction": "bye", "Conditions": [{"NextAction": "bye", "Condition": {"Operator": "Equals", "Operands": ["1"]}}, {"NextAction": "queue", "Condition": {"Operator": "Equals", "Operands": ["0"]}}],
   "Errors": [{"NextAction": "bye", "ErrorType": "NoMatchingError"}, {"NextAction": "bye", "ErrorType": "NoMatchingCondition"}, {"NextAction": "bye", "ErrorType": "InputTimeLimitExceeded"}]}},
  {"Identifier": "queue", "Type": "TransferContactToQueue", "Parameters": {}, "Transitions": {"NextAction": "bye", "Errors": [{"NextAction": "bye", "ErrorType": "QueueAtCapacity"}, {"NextAction": "bye", "ErrorType": "NoMatchingError"}]}},
  {"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]}"#;
    let folder = folder(&[("flow.json", flow)]);
    let told = presszero(folder.path(), &["improve", "flow.json", "--format", "json"]);
    let told = json(&stdout(&told));
    assert_eq!(told["can_apply"], false);
    let edits = told["edits"].as_array().expect("a list");
    let shorten = edits.iter().find(|edit| edit["kind"] == "shorten-message");
    let shorten = shorten.unwrap_or_else(|| panic!("no long message in {told:#}"));
    assert_eq!((&shorten["step"], &shorten["line"]), (&"hello".into(), &2.into()));
    assert_eq!(told["before"]["limits_passed"][0], "human-unannounced");
    let number = shorten["number"].to_string();
    let made = presszero(folder.path(), &["improve", "flow.json", "--apply", &number]);
    assert_eq!((code(&made), stdout(&made).as_str()), (2, ""));
    assert!(stderr(&made).contains("foreign format"), "{}", stderr(&made));
}

#[test]
fn reports_for_programs_have_the_form_of_their_schema() {
    let schema = serde_json::to_value(presszero::report::improvement::schema()).expect("JSON");
    for file in ["menus/lloyds-2013.yaml", "menus/good-clinic.yaml", "menus/bank.yaml"] {
        let report = json(&stdout(&presszero(
            repository(),
            &["improve", file, "--format", "json"],
        )));
        assert_eq!(mistakes(&schema, &report), Vec::<String>::new(), "{file}");
    }
}
