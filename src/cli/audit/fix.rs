//! Makes the fixes of findings in the files that were audited, or shows them.

use super::Arguments;
use crate::cli::load::Loaded;
use crate::cli::output;
use crate::cli::recognise::OURS;
use clap::Args;
use presszero::audit::count;
use presszero::check::{self, Fixed};
use presszero::error::Error;
use presszero::finding::Finding;
use presszero::report::TreeReport;
use presszero::report::text::words::plain;
use presszero::report::unified;
use presszero::source::Source;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What is to be mended.
#[derive(Debug, Args)]
pub struct Fixing {
    /// Make the safe fixes in the files, and report what is left
    ///
    /// A fix is safe where callers hear and reach the same afterwards, or where a word of the format is misspelt and
    /// hardly another can be meant. Every other byte of a file stays as it is, and a file that would have a new mistake
    /// stays as it is altogether. Files in foreign formats are never changed.
    #[arg(long, conflicts_with_all = ["at", "watch"])]
    fix: bool,

    /// With `--fix` or `--diff`, also the fixes that change ways, names or words of the author's own
    #[arg(long)]
    unsafe_fixes: bool,

    /// Show what `--fix` would change as a unified diff, and write nothing
    #[arg(long, conflicts_with_all = ["at", "format", "output", "quiet", "watch", "write_baseline", "prune_baseline"])]
    diff: bool,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Fixes {
    /// Whether changes were only shown.
    pub is_preview: bool,
    /// Whether files were changed.
    pub have_changed: bool,
    /// Whether some file should have been changed and could not be.
    pub have_failed: bool,
}

/// Makes or shows what is asked for; `None` where nothing is.
///
/// # Errors
/// When standard input should be changed.
pub fn fixes(arguments: &Arguments, loaded: &Loaded, trees: &[TreeReport]) -> Result<Option<Fixes>, Error> {
    let asked = &arguments.fixing;
    if !asked.fix && !asked.diff {
        return if asked.unsafe_fixes {
            usage("`--unsafe-fixes` needs `--fix`, or `--diff` to look at the changes first")
        } else {
            Ok(None)
        };
    }
    let mut out = Fixes {
        is_preview: asked.diff,
        ..Fixes::default()
    };
    let files = by_file(loaded, trees);
    if !asked.diff && loaded.paths.iter().any(Option::is_none) {
        return usage("standard input has no place to write to; name the file, or see the changes with `--diff`");
    }
    let say = |words: &str| {
        if !arguments.quiet {
            output::say(words);
        }
    };
    say(&foreign(loaded, trees));
    let mend = |(at, findings): &(usize, Vec<&Finding>)| {
        let source = loaded.portfolio.sources.get(*at)?;
        let fixed = check::fix(source, findings.iter().copied(), asked.unsafe_fixes);
        Some((*at, source, fixed))
    };
    let made: Vec<(usize, &Source, Fixed)> = files.par_iter().filter_map(mend).collect();
    for (at, source, fixed) in made {
        let name = plain(&source.name);
        let Some((text, patches)) = &fixed.text else {
            if let Some(mistake) = fixed.worse.first() {
                output::warn(&format!(
                    "{name}: nothing is changed, for the fixes would leave a mistake behind: {mistake}"
                ));
                out.have_failed = true;
            } else {
                say(&told(&name, &fixed, ""));
            }
            continue;
        };
        if asked.diff {
            output::print([unified::diff(&source.name, &source.text, patches)])?;
            say(&told(&name, &fixed, "would be "));
            continue;
        }
        let Some(path) = path(loaded, at) else { continue };
        match write(path, source, text) {
            Ok(()) => {
                out.have_changed = true;
                say(&told(&name, &fixed, ""));
            }
            // The other files are mended all the same.
            Err(reason) => {
                output::warn(&format!("{name}: nothing is changed, for {reason}"));
                out.have_failed = true;
            }
        }
    }
    Ok(Some(out))
}

/// Tells how many more fixes can be made now.
pub fn tell_more(arguments: &Arguments, trees: &[TreeReport]) {
    let findings = trees.iter().flat_map(|tree| &tree.checked.findings);
    let fixes = findings.filter_map(|finding| finding.fix.as_ref());
    let more = fixes.filter(|fix| fix.is_safe || arguments.fixing.unsafe_fixes).count();
    if more > 0 && !arguments.quiet {
        output::say(&format!("{} can be made now: run again\n", count_fixes(more)));
    }
}

fn usage<T>(message: &str) -> Result<T, Error> {
    Err(Error::Usage(message.to_owned()))
}

/// The findings that have a fix, by the file that they were found in.
fn by_file<'t>(loaded: &Loaded, trees: &'t [TreeReport]) -> Vec<(usize, Vec<&'t Finding>)> {
    let mut files: BTreeMap<usize, Vec<&Finding>> = BTreeMap::new();
    for tree in trees {
        let Some(entry) = loaded.portfolio.trees.get(tree.id as usize) else {
            continue;
        };
        let found = tree.checked.findings.iter().filter(|finding| finding.fix.is_some());
        let mut found = found.peekable();
        if found.peek().is_some() {
            files.entry(entry.source).or_default().extend(found);
        }
    }
    files.into_iter().collect()
}

fn path(loaded: &Loaded, source: usize) -> Option<&Path> {
    loaded.paths.get(source)?.as_deref()
}

/// Writes the new text of a file, or says why that cannot be done.
fn write(path: &Path, source: &Source, text: &str) -> Result<(), String> {
    match reason_against(path, source) {
        Some(reason) => Err(format!("it {reason}")),
        None => output::write_file(path, [text]).map_err(|error| error.to_string()),
    }
}

/// Why a file is not to be written.
fn reason_against(path: &Path, source: &Source) -> Option<String> {
    let known = match fs::symlink_metadata(path) {
        Ok(known) => known,
        Err(error) => return Some(format!("cannot be looked at: {error}")),
    };
    let reason = if known.is_symlink() {
        "is a symbolic link; name the file that it leads to"
    } else if !known.is_file() {
        "is no ordinary file"
    } else if known.permissions().readonly() {
        "is read-only"
    } else if !source.invalid.is_empty() {
        "holds bytes that are not UTF-8 text"
    } else if fs::read(path).ok().as_deref() != Some(source.text.as_bytes()) {
        "has changed since it was read"
    } else {
        return None;
    };
    Some(reason.to_owned())
}

/// How many files stay as they are because they are in a foreign format.
fn foreign(loaded: &Loaded, trees: &[TreeReport]) -> String {
    let entries = trees
        .iter()
        .filter_map(|tree| loaded.portfolio.trees.get(tree.id as usize));
    let foreign: BTreeSet<usize> = entries
        .filter(|entry| entry.format != OURS)
        .map(|entry| entry.source)
        .collect();
    if foreign.is_empty() {
        return String::new();
    }
    let files = count(foreign.len(), "file");
    format!("{files} in a foreign format: never changed; `presszero import` rewrites it in the format of presszero\n")
}

/// What came of one file.
fn told(name: &str, fixed: &Fixed, would: &str) -> String {
    let mut parts = Vec::new();
    if fixed.made > 0 {
        parts.push(format!("{} {would}made", count_fixes(fixed.made)));
    }
    if fixed.overlapping > 0 {
        parts.push(format!(
            "{} left that overlap with them",
            count_fixes(fixed.overlapping)
        ));
    }
    if fixed.not_safe > 0 {
        parts.push(format!("{} left for `--unsafe-fixes`", fixed.not_safe));
    }
    format!("{name}: {}\n", parts.join(", "))
}

fn count_fixes(number: usize) -> String {
    match number {
        1 => "1 fix".to_owned(),
        _ => format!("{number} fixes"),
    }
}
