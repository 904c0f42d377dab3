//! What became of rows.

use std::fmt;

use mc_register::Record;
use serde::{Deserialize, Serialize};

use crate::header::RowKind;

/// What is wrong with one cell, or with a row where no cell is to blame.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RowError {
    /// Sheet name.
    pub sheet: String,
    /// Row number as a spreadsheet shows it.
    pub row: u32,
    /// Letter and header of the column: `C “Tên xã”`; empty where the file has no such column.
    pub column: String,
    /// Title of the field.
    pub field: String,
    /// What the cell shows; of personal fields only its length.
    pub value: String,
    /// What is wrong and what would be accepted.
    pub reason: String,
    /// Column from 0, to mark the cell.
    #[serde(skip)]
    pub at: Option<u16>,
}

/// Something about an accepted row that its sender should look at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RowWarning {
    /// Row number.
    pub row: u32,
    /// As a sentence.
    pub text: String,
}

/// What became of one row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Converted {
    /// A record.
    Record {
        /// Its values.
        record: Record,
        /// Its key, unique within the file.
        key: String,
        /// Remarks.
        warnings: Vec<RowWarning>,
    },
    /// Refused, with every reason.
    Rejected(Vec<RowError>),
    /// No record.
    Skipped(RowKind),
}

/// How many rows became what.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Rows that hold anything.
    pub rows: u32,
    /// Records.
    pub records: u32,
    /// Refused rows.
    pub rejected: u32,
    /// Totals, group titles, headers, notes.
    pub skipped: u32,
}

impl RowError {
    /// The sentence of the last column of the error sheet.
    #[must_use]
    pub fn why(&self) -> String {
        if self.column.is_empty() {
            self.reason.clone()
        } else {
            format!("Cột {}: {}", self.column, self.reason)
        }
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Trang “{}”, dòng {}", self.sheet, self.row)?;
        if !self.column.is_empty() {
            write!(f, ", cột {}", self.column)?;
        }
        write!(f, ": {}", self.reason)
    }
}
