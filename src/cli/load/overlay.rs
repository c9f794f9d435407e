//! The overlay of a foreign file: found, read and laid over its trees.

use super::read_file;
use crate::cli::recognise::{OURS, Recognised};
use presszero::document::overlay;
use presszero::report::{Aside, Refused};
use presszero::source::Source;
use std::path::{Path, PathBuf};

/// Lays the overlay that is given, or lies beside the file, over the trees; what is wrong with it comes back.
pub fn complete(known: &mut Recognised, file: Option<&Path>, given: Option<&Path>) -> Option<Refused> {
    let path = match given {
        Some(path) => path.to_owned(),
        None => beside(file?)?,
    };
    let name = path.to_string_lossy().replace('\\', "/");
    let refuse = |reason: &str| Aside::new(&name, reason);
    if known.format == OURS {
        return Some(Refused {
            aside: refuse("an overlay of a file that can say all of it itself"),
            mistakes: None,
        });
    }
    let source = match read_file(&path) {
        Ok(bytes) => Source::from_bytes(name.clone(), bytes),
        Err(reason) => {
            return Some(Refused {
                aside: refuse(&reason),
                mistakes: None,
            });
        }
    };
    let (overlay, mut problems) = overlay::read(&source);
    problems.extend(overlay::apply_all(&overlay, &mut known.trees));
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
