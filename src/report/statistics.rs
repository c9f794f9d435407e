//! How many findings there are of each rule.

use super::TreeReport;
use crate::settings::Severity;
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The findings of one rule in all trees; what is allowed or known is not among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "OfRule")]
pub struct OfRule {
    /// The rule, or the sort of mistake in a file; `presszero explain` has its page.
    pub rule: &'static str,
    /// How many findings there are.
    pub findings: usize,
    /// How many of them are errors.
    pub errors: usize,
    /// How many of them are warnings.
    pub warnings: usize,
    /// How many of them are pieces of information.
    pub infos: usize,
    /// In how many trees they are.
    pub trees: usize,
}

/// The findings by rule, the most frequent first; linear in their number.
#[must_use]
pub fn statistics(trees: &[TreeReport]) -> Vec<OfRule> {
    let mut rules: BTreeMap<&'static str, (OfRule, usize)> = BTreeMap::new();
    for (number, tree) in (1..).zip(trees) {
        for finding in &tree.checked.findings {
            let rule = finding.rule;
            let none = OfRule {
                rule,
                findings: 0,
                errors: 0,
                warnings: 0,
                infos: 0,
                trees: 0,
            };
            let (of, last) = rules.entry(rule).or_insert((none, 0));
            of.findings += 1;
            *match finding.severity {
                Severity::Error => &mut of.errors,
                Severity::Warning => &mut of.warnings,
                Severity::Info => &mut of.infos,
            } += 1;
            of.trees += usize::from(std::mem::replace(last, number) != number);
        }
    }
    let mut rules: Vec<OfRule> = rules.into_values().map(|(of, _)| of).collect();
    rules.sort_by_key(|of| (Reverse(of.findings), of.rule));
    rules
}
