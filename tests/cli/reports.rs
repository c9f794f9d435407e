//! The committed audits of `menus/` are those that the program gives today.

use super::{command, folder, repository, stdout};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn the_committed_audits_are_todays() {
    let committed = fs::read_to_string(repository().join("reports/audit.txt")).expect("a committed audit");
    assert!(
        audit("text") == committed,
        "reports/audit.txt is not what the program says today; rewrite it as reports/README.md tells"
    );
}

#[test]
fn the_committed_pages_are_those_of_the_rules() {
    let committed = fs::read_to_string(repository().join("reports/rules.md")).expect("committed pages");
    let arguments = ["rules", "--format", "markdown"];
    let output = command(repository(), &arguments).output().expect("the program starts");
    assert!(
        stdout(&output) == committed,
        "run: presszero rules --format markdown > reports/rules.md"
    );
    for rule in presszero::rules::all() {
        let (index, pages) = committed.split_once("## The rules").expect("two parts");
        assert!(index.contains(&format!("(#{})", rule.name)) && pages.contains(&format!("\n### {}\n", rule.name)));
    }
}

#[test]
fn the_committed_pages_are_those_of_the_formats() {
    let committed = fs::read_to_string(repository().join("reports/formats.md")).expect("committed pages");
    let arguments = ["explain", "formats", "--format", "markdown"];
    let output = command(repository(), &arguments).output().expect("the program starts");
    assert!(
        stdout(&output) == committed,
        "reports/formats.md is not of today; run reports/rewrite"
    );
    for format in presszero::import::FORMATS {
        assert!(committed.contains(&format!("\n## {}\n", format.name)));
        assert!((format.words)().len() > 10, "{} knows few words", format.name);
    }
}

#[test]
fn the_committed_report_is_todays() {
    let folder = folder(&[]);
    let out = folder.path().to_str().expect("a plain name");
    let arguments = ["report", "menus", "--fail-on", "never", "--charts", "svg", "--out", out];
    let output = command(repository(), &arguments).output().expect("the program starts");
    assert!(output.status.success());
    let committed = files(&repository().join("reports/menus"));
    let written = files(folder.path());
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&committed), names(&written));
    for (name, bytes) in &written {
        let same = committed.get(name) == Some(bytes);
        assert!(
            same,
            "reports/menus/{} is not of today; run reports/rewrite",
            name.display()
        );
    }
}

/// The files below a folder with what they hold, by their paths in it.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(within) = open.pop() {
        for entry in fs::read_dir(within).expect("a folder can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("it is below").to_owned();
            found.insert(name, fs::read(path).expect("a file can be read"));
        }
    }
    found
}

fn audit(format: &str) -> String {
    let arguments = ["audit", "menus", "--fail-on", "never", "--format", format];
    let output = command(repository(), &arguments).output().expect("the program starts");
    assert!(output.status.success());
    stdout(&output)
}

#[test]
fn the_published_horrors_show_their_published_figures() {
    let audit: serde_json::Value = serde_json::from_str(&audit("json")).expect("the audit is JSON");
    let tree = |file: &str| {
        let trees = audit["trees"].as_array().expect("a list of trees");
        let found = trees
            .iter()
            .find(|tree| tree["file"].as_str().is_some_and(|name| name.ends_with(file)));
        found.unwrap_or_else(|| panic!("{file} is audited"))["figures"].clone()
    };
    let presses = |way: &serde_json::Value| -> String {
        let acts = way["acts"].as_array().expect("what the caller does");
        acts.iter()
            .filter_map(|act| act["press"].as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    // BBC News, 22 May 2013: seven levels, 78 options, over four minutes, keys 1 3 2 1 1 5 4.
    let lloyds = tree("lloyds-2013.yaml");
    assert_eq!(lloyds["options"], 78);
    assert_eq!(lloyds["person"]["offered"]["menus"], 7);
    assert_eq!(presses(&lloyds["person"]["reached"]), "1 3 2 1 1 5 4");
    assert!(lloyds["person"]["reached"]["milliseconds"].as_u64() > Some(240_000));
    // The same: four keys and up to six minutes to an adviser.
    let hmrc = tree("hmrc-2013.yaml");
    let ways = |tree: &serde_json::Value| -> Vec<serde_json::Value> {
        let intents = tree["intents"].as_array().expect("a list of intents");
        intents
            .iter()
            .map(|intent| intent["person"]["reached"].clone())
            .collect()
    };
    assert!(ways(&hmrc).iter().all(|way| way["presses"] == 4));
    let longest = ways(&hmrc).iter().filter_map(|way| way["milliseconds"].as_u64()).max();
    assert!((330_000..=360_000).contains(&longest.expect("a way to an adviser")));
    // As copied by nowmynews.blogspot.com: six menus, 76 options.
    let aviva = tree("aviva-2013.yaml");
    assert_eq!(aviva["options"], 76);
    assert_eq!(aviva["person"]["offered"]["menus"], 6);
    // Seattle Times, 2006: eighteen presses of 0.
    let aol = tree("aol-2006.yaml");
    assert_eq!(presses(&aol["person"]["possible"]), ["0"; 18].join(" "));
}
