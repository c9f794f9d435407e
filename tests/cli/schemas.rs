//! The published schemas: generated, and true of what the program reads and writes.

use super::{BAD, GOOD, folder, presszero, repository, stdout};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

pub fn published(name: &str) -> Value {
    let path = repository().join(format!("schemas/{name}-1.json"));
    let text = fs::read_to_string(path).expect("the schema is there");
    serde_json::from_str(&text).expect("JSON")
}

/// The mistakes that a schema sees.
pub fn mistakes(schema: &Value, value: &Value) -> Vec<String> {
    let schema = jsonschema::draft202012::new(schema).expect("a schema");
    let show = |error: jsonschema::ValidationError<'_>| format!("{}: {error}", error.instance_path());
    schema.iter_errors(value).map(show).collect()
}

pub fn yaml(text: &str) -> Value {
    let value: serde_yaml::Value = serde_yaml::from_str(text).expect("YAML");
    serde_json::to_value(value).expect("JSON")
}

fn menus() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![repository().join("menus")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "yaml")
                && fs::read_to_string(&path).expect("text").contains("\nphone-tree:")
            {
                found.push(path);
            }
        }
    }
    assert!(found.len() >= 10);
    found
}

#[test]
fn the_published_schemas_are_those_that_the_program_prints() {
    for name in [
        "tree",
        "overlay",
        "settings",
        "audit",
        "call",
        "test",
        "simulate",
        "diff",
        "calibrate",
        "checklist",
        "report",
    ] {
        let printed = stdout(&presszero(repository(), &["schema", name]));
        let path = repository().join(format!("schemas/{name}-1.json"));
        let kept = fs::read_to_string(path).expect("the schema is there");
        assert!(kept == printed, "run: presszero schema {name} > schemas/{name}-1.json");
    }
}

#[test]
fn the_schema_of_trees_accepts_the_menus() {
    let schema = published("tree");
    for path in menus() {
        let value = yaml(&fs::read_to_string(&path).expect("text"));
        let mistakes = mistakes(&schema, &value);
        assert!(mistakes.is_empty(), "{}: {mistakes:#?}", path.display());
    }
}

#[test]
fn the_schema_of_trees_sees_mistakes() {
    let schema = published("tree");
    assert_eq!(mistakes(&schema, &yaml(GOOD)), Vec::<String>::new());
    let wrong = [
        ("kind: menu", "kind: menue"),
        ("wait: 20s", "wait: 20"),
        ("no-match: desk", "no-mach: desk"),
        ("{1: desk, 0: desk}", "{A: desk}"),
        ("  desk: ", "  The_Desk: "),
        ("owner: Front desk", "owner: [Front desk]"),
        ("entry: main\n", ""),
    ];
    for (right, mistake) in wrong {
        let text = GOOD.replace(right, mistake);
        assert_ne!(text, GOOD, "{right}");
        assert!(!mistakes(&schema, &yaml(&text)).is_empty(), "`{mistake}` is taken");
    }
}

#[test]
fn the_schema_of_settings_knows_the_rules() {
    let schema = published("settings");
    let right = "presszero: 1\nrules: {human-too-deep: {severity: info, limit: {warning: 2, error: 3}}}\n";
    assert_eq!(mistakes(&schema, &yaml(right)), Vec::<String>::new());
    for wrong in [
        "rules: {human-to-deep: off}",
        "rules: {human-too-deep: loud}",
        "rule: {}",
    ] {
        assert!(!mistakes(&schema, &yaml(wrong)).is_empty(), "`{wrong}` is taken");
    }
}

#[test]
fn reports_are_of_their_published_form() {
    let schema = published("audit");
    let broken = "phone-tree: 1\nsteps: [\n";
    let files = [("bad.yaml", BAD), ("notes.yaml", "a: 1\n"), ("broken.yaml", broken)];
    let folder = folder(&files);
    let here = folder.path().to_owned();
    let menus = repository().to_owned();
    for (place, paths) in [(menus, vec!["menus"]), (here, vec![".", "missing.yaml", "notes.yaml"])] {
        let arguments = [&["audit", "--format", "json"], paths.as_slice()].concat();
        let report: Value = serde_json::from_str(&stdout(&presszero(&place, &arguments))).expect("JSON");
        assert_eq!(mistakes(&schema, &report), Vec::<String>::new());
        assert!(!report["trees"].as_array().expect("trees").is_empty());
    }
}
