//! Foreign files: recognised, completed by an overlay, written in our own format.

use super::{GOOD, code, folder, presszero, stderr, stdout};
use serde_json::Value;

const CLINIC: &str = include_str!("../fixtures/connect/clinic.json");

fn figures(output: &std::process::Output) -> Value {
    let report: Value = serde_json::from_str(&stdout(output)).expect("JSON");
    report["trees"][0]["figures"].clone()
}

#[test]
fn a_flow_is_audited_with_places_in_the_original() {
    let folder = folder(&[("flow.json", CLINIC)]);
    let arguments = ["audit", "flow.json", "--format", "json", "--fail-on", "never"];
    let output = presszero(folder.path(), &arguments);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let report: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(report["trees"][0]["format"], "amazon-connect");
    let findings = report["trees"][0]["findings"].as_array().expect("findings");
    let novel = findings
        .iter()
        .find(|finding| finding["rule"] == "not-understood")
        .expect("a finding");
    let place = |end: &str| usize::try_from(novel["place"][end].as_u64().expect("a byte")).expect("small");
    assert_eq!(
        CLINIC.get(place("start_byte")..place("end_byte")),
        Some("\"SummonGenie\"")
    );
    let line = CLINIC.lines().nth(place("line") - 1).expect("a line");
    assert!(line[place("column") - 1..].starts_with("\"SummonGenie\""), "{line}");
}

#[test]
fn an_overlay_beside_a_flow_completes_it() {
    let overlay = "phone-tree-overlay: 1\nsteps:\n  queue: {wait: 90s, label: The nurses}\n";
    let folder = folder(&[
        ("plain/flow.json", CLINIC),
        ("whole/flow.json", CLINIC),
        ("whole/flow.overlay.yaml", overlay),
        ("given.yaml", overlay),
    ]);
    let audit = |arguments: &[&str]| {
        let arguments = [&["audit", "--format", "json", "--fail-on", "never"], arguments].concat();
        let output = presszero(folder.path(), &arguments);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        figures(&output)
    };
    let (plain, whole) = (audit(&["plain"]), audit(&["whole"]));
    let unknown = |figures: &Value| figures["unknown"].as_array().expect("a list").len();
    assert_eq!(unknown(&whole) + 1, unknown(&plain));
    assert_eq!(audit(&["plain/flow.json", "--overlay", "given.yaml"]), whole);
}

#[test]
fn a_broken_overlay_is_shown_where_it_is_broken_and_the_flow_audited() {
    let overlay = "phone-tree-overlay: 1\nsteps:\n  queue: {wait: soon}\n  no-such-block: {label: x}\n";
    let folder = folder(&[
        ("flow.json", CLINIC),
        ("flow.overlay.yaml", overlay),
        ("good.yaml", GOOD),
    ]);
    let output = presszero(folder.path(), &["audit", "flow.json"]);
    let text = stdout(&output);
    assert_eq!(code(&output), 3);
    assert!(text.contains("--> flow.overlay.yaml:3:17"), "{text}");
    assert!(text.contains("--> flow.overlay.yaml:4:3"), "{text}");
    assert!(text.contains("1 phone tree audited"), "{text}");
    let two = presszero(
        folder.path(),
        &["audit", "flow.json", "good.yaml", "--overlay", "flow.overlay.yaml"],
    );
    assert_eq!(code(&two), 2);
    let own = presszero(folder.path(), &["audit", "good.yaml", "--overlay", "flow.overlay.yaml"]);
    assert_eq!(code(&own), 3);
}

#[test]
fn an_imported_flow_has_the_figures_of_the_original() {
    let folder = folder(&[("flow.json", CLINIC), ("good.yaml", GOOD), ("notes.json", "{}")]);
    let output = presszero(folder.path(), &["import", "flow.json", "--output", "flow.yaml"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stderr(&output).contains("`SummonGenie` is not understood"));
    let person = |file: &str| {
        let arguments = ["audit", file, "--format", "json", "--fail-on", "never"];
        let figures = figures(&presszero(folder.path(), &arguments));
        [
            figures["menus"].clone(),
            figures["person"]["reached"]["milliseconds"].clone(),
        ]
    };
    assert!(!person("flow.json")[1].is_null());
    assert_eq!(person("flow.yaml"), person("flow.json"));
    let (plain, dash) = (["import", "flow.json"], ["import", "flow.json", "--output", "-"]);
    assert_eq!(
        stdout(&presszero(folder.path(), &dash)),
        stdout(&presszero(folder.path(), &plain))
    );
    assert!(!folder.path().join("-").exists());
    assert_eq!(code(&presszero(folder.path(), &["import", "good.yaml"])), 2);
    assert_eq!(code(&presszero(folder.path(), &["import", "notes.json"])), 3);
    assert_eq!(code(&presszero(folder.path(), &["import", "missing.json"])), 3);
}
