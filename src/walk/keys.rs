//! Which option keys select, once that is decided.

use super::Walk;
use crate::document::quantity::Keys;
use crate::document::tree::StepKind;
use crate::graph::Cause;
use crate::graph::expand::takes;

/// What the system makes of keys that were pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// It acts at once.
    Acts,
    /// It waits whether more keys come.
    Waits,
}

/// What becomes of keys at a menu or queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The option, as a move; `None` where the keys are wrong.
    pub edge: Option<u32>,
    /// How many of the keys are taken.
    pub keys: usize,
    /// Whether the system first waits whether more keys come.
    pub after_pause: bool,
}

impl Walk<'_, '_> {
    /// What the system makes of keys at the step where the call is.
    #[must_use]
    pub fn typed(&self, keys: &str) -> Typed {
        let acts = match self.step().map(|step| &step.kind) {
            Some(StepKind::Collect(collect)) => {
                let most = collect.digits.map_or(usize::MAX, |digits| digits.value.max as usize);
                let end = collect.terminator.as_ref().map(|end| end.value.as_str());
                keys.len() >= most || end.is_some_and(|end| keys.ends_with(end))
            }
            _ => !self.take_keys(keys).after_pause,
        };
        if acts { Typed::Acts } else { Typed::Waits }
    }

    /// The option that keys select at a menu or in a queue: what acts first.
    ///
    /// A key acts as soon as no longer option can be meant, or as many keys as the menu takes are there. Of options that fit, the first without a pattern goes before
    /// patterns. O(options x keys).
    pub(super) fn take_keys(&self, keys: &str) -> Taken {
        let takes = self.step().and_then(|step| takes(&step.kind));
        for length in 1..=keys.len() {
            let typed = keys.get(..length).unwrap_or(keys);
            let edge = self.option_of(typed);
            let longer = match takes {
                Some(most) => typed.len() < most as usize,
                None => self.options().any(|(_, option)| option.goes_on_after(typed)),
            };
            if !longer || length == keys.len() {
                return Taken {
                    edge,
                    keys: length,
                    after_pause: longer,
                };
            }
        }
        Taken {
            edge: None,
            keys: 0,
            after_pause: false,
        }
    }

    /// The move that keys select when nothing follows them.
    pub(super) fn option_of(&self, keys: &str) -> Option<u32> {
        let literal = self.options().find(|(_, option)| option.as_str() == keys);
        let found = literal.or_else(|| self.options().find(|(_, option)| option.matches(keys)));
        found.map(|(edge, _)| edge)
    }

    /// The keys of the options here, each with its move; a step's own first.
    fn options(&self) -> impl Iterator<Item = (u32, &Keys)> {
        self.graph.moves(self.node).filter_map(|(edge, _, way)| {
            let option = (way.cause == Cause::Key).then(|| self.graph.choice(edge)).flatten()?;
            Some((edge, &option.keys.as_ref()?.value))
        })
    }
}

/// Keys without what people write between them; `None` where something is no key.
pub fn bare(text: &str) -> Option<String> {
    let keys: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let known = |c: char| c.is_ascii_digit() || matches!(c, '*' | '#');
    (!keys.is_empty() && keys.chars().all(known)).then_some(keys)
}
