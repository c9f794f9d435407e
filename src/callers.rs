//! Who calls, what they want and how they behave; each sort of caller as one chain.

pub mod chain;
