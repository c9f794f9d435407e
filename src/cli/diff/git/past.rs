//! A folder that holds the files of a revision for as long as they are read.

use super::{cannot_run, complaint, git};
use crate::cli::settings::FILE;
use presszero::error::Error;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::{fs, io};

/// Larger files are no phone trees, and are left where they are.
const BYTES_MAX: u64 = 1 << 30;
/// What stands in for settings above the repository, so that none of the temporary folder are found.
const NO_SETTINGS: &str = "presszero: 1\n";

/// The files of a revision that matter here.
pub struct Past {
    /// The temporary folder; what stands above the repository is in it, the repository one below.
    outer: PathBuf,
    folder: PathBuf,
}

impl Past {
    /// Takes what may be read of these paths out of a revision: the files, what lies beside them, and settings above.
    ///
    /// # Errors
    /// Where there is no such revision, or the files cannot be written.
    pub fn take(revision: &str, top: &Path, paths: &[PathBuf]) -> Result<Self, Error> {
        let wanted = format!("{revision}^{{tree}}");
        let found = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])?;
        if !found.status.success() {
            let message = format!("git knows no revision `{revision}` here");
            return Err(complaint(&found, &message));
        }
        let tree = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        let past = Self::new(top).map_err(|error| cannot_keep(&error))?;
        let listed = git(&["ls-tree", "-r", "-z", "-l", "--full-tree", &tree])?;
        if !listed.status.success() {
            return Err(complaint(
                &listed,
                &format!("the files at `{revision}` cannot be listed"),
            ));
        }
        let folders: Vec<PathBuf> = paths.iter().map(|path| folder_of(top, path)).collect();
        let wanted = listed
            .stdout
            .split(|byte| *byte == 0)
            .filter_map(Blob::of)
            .filter(|blob| blob.size <= BYTES_MAX);
        let all: Vec<Blob> = wanted.collect();
        past.fill(&all, |path| matters(path, paths, &folders))?;
        Ok(past)
    }

    /// The top of the repository as it was.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A new folder that nobody else can write to, with the settings that hold above the repository.
    fn new(top: &Path) -> io::Result<Self> {
        let mut number = 0_u32;
        let outer = loop {
            let path = std::env::temp_dir().join(format!("presszero-{}-{number}", std::process::id()));
            match private_folder(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 100 => number += 1,
                Err(error) => return Err(error),
                Ok(()) => break path,
            }
        };
        let past = Self {
            folder: outer.join("repository"),
            outer,
        };
        fs::create_dir(&past.folder)?;
        let above = top
            .ancestors()
            .skip(1)
            .map(|folder| folder.join(FILE))
            .find(|file| file.is_file());
        match above {
            Some(file) => fs::copy(file, past.outer.join(FILE)).map(|_| ())?,
            None => fs::write(past.outer.join(FILE), NO_SETTINGS)?,
        }
        Ok(past)
    }

    /// Writes the files that matter, one after another from one `git`; a link becomes what it leads to.
    fn fill(&self, all: &[Blob], matters: impl Fn(&Path) -> bool) -> Result<(), Error> {
        let mut cat = Cat::start().map_err(|error| cannot_run(&error))?;
        let mut read = |blob: &Blob| {
            cat.read(&blob.id)
                .map_err(|error| Error::Usage(format!("git does not give `{}`: {error}", blob.path.display())))
        };
        let files = all.iter().filter(|blob| !blob.is_link);
        let files: HashMap<&Path, &Blob> = files.map(|blob| (blob.path.as_path(), blob)).collect();
        for blob in all.iter().filter(|blob| matters(&blob.path)) {
            let mut bytes = read(blob)?;
            if blob.is_link {
                let target = target(&blob.path, &bytes);
                let Some(file) = target.and_then(|target| files.get(target.as_path())) else {
                    continue;
                };
                bytes = read(file)?;
            }
            let file = self.folder.join(&blob.path);
            let written = file
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| fs::write(&file, bytes));
            written.map_err(|error| cannot_keep(&error))?;
        }
        Ok(())
    }
}

impl Drop for Past {
    fn drop(&mut self) {
        // Nothing can be done where the system refuses.
        let _ = fs::remove_dir_all(&self.outer);
    }
}

fn cannot_keep(error: &io::Error) -> Error {
    let folder = std::env::temp_dir();
    Error::Usage(format!(
        "the files of the revision cannot be kept in `{}`: {error}",
        folder.display()
    ))
}

#[cfg(unix)]
fn private_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(path)
}

#[cfg(not(unix))]
fn private_folder(path: &Path) -> io::Result<()> {
    fs::create_dir(path)
}

/// A file of a revision.
struct Blob {
    id: String,
    size: u64,
    path: PathBuf,
    is_link: bool,
}

impl Blob {
    /// Reads a line of `ls-tree -l`; `None` for other repositories and for paths that lead elsewhere.
    fn of(line: &[u8]) -> Option<Self> {
        let line = std::str::from_utf8(line).ok()?;
        let (known, path) = line.split_once('\t')?;
        let mut known = known.split_whitespace();
        let mode = known.next()?;
        let is_link = mode == "120000";
        let is_file = known.next()? == "blob" && (is_link || mode.starts_with("100"));
        let id = known.next()?.to_owned();
        let size = known.next()?.parse().ok()?;
        let path = PathBuf::from(path);
        let stays = path.components().all(|part| matches!(part, Component::Normal(_)));
        (is_file && stays).then_some(Self {
            id,
            size,
            path,
            is_link,
        })
    }
}

/// Where a link of the repository leads; `None` where that is outside of it.
fn target(link: &Path, to: &[u8]) -> Option<PathBuf> {
    let mut out = link.parent()?.to_owned();
    for part in Path::new(std::str::from_utf8(to).ok()?).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if out.pop() => {}
            Component::Normal(part) => out.push(part),
            _ => return None,
        }
    }
    Some(out)
}

/// The folder that a path may lead into: itself, that of a file, or what precedes wildcards.
fn folder_of(top: &Path, path: &Path) -> PathBuf {
    let wild = |part: &Component<'_>| part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']);
    if top.join(path).is_dir() {
        return path.to_owned();
    }
    let fixed: PathBuf = path.components().take_while(|part| !wild(part)).collect();
    if fixed.as_path() == path {
        // It may have been a folder that is gone.
        path.to_owned()
    } else {
        fixed
    }
}

/// Whether a file may be read for one of the paths.
fn matters(file: &Path, paths: &[PathBuf], folders: &[PathBuf]) -> bool {
    let name = file.file_name().unwrap_or_default();
    let is_side_file = name == FILE || name == ".gitignore" || name == ".ignore";
    let holder = file.parent().unwrap_or(Path::new(""));
    let is_in = |folder: &PathBuf| folder.as_os_str() == "." || file.starts_with(folder);
    // Settings and the like hold for what lies below them.
    let is_above = |folder: &PathBuf| folder.as_os_str() == "." || folder.starts_with(holder);
    let is_beside = |path: &PathBuf| {
        let ends = file
            .extension()
            .is_some_and(|end| end == "yaml" || end == "yml" || end == "json");
        ends && path.parent().is_some_and(|folder| file.starts_with(folder)) && path.extension().is_some()
    };
    folders.iter().any(is_in) || (is_side_file && folders.iter().any(is_above)) || paths.iter().any(is_beside)
}

/// A `git` that gives files by their numbers.
struct Cat {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Cat {
    fn start() -> io::Result<Self> {
        let mut child = Command::new("git")
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let missing = || io::Error::other("it has no standard streams");
        let to = child.stdin.take().ok_or_else(missing)?;
        let from = BufReader::new(child.stdout.take().ok_or_else(missing)?);
        Ok(Self { child, to, from })
    }

    fn read(&mut self, id: &str) -> io::Result<Vec<u8>> {
        writeln!(self.to, "{id}")?;
        self.to.flush()?;
        let mut head = String::new();
        self.from.read_line(&mut head)?;
        let size = head.split_whitespace().nth(2).and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| io::Error::other(format!("it says `{}`", head.trim())))?;
        let mut bytes = Vec::new();
        (&mut self.from).take(size).read_to_end(&mut bytes)?;
        // A line break ends the file.
        (&mut self.from).take(1).read_to_end(&mut Vec::new())?;
        if bytes.len() as u64 == size {
            Ok(bytes)
        } else {
            Err(io::Error::other("it ends before the file does"))
        }
    }
}

impl Drop for Cat {
    fn drop(&mut self) {
        // It ends by itself; whoever waits for it leaves no dead child behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
