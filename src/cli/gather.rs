//! Which files are meant: paths, folders, globs and standard input, each file once and in the order of the paths.

use ignore::WalkBuilder;
use ignore::overrides::{Override, OverrideBuilder};
use presszero::report::Aside;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// The extensions of files that are trees or foreign flows by right.
const TREES: &[&str] = &["yaml", "yml", "json"];
/// The extensions of files that may hold flows among other things.
const PERHAPS: &[&str] = &[
    "conf", "jsp", "lua", "ael", "template", "tf", "tftpl", "txml", "txt", "vxml", "xml",
];

/// A file to be read.
#[derive(Clone, Debug)]
pub struct Input {
    /// What reports call it.
    pub name: String,
    /// Where it is; `None` for standard input.
    pub path: Option<PathBuf>,
    /// Whether the user named it, rather than a folder that holds it.
    pub named: bool,
    /// Whether only its content can tell that it may be a tree; nothing is said of it where it is none.
    pub by_content: bool,
}

impl Input {
    /// A file that the user names; `-` is standard input.
    pub fn named(path: &Path) -> Self {
        if path.as_os_str() == "-" {
            return Self {
                name: "-".to_owned(),
                path: None,
                named: true,
                by_content: false,
            };
        }
        Self {
            name: path.to_string_lossy().replace('\\', "/"),
            path: Some(path.to_owned()),
            named: true,
            by_content: false,
        }
    }
}

/// The files that were found, and what was not.
#[derive(Debug, Default)]
pub struct Gathered {
    /// In the order of their paths.
    pub inputs: Vec<Input>,
    /// Paths that lead to nothing, and folders that cannot be read.
    pub missing: Vec<Aside>,
}

/// Finds the files; each is there once, however often it is meant.
pub fn gather(paths: &[PathBuf]) -> Gathered {
    let mut found: BTreeMap<PathBuf, Input> = BTreeMap::new();
    let mut out = Gathered::default();
    for path in paths {
        if path.as_os_str() == "-" {
            found.insert(PathBuf::new(), Input::named(path));
            continue;
        }
        let text = path.to_string_lossy();
        if path.is_dir() {
            walk(&mut WalkBuilder::new(path), may_be_tree, &mut found, &mut out.missing);
        } else if path.exists() || !text.contains(['*', '?', '[', '{']) {
            add(&mut found, path, true);
        } else if let Err(reason) = glob(path, &mut found, &mut out.missing) {
            out.missing.push(Aside::new(text, reason));
        }
    }
    out.inputs = found.into_values().collect();
    out
}

/// Whether a file belongs to a tree without being one: an overlay, test calls, transcripts, settings.
pub fn is_side_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    [".overlay.yaml", ".overlay.yml", ".calls.yaml", ".calls.yml"]
        .iter()
        .any(|end| name.ends_with(end))
        || name == super::settings::FILE
        || name == super::audit::BASELINE
        || name == super::load::sounds::TABLE
}

fn add(found: &mut BTreeMap<PathBuf, Input>, path: &Path, named: bool) {
    // `./menus` and `menus` are the same folder.
    let path: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    if let Some(known) = found.get_mut(&path) {
        known.named |= named;
        known.by_content &= !named;
        return;
    }
    let input = Input {
        named,
        by_content: !named && !has_end(&path, TREES),
        ..Input::named(&path)
    };
    found.insert(path, input);
}

/// The files of a folder that may be trees; hidden files and those that a `.gitignore` names are left out.
fn walk(
    builder: &mut WalkBuilder,
    may_be_tree: fn(&Path) -> bool,
    found: &mut BTreeMap<PathBuf, Input>,
    missing: &mut Vec<Aside>,
) -> usize {
    let mut files = 0;
    // What a `.gitignore` says counts outside of a repository too; what this machine's own settings say does not.
    for entry in builder.require_git(false).git_global(false).build() {
        match entry {
            Err(error) => missing.push(unreadable(error)),
            Ok(entry) if !entry.path().is_file() || !may_be_tree(entry.path()) => {}
            Ok(entry) => {
                files += 1;
                add(found, entry.path(), false);
            }
        }
    }
    files
}

/// What a walk could not look into.
fn unreadable(error: ignore::Error) -> Aside {
    match error {
        ignore::Error::WithDepth { err, .. } => unreadable(*err),
        ignore::Error::WithPath { path, err } => {
            Aside::new(path.display().to_string(), format!("cannot be read: {err}"))
        }
        error => Aside::new("-", error.to_string()),
    }
}

/// Exported flows often have no extension at all, and templates have their own.
fn may_be_tree(path: &Path) -> bool {
    let perhaps = path.extension().is_none() || has_end(path, TREES) || has_end(path, PERHAPS);
    perhaps && is_visible(path)
}

fn has_end(path: &Path, ends: &[&str]) -> bool {
    path.extension()
        .is_some_and(|end| ends.iter().any(|known| end.eq_ignore_ascii_case(known)))
}

fn is_visible(path: &Path) -> bool {
    let hidden = path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'));
    !hidden && !is_side_file(path)
}

/// The files that a pattern means, walked from the folder before its first wildcard.
fn glob(pattern: &Path, found: &mut BTreeMap<PathBuf, Input>, missing: &mut Vec<Aside>) -> Result<(), String> {
    let (base, rest) = pattern_parts(pattern);
    let matching = matching(&base, &rest)?;
    // Whoever writes a pattern knows how the files are called.
    match walk(WalkBuilder::new(&base).overrides(matching), is_visible, found, missing) {
        0 => Err("no file has a name like this".to_owned()),
        _ => Ok(()),
    }
}

/// The folder before the first wildcard of a pattern, and the rest of it.
pub fn pattern_parts(pattern: &Path) -> (PathBuf, PathBuf) {
    let is_fixed = |part: &Component<'_>| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']);
    let base: PathBuf = pattern.components().take_while(is_fixed).collect();
    let rest = pattern.components().skip_while(is_fixed).collect();
    let is_here = base.as_os_str().is_empty();
    (if is_here { PathBuf::from(".") } else { base }, rest)
}

/// What tells whether a file below a folder matches the rest of a pattern.
pub fn matching(base: &Path, rest: &Path) -> Result<Override, String> {
    let mut overrides = OverrideBuilder::new(base);
    let anchored = format!("/{}", rest.to_string_lossy().replace('\\', "/"));
    let built = overrides.add(&anchored).and_then(|overrides| overrides.build());
    built.map_err(|error| format!("this pattern cannot be read: {error}"))
}
