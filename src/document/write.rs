//! A phone tree becomes text of our own format.

mod fields;
mod names;
mod plan;
mod steps;

use super::tree::{PhoneTree, Step};
use fields::Fields;
use names::Names;
use serde_yaml::Value;

/// Writes a tree, its steps in their order; linear in its length.
///
/// Names become kebab-case where they are not, each for itself; what is the default is left out. Of two entries that
/// would have one name, the first is written, as the first one counts when it is read.
#[must_use]
pub fn write(tree: &PhoneTree) -> String {
    write_with(tree, |_| None)
}

/// Writes a tree, with a comment above each step that `origin` has something to say of.
#[must_use]
pub fn write_with(tree: &PhoneTree, origin: impl Fn(&Step) -> Option<String>) -> String {
    let names = Names::of(tree);
    let mut out = plan::before_steps(tree, &names).show();
    out.push_str("steps:\n");
    let mut drops = false;
    for (at, step) in tree.steps.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        if let Some(origin) = origin(step) {
            for line in origin.lines() {
                // Whatever a terminal could take for a command has no place in a comment.
                let line: String = line.chars().filter(|c| !c.is_control()).collect();
                out.push_str(format!("  # {line}").trim_end());
                out.push('\n');
            }
        }
        let mut one = Fields::default();
        let fields = steps::fields(step, &names, &mut drops);
        one.add(names.step(&step.name.value), Some(Value::Mapping(fields.into())));
        indented(&mut out, &one.show());
    }
    if drops {
        let mut one = Fields::default();
        let mut fields = Fields::default();
        fields.add("kind", Some("hang-up".into()));
        fields.add("reason", Some("error".into()));
        one.add(names.drop(), Some(Value::Mapping(fields.into())));
        out.push_str("\n  # the original does not say what follows: the line drops\n");
        indented(&mut out, &one.show());
    }
    out
}

/// The fields of a step besides its name, as they are written, with names as they are in the tree.
pub(super) fn fields(step: &Step) -> impl Iterator<Item = (String, Value)> {
    named(steps::fields(step, &Names::default(), &mut false))
}

/// The fields of a document besides its steps, with names as they are in the tree.
pub(super) fn plan(tree: &PhoneTree) -> impl Iterator<Item = (String, Value)> {
    named(plan::before_steps(tree, &Names::default()))
}

fn named(fields: Fields) -> impl Iterator<Item = (String, Value)> {
    let named = |(name, value): (Value, Value)| Some((name.as_str()?.to_owned(), value));
    serde_yaml::Mapping::from(fields).into_iter().filter_map(named)
}

fn indented(out: &mut String, text: &str) {
    for line in text.split_inclusive('\n') {
        if !line.trim_end_matches(['\n', '\r']).is_empty() {
            out.push_str("  ");
        }
        out.push_str(line);
    }
}
