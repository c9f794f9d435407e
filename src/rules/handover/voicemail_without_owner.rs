//! Nobody is named who will call back, or by when.
//!
//! ## What
//! Voicemail and call-back steps that leave out who owns the message, or by when it is answered.
//!
//! ## Why
//! A message that is nobody's is heard by nobody, and the caller who trusted it calls again, angrier. Callers tell of
//! promises that were kept as the mark of good service ("Customer Service Week: What Makes Great Service?", 27 September
//! 2009), and want whoever takes the call to own it. Israel's regulations have a call back within three hours; Spain's
//! Ley 10/2025 a key by which the matter can be followed, as reported by legaltoday.com.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: message
//! steps:
//!   message: {kind: voicemail, prompt: Please leave a message.}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: message
//! steps:
//!   message: {kind: voicemail, prompt: Please leave a message., owner: Front desk, answered-within: 1 business day}
//! ```
//!
//! ## Fix
//! Name the team or person who listens, and the time by which they answer; then say that time in the prompt.
//!
//! ## Limits
//! Only what the file says is looked at, not what happens. Other formats have no place for it: of a flow that was
//! imported nothing is said until its overlay names one of the two.
//!
//! ## Source
//! "Customer Service Week: What Makes Great Service?", 27 September 2009; Israel, Consumer Protection Regulations
//! (telephone service), 2012.

use crate::audit::Audit;
use crate::audit::marks::Kind;
use crate::document::tree::{Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "voicemail-without-owner",
    text: include_str!("voicemail_without_owner.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for (_, step) in audit.of_kind(|kind| matches!(kind, Kind::Voicemail | Kind::Callback)) {
        let Some(promise) = Promise::of(step) else { continue };
        let what = match (promise.has_owner, promise.has_deadline) {
            (true, true) => continue,
            // The formats of telephone systems have no word for it.
            (_, false) if audit.is_imported => continue,
            (false, false) => "who answers, nor by when",
            (false, true) => "who answers",
            (true, false) => "by when it is answered",
        };
        let verb = if promise.has_owner == promise.has_deadline {
            "names neither"
        } else {
            "does not say"
        };
        let message = format!("`{}` {verb} {what}", step.shown());
        let finding = Finding::new(audit.at_step(step), message)
            .note("a caller who trusted the promise waits for nobody, and calls again")
            .help(format!("add {}", promise.missing()));
        report.say(finding);
    }
}

/// What a step promises.
struct Promise {
    has_owner: bool,
    has_deadline: bool,
    /// The field for the deadline.
    deadline: &'static str,
}

impl Promise {
    fn of(step: &Step) -> Option<Self> {
        match &step.kind {
            StepKind::Voicemail {
                owner, answered_within, ..
            } => Some(Self {
                has_owner: owner.is_some(),
                has_deadline: answered_within.is_some(),
                deadline: "`answered-within: 1 business day`",
            }),
            StepKind::Callback { owner, within, .. } => Some(Self {
                has_owner: owner.is_some(),
                has_deadline: within.is_some(),
                deadline: "`within: 2h`",
            }),
            _ => None,
        }
    }

    /// What to add, as examples.
    fn missing(&self) -> String {
        let owner = (!self.has_owner).then_some("`owner: the team that answers`");
        let deadline = (!self.has_deadline).then_some(self.deadline);
        let both: Vec<&str> = owner.into_iter().chain(deadline).collect();
        format!("{}, as it is", both.join(" and "))
    }
}
