//! Writes the report of a change in each form that is asked for.

use super::Format;
use crate::cli::sinks;
use presszero::error::Error;
use presszero::report::diff::{Diff, markdown, text};
use presszero::report::text::Look;

/// One report to be written.
pub type Sink = sinks::Sink<Format>;

impl Sink {
    /// Writes the report.
    pub fn write(&self, diff: &Diff) -> Result<(), Error> {
        let report = match self.format {
            Format::Text => text(
                diff,
                if self.is_colorful() {
                    Look::colored()
                } else {
                    Look::default()
                },
            ),
            Format::Markdown => markdown(diff),
            Format::Json => {
                let json = diff.json();
                json.map_err(|error| Error::Usage(format!("the report cannot be written: {error}")))? + "\n"
            }
        };
        self.put([report])
    }
}
