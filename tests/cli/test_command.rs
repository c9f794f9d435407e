//! `presszero test`: calls in trees and beside them, their failures, what they leave untried.

use super::schemas::{mistakes, published};
use super::{GOOD, code, folder, presszero, repository, stderr, stdout};
use serde_json::Value;

/// Calls to the good tree: one as expected, and three that are not.
const CALLS: &str = "\
calls:
  - name: a person is one key away
    does: press 0
    expect: {reaches: desk, within: 10s, at-most-presses: 1, hears: to speak to a person}
  - name: <slow & \"wrong\">
    given: {dsk: full}
    does: [press 9, press 9, press 1]
    expect: {reaches: desk, within: 5s, at-most-presses: 1, hears: good morning}
  - name: nobody calls back
    does: [press 0, wait, press 1]
    expect: {reaches: later}
  - does: [hang up]
    expect: {reaches: dekc}
";

fn with_calls() -> tempfile::TempDir {
    folder(&[("line.yaml", GOOD), ("line.calls.yaml", CALLS), ("other.yaml", GOOD)])
}

#[test]
fn failures_are_shown_where_they_are_expected() {
    let folder = with_calls();
    for paths in [vec!["."], vec!["line.yaml"], vec!["line.calls.yaml"]] {
        let output = presszero(folder.path(), &[&["test"], paths.as_slice()].concat());
        assert_eq!(code(&output), 1, "{}", stderr(&output));
        let text = stdout(&output);
        for part in [
            "error[call]: the call comes to `desk` after 14s, not within 5s",
            "error[call]: the call comes to `desk` after 2 presses, not at most 1",
            "error[call]: \"good morning\" is not heard",
            "error[call]: there is no step, datum, fact, pool or schedule called `dsk`",
            "help: did you mean `desk`?",
            "error[call]: the call does not come to `later`: a person answers at `desk`",
            "error[call]: the call is over before this: a person answers at `desk`",
            "error[call]: there is no step called `dekc`",
            "--> line.calls.yaml:8:37",
            "in the call \"<slow & \"wrong\">\"",
            "in the call \"hang up\"",
            "   0:05  > press 9",
            "line.yaml: 4 calls, 3 not as expected",
            "  they try 2 of 3 steps, 1 of 2 options, 1 of 3 exits",
            "    main: 1 (9), no-input (10)",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }
}

#[test]
fn programs_get_json_of_a_published_form() {
    let folder = with_calls();
    let output = presszero(folder.path(), &["test", ".", "--format", "json"]);
    assert_eq!(code(&output), 1);
    let report: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(mistakes(&published("test"), &report), Vec::<String>::new());
    assert_eq!(
        (&report["totals"]["calls"], &report["totals"]["failed"]),
        (&4.into(), &3.into())
    );
    let tree = &report["trees"][0];
    assert_eq!(tree["calls"][0]["passed"], true);
    let place = &tree["calls"][1]["failures"][2]["place"];
    assert_eq!((&place["file"], &place["line"]), (&"line.calls.yaml".into(), &8.into()));
    let left = tree["coverage"]["not_taken"].as_array().expect("a list");
    assert!(
        left.iter()
            .any(|spot| spot["name"] == "1" && spot["place"]["file"] == "line.yaml" && spot["place"]["line"] == 9)
    );
}

#[test]
fn build_servers_get_junit() {
    let folder = with_calls();
    let output = presszero(
        folder.path(),
        &["test", "line.yaml", "--format", "junit", "--output", "calls.xml"],
    );
    assert_eq!((code(&output), stdout(&output)), (1, String::new()));
    let text = std::fs::read_to_string(folder.path().join("calls.xml")).expect("a report");
    assert!(
        text.contains("<testsuites name=\"presszero\" tests=\"4\" failures=\"3\" errors=\"0\""),
        "{text}"
    );
    assert!(text.contains("<testcase name=\"&lt;slow &amp; &quot;wrong&quot;&gt;\" classname=\"line.yaml\" file=\"line.calls.yaml\" line=\"5\""), "{text}");
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn exit_codes_tell_what_happened() {
    let bad = "calls:\n  - {does: [press], expect: {reaches: desk}}\n  - {does: [press 0], expect: {reaches: desk}}\n";
    let in_tree = format!("{GOOD}{bad}");
    let folder = folder(&[
        ("none/line.yaml", GOOD),
        ("bad/line.yaml", GOOD),
        ("bad/line.calls.yaml", bad),
        ("within/line.yaml", &in_tree),
        ("odd/line.yaml", GOOD),
        ("odd/line.calls.yml", "tests: []\n"),
        ("notes.yaml", "a: 1\n"),
    ]);
    let run = |path: &str| presszero(folder.path(), &["test", path]);
    let none = run("none");
    assert_eq!(code(&none), 4);
    assert!(stderr(&none).contains("no calls were found"));
    for (path, place) in [
        ("bad", "line.calls.yaml:2:"),
        ("within", "line.yaml:15:"),
        ("odd", "line.calls.yml:1:"),
    ] {
        let output = run(path);
        assert_eq!(code(&output), 3, "{path}");
        assert!(stdout(&output).contains(place), "{path}\n{}", stdout(&output));
    }
    // What can be read is made all the same.
    assert!(
        stdout(&run("bad")).contains("2 calls, 1 not as expected"),
        "{}",
        stdout(&run("bad"))
    );
    assert_eq!(code(&run("notes.yaml")), 3);
    assert_eq!(code(&run("missing")), 3);
    assert_eq!(code(&presszero(folder.path(), &["test"])), 2);
}

#[test]
fn the_calls_of_the_menus_go_as_expected() {
    let output = presszero(repository(), &["test", "menus", "--no-coverage"]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    assert!(
        stdout(&output).ends_with("calls, all as expected\n"),
        "{}",
        stdout(&output)
    );
}
