//! Phone trees as their authors wrote them: read, written, completed by an overlay.

pub mod quantity;
pub mod read;
pub mod schedule;
mod steps;
pub mod tree;
pub mod vocabulary;
pub mod words;

pub use read::{Reading, read};
