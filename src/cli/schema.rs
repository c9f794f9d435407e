//! `presszero schema`: JSON Schemas for editors and programs.

use super::exit::Exit;
use super::output;
use clap::{Args, ValueEnum};
use presszero::document;
use presszero::error::Error;
use presszero::report::{calibrate, diff, improvement, json, package, service, simulation};

/// Print a JSON Schema: of phone trees, settings, overlays, or of a report for programs
#[derive(Debug, Args)]
#[command(after_long_help = "\
Editors that know JSON Schema complete and check YAML by it. With the YAML language server, a tree begins with
  # yaml-language-server: $schema=tree-1.json
after
  presszero schema tree > tree-1.json")]
pub struct Arguments {
    /// Of what
    #[arg(value_enum, default_value_t)]
    of: Of,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Of {
    /// Phone trees
    #[default]
    Tree,
    /// Settings, `presszero.yaml`
    Settings,
    /// Overlays of foreign files, `X.overlay.yaml`
    Overlay,
    /// The report of `presszero audit --format json`
    Audit,
    /// One call, as `presszero call --format json` tells it
    Call,
    /// The report of `presszero test --format json`
    Test,
    /// The answer of `presszero simulate --format json`
    Simulate,
    /// The answer of `presszero simulate --shared --format json`
    SimulateShared,
    /// The answer of `presszero improve --format json`
    Improve,
    /// The report of `presszero diff --format json`
    Diff,
    /// The answer of `presszero calibrate --format json`
    Calibrate,
    /// The data of a package that `presszero report` writes
    Report,
    /// The answer of `presszero rules --profile NAME --format json PATH`
    Checklist,
}

/// Prints it.
pub fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let schema = match arguments.of {
        Of::Tree => document::schema::tree(),
        Of::Settings => presszero::check::settings_schema(),
        Of::Overlay => document::schema::overlay(),
        Of::Audit => json::schema().to_value(),
        Of::Call => super::call::json::schema().to_value(),
        Of::Test => super::test::json::schema().to_value(),
        Of::Simulate => simulation::schema().to_value(),
        Of::SimulateShared => service::schema().to_value(),
        Of::Improve => improvement::schema().to_value(),
        Of::Checklist => super::rules::checklist::schema().to_value(),
        Of::Report => package::data::schema().to_value(),
        Of::Diff => diff::schema().to_value(),
        Of::Calibrate => calibrate::json::schema().to_value(),
    };
    let text = serde_json::to_string_pretty(&schema);
    let text = text.map_err(|error| Error::Usage(format!("the schema cannot be written: {error}")))?;
    output::print([text.as_str(), "\n"])?;
    Ok(Exit::Clean)
}
