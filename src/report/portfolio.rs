//! The page of a portfolio: its trees, the worst first, with links to their pages and what they have in common.

mod answers;

use super::Report;
use super::chart::look::percent;
use super::chart::{Chart, before_after, scatter};
use super::package::changes::{Changes, groups};
use super::package::{Brief, Person};
use super::page::{Picture, template};
use super::text::words::plain;
use crate::audit::count;
use answers::Answer;
use serde::Serialize;

/// The file that it goes to.
pub const FILE: &str = "index.html";
/// By this a later run knows its own page from a stranger's.
pub const MARK: &str = "<meta name=\"generator\" content=\"presszero";
/// The names of the charts of a portfolio.
pub const CHARTS: [&str; 2] = ["scatter", "before-after"];

const STYLE: &str = include_str!("portfolio/portfolio.css");

/// What the template is filled with.
#[derive(Serialize)]
struct Page<'a> {
    title: String,
    moment: Option<&'a str>,
    version: &'static str,
    verdict: Verdict,
    charts: &'a [Picture<'a>],
    trees: Vec<Row>,
    changes: Option<&'a Changes>,
    earlier: Option<&'a str>,
    rules: Vec<RuleRow>,
    aside: Vec<AsideRow>,
    styles: [&'static str; 2],
    policy: String,
}

#[derive(Serialize)]
struct Verdict {
    answers: Vec<Answer>,
}

/// A tree in the table.
#[derive(Serialize)]
struct Row {
    rank: usize,
    name: String,
    file: String,
    page: String,
    trapped: String,
    person: String,
    frustrated: String,
    errors: usize,
    warnings: usize,
    first: String,
    /// Whether it has to be mended.
    tone: &'static str,
}

#[derive(Serialize)]
struct RuleRow {
    rule: &'static str,
    what: String,
    findings: usize,
    trees: usize,
    severities: String,
}

#[derive(Serialize)]
struct AsideRow {
    file: String,
    reason: String,
}

/// An earlier package that is set beside this one.
pub struct Beside<'a> {
    /// What the user calls it.
    pub name: &'a str,
    /// Its trees.
    pub trees: &'a [Brief],
    /// What has changed since.
    pub changes: Changes,
}

/// The charts of a portfolio that it has something to show in; all, or those of these names.
#[must_use]
pub fn charts(trees: &[Brief], earlier: Option<&Beside<'_>>, only: &[&str]) -> Vec<Chart> {
    let is_wanted = |name: &str| only.is_empty() || only.contains(&name);
    let mut out = Vec::new();
    if trees.len() > 1 && is_wanted(CHARTS[0]) {
        let points: Vec<scatter::Point> = trees.iter().filter_map(point).collect();
        let source = format!("{}; typical callers, computed", count(points.len(), "phone tree"));
        out.extend(scatter::scatter(&points, &source));
    }
    if let Some(earlier) = earlier.filter(|_| is_wanted(CHARTS[1])) {
        let source = format!("this package beside {}", plain(earlier.name));
        let subject = match trees {
            [tree] => plain(&tree.name),
            _ => "The phone trees".to_owned(),
        };
        out.extend(before_after::before_after(
            &subject,
            &groups(earlier.trees, trees),
            &source,
        ));
    }
    out
}

fn point(tree: &Brief) -> Option<scatter::Point> {
    Some(scatter::Point {
        name: plain(&tree.name),
        seconds: tree.person_seconds,
        frustrated: tree.frustrated?,
    })
}

/// Writes the page; the trees are ranked.
///
/// # Errors
/// Never, unless the template itself is wrong.
pub fn page(
    report: &Report<'_>,
    trees: &[Brief],
    charts: &[Chart],
    earlier: Option<&Beside<'_>>,
) -> Result<String, String> {
    let pictures: Vec<Picture<'_>> = charts.iter().map(Picture::of).collect();
    let rules = report.statistics.iter().flatten();
    let asides = report
        .refused
        .iter()
        .map(|refused| &refused.aside)
        .chain(&report.skipped);
    let page = Page {
        title: match trees {
            [tree] => plain(&tree.name),
            _ => count(trees.len(), "phone tree"),
        },
        moment: report.at.as_deref(),
        version: env!("CARGO_PKG_VERSION"),
        verdict: Verdict {
            answers: answers::answers(trees),
        },
        charts: &pictures,
        trees: trees.iter().map(Row::of).collect(),
        changes: earlier.map(|earlier| &earlier.changes),
        earlier: earlier.map(|earlier| earlier.name),
        rules: rules
            .map(|of| RuleRow {
                rule: of.rule,
                what: crate::rules::named(of.rule).map_or_else(String::new, |rule| rule.summary().to_owned()),
                findings: of.findings,
                trees: of.trees,
                severities: severities(of.errors, of.warnings, of.infos),
            })
            .collect(),
        aside: asides
            .map(|aside| AsideRow {
                file: plain(&aside.file),
                reason: plain(&aside.why()),
            })
            .collect(),
        styles: [template::STYLE, STYLE],
        policy: template::policy_of_styles(&[template::STYLE, STYLE]),
    };
    template::fill("portfolio.html", &page)
}

impl Row {
    fn of(tree: &Brief) -> Self {
        Self {
            rank: tree.rank,
            name: plain(&tree.name),
            file: plain(&tree.file),
            page: tree.page.clone(),
            trapped: match tree.traps {
                0 => "no".to_owned(),
                places => format!("in {}", count(places, "place")),
            },
            person: offered(tree),
            frustrated: frustrated(tree),
            errors: tree.errors,
            warnings: tree.warnings,
            first: tree
                .first
                .as_ref()
                .map_or("nothing".to_owned(), |first| plain(&first.what)),
            tone: if tree.traps > 0 || tree.errors > 0 { "bad" } else { "" },
        }
    }
}

/// How soon a person is offered, in words.
fn offered(tree: &Brief) -> String {
    match (tree.person, tree.offered_seconds, tree.offered_menus) {
        (Person::None, ..) => "there is none".to_owned(),
        (Person::Unknown, ..) => "not known".to_owned(),
        (_, Some(seconds), Some(menus)) => {
            let least = if tree.offered_at_least { "at least " } else { "" };
            format!("{least}{seconds:.0} s, at menu {menus}")
        }
        (Person::PerhapsAnnounced, ..) => "not known whether announced".to_owned(),
        _ => "never announced".to_owned(),
    }
}

fn frustrated(tree: &Brief) -> String {
    let Some(least) = tree.frustrated.map(percent) else {
        return "not known".to_owned();
    };
    match tree.frustrated_at_most.map(percent) {
        Some(most) if most != least => format!("{least} to {most}"),
        _ => least,
    }
}

fn severities(errors: usize, warnings: usize, infos: usize) -> String {
    let parts = [
        (errors, count(errors, "error")),
        (warnings, count(warnings, "warning")),
        (infos, format!("{infos} worth knowing")),
    ];
    let told: Vec<String> = parts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(_, words)| words)
        .collect();
    told.join(", ")
}
