//! What can be asked of a step whatever its kind: what it leads to, what it says.

use super::tree::{
    Attempts, Case, Choice, Collect, Content, Menu, PhoneTree, Prompt, Queue, Segment, Step, StepKind, Target, Text,
    Transfer,
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
            let (spoken, waiting) = if options {
                (words::read(text, language), words::offers_waiting(text, language))
            } else {
                (None, None)
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
            let listen = |prompts: &mut [Prompt]| {
                for prompt in prompts {
                    prompt.listen(&language, options);
                }
            };
            listen(step.prompt.as_mut_slice());
            let reprompts = match &mut step.kind {
                StepKind::Menu(menu) => &mut menu.reprompts,
                StepKind::Collect(collect) => &mut collect.reprompts,
                _ => continue,
            };
            listen(&mut reprompts.no_input);
            if reprompts.apart {
                listen(&mut reprompts.no_match);
            } else {
                // The same words are read once.
                reprompts.no_match.clone_from(&reprompts.no_input);
            }
        }
    }
}

impl Step {
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

    /// Whether each of the twelve keys is an option, so that none is wrong.
    #[must_use]
    pub fn takes_every_key(&self) -> bool {
        let is_option = |key: char| {
            let key = key.to_string();
            let mut keys = self.choices().iter().filter_map(|choice| choice.keys.as_ref());
            keys.any(|keys| keys.value.as_str() == key || keys.value.matches(&key))
        };
        "1234567890*#".chars().all(is_option)
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
    pub fn targets(&self) -> impl Iterator<Item = &Target> {
        let (mut cases, mut exits): (&[Case], &[(Text, Target)]) = (&[], &[]);
        let fields: [&Option<Target>; 5] = match &self.kind {
            StepKind::Message { then, .. } | StepKind::Voicemail { then, .. } | StepKind::Callback { then, .. } => {
                [then, &None, &None, &None, &None]
            }
            StepKind::Menu(menu) => [&menu.no_input, &menu.no_match, &None, &None, &None],
            StepKind::Collect(collect) => [
                &collect.then,
                &collect.otherwise,
                &collect.no_input,
                &collect.no_match,
                &None,
            ],
            StepKind::Hours {
                open,
                closed,
                holiday,
                emergency,
                ..
            } => [open, closed, holiday, emergency, &None],
            StepKind::Decision {
                cases: all, otherwise, ..
            } => {
                cases = all;
                [otherwise, &None, &None, &None, &None]
            }
            StepKind::SelfService { then, otherwise, .. } => [then, otherwise, &None, &None, &None],
            StepKind::Queue(queue) => [
                &queue.while_waiting,
                &queue.full,
                queue.overflow.as_ref().map_or(&None, |overflow| &overflow.to),
                &queue.closed,
                &queue.otherwise,
            ],
            StepKind::Transfer(transfer) => [&transfer.busy, &transfer.unanswered, &transfer.then, &None, &None],
            StepKind::Loop { again, done, .. } => [again, done, &None, &None, &None],
            StepKind::Subtree { exits: all, .. } => {
                exits = all;
                [&None; 5]
            }
            StepKind::Agent { .. } | StepKind::HangUp { .. } | StepKind::Return { .. } | StepKind::Unknown => {
                [&None; 5]
            }
        };
        let options = self.choices().iter().map(|choice| &choice.to);
        options
            .chain(cases.iter().map(|case| &case.to))
            .chain(exits.iter().map(|(_, to)| to))
            .chain(fields.into_iter().flatten())
            .chain(&self.error)
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
