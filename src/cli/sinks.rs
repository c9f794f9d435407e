//! Which report goes where, by the order of `--format` and `--output`.

use super::output;
use clap::ArgMatches;
use presszero::error::Error;
use std::path::{Path, PathBuf};

/// One report to be written.
#[derive(Debug)]
pub struct Sink<F> {
    /// How it is written.
    pub format: F,
    /// `None` for standard output.
    file: Option<PathBuf>,
}

/// The reports that the arguments ask for: each `--output` belongs to the nearest `--format` before it; `usual` is the
/// format where none is asked for, `matches` are the arguments in their order.
///
/// # Errors
/// When two reports would go to one place, or two files to one report.
pub fn sinks<F: Copy>(
    formats: &[F],
    usual: F,
    files: &[PathBuf],
    matches: Option<&ArgMatches>,
) -> Result<Vec<Sink<F>>, Error> {
    let places = |name: &str| -> Vec<usize> {
        let indices = matches.and_then(|matches| matches.indices_of(name));
        indices.map_or(Vec::new(), Iterator::collect)
    };
    let new = |format| Sink { format, file: None };
    let mut sinks: Vec<Sink<F>> = formats.iter().map(|format| new(*format)).collect();
    if sinks.is_empty() {
        sinks.push(new(usual));
    }
    let formats = places("format");
    for (place, file) in places("output").into_iter().zip(files) {
        let nearest = formats.partition_point(|format| *format < place).saturating_sub(1);
        match sinks.get_mut(nearest) {
            Some(sink) if sink.file.is_none() => sink.file = Some(file.clone()),
            _ => {
                let message = format!("`--output {}` needs a `--format` of its own before it", file.display());
                return Err(Error::Usage(message));
            }
        }
    }
    if sinks.iter().filter(|sink| sink.file.is_none()).count() > 1 {
        let message = "only one report can go to standard output; follow the other `--format` with `--output FILE`";
        return Err(Error::Usage(message.to_owned()));
    }
    let mut known: Vec<PathBuf> = Vec::new();
    for file in kept(&sinks) {
        let whole = whole(file);
        if known.contains(&whole) {
            let message = format!("two reports cannot go to the same file, `{}`", file.display());
            return Err(Error::Usage(message));
        }
        known.push(whole);
    }
    Ok(sinks)
}

/// Sees to it that no report is written over a file that is read.
///
/// # Errors
/// When one would be.
pub fn spare<'p, F>(sinks: &[Sink<F>], read: impl IntoIterator<Item = &'p Path>) -> Result<(), Error> {
    let files: Vec<(PathBuf, &Path)> = kept(sinks).map(|file| (whole(file), file)).collect();
    if files.is_empty() {
        return Ok(());
    }
    for read in read {
        let is_read = |(known, _): &&(PathBuf, &Path)| known.file_name() == read.file_name() && *known == whole(read);
        if let Some((_, file)) = files.iter().find(is_read) {
            let message = format!(
                "the report would be written over `{}`, which is read; name another file",
                file.display()
            );
            return Err(Error::Usage(message));
        }
    }
    Ok(())
}

/// The files of reports; `/dev/null` and pipes, which take any number of reports, are left out.
fn kept<F>(sinks: &[Sink<F>]) -> impl Iterator<Item = &Path> {
    let files = sinks.iter().filter_map(|sink| sink.file.as_deref());
    files.filter(|file| file.is_file() || !file.exists())
}

/// A file under the one name that the file system knows it by.
fn whole(file: &Path) -> PathBuf {
    let folder = file.parent().unwrap_or(Path::new(""));
    let folder = Path::new(".").join(folder);
    let folder = folder.canonicalize().unwrap_or(folder);
    let name = file.file_name().unwrap_or_default();
    file.canonicalize().unwrap_or_else(|_| folder.join(name))
}

impl<F: PartialEq> Sink<F> {
    /// Whether a person reads it as it comes, where `text` is the format for people.
    pub fn is_shown_as(&self, text: &F) -> bool {
        self.format == *text && self.file.is_none()
    }
}

impl<F> Sink<F> {
    /// Whether it goes to a file.
    pub fn has_file(&self) -> bool {
        self.file.is_some()
    }

    /// Whether it is written in colours.
    pub fn is_colorful(&self) -> bool {
        self.file.is_none() && output::is_colorful()
    }

    /// Writes the text of the report.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn put(&self, parts: impl IntoIterator<Item = String>) -> Result<(), Error> {
        match &self.file {
            Some(file) => output::write_file(file, parts),
            None => output::print(parts),
        }
    }
}
