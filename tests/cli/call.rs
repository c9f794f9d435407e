//! `presszero call`: a script followed, told in words and in JSON.

use super::schemas::{mistakes, published};
use super::{FLOW, GOOD, code, folder, presszero, stderr, stdout};
use serde_json::Value;

/// A tree of two lines, one of which asks for a number.
const LINES: &str = "\
phone-tree: 1
name: First line
schedules: {office: {open: {mon-fri: \"09:00-17:00\"}}}
entry: hours
steps:
  hours: {kind: hours, schedule: office, open: number, closed: shut}
  number: {kind: collect, collects: number, prompt: Your number., digits: 4, attempts: 2, then: desk, otherwise: shut}
  desk: {kind: agent}
  shut: {kind: hang-up, prompt: We are closed., reason: closed}
---
phone-tree: 1
name: Second line
entry: bye
steps: {bye: {kind: hang-up, prompt: Goodbye., reason: served}}
";

#[test]
fn a_script_is_followed_and_told_with_the_clock() {
    let folder = folder(&[("line.yaml", GOOD)]);
    let output = presszero(folder.path(), &["call", "line.yaml", "--press", "9,wait"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    for line in [
        "   0:00  main",
        "         \"For bookings, press 1. To speak to a person, press 0.\"",
        "   0:07  that is not understood",
        "line.yaml",
        "         \"Sorry. For bookings it is 1, for a person it is 0.\" (attempt 2)",
        "         the caller says and presses nothing",
        "the call is not over: it is at `desk`, waiting for a person",
    ] {
        assert!(text.lines().any(|known| known == line), "{line}\n{text}");
    }
    assert!(text.contains("1 menu, 1 press, 2 failed attempts"), "{text}");
}

#[test]
fn the_clock_and_the_answers_are_given() {
    let folder = folder(&[("lines.yaml", LINES)]);
    let call = |more: &[&str]| {
        let arguments = [
            &["call", "lines.yaml", "--tree", "First line", "--format", "json"],
            more,
        ]
        .concat();
        let output = presszero(folder.path(), &arguments);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let call: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        assert_eq!(mistakes(&published("call"), &call), Vec::<String>::new());
        call
    };
    let open = call(&["--press", "enter:1234"]);
    assert_eq!(
        (&open["ending"], &open["moment_assumed"]),
        (&"person".into(), &true.into())
    );
    assert_eq!(
        (&open["assumed"], &open["asked_again"]),
        (&1.into(), &serde_json::json!(["number"]))
    );
    assert_eq!(
        (&open["meters"]["digits"], &open["meters"]["presses"]),
        (&4.into(), &0.into())
    );
    let rejected = call(&["--press", "enter:1234,enter:1234", "--given", "number=rejected"]);
    assert_eq!(
        (&rejected["ending"], &rejected["meters"]["failed_attempts"]),
        (&"closed".into(), &2.into())
    );
    let older = call(&["--press", "enter:1234", "--caller", "older"]);
    let time = |call: &Value| call["meters"]["time"]["milliseconds"].as_u64().expect("a time");
    assert!(time(&older) > time(&open));
    let sunday = call(&["--press", "wait", "--at", "2026-11-22T10:00"]);
    assert_eq!(
        (&sunday["moment"], &sunday["ending"]),
        (&"2026-11-22T10:00".into(), &"closed".into())
    );
    let last = sunday["transcript"]
        .as_array()
        .and_then(|all| all.last())
        .expect("an entry");
    assert_eq!((&last["event"], &last["why"]), (&"ignored".into(), &"over".into()));
}

#[test]
fn a_foreign_flow_is_called_too() {
    let folder = folder(&[("flow.json", FLOW)]);
    let output = presszero(folder.path(), &["call", "flow.json", "--press", "1"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("\"Hello.\""), "{}", stdout(&output));
}

#[test]
fn nonsense_is_refused_with_advice() {
    let folder = folder(&[("line.yaml", GOOD), ("lines.yaml", LINES), ("notes.yaml", "a: 1\n")]);
    let refused = |arguments: &[&str], expected: i32, says: &str| {
        let output = presszero(folder.path(), arguments);
        assert_eq!(code(&output), expected, "{arguments:?}\n{}", stderr(&output));
        assert!(stderr(&output).contains(says), "{arguments:?}\n{}", stderr(&output));
        assert_eq!(stdout(&output), "", "{arguments:?}");
    };
    // The test's own standard input is no terminal.
    refused(
        &["call", "line.yaml"],
        2,
        "say what the caller does, as in `--press 2,1,wait`",
    );
    refused(
        &["call", "line.yaml", "--press", "1,A"],
        2,
        "`A` is no key of a telephone",
    );
    refused(&["call", "line.yaml", "--press", "hold:2"], 2, "`2s` for seconds");
    refused(
        &["call", "line.yaml", "--press", "1", "--at", "tomorrow"],
        2,
        "`tomorrow` is not a moment",
    );
    refused(
        &["call", "line.yaml", "--press", "1", "--given", "desk"],
        2,
        "a name and an answer",
    );
    refused(
        &["call", "line.yaml", "--press", "1", "--given", "dsk=full"],
        2,
        "did you mean `desk`?",
    );
    refused(
        &["call", "line.yaml", "--press", "1", "--given", "desk=rejected"],
        2,
        "`desk` never answers `rejected`",
    );
    refused(
        &["call", "line.yaml", "--press", "1", "--caller", "oldre"],
        2,
        "did you mean `older`?",
    );
    refused(&["call", "lines.yaml", "--press", "1"], 2, "this holds 2 phone trees");
    refused(
        &["call", "lines.yaml", "--press", "1", "--tree", "Frist line"],
        2,
        "did you mean `First line`?",
    );
    refused(&["call", "notes.yaml", "--press", "1"], 3, "not a phone tree");
    refused(&["call", "missing.yaml", "--press", "1"], 3, "there is no such file");
}
