//! Conditions of a split: what they ask, and whether a value meets them.

use super::expression::is_dynamic;
use super::flow::entry;
use crate::document::quantity::Keys;
use crate::document::tree::Text;
use crate::error::{Problem, ProblemKind};
use crate::node::Node;
use crate::source::{Span, Spanned};
use regex::{Regex, RegexBuilder};

/// A pattern is no longer than this; what is longer is not looked into.
const PATTERN_MAX: usize = 300;
/// A compiled pattern takes no more bytes than this.
const COMPILED_MAX: usize = 1 << 16;
/// So many digits in a row are still a choice; more are data.
const CHOICE_MAX: usize = 7;

/// One condition.
#[derive(Debug)]
pub struct Condition {
    /// How values are compared.
    pub sort: Sort,
    /// What is looked at, where that is written.
    pub argument: Option<Text>,
    /// With what it is compared; empty where nothing is.
    pub value: Text,
    /// What the author calls it.
    pub friendly: Option<Text>,
}

/// How a condition compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sort {
    /// The same text; of several with commas, any.
    Equal,
    /// The same text as one of several.
    AnyOf,
    /// Has the text in it.
    Contains,
    /// Begins with the text.
    StartsWith,
    /// Meets a pattern.
    Regex,
    /// A smaller number.
    Less,
    /// A greater number.
    Greater,
    /// Nothing is there.
    Blank,
    /// Not so.
    Not(Box<Sort>),
    /// Something else: a time of day, a date.
    Other(String),
}

impl Condition {
    /// Reads a condition; one that names no sort is told, and what meets it is not known.
    pub fn read(node: Node<'_>, problems: &mut Vec<Problem>) -> Self {
        let Some(written) = entry(node, "type") else {
            let message = "this condition does not say how it compares";
            let help = "write `type` (as in `equal_to`), `arguments` and `value`; what meets it is taken as unknown";
            problems.push(Problem::new(ProblemKind::MissingField, node.span(), message).help(help));
            let shown = node.text().unwrap_or("a condition that is not understood");
            return Self {
                sort: Sort::Other(shown.to_owned()),
                argument: None,
                value: Spanned::new(String::new(), node.span()),
                friendly: None,
            };
        };
        let value = entry(node, "value");
        Self {
            sort: sort(&written.value),
            argument: node
                .get("arguments")
                .and_then(|list| list.items().next())
                .and_then(|argument| Some(Spanned::new(argument.text()?.to_owned(), argument.span()))),
            value: value.unwrap_or_else(|| Spanned::new(String::new(), written.span)),
            friendly: entry(node, "friendly_name"),
        }
    }

    /// Whether the values that it asks for are those that are written in it, and no others.
    pub fn is_equality(&self) -> bool {
        matches!(self.sort, Sort::Equal | Sort::AnyOf) && !is_dynamic(&self.value.value)
    }

    /// The values that are written in it.
    ///
    /// Several are parted by commas where any of them will do. Source: Twilio Docs, "Split Based On... Widget", 2025.
    pub fn values(&self) -> Vec<&str> {
        let value = self.value.value.trim();
        let parted = match self.sort {
            Sort::AnyOf => true,
            // Several keys with commas between them can only be meant so: no value has a comma in it.
            Sort::Equal | Sort::Contains => value.split(',').all(|part| is_key(part.trim())),
            _ => false,
        };
        if parted {
            value
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .collect()
        } else {
            vec![value]
        }
    }

    /// The condition as a case of a decision names it, once for each value.
    pub fn shown(&self) -> Vec<Text> {
        let span = self.value.span;
        if matches!(self.sort, Sort::Equal | Sort::AnyOf) {
            return self
                .values()
                .into_iter()
                .map(|value| Spanned::new(value.to_owned(), span))
                .collect();
        }
        vec![Spanned::new(self.sort.words(self.value.value.trim()), span)]
    }

    /// What is needed to ask whether values meet it; `None` where that cannot be told.
    pub fn asked(&self) -> Option<Asked<'_>> {
        let pattern = match self.sort.positive() {
            Sort::Other(_) => return None,
            _ if is_dynamic(&self.value.value) => return None,
            Sort::Regex => Some(pattern(&self.value.value)?),
            _ => None,
        };
        Some(Asked {
            sort: &self.sort,
            values: self.values(),
            pattern,
        })
    }

    /// The keys that meet it, each with its place, those that are written in it first and in their order.
    pub fn keys(&self) -> Option<Vec<(String, Span)>> {
        let asked = self.asked()?;
        let mut found: Vec<String> = Vec::new();
        if matches!(self.sort, Sort::Equal | Sort::AnyOf | Sort::Contains | Sort::StartsWith) {
            let keys = asked.values.iter().filter(|value| is_key(value));
            found.extend(keys.map(|key| (*key).to_owned()));
        }
        let mut single: Vec<&str> = SINGLE.iter().copied().filter(|key| asked.holds(key)).collect();
        single.retain(|key| !found.iter().any(|known| known == key));
        let digits = single.iter().filter(|key| key.chars().all(|c| c.is_ascii_digit()));
        if digits.count() == 10 {
            found.push("X".to_owned());
            single.retain(|key| !key.chars().all(|c| c.is_ascii_digit()));
        }
        found.extend(single.into_iter().map(str::to_owned));
        Some(found.into_iter().map(|key| (key, self.value.span)).collect())
    }

    /// Whether it asks for keys that stand in it.
    pub fn asks_for_keys(&self) -> bool {
        match self.sort {
            Sort::Equal | Sort::AnyOf | Sort::Contains | Sort::StartsWith => {
                !self.value.value.trim().is_empty() && self.values().iter().all(|value| is_key(value))
            }
            Sort::Regex => self.keys().is_some_and(|keys| !keys.is_empty()),
            Sort::Less | Sort::Greater => is_key(self.value.value.trim()),
            _ => false,
        }
    }

    /// The words that meet it: for a pattern of alternatives, each of them.
    pub fn words(&self) -> Vec<String> {
        let value = self.value.value.trim();
        let owned = |parts: Vec<&str>| parts.into_iter().map(str::to_owned).collect();
        match self.sort {
            Sort::Regex => {
                let plain: String = value.replace(".*", "").replace("\\b", "").replace("(?i)", "");
                let plain = plain.trim_matches(|c: char| matches!(c, '/' | '^' | '$' | '(' | ')' | ' '));
                let parts: Vec<&str> = plain.split('|').map(str::trim).filter(|p| !p.is_empty()).collect();
                let is_word = |part: &&str| {
                    part.chars()
                        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '\'' | '-'))
                };
                if !parts.is_empty() && parts.iter().all(is_word) {
                    owned(parts)
                } else {
                    vec![value.to_owned()]
                }
            }
            Sort::Contains if value.contains(',') => owned(value.split(',').map(str::trim).collect()),
            _ => owned(self.values()),
        }
    }
}

/// The keys of a telephone.
pub const SINGLE: &[&str] = &["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "*", "#"];

fn is_key(text: &str) -> bool {
    text.len() <= CHOICE_MAX && Keys::read(text).is_ok_and(|keys| keys.is_literal())
}

/// A condition made ready to be asked.
pub struct Asked<'c> {
    sort: &'c Sort,
    values: Vec<&'c str>,
    pattern: Option<Regex>,
}

impl Asked<'_> {
    /// Whether a value meets it. Comparing does not look at the case of letters.
    pub fn holds(&self, value: &str) -> bool {
        self.meets(self.sort, value)
    }

    fn meets(&self, sort: &Sort, value: &str) -> bool {
        let any = |is: &dyn Fn(&str, &str) -> bool| {
            let value = value.to_lowercase();
            self.values.iter().any(|wanted| is(&value, &wanted.to_lowercase()))
        };
        let number = |is: &dyn Fn(f64, f64) -> bool| {
            let wanted = self.values.first().and_then(|wanted| wanted.parse::<f64>().ok());
            value
                .parse::<f64>()
                .ok()
                .zip(wanted)
                .is_some_and(|(value, wanted)| is(value, wanted))
        };
        match sort {
            Sort::Equal | Sort::AnyOf => any(&|value, wanted| value == wanted),
            Sort::Contains => any(&|value, wanted| value.contains(wanted)),
            Sort::StartsWith => any(&|value, wanted| value.starts_with(wanted)),
            Sort::Regex => self.pattern.as_ref().is_some_and(|pattern| pattern.is_match(value)),
            Sort::Less => number(&|value, wanted| value < wanted),
            Sort::Greater => number(&|value, wanted| value > wanted),
            Sort::Blank => value.trim().is_empty(),
            Sort::Not(sort) => !self.meets(sort, value),
            Sort::Other(_) => false,
        }
    }
}

impl Sort {
    fn positive(&self) -> &Self {
        match self {
            Self::Not(sort) => sort,
            sort => sort,
        }
    }

    fn words(&self, value: &str) -> String {
        match self {
            Self::Equal | Self::AnyOf => value.to_owned(),
            Self::Contains => format!("contains {value}"),
            Self::StartsWith => format!("begins with {value}"),
            Self::Regex => format!("meets {value}"),
            Self::Less => format!("< {value}"),
            Self::Greater => format!("> {value}"),
            Self::Blank => "blank".to_owned(),
            Self::Not(sort) => format!("not {}", sort.words(value)),
            Self::Other(sort) => format!("{} {value}", sort.replace('_', " ")).trim().to_owned(),
        }
    }
}

fn sort(written: &str) -> Sort {
    let not = |sort| Sort::Not(Box::new(sort));
    match written {
        "equal_to" | "equals" => Sort::Equal,
        "not_equal_to" | "not_equals" | "does_not_equal" => not(Sort::Equal),
        "matches_any_of" => Sort::AnyOf,
        "does_not_match_any_of" | "not_matches_any_of" => not(Sort::AnyOf),
        "contains" => Sort::Contains,
        "does_not_contain" | "not_contains" => not(Sort::Contains),
        "starts_with" | "begins_with" => Sort::StartsWith,
        "does_not_start_with" | "not_starts_with" => not(Sort::StartsWith),
        "regex" | "matches_regex" => Sort::Regex,
        "less_than" => Sort::Less,
        "greater_than" => Sort::Greater,
        "is_blank" => Sort::Blank,
        "is_not_blank" => not(Sort::Blank),
        other => Sort::Other(other.to_owned()),
    }
}

/// A pattern, written with or without slashes around it; case does not matter.
fn pattern(written: &str) -> Option<Regex> {
    let written = written.trim();
    if written.len() > PATTERN_MAX {
        return None;
    }
    let bare = written
        .strip_prefix('/')
        .and_then(|rest| rest.rsplit_once('/'))
        .filter(|(_, flags)| flags.chars().all(|flag| flag.is_ascii_lowercase()))
        .map_or(written, |(bare, _)| bare);
    RegexBuilder::new(bare)
        .case_insensitive(true)
        .size_limit(COMPILED_MAX)
        .dfa_size_limit(COMPILED_MAX)
        .build()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(written: &str, value: &str) -> Vec<String> {
        let condition = Condition {
            sort: sort(written),
            argument: None,
            value: Spanned::new(value.to_owned(), Span::default()),
            friendly: None,
        };
        condition
            .keys()
            .unwrap_or_default()
            .into_iter()
            .map(|key| key.0)
            .collect()
    }

    #[test]
    fn keys_that_meet_a_condition() {
        assert_eq!(keys("equal_to", " 1 "), ["1"]);
        assert_eq!(keys("contains", "1,2"), ["1", "2"]);
        assert_eq!(keys("matches_any_of", "3, #"), ["3", "#"]);
        assert_eq!(keys("regex", "^[4-6]$"), ["4", "5", "6"]);
        assert_eq!(keys("regex", ".+"), ["X", "*", "#"]);
        assert_eq!(keys("starts_with", "9"), ["9"]);
        assert_eq!(keys("less_than", "3"), ["1", "2", "0"]);
        assert_eq!(keys("equal_to", "101"), ["101"]);
        assert_eq!(keys("equal_to", "sales"), [""; 0]);
        assert_eq!(
            keys("regex", "("),
            [""; 0],
            "a broken pattern meets nothing that could be told"
        );
    }
}
