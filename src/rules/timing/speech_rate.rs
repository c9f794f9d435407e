//! Prompts are spoken very slowly or very fast.
//!
//! ## What
//! Words a minute at which the file says that prompts are spoken, outside of 125 to 180.
//!
//! ## Why
//! The evidence is weak, and this is worth knowing rather than worth mending. Trainers of people who answer telephones
//! recommend 125 to 150 words a minute (service-training.co.uk). Sharit, Czaja, Nair and Lee (2003) varied the rate of
//! telephone menus for younger and older listeners and found no effect on how well they did. What is certain is only
//! arithmetic: at 110 words a minute all callers listen a third longer than at 150.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! voice: {words-per-minute: 200}
//! steps:
//!   agents: {kind: agent, prompt: You are being connected.}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! voice: {words-per-minute: 150}
//! steps:
//!   agents: {kind: agent, prompt: You are being connected.}
//! ```
//!
//! ## Fix
//! Have prompts spoken at 125 to 180 words a minute, or correct the figure: all times that are computed rest on it.
//!
//! ## Limits
//! Only the figure that the file declares is looked at, and both ends of the range are this project's judgement. Where
//! the rate was measured on recordings in another language, its usual range may be another.
//!
//! ## Source
//! Sharit, Czaja, Nair and Lee, "Effects of age, speech rate and environmental support in using telephone voice menu
//! systems", Human Factors 45(2), 2003.

use crate::audit::Audit;
use crate::finding::{At, Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::ops::RangeInclusive;

/// Words a minute that are not found fault with.
const USUAL: RangeInclusive<u32> = 125..=180;

/// The rule.
pub const RULE: Rule = Rule {
    name: "speech-rate",
    text: include_str!("speech_rate.rs"),
    severity: Severity::Info,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let declared = audit.tree.voice.words_per_minute;
    let Some(rate) = declared.filter(|rate| !USUAL.contains(&rate.value)) else {
        return;
    };
    let slow = rate.value < *USUAL.start();
    let at = At {
        span: rate.span,
        ..audit.at_tree()
    };
    let message = format!(
        "prompts are spoken at {} words a minute, {} than the usual {} to {}",
        rate.value,
        if slow { "slower" } else { "faster" },
        USUAL.start(),
        USUAL.end()
    );
    let finding = Finding::new(at, message)
        .note(if slow {
            "all callers listen longer to the same words"
        } else {
            "a caller who missed a word has to hear the prompt again"
        })
        .help("speak at a usual rate, or correct the figure: all times that are computed rest on it");
    report.say(finding);
}
