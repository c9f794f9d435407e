//! A menu offers many options.
//!
//! ## What
//! Announced options of one menu; those that repeat, go back or lead to the operator are left out.
//!
//! ## Why
//! This is the textbook case of advice and research that disagree, so a count alone is information and never fails a
//! build.
//!
//! For few options: Avaya's guidelines say "not more than four or five"; Ireland's National Disability Authority
//! allows four a level; Portugal's Decreto-Lei 134/2009 allows five in the first menu (as reported by quereralem.pt).
//! They have people in mind who find it hard to remember much; the experiment below found the reverse for them.
//!
//! For many: with as many services, fewer options in a menu mean more menus. Commarford, Lewis and others found that a
//! broad menu of eleven beat a deep one, most of all for people with little working memory, and that Miller's "seven
//! plus or minus two" does not support a limit (Human Factors 50(1), 2008): options that were ruled out need not be
//! remembered. Virzi and Huitema (1997) came to the same. Huguenard and others (ACM TOCHI 4(2), 1997)
//! found that menus of three or fewer did not make for fewer errors of memory. Suhm, Freeman and Getty ("Curing the
//! menu blues in touch-tone voice interfaces", thousands of live calls) found that long menus routed callers better.
//! In a study of people new to such systems, four and eight options were faster and less prone to error than two,
//! though two thirds preferred four ("Optimal number of choices per menu for naive users of a computer-answered
//! telephone system"). The ACIxD wiki concludes that research "unequivocally favors broad".
//!
//! What callers suffer from is seconds of options that are not theirs (`prompt-too-long`) and wrong turns, not the
//! count.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For sales, press 1. Bills, press 2. Repairs, press 3. Moving, press 4. Refunds, press 5. Jobs, press 6.
//!     keys: {1: a, 2: b, 3: c, 4: d, 5: e, 6: f}
//!     no-input: a
//!     no-match: a
//!   a: {kind: agent}
//!   b: {kind: agent}
//!   c: {kind: agent}
//!   d: {kind: agent}
//!   e: {kind: agent}
//!   f: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For sales, press 1. For bills and refunds, press 2. For repairs, press 3. For moving, press 4.
//!     keys: {1: a, 2: b, 3: c, 4: d}
//!     no-input: a
//!     no-match: a
//!   a: {kind: agent}
//!   b: {kind: agent}
//!   c: {kind: agent}
//!   d: {kind: agent}
//! ```
//!
//! ## Fix
//! Put the options in the order of demand; shorten each; join those that lead to the same people. Do not add a level
//! only to make the number smaller.
//!
//! ## Limits
//! Options that are not announced, or of which it is not known, are not counted. What the best number is depends on
//! how long each option is and on what a further menu costs.
//!
//! ## Source
//! Those named above; Avaya, IR application design guidelines, menus; National Disability Authority (Ireland),
//! Customer Communications Toolkit, IVR; ACIxD wiki, "Menu design: broad or deep?".

use crate::audit::{Audit, seconds};
use crate::finding::{Confidence, Finding};
use crate::graph::hearing::Heard;
use crate::graph::{Class, Selects, number};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "too-many-options",
    text: include_str!("too_many_options.rs"),
    severity: Severity::Info,
    confidence: Confidence::Likely,
    limit: Some(Limit::steps(Unit::Options, Some(6.0), Some(10.0), None)),
    limit_source: "project default; guidelines say 4 or 5, research favours broad menus",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for &(node, step) in audit.menus() {
        if report.judge(f64::from(number(step.choices().len()))).is_none() {
            continue;
        }
        let announced: Vec<Heard> = audit
            .graph
            .moves(node)
            .filter(|(_, _, way)| way.class == Class::Announced && !way.asked)
            .filter_map(|(_, _, way)| match way.selects {
                Selects::Own(at) => Some((way.known_at, step.choices().get(at as usize)?)),
                _ => None,
            })
            .filter(|(_, choice)| audit.is_service(step, choice))
            .map(|(known_at, _)| known_at)
            .collect();
        let Some(severity) = report.judge(f64::from(number(announced.len()))) else {
            continue;
        };
        let last = announced.iter().max().copied().unwrap_or_default();
        let at = audit.at(step, step.prompt.as_ref().map_or(step.name.span, |prompt| prompt.span));
        report.say_judged(
            severity,
            Finding::new(
                at,
                format!(
                    "`{}` offers {} options, the last of them known after {}",
                    step.shown(),
                    announced.len(),
                    seconds(last)
                ),
            )
            .note("whether that is too many is contested: guidelines say 4 or 5, experiments favour broad menus over deep ones")
            .help("put the options most asked for first and join those that lead to the same people; a further level costs more"),
        );
    }
}
