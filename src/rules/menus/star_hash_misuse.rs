//! The star or hash key is used for something else than callers are used to.
//!
//! ## What
//! Announced options on `*` or `#` that are for a service, rather than for hearing again, going back, skipping or
//! ending; and entries of which the number of digits varies that are ended by another key than `#`, or by none.
//!
//! ## Why
//! The two keys are where callers look for help with the menu itself: ISO/IEC 13714:1995 has `*` for going back (as
//! summarised by NCH), the ACIxD wiki has `#` for repeat or skip and `*` for back or cancel, with the other way round
//! seen as well. They are hard to name, too: pound, hash, square, star. An entry without an end key makes every caller
//! wait until the time for one more digit has passed; Kortum has `#` end it. Which of the two keys repeats and which
//! goes back is contested; that neither is an ordinary option is not.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For repairs, press star.", keys: {1: sales, "*": repairs}, no-input: sales, no-match: sales}
//!   sales: {kind: agent}
//!   repairs: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For repairs, press 2.", keys: {1: sales, 2: repairs, "*": {to: main, role: repeat}}, no-input: sales, no-match: sales}
//!   sales: {kind: agent}
//!   repairs: {kind: agent}
//! ```
//!
//! ## Fix
//! Put services on digits; end entries of varying length with `#`, say so, and write `terminator: "#"`.
//!
//! ## Limits
//! What an option is for is read from its role, its label and its wording; one of which nothing is known is passed
//! over. An option for another language may be on either key. In files of other formats entries are passed over, since
//! their platforms may end them with `#` without being told. One finding tells all options, and one all entries.
//!
//! ## Source
//! ISO/IEC 13714:1995, as summarised by NCH (nch.com.au/ivm/iso13714.html); ACIxD wiki, "DTMF keys - common usage";
//! Kortum (ed.), HCI Beyond the GUI, 2008, ch. 7.

use crate::audit::spoken::phrases;
use crate::audit::topics::{goes_back, has};
use crate::audit::{Audit, count};
use crate::document::tree::{Choice, Step, StepKind};
use crate::finding::{At, Confidence, Finding};
use crate::graph::{Class, Selects};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "star-hash-misuse",
    text: include_str!("star_hash_misuse.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Likely,
    limit: None,
    limit_source: "",
    check,
};

/// Words of what else the two keys are used for: to skip, to cancel, to end.
const USUAL: &[&str] = &[
    "skip",
    "cancel",
    "exit",
    "quit",
    "end",
    "finish",
    "finished",
    "done",
    "continue",
    "next",
    "hang",
    "directory",
    "abbrechen",
    "beenden",
    "weiter",
    "annuler",
    "quitter",
    "terminer",
    "passer",
    "cancelar",
    "salir",
    "terminar",
    "finalizar",
    "continuar",
    "sair",
    "annullare",
    "uscire",
    "continua",
];

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let mut options: Vec<(At, String)> = Vec::new();
    for (node, step) in audit.menus() {
        if !step.choices().iter().any(on_star_or_hash) || offers_languages(audit, step) {
            continue;
        }
        for (_, _, way) in audit.graph.moves(*node) {
            let Selects::Own(at) = way.selects else { continue };
            let Some(choice) = step.choices().get(at as usize).filter(|choice| on_star_or_hash(choice)) else {
                continue;
            };
            let Some(label) = audit.label(*node, choice) else {
                continue;
            };
            let usual = goes_back(label) || has(label, &[USUAL]) || !audit.is_service(step, choice);
            if way.class == Class::Announced && !usual {
                let key = choice.keys.as_ref().map_or("", |keys| keys.value.as_str());
                let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
                options.push((
                    audit.at_choice(step, choice),
                    format!("`{}` has \"{label}\" on {key}", step.shown()),
                ));
            }
        }
    }
    say(
        report,
        options,
        "a service on this key",
        "callers look for help with the menu on this key, and mix up its names",
        "put it on a digit, and keep `*` and `#` for repeating and going back",
    );
    entries(audit, report);
}

/// Entries of varying length that `#` does not end.
fn entries(audit: &Audit<'_>, report: &mut Report<'_>) {
    if audit.is_imported {
        return;
    }
    let mut found: Vec<(At, String)> = Vec::new();
    for (_, step) in audit.asking() {
        let StepKind::Collect(collect) = &step.kind else {
            continue;
        };
        let varies = collect.digits.filter(|digits| digits.value.min < digits.value.max);
        let Some(digits) = varies.filter(|_| !collect.speech_only) else {
            continue;
        };
        let (name, span) = (step.shown(), digits.span);
        let told = match &collect.terminator {
            Some(key) if key.value == "#" => continue,
            Some(key) => format!("`{name}` is ended by {} instead of #", key.value),
            None => format!(
                "`{name}` takes {} to {}, and no key ends the entry",
                digits.value.min,
                count(digits.value.max as usize, "digit")
            ),
        };
        found.push((audit.at(step, span), told));
    }
    say(
        report,
        found,
        "# does not end it",
        "a caller who has entered all she has waits in silence, or ends with # and is told that it was wrong",
        "write `terminator: \"#\"`, and say in the prompt that # ends the entry",
    );
}

/// One finding for all places.
fn say(report: &mut Report<'_>, found: Vec<(At, String)>, label: &str, suffers: &str, cure: &str) {
    let mut found = found.into_iter();
    let Some((at, message)) = found.next() else { return };
    let finding = Finding::new(at, message).label(label).note(suffers).help(cure);
    let others: Vec<(At, String)> = found.collect();
    report.say(finding.others(others));
}

fn on_star_or_hash(choice: &Choice) -> bool {
    choice
        .keys
        .as_ref()
        .is_some_and(|keys| matches!(keys.value.as_str(), "*" | "#"))
}

/// Whether one of the two keys is spoken with the name of a language.
fn offers_languages(audit: &Audit<'_>, step: &Step) -> bool {
    let own = audit.tree.language();
    let mut spoken = step.prompt.iter().flat_map(phrases);
    spoken.any(|phrase| matches!(phrase.key(), "*" | "#") && phrase.offers_language(own))
}
