//! `presszero diff`: a change of phone trees, told by what it does to those who call.

mod forms;
mod git;
mod side;

use super::exit::Exit;
use super::output;
use super::sinks::{sinks, spare};
use clap::{ArgMatches, Args, ValueEnum};
use presszero::compare::Tolerance;
use presszero::compare::trees::pairs;
use presszero::document::schedule::Moment;
use presszero::error::Error;
use presszero::report::diff::{Diff, Fate, RefusedTold, TreeDiff, When};
use rayon::prelude::*;
use side::Side;
use std::path::{Path, PathBuf};

/// Tell what a change of phone trees does to callers: two files, two folders, or a revision of git and the files as they are
///
/// First what changes for callers, intent by intent: menus and seconds to a person, the share who are frustrated or hear a
/// prompt again. Then findings that came and went, and the edit itself. A step under another name is taken for what it is.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// The file or folder before and the one after; with `--git` the files and folders to look at
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Compare the files as they were at a revision of git (`main`, `HEAD~3`) with those that are there; settings and
    /// overlays are those of either side
    #[arg(long, value_name = "REV")]
    git: Option<String>,

    /// How much worse callers may be, such as `10s`, `8%` (of the seconds to a person), `2pp` (percentage points of
    /// callers), `1 menu`, `3 keys`; several with commas between them
    #[arg(long, value_name = "TOLERANCE", default_value = "0 menus,5s,5%,1pp", value_parser = tolerance)]
    tolerance: Tolerance,

    /// How to report; may be given several times, each followed by its `--output`
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Vec<Format>,

    /// Write the report of the `--format` before it to a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Vec<PathBuf>,

    /// Look at calls at one moment only, by the clock of each tree, such as 2026-11-23T10:00
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    at: Option<Moment>,

    /// The settings for all trees of both sides, instead of each tree's nearest `presszero.yaml`
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
}

/// How a diff is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people in a terminal
    Text,
    /// For people in a pull request
    Markdown,
    /// For programs: see `presszero schema diff`
    Json,
}

const EXAMPLES: &str = "\
Examples:
  presszero diff old.yaml new.yaml
  presszero diff --git main menus/
  presszero diff --git origin/main . --format text --format markdown --output comment.md
  presszero diff before/ after/ --tolerance 10s,2pp

Exit codes:
  0  compared; callers are not worse off by more than is tolerated
  1  compared; callers of some tree are worse off: a figure beyond the tolerance, or a new error
  2  nonsense was asked: an unknown revision, no repository, a mistake in the settings
  3  a file could not be read or is not a phone tree; everything else was compared
  4  nothing to compare was found";

fn moment(text: &str) -> Result<Moment, String> {
    text.parse()
}

fn tolerance(text: &str) -> Result<Tolerance, String> {
    text.parse()
}

/// Compares; `matches` are the arguments in their order.
pub fn run(arguments: &Arguments, matches: Option<&ArgMatches>) -> Result<Exit, Error> {
    let sinks = sinks(&arguments.format, Format::Text, &arguments.output, matches)?;
    let settings = arguments.settings.as_deref();
    let (sides, names) = if let Some(revision) = &arguments.git {
        let sides = git::sides(revision, &arguments.paths, settings)?;
        (sides, [revision.clone(), "the files as they are".to_owned()])
    } else {
        let (old, new) = two(&arguments.paths)?;
        let read = |path: &Path| {
            let mut side = Side::load(&[path.to_owned()], settings)?;
            side.name_files_below(path);
            Ok(side)
        };
        let show = |path: &Path| path.to_string_lossy().replace('\\', "/");
        let sides = [read(old)?, read(new)?];
        let files = sides.iter().flat_map(|side| &side.loaded.paths);
        spare(&sinks, files.flatten().map(PathBuf::as_path))?;
        (sides, [show(old), show(new)])
    };
    if sides.iter().any(Side::has_wrong_settings) {
        output::warn("nothing was compared, because the settings have mistakes");
        return Ok(Exit::Nonsense);
    }
    let mut diff = tell(&sides, names, arguments);
    diff.moment = arguments.at.map(|at| at.to_string());
    for sink in &sinks {
        sink.write(&diff)?;
    }
    if !sinks.iter().any(|sink| sink.is_shown_as(&Format::Text)) {
        for refused in &diff.refused {
            output::warn(&format!("{}: {}", refused.file, refused.reason));
        }
    }
    Ok(if !diff.refused.is_empty() {
        Exit::Refused
    } else if diff.trees.is_empty() {
        output::warn("nothing to compare was found");
        Exit::Nothing
    } else if diff.worse {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// The two paths that are compared.
fn two(paths: &[PathBuf]) -> Result<(&Path, &Path), Error> {
    let usage = |message: &str| Err(Error::Usage(message.to_owned()));
    match paths {
        [old, new] if old.as_os_str() == "-" && new.as_os_str() == "-" => {
            usage("standard input can be one of the two sides only")
        }
        [old, new] if old.exists() && new.exists() && old.is_dir() != new.is_dir() => {
            usage("compare a file with a file, or a folder with a folder")
        }
        [old, new] => Ok((old, new)),
        _ => usage("give the file or folder before and the one after, or `--git REV` and any number of paths"),
    }
}

/// Puts the trees of both sides side by side.
fn tell([old, new]: &[Side; 2], [before, after]: [String; 2], arguments: &Arguments) -> Diff {
    let (old_trees, new_trees) = (old.judge(arguments.at), new.judge(arguments.at));
    let mut refused: Vec<(When, String, RefusedTold)> = Vec::new();
    for (side, when) in [(old, When::Before), (new, When::After)] {
        refused.extend(side.refused(when));
    }
    // Of a file that cannot be read on one side, the other side is told alone.
    let is_refused = |when: When, key: &str| refused.iter().any(|(side, file, _)| *side == when && file == key);
    let one = |(from, to): (Option<usize>, Option<usize>)| {
        let before = from.and_then(|from| old_trees.get(from));
        let after = to.and_then(|to| new_trees.get(to));
        match (before, after) {
            (Some(before), Some(after)) => Some(TreeDiff::of(&before.half(), &after.half(), &arguments.tolerance)),
            (Some(before), None) => {
                let half = is_refused(When::After, old.key(before.source));
                let fate = if half { Fate::HalfRead } else { Fate::Removed };
                Some(TreeDiff::half(&before.half(), When::Before, fate))
            }
            (None, Some(after)) => {
                let half = is_refused(When::Before, new.key(after.source));
                let fate = if half { Fate::HalfRead } else { Fate::Added };
                Some(TreeDiff::half(&after.half(), When::After, fate))
            }
            (None, None) => None,
        }
    };
    let pairs = pairs(&old.places(&old_trees), &new.places(&new_trees));
    let trees: Vec<TreeDiff> = pairs.into_par_iter().filter_map(one).collect();
    let refused = refused.into_iter().map(|(_, _, told)| told).collect();
    Diff::of(before, after, &arguments.tolerance, trees, refused)
}
