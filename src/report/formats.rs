//! What was read, by format.

use super::Report;
use crate::document::FORMAT as OURS;
use crate::document::tree::StepKind;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What was read of one format.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OfFormat {
    /// Its name: `amazon-connect`; `presszero` is our own.
    pub format: &'static str,
    /// Files that were read, those among them that hold no tree that callers dial into.
    pub files: usize,
    /// Phone trees.
    pub trees: usize,
    /// Their steps.
    pub steps: usize,
    /// Those of them at which callers choose.
    pub menus: usize,
    /// Things that the files leave open: the wording of a recording, what lies beyond a transfer.
    pub unknowns: usize,
    /// Why files, or parts of them, are not audited, each reason with how often it is given.
    pub refused: BTreeMap<String, usize>,
}

/// Each format that was met, by its name; linear in the trees.
#[must_use]
pub fn formats(report: &Report<'_>) -> Vec<OfFormat> {
    let mut found: BTreeMap<&'static str, OfFormat> = BTreeMap::new();
    let mut of = |format: &'static str, count: &dyn Fn(&mut OfFormat)| {
        let of = found.entry(format).or_insert_with(|| OfFormat {
            format,
            ..OfFormat::default()
        });
        count(of);
    };
    let portfolio = report.texts.portfolio;
    let mut last = None;
    for entry in &portfolio.trees {
        let files = match portfolio.sources.get(entry.source) {
            // Trees of one source stand together.
            Some(source) if last.replace(entry.source) != Some(entry.source) => source.files().count(),
            _ => 0,
        };
        let is_menu = |kind: &StepKind| matches!(kind, StepKind::Menu(_));
        of(entry.format, &|of| {
            of.files += files;
            of.trees += usize::from(!entry.linked);
            of.steps += entry.tree.steps.len();
            of.menus += entry.tree.steps.iter().filter(|step| is_menu(&step.kind)).count();
            of.unknowns += entry.tree.unknowns.len();
        });
    }
    let asides = report.refused.iter().map(|refused| &refused.aside);
    for aside in asides.chain(&report.skipped) {
        let Some(format) = aside.format else { continue };
        of(format, &|of| {
            of.files += usize::from(!aside.in_part);
            let alone = aside.reasons.is_empty().then_some(&aside.reason);
            for reason in aside.reasons.iter().chain(alone) {
                *of.refused.entry(reason.clone()).or_default() += 1;
            }
        });
    }
    found.into_values().collect()
}

/// Whether there is any format but our own.
#[must_use]
pub fn is_mixed(formats: &[OfFormat]) -> bool {
    formats.iter().any(|of| of.format != OURS)
}
