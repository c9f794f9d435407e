//! What `presszero.yaml` sets for callers: taken where it is right, told at its place where it is not.

use presszero::callers::parameters::{PARAMETERS, Parameter};
use presszero::callers::profile::{PROFILES, Profile};
use presszero::check::{read_settings, settings_schema};
use presszero::source::Source;

#[test]
fn what_is_known_better_is_taken() {
    let text =
        "presszero: 1\ncallers:\n  older: {no-input: 12%, patience: 4m, hang-ups: 0.2% per second, entry-errors: 3}\n";
    let (settings, problems) = read_settings(&Source::new("presszero.yaml", text));
    assert!(problems.is_empty(), "{problems:?}");
    let values = settings.callers.get("older").expect("it is set");
    let older = Profile::named("older").expect("a profile");
    let varied = older.with(values.iter().map(|(name, value)| (name.as_str(), *value)));
    let wanted = Profile {
        no_input: 0.12,
        patience_ms: 240_000.0,
        leaves_per_second: 0.002,
        entry_errors: 3.0,
        ..older.clone()
    };
    assert_eq!(varied, wanted);
}

#[test]
fn every_mistake_is_told_at_its_place() {
    let text = "callers:\n  oldest: {no-input: 12%}\n  older: {no-inputs: 1%, no-input: 12, patience: 4, wrong-option: 120%}\n";
    let (settings, problems) = read_settings(&Source::new("presszero.yaml", text));
    let places: Vec<&str> = problems.iter().map(|problem| &text[problem.span.range()]).collect();
    assert_eq!(places, ["oldest", "no-inputs", "12", "4", "120%"]);
    assert!(problems.iter().take(2).all(|problem| problem.help.is_some()));
    assert!(settings.callers.values().all(std::collections::BTreeMap::is_empty));
}

#[test]
fn the_schema_knows_every_caller_and_parameter() {
    let schema = settings_schema();
    let callers = &schema["properties"]["callers"]["properties"];
    for profile in PROFILES {
        for parameter in PARAMETERS {
            assert!(callers[profile.name]["properties"][parameter.name].is_object());
        }
    }
}

#[test]
fn the_typical_caller_lies_within_every_range() {
    let typical = Profile::named("typical").expect("a profile");
    for parameter in PARAMETERS {
        let (least, most) = parameter.range;
        let value = parameter.value(typical);
        assert!((least..=most).contains(&value), "{}: {value}", parameter.name);
        assert!(!parameter.source.is_empty() && !parameter.what.is_empty());
        assert_eq!(
            Parameter::named(parameter.name).map(|found| found.name),
            Some(parameter.name)
        );
    }
}
