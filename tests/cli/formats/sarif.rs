//! The SARIF report against its schema, its own references, and the texts that it points into.

use super::{audited, everything, json, list};
use presszero::audit::Portfolio;
use presszero::document::edit::{Patch, apply};
use presszero::document::read;
use presszero::finding::Fix;
use presszero::graph::pace::Pace;
use presszero::report::{Report, Texts, TreeReport, sarif};
use presszero::settings::Settings;
use presszero::source::Source;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn mistakes(value: &Value) -> Vec<String> {
    let path = super::repository().join("tests/fixtures/sarif/sarif-schema-2.1.0.json");
    let schema = fs::read_to_string(path).expect("the schema is there");
    // A bracket too many in the schema's pattern for names of languages, which is no regular expression for all.
    let schema = schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}?$");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let schema = jsonschema::draft7::options()
        .should_validate_formats(true)
        .build(&schema);
    let show = |error: jsonschema::ValidationError<'_>| format!("{}: {error}", error.instance_path());
    schema.expect("a schema").iter_errors(value).map(show).collect()
}

/// The file that an address names.
fn file(artifact: &Value) -> String {
    let uri = artifact["uri"].as_str().expect("an address");
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().expect("a digit"), rest.next().expect("a digit")];
            let digits = std::str::from_utf8(&digits).expect("digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("digits"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// Where a line and column lie in a text that is held in units of UTF-16.
fn unit(text: &[u16], line: &Value, column: &Value) -> usize {
    let line = usize::try_from(line.as_u64().expect("a line")).expect("a small number");
    let column = usize::try_from(column.as_u64().expect("a column")).expect("a small number");
    let before: usize = text
        .split(|unit| *unit == 10)
        .take(line - 1)
        .map(|line| line.len() + 1)
        .sum();
    before + column - 1
}

fn range(text: &[u16], region: &Value) -> std::ops::Range<usize> {
    unit(text, &region["startLine"], &region["startColumn"])..unit(text, &region["endLine"], &region["endColumn"])
}

#[test]
fn it_follows_its_schema_and_points_where_the_findings_are() {
    let (_folder, places) = audited();
    for (place, paths) in places {
        let audit = json(&place, paths, "json");
        let sarif = json(&place, paths, "sarif");
        assert_eq!(mistakes(&sarif), Vec::<String>::new());
        let run = &sarif["runs"][0];
        let mut results = list(run, "results").iter();
        for tree in list(&audit, "trees") {
            let allowed = list(tree, "allowed").iter();
            let allowed = allowed.map(|allowed| (&allowed["finding"], Some(&allowed["reason"])));
            let findings = list(tree, "findings").iter().map(|finding| (finding, None));
            for (finding, reason) in findings.chain(allowed) {
                let result = results.next().expect("as many results");
                same(&place, run, result, finding, reason);
            }
        }
        assert!(results.next().is_none());
    }
}

fn same(place: &Path, run: &Value, result: &Value, finding: &Value, reason: Option<&Value>) {
    assert_eq!(result["ruleId"], finding["rule"]);
    let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("a small number");
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], finding["rule"]);
    let level = finding["severity"]
        .as_str()
        .expect("a severity")
        .replace("info", "note");
    assert_eq!(result["level"], level.as_str());
    let suppressed = result["suppressions"][0]["kind"].as_str();
    assert_eq!(suppressed, reason.map(|_| "inSource"));
    if let Some(reason) = reason {
        assert_eq!(&result["suppressions"][0]["justification"], reason);
    }
    let places = std::iter::once(&finding["place"]);
    let places = places.chain(list(finding, "related").iter().map(|related| &related["place"]));
    let locations = list(result, "locations").iter().chain(list(result, "relatedLocations"));
    let locations: Vec<&Value> = locations.collect();
    assert_eq!(locations.len(), places.clone().count());
    for (location, known) in locations.into_iter().zip(places) {
        let artifact = &location["physicalLocation"]["artifactLocation"];
        let index = usize::try_from(artifact["index"].as_u64().expect("an index")).expect("a small number");
        assert_eq!(run["artifacts"][index]["location"]["uri"], artifact["uri"]);
        let text = fs::read_to_string(place.join(file(artifact))).expect("the file that is named");
        let byte = |name: &str| usize::try_from(known[name].as_u64().expect("a byte")).expect("a small number");
        let units: Vec<u16> = text.encode_utf16().collect();
        let found = &units[range(&units, &location["physicalLocation"]["region"])];
        assert_eq!(
            String::from_utf16_lossy(found),
            text[byte("start_byte")..byte("end_byte")],
            "{location}"
        );
    }
}

#[test]
fn what_a_baseline_knows_is_suppressed_and_keeps_its_fingerprint() {
    let folder = everything();
    let fingerprints = |suppressed: Option<&str>, arguments: &[&str]| -> BTreeSet<String> {
        let sarif = json(folder.path(), arguments, "sarif");
        let results = list(&sarif["runs"][0], "results").iter();
        let results = results.filter(|result| result["suppressions"][0]["kind"].as_str() == suppressed);
        results
            .map(|result| result["partialFingerprints"].to_string())
            .collect()
    };
    let before = fingerprints(None, &["two.yaml"]);
    let output = super::presszero(folder.path(), &["audit", "two.yaml", "--write-baseline"]);
    assert_eq!(super::code(&output), 0, "{}", super::stderr(&output));
    let baseline = ["two.yaml", "--baseline", "presszero-baseline.yaml"];
    assert!(!before.is_empty() && fingerprints(None, &baseline).is_empty());
    assert_eq!(fingerprints(Some("external"), &baseline), before);
}

#[test]
fn it_tells_which_files_were_not_audited() {
    let folder = everything();
    let sarif = json(folder.path(), &[".", "missing.yaml"], "sarif");
    let invocation = &sarif["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let told: Vec<(String, &str)> = list(invocation, "toolExecutionNotifications")
        .iter()
        .map(|told| {
            let artifact = &told["locations"][0]["physicalLocation"]["artifactLocation"];
            (file(artifact), told["level"].as_str().expect("a level"))
        })
        .collect();
    for expected in [("missing.yaml", "error"), ("notes.yaml", "note")] {
        assert!(
            told.iter().any(|(file, level)| (file.as_str(), *level) == expected),
            "{told:?}"
        );
    }
    let good = json(folder.path(), &["clean.yaml"], "sarif");
    let run = &good["runs"][0];
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    assert_eq!(
        (list(run, "results").len(), &run["columnKind"]),
        (0, &"utf16CodeUnits".into())
    );
}

#[test]
fn a_fix_changes_the_file_as_the_program_would() {
    let source = Source::new("line.yaml", super::HOSTILE.replace("one: {", "one: {allow: {}, "));
    let mut portfolio = Portfolio::default();
    let trees = read(&source).trees;
    portfolio.add(source.clone(), "presszero", trees);
    let mut tree = {
        let audit = portfolio.audit(0, Pace::default()).expect("a tree");
        TreeReport::of(&audit, &[], &Settings::default())
    };
    let at = |what: &str| source.text.find(what).expect("it is there");
    let (two, end) = (at("𝄞𝄞 For the next"), source.text.len());
    let patch = |at, with: &str| Patch {
        at,
        with: with.to_owned(),
    };
    let patches = vec![
        patch(two + 4..two + 9, "<𝄞>"),
        patch(at("kind: agent")..at("kind: agent"), "label: ü, "),
        patch(end..end, "# The end.\n"),
    ];
    tree.checked.findings.truncate(1);
    tree.checked.findings[0].fix = Some(Fix {
        does: "mend it".to_owned(),
        is_safe: true,
        patches: patches.clone(),
    });
    let report = Report {
        texts: Texts::of(&portfolio),
        trees: vec![tree],
        statistics: None,
        baselines: Vec::new(),
        skipped: Vec::new(),
        refused: Vec::new(),
        at: None,
    };
    let sarif = serde_json::to_value(sarif::report(&report)).expect("JSON");
    assert_eq!(mistakes(&sarif), Vec::<String>::new());
    let fix = &sarif["runs"][0]["results"][0]["fixes"][0];
    let mut units: Vec<u16> = source.text.encode_utf16().collect();
    let replacements = list(&fix["artifactChanges"][0], "replacements");
    let mut changes: Vec<(std::ops::Range<usize>, &str)> = replacements
        .iter()
        .map(|change| {
            let text = change["insertedContent"]["text"].as_str().expect("a text");
            (range(&units, &change["deletedRegion"]), text)
        })
        .collect();
    changes.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    for (range, text) in changes {
        units.splice(range, text.encode_utf16());
    }
    assert_eq!(Some(String::from_utf16_lossy(&units)), apply(&source.text, patches));
}
