//! What every rule keeps to, and what each of them says of small trees.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "rules/access.rs"]
mod access;
#[path = "rules/budgets.rs"]
mod budgets;
#[path = "rules/handover.rs"]
mod handover;
#[path = "rules/messages.rs"]
mod messages;
#[path = "rules/pages.rs"]
mod pages;
#[path = "rules/privacy.rs"]
mod privacy;
#[path = "rules/queues.rs"]
mod queues;
#[path = "rules/reach.rs"]
mod reach;
#[path = "rules/structure.rs"]
mod structure;
#[path = "rules/timing.rs"]
mod timing;
#[path = "rules/traps.rs"]
mod traps;

use presszero::audit::Portfolio;
use presszero::document::read::read;
use presszero::finding::Finding;
use presszero::graph::pace::Pace;
use presszero::rules::{ONLY_IN_ALL, Report, all, named};
use presszero::settings::Severity;
use presszero::source::Source;
use std::collections::BTreeSet;

const SECTIONS: [&str; 7] = ["What", "Why", "Bad", "Good", "Fix", "Limits", "Source"];

/// What a rule finds in a text, all its trees together.
fn found(rule: &str, text: &str) -> Vec<Finding> {
    let rule = named(rule).unwrap_or_else(|| panic!("there is no rule `{rule}`"));
    let source = Source::new("tree.yaml", text);
    let trees = read(&source).trees;
    assert!(!trees.is_empty(), "no tree in\n{text}");
    let mut portfolio = Portfolio::default();
    portfolio.add(source, "presszero", trees);
    let mut out = Vec::new();
    for id in 0..u32::try_from(portfolio.trees.len()).unwrap() {
        let mut audit = portfolio.audit(id, Pace::default()).unwrap();
        audit.follows_callers = true;
        let mut report = Report::new(rule, rule.limit);
        (rule.check)(&audit, &mut report);
        out.extend(report.findings);
    }
    out
}

/// A tree from its steps alone.
fn tree(entry: &str, steps: &str) -> String {
    format!("phone-tree: 1\nentry: {entry}\nsteps:\n{steps}\n")
}

/// The findings of a rule as `severity step option: message`.
fn says(rule: &str, text: &str) -> Vec<String> {
    found(rule, text)
        .into_iter()
        .map(|finding| {
            let place = [finding.at.step, finding.at.option].into_iter().flatten();
            let place: Vec<String> = place.collect();
            format!("{} {}: {}", finding.severity, place.join(" "), finding.message)
        })
        .collect()
}

fn is_silent(rule: &str, text: &str) {
    let said = says(rule, text);
    assert!(
        said.is_empty(),
        "`{rule}` should be silent on\n{text}\nand says {said:?}"
    );
}

fn says_only(rule: &str, text: &str, expected: &str) {
    assert_eq!(says(rule, text), [expected], "on\n{text}");
}

/// The tree in a section of a page.
fn example(section: &str) -> &str {
    let (_, after) = section.split_once("```yaml\n").expect("an example");
    after.split_once("```").expect("the end of the example").0
}

#[test]
fn every_page_has_its_sections_in_order() {
    for rule in all() {
        let page = rule.page();
        let headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, SECTIONS, "{}", rule.name);
        for section in SECTIONS {
            assert!(!rule.section(section).is_empty(), "{}: {section} is empty", rule.name);
        }
        assert!(rule.summary().ends_with('.'), "{}: {}", rule.name, rule.summary());
    }
}

#[test]
fn every_bad_example_makes_its_rule_speak() {
    for rule in all() {
        let section = rule.section("Bad");
        let text = example(&section);
        assert!(!found(rule.name, text).is_empty(), "{} is silent on\n{text}", rule.name);
    }
}

#[test]
fn every_good_example_makes_its_rule_silent() {
    for rule in all() {
        let section = rule.section("Good");
        is_silent(rule.name, example(&section));
    }
}

#[test]
fn examples_are_read_without_a_mistake() {
    for rule in all() {
        for section in ["Bad", "Good"] {
            let section = rule.section(section);
            let reading = read(&Source::new("example.yaml", example(&section)));
            assert!(reading.problems.is_empty(), "{}: {:?}", rule.name, reading.problems);
        }
    }
}

#[test]
fn names_are_unique_and_those_of_the_files() {
    let names: BTreeSet<&str> = all().map(|rule| rule.name).collect();
    assert_eq!(names.len(), all().count());
    for rule in all() {
        let included = format!("include_str!(\"{}.rs\")", rule.name.replace('-', "_"));
        assert!(rule.text.contains(&included), "{} is not in {included}", rule.name);
    }
}

#[test]
fn messages_are_written_as_the_house_writes_them() {
    for rule in all() {
        let section = rule.section("Bad");
        for finding in found(rule.name, example(&section)) {
            assert_eq!(finding.rule, rule.name);
            let all = [finding.message].into_iter().chain(finding.notes).chain(finding.help);
            for text in all.chain([finding.label]) {
                assert!(!text.ends_with('.'), "{}: {text}", rule.name);
                assert!(!text.starts_with(char::is_uppercase), "{}: {text}", rule.name);
            }
        }
    }
}

#[test]
fn trees_that_are_done_well_are_not_found_fault_with() {
    for name in ["good-airline", "good-clinic", "good-utility", "helpline"] {
        let path = format!("{}/menus/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap();
        // What only some country's law asks for is no fault elsewhere.
        for rule in all().filter(|rule| !ONLY_IN_ALL.contains(&rule.name)) {
            let grave: Vec<String> = found(rule.name, &text)
                .into_iter()
                .filter(|finding| finding.severity > Severity::Info || name.starts_with("good"))
                .map(|finding| finding.message)
                .collect();
            assert!(grave.is_empty(), "{name}: {}: {grave:?}", rule.name);
        }
    }
}

/// The names of the rules on reaching a person and on traps.
fn reach_and_traps() -> impl Iterator<Item = &'static str> {
    let concerned = |title: &str| title == "Reaching a person" || title == "Traps";
    presszero::rules::CONCERNS
        .iter()
        .filter(move |concern| concerned(concern.title))
        .flat_map(|concern| concern.rules)
        .map(|rule| rule.name)
}
