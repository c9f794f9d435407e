//! What counts say, for programs: JSON of a published form.

use super::{CalibrationReport, exit_names, text::notes};
use crate::callers::chain::Exit;
use crate::measure::calibrate::{Estimate, Origin, Outcomes};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

/// The name of this form; a change that breaks readers gives it another number.
pub const SCHEMA: &str = "presszero/calibrate/1";

/// What counts of calls say of a phone tree.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Calibration")]
pub struct CalibrationJson {
    /// The form of this document: `presszero/calibrate/1`.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// The file of the tree.
    file: String,
    /// The file of the counts.
    counts: String,
    /// What the line is called.
    name: Option<String>,
    /// The sort of caller that the model believes in.
    caller: String,
    /// The moment of the calls.
    moment: String,
    /// How many calls the model's shares are worth.
    prior_strength: f64,
    /// Rows of counts that were taken.
    rows: u64,
    /// Rows that were left out: how many, and the first of them.
    rows_left_out: u64,
    mistakes: Vec<MistakeJson>,
    /// What was counted at each step.
    steps: Vec<StepJson>,
    /// The figures that the model believes in.
    before: FiguresJson,
    /// The figures with what was counted.
    after: FiguresJson,
    /// Whether it matters where a call comes from.
    memory: Vec<MemoryJson>,
    /// What the answer rests on.
    notes: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Mistake")]
struct MistakeJson {
    line: u64,
    message: String,
}

/// The shares of one step.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Step")]
struct StepJson {
    step: String,
    /// Why these callers call; null for all.
    intent: Option<String>,
    /// The attempt; null for all that are not counted apart.
    attempt: Option<u32>,
    /// Whether these are the shares of entries that are accepted, rather than of what is done at an attempt.
    entries: bool,
    /// How many were counted.
    counted: u64,
    shares: Vec<ShareJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Share")]
struct ShareJson {
    event: String,
    label: Option<String>,
    n: u64,
    /// The share that the model believed in, from 0 to 1.
    before: f64,
    /// The share after the counts.
    after: f64,
    /// Between what it lies with probability 90 %.
    low: f64,
    high: f64,
    /// Whether the model's share lies outside.
    model_outside: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Figures")]
struct FiguresJson {
    /// The mean time to the end of a call.
    seconds: EstimateJson,
    /// The share of calls that reach a person.
    reach_person: EstimateJson,
    /// The mean time until they do; null where none does.
    seconds_to_person: Option<EstimateJson>,
    /// The share of calls that end in each way.
    ends: Vec<EndJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "End")]
struct EndJson {
    /// `person`, `served`, `promise`, `left`, `cut-off`, `closed`, `elsewhere`, `trapped`.
    end: &'static str,
    #[serde(flatten)]
    share: EstimateJson,
}

/// A figure; its interval holds with probability 90 % as far as the counted steps are concerned.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Estimate")]
struct EstimateJson {
    value: f64,
    standard_error: f64,
    low: f64,
    high: f64,
}

/// A G-test of whether the shares of a step are the same wherever a call comes from.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Memory")]
struct MemoryJson {
    step: String,
    intent: Option<String>,
    counted: u64,
    /// G.
    statistic: f64,
    /// 0 where too little was counted to test anything.
    degrees_of_freedom: u32,
    p_value: f64,
    /// What differs most; null where too little was counted.
    contrast: Option<ContrastJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Contrast")]
struct ContrastJson {
    event: String,
    most: OriginJson,
    least: OriginJson,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Origin")]
struct OriginJson {
    previous: String,
    share: f64,
    counted: u64,
}

impl CalibrationJson {
    /// The report as JSON has it.
    #[must_use]
    pub fn of(report: &CalibrationReport<'_>) -> Self {
        let calibration = report.calibration;
        Self {
            schema: SCHEMA,
            file: report.file.to_owned(),
            counts: report.counts.to_owned(),
            name: report.tree.name.as_ref().map(|name| name.value.clone()),
            caller: report.caller.to_owned(),
            moment: report.moment.clone(),
            prior_strength: report.strength,
            rows: report.rows,
            rows_left_out: report.mistakes.all,
            mistakes: report
                .mistakes
                .first
                .iter()
                .map(|(line, message)| MistakeJson {
                    line: *line,
                    message: message.clone(),
                })
                .collect(),
            steps: steps(report),
            before: figures(&calibration.before),
            after: figures(&calibration.after),
            memory: memory(report),
            notes: notes(report),
        }
    }

    /// As text, with a line break at its end.
    ///
    /// # Errors
    ///
    /// Never, as far as is known: all of it can be written.
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }
}

/// The schema of the form.
#[must_use]
pub fn schema() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<CalibrationJson>()
}

fn steps(report: &CalibrationReport<'_>) -> Vec<StepJson> {
    let step = |step: &crate::measure::calibrate::StepShares| StepJson {
        step: report.step(step.step).to_owned(),
        intent: step.intent.map(|intent| report.intent(intent).to_owned()),
        attempt: step.attempt,
        entries: step.entries,
        counted: step.calls,
        shares: step
            .shares
            .iter()
            .map(|share| ShareJson {
                event: report.event(step.step, share.what).to_owned(),
                label: report.label(step.step, share.what).map(str::to_owned),
                n: share.n,
                before: share.before,
                after: share.after,
                low: share.interval.0,
                high: share.interval.1,
                model_outside: share.is_far(),
            })
            .collect(),
    };
    report.calibration.steps.iter().map(step).collect()
}

fn figures(outcomes: &Outcomes) -> FiguresJson {
    let seconds = |ms: Estimate| {
        let seconds = Estimate {
            value: ms.value / 1000.0,
            error: ms.error / 1000.0,
        };
        estimate(seconds, f64::INFINITY)
    };
    FiguresJson {
        seconds: seconds(outcomes.ms),
        reach_person: estimate(outcomes.person, 1.0),
        seconds_to_person: outcomes.ms_to_person.map(seconds),
        ends: Exit::ALL
            .into_iter()
            .zip(outcomes.ends)
            .map(|(exit, share)| EndJson {
                end: exit_names(exit).0,
                share: estimate(share, 1.0),
            })
            .collect(),
    }
}

fn estimate(figure: Estimate, most: f64) -> EstimateJson {
    let (low, high) = figure.interval(0.0, most);
    EstimateJson {
        value: figure.value,
        standard_error: figure.error,
        low,
        high,
    }
}

fn memory(report: &CalibrationReport<'_>) -> Vec<MemoryJson> {
    let origin = |origin: Origin| OriginJson {
        previous: report.step(origin.previous).to_owned(),
        share: origin.share,
        counted: origin.calls,
    };
    let one = |test: &crate::measure::calibrate::MemoryTest| MemoryJson {
        step: report.step(test.step).to_owned(),
        intent: test.intent.map(|intent| report.intent(intent).to_owned()),
        counted: test.calls,
        statistic: test.test.statistic,
        degrees_of_freedom: test.test.freedom,
        p_value: test.test.p_value,
        contrast: test.contrast.map(|contrast| ContrastJson {
            event: report.event(test.step, contrast.what).to_owned(),
            most: origin(contrast.most),
            least: origin(contrast.least),
        }),
    };
    report.calibration.memory.iter().map(one).collect()
}
