//! Counted shares in the text of a tree, every other byte left as it is.

use super::Calibration;
use super::events::What;
use crate::document::edit::{Editor, Patch, apply, quoted};
use crate::document::quantity::Share;
use crate::document::tree::{Choice, PhoneTree, Step, StepId, StepKind};
use crate::source::Source;
use std::collections::BTreeMap;

/// A tree with counted shares.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// How many shares were written.
    pub shares: usize,
    /// What has no place in the text, by step.
    pub unwritten: Vec<(StepId, Unwritten)>,
}

/// Why a share is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwritten {
    /// The option works everywhere, and has one share for all menus.
    Everywhere,
    /// The option is written in a way that a share cannot be put beside it: by an alias, or by words alone.
    Form,
}

/// Hundredths of a percent in all.
const ALL: u32 = 10_000;

/// Writes the counted shares into the document of a source that a tree was read from.
///
/// `None` where the text with the shares does not say what it should, as where steps share their options by aliases.
/// Every place is looked up by its name: time grows with the counted options times the steps of the file.
#[must_use]
pub fn written(source: &Source, tree: &PhoneTree, calibration: &Calibration) -> Option<Written> {
    let editor = Editor::new(&source.text, tree.span);
    let mut writer = Writer {
        editor,
        text: &source.text,
        tree,
        patches: Vec::new(),
        wanted: BTreeMap::new(),
        unwritten: Vec::new(),
    };
    let mut last = None;
    for counted in &calibration.steps {
        if last == Some(counted.step) {
            continue;
        }
        last = Some(counted.step);
        let entries = calibration
            .steps
            .iter()
            .any(|other| other.step == counted.step && other.entries);
        if let Some(step) = tree.steps.get(counted.step as usize) {
            writer.step(counted.step, step, calibration, entries);
        }
    }
    writer.finish(source)
}

struct Writer<'t> {
    editor: Editor<'t>,
    text: &'t str,
    tree: &'t PhoneTree,
    patches: Vec<Patch>,
    /// What is written, in hundredths of a percent.
    wanted: BTreeMap<(StepId, What), u32>,
    unwritten: Vec<(StepId, Unwritten)>,
}

impl Writer<'_> {
    fn step(&mut self, id: StepId, step: &Step, calibration: &Calibration, entries: bool) {
        let of_step = calibration.often.range((id, What::Own(0))..=(id, What::Unanswered));
        let often: Vec<(What, f64)> = of_step.map(|((_, what), often)| (*what, *often)).collect();
        let name = step.name.value.as_str();
        match &step.kind {
            StepKind::Menu(_) => {
                let options = |what: &What| matches!(what, What::Own(_) | What::Everywhere(_));
                for (what, share) in hundredths(often.iter().filter(|(what, _)| options(what))) {
                    self.option(id, step, what, share);
                }
            }
            StepKind::Collect(_) => {
                let answers = |what: &What| !matches!(what, What::NoInput | What::HangUp);
                for (what, share) in hundredths(often.iter().filter(|(what, _)| answers(what))) {
                    self.option(id, step, what, share);
                }
                if entries {
                    let ends = |what: &What| matches!(what, What::Accepted | What::Rejected);
                    for (what, share) in hundredths(often.iter().filter(|(what, _)| ends(what))) {
                        self.field(id, name, "accepted", what, What::Accepted, share);
                    }
                }
            }
            StepKind::SelfService { .. } => {
                let ends = |what: &What| matches!(what, What::Then | What::Otherwise);
                for (what, share) in hundredths(often.iter().filter(|(what, _)| ends(what))) {
                    self.field(id, name, "succeeds", what, What::Then, share);
                }
            }
            StepKind::Decision { cases, .. } => {
                let answers = |what: &What| matches!(what, What::Case(_) | What::Otherwise);
                for (what, share) in hundredths(often.iter().filter(|(what, _)| answers(what))) {
                    let What::Case(at) = what else { continue };
                    if let Some(case) = cases.get(at as usize) {
                        let path = ["steps", name, "cases", case.value.value.as_str()];
                        self.beside(id, what, &path, case.to.name.span, share);
                    }
                }
            }
            _ => {}
        }
    }

    fn option(&mut self, id: StepId, step: &Step, what: What, share: u32) {
        let own = match what {
            What::Own(_) => what.choice(self.tree, step),
            What::Everywhere(_) if share > 0 => {
                self.unwritten.push((id, Unwritten::Everywhere));
                return;
            }
            _ => return,
        };
        match own {
            Some(Choice {
                keys: Some(keys), to, ..
            }) => {
                let path = ["steps", step.name.value.as_str(), "keys", keys.value.as_str()];
                self.beside(id, what, &path, to.name.span, share);
            }
            _ => self.unwritten.push((id, Unwritten::Form)),
        }
    }

    /// A share beside a target, which is given its own field where it stands alone.
    fn beside(&mut self, id: StepId, what: What, path: &[&str], target: crate::source::Span, share: u32) {
        let target = self.text.get(target.range()).unwrap_or_default();
        let percent = percent(share);
        let made = match self.editor.source(path).map(str::trim_end) {
            Some(alone) if alone == target => self
                .editor
                .set(path, &format!("{{to: {}, share: {percent}}}", flow(alone))),
            Some(more) if !more.starts_with(['*', '&']) => self.editor.set(&[path, &["share"]].concat(), &percent),
            _ => None,
        };
        self.put(id, what, share, made);
    }

    fn field(&mut self, id: StepId, step: &str, field: &str, what: What, wanted: What, share: u32) {
        if what == wanted {
            let patch = self.editor.set(&["steps", step, field], &percent(share));
            self.put(id, what, share, patch);
        }
    }

    fn put(&mut self, id: StepId, what: What, share: u32, patch: Option<Patch>) {
        match patch {
            Some(patch) => {
                self.patches.push(patch);
                self.wanted.insert((id, what), share);
            }
            None => self.unwritten.push((id, Unwritten::Form)),
        }
    }

    /// The text, after it was read again to see that it says what it should and nothing else has changed.
    fn finish(mut self, source: &Source) -> Option<Written> {
        let text = apply(self.text, self.patches)?;
        let again = crate::document::read(&Source::new(source.name.clone(), text.clone()));
        let before = crate::document::read(source);
        let place = before.trees.iter().position(|tree| tree.span == self.tree.span)?;
        let tree = again.trees.get(place)?;
        if again.problems.len() > before.problems.len() || tree.steps.len() != self.tree.steps.len() {
            return None;
        }
        for ((id, old), new) in (0..).zip(&self.tree.steps).zip(&tree.steps) {
            for (what, share) in shares(new) {
                let right = match self.wanted.get(&(id, what)) {
                    Some(wanted) => share == Some(Share::Percent(f64::from(*wanted) / 100.0)),
                    None => shares(old).iter().any(|(known, old)| *known == what && *old == share),
                };
                if !right {
                    return None;
                }
            }
        }
        self.unwritten.sort_by_key(|(id, _)| *id);
        self.unwritten.dedup();
        Some(Written {
            text,
            shares: self.wanted.len(),
            unwritten: self.unwritten,
        })
    }
}

/// The shares that a step declares.
fn shares(step: &Step) -> Vec<(What, Option<Share>)> {
    let options = (0..)
        .zip(step.choices())
        .map(|(at, choice)| (What::Own(at), choice.share));
    let mut out: Vec<_> = options.collect();
    match &step.kind {
        StepKind::Collect(collect) => out.push((What::Accepted, collect.accepted)),
        StepKind::SelfService { succeeds, .. } => out.push((What::Then, *succeeds)),
        StepKind::Decision { cases, .. } => {
            out.extend((0..).zip(cases).map(|(at, case)| (What::Case(at), case.share)));
        }
        _ => {}
    }
    out.into_iter()
        .map(|(what, share)| (what, share.map(|share| share.value)))
        .collect()
}

/// Shares of a sum in hundredths of a percent, which add to all: what rounding leaves goes to where most is cut off.
fn hundredths<'o>(often: impl Iterator<Item = &'o (What, f64)>) -> Vec<(What, u32)> {
    let often: Vec<(What, f64)> = often.copied().collect();
    let all: f64 = often.iter().map(|(_, often)| often).sum();
    if all <= 0.0 {
        return Vec::new();
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of ten thousand"
    )]
    let cut = |(what, often): &(What, f64)| {
        let exact = often / all * f64::from(ALL);
        (*what, exact.floor() as u32, exact.fract())
    };
    let mut parts: Vec<(What, u32, f64)> = often.iter().map(cut).collect();
    let given: u32 = parts.iter().map(|(_, share, _)| share).sum();
    parts.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    for (_, share, _) in parts.iter_mut().take(ALL.saturating_sub(given) as usize) {
        *share += 1;
    }
    parts.sort_by_key(|(what, ..)| *what);
    parts.into_iter().map(|(what, share, _)| (what, share)).collect()
}

/// Hundredths as they are written: `31.5%`.
fn percent(hundredths: u32) -> String {
    format!("{}%", f64::from(hundredths) / 100.0)
}

/// The name of a step as it can stand between braces.
fn flow(name: &str) -> String {
    let plain = name
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '"' | '\''));
    if plain { name.to_owned() } else { quoted(name) }
}
