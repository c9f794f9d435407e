//! Calls drawn at random from a chain, an answer that shares nothing with the exact one.
//!
//! The same seed gives the same bytes for any number of threads: each call has a generator of its own, and all that is
//! added up is whole numbers.

pub mod calls;
pub mod estimate;
pub mod interval;
pub mod law;
mod random;
pub mod service;
pub mod shop;
mod staff;
mod table;
pub mod tally;
pub mod trail;
mod week;
