//! Whether a file that a baseline names is gone from what is audited.

use crate::cli::gather::{matching, pattern_parts};
use ignore::overrides::Override;
use std::path::{Component, Path, PathBuf};

/// The folders and patterns that are audited, from the folder of a baseline.
pub struct Gone<'a> {
    folder: &'a Path,
    folders: Vec<PathBuf>,
    patterns: Vec<Override>,
}

impl<'a> Gone<'a> {
    /// What `paths` mean; `folder` is absolute.
    pub fn of(folder: &'a Path, paths: &[PathBuf]) -> Self {
        let mut gone = Self {
            folder,
            folders: Vec::new(),
            patterns: Vec::new(),
        };
        for path in paths {
            if path.is_dir() {
                gone.folders.extend(path.canonicalize());
            } else if !path.exists() {
                let (base, rest) = pattern_parts(path);
                let base = base.canonicalize();
                let built = base.ok().and_then(|base| matching(&base, &rest).ok());
                gone.patterns.extend(built.filter(|_| !rest.as_os_str().is_empty()));
            }
        }
        gone
    }

    /// Whether a file lies in what is audited and is not there; a file of its own that is named and missing is not gone,
    /// for it may have been named wrong.
    pub fn is_gone(&self, file: &str) -> bool {
        let mut path = self.folder.to_owned();
        for part in Path::new(file).components() {
            match part {
                Component::ParentDir => {
                    path.pop();
                }
                Component::CurDir => {}
                part => path.push(part),
            }
        }
        let is_meant = || {
            let in_folder = self.folders.iter().any(|folder| path.starts_with(folder));
            let matches = |pattern: &Override| pattern.matched(&path, false).is_whitelist();
            in_folder || self.patterns.iter().any(matches)
        };
        file != "-" && !path.exists() && is_meant()
    }
}
