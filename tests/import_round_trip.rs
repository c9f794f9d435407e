//! A flow that is written in our own format and read again is audited as the original was.

use presszero::audit::Portfolio;
use presszero::document::{self, write};
use presszero::graph::pace::Pace;
use presszero::import;
use presszero::report::TreeReport;
use presszero::settings::Settings;
use presszero::source::Source;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn flows_of_the_fixtures_keep_their_figures_and_findings() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/connect");
    assert!(compare(&files(&folder)) >= 3, "no flows among the fixtures");
}

/// Published flows of others lie beside the project on some machines only.
#[test]
fn published_flows_keep_their_figures_and_findings() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/amazon-connect");
    if folder.is_dir() {
        assert!(compare(&files(&folder)) >= 50, "few flows are left of the corpus");
    }
}

/// Every file below a folder, in the order of the paths.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Compares every flow with what is written of it; the number of flows.
fn compare(files: &[PathBuf]) -> usize {
    let mut flows = 0;
    for path in files {
        let bytes = fs::read(path).expect("a file can be read");
        let source = Source::from_bytes("flow", bytes);
        let Some(import) = import::read(&source) else { continue };
        for tree in import.trees {
            let text = write::write(&tree);
            let again = Source::from_bytes("flow", text.clone().into_bytes());
            let mut reading = document::read(&again);
            assert!(
                reading.problems.is_empty(),
                "{}: {:?}",
                path.display(),
                reading.problems
            );
            let own = reading.trees.pop().expect("a tree is written");
            assert_eq!(
                told(source.clone(), tree),
                told(again, own),
                "{}:\n{text}",
                path.display()
            );
            flows += 1;
        }
    }
    flows
}

/// What an audit says of a tree, without places.
fn told(source: Source, tree: document::tree::PhoneTree) -> (String, BTreeMap<&'static str, usize>, usize) {
    let mut portfolio = Portfolio::default();
    portfolio.add(source, "either", vec![tree]);
    let audit = portfolio.audit_at(0, Pace::default(), None).expect("a tree");
    let mut report = TreeReport::of(&audit, &[], &Settings::default());
    // What nothing but a foreign file can hold is left open there only.
    let foreign = |what: &str| what.starts_with("what ") || what.starts_with("when ") || what.starts_with("in which ");
    report.figures.unknown.retain(|open| !foreign(&open.what));
    for open in report.figures.unknown.iter_mut().chain(&mut report.figures.usual) {
        open.steps.clear();
    }
    for step in &mut report.figures.rests_on {
        step.clear();
    }
    // Our own format has steps in kebab-case.
    for from in &mut report.figures.from_steps {
        from.step.clear();
    }
    let mut rules = BTreeMap::new();
    for finding in &report.checked.findings {
        *rules.entry(finding.rule).or_default() += 1;
    }
    (format!("{:?}", report.figures), rules, report.checked.allowed.len())
}
