//! What a step says besides its name, in a form in which two steps are compared.

use super::tree::{PhoneTree, Step, StepKind};
use super::write;
use serde_yaml::Value;

/// A field of a step with its value, by the names that lead to it: `keys`, `1`, `label`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// The names that lead to it.
    pub path: Vec<String>,
    /// Its value in one line.
    pub words: String,
}

/// The step itself, a step of the same tree, or nothing that is there: what stands for the name of a target.
const TARGETS: [&str; 3] = ["itself", "another", "none"];

/// A number for the content of a step; steps of the same content have the same number, on every machine and in every
/// version of this program that knows the same fields.
///
/// Neither the step's own name counts nor those of the steps that it leads to, nor layout, order of fields, comments or
/// what is allowed there; labels, prompts and all other fields do. Linear in the length of the step; the hash is FNV-1a
/// (Fowler, Noll and Vo, 1991).
#[must_use]
pub fn likeness(tree: &PhoneTree, step: &Step) -> u64 {
    let mut bare = step.clone();
    bare.targets_mut(&mut |target| {
        let [itself, another, none] = TARGETS;
        let name = &mut target.name.value;
        let stands = match tree.index.contains_key(name.as_str()) {
            true if *name == step.name.value => itself,
            true => another,
            false => none,
        };
        stands.clone_into(name);
    });
    if let StepKind::Subtree {
        file: None,
        entry: Some(entry),
        ..
    } = &mut bare.kind
    {
        entry.value.clear();
    }
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    for Said { path, words } in said(&bare) {
        for name in &path {
            hash.add(name);
        }
        hash.add(&words);
        hash.add("");
    }
    hash.0
}

/// All that is said of a step besides its name, in the order of the names that lead to each field; what is allowed there
/// is left out. The values of fields that are lists or prompts are put in one line.
#[must_use]
pub fn said(step: &Step) -> Vec<Said> {
    flat(write::fields(step).filter(|(name, _)| name != "allow"))
}

/// The same for what a document says besides its steps.
#[must_use]
pub fn said_of_tree(tree: &PhoneTree) -> Vec<Said> {
    flat(write::plan(tree))
}

fn flat(fields: impl Iterator<Item = (String, Value)>) -> Vec<Said> {
    let mut out = Vec::new();
    for (name, value) in fields {
        match value {
            Value::Mapping(parts) if name != "prompt" => {
                for (part, value) in &parts {
                    entry(&mut out, &name, &line(part), value);
                }
            }
            Value::Sequence(prompts) if name == "reprompts" => {
                for (at, prompt) in (1..).zip(&prompts) {
                    add(&mut out, &[&name, &format!("{at}")], prompt);
                }
            }
            Value::Sequence(calls) if name == "calls" => {
                for (at, call) in (1..).zip(&calls) {
                    let called = call.get("name").map_or_else(|| format!("{at}"), line);
                    add(&mut out, &[&name, &called], call);
                }
            }
            value => add(&mut out, &[&name], &value),
        }
    }
    out.sort();
    out
}

/// An option, a case, an exit, reprompts for silence or for a wrong key: what is under a name under a field.
fn entry(out: &mut Vec<Said>, field: &str, name: &str, value: &Value) {
    let leads = matches!(field, "keys" | "says" | "cases" | "exits");
    match value {
        Value::Mapping(parts) => {
            for (part, value) in parts {
                add(out, &[field, name, &line(part)], value);
            }
        }
        Value::Sequence(prompts) if field == "reprompts" => {
            for (at, prompt) in (1..).zip(prompts) {
                add(out, &[field, name, &format!("{at}")], prompt);
            }
        }
        value if leads => add(out, &[field, name, "to"], value),
        value => add(out, &[field, name], value),
    }
}

fn add(out: &mut Vec<Said>, path: &[&str], value: &Value) {
    out.push(Said {
        path: path.iter().map(|name| (*name).to_owned()).collect(),
        words: line(value),
    });
}

/// A value in one line; prompts of several parts as their parts, one after another.
fn line(value: &Value) -> String {
    match value {
        Value::Null | Value::Tagged(_) => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Sequence(parts) => {
            let commas = parts
                .iter()
                .all(|part| part.as_str().is_some_and(|text| !text.contains(' ')));
            let parts: Vec<String> = parts.iter().map(line).collect();
            parts.join(if commas { ", " } else { " " })
        }
        Value::Mapping(parts) => {
            let part = |(name, value): (&Value, &Value)| match (name.as_str(), line(value)) {
                (Some("text"), words) => words,
                (Some("value"), name) => format!("{{{name}}}"),
                (Some("seconds"), seconds) if !seconds.ends_with('s') => format!("[{seconds}s]"),
                (Some("seconds"), time) => format!("[{time}]"),
                (Some(name), value) => format!("[{name} {value}]"),
                (None, value) => value,
            };
            parts.iter().map(part).collect::<Vec<_>>().join(" ")
        }
    }
}

struct Fnv(u64);

impl Fnv {
    /// Adds a text with its end, so that no two lists of texts run together.
    fn add(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn like(text: &str, name: &str) -> u64 {
        let text = format!("phone-tree: 1\nentry: a\nsteps:\n{text}\n");
        let reading = crate::document::read(&Source::new("t.yaml", text));
        let tree = reading.trees.first().expect("a tree");
        likeness(tree, tree.step(name).expect("the step is there"))
    }

    #[test]
    fn names_do_not_count_content_does() {
        let base = like(
            "  a: {kind: menu, prompt: For b press 1, keys: {1: b, 2: a}}\n  b: {kind: agent}",
            "a",
        );
        let renamed =
            "  c: {keys: {2: c, 1: d}, kind: menu, # renamed\n    prompt: For b\n      press 1}\n  d: {kind: agent}";
        assert_eq!(base, like(renamed, "c"));
        for other in [
            "  a: {kind: menu, prompt: For b press 2, keys: {1: b, 2: a}}\n  b: {kind: agent}",
            "  a: {kind: menu, prompt: For b press 1, keys: {1: b, 2: b}}\n  b: {kind: agent}",
            "  a: {kind: menu, prompt: For b press 1, keys: {1: b, 2: a}, timeout: 5s}\n  b: {kind: agent}",
            "  a: {kind: menu, label: A, prompt: For b press 1, keys: {1: b, 2: a}}\n  b: {kind: agent}",
        ] {
            assert_ne!(base, like(other, "a"), "{other}");
        }
    }
}
