//! What a proof says of one figure, and whether it follows from recorded rows alone.
//!
//! The claim is data out of a proof file; nothing in it is believed. [`check`] takes the row leaves that
//! were found recorded, finds the definition, the schemas and the places among them, and counts anew with
//! the reference evaluator. That no record is missing cannot be seen from a list of records and is never
//! said.

mod check;
mod declared;
mod fault;
mod places;
mod sums;

use mc_base::Seq;
use mc_ledger::RowLeaf;
use serde::{Deserialize, Serialize};

use crate::figure::Basis;

pub use check::check;
pub use fault::ClaimFault;

/// Name and version of the claim's format.
pub const FORMAT: &str = "minhchung/figure/v1";
/// Records (totals included) up to which a proof of a figure holds the records themselves.
pub const RECORDS_MAX: usize = 10_000;
/// Most schema texts in a claim.
pub const SCHEMAS_MAX: usize = 1_000;
/// Most places in a claim.
pub const PLACES_MAX: usize = 65_536;
/// Faults after which checking stops.
pub const FAULTS_MAX: usize = 100;

/// Whether the records are in the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowsGiven {
    /// Every record that counts.
    All,
    /// Only the entries of the commits that hold them: there are too many, or some were erased.
    Roots,
}

/// Whether places count as they are now or as they were.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlacesClaimed {
    /// Records of a place that was taken over whole count in the place that took it over.
    #[default]
    Now,
    /// Records count only where they were made.
    Then,
}

impl PlacesClaimed {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
    const fn is_now(&self) -> bool {
        matches!(self, Self::Now)
    }
}

/// A declaration of a register as the ledger keeps it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemaText {
    /// Register id.
    pub register: String,
    /// Canonical text, see `mc_register::canonical_text`.
    pub text: String,
}

/// A figure as a proof file states it (member `figure`). Described in `docs/spec/proof.md`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureClaim {
    /// [`FORMAT`].
    pub format: String,
    /// Indicator id.
    pub indicator: String,
    /// Definition version.
    pub version: u32,
    /// Permanent number of the place.
    pub place: u32,
    /// Its official code; empty where it has none.
    pub place_code: String,
    /// Places now or then; a claim that does not say so means now.
    #[serde(default, skip_serializing_if = "PlacesClaimed::is_now")]
    pub places: PlacesClaimed,
    /// The period in its canonical form.
    pub period: String,
    /// The day on which an unfinished period ends, `yyyy-mm-dd`.
    pub today: String,
    /// Ledger position read.
    pub seq: u64,
    /// The value, plain decimal.
    pub value: Option<String>,
    /// Numerator.
    pub num: Option<String>,
    /// Denominator of a ratio.
    pub den: Option<String>,
    /// What it rests on.
    pub basis: Basis,
    /// Share of it that has records behind it.
    pub listed: Option<String>,
    /// Records in numerator or denominator, totals not among them.
    pub records: u64,
    /// Whether the records are in the file.
    pub rows: RowsGiven,
    /// Numbers of the places that count as inside the place, itself among them; only those the records
    /// name and those that lead from them to the place.
    pub inside: Vec<u32>,
    /// The place under which records without a place count; absent where there are none.
    pub home: Option<u32>,
    /// Canonical text of the definition.
    pub definition: String,
    /// Every schema that a counted row was written under; the last one of a register is the one that the
    /// definition is read against.
    pub schemas: Vec<SchemaText>,
}

/// Why a claim could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    /// Not the members that a claim has.
    #[error("phần số liệu của tệp bằng chứng không đúng mẫu “{FORMAT}”: {0}")]
    Form(#[from] serde_json::Error),
    /// Another format or version.
    #[error("phần số liệu ghi là “{0}”, chương trình này chỉ đọc “{FORMAT}”")]
    Format(String),
    /// Too many of something.
    #[error("phần số liệu có {found} {what}, nhiều nhất {max}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many.
        found: usize,
        /// The limit.
        max: usize,
    },
}

impl FigureClaim {
    /// The member `figure` of a proof file.
    ///
    /// # Errors
    /// None in practice: plain strings and numbers always have a JSON form.
    pub fn to_json(&self) -> Result<serde_json::Value, ClaimError> {
        Ok(serde_json::to_value(self)?)
    }

    /// Reads the member `figure` of a proof file. Nothing is checked yet.
    ///
    /// # Errors
    /// When it has another form or exceeds a limit.
    pub fn from_json(value: &serde_json::Value) -> Result<Self, ClaimError> {
        let format = value.get("format").and_then(serde_json::Value::as_str).unwrap_or_default();
        if format != FORMAT {
            return Err(ClaimError::Format(format.chars().take(64).collect()));
        }
        let claim = Self::deserialize(value)?;
        let at_most = |what, found, max| {
            if found > max { Err(ClaimError::TooMany { what, found, max }) } else { Ok(()) }
        };
        at_most("khai báo sổ", claim.schemas.len(), SCHEMAS_MAX)?;
        at_most("địa bàn", claim.inside.len(), PLACES_MAX)?;
        at_most("byte cách tính", claim.definition.len(), crate::indicator::TEXT_MAX)?;
        Ok(claim)
    }
}

/// A row leaf that was found recorded, and by which commit.
#[derive(Clone, Copy, Debug)]
pub struct RecordedRow<'a> {
    /// The commit.
    pub seq: Seq,
    /// The row.
    pub leaf: &'a RowLeaf,
}

/// What was found of a claim.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Checked {
    /// Title of the indicator; empty where the definition could not be read.
    pub title: String,
    /// Unit, in Vietnamese.
    pub unit: String,
    /// A ratio in percent is printed with so many digits after the comma.
    pub percent_digits: Option<u8>,
    /// Name of the place as recorded.
    pub place: String,
    /// The commit that recorded the definition.
    pub declared_at: Option<Seq>,
    /// Records counted in numerator or denominator.
    pub records: u64,
    /// Totals counted.
    pub totals: u64,
    /// Rows of the counted registers that were given and did not count (outside place, period or filter).
    pub passed_over: u64,
    /// Some counted records have no place; that they belong to the place is stated by the file alone.
    pub unplaced: bool,
    /// Whether the arithmetic holds.
    pub arithmetic: Arithmetic,
}

/// Whether value, numerator, denominator and basis follow from the rows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Arithmetic {
    /// They do.
    #[default]
    Holds,
    /// They were not counted anew, and why.
    Unchecked(Unchecked),
    /// They do not, or what they rest on is not recorded. Never empty.
    Failed(Vec<ClaimFault>),
}

/// Why the arithmetic was not checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unchecked {
    /// The records are not in the file.
    #[error(
        "tệp không kèm bản ghi vì có hơn {RECORDS_MAX} bản ghi, tệp quá dài hoặc có bản ghi đã xóa theo luật"
    )]
    Roots,
    /// There is no value: that nothing was recorded is a matter of completeness.
    #[error("tệp nêu là không có số liệu")]
    NoValue,
}
