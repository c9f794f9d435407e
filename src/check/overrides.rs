//! Which settings hold for one file, where some are set for part of the files only.

use crate::document::read::shorten;
use crate::settings::{RuleSetting, Settings};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::BTreeMap;
use std::path::{Component, Path};

/// The overrides of one settings file, ready to be matched with many files.
pub struct Overrides {
    each: Vec<(Gitignore, BTreeMap<String, RuleSetting>)>,
}

impl Overrides {
    /// Those of settings; patterns with mistakes were told when the settings were read.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let overrides = settings.overrides.iter();
        Self {
            each: overrides
                .map(|special| (matcher(&special.paths), special.rules.clone()))
                .collect(),
        }
    }

    /// The settings for a file, by its path relative to the settings file; `None` where nothing special is set for it.
    ///
    /// Of several overrides that hold for one file and rule the last counts.
    #[must_use]
    pub fn apply(&self, settings: &Settings, file: &Path) -> Option<Settings> {
        let is_below = file.components().all(|part| matches!(part, Component::Normal(_)));
        if !is_below {
            return None;
        }
        let mut out: Option<Settings> = None;
        for (paths, rules) in &self.each {
            if paths.matched_path_or_any_parents(file, false).is_ignore() {
                let out = out.get_or_insert_with(|| settings.clone());
                out.rules.extend(rules.iter().map(|(name, own)| (name.clone(), *own)));
            }
        }
        out
    }
}

/// What is wrong with a pattern.
pub(super) fn mistake(pattern: &str) -> Option<String> {
    let mut builder = GitignoreBuilder::new("");
    let is_wrong = builder.add_line(None, pattern).is_err() || builder.build().is_err();
    is_wrong.then(|| format!("`{}` is not a pattern of files such as `old/**`", shorten(pattern)))
}

fn matcher(paths: &[String]) -> Gitignore {
    let mut builder = GitignoreBuilder::new("");
    for path in paths {
        let _ = builder.add_line(None, path);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}
