//! Small phone trees of every kind of step, to be written as YAML.

use std::fmt::Write as _;

/// A tree to be written as YAML; targets are numbers of steps.
#[derive(Clone, Debug)]
pub struct Sketch {
    pub steps: Vec<Kind>,
}

/// One option of a menu.
#[derive(Clone, Debug)]
pub struct Choice {
    pub key: char,
    pub to: usize,
    pub announced: bool,
    pub role: Option<&'static str>,
}

/// What a step does.
#[derive(Clone, Debug)]
pub enum Kind {
    Message {
        words: usize,
        seconds: u32,
        then: usize,
    },
    Menu(Menu),
    Collect {
        datum: usize,
        digits: u32,
        known: bool,
        then: usize,
        otherwise: Option<usize>,
        attempts: u32,
    },
    Hours {
        schedule: Option<usize>,
        open: usize,
        closed: usize,
        holiday: Option<usize>,
        emergency: Option<usize>,
    },
    Decision {
        fact: usize,
        cases: Vec<usize>,
        otherwise: Option<usize>,
    },
    SelfService {
        then: usize,
        otherwise: Option<usize>,
    },
    Queue {
        pool: bool,
        key: Option<usize>,
        overflow: Option<usize>,
        closed: Option<usize>,
    },
    Agent,
    Transfer {
        reaches: &'static str,
        busy: Option<usize>,
        then: Option<usize>,
    },
    Promise {
        voicemail: bool,
        then: Option<usize>,
    },
    HangUp {
        reason: Option<&'static str>,
    },
    Loop {
        times: u32,
        again: usize,
        done: usize,
    },
    Subtree {
        entry: usize,
        exit: usize,
    },
    Return,
    Sets {
        fact: usize,
        then: usize,
    },
}

/// A menu: it says some words, then its announced options.
#[derive(Clone, Debug)]
pub struct Menu {
    pub words: usize,
    pub seconds: u32,
    pub choices: Vec<Choice>,
    pub attempts: Option<u32>,
    pub reprompt: bool,
    pub no_input: Option<usize>,
    pub no_match: Option<usize>,
    pub barge_in: bool,
}

pub const WORDS: [&str; 4] = [
    "Welcome.",
    "Good day to you.",
    "Thanks for calling us.",
    "What is it about.",
];
const TOPICS: [&str; 12] = [
    "billing", "cards", "loans", "repairs", "orders", "returns", "claims", "travel", "savings", "pensions", "stars",
    "gates",
];

impl Sketch {
    /// The tree as YAML, its steps called `step-0` and so on.
    pub fn yaml(&self) -> String {
        self.yaml_named("step")
    }

    /// The same with another word in the names of steps.
    pub fn yaml_named(&self, word: &str) -> String {
        let mut out = format!(
            "phone-tree: 1\nentry: {word}-0\n\
             schedules:\n  day: {{open: {{mon-fri: \"08:00-18:00\"}}, closed-on: [2026-12-25]}}\n\
             \x20 late: {{open: {{mon-sat: \"12:00-22:00\"}}}}\n\
             pools:\n  team: {{agents: {{mon-fri: {{\"09:00-17:00\": 3}}}}}}\nsteps:\n"
        );
        for (at, step) in self.steps.iter().enumerate() {
            let _ = writeln!(out, "  {word}-{at}: {{{}}}", step.fields(word));
        }
        out
    }
}

impl Kind {
    fn fields(&self, name: &str) -> String {
        let to = |field: &str, target: Option<usize>| {
            target.map_or(String::new(), |target| format!(", {field}: {name}-{target}"))
        };
        match self {
            Self::Message { words, seconds, then } => {
                format!("kind: message, prompt: {}, then: {name}-{then}", said(*words, *seconds))
            }
            Self::Menu(menu) => menu.fields(name),
            Self::Collect {
                datum,
                digits,
                known,
                then,
                otherwise,
                attempts,
            } => format!(
                "kind: collect, collects: datum-{datum}, prompt: {}, digits: {digits}, skip-if-known: {known}, \
                 attempts: {attempts}, then: {name}-{then}{}",
                said(*datum, 4),
                to("otherwise", *otherwise)
            ),
            Self::Hours {
                schedule,
                open,
                closed,
                holiday,
                emergency,
            } => format!(
                "kind: hours, schedule: {}, open: {name}-{open}, closed: {name}-{closed}{}{}",
                schedule.map_or("unknown", |at| ["day", "late"][at]),
                to("holiday", *holiday),
                to("emergency", *emergency)
            ),
            Self::Decision { fact, cases, otherwise } => {
                let cases: Vec<String> = cases
                    .iter()
                    .enumerate()
                    .map(|(at, case)| format!("value-{at}: {name}-{case}"))
                    .collect();
                format!(
                    "kind: decision, on: fact-{fact}, cases: {{{}}}{}",
                    cases.join(", "),
                    to("otherwise", *otherwise)
                )
            }
            Self::SelfService { then, otherwise } => {
                format!(
                    "kind: self-service, takes: 2s, then: {name}-{then}{}",
                    to("otherwise", *otherwise)
                )
            }
            Self::Queue {
                pool,
                key,
                overflow,
                closed,
            } => format!(
                "kind: queue{}{}{}{}",
                if *pool { ", pool: team" } else { "" },
                key.map_or(String::new(), |key| format!(
                    ", prompt: Please hold., keys: {{2: {name}-{key}}}"
                )),
                overflow.map_or(String::new(), |at| format!(
                    ", overflow: {{after: 1m, to: {name}-{at}}}"
                )),
                to("closed", *closed)
            ),
            Self::Agent => "kind: agent".to_owned(),
            Self::Transfer { reaches, busy, then } => {
                format!(
                    "kind: transfer, reaches: {reaches}{}{}",
                    to("busy", *busy),
                    to("then", *then)
                )
            }
            Self::Promise { voicemail, then } => {
                let kind = if *voicemail { "voicemail" } else { "callback" };
                format!("kind: {kind}{}", to("then", *then))
            }
            Self::HangUp { reason } => {
                format!(
                    "kind: hang-up{}",
                    reason.map_or(String::new(), |reason| format!(", reason: {reason}"))
                )
            }
            Self::Loop { times, again, done } => {
                format!("kind: loop, counter: round, times: {times}, again: {name}-{again}, done: {name}-{done}")
            }
            Self::Subtree { entry, exit } => {
                format!("kind: subtree, entry: {name}-{entry}, exits: {{out: {name}-{exit}}}")
            }
            Self::Return => "kind: return, exit: out".to_owned(),
            Self::Sets { fact, then } => {
                format!("kind: message, prompt: Noted., sets: {{fact-{fact}: value-0}}, then: {name}-{then}")
            }
        }
    }
}

fn said(words: usize, seconds: u32) -> String {
    format!("[{{text: {:?}, seconds: {seconds}}}]", WORDS[words % WORDS.len()])
}

impl Menu {
    fn fields(&self, name: &str) -> String {
        let mut prompt = vec![format!("{{text: {:?}, seconds: {}}}", WORDS[self.words], self.seconds)];
        let mut keys = Vec::new();
        for choice in &self.choices {
            if choice.announced {
                let (topic, key) = match choice.key {
                    '*' => (10, "star".to_owned()),
                    '#' => (11, "hash".to_owned()),
                    digit => (digit as usize - '0' as usize, digit.to_string()),
                };
                prompt.push(format!("{{text: \"For {}, press {key}.\", seconds: 3}}", TOPICS[topic]));
            }
            let role = choice.role.map_or(String::new(), |role| format!(", role: {role}"));
            keys.push(format!(
                "{:?}: {{to: {name}-{}{role}}}",
                choice.key.to_string(),
                choice.to
            ));
        }
        let mut out = format!(
            "kind: menu, prompt: [{}], keys: {{{}}}",
            prompt.join(", "),
            keys.join(", ")
        );
        if let Some(attempts) = self.attempts {
            let _ = write!(out, ", attempts: {attempts}");
        }
        if self.reprompt {
            out.push_str(", reprompts: [Sorry.]");
        }
        if !self.barge_in {
            out.push_str(", barge-in: false");
        }
        for (field, target) in [("no-input", self.no_input), ("no-match", self.no_match)] {
            if let Some(target) = target {
                let _ = write!(out, ", {field}: {name}-{target}");
            }
        }
        out
    }
}
