//! Reads phone menus (IVRs), measures how far callers are from a person, and says what frustrates them.

pub mod audit;
pub mod callers;
pub mod check;
pub mod compare;
pub mod document;
pub mod error;
pub mod finding;
pub mod graph;
pub mod import;
pub mod improve;
pub mod json;
pub mod measure;
pub mod node;
pub mod profiles;
pub mod report;
pub mod rules;
pub mod settings;
pub mod simulate;
pub mod source;
pub mod walk;
pub mod xml;
pub mod yaml;
