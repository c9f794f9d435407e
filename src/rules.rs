//! The rules: each judges one thing in one file, and its head is its page.

pub mod access;
pub mod budgets;
pub mod handover;
pub mod menus;
pub mod messages;
pub mod privacy;
pub mod queues;
pub mod reach;
pub mod repetition;
pub mod structure;
pub mod timing;
pub mod traps;

use crate::audit::Audit;
use crate::finding::{Confidence, Finding};
use crate::settings::{Limit, Severity};

/// One rule.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Its name, which reads well after "allow".
    pub name: &'static str,
    /// The text of its file; the head of it is its page.
    pub text: &'static str,
    /// The severity of its findings, where its limit says nothing else.
    pub severity: Severity,
    /// How sure its findings are, where they say nothing else.
    pub confidence: Confidence,
    /// From which value on it speaks.
    pub limit: Option<Limit>,
    /// Where the limit comes from: `project default`, with a source for the principle.
    pub limit_source: &'static str,
    /// Looks at a tree.
    pub check: fn(&Audit<'_>, &mut Report<'_>),
}

/// A concern with its rules.
pub struct Concern {
    /// What the rules are about, as a heading.
    pub title: &'static str,
    /// The rules, in the order of the documentation.
    pub rules: &'static [Rule],
}

/// All concerns, in the order of the documentation.
pub const CONCERNS: &[Concern] = &[
    Concern {
        title: "Reaching a person",
        rules: reach::RULES,
    },
    Concern {
        title: "Traps",
        rules: traps::RULES,
    },
    Concern {
        title: "Menus",
        rules: menus::RULES,
    },
    Concern {
        title: "Messages",
        rules: messages::RULES,
    },
    Concern {
        title: "Repetition",
        rules: repetition::RULES,
    },
    Concern {
        title: "Handing on",
        rules: handover::RULES,
    },
    Concern {
        title: "Timing",
        rules: timing::RULES,
    },
    Concern {
        title: "Queues",
        rules: queues::RULES,
    },
    Concern {
        title: "Access",
        rules: access::RULES,
    },
    Concern {
        title: "Privacy",
        rules: privacy::RULES,
    },
    Concern {
        title: "Budgets",
        rules: budgets::RULES,
    },
    Concern {
        title: "Structure",
        rules: structure::RULES,
    },
];

/// Rules that are asked only with the profile `all`, or where another profile or the settings turn them on.
pub const ONLY_IN_ALL: &[&str] = &[
    "no-time-based-escape",
    "staffed-hours-short",
    "too-many-levels",
    "no-complaint-or-cancellation-option",
    "jargon",
];

/// All rules, in the order of the documentation.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    CONCERNS.iter().flat_map(|concern| concern.rules)
}

/// The rule of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}

impl Rule {
    /// The rule's page: the head of its file, as Markdown.
    #[must_use]
    pub fn page(&self) -> String {
        let mut page = String::new();
        for line in self.text.lines().take_while(|line| line.starts_with("//!")) {
            let text = line.trim_start_matches("//!");
            page.push_str(text.strip_prefix(' ').unwrap_or(text));
            page.push('\n');
        }
        page
    }

    /// The page's first sentence.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.text
            .lines()
            .next()
            .map_or("", |line| line.trim_start_matches("//!").trim())
    }

    /// One section of the page, without its heading.
    #[must_use]
    pub fn section(&self, title: &str) -> String {
        let page = self.page();
        let mut out = String::new();
        let mut inside = false;
        for line in page.lines() {
            match line.strip_prefix("## ") {
                Some(heading) => inside = heading.trim() == title,
                None if inside => {
                    out.push_str(line);
                    out.push('\n');
                }
                None => {}
            }
        }
        out.trim().to_owned()
    }
}

/// Where a rule puts what it finds.
pub struct Report<'r> {
    /// The limit in force.
    pub limit: Option<Limit>,
    rule: &'r Rule,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl<'r> Report<'r> {
    /// An empty report of a rule.
    #[must_use]
    pub fn new(rule: &'r Rule, limit: Option<Limit>) -> Self {
        Self {
            limit,
            rule,
            findings: Vec::new(),
        }
    }

    /// The severity that a value deserves under the rule's limit; `None` below it.
    #[must_use]
    pub fn judge(&self, value: f64) -> Option<Severity> {
        self.limit.and_then(|limit| limit.judge(value))
    }

    /// Adds a finding of the rule's own severity and confidence.
    pub fn say(&mut self, finding: Finding) {
        let severity = self.rule.severity;
        self.add(finding.severity(severity));
    }

    /// Adds a finding of a value that was judged; the limit in force is told with it.
    pub fn say_judged(&mut self, severity: Severity, finding: Finding) {
        let mut finding = finding.severity(severity);
        if let Some(limit) = self.limit
            && let Some(value) = limit.of(severity)
        {
            finding.limit = Some(format!("{} ({})", limit.unit.show(value), self.rule.limit_source));
        }
        self.add(finding);
    }

    fn add(&mut self, mut finding: Finding) {
        finding.rule = self.rule.name;
        finding.confidence = finding.confidence.max(self.rule.confidence);
        self.findings.push(finding);
    }
}
