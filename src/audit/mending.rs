//! Edits that mend a finding, where the text of a tree can be edited.

use super::Audit;
use crate::document::edit::{Editor, Patch, before_comments, is_written, name_as_value};
use crate::document::tree::{Expectation, Step, Text};
use crate::error::Near;
use crate::finding::Fix;
use std::collections::HashSet;
use std::ops::Range;

/// Steps that one edit takes away at most; whoever takes away more looks at them first.
const STEPS_MAX: usize = 100;

impl<'p> Audit<'p> {
    /// Writes the name that was clearly meant where a wrong one stands.
    #[must_use]
    pub fn rename(&self, wrong: &Text, near: Near<'_>, is_safe: bool) -> Option<Fix> {
        let at = wrong.span.range();
        let written = self.source.text.get(at.clone())?;
        let with = name_as_value(near.name);
        (self.can_edit && near.is_clear && is_written(&wrong.value, written)).then(|| Fix {
            does: format!("write `{}`", near.name),
            is_safe,
            patches: vec![Patch { at, with }],
        })
    }

    /// Takes away an allowance of a step, or with `None` of the whole tree; with it `allow:` itself, where all that it
    /// holds `goes`. None where other parts of the file may share it.
    #[must_use]
    pub fn without_allowance(&self, step: Option<&str>, rule: &str, goes: impl Fn(&str) -> bool) -> Option<Fix> {
        let editor = self.editor()?;
        let mut path: Vec<&str> = step.into_iter().flat_map(|step| ["steps", step]).collect();
        path.push("allow");
        if !editor.names(&path).into_iter().all(goes) {
            path.push(rule);
        }
        Some(Fix {
            does: "remove the allowance".to_owned(),
            is_safe: true,
            patches: vec![editor.remove(&path).filter(|_| !editor.has_aliases())?],
        })
    }

    /// Takes away steps that no call comes to, each with the comment right above it; `None` where one does not have
    /// lines of its own, or is named beside the steps.
    #[must_use]
    pub fn without_steps(&self, steps: &[&Step]) -> Option<Fix> {
        if !self.can_edit || steps.len() > STEPS_MAX || self.are_named(steps) {
            return None;
        }
        let patches: Option<Vec<Patch>> = steps.iter().map(|step| self.without_step(step)).collect();
        let does = match steps {
            [step] => format!("remove `{}`", step.shown()),
            _ => "remove these steps".to_owned(),
        };
        Some(Fix {
            does,
            is_safe: false,
            patches: patches?,
        })
    }

    /// Finds places by names; `None` where the text cannot be edited.
    fn editor(&self) -> Option<&Editor<'p>> {
        let find = || self.can_edit.then(|| Editor::new(&self.source.text, self.tree.span));
        self.found.editor.get_or_init(find).as_ref()
    }

    /// Whether reasons to call, test calls or options that work everywhere name one of these steps.
    fn are_named(&self, steps: &[&Step]) -> bool {
        let names: HashSet<&str> = steps.iter().map(|step| step.name.value.as_str()).collect();
        let served = self.tree.callers.iter().flat_map(|intent| &intent.served_by);
        let everywhere = self.tree.everywhere.iter().map(|choice| &choice.to);
        let expected = self.tree.calls.iter().flat_map(|call| &call.expect);
        let expected = expected.filter_map(|expected| match &expected.value {
            Expectation::Reaches(target) => Some(target),
            _ => None,
        });
        let mut targets = served.chain(everywhere).chain(expected);
        targets.any(|target| names.contains(target.name.value.as_str()))
    }

    fn without_step(&self, step: &Step) -> Option<Patch> {
        let name = step.name.span.range().start;
        let before = self.source.text.get(..name)?;
        let line = before.rfind('\n').map_or(0, |newline| newline + 1);
        let indent = before.get(line..)?;
        let all = self.source.text.get(name..step.span.range().end)?;
        let end = name + before_comments(all);
        let body = self.source.text.get(name..end)?;
        let rest = self.source.text.get(end..)?;
        let line_end = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
        let behind = rest.get(..line_end)?.trim();
        let has_lines = indent.trim().is_empty() && (behind.is_empty() || behind.starts_with('#'));
        (has_lines && !defines_anchor(body)).then(|| Patch {
            at: comments_above(before, line, indent)..end + line_end,
            with: String::new(),
        })
    }
}

/// Where the comments begin that stand right above a line, indented as it is.
fn comments_above(before: &str, line: usize, indent: &str) -> usize {
    let lines = before.get(..line).unwrap_or_default().split_inclusive('\n').rev();
    let comments = lines.take_while(|line| {
        line.strip_prefix(indent)
            .is_some_and(|comment| comment.starts_with('#'))
    });
    line - comments.map(str::len).sum::<usize>()
}

/// Whether a text may define an anchor that other places refer to.
fn defines_anchor(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let after: Range<usize> = at + 1..text.len();
        let next = text.get(after).and_then(|after| after.chars().next());
        next.is_some_and(|next| next.is_alphanumeric() || next == '_')
    })
}
