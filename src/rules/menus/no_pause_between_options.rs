//! Options follow one another without a pause.
//!
//! ## What
//! Seconds of `voice.pause-between-options`, where it is declared, in trees with menus of more than three options.
//!
//! ## Why
//! The pause is when a caller decides whether an option was hers. The ACIxD wiki ("Menu design") and Reedy ("More on
//! prosody", 2015) advise 500 to 750 ms; speech by itself leaves about 250. Much longer is no better: beyond three seconds
//! callers think that the menu has ended (ACIxD wiki, "Phrasing menu options").
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! voice: {pause-between-options: 100ms}
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For bills, press 1. For faults, press 2. For orders, press 3. For a person, press 0.
//!     keys: {1: agents, 2: agents, 3: agents, 0: agents}
//!     no-input: agents
//!     no-match: agents
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! voice: {pause-between-options: 500ms}
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For bills, press 1. For faults, press 2. For orders, press 3. For a person, press 0.
//!     keys: {1: agents, 2: agents, 3: agents, 0: agents}
//!     no-input: agents
//!     no-match: agents
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Leave half a second between options.
//!
//! ## Limits
//! Pauses within recordings are not known. Menus of up to three options are passed over, and so is a tree that declares
//! no pause.
//!
//! ## Source
//! ACIxD wiki, "Menu design: broad or deep?" and "Phrasing menu options"; Reedy, "More on prosody", 2015.

use crate::audit::spoken::phrases;
use crate::audit::{Audit, count};
use crate::document::tree::Step;
use crate::finding::{At, Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-pause-between-options",
    text: include_str!("no_pause_between_options.rs"),
    severity: Severity::Info,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

/// The shortest pause that is advised, in milliseconds.
const ADVISED_MS: u64 = 500;
/// With this many options a caller can still hold all of them.
const FEW_OPTIONS: usize = 3;

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let pause = audit.tree.voice.pause_between_options;
    let Some(pause) = pause.filter(|pause| pause.value < ADVISED_MS) else {
        return;
    };
    let is_long = |step: &Step| step.prompt.iter().flat_map(phrases).nth(FEW_OPTIONS).is_some();
    let mut long = audit.menus().iter().filter(|(_, step)| is_long(step)).peekable();
    let Some((_, first)) = long.peek() else { return };
    let first = audit.named(first);
    let many = long.count();
    let at = At {
        span: pause.span,
        step: None,
        ..audit.at_tree()
    };
    let message = format!(
        "options follow one another after {} ms, in {} of more than {FEW_OPTIONS}",
        pause.value,
        count(many, "menu")
    );
    report.say(
        Finding::new(at, message)
            .label(format!("{ADVISED_MS} to 750 ms are advised"))
            .note(format!(
                "callers of {first} are still deciding on one option when the next begins"
            ))
            .help(format!("leave half a second: `pause-between-options: {ADVISED_MS}ms`")),
    );
}
