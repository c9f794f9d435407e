//! What can be asked of a step whatever its kind: what it leads to, what it says.

use super::tree::{
    Attempts, Choice, Collect, Content, Menu, PhoneTree, Prompt, Queue, Segment, Step, StepKind, Target, Transfer,
};
use super::words;
use crate::source::Span;

/// Attempts at a step that says what happens when they fail, and not how many there are.
const ATTEMPTS: u32 = 3;

impl Segment {
    /// A part of a prompt whose words have not been read yet.
    #[must_use]
    pub fn new(span: Span, content: Content, lasts: Option<u64>, language: Option<String>) -> Self {
        Self {
            span,
            content,
            lasts,
            language,
            words: None,
            spoken: None,
            waiting: None,
        }
    }
}

impl Prompt {
    /// A prompt whose words have not been read yet.
    #[must_use]
    pub fn new(span: Span, segments: Vec<Segment>) -> Self {
        Self { span, segments }
    }

    /// A prompt of words alone.
    #[must_use]
    pub fn text(span: Span, text: impl Into<String>) -> Self {
        let segment = Segment::new(span, Content::Text(text.into()), None, None);
        Self::new(span, vec![segment])
    }

    /// All words of the prompt; `None` where a part's words are not known.
    #[must_use]
    pub fn wording(&self) -> Option<String> {
        let mut out = String::new();
        for segment in &self.segments {
            let part = match &segment.content {
                Content::Value(name) => format!("{{{name}}}"),
                Content::Pause => continue,
                _ => segment.text()?.to_owned(),
            };
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&part);
        }
        Some(out)
    }

    /// Reads the words: how many there are, and which keys they announce.
    fn listen(&mut self, language: &str, options: bool) {
        for segment in &mut self.segments {
            let Some(text) = segment.text() else {
                continue;
            };
            let language = segment.language.as_deref().unwrap_or(language);
            let words = words::count(text);
            let spoken = if options { words::read(text, language) } else { None };
            let waiting = if options {
                words::offers_waiting(text, language)
            } else {
                None
            };
            segment.words = words;
            segment.spoken = spoken;
            segment.waiting = waiting;
        }
    }
}

impl PhoneTree {
    /// The language of the prompts; English where nothing is said.
    #[must_use]
    pub fn language(&self) -> &str {
        self.language.as_ref().map_or("en", |tag| tag.value.as_str())
    }

    /// Reads the words of every prompt; to be called once after the prompts are complete.
    pub fn listen(&mut self) {
        let language = self.language().to_owned();
        for step in &mut self.steps {
            let options = matches!(step.kind, StepKind::Menu(_) | StepKind::Collect(_) | StepKind::Queue(_));
            for prompt in step.prompts_mut() {
                prompt.listen(&language, options);
            }
        }
    }
}

impl Step {
    /// The prompts of every attempt.
    pub fn prompts_mut(&mut self) -> impl Iterator<Item = &mut Prompt> {
        let reprompts = match &mut self.kind {
            StepKind::Menu(menu) => Some(&mut menu.reprompts),
            StepKind::Collect(collect) => Some(&mut collect.reprompts),
            _ => None,
        };
        self.prompt.iter_mut().chain(
            reprompts
                .into_iter()
                .flat_map(|r| r.no_input.iter_mut().chain(&mut r.no_match)),
        )
    }

    /// How often a caller may try at a menu or collect step; where that is not said, once, and three times where the
    /// step says what is heard or what follows when an attempt fails.
    #[must_use]
    pub fn attempts(&self) -> Option<Attempts> {
        let (declared, reprompts, targets) = match &self.kind {
            StepKind::Menu(menu) => (
                menu.attempts,
                &menu.reprompts,
                menu.no_input.is_some() || menu.no_match.is_some(),
            ),
            StepKind::Collect(collect) => (
                collect.attempts,
                &collect.reprompts,
                collect.otherwise.is_some() || collect.no_input.is_some() || collect.no_match.is_some(),
            ),
            _ => return None,
        };
        let handled = targets || !reprompts.no_input.is_empty() || !reprompts.no_match.is_empty();
        Some(match declared {
            Some(attempts) => attempts.value,
            None => Attempts::Together(if handled { ATTEMPTS } else { 1 }),
        })
    }

    /// How messages call the step: its name, or its label where the name is an identifier that no person gave.
    #[must_use]
    pub fn shown(&self) -> &str {
        let name = self.name.value.as_str();
        match &self.label {
            Some(label) if is_identifier(name) => &label.value,
            _ => name,
        }
    }

    /// Whether some option is selected by a key.
    #[must_use]
    pub fn takes_keys(&self) -> bool {
        self.choices().iter().any(|choice| choice.keys.is_some())
    }

    /// The options of a menu, a collect step or a queue.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            StepKind::Menu(menu) => &menu.keys,
            StepKind::Collect(collect) => &collect.keys,
            StepKind::Queue(queue) => &queue.keys,
            _ => &[],
        }
    }

    /// Everything that this step leads to: its options first, then the rest in the order of the format's fields.
    #[must_use]
    pub fn targets(&self) -> Vec<&Target> {
        let mut out: Vec<&Target> = self.choices().iter().map(|choice| &choice.to).collect();
        match &self.kind {
            StepKind::Message { then, .. } | StepKind::Voicemail { then, .. } | StepKind::Callback { then, .. } => {
                out.extend(then);
            }
            StepKind::Menu(menu) => out.extend(menu.no_input.iter().chain(&menu.no_match)),
            StepKind::Collect(collect) => {
                out.extend(collect.then.iter().chain(&collect.otherwise));
                out.extend(collect.no_input.iter().chain(&collect.no_match));
            }
            StepKind::Hours {
                open,
                closed,
                holiday,
                emergency,
                ..
            } => out.extend(open.iter().chain(closed).chain(holiday).chain(emergency)),
            StepKind::Decision { cases, otherwise, .. } => {
                out.extend(cases.iter().map(|case| &case.to).chain(otherwise));
            }
            StepKind::SelfService { then, otherwise, .. } => out.extend(then.iter().chain(otherwise)),
            StepKind::Queue(queue) => {
                out.extend(queue.while_waiting.iter().chain(&queue.full));
                out.extend(queue.overflow.iter().filter_map(|overflow| overflow.to.as_ref()));
                out.extend(queue.closed.iter().chain(&queue.otherwise));
            }
            StepKind::Transfer(transfer) => {
                out.extend(transfer.busy.iter().chain(&transfer.unanswered).chain(&transfer.then));
            }
            StepKind::Loop { again, done, .. } => out.extend(again.iter().chain(done)),
            StepKind::Subtree { exits, .. } => out.extend(exits.iter().map(|(_, to)| to)),
            StepKind::Agent { .. } | StepKind::HangUp { .. } | StepKind::Return { .. } | StepKind::Unknown => {}
        }
        out.extend(&self.error);
        out
    }

    /// Calls `f` with everything that this step leads to.
    pub fn targets_mut(&mut self, f: &mut dyn FnMut(&mut Target)) {
        let mut all = |targets: &mut [&mut Option<Target>]| {
            for target in targets {
                if let Some(target) = target.as_mut() {
                    f(target);
                }
            }
        };
        all(&mut [&mut self.error]);
        match &mut self.kind {
            StepKind::Message { then, .. } | StepKind::Voicemail { then, .. } | StepKind::Callback { then, .. } => {
                all(&mut [then]);
            }
            StepKind::Menu(menu) => {
                let Menu {
                    keys,
                    no_input,
                    no_match,
                    ..
                } = &mut **menu;
                all(&mut [no_input, no_match]);
                for choice in keys {
                    f(&mut choice.to);
                }
            }
            StepKind::Collect(collect) => {
                let Collect {
                    keys,
                    then,
                    otherwise,
                    no_input,
                    no_match,
                    ..
                } = &mut **collect;
                all(&mut [then, otherwise, no_input, no_match]);
                for choice in keys {
                    f(&mut choice.to);
                }
            }
            StepKind::Hours {
                open,
                closed,
                holiday,
                emergency,
                ..
            } => all(&mut [open, closed, holiday, emergency]),
            StepKind::Decision { cases, otherwise, .. } => {
                all(&mut [otherwise]);
                for case in cases {
                    f(&mut case.to);
                }
            }
            StepKind::SelfService { then, otherwise, .. } => all(&mut [then, otherwise]),
            StepKind::Queue(queue) => {
                let Queue {
                    while_waiting,
                    keys,
                    overflow,
                    full,
                    closed,
                    otherwise,
                    ..
                } = &mut **queue;
                all(&mut [while_waiting, full, closed, otherwise]);
                if let Some(overflow) = overflow {
                    all(&mut [&mut overflow.to]);
                }
                for choice in keys {
                    f(&mut choice.to);
                }
            }
            StepKind::Transfer(transfer) => {
                let Transfer {
                    busy, unanswered, then, ..
                } = &mut **transfer;
                all(&mut [busy, unanswered, then]);
            }
            StepKind::Loop { again, done, .. } => all(&mut [again, done]),
            StepKind::Subtree { exits, .. } => exits.iter_mut().for_each(|(_, to)| f(to)),
            StepKind::Agent { .. } | StepKind::HangUp { .. } | StepKind::Return { .. } | StepKind::Unknown => {}
        }
    }
}

/// Whether a name is of the form 96f7b261-1e9b-41cf-acb3-25502f1997a4, as programs give them.
fn is_identifier(name: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    name.split('-').count() == lengths.len()
        && name
            .split('-')
            .zip(lengths)
            .all(|(part, length)| part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
