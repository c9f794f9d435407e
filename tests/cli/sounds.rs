//! Recordings whose words and length lie beside the tree that names them.

use super::{code, folder, presszero, stderr, stdout};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Output;

const TREE: &str = "\
phone-tree: 1
language: en-US
entry: main
steps:
  main:
    kind: menu
    prompt: {audio: ivr/welcome.wav}
    keys: {1: desk, 0: desk}
    no-input: desk
    no-match: desk
  desk: {kind: agent}
";
const FLOW: &str = r#"{"Version": "2019-10-30", "StartAction": "hello", "Actions": [
  {"Identifier": "hello", "Type": "MessageParticipant", "Parameters": {"PromptId": "welcome.wav"}, "Transitions": {"NextAction": "bye"}},
  {"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]}"#;
const WORDS: &str = "For bookings, press 1. To speak to a person, press 0.";
const TABLE: &str = "file,text\nivr/welcome.wav,\"For bookings, press 1. To speak to a person, press 0.\"\n";

/// Sound of A-law, so many bytes of it at 8000 a second, behind its header.
fn wave(length: u32) -> Vec<u8> {
    let mut out = b"RIFF\0\0\0\0WAVEfmt \x12\0\0\0\x06\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0\0\0data".to_vec();
    out.extend(length.to_le_bytes());
    out.resize(out.len() + length as usize, 0xD5);
    out
}

fn audit(folder: &Path, path: &str) -> (Output, Value) {
    let output = presszero(folder, &["audit", path, "--format", "json", "--fail-on", "never"]);
    let report = serde_json::from_str(&stdout(&output)).expect("JSON");
    (output, report)
}

/// What is not known of the first tree.
fn unknown(folder: &Path, path: &str) -> String {
    let (output, report) = audit(folder, path);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    report["trees"][0]["figures"]["unknown"].to_string()
}

#[test]
fn words_are_found_wherever_they_may_lie() {
    let lone = folder(&[("line/tree.yaml", TREE)]);
    assert!(unknown(lone.path(), "line").contains("wording"));
    for (place, text, asked) in [
        ("line/prompts.csv", TABLE, "line/tree.yaml"),
        ("prompts.csv", TABLE, "."),
        ("line/sounds/prompts.csv", TABLE, "line"),
        ("line/ivr/welcome.txt", WORDS, "line"),
        ("line/prompts/en/ivr/welcome.txt", WORDS, "line"),
        ("line/en-US/ivr/welcome.txt", WORDS, "line"),
        ("audio/ivr/8000/welcome.txt", WORDS, "."),
    ] {
        let folder = folder(&[("line/tree.yaml", TREE), (place, text)]);
        let unknown = unknown(folder.path(), asked);
        assert!(!unknown.contains("wording"), "{place}: {unknown}");
    }
    // Nothing above what is audited is read, and another language's folder is not looked into.
    for (place, text) in [
        ("prompts.csv", TABLE),
        ("line/fr/ivr/welcome.txt", WORDS),
        ("line/welcome.txt", WORDS),
    ] {
        let folder = folder(&[("line/tree.yaml", TREE), (place, text)]);
        assert!(unknown(folder.path(), "line").contains("wording"), "{place}");
    }
}

#[test]
fn no_name_leads_out_of_what_is_audited() {
    let tree = TREE.replace("ivr/welcome.wav", "../secret.wav");
    let folder = folder(&[("line/tree.yaml", &tree), ("secret.txt", WORDS)]);
    assert!(unknown(folder.path(), "line").contains("wording"));
    assert!(!unknown(folder.path(), ".").contains("wording"));
}

#[test]
fn a_recording_lasts_as_long_as_it_does() {
    let folder = folder(&[("tree.yaml", TREE), ("ivr/welcome.txt", WORDS)]);
    let person = || {
        let (_, report) = audit(folder.path(), "tree.yaml");
        report["trees"][0]["figures"]["person"]["reached"]["milliseconds"]
            .as_u64()
            .expect("a person is reached")
    };
    let spoken = person();
    fs::write(folder.path().join("ivr/welcome.wav"), wave(160_000)).expect("written");
    let recorded = person();
    fs::write(folder.path().join("ivr/welcome.wav"), wave(320_000)).expect("written");
    let longer = person();
    assert!(spoken < recorded, "{spoken} {recorded}");
    assert!(longer > recorded + 5000, "{recorded} {longer}");
    fs::write(folder.path().join("ivr/welcome.wav"), "no sound").expect("written");
    assert_eq!(person(), spoken);
}

#[test]
fn a_foreign_flow_gets_its_words_and_takes_them_along() {
    let folder = folder(&[
        ("flow.json", FLOW),
        (
            "prompts.csv",
            "name,transcript,duration\nwelcome,Welcome to the clinic.,3\n",
        ),
    ]);
    assert!(!unknown(folder.path(), "flow.json").contains("wording"));
    let output = presszero(folder.path(), &["import", "flow.json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        stdout(&output).contains("Welcome to the clinic."),
        "{}",
        stdout(&output)
    );
    fs::remove_file(folder.path().join("prompts.csv")).expect("removed");
    assert!(unknown(folder.path(), "flow.json").contains("wording"));
}

#[test]
fn mistakes_beside_a_tree_are_shown_where_they_are_and_the_tree_audited() {
    let table = format!("{TABLE}goodbye.wav,\n");
    let broken = folder(&[("tree.yaml", TREE), ("prompts.csv", &table)]);
    let output = presszero(broken.path(), &["audit", "."]);
    let text = stdout(&output);
    assert_eq!(code(&output), 3);
    assert!(text.contains("--> prompts.csv:3:1"), "{text}");
    assert!(
        text.contains("the row says nothing of `goodbye.wav`") && text.contains("1 phone tree audited"),
        "{text}"
    );
    let (_, report) = audit(broken.path(), "tree.yaml");
    assert!(
        !report["trees"][0]["figures"]["unknown"].to_string().contains("wording"),
        "the rest of it is taken"
    );

    let empty = folder(&[("tree.yaml", TREE), ("ivr/welcome.txt", "\n")]);
    let output = presszero(empty.path(), &["audit", "tree.yaml"]);
    assert_eq!(code(&output), 3);
    assert!(stdout(&output).contains("ivr/welcome.txt:1:1"), "{}", stdout(&output));
}

#[test]
fn what_lies_beside_a_tree_is_no_skipped_tree() {
    let folder = folder(&[("tree.yaml", TREE), ("prompts.csv", TABLE), ("ivr/welcome.txt", WORDS)]);
    for path in [".", "**/*"] {
        let (output, report) = audit(folder.path(), path);
        assert_eq!(
            (code(&output), &report["skipped"]),
            (0, &serde_json::json!([])),
            "{report}"
        );
    }
}

#[test]
fn a_mend_leaves_words_alone_that_stand_elsewhere() {
    let wrong = TABLE.replace("press 1", "press 7");
    let folder = folder(&[("tree.yaml", TREE), ("prompts.csv", &wrong)]);
    let (_, report) = audit(folder.path(), "tree.yaml");
    let found = report["trees"][0]["findings"].to_string();
    assert!(found.contains("announced-key-undefined"), "{found}");
    let output = presszero(folder.path(), &["audit", "--fix", "tree.yaml"]);
    assert!(code(&output) < 2, "{}", stderr(&output));
    let output = presszero(folder.path(), &["improve", "tree.yaml"]);
    assert!(!stdout(&output).contains("without known words"), "{}", stdout(&output));
    let table = fs::read_to_string(folder.path().join("prompts.csv")).expect("read");
    assert_eq!(table, wrong);
}
