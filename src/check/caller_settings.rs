//! Reads the `callers` of `presszero.yaml`: how sorts of callers behave, where it is known better.

use super::settings_file::unknown;
use crate::callers::parameters::{PARAMETERS, Parameter, Unit};
use crate::callers::profile::PROFILES;
use crate::document::read::Reader;
use crate::node::Node;
use crate::settings::Settings;
use serde_json::{Map, Value, json};

/// Reads what is set for each sort of caller.
pub(super) fn read(reader: &mut Reader<'_>, node: Node<'_>, settings: &mut Settings) {
    let profiles: Vec<&str> = PROFILES.iter().map(|profile| profile.name).collect();
    let parameters: Vec<&str> = PARAMETERS.iter().map(|parameter| parameter.name).collect();
    for (key, name, value) in reader.entries(node, "`callers`").unwrap_or_default() {
        if !profiles.contains(&name) {
            unknown(reader, key.span(), "`callers`", name, &profiles);
            continue;
        }
        let own = settings.callers.entry(name.to_owned()).or_default();
        for (key, name, value) in reader.entries(value, "a caller's settings").unwrap_or_default() {
            let Some(parameter) = Parameter::named(name) else {
                unknown(reader, key.span(), "a caller's settings", name, &parameters);
                continue;
            };
            if let Some(value) = reader.parsed(value, |text| parameter.read(text)) {
                own.insert(name.to_owned(), value.value);
            }
        }
    }
}

/// The schema of `callers`.
pub(super) fn schema() -> Value {
    let of = |parameter: &Parameter| {
        let value = match parameter.unit {
            Unit::Share => json!({"type": "string", "description": "a share such as 8%"}),
            Unit::PerSecond => json!({"type": "string", "description": "a share of callers such as 0.1% per second"}),
            Unit::Milliseconds => json!({"type": "string", "description": "a duration such as 1.2s"}),
            Unit::Times => json!({"type": "number", "minimum": 0}),
        };
        json!({"description": parameter.what, "allOf": [value]})
    };
    let parameters: Map<String, Value> = PARAMETERS
        .iter()
        .map(|parameter| (parameter.name.to_owned(), of(parameter)))
        .collect();
    let profile = |what: &str| {
        json!({
            "type": ["object", "null"],
            "description": what,
            "additionalProperties": false,
            "properties": parameters,
        })
    };
    let profiles: Map<String, Value> = PROFILES
        .iter()
        .map(|known| (known.name.to_owned(), profile(known.what)))
        .collect();
    json!({
        "type": ["object", "null"],
        "description": "how callers behave, where it is known better than presszero assumes",
        "additionalProperties": false,
        "properties": profiles,
    })
}
