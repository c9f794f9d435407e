//! What is audited, and the exit code that says how it went.

use super::{BAD, FLOW, GOOD, code, command, folder, presszero, repository, stderr, stdout};

#[test]
fn exit_codes_are_those_of_the_manual() {
    let folder = folder(&[
        ("good.yaml", GOOD),
        ("bad.yaml", BAD),
        ("notes.yaml", "title: notes\n"),
        ("empty/readme.txt", "nothing here"),
    ]);
    let cases: &[(&[&str], i32)] = &[
        (&["audit", "good.yaml"], 0),
        (&["audit", "bad.yaml"], 1),
        (&["audit", "bad.yaml", "--fail-on", "never"], 0),
        (&["audit", "good.yaml", "--no-such-flag"], 2),
        (&["audit", "good.yaml", "--at", "tomorrow"], 2),
        (&["audit", "good.yaml", "--settings", "missing.yaml"], 2),
        (&["audit"], 2),
        (&["explain", "no-such-rule"], 2),
        (&["audit", "notes.yaml"], 3),
        (&["audit", "missing.yaml"], 3),
        (&["audit", "bad.yaml", "missing.yaml"], 3),
        (&["audit", "empty"], 4),
        (&["--version"], 0),
        (&["--help"], 0),
    ];
    for (arguments, expected) in cases {
        let output = presszero(folder.path(), arguments);
        assert_eq!(code(&output), *expected, "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn what_can_be_audited_is_audited_beside_what_cannot() {
    let folder = folder(&[("good.yaml", GOOD), ("notes.yaml", "title: notes\n")]);
    let output = presszero(folder.path(), &["audit", "notes.yaml", "good.yaml", "missing.yaml"]);
    let text = stdout(&output);
    assert!(text.contains("good.yaml"), "{text}");
    assert!(text.contains("refused: missing.yaml: there is no such file"), "{text}");
    assert!(text.contains("refused: notes.yaml: not a phone tree"), "{text}");
    assert!(text.contains("1 phone tree audited"), "{text}");
}

#[test]
fn in_a_walk_what_is_no_phone_tree_is_a_note() {
    let folder = folder(&[("lines/good.yaml", GOOD), ("lines/notes.yaml", "title: notes\n")]);
    let output = presszero(folder.path(), &["audit", "lines"]);
    assert_eq!(code(&output), 0);
    assert!(stdout(&output).contains("left aside: lines/notes.yaml: not a phone tree"));
    assert_eq!(code(&presszero(folder.path(), &["audit", "lines", "--strict"])), 3);
}

#[test]
fn a_flow_that_nobody_dials_into_is_a_note_in_a_walk_and_refused_by_name() {
    let whisper = FLOW.replacen('{', "{\"Metadata\": {\"type\": \"agentWhisper\"}, ", 1);
    let folder = folder(&[("lines/good.yaml", GOOD), ("lines/whisper", &whisper)]);
    let output = presszero(folder.path(), &["audit", "lines"]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    assert!(stdout(&output).contains("left aside: lines/whisper: amazon-connect: an agent whisper flow"));
    assert_eq!(code(&presszero(folder.path(), &["audit", "lines", "--strict"])), 3);
    assert_eq!(code(&presszero(folder.path(), &["audit", "lines/whisper"])), 3);
}

#[test]
fn standard_input_is_a_file_like_others() {
    let folder = folder(&[]);
    let output = command(folder.path(), &["audit", "-"])
        .write_stdin(BAD)
        .output()
        .expect("it runs");
    assert_eq!(code(&output), 1);
    assert!(stdout(&output).contains("--> -:7:"), "{}", stdout(&output));
}

#[test]
fn a_walk_heeds_gitignore_and_patterns_mean_what_they_say() {
    let folder = folder(&[
        ("lines/.gitignore", "old/\n"),
        ("lines/a.yaml", GOOD),
        ("lines/old/b.yaml", BAD),
        ("lines/a.calls.yaml", "calls: []\n"),
        ("lines/deep/c.yml", GOOD),
        ("lines/.hidden.yaml", BAD),
        ("lines/d.txt", BAD),
        ("lines/e.md", BAD),
        ("lines/LICENSE", "Do as you like; trees and menus are {yours}.\n"),
        ("lines/Exported flow", FLOW),
        ("lines/image", "{\0\0}"),
    ]);
    let files = |arguments: &[&str]| -> Vec<String> {
        let json = stdout(&presszero(folder.path(), &[arguments, &["--format", "json"]].concat()));
        let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let trees = report["trees"].as_array().expect("trees").iter();
        trees
            .map(|tree| tree["file"].as_str().expect("a name").to_owned())
            .collect()
    };
    let found = ["lines/Exported flow", "lines/a.yaml", "lines/d.txt", "lines/deep/c.yml"];
    assert_eq!(files(&["audit", "lines"]), found);
    assert_eq!(files(&["audit", "./lines", "lines/a.yaml"]), found);
    let said = stdout(&presszero(folder.path(), &["audit", "lines"]));
    assert!(!said.contains("LICENSE") && !said.contains("image"), "{said}");
    assert_eq!(files(&["audit", "lines/*.yaml"]), ["lines/a.yaml"]);
    assert_eq!(
        files(&["audit", "lines/**/*.y*ml"]),
        ["lines/a.yaml", "lines/deep/c.yml"]
    );
    assert_eq!(files(&["audit", "lines/*.txt"]), ["lines/d.txt"]);
    assert_eq!(files(&["audit", "lines/d.txt"]), ["lines/d.txt"]);
    assert_eq!(code(&presszero(folder.path(), &["audit", "none/*.yaml"])), 3);
}

#[test]
fn the_report_does_not_depend_on_the_number_of_threads() {
    let run = |format: &str, threads: &str| {
        presszero(
            repository(),
            &["audit", "menus", "--format", format, "--threads", threads],
        )
        .stdout
    };
    for format in ["text", "json"] {
        let one = run(format, "1");
        assert!(!one.is_empty());
        assert!(one == run(format, "2"), "{format} differs with two threads");
        assert!(one == run(format, "7"), "{format} differs with seven threads");
    }
}

#[test]
fn settings_are_found_upwards_and_their_mistakes_have_places() {
    let folder = folder(&[
        ("presszero.yaml", "rules:\n  human-too-deep: off\n"),
        ("lines/deep/bad.yaml", BAD),
        ("other/presszero.yaml", "rules:\n  human-to-deep: off\n"),
        ("other/bad.yaml", BAD),
        ("strict.yaml", "rules: {human-too-deep: {limit: {error: 1}}}\n"),
    ]);
    let off = stdout(&presszero(folder.path(), &["audit", "lines"]));
    assert!(!off.contains("error[human-too-deep]"), "{off}");
    let wrong = presszero(folder.path(), &["audit", "other"]);
    assert_eq!(code(&wrong), 2);
    let message = stderr(&wrong);
    assert!(message.contains("other/presszero.yaml:2:3"), "{message}");
    assert!(message.contains("did you mean `human-too-deep`?"), "{message}");
    let given = presszero(folder.path(), &["audit", "other", "--settings", "strict.yaml"]);
    assert!(stdout(&given).contains("error[human-too-deep]"));
}

#[test]
fn at_a_moment_only_its_state_of_the_calendar_counts() {
    let menus = repository();
    let report = |at: &str| -> serde_json::Value {
        let arguments = [
            "audit",
            "menus/portfolio/insurer.yaml",
            "--format",
            "json",
            "--fail-on",
            "never",
            "--at",
            at,
        ];
        let output = presszero(menus, &arguments);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    let (day, night) = (report("2026-11-23T10:00"), report("2026-11-23T03:00"));
    let figures = |report: &serde_json::Value| report["trees"][0]["figures"].clone();
    assert!(!figures(&day)["person"].is_null());
    assert!(figures(&night)["person"].is_null());
    assert_eq!(figures(&night)["situations"][0]["example"], "2026-11-23T03:00");
    assert_eq!(night["moment"], "2026-11-23T03:00");
}

#[test]
fn a_mistake_in_a_tree_is_shown_where_it_stands() {
    let text = GOOD.replace("no-match: desk", "no-mach: desk");
    let folder = folder(&[("line.yaml", &text)]);
    let output = presszero(folder.path(), &["audit", "line.yaml"]);
    let text = stdout(&output);
    assert_eq!(code(&output), 1);
    assert!(
        text.contains("error[unknown-field]: a menu has no field `no-mach`"),
        "{text}"
    );
    assert!(text.contains("--> line.yaml:11:5"), "{text}");
    assert!(text.contains("did you mean `no-match`?"), "{text}");
}

#[test]
fn what_a_file_holds_cannot_command_the_terminal() {
    let text = GOOD.replace("entry: main", "name: \"evil \\e[31m line\\u202E\"\nentry: main");
    let folder = folder(&[("line.yaml", &text)]);
    let shown = stdout(&presszero(folder.path(), &["audit", "line.yaml"]));
    assert!(shown.contains("evil"), "{shown}");
    assert!(!shown.contains(['\u{1b}', '\u{202E}']), "{shown:?}");
}

#[test]
fn a_file_that_is_too_large_is_refused_without_being_read() {
    let folder = folder(&[("good.yaml", GOOD)]);
    let large = std::fs::File::create(folder.path().join("large.yaml")).expect("a file");
    large.set_len((1 << 30) + 1).expect("a file of holes");
    let output = presszero(folder.path(), &["audit", "."]);
    assert_eq!(code(&output), 3);
    let text = stdout(&output);
    assert!(text.contains("refused: large.yaml: is larger than 1 GiB"), "{text}");
    assert!(text.contains("1 phone tree audited"), "{text}");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_refused_and_the_rest_audited() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("lines/good.yaml", GOOD), ("lines/secret.yaml", GOOD)]);
    let secret = folder.path().join("lines/secret.yaml");
    std::fs::set_permissions(&secret, PermissionsExt::from_mode(0o000)).expect("permissions");
    if std::fs::read(&secret).is_ok() {
        return; // whoever may read everything cannot see this
    }
    let output = presszero(folder.path(), &["audit", "lines"]);
    assert_eq!(code(&output), 3);
    assert!(stdout(&output).contains("refused: lines/secret.yaml: cannot be read: permission denied"));
    assert!(stdout(&output).contains("1 phone tree audited"));
}

#[test]
fn callers_are_told_where_they_are_asked_for() {
    let line = "menus/good-utility.yaml";
    let run = |more: &[&str]| {
        let output = presszero(repository(), &[&["audit", line], more].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        stdout(&output)
    };
    let words = run(&["--callers"]);
    for part in [
        "callers ",
        "  calls end ",
        "  frustrated ",
        "  and then waits ",
        "  which rests on ",
    ] {
        assert!(words.contains(part), "{part} is missing in {words}");
    }
    assert!(!run(&[]).contains("calls end "));
    let json = |more: &[&str]| -> serde_json::Value {
        let text = run(&[&["--format", "json"], more].concat());
        serde_json::from_str(&text).expect("JSON")
    };
    let told = json(&["--callers"]);
    assert_eq!(
        super::schemas::mistakes(&super::schemas::published("audit"), &told),
        [""; 0]
    );
    let callers = &told["trees"][0]["callers"];
    let ends = callers["figures"]["ends"].as_array().expect("the ends");
    let all: f64 = ends.iter().filter_map(|end| end["share"].as_f64()).sum();
    assert!((all - 1.0).abs() < 1e-9, "calls end in {all} of cases");
    assert!(callers["why_not"].is_null());
    assert!(json(&[])["trees"][0].get("callers").is_none());
}
