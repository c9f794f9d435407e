//! The data of a package: what it is made of, its trees, and the audit that they come from.

use super::Brief;
use crate::report::Report;
use crate::report::json::{self, ReportJson};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};

/// The name of this form; a change that breaks readers gives it another number.
pub const SCHEMA: &str = "presszero/report/1";
/// The file that it goes to.
pub const FILE: &str = "data.json";

/// A package of pages, charts and tables by presszero.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Package")]
pub struct Data<'a> {
    /// The form of this document: `presszero/report/1`.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// The trees, the worst first.
    trees: &'a [Brief],
    /// The files of the package, this one left out.
    files: &'a [Written],
    /// The audit from which all of it follows.
    audit: ReportJson,
}

/// One file of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Written")]
pub struct Written {
    /// Its path within the package, with `/` between its parts.
    pub path: String,
    /// How long it is.
    pub bytes: u64,
    /// The SHA-256 of its content, by which one that was changed since is known.
    pub sha256: String,
}

/// What a later run looks at of an earlier package.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Earlier {
    /// The form.
    schema: String,
    /// The trees.
    pub trees: Vec<Brief>,
    /// The files.
    pub files: Vec<Written>,
}

impl<'a> Data<'a> {
    /// The data of a package.
    #[must_use]
    pub fn of(report: &Report<'_>, trees: &'a [Brief], files: &'a [Written]) -> Self {
        Self {
            schema: SCHEMA,
            trees,
            files,
            audit: json::report(report),
        }
    }
}

/// Reads the data of an earlier package.
///
/// # Errors
/// Why that cannot be done.
pub fn read(text: &[u8]) -> Result<Earlier, String> {
    let earlier: Earlier =
        serde_json::from_slice(text).map_err(|error| format!("is not the data of a package: {error}"))?;
    if earlier.schema == SCHEMA {
        Ok(earlier)
    } else {
        Err(format!(
            "is of the form `{}`, where `{SCHEMA}` can be read",
            earlier.schema
        ))
    }
}

/// The JSON Schema of the data.
#[must_use]
pub fn schema() -> Schema {
    // What is written always has all its fields, null where there is nothing.
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Data<'_>>();
    schema.insert("$id".to_owned(), "urn:presszero:schema:report-1".into());
    schema
}
