//! Test calls that stand in a file of their own, beside their tree.

use crate::cli::load::{Loaded, read_file};
use presszero::document::calls;
use presszero::document::tree::Call;
use presszero::error::Problem;
use presszero::report::{Aside, Refused};
use presszero::source::Source;
use std::path::{Path, PathBuf};

/// How the names of such files end.
const ENDS: [&str; 2] = ["calls.yaml", "calls.yml"];

/// The test calls of a file beside a tree.
pub struct Beside {
    /// The number of the tree.
    pub tree: usize,
    /// The text.
    pub source: Source,
    /// What it says.
    pub calls: Vec<Call>,
}

/// Reads the files beside the first tree of each file; what is wrong with them is refused.
pub fn read(loaded: &mut Loaded) -> Vec<Beside> {
    let mut out = Vec::new();
    let mut before = None;
    for (tree, entry) in loaded.portfolio.trees.iter().enumerate() {
        let first = before.replace(entry.source) != Some(entry.source);
        let path = loaded.paths.get(entry.source).and_then(Option::as_deref);
        let (true, false, Some(path)) = (first, entry.linked, path) else {
            continue;
        };
        let files = ENDS
            .iter()
            .map(|end| path.with_extension(end))
            .filter(|file| file.is_file());
        for file in files {
            let name = file.to_string_lossy().replace('\\', "/");
            match read_file(&file) {
                Err(reason) => loaded.refused.push(Refused {
                    aside: Aside::new(name, reason),
                    mistakes: None,
                }),
                Ok(bytes) => {
                    let source = Source::from_bytes(name, bytes);
                    let (calls, problems) = calls::read(&source);
                    if !problems.is_empty() {
                        loaded.refused.push(refused(source.clone(), problems));
                    }
                    out.push(Beside { tree, source, calls });
                }
            }
        }
    }
    out
}

/// The paths with each file of test calls replaced by its tree.
pub fn trees_of(paths: &[PathBuf]) -> Vec<PathBuf> {
    paths
        .iter()
        .map(|path| tree_of(path).unwrap_or_else(|| path.clone()))
        .collect()
}

fn tree_of(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let stem = ENDS.iter().find_map(|end| name.strip_suffix(end)?.strip_suffix('.'))?;
    let trees = ["yaml", "yml", "json"].map(|end| path.with_file_name(format!("{stem}.{end}")));
    trees.into_iter().find(|tree| tree.is_file())
}

/// A file whose calls have mistakes.
pub fn refused(source: Source, mistakes: Vec<Problem>) -> Refused {
    Refused {
        aside: Aside::new(
            &source.name,
            "the test calls have mistakes; those that can be read were made",
        ),
        mistakes: Some((source, mistakes)),
    }
}
