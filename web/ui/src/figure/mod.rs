//! Figures on a page: the number itself, a chip for running text, a tile for the first screen.

mod chip;
mod handle;
mod tile;

pub use chip::FigureChip;
pub use handle::{Handle, ListHandle, Source};
pub use tile::{Absent, Basis, Change, FigureTile, Target, TileValue, Tiles};

use askama::Template;

use crate::html::component;
use crate::number::ViNum;

/// A number with the handle it was read by. There is no way to make one without.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "figure/text.html")]
pub struct FigureText {
    number: ViNum,
    source: Source,
    href: Option<String>,
}

impl FigureText {
    /// A number that is not a link, because it stands on its own page.
    #[must_use]
    pub fn new(number: ViNum, source: impl Into<Source>) -> Self {
        Self { number, source: source.into(), href: None }
    }

    /// A number that leads to its records or its page.
    #[must_use]
    pub fn linked(number: ViNum, source: impl Into<Source>, href: impl Into<String>) -> Self {
        Self { number, source: source.into(), href: Some(href.into()) }
    }

    /// The number.
    #[must_use]
    pub const fn number(&self) -> &ViNum {
        &self.number
    }

    /// Where it comes from.
    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// Where it leads.
    #[must_use]
    pub fn href(&self) -> Option<&str> {
        self.href.as_deref()
    }
}

component!(FigureText);
