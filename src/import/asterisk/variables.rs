//! The variables of a dial plan: which are set where, which decide something.

use super::args::{Piece, arguments, executed, place};
use super::counters::Counters;
use super::expand::{Names, expand};
use super::expression::{UNKNOWN, is_known};
use super::plan::Plan;
use super::vocabulary::{Means, find};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// So many variables are followed; the values of others are not known.
pub const TRACKED_MAX: usize = 256;

/// Variables that applications set.
pub const STATUS: &[(Means, &str)] = &[
    (Means::Dial, "DIALSTATUS"),
    (Means::Queue, "QUEUESTATUS"),
    (Means::Read, "READSTATUS"),
    (Means::Voicemail, "VMSTATUS"),
    (Means::Agi, "AGISTATUS"),
    (Means::Gosub, "GOSUB_RETVAL"),
    (Means::GosubIf, "GOSUB_RETVAL"),
];

/// What is set to what, by one line.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'s> {
    /// The variable.
    pub name: &'s str,
    /// Its value as written.
    pub value: Piece<'s>,
}

/// The longest value that is put together of others, so that values that double do not grow without end.
const JOINED_MAX: usize = 500;
/// Stands for a value that callers enter.
pub const ENTRY: &str = "${}";
/// A longer value is not known.
const VALUE_MAX: usize = 4096;

/// A value with what is known put in; a very long one is not known.
pub fn short(value: &str, names: &dyn Names) -> String {
    let joined = value.contains('$').then(|| expand(value, names));
    match joined {
        Some(joined) if joined.len() <= JOINED_MAX => joined,
        None if value.len() <= VALUE_MAX => value.to_owned(),
        _ => UNKNOWN.to_string(),
    }
}

impl Names for BTreeMap<&str, String> {
    fn value(&self, name: &str) -> Option<String> {
        self.get(name).cloned()
    }
}

/// Variables with one value in the whole dial plan.
#[derive(Debug, Default)]
pub struct Constants<'s> {
    values: HashMap<&'s str, String>,
    /// Those that are set while calls run.
    pub assigned: HashSet<&'s str>,
    /// Those that are set to something that is not known, such as what callers enter.
    open: HashSet<&'s str>,
}

impl Names for Constants<'_> {
    fn value(&self, name: &str) -> Option<String> {
        self.values.get(name).cloned()
    }
}

impl<'s> Constants<'s> {
    /// Looks through a dial plan; linear.
    pub fn of(plan: &Plan<'s>) -> Self {
        let all = || plan.contexts.iter().flat_map(|c| &c.extens).flat_map(|e| &e.priorities);
        let settings = || all().flat_map(|priority| settings_of(priority.means(), priority.args));
        let assigned: HashSet<&str> = settings().map(|setting| setting.name).collect();
        let mut globals = plan.globals.clone();
        globals.retain(|name, value| !assigned.contains(name) && is_known(value));
        let mut values: HashMap<&str, Option<String>> = HashMap::new();
        let mut open = HashSet::new();
        for setting in settings() {
            let value = Some(short(setting.value.text, &globals)).filter(|value| is_known(value));
            if value.is_none() {
                open.insert(setting.name);
            }
            let known = values.entry(setting.name).or_insert_with(|| value.clone());
            if *known != value {
                *known = None;
            }
        }
        let known = values.into_iter().filter_map(|(name, value)| Some((name, value?)));
        Self {
            values: known.chain(globals).collect(),
            assigned,
            open,
        }
    }

    /// Whether lines set a variable, all of them to values that are known.
    pub fn is_set(&self, name: &str) -> bool {
        self.assigned.contains(name) && !self.open.contains(name)
    }
}

/// What is known of all variables.
#[derive(Debug, Default)]
pub struct Variables<'s> {
    /// Those that are followed, with their numbers.
    pub tracked: HashMap<&'s str, u16>,
    /// Those with one value wherever they are set.
    pub constants: Constants<'s>,
    /// Those of which each value is a stage of the call, which menus do not forget.
    pub stages: BTreeSet<&'s str>,
}

impl<'s> Variables<'s> {
    /// Looks through a dial plan; linear.
    pub fn of(plan: &Plan<'s>, constants: Constants<'s>, counters: &Counters<'s>) -> Self {
        let counted = counters.names();
        let mut used: BTreeMap<&str, u32> = BTreeMap::new();
        let mut asked: HashSet<&str> = HashSet::new();
        for priority in plan.contexts.iter().flat_map(|c| &c.extens).flat_map(|e| &e.priorities) {
            let means = priority.means();
            for name in matters(means, priority.args.text) {
                *used.entry(name).or_default() += 1;
            }
            if matches!(
                means,
                Some(Means::GotoIf | Means::GosubIf | Means::ExecIf | Means::MacroIf | Means::While)
            ) {
                asked.extend(mentioned(priority.args.text));
            }
        }
        let own = |name: &str| {
            constants.assigned.contains(name)
                || matches!(name, "EXTEN" | "GOSUB_RETVAL")
                || STATUS.iter().any(|(_, status)| *status == name)
                || name
                    .strip_prefix("ARG")
                    .is_some_and(|number| number.parse::<u8>().is_ok())
        };
        // What has but one value needs no following, unless a condition asks whether it has it.
        let one = |name: &str| constants.values.contains_key(name) && !asked.contains(name);
        let mut most: Vec<(u32, &str)> = used
            .into_iter()
            .filter(|(name, _)| own(name) && !one(name) && !counted.contains(name))
            .map(|(name, count)| (u32::MAX - count, name))
            .collect();
        most.sort_unstable();
        Self {
            tracked: (0u16..)
                .zip(most.iter().take(TRACKED_MAX))
                .map(|(at, (_, name))| (*name, at))
                .collect(),
            constants,
            stages: counters.stages.clone(),
        }
    }
}

/// The variables in the arguments of an application on which it depends what callers meet.
pub fn matters(means: Option<Means>, args: &str) -> Vec<&str> {
    match means {
        None
        | Some(
            Means::Nothing
            | Means::System
            | Means::Device
            | Means::HangUp
            | Means::Wait
            | Means::Outgoing
            | Means::Record,
        ) => Vec::new(),
        // What a subroutine is told to play is what it is.
        Some(Means::Agi | Means::Say | Means::Playback | Means::Background | Means::Speech | Means::Read) => {
            mentioned(args)
                .into_iter()
                .filter(|name| name.starts_with("ARG"))
                .collect()
        }
        Some(_) => mentioned(args),
    }
}

/// What a line sets.
pub fn settings_of(means: Option<Means>, args: Piece<'_>) -> Vec<Setting<'_>> {
    match means {
        Some(Means::Set) => setting(args).into_iter().collect(),
        Some(Means::MSet) => arguments(args).into_iter().filter_map(setting).collect(),
        Some(Means::Read) => {
            let first = arguments(args).first().copied();
            first
                .and_then(|name| {
                    Some(Setting {
                        name: bare(name.text)?,
                        value: Piece {
                            text: ENTRY,
                            at: name.at,
                        },
                    })
                })
                .into_iter()
                .collect()
        }
        Some(Means::ExecIf | Means::ExecIfTime) => {
            let (_, yes, no) = executed(args);
            let inner = [yes, no].map(super::args::application);
            inner
                .into_iter()
                .flat_map(|(name, args)| match find(name.text).map(|word| word.means) {
                    Some(means @ (Means::Set | Means::MSet | Means::Read)) => settings_of(Some(means), args),
                    _ => Vec::new(),
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

fn setting(args: Piece<'_>) -> Option<Setting<'_>> {
    let at = place(args.text, b'=')?;
    let (name, value) = args.cut(at);
    Some(Setting {
        name: bare(name.text)?,
        value: value.bare(),
    })
}

/// The name of a variable without the signs of where it is valid.
fn bare(name: &str) -> Option<&str> {
    let name = name.trim_matches('"').trim_start_matches('_');
    for scope in ["GLOBAL(", "LOCAL(", "global(", "local("] {
        if let Some(inner) = name.strip_prefix(scope).and_then(|rest| rest.strip_suffix(')')) {
            return Some(inner);
        }
    }
    (!name.is_empty()).then_some(name)
}

/// The variables that a text mentions; linear.
pub fn mentioned(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in text.split("${").skip(1) {
        let end = part
            .find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')
            .unwrap_or(part.len());
        let name = part.get(..end).unwrap_or_default();
        let call = part.get(end..).is_some_and(|rest| rest.starts_with('('));
        if call && matches!(name, "GLOBAL" | "LOCAL" | "CUT" | "INC" | "DEC") {
            let inner = part.get(end + 1..).unwrap_or_default();
            let stop = inner
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(inner.len());
            names.extend(inner.get(..stop).filter(|inner| !inner.is_empty()));
        } else if !call && !name.is_empty() {
            names.push(name);
        }
    }
    names
}
