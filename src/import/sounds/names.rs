//! The name of a recording as a place below a folder.

use super::lengths::Coding;

/// Folders in one name; more are no name that a person gave.
const FOLDERS_MAX: usize = 32;

/// A name that can be looked for: a relative path, in which nothing is put in while a call runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The folders, outermost first; `..` leads out of one.
    pub folders: Vec<String>,
    /// The file's name without the ending of a recording.
    pub stem: String,
    /// That ending, in lower case: `wav`.
    pub ending: Option<String>,
}

impl Name {
    /// Takes a name apart; `None` where it is an address, an absolute path, or put together while a call runs.
    #[must_use]
    pub fn of(file: &str) -> Option<Self> {
        let file = file.trim().replace('\\', "/");
        if file.starts_with(['/', '~']) || file.contains([':', '\0']) || is_put_together(&file) {
            return None;
        }
        let mut folders: Vec<String> = Vec::new();
        for part in file.split('/').filter(|part| !matches!(*part, "" | ".")) {
            let leads_out = part == ".." && folders.last().is_some_and(|last| last != "..");
            if leads_out {
                folders.pop();
            } else {
                folders.push(part.to_owned());
            }
        }
        let last = folders
            .pop()
            .filter(|last| last != ".." && folders.len() < FOLDERS_MAX)?;
        let (stem, ending) = parted(&last);
        Some(Self {
            folders,
            stem: stem.to_owned(),
            ending: ending.map(str::to_ascii_lowercase),
        })
    }
}

/// The folders in which recordings of a language lie, the most exact first.
///
/// For `en-GB` these are `en-GB`, `en_GB`, `en/GB`, `en/gb` and `en`: Asterisk looks for the parts of a language one
/// below another (Asterisk Documentation, "Exploring Sound Prompts").
#[must_use]
pub fn languages(tag: &str) -> Vec<String> {
    let is_tag = tag
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let parts: Vec<&str> = tag.split(['-', '_']).filter(|part| !part.is_empty()).collect();
    let (true, Some(primary)) = (is_tag, parts.first()) else {
        return Vec::new();
    };
    let nested = parts.join("/");
    let mut out = vec![parts.join("-"), parts.join("_"), nested.to_ascii_lowercase(), nested];
    out.swap(2, 3);
    out.push((*primary).to_owned());
    out.push(primary.to_ascii_lowercase());
    out.dedup();
    out
}

/// How a table of recordings calls one: without what may differ between two ways to write the same name.
pub fn key(file: &str) -> String {
    let file = file.trim().replace('\\', "/");
    let file = file.trim_start_matches("./");
    let (folders, last) = file
        .rsplit_once('/')
        .map_or(("", file), |(folders, last)| (folders, last));
    let stem = parted(last).0;
    if folders.is_empty() {
        stem.to_owned()
    } else {
        format!("{folders}/{stem}")
    }
}

/// Whether parts of a name are put in while a call runs.
pub fn is_put_together(file: &str) -> bool {
    file.contains(['$', '{', '}', '<', '>', '|', '*', '?', '"'])
}

/// A file's name without the ending of a recording, and that ending.
fn parted(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && Coding::of(ending).is_some() => (stem, Some(ending)),
        _ => (name, None),
    }
}
