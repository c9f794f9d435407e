//! What is met in a flow and not understood: types of widgets, and events.

use super::flow::Widget;
use crate::error::{Problem, ProblemKind};
use crate::import::strangers::Strangers;
use std::collections::{BTreeMap, HashSet};

/// Tells each type of widget and each event that is not understood, and each event that a widget has twice.
/// Linear in the number of transitions.
pub fn report<'f>(met: impl Iterator<Item = &'f Widget<'f>>, problems: &mut Vec<Problem>) {
    let mut types = Strangers::default();
    let mut others: BTreeMap<&str, (&[&str], Strangers)> = BTreeMap::new();
    for widget in met {
        let Some(word) = widget.word else {
            types.meet(
                format!("the widget type `{}`", widget.written.value),
                widget.written.span,
            );
            continue;
        };
        let Some(events) = word.means.events() else { continue };
        let mut seen = HashSet::new();
        for event in widget.exits.iter().map(|exit| &exit.event) {
            let name = event.value.as_str();
            if !events.contains(&name) {
                let what = format!("the event `{name}` of `{}`", word.name);
                let (_, strangers) = others.entry(word.name).or_insert((events, Strangers::default()));
                strangers.meet(what, event.span);
            } else if !seen.insert(name) {
                let message = format!("`{name}` of `{}` stands here a second time", widget.name.value);
                let help = "the first one counts; a split behind the widget tells one answer from another";
                problems.push(Problem::new(ProblemKind::DuplicateName, event.span, message).help(help));
            }
        }
    }
    problems.extend(types.told("each of its transitions is taken to be possible"));
    for (word, (events, strangers)) in others {
        let known = events.join("`, `");
        let help = format!("the events of `{word}` are `{known}`; no call is taken to go by another");
        problems.extend(strangers.told(&help));
    }
}
