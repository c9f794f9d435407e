//! The commands that tell and start: explain, rules, init, completions.

use super::{code, folder, presszero, repository, stderr, stdout};

#[test]
fn an_unknown_rule_is_answered_with_the_nearest_name() {
    let folder = folder(&[]);
    let output = presszero(folder.path(), &["explain", "human-to-deep"]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("did you mean `human-too-deep`?"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn every_rule_has_a_page_with_its_parts() {
    let folder = folder(&[]);
    let list = stdout(&presszero(folder.path(), &["rules", "--format", "json"]));
    let list: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    for rule in list["rules"].as_array().expect("rules") {
        let name = rule["name"].as_str().expect("a name");
        let page = stdout(&presszero(folder.path(), &["explain", name]));
        for part in ["What", "Why", "Bad", "Good", "Fix", "Source"] {
            assert!(page.lines().any(|line| line == part), "{name} has no {part}");
        }
    }
    let page = stdout(&presszero(folder.path(), &["explain", "unused-allowance"]));
    assert!(page.contains("Remove it"), "{page}");
}

#[test]
fn a_new_tree_passes_its_own_audit_and_nothing_is_overwritten() {
    let folder = folder(&[]);
    let made = presszero(folder.path(), &["init", "lines"]);
    assert_eq!(code(&made), 0, "{}", stderr(&made));
    let audit = presszero(folder.path(), &["audit", "lines", "--fail-on", "info", "--strict"]);
    assert_eq!(code(&audit), 0, "{}", stdout(&audit));
    assert!(stdout(&audit).contains("lines/phone-tree.yaml"));
    std::fs::write(folder.path().join("lines/phone-tree.yaml"), "mine").expect("written");
    let again = presszero(folder.path(), &["init", "lines"]);
    assert_eq!(code(&again), 2);
    let kept = std::fs::read_to_string(folder.path().join("lines/phone-tree.yaml")).expect("kept");
    assert_eq!(kept, "mine");
}

#[test]
fn shells_get_their_completions() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = stdout(&presszero(folder.path(), &["completions", shell]));
        assert!(text.contains("fail-on"), "{shell}");
    }
}

#[test]
fn the_page_on_callers_names_every_parameter_with_its_source() {
    let page = stdout(&presszero(repository(), &["explain", "callers"]));
    for parameter in presszero::callers::parameters::PARAMETERS {
        let name = format!("- `{}` ", parameter.name);
        let line = page.lines().find(|line| line.starts_with(&name)).unwrap_or_default();
        assert!(line.ends_with(parameter.source), "{name}: {line}");
    }
    assert!(page.contains("At menus") && page.contains("`wrong-option`"));
}
