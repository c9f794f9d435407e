//! One finding as rustc would show it: an excerpt of the file, a mark under the place, notes.

use super::Look;
use super::words::{excerpt, plain, wrap};
use crate::audit::count;
use crate::error::Problem;
use crate::finding::Finding;
use crate::report::Texts;
use crate::report::lines::Lines;
use crate::settings::Severity;
use crate::source::{Source, Span, offset};
use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// Characters to which notes are broken.
const WIDTH: usize = 100;
/// Characters of a line of an excerpt; the same everywhere, so that a report does not depend on who looks.
const TERMINAL: usize = 120;
/// Bytes of a line that are shown at most before and behind a place.
const REACH: usize = 300;
/// Bytes between places that one excerpt shows, what lies between them folded.
const NEAR: usize = 8192;
/// Lines of a place that are shown at most.
const LINES_MAX: usize = 4;
/// Other places that are shown at most.
const RELATED_MAX: usize = 5;

/// Shows a finding; no line end at the end.
#[must_use]
pub fn finding(texts: &Texts<'_>, finding: &Finding, look: Look) -> String {
    let mut view = View::of(finding);
    let own = (&finding.at, finding.label.as_str(), AnnotationKind::Primary);
    let others = finding.related.iter().take(RELATED_MAX);
    let others = others.map(|(at, label)| (at, label.as_str(), AnnotationKind::Context));
    let mut near: Option<(&str, &Lines<'_>, Vec<Mark<'_>>)> = None;
    let mut far = Vec::new();
    for (at, label, kind) in std::iter::once(own).chain(others) {
        let Some((file, lines)) = texts.of_place(at) else {
            continue;
        };
        let mark = Mark::of(lines, at.span, label, kind);
        match &mut near {
            None => near = Some((file, lines, vec![mark])),
            Some((known, _, marks)) if *known == file && marks.iter().any(|other| mark.is_near(other)) => {
                marks.push(mark);
            }
            Some(_) => far.push((file, lines, vec![mark])),
        }
    }
    for (file, lines, marks) in near.into_iter().chain(far) {
        view.place(file, lines, &marks);
    }
    view.remarks(finding);
    view.render(look)
}

/// Shows the mistakes of a file that is no part of a portfolio: settings, an overlay, a file that is refused.
#[must_use]
pub fn mistakes(source: &Source, problems: &[Problem], look: Look) -> String {
    let lines = Lines::of_source(source);
    let mut out = String::new();
    for problem in problems {
        // Fixes are made in trees that are audited, and in nothing else.
        let finding = Finding::of_problem(problem, 0).fix(None);
        out.push_str(&alone(lines.file(problem.span.start).name, &lines, &finding, look));
        out.push_str("\n\n");
    }
    out
}

/// Shows a finding at its own place in one file, whatever else there is; no line end at the end.
#[must_use]
pub fn alone(file: &str, lines: &Lines<'_>, finding: &Finding, look: Look) -> String {
    let mut view = View::of(finding);
    let mark = Mark::of(lines, finding.at.span, &finding.label, AnnotationKind::Primary);
    view.place(file, lines, &[mark]);
    view.remarks(finding);
    view.render(look)
}

/// One finding as it is put together.
struct View<'a> {
    group: Group<'a>,
    /// Headings of places whose lines are cut, as they come and as they should be.
    cut: Vec<(String, String)>,
}

impl<'a> View<'a> {
    fn of(finding: &'a Finding) -> Self {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let title = level.primary_title(plain(&finding.message)).id(finding.rule);
        Self {
            group: Group::with_title(title),
            cut: Vec::new(),
        }
    }

    /// Adds places of one file with one excerpt, the first of them the one that counts.
    fn place(&mut self, file: &'a str, lines: &Lines<'a>, marks: &[Mark<'a>]) {
        let Some(main) = marks.first() else { return };
        let start = marks.iter().map(|mark| mark.lines.start).min().unwrap_or(0);
        let end = marks.iter().map(|mark| mark.lines.end).max().unwrap_or(0);
        let text = lines.text;
        let first = lines.position(offset(start));
        let position = lines.position(offset(main.span.start));
        if main.is_cut {
            let column = text
                .get(start..main.span.start)
                .map_or(0, |before| before.chars().count())
                + 1;
            let heading = |column| format!("{}:{}:{column}", plain(file), position.line);
            self.cut.push((heading(column), heading(position.column)));
        }
        let mut snippet = Snippet::source(excerpt(text.get(start..end).unwrap_or_default()))
            .line_start(first.line)
            .path(plain(file));
        for mark in marks {
            let annotation = mark.kind.span(mark.span.start - start..mark.span.end - start);
            snippet = snippet.annotation(match mark.label {
                "" => annotation,
                label => annotation.label(plain(label)),
            });
        }
        self.add(snippet);
    }

    /// Adds what the caller suffers, the cure, the limit and the clauses.
    fn remarks(&mut self, finding: &'a Finding) {
        for note in &finding.notes {
            self.remark(Level::NOTE, note);
        }
        let more = finding.related.len().saturating_sub(RELATED_MAX);
        if more > 0 {
            self.remark(Level::NOTE, &format!("and {}", count(more, "further place")));
        }
        for help in &finding.help {
            self.remark(Level::HELP, help);
        }
        if let Some(limit) = &finding.limit {
            self.remark(Level::NOTE.with_name("limit"), limit);
        }
        for clause in &finding.clauses {
            self.remark(Level::NOTE.with_name("clause"), clause);
        }
        if let Some(fix) = &finding.fix {
            let option = if fix.is_safe { "" } else { " --unsafe-fixes" };
            let how = format!("{} (presszero audit --fix{option})", fix.does);
            self.remark(Level::HELP.with_name("fix"), &how);
        }
    }

    fn remark(&mut self, level: Level<'a>, text: &str) {
        self.add(level.message(wrap(&plain(text), WIDTH).join("\n")));
    }

    fn add(&mut self, element: impl Into<Element<'a>>) {
        let group = std::mem::replace(&mut self.group, Group::with_level(Level::NOTE));
        self.group = group.element(element);
    }

    fn render(self, look: Look) -> String {
        let renderer = if look.color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let mut text = renderer.term_width(TERMINAL).render(&[self.group]);
        for (wrong, right) in &self.cut {
            text = text.replacen(wrong, right, 1);
        }
        text
    }
}

/// A place as it is marked.
struct Mark<'a> {
    /// The bytes that are marked.
    span: Range<usize>,
    /// The bytes that are shown around them.
    lines: Range<usize>,
    /// Whether a line is shown only in part.
    is_cut: bool,
    label: &'a str,
    kind: AnnotationKind,
}

impl<'a> Mark<'a> {
    /// A place with its lines; of long lines and places only what is near the beginning.
    fn of(lines: &Lines<'_>, span: Span, label: &'a str, kind: AnnotationKind) -> Self {
        let span = lines.trimmed(span);
        let whole = lines.around(span);
        let text = lines.text;
        let start = boundary(text, (span.start as usize).clamp(whole.start, whole.end));
        let end = boundary(text, (span.end as usize).clamp(start, whole.end));
        let shown = text.get(start..end).unwrap_or_default();
        let fourth = shown.match_indices('\n').nth(LINES_MAX - 1);
        let lines = fourth.and_then(|(at, _)| shown.get(..at));
        let end = lines.map_or(end, |lines| start + lines.trim_end_matches('\r').len());
        let from = boundary(text, whole.start.max(start.saturating_sub(REACH)));
        // No line end is looked for further away than is shown: a file may be one long line.
        let rest = text
            .get(end..boundary(text, whole.end.min(end + 8 * REACH)))
            .unwrap_or_default();
        let line = rest.find('\n').and_then(|at| rest.get(..at));
        let line_end = line.map_or(whole.end, |line| end + line.trim_end_matches('\r').len());
        let to = boundary(text, line_end.min(end.min(start + 4 * REACH) + REACH));
        Self {
            span: start..end.min(to),
            lines: from..to,
            is_cut: from > whole.start || to < line_end,
            label,
            kind,
        }
    }

    /// Whether one excerpt can show both.
    fn is_near(&self, other: &Self) -> bool {
        !self.is_cut && !other.is_cut && self.span.start.abs_diff(other.span.start) < NEAR
    }
}

/// The next place at or before `at` that does not split a character.
fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
