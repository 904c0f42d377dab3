//! A figure inside a sentence.

use askama::Template;

use super::{Basis, FigureText};
use crate::html::component;

/// Number, unit, and what a reader must know to quote it.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "figure/chip.html")]
pub struct FigureChip {
    /// What the number counts, read out by a screen reader before the number; empty where the sentence says
    /// it.
    pub label: String,
    /// The number.
    pub figure: FigureText,
    /// Unit, for example "trạm"; empty for a percentage.
    pub unit: String,
    /// Day of the figure, dd/mm/yyyy.
    pub as_of: Option<String>,
    /// Basis of the figure where it is not simply counted.
    pub basis: Option<Basis>,
    /// Set when the number has moved since the text around it was written: what it was then.
    pub before: Option<String>,
}

impl FigureChip {
    /// A chip with number and unit.
    #[must_use]
    pub fn new(figure: FigureText, unit: impl Into<String>) -> Self {
        Self { label: String::new(), figure, unit: unit.into(), as_of: None, basis: None, before: None }
    }
}

component!(FigureChip);
