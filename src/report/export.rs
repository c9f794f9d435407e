//! A tree for other programs: as a drawing, as a log of calls, as calls by queue.

pub mod arrivals;
mod drawn;
pub mod events;
mod log;

pub use drawn::{dot, mermaid};
pub use log::{events_csv, xes};
