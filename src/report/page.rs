//! The page of one tree: everything that was found of it, in one file that needs no network.

mod drawing;
mod findings;
mod keypad;
mod measures;
mod story;
pub(super) mod template;
mod verdict;

use super::Texts;
use super::chart::Chart;
use super::facts::Facts;
use super::text::words::plain;
use serde::Serialize;

/// What the template of a page is filled with.
#[derive(Serialize)]
struct Page<'a> {
    /// What the line is called.
    name: String,
    file: String,
    format: &'a str,
    /// When callers are looked at; nothing where no moment is known.
    moment: Option<String>,
    version: &'static str,
    verdict: verdict::Verdict,
    drawing: Option<drawing::Section>,
    charts: Vec<Picture<'a>>,
    stories: story::Stories,
    keypad: keypad::Keypad,
    findings: findings::Findings,
    measures: measures::Measures,
    style: &'static str,
    script: &'static str,
    /// What a browser may run and show: these two texts alone.
    policy: String,
}

/// A chart in a page.
#[derive(Serialize)]
pub(super) struct Picture<'a> {
    name: &'a str,
    title: &'a str,
    alt: &'a str,
    svg: String,
    heads: &'a [String],
    rows: &'a [Vec<String>],
}

/// Writes the page.
///
/// # Errors
/// Never, unless the template itself is wrong.
pub fn page(facts: &Facts<'_>, texts: &Texts<'_>, charts: &[Chart]) -> Result<String, String> {
    let entry = texts.portfolio.trees.get(facts.audit.id as usize);
    let page = Page {
        name: plain(facts.heading()),
        file: plain(facts.file),
        format: entry.map_or("", |entry| entry.format),
        moment: facts.called.as_ref().ok().map(super::facts::Called::moment),
        version: env!("CARGO_PKG_VERSION"),
        verdict: verdict::Verdict::of(facts),
        drawing: drawing::Section::of(facts, texts),
        charts: charts.iter().map(Picture::of).collect(),
        stories: story::Stories::of(facts),
        keypad: keypad::Keypad::of(facts),
        findings: findings::Findings::of(facts, texts),
        measures: measures::Measures::of(facts),
        style: template::STYLE,
        script: template::SCRIPT,
        policy: template::policy(),
    };
    template::fill("page.html", &page)
}

impl<'a> Picture<'a> {
    pub(super) fn of(chart: &'a Chart) -> Self {
        Self {
            name: chart.name,
            title: &chart.title,
            alt: &chart.alt,
            // In a page the figure around it says what it shows.
            svg: chart.svg.replacen("role=\"img\"", "aria-hidden=\"true\"", 1),
            heads: &chart.table.heads,
            rows: &chart.table.rows,
        }
    }
}
