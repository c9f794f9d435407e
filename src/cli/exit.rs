//! The exit codes that scripts rely on.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All done, and nothing at or above `--fail-on`.
    Clean = 0,
    /// Something at or above `--fail-on`.
    Findings = 1,
    /// The request makes no sense: an unknown flag or rule, bad settings.
    Nonsense = 2,
    /// A file could not be read or is not a phone tree; everything else was done.
    Refused = 3,
    /// Nothing to audit was found.
    Nothing = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
