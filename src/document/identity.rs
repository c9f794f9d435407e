//! What a prompt is compared by when the question is whether two say the same.

use super::tree::{Content, Prompt, Segment};
use super::words::normalise;

impl Prompt {
    /// The normalised words of the prompt; `None` where nothing is said.
    ///
    /// Two prompts say the same when their words are the same but for case, punctuation, numbers written out and the
    /// values that are spoken; where nothing but values is spoken, they have to be the same values. A recording without
    /// known words is the same as another of its name. One word is compared as
    /// one word: a number written in several words ("twenty four") is not that in digits ("24").
    #[must_use]
    pub fn identity(&self, language: &str) -> Option<String> {
        let mut out = String::new();
        let is_value = |segment: &Segment| matches!(segment.content, Content::Value(_) | Content::Pause);
        let only_values = self.segments.iter().all(is_value);
        for segment in &self.segments {
            let language = segment.language.as_deref().unwrap_or(language);
            let part = match (&segment.content, segment.text()) {
                (_, Some(text)) => normalise(text, language),
                (Content::Audio { file, .. }, None) => format!("[{file}]"),
                (Content::Value(name), None) if only_values => format!("{{{name}}}"),
                (Content::Value(_), None) => "{x}".to_owned(),
                _ => continue,
            };
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&part);
        }
        (!out.is_empty()).then_some(out)
    }
}
