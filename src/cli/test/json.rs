//! Tests for programs: JSON of a published form.

use super::{Made, Tested, Tests};
use crate::cli::call::json::{ToldJson, ToolJson, named, told, write};
use presszero::error::Error;
use presszero::report::lines::Lines;
use presszero::source::Span;
use presszero::walk::test::Failure;
use presszero::walk::test::coverage::{Coverage, Spot};
use schemars::{JsonSchema, Schema};
use serde::Serialize;

/// The name of this form; a change that breaks readers gives it another number.
pub const SCHEMA: &str = "presszero/test/1";

/// The test calls of phone trees, made by presszero.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Tests")]
struct TestsJson {
    /// The form of this document: `presszero/test/1`.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    tool: ToolJson,
    totals: TotalsJson,
    /// The trees that have calls, by file.
    trees: Vec<TreeJson>,
    /// Files that could not be read or are broken.
    refused: Vec<RefusedJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TestTotals")]
struct TotalsJson {
    calls: usize,
    failed: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TestRefused")]
struct RefusedJson {
    file: String,
    reason: String,
}

/// The calls of one tree.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TestedTree")]
struct TreeJson {
    file: String,
    /// What the line is called.
    name: Option<String>,
    calls: Vec<MadeJson>,
    coverage: CoverageJson,
}

/// One call.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TestCall")]
struct MadeJson {
    name: String,
    place: PlaceJson,
    passed: bool,
    /// What was not as expected.
    failures: Vec<FailureJson>,
    /// What cannot be told, because some length of time is unknown; the call passes all the same.
    unsure: Vec<FailureJson>,
    /// The moment by the clock of the tree; null where no clock decides anything.
    moment: Option<String>,
    #[serde(flatten)]
    told: ToldJson,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TestFailure")]
struct FailureJson {
    message: String,
    help: Option<String>,
    place: PlaceJson,
}

/// Where something is written.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TestPlace")]
struct PlaceJson {
    file: String,
    /// From 1.
    line: usize,
    /// In characters, from 1.
    column: usize,
    start_byte: u32,
    end_byte: u32,
}

/// What the calls take of the tree, as far as calls can come to it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Coverage")]
struct CoverageJson {
    steps: TakenJson,
    options: TakenJson,
    exits: TakenJson,
    /// Options and exits that no call takes.
    not_taken: Vec<SpotJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Taken")]
struct TakenJson {
    taken: usize,
    of: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Spot")]
struct SpotJson {
    /// `option` or `exit`.
    kind: &'static str,
    step: String,
    /// The key of an option, the field of an exit.
    name: String,
    place: PlaceJson,
}

/// The document.
pub fn report(tests: &Tests<'_>) -> Result<String, Error> {
    write(&TestsJson {
        schema: SCHEMA,
        tool: ToolJson::THIS,
        totals: TotalsJson {
            calls: tests.made().count(),
            failed: tests.made().filter(|made| !made.outcome.failures.is_empty()).count(),
        },
        trees: tests.trees.iter().map(|tree| one(tests, tree)).collect(),
        refused: tests
            .refused
            .iter()
            .map(|refused| RefusedJson {
                file: refused.aside.file.clone(),
                reason: refused.aside.why(),
            })
            .collect(),
    })
}

/// The JSON Schema of the document.
pub fn schema() -> Schema {
    named::<TestsJson>("test-1")
}

fn one(tests: &Tests<'_>, tree: &Tested<'_>) -> TreeJson {
    let name = tree.graph.root().and_then(|tree| tree.name.as_ref());
    let text = tests
        .portfolio
        .source(tree.id)
        .map_or("", |source| source.text.as_str());
    TreeJson {
        file: tests.file(tree).to_owned(),
        name: name.map(|name| name.value.clone()),
        calls: tree.made.iter().map(|made| call(tree, made)).collect(),
        coverage: coverage(tests.file(tree), &Lines::of(text), tree),
    }
}

fn call(tree: &Tested<'_>, made: &Made<'_>) -> MadeJson {
    let outcome = &made.outcome;
    let lines = Lines::of(&made.source.text);
    let failure = |failure: &Failure| FailureJson {
        message: failure.message.clone(),
        help: failure.help.clone(),
        place: place(&made.source.name, &lines, failure.span),
    };
    MadeJson {
        name: made.name(),
        place: place(&made.source.name, &lines, made.call.span),
        passed: outcome.failures.is_empty(),
        failures: outcome.failures.iter().map(failure).collect(),
        unsure: outcome.unsure.iter().map(failure).collect(),
        moment: outcome.at.map(|(at, _)| at.to_string()),
        told: told(&tree.graph, &outcome.entries, &outcome.meters, outcome.ending),
    }
}

fn place(file: &str, lines: &Lines<'_>, span: Span) -> PlaceJson {
    let at = lines.position(span.start);
    PlaceJson {
        file: file.to_owned(),
        line: at.line,
        column: at.column,
        start_byte: span.start,
        end_byte: span.end,
    }
}

fn coverage(file: &str, lines: &Lines<'_>, tree: &Tested<'_>) -> CoverageJson {
    let steps = tree.graph.root().map(|tree| tree.steps.as_slice()).unwrap_or_default();
    let found = &tree.coverage;
    let taken = |spots: &[Spot]| TakenJson {
        taken: Coverage::taken(spots),
        of: spots.len(),
    };
    let spot = |kind: &'static str| {
        move |spot: &Spot| SpotJson {
            kind,
            step: steps
                .get(spot.step as usize)
                .map_or(String::new(), |step| step.name.value.clone()),
            name: spot.name(&tree.graph),
            place: place(file, lines, spot.span),
        }
    };
    let open = |spots: &'_ [Spot]| spots.iter().filter(|spot| !spot.taken).cloned().collect::<Vec<_>>();
    let options = open(&found.options);
    let exits = open(&found.exits);
    CoverageJson {
        steps: taken(&found.steps),
        options: taken(&found.options),
        exits: taken(&found.exits),
        not_taken: options
            .iter()
            .map(spot("option"))
            .chain(exits.iter().map(spot("exit")))
            .collect(),
    }
}
