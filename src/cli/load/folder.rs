//! The folder that nothing is read outside of.

use std::path::{Component, Path, PathBuf};

/// The folder that holds all that is asked for.
pub struct Folder(Option<PathBuf>);

impl Folder {
    /// The common folder of these paths; none where nothing but standard input is asked for.
    pub fn of(paths: &[PathBuf]) -> Self {
        Self(common(paths))
    }

    /// Whether a path lies in the folder, as it is written and as the file system resolves it.
    pub fn holds(&self, path: &Path) -> bool {
        let (Some(folder), Some(written)) = (&self.0, plain(path)) else {
            return false;
        };
        let resolved = |path: &Path| path.canonicalize().ok();
        let stays = match (resolved(folder), resolved(path)) {
            (Some(folder), Some(path)) => path.starts_with(folder),
            _ => true,
        };
        written.starts_with(folder) && stays
    }
}

/// The folder that holds all these paths; a file's own folder counts, and of a pattern what precedes its wildcards.
fn common(paths: &[PathBuf]) -> Option<PathBuf> {
    let named = paths.iter().filter(|path| path.as_os_str() != "-");
    let folders = named.filter_map(|path| {
        let path = plain(path)?;
        if path.is_dir() {
            return Some(path);
        }
        let wild = |part: &Component<'_>| part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']);
        if path.exists() || !path.components().any(|part| wild(&part)) {
            path.parent().map(Path::to_owned)
        } else {
            Some(path.components().take_while(|part| !wild(part)).collect())
        }
    });
    folders.reduce(|a, b| {
        let same = a.components().zip(b.components()).take_while(|(a, b)| a == b);
        same.map(|(part, _)| part).collect()
    })
}

/// A path from the root, with `..` followed as it is written.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut out = PathBuf::new();
    for part in std::path::absolute(path).ok()?.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            part => out.push(part),
        }
    }
    Some(out)
}
