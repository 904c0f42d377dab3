//! Which place became which.

use mc_base::{Day, PlaceId};

use crate::error::ReferenceError;
use crate::table::{Line, lines};

const TABLE: &str = "succession.csv";
const TEXT: &str = include_str!("../data/succession.csv");

/// How much of the old place went into the new one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Extent {
    /// All of it: records can be carried over.
    Whole,
    /// A part: records of the old place alone cannot be carried over.
    Partial,
}

impl Extent {
    /// The code of field `extent` in the register `succession`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Partial => "partial",
        }
    }
}

/// One edge of succession.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SuccessionRow {
    /// The place that ended.
    pub old_place: PlaceId,
    /// The place it went into.
    pub new_place: PlaceId,
    /// How much of it.
    pub extent: Extent,
    /// First day of the new place.
    pub day: Day,
    /// Number and date of the document.
    pub document: &'static str,
}

/// Every edge, sorted by old and new place.
///
/// # Errors
/// A damaged line of the embedded table.
pub fn successions() -> Result<Vec<SuccessionRow>, ReferenceError> {
    lines(TABLE, TEXT).map(|line| row(&line?)).collect()
}

fn row(line: &Line<5>) -> Result<SuccessionRow, ReferenceError> {
    let [old, new, extent, day, document] = line.fields;
    let extent = match extent {
        "whole" => Extent::Whole,
        "partial" => Extent::Partial,
        other => return Err(line.wrong(other, "phạm vi whole hoặc partial")),
    };
    Ok(SuccessionRow {
        old_place: line.place(old)?,
        new_place: line.place(new)?,
        extent,
        day: line.day(day)?,
        document,
    })
}
