//! Asks one rule, under each limit that its profiles set.

use crate::audit::Audit;
use crate::finding::Finding;
use crate::profiles::{Asked, Claim, Demand, Requirement};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity};
use crate::source::Span;
use std::collections::{BTreeMap, HashSet};

/// What a rule finds, each thing once, with the clauses that it touches.
///
/// Under several limits the graver severity counts. What the user sets goes above it.
pub(super) fn ask(audit: &Audit<'_>, asked: &Asked) -> Vec<Finding> {
    let limits = asked.limits();
    let mut found: Vec<Finding> = Vec::new();
    let mut place_of: BTreeMap<(Span, String), usize> = BTreeMap::new();
    for (limit, claims) in &limits {
        for mut finding in under(audit, asked.rule, *limit, claims) {
            if finding.limit.is_some() {
                finding.limit = limit.and_then(|limit| asked.limit_in_words(limit, finding.severity, claims));
            }
            finding.severity = at_least(&finding, claims.iter().map(|claim| claim.demand));
            if limits.len() == 1 {
                found.push(finding);
                continue;
            }
            let key = (finding.at.span, finding.message.clone());
            let known = place_of.get(&key).and_then(|at| found.get_mut(*at));
            if let Some(known) = known {
                join(known, finding);
            } else {
                place_of.insert(key, found.len());
                found.push(finding);
            }
        }
    }
    if asked.own.limit.is_some() && !found.is_empty() {
        for claim in &asked.claims {
            touch(audit, claim, &mut found);
        }
    }
    if let Some(severity) = asked.own.severity {
        for finding in &mut found {
            finding.severity = severity;
        }
    }
    found
}

/// What speaks against one demand of a requirement, by its own limit.
pub(super) fn against(audit: &Audit<'_>, requirement: &Requirement, demand: &Demand) -> Vec<Finding> {
    let mut findings = run(audit, demand.rule, demand.limit());
    if requirement.first_menu_only {
        keep_first_menus(audit, &mut findings);
    }
    for finding in &mut findings {
        finding.severity = at_least(finding, std::iter::once(demand));
    }
    findings
}

fn run(audit: &Audit<'_>, rule: &Rule, limit: Option<Limit>) -> Vec<Finding> {
    let mut report = Report::new(rule, limit);
    (rule.check)(audit, &mut report);
    report.findings
}

/// What a rule finds under a limit, with the clauses that set it.
fn under(audit: &Audit<'_>, rule: &Rule, limit: Option<Limit>, claims: &[&Claim]) -> Vec<Finding> {
    let mut findings = run(audit, rule, limit);
    if claims.iter().any(|claim| claim.requirement.first_menu_only) {
        keep_first_menus(audit, &mut findings);
    }
    for finding in &mut findings {
        finding.clauses = claims.iter().map(|claim| claim.in_words()).collect();
    }
    findings
}

/// The severity under demands: theirs where it is graver, unless the rule itself holds its finding for less than usual.
fn at_least<'d>(finding: &Finding, demands: impl Iterator<Item = &'d Demand>) -> Severity {
    let demands = demands.filter(|demand| !is_lesser(finding, demand.rule));
    let least = demands.filter_map(|demand| demand.setting.severity).max();
    least.map_or(finding.severity, |least| least.max(finding.severity))
}

/// Whether a rule without a limit holds its finding for less than usual: it is not sure, or sees half of it only.
pub(super) fn is_lesser(finding: &Finding, rule: &Rule) -> bool {
    rule.limit.is_none() && finding.severity < rule.severity
}

/// One finding of two that say the same: the graver one, with the clauses of both.
fn join(known: &mut Finding, mut other: Finding) {
    if other.severity > known.severity {
        std::mem::swap(known, &mut other);
        std::mem::swap(&mut known.clauses, &mut other.clauses);
    }
    known.clauses.append(&mut other.clauses);
}

/// Names a clause in those findings that are there under its own limit, too.
fn touch(audit: &Audit<'_>, claim: &Claim, findings: &mut [Finding]) {
    let against = against(audit, claim.requirement, claim.demand);
    let against: HashSet<(Span, &str)> = against.iter().map(|f| (f.at.span, f.message.as_str())).collect();
    for finding in findings {
        if against.contains(&(finding.at.span, finding.message.as_str())) {
            finding.clauses.push(claim.in_words());
        }
    }
}

/// Leaves only what is found at a menu that no other lies before, or only one that asks for a language.
fn keep_first_menus(audit: &Audit<'_>, findings: &mut Vec<Finding>) {
    let Some(before) = audit.menus_before() else {
        findings.clear();
        return;
    };
    let menus = audit.menus();
    let is_first = |node: u32| before.count(node) == Some(0);
    let asks_first = menus
        .iter()
        .any(|(node, _)| is_first(*node) && audit.is_language_menu(*node));
    let first: HashSet<&str> = menus
        .iter()
        .filter(|(node, _)| is_first(*node) || (asks_first && before.count(*node) == Some(1)))
        .map(|(_, step)| step.name.value.as_str())
        .collect();
    findings.retain(|finding| finding.at.step.as_deref().is_some_and(|step| first.contains(step)));
}
