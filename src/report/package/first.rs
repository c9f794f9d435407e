//! What to do first: the edit that saves callers most where edits were tried, otherwise the cure of the gravest finding.

use super::First;
use crate::finding::Finding;
use crate::improve::Improvement;
use crate::report::facts::Facts;
use crate::report::text::words::plain;

/// What to do first in a tree; `None` where nothing is to be mended.
#[must_use]
pub fn first(facts: &Facts<'_>) -> Option<First> {
    if let Some(best) = &facts.best {
        return Some(best.clone());
    }
    let findings = facts.found.checked.findings.iter();
    let curable = findings.filter(|finding| !finding.help.is_empty());
    // Of equally grave ones the first in the file.
    let gravest = curable.reduce(|best, other| if other.severity > best.severity { other } else { best })?;
    Some(of_finding(gravest))
}

/// The edit that saves most, of those that were made and measured.
#[must_use]
pub fn of_edits(found: &Improvement) -> Option<First> {
    let best = found.edits.first()?;
    let seconds = best.saves / 1000.0;
    Some(First {
        what: capital(&plain(&best.what)),
        why: format!(
            "Of {} single edits that were made and measured, this one saves callers most: {seconds:.1} s a call.",
            found.tried
        ),
        saves_seconds_per_call: Some((seconds * 10.0).round() / 10.0),
    })
}

fn of_finding(finding: &Finding) -> First {
    First {
        what: finding.help.first().map_or(String::new(), |help| capital(&plain(help))),
        why: format!("Because {}.", plain(&finding.message)),
        saves_seconds_per_call: None,
    }
}

/// As a sentence begins.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
