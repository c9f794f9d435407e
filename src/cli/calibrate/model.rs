//! The model that counts are held against: who calls when, and what they are believed to do.

use presszero::audit::Portfolio;
use presszero::callers::build::Moment as At;
use presszero::callers::chain::Assumed;
use presszero::callers::profile::Profile;
use presszero::document::schedule::Moment;
use presszero::graph::moments::State;
use presszero::graph::pace::Pace;
use presszero::graph::{Graph, TreeId};
use presszero::measure::calibrate::{Calibration, Counts, calibrate, sow, unbelieved};
use presszero::measure::calls::{Calls, usual};
use presszero::walk::state_at;

/// What is held against the counts.
pub struct Model {
    /// The tree.
    pub id: TreeId,
    /// What callers are believed to do.
    pub profile: Profile,
    /// When they call; `None` for the moment at which most do.
    pub at: Option<Moment>,
    /// How many calls that is worth.
    pub strength: f64,
}

/// What came of it.
pub struct Answer {
    pub calibration: Calibration,
    /// The moment that was looked at.
    pub moment: String,
    /// Queues whose wait is not known.
    pub unknown_waits: u32,
}

/// Answers, or says why there is no answer; the tree of the portfolio is given a way for everything that was counted.
pub fn answer(portfolio: &mut Portfolio, model: &Model, counts: &Counts) -> Result<Answer, String> {
    let seeds = with_calls(portfolio, model, |graph, calls, _| Ok(unbelieved(graph, calls, counts)))?;
    if let Some(entry) = portfolio.trees.get_mut(model.id as usize) {
        sow(&mut entry.tree, &seeds);
    }
    with_calls(portfolio, model, |graph, calls, state| {
        let calibration = calibrate(graph, calls, counts, model.strength);
        let assumed = calls.assumed();
        let waits = assumed.iter().find(|(what, _)| *what == Assumed::Wait);
        Ok(Answer {
            calibration: calibration.map_err(|unsolved| unsolved.to_string())?,
            moment: state
                .example
                .to_string()
                .chars()
                .take("2026-11-23T10:00".len())
                .collect(),
            unknown_waits: waits.map_or(0, |(_, places)| *places),
        })
    })
}

/// All calls of the moment.
fn with_calls<T>(
    portfolio: &Portfolio,
    model: &Model,
    look: impl FnOnce(&Graph<'_>, &Calls, &State) -> Result<T, String>,
) -> Result<T, String> {
    let graph = portfolio
        .graph(model.id, Pace::default())
        .filter(|graph| graph.entry.is_some());
    let graph = graph.ok_or("no call can begin, for the entry is not defined")?;
    let asked = model.at.map(|at| state_at(&graph, at.0));
    let Some(state) = &asked.or_else(|| usual(&graph)) else {
        return Err("its calendar has no moment".to_owned());
    };
    let moment = At {
        state,
        unknown_open: true,
    };
    look(&graph, &Calls::of(&graph, &model.profile, moment), state)
}
