//! What is read of a foreign file is written in our own format, read again, and audited as before.

use presszero::audit::Portfolio;
use presszero::document::{self, read::kebab_case, tree::PhoneTree, write};
use presszero::graph::pace::Pace;
use presszero::report::TreeReport;
use presszero::settings::Settings;
use presszero::source::Source;
use std::collections::BTreeMap;

/// Compares a tree of a foreign file with what is written of it.
pub fn keeps_figures_and_findings(name: &str, source: &Source, tree: PhoneTree) {
    let text = write::write(&tree);
    let again = Source::from_bytes("flow", text.clone().into_bytes());
    let mut reading = document::read(&again);
    assert!(reading.problems.is_empty(), "{name}: {:?}\n{text}", reading.problems);
    let own = reading.trees.pop().expect("a tree is written");
    assert_eq!(told(source.clone(), tree), told(again, own), "{name}:\n{text}");
}

/// What an audit says of a tree, without places.
pub fn told(source: Source, tree: PhoneTree) -> (String, BTreeMap<&'static str, usize>, usize) {
    let mut portfolio = Portfolio::default();
    portfolio.add(source, "either", vec![tree]);
    let audit = portfolio.audit_at(0, Pace::default(), None).expect("a tree");
    let mut report = TreeReport::of(&audit, &[], &Settings::default());
    // What nothing but a foreign file can hold is left open there only.
    let foreign = |what: &str| {
        let begins = ["what ", "when ", "whether ", "in which ", "whom callers reach "];
        begins.iter().any(|begins| what.starts_with(begins))
    };
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
    let figures = kebab_case(&format!("{:?}", report.figures));
    (figures, rules, report.checked.allowed.len())
}
