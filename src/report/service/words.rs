//! Words for what a shared simulation rests on.

use super::line::Line;
use super::{About, Asked};
use crate::document::tree::StepKind;
use crate::measure::calls::{Broken, Calls};
use std::collections::BTreeSet;

/// Conditions of the calculation that do not hold.
pub(super) fn broken(line: &Line, calls: &Calls) -> Vec<String> {
    let mut out: Vec<String> = calls
        .broken
        .iter()
        .map(|broken| match broken {
            Broken::Feedback => "a queue leads back to where it came from, so calls do not come to it by chance alone",
            Broken::Overflow => "what one queue sends elsewhere comes to another in bursts, when the first is full",
            Broken::Unsettled => "the loads of the queues did not settle",
            Broken::Shared => "queues that share people differ in patience or in when they send callers elsewhere",
        })
        .map(str::to_owned)
        .collect();
    if !line.steady {
        out.push(
            "calls an hour or people on duty change with the clock; what is computed holds for one moment".to_owned(),
        );
    }
    out
}

/// What the figures rest on.
pub(super) fn rests_on(about: &About<'_>, line: &Line) -> Vec<String> {
    let moment = about.state.example;
    let mut out = Vec::new();
    out.push(match about.asked {
        Asked::Hours(_) => format!("calls an hour, hours and people on duty stay as at {moment}"),
        Asked::Days(_) => format!(
            "calls, hours and people on duty are those of the week of {}, by its clock",
            moment.date()
        ),
    });
    out.push("it begins with nobody on the line, and the first hour is not counted".to_owned());
    if line.trees > 1 {
        out.push(format!(
            "hours and staffing make {} different trees of it; a call stays in the one in which it began",
            line.trees
        ));
    }
    if !line.steady {
        out.push("who waits when the last one goes off duty stays until her patience ends".to_owned());
    }
    out.push(
        "handle times and patience are exponential; calls are answered in the order in which they came".to_owned(),
    );
    out.extend(alone(about, line));
    out
}

/// The queues whose waits are not simulated, each with the reason.
fn alone(about: &About<'_>, line: &Line) -> Vec<String> {
    let graph = about.graph;
    let mut out = BTreeSet::new();
    for node in graph.nodes().filter(|node| !line.queues.contains(node)) {
        let (Some(step), Some(tree)) = (graph.step(node), graph.tree(node)) else {
            continue;
        };
        let StepKind::Queue(queue) = &step.kind else { continue };
        let pool = queue.pool.as_ref().map(|name| name.value.as_str());
        let pool = tree.pools.iter().find(|of| Some(of.name.value.as_str()) == pool);
        let why = match (queue.wait, pool) {
            (Some(_), _) => "has a `wait` of its own".to_owned(),
            (None, None) => "has no pool, so it answers at once".to_owned(),
            (None, Some(pool)) if pool.agents.is_none() => {
                format!("its pool `{}` has no `agents`, so it answers at once", pool.name.value)
            }
            (None, Some(pool)) if pool.handle_time.is_none() => {
                format!(
                    "its pool `{}` has no `handle-time`, so it answers at once",
                    pool.name.value
                )
            }
            (None, Some(_)) => "no call comes to it while people are on duty".to_owned(),
        };
        out.insert(format!("not shared: `{}`: {why}", step.shown()));
    }
    out.into_iter().collect()
}
