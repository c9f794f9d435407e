//! Prompts: text, or a list of segments.

use super::Reader;
use super::fields::Fields;
use crate::document::tree::{Content, Prompt, Reprompts, Segment};
use crate::document::vocabulary;
use crate::document::words::ends_asking_for_key;
use crate::error::{Problem, ProblemKind};
use crate::node::{Kind, Node, Style};

impl Reader<'_> {
    /// A prompt.
    pub fn prompt(&mut self, node: Node<'_>) -> Option<Prompt> {
        let segments: Vec<Segment> = match node.kind() {
            Kind::Sequence => node.items().filter_map(|item| self.segment(item)).collect(),
            _ => self.segment(node).into_iter().collect(),
        };
        (!segments.is_empty()).then(|| Prompt::new(node.span(), segments))
    }

    /// A list of prompts; one alone need not be a list, and a list of segments is one prompt a segment.
    pub fn reprompts(&mut self, node: Node<'_>) -> Reprompts {
        if node.kind() == Kind::Mapping {
            let mut out = Reprompts {
                apart: true,
                ..Reprompts::default()
            };
            if let Some(mut fields) = Fields::of(self, node, node.span(), &vocabulary::REPROMPTS) {
                out.no_input = fields.take("no-input").map_or(Vec::new(), |n| self.prompts(n));
                out.no_match = fields.take("no-match").map_or(Vec::new(), |n| self.prompts(n));
                fields.finish(self);
            }
            return out;
        }
        let prompts = self.prompts(node);
        Reprompts {
            no_match: prompts.clone(),
            no_input: prompts,
            apart: false,
        }
    }

    fn prompts(&mut self, node: Node<'_>) -> Vec<Prompt> {
        match node.kind() {
            Kind::Sequence => node.items().filter_map(|item| self.prompt(item)).collect(),
            _ => self.prompt(node).into_iter().collect(),
        }
    }

    fn segment(&mut self, node: Node<'_>) -> Option<Segment> {
        if node.kind() != Kind::Mapping {
            let text = self.text(node)?;
            if node.style() == Some(Style::Plain) {
                self.check_cut(node, &text.value);
            }
            return Some(Segment::new(text.span, Content::Text(text.value), None, None));
        }
        let mut fields = Fields::of(self, node, node.span(), &vocabulary::SEGMENT)?;
        let text = fields.take("text").and_then(|n| self.text(n));
        let audio = fields.take("audio").and_then(|n| self.text(n));
        let value = fields.take("value").and_then(|n| self.text(n));
        let pause = fields.take("pause").and_then(|n| self.duration(n));
        let lasts = fields.take("seconds").and_then(|n| self.seconds(n)).map(|s| s.value);
        let language = fields.take("language").and_then(|n| self.text(n)).map(|t| t.value);
        fields.finish(self);
        let content = match (audio, text, value, pause) {
            (Some(file), text, None, None) => Content::Audio {
                file: file.value,
                text: text.map(|t| t.value),
            },
            (None, Some(text), None, None) => Content::Text(text.value),
            (None, None, Some(value), None) => Content::Value(value.value),
            (None, None, None, Some(pause)) => {
                return Some(Segment::new(node.span(), Content::Pause, Some(pause.value), None));
            }
            _ => {
                if !self.is_repaired(node.span(), None) {
                    self.problems.push(
                        Problem::new(ProblemKind::BadValue, node.span(), "a part of a prompt is either words, a recording, a value or a pause")
                            .help("write one of {text: ...}, {audio: file, seconds: 4, text: ...}, {value: name, seconds: 3}, {pause: 1s}"),
                    );
                }
                return None;
            }
        };
        Some(Segment::new(node.span(), content, lasts, language))
    }

    /// `prompt: Press # to repeat` ends at `Press`: the rest is a comment to YAML.
    fn check_cut(&mut self, node: Node<'_>, text: &str) {
        let Some(after) = self.source.get(node.span().end as usize..) else {
            return;
        };
        let rest = after.trim_start_matches([' ', '\t']);
        if rest.len() < after.len() && rest.starts_with('#') && ends_asking_for_key(text) {
            self.problems.push(
                Problem::new(
                    ProblemKind::Syntax,
                    node.span(),
                    "the prompt is cut here: ` #` begins a comment, and the words after it are lost",
                )
                .help("put the whole prompt in quotes"),
            );
        }
    }
}
