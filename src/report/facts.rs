//! All that the charts of one tree and its page may look at.

use super::TreeReport;
use super::package::First;
use crate::audit::Audit;
use crate::callers::chain::Chain;
use crate::graph::moments::State;
use crate::measure::calls::{Calls, Outcome};
use crate::simulate::calls::Sampler;
use crate::simulate::tally::Tally;

/// Simulated calls beside the exact answers, so that a chart can show how well they agree.
const CALLS: u32 = 20_000;
/// Their seed.
const SEED: u64 = 1;

/// One tree with everything that was found of it.
pub struct Facts<'a> {
    /// The file as the user names it.
    pub file: &'a str,
    /// The tree, its graph and its measures.
    pub audit: &'a Audit<'a>,
    /// Findings and figures.
    pub found: &'a TreeReport,
    /// What callers do, or why that is not known.
    pub called: Result<Called<'a>, String>,
    /// The edit that saves callers most; `None` where none was looked for, or none saves anything.
    pub best: Option<First>,
}

/// What the callers of one moment do.
pub struct Called<'a> {
    /// The hours in which most of them call.
    pub state: &'a State,
    /// Every reason to call.
    pub calls: &'a Calls,
    /// What the calls come to, exactly.
    pub outcome: &'a Outcome,
    /// All calls as one chain.
    pub chain: Chain,
    /// The same calls, simulated.
    pub tally: Tally,
}

impl<'a> Facts<'a> {
    /// Follows the callers of a tree.
    #[must_use]
    pub fn of(file: &'a str, audit: &'a Audit<'a>, found: &'a TreeReport) -> Self {
        Self {
            file,
            audit,
            found,
            called: Called::of(audit),
            best: None,
        }
    }

    /// With the edit that saves callers most.
    #[must_use]
    pub fn with_best(mut self, best: Option<First>) -> Self {
        self.best = best;
        self
    }

    /// What the line is called: its name, or its file.
    #[must_use]
    pub fn name(&self) -> &'a str {
        let name = self.audit.tree.name.as_ref();
        name.map_or(self.file, |name| name.value.as_str())
    }

    /// The same as a heading: of a file without the folder.
    #[must_use]
    pub fn heading(&self) -> &'a str {
        match &self.audit.tree.name {
            Some(name) => &name.value,
            None => self.file.rsplit(['/', '\\']).next().unwrap_or(self.file),
        }
    }
}

impl<'a> Called<'a> {
    fn of(audit: &'a Audit<'a>) -> Result<Self, String> {
        let (state, calls) = audit.calls().ok_or("no moment of the calendar is known")?;
        let outcome = calls.outcome().map_err(|unsolved| unsolved.to_string())?;
        let chain = calls.mixed();
        let tally = Sampler::new(&chain).calls(SEED, 0..CALLS);
        Ok(Self {
            state,
            calls,
            outcome,
            chain,
            tally,
        })
    }

    /// The moment as people write it: `2026-01-05 09:00`.
    #[must_use]
    pub fn moment(&self) -> String {
        let at = self.state.example;
        format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute())
    }
}
