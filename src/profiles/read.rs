//! Reads the file of one profile: every mistake is reported at its place.

use super::setting::{read_setting, unknown_field, unknown_rule};
use super::{Demand, Instrument, Profile, Requirement, Status, Takes};
use crate::document::read::Reader;
use crate::error::{Problem, ProblemKind};
use crate::node::Node;
use crate::rules;
use crate::source::{Source, Span};
use crate::yaml;

const FIELDS: &[&str] = &["title", "about", "instrument", "takes", "requirements"];
const OF_INSTRUMENT: &[&str] = &[
    "title",
    "cited",
    "jurisdiction",
    "status",
    "standing",
    "as-of",
    "read",
    "as-reported-by",
];
const OF_REQUIREMENT: &[&str] = &["clause", "asks", "looks-at", "rules", "reading", "not-checkable"];

/// Reads a profile, which is called as its source; what is wrong is left out.
#[must_use]
pub fn read(source: &Source) -> (Profile, Vec<Problem>) {
    let yaml = yaml::read(&source.text);
    let mut reader = Reader {
        source: &source.text,
        repaired: &yaml.repaired,
        problems: yaml.problems,
    };
    let mut profile = Profile {
        name: source.name.clone(),
        ..Profile::default()
    };
    if let Some(root) = yaml.documents.first().and_then(|root| yaml.arena.node(*root)) {
        read_profile(&mut reader, root, &mut profile);
    }
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| problem.span);
    (profile, problems)
}

fn read_profile(reader: &mut Reader<'_>, root: Node<'_>, profile: &mut Profile) {
    for (key, name, value) in reader.entries(root, "a profile").unwrap_or_default() {
        match name {
            "title" => profile.title = words(reader, value),
            "about" => profile.about = words(reader, value),
            "instrument" => profile.instrument = Some(read_instrument(reader, value)),
            "takes" => {
                let words = [("recommended", Takes::Recommended), ("all", Takes::All)];
                profile.takes = reader.word(value, &words).map_or(Takes::Nothing, |takes| takes.value);
            }
            "requirements" => {
                for item in value.items() {
                    profile.requirements.push(read_requirement(reader, item));
                }
            }
            _ => reader
                .problems
                .push(unknown_field(key.span(), "profiles", name, FIELDS)),
        }
    }
    need(reader, root.span(), &[("title", &profile.title)]);
}

fn read_instrument(reader: &mut Reader<'_>, node: Node<'_>) -> Instrument {
    let mut out = Instrument::default();
    for (key, name, value) in reader.entries(node, "`instrument`").unwrap_or_default() {
        match name {
            "title" => out.title = words(reader, value),
            "cited" => out.cited = words(reader, value),
            "jurisdiction" => out.jurisdiction = words(reader, value),
            "status" => {
                let words = Status::ALL.map(|status| (status.name(), status));
                out.status = reader.word(value, &words).map_or(out.status, |status| status.value);
            }
            "standing" => out.standing = words(reader, value),
            "as-of" => out.as_of = words(reader, value),
            "read" => out.read = list(reader, value),
            "as-reported-by" => out.reported = list(reader, value),
            _ => reader
                .problems
                .push(unknown_field(key.span(), "instruments", name, OF_INSTRUMENT)),
        }
    }
    let fields = [
        ("title", &out.title),
        ("cited", &out.cited),
        ("jurisdiction", &out.jurisdiction),
        ("standing", &out.standing),
        ("as-of", &out.as_of),
    ];
    need(reader, node.span(), &fields);
    if out.read.is_empty() && out.reported.is_empty() {
        let missing = Problem::new(ProblemKind::MissingField, node.span(), "an instrument has a source");
        reader.problems.push(missing);
    }
    out
}

fn read_requirement(reader: &mut Reader<'_>, node: Node<'_>) -> Requirement {
    let mut out = Requirement::default();
    for (key, name, value) in reader.entries(node, "a requirement").unwrap_or_default() {
        match name {
            "clause" => out.clause = words(reader, value),
            "asks" => out.asks = words(reader, value),
            "looks-at" => out.first_menu_only = reader.word(value, &[("first menu", ())]).is_some(),
            "reading" => out.reading = Some(words(reader, value)),
            "not-checkable" => out.not_checkable = Some(words(reader, value)),
            "rules" => {
                for (key, name, value) in reader.entries(value, "`rules`").unwrap_or_default() {
                    let Some(rule) = rules::named(name) else {
                        reader.problems.push(unknown_rule(key.span(), name));
                        continue;
                    };
                    let setting = read_setting(reader, value, rule);
                    out.demands.extend(setting.map(|setting| Demand { rule, setting }));
                }
            }
            _ => reader
                .problems
                .push(unknown_field(key.span(), "requirements", name, OF_REQUIREMENT)),
        }
    }
    need(reader, node.span(), &[("clause", &out.clause), ("asks", &out.asks)]);
    if out.demands.is_empty() && out.not_checkable.is_none() {
        let message = "a requirement names rules, or says why it cannot be checked";
        let missing = Problem::new(ProblemKind::MissingField, node.span(), message);
        reader.problems.push(missing);
    }
    out
}

/// Words, with line ends and indentation taken out of them.
fn words(reader: &mut Reader<'_>, node: Node<'_>) -> String {
    let text = reader.text(node).map(|text| text.value).unwrap_or_default();
    text.trim().to_owned()
}

fn list(reader: &mut Reader<'_>, node: Node<'_>) -> Vec<String> {
    reader.texts(node).into_iter().map(|text| text.value).collect()
}

fn need(reader: &mut Reader<'_>, span: Span, fields: &[(&str, &String)]) {
    for (name, _) in fields.iter().filter(|(_, value)| value.is_empty()) {
        let message = format!("`{name}` is missing");
        reader
            .problems
            .push(Problem::new(ProblemKind::MissingField, span, message));
    }
}
