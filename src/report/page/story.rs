//! The storyboards of a page: the nearest call to a person and the worst honest one, second by second.

mod replay;
mod told;

use crate::audit::Audit;
use crate::graph::hearing::Heard;
use crate::measure::depth::Depth;
use crate::measure::path::Path;
use crate::measure::worlds::World;
use crate::report::facts::Facts;
use crate::report::text::words::{plain, some_of, time};
use crate::walk::Ending;
use replay::Replay;
use serde::Serialize;
use told::Row;

/// The storyboards.
#[derive(Serialize)]
pub struct Stories {
    stories: Vec<Story>,
    /// Where there is none, why.
    why: Option<String>,
}

/// One call, second by second.
#[derive(Serialize)]
struct Story {
    /// An address within the page.
    id: &'static str,
    title: String,
    /// What it shows, and when it is so.
    about: Vec<String>,
    rows: Vec<Row>,
    /// What follows from all of it, in a few words.
    total: String,
}

/// A way with the situation in which it is taken.
struct Found<'a> {
    path: &'a Path,
    world: &'a World,
    /// Who takes it; nothing for anyone.
    intent: Option<&'a str>,
    lasts: Heard,
}

impl Stories {
    /// The storyboards of one tree.
    pub fn of(facts: &Facts<'_>) -> Self {
        let audit = facts.audit;
        let nearest = nearest(audit);
        let (worst, lost) = worst(audit);
        let mut stories = Vec::new();
        if let Some((found, announced)) = &nearest {
            stories.push(near(audit, found, *announced));
        }
        match (&worst, &nearest) {
            (Some(worst), Some((near, _))) if worst.path == near.path && worst.world.state == near.world.state => {
                let same = "It is also the worst call that an honest caller has to make.".to_owned();
                if let Some(story) = stories.first_mut() {
                    story.about.push(same);
                }
            }
            (Some(worst), _) => stories.push(far(audit, worst)),
            (None, _) => {}
        }
        if let Some(last) = stories.last_mut() {
            last.about.extend(lost);
        }
        let why = stories.is_empty().then(|| nobody(facts));
        Self { stories, why }
    }
}

/// Why there is no call to tell.
fn nobody(facts: &Facts<'_>) -> String {
    let rests_on = &facts.found.figures.rests_on;
    if rests_on.is_empty() {
        return "No call comes to a person, at any time, so there is none to tell.".to_owned();
    }
    let names = some_of(rests_on);
    format!("Whether a call comes to a person rests on {names}, of which the file does not tell whom it reaches.")
}

/// The way to any person that takes least time, over announced options where there is such a way.
fn nearest<'a>(audit: &'a Audit<'_>) -> Option<(Found<'a>, bool)> {
    let least = |way: fn(&Depth) -> &Option<Path>| {
        let found = audit.measures.staffed().filter_map(|(at, measures)| {
            let path = way(&measures.anyone).as_ref()?;
            found(audit, at, path, None)
        });
        found.min_by_key(|found| found.lasts)
    };
    let announced = least(|depth| &depth.announced.seconds).map(|found| (found, true));
    announced.or_else(|| least(|depth| &depth.possible.seconds).map(|found| (found, false)))
}

/// The honest caller's way that takes most time where nature does her worst, and for whom there is none.
fn worst<'a>(audit: &'a Audit<'_>) -> (Option<Found<'a>>, Option<String>) {
    let name = |at: usize| audit.tree.callers.get(at).map(|caller| caller.name.value.as_str());
    // Who is served without a person looks for none, unless that is so of all.
    let honest = &audit.measures.honest;
    let all = honest.iter().all(|honest| honest.aims_at_anyone);
    let mut most: Option<Found<'a>> = None;
    let mut lost: Vec<&str> = Vec::new();
    let mut unsure = false;
    for (at, measures) in audit.measures.staffed() {
        let intents = measures.intents.iter().zip(honest);
        let intents = intents.filter(|(_, honest)| all || !honest.aims_at_anyone);
        let intents = intents.map(|(depth, honest)| (depth, name(honest.intent)));
        let anyone = honest.is_empty().then_some((&measures.anyone, None));
        for (depth, name) in anyone.into_iter().chain(intents) {
            let Some(path) = &depth.announced_worst.seconds else {
                unsure = true;
                lost.extend(name.filter(|name| !lost.contains(name)));
                continue;
            };
            let other = found(audit, at, path, name);
            most = [most, other].into_iter().flatten().max_by_key(|found| found.lasts);
        }
    }
    let lost: Vec<String> = lost.into_iter().map(str::to_owned).collect();
    let words = if lost.is_empty() {
        unsure.then(|| "There are situations in which no announced way leads to a person.".to_owned())
    } else {
        let names = some_of(&lost);
        Some(format!(
            "For these callers there are situations in which no announced way leads to a person: {names}."
        ))
    };
    (most, words)
}

fn found<'a>(audit: &'a Audit<'_>, world: usize, path: &'a Path, intent: Option<&'a str>) -> Option<Found<'a>> {
    Some(Found {
        path,
        world: audit.measures.worlds.get(world)?,
        intent,
        lasts: path.totals(&audit.graph).heard,
    })
}

fn near(audit: &Audit<'_>, found: &Found<'_>, announced: bool) -> Story {
    let about = if announced {
        "The announced way to a person that takes least time, where everything succeeds."
    } else {
        "The way to a person that takes least time. It is not announced: a caller has to know it."
    };
    story(audit, "story-nearest", "The nearest person", about.to_owned(), found)
}

fn far(audit: &Audit<'_>, found: &Found<'_>) -> Story {
    let about = match found.intent {
        Some(intent) => format!(
            "Somebody who calls for `{}` and always takes the option that leads there, where the system does its worst.",
            plain(intent)
        ),
        None => "Somebody who takes the soonest announced way to a person, where the system does its worst.".to_owned(),
    };
    story(audit, "story-worst", "The worst honest call", about, found)
}

fn story(audit: &Audit<'_>, id: &'static str, title: &str, about: String, found: &Found<'_>) -> Story {
    let replay = Replay::of(&audit.graph, found.path);
    let mut about = vec![about];
    let at = found.world.state.example;
    if !found.world.state.schedules.is_empty() || !found.world.state.staffed.is_empty() {
        about.push(format!("As at {} {:02}:{:02}.", at.date(), at.hour(), at.minute()));
    }
    let walk = replay.walk(&audit.graph, &found.world.state);
    if !walk.edges().starts_with(&found.path.edges) {
        about.push(
            "The system would have to answer differently from one time to the next on this way, which a single call cannot be \
             told; what follows is the call with one answer for each step."
                .to_owned(),
        );
    }
    let lasts = walk.meters().time;
    let after = time(lasts.ms, lasts.unknown);
    let title = match walk.ending() {
        Some(Ending::Person) if lasts == found.lasts => format!("{title}: answered after {after}"),
        // Ways are compared without the wait at their end, as all figures are.
        Some(Ending::Person) => {
            let there = time(found.lasts.ms, found.lasts.unknown);
            format!("{title}: there after {there}, answered after {after}")
        }
        _ => format!("{title}: no person after {after}"),
    };
    Story {
        id,
        title,
        about,
        rows: told::rows(&audit.graph, &walk),
        total: told::total(&walk),
    }
}
