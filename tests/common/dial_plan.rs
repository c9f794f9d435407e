//! Reads dial plans for tests.
#![allow(dead_code)]

use presszero::document::tree::{Choice, PhoneTree, Step, Target};
use presszero::import::{Import, asterisk};
use presszero::source::Source;

pub fn import_text(text: &str) -> Import {
    asterisk::read(&Source::new("extensions.conf", text)).expect("a dial plan")
}

pub fn one(text: &str) -> PhoneTree {
    let mut import = import_text(text);
    assert_eq!(import.refused, []);
    assert_eq!(import.trees.len(), 1, "one line in:\n{text}");
    import.trees.remove(0)
}

pub fn step<'t>(tree: &'t PhoneTree, name: &str) -> &'t Step {
    let names: Vec<&str> = tree.steps.iter().map(|step| step.name.value.as_str()).collect();
    tree.step(name)
        .unwrap_or_else(|| panic!("no step {name} among {names:#?}"))
}

pub fn to(target: Option<&Target>) -> &str {
    target.map_or("-", |target| target.name.value.as_str())
}

pub fn options(choices: &[Choice]) -> Vec<(&str, &str)> {
    let keys = |choice: &Choice| {
        choice
            .keys
            .as_ref()
            .map_or(String::new(), |keys| keys.value.as_str().to_owned())
    };
    let mut out: Vec<(&str, &str)> = Vec::new();
    for choice in choices {
        let key: &'static str = keys(choice).leak();
        out.push((key, choice.to.name.value.as_str()));
    }
    out
}
