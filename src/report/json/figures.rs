//! The figures of a tree in the report for programs.

use crate::audit::figures as plain;
use crate::measure::path;
use schemars::JsonSchema;
use serde::Serialize;

/// What was measured on one tree.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Figures")]
pub struct FiguresJson {
    /// Steps in the file.
    steps: usize,
    /// Menus that calls come to.
    menus: u32,
    /// Announced options over those menus; keys that repeat or go back left out.
    options: u32,
    /// The situations that were measured, most frequent first.
    situations: Vec<Situation>,
    /// Whether those are all.
    situations_complete: bool,
    /// The way to any person; null where there is none.
    person: Option<Person>,
    /// The steps on which it rests whether a person can be reached; empty where that is known.
    person_rests_on: Vec<String>,
    /// The same for each declared reason to call.
    intents: Vec<Intent>,
    /// Where callers are trapped.
    traps: Vec<Trap>,
    /// The fewest further ways out that free every caller from dead ends and loops, in all situations; null where it is
    /// not known, because traps of different situations overlap.
    exits_needed: Option<usize>,
    /// Steps that everyone must hear on the announced way to a person.
    heard_by_everyone: Vec<String>,
    /// The least time that they take.
    heard_by_everyone_milliseconds: u64,
    /// Steps that even those must hear who know every option that works.
    heard_by_experts: Vec<String>,
    /// The least time that those take.
    heard_by_experts_milliseconds: u64,
    /// Repetition on the announced way to a person that takes least time.
    repeated_on_the_way: OnTheWay,
    /// How often one prompt can be heard in one call without asking for it.
    worst_prompt: Worst,
    /// How often one datum can be asked for in one call.
    worst_datum: Worst,
    /// The longest run of one key.
    worst_key: Worst,
    /// How far a person is from each step that calls come to, in the most frequent situation with a person; empty for
    /// trees of more than 100,000 steps.
    from_steps: Vec<FromStep>,
    /// What the file leaves open at steps that calls come to.
    unknown: Vec<Open>,
    /// What is taken as usual because the file does not say it.
    taken_as_usual: Vec<Open>,
}

/// Something that the file does not say, in one or more places.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Open")]
struct Open {
    /// What it is.
    what: String,
    /// At how many steps; 0 for the tree as a whole.
    times: usize,
    /// The first three of them.
    steps: Vec<String>,
}

/// How far a person is from one step; each figure is null where there is no such way.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FromStep")]
struct FromStep {
    step: String,
    /// Menus heard until a person is offered.
    menus_until_offered: Option<u64>,
    /// Until a person is reached over announced options.
    milliseconds_until_reached: Option<u64>,
    /// Presses and digits until a person is reached over any option.
    keys_at_least: Option<u64>,
}

/// One state of the calendar and of what the system knows.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Situation")]
struct Situation {
    /// A moment at which it holds, by the clock of the tree.
    example: String,
    /// Minutes of an ordinary week; 0 for listed dates, an emergency, or a moment that was asked for.
    minutes_per_week: u32,
    /// Whether hours that the file does not give are taken as open; null where it gives all.
    unknown_hours_open: Option<bool>,
    /// What the system is taken to know.
    facts: Vec<Fact>,
    /// Whether a person can be reached.
    staffed: bool,
    /// What calls can end with.
    ends: Vec<&'static str>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Fact")]
struct Fact {
    name: String,
    value: String,
}

/// How far a person is; each way is null where there is none.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Person")]
struct Person {
    /// Until a person is offered: fewest menus, in the best hours.
    offered: Option<Way>,
    /// Until a person is offered: least time, in the best hours.
    offered_soonest: Option<Way>,
    /// Until a person is offered: fewest menus, where hours and outcomes do their worst.
    offered_worst: Option<Way>,
    /// Until a person is offered: least time, where hours and outcomes do their worst.
    offered_latest: Option<Way>,
    /// As `offered`, should every option of unknown wording be announced.
    perhaps_offered: Option<Way>,
    /// Until a person is reached over announced options: least time.
    reached: Option<Way>,
    /// Until a person is reached over announced options: fewest presses.
    fewest_keys: Option<Way>,
    /// Until a person is reached over announced options: least time, where hours and outcomes do their worst.
    reached_worst: Option<Way>,
    /// Until a person is reached over any option that works: fewest presses.
    possible: Option<Way>,
    /// Until a person is reached over any option that works: fewest menus.
    possible_menus: Option<Way>,
    /// Until a person is reached over any option that works: least time.
    possible_soonest: Option<Way>,
    /// Until a person is reached by a caller who does nothing.
    silent: Option<Way>,
    /// What those lose who know only what is announced; null where no announced way leads to a person.
    gap: Option<Gap>,
}

/// How far the ways over announced options lie behind those over any option that works.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Gap")]
struct Gap {
    /// More presses and digits, each at its fewest.
    keys: u64,
    /// More time, each at its least.
    milliseconds: u64,
}

/// One way through the tree.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Way")]
struct Way {
    /// Menus heard, that with the offer included.
    menus: u32,
    /// Presses in menus.
    presses: u32,
    /// Digits of data.
    digits: u32,
    /// The time that is known.
    milliseconds: u64,
    /// Prompts of unknown length, which come on top.
    unknown_prompts: u32,
    /// The declared wait for the person at the end, which comes on top, 0 where she answers at once; null where it is
    /// not known, or where no person is at the end.
    wait_milliseconds: Option<u64>,
    /// What the caller does.
    acts: Vec<Act>,
    /// The steps along the way.
    steps: Vec<String>,
    /// A moment at which it is so.
    moment: String,
}

/// One thing that a caller does.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Act")]
#[serde(rename_all = "lowercase")]
enum Act {
    /// Presses these keys.
    Press(String),
    /// Says these words; empty where they are not known.
    Say(String),
    /// Enters so many digits; 0 where their number is not known.
    Enter(u32),
    /// Stays silent until her attempts are used up.
    Wait,
    /// Presses wrong keys, or enters what is rejected, until her attempts are used up.
    Err,
}

/// A reason to call, and the way of those who have it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Intent")]
struct Intent {
    name: String,
    /// Whether any person is meant, because none is among what serves it.
    aims_at_anyone: bool,
    person: Option<Person>,
}

/// Steps from which no person, promise or served end can be reached.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Trap")]
struct Trap {
    /// `dead end`, `loop`, or `loop with hidden exits`.
    sort: &'static str,
    steps: Vec<String>,
    /// What the caller does to come in.
    acts: Vec<Act>,
    /// A moment at which it is so.
    moment: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OnTheWay")]
struct OnTheWay {
    /// Prompts heard again without asking for it.
    prompts: u32,
    /// The longest run of one key.
    same_key: u32,
    /// That key.
    key: Option<String>,
    /// Entries of a datum that was entered before.
    entries: u32,
}

/// A worst case of repetition.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Worst")]
struct Worst {
    /// How often; null when without end, or not known exactly.
    times: Option<u64>,
    /// At most this often; null when without end.
    at_most: Option<u64>,
    step: Option<String>,
    /// The steps of the round, when it is without end.
    round: Vec<String>,
    key: Option<String>,
    /// How many different things can be repeated without end.
    endless: u32,
}

impl FiguresJson {
    /// The figures as this report shows them.
    pub fn of(figures: &plain::Figures) -> Self {
        Self {
            steps: figures.steps,
            menus: figures.menus,
            options: figures.options,
            situations: figures.worlds.iter().map(situation).collect(),
            situations_complete: figures.complete,
            person: figures.person.as_ref().map(person),
            person_rests_on: figures.rests_on.clone(),
            intents: figures.intents.iter().map(intent).collect(),
            traps: figures.traps.iter().map(trap).collect(),
            exits_needed: figures.exits_needed,
            heard_by_everyone: figures.forced.clone(),
            heard_by_everyone_milliseconds: figures.forced_ms,
            heard_by_experts: figures.forced_possible.clone(),
            heard_by_experts_milliseconds: figures.forced_possible_ms,
            repeated_on_the_way: OnTheWay {
                prompts: figures.repeats.prompts,
                same_key: figures.repeats.same_key,
                key: figures.repeats.key.clone(),
                entries: figures.repeats.entries,
            },
            worst_prompt: worst(&figures.worst_prompt),
            worst_datum: worst(&figures.worst_datum),
            worst_key: worst(&figures.worst_key),
            from_steps: figures.from_steps.iter().map(from_step).collect(),
            unknown: figures.unknown.iter().map(open).collect(),
            taken_as_usual: figures.usual.iter().map(open).collect(),
        }
    }
}

fn open(open: &plain::OpenFigures) -> Open {
    Open {
        what: open.what.clone(),
        times: open.times,
        steps: open.steps.clone(),
    }
}

fn from_step(from: &plain::FromStep) -> FromStep {
    FromStep {
        step: from.step.clone(),
        menus_until_offered: from.offered_menus,
        milliseconds_until_reached: from.reached_ms,
        keys_at_least: from.possible_keys,
    }
}

fn situation(world: &plain::WorldFigures) -> Situation {
    Situation {
        example: world.example.clone(),
        minutes_per_week: world.minutes_per_week,
        unknown_hours_open: world.unknown_hours_open,
        facts: world
            .facts
            .iter()
            .map(|(name, value)| Fact {
                name: name.clone(),
                value: value.clone(),
            })
            .collect(),
        staffed: world.staffed,
        ends: world.ends.clone(),
    }
}

fn person(person: &plain::PersonFigures) -> Person {
    let show = |known: &Option<plain::WayFigures>| known.as_ref().map(way);
    Person {
        offered: show(&person.offered),
        offered_soonest: show(&person.offered_soonest),
        offered_worst: show(&person.offered_worst),
        offered_latest: show(&person.offered_latest),
        perhaps_offered: show(&person.perhaps_offered),
        reached: show(&person.reached),
        fewest_keys: show(&person.fewest_keys),
        reached_worst: show(&person.reached_worst),
        possible: show(&person.possible),
        possible_menus: show(&person.possible_menus),
        possible_soonest: show(&person.possible_soonest),
        silent: show(&person.silent),
        gap: person.gap.map(|gap| Gap {
            keys: gap.keys,
            milliseconds: gap.ms,
        }),
    }
}

fn way(way: &plain::WayFigures) -> Way {
    Way {
        menus: way.menus,
        presses: way.presses,
        digits: way.digits,
        milliseconds: way.ms,
        unknown_prompts: way.unknown,
        wait_milliseconds: way.wait_ms,
        acts: acts(&way.acts),
        steps: way.steps.clone(),
        moment: way.at.clone(),
    }
}

fn acts(acts: &[path::Act]) -> Vec<Act> {
    let act = |act: &path::Act| match act {
        path::Act::Press(keys) => Act::Press(keys.clone()),
        path::Act::Say(words) => Act::Say(words.clone()),
        path::Act::Enter(digits) => Act::Enter(*digits),
        path::Act::Wait => Act::Wait,
        path::Act::Err => Act::Err,
    };
    acts.iter().map(act).collect()
}

fn intent(intent: &plain::IntentFigures) -> Intent {
    Intent {
        name: intent.name.clone(),
        aims_at_anyone: intent.aims_at_anyone,
        person: intent.person.as_ref().map(person),
    }
}

fn trap(trap: &plain::TrapFigures) -> Trap {
    Trap {
        sort: trap.sort,
        steps: trap.steps.clone(),
        acts: acts(&trap.acts),
        moment: trap.at.clone(),
    }
}

fn worst(worst: &plain::WorstFigures) -> Worst {
    Worst {
        times: worst.times,
        at_most: worst.at_most,
        step: worst.step.clone(),
        round: worst.round.clone(),
        key: worst.key.clone(),
        endless: worst.endless,
    }
}
