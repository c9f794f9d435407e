//! Phone trees as their authors wrote them: read, written, completed by an overlay.

pub mod calls;
pub mod edit;
mod identity;
pub mod likeness;
pub mod overlay;
pub mod quantity;
pub mod read;
mod same;
pub mod schedule;
pub mod schema;
mod steps;
pub mod tree;
pub mod vocabulary;
pub mod words;
pub mod write;

pub use read::{Reading, read};

/// What our own format is called among the others.
pub const FORMAT: &str = "presszero";
