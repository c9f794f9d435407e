//! Runs the rules on a tree, then applies severities and allowances; nothing else filters findings.

mod ask;
pub mod baseline;
mod caller_settings;
pub mod checklist;
mod fixes;
mod needs;
mod overrides;
mod settings_file;
mod settings_schema;

pub use fixes::{Fixed, fix};
pub use overrides::Overrides;
pub use settings_file::read_settings;
pub use settings_schema::settings_schema;

use crate::audit::Audit;
use crate::document::tree::{Allowance, PhoneTree};
use crate::error::near;
use crate::finding::{At, Finding, Fix};
use crate::profiles;
use crate::rules;
use crate::settings::{Settings, Severity};
use std::cell::Cell;
use std::collections::{HashMap, HashSet};

/// What came of checking one tree.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// What was found, in the order of its places.
    pub findings: Vec<Finding>,
    /// What was found and is allowed, each with the author's reason.
    pub allowed: Vec<(Finding, String)>,
    /// What was found and is known already, by a baseline.
    pub known: Vec<Finding>,
}

/// An allowance that allows nothing.
pub const UNUSED_ALLOWANCE: &str = "unused-allowance";
/// An allowance of a rule that does not exist.
pub const UNKNOWN_RULE: &str = "unknown-rule";

/// Asks every rule that the settings and their profiles ask.
#[must_use]
pub fn check(audit: &Audit<'_>, settings: &Settings) -> Checked {
    let mut found = Vec::new();
    let asked = profiles::asked(settings);
    for asked in &asked {
        found.append(&mut ask::ask(audit, asked));
    }
    let names = asked.iter().map(|asked| asked.rule.name).collect();
    let mut checked = allow(audit, &names, found);
    checked
        .findings
        .sort_by(|a, b| (a.at.span, a.rule, &a.message).cmp(&(b.at.span, b.rule, &b.message)));
    checked
}

/// What the author allows at one place.
struct Allowed<'t> {
    allowance: &'t Allowance,
    is_used: Cell<bool>,
}

fn allow(audit: &Audit<'_>, asked: &HashSet<&str>, found: Vec<Finding>) -> Checked {
    let tree = audit.tree;
    let mut checked = Checked::default();
    if tree.allow.is_empty() && tree.steps.iter().all(|step| step.allow.is_empty()) {
        checked.findings = found;
        return checked;
    }
    let mut allowed: HashMap<(Option<&str>, &str), Allowed<'_>> = HashMap::new();
    for (step, allowance) in allowances(tree) {
        let new = Allowed {
            allowance,
            is_used: Cell::new(false),
        };
        allowed.entry((step, &allowance.rule.value)).or_insert(new);
    }
    for finding in found {
        let step = finding.at.step.as_deref();
        let own = (step, finding.rule);
        // What a step allows goes before what the whole tree allows.
        let key = if allowed.contains_key(&own) {
            own
        } else {
            (None, finding.rule)
        };
        match allowed.get(&key) {
            Some(Allowed { allowance, is_used }) => {
                is_used.set(true);
                let reason = allowance.reason.value.clone();
                checked.allowed.push((finding, reason));
            }
            None => checked.findings.push(finding),
        }
    }
    for (step, allowance) in allowances(tree) {
        let name = allowance.rule.value.as_str();
        let at = At {
            tree: audit.id,
            span: allowance.rule.span,
            step: step.map(str::to_owned),
            option: None,
        };
        let own = &allowance.rule;
        let known = rules::named(name).is_some();
        // What an importer excuses stands nowhere in the file, and is nobody's mistake.
        let written = allowance.rule.span.start < allowance.rule.span.end;
        let is_used = |name: &str| allowed.get(&(step, name)).is_some_and(|allowed| allowed.is_used.get());
        if known && (!written || is_used(name)) {
            continue;
        }
        let mut finding = if known {
            Finding::new(
                at,
                format!("`{name}` is allowed here, and nothing of that sort is found"),
            )
            .help("remove the allowance")
            .fix(unused(audit, asked, step, name, is_used))
        } else {
            let finding = Finding::new(at, format!("there is no rule called `{name}`"));
            match near(name, rules::all().map(|rule| rule.name)) {
                Some(near) => finding
                    .help(format!("did you mean `{}`?", near.name))
                    .fix(audit.rename(own, near, true)),
                None => finding.help("`presszero rules` lists them all"),
            }
        };
        finding.rule = if known { UNUSED_ALLOWANCE } else { UNKNOWN_RULE };
        finding.severity = if known { Severity::Warning } else { Severity::Error };
        checked.findings.push(finding);
    }
    checked
}

/// Takes an unused allowance away, where nothing of its sort could be found on another day: the rule is asked, and asks
/// for nothing that is not computed here.
fn unused(
    audit: &Audit<'_>,
    asked: &HashSet<&str>,
    step: Option<&str>,
    rule: &str,
    is_used: impl Fn(&str) -> bool,
) -> Option<Fix> {
    let goes = |name: &str| {
        let rests_on_callers = rules::queues::RULES.iter().any(|rule| rule.name == name);
        asked.contains(name) && (audit.follows_callers || !rests_on_callers) && !is_used(name)
    };
    if goes(rule) {
        audit.without_allowance(step, rule, goes)
    } else {
        None
    }
}

/// Every allowance, with the step that it holds for; those of the whole tree last.
fn allowances(tree: &PhoneTree) -> impl Iterator<Item = (Option<&str>, &Allowance)> {
    let steps = tree.steps.iter().flat_map(|step| {
        step.allow
            .iter()
            .map(|allowance| (Some(step.name.value.as_str()), allowance))
    });
    steps.chain(tree.allow.iter().map(|allowance| (None, allowance)))
}
