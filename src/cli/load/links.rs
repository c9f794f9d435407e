//! Files that trees lead to and that nobody named: read so that calls can be followed into them.

use super::folder::Folder;
use super::{Loaded, Outcome, read};
use crate::cli::gather::Input;
use crate::cli::reading::Reading;
use crate::cli::recognise::OURS;
use presszero::audit::beside;
use presszero::document::tree::{PhoneTree, StepKind, Text};
use presszero::error::{Problem, ProblemKind};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Reads the files that the trees lead to, and those that they lead to in turn, each once.
///
/// Nothing outside of `folder` is read. In foreign formats a target in another file is looked for
/// nowhere: it is a name of the telephone system, not of a file.
pub fn follow(loaded: &mut Loaded, folder: &Folder) {
    let mut links = Links {
        folder,
        known: BTreeMap::new(),
    };
    let mut at = 0;
    while let Some(entry) = loaded.portfolio.trees.get(at) {
        let named = loaded.paths.get(entry.source).is_some_and(Option::is_some);
        let problems = if entry.format == OURS && named {
            links.of_tree(loaded, at)
        } else {
            Vec::new()
        };
        if let Some(entry) = loaded.portfolio.trees.get_mut(at) {
            entry.problems.extend(problems);
        }
        at += 1;
    }
}

struct Links<'f> {
    /// The folder that is not left.
    folder: &'f Folder,
    /// For each file that was looked for, why it cannot be followed.
    known: BTreeMap<String, Option<String>>,
}

impl Links<'_> {
    /// Reads what one tree leads to; the mistakes in its links come back.
    fn of_tree(&mut self, loaded: &mut Loaded, at: usize) -> Vec<Problem> {
        let Some(entry) = loaded.portfolio.trees.get(at) else {
            return Vec::new();
        };
        let (id, source) = (u32::try_from(at).unwrap_or(u32::MAX), entry.source);
        let wanted: Vec<(Text, Option<Text>)> = links(&entry.tree).collect();
        let mut problems = Vec::new();
        for (file, step) in wanted {
            if loaded.portfolio.link(id, &file.value).is_none()
                && let Err(reason) = self.read(loaded, (id, source), &file.value)
            {
                let problem = Problem::new(ProblemKind::UndefinedReference, file.span, reason);
                problems.push(problem.help("name the file as it lies beside this one, or leave the link out"));
                continue;
            }
            match loaded.portfolio.link(id, &file.value) {
                Some(to) => problems.extend(step.and_then(|step| missing(loaded, to, &file, &step))),
                None => problems.push(Problem::new(
                    ProblemKind::UndefinedReference,
                    file.span,
                    format!("there is no phone tree `{}` in that file", file.value),
                )),
            }
        }
        problems
    }

    /// Reads a file, unless that was tried before.
    fn read(&mut self, loaded: &mut Loaded, (id, source): (u32, usize), file: &str) -> Result<(), String> {
        let from = loaded
            .portfolio
            .sources
            .get(source)
            .map_or("", |source| source.name.as_str());
        let file = file.split_once('#').map_or(file, |(file, _)| file);
        if loaded.portfolio.link(id, file).is_some() {
            return Ok(());
        }
        let name = beside(from, file);
        let reason = if let Some(known) = self.known.get(&name) {
            known.clone()
        } else {
            let reason = self.take(loaded, &name);
            self.known.insert(name, reason.clone());
            reason
        };
        reason.map_or(Ok(()), Err)
    }

    /// Takes a file into the portfolio; the reason where that cannot be done.
    fn take(&self, loaded: &mut Loaded, name: &str) -> Option<String> {
        let path = PathBuf::from(name);
        if !self.folder.holds(&path) {
            return Some(format!("`{name}` lies outside of what is audited, and is not read"));
        }
        if !path.is_file() {
            return Some(format!("there is no file `{name}`"));
        }
        let input = Input {
            named: false,
            ..Input::named(&path)
        };
        match read(&input, &Reading::default()) {
            Outcome::Read(taken) => {
                let first = loaded.portfolio.trees.len();
                loaded.add(*taken, Some(path));
                for entry in loaded.portfolio.trees.iter_mut().skip(first) {
                    entry.linked = true;
                }
                None
            }
            Outcome::Passed => Some(format!("`{name}` cannot be followed: not a phone tree")),
            Outcome::Skipped(why) | Outcome::Refused(why, _) => {
                Some(format!("`{name}` cannot be followed: {}", why.reason))
            }
        }
    }
}

/// The other files that a tree names, with the step that is entered there.
fn links(tree: &PhoneTree) -> impl Iterator<Item = (Text, Option<Text>)> {
    tree.steps.iter().filter_map(|step| match &step.kind {
        StepKind::Subtree {
            file: Some(file),
            entry,
            ..
        } => Some((file.clone(), entry.clone())),
        StepKind::Transfer(transfer) => Some((transfer.tree.clone()?, None)),
        _ => None,
    })
}

/// The entry of a subtree that is not in the file that it is looked for in.
fn missing(loaded: &Loaded, to: u32, file: &Text, step: &Text) -> Option<Problem> {
    let tree = &loaded.portfolio.trees.get(to as usize)?.tree;
    let problem = || {
        let message = format!("`{}` has no step called `{}`", file.value, step.value);
        Problem::new(ProblemKind::UndefinedReference, step.span, message)
    };
    tree.step(&step.value).is_none().then(problem)
}
