//! Words for what becomes of callers, and for what the figures rest on.

use super::About;
use crate::callers::chain::{Assumed, Exit};
use crate::callers::frustrating::Frustrating;
use crate::callers::profile::Aim;
use crate::measure::calls::{Broken, Calls, Outcome};
use crate::measure::cost::{AGAIN, PASSED_ON, UNSERVED};

/// How a call ends, in words.
#[must_use]
pub fn ends(exit: Exit) -> &'static str {
    match exit {
        Exit::Person => "a person answers",
        Exit::Served => "served by the system",
        Exit::Promise => "a message left, or a call back promised",
        Exit::Left => "the caller hangs up",
        Exit::CutOff => "cut off, not served",
        Exit::Closed => "told that it is closed",
        Exit::Elsewhere => "ends or goes on as the file does not tell",
        Exit::Trapped => "trapped, until she hangs up",
    }
}

/// A frustrating event, in words.
#[must_use]
pub fn frustrates(event: Frustrating) -> &'static str {
    match event {
        Frustrating::GivesUp => "gives up before she is served",
        Frustrating::CutOff => "is cut off",
        Frustrating::SameDatum => "gives the same data twice",
        Frustrating::SamePrompt => "hears the same prompt three times",
        Frustrating::LateOffer => "is offered no person within 120 s",
        Frustrating::PassedOn => "reaches a person who has to pass her on",
    }
}

/// What a call costs its caller besides her time.
pub(in crate::report) fn penalties() -> String {
    let seconds = |ms: u32| ms / 1000;
    format!(
        "besides its time, a call costs {} s where the caller is cut off, gives up or is trapped, {} s where a person \
         passes her on, and {} s for each time that she gives the same again; one that goes where the file does not \
         tell costs nothing more",
        seconds(UNSERVED),
        seconds(PASSED_ON),
        seconds(AGAIN)
    )
}

/// What the figures rest on that the file does not say.
pub(in crate::report) fn assumptions(about: &About<'_>, calls: &Calls, outcome: &Outcome) -> Vec<String> {
    let mut out = Vec::new();
    let profile = about.profile;
    let goes_for = match (profile.aim, calls.sorts.iter().any(|sort| sort.intent.is_some())) {
        (Aim::Person, _) => "every caller wants a person",
        (Aim::Intent, true) => "callers look for what serves their reason to call",
        (Aim::Intent, false) => "no reasons to call are declared: callers follow the shares on the keys",
    };
    out.push(format!("{} callers ({}); {goes_for}", profile.name, profile.what));
    for (what, places) in calls.assumed() {
        let what = match what {
            Assumed::Success => "how often self-service succeeds is not declared: `succeeds` of the caller is taken",
            Assumed::Decision => "how a decision or an endless loop goes is not declared: evenly",
            Assumed::Wait => "a wait is not known: nothing is added, so times to the end are at least these",
            Assumed::Wording => {
                "some wording, or how long an entry is, is not known: nothing is added, so times are at least these"
            }
            Assumed::Hours => "some hours are not given: taken as open",
            Assumed::Accepted => "how often an entry is accepted is not declared: `accepted` of the caller is taken",
            Assumed::Announced => "whether some options are announced is not known: taken as announced",
            Assumed::Never => "failures of the system, full queues and busy lines are taken never to happen",
            Assumed::Memory => "too many situations differ: calls forget some of what they did",
        };
        out.push(match places {
            0 => what.to_owned(),
            1 => format!("{what} (1 place)"),
            _ => format!("{what} ({places} places)"),
        });
    }
    for broken in &calls.broken {
        out.push(match broken {
            Broken::Feedback => "a queue leads back to where it came from, so its wait is approximate".to_owned(),
            Broken::Overflow => {
                "those who leave one queue come to another in bursts, which its wait does not take into account"
                    .to_owned()
            }
            Broken::Unsettled => {
                "the loads of the queues did not settle, so their waits are not to be relied on".to_owned()
            }
            Broken::Shared => {
                "queues that share people differ in when they give up on callers, so their waits are approximate"
                    .to_owned()
            }
        });
    }
    if outcome.all.frustration.left_out > 1e-4 {
        out.push(format!(
            "the histories of {:.2}% of calls were too many to follow: shares of frustrated callers are given as an interval",
            outcome.all.frustration.left_out * 100.0
        ));
    }
    out
}
