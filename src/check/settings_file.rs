//! Reads `presszero.yaml`: every mistake is reported at its place.

use super::{caller_settings, overrides};
use crate::document::read::Reader;
use crate::error::{Problem, ProblemKind};
use crate::node::{Kind, Node};
use crate::profiles::{self, read_setting, unknown_field, unknown_rule};
use crate::rules;
use crate::settings::{Override, RuleSetting, Settings};
use crate::source::{Source, Span};
use crate::yaml;
use std::collections::BTreeMap;

const FIELDS: &[&str] = &["presszero", "profiles", "rules", "callers", "overrides", "baseline"];

/// Reads settings; what is wrong is left as it was before.
#[must_use]
pub fn read_settings(source: &Source) -> (Settings, Vec<Problem>) {
    let yaml = yaml::read(&source.text);
    let mut reader = Reader {
        source: &source.text,
        repaired: &yaml.repaired,
        problems: yaml.problems,
    };
    let mut settings = Settings::default();
    let root = yaml.documents.first().and_then(|root| yaml.arena.node(*root));
    if let Some(root) = root.filter(|root| !root.is_null()) {
        for (key, name, value) in reader.entries(root, "the settings").unwrap_or_default() {
            match name {
                "presszero" => check_version(&mut reader, value),
                // All of them may be commented out.
                "rules" | "callers" | "profiles" | "overrides" if value.is_null() => {}
                "profiles" => settings.profiles = read_profiles(&mut reader, value),
                "rules" => settings.rules = read_rules(&mut reader, value),
                "callers" => caller_settings::read(&mut reader, value, &mut settings),
                "overrides" => settings.overrides = read_overrides(&mut reader, value),
                "baseline" => settings.baseline = reader.text(value),
                _ => unknown(&mut reader, key.span(), "the settings", name, FIELDS),
            }
        }
    }
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| problem.span);
    (settings, problems)
}

fn check_version(reader: &mut Reader<'_>, node: Node<'_>) {
    if let Some(version) = reader.text(node).filter(|version| version.value != "1") {
        let message = format!(
            "version `{}` of the settings is not known; this program reads version 1",
            version.value
        );
        let problem = Problem::new(ProblemKind::BadValue, version.span, message);
        reader.problems.push(problem.help("write `presszero: 1`"));
    }
}

fn read_profiles(reader: &mut Reader<'_>, node: Node<'_>) -> Vec<String> {
    let mut out = Vec::new();
    for name in reader.texts(node) {
        if profiles::named(&name.value).is_some() {
            out.push(name.value);
        } else {
            let (message, help) = profiles::unknown(&name.value);
            let problem = Problem::new(ProblemKind::UndefinedReference, name.span, message);
            reader.problems.push(problem.help(help));
        }
    }
    out
}

fn read_rules(reader: &mut Reader<'_>, node: Node<'_>) -> BTreeMap<String, RuleSetting> {
    let mut out = BTreeMap::new();
    for (key, name, value) in reader.entries(node, "`rules`").unwrap_or_default() {
        match rules::named(name) {
            Some(rule) => {
                let setting = read_setting(reader, value, rule);
                out.extend(setting.map(|setting| (name.to_owned(), setting)));
            }
            None => reader.problems.push(unknown_rule(key.span(), name)),
        }
    }
    out
}

fn read_overrides(reader: &mut Reader<'_>, node: Node<'_>) -> Vec<Override> {
    if node.kind() != Kind::Sequence {
        reader.expected(node, "a list of overrides, each with `paths` and `rules`,");
        return Vec::new();
    }
    node.items().map(|item| read_override(reader, item)).collect()
}

fn read_override(reader: &mut Reader<'_>, node: Node<'_>) -> Override {
    let mut out = Override::default();
    let mut has_paths = false;
    let entries = reader.entries(node, "an override");
    let is_mapping = entries.is_some();
    for (key, name, value) in entries.unwrap_or_default() {
        match name {
            "paths" => {
                has_paths = true;
                for path in reader.texts(value) {
                    match overrides::mistake(&path.value) {
                        None => out.paths.push(path.value),
                        Some(reason) => {
                            let problem = Problem::new(ProblemKind::BadValue, path.span, reason);
                            reader.problems.push(problem);
                        }
                    }
                }
            }
            "rules" if value.is_null() => {}
            "rules" => out.rules = read_rules(reader, value),
            _ => unknown(reader, key.span(), "overrides", name, &["paths", "rules"]),
        }
    }
    if is_mapping && !has_paths {
        let problem = Problem::new(
            ProblemKind::MissingField,
            node.span(),
            "an override needs `paths`, the files that it holds for",
        );
        reader
            .problems
            .push(problem.help("write `paths: [\"old/**\"]`, relative to this file"));
    }
    out
}

pub(in crate::check) fn unknown(reader: &mut Reader<'_>, span: Span, title: &str, name: &str, names: &[&'static str]) {
    reader.problems.push(unknown_field(span, title, name, names));
}
