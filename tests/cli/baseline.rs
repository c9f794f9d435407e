//! Known findings: written, kept out of what is told, found again after edits, told when they are gone.

use super::{BAD, GOOD, code, command, folder, presszero, stderr, stdout};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc::channel;
use std::time::Duration;

const FILE: &str = "presszero-baseline.yaml";

/// Writes the baseline of these files and gives its text.
fn written(folder: &Path, paths: &[&str]) -> String {
    let output = presszero(folder, &[&["audit"], paths, &["--write-baseline"]].concat());
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
    text(folder, FILE)
}

fn text(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).expect("the file is there")
}

fn put(folder: &Path, file: &str, text: &str) {
    fs::write(folder.join(file), text).expect("a file can be written");
}

/// The report of an audit against the baseline, with its exit code.
fn audit(folder: &Path, paths: &[&str]) -> (Value, i32) {
    let output = presszero(
        folder,
        &[&["audit"], paths, &["--baseline", FILE, "--format", "json"]].concat(),
    );
    let report = serde_json::from_slice(&output.stdout).expect("JSON");
    (report, code(&output))
}

/// New, known and stale findings.
fn numbers(report: &Value) -> [u64; 3] {
    let totals = &report["totals"];
    let number = |value: &Value| value.as_u64().expect("a number");
    let new = number(&totals["errors"]) + number(&totals["warnings"]) + number(&totals["infos"]);
    let stale = report["baselines"][0]["stale"].as_array().map_or(0, Vec::len);
    [new, number(&totals["known"]), stale as u64]
}

#[test]
fn what_is_known_does_not_fail_and_what_is_new_does() {
    let folder = folder(&[("lines/bad.yaml", BAD)]);
    let folder = folder.path();
    assert_eq!(code(&presszero(folder, &["audit", "lines"])), 1);
    let baseline = written(folder, &["lines"]);
    assert!(
        baseline.contains("\npresszero-baseline: 1\nfindings:\n  lines/bad.yaml:\n    - {"),
        "{baseline}"
    );
    assert!(!baseline.contains(env!("CARGO_PKG_VERSION")), "{baseline}");
    assert_eq!(
        baseline,
        written(folder, &["lines"]),
        "the same findings, the same text"
    );

    let (report, exit) = audit(folder, &["lines"]);
    let [new, known, stale] = numbers(&report);
    assert!(exit == 0 && new == 0 && known > 0 && stale == 0, "{report:#}");
    assert_eq!(
        report["trees"][0]["known"].as_array().map(Vec::len),
        usize::try_from(known).ok()
    );
    let said = stdout(&presszero(folder, &["audit", "lines", "--baseline", FILE]));
    assert!(
        said.contains(&format!("{known} known findings are in the baseline `{FILE}`")),
        "{said}"
    );
    assert!(!said.contains("error[") && !said.contains("left aside"), "{said}");

    let worse = BAD.replace("no-match: desk}", "no-match: nowhere}");
    put(folder, "lines/bad.yaml", &worse);
    let (report, exit) = audit(folder, &["lines"]);
    assert_eq!(exit, 1, "{report:#}");
    let new = report["trees"][0]["findings"].as_array().expect("findings");
    assert!(
        new.iter()
            .all(|finding| finding["message"].as_str().expect("words").contains("nowhere")),
        "{new:#?}"
    );
}

#[test]
fn a_finding_is_found_again_when_its_step_moves_or_is_renamed() {
    let folder = folder(&[("bad.yaml", BAD)]);
    let folder = folder.path();
    written(folder, &["bad.yaml"]);
    let unchanged = |text: &str, what: &str| {
        put(folder, "bad.yaml", text);
        let (report, exit) = audit(folder, &["bad.yaml"]);
        let [new, _, stale] = numbers(&report);
        assert!(exit == 0 && new == 0 && stale == 0, "{what}: {report:#}");
    };
    let (head, steps) = BAD.split_once("steps:\n").expect("steps");
    let mut steps: Vec<&str> = steps.lines().collect();
    steps.reverse();
    unchanged(&format!("# lines\n{head}steps:\n{}\n", steps.join("\n")), "reordered");
    unchanged(
        &BAD.replace(", ", ",\n      ").replace(": {kind", ":\n    {kind"),
        "reformatted",
    );
    unchanged(&BAD.replace("two", "second").replace("four", "last"), "renamed");
    unchanged(&format!("name: A line\n{BAD}"), "the line named");

    // The new names are those of the baseline from then on.
    put(folder, "bad.yaml", &BAD.replace("four", "last"));
    let output = presszero(folder, &["audit", "bad.yaml", "--baseline", FILE, "--prune-baseline"]);
    assert_eq!(code(&output), 0);
    let pruned = text(folder, FILE);
    assert!(
        pruned.contains("step: last") && !pruned.contains("step: four"),
        "{pruned}"
    );
}

#[test]
fn a_step_that_is_renamed_and_changed_is_another_one() {
    let folder = folder(&[("bad.yaml", BAD)]);
    let folder = folder.path();
    written(folder, &["bad.yaml"]);
    put(
        folder,
        "bad.yaml",
        &BAD.replace("four", "last")
            .replace("For a person,", "To reach a person,"),
    );
    let [new, _, stale] = numbers(&audit(folder, &["bad.yaml"]).0);
    assert!(new > 0 && stale > 0, "{new} new, {stale} stale");
}

#[test]
fn what_was_mended_is_stale_at_its_place_until_it_is_pruned() {
    let folder = folder(&[("bad.yaml", BAD), ("gone/bad.yaml", BAD)]);
    let folder = folder.path();
    let before = written(folder, &["."]);
    put(folder, "bad.yaml", GOOD);
    fs::remove_file(folder.join("gone/bad.yaml")).expect("it was there");
    let (report, exit) = audit(folder, &["."]);
    assert_eq!(exit, 0);
    let stale = report["baselines"][0]["stale"].as_array().expect("a list");
    assert_eq!(stale.len(), before.matches("    - {").count());
    for finding in stale {
        assert_eq!(
            (&finding["rule"], &finding["severity"]),
            (&"stale-baseline".into(), &"info".into())
        );
        let line = finding["place"]["line"].as_u64().expect("a line");
        let line = before
            .lines()
            .nth(usize::try_from(line).expect("small") - 1)
            .expect("a line");
        assert!(line.starts_with("    - {"), "{line}");
    }
    let said = stdout(&presszero(folder, &["audit", ".", "--baseline", FILE]));
    assert!(
        said.contains("info[stale-baseline]") && said.contains("--prune-baseline"),
        "{said}"
    );

    let output = presszero(folder, &["audit", ".", "--baseline", FILE, "--prune-baseline"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(!text(folder, FILE).contains("bad.yaml\":\n") && !text(folder, FILE).contains("    - {"));
    assert_eq!(numbers(&audit(folder, &["."]).0)[2], 0);
}

#[test]
fn equal_findings_are_counted() {
    let line = "  four: {";
    let two = BAD.replace(line, "  four: {colour: red, size: big, ");
    let three = BAD.replace(line, "  four: {colour: red, size: big, shape: round, ");
    let one = BAD.replace(line, "  four: {size: big, ");
    let folder = folder(&[("bad.yaml", &two)]);
    let folder = folder.path();
    let baseline = written(folder, &["bad.yaml"]);
    assert!(
        baseline.contains("{step: four, rule: unknown-field, count: 2, "),
        "{baseline}"
    );
    put(folder, "bad.yaml", &three);
    let (report, exit) = audit(folder, &["bad.yaml"]);
    assert_eq!(exit, 1);
    let new = &report["trees"][0]["findings"];
    assert_eq!(new.as_array().map(Vec::len), Some(1), "{new:#}");
    assert!(
        new[0]["notes"][0]
            .as_str()
            .expect("a note")
            .contains("knows 2 places like this one"),
        "{new:#}"
    );
    put(folder, "bad.yaml", &one);
    let (report, exit) = audit(folder, &["bad.yaml"]);
    assert_eq!(exit, 0);
    let stale = report["baselines"][0]["stale"][0]["message"].as_str().expect("words");
    assert!(
        stale.starts_with("of 2 known places of `unknown-field` at step `four`"),
        "{stale}"
    );
}

#[test]
fn a_finding_of_many_places_is_new_when_it_has_more_of_them() {
    const RULE: &str = "identical-reprompt";
    let folder = folder(&[("bad.yaml", BAD)]);
    let folder = folder.path();
    let baseline = written(folder, &["bad.yaml"]);
    let entry = "{step: one, rule: identical-reprompt, count: 4, also: [four, three, two], ";
    assert!(baseline.contains(entry), "{baseline}");
    let fifth =
        "  five: {kind: menu, prompt: \"For a person, press 9.\", keys: {9: desk}, no-input: desk, no-match: desk}\n";
    put(
        folder,
        "bad.yaml",
        &format!("{}{fifth}", BAD.replace("no-match: desk", "no-match: five")),
    );
    let (report, _) = audit(folder, &["bad.yaml"]);
    let all = |list: &Value| list.as_array().expect("a list").clone();
    let new = all(&report["trees"][0]["findings"]);
    let grown = new.iter().find(|finding| finding["rule"] == RULE).expect("it grew");
    assert!(
        grown["notes"].to_string().contains("knows 4 places like this one"),
        "{grown:#}"
    );

    // The first of its places is mended: the others are known still, and one place is stale.
    let mended = BAD.replace(
        "prompt: \"For more, press 1.\"",
        "prompt: \"For more, press 1.\", reprompts: [It is 1.]",
    );
    put(folder, "bad.yaml", &mended);
    let (report, _) = audit(folder, &["bad.yaml"]);
    let known = all(&report["trees"][0]["known"]);
    assert!(known.iter().any(|finding| finding["rule"] == RULE), "{report:#}");
    let stale = all(&report["baselines"][0]["stale"]);
    let message = |finding: &Value| finding["message"].as_str().expect("words").to_owned();
    let expected = "of 4 known places of `identical-reprompt` at step `one` of `bad.yaml`, 1 is no longer found";
    assert!(stale.iter().any(|finding| message(finding) == expected), "{stale:#?}");
}

#[test]
fn entries_of_files_that_are_not_audited_stay() {
    let folder = folder(&[("a/bad.yaml", BAD), ("b/bad.yaml", BAD)]);
    let folder = folder.path();
    let both = written(folder, &["a", "b"]);
    let (report, exit) = audit(folder, &["a"]);
    assert_eq!((exit, numbers(&report)[2]), (0, 0));
    assert_eq!(written(folder, &["a"]), both);
    put(folder, "a/bad.yaml", GOOD);
    presszero(folder, &["audit", "a", "--baseline", FILE, "--prune-baseline"]);
    let pruned = text(folder, FILE);
    assert!(
        pruned.contains("  b/bad.yaml:\n") && !pruned.contains("  a/bad.yaml:\n"),
        "{pruned}"
    );
    assert_eq!(audit(folder, &["b"]).1, 0);
}

#[test]
fn files_are_named_from_the_folder_of_the_baseline_however_they_are_meant() {
    let folder = folder(&[("repo/lines/bad.yaml", BAD), ("repo/ci/readme.txt", "")]);
    let repo = folder.path().join("repo");
    let output = presszero(&repo, &["audit", "lines", "--write-baseline", "ci/known.yaml"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let known = text(&repo, "ci/known.yaml");
    assert!(known.contains("  \"../lines/bad.yaml\":\n"), "{known}");
    let absolute = repo.join("lines").display().to_string();
    let file = repo.join("ci/known.yaml").display().to_string();
    for (at, path, baseline) in [
        (".", absolute.as_str(), "ci/known.yaml"),
        (".", "./lines/./bad.yaml", "./ci/known.yaml"),
        ("ci", "../lines/*.yaml", "known.yaml"),
        ("lines", "bad.yaml", file.as_str()),
    ] {
        let output = presszero(&repo.join(at), &["audit", path, "--baseline", baseline]);
        assert_eq!(code(&output), 0, "{at} {path}: {}{}", stdout(&output), stderr(&output));
    }
    put(
        &repo,
        "ci/known.yaml",
        &known.replace("../lines/bad.yaml", r"..\\lines\\.\\bad.yaml"),
    );
    assert_eq!(
        code(&presszero(&repo, &["audit", "lines", "--baseline", "ci/known.yaml"])),
        0
    );
}

#[test]
fn standard_input_and_files_of_several_trees_have_their_entries() {
    let folder = folder(&[("two.yaml", &format!("name: First\n{BAD}---\n{BAD}"))]);
    let folder = folder.path();
    let baseline = written(folder, &["two.yaml"]);
    assert!(
        baseline.contains("{tree: First, step: ") && baseline.contains("{tree: \"2\", step: "),
        "{baseline}"
    );
    put(
        folder,
        "two.yaml",
        &format!("name: Second\n{BAD}---\nname: First\n{BAD}"),
    );
    let (report, exit) = audit(folder, &["two.yaml"]);
    assert_eq!((exit, numbers(&report)[2]), (0, 0), "{report:#}");

    let from_input = |arguments: &[&str]| {
        let output = command(folder, arguments).write_stdin(BAD).output().expect("it runs");
        code(&output)
    };
    assert_eq!(from_input(&["audit", "-", "--write-baseline"]), 0);
    assert!(text(folder, FILE).contains("  \"-\":\n") && text(folder, FILE).contains("  two.yaml:\n"));
    assert_eq!(from_input(&["audit", "-", "--baseline", FILE]), 0);
}

#[test]
fn a_baseline_that_cannot_be_used_is_refused_and_all_is_told() {
    let folder = folder(&[("bad.yaml", BAD), ("notes.yaml", "title: notes\n")]);
    let folder = folder.path();
    let refused = |text: Option<&str>, words: &str| {
        if let Some(text) = text {
            put(folder, FILE, text);
        }
        let output = presszero(folder, &["audit", "bad.yaml", "--baseline", FILE]);
        let said = stdout(&output);
        assert_eq!(code(&output), 3, "{said}");
        assert!(
            said.contains(words) && said.contains("error[human-too-deep]"),
            "{words}: {said}"
        );
        // Nor is it lost by being written over.
        let write = ["audit", "bad.yaml", "--baseline", FILE, "--write-baseline"];
        if let Some(text) = text {
            assert_eq!(code(&presszero(folder, &write)), 3);
            assert_eq!(self::text(folder, FILE), text);
        }
    };
    refused(
        None,
        "there is no such baseline; `presszero audit PATH... --write-baseline FILE` writes one",
    );
    refused(Some("presszero-baseline: 2\nnew: []\n"), ":1:21\n");
    refused(
        Some("presszero-baseline: 2\n"),
        "version `2` of the baseline is not known",
    );
    refused(
        Some("presszero-baseline: 1\nfindings:\n  bad.yaml: [{step: a}]\n"),
        "an entry needs `rule`",
    );
    refused(
        Some("presszero-baseline: 1\nfindings:\n  a: [{rule: b, count: 0}]\n"),
        "`0` is not a whole number",
    );
    refused(
        Some("presszero-baseline: 1\nfindings:\n<<<<<<< HEAD\n  a: [\n"),
        "presszero-baseline.yaml:",
    );
    refused(
        Some("presszero-baseline: 1\nknown: []\n"),
        "baselines have no field `known`",
    );
    refused(Some("rules: {}\n"), "this is no baseline");
    refused(Some(""), "this is no baseline");
    let output = presszero(folder, &["audit", "bad.yaml", "--write-baseline", "notes.yaml"]);
    assert_eq!(
        (code(&output), text(folder, "notes.yaml")),
        (3, "title: notes\n".to_owned())
    );
}

#[test]
fn settings_name_the_baseline_of_what_lies_below_them() {
    let settings = "presszero: 1\nbaseline: known.yaml\n";
    let folder = folder(&[
        ("lines/presszero.yaml", settings),
        ("lines/a/bad.yaml", BAD),
        ("other/bad.yaml", BAD),
    ]);
    let folder = folder.path();
    let missing = presszero(folder, &["audit", "lines"]);
    assert_eq!(code(&missing), 3);
    assert!(
        stdout(&missing).contains("lines/known.yaml: there is no such baseline"),
        "{}",
        stdout(&missing)
    );
    assert_eq!(code(&presszero(folder, &["audit", "lines", "--write-baseline"])), 0);
    assert!(text(folder, "lines/known.yaml").contains("\n  a/bad.yaml:\n"));
    assert!(!folder.join(FILE).exists());
    assert_eq!(code(&presszero(folder, &["audit", "lines"])), 0);
    assert_eq!(code(&presszero(&folder.join("lines/a"), &["audit", "bad.yaml"])), 0);
    // What lies elsewhere has no baseline, and one that is named goes above that of the settings.
    let both = presszero(folder, &["audit", "lines", "other", "--format", "json"]);
    let report: Value = serde_json::from_slice(&both.stdout).expect("JSON");
    let known = |at: usize| report["trees"][at]["known"].as_array().map_or(0, Vec::len);
    assert!(code(&both) == 1 && known(0) > 0 && known(1) == 0, "{report:#}");
    put(folder, "none.yaml", "presszero-baseline: 1\n");
    assert_eq!(
        code(&presszero(folder, &["audit", "lines", "--baseline", "none.yaml"])),
        1
    );
    for wrong in ["\"\"", "."] {
        put(
            folder,
            "lines/presszero.yaml",
            &format!("presszero: 1\nbaseline: {wrong}\n"),
        );
        let said = stdout(&presszero(&folder.join("lines"), &["audit", "a"]));
        assert!(said.contains(": is a folder"), "{said}");
    }
}

#[test]
fn comments_and_annotations_tell_what_is_no_longer_found() {
    let folder = folder(&[("bad.yaml", BAD)]);
    let folder = folder.path();
    let entries = (0..12).fold(String::new(), |mut entries, number| {
        let _ = writeln!(entries, "    - {{step: gone{number}, rule: dead-end}}");
        entries
    });
    put(
        folder,
        FILE,
        &format!("presszero-baseline: 1\nfindings:\n  bad.yaml:\n{entries}"),
    );
    let said = |format: &str| {
        stdout(&presszero(
            folder,
            &["audit", "bad.yaml", "--baseline", FILE, "--format", format],
        ))
    };
    let further = "and 2 further entries of `presszero-baseline.yaml` no longer found";
    let github = said("github");
    assert!(
        github.contains("::notice file=presszero-baseline.yaml,line=4,"),
        "{github}"
    );
    assert!(github.contains(further), "{github}");
    let markdown = said("markdown");
    assert_eq!(
        markdown
            .matches("<code>stale-baseline</code> at <code>presszero-baseline.yaml:")
            .count(),
        10
    );
    assert!(
        markdown.contains("and 2 further entries of <code>presszero-baseline.yaml</code>"),
        "{markdown}"
    );
}

#[test]
fn requests_that_make_no_sense_are_refused() {
    let folder = folder(&[("bad.yaml", BAD), ("good.yaml", GOOD)]);
    let cases: &[&[&str]] = &[
        &["--prune-baseline"],
        &["--prune-baseline", "--write-baseline"],
        &["--write-baseline", "a.yaml", "--baseline", "b.yaml"],
        &["--write-baseline", "--at", "2026-11-23T10:00"],
        &["--watch", "--write-baseline"],
        &["--watch", "--output", "a.txt"],
        &["--watch", "--format", "json"],
    ];
    for arguments in cases {
        let output = presszero(folder.path(), &[&["audit", "bad.yaml"], *arguments].concat());
        assert_eq!(code(&output), 2, "{arguments:?}");
    }
    assert_eq!(code(&presszero(folder.path(), &["audit", "-", "--watch"])), 2);
    assert_eq!(
        fs::read_dir(folder.path()).expect("a folder").count(),
        2,
        "nothing was written"
    );
}

#[test]
fn at_one_moment_nothing_is_stale() {
    let folder = folder(&[("bad.yaml", BAD)]);
    written(folder.path(), &["bad.yaml"]);
    put(folder.path(), "bad.yaml", GOOD);
    let (report, _) = audit(folder.path(), &["bad.yaml", "--at", "2026-11-23T10:00"]);
    assert_eq!(numbers(&report)[2], 0);
}

#[test]
fn statistics_count_findings_by_rule() {
    let folder = folder(&[("a.yaml", BAD), ("b.yaml", BAD), ("c.yaml", GOOD)]);
    let json = stdout(&presszero(
        folder.path(),
        &["audit", ".", "--statistics", "--format", "json"],
    ));
    let report: Value = serde_json::from_str(&json).expect("JSON");
    let rules = report["statistics"].as_array().expect("a list");
    let sum = |name: &str| rules.iter().map(|of| of[name].as_u64().expect("a number")).sum::<u64>();
    for name in ["errors", "warnings", "infos"] {
        assert_eq!(Some(sum(name)), report["totals"][name].as_u64(), "{name}");
    }
    assert_eq!(sum("findings"), sum("errors") + sum("warnings") + sum("infos"));
    let deep = rules
        .iter()
        .find(|of| of["rule"] == "human-too-deep")
        .expect("it is there");
    assert_eq!((&deep["errors"], &deep["trees"]), (&2.into(), &2.into()));
    let said = stdout(&presszero(folder.path(), &["audit", ".", "--statistics"]));
    assert!(
        said.contains("\nrule  ") && said.contains("\nhuman-too-deep  "),
        "{said}"
    );
    let first = rules[0]["rule"].as_str().expect("a name");
    assert!(said.contains(&format!("`presszero explain {first}`")), "{said}");
    assert!(!stdout(&presszero(folder.path(), &["audit", "."])).contains("\nrule  "));
}

#[test]
fn a_watched_file_is_audited_again_when_it_changes() {
    let folder = folder(&[("lines/line.yaml", GOOD)]);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_presszero"))
        .args(["audit", "lines", "--watch", "--summary-only"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let (sender, receiver) = channel();
    std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
    let mut until = |words: &str| {
        while let Ok(line) = receiver.recv_timeout(Duration::from_secs(60)) {
            if line.contains(words) {
                return;
            }
        }
        child.kill().expect("it runs");
        panic!("the program did not say: {words}");
    };
    until("1 phone tree audited");
    until("watching 1 file; Ctrl-C ends it");
    // A file that is half written ends nothing.
    put(folder.path(), "lines/line.yaml", "phone-tree: 1\nsteps: {");
    until("lines/line.yaml changed");
    until("watching 1 file");
    put(folder.path(), "lines/line.yaml", BAD);
    until("lines/line.yaml changed");
    until("1 error");
    put(folder.path(), "presszero.yaml", "rules: {human-too-deep: off}\n");
    until("presszero.yaml is new");
    until("watching 2 files");
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}
