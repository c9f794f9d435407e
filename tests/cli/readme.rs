//! The README is true: its commands print what it shows, its examples are what it says.

use super::schemas::{mistakes, published, yaml};
use super::{folder, presszero, repository, stderr, stdout};
use std::fs;

/// The fenced blocks of a language, in their order.
fn blocks(language: &str) -> Vec<String> {
    let text = fs::read_to_string(repository().join("README.md")).expect("the README is there");
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.strip_prefix("```") == Some(language) {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push(block.join("\n") + "\n");
        } else if line.starts_with("```") {
            lines.by_ref().find(|line| *line == "```");
        }
    }
    blocks
}

/// Whether output is as shown, where a line `...` stands for any number of lines.
fn is_as_shown(shown: &str, output: &str) -> bool {
    let mut rest: Vec<&str> = output.lines().map(str::trim_end).collect();
    let mut any = false;
    for line in shown.lines() {
        if line == "..." {
            any = true;
            continue;
        }
        let found = rest.iter().position(|known| *known == line);
        match found {
            Some(at) if at == 0 || any => {
                rest.drain(..=at);
            }
            _ => return false,
        }
        any = false;
    }
    any || rest.is_empty()
}

#[test]
fn commands_print_what_the_readme_shows() {
    let blocks = blocks("console");
    assert!(!blocks.is_empty());
    for block in blocks {
        for part in block.split("$ ").filter(|part| !part.is_empty()) {
            let (command, shown) = part.split_once('\n').unwrap_or((part, ""));
            let Some(arguments) = command.strip_prefix("presszero ") else {
                assert!(shown.trim().is_empty(), "`{command}` is not run, and shows output");
                continue;
            };
            let arguments: Vec<&str> = arguments.split_whitespace().collect();
            let output = presszero(repository(), &arguments);
            let printed = stdout(&output) + &stderr(&output);
            assert!(is_as_shown(shown, &printed), "$ {command}\n{printed}");
        }
    }
}

#[test]
fn the_examples_of_the_readme_are_read_without_a_mistake() {
    for block in blocks("yaml") {
        let (name, arguments) = if block.contains("phone-tree: 1") {
            ("line.yaml", vec!["audit", "line.yaml", "--fail-on", "error"])
        } else if block.starts_with("presszero: 1") {
            ("presszero.yaml", vec!["audit", "good.yaml"])
        } else {
            let mistakes = mistakes(&published("overlay"), &yaml(&block));
            assert!(mistakes.is_empty(), "{block}\n{mistakes:#?}");
            continue;
        };
        let folder = folder(&[("good.yaml", super::GOOD), (name, &block)]);
        let output = presszero(folder.path(), &arguments);
        assert_eq!(
            super::code(&output),
            0,
            "{block}\n{}{}",
            stdout(&output),
            stderr(&output)
        );
    }
}
