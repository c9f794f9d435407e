//! Files as they were at a revision, read through the program `git`.

mod past;

use super::side::Side;
use crate::cli::settings::SettingsFiles;
use past::Past;
use presszero::error::Error;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The files at a revision, and those that are there.
///
/// Both are named from the top of the repository.
///
/// # Errors
/// Where there is no `git`, no repository, no such revision, or a path lies outside of the repository.
pub fn sides(revision: &str, paths: &[PathBuf], given: Option<&Path>) -> Result<[Side; 2], Error> {
    let top = PathBuf::from(words(&["rev-parse", "--show-toplevel"])?);
    let prefix = words(&["rev-parse", "--show-prefix"])?;
    let mut named = Vec::with_capacity(paths.len());
    for path in paths {
        named.push(below(&top, Path::new(&prefix), path)?);
    }
    let settings = [SettingsFiles::new(given)?, SettingsFiles::new(given)?];
    let past = Past::take(revision, &top, &named)?;
    let was_there = |path: &PathBuf| past.folder().join(path).exists();
    let is_there = |path: &PathBuf| top.join(path).exists();
    // What is on one side only came or went; what is on neither was misspelt, and is missed on both.
    let kept = |here: &dyn Fn(&PathBuf) -> bool, there: &dyn Fn(&PathBuf) -> bool| -> Vec<PathBuf> {
        named
            .iter()
            .filter(|path| here(path) || !there(path))
            .cloned()
            .collect()
    };
    let (before, after) = (kept(&was_there, &is_there), kept(&is_there, &was_there));
    let [old_settings, new_settings] = settings;
    let old = within(past.folder(), || Side::load_with(&before, old_settings))?;
    let new = within(&top, || Side::load_with(&after, new_settings))?;
    Ok([old, new])
}

/// Does something in another folder, so that files are named from there.
fn within<T>(folder: &Path, act: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    let cannot = |error: std::io::Error| Error::Usage(format!("cannot go to `{}`: {error}", folder.display()));
    let here = std::env::current_dir().map_err(cannot)?;
    std::env::set_current_dir(folder).map_err(cannot)?;
    let done = act();
    std::env::set_current_dir(here).map_err(cannot)?;
    done
}

/// A path as it is from the top of the repository; `prefix` is the current folder from there.
fn below(top: &Path, prefix: &Path, path: &Path) -> Result<PathBuf, Error> {
    let outside = || Error::Usage(format!("`{}` lies outside of the repository", path.display()));
    if path.as_os_str() == "-" {
        let message = "standard input has no revision; leave `--git` out and give the two files";
        return Err(Error::Usage(message.to_owned()));
    }
    let from_top = if path.is_absolute() {
        let canonical = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let (top, path) = (canonical(top), canonical(path));
        path.strip_prefix(&top).map_err(|_| outside())?.to_owned()
    } else {
        prefix.join(path)
    };
    let mut out = PathBuf::new();
    for part in from_top.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if out.pop() => {}
            Component::Normal(part) => out.push(part),
            _ => return Err(outside()),
        }
    }
    if out.as_os_str().is_empty() {
        out.push(".");
    }
    Ok(out)
}

/// What `git` says on one line.
fn words(arguments: &[&str]) -> Result<String, Error> {
    let output = git(arguments)?;
    if !output.status.success() {
        return Err(complaint(&output, "this is not a repository of git"));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

/// Runs `git` to its end.
fn git(arguments: &[impl AsRef<OsStr>]) -> Result<Output, Error> {
    let mut command = Command::new("git");
    command.args(arguments).stdin(Stdio::null());
    command.output().map_err(|error| cannot_run(&error))
}

fn cannot_run(error: &std::io::Error) -> Error {
    Error::Usage(match error.kind() {
        std::io::ErrorKind::NotFound => "the program `git` is needed for `--git` and was not found".to_owned(),
        _ => format!("`git` cannot be run: {error}"),
    })
}

/// What `git` complains of, with our own words before it.
fn complaint(output: &Output, words: &str) -> Error {
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ");
    Error::Usage(match said {
        "" => words.to_owned(),
        said => format!("{words} (git says: {said})"),
    })
}
