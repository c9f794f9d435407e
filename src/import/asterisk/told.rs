//! What a dial plan says once for all of its prompts: their language, the time for a first key.

use super::args::{Piece, arguments};
use super::lower::Lowering;
use super::machine::State;
use super::plan::Plan;
use super::prompts::seconds;
use super::variables::settings_of;
use super::vocabulary::Means;
use crate::document::quantity::Millis;
use crate::document::tree::Text;
use crate::source::Spanned;
use std::collections::BTreeMap;

/// So many lines before the first prompt are looked through for a language.
const SILENT_MAX: usize = 1_000;

/// The time that a call waits for a first key. Source: Asterisk documentation, "TIMEOUT", 2024.
const RESPONSE: Millis = 10_000;
/// The time that it waits for a further one. Source: the same.
const DIGIT: Millis = 5_000;

/// What sets the language of the prompts.
const LANGUAGE: &[&str] = &["CHANNEL(language)", "LANGUAGE()", "LANGUAGE"];

/// The values that a function is set to anywhere.
fn values<'s>(plan: &Plan<'s>, functions: &[&str], applications: &[&str]) -> BTreeMap<&'s str, Piece<'s>> {
    let mut out = BTreeMap::new();
    for priority in plan.contexts.iter().flat_map(|c| &c.extens).flat_map(|e| &e.priorities) {
        if applications
            .iter()
            .any(|name| name.eq_ignore_ascii_case(priority.app.text))
        {
            let first = arguments(priority.args).first().copied();
            out.extend(first.map(|value| (value.text, value)));
        }
        if priority.means() == Some(Means::Set) {
            for setting in settings_of(Some(Means::Set), priority.args) {
                let name: String = setting.name.chars().filter(|c| !c.is_whitespace()).collect();
                if functions.iter().any(|function| function.eq_ignore_ascii_case(&name)) {
                    out.insert(setting.value.text, setting.value);
                }
            }
        }
    }
    out
}

/// Whether all prompts are English, as Asterisk's are where no other language is set.
pub fn is_english(plan: &Plan<'_>) -> bool {
    languages(plan).keys().all(|tag| tag.starts_with("en"))
}

/// The language that a line sets.
pub fn language(name: &str, means: Option<Means>, args: Piece<'_>) -> Option<Text> {
    let value = if name.eq_ignore_ascii_case("SetLanguage") {
        arguments(args).first().copied()?
    } else {
        let sets = settings_of(means.filter(|means| *means == Means::Set), args);
        sets.first()
            .filter(|setting| LANGUAGE.iter().any(|own| own.eq_ignore_ascii_case(setting.name)))?
            .value
    };
    let tag = value.text.replace('_', "-");
    let letters = tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (letters && (2..=10).contains(&tag.len())).then(|| Spanned::new(tag, value.span()))
}

fn languages<'s>(plan: &Plan<'s>) -> BTreeMap<&'s str, Piece<'s>> {
    values(plan, LANGUAGE, &["SetLanguage"])
}

/// How long a call waits for the first key; none where it is set to several lengths.
pub fn response(plan: &Plan<'_>) -> Option<Millis> {
    time(plan, "TIMEOUT(response)", "ResponseTimeout", RESPONSE)
}

/// How long a call waits for each further key; none where it is set to several lengths.
pub fn digit(plan: &Plan<'_>) -> Option<Millis> {
    time(plan, "TIMEOUT(digit)", "DigitTimeout", DIGIT)
}

fn time(plan: &Plan<'_>, function: &str, application: &str, usual: Millis) -> Option<Millis> {
    let values = values(plan, &[function], &[application]);
    match values.len() {
        0 => Some(usual),
        1 => values.keys().next().and_then(|value| seconds(value)),
        _ => None,
    }
}

impl Lowering<'_, '_> {
    /// The language that is set before anything is heard.
    pub fn first_language(&self, begin: &State) -> Option<Text> {
        let mut state = begin.clone();
        let mut told = None;
        for _ in 0..SILENT_MAX {
            let doing = self.machine.doing(&state)?;
            let set = language(doing.name.text, doing.means(), doing.args);
            told = set.or(told);
            match self.machine.silently(&state, &doing) {
                Some(Ok(next)) => state = next,
                _ => break,
            }
        }
        told
    }
}
