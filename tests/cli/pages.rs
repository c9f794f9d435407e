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
    let neither = stderr(&presszero(folder.path(), &["explain", "xyzzy"]));
    assert!(neither.contains("no rule or profile called `xyzzy`"), "{neither}");
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
fn a_file_for_ci_is_written_where_it_is_asked_for() {
    for (service, file) in [
        ("github", ".github/workflows/presszero.yml"),
        ("gitlab", ".gitlab-ci.yml"),
    ] {
        let folder = folder(&[]);
        let made = presszero(folder.path(), &["init", "lines", "--ci", service]);
        assert_eq!(code(&made), 0, "{}", stderr(&made));
        let text = std::fs::read_to_string(folder.path().join(file)).expect("it is written");
        let value: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
        assert!(value.is_mapping());
        let line = text
            .lines()
            .find(|line| line.contains("presszero audit"))
            .expect("the audit");
        let (_, command) = line.split_once("presszero ").expect("a command");
        // The command is one that the program takes.
        let arguments: Vec<String> = command.split(' ').map(|word| word.replace('"', "")).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let audit = presszero(folder.path(), &arguments);
        assert_eq!(code(&audit), 0, "{service}: {}", stderr(&audit));
        std::fs::write(folder.path().join(file), "mine").expect("written");
        let again = presszero(folder.path(), &["init", "others", "--ci", service]);
        assert!(stdout(&again).contains("as it is"), "{}", stdout(&again));
        assert_eq!(std::fs::read_to_string(folder.path().join(file)).expect("kept"), "mine");
    }
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
