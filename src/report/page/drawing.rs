//! The drawn tree of a page, with what its script tells of a step that is chosen.

use crate::audit::spoken::prompts;
use crate::document::tree::Step;
use crate::finding::Finding;
use crate::graph::hearing::Heard;
use crate::report::Texts;
use crate::report::drawing::nearness::{Far, Near};
use crate::report::drawing::words::SHADES;
use crate::report::drawing::{Arrow, Drawing, Drawn, WIDTH, Words};
use crate::report::facts::Facts;
use crate::report::text::words::{plain, time};
use crate::settings::Severity;
use crate::walk::Spoken;
use serde::Serialize;
use std::collections::HashMap;

/// Findings of one step that its panel shows.
const FINDINGS: usize = 20;
/// Prompts of one step that its panel shows.
const PROMPTS: usize = 8;
/// Characters of one prompt that its panel shows.
const PROMPT: usize = 4000;

/// What the template of the drawing is filled with.
#[derive(Serialize)]
pub struct Section {
    width: i64,
    height: i64,
    box_width: i64,
    boxes: Vec<Box>,
    lines: Vec<Line>,
    left_out: usize,
    unled: usize,
    shades: Vec<(&'static str, &'static str)>,
    /// Whether what can be reached depends on the hour.
    has_hours: bool,
    /// Whether seconds are those of the wording that is known, so that it may take longer.
    is_at_least: bool,
    /// What the script tells, as JSON that may stand within a page.
    data: String,
}

#[derive(Serialize)]
struct Box {
    x: i64,
    y: i64,
    shade: &'static str,
    kind: &'static str,
    name: String,
    far: String,
    findings: usize,
    outline: String,
    texts: Vec<Letters>,
    ways: Vec<(String, String)>,
}

#[derive(Serialize)]
struct Letters {
    role: &'static str,
    y: i64,
    text: String,
    whole: Option<String>,
}

#[derive(Serialize)]
struct Line {
    from: usize,
    to: usize,
    class: &'static str,
    arrow: &'static str,
    path: String,
    label: String,
    title: String,
    x: i64,
    y: i64,
}

/// What the script knows of a box.
#[derive(Serialize)]
struct Told {
    name: String,
    kind: &'static str,
    says: Vec<String>,
    figures: Vec<(&'static str, String)>,
    findings: Vec<(&'static str, String)>,
    ways: Vec<(String, String)>,
    place: String,
    onward: Vec<usize>,
}

impl Section {
    /// The drawing of one tree; `None` where nothing can be drawn, because no call can come to a step.
    pub fn of(facts: &Facts<'_>, texts: &Texts<'_>) -> Option<Self> {
        let drawing = Drawing::of(facts);
        if drawing.boxes.is_empty() {
            return None;
        }
        let mut findings: HashMap<&str, Vec<&Finding>> = HashMap::new();
        for finding in &facts.found.checked.findings {
            if let Some(step) = finding.at.step.as_deref().filter(|_| finding.at.tree == facts.audit.id) {
                findings.entry(step).or_default().push(finding);
            }
        }
        let told: Vec<Told> = drawing
            .boxes
            .iter()
            .map(|drawn| told(facts, texts, drawn, &findings))
            .collect();
        // Nothing in a block of data can end it.
        let data = serde_json::to_string(&told).unwrap_or_else(|_| "[]".to_owned());
        Some(Self {
            width: drawing.width,
            height: drawing.height,
            box_width: WIDTH,
            boxes: drawing.boxes.iter().map(Box::of).collect(),
            lines: drawing.lines.into_iter().map(Line::of).collect(),
            left_out: drawing.left_out,
            unled: drawing.unled,
            shades: SHADES.iter().map(|(_, name, words)| (*name, *words)).collect(),
            has_hours: drawing.boxes.iter().any(|drawn| drawn.near.as_at.is_some()),
            is_at_least: !facts.found.figures.unknown.is_empty(),
            data: data.replace('<', "\\u003c"),
        })
    }
}

impl Box {
    fn of(drawn: &Drawn<'_>) -> Self {
        Self {
            x: drawn.x,
            y: drawn.y,
            shade: drawn.near.far.shade(),
            kind: drawn.kind,
            name: drawn.name.clone(),
            far: drawn.time.clone(),
            findings: drawn.findings,
            outline: drawn.outline.clone(),
            texts: drawn.texts.iter().map(Letters::of).collect(),
            ways: drawn.ways.clone(),
        }
    }
}

impl Letters {
    fn of(words: &Words) -> Self {
        Self {
            role: words.role.name(),
            y: words.y,
            text: words.text.clone(),
            whole: words.whole.clone(),
        }
    }
}

impl Line {
    fn of(arrow: Arrow) -> Self {
        Self {
            from: arrow.from,
            to: arrow.to,
            class: match (arrow.fails, arrow.is_back) {
                (true, true) => "line fails back",
                (true, false) => "line fails",
                (false, true) => "line back",
                (false, false) => "line",
            },
            arrow: if arrow.fails { "arrow-fails" } else { "arrow" },
            path: arrow.path,
            label: arrow.label,
            title: arrow.title,
            x: arrow.at.0,
            y: arrow.at.1,
        }
    }
}

fn told(facts: &Facts<'_>, texts: &Texts<'_>, drawn: &Drawn<'_>, findings: &HashMap<&str, Vec<&Finding>>) -> Told {
    let step = drawn.step();
    let found = step.and_then(|step| findings.get(step.name.value.as_str()));
    let found = found.map_or(&[][..], Vec::as_slice);
    Told {
        name: drawn.name.clone(),
        kind: drawn.kind,
        says: step.map_or_else(Vec::new, says),
        figures: step.map_or_else(Vec::new, |_| figures(&drawn.near)),
        findings: found
            .iter()
            .take(FINDINGS)
            .map(|finding| (mark(finding), plain(&finding.message)))
            .collect(),
        ways: drawn.ways.clone(),
        place: step.map_or_else(String::new, |step| place(facts, texts, step)),
        onward: drawn.onward.clone(),
    }
}

/// What is heard at a step: its prompt, then those of later attempts.
fn says(step: &Step) -> Vec<String> {
    let words = |prompt| {
        let spoken = Spoken {
            prompt,
            lasts: Heard::default(),
            attempt: 0,
            again: false,
            cut: None,
        };
        plain(&spoken.words()).chars().take(PROMPT).collect()
    };
    prompts(step).take(PROMPTS).map(words).collect()
}

fn figures(near: &Near) -> Vec<(&'static str, String)> {
    let unknown = if near.far == Far::Unknown {
        "not known"
    } else {
        "no known way"
    };
    let known = |number: Option<String>| number.unwrap_or_else(|| unknown.to_owned());
    let time = match near.far {
        Far::Within(ms) => Some(time(ms, 0)),
        _ => None,
    };
    let menus = near.offered_menus.map(|menus| menus.to_string());
    let keys = near.possible_keys.map(|keys| keys.to_string());
    let mut out = vec![
        ("Time to a person", known(time)),
        ("Menus until one is offered", known(menus)),
        ("Keys to a person, by any way", known(keys)),
    ];
    out.extend(near.as_at.clone().map(|moment| ("As at", moment)));
    out
}

const fn mark(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "worth knowing",
    }
}

fn place(facts: &Facts<'_>, texts: &Texts<'_>, step: &Step) -> String {
    texts.of_tree(facts.audit.id).map_or_else(String::new, |(_, lines)| {
        let at = step.name.span.start;
        format!("{}:{}", plain(lines.file(at).name), lines.position(at).line)
    })
}
