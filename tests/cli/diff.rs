//! `presszero diff`: files, folders and revisions of git, as text, as a comment and as data, with exit codes.

use super::schemas::{mistakes, published};
use super::{BAD, GOOD, code, command, folder, presszero, stderr, stdout};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The good tree with a menu before its person.
fn deeper() -> String {
    GOOD.replace("0: desk}", "0: more}").replace(
        "  desk: {kind: queue",
        "  more:\n    kind: menu\n    prompt: For today's bookings, press 1. For all others, press 2.\n    keys: {1: desk, 2: \
         desk}\n    no-input: desk\n    no-match: desk\n  desk: {kind: queue",
    )
}

fn git(folder: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .current_dir(folder)
        .args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.com",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git is there");
    assert!(
        done.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
}

/// A repository with one commit of these files.
fn repository_of(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = folder(files);
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message", "first"]);
    folder
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let all = [&["diff", "--format", "json"], arguments].concat();
    let report: Value = serde_json::from_str(&stdout(&presszero(folder, &all))).expect("JSON");
    assert_eq!(mistakes(&published("diff"), &report), Vec::<String>::new());
    report
}

#[test]
fn two_files_are_compared_and_a_worse_one_fails() {
    let folder = folder(&[("old.yaml", GOOD), ("new.yaml", &deeper())]);
    let here = folder.path();
    let worse = presszero(here, &["diff", "old.yaml", "new.yaml"]);
    let text = stdout(&worse);
    assert_eq!(code(&worse), 1, "{text}{}", stderr(&worse));
    for part in [
        "old.yaml -> new.yaml",
        "worse for callers",
        "+ added `more`",
        "key 0 leads to `more`, was `desk`",
        "tolerated: ",
    ] {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
    assert!(!text.contains('\u{1b}'));
    assert_eq!(code(&presszero(here, &["diff", "new.yaml", "old.yaml"])), 0);
    let same = presszero(here, &["diff", "old.yaml", "old.yaml"]);
    assert_eq!(code(&same), 0);
    assert!(stdout(&same).contains("nothing changes for callers"));
    let lenient = ["diff", "old.yaml", "new.yaml", "--tolerance", "9 menus,1h,100pp"];
    let lenient = presszero(here, &lenient);
    assert_eq!(code(&lenient), 0, "{}", stdout(&lenient));
    assert!(stdout(&lenient).contains("tolerated: 9 menus more, 3600 s"));
    let report = json(here, &["old.yaml", "new.yaml"]);
    assert_eq!(
        (&report["worse"], &report["trees"][0]["fate"]),
        (&Value::Bool(true), &Value::from("kept"))
    );
    let input = command(here, &["diff", "-", "new.yaml"])
        .write_stdin(GOOD)
        .output()
        .expect("it runs");
    assert_eq!(code(&input), 1);
}

#[test]
fn reports_go_to_files_each_in_its_form() {
    let folder = folder(&[("a/line.yaml", GOOD), ("b/line.yaml", &deeper()), ("a/gone.yaml", BAD)]);
    let here = folder.path();
    let asked = [
        "diff",
        "a",
        "b",
        "--format",
        "text",
        "--format",
        "markdown",
        "--output",
        "comment.md",
    ];
    let done = presszero(here, &asked);
    assert_eq!(code(&done), 1, "{}", stderr(&done));
    let text = stdout(&done);
    assert!(
        text.contains("a/line.yaml -> b/line.yaml") && text.contains("the phone tree is gone"),
        "{text}"
    );
    let comment = fs::read_to_string(here.join("comment.md")).expect("it is written");
    assert!(
        comment.starts_with("## presszero: worse for callers than is tolerated\n\n### worse for callers"),
        "{comment}"
    );
    let fates: Vec<Value> = json(here, &["a", "b"])["trees"]
        .as_array()
        .expect("trees")
        .iter()
        .map(|tree| tree["fate"].clone())
        .collect();
    assert_eq!(fates, ["kept", "removed"]);
    for wrong in [
        &["diff", "a"][..],
        &["diff", "a", "b/line.yaml"],
        &["diff", "-", "-"],
        &["diff", "a", "b", "a"],
    ] {
        assert_eq!(code(&presszero(here, wrong)), 2, "{wrong:?}");
    }
    assert_eq!(code(&presszero(here, &["diff", "a", "b", "--tolerance", "much"])), 2);
}

#[test]
fn a_revision_is_compared_with_what_is_there() {
    let settings = "presszero: 1\nrules: {no-repeat-or-back: off}\n";
    let folder = repository_of(&[
        ("lines/line.yaml", GOOD),
        ("lines/bad.yaml", BAD),
        ("presszero.yaml", settings),
    ]);
    let here = folder.path();
    let same = presszero(here, &["diff", "--git", "main", "lines"]);
    assert_eq!(code(&same), 0, "{}", stderr(&same));
    assert!(
        stdout(&same).contains("2 phone trees: nothing changes"),
        "{}",
        stdout(&same)
    );
    git(here, &["checkout", "--quiet", "-b", "change"]);
    fs::write(here.join("lines/line.yaml"), deeper()).expect("written");
    git(here, &["mv", "lines/bad.yaml", "lines/worst.yaml"]);
    let changed = presszero(here, &["diff", "--git", "main", "lines"]);
    let text = stdout(&changed);
    assert_eq!(code(&changed), 1, "{text}{}", stderr(&changed));
    for part in ["lines/line.yaml\n", "+ added `more`", "1 phone tree: nothing changes"] {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
    assert!(
        !text.contains("no-repeat-or-back"),
        "the settings of both sides hold:\n{text}"
    );
    // The same from within a folder, and by a path from the root.
    let within = presszero(
        &here.join("lines"),
        &["diff", "--git", "main", "line.yaml", "worst.yaml"],
    );
    assert_eq!(code(&within), 1, "{}", stderr(&within));
    let absolute = here.join("lines/line.yaml");
    let absolute = presszero(here, &["diff", "--git", "main", &absolute.to_string_lossy()]);
    assert_eq!(code(&absolute), 1, "{}", stderr(&absolute));
    // Settings that came with the change hold for its side alone.
    fs::write(here.join("presszero.yaml"), "presszero: 1\n").expect("written");
    let stricter = stdout(&presszero(here, &["diff", "--git", "main", "lines/line.yaml"]));
    assert!(stricter.contains("! new warning no-repeat-or-back"), "{stricter}");
    // Files that came and went.
    fs::remove_file(here.join("lines/worst.yaml")).expect("removed");
    fs::write(here.join("lines/new.yaml"), GOOD.replace("bookings", "tickets")).expect("written");
    let report = json(here, &["--git", "main", "lines/new.yaml", "lines/bad.yaml"]);
    let told = |tree: &Value| {
        (
            tree["fate"].clone(),
            tree["file_before"].clone(),
            tree["file_after"].clone(),
        )
    };
    let trees: Vec<_> = report["trees"].as_array().expect("trees").iter().map(told).collect();
    let (new, gone) = ("lines/new.yaml".into(), "lines/bad.yaml".into());
    assert_eq!(
        trees,
        [
            ("added".into(), Value::Null, new),
            ("removed".into(), gone, Value::Null)
        ]
    );
}

#[test]
fn an_overlay_of_the_revision_holds_for_its_side() {
    let flow = r#"{"Version": "2019-10-30", "StartAction": "hello", "Actions": [
      {"Identifier": "hello", "Type": "MessageParticipant", "Parameters": {"PromptId": "p"}, "Transitions": {"NextAction": "bye"}},
      {"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]}"#;
    let overlay = |label: &str| format!("phone-tree-overlay: 1\nsteps:\n  hello: {{label: {label}}}\n");
    let folder = repository_of(&[("flow.json", flow), ("flow.overlay.yaml", &overlay("Welcome"))]);
    fs::write(folder.path().join("flow.overlay.yaml"), overlay("Hello")).expect("written");
    let report = json(folder.path(), &["--git", "HEAD", "flow.json"]);
    assert_eq!(report["refused"], Value::Array(Vec::new()));
    assert_eq!(report["trees"][0]["headline"], "nothing changes for callers");
    let field = &report["trees"][0]["edit"]["changed"][0]["fields"][0];
    assert_eq!(
        (&field["before"], &field["after"]),
        (&"Welcome".into(), &"Hello".into()),
        "{report:#}"
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_was_there_is_no_new_tree() {
    let repository = repository_of(&[("shared/line.yaml", GOOD), ("lines/other.yaml", GOOD)]);
    let here = repository.path();
    std::os::unix::fs::symlink("../shared/line.yaml", here.join("lines/line.yaml")).expect("a link");
    git(here, &["add", "."]);
    git(here, &["commit", "--quiet", "-m", "a link"]);
    let report = json(here, &["--git", "HEAD", "lines"]);
    let fates: Vec<&Value> = report["trees"]
        .as_array()
        .expect("trees")
        .iter()
        .map(|tree| &tree["fate"])
        .collect();
    assert_eq!(fates, ["kept", "kept"], "{report:#}");
}

#[test]
fn what_git_cannot_give_is_said() {
    let repository = repository_of(&[("line.yaml", GOOD)]);
    let here = repository.path();
    let says = |folder: &Path, arguments: &[&str], exit: i32, part: &str| {
        let output = presszero(folder, &[&["diff"], arguments].concat());
        assert_eq!(code(&output), exit, "{arguments:?}: {}", stderr(&output));
        let told = stderr(&output) + &stdout(&output);
        assert!(told.contains(part), "no `{part}` in: {told}");
    };
    says(
        here,
        &["--git", "nowhere", "line.yaml"],
        2,
        "git knows no revision `nowhere`",
    );
    says(here, &["--git=--all", "line.yaml"], 2, "git knows no revision `--all`");
    says(here, &["--git", "main", ".."], 2, "lies outside of the repository");
    says(here, &["--git", "main", "-"], 2, "standard input has no revision");
    says(here, &["--git", "main", "lime.yaml"], 3, "there is no such file");
    let bare = folder(&[("line.yaml", GOOD)]);
    let mut no_repository = command(bare.path(), &["diff", "--git", "main", "line.yaml"]);
    let no_repository = no_repository
        .env("GIT_CEILING_DIRECTORIES", bare.path())
        .output()
        .expect("it runs");
    assert_eq!(code(&no_repository), 2);
    assert!(
        stderr(&no_repository).contains("not a repository"),
        "{}",
        stderr(&no_repository)
    );
    let mut no_git = command(here, &["diff", "--git", "main", "line.yaml"]);
    let no_git = no_git.env("PATH", here).output().expect("it runs");
    assert_eq!(code(&no_git), 2);
    assert!(
        stderr(&no_git).contains("the program `git` is needed"),
        "{}",
        stderr(&no_git)
    );
}

#[test]
fn the_other_half_of_a_broken_file_is_told() {
    let broken = "phone-tree: 1\nsteps: [\n";
    let repository = repository_of(&[("line.yaml", BAD)]);
    let here = repository.path();
    fs::write(here.join("line.yaml"), broken).expect("written");
    fs::write(here.join("good.yaml"), BAD).expect("written");
    for arguments in [
        ["--git", "main", "line.yaml"],
        ["good.yaml", "line.yaml", "--format=text"],
    ] {
        let output = presszero(here, &[&["diff"], &arguments[..]].concat());
        let text = stdout(&output);
        assert_eq!(code(&output), 3, "{text}");
        for part in [
            "only one side can be read",
            "a person is offered: 4 menus",
            "has error human-too-deep",
            "not read (after)",
        ] {
            assert!(text.contains(part), "no `{part}` in:\n{text}");
        }
    }
    let report = json(here, &["--git", "main", "line.yaml"]);
    assert_eq!(report["trees"][0]["fate"], "half-read");
    assert_eq!(report["refused"][0]["side"], "after");
}
