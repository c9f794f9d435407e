//! The JSON Schema of `presszero.yaml`, generated from the rules.

use crate::profiles;
use crate::rules::{self, Rule};
use crate::settings::{Limit, Severity, Unit};
use serde_json::{Map, Value, json};

/// The schema of the settings.
#[must_use]
pub fn settings_schema() -> Value {
    let mut rules = Map::new();
    for rule in rules::all() {
        rules.insert(rule.name.to_owned(), of_rule(rule));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:presszero:schema:settings-1",
        "title": "Settings of presszero",
        "type": ["object", "null"],
        "additionalProperties": false,
        "properties": {
            "presszero": {"const": 1, "description": "the version of the format: 1"},
            "profiles": of_profiles(),
            "rules": {"$ref": "#/$defs/rules"},
            "callers": super::caller_settings::schema(),
            "overrides": {
                "type": ["array", "null"],
                "description": "what is set for some files only; of several that hold for one file and rule the last counts",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["paths"],
                    "properties": {
                        "paths": {
                            "type": ["array", "string"],
                            "description": "patterns as in a .gitignore, relative to this file",
                            "items": {"type": "string"},
                        },
                        "rules": {"$ref": "#/$defs/rules"},
                    },
                },
            },
            "baseline": {
                "type": "string",
                "description": "the file of findings that are known and not told again, relative to this file",
            },
        },
        "$defs": {
            "rules": {
                "type": ["object", "null"],
                "description": "what is set for each rule, by its name",
                "additionalProperties": false,
                "properties": rules,
            },
        },
    })
}

/// One name, or a list of them.
fn of_profiles() -> Value {
    let names: Vec<Value> = profiles::all()
        .iter()
        .map(|profile| json!({"const": profile.name, "description": profile.title}))
        .collect();
    json!({
        "description": "the profiles in force; recommended unless said",
        "anyOf": [
            {"type": "null"},
            {"oneOf": names},
            {"type": "array", "items": {"oneOf": names}},
        ],
    })
}

/// `off`, `on`, a severity, or a mapping of severity and limit.
fn of_rule(rule: &Rule) -> Value {
    let severities = Severity::ALL.map(Severity::name);
    let mut fields = Map::new();
    fields.insert(
        "severity".to_owned(),
        json!({"enum": severities, "description": "the severity of all its findings"}),
    );
    if let Some(limit) = rule.limit {
        fields.insert("limit".to_owned(), of_limit(limit));
    }
    json!({
        "description": rule.summary(),
        "anyOf": [
            {"enum": ["off", "on", "info", "warning", "error"]},
            {"type": "object", "additionalProperties": false, "properties": fields},
        ],
    })
}

fn of_limit(limit: Limit) -> Value {
    let value = match limit.unit {
        Unit::Seconds => json!({"type": "string", "description": "a duration such as 45s, or `more than 45s`"}),
        unit => {
            let names = (unit.singular(), unit.name());
            let pattern = format!("^(more than )?[0-9]+( ({}|{}))?$", names.0, names.1);
            json!({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": pattern}]})
        }
    };
    let known = |severity: &Severity| limit.of(*severity).is_some();
    let defaults: Vec<String> = Severity::ALL
        .into_iter()
        .filter(known)
        .filter_map(|severity| Some(format!("{severity} {}", limit.begins(severity)?)))
        .collect();
    let steps: Map<String, Value> = Severity::ALL
        .into_iter()
        .map(|severity| (severity.name().to_owned(), value.clone()))
        .collect();
    let steps = json!({"type": "object", "additionalProperties": false, "properties": steps});
    let forms = if defaults.len() > 1 {
        vec![steps]
    } else {
        vec![value, steps]
    };
    json!({
        "description": format!("from which value on it speaks; unless said {}", defaults.join(", ")),
        "anyOf": forms,
    })
}
