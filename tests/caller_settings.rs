//! What `presszero.yaml` sets for callers: taken where it is right, told at its place where it is not.

use presszero::callers::behaviour::{mistakes, on};
use presszero::callers::parameters::{PARAMETERS, Parameter};
use presszero::callers::profile::{PROFILES, Profile};
use presszero::check::{read_settings, settings_schema};
use presszero::document::read::read;
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

const LINE: &str =
    "phone-tree: 1\nentry: a\nbehaviour:\n  older: {no-input: 20%, press: 1.5s}\nsteps:\n  a: {kind: agent}\n";

#[test]
fn what_a_tree_says_of_its_callers_goes_before_the_settings() {
    let tree = &read(&Source::new("line.yaml", LINE)).trees[0];
    let text = "callers: {older: {no-input: 12%, patience: 4m}, typical: {no-input: 1%}}";
    let (settings, _) = read_settings(&Source::new("presszero.yaml", text));
    let named = |name| Profile::named(name).expect("a profile");
    let older = Profile {
        no_input: 0.2,
        press_ms: 1500.0,
        patience_ms: 240_000.0,
        ..named("older").clone()
    };
    assert_eq!(on(tree, &settings, named("older")), older);
    let typical = Profile {
        no_input: 0.01,
        ..named("typical").clone()
    };
    assert_eq!(on(tree, &settings, named("typical")), typical);
    assert!(mistakes(tree).is_empty());
}

#[test]
fn what_a_tree_says_wrongly_of_its_callers_is_told_and_changes_nothing() {
    let text = LINE
        .replace("20%", "20")
        .replace("press", "pres")
        .replace("older", "elder");
    let reading = read(&Source::new("line.yaml", &text));
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let tree = &reading.trees[0];
    let problems = mistakes(tree);
    let places: Vec<&str> = problems.iter().map(|problem| &text[problem.span.range()]).collect();
    assert_eq!(places, ["elder", "20", "pres"]);
    let older = Profile::named("older").expect("a profile");
    assert_eq!(on(tree, &presszero::settings::Settings::default(), older), *older);
}
