//! `presszero report`: the package in a folder, and `presszero export`.

use super::schemas::{mistakes, published};
use super::{BAD, FLOW, GOOD, code, folder, presszero, repository, stderr, stdout};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A tree of which nothing can be measured: where calls begin is not known.
const NOTHING: &str = "phone-tree: 1\nname: Nothing\nentry: nowhere\nsteps:\n  main: {kind: hang-up}\n";

fn files(folder: &Path) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for (below, place) in [("", folder.to_owned()), ("charts/", folder.join("charts"))] {
        let Ok(entries) = fs::read_dir(place) else { continue };
        for entry in entries.map(|entry| entry.expect("an entry")) {
            if entry.path().is_file() {
                out.insert(format!("{below}{}", entry.file_name().to_string_lossy()));
            }
        }
    }
    out
}

fn data(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("data.json")).expect("data");
    serde_json::from_str(&text).expect("JSON")
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).expect("text")
}

#[test]
fn a_package_has_pages_charts_tables_and_data_that_agree() {
    let here = folder(&[
        ("lines/good.yaml", GOOD),
        ("lines/deep/bad.yaml", BAD),
        ("lines/flow.json", FLOW),
    ]);
    let output = presszero(here.path(), &["report", "lines", "--out", "out", "--charts", "svg"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let out = here.path().join("out");
    let data = data(&out);
    assert_eq!(mistakes(&published("report"), &data), Vec::<String>::new());
    // Every file is listed, and nothing else is.
    let listed = data["files"].as_array().expect("a list").iter();
    let mut listed: BTreeSet<String> = listed
        .map(|file| file["path"].as_str().expect("a path").to_owned())
        .collect();
    listed.insert("data.json".to_owned());
    assert_eq!(files(&out), listed);
    let index = read(&out, "index.html");
    for page in ["good.html", "deep-bad.html", "flow.html"] {
        assert!(
            index.contains(&format!("href=\"{page}\"")) && listed.contains(page),
            "{page}"
        );
    }
    // The tree in which a person is far away comes before the one in which she is near.
    let trees = data["trees"].as_array().expect("trees");
    let rank = |page: &str| trees.iter().position(|tree| tree["page"] == page).expect("it is there");
    assert!(rank("deep-bad.html") < rank("good.html"));
    let summary = read(&out, "summary.csv");
    assert_eq!(summary.lines().count(), 1 + trees.len());
    let findings = data["audit"]["totals"]["errors"].as_u64().expect("a number");
    let errors = read(&out, "findings.csv")
        .lines()
        .filter(|line| line.contains(",error,"))
        .count();
    assert_eq!(errors as u64, findings);
}

#[test]
fn the_bytes_are_the_same_for_any_number_of_threads() {
    let here = folder(&[("a/good.yaml", GOOD), ("a/bad.yaml", BAD), ("a/nothing.yaml", NOTHING)]);
    for (threads, out) in [("1", "one"), ("3", "three")] {
        let arguments = ["report", "a", "--out", out, "--threads", threads, "--charts", "svg,png"];
        assert_eq!(code(&presszero(here.path(), &arguments)), 0);
    }
    let (one, three) = (here.path().join("one"), here.path().join("three"));
    assert_eq!(files(&one), files(&three));
    for file in files(&one) {
        let bytes = |folder: &Path| fs::read(folder.join(&file)).expect("a file");
        assert!(bytes(&one) == bytes(&three), "{file}");
    }
}

#[test]
fn only_stale_files_of_its_own_are_removed() {
    let here = folder(&[("a/good.yaml", GOOD), ("a/bad.yaml", BAD), ("out/mine.html", "mine")]);
    let report = || {
        presszero(
            here.path(),
            &["report", "a", "--out", "out", "--charts", "svg", "--only", "survival"],
        )
    };
    assert_eq!(code(&report()), 0);
    let out = here.path().join("out");
    fs::write(out.join("charts/bad.survival.svg"), "drawn over").expect("a file can be written");
    fs::remove_file(here.path().join("a/bad.yaml")).expect("it can be removed");
    let output = report();
    assert_eq!(code(&output), 0);
    let left = files(&out);
    assert!(!left.contains("bad.html"), "{left:?}");
    assert!(left.contains("mine.html") && left.contains("good.html"), "{left:?}");
    assert!(
        left.contains("charts/bad.survival.svg") && stderr(&output).contains("is kept"),
        "{left:?}"
    );
}

#[test]
fn its_own_files_are_no_input_of_the_next_run() {
    let here = folder(&[("good.yaml", GOOD)]);
    let report = || presszero(here.path(), &["report", ".", "--charts", "none"]);
    assert_eq!(code(&report()), 0);
    let first = read(&here.path().join("reports"), "data.json");
    assert_eq!(code(&report()), 0);
    assert_eq!(first, read(&here.path().join("reports"), "data.json"));
}

#[test]
fn what_others_made_is_not_written_over() {
    for (file, text) in [("out/index.html", "<p>my home page"), ("out/data.json", "{\"my\": 1}")] {
        let here = folder(&[("good.yaml", GOOD), (file, text)]);
        let output = presszero(here.path(), &["report", "good.yaml", "--out", "out"]);
        assert_eq!(code(&output), 2);
        assert!(stderr(&output).contains("choose another folder"), "{}", stderr(&output));
        assert_eq!(read(here.path(), file), text);
        assert!(!here.path().join("out/good.html").exists());
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let here = folder(&[("good.yaml", GOOD), ("out", "a file")]);
    let output = presszero(here.path(), &["report", "good.yaml", "--out", "out"]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("a file is where a folder has to be"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn an_earlier_package_is_set_beside() {
    let here = folder(&[("a/line.yaml", BAD), ("a/gone.yaml", GOOD)]);
    let out = |folder| ["report", "a", "--charts", "none", "--out", folder];
    assert_eq!(code(&presszero(here.path(), &out("before"))), 0);
    fs::write(here.path().join("a/line.yaml"), GOOD).expect("a file can be written");
    fs::rename(here.path().join("a/gone.yaml"), here.path().join("a/new.yaml")).expect("it can be renamed");
    let output = presszero(
        here.path(),
        &[&out("after")[..], &["--baseline-dir", "before"]].concat(),
    );
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let index = read(&here.path().join("after"), "index.html");
    let changes = index.split_once("id=\"changes\"").expect("a part on changes").1;
    assert!(changes.contains("<td>a person is offered after</td>") && changes.contains(">better<"));
    assert!(changes.contains("New: a&#x2f;new.yaml") && changes.contains("No longer there: a&#x2f;gone.yaml"));
    let missing = presszero(here.path(), &[&out("x")[..], &["--baseline-dir", "a"]].concat());
    assert_eq!(code(&missing), 2);
    assert!(stderr(&missing).contains("the folder holds no package"));
}

#[test]
fn nonsense_is_told_with_the_nearest_name() {
    let here = folder(&[("good.yaml", GOOD)]);
    let output = presszero(here.path(), &["report", "good.yaml", "--only", "survivel"]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("did you mean `survival`?"),
        "{}",
        stderr(&output)
    );
    let output = presszero(here.path(), &["report", "good.yaml", "--charts", "none,svg"]);
    assert_eq!(code(&output), 2);
    assert!(!here.path().join("reports").exists());
    let empty = presszero(here.path(), &["report", "good.yaml.missing"]);
    assert_eq!(code(&empty), 3);
}

#[test]
fn names_of_pages_are_portable_and_unlike_one_another() {
    let files = [
        "a/index.yaml",
        "a/CON.yaml",
        "a/Ärger?.yaml",
        "a/b-c.yaml",
        "a/b/c.yaml",
        "a/x.yaml",
        "a/x.yml",
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|file| (*file, GOOD)).collect();
    let here = folder(&files);
    assert_eq!(
        code(&presszero(
            here.path(),
            &["report", "a", "--out", "out", "--charts", "none"]
        )),
        0
    );
    let data = data(&here.path().join("out"));
    let pages = data["trees"].as_array().expect("trees").iter();
    let pages: BTreeSet<&str> = pages.map(|tree| tree["page"].as_str().expect("a page")).collect();
    let expected = [
        "index-2.html",
        "con-2.html",
        "rger.html",
        "b-c.html",
        "b-c-2.html",
        "x.html",
        "x-2.html",
    ];
    assert_eq!(pages, BTreeSet::from(expected));
}

#[test]
fn trees_that_tell_little_have_honest_pages() {
    let unknown = "phone-tree: 1\nentry: main\nsteps:\n  main: {kind: menu, prompt: [{audio: a.wav}], keys: {1: on}}\n  on: {kind: queue}\n";
    let single = "phone-tree: 1\nentry: main\nsteps:\n  main: {kind: hang-up, reason: served, prompt: Bye.}\n";
    let here = folder(&[
        ("a/nothing.yaml", NOTHING),
        ("a/unknown.yaml", unknown),
        ("a/single.yaml", single),
    ]);
    let output = presszero(here.path(), &["report", "a", "--out", "out"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let data = data(&here.path().join("out"));
    for tree in data["trees"].as_array().expect("trees") {
        let page = read(&here.path().join("out"), tree["page"].as_str().expect("a page"));
        assert!(page.ends_with("</html>\n") || page.ends_with("</html>"));
        match tree["page"].as_str() {
            Some("nothing.html") => assert!(tree["frustrated"].is_null() && tree["why_not"].is_string()),
            Some("single.html") => assert_eq!(tree["person"], "none"),
            _ => assert_eq!(tree["person"], "perhaps-announced"),
        }
    }
}

#[test]
fn names_that_would_be_markup_are_text() {
    let hostile = GOOD.replace(
        "phone-tree: 1\n",
        "phone-tree: 1\nname: \"</script><script>alert(1)</script>\"\n",
    );
    let here = folder(&[("a/hostile.yaml", &hostile), ("a/good.yaml", GOOD)]);
    assert_eq!(
        code(&presszero(
            here.path(),
            &["report", "a", "--out", "out", "--charts", "none"]
        )),
        0
    );
    let index = read(&here.path().join("out"), "index.html");
    assert!(!index.contains("<script") && index.contains("&lt;script&gt;alert(1)"));
}

#[test]
fn exports_are_read_by_others() {
    let bank = ["export", "menus/bank.yaml", "--calls", "200", "--to"];
    let export = |form: &'static str| {
        let output = presszero(repository(), &[&bank[..], &[form]].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        stdout(&output)
    };
    let mermaid = export("mermaid");
    assert!(mermaid.starts_with("flowchart TD\n") && mermaid.contains("-->|\"no input\"|"));
    let dot = export("dot");
    assert!(dot.starts_with("digraph \"Northwind Bank") && dot.ends_with("}\n"));
    let steps = mermaid
        .lines()
        .filter(|line| line.starts_with("    s") && !line.contains("-->"))
        .count();
    assert_eq!(
        steps,
        dot.lines()
            .filter(|line| line.starts_with("    s") && line.contains("shape="))
            .count()
    );
    // Both logs tell the same calls.
    let (csv, xes) = (export("events-csv"), export("xes"));
    let cases: BTreeSet<&str> = csv.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
    assert_eq!(cases.len(), 200);
    assert_eq!(xes.matches("<trace>").count(), 200);
    assert_eq!(xes.matches("<event>").count(), csv.lines().count() - 1);
    assert!(xes.ends_with("</log>\n"));
    let arrivals = export("arrivals-csv");
    assert_eq!((arrivals.lines().count() - 1) % 336, 0);
}

#[test]
fn calls_by_half_hour_are_those_that_the_tree_declares() {
    let declared = GOOD.replace(
        "steps:\n",
        "arrivals:\n  mon-sun: {\"00:00-24:00\": 60 per hour}\nsteps:\n",
    );
    let here = folder(&[("line.yaml", &declared), ("silent.yaml", GOOD)]);
    let output = presszero(
        here.path(),
        &[
            "export",
            "line.yaml",
            "--to",
            "arrivals-csv",
            "--caller",
            "wants-a-person",
        ],
    );
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let table = stdout(&output);
    let calls = |row: &str| row.split(',').nth(5).and_then(|calls| calls.parse::<f64>().ok());
    let calls: Vec<f64> = table.lines().skip(1).filter_map(calls).collect();
    assert_eq!(calls.len(), 336);
    // 60 calls an hour, nearly all of whom come to the only queue.
    assert!(calls.iter().all(|calls| (20.0..=30.0).contains(calls)), "{calls:?}");
    let output = presszero(here.path(), &["export", "silent.yaml", "--to", "arrivals-csv"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("declare `arrivals`"));
}
