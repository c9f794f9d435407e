//! Audits again whenever a file changes.
//!
//! Files are looked at by their size and time twice a second, which works on every file system, in containers and over
//! networks, where notices of changes are lost or never sent.

use super::forms::Sink;
use super::{Arguments, Format, audit};
use crate::cli::exit::Exit;
use crate::cli::gather::gather;
use crate::cli::{output, settings};
use console::Term;
use jiff::Zoned;
use presszero::audit::count;
use presszero::error::Error;
use presszero::report::text::words::plain;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

/// Time between two looks at the files.
const INTERVAL: Duration = Duration::from_millis(500);
/// How much longer than a look the time between two looks is at least, so that large folders do not keep a processor busy.
const IDLE: u32 = 10;
/// Time for which files must stay as they are before they are read: an editor may be writing them.
const QUIET: Duration = Duration::from_millis(100);
/// How often that is waited for at most.
const QUIET_MAX: u32 = 20;
/// Files that are named at most.
const NAMED_MAX: usize = 5;

/// What a file looks like from outside.
type Stamp = (Option<SystemTime>, u64);
/// The files that are there.
type Stamps = BTreeMap<PathBuf, Stamp>;

/// Audits, and again after each change, until the program is ended or nobody reads any more.
///
/// # Errors
/// When what is asked for cannot be watched.
pub fn watch(arguments: &Arguments, sinks: &[Sink]) -> Result<Exit, Error> {
    if arguments.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Error::Usage(
            "`--watch` needs files; standard input cannot change".to_owned(),
        ));
    }
    if arguments.format.iter().any(|format| *format != Format::Text) {
        return Err(Error::Usage(
            "`--watch` is for people: it reports as text only".to_owned(),
        ));
    }
    let mut read = Vec::new();
    let mut seen = look(arguments, &read);
    loop {
        let mut files = Vec::new();
        match audit(arguments, sinks, &mut files) {
            Ok(_) => read = files,
            // A settings file may be half written; it is looked at again as soon as it changes.
            Err(error) => output::warn(&error.to_string()),
        }
        // What is read only because trees lead to it is known no sooner; it counts from here on.
        let new = look(arguments, &read);
        for (path, stamp) in new.iter().filter(|(path, _)| read.contains(path)) {
            seen.entry(path.clone()).or_insert(*stamp);
        }
        if !say(&format!("watching {}; Ctrl-C ends it", count(seen.len(), "file"))) {
            return Ok(Exit::Clean);
        }
        let (changes, now) = wait(arguments, &read, &seen);
        seen = now;
        let terminal = Term::stdout();
        if terminal.is_term() {
            // Where it cannot be cleared the report goes on below.
            let _ = terminal.clear_screen();
        }
        if !say(&changes) {
            return Ok(Exit::Clean);
        }
    }
}

/// Waits for a change, and until the files are quiet again; what changed in words, and the files as they are now.
fn wait(arguments: &Arguments, read: &[PathBuf], seen: &Stamps) -> (String, Stamps) {
    loop {
        let start = Instant::now();
        let mut now = look(arguments, read);
        if !changed(seen, &now).is_empty() {
            for _ in 0..QUIET_MAX {
                sleep(QUIET);
                let later = look(arguments, read);
                let is_quiet = changed(&now, &later).is_empty();
                now = later;
                if is_quiet {
                    break;
                }
            }
            let changes = changed(seen, &now);
            // What came and went is no change.
            if !changes.is_empty() {
                return (in_words(&changes), now);
            }
        }
        sleep(INTERVAL.max(start.elapsed() * IDLE));
    }
}

/// All files on which the report depends, as they are.
fn look(arguments: &Arguments, read: &[PathBuf]) -> Stamps {
    let gathered = gather(&arguments.paths);
    let mut files: BTreeSet<PathBuf> = gathered.inputs.into_iter().filter_map(|input| input.path).collect();
    files.extend(read.iter().cloned());
    let folders: BTreeSet<&Path> = files.iter().filter_map(|file| file.parent()).collect();
    let mut sides = settings_above(&folders);
    for end in ["overlay.yaml", "overlay.yml"] {
        sides.extend(files.iter().map(|file| file.with_extension(end)));
    }
    sides.extend(
        [&arguments.settings, &arguments.reading.overlay]
            .into_iter()
            .flatten()
            .cloned(),
    );
    sides.extend(arguments.baseline.file().map(Path::to_owned));
    files.extend(sides);
    let stamp = |file: PathBuf| {
        let known = std::fs::metadata(&file).ok()?;
        let stamp = (known.modified().ok(), known.len());
        Some((file, stamp))
    };
    files.into_iter().filter_map(stamp).collect()
}

/// Where settings for files of these folders may lie.
fn settings_above(folders: &BTreeSet<&Path>) -> Vec<PathBuf> {
    let here = std::env::current_dir().unwrap_or_default();
    let mut above: BTreeSet<PathBuf> = BTreeSet::new();
    for folder in folders {
        for folder in here.join(folder).ancestors() {
            if !above.insert(folder.to_owned()) {
                break;
            }
        }
    }
    let name = |folder: PathBuf| {
        let path = folder.join(settings::FILE);
        path.strip_prefix(&here).map_or(path.clone(), Path::to_owned)
    };
    above.into_iter().map(name).collect()
}

/// How a file differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Added,
    Changed,
    Removed,
}

/// The files that differ, in the order of their names; linear in the number of files but for looking them up.
fn changed<'s>(before: &'s Stamps, after: &'s Stamps) -> Vec<(&'s Path, Change)> {
    let came = after.iter().filter_map(|(path, stamp)| match before.get(path) {
        None => Some((path.as_path(), Change::Added)),
        Some(old) if old != stamp => Some((path.as_path(), Change::Changed)),
        Some(_) => None,
    });
    let went = before.keys().filter(|path| !after.contains_key(*path));
    let went = went.map(|path| (path.as_path(), Change::Removed));
    let mut changes: Vec<(&Path, Change)> = came.chain(went).collect();
    changes.sort_by_key(|(path, _)| *path);
    changes
}

fn in_words(changes: &[(&Path, Change)]) -> String {
    let named = changes.iter().take(NAMED_MAX).map(|(path, change)| {
        let verb = match change {
            Change::Added => "is new",
            Change::Changed => "changed",
            Change::Removed => "is gone",
        };
        format!("{} {verb}", plain(&path.to_string_lossy()))
    });
    let words = named.collect::<Vec<_>>().join(", ");
    let more = changes.len().saturating_sub(NAMED_MAX);
    if more == 0 {
        return words;
    }
    format!("{words} and {}", count(more, "further change"))
}

/// A line with the time; whether anybody can read it.
fn say(words: &str) -> bool {
    let now = Zoned::now();
    let line = format!("-- {}: {words}\n", now.strftime("%H:%M:%S"));
    let mut out = std::io::stdout().lock();
    out.write_all(line.as_bytes()).and_then(|()| out.flush()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{Change, Stamps, changed, in_words};
    use std::path::{Path, PathBuf};
    use std::time::{Duration, SystemTime};

    fn stamps(files: &[(&str, u64, u64)]) -> Stamps {
        let time = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let stamp = |(name, seconds, bytes): &(&str, u64, u64)| (PathBuf::from(name), (Some(time(*seconds)), *bytes));
        files.iter().map(stamp).collect()
    }

    #[test]
    fn a_change_is_another_time_another_size_or_another_file() {
        let before = stamps(&[("a", 1, 1), ("b", 1, 1), ("c", 1, 1), ("d", 1, 1)]);
        let after = stamps(&[("a", 1, 1), ("b", 2, 1), ("c", 1, 2), ("e", 1, 1)]);
        let changes = changed(&before, &after);
        let expected = [
            (Path::new("b"), Change::Changed),
            (Path::new("c"), Change::Changed),
            (Path::new("d"), Change::Removed),
            (Path::new("e"), Change::Added),
        ];
        assert_eq!(changes, expected);
        assert_eq!(in_words(&changes), "b changed, c changed, d is gone, e is new");
        assert_eq!(changed(&after, &after), []);
    }
}
