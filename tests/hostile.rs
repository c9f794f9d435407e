//! Hostile texts: nothing in them controls the terminal, costs more than its size, or loses what was asked for.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use presszero::audit::Portfolio;
use presszero::check::{Checked, UNUSED_ALLOWANCE, check};
use presszero::document::{overlay, read};
use presszero::error::ProblemKind;
use presszero::graph::pace::Pace;
use presszero::settings::Settings;
use presszero::source::Source;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// Far more than any of these texts takes, and far less than they would if work grew with the square of their size.
const PATIENCE: Duration = Duration::from_secs(20);

fn presszero(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("presszero").unwrap();
    command.current_dir(folder);
    command
}

/// Whether a terminal would obey anything in a text but the colours of the program itself.
fn controls_the_terminal(text: &str) -> bool {
    let mut rest = text.to_owned();
    for code in ["0", "1", "2", "4"]
        .map(str::to_owned)
        .into_iter()
        .chain((30..38).chain(90..98).map(|n| n.to_string()))
    {
        rest = rest.replace(&format!("\u{1b}[{code}m"), "");
    }
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    rest.contains(|c: char| (c.is_control() && c != '\n') || turns(c))
}

#[test]
fn what_a_file_says_does_not_control_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let text = r#"
phone-tree: 1 # C1
name: "T\e[5mname\u202E"
entry: "a\e]0;title\a"
callers: {"c\e[2J": {share: 1, served-by: ["z\e[5m"]}}
voice: {"\e[7mbad": 1}
steps:
  "a\e]0;title\a":
    kind: menu
    label: "L\e[2J\u202E"
    prompt: "press 1\e[3m press 7"
    keys: {1: "no\e[4;5mwhere", 2: "b\u009b31m"}
    allow: {"ru\e[8mle": "re\e[9mason", human-too-deep: "x\e[9m"}
  "b\u009b31m": {kind: queue, pool: "q\e[8m", prompt: "hi\u2066"}
  "\e[6mdead": {kind: message, prompt: hi}
"#;
    let text = text.replace("# C1", "# \u{9b}5m\u{85}");
    let flow = r#"{"Version": "2019-10-30", "StartAction": "a\u001b[5m", "Actions": [{"Identifier": "a",
        "Type": "X\u001b[5m", "Parameters": {"Text": "\ud800"}, "Transitions": {"NextAction": "q\u001b]0;x\u0007"}}]}"#;
    fs::write(folder.path().join("tree.yaml"), &text).unwrap();
    fs::write(folder.path().join("flow.json"), flow).unwrap();
    fs::write(folder.path().join("presszero.yaml"), "rules: {}\n").unwrap();
    fs::write(
        folder.path().join("set.yaml"),
        "rules: {\"\\e[5mx\": 1, human-too-deep: \"\\e[5m\"}\n",
    )
    .unwrap();
    for arguments in [
        &["audit", "tree.yaml"][..],
        &["audit", "."],
        &["audit", "tree.yaml", "--summary-only"],
        &["audit", "tree.yaml", "--settings", "set.yaml"],
        &["audit", "\u{1b}[5mgone.yaml"],
        &["audit", "\u{1b}[5mgone.yaml", "--format", "json", "--quiet"],
        &["import", "flow.json"],
        &["import", "\u{1b}[5mgone.json"],
        &["explain", "\u{1b}[5mgone"],
    ] {
        let done = presszero(folder.path())
            .args(arguments)
            .args(["--color", "always"])
            .output()
            .unwrap();
        for text in [done.stdout, done.stderr] {
            let text = String::from_utf8(text).unwrap();
            assert!(!controls_the_terminal(&text), "{arguments:?}: {text:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_stays_within_its_comment() {
    let folder = tempfile::tempdir().unwrap();
    let name = "a\nentry: stolen\n.json";
    let flow = r#"{"Version": "2019-10-30", "StartAction": "a", "Actions": [
        {"Identifier": "a", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]}"#;
    fs::write(folder.path().join(name), flow).unwrap();
    let done = presszero(folder.path()).args(["import", name]).output().unwrap();
    let text = String::from_utf8(done.stdout).unwrap();
    assert!(!text.contains("\nentry: stolen"), "{text}");
    assert_eq!(read(&Source::new("a.yaml", text)).problems, []);
}

#[test]
fn no_report_overwrites_another() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("tree.yaml"),
        "phone-tree: 1\nentry: a\nsteps: {a: {kind: agent}}\n",
    )
    .unwrap();
    let both = |one: &str, other: &str| {
        let arguments = [
            "audit",
            "tree.yaml",
            "--format",
            "json",
            "-o",
            one,
            "--format",
            "text",
            "-o",
            other,
        ];
        presszero(folder.path()).args(arguments).output().unwrap()
    };
    let done = both("out", "./out");
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("same file"));
    assert!(!folder.path().join("out").exists());
    assert_eq!(both("one", "two").status.code(), Some(0));
    #[cfg(unix)]
    assert_eq!(both("/dev/null", "/dev/null").status.code(), Some(0));
}

fn head() -> String {
    "phone-tree: 1\nlanguage: en\nentry: s0\n".to_owned()
}

#[test]
fn many_unknown_fields_are_told_in_time_that_grows_with_them() {
    let mut text = head() + "steps:\n  s0: {kind: agent";
    for number in 0..20_000 {
        let _ = write!(text, ", f{number}: x");
    }
    text.push_str("}\n");
    let start = Instant::now();
    let reading = read(&Source::new("test.yaml", text));
    assert_eq!(reading.problems.len(), 20_000);
    assert!(start.elapsed() < PATIENCE);
}

#[test]
fn many_schedules_and_pools_are_looked_up_in_time_that_grows_with_them() {
    let (mut plan, mut steps) = (head() + "schedules:\n", "steps:\n".to_owned());
    for number in 0..10_000 {
        let _ = writeln!(plan, "  o{number}: {{time-zone: Europe/Berlin, open: 24h}}");
        let _ = writeln!(
            steps,
            "  s{number}: {{kind: hours, schedule: o{number}, open: a, closed: a}}"
        );
        let _ = writeln!(steps, "  q{number}: {{kind: queue, pool: none{number}}}");
    }
    steps.push_str("  a: {kind: agent}\n");
    let start = Instant::now();
    let reading = read(&Source::new("test.yaml", plan + &steps));
    let undefined = reading
        .problems
        .iter()
        .filter(|problem| problem.kind == ProblemKind::UndefinedReference);
    assert_eq!(undefined.count(), 10_000);
    assert!(start.elapsed() < PATIENCE);
}

fn judge(text: &str) -> Vec<Checked> {
    let source = Source::new("test.yaml", text);
    let trees = read(&source).trees;
    let count = u32::try_from(trees.len()).unwrap();
    let mut portfolio = Portfolio::default();
    portfolio.add(source, "presszero", trees);
    let one = |id| check(&portfolio.audit(id, Pace::default()).unwrap(), &Settings::default());
    (0..count).map(one).collect()
}

#[test]
fn many_allowances_are_matched_in_time_that_grows_with_them() {
    let mut text = head() + "steps:\n";
    let count = 5_000;
    for number in 0..count {
        let next = number + 1;
        let _ = writeln!(
            text,
            "  s{number}: {{kind: menu, prompt: For more press 1., keys: {{1: s{next}, 5: s{count}}}, no-input: s{count}, \
             no-match: s{count}, allow: {{defined-key-unannounced: a secret}}}}"
        );
    }
    let _ = writeln!(text, "  s{count}: {{kind: agent}}");
    let start = Instant::now();
    let checked = judge(&text).remove(0);
    assert!(start.elapsed() < PATIENCE);
    let allowed = checked
        .allowed
        .iter()
        .filter(|(finding, _)| finding.rule == "defined-key-unannounced");
    assert!(allowed.count() > 0);
    assert!(
        checked
            .findings
            .iter()
            .all(|finding| finding.rule != "defined-key-unannounced")
    );
}

#[test]
fn what_a_step_allows_goes_before_what_the_tree_allows() {
    let text = head()
        + "allow: {defined-key-unannounced: the tree}
steps:
  s0: {kind: menu, prompt: For more press 1., keys: {1: q, 5: p}, no-input: p, no-match: p, allow: {defined-key-unannounced: the step}}
  q: {kind: queue, wait: 10s, prompt: Please hold.}
  p: {kind: agent}
";
    let checked = judge(&text).remove(0);
    let reasons: Vec<&str> = checked.allowed.iter().map(|(_, reason)| reason.as_str()).collect();
    assert!(
        !reasons.is_empty() && reasons.iter().all(|reason| *reason == "the step"),
        "{reasons:?}"
    );
    let unused = checked
        .findings
        .iter()
        .filter(|finding| finding.rule == UNUSED_ALLOWANCE);
    assert_eq!(unused.count(), 1);
}

#[test]
fn many_trees_in_one_file_share_its_lines() {
    let tree = "phone-tree: 1\nlanguage: en\nentry: a\nsteps:\n  a: {kind: menu, prompt: For more press 1., keys: {1: b}}\n  b: {kind: agent}\n";
    let text = vec![tree; 2_000].join("---\n");
    let start = Instant::now();
    let all = judge(&text);
    assert_eq!(all.len(), 2_000);
    assert!(start.elapsed() < PATIENCE);
    let last_help: Vec<&String> = all
        .last()
        .unwrap()
        .findings
        .iter()
        .flat_map(|finding| &finding.help)
        .collect();
    assert!(
        last_help.iter().any(|help| help.contains("(line 13999)")),
        "{last_help:?}"
    );
}

#[test]
fn many_wrong_names_in_an_overlay_are_told_in_time_that_grows_with_them() {
    let (mut flow, mut text) = (Vec::new(), "phone-tree-overlay: 1\nsteps:\n".to_owned());
    for number in 0..3_000 {
        flow.push(format!(
            r#"{{"Identifier": "a{number}", "Type": "DisconnectParticipant", "Parameters": {{}}, "Transitions": {{}}}}"#
        ));
        let _ = writeln!(text, "  zz{number}: {{label: x}}");
    }
    let flow = flow.join(",");
    let flow = format!(r#"{{"Version": "2019-10-30", "StartAction": "a0", "Actions": [{flow}]}}"#);
    let mut trees = presszero::import::read(&Source::new("flow.json", flow)).unwrap().trees;
    let (overlay, problems) = overlay::read(&Source::new("flow.overlay.yaml", text));
    assert_eq!(problems, []);
    let start = Instant::now();
    assert_eq!(overlay::apply_all(&overlay, &mut trees).len(), 3_000);
    assert!(start.elapsed() < PATIENCE);
}
