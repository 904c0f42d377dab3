//! What the registers say to a number of a text.

use mc_base::{Period, PlaceId, Seq};
use mc_claims::Exact;
use serde::Serialize;

/// A claim against one indicator, or against none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegisterVerdict {
    /// Index of the claim.
    pub claim: usize,
    /// How it stands.
    pub standing: Standing,
    /// Our figure; `None` where no indicator fits.
    pub ours: Option<Ours>,
    /// What would make it agree, or why nothing is said; a sentence in Vietnamese, empty where there is nothing to say.
    pub reason: String,
}

/// How a number stands to the registers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It is our figure.
    Equal,
    /// It is our figure, rounded as it is written.
    Rounded,
    /// It is not.
    Different,
    /// No figure of ours is about it, or none may be told.
    None,
    /// Several are.
    Ambiguous,
}

impl Standing {
    /// What it is called, in lower case.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Equal => "đúng số trong sổ",
            Self::Rounded => "đúng số trong sổ, đã làm tròn",
            Self::Different => "khác số trong sổ",
            Self::None => "chưa so được với sổ",
            Self::Ambiguous => "hợp với nhiều chỉ tiêu trong sổ",
        }
    }
}

/// A figure of ours with all that its page needs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ours {
    /// Indicator.
    pub indicator: String,
    /// Its word in addresses.
    pub slug: String,
    /// Its title, which names the base of a ratio.
    pub title: String,
    /// Definition version that was read.
    pub version: u32,
    /// The value in the unit of the claim, per cent for a share; `None` where it is not there or not told.
    pub value: Option<Exact>,
    /// The unit of `value`.
    pub unit: String,
    /// The part of the indicator that was read: the cut and the key of its part.
    pub part: Option<(String, String)>,
    /// Operands of a ratio.
    pub base: Option<Base>,
    /// Place.
    pub place: PlaceId,
    /// Its code.
    pub place_code: String,
    /// Period.
    pub period: Period,
    /// Ledger position that was read: the last of the text's day.
    pub position: Seq,
}

/// What a ratio divides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Base {
    /// Numerator, a plain decimal.
    pub num: String,
    /// Denominator, a plain decimal.
    pub den: String,
}
