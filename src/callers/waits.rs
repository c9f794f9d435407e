//! What becomes of those who wait: given to the chain by whoever knows the queues.

use std::collections::HashMap;

/// For each place with a queue, what becomes of a caller who joins it; the shares of a place add to 1.
///
/// A place that is not named answers at once, and the chain says that its wait is not known.
pub type Waits = HashMap<u32, Vec<Part>>;

/// One thing that can become of a caller who waits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// What.
    pub outcome: Outcome,
    /// Its probability.
    pub p: f64,
    /// After how long, in milliseconds of waiting.
    pub ms: u32,
}

/// How waiting ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A person answers.
    Answered,
    /// She hangs up.
    Abandons,
    /// She has waited so long that the queue sends her elsewhere.
    Overflows,
    /// She takes the offer of a call back.
    CallBack,
}
