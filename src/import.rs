//! Foreign files become phone trees, every place still pointing into the original.

pub mod connect;
mod places;

use crate::document::tree::PhoneTree;
use crate::error::Problem;
use crate::source::{Source, Span};

/// What a foreign text turned out to be.
#[derive(Clone, Debug)]
pub struct Import {
    /// The format's name: `amazon-connect`.
    pub format: &'static str,
    /// The phone trees that it holds.
    pub trees: Vec<PhoneTree>,
    /// Its mistakes, and what of it is not understood, in the order of their places.
    pub problems: Vec<Problem>,
    /// What is recognised and not taken, each with its place and the reason.
    pub refused: Vec<(Span, String)>,
}

/// Reads a text of any known foreign format; `None` where it is none.
///
/// The content alone decides, never the name. Linear in the length of the text.
#[must_use]
pub fn read(source: &Source) -> Option<Import> {
    connect::read(source)
}
