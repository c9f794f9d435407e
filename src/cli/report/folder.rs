//! The folder of a package: every file in it whole or not at all, and none left of an earlier run that is no longer meant.

use presszero::error::Error;
use presszero::report::package::data::{self, Earlier, Written};
use presszero::report::portfolio;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

/// The folder below it that charts go to.
pub const CHARTS: &str = "charts";
/// The endings of the files that packages are made of; no other file is ever removed.
const ENDS: [&str; 5] = ["html", "svg", "png", "csv", "json"];

/// A folder that a package is written to.
pub struct Folder {
    root: PathBuf,
    earlier: Earlier,
    written: Mutex<BTreeMap<String, Written>>,
}

impl Folder {
    /// Makes the folder where it is missing, and reads what an earlier run left there.
    ///
    /// # Errors
    /// Where it cannot be written to, or holds a page or data of the same name that no package made.
    pub fn open(root: &Path) -> Result<Self, Error> {
        fs::create_dir_all(root.join(CHARTS)).map_err(|error| failed(root, &error))?;
        let trial = root.join(unfinished("trial"));
        let tried = fs::write(&trial, "").and_then(|()| fs::remove_file(&trial));
        tried.map_err(|error| failed(root, &error))?;
        let earlier = match fs::read(root.join(data::FILE)) {
            Ok(text) => data::read(&text).map_err(|reason| foreign(&root.join(data::FILE), &reason))?,
            Err(_) => Earlier::default(),
        };
        let index = root.join(portfolio::FILE);
        match fs::read(&index) {
            Ok(text) if !String::from_utf8_lossy(&text).contains(portfolio::MARK) => {
                return Err(foreign(&index, "is a page that presszero did not make"));
            }
            _ => {}
        }
        Ok(Self {
            root: root.to_owned(),
            earlier,
            written: Mutex::default(),
        })
    }

    /// Whether a file is one that an earlier run wrote here, as a walk through the folder above would come across it.
    pub fn is_own(&self, file: &Path) -> bool {
        let (Ok(root), Ok(file)) = (fs::canonicalize(&self.root), fs::canonicalize(file)) else {
            return false;
        };
        let Ok(inside) = file.strip_prefix(root) else {
            return false;
        };
        let name = inside.to_string_lossy().replace('\\', "/");
        name == data::FILE || self.earlier.files.iter().any(|known| known.path == name)
    }

    /// Writes a file of the package.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn write(&self, name: &str, content: &[u8]) -> Result<(), Error> {
        self.write_with(name, |out| out.write_all(content))
    }

    /// Writes a file of the package piece by piece: to a new file beside it, which then takes its name.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn write_with(&self, name: &str, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
        let target = self.root.join(name);
        let own = target.file_name().unwrap_or_default().to_string_lossy();
        let beside = target.with_file_name(unfinished(&own));
        let done = fs::File::create(&beside).and_then(|file| {
            let mut out = Hashing {
                to: BufWriter::new(file),
                hash: Sha256::new(),
                bytes: 0,
            };
            fill(&mut out)?;
            out.flush()?;
            fs::rename(&beside, &target)?;
            Ok(out)
        });
        let out = done.map_err(|error| {
            // The unfinished file is of no use; that it cannot be removed would hide the first error.
            let _ = fs::remove_file(&beside);
            failed(&target, &error)
        })?;
        let written = Written {
            path: name.to_owned(),
            bytes: out.bytes,
            sha256: hex(&out.hash.finalize()),
        };
        if let Ok(mut known) = self.written.lock() {
            known.insert(name.to_owned(), written);
        }
        Ok(())
    }

    /// Leaves the folder as it was found, where nothing was written.
    pub fn leave(&self) {
        // What is not empty stays.
        let _ = fs::remove_dir(self.root.join(CHARTS));
        let _ = fs::remove_dir(&self.root);
    }

    /// What was written so far, by path.
    pub fn written(&self) -> Vec<Written> {
        let known = self.written.lock();
        known.map_or_else(|_| Vec::new(), |known| known.values().cloned().collect())
    }

    /// Removes what an earlier run wrote and this one did not; gives back what was kept, because somebody changed it.
    pub fn tidy(&self) -> Vec<String> {
        let written = self.written();
        let is_written = |path: &str| written.binary_search_by(|known| known.path.as_str().cmp(path)).is_ok();
        let stale = self.earlier.files.iter().filter(|file| !is_written(&file.path));
        let mut kept = Vec::new();
        for file in stale.filter(|file| is_of_a_package(&file.path)) {
            let path = self.root.join(&file.path);
            match fs::read(&path) {
                Ok(content) if hex(&Sha256::digest(&content)) != file.sha256 => kept.push(file.path.clone()),
                Ok(_) if fs::remove_file(&path).is_err() => kept.push(file.path.clone()),
                _ => {}
            }
        }
        // A folder with files of others in it stays.
        let _ = fs::remove_dir(self.root.join(CHARTS));
        kept
    }
}

/// Whether a path of an earlier list can be one of a package: within the folder, of a kind that packages have.
fn is_of_a_package(path: &str) -> bool {
    let path = Path::new(path);
    let parts: Vec<Component<'_>> = path.components().collect();
    let is_inside = match parts.as_slice() {
        [Component::Normal(_)] => true,
        [Component::Normal(folder), Component::Normal(_)] => *folder == CHARTS,
        _ => false,
    };
    is_inside && ENDS.iter().any(|end| path.extension().is_some_and(|own| own == *end))
}

/// A file that counts and hashes what goes into it.
struct Hashing {
    to: BufWriter<fs::File>,
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashing {
    fn write(&mut self, content: &[u8]) -> io::Result<usize> {
        let taken = self.to.write(content)?;
        self.hash.update(content.get(..taken).unwrap_or_default());
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to memory does not fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn unfinished(name: &str) -> String {
    format!(".{name}.{}.unfinished", std::process::id())
}

fn failed(path: &Path, error: &io::Error) -> Error {
    let reason = match error.kind() {
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => "a file is where a folder has to be".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "it can only be read".to_owned(),
        _ => error.to_string(),
    };
    Error::File {
        path: path.display().to_string(),
        action: "write",
        reason,
    }
}

fn foreign(path: &Path, reason: &str) -> Error {
    let name = path.display();
    Error::Usage(format!(
        "`{name}` {reason}, and is not written over; choose another folder with `--out`"
    ))
}
