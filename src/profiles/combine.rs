//! Which rules the settings ask, with the limits of their profiles.

use super::{Demand, Profile, RECOMMENDED, Requirement, named};
use crate::rules::{self, Rule};
use crate::settings::{Limit, RuleSetting, Settings, Severity};
use std::collections::BTreeMap;

/// A clause that asks a rule.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// The profile.
    pub profile: &'static Profile,
    /// Its requirement.
    pub requirement: &'static Requirement,
    /// The rule with its limit there.
    pub demand: &'static Demand,
}

/// A rule that is asked.
pub struct Asked {
    /// The rule.
    pub rule: &'static Rule,
    /// Whether it is asked with its own limit, besides those of the clauses.
    pub as_is: bool,
    /// The clauses that ask it.
    pub claims: Vec<Claim>,
    /// What the user sets, which goes above all.
    pub own: RuleSetting,
}

/// Every rule that is asked, in the order of the documentation.
///
/// What the user sets for a rule turns it on unless it turns it off.
#[must_use]
pub fn asked(settings: &Settings) -> Vec<Asked> {
    let names = settings.profiles.iter().map(String::as_str);
    let mut profiles: Vec<&'static Profile> = names.filter_map(named).collect();
    if profiles.is_empty() {
        profiles.extend(named(RECOMMENDED));
    }
    let mut claims = claims(&profiles);
    let ask = |rule: &'static Rule| {
        let claims = claims.remove(rule.name).unwrap_or_default();
        let own = settings.of(rule.name);
        let as_is = profiles.iter().any(|profile| profile.takes_as_is(rule.name));
        let is_set = own.severity.is_some() || own.limit.is_some();
        own.on
            .unwrap_or(as_is || is_set || !claims.is_empty())
            .then_some(Asked {
                rule,
                as_is: as_is || claims.is_empty(),
                claims,
                own,
            })
    };
    rules::all().filter_map(ask).collect()
}

fn claims(profiles: &[&'static Profile]) -> BTreeMap<&'static str, Vec<Claim>> {
    let mut claims: BTreeMap<&'static str, Vec<Claim>> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate() {
        // Who names a profile twice means it once.
        if profiles.iter().take(at).any(|other| other.name == profile.name) {
            continue;
        }
        for requirement in &profile.requirements {
            for demand in &requirement.demands {
                claims.entry(demand.rule.name).or_default().push(Claim {
                    profile,
                    requirement,
                    demand,
                });
            }
        }
    }
    claims
}

impl Asked {
    /// The limits under which the rule is asked, each with the clauses that set it; the rule's own is the first.
    ///
    /// Where the user sets a limit, that is the only one.
    #[must_use]
    pub fn limits(&self) -> Vec<(Option<Limit>, Vec<&Claim>)> {
        if self.own.limit.is_some() {
            return vec![(self.own.limit, Vec::new())];
        }
        let mut limits = Vec::new();
        if self.as_is {
            limits.push((self.rule.limit, Vec::new()));
        }
        for claim in self.claims.iter().filter(|claim| !claim.requirement.first_menu_only) {
            let limit = claim.demand.limit();
            match limits.iter_mut().find(|(known, _)| *known == limit) {
                Some((_, claims)) => claims.push(claim),
                None => limits.push((limit, vec![claim])),
            }
        }
        // What looks at part of a tree only is asked by itself.
        let parts = self.claims.iter().filter(|claim| claim.requirement.first_menu_only);
        limits.extend(parts.map(|claim| (claim.demand.limit(), vec![claim])));
        limits
    }

    /// A limit in words, with where it comes from.
    #[must_use]
    pub fn limit_in_words(&self, limit: Limit, severity: Severity, claims: &[&Claim]) -> Option<String> {
        let value = limit.of(severity)?;
        let set = claims.iter().filter(|claim| claim.demand.setting.limit.is_some());
        let mut sources: Vec<String> = set.map(|claim| claim.profile.cite(claim.requirement)).collect();
        sources.dedup();
        let source = match (self.own.limit, sources.as_slice()) {
            (Some(_), _) => "your settings".to_owned(),
            (None, []) => self.rule.limit_source.to_owned(),
            (None, sources) => sources.join("; "),
        };
        Some(format!("{} ({source})", limit.unit.show(value)))
    }
}

impl Claim {
    /// The clause as findings name it: `Ley 10/2025 (Spain), art. 8: a person is among the options of the main menu`.
    #[must_use]
    pub fn in_words(&self) -> String {
        format!("{}: {}", self.profile.cite(self.requirement), self.requirement.asks)
    }
}
