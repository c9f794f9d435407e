//! A contact flow as both of Amazon Connect's notations say it.

use super::vocabulary::Word;
use crate::document::tree::{Prompt, Target, Text};
use crate::node::Node;
use crate::source::{Span, Spanned};

/// One contact flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// All of it.
    pub span: Span,
    /// Its name.
    pub name: Option<Text>,
    /// What is said of it, for those who maintain it.
    pub description: Option<Text>,
    /// What sort of flow it is, as written: `contactFlow`, `AGENT_WHISPER`.
    pub kind: Option<Text>,
    /// The identifier of the first block.
    pub start: Option<Text>,
    /// Its blocks, in the order of the file.
    pub blocks: Vec<Block>,
}

/// One block of a flow.
#[derive(Debug)]
pub struct Block {
    /// Its identifier.
    pub id: Text,
    /// All of it.
    pub span: Span,
    /// Its type, as written.
    pub written: Text,
    /// What its type means; `None` where it is not understood.
    pub word: Option<&'static Word>,
    /// Whether the identifier is a name that a person gave.
    pub friendly: bool,
    /// What it is told.
    pub told: Told,
    /// Where it leads.
    pub exits: Exits,
}

/// A block's parameters, by what they mean rather than by what either notation calls them.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a parameter of its own in the file"
)]
pub struct Told {
    /// What is heard.
    pub prompt: Option<Prompt>,
    /// What it is about: the value compared, the queue, the flow, the number, the schedule.
    pub subject: Option<Text>,
    /// What people call that.
    pub subject_name: Option<Text>,
    /// Seconds until it gives up.
    pub seconds: Option<Text>,
    /// Rounds of a loop, digits of an entry.
    pub count: Option<Text>,
    /// Seconds between two digits.
    pub inter_digit: Option<Text>,
    /// The key that ends an entry.
    pub terminator: Option<Text>,
    /// Whether what is entered is kept, rather than chosen from.
    pub stores: bool,
    /// Whether a telephone number is entered.
    pub phone: bool,
    /// Whether the entry is encrypted.
    pub secret: bool,
    /// Whether a bot listens.
    pub bot: bool,
    /// Whether the flow goes on after a transfer.
    pub resumes: bool,
    /// The language that it speaks from here on.
    pub language: Option<Text>,
    /// Values that it keeps, each under the path by which it is read.
    pub sets: Vec<(Text, Text)>,
}

/// Where a block leads.
#[derive(Debug, Default)]
pub struct Exits {
    /// When all goes well.
    pub next: Option<Target>,
    /// When the system fails.
    pub error: Option<Target>,
    /// After silence.
    pub silence: Option<Target>,
    /// When no condition holds.
    pub no_match: Option<Target>,
    /// When the entry is no telephone number.
    pub invalid: Option<Target>,
    /// When a queue is full.
    pub full: Option<Target>,
    /// When a call is not answered.
    pub unanswered: Option<Target>,
    /// When a call cannot be made.
    pub failed: Option<Target>,
    /// Other named outcomes.
    pub named: Vec<(Text, Target)>,
    /// The conditions, in order.
    pub conditions: Vec<Condition>,
}

/// One condition of a block.
#[derive(Debug)]
pub struct Condition {
    /// How the value is compared.
    pub operator: String,
    /// With what.
    pub value: Text,
    /// Where it leads when it holds.
    pub to: Target,
}

impl Exits {
    /// The exit for an outcome, by the names that both notations use; conditions and others are kept by name.
    pub fn add(&mut self, name: Text, to: Target) {
        let place = match name.value.as_str() {
            "NoMatchingError" | "Error" => &mut self.error,
            "InputTimeLimitExceeded" | "Timeout" => &mut self.silence,
            "NoMatchingCondition" | "NoMatch" => &mut self.no_match,
            "InvalidPhoneNumber" | "InvalidNumber" => &mut self.invalid,
            "QueueAtCapacity" | "AtCapacity" => &mut self.full,
            "ConnectionTimeLimitExceeded" | "NoAnswer" => &mut self.unanswered,
            "CallFailed" | "CallFailure" => &mut self.failed,
            "Success" => &mut self.next,
            _ => {
                self.named.push((name, to));
                return;
            }
        };
        place.get_or_insert(to);
    }

    /// Where it leads when no condition holds.
    pub fn otherwise(&self) -> Option<&Target> {
        self.no_match.as_ref().or(self.next.as_ref())
    }

    /// Where it leads when a condition of this value holds, in any case of letters.
    pub fn when(&self, value: &str) -> Option<&Target> {
        let named = self.named.iter().map(|(name, to)| (name, to));
        let conditions = self.conditions.iter().map(|c| (&c.value, &c.to));
        conditions
            .chain(named)
            .find(|(name, _)| name.value.eq_ignore_ascii_case(value))
            .map(|(_, to)| to)
    }

    /// Everything that it leads to.
    pub fn all(&self) -> impl Iterator<Item = &Target> {
        [
            &self.next,
            &self.error,
            &self.silence,
            &self.no_match,
            &self.invalid,
            &self.full,
            &self.unanswered,
            &self.failed,
        ]
        .into_iter()
        .flatten()
        .chain(self.named.iter().map(|(_, to)| to))
        .chain(self.conditions.iter().map(|c| &c.to))
    }
}

impl Condition {
    /// Whether it asks for this very value.
    pub fn is_equality(&self) -> bool {
        matches!(self.operator.as_str(), "Equals" | "NumberEquals" | "TextEquals" | "")
    }

    /// The condition as a case of a decision names it.
    pub fn shown(&self) -> Text {
        let value = &self.value.value;
        let shown = match self.operator.as_str() {
            "NumberGreaterThan" | "GreaterThan" => format!("> {value}"),
            "NumberGreaterOrEqualTo" | "GreaterOrEqual" | "GreaterThanOrEqualTo" => format!(">= {value}"),
            "NumberLessThan" | "LessThan" => format!("< {value}"),
            "NumberLessOrEqualTo" | "LessOrEqual" | "LessThanOrEqualTo" => format!("<= {value}"),
            "TextContains" | "Contains" => format!("contains {value}"),
            "TextStartsWith" | "StartsWith" => format!("begins with {value}"),
            "TextEndsWith" | "EndsWith" => format!("ends with {value}"),
            _ => value.clone(),
        };
        Spanned::new(shown, self.value.span)
    }
}

/// The text of a scalar with something in it.
pub fn text(node: Node<'_>) -> Option<Text> {
    let text = node.text().filter(|text| !text.trim().is_empty() && !node.is_null())?;
    Some(Spanned::new(text.to_owned(), node.span()))
}

/// The text of an entry of a mapping.
pub fn entry(node: Node<'_>, name: &str) -> Option<Text> {
    node.get(name).and_then(text)
}

/// A block that a transition names.
pub fn target(node: Node<'_>, name: &str) -> Option<Target> {
    entry(node, name).map(|to| Target { name: to, step: None })
}

/// Whether an entry says yes.
pub fn says_yes(node: Node<'_>, name: &str) -> bool {
    node.get(name)
        .and_then(Node::text)
        .is_some_and(|text| text.eq_ignore_ascii_case("true"))
}

/// Whether a value is put in while the flow runs, or before it is installed.
pub fn is_dynamic(value: &str) -> bool {
    ["$.", "$[", "${", "{{", "<<"].iter().any(|sign| value.contains(sign))
}
