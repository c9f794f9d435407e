//! Candidates that shorten a message which everyone must hear, or leave it out.

use super::draft::{Draft, Kind};
use super::say::{self, Pen};
use super::scene::{Scene, ms};
use crate::document::edit::Patch;
use crate::document::tree::{Expectation, PhoneTree, Purpose, Step, StepId, StepKind};
use crate::graph::hearing::lasts;
use std::collections::BTreeSet;

/// Messages that are played before something else: advertisements are left out, others keep their first sentence.
///
/// A message is looked at where its purpose says that callers did not ask for it, or where nobody comes to a person
/// without it.
pub(super) fn drafts<'s>(scene: &'s Scene<'_, '_>) -> Vec<Draft<'s>> {
    let graph = scene.graph();
    let forced: BTreeSet<u32> = scene
        .audit
        .main()
        .map(|world| world.forced.possible.iter().copied().collect())
        .unwrap_or_default();
    let mut out = Vec::new();
    for (id, node, step) in scene.steps() {
        let StepKind::Message { then, purpose, .. } = &step.kind else {
            continue;
        };
        let purpose = purpose.map(|purpose| purpose.value);
        let uncalled = matches!(purpose, Some(Purpose::Greeting | Purpose::Notice | Purpose::Marketing));
        let visits = scene.visits(node);
        let (Some(prompt), Some(then), true) = (&step.prompt, then, uncalled || forced.contains(&node)) else {
            continue;
        };
        if visits <= 0.0 || purpose == Some(Purpose::Outage) {
            continue;
        }
        let pace = graph.pace.with(scene.audit.tree.voice);
        let length = ms(lasts(prompt, &pace).ms);
        if purpose == Some(Purpose::Marketing) && is_free(scene.audit.tree, id) {
            let to = then.name.value.as_str();
            out.push(Draft {
                kind: Kind::Drop,
                step: id,
                span: step.name.span,
                what: format!("leave out the message `{}`: go straight to `{to}`", step.shown()),
                saves: visits * length,
                patches: Box::new(move |pen| pass_by(pen, id, step, to)),
            });
            continue;
        }
        let Some(kept) = prompt.wording().as_deref().and_then(first_sentence).map(str::to_owned) else {
            continue;
        };
        let saved = length - scene.spoken(say::length(&kept));
        if saved > 0.0 {
            out.push(Draft {
                kind: Kind::Shorten,
                step: id,
                span: prompt.span,
                what: format!("shorten the message `{}` to its first sentence", step.shown()),
                saves: visits * saved,
                patches: Box::new(move |pen| pen.reword(&step.name.value, prompt, &kept)),
            });
        }
    }
    out
}

/// The first sentence, where there is another one after it.
fn first_sentence(words: &str) -> Option<&str> {
    /// A shorter one is an abbreviation, or says nothing.
    const WORDS_MIN: usize = 3;
    words.char_indices().find_map(|(at, c)| {
        let end = at + c.len_utf8();
        let rest = words.get(end..)?;
        let first = words.get(..end)?;
        let ends = matches!(c, '.' | '!' | '?') && rest.starts_with(char::is_whitespace);
        (ends && !rest.trim().is_empty() && first.split_whitespace().count() >= WORDS_MIN).then_some(first)
    })
}

/// Whether nothing but ways in the tree names a step, so that it can be left out.
fn is_free(tree: &PhoneTree, id: StepId) -> bool {
    let served = tree.callers.iter().flat_map(|intent| &intent.served_by);
    let expected = tree.calls.iter().flat_map(|call| &call.expect);
    let entered = tree
        .steps
        .iter()
        .any(|step| matches!(&step.kind, StepKind::Subtree { file: None, entry_step, .. } if *entry_step == Some(id)));
    let name = tree.steps.get(id as usize).map(|step| step.name.value.as_str());
    let awaited = |expected: &Expectation| match expected {
        Expectation::Reaches(target) => Some(target.name.value.as_str()) == name,
        _ => false,
    };
    !entered
        && served.into_iter().all(|target| target.step != Some(id))
        && !expected.into_iter().any(|expected| awaited(&expected.value))
}

/// Leads everything that leads to a step to the next one, and takes the step away.
fn pass_by(pen: &Pen<'_>, id: StepId, step: &Step, to: &str) -> Option<Vec<Patch>> {
    let tree = pen.tree;
    let mut removal = pen.editor.remove(&["steps", &step.name.value])?;
    // What is noted after the step belongs to the next one.
    let text = pen.text.get(removal.at.clone())?;
    let notes = text.split_inclusive('\n').rev().take_while(|line| {
        let line = line.trim_start();
        line.is_empty() || line.starts_with('#')
    });
    removal.at.end -= notes.map(str::len).sum::<usize>();
    let mut out = vec![removal];
    let own = step.span.range();
    let entry = tree.entry.iter().chain(tree.everywhere.iter().map(|choice| &choice.to));
    let steps = tree.steps.iter().flat_map(Step::targets);
    for target in entry.chain(steps).filter(|target| target.step == Some(id)) {
        let at = target.name.span.range();
        if own.contains(&at.start) {
            return None;
        }
        out.push(pen.rename(at, to)?);
    }
    Some(out)
}
