//! The reports that other programs read, read again here as those programs would.

mod sarif;

use super::{BAD, GOOD, code, command, folder, presszero, repository, stderr, stdout};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A tree whose texts mean something to every format, and whose characters are of every width.
const HOSTILE: &str = "\
phone-tree: 1
name: \"=1+1 | <b>@octocat</b> `x\\n::error::y ##[z] {0} [l](1) 𝄞\"
entry: \"one\"
callers: {\"<i>|@team #7\": 50%, '=\\\"a\\\"': 50%}
steps:
  one: {kind: menu, prompt: \"𝄞 For more, press 1.\", keys: {1: two}, no-input: two, no-match: two}
  two: {kind: menu, prompt: \"𝄞𝄞 For the next part, press 1.\", keys: {1: three}, no-input: three, no-match: three}
  three: {kind: menu, prompt: \"To go on, press 1.\", keys: {1: four}, no-input: four, no-match: four}
  four: {kind: menu, prompt: \"For a person, press 0.\", keys: {0: desk}, no-input: desk, no-match: desk, serves: {0: \"<i>|@team #7\"}}
  desk: {kind: agent, \"<u>|@odd`\\n::error::x\": 1}
";

/// A line that a person answers at once, of which nothing can be said.
const CLEAN: &str = "phone-tree: 1\nentry: desk\nsteps:\n  desk: {kind: agent}\n";

/// A folder with everything: findings, allowed ones, mistakes, a file that cannot be taken, one that is no tree, and
/// names that have to be escaped.
fn everything() -> TempDir {
    let allowed = BAD.replace(
        "entry: one\n",
        "entry: one\nallow: {human-too-deep: \"agreed | with {0} @all\"}\n",
    );
    let two = format!("{BAD}---\n{BAD}");
    folder(&[
        ("bad.yaml", BAD),
        ("good.yaml", GOOD),
        ("clean.yaml", CLEAN),
        ("lines/größe a%b,c#d.yaml", BAD),
        ("allowed.yaml", &allowed),
        ("two.yaml", &two),
        ("hostile.yaml", HOSTILE),
        ("broken.yaml", "phone-tree: 1\nsteps: [\n"),
        ("notes.yaml", "a: 1\n"),
    ])
}

/// What is audited in tests: the menus of the repository, and the folder with everything.
fn audited() -> (TempDir, [(std::path::PathBuf, &'static [&'static str]); 2]) {
    let folder = everything();
    let here = folder.path().to_owned();
    let paths: &[&str] = &["./", "missing.yaml"];
    (folder, [(repository().to_owned(), &["menus"]), (here, paths)])
}

fn report(place: &Path, paths: &[&str], format: &str) -> String {
    let arguments = [&["audit", "--fail-on", "never", "--format", format], paths].concat();
    let output = command(place, &arguments)
        .env_remove("GITHUB_STEP_SUMMARY")
        .output()
        .expect("it runs");
    assert!(matches!(code(&output), 0 | 3), "{}", stderr(&output));
    stdout(&output)
}

fn json(place: &Path, paths: &[&str], format: &str) -> Value {
    serde_json::from_str(&report(place, paths, format)).expect("JSON")
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

/// The findings of the JSON report in their order, then the mistakes of files that are refused; a file without known
/// mistakes counts as one.
fn findings(audit: &Value) -> Vec<Value> {
    let trees = list(audit, "trees").iter().flat_map(|tree| list(tree, "findings"));
    let refused = list(audit, "refused").iter();
    let mistakes = refused.flat_map(|file| match list(file, "mistakes") {
        [] => std::slice::from_ref(file),
        mistakes => mistakes,
    });
    trees.chain(mistakes).cloned().collect()
}

fn message(finding: &Value) -> &str {
    let message = finding["message"].as_str().or(finding["reason"].as_str());
    message.expect("a message")
}

#[test]
fn gitlab_reads_every_finding_once() {
    let (_folder, places) = audited();
    for (place, paths) in places {
        let expected = findings(&json(&place, paths, "json"));
        let report = json(&place, paths, "gitlab");
        let issues = report.as_array().expect("a list");
        assert_eq!(issues.len(), expected.len());
        for (issue, finding) in issues.iter().zip(&expected) {
            let text = |name: &str| issue[name].as_str().expect("a text").to_owned();
            assert!(["info", "minor", "major", "critical", "blocker"].contains(&&*text("severity")));
            assert!(!text("check_name").is_empty());
            let said: String = message(finding).replace('\n', " ");
            assert!(text("description").starts_with(&said), "{issue}");
            let path = issue["location"]["path"].as_str().expect("a path");
            assert!(!path.starts_with("./") && !path.contains("//"), "{path}");
            assert!(issue["location"]["lines"]["begin"].as_u64() >= Some(1));
        }
        let fingerprints: BTreeSet<&str> = issues
            .iter()
            .filter_map(|issue| issue["fingerprint"].as_str())
            .collect();
        assert_eq!(fingerprints.len(), issues.len());
    }
}

#[test]
fn fingerprints_hold_when_lines_move_and_are_the_same_everywhere() {
    let fingerprints = |text: &str| -> [BTreeSet<String>; 3] {
        let folder = folder(&[("line.yaml", text)]);
        let gitlab = json(folder.path(), &["./line.yaml"], "gitlab");
        let gitlab = gitlab.as_array().expect("a list").iter();
        let sarif = json(folder.path(), &["line.yaml"], "sarif");
        let sarif = list(&sarif["runs"][0], "results").iter();
        let csv = report(folder.path(), &["line.yaml"], "csv");
        let mut csv = csv::Reader::from_reader(csv.as_bytes());
        let last = |row: csv::StringRecord| row.get(row.len() - 1).expect("a cell").to_owned();
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        [
            gitlab.map(|issue| text(&issue["fingerprint"])).collect(),
            sarif
                .map(|result| text(&result["partialFingerprints"]["presszeroPlace/v1"]))
                .collect(),
            csv.records().map(|row| last(row.expect("a row"))).collect(),
        ]
    };
    let [gitlab, sarif, csv] = fingerprints(BAD);
    assert!(gitlab.len() > 1);
    assert_eq!((&gitlab, &gitlab), (&sarif, &csv));
    let moved = BAD
        .replace("steps:\n", "# A line more.\n\nsteps:\n")
        .replace("For more", "To hear more");
    assert_eq!(fingerprints(&moved)[0], gitlab);
    let renamed = BAD.replace("one", "uno");
    assert!(fingerprints(&renamed)[0] != gitlab);
}

#[test]
fn spreadsheets_read_every_finding_and_compute_none() {
    let (_folder, places) = audited();
    for (place, paths) in places {
        let expected = findings(&json(&place, paths, "json"));
        let text = report(&place, paths, "csv");
        let mut table = csv::Reader::from_reader(text.as_bytes());
        let heads = table.headers().expect("heads").clone();
        let column = |name: &str| heads.iter().position(|head| head == name).expect("a column");
        let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), expected.len());
        for (row, finding) in rows.iter().zip(&expected) {
            assert_eq!(
                row[column("message")].trim_start_matches('\''),
                message(finding).trim_start_matches('\'')
            );
            if finding["place"].is_object() {
                assert_eq!(row[column("line")], finding["place"]["line"].to_string());
                assert_eq!(row[column("end_column")], finding["place"]["end_column"].to_string());
                assert_eq!(&row[column("rule")], finding["rule"].as_str().expect("a rule"));
            }
            let computed = row
                .iter()
                .find(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
            assert_eq!(computed, None, "{row:?}");
        }
        if paths.len() > 1 {
            assert!(
                rows.iter().any(|row| row[column("tree")].starts_with("'=1+1")),
                "{text}"
            );
        }
    }
}

/// A workflow command.
struct Command {
    name: String,
    properties: Vec<(String, String)>,
    text: String,
}

impl Command {
    /// Takes a line apart as GitHub's runner does: `::name key=value,key=value::text`.
    fn of(line: &str) -> Option<Self> {
        let (head, text) = line.trim_start().strip_prefix("::")?.split_once("::")?;
        let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
        let decode = |text: &str| {
            let text = text.replace("%0D", "\r").replace("%0A", "\n");
            text.replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
        };
        let properties = properties.split(',').filter(|part| !part.is_empty());
        let properties = properties.map(|part| {
            let (key, value) = part.split_once('=').expect("a key and a value");
            (key.to_owned(), decode(value))
        });
        Some(Self {
            name: name.to_owned(),
            properties: properties.collect(),
            text: decode(text),
        })
    }

    fn value(&self, key: &str) -> &str {
        let found = self.properties.iter().find(|(name, _)| name == key);
        found.map_or("", |(_, value)| value)
    }
}

#[test]
fn github_gets_ten_of_a_kind_the_gravest_first_and_obeys_no_text() {
    let (_folder, places) = audited();
    for (place, paths) in places {
        let expected = findings(&json(&place, paths, "json"));
        let text = report(&place, paths, "github");
        assert!(!text.contains("##["), "{text}");
        let mut kinds = Vec::new();
        let mut in_groups = 0;
        let mut inside = false;
        for line in text.lines() {
            match Command::of(line) {
                Some(command) if command.name == "group" => inside = true,
                Some(command) if command.name == "endgroup" => inside = false,
                Some(command) => {
                    let names: Vec<&str> = command.properties.iter().map(|(key, _)| key.as_str()).collect();
                    assert!(names.starts_with(&["file", "line", "endLine"]) && names.ends_with(&["title"]));
                    let is_one_line = command.value("line") == command.value("endLine");
                    assert_eq!(names.contains(&"col"), is_one_line, "{line}");
                    let first = command.text.lines().next().expect("a message");
                    let is_told = |finding: &Value| message(finding).replace('\n', " ") == first;
                    assert!(expected.iter().any(is_told), "{line}");
                    let file = command.value("file");
                    assert!(file == "missing.yaml" || place.join(file).exists(), "{line}");
                    kinds.push(command.name);
                }
                None => in_groups += usize::from(inside),
            }
        }
        assert_eq!(kinds.len() + in_groups, expected.len(), "{text}");
        let order = ["error", "warning", "notice"];
        assert!(kinds.iter().all(|kind| order.contains(&kind.as_str())), "{kinds:?}");
        assert!(kinds.is_sorted_by_key(|kind| order.iter().position(|known| known == kind)));
        for kind in order {
            assert!(kinds.iter().filter(|known| *known == kind).count() <= 10);
        }
        assert!(kinds.len() > 10);
    }
}

#[test]
fn github_gets_a_summary_of_the_step_behind_what_is_there() {
    let folder = folder(&[("bad.yaml", BAD), ("summary.md", "# Before\n")]);
    let run = |format: &str, file: &str| {
        let mut command = command(folder.path(), &["audit", "bad.yaml", "--format", format]);
        command.env("GITHUB_STEP_SUMMARY", file).output().expect("it runs")
    };
    let file = folder.path().join("summary.md");
    assert_eq!(code(&run("text", "summary.md")), 1);
    assert_eq!(fs::read_to_string(&file).expect("a summary"), "# Before\n");
    assert_eq!(code(&run("github", "summary.md")), 1);
    let summary = fs::read_to_string(&file).expect("a summary");
    let markdown = report(folder.path(), &["bad.yaml"], "markdown");
    assert_eq!(summary, format!("# Before\n{markdown}"));
    // The audit stands even where the summary cannot be written.
    let output = run("github", "nowhere/summary.md");
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("the summary of the step cannot be written"));
}

#[test]
fn build_servers_see_fail_what_fails() {
    let folder = everything();
    let run = |fail_on: &str| {
        let arguments = ["audit", "--format", "junit", "bad.yaml", "clean.yaml", "missing.yaml"];
        let output = presszero(folder.path(), &[&arguments[..], &["--fail-on", fail_on]].concat());
        assert_eq!(code(&output), 3);
        stdout(&output)
    };
    let audit = json(folder.path(), &["bad.yaml", "clean.yaml", "missing.yaml"], "json");
    let rules = |least: &[&str]| {
        let found = list(&audit["trees"][0], "findings").iter();
        let found = found.filter(|finding| least.contains(&finding["severity"].as_str().expect("a severity")));
        found
            .map(|finding| finding["rule"].to_string())
            .collect::<BTreeSet<String>>()
            .len()
    };
    let all = rules(&["error", "warning", "info"]);
    assert!(rules(&["error"]) < rules(&["error", "warning"]));
    for (fail_on, failures) in [
        ("error", rules(&["error"])),
        ("warning", rules(&["error", "warning"])),
        ("info", all),
        ("never", 0),
    ] {
        let text = run(fail_on);
        let head = format!(
            "<testsuites name=\"presszero\" tests=\"{}\" failures=\"{failures}\" errors=\"1\"",
            all + 2
        );
        assert!(text.contains(&head), "{head}\n{text}");
        assert_eq!(text.matches("<failure ").count(), failures);
        assert!(
            text.contains("<testcase name=\"nothing to mend\" classname=\"clean.yaml\""),
            "{text}"
        );
        assert!(text.contains("<error message=\"") && text.contains("file=\"missing.yaml\""));
    }
    let text = run("error");
    assert!(text.contains(">bad.yaml:7:"), "{text}");
    assert!(
        text.contains(": error[human-too-deep]: a person is first offered at menu 4"),
        "{text}"
    );
}

#[test]
fn a_comment_begins_with_the_verdict_and_holds_nothing_that_markdown_obeys() {
    let (_folder, [_, (place, paths)]) = audited();
    let text = report(&place, paths, "markdown");
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("<!-- presszero -->"));
    assert!(lines.next().is_some_and(|line| line.starts_with("### presszero: ")));
    assert!(text.contains("phone trees audited: "), "{text}");
    assert!(text.contains("1 file could not be audited."), "{text}");
    assert!(text.contains("at menu 4"), "{text}");
    for obeyed in ["@octocat", "@team", "@odd", "<b>", "<i>", "<u>", "l](1)", "#7"] {
        assert!(!text.contains(obeyed), "{obeyed}\n{text}");
    }
    assert!(
        text.contains("=1+1 \\| &lt;b&gt;@&#8203;octocat&lt;/b&gt; \\`x ::error::y"),
        "{text}"
    );
    // Every row of a table has the columns of its head.
    let bars = |line: &str| line.replace("\\|", "").matches('|').count();
    for table in text.split("\n\n").filter(|part| part.starts_with('|')) {
        let head = table.lines().next().map(bars);
        assert!(table.lines().all(|line| Some(bars(line)) == head), "{table}");
    }
}

#[test]
fn a_comment_stays_short_and_says_what_it_leaves_out() {
    let long = HOSTILE.replace("=1+1", &"@|ü".repeat(300));
    let files: Vec<(String, &str)> = (0..120).map(|number| (format!("{number}.yaml"), &*long)).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let folder = folder(&files);
    let total = findings(&json(folder.path(), &["."], "json")).len();
    let text = report(folder.path(), &["."], "markdown");
    assert!(text.len() < 65_536, "{}", text.len());
    let line = text
        .lines()
        .find(|line| line.contains("left out here"))
        .expect("what is left out");
    let left_out: usize = line
        .split(' ')
        .next()
        .and_then(|number| number.parse().ok())
        .expect("a number");
    let told = text.lines().filter(|line| line.contains("</code> at <code>")).count();
    assert_eq!(told + left_out, total);
    assert!(
        text.contains("phone trees more; these take longest to a person"),
        "{text}"
    );
    assert!(text.contains("<details>\n<summary>") && text.contains("\n</details>\n"));
}
