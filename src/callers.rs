//! Who calls, what they want and how they behave; each sort of caller as one chain.

pub mod aims;
pub mod behaviour;
pub mod build;
pub mod chain;
pub mod frustrating;
mod memory;
pub mod names;
pub mod parameters;
pub mod profile;
mod settle;
pub mod shares;
pub mod waits;
