//! Reads files into a portfolio; what cannot be taken is kept with its reason.

mod links;
mod overlay;
mod sniff;

use super::gather::{Gathered, Input, is_side_file};
use super::progress::Progress;
use super::recognise::{Recognised, recognise};
use presszero::audit::Portfolio;
use presszero::document::tree::PhoneTree;
use presszero::error::Problem;
use presszero::report::lines::Lines;
use presszero::report::{Aside, Refused};
use presszero::source::Source;
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes.
const BYTES_MAX: u64 = 1 << 30;

/// What was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The trees.
    pub portfolio: Portfolio,
    /// For each source of the portfolio, where it is; `None` for standard input.
    pub paths: Vec<Option<PathBuf>>,
    /// Files that are not phone trees.
    pub skipped: Vec<Aside>,
    /// Files that cannot be taken.
    pub refused: Vec<Refused>,
}

/// What came of one file.
pub enum Outcome {
    /// Its text and its trees, and the overlay that cannot be taken.
    Read(Source, Recognised, Option<Refused>),
    /// It is not a phone tree, which is no fault.
    Skipped(String),
    /// It is not a phone tree, and nobody would think so.
    Passed,
    /// It cannot be taken, with the mistakes in it.
    Refused(String, Option<(Source, Vec<Problem>)>),
}

/// Reads all files, in parallel; the outcome is in their order. `overlay` holds for each of them.
///
/// What their trees lead to is read as well, as far as it lies within `paths`, and followed without being reported.
pub fn load(gathered: &Gathered, overlay: Option<&Path>, paths: &[PathBuf]) -> Loaded {
    let progress = Progress::start("reading", gathered.inputs.len());
    let one = |input: &Input| {
        let outcome = read(input, overlay);
        progress.step();
        outcome
    };
    let outcomes: Vec<Outcome> = gathered.inputs.par_iter().map(one).collect();
    drop(progress);
    let mut loaded = Loaded::default();
    for missing in &gathered.missing {
        loaded.refuse(missing.clone(), None);
    }
    for (input, outcome) in gathered.inputs.iter().zip(outcomes) {
        let aside = |reason| Aside {
            file: input.name.clone(),
            reason,
        };
        match outcome {
            Outcome::Read(source, known, overlay) => {
                loaded.skipped.extend(in_part(&source, &known).map(aside));
                loaded.add(source, input.path.clone(), known);
                loaded.refused.extend(overlay);
            }
            Outcome::Skipped(reason) => loaded.skipped.push(aside(reason)),
            Outcome::Passed => {}
            Outcome::Refused(reason, mistakes) => loaded.refuse(aside(reason), mistakes),
        }
    }
    links::follow(&mut loaded, paths);
    loaded
}

impl Loaded {
    fn add(&mut self, source: Source, path: Option<PathBuf>, known: Recognised) {
        let first = self.portfolio.trees.len();
        let problems = by_tree(&known.trees, known.problems);
        self.portfolio.add(source, known.format, known.trees);
        self.paths.push(path);
        let entries = self.portfolio.trees.iter_mut().skip(first);
        for (entry, problems) in entries.zip(problems) {
            entry.problems = problems;
        }
    }

    fn refuse(&mut self, aside: Aside, mistakes: Option<(Source, Vec<Problem>)>) {
        self.refused.push(Refused { aside, mistakes });
    }
}

/// Deals the mistakes of a file out to its trees: each to the tree that it stands in, or to the one before it.
fn by_tree(trees: &[PhoneTree], problems: Vec<Problem>) -> Vec<Vec<Problem>> {
    let mut out = vec![Vec::new(); trees.len()];
    for problem in problems {
        let at = trees.partition_point(|tree| tree.span.start <= problem.span.start);
        if let Some(list) = out.get_mut(at.saturating_sub(1)) {
            list.push(problem);
        }
    }
    out
}

/// Reads one file, and the overlay that is given or lies beside it.
pub fn read(input: &Input, overlay: Option<&Path>) -> Outcome {
    if input.path.as_deref().is_some_and(is_side_file) {
        return Outcome::Skipped("belongs to a phone tree and is none itself".to_owned());
    }
    if input.by_content && input.path.as_deref().is_some_and(|path| !sniff::may_be_tree(path)) {
        return Outcome::Passed;
    }
    let bytes = match &input.path {
        Some(path) => read_file(path),
        None => read_to_limit(io::stdin().lock(), 0),
    };
    let source = match bytes {
        Ok(bytes) => Source::from_bytes(input.name.clone(), bytes),
        Err(reason) => return Outcome::Refused(reason, None),
    };
    match recognise(&source) {
        Some(known) if !known.refused.is_empty() && known.trees.is_empty() => refused(input, source, &known),
        Some(known) if known.trees.is_empty() => {
            let reason = "the file is broken, so that no phone tree can be read from it".to_owned();
            Outcome::Refused(reason, Some((source, known.problems)))
        }
        Some(mut known) => {
            let refused = overlay::complete(&mut known, input.path.as_deref(), overlay);
            Outcome::Read(source, known, refused)
        }
        None if input.named => Outcome::Refused(not_a_tree(), None),
        None if input.by_content => Outcome::Passed,
        None => Outcome::Skipped(not_a_tree()),
    }
}

/// A file of which nothing can be audited: no fault in a folder, but whoever names it expects something of it.
fn refused(input: &Input, source: Source, known: &Recognised) -> Outcome {
    if input.named {
        let reason = format!("{} that cannot be taken", known.format);
        let problems = known.not_taken().chain(known.problems.iter().cloned()).collect();
        return Outcome::Refused(reason, Some((source, problems)));
    }
    let mut reasons: Vec<&str> = known.refused.iter().map(|(_, reason)| reason.as_str()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    Outcome::Skipped(format!("{}: {}", known.format, reasons.join("; ")))
}

/// What of a file is left aside, where the rest of it is audited.
fn in_part(source: &Source, known: &Recognised) -> Option<String> {
    if known.refused.is_empty() {
        return None;
    }
    let lines = Lines::of(&source.text);
    let told = known.refused.iter().map(|(span, reason)| {
        let line = lines.position(span.start).line;
        format!("the flow at line {line} is {reason}")
    });
    Some(told.collect::<Vec<_>>().join("; "))
}

fn not_a_tree() -> String {
    "not a phone tree: it has no `phone-tree:` at its top and is in no other format that is known".to_owned()
}

/// The bytes of a file, or a reason in words.
pub fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(|error| in_words(&error))?;
    match file.metadata() {
        Ok(known) if known.is_dir() => Err("is a folder".to_owned()),
        Ok(known) if known.len() > BYTES_MAX => Err(too_large()),
        Ok(known) => read_to_limit(file, known.len()),
        Err(_) => read_to_limit(file, 0),
    }
}

/// All bytes, of which so many are expected.
fn read_to_limit(from: impl Read, expected: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    // One byte more lets the end be seen without growing; where there is no room, reading tells so.
    let _ = bytes.try_reserve_exact(usize::try_from(expected).map_or(0, |expected| expected + 1));
    from.take(BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| in_words(&error))?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(too_large());
    }
    Ok(bytes)
}

fn too_large() -> String {
    "is larger than 1 GiB, which is more than is read".to_owned()
}

fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "cannot be read: permission denied".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}
