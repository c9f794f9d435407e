//! Finds `presszero.yaml` upwards from each tree.

use super::load::Loaded;
use super::output;
use presszero::callers::behaviour;
use presszero::callers::profile::Profile;
use presszero::check::{Overrides, read_settings};
use presszero::error::{Error, Problem};
use presszero::graph::TreeId;
use presszero::report::text::{self, Look};
use presszero::settings::Settings;
use presszero::source::Source;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The name of the settings file.
pub const FILE: &str = "presszero.yaml";

/// Settings by folder; each file is read once.
pub struct SettingsFiles {
    /// Every settings file that was read; the first are the defaults, or those of `--settings`.
    pub all: Vec<Settings>,
    /// Files with mistakes.
    pub wrong: Vec<(Source, Vec<Problem>)>,
    /// For each of `all` the folder of its file, to which the paths in it are relative; `None` for the defaults.
    pub folders: Vec<Option<PathBuf>>,
    overrides: HashMap<usize, Overrides>,
    fixed: bool,
    of_folder: HashMap<PathBuf, usize>,
}

/// The settings that hold for one tree; `None` where they have mistakes, which are then told with what was left undone.
///
/// # Errors
/// When a settings file cannot be read.
pub fn settings_of(given: Option<&Path>, loaded: &Loaded, id: TreeId, undone: &str) -> Result<Option<Settings>, Error> {
    let mut files = SettingsFiles::new(given)?;
    let entry = loaded.portfolio.trees.get(id as usize);
    let path = entry
        .and_then(|entry| loaded.paths.get(entry.source))
        .and_then(Option::as_deref);
    let at = files.of(path)?;
    if files.wrong.is_empty() {
        return Ok(Some(files.all.swap_remove(at)));
    }
    for (source, problems) in &files.wrong {
        output::say(&text::mistakes(source, problems, Look::colored()));
    }
    output::warn(&format!("{undone}, because the settings have mistakes"));
    Ok(None)
}

/// A sort of caller as the settings and a tree have her; `None` as with `settings_of`.
///
/// # Errors
/// When a settings file cannot be read.
pub fn caller_on(
    given: Option<&Path>,
    loaded: &Loaded,
    id: TreeId,
    profile: &Profile,
    undone: &str,
) -> Result<Option<Profile>, Error> {
    let settings = settings_of(given, loaded, id, undone)?;
    let tree = loaded.portfolio.trees.get(id as usize).map(|entry| &entry.tree);
    Ok(settings.map(|settings| tree.map_or_else(|| profile.clone(), |tree| behaviour::on(tree, &settings, profile))))
}

impl SettingsFiles {
    /// Begins with the file of `--settings`, which then holds for every tree.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn new(given: Option<&Path>) -> Result<Self, Error> {
        let mut files = Self {
            all: vec![Settings::default()],
            wrong: Vec::new(),
            folders: vec![None],
            overrides: HashMap::new(),
            fixed: given.is_some(),
            of_folder: HashMap::new(),
        };
        if let Some(path) = given {
            let at = files.read(path)?;
            files.all.swap(0, at);
            files.folders.swap(0, at);
        }
        Ok(files)
    }

    /// Puts these profiles in the place of those of every settings file; none leaves them as they are.
    pub fn set_profiles(&mut self, profiles: &[String]) {
        if !profiles.is_empty() {
            for settings in &mut self.all {
                settings.profiles = profiles.to_vec();
            }
        }
    }

    /// Which of `all` hold for a file; for standard input those of the current folder.
    ///
    /// # Errors
    /// When a settings file is there and cannot be read.
    pub fn of(&mut self, file: Option<&Path>) -> Result<usize, Error> {
        let at = if self.fixed { 0 } else { self.nearest(file)? };
        Ok(file.and_then(|file| self.overridden(at, file)).unwrap_or(at))
    }

    /// The baseline that some of `all` name, its path as seen from the current folder where it lies below that.
    pub fn baseline(&self, at: usize) -> Option<PathBuf> {
        let named = self.all.get(at)?.baseline.as_ref()?;
        let folder = self.folders.get(at)?.as_deref().unwrap_or(Path::new(""));
        let path = folder.join(&named.value);
        let here = absolute(Path::new(""));
        let below = path
            .strip_prefix(&here)
            .ok()
            .filter(|path| !path.as_os_str().is_empty());
        Some(below.map_or_else(|| path.clone(), Path::to_owned))
    }

    fn nearest(&mut self, file: Option<&Path>) -> Result<usize, Error> {
        let folder = file.and_then(Path::parent).unwrap_or(Path::new(""));
        if let Some(known) = self.of_folder.get(folder) {
            return Ok(*known);
        }
        let absolute = absolute(folder);
        let mut passed = vec![folder.to_owned()];
        let mut settings = 0;
        for folder in absolute.ancestors() {
            if let Some(known) = self.of_folder.get(folder) {
                settings = *known;
                break;
            }
            passed.push(folder.to_owned());
            if folder.join(FILE).is_file() {
                settings = self.read(&folder.join(FILE))?;
                break;
            }
        }
        for folder in passed {
            self.of_folder.insert(folder, settings);
        }
        Ok(settings)
    }

    /// The settings for one file, where some are set for part of the files only.
    fn overridden(&mut self, at: usize, file: &Path) -> Option<usize> {
        let settings = self.all.get(at).filter(|settings| !settings.overrides.is_empty())?;
        let folder = self.folders.get(at)?.clone()?;
        let file = absolute(file.parent()?).join(file.file_name()?);
        let overrides = self.overrides.entry(at).or_insert_with(|| Overrides::of(settings));
        let special = overrides.apply(settings, file.strip_prefix(&folder).ok()?)?;
        let folder = Some(folder);
        let mut known = self.all.iter().zip(&self.folders);
        if let Some(known) = known.position(|known| known == (&special, &folder)) {
            return Some(known);
        }
        self.all.push(special);
        self.folders.push(folder);
        Some(self.all.len() - 1)
    }

    fn read(&mut self, path: &Path) -> Result<usize, Error> {
        let here = std::env::current_dir().unwrap_or_default();
        let name = path.strip_prefix(&here).unwrap_or(path).display().to_string();
        let bytes = std::fs::read(path).map_err(|error| Error::Usage(format!("cannot read `{name}`: {error}")))?;
        let source = Source::from_bytes(name, bytes);
        let (settings, problems) = read_settings(&source);
        if !problems.is_empty() {
            self.wrong.push((source, problems));
        }
        self.all.push(settings);
        self.folders.push(path.parent().map(absolute));
        Ok(self.all.len() - 1)
    }
}

fn absolute(folder: &Path) -> PathBuf {
    let here = Path::new(".").join(folder);
    std::fs::canonicalize(&here).unwrap_or(here)
}
