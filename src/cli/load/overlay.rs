//! The overlay of a foreign file: found, read and laid over its trees.

use super::read_file;
use crate::cli::recognise::{OURS, Recognised};
use presszero::document::overlay;
use presszero::document::tree::PhoneTree;
use presszero::report::{Aside, Refused};
use presszero::source::Source;
use std::path::{Path, PathBuf};

/// Lays the overlay that is given over the trees, or those that lie beside their files; what is wrong with them comes
/// back.
pub fn complete(known: &mut Recognised, source: &Source, is_file: bool, given: Option<&Path>) -> Vec<Refused> {
    if let Some(path) = given {
        return lay(known.format, &mut known.trees, path).into_iter().collect();
    }
    if !is_file {
        return Vec::new();
    }
    let mut refused = Vec::new();
    for (name, span) in source.files() {
        let Some(path) = beside(Path::new(name)) else { continue };
        let starts = |tree: &PhoneTree| (span.start..=span.end).contains(&tree.span.start);
        // Trees stand in the order of their files.
        let from = known.trees.iter().position(starts).unwrap_or(0);
        let own = known.trees.iter().skip(from).take_while(|tree| starts(tree)).count();
        let trees = known.trees.get_mut(from..from + own).unwrap_or_default();
        refused.extend(lay(known.format, trees, &path));
    }
    refused
}

fn lay(format: &str, trees: &mut [PhoneTree], path: &Path) -> Option<Refused> {
    let name = path.to_string_lossy().replace('\\', "/");
    let refuse = |reason: &str| Aside::new(&name, reason);
    if format == OURS {
        return Some(Refused {
            aside: refuse("an overlay of a file that can say all of it itself"),
            mistakes: None,
        });
    }
    let source = match read_file(path) {
        Ok(bytes) => Source::from_bytes(name.clone(), bytes),
        Err(reason) => {
            return Some(Refused {
                aside: refuse(&reason),
                mistakes: None,
            });
        }
    };
    let (overlay, mut problems) = overlay::read(&source);
    problems.extend(overlay::apply_all(&overlay, trees));
    problems.sort_by_key(|problem| problem.span);
    (!problems.is_empty()).then(|| Refused {
        aside: refuse("the overlay has mistakes; the rest of it was taken"),
        mistakes: Some((source, problems)),
    })
}

/// `flow.overlay.yaml` beside `flow.json`.
fn beside(file: &Path) -> Option<PathBuf> {
    let ends = ["overlay.yaml", "overlay.yml"];
    ends.iter()
        .map(|end| file.with_extension(end))
        .find(|path| path.is_file())
}
