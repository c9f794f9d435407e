//! The edits of one tree, ranked by what they save, as `presszero improve` tells them.

use super::lines::Lines;
use super::simulation::penalties;
use crate::callers::chain::Assumed;
use crate::callers::profile::Profile;
use crate::improve::{CallsFrom, Edit, Improvement, Limits, Offered, Standing};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

/// The name of this form; a change that breaks readers gives it another number.
pub const SCHEMA: &str = "presszero/improve/1";

/// The single edits of one tree.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Improvement")]
pub struct Improved {
    /// The form of this document: `presszero/improve/1`.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// The file.
    pub file: String,
    /// What the line is called.
    pub name: Option<String>,
    /// The sort of caller.
    pub caller: String,
    /// An example of the moment of the calls, by the clock of the tree.
    pub moment: String,
    /// Calls a day.
    pub calls_per_day: f64,
    /// Whether edits can be made in the file; foreign formats are read only.
    pub can_apply: bool,
    /// How the tree stands.
    pub before: Stands,
    /// The edits, the one that saves most first.
    pub edits: Vec<Change>,
    /// Whether a single edit brings a person within the limits.
    pub limits: WithinLimits,
    /// Candidates that were found by formula.
    pub candidates: usize,
    /// Candidates that were made in the file's text and measured.
    pub tried: usize,
    /// What the figures rest on that the file does not say.
    pub assumptions: Vec<String>,
}

/// How a tree stands.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Standing")]
pub struct Stands {
    /// What a call costs its caller at the mean: seconds, with the penalties that are among the assumptions.
    pub cost_seconds: f64,
    /// The mean length of a call.
    pub call_seconds: f64,
    /// The share of calls that a person answers, from 0 to 1.
    pub person_share: f64,
    /// Where a person is first offered, on the way that takes least time; null where she never is.
    pub offered: Option<First>,
    /// Limits of how far a person may be that are passed, by rule.
    pub limits_passed: Vec<&'static str>,
}

/// The first offer of a person.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FirstOffer")]
pub struct First {
    /// The step whose prompt offers her, or where she answers.
    pub step: String,
    /// Menus that are heard until then.
    pub menus: u32,
    /// Milliseconds until then.
    pub ms: u64,
    /// Prompts of unknown length until then, which come on top.
    pub unknown: u32,
}

/// One edit.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Edit")]
pub struct Change {
    /// Its number, for `--apply`.
    pub number: usize,
    /// What sort it is, such as `announce-person`.
    pub kind: &'static str,
    /// What to do.
    pub what: String,
    /// The step that it changes.
    pub step: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// Seconds that a call costs its caller less, measured on the changed file.
    pub saves_seconds_per_call: f64,
    /// The same by the formula that ranked the candidates.
    pub estimated_seconds_per_call: f64,
    /// The same for all calls of a day.
    pub saves_hours_per_day: f64,
    /// How many more calls of a day a person answers; negative where fewer.
    pub more_persons_per_day: f64,
    /// How the tree stands after it.
    pub after: Stands,
}

/// Whether a single edit brings a person within the limits.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "state", rename_all = "kebab-case")]
#[schemars(rename = "WithinLimits")]
pub enum WithinLimits {
    /// No limit is passed.
    Kept,
    /// These edits do, each alone, by number.
    Single {
        /// Their numbers.
        edits: Vec<usize>,
    },
    /// None does, but these together, made one after another.
    Together {
        /// What to do.
        edits: Vec<String>,
    },
    /// None does, and these together do not either, though each brings a person nearer.
    Beyond {
        /// What to do.
        edits: Vec<String>,
    },
}

/// What a report is about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The file as the user names it.
    pub file: &'a str,
    /// What the line is called.
    pub name: Option<&'a str>,
    /// The text of the file.
    pub text: &'a str,
    /// Who calls.
    pub profile: &'a Profile,
}

const MS_PER_HOUR: f64 = 3_600_000.0;

impl Improved {
    /// What is told of an improvement.
    #[must_use]
    pub fn of(about: &About<'_>, of: &Improvement) -> Self {
        let lines = Lines::of(about.text);
        let what = |steps: &[crate::improve::Step]| steps.iter().map(|step| step.what.clone()).collect();
        Self {
            schema: SCHEMA,
            file: about.file.to_owned(),
            name: about.name.map(str::to_owned),
            caller: about.profile.name.to_owned(),
            moment: of.moment.strftime("%Y-%m-%dT%H:%M").to_string(),
            calls_per_day: of.calls_per_day,
            can_apply: of.can_apply,
            before: Stands::of(&of.before),
            edits: (1..)
                .zip(&of.edits)
                .map(|(number, edit)| Change::of(number, edit, of, &lines))
                .collect(),
            limits: match &of.limits {
                Limits::Kept => WithinLimits::Kept,
                Limits::Single(edits) => WithinLimits::Single {
                    edits: edits.iter().map(|at| at + 1).collect(),
                },
                Limits::Together(steps) => WithinLimits::Together { edits: what(steps) },
                Limits::Beyond(steps) => WithinLimits::Beyond { edits: what(steps) },
            },
            candidates: of.candidates,
            tried: of.tried,
            assumptions: assumptions(about.profile, of),
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

/// The JSON Schema of what `Improved::json` writes.
#[must_use]
pub fn schema() -> Schema {
    SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Improved>()
}

impl Stands {
    fn of(standing: &Standing) -> Self {
        Self {
            cost_seconds: standing.cost / 1000.0,
            call_seconds: standing.ms / 1000.0,
            person_share: standing.persons,
            offered: standing.offered.as_ref().map(First::of),
            limits_passed: standing.over.iter().map(|(rule, _)| *rule).collect(),
        }
    }
}

impl First {
    fn of(offered: &Offered) -> Self {
        Self {
            step: offered.step.clone(),
            menus: offered.menus,
            ms: offered.ms,
            unknown: offered.unknown,
        }
    }
}

impl Change {
    fn of(number: usize, edit: &Edit, of: &Improvement, lines: &Lines<'_>) -> Self {
        let at = lines.position(edit.span.start);
        Self {
            number,
            kind: edit.kind.name(),
            what: edit.what.clone(),
            step: edit.step.clone(),
            line: at.line,
            column: at.column,
            saves_seconds_per_call: edit.saves / 1000.0,
            estimated_seconds_per_call: edit.estimate / 1000.0,
            saves_hours_per_day: edit.saves * of.calls_per_day / MS_PER_HOUR,
            more_persons_per_day: (edit.after.persons - of.before.persons) * of.calls_per_day,
            after: Stands::of(&edit.after),
        }
    }
}

/// What the figures rest on, as sentences without their full stops.
fn assumptions(profile: &Profile, of: &Improvement) -> Vec<String> {
    let calls = match of.calls_from {
        CallsFrom::Asked => format!("{:.0} calls a day, as was asked", of.calls_per_day),
        CallsFrom::Declared => format!(
            "{:.0} calls a day, from `arrivals`, all of them as at this moment",
            of.calls_per_day
        ),
        CallsFrom::Assumed => format!(
            "{:.0} calls a day: the file declares no `arrivals`, and `--calls-per-day` says another number",
            of.calls_per_day
        ),
    };
    let mut out = vec![
        calls,
        format!("callers are `{}`: {}", profile.name, profile.what),
        penalties(),
    ];
    for (what, places) in &of.assumed {
        let what = match what {
            Assumed::Success => "how often self-service succeeds",
            Assumed::Decision => "how often a decision goes which way",
            Assumed::Wait => "how long the wait for a person is: none is added",
            Assumed::Wording => "how long a prompt without known words is: nothing is added",
            Assumed::Hours => "whether hours that are not given are open: they are",
            Assumed::Accepted => "how often an entry is accepted",
            Assumed::Announced => "whether some options are announced: they are",
            Assumed::Never => "how often the system fails, a queue is full or a line is busy: never",
            Assumed::Memory => "some of what a call remembers is left out, for there is too much of it",
        };
        let places = if *places > 0 {
            format!(" ({})", crate::audit::count(*places as usize, "place"))
        } else {
            String::new()
        };
        out.push(format!("not declared: {what}{places}"));
    }
    out
}
