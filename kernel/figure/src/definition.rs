//! What an indicator declares: one measure, a measure over a measure, or a scan.

use mc_register::Title;
use serde::{Deserialize, Serialize};

/// When a record counts. Dates are `day` expressions over its fields.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "rule", deny_unknown_fields)]
pub enum TimeRule {
    /// Counts on every day of [from, to); an absent `to` is open.
    Stock {
        /// First day it counts.
        from: String,
        /// First day it counts no more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<String>,
    },
    /// Counts in the period that holds the day.
    Flow {
        /// The day.
        on: String,
    },
    /// As a flow, summed from 1 January of the period's year to the period's end.
    Cumulative {
        /// The day.
        on: String,
    },
}

/// An additive measure over one register.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Permanent identifier; measures of equal id must be equal.
    pub id: String,
    /// The register it counts.
    pub register: String,
    /// Boolean expression; a record for which it is not true does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// `count`, or `sum(EXPR)` of an `int` or `scaled` expression.
    pub value: String,
    /// Greatest absolute contribution of one record, in the value's own unit (mantissa for `scaled`).
    pub bound: i64,
    /// When a record counts.
    pub time: TimeRule,
    /// Cuts it is kept by; each is a list of fields. A cut is named by its fields joined with `+`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cuts: Vec<Vec<String>>,
}

/// How an indicator is computed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The numerator alone.
    Measure,
    /// Numerator ÷ denominator.
    Ratio,
    /// A statistic that does not add up (`scan`), computed at the position read.
    Scan,
}

/// Which way is better.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither.
    None,
}

/// An indicator.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Permanent identifier.
    pub id: String,
    /// Unaccented Vietnamese word in URLs.
    pub slug: String,
    /// Programme it belongs to.
    pub programme: String,
    /// Version, from 1; a new version is a new line of the same indicator.
    pub version: u32,
    /// What the screen says; a ratio names its base.
    pub title: Title,
    /// The counting rule in words.
    pub description: Title,
    /// Unit ("trạm", "đồng", "%").
    pub unit: Title,
    /// How it is computed.
    pub kind: Kind,
    /// Digits after the point on screen; a ratio of unit "%" prints value × 100 with so many digits.
    pub decimals: u8,
    /// Which way is better.
    pub direction: Direction,
    /// A share: num ≤ den must hold for each record (a rule of the register says so).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub share: bool,
    /// Numerator, or the measure itself.
    pub num: Measure,
    /// Denominator of a ratio.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub den: Option<Measure>,
    /// `distinct(FIELD)`, `median(EXPR)` or `p90(EXPR)` of a scan, over the records of `num`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scan: Option<String>,
    /// An `agency` field: agencies expected to report each period are listed when they have not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported_by: Option<String>,
}
