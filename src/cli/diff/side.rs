//! One side of a comparison: files that were read, with the settings that hold for them.

use crate::cli::gather::gather;
use crate::cli::load::{Loaded, load};
use crate::cli::output;
use crate::cli::reading::Reading;
use crate::cli::settings::SettingsFiles;
use presszero::audit::TreeEntry;
use presszero::callers::behaviour;
use presszero::callers::profile::TYPICAL;
use presszero::compare::trees::Place;
use presszero::compare::{self, Crowd};
use presszero::document::schedule::Moment;
use presszero::error::{Error, Problem, ProblemKind};
use presszero::graph::pace::Pace;
use presszero::report::TreeReport;
use presszero::report::diff::{Half, RefusedTold, When};
use presszero::report::lines::Lines;
use presszero::report::text::{self, Look};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// One side.
pub struct Side {
    /// What was read.
    pub loaded: Loaded,
    settings: SettingsFiles,
    /// For each tree, which settings hold.
    which: Vec<usize>,
    /// For each source, what the same file is called on the other side.
    keys: Vec<String>,
    /// What is taken off the names of files for that.
    folder: PathBuf,
}

/// A tree of a side, measured and judged.
pub struct Judged<'s> {
    /// The number of its source.
    pub source: usize,
    /// The file as the user names it.
    pub file: &'s str,
    /// The lines of its text.
    pub lines: Lines<'s>,
    /// The tree with what was found.
    pub side: compare::Side<'s>,
}

impl Judged<'_> {
    /// As reports take it.
    pub fn half(&self) -> Half<'_> {
        Half {
            file: self.file,
            lines: &self.lines,
            side: &self.side,
        }
    }
}

impl Side {
    /// Reads the files of a side, and the settings beside them.
    ///
    /// # Errors
    /// When a settings file cannot be read.
    pub fn load(paths: &[PathBuf], given: Option<&Path>) -> Result<Self, Error> {
        let settings = SettingsFiles::new(given)?;
        Self::load_with(paths, settings)
    }

    /// As `load`, with settings that were begun before.
    pub fn load_with(paths: &[PathBuf], mut settings: SettingsFiles) -> Result<Self, Error> {
        let loaded = if paths.is_empty() {
            Loaded::default()
        } else {
            load(&gather(paths), &Reading::default(), paths)
        };
        let mut which = Vec::with_capacity(loaded.portfolio.trees.len());
        for entry in &loaded.portfolio.trees {
            let path = loaded.paths.get(entry.source).and_then(Option::as_deref);
            which.push(if entry.linked { 0 } else { settings.of(path)? });
        }
        for (source, problems) in &settings.wrong {
            output::say(&text::mistakes(source, problems, Look::colored()));
        }
        let keys = loaded.portfolio.sources.iter().map(|source| source.name.clone());
        Ok(Self {
            keys: keys.collect(),
            loaded,
            settings,
            which,
            folder: PathBuf::new(),
        })
    }

    /// Files are the same on both sides where their paths below `top` are; a file is the same as the only other one.
    pub fn name_files_below(&mut self, top: &Path) {
        top.clone_into(&mut self.folder);
        let keys = self
            .loaded
            .portfolio
            .sources
            .iter()
            .map(|source| self.key_of(&source.name));
        self.keys = keys.collect();
    }

    /// What a file is called on the other side.
    pub fn key_of(&self, file: &str) -> String {
        let below = |folder: &Path| Path::new(file).strip_prefix(folder).ok().map(Path::to_owned);
        // `./menus` and `menus` are the same folder.
        let plain: PathBuf = self
            .folder
            .components()
            .filter(|part| part.as_os_str() != ".")
            .collect();
        let rest = below(&self.folder).or_else(|| below(&plain));
        rest.map_or_else(|| file.to_owned(), |rest| rest.to_string_lossy().replace('\\', "/"))
    }

    /// What a source is called on the other side.
    pub fn key(&self, source: usize) -> &str {
        self.keys.get(source).map_or("", String::as_str)
    }

    /// Where each tree stands, for finding it again on the other side.
    pub fn places<'s>(&'s self, trees: &[Judged<'s>]) -> Vec<Place<'s>> {
        let place = |judged: &Judged<'s>| Place {
            file: self.key(judged.source),
            tree: judged.side.tree,
        };
        trees.iter().map(place).collect()
    }

    /// What could not be read, each with what the file is called on the other side.
    pub fn refused(&self, when: When) -> Vec<(When, String, RefusedTold)> {
        let told = |file: &str, reason: String| {
            let file = file.to_owned();
            (
                when,
                self.key_of(&file),
                RefusedTold {
                    side: when,
                    file,
                    reason,
                },
            )
        };
        let whole = self.loaded.refused.iter().map(|refused| {
            let mistakes = refused.mistakes.as_ref();
            let first =
                mistakes.and_then(|(source, problems)| Some(mistake(&Lines::of_source(source), problems.first()?)));
            let reason = refused.aside.why();
            let reason = first.map_or_else(|| reason.clone(), |first| format!("{reason}: {first}"));
            told(&refused.aside.file, reason)
        });
        let portfolio = &self.loaded.portfolio;
        let broken = portfolio
            .trees
            .iter()
            .filter(|entry| !entry.linked)
            .filter_map(|entry| {
                let source = portfolio.sources.get(entry.source)?;
                let broken = broken(entry)?;
                let lines = Lines::of_source(source);
                let file = lines.file(broken.span.start).name;
                Some(told(file, mistake(&lines, broken)))
            });
        whole.chain(broken).collect()
    }

    /// Whether a settings file has mistakes.
    pub fn has_wrong_settings(&self) -> bool {
        !self.settings.wrong.is_empty()
    }

    /// Measures and judges every tree, in parallel; the order is that of the trees.
    pub fn judge(&self, at: Option<Moment>) -> Vec<Judged<'_>> {
        let portfolio = &self.loaded.portfolio;
        let one = |(number, entry): (usize, &'_ TreeEntry)| {
            let id = u32::try_from(number).ok().filter(|_| !entry.linked)?;
            if broken(entry).is_some() {
                return None;
            }
            let settings = self.which.get(number).and_then(|at| self.settings.all.get(*at))?;
            let source = portfolio.sources.get(entry.source)?;
            let entry = portfolio.trees.get(number)?;
            let mut audit = portfolio.audit_at(id, Pace::default(), at)?;
            audit.caller = behaviour::on(&entry.tree, settings, &TYPICAL);
            let crowd = Crowd::of(&audit);
            let found = TreeReport::of(&audit, &entry.problems, settings);
            Some(Judged {
                source: entry.source,
                file: &source.name,
                lines: Lines::of_source(source),
                side: compare::Side {
                    tree: &entry.tree,
                    figures: found.figures,
                    checked: found.checked,
                    closed_hours: compare::closed_hours(&audit),
                    crowd,
                },
            })
        };
        portfolio.trees.par_iter().enumerate().filter_map(one).collect()
    }
}

/// The mistake in the notation of a tree, which may lack anything then, so that it cannot be compared.
fn broken(entry: &TreeEntry) -> Option<&Problem> {
    entry
        .problems
        .iter()
        .find(|problem| problem.kind == ProblemKind::Syntax)
}

fn mistake(lines: &Lines<'_>, problem: &Problem) -> String {
    let line = lines.position(problem.span.start).line;
    format!("line {line}: {}", problem.message)
}
