//! Actions in a row become steps that lead to one another.

use super::apps::Done;
use super::hunt::Scene;
use super::lower::{Lowering, Next};
use super::parts::{Action, whole};
use super::sounds;
use super::vocabulary::{Means, application};
use crate::document::tree::{Content, Prompt, Segment, Text};
use crate::source::Spanned;

/// Sounds that are joined to one message.
const JOINED_MAX: usize = 200;

impl Lowering<'_> {
    /// What actions do, one after the other, and then what follows them.
    pub fn actions(&mut self, all: &[Action], scene: &Scene, after: Next) -> Next {
        let means = |action: &Action| application(&action.app.value).map(|word| word.means);
        let last = all.iter().position(|action| means(action).is_some_and(Means::is_last));
        let all = last.map_or(all, |last| all.get(..=last).unwrap_or(all));
        // Where the call is before each action, the last one first.
        let mut before: Vec<Next> = vec![after];
        let mut at = all.len();
        while let Some(action) = at.checked_sub(1).and_then(|at| all.get(at)) {
            at -= 1;
            let next = before.last().cloned().unwrap_or_else(|| self.end(scene.place));
            let Some(word) = application(&action.app.value) else {
                if !action.app.value.is_empty() {
                    self.stranger(format!("the application `{}`", action.app.value), action.app.span);
                }
                before.push(next);
                continue;
            };
            if word.means.is_heard() {
                let is_joined = |action: &Action| means(action).is_some_and(|m| m.is_heard() || m == Means::Nothing);
                let run = all.get(..at).unwrap_or_default().iter().rev().take(JOINED_MAX);
                let joined = run.take_while(|action| is_joined(action)).count();
                let from = at - joined;
                let prompt = self.sound(all.get(from..=at).unwrap_or_default());
                let name = format!("{}: {}", scene.name, word.name);
                let span = prompt.as_ref().map_or(action.data.span, |prompt| prompt.span);
                let to = self.heard(&name, span, prompt, next);
                before.extend(std::iter::repeat_n(to, joined + 1));
                at = from;
                continue;
            }
            let done = Done {
                action,
                earlier: all.get(..at).unwrap_or_default(),
                later: all.get(at + 1..).unwrap_or_default(),
                before: &before,
                next,
            };
            let to = self.application(word, &done, scene);
            before.push(to);
        }
        before.pop().unwrap_or_else(|| self.end(scene.place))
    }

    /// What is heard of actions that only play something.
    fn sound(&self, actions: &[Action]) -> Option<Prompt> {
        let mut prompt: Option<Prompt> = None;
        for action in actions {
            let data = &action.data;
            let mut segments: Vec<Segment> = Vec::new();
            match application(&action.app.value).map(|word| word.means) {
                Some(Means::Play) => {
                    let heard = sounds::prompt(self.config, data);
                    segments.extend(heard.into_iter().flat_map(|prompt| prompt.segments));
                }
                Some(Means::Speak) => {
                    let words = data.value.splitn(3, '|').last().unwrap_or_default();
                    sounds::words(words, data.span, &mut segments);
                }
                Some(Means::Phrase) => sounds::phrase(self.config, &data.value, data.span, 0, &mut segments),
                Some(Means::Say) => {
                    let value = data.value.split_whitespace().last().unwrap_or_default().to_owned();
                    segments.push(Segment::new(data.span, Content::Value(value), None, None));
                }
                Some(Means::Sleep) => segments.extend(sounds::pause(data.span, whole(&data.value))),
                _ => {}
            }
            if !segments.is_empty() {
                prompt = sounds::both(prompt, Some(Prompt::new(data.span, segments)));
            }
        }
        // Silence alone is no prompt where it only lets the line settle.
        prompt
    }

    /// Facts that `set` establishes, where conditions are asked again behind it.
    pub fn set(&mut self, done: &Done<'_>, scene: &Scene) -> Next {
        let data = &done.action.data;
        let pair = data.value.trim_start_matches("nolocal:").split_once('=');
        let Some((name, value)) = pair.filter(|(name, _)| self.facts.contains(name.trim())) else {
            return done.next.clone();
        };
        let asks = |action: &Action| {
            let means = application(&action.app.value).map(|word| word.means);
            matches!(means, Some(Means::Transfer | Means::Run | Means::Menu))
        };
        if !done.action.is_inline && !done.later.iter().any(asks) {
            return done.next.clone();
        }
        let text = |text: &str| -> Text { Spanned::new(text.trim().to_owned(), data.span) };
        let value = if value.contains("${") {
            text("unknown")
        } else {
            text(value)
        };
        let sets = vec![(text(name), value)];
        self.facts_hold(&format!("{}: set", scene.name), data.span, sets, done.next.clone())
    }
}
