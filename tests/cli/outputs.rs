//! Where reports go.

use super::{BAD, GOOD, code, command, folder, presszero, stderr, stdout};
use std::process::Stdio;

#[test]
fn a_report_goes_to_the_file_that_follows_its_format() {
    let folder = folder(&[("bad.yaml", BAD)]);
    let arguments = [
        "audit",
        "bad.yaml",
        "--format",
        "text",
        "--format",
        "json",
        "--output",
        "audit.json",
    ];
    let output = presszero(folder.path(), &arguments);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert!(stdout(&output).contains("error[human-too-deep]"));
    let json = std::fs::read_to_string(folder.path().join("audit.json")).expect("the report");
    assert!(json.starts_with("{\n  \"schema\": \"presszero/audit/1\""), "{json}");
}

#[test]
fn two_reports_cannot_share_a_place() {
    let folder = folder(&[("good.yaml", GOOD)]);
    let both = presszero(
        folder.path(),
        &["audit", "good.yaml", "--format", "text", "--format", "json"],
    );
    assert_eq!(code(&both), 2);
    assert!(stderr(&both).contains("--output FILE"), "{}", stderr(&both));
    let two = presszero(folder.path(), &["audit", "good.yaml", "-o", "a", "-o", "b"]);
    assert_eq!(code(&two), 2);
    assert!(!folder.path().join("a").exists());
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = folder(&[
        ("good.yaml", GOOD),
        ("report.txt", "what was here before\n"),
        ("taken/file", ""),
    ]);
    let missing = presszero(folder.path(), &["audit", "good.yaml", "-o", "nowhere/report.txt"]);
    assert_eq!(code(&missing), 2);
    assert!(
        stderr(&missing).contains("cannot write `nowhere/report.txt`"),
        "{}",
        stderr(&missing)
    );
    assert_eq!(
        code(&presszero(folder.path(), &["audit", "good.yaml", "-o", "taken"])),
        2
    );
    assert_eq!(
        code(&presszero(folder.path(), &["audit", "good.yaml", "-o", "report.txt"])),
        0
    );
    let text = std::fs::read_to_string(folder.path().join("report.txt")).expect("the report");
    assert!(text.ends_with("findings: none\n"), "{text}");
    assert!(!text.contains('\u{1b}'));
    let names = std::fs::read_dir(folder.path()).expect("the folder");
    let left = names
        .filter_map(Result::ok)
        .any(|entry| entry.file_name().to_string_lossy().contains("unfinished"));
    assert!(!left, "an unfinished file was left behind");
}

#[test]
fn colours_are_used_only_where_they_are_wanted() {
    let folder = folder(&[("bad.yaml", BAD)]);
    let colored = |arguments: &[&str], variable: Option<&str>| {
        let mut command = command(folder.path(), &[&["audit", "bad.yaml"], arguments].concat());
        if let Some(value) = variable {
            command.env("NO_COLOR", value);
        }
        stdout(&command.output().expect("it runs")).contains('\u{1b}')
    };
    assert!(!colored(&[], None));
    assert!(colored(&["--color", "always"], None));
    assert!(!colored(&["--color", "auto"], Some("1")));
    assert!(!colored(&["--color", "never"], None));
}

#[test]
fn quiet_is_quiet_and_a_summary_has_no_findings() {
    let folder = folder(&[("bad.yaml", BAD)]);
    let quiet = presszero(folder.path(), &["audit", "bad.yaml", "--quiet"]);
    assert_eq!((code(&quiet), stdout(&quiet).as_str()), (1, ""));
    let summary = stdout(&presszero(folder.path(), &["audit", "bad.yaml", "--summary-only"]));
    assert!(!summary.contains("error["), "{summary}");
    assert!(summary.contains("a person is offered   at menu 4"), "{summary}");
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_presszero"))
        .args(["audit", "menus", "--format", "json", "--fail-on", "never"])
        .current_dir(super::repository())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(stderr(&output), "");
    assert_eq!(code(&output), 0);
}

#[test]
fn no_report_is_written_over_what_is_read() {
    let folder = folder(&[("lines/good.yaml", GOOD), ("known.yaml", "presszero-baseline: 1\n")]);
    let baseline = ["audit", "lines", "--baseline", "known.yaml", "-o", "known.yaml"];
    let cases: [&[&str]; 4] = [
        &["audit", "lines", "-o", "lines/good.yaml"],
        &[
            "audit",
            "lines/good.yaml",
            "--quiet",
            "--format",
            "json",
            "-o",
            "./lines/../lines/good.yaml",
        ],
        &baseline,
        &["diff", "lines", "lines", "--format", "json", "-o", "lines/good.yaml"],
    ];
    for arguments in cases {
        let output = presszero(folder.path(), arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains("which is read"), "{}", stderr(&output));
        let text = |file: &str| std::fs::read_to_string(folder.path().join(file)).expect("the file");
        assert_eq!(
            (text("lines/good.yaml").as_str(), text("known.yaml").as_str()),
            (GOOD, "presszero-baseline: 1\n")
        );
    }
    let twice = [
        "diff", "lines", "lines", "--format", "json", "-o", "a", "--format", "markdown", "-o", "./a",
    ];
    let output = presszero(folder.path(), &twice);
    assert!(
        code(&output) == 2 && stderr(&output).contains("same file"),
        "{}",
        stderr(&output)
    );
}
