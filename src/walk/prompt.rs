//! A prompt as it is heard: its words, up to where the caller cuts in.

use super::{Walk, What};
use crate::document::tree::{Content, Prompt};
use crate::graph::hearing::{Heard, Hearing};

/// A prompt that is played.
#[derive(Clone, Copy, Debug)]
pub struct Spoken<'t> {
    /// What is played.
    pub prompt: &'t Prompt,
    /// How long all of it lasts.
    pub lasts: Heard,
    /// The attempt that begins with it, from 1; 0 where there are no attempts.
    pub attempt: u32,
    /// Whether the caller has heard the same before, and did not ask for it.
    pub again: bool,
    /// How many of its options the caller has heard out when she cut in; `None` where she heard all of it.
    pub cut: Option<usize>,
}

impl Spoken<'_> {
    /// What is heard, as it is spoken: values in braces, recordings whose words are not known in brackets.
    #[must_use]
    pub fn words(&self) -> String {
        let mut out = String::new();
        let mut options = 0;
        for segment in &self.prompt.segments {
            let part = match &segment.content {
                Content::Text(text) | Content::Audio { text: Some(text), .. } => text.trim().to_owned(),
                Content::Audio { file, text: None } => format!("[{file}]"),
                Content::Value(name) => format!("{{{name}}}"),
                Content::Pause => continue,
            };
            if !out.is_empty() {
                out.push(' ');
            }
            let spoken = segment.spoken.as_deref().unwrap_or_default();
            let last = self
                .cut
                .and_then(|cut| cut.checked_sub(options + 1))
                .and_then(|at| spoken.get(at));
            if let (Some(last), Some(text)) = (last, segment.text()) {
                out.push_str(text.get(..last.span.end as usize).unwrap_or(text).trim_start());
                break;
            }
            out.push_str(&part);
            options += spoken.len();
        }
        out
    }

    /// Whether all words of it are known.
    #[must_use]
    pub fn is_known(&self) -> bool {
        let unknown = |content: &Content| matches!(content, Content::Audio { text: None, .. });
        !self.prompt.segments.iter().any(|segment| unknown(&segment.content))
    }
}

impl<'t> Walk<'_, 't> {
    /// A prompt begins; the clock goes on when what follows it is known.
    pub(super) fn hear(&mut self, prompt: Option<&'t Prompt>, lasts: Heard, attempt: u32) {
        let asked = std::mem::take(&mut self.asked);
        let Some(prompt) = prompt else { return };
        let language = self.graph.tree(self.node).map_or("en", |tree| tree.language());
        let known = prompt.identity(language).is_some_and(|says| !self.heard.insert(says));
        let again = known && !asked;
        self.meters.prompts_again += u32::from(again);
        self.log(What::Hears(Spoken {
            prompt,
            lasts,
            attempt,
            again,
            cut: None,
        }));
    }

    /// The prompt that began last is cut off after so many milliseconds.
    pub(super) fn cut(&mut self, after: u64) {
        if after >= self.hearing.lasts.ms {
            return;
        }
        let heard = options_until(&self.hearing, after);
        let begun = self.entries.iter_mut().rev().find_map(|entry| match &mut entry.what {
            What::Hears(spoken) => Some(spoken),
            _ => None,
        });
        if let (Some(spoken), 1..) = (begun, heard) {
            spoken.cut = Some(heard);
        }
    }
}

fn options_until(hearing: &Hearing<'_>, after: u64) -> usize {
    hearing.options.partition_point(|option| option.known_at.ms <= after)
}
