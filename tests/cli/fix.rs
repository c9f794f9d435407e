//! `presszero audit --fix`: what is changed, what is not, and what is said of it.

use super::schemas::{mistakes, published};
use super::{BAD, FLOW, GOOD, code, folder, presszero, repository, stderr, stdout};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// A tree with words of the format misspelt, keys without quotes, and an allowance of nothing.
const SLIPS: &str = "\
# Bookings.
phone-tree: 1
entry: main

steps:
  main:   # where all begins
    kind: menue
    promt: For bookings, press 1. To speak to a person, press 0. To hear this again, press star.
    reprompts: [\"Sorry. For bookings it is 1, for a person it is 0, to hear it again it is star.\"]
    attempts: 2
    keys:
      1:   desk   # at once
      0: desk
      *: {to: main, role: repeet}
    no-input: desk
    no-match: desk
  desk: {kind: queue, wait: 20s, announces: [expected-wait], overflow: {after: 5m, to: later}}
  later: {kind: callback, within: 2h, owner: Front desk, prompt: We will call you back within two hours.}
";

/// The same as its author meant it.
fn meant() -> String {
    [
        ("menue", "menu"),
        ("promt", "prompt"),
        ("*:", "\"*\":"),
        ("repeet", "repeat"),
    ]
    .iter()
    .fold(SLIPS.to_owned(), |text, (wrong, right)| text.replace(wrong, right))
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("the file is there")
}

#[test]
fn slips_are_mended_and_every_other_byte_stays() {
    let folder = folder(&[("line.yaml", SLIPS)]);
    let first = presszero(folder.path(), &["audit", "line.yaml", "--fix"]);
    assert!(stderr(&first).contains("line.yaml: 2 fixes made"), "{}", stderr(&first));
    // The step is read only since its kind is known, and shows what else is wrong with it.
    assert_eq!(code(&first), 1);
    assert!(stdout(&first).contains("did you mean `prompt`?"), "{}", stdout(&first));
    assert!(
        stderr(&first).contains("2 fixes can be made now: run again"),
        "{}",
        stderr(&first)
    );
    let second = presszero(folder.path(), &["audit", "line.yaml", "--fix"]);
    assert_eq!(code(&second), 0, "{}", stdout(&second));
    assert_eq!(text(folder.path(), "line.yaml"), meant());
    let third = presszero(folder.path(), &["audit", "line.yaml", "--fix", "--unsafe-fixes"]);
    assert_eq!((code(&third), stderr(&third).as_str()), (0, ""));
}

#[test]
fn what_changes_ways_words_or_steps_is_asked_for() {
    let lost = "\n  # Nobody comes here.\n  complaints: {kind: message, prompt: Hello., then: later}\n";
    let wrong = GOOD.replace("0: desk}", "0: dekk}");
    let apart = "\nphone-tree: 1\nentry: main\nsteps:\n  desk: {kind: agent}\n  main:\n    kind: menu\n    prompt: For bills, press 2.\n      For cards,\n      press 1. Or hold.\n    keys: {1: desk, 2: desk}\n    no-input: desk\n    no-match: desk\n";
    let lost = format!("{GOOD}{lost}");
    let folder = folder(&[("lost.yaml", &lost), ("wrong.yaml", &wrong), ("order.yaml", apart)]);
    let safe = presszero(folder.path(), &["audit", ".", "--fix"]);
    for name in ["lost.yaml", "order.yaml", "wrong.yaml"] {
        let told = format!("{name}: 1 left for `--unsafe-fixes`");
        assert!(stderr(&safe).contains(&told), "{name}: {}", stderr(&safe));
    }
    assert_eq!(text(folder.path(), "lost.yaml"), lost);
    let all = presszero(folder.path(), &["audit", ".", "--fix", "--unsafe-fixes"]);
    assert!(stderr(&all).contains("wrong.yaml: 1 fix made"), "{}", stderr(&all));
    assert_eq!(text(folder.path(), "wrong.yaml"), GOOD);
    assert_eq!(text(folder.path(), "lost.yaml"), format!("{GOOD}\n"));
    let sorted = apart.replace(
        "For bills, press 2.\n      For cards,\n      press 1.",
        "For cards,\n      press 1.\n      For bills, press 2.",
    );
    assert_eq!(text(folder.path(), "order.yaml"), sorted);
    assert!(!stdout(&all).contains("keys-out-of-order"), "{}", stdout(&all));
}

#[test]
fn an_allowance_of_nothing_goes_unless_mistakes_hide_its_use() {
    let allow = "    allow:\n      # an old story\n      trap-loop: nobody is caught\n      dead-end: nobody is stranded\n    kind: menu\n";
    let tree = GOOD.replace("    kind: menu\n", allow);
    let broken = tree.replace("wait: 20s", "wait: 20");
    let flow = GOOD.replace(
        "kind: queue, ",
        "kind: queue, allow: {dead-end: none, wait-too-long: \"a, b\"}, ",
    );
    let folder = folder(&[("a.yaml", &tree), ("broken.yaml", &broken), ("flow.yaml", &flow)]);
    let done = presszero(folder.path(), &["audit", ".", "--fix", "--fail-on", "never"]);
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    assert_eq!(text(folder.path(), "a.yaml"), GOOD);
    assert_eq!(text(folder.path(), "broken.yaml"), broken);
    // Whether the wait is too long is known only where callers are followed.
    let left = flow.replace("dead-end: none, ", "");
    assert_eq!(text(folder.path(), "flow.yaml"), left);
}

#[test]
fn a_preview_is_a_diff_that_writes_nothing() {
    let crlf = SLIPS.replace('\n', "\r\n");
    let folder = folder(&[("line.yaml", SLIPS), ("windows.yaml", &crlf)]);
    let shown = presszero(folder.path(), &["audit", "line.yaml", "--diff"]);
    assert_eq!(code(&shown), 1);
    let diff = "\
--- line.yaml
+++ line.yaml
@@ -4,14 +4,14 @@
 
 steps:
   main:   # where all begins
-    kind: menue
+    kind: menu
     promt: For bookings, press 1. To speak to a person, press 0. To hear this again, press star.
     reprompts: [\"Sorry. For bookings it is 1, for a person it is 0, to hear it again it is star.\"]
     attempts: 2
     keys:
       1:   desk   # at once
       0: desk
-      *: {to: main, role: repeet}
+      \"*\": {to: main, role: repeet}
     no-input: desk
     no-match: desk
   desk: {kind: queue, wait: 20s, announces: [expected-wait], overflow: {after: 5m, to: later}}
";
    assert_eq!(stdout(&shown), diff);
    assert_eq!(text(folder.path(), "line.yaml"), SLIPS);
    for _ in 0..2 {
        presszero(folder.path(), &["audit", "windows.yaml", "--fix"]);
    }
    assert_eq!(text(folder.path(), "windows.yaml"), meant().replace('\n', "\r\n"));
}

#[test]
fn what_cannot_be_changed_is_said() {
    let folder = folder(&[("line.yaml", SLIPS), ("flow.json", FLOW), ("held.yaml", SLIPS)]);
    let of = |arguments: &[&str]| presszero(folder.path(), arguments);
    let piped = super::command(folder.path(), &["audit", "-", "--fix"])
        .write_stdin(SLIPS)
        .output()
        .expect("the program starts");
    assert_eq!(code(&piped), 2);
    assert!(
        stderr(&piped).contains("standard input has no place"),
        "{}",
        stderr(&piped)
    );
    let foreign = of(&["audit", "flow.json", "--fix", "--unsafe-fixes", "--fail-on", "never"]);
    assert!(
        stderr(&foreign).contains("1 file in a foreign format: never changed"),
        "{}",
        stderr(&foreign)
    );
    assert_eq!(text(folder.path(), "flow.json"), FLOW);
    assert_eq!(code(&of(&["audit", "line.yaml", "--unsafe-fixes"])), 2);
    assert_eq!(
        code(&of(&["audit", "line.yaml", "--fix", "--at", "2026-11-23T10:00"])),
        2
    );
    let held = folder.path().join("held.yaml");
    let mut permissions = fs::metadata(&held).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&held, permissions).expect("permissions can be set");
    let refused = of(&["audit", "held.yaml", "--fix"]);
    assert_eq!(code(&refused), 3);
    assert!(stderr(&refused).contains("it is read-only"), "{}", stderr(&refused));
    assert_eq!(text(folder.path(), "held.yaml"), SLIPS);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_leaves_the_others_to_be_mended() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("held/line.yaml", SLIPS), ("line.yaml", SLIPS)]);
    let held = folder.path().join("held");
    let set = |mode| fs::set_permissions(&held, fs::Permissions::from_mode(mode)).expect("permissions can be set");
    set(0o555);
    // Whoever may do everything can write there all the same.
    let can_write = fs::write(held.join("new"), "").is_ok();
    let output = presszero(
        folder.path(),
        &["audit", "held/line.yaml", "line.yaml", "--fix", "--quiet"],
    );
    set(0o755);
    assert_ne!(text(folder.path(), "line.yaml"), SLIPS);
    if !can_write {
        assert_eq!(code(&output), 3);
        assert!(
            stderr(&output).contains("held/line.yaml: nothing is changed"),
            "{}",
            stderr(&output)
        );
        assert_eq!(text(folder.path(), "held/line.yaml"), SLIPS);
    }
    assert!(
        !stderr(&output).contains("fixes made"),
        "quiet is quiet: {}",
        stderr(&output)
    );
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed_and_permissions_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("line.yaml", SLIPS)]);
    symlink("line.yaml", folder.path().join("link.yaml")).expect("a link");
    let refused = presszero(folder.path(), &["audit", "link.yaml", "--fix"]);
    assert_eq!(code(&refused), 3);
    assert!(stderr(&refused).contains("symbolic link"), "{}", stderr(&refused));
    assert_eq!(text(folder.path(), "line.yaml"), SLIPS);
    let path = folder.path().join("line.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("permissions can be set");
    presszero(folder.path(), &["audit", "line.yaml", "--fix"]);
    assert_ne!(text(folder.path(), "line.yaml"), SLIPS);
    assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_file_that_would_get_a_new_mistake_stays_as_it_is() {
    let tree = GOOD.replace("within: 2h", "wihtin: 2");
    let folder = folder(&[("line.yaml", &tree)]);
    let done = presszero(folder.path(), &["audit", "line.yaml", "--fix"]);
    // What the field holds is shown to be wrong once its name is right: that was so before.
    assert!(stderr(&done).contains("1 fix made"), "{}", stderr(&done));
    assert!(stdout(&done).contains("bad-value"), "{}", stdout(&done));
    // A rule that is allowed twice is a mistake that was not there.
    let allow = "    allow: {zero-not-operator: so, zero-not-operater: so}\n    kind: menu\n";
    let twice = GOOD
        .replace("    kind: menu\n", allow)
        .replace("{1: desk, 0: desk}", "{1: desk}");
    fs::write(folder.path().join("line.yaml"), &twice).expect("written");
    let kept = presszero(folder.path(), &["audit", "line.yaml", "--fix"]);
    assert_eq!(code(&kept), 3, "{}", stdout(&kept));
    assert!(
        stderr(&kept).contains("`zero-not-operator` stands here a second time"),
        "{}",
        stderr(&kept)
    );
    assert_eq!(text(folder.path(), "line.yaml"), twice);
}

#[test]
fn reports_tell_of_fixes() {
    let folder = folder(&[("line.yaml", SLIPS), ("bad.yaml", BAD)]);
    let shown = stdout(&presszero(folder.path(), &["audit", "line.yaml"]));
    assert!(shown.contains("= fix: write `menu` (presszero audit --fix)"), "{shown}");
    let told = stdout(&presszero(folder.path(), &["audit", ".", "--format", "json"]));
    let told: Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(mistakes(&published("audit"), &told), Vec::<String>::new());
    let findings = told["trees"][1]["findings"].as_array().expect("findings");
    let kind = findings
        .iter()
        .find(|finding| finding["rule"] == "bad-value")
        .expect("a finding");
    assert_eq!(
        (&kind["fix"]["safe"], &kind["fix"]["does"]),
        (&true.into(), &"write `menu`".into())
    );
    let edit = &kind["fix"]["edits"][0];
    assert_eq!(
        (&edit["line"], &edit["column"], &edit["text"]),
        (&7.into(), &11.into(), &"menu".into())
    );
    let at = |name: &str| usize::try_from(edit[name].as_u64().expect("a number")).expect("small");
    assert_eq!(&SLIPS[at("start_byte")..at("end_byte")], "menue");
    assert!(
        told["trees"][0]["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .all(|finding| finding["fix"].is_null())
    );
}

/// Line ends change nothing but the bytes at which things stand.
#[test]
fn trees_with_the_line_ends_of_windows_read_the_same() {
    let menus = fs::read_dir(repository().join("menus")).expect("a folder");
    let menus = menus.filter_map(|entry| Some(entry.ok()?.path()));
    let mut texts: Vec<(String, String)> = menus
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("text"))
        })
        .collect();
    texts.push(("slips.yaml".to_owned(), SLIPS.to_owned()));
    assert!(texts.len() > 10);
    let audit = |texts: &[(String, String)]| {
        let files: Vec<(&str, &str)> = texts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let folder = folder(&files);
        stdout(&presszero(folder.path(), &["audit", ".", "--fail-on", "never"]))
    };
    let lf = audit(&texts);
    for (_, text) in &mut texts {
        *text = text.replace('\n', "\r\n");
    }
    let crlf = audit(&texts);
    for (a, b) in lf.lines().zip(crlf.lines()) {
        assert_eq!(a, b);
    }
    assert_eq!(lf.lines().count(), crlf.lines().count());
}
