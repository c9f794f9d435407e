//! Single values: each read from its source text by the field that it fills.

use super::Reader;
use crate::document::edit::{is_written, name_as_value};
use crate::document::quantity::{self, Millis, Share};
use crate::document::tree::{Target, Text};
use crate::error::{Mend, Near, Problem, ProblemKind, near};
use crate::node::{Kind, Node};
use crate::source::Spanned;

/// What sums of decimal fractions may be off by, in percent.
const ROUNDING: f64 = 1e-6;

impl Reader<'_> {
    /// The text of a scalar; a problem where there is none.
    pub fn text(&mut self, node: Node<'_>) -> Option<Text> {
        match node.text() {
            Some(text) if !node.is_null() => Some(Spanned::new(text.to_owned(), node.span())),
            _ => {
                self.expected(node, "text");
                None
            }
        }
    }

    /// A name in kebab-case; another form is reported and taken all the same.
    pub fn name(&mut self, node: Node<'_>) -> Option<Text> {
        let name = self.text(node)?;
        self.check_name(&name);
        Some(name)
    }

    /// Reports a name that is not kebab-case.
    pub fn check_name(&mut self, name: &Text) {
        let kebab = !name.value.is_empty()
            && name
                .value
                .split('-')
                .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() && !c.is_uppercase()));
        if !kebab {
            let better = kebab_case(&name.value);
            let help = if better.is_empty() {
                "names are lower-case words joined by hyphens".to_owned()
            } else {
                format!("names are lower-case words joined by hyphens: write `{better}`")
            };
            self.problems.push(
                Problem::new(
                    ProblemKind::BadValue,
                    name.span,
                    format!("`{}` is not a name of the format", shorten(&name.value)),
                )
                .help(help),
            );
        }
    }

    /// A step that something leads to.
    pub fn target(&mut self, node: Node<'_>) -> Option<Target> {
        match node.text() {
            Some(name) if !node.is_null() => Some(Target::to(name, node.span())),
            _ => {
                self.expected(node, "the name of a step");
                None
            }
        }
    }

    /// A value that `read` understands.
    pub fn parsed<T>(&mut self, node: Node<'_>, read: impl FnOnce(&str) -> Result<T, String>) -> Option<Spanned<T>> {
        let Some(text) = node.text() else {
            self.expected(node, "a single value");
            return None;
        };
        match read(text.trim()) {
            Ok(value) => Some(Spanned::new(value, node.span())),
            Err(message) => {
                self.problems
                    .push(Problem::new(ProblemKind::BadValue, node.span(), message));
                None
            }
        }
    }

    /// A duration with its unit.
    pub fn duration(&mut self, node: Node<'_>) -> Option<Spanned<Millis>> {
        self.parsed(node, quantity::duration)
    }

    /// A share of callers.
    pub fn share(&mut self, node: Node<'_>) -> Option<Spanned<Share>> {
        self.parsed(node, quantity::share)
    }

    /// How often something happens: a percentage, for there is nothing beside it against which a weight could count.
    pub fn percentage(&mut self, node: Node<'_>) -> Option<Spanned<Share>> {
        self.parsed(node, |text| match quantity::share(text)? {
            Share::Weight(weight) => Err(format!("`{text}` says nothing without a unit; write `{weight}%`")),
            percent @ Share::Percent(_) => Ok(percent),
        })
    }

    /// Percentages of one whole are no more than all of it; where some are weights, nothing is said. Linear.
    pub fn whole_shares(&mut self, shares: impl Iterator<Item = Spanned<Share>>, of: &str) {
        let (mut sum, mut last) = (0.0, None);
        for share in shares {
            let Share::Percent(percent) = share.value else { return };
            sum += percent;
            last = Some(share.span);
        }
        if let Some(span) = last.filter(|_| sum > 100.0 + ROUNDING) {
            let message = format!(
                "the shares of {of} add to {}%, which is more than all",
                (sum * 100.0).round() / 100.0
            );
            self.problems.push(
                Problem::new(ProblemKind::BadValue, span, message)
                    .help("write percentages that add to 100% at most, or weights such as `45`"),
            );
        }
    }

    /// A number of seconds without its unit (the field's name says it), or a duration.
    pub fn seconds(&mut self, node: Node<'_>) -> Option<Spanned<Millis>> {
        self.parsed(node, |text| {
            if text.ends_with(|c: char| c.is_ascii_digit()) {
                quantity::duration(&format!("{text}s"))
            } else {
                quantity::duration(text)
            }
        })
    }

    /// A whole number between two bounds.
    pub fn whole(&mut self, node: Node<'_>, min: u32, max: u32) -> Option<Spanned<u32>> {
        self.parsed(node, |text| match text.parse() {
            Ok(number) if (min..=max).contains(&number) => Ok(number),
            _ => Err(format!("`{}` is not a whole number from {min} to {max}", shorten(text))),
        })
    }

    /// `true` or `false`.
    pub fn flag(&mut self, node: Node<'_>) -> Option<bool> {
        self.parsed(node, |text| match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(format!("`{}` is neither `true` nor `false`", shorten(text))),
        })
        .map(|flag| flag.value)
    }

    /// One of a fixed set of words.
    pub fn word<T: Copy>(&mut self, node: Node<'_>, words: &[(&str, T)]) -> Option<Spanned<T>> {
        let text = self.text(node)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(Spanned::new(*value, text.span));
        }
        let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let problem = Problem::new(
            ProblemKind::BadValue,
            text.span,
            format!("`{}` is none of {}", shorten(&text.value), list.join(", ")),
        );
        let problem = match near(&text.value, list.iter().copied()) {
            Some(near) => self.meant(problem, &text.value, near, true),
            None => problem,
        };
        self.problems.push(problem);
        None
    }

    /// A problem with the name that was probably meant by `wrong`, and where that is clear with it as what to write.
    ///
    /// It is safe to write a word of the format; where the author's own names are meant, it is not.
    #[must_use]
    pub fn meant(&self, problem: Problem, wrong: &str, near: Near<'_>, is_safe: bool) -> Problem {
        let problem = problem.help(format!("did you mean `{}`?", near.name));
        let stands = self.source.get(problem.span.range());
        if !near.is_clear || !stands.is_some_and(|stands| is_written(wrong, stands)) {
            return problem;
        }
        problem.mend(Mend {
            does: format!("write `{}`", near.name),
            with: name_as_value(near.name),
            is_safe,
        })
    }

    /// A list of names; one alone need not be a list.
    pub fn texts(&mut self, node: Node<'_>) -> Vec<Text> {
        match node.kind() {
            Kind::Sequence => node.items().filter_map(|item| self.text(item)).collect(),
            _ => self.text(node).into_iter().collect(),
        }
    }

    /// Names with single values.
    pub fn pairs(&mut self, node: Node<'_>, title: &str) -> Vec<(Text, Text)> {
        let Some(entries) = self.entries(node, title) else {
            return Vec::new();
        };
        entries
            .into_iter()
            .filter_map(|(key, name, value)| Some((Spanned::new(name.to_owned(), key.span()), self.text(value)?)))
            .collect()
    }

    /// Reports that something else stands where `what` is expected.
    pub fn expected(&mut self, node: Node<'_>, what: &str) {
        if self.is_repaired(node.span(), None) {
            return;
        }
        let found = if node.is_null() { "nothing" } else { node.kind().name() };
        self.problems.push(Problem::new(
            ProblemKind::BadValue,
            node.span(),
            format!("{what} is expected here, and there is {found}"),
        ));
    }
}

/// The nearest name in kebab-case.
#[must_use]
pub fn kebab_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut before_lower = false;
    for c in name.chars() {
        if c.is_alphanumeric() {
            if c.is_uppercase() && before_lower {
                out.push('-');
            }
            before_lower = c.is_lowercase() || c.is_numeric();
            out.extend(c.to_lowercase());
        } else {
            before_lower = false;
            if !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// At most sixty letters of a text, for messages.
#[must_use]
pub fn shorten(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        Some((at, _)) => format!("{}...", &line[..at]),
        None => line,
    }
}
