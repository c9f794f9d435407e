//! What a flow says of itself and of its actions: durations, languages, words that are not known.

use super::lower::Lowering;
use super::speech;
use crate::document::quantity::Millis;
use crate::document::tree::{Content, Prompt, Target, Text, Unknown};
use crate::import::draft::{message, text};
use crate::import::item::Item;
use crate::source::Spanned;

impl<'d> Lowering<'d, '_> {
    /// A message in front of a step, where there is something to be heard.
    pub fn say_before(&mut self, audio: Option<Item<'d>>, wanted: &str, to: Target) -> Target {
        let heard = speech::audio(audio, &self.language);
        let (Some(audio), Some(prompt)) = (audio, heard.prompt) else {
            return to;
        };
        let name = text(self.draft.name(wanted), audio.span());
        self.note_words(&name, Some(&prompt));
        self.draft.add(&name, audio.span(), message(to), Some(prompt));
        Target { name, step: None }
    }

    /// Notes what is not known of the words of a step.
    pub fn note_words(&mut self, step: &Text, prompt: Option<&Prompt>) {
        let segments = || prompt.iter().flat_map(|prompt| &prompt.segments);
        if segments().any(|segment| matches!(segment.content, Content::Audio { text: None, .. })) {
            self.draft.unknown(step, "the wording of a recording");
        }
        if segments().any(|segment| matches!(segment.content, Content::Value(_))) {
            self.draft.unknown(step, "words that are put in while the flow runs");
        }
    }

    /// The setting of an action: its own, or the flow's where it has none.
    pub fn setting(&self, body: Item<'d>, kind: &str, name: &str) -> Option<Spanned<Millis>> {
        let own = body.get(name).and_then(duration);
        let shared = || {
            self.flow
                .get("settingsActionDefaults")?
                .get(kind)?
                .get(name)
                .and_then(duration)
        };
        own.or_else(shared)
    }

    pub fn tag(&mut self) -> Option<Text> {
        let tag = self.flow.entry("defaultLanguage")?;
        let plain = tag.value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !plain {
            self.draft.tree.unknowns.push(Unknown {
                span: tag.span,
                step: None,
                what: "words that are spoken in a language that is put in".to_owned(),
            });
            return None;
        }
        let mut parts = tag.value.split('-');
        let mut known = parts.next().unwrap_or_default().to_lowercase();
        for part in parts {
            known.push('-');
            known.push_str(&if part.len() == 2 {
                part.to_uppercase()
            } else {
                part.to_lowercase()
            });
        }
        Some(tag.map(|_| known))
    }

    pub fn other_language(&mut self, body: Item<'_>) {
        let language = body.get("language").and_then(|value| value.entry("lit"));
        let same = language.is_some_and(|language| language.value.eq_ignore_ascii_case(&self.language));
        let what = "in which of several languages a prompt is spoken";
        let known = self.draft.tree.unknowns.iter().any(|unknown| unknown.what == what);
        if !same && !known {
            self.draft.tree.unknowns.push(Unknown {
                span: body.start(),
                step: None,
                what: what.to_owned(),
            });
        }
    }
}

/// A duration as the file writes it: `lit: {seconds: 5}`, in parts or as text.
pub fn duration(item: Item<'_>) -> Option<Spanned<Millis>> {
    let literal = item.get("lit")?;
    let units = [
        ("ms", 1),
        ("seconds", 1000),
        ("minutes", 60_000),
        ("hours", 3_600_000),
        ("days", 86_400_000),
    ];
    let mut total: u64 = 0;
    let mut met = false;
    for (unit, ms) in units {
        if let Some(amount) = literal.entry(unit) {
            let amount: u64 = amount
                .value
                .trim()
                .parse()
                .ok()
                .filter(|amount| *amount <= 31_622_400)?;
            total = total.checked_add(amount.checked_mul(ms)?)?;
            met = true;
        }
    }
    (met && total <= 31_622_400_000).then(|| Spanned::new(total, literal.span()))
}
