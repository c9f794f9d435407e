//! Rules on timing.

mod entry_needs_lookup;
mod inter_digit_short;
mod key_waits;
mod no_input_timeout_long;
mod no_input_timeout_short;
mod silent_processing;
mod speech_rate;

use super::{Report, Rule};
use crate::audit::{Audit, seconds};
use crate::document::quantity::Millis;
use crate::document::tree::Step;
use crate::finding::Finding;
use crate::graph::hearing::Heard;
use crate::settings::Severity;
use crate::source::Span;
use std::collections::BTreeMap;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[
    no_input_timeout_short::RULE,
    no_input_timeout_long::RULE,
    inter_digit_short::RULE,
    key_waits::RULE,
    entry_needs_lookup::RULE,
    silent_processing::RULE,
    speech_rate::RULE,
];

/// A time that a step declares.
struct Declared<'t> {
    step: &'t Step,
    span: Span,
    ms: Millis,
}

impl Declared<'_> {
    /// In seconds, for limits.
    #[expect(clippy::cast_precision_loss, reason = "such times are far below 2^52 ms")]
    fn seconds(&self) -> f64 {
        self.ms as f64 / 1000.0
    }

    /// In words, to the tenth of a second where it is no whole number of them.
    fn shown(&self) -> String {
        if self.ms.is_multiple_of(1000) {
            seconds(Heard::known(self.ms))
        } else {
            format!("{:.1} s", self.seconds())
        }
    }
}

/// The gravest severity whose limit a value stays below, for limits that are least values.
fn judge_below(report: &Report<'_>, value: f64) -> Option<Severity> {
    let is_below = |severity: &Severity| {
        let limit = report.limit.and_then(|limit| limit.of(*severity));
        limit.is_some_and(|limit| value < limit)
    };
    Severity::ALL.into_iter().rev().find(is_below)
}

/// Tells what was judged, steps with the same time in one finding: most lines set it once for all.
///
/// A step that allows the rule is told by itself, so that allowing it there hides no other.
fn tell<'t>(
    audit: &Audit<'_>,
    report: &mut Report<'_>,
    judged: impl Iterator<Item = (Severity, Declared<'t>)>,
    finding: impl Fn(&Declared<'t>) -> Finding,
) {
    let mut groups: BTreeMap<(Severity, Millis, usize), Vec<Declared<'t>>> = BTreeMap::new();
    for (number, (severity, declared)) in judged.enumerate() {
        let is_allowed = declared
            .step
            .allow
            .iter()
            .any(|allow| allow.rule.value == report.rule.name);
        let own = if is_allowed { number + 1 } else { 0 };
        groups.entry((severity, declared.ms, own)).or_default().push(declared);
    }
    for ((severity, ..), group) in groups {
        let Some((first, others)) = group.split_first() else {
            continue;
        };
        let places = others
            .iter()
            .map(|other| (audit.at(other.step, other.span), "and here".to_owned()));
        report.say_judged(severity, finding(first).others(places));
    }
}
