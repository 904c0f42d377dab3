//! A figure: one value with the handle that makes it reproducible.

use std::fmt;

use mc_base::{Scaled, scaled};
use serde::{Deserialize, Serialize};

/// Digits after the point of a ratio.
pub const RATIO_PLACES: u8 = 6;

/// A sum as it is read from cells: `mantissa` × 10^−`scale`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Amount {
    /// The digits as one whole number.
    pub mantissa: i128,
    /// Digits after the point, 0 to 9.
    pub scale: u8,
}

impl fmt::Display for Amount {
    /// Plain decimal with a point and all digits; a whole number has no point.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return self.mantissa.fmt(f);
        }
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let unit = 10_u128.pow(u32::from(self.scale.min(18)));
        let digits = self.mantissa.unsigned_abs();
        write!(
            f,
            "{sign}{}.{:0width$}",
            digits / unit,
            digits % unit,
            width = usize::from(self.scale.min(18))
        )
    }
}

/// A ratio to six digits after the point, half away from zero.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Value6(Scaled);

impl Value6 {
    /// `num` ÷ `den`; `None` where `den` is 0 or the ratio does not fit.
    #[must_use]
    pub fn of(num: Amount, den: Amount) -> Option<Self> {
        let common = num.scale.max(den.scale);
        let lift = |amount: Amount| {
            amount.mantissa.checked_mul(10_i128.checked_pow(u32::from(common - amount.scale))?)
        };
        scaled::divide(lift(num)?, lift(den)?, RATIO_PLACES).map(Self)
    }

    /// The ratio as a decimal of scale 6.
    #[must_use]
    pub const fn scaled(self) -> Scaled {
        self.0
    }
}

impl fmt::Display for Value6 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a figure rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Records counted one by one.
    Counted,
    /// Totals reported without a list.
    Total,
    /// Records and totals together.
    Mixed,
    /// A value published elsewhere, shown as such and never computed with.
    Published,
}

impl Basis {
    /// The basis of a sum, given whether records and whether totals are part of it. A sum of nothing is
    /// counted.
    #[must_use]
    pub const fn of(records: bool, totals: bool) -> Self {
        match (records, totals) {
            (true, true) => Self::Mixed,
            (false, true) => Self::Total,
            (_, false) => Self::Counted,
        }
    }

    /// The basis of a figure made of two sums.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        if self == other { self } else { Self::Mixed }
    }
}

/// The share of a value that has records behind it ("x% có danh sách"); `None` where the value is 0. Above 1
/// it is a contradiction, kept and shown.
#[must_use]
pub fn listed(listed: Amount, value: Amount) -> Option<Value6> {
    Value6::of(listed, value)
}

/// One value of an indicator with its handle: definition version, place, period and ledger position.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// Indicator id.
    pub id: String,
    /// Definition version.
    pub version: u32,
    /// Official code of the place at the period's end.
    pub place: String,
    /// The period as written in URLs, for example `2025-10`.
    pub period: String,
    /// Ledger position read.
    pub seq: u64,
    /// The value, plain decimal; `None` where nothing is known for the place, or the denominator is 0.
    pub value: Option<String>,
    /// Numerator; the value itself where there is no denominator.
    pub num: Option<String>,
    /// Denominator of a ratio.
    pub den: Option<String>,
    /// Unit, in Vietnamese.
    pub unit: String,
    /// What it rests on.
    pub basis: Basis,
    /// Share of it that has records behind it.
    pub listed: Option<String>,
    /// Records behind numerator or denominator.
    pub records: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn amount(mantissa: i128, scale: u8) -> Amount {
        Amount { mantissa, scale }
    }

    #[test]
    fn amounts_print_all_digits() {
        assert_eq!(amount(4_607, 0).to_string(), "4607");
        assert_eq!(amount(-5, 2).to_string(), "-0.05");
        assert_eq!(amount(12_345, 2).to_string(), "123.45");
    }

    #[test]
    fn ratios_have_six_digits_whatever_the_scales() {
        assert_eq!(
            Value6::of(amount(842, 0), amount(1_000, 0)).map(|v| v.to_string()),
            Some("0.842000".into())
        );
        assert_eq!(Value6::of(amount(150, 2), amount(1, 0)).map(|v| v.to_string()), Some("1.500000".into()));
        assert_eq!(Value6::of(amount(1, 0), amount(200, 2)).map(|v| v.to_string()), Some("0.500000".into()));
        assert_eq!(Value6::of(amount(5, 0), amount(0, 0)), None);
        assert_eq!(Value6::of(amount(-1, 0), amount(3, 0)).map(|v| v.to_string()), Some("-0.333333".into()));
    }

    #[test]
    fn totals_and_records_are_mixed() {
        assert_eq!(Basis::of(false, false), Basis::Counted);
        assert_eq!(Basis::of(false, true), Basis::Total);
        assert_eq!(Basis::Counted.with(Basis::Total), Basis::Mixed);
    }
}
