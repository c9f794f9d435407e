//! A prompt of the automaton: its words, how long it lasts, when each option is known.

use super::Parts;
use crate::document::tree::{Choice, Content, PhoneTree, Prompt};
use crate::graph::hearing::{self, Heard};
use crate::graph::number;
use serde::Serialize;

/// A prompt.
#[derive(Debug, Serialize)]
pub struct PromptJson {
    words: String,
    /// How long it lasts.
    lasts: (u64, u32),
    /// How long it lasts with the pauses between its options, where that is longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    paused: Option<(u64, u32)>,
    /// Prompts of the same number say the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    same: Option<u32>,
    /// For each of its options in the order in which they are spoken: how much of the words is heard with it, in UTF-16,
    /// and when it is known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    spoken: Vec<(usize, u64)>,
    /// For each option of the step, when it is known from this prompt; nothing for one that it does not announce.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    known: Vec<Option<(u64, u32)>>,
}

fn pair(heard: Heard) -> (u64, u32) {
    (heard.ms, heard.unknown)
}

impl Parts<'_, '_> {
    /// The number of a prompt that is heard at a step with these options.
    pub(super) fn prompt<'c>(
        &mut self,
        tree: &PhoneTree,
        prompt: &Prompt,
        choices: impl Iterator<Item = &'c Choice>,
    ) -> u32 {
        let voice = self.pace.with(tree.voice);
        let hearing = hearing::listen(prompt, &voice);
        let lasts = hearing::lasts(prompt, &voice);
        let (words, ends) = words(prompt);
        let known: Vec<_> = choices
            .map(|choice| {
                let announced = hearing.announces(choice).filter(|_| choice.announced != Some(false));
                announced.map(|option| pair(option.known_at))
            })
            .collect();
        let next = number(self.said.len());
        let same = prompt
            .identity(tree.language())
            .map(|says| *self.said.entry(says).or_insert(next));
        let announced = hearing.options.iter().map(|option| option.known_at.ms);
        self.prompts.push(PromptJson {
            words,
            lasts: pair(lasts),
            paused: Some(pair(hearing.lasts)).filter(|paused| *paused != pair(lasts)),
            same,
            spoken: ends.into_iter().zip(announced).collect(),
            known: if known.iter().any(Option::is_some) {
                known
            } else {
                Vec::new()
            },
        });
        number(self.prompts.len()).saturating_sub(1)
    }
}

/// The words of a prompt as `walk` tells them, and how long they are, in UTF-16, with each of its options; linear.
fn words(prompt: &Prompt) -> (String, Vec<usize>) {
    let (mut out, mut ends) = (String::new(), Vec::new());
    let mut length = 0;
    let mut add = |out: &mut String, text: &str| {
        out.push_str(text);
        length += text.encode_utf16().count();
        length
    };
    for segment in &prompt.segments {
        let part = match &segment.content {
            Content::Text(text) | Content::Audio { text: Some(text), .. } => text.trim().to_owned(),
            Content::Audio { file, text: None } => format!("[{file}]"),
            Content::Value(name) => format!("{{{name}}}"),
            Content::Pause => continue,
        };
        if !out.is_empty() {
            add(&mut out, " ");
        }
        let text = segment.text().unwrap_or_default();
        let mut told = text.len() - text.trim_start().len();
        for option in segment.spoken.iter().flatten() {
            let end = (option.span.end as usize).max(told);
            let length = add(&mut out, text.get(told..end).unwrap_or_default());
            told = end;
            ends.push(length);
        }
        let rest = match segment.text() {
            Some(text) => text.get(told..).unwrap_or_default().trim_end().to_owned(),
            None => part,
        };
        add(&mut out, &rest);
    }
    (out, ends)
}
