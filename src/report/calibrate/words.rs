//! What is wrong with counts, and why shares are not written, in words.

use crate::document::tree::PhoneTree;
use crate::measure::calibrate::{Unwritten, Wrong};

/// What is wrong with a row of counts; lower case, no full stop.
#[must_use]
pub fn wrong(tree: &PhoneTree, wrong: &Wrong) -> String {
    let name_of = |step: u32| {
        tree.steps
            .get(step as usize)
            .map_or("", |step| step.name.value.as_str())
    };
    let meant = |near: &Option<String>| {
        let near = near.as_ref().map(|near| format!("; did you mean `{near}`?"));
        near.unwrap_or_default()
    };
    match wrong {
        Wrong::Step { name, .. } if name.is_empty() => "the row names no step".to_owned(),
        Wrong::Step { name, near } => format!("there is no step `{name}`{}", meant(near)),
        Wrong::Event {
            name,
            step,
            near,
            known,
        } => {
            let list: Vec<String> = known.iter().map(|known| format!("`{known}`")).collect();
            let near = match near {
                Some(_) => meant(near),
                None => format!("; its events are {}", list.join(", ")),
            };
            format!("`{name}` is nothing that happens at `{}`{near}", name_of(*step))
        }
        Wrong::Intent { name, any: false, .. } => {
            format!("the tree declares no callers, so that there are none who call for `{name}`")
        }
        Wrong::Intent { name, near, .. } => format!("no caller is declared who calls for `{name}`{}", meant(near)),
        Wrong::Attempt(text) => format!("`{text}` is not an attempt: attempts are 1, 2, 3 and so on"),
        Wrong::Beyond { step, attempts: 1 } => format!("callers have only one attempt at `{}`", name_of(*step)),
        Wrong::Beyond { step, attempts } => format!("callers have only {attempts} attempts at `{}`", name_of(*step)),
        Wrong::Number(text) if text.is_empty() => "the row tells no number of calls".to_owned(),
        Wrong::Number(text) if text.starts_with('-') => {
            format!("`{text}` is negative, and nothing happens less often than never")
        }
        Wrong::Number(text) => format!("`{text}` is not a whole number of calls"),
        Wrong::TooMany => "these are more calls than can be counted".to_owned(),
    }
}

/// Why a share is not written.
#[must_use]
pub fn why(unwritten: Unwritten) -> &'static str {
    match unwritten {
        Unwritten::Everywhere => "an option that works everywhere has no share of its own there",
        Unwritten::Form => "an option is written in a way that has no place for a share, such as an alias",
    }
}
