//! How a sort of caller behaves on one line, where its owner knows it better.

use super::parameters::{PARAMETERS, Parameter};
use super::profile::{PROFILES, Profile};
use crate::document::tree::PhoneTree;
use crate::error::{Problem, ProblemKind, nearest};
use crate::settings::Settings;
use crate::source::Span;

/// The caller as the settings have her, and as the tree has her, which goes before: it is said of this line alone.
///
/// What cannot be understood changes nothing; `mistakes` tells it.
#[must_use]
pub fn on(tree: &PhoneTree, settings: &Settings, profile: &Profile) -> Profile {
    let known = settings.callers.get(profile.name).into_iter().flatten();
    let general = profile.with(known.map(|(name, value)| (name.as_str(), *value)));
    let own = tree.behaviour.iter().filter(|own| own.caller.value == profile.name);
    let values = own.flat_map(|own| &own.values).filter_map(|(name, text)| {
        let value = Parameter::named(&name.value)?.read(&text.value).ok()?;
        Some((name.value.as_str(), value))
    });
    general.with(values)
}

/// What a tree says of callers and nobody understands: sorts of callers, parameters and values.
#[must_use]
pub fn mistakes(tree: &PhoneTree) -> Vec<Problem> {
    let mut out = Vec::new();
    for own in &tree.behaviour {
        if Profile::named(&own.caller.value).is_none() {
            let names = PROFILES.iter().map(|profile| profile.name);
            out.push(unknown(own.caller.span, "caller", &own.caller.value, names));
        }
        for (name, text) in &own.values {
            let Some(parameter) = Parameter::named(&name.value) else {
                let names = PARAMETERS.iter().map(|parameter| parameter.name);
                out.push(unknown(name.span, "parameter of callers", &name.value, names));
                continue;
            };
            if let Err(message) = parameter.read(&text.value) {
                out.push(Problem::new(ProblemKind::BadValue, text.span, message));
            }
        }
    }
    out
}

fn unknown(span: Span, what: &str, name: &str, names: impl Iterator<Item = &'static str> + Clone) -> Problem {
    let message = format!("there is no {what} `{name}`");
    let help = match nearest(name, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", names.collect::<Vec<_>>().join(", ")),
    };
    Problem::new(ProblemKind::UnknownField, span, message).help(help)
}
