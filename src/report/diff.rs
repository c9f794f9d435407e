//! A change of phone trees, as `presszero diff` tells it: callers first, then findings, then the edit.

mod headline;
mod markdown;
mod rows;
mod text;
mod told;
mod words;

pub use markdown::markdown;
pub use text::text;
pub use told::{FigureTold, FindingTold, Known};

use super::lines::Lines;
use crate::compare::{Comparison, Edit, Side, Tolerance, compare};
use crate::document::tree::PhoneTree;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use told::{EditTold, FindingsTold};

/// The name of this form; a change that breaks readers gives it another number.
pub const SCHEMA: &str = "presszero/diff/1";

/// A change of phone trees.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Diff")]
pub struct Diff {
    /// The form of this document: `presszero/diff/1`.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// What was before, as the user names it: a path, a revision.
    pub before: String,
    /// What is after it, as the user names it.
    pub after: String,
    /// The only moment that was looked at, by the clock of each tree; null for the whole calendar.
    pub moment: Option<String>,
    /// How much worse callers may be, in words.
    pub tolerance: String,
    /// Whether callers of some tree are worse off by more than is tolerated.
    pub worse: bool,
    /// The trees, in the order of the files after the change; then those that are gone.
    pub trees: Vec<TreeDiff>,
    /// Files that could not be read or are broken.
    pub refused: Vec<RefusedTold>,
}

/// A file that could not be read.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RefusedFile")]
pub struct RefusedTold {
    /// On which side.
    pub side: When,
    /// The file.
    pub file: String,
    /// Why.
    pub reason: String,
}

/// One of the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Side")]
pub enum When {
    /// Before the change.
    Before,
    /// After it.
    After,
}

/// What became of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Fate")]
pub enum Fate {
    /// It is there before and after.
    Kept,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is there on one side, and its file cannot be read on the other.
    HalfRead,
}

/// What a change does to the callers of one tree.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TreeDiff")]
pub struct TreeDiff {
    /// The file before the change; null where there is none that can be read.
    pub file_before: Option<String>,
    /// The file after it; null where there is none that can be read.
    pub file_after: Option<String>,
    /// What the line is called.
    pub name: Option<String>,
    /// What became of the tree.
    pub fate: Fate,
    /// What changes for callers, in one line.
    pub headline: String,
    /// Whether callers are worse off by more than is tolerated.
    pub worse: bool,
    /// Whether something is better for callers.
    pub better: bool,
    /// Every figure, changed or not.
    pub figures: Vec<FigureTold>,
    /// Reasons to call that only the first tree declares.
    pub intents_removed: Vec<String>,
    /// Reasons to call that only the second tree declares.
    pub intents_added: Vec<String>,
    /// What calls end with when nobody answers, before.
    pub closed_ends_before: Vec<&'static str>,
    /// What calls end with when nobody answers, after.
    pub closed_ends_after: Vec<&'static str>,
    /// What the shares of callers rest on, and why they are missing where they are.
    pub notes: Vec<String>,
    /// Findings that came and went; of a tree that is only on one side, those that it has.
    pub findings: FindingsTold,
    /// The edit itself.
    pub edit: EditTold,
}

/// One of the two trees, with its file.
pub struct Half<'a> {
    /// The file as the user names it.
    pub file: &'a str,
    /// Its text.
    pub lines: &'a Lines<'a>,
    /// The tree with its figures.
    pub side: &'a Side<'a>,
}

impl Diff {
    /// A diff of these trees.
    #[must_use]
    pub fn of(
        before: String,
        after: String,
        tolerance: &Tolerance,
        trees: Vec<TreeDiff>,
        refused: Vec<RefusedTold>,
    ) -> Self {
        Self {
            schema: SCHEMA,
            before,
            after,
            moment: None,
            tolerance: tolerance.to_string(),
            worse: trees.iter().any(|tree| tree.worse),
            trees,
            refused,
        }
    }

    /// The report for programs.
    ///
    /// # Errors
    /// Where it cannot be written, which does not happen.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }
}

/// The JSON Schema of what `Diff::json` writes.
#[must_use]
pub fn schema() -> Schema {
    SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Diff>()
}

impl TreeDiff {
    /// A tree before and after.
    #[must_use]
    pub fn of(before: &Half<'_>, after: &Half<'_>, tolerance: &Tolerance) -> Self {
        let found = compare(before.side, after.side, tolerance);
        let mut out = Self {
            file_before: Some(before.file.to_owned()),
            file_after: Some(after.file.to_owned()),
            name: name(after.side.tree).or_else(|| name(before.side.tree)),
            fate: Fate::Kept,
            headline: String::new(),
            worse: found.is_worse(),
            better: found.is_better(),
            figures: found.figures.iter().map(FigureTold::of).collect(),
            notes: notes(before.side, after.side, &found),
            findings: FindingsTold::of(&found.findings, before, after),
            edit: EditTold::of(&found.edit),
            closed_ends_before: Vec::new(),
            closed_ends_after: Vec::new(),
            intents_removed: Vec::new(),
            intents_added: Vec::new(),
        };
        [out.intents_removed, out.intents_added] = found.intents;
        [out.closed_ends_before, out.closed_ends_after] = found.closed_ends;
        out.headline = headline::headline(&out);
        out
    }

    /// A tree that is only on one side, and why; it is neither better nor worse than nothing.
    #[must_use]
    pub fn half(half: &Half<'_>, when: When, fate: Fate) -> Self {
        let alone = compare(half.side, half.side, &Tolerance::default());
        let file = |wanted| (when == wanted).then(|| half.file.to_owned());
        let ends = |wanted| {
            let ends = &alone.closed_ends[0];
            if when == wanted { ends.clone() } else { Vec::new() }
        };
        let mut out = Self {
            file_before: file(When::Before),
            file_after: file(When::After),
            name: name(half.side.tree),
            fate,
            headline: String::new(),
            worse: false,
            better: false,
            figures: alone
                .figures
                .iter()
                .map(|figure| FigureTold::alone(figure, when))
                .collect(),
            closed_ends_before: ends(When::Before),
            closed_ends_after: ends(When::After),
            intents_removed: Vec::new(),
            intents_added: Vec::new(),
            notes: notes(half.side, half.side, &alone),
            findings: FindingsTold::present(half),
            edit: EditTold::of(&Edit::default()),
        };
        out.headline = headline::headline(&out);
        out
    }

    /// The file that readers know the tree by.
    #[must_use]
    pub fn file(&self) -> &str {
        let file = self.file_after.as_deref().or(self.file_before.as_deref());
        file.unwrap_or_default()
    }

    /// Whether nothing changes for callers, though the text may.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        self.fate == Fate::Kept
            && rows::rows(self).is_empty()
            && self.findings.is_empty()
            && self.intents_added.is_empty()
            && self.intents_removed.is_empty()
    }
}

fn name(tree: &PhoneTree) -> Option<String> {
    tree.name.as_ref().map(|name| name.value.clone())
}

/// What the shares of callers rest on, or why they are not told.
fn notes(before: &Side<'_>, after: &Side<'_>, found: &Comparison) -> Vec<String> {
    let mut out = Vec::new();
    let at = |side: &Side<'_>| match &side.crowd {
        Ok(crowd) => Ok(format!(
            "{} callers at {}",
            crowd.caller,
            crowd.at.strftime("%Y-%m-%d %H:%M")
        )),
        Err(reason) => Err(reason.clone()),
    };
    match (at(before), at(after)) {
        (Ok(one), Ok(other)) if one == other => {
            out.push(format!(
                "shares of callers are those of {one}, when most call or most people answer"
            ));
        }
        (Ok(one), Ok(other)) => out.push(format!(
            "shares of callers are those of {one} before and of {other} after, when most call or most people answer"
        )),
        (Err(one), Err(other)) if one == other => out.push(format!("shares of callers are not known: {one}")),
        (one, other) => {
            for (side, why) in [("before", one.err()), ("after", other.err())] {
                if let Some(why) = why {
                    out.push(format!(
                        "shares of callers are not compared, for they are not known {side}: {why}"
                    ));
                }
            }
        }
    }
    if !found.same_callers {
        out.push("the two files declare other callers, so their shares are those of other callers".to_owned());
    }
    out
}
