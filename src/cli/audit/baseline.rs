//! The baseline of an audit: read, applied to what was found, written anew where that is asked for.

use super::gone::Gone;
use crate::cli::load::{Loaded, read_file};
use crate::cli::output;
use clap::Args;
use presszero::audit::count;
use presszero::check::baseline::{self, Baseline, Judged, read_baseline};
use presszero::error::Error;
use presszero::report::baseline::Known;
use presszero::report::text::words::plain;
use presszero::report::{Aside, Refused, TreeReport};
use presszero::source::Source;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Component, Path, PathBuf};

/// The name of a baseline that is given no other.
pub const FILE: &str = "presszero-baseline.yaml";

/// What is asked of baselines.
#[derive(Debug, Args)]
#[expect(clippy::option_option, reason = "not asked for, asked for without a name, with one")]
pub struct Baselines {
    /// Report only what is new: what this file knows is counted, and neither told nor a failure
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Know all findings from now on: write them to the baseline, `presszero-baseline.yaml` unless another is named
    ///
    /// Entries of files that are not audited are kept.
    #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with = "at")]
    write_baseline: Option<Option<PathBuf>>,

    /// Take out of the baseline what is no longer found
    #[arg(long, conflicts_with_all = ["at", "write_baseline"])]
    prune_baseline: bool,
}

/// What came of the baselines.
#[derive(Default)]
pub struct Used {
    /// Those that were used.
    pub known: Vec<Known>,
    /// Those that cannot be.
    pub refused: Vec<Refused>,
}

/// Moves what is known from the findings of each tree to its known ones; `configured` is the baseline that the settings
/// of a tree name.
///
/// # Errors
/// When the arguments contradict one another, or a baseline cannot be written.
pub fn apply(
    audit: &super::Arguments,
    loaded: &Loaded,
    trees: &mut [TreeReport],
    configured: impl Fn(usize) -> Option<PathBuf>,
) -> Result<Used, Error> {
    let arguments = &audit.baseline;
    let of_trees = arguments.of_trees(trees, configured)?;
    let mut files: BTreeMap<&Path, HashSet<usize>> = BTreeMap::new();
    for path in arguments
        .baseline
        .iter()
        .chain(arguments.write_baseline.iter().flatten())
    {
        files.entry(path).or_default();
    }
    for (number, path) in of_trees.iter().enumerate() {
        if let Some(path) = path {
            files.entry(path).or_default().insert(number);
        }
    }
    if arguments.prune_baseline && files.is_empty() {
        let message = "`--prune-baseline` needs a baseline: name it with `--baseline FILE`";
        return Err(Error::Usage(message.to_owned()));
    }
    let mut used = Used::default();
    if trees.is_empty() && (arguments.prune_baseline || arguments.write_baseline.is_some()) {
        return Ok(used);
    }
    for (path, members) in files {
        let folder = folder_of(path);
        let mut names = Names::new(&folder);
        let members = trees
            .iter_mut()
            .enumerate()
            .filter(|(number, _)| members.contains(number));
        let judged = members.map(|(_, tree)| Judged {
            id: tree.id,
            file: names.of(loaded, tree.id),
            checked: &mut tree.checked,
        });
        let mut one = One {
            audit,
            loaded,
            path,
            gone: Gone::of(&folder, &audit.paths),
            trees: judged.collect(),
        };
        match one.apply()? {
            Ok(known) => used.known.push(known),
            Err(refused) => used.refused.push(*refused),
        }
    }
    Ok(used)
}

impl Baselines {
    /// The file that the arguments name.
    pub fn file(&self) -> Option<&Path> {
        self.baseline.as_deref()
    }

    /// For each tree, its baseline.
    fn of_trees(
        &self,
        trees: &[TreeReport],
        configured: impl Fn(usize) -> Option<PathBuf>,
    ) -> Result<Vec<Option<PathBuf>>, Error> {
        let given = match (&self.baseline, &self.write_baseline) {
            (Some(_), Some(Some(_))) => {
                let message = "name the file once: `--baseline FILE --write-baseline`, or `--write-baseline FILE`";
                return Err(Error::Usage(message.to_owned()));
            }
            (Some(file), _) | (None, Some(Some(file))) => Some(file),
            (None, _) => None,
        };
        let usual = || self.write_baseline.is_some().then(|| PathBuf::from(FILE));
        let of_tree = |tree: &TreeReport| {
            let own = || configured(tree.id as usize).or_else(usual);
            given.cloned().or_else(own)
        };
        Ok(trees.iter().map(of_tree).collect())
    }
}

/// One baseline with its trees.
struct One<'a> {
    audit: &'a super::Arguments,
    loaded: &'a Loaded,
    path: &'a Path,
    gone: Gone<'a>,
    trees: Vec<Judged<'a>>,
}

impl One<'_> {
    fn apply(&mut self) -> Result<Result<Known, Box<Refused>>, Error> {
        let arguments = &self.audit.baseline;
        let write = arguments.write_baseline.is_some();
        let (source, old) = match self.read(write) {
            Ok(read) => read,
            Err(refused) => return Ok(Err(refused)),
        };
        let portfolio = &self.loaded.portfolio;
        if write {
            let new = Baseline::of(portfolio, &self.trees, |checked| &checked.findings);
            let source = self.write(source, old, new)?;
            let known = self.know_all();
            self.tell(&format!("{} are known now, in", count(known, "finding")));
            return Ok(Ok(Known {
                source,
                known,
                stale: Vec::new(),
            }));
        }
        let left = baseline::apply(&old, portfolio, &mut self.trees);
        let known = self.trees.iter().map(|tree| tree.checked.known.len()).sum();
        let audited = self.audited();
        let is_stale = |file: &str| audited.contains(file) || self.gone.is_gone(file);
        let entries = old.entries.iter().zip(left).filter(|(_, left)| *left > 0);
        let stale: Vec<_> = entries
            .filter(|(entry, _)| is_stale(&entry.place.file))
            .map(|(entry, left)| entry.stale(left))
            .collect();
        if arguments.prune_baseline {
            let new = Baseline::of(portfolio, &self.trees, |checked| &checked.known);
            let source = self.write(source, old, new)?;
            let entries = if stale.len() == 1 { "entry" } else { "entries" };
            self.tell(&format!("{} stale {entries} taken out of", stale.len()));
            let stale = Vec::new();
            return Ok(Ok(Known { source, known, stale }));
        }
        // Of one moment only a part of all findings can be seen.
        let stale = if self.audit.at.is_some() { Vec::new() } else { stale };
        Ok(Ok(Known { source, known, stale }))
    }

    /// The text of the baseline and what it says; nothing where it is to be written for the first time.
    fn read(&self, write: bool) -> Result<(Source, Baseline), Box<Refused>> {
        let name = self.name();
        let refuse = |reason: String, mistakes| {
            let file = name.clone();
            Box::new(Refused {
                aside: Aside::new(file, reason),
                mistakes,
            })
        };
        if !self.path.exists() {
            if write {
                return Ok((Source::new(name, ""), Baseline::default()));
            }
            let reason = "there is no such baseline; `presszero audit PATH... --write-baseline FILE` writes one";
            return Err(refuse(reason.to_owned(), None));
        }
        let bytes = read_file(self.path).map_err(|reason| refuse(reason, None))?;
        let source = Source::from_bytes(name.clone(), bytes);
        match read_baseline(&source) {
            Ok(baseline) => Ok((source, baseline)),
            Err(problems) => {
                let then = if write { "written over" } else { "used" };
                let reason = format!("the baseline has mistakes and is not {then}");
                Err(refuse(reason, Some((source, problems))))
            }
        }
    }

    /// Writes the baseline with the entries of audited files replaced, unless it says that already.
    fn write(&self, source: Source, old: Baseline, new: Baseline) -> Result<Source, Error> {
        let audited = self.audited();
        let text = old
            .renewed(new, |file| audited.contains(file) || self.gone.is_gone(file))
            .text();
        if source.text == text {
            return Ok(source);
        }
        output::write_file(self.path, [&text])?;
        Ok(Source::new(source.name, text))
    }

    fn audited(&self) -> HashSet<&str> {
        self.trees.iter().map(|tree| tree.file.as_str()).collect()
    }

    /// All that was found is in the baseline that was just written.
    fn know_all(&mut self) -> usize {
        for tree in &mut self.trees {
            tree.checked.known = std::mem::take(&mut tree.checked.findings);
        }
        self.trees.iter().map(|tree| tree.checked.known.len()).sum()
    }

    fn tell(&self, what: &str) {
        if !self.audit.quiet {
            output::say(&format!("{what} `{}`\n", plain(&self.name())));
        }
    }

    fn name(&self) -> String {
        let here = std::env::current_dir().unwrap_or_default();
        let path = self.path.strip_prefix(&here).unwrap_or(self.path);
        let name = path.to_string_lossy().replace('\\', "/");
        name.strip_prefix("./").map_or(name.clone(), str::to_owned)
    }
}

/// The folder of a baseline as the file system resolves it.
fn folder_of(path: &Path) -> PathBuf {
    let folder = path.parent().map_or(PathBuf::new(), Path::to_owned);
    let folder = Path::new(".").join(folder);
    let plain = || std::path::absolute(&folder).unwrap_or(folder.clone());
    folder.canonicalize().unwrap_or_else(|_| plain())
}

/// The names of files from the folder of a baseline.
struct Names<'a> {
    folder: &'a Path,
    /// Folders as the file system resolves them.
    resolved: HashMap<PathBuf, PathBuf>,
}

impl<'a> Names<'a> {
    fn new(folder: &'a Path) -> Self {
        Self {
            folder,
            resolved: HashMap::new(),
        }
    }

    /// The file of a tree; `-` for standard input.
    fn of(&mut self, loaded: &Loaded, tree: u32) -> String {
        let source = loaded.portfolio.trees.get(tree as usize).map(|entry| entry.source);
        let path = source.and_then(|source| loaded.paths.get(source)?.as_deref());
        let Some((path, name)) = path.and_then(|path| Some((path, path.file_name()?))) else {
            return "-".to_owned();
        };
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let resolved = self.resolved.entry(folder).or_insert_with(|| folder_of(path));
        relative(self.folder, &resolved.join(name))
    }
}

/// A file as seen from a folder, with `/`; both are absolute. Where they lie on different drives the whole path.
fn relative(folder: &Path, file: &Path) -> String {
    let same = folder
        .components()
        .zip(file.components())
        .take_while(|(a, b)| a == b)
        .count();
    if same == 0 {
        return file.to_string_lossy().replace('\\', "/");
    }
    let up = folder.components().skip(same).map(|_| "..".into());
    let down = file.components().skip(same).map(|part| match part {
        Component::Normal(name) => name.to_string_lossy(),
        _ => "..".into(),
    });
    let parts: Vec<std::borrow::Cow<'_, str>> = up.chain(down).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::relative;
    use std::path::Path;

    #[test]
    fn a_file_is_named_from_the_folder_of_the_baseline() {
        let name = |folder: &str, file: &str| relative(Path::new(folder), Path::new(file));
        assert_eq!(name("/repo", "/repo/lines/a.yaml"), "lines/a.yaml");
        assert_eq!(name("/repo/ci", "/repo/lines/a.yaml"), "../lines/a.yaml");
        assert_eq!(name("/repo", "/repo/a.yaml"), "a.yaml");
        assert_eq!(name("/", "/a.yaml"), "a.yaml");
    }
}
