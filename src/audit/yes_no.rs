//! Questions that are answered by yes or no.

use super::Audit;
use crate::document::tree::Step;
use crate::document::words::answers::{is_no, is_yes};

impl Audit<'_> {
    /// Whether the services that a menu offers are the answers yes and no, and one of them is there.
    #[must_use]
    pub fn asks_yes_or_no(&self, node: u32, step: &Step) -> bool {
        let mut services = step
            .choices()
            .iter()
            .filter(|choice| self.is_service(step, choice))
            .peekable();
        let answers = |words: &str| is_yes(words) || is_no(words);
        services.peek().is_some()
            && services.all(|choice| {
                self.label(node, choice).is_some_and(answers)
                    || choice.says.first().is_some_and(|says| answers(&says.value))
            })
    }
}
