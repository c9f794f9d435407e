//! The silence after keys, in which the system waits whether more of them come.

use crate::document::quantity::{Keys, Millis};
use crate::document::tree::{Choice, StepKind};
use std::collections::HashSet;

/// The pause after a key that another could follow, where a step does not say: 3 s.
pub(crate) const INTER_DIGIT: Millis = 3000;
/// So many patterns of one step are looked at.
const PATTERNS_MAX: usize = 64;

/// How long a step waits for a further key, in milliseconds.
pub(crate) fn inter_digit(kind: &StepKind) -> Millis {
    let own = match kind {
        StepKind::Menu(menu) => menu.inter_digit,
        StepKind::Collect(collect) => collect.inter_digit,
        _ => None,
    };
    own.map_or(INTER_DIGIT, |pause| pause.value)
}

/// How many keys a step takes before it acts on them; `None` where they act once no longer option can be meant.
pub(crate) fn takes(kind: &StepKind) -> Option<u32> {
    match kind {
        StepKind::Menu(menu) => menu.digits.map(|digits| digits.value.max),
        StepKind::Collect(collect) => Some(collect.digits.map_or(u32::MAX, |digits| digits.value.max)),
        _ => None,
    }
}

/// The pause after one key that begins no option but that further keys may follow, in milliseconds.
pub(crate) fn after_one(kind: &StepKind) -> Millis {
    let waits = takes(kind).is_some_and(|most| most > 1);
    if waits { inter_digit(kind) } else { 0 }
}

/// The pause after a wrong key at a menu.
pub(crate) fn after_wrong(kind: &StepKind) -> Millis {
    if matches!(kind, StepKind::Menu(_)) {
        after_one(kind)
    } else {
        0
    }
}

/// What is pressed for the options of a step, as far as it begins the keys of others.
pub(super) struct Pauses<'t> {
    pause: Millis,
    takes: Option<u32>,
    beginnings: HashSet<&'t str>,
    patterns: Vec<&'t Keys>,
}

impl<'t> Pauses<'t> {
    /// Looks at the options of a step; linear in the length of their keys.
    pub fn of(kind: &StepKind, options: impl Iterator<Item = &'t Choice>) -> Self {
        let mut pauses = Self {
            pause: inter_digit(kind),
            takes: takes(kind),
            beginnings: HashSet::new(),
            patterns: Vec::new(),
        };
        if pauses.takes.is_some() {
            return pauses;
        }
        for keys in options.filter_map(|choice| Some(&choice.keys.as_ref()?.value)) {
            let text = keys.as_str();
            if keys.is_literal() {
                pauses
                    .beginnings
                    .extend((1..text.len()).filter_map(|end| text.get(..end)));
            } else if text.len() > 1 && pauses.patterns.len() < PATTERNS_MAX {
                pauses.patterns.push(keys);
            }
        }
        pauses
    }

    /// The pause after the keys of an option: of a pattern, that after whatever is pressed for it.
    pub fn after(&self, choice: &Choice) -> Millis {
        let Some(keys) = choice.keys.as_ref().map(|keys| &keys.value) else {
            return 0;
        };
        let waits = match self.takes {
            Some(most) => keys.presses() < most,
            None => {
                self.beginnings.contains(keys.as_str())
                    || self.patterns.iter().any(|pattern| pattern.goes_on_after(keys.as_str()))
            }
        };
        if waits { self.pause } else { 0 }
    }
}
