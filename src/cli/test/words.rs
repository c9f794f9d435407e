//! Tests for people: what failed with its place and transcript, then what no call tries.

use super::{Made, Tested, Tests, mistakes, transcript};
use presszero::audit::count;
use presszero::finding::{At, Finding};
use presszero::report::lines::Lines;
use presszero::report::text::words::{plain, wrap};
use presszero::report::text::{self, Look};
use presszero::settings::Severity;
use presszero::walk::test::Failure;
use presszero::walk::test::coverage::{Coverage, Spot};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Characters of a line.
const WIDTH: usize = 100;

/// The report.
pub fn report(tests: &Tests<'_>, look: Look) -> String {
    let mut out = String::new();
    for refused in tests.refused {
        out.push_str(&mistakes(refused));
        let reason = format!("{}: {}", plain(&refused.aside.file), plain(&refused.aside.why()));
        let _ = writeln!(out, "{}: {reason}\n", look.grave("refused"));
    }
    for tree in &tests.trees {
        one(&mut out, tests, tree, look);
    }
    let made = tests.made().count();
    let failed = tests.made().filter(|made| !made.outcome.failures.is_empty()).count();
    let calls = count(made, "call");
    let _ = match failed {
        _ if made == 0 => Ok(()),
        0 => writeln!(out, "{}", look.good(&format!("{calls}, all as expected"))),
        failed => writeln!(out, "{calls}, {}", look.grave(&format!("{failed} not as expected"))),
    };
    out
}

fn one(out: &mut String, tests: &Tests<'_>, tree: &Tested<'_>, look: Look) {
    let mut before: Option<(&str, Lines<'_>)> = None;
    for made in &tree.made {
        let outcome = &made.outcome;
        if outcome.failures.is_empty() && outcome.unsure.is_empty() {
            continue;
        }
        if before.as_ref().is_none_or(|(name, _)| *name != made.source.name) {
            before = Some((&made.source.name, Lines::of(&made.source.text)));
        }
        let Some((_, lines)) = &before else { continue };
        for failure in &outcome.failures {
            out.push_str(&excerpt(made, lines, failure, false, look));
            out.push_str("\n\n");
        }
        for unsure in &outcome.unsure {
            out.push_str(&excerpt(made, lines, unsure, true, look));
            out.push_str("\n\n");
        }
        if !outcome.failures.is_empty() {
            let at = outcome
                .at
                .map(|(at, _)| format!(", on {}", at.to_string().replace('T', " ")));
            let title = format!("The call{}:", at.unwrap_or_default());
            let _ = writeln!(out, "{}", look.heading(&title));
            out.push_str(&transcript::entries(&tree.graph, &outcome.entries, look));
            let _ = writeln!(out, "         {}\n", transcript::meters(&outcome.meters));
        }
    }
    let failed = tree
        .made
        .iter()
        .filter(|made| !made.outcome.failures.is_empty())
        .count();
    let verdict = match failed {
        0 => look.good("as expected"),
        failed => look.grave(&format!("{failed} not as expected")),
    };
    let title = look.heading(&plain(&tests.title(tree)));
    let _ = writeln!(out, "{title}: {}, {verdict}", count(tree.made.len(), "call"));
    let mistakes = crate::cli::call::mistakes(tests.portfolio, tree.id);
    if mistakes > 0 {
        let words = format!(
            "the tree has {}; `presszero audit` shows where",
            count(mistakes, "mistake")
        );
        let _ = writeln!(out, "  {}", look.doubtful(&words));
    }
    if tests.coverage {
        coverage(out, tests, tree, look);
        out.push('\n');
    }
}

/// A failure with the place of what was expected.
pub fn excerpt(made: &Made<'_>, lines: &Lines<'_>, failure: &Failure, unsure: bool, look: Look) -> String {
    let at = At {
        tree: 0,
        span: failure.span,
        step: None,
        option: None,
    };
    let mut finding = Finding::new(at, failure.message.clone()).note(format!("in the call \"{}\"", made.name()));
    finding.severity = if unsure { Severity::Info } else { Severity::Error };
    finding.rule = "call";
    finding.help.extend(failure.help.clone());
    text::alone(&made.source.name, lines, &finding, look)
}

/// How much the calls try, and the places of what they do not.
fn coverage(out: &mut String, tests: &Tests<'_>, tree: &Tested<'_>, look: Look) {
    let parts = [
        ("steps", &tree.coverage.steps),
        ("options", &tree.coverage.options),
        ("exits", &tree.coverage.exits),
    ];
    let tried: Vec<String> = parts
        .iter()
        .map(|(what, spots)| format!("{} of {} {what}", Coverage::taken(spots), spots.len()))
        .collect();
    let _ = writeln!(out, "  they try {}", tried.join(", "));
    let Some(source) = tests.portfolio.source(tree.id) else {
        return;
    };
    let lines = Lines::of(&source.text);
    let mut untried: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for spot in tree
        .coverage
        .options
        .iter()
        .chain(&tree.coverage.exits)
        .filter(|spot| !spot.taken)
    {
        untried.entry(spot.step).or_default().push(place(tree, &lines, spot));
    }
    if untried.is_empty() {
        return;
    }
    let _ = writeln!(out, "  not tried, with their lines:");
    for (step, places) in untried {
        let steps = tree.graph.root().map(|tree| tree.steps.as_slice()).unwrap_or_default();
        let name = steps.get(step as usize).map_or("", |step| step.shown());
        let line = format!("{}: {}", plain(name), plain(&places.join(", ")));
        for (number, line) in wrap(&line, WIDTH).into_iter().enumerate() {
            let indent = if number == 0 { "    " } else { "      " };
            let _ = writeln!(out, "{indent}{}", look.faint(&line));
        }
    }
}

/// What is not tried, with its line.
fn place(tree: &Tested<'_>, lines: &Lines<'_>, spot: &Spot) -> String {
    let line = lines.position(spot.span.start).line;
    format!("{} ({line})", spot.name(&tree.graph))
}
