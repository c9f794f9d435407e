//! Reads files into a portfolio; what cannot be taken is kept with its reason.

mod folder;
mod joined;
mod links;
mod overlay;
mod sniff;
pub mod sounds;

use super::gather::{Gathered, Input, is_side_file};
use super::progress::Progress;
use super::reading::Reading;
use super::recognise::{Recognised, foreign, ours};
use folder::Folder;
use joined::{Part, Whole};
use presszero::audit::Portfolio;
use presszero::document::tree::PhoneTree;
use presszero::error::Problem;
use presszero::import::{Format, Joins};
use presszero::report::lines::Lines;
use presszero::report::{Aside, Refused};
use presszero::source::Source;
use rayon::prelude::*;
use std::collections::BTreeMap;
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
    /// Files that tell of the recordings of the trees.
    pub beside: Vec<PathBuf>,
}

/// What came of one file.
pub enum Outcome {
    /// It holds trees.
    Read(Box<Taken>),
    /// It is not a phone tree, which is no fault.
    Skipped(Why),
    /// It is not a phone tree, and nobody would think so.
    Passed,
    /// It cannot be taken, with the mistakes in it.
    Refused(Why, Option<(Source, Vec<Problem>)>),
}

/// Why a file is not audited.
pub struct Why {
    /// The foreign format that it is in, where it is in one.
    format: Option<&'static str>,
    /// The reason in words.
    pub reason: String,
    /// Each reason by itself, where there are several for parts of the file.
    reasons: Vec<String>,
}

impl From<String> for Why {
    fn from(reason: String) -> Self {
        Self {
            format: None,
            reason,
            reasons: Vec::new(),
        }
    }
}

/// What one file is by itself.
enum First {
    /// All there is to it.
    Alone(Outcome),
    /// Perhaps a part of something.
    Part(Part),
}

/// A file that holds trees.
pub struct Taken {
    source: Source,
    known: Recognised,
    /// Overlays that cannot be taken as they are.
    overlays: Vec<Refused>,
}

/// Reads all files, in parallel; the outcome is in their order.
///
/// What their trees lead to is read as well, as far as it lies within `paths`, and followed without being reported.
pub fn load(gathered: &Gathered, reading: &Reading, paths: &[PathBuf]) -> Loaded {
    let folder = Folder::of(paths);
    let progress = Progress::start("reading", gathered.inputs.len());
    let one = |(at, input): (usize, &Input)| {
        let first = first(at, input, reading);
        progress.step();
        first
    };
    let firsts: Vec<First> = gathered.inputs.par_iter().enumerate().map(one).collect();
    drop(progress);
    let (mut outcomes, mut parts) = (BTreeMap::new(), Vec::new());
    for (at, first) in firsts.into_iter().enumerate() {
        match first {
            First::Alone(outcome) => {
                outcomes.insert(at, (gathered.inputs.get(at).cloned(), outcome));
            }
            First::Part(part) => parts.push(part),
        }
    }
    let whole = |whole: Whole| {
        let known = foreign(&whole.source, Some(whole.format), reading);
        let outcome = understood(&whole.input, whole.source, known, reading);
        (whole.at, (Some(whole.input), outcome))
    };
    let wholes: Vec<_> = joined::join(parts, &folder).into_par_iter().map(whole).collect();
    outcomes.extend(wholes);
    let mut loaded = Loaded::default();
    for missing in &gathered.missing {
        loaded.refuse(missing.clone(), None);
    }
    for (input, outcome) in outcomes.into_values() {
        let Some(input) = input else { continue };
        let aside = |why: Why| Aside {
            format: why.format,
            reasons: why.reasons,
            ..Aside::new(&input.name, why.reason)
        };
        match outcome {
            Outcome::Read(taken) => {
                let in_part = |why| Aside {
                    in_part: true,
                    ..aside(why)
                };
                loaded
                    .skipped
                    .extend(not_taken(&taken.source, &taken.known).map(in_part));
                loaded.add(*taken, input.path.clone());
            }
            Outcome::Skipped(reason) => loaded.skipped.push(aside(reason)),
            Outcome::Passed => {}
            Outcome::Refused(reason, mistakes) => loaded.refuse(aside(reason), mistakes),
        }
    }
    links::follow(&mut loaded, &folder);
    sounds::complete(&mut loaded, &folder);
    loaded
}

impl Loaded {
    /// Every file that was read.
    pub fn files(&self) -> impl Iterator<Item = PathBuf> {
        let parts = self.portfolio.sources.iter().flat_map(|source| source.files().skip(1));
        let parts = parts.map(|(name, _)| PathBuf::from(name));
        let beside = self.beside.iter().cloned();
        self.paths.iter().flatten().cloned().chain(parts).chain(beside)
    }

    fn add(&mut self, taken: Taken, path: Option<PathBuf>) {
        let Taken {
            source,
            known,
            overlays,
        } = taken;
        self.refused.extend(overlays);
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
fn read(input: &Input, reading: &Reading) -> Outcome {
    match first(0, input, reading) {
        First::Alone(outcome) => outcome,
        First::Part(part) => {
            let known = foreign(&part.source, Some(part.format), reading);
            understood(&part.input, part.source, known, reading)
        }
    }
}

fn first(at: usize, input: &Input, reading: &Reading) -> First {
    let source = match take(input) {
        Ok(source) => source,
        Err(outcome) => return First::Alone(*outcome),
    };
    let known = if reading.from.is_none() { ours(&source) } else { None };
    if known.is_some() {
        return First::Alone(understood(input, source, known, reading));
    }
    match reading.from.or_else(|| Format::of(&source.text)) {
        Some(format) if !matches!(format.joins, Joins::Apart) => First::Part(Part {
            at,
            input: input.clone(),
            source,
            format,
        }),
        format => {
            let known = foreign(&source, format, reading);
            First::Alone(understood(input, source, known, reading))
        }
    }
}

/// The text of a file that may be a tree.
fn take(input: &Input) -> Result<Source, Box<Outcome>> {
    if input.path.as_deref().is_some_and(is_side_file) {
        let reason = "belongs to a phone tree and is none itself".to_owned();
        return Err(Box::new(Outcome::Skipped(reason.into())));
    }
    if input.by_content && input.path.as_deref().is_some_and(|path| !sniff::may_be_tree(path)) {
        return Err(Box::new(Outcome::Passed));
    }
    let bytes = match &input.path {
        Some(path) => read_file(path),
        None => read_to_limit(io::stdin().lock(), 0),
    };
    match bytes {
        Ok(bytes) => Ok(Source::from_bytes(input.name.clone(), bytes)),
        Err(reason) => Err(Box::new(Outcome::Refused(reason.into(), None))),
    }
}

/// What came of a text, completed with the overlay that is given or lies beside it.
fn understood(input: &Input, source: Source, known: Option<Recognised>, reading: &Reading) -> Outcome {
    match known {
        Some(known) if !known.refused.is_empty() && known.trees.is_empty() => refused(input, source, &known),
        Some(known) if known.trees.is_empty() => {
            let reason = "the file is broken, so that no phone tree can be read from it".to_owned();
            Outcome::Refused(reason.into(), Some((source, known.problems)))
        }
        Some(mut known) => {
            let is_file = input.path.is_some();
            let overlays = overlay::complete(&mut known, &source, is_file, reading.overlay.as_deref());
            Outcome::Read(Box::new(Taken {
                source,
                known,
                overlays,
            }))
        }
        None if input.named => Outcome::Refused(not_a_tree().into(), None),
        None if input.by_content => Outcome::Passed,
        None => Outcome::Skipped(not_a_tree().into()),
    }
}

/// A file of which nothing can be audited: no fault in a folder, but whoever names it expects something of it.
fn refused(input: &Input, source: Source, known: &Recognised) -> Outcome {
    if input.named {
        let why = Why {
            format: Some(known.format),
            reason: "cannot be taken".to_owned(),
            reasons: reasons(known),
        };
        let problems = known.not_taken().chain(known.problems.iter().cloned()).collect();
        return Outcome::Refused(why, Some((source, problems)));
    }
    let mut distinct: Vec<&str> = known.refused.iter().map(|(_, reason)| reason.as_str()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    Outcome::Skipped(Why {
        format: Some(known.format),
        reason: distinct.join("; "),
        reasons: reasons(known),
    })
}

/// What of a file is left aside, where the rest of it is audited.
fn not_taken(source: &Source, known: &Recognised) -> Option<Why> {
    if known.refused.is_empty() {
        return None;
    }
    let lines = Lines::of_source(source);
    let told = known.refused.iter().map(|(span, reason)| {
        let line = lines.position(span.start).line;
        format!("the flow at line {line} is {reason}")
    });
    Some(Why {
        format: Some(known.format),
        reason: told.collect::<Vec<_>>().join("; "),
        reasons: reasons(known),
    })
}

fn reasons(known: &Recognised) -> Vec<String> {
    known.refused.iter().map(|(_, reason)| reason.clone()).collect()
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
