//! Names of steps in kebab-case, each for one step alone.

use crate::document::read::kebab_case;
use crate::document::tree::{PhoneTree, Target};
use serde_yaml::Value;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// What each step is called in the text; by default as it is called in the tree.
#[derive(Debug, Default)]
pub struct Names {
    written: HashMap<String, String>,
    drop: String,
}

impl Names {
    /// Names for the steps of a tree and for what its targets name beside them; linear in their number.
    pub fn of(tree: &PhoneTree) -> Self {
        let mut taken = Taken::default();
        let mut written: HashMap<String, String> = HashMap::new();
        let fits = |name: &str| kebab_case(name) == name && !is_identifier(name);
        for step in tree.steps.iter().filter(|step| fits(&step.name.value)) {
            taken.names.insert(step.name.value.clone());
            written.insert(step.name.value.clone(), step.name.value.clone());
        }
        for step in &tree.steps {
            if written.contains_key(&step.name.value) {
                continue;
            }
            // An identifier that a machine made says nothing; what people call the step does.
            let label = step.label.as_ref().filter(|_| is_identifier(&step.name.value));
            let wanted = label.map_or(step.name.value.as_str(), |label| label.value.as_str());
            written.insert(step.name.value.clone(), taken.free(&kebab_case(wanted)));
        }
        let mut others: Vec<String> = Vec::new();
        for step in &tree.steps {
            step.clone().targets_mut(&mut |to| {
                if !written.contains_key(&to.name.value) {
                    others.push(to.name.value.clone());
                }
            });
        }
        for other in others {
            if let Entry::Vacant(free) = written.entry(other) {
                let name = if fits(free.key()) {
                    taken.keep(free.key().clone())
                } else {
                    taken.free(&kebab_case(free.key()))
                };
                free.insert(name);
            }
        }
        let drop = taken.free("line-drops");
        Self { written, drop }
    }

    /// The name under which a step is written.
    pub fn step<'n>(&'n self, name: &'n str) -> &'n str {
        self.written.get(name).map_or(name, String::as_str)
    }

    /// The name of the step at which the line drops.
    pub fn drop(&self) -> &str {
        &self.drop
    }

    /// A target as it is written.
    pub fn to(&self, target: Option<&Target>) -> Option<Value> {
        target.map(|target| Value::String(self.step(&target.name.value).to_owned()))
    }
}

#[derive(Default)]
struct Taken {
    names: HashSet<String>,
    counts: HashMap<String, u32>,
}

impl Taken {
    fn keep(&mut self, name: String) -> String {
        self.names.insert(name.clone());
        name
    }

    fn free(&mut self, wanted: &str) -> String {
        let base = if wanted.is_empty() { "step" } else { wanted };
        let mut name = base.to_owned();
        while self.names.contains(&name) {
            let count = self.counts.entry(base.to_owned()).or_insert(1);
            *count += 1;
            name = format!("{base}-{count}");
        }
        self.keep(name)
    }
}

/// Whether a name is a UUID.
fn is_identifier(name: &str) -> bool {
    name.len() == 36
        && name.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
