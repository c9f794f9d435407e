//! Reads phone menus (IVRs), measures how far callers are from a person, and says what frustrates them.

pub mod document;
pub mod error;
pub mod graph;
pub mod measure;
pub mod json;
pub mod node;
pub mod source;
pub mod yaml;
