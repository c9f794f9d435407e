//! The published schemas in an editor: what the YAML language server says of a good and a bad file.
//!
//! It is asked where node and the server are there: `npm install yaml-language-server`, and its
//! `out/server/src/server.js` named by `YAML_LANGUAGE_SERVER`.

use super::repository;
use serde_json::Value;
use std::process::Command;

/// What the server says of a file, and what it offers at a place; `None` where there is no server.
#[expect(clippy::print_stderr, reason = "whoever reads the tests learns what was left out")]
fn ask(schema: &str, file: &str, place: &[&str]) -> Option<Value> {
    let Some(server) = std::env::var_os("YAML_LANGUAGE_SERVER") else {
        eprintln!("left out: YAML_LANGUAGE_SERVER does not name a language server");
        return None;
    };
    let output = Command::new("node")
        .current_dir(repository())
        .arg("tests/editor/diagnose.mjs")
        .arg(server)
        .args([format!("schemas/{schema}-1.json"), format!("tests/editor/{file}.yaml")])
        .args(place)
        .output();
    let output = output.expect("node starts, where a server is named");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    Some(serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {told}")))
}

fn lines(answer: &Value) -> Vec<u64> {
    let found = answer["diagnostics"].as_array().expect("a list").iter();
    let mut lines: Vec<u64> = found.filter_map(|one| one["line"].as_u64()).collect();
    lines.sort_unstable();
    lines
}

#[test]
fn a_bad_tree_is_marked_where_it_is_wrong_and_a_good_one_is_not() {
    let Some(good) = ask("tree", "good", &[]) else { return };
    assert_eq!(lines(&good), [0_u64; 0], "{good}");
    let Some(bad) = ask("tree", "bad", &["19", "5"]) else {
        return;
    };
    assert_eq!(lines(&bad), [3, 7, 8, 10, 15, 18], "{bad}");
    // The fields of its kind that the step has not yet, and no others.
    let offered = ["allow", "error", "label", "owner", "prompt", "sets", "then"];
    assert_eq!(bad["offered"], serde_json::json!(offered));
}

#[test]
fn bad_settings_are_marked_where_they_are_wrong() {
    let Some(settings) = ask("settings", "settings", &[]) else {
        return;
    };
    assert_eq!(lines(&settings), [3, 4], "{settings}");
}
