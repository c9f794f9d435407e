//! What is understood of each foreign format, as a page of Markdown.

use super::{FORMATS, Format, Joins};
use std::fmt::Write;

/// One construct of a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Construct {
    /// As its files have it.
    pub written: String,
    /// The kind of step that it becomes; empty where it becomes none.
    pub becomes: &'static str,
    /// What is to be known about that, or why it is passed over.
    pub note: &'static str,
}

impl Construct {
    /// A construct with what becomes of it.
    #[must_use]
    pub fn new(written: impl Into<String>, becomes: &'static str, note: &'static str) -> Self {
        Self {
            written: written.into(),
            becomes,
            note,
        }
    }
}

/// Every format, one after the other.
#[must_use]
pub fn all() -> String {
    let mut out = String::from("# Foreign formats\n\n");
    for format in FORMATS {
        let _ = writeln!(out, "## {}\n\n{}", format.name, page(format));
    }
    out
}

/// The page of one format: how its files are read, then each construct that is known.
#[must_use]
pub fn page(format: &Format) -> String {
    let mut out = format!("{}\n\n", format.about);
    out.push_str(match format.joins {
        Joins::Apart => "Each file is read by itself.",
        Joins::ByName(_) => "Files that name one another and lie in the folder that is audited are read as one.",
        Joins::ByFolder(_) => "The files of one configuration's folder are read as one.",
    });
    out.push_str(
        " A construct that is in none of these rows is reported once, with its place and how often it is met.\n\n",
    );
    out.push_str("| written | becomes | |\n| --- | --- | --- |\n");
    for construct in (format.words)() {
        let becomes = if construct.becomes.is_empty() {
            "nothing"
        } else {
            construct.becomes
        };
        let written = construct.written.replace('|', "\\|");
        let note = construct.note.replace('|', "\\|").replace('<', "\\<");
        let _ = writeln!(out, "| `{written}` | {becomes} | {note} |");
    }
    out
}
