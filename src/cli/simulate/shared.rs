//! `presszero simulate --shared`: callers who share queues and people.

use super::{Arguments, Format};
use crate::cli::exit::Exit;
use crate::cli::output;
use presszero::callers::profile::Profile;
use presszero::error::Error;
use presszero::graph::Graph;
use presszero::graph::moments::State;
use presszero::measure::calls::Calls;
use presszero::report::service::text::shared;
use presszero::report::service::{About, Asked, Shared};

/// Days of a week.
const WEEK: u32 = 7;

/// Simulates a line by the clock, or held at one moment.
pub fn run(
    arguments: &Arguments,
    file: &str,
    graph: &Graph<'_>,
    profile: &Profile,
    state: &State,
    calls: &Calls,
) -> Result<Exit, Error> {
    let asked = match (arguments.hours, arguments.days) {
        (Some(hours), _) => Asked::Hours(hours),
        (None, Some(days)) => Asked::Days(days),
        (None, None) => Asked::Days(WEEK),
    };
    let about = About {
        file,
        graph,
        profile,
        state,
        asked,
        seed: arguments.seed,
        runs: arguments.runs,
    };
    let answer = Shared::of(&about, calls).map_err(|nothing| Error::Usage(format!("{file}: {nothing}")))?;
    match arguments.format {
        Format::Text => output::print([shared(&answer)])?,
        Format::Json => {
            let json = answer.json();
            let json = json.map_err(|error| Error::Usage(format!("the answer cannot be written: {error}")))?;
            output::print([json, "\n".to_owned()])?;
        }
    }
    Ok(Exit::Clean)
}
