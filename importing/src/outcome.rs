//! What an import did, or would do.

use mc_base::{Seq, number::whole};
use mc_intake::RowError;
use serde::{Deserialize, Serialize};

use crate::cover::CoverProposal;

/// One row that is not taken.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Refused {
    /// Sheet name.
    pub sheet: String,
    /// Row number as a spreadsheet shows it.
    pub row: u32,
    /// Letter and header of the first column at fault; empty where no column is.
    pub column: String,
    /// What the cell shows; of personal fields only its length.
    pub value: String,
    /// Every reason, and what would be accepted.
    pub reason: String,
    /// Each fault by itself, where there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
}

/// One of several faults of a row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Fault {
    /// Letter and header of the column; empty where no column is at fault.
    pub column: String,
    /// What the cell shows; of personal fields only its length.
    pub value: String,
    /// The reason, and what would be accepted.
    pub reason: String,
}

impl Refused {
    /// One line for all errors of a row; `None` without any.
    #[must_use]
    pub fn of(errors: &[RowError]) -> Option<Self> {
        let first = errors.first()?;
        let reason = match errors {
            [one] => one.reason.clone(),
            several => several.iter().map(RowError::why).collect::<Vec<_>>().join(" "),
        };
        let fault = |error: &RowError| Fault {
            column: error.column.clone(),
            value: error.value.clone(),
            reason: error.reason.clone(),
        };
        let faults = if errors.len() > 1 { errors.iter().map(fault).collect() } else { Vec::new() };
        Some(Self {
            faults,
            sheet: first.sheet.clone(),
            row: first.row,
            column: first.column.clone(),
            value: first.value.clone(),
            reason,
        })
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Trang “{}”, dòng {}", self.sheet, self.row)?;
        if !self.column.is_empty() {
            write!(f, ", cột {}", self.column)?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// What an import did, or would do.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Outcome {
    /// Rows that add a record.
    pub added: u64,
    /// Rows that correct or change one.
    pub changed: u64,
    /// Rows that say what is known.
    pub unchanged: u64,
    /// Rows that are not taken, in the order of the file.
    pub rejected: Vec<Refused>,
    /// Totals without a list that these rows begin to replace, for a person to decide.
    pub covers: Vec<CoverProposal>,
    /// Position of the commit; `None` when nothing was written.
    #[serde(serialize_with = "number")]
    pub seq: Option<Seq>,
}

#[expect(clippy::ref_option, reason = "the signature that serde asks for")]
fn number<S: serde::Serializer>(seq: &Option<Seq>, out: S) -> Result<S::Ok, S::Error> {
    seq.map(|seq| seq.0).serialize(out)
}

impl Outcome {
    /// Rows that would be written.
    #[must_use]
    pub const fn good(&self) -> u64 {
        self.added + self.changed
    }

    /// The counts as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        format!(
            "Thêm {}, đổi {}, giữ nguyên {}, từ chối {} dòng.",
            whole(self.added),
            whole(self.changed),
            whole(self.unchanged),
            whole(self.rejected.len() as u64)
        )
    }
}
