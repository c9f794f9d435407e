//! Profiles on the command line: which rules they ask, their checklists and pages.

use super::schemas::{mistakes, published};
use super::{BAD, GOOD, folder, presszero, stdout};
use presszero::profiles;
use serde_json::Value;
use std::fs;

fn json(folder: &std::path::Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&stdout(&presszero(folder, arguments))).expect("JSON")
}

#[test]
fn an_audit_asks_what_its_profiles_ask() {
    let folder = folder(&[("bad.yaml", BAD)]);
    let rules = |arguments: &[&str]| -> Vec<String> {
        let all = [&["audit", "bad.yaml", "--format", "json"], arguments].concat();
        let report = json(folder.path(), &all);
        let findings = report["trees"][0]["findings"].as_array().expect("findings");
        findings
            .iter()
            .map(|finding| finding["rule"].as_str().expect("a name").to_owned())
            .collect()
    };
    let plain = rules(&[]);
    let spanish = rules(&["--profile", "es-ley-10-2025"]);
    assert!(spanish.contains(&"human-too-deep".to_owned()));
    assert!(spanish.len() < plain.len());
    assert_eq!(rules(&["--profile", "recommended"]), plain);
    // The command line goes before the settings.
    fs::write(folder.path().join("presszero.yaml"), "profiles: [es-ley-10-2025]\n").expect("written");
    assert_eq!(rules(&[]), spanish);
    assert_eq!(rules(&["--profile", "recommended"]), plain);
    let wrong = presszero(folder.path(), &["audit", "bad.yaml", "--profile", "es-ley-10-2052"]);
    assert_eq!(wrong.status.code(), Some(2));
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(said.contains("did you mean `es-ley-10-2025`?"), "{said}");
}

#[test]
fn a_finding_tells_its_clause_in_text_and_json() {
    let folder = folder(&[("bad.yaml", BAD)]);
    let text = stdout(&presszero(
        folder.path(),
        &["audit", "bad.yaml", "--profile", "es-ley-10-2025"],
    ));
    let clause = "Ley 10/2025 (Spain), art. 8: a person is among the options of the main menu";
    assert!(text.contains(&format!("= clause: {clause}")), "{text}");
    assert!(
        text.contains("= limit: 2 menus (Ley 10/2025 (Spain), art. 8)"),
        "{text}"
    );
    let report = json(
        folder.path(),
        &["audit", "bad.yaml", "--profile", "es-ley-10-2025", "--format", "json"],
    );
    assert_eq!(mistakes(&published("audit"), &report), Vec::<String>::new());
    let findings = report["trees"][0]["findings"].as_array().expect("findings");
    assert!(findings.iter().any(|finding| finding["clauses"][0] == clause));
}

#[test]
fn overrides_hold_for_the_files_that_they_name() {
    let settings = "overrides: [{paths: [old/**], rules: {human-too-deep: off}}]\nbaseline: known.yaml\n";
    let folder = folder(&[("presszero.yaml", settings), ("new.yaml", BAD)]);
    fs::create_dir(folder.path().join("old")).expect("made");
    fs::write(folder.path().join("old/line.yaml"), BAD).expect("written");
    fs::write(folder.path().join("old/kept.yaml"), BAD).expect("written");
    let _ = fs::remove_file(folder.path().join("known.yaml"));
    let settings = "overrides: [{paths: [old/**], rules: {human-too-deep: off}}]\n";
    fs::write(folder.path().join("presszero.yaml"), settings).expect("written");
    let report = json(folder.path(), &["audit", ".", "--format", "json"]);
    let trees = report["trees"].as_array().expect("trees");
    let deep: Vec<&str> = trees
        .iter()
        .filter(|tree| {
            let findings = tree["findings"].as_array().expect("findings");
            findings.iter().any(|finding| finding["rule"] == "human-too-deep")
        })
        .map(|tree| tree["file"].as_str().expect("a file"))
        .collect();
    assert_eq!((trees.len(), deep.len()), (3, 1), "{deep:?}");
    assert!(deep[0].ends_with("new.yaml"));
}

#[test]
fn the_list_of_rules_tells_who_asks_them() {
    let folder = folder(&[]);
    let list = stdout(&presszero(folder.path(), &["rules"]));
    assert!(list.contains("in ") && list.contains("es-ley-10-2025"), "{list}");
    let spanish = stdout(&presszero(folder.path(), &["rules", "--profile", "es-ley-10-2025"]));
    assert!(
        spanish.contains("error from 2 menus: Ley 10/2025 (Spain), art. 8"),
        "{spanish}"
    );
    assert!(!spanish.contains("prompt-too-long"));
    let list = json(
        folder.path(),
        &["rules", "--profile", "us-dc-3106.4", "--format", "json"],
    );
    assert_eq!(list["profiles"][0]["name"], "us-dc-3106.4");
    let rules = list["rules"].as_array().expect("rules");
    assert!(rules.iter().any(|rule| rule["name"] == "dead-end"));
    assert!(rules.iter().all(|rule| rule["name"] != "slow-start"));
}

#[test]
fn a_checklist_goes_through_the_requirements_of_each_tree() {
    let folder = folder(&[("bad.yaml", BAD), ("good.yaml", GOOD)]);
    let arguments = ["rules", "--profile", "es-ley-10-2025", "bad.yaml", "good.yaml"];
    let output = presszero(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    for said in [
        "bad.yaml: Spain, Ley 10/2025 on customer service (in force, as of 2026-11-22)",
        "  fails            art. 8: a person is among the options of the main menu",
        "[human-too-deep] a person is first offered at menu 4",
        "  holds            art. 8: a person is among the options of the main menu",
        "  cannot be known  art. 8: 95% of calls",
        "neither legal advice nor a finding of compliance",
    ] {
        assert!(text.contains(said), "`{said}` is not in\n{text}");
    }
    let found = json(
        folder.path(),
        &["rules", "--profile", "es-ley-10-2025", "good.yaml", "--format", "json"],
    );
    assert_eq!(mistakes(&published("checklist"), &found), Vec::<String>::new());
    assert_eq!(found["trees"][0]["requirements"][0]["verdict"], "holds");
    let good = presszero(folder.path(), &["rules", "--profile", "us-dc-3106.4", "good.yaml"]);
    assert_eq!(good.status.code(), Some(0));
    // Without requirements there is nothing to go through.
    for arguments in [
        &["rules", "good.yaml"][..],
        &["rules", "good.yaml", "--profile", "recommended"],
    ] {
        assert_eq!(presszero(folder.path(), arguments).status.code(), Some(2));
    }
    let missing = presszero(folder.path(), &["rules", "--profile", "es-ley-10-2025", "missing.yaml"]);
    assert_eq!(missing.status.code(), Some(3));
}

#[test]
fn each_profile_has_a_page() {
    let folder = folder(&[]);
    for profile in profiles::all() {
        let page = stdout(&presszero(folder.path(), &["explain", &profile.name]));
        assert!(page.contains(&profile.title), "{page}");
        for requirement in &profile.requirements {
            assert!(page.contains(&requirement.asks), "{}: {page}", requirement.asks);
        }
    }
    let page = stdout(&presszero(folder.path(), &["explain", "es-ley-10-2025"]));
    for said in [
        "Status: in force",
        "as reported by: legaltoday.com",
        "was not read",
        "error from 2 menus",
    ] {
        assert!(page.contains(said), "`{said}` is not in\n{page}");
    }
}
